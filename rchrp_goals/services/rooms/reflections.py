"""Reflections: all of them with their days, and one on a page of its own, each answer to be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record
from rchrp_goals.plan.text import shown
from rchrp_goals.services import reflections as kept
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import full_date, short_date
from rchrp_goals.services.room import Action, Place, Question, RoomView, Row, Said, Section

if TYPE_CHECKING:
    from datetime import date

    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

ALL, ONE = "learning.reflections", "learning.reflection"
BEGINNING = 120
"""Characters of its first answer that stand in the row of a reflection."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the list, or the page of one. Raises ProblemError ``not_there`` where that is gone."""
    return _one(desk, place) if place.room == ONE else _all(desk, place)


def reflection_rows(words: Words, tables: glance.Tables, found: list[Record], today: date) -> Iterator[Row]:
    """Give a row for each reflection: what it is about, how it begins, its day."""
    for one in found:
        on = kept.written_on(one)
        first = saying.plain_text(next(iter(kept.answers_of(one).values())))
        yield Row(
            saying.beginning(first, BEGINNING),
            f"reflection:{one['id']}",
            title=kept.subject_of(one, tables) or words.ui("reflect_room.one"),
            when=short_date(on, today, words) if on else "",
            actions=(Action("thing.open", place=Place(ONE, one["id"])),),
        )


def _all(desk: Desk, place: Place) -> RoomView:
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    rows = tuple(reflection_rows(words, tables, kept.reflections(tables), today))
    return RoomView(
        place,
        words.ui("reflect_room.title"),
        about=words.ui("reflect_room.about"),
        sections=(Section("", rows, empty=words.ui("reflect_room.empty")),),
        actions=(Action("reflect.begin", conversation="reflect"),),
        day=short_date(today, today, words),
        language=words.language,
    )


def _one(desk: Desk, place: Place) -> RoomView:
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    one = next((one for one in kept.reflections(tables) if one["id"] == place.id), None)
    if one is None:
        raise ProblemError("not_there")
    subject, on, answers = kept.subject_of(one, tables), kept.written_on(one), kept.answers_of(one)
    said = [row for name, answer in answers.items() for row in _answer_rows(one, name, answer, words)]
    open_rows = tuple(
        Row(kept.question_text(name, words), f"answer:{name}", actions=(_change(one, name),))
        for name in kept.questions_of(one)
        if name not in answers
    )
    about = subject or words.ui("reflect_room.nothing_named")
    itself = (
        Row(about, "answer:about", actions=(_change(one, "about"),)),
        Row(words.ui("reflect_room.action.remove"), "remove", actions=(_remove_action(place.id, words),)),
    )
    return RoomView(
        place,
        subject or words.ui("reflect_room.one"),
        about=words.ui("reflect_room.written_on", day=full_date(on, words)) if on else "",
        sections=(
            Section("", tuple(said)),
            *((Section(words.ui("reflect_room.open"), open_rows),) if open_rows else ()),
            Section(words.ui("reflect_room.itself"), itself),
        ),
        day=short_date(today, today, words),
        language=words.language,
    )


def _answer_rows(one: Record, name: str, answer: str, words: Words) -> Iterator[Row]:
    """Give an answer under its question, a row for each of its lines: it is read as it was written."""
    lines = [line for line in shown(answer).splitlines() if line.strip()] or [""]
    is_known = name in kept.questions_of(one)
    actions = (_change(one, name),) if is_known else ()
    yield Row(lines[0], f"answer:{name}" if is_known else "", title=kept.question_text(name, words), actions=actions)
    yield from (Row(line) for line in lines[1:])


def _change(one: Record, name: str) -> Action:
    return Action("thing.change", question=Question("reflect", name, {"reflection": one["id"]}))


def _remove_action(id: str, words: Words) -> Action:
    return Action("reflect.remove", partial(_remove, id), confirm=words.ui("reflect_room.sure"))


def _remove(id: str, desk: Desk, answers: Mapping[str, Any]) -> Said:
    kept.remove_reflection(desk.store, id, desk.clock.now())
    return Said(desk.words.ui("reflect_room.removed"), place=Place(ALL))
