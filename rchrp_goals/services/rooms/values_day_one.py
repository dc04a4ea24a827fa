"""Day One entered later: its statements in order, and one line of places for each part, from paper or from memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from rchrp_goals.content import Words
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.plan.text import room_id
from rchrp_goals.plan.values import CORE_STATEMENTS, read_positions
from rchrp_goals.services import saying, values_changes
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.plan_values import placements
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.sessions import waiting_texts
from rchrp_goals.services.values_rows import ROOM, covered_view, say
from rchrp_goals.services.values_view import PART_1, PART_2, in_order, is_day_one, occasion

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Statement = Mapping[str, Any]
HOW = ("from_paper", "from_memory")


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page; what is entered already is not asked for. Raises ProblemError."""
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    title = say(words, "day_one.title")
    cover = cover_of(desk, tables)
    if cover is not None:
        return covered_view(place, cover, words, title, today)
    sessions = in_order(tables)
    there = {occasion(one) for one in sessions}
    first = first_statements(sessions, words)
    rows = []
    if PART_1 not in there:
        rows.append(_row("part_1", PART_1, first, words))
    if PART_2 not in there:
        further = further_statements(sessions, first, words)
        if further:
            rows.append(_row("part_2_further", PART_2, further, words))
        rows.append(_row("part_2_same", PART_2, first, words))
    return RoomView(
        place,
        title,
        about=say(words, "day_one.about") if rows else "",
        sections=(Section(rows=tuple(rows), empty=say(words, "day_one.there")),),
        day=short_date(today, today, words),
        language=words.language,
    )


def first_statements(sessions: Sequence[Record], words: Words) -> list[Statement]:
    """Return the statements of part 1: its own where it stands, else those of the newest session, else ours."""
    known = [one for one in sessions if occasion(one) == PART_1] or [one for one in sessions if not is_day_one(one)]
    placed = placements(known[-1])[:CORE_STATEMENTS] if known else []
    return [dict(one) for one in placed] or _offered(words)[:CORE_STATEMENTS]


def further_statements(sessions: Sequence[Record], first: Sequence[Statement], words: Words) -> list[Statement]:
    """Return the statements that follow those of part 1: the room's own where they stood for those, else ours."""
    names = {one["statement"] for one in first}
    texts = [said for session in sessions for said in waiting_texts(session)]
    own = [_own(said) for said in dict.fromkeys(texts)]
    found = own or [one for one in _offered(words) if one["statement"] not in names]
    return [one for one in found if one["statement"] not in names][:CORE_STATEMENTS]


def _offered(words: Words) -> list[Statement]:
    own = words.room_lines("statements")
    if own:
        return [_own(said) for said in own]
    return [
        {"statement": entry.id, "meaning": int(entry.more.get("meaning", 1)), "text": entry.text}
        for entry in words.bank("statements")
    ]


def _own(said: str) -> Statement:
    return {"statement": room_id(said), "meaning": 1, "text": said}


def _row(name: str, part: str, statements: Sequence[Statement], words: Words) -> Row:
    enter = _enter(name, part, statements, words)
    return Row(say(words, f"day_one.{name}"), key=f"enter:{name}", actions=(enter,))


def _enter(name: str, part: str, statements: Sequence[Statement], words: Words) -> Action:
    def positions(line: str) -> list[int | None]:
        return read_positions(line, len(statements))

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        entered = answers["how"]
        on = cast("date | None", answers.get("day"))
        values_changes.add_day_one(
            desk, cast("values_changes.Part", part), statements, answers["line"], entered=entered, on=on
        )
        how = say(desk.words, f"entered.{entered}")
        return Said(say(desk.words, "day_one.said", entered=how), place=Place(ROOM))

    asks = (
        Ask("line", "line", say(words, "day_one.line"), read=positions),
        Ask("how", "choice", say(words, "day_one.how"), options=tuple(
            Option(how, say(words, f"day_one.{how}")) for how in HOW
        )),
        Ask("day", "date", say(words, "day_one.day"), is_optional=True, is_behind=True),
    )  # fmt: skip
    about = "\n".join(
        say(words, "day_one.numbered", n=number, text=_read(one)) for number, one in enumerate(statements, 1)
    )
    title = words.ui("sentences.colon", first=say(words, "occasion.day_one"), second=say(words, f"day_one.{name}"))
    return Action("values.day_one", change=change, asks=asks, title=title, about=about, words=title)


def _read(one: Statement) -> str:
    return saying.plain_text(text(one, "text"))
