"""The rows of the values room and its pages, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.plan.values import Compared, compare
from rchrp_goals.services import saying, values_changes
from rchrp_goals.services.day_words import full_date, short_date
from rchrp_goals.services.kept_words import before_this
from rchrp_goals.services.plan_values import placements
from rchrp_goals.services.room import Action, Ask, Detail, Dots, Option, Place, Question, RoomView, Row, Said, Section
from rchrp_goals.services.sessions import is_closed
from rchrp_goals.services.values_changes import Name
from rchrp_goals.services.values_view import (
    PART_1,
    Placement,
    Side,
    Tables,
    corrected_position,
    correction_details,
    corrections_of,
    is_day_one,
    looking_back_of,
    reason_of,
    session_name,
    where,
)

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.services.revisit import Cover

ROOM, SESSION, STATEMENT = "values", "values.session", "values.statement"
BETWEEN = ":"
"""Stands between the ids of the two sessions that somebody chose to compare; no id can hold it."""


class Held(NamedTuple):
    """One placement with the session that holds it, and how a sentence calls that."""

    session: Record
    placement: Placement
    name: str


def say(words: Words, key: str, **values: object) -> str:
    """Return a string of the room's own wording."""
    return words.ui(f"values_room.{key}", **values)


# Rows


class Pair(NamedTuple):
    """Two sides to set beside each other (one of them may be missing), and in which words, on which day."""

    tables: Tables
    then: Side | None
    now: Side | None
    words: Words
    today: date

    def rows(self) -> tuple[Row, ...]:
        """Return the statements, each with its places as a picture and in words."""
        then, now = (side.placements if side else [] for side in (self.then, self.now))
        return tuple(self._row(one) for one in compare(then, now))

    def _row(self, one: Compared) -> Row:
        words, name = self.words, Name(one.statement, one.meaning)
        held = [
            Held(*found, side.name)
            for side, is_given in ((self.then, one.then_given), (self.now, one.now_given))
            if side is not None and is_given and (found := side.holding(name)) is not None
        ]
        said, details = self._said(one), []
        for it in reversed(held):
            put_right = corrections_of(self.tables, it.session, one.statement)
            said += put_right_said(put_right, it.name, words)
            is_now = it is held[-1] and one.now_given
            details += details_of(self.tables, it, put_right, words, self.today, is_now=is_now)
        note = ""
        if self.then is not None and one.then_given and one.now_given and _read(one.then_text) != _read(one.now_text):
            note = say(words, "read_then", side=self.then.name, text=_read(one.then_text))
        return Row(
            _read(one.now_text or one.then_text),
            key=key_of(name),
            picture=Dots(one.then, one.now, say(words, "low_high.low"), say(words, "low_high.high")),
            said=" ".join(said),
            note=note,
            detail=tuple(details),
            actions=actions_for(held, words, self.today),
        )

    def _said(self, one: Compared) -> list[str]:
        words, said = self.words, []
        sides = ((self.then, one.then, one.then_given), (self.now, one.now, one.now_given))
        for side, position, is_given in sides:
            if side is None:
                continue
            if not is_given:
                said.append(say(words, "side_not_asked", side=side.name))
            else:
                in_words = side is self.now or not one.now_given
                said.append(where(side.name, position, words, in_words=in_words))
        if one.then is not None and one.then == one.now:
            said.append(say(words, "stayed"))
        return said


def put_right_said(corrections: Sequence[Record], name: str, words: Words) -> list[str]:
    """Return where somebody put a place right to, as a sentence; ``name`` is the session's, or empty."""
    at = corrected_position(corrections)
    if at is None:
        return []
    return [say(words, "put_right_to", side=name, n=at) if name else say(words, "put_right_to_alone", n=at)]


def details_of(
    tables: Tables, it: Held, corrections: Sequence[Record], words: Words, today: date, *, is_now: bool = True
) -> list[Detail]:
    """Return what stands beside a place: the reason, the look back, what was put right, what was said before this."""
    found = []
    reason, back = reason_of(it.placement), looking_back_of(it.placement)
    if reason:
        label = say(words, "reason") if is_now else say(words, "reason_of", side=it.name)
        found.append(Detail(label, reason))
    if back is not None:
        found.append(Detail(say(words, "looked_back"), saying.at(back, words)))
    found += correction_details(corrections, words, today)

    def said(session: Record) -> str:
        here = next((one for one in placements(session) if _name(one) == _name(it.placement)), None)
        if here is None:
            return ""
        at = say(words, "passed") if here["position"] is None else saying.at(here["position"], words)
        return " ".join(piece for piece in (at, reason_of(here)) if piece)

    return [*found, *before_this(tables, "values", it.session, words, said, side="" if is_now else it.name)]


def session_rows(tables: Tables, session: Record, placed: Sequence[Placement], words: Words, today: date) -> list[Row]:
    """Return the statements of one session, each with its place."""
    rows = []
    for one in placed:
        position, put_right = one["position"], corrections_of(tables, session, text(one, "statement"))
        at = say(words, "passed") if position is None else saying.at(position, words)
        held = Held(session, one, "")
        then, now = (position, None) if is_day_one(session) else (None, position)
        rows.append(
            Row(
                _read(text(one, "text")),
                key=key_of(_name(one)),
                picture=Dots(then, now, say(words, "low_high.low"), say(words, "low_high.high")),
                said=" ".join([at, *put_right_said(put_right, "", words)]),
                detail=tuple(details_of(tables, held, put_right, words, today)),
                actions=actions_for([held], words, today),
            )
        )
    return rows


# What can be done with a statement


def actions_for(held: Sequence[Held], words: Words, today: date) -> tuple[Action, ...]:
    """Return what can be done with a statement: the later answer is changed first, and it looks back at Day One."""
    found: list[Action] = []
    is_open = [it for it in reversed(held) if not is_closed(it.session, today)]
    if is_open:
        found.append(Action("values.change", question=_question(is_open[0])))
    closed = [it for it in held if is_closed(it.session, today)]
    later = next((it for it in reversed(held) if not is_day_one(it.session)), None)
    if later is not None:
        found.append(_look_back(later, words))
    if closed:
        found.append(_put_right(closed, words, is_one_of_two=len(held) > len(closed)))
    return tuple(found)


def _question(it: Held) -> Question:
    session, module = text(it.session, "id"), "day_one" if text(it.session, "occasion") == PART_1 else "values"
    return Question(module, f"statement:{text(it.placement, 'statement')}", {"session": session})


def _look_back(it: Held, words: Words) -> Action:
    placed = it.placement
    back = looking_back_of(placed)
    ends = words.module("values")["statement"]["position"]

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        position = answers.get("position")
        values_changes.look_back(desk, text(it.session, "id"), _name(placed), position)
        said = "look_back.said" if position is not None else "look_back.taken"
        return Said(say(desk.words, said), key_of(_name(placed)))

    ask = Ask(
        "position", "position", say(words, "look_back.label"), back, is_optional=True,
        low=str(ends["low"]), high=str(ends["high"]),
    )  # fmt: skip
    title = say(words, "look_back.title")
    return Action("values.look_back", change=change, asks=(ask,), title=title, about=_read(text(placed, "text")))


def _put_right(closed: Sequence[Held], words: Words, *, is_one_of_two: bool) -> Action:
    """Return what puts an answer right; where both stand closed it asks which, where one does it says which."""
    first = closed[-1].placement
    ends = words.module("values")["statement"]["position"]
    asks: tuple[Ask, ...] = (
        Ask("text", "long", say(words, "correct.text")),
        Ask(
            "position", "position", say(words, "correct.position"), is_optional=True,
            low=str(ends["low"]), high=str(ends["high"]),
        ),
    )  # fmt: skip
    if len(closed) > 1:
        options = tuple(Option(text(it.session, "id"), it.name) for it in closed)
        asks = (Ask("which", "choice", say(words, "correct.which"), options=options), *asks)

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        id = str(answers.get("which") or text(closed[0].session, "id"))
        placed = next((it.placement for it in closed if text(it.session, "id") == id), first)
        values_changes.put_right(desk, id, _name(placed), str(answers["text"]), answers.get("position"))
        return Said(say(desk.words, "correct.said"), key_of(_name(placed)))

    title = say(words, "correct.title")
    if is_one_of_two:
        title = words.ui("sentences.colon", first=title, second=closed[0].name)
    about = _read(text(first, "text"))
    return Action("values.put_right", change=change, asks=asks, title=title, about=about, words=title)


# What is covered


def covered_view(place: Place, cover: Cover, words: Words, title: str, today: date) -> RoomView:
    """Return a page on which nothing of the past can be seen, and what can be done about that."""
    from rchrp_goals.services import capture

    def drop(desk: Desk, answers: Mapping[str, Any]) -> Said:
        from rchrp_goals.services.revisit import put_aside

        put_aside(desk)
        return Said(say(desk.words, "cover.said_put_aside"))

    def not_now(desk: Desk, answers: Mapping[str, Any]) -> Said:
        for id in cover.reminders:
            capture.not_now(desk.store, "reminder", id, desk.clock.today(), desk.clock.now())
        return Said(desk.words.ui("home.said_not_now"))

    def later(desk: Desk, answers: Mapping[str, Any]) -> Said:
        for id in cover.reminders:
            capture.later(desk.store, "reminder", id, answers["day"], desk.clock)
        return Said(desk.words.ui("home.said_later", day=full_date(answers["day"], desk.words)))

    actions: tuple[Action, ...]
    if cover.why == "under_way":
        actions = (
            Action("values.look", conversation=cover.conversation, words=say(words, "action.look_on")),
            Action("values.put_aside", change=drop, confirm=say(words, "cover.put_aside_sure")),
        )
    else:
        until = Ask("day", "date", words.ui("home.later_title"), is_ahead=True)
        actions = (
            Action("values.look", conversation=cover.conversation),
            Action("thing.later", change=later, asks=(until,)),
            Action("thing.not_now", change=not_now),
        )
    section = Section(empty=say(words, f"cover.{cover.why}"))
    day = short_date(today, today, words)
    return RoomView(place, title, sections=(section,), actions=actions, day=day, language=words.language)


def _read(said: str) -> str:
    return saying.plain_text(said)


def _name(placed: Placement) -> Name:
    return Name(text(placed, "statement"), placed["meaning"])


def key_of(name: Name) -> str:
    """Return the key of a statement's row."""
    return f"statement:{name.statement}:{name.meaning}"


def id_of(name: Name) -> str:
    """Return how a place names a statement; ``name_of_id`` reads it."""
    return f"{name.meaning}:{name.statement}"


def name_of_id(id: str) -> Name:
    """Return the statement that a place names; one that nobody can read is of no session."""
    meaning, _, statement = id.partition(":")
    return Name(statement, int(meaning) if meaning.isascii() and meaning.isdigit() else 0)


def titled(session: Record, sessions: Sequence[Record], words: Words) -> str:
    """Return what the page of a session is called."""
    return say(words, "page_title", name=session_name(session, sessions, words))
