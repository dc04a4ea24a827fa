"""The room of values: where somebody stood and stands, statement by statement, and the way to every session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from rchrp_goals.content import Words
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services.day_words import near_date, short_date
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.revisit import CONVERSATION, LOOKS, conversation_under_way, cover_of
from rchrp_goals.services.room import Action, Legend, Place, RoomView, Row, Section
from rchrp_goals.services.rooms.reminder_rows import values_action
from rchrp_goals.services.values_rows import BETWEEN, ROOM, Pair, covered_view, say
from rchrp_goals.services.values_view import (
    PART_1,
    PART_2,
    Side,
    Tables,
    default_pair,
    in_order,
    is_day_one,
    occasion,
    side_of,
)


def read(desk: Desk, place: Place) -> RoomView:
    """Read the room; ``place.id`` names two sessions to compare, else Day One and the newest. Raises ProblemError."""
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    title, day = words.ui(f"rooms.name.{ROOM}"), short_date(today, today, words)
    cover = cover_of(desk, tables)
    if cover is not None:
        return covered_view(place, cover, words, title, today)
    sessions = in_order(tables)
    if not sessions:
        begun = conversation_under_way(desk, tables)
        return RoomView(
            place,
            title,
            sections=(Section(empty=say(words, "empty")),),
            actions=_first_actions(begun, words),
            day=day,
            language=words.language,
        )
    then, now, is_chosen = _sides(place, sessions, words, today)
    rows = Pair(tables, then, now, words, today).rows()
    return RoomView(
        place,
        title,
        sections=(_section(rows, then, now, sessions, words),),
        actions=_actions(sessions, words, is_chosen=is_chosen),
        closing=_closing(tables, words, today, desk.clock.now()),
        day=day,
        language=words.language,
    )


def _sides(
    place: Place, sessions: Sequence[Record], words: Words, today: date
) -> tuple[Side | None, Side | None, bool]:
    """Return the two sides, and whether somebody chose them; where one of those is gone it is the usual pair."""
    chosen = [one for id in place.id.split(BETWEEN) for one in sessions if text(one, "id") == id]
    if len(chosen) == 2:
        first, last = sorted(chosen, key=sessions.index)
        then = side_of((first,), sessions, words, today, is_now=False)
        return then, side_of((last,), sessions, words, today, is_now=True), True
    before, after = default_pair(sessions)
    return (
        side_of(before, sessions, words, today, is_now=False) if before else None,
        side_of((after,), sessions, words, today, is_now=True) if after is not None else None,
        False,
    )


def _section(
    rows: tuple[Row, ...], then: Side | None, now: Side | None, sessions: Sequence[Record], words: Words
) -> Section:
    if then is not None and now is not None:
        said = say(words, "legend", then=then.heard, now=now.heard)
        legend = Legend(then.short, now.short, say(words, "both"), said)
        return Section(say(words, "heading"), rows, legend=legend)
    side = then or now
    heard = side.heard if side is not None else ""
    legend = Legend(then.short if then else "", now.short if now else "", "", say(words, "legend_alone", side=heard))
    has_day_one = any(is_day_one(one) for one in sessions)
    about = "" if has_day_one else say(words, "no_day_one")
    return Section(say(words, "heading_alone"), rows, about=about, legend=legend)


def _first_actions(begun: str, words: Words) -> tuple[Action, ...]:
    look = say(words, "action.look_on" if begun else "action.look_first")
    found = [Action("values.look", conversation=begun or CONVERSATION, words=look)]
    if not begun:
        found.append(Action("values.day_one_today", conversation="day-one"))
        found.append(Action("values.day_one", place=Place("values.day_one")))
    return tuple(found)


def _actions(sessions: Sequence[Record], words: Words, *, is_chosen: bool) -> tuple[Action, ...]:
    found = [
        Action("values.look", conversation=CONVERSATION),
        Action("values.over_time", place=Place("values.over_time")),
        Action("values.reasons", place=Place("values.reasons")),
        Action("values.sessions", place=Place("values.sessions")),
        values_action(words),
    ]
    occasions = {occasion(one) for one in sessions}
    missing = {PART_1, PART_2} - occasions
    if missing:
        key = "day_one" if len(missing) == 2 else next(iter(missing))
        found.append(Action("values.day_one", place=Place("values.day_one"), words=say(words, f"action.{key}")))
    if is_chosen:
        usual = "usual_pair" if PART_1 in occasions else "usual_pair_alone"
        found.append(Action("values.usual_pair", place=Place(ROOM), words=say(words, f"action.{usual}")))
    return tuple(found)


def _closing(tables: Tables, words: Words, today: date, now: datetime) -> str:
    coming = (row for row in glance.coming(tables, today, now) if row.kind == "reminder" and row.words in LOOKS)
    ahead = next((row.day() for row in coming), None)
    said = [say(words, "closing")]
    if ahead is not None:
        said.append(say(words, "next_look", day=near_date(ahead, today, words)))
    return " ".join(said)
