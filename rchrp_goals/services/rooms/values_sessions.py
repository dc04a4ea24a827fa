"""Every values session with its day, its occasion and how it was entered; two of them can be set side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.content import Words
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.sessions import is_closed
from rchrp_goals.services.values_rows import BETWEEN, ROOM, SESSION, covered_view, say
from rchrp_goals.services.values_view import day_words, entered_words, in_order, named_with_day, session_name

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk


def read(desk: Desk, place: Place) -> RoomView:
    """Read the list of sessions, the newest first. Raises ProblemError."""
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    title = say(words, "sessions.title")
    cover = cover_of(desk, tables)
    if cover is not None:
        return covered_view(place, cover, words, title, today)
    sessions = in_order(tables)
    rows = tuple(_row(one, sessions, words, today) for one in reversed(sessions))
    return RoomView(
        place,
        title,
        about=say(words, "sessions.about"),
        sections=(Section("", rows, empty=say(words, "empty")),),
        day=short_date(today, today, words),
        language=words.language,
    )


def _row(session: Record, sessions: Sequence[Record], words: Words, today: date) -> Row:
    notes = [entered_words(session, words, today)]
    if not is_closed(session, today):
        notes.append(say(words, "sessions.is_open"))
    compare = compare_action(session, sessions, words, today)
    return Row(
        words.ui("sentences.semicolon").join(notes),
        key=f"values:{text(session, 'id')}",
        title=session_name(session, sessions, words),
        when=day_words(session, words, today) or say(words, "session.no_day"),
        actions=(
            Action("thing.open", place=Place(SESSION, text(session, "id"))),
            *((compare,) if compare is not None else ()),
        ),
    )


def compare_action(session: Record, sessions: Sequence[Record], words: Words, today: date) -> Action | None:
    """Return what sets a session beside another one that is chosen; None where there is no other."""
    others = [one for one in reversed(sessions) if one is not session]
    if not others:
        return None
    names = {text(one, "id"): named_with_day(one, sessions, words, today) for one in sessions}
    own = text(session, "id")

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        other = str(answers["other"])
        ordered = [text(one, "id") for one in sessions if text(one, "id") in {own, other}]
        sentence = say(desk.words, "compare.said", then=names[ordered[0]], now=names[ordered[1]])
        return Said(sentence, place=Place(ROOM, BETWEEN.join(ordered)))

    options = tuple(Option(text(one, "id"), names[text(one, "id")]) for one in others)
    ask = Ask("other", "choice", say(words, "compare.label"), options=options)
    return Action("values.compare", change=change, asks=(ask,), title=say(words, "compare.title"), about=names[own])
