"""One values session: its statements and where somebody stood; what can still be changed, and what is put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rchrp_goals.content import Words
from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.plan_values import placements
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.room import Action, Place, RoomView, Row, Section
from rchrp_goals.services.rooms.values_sessions import compare_action
from rchrp_goals.services.sessions import is_closed
from rchrp_goals.services.values_rows import covered_view, say, session_rows, titled
from rchrp_goals.services.values_view import (
    Tables,
    correction_details,
    corrections_of,
    day_words,
    entered_words,
    in_order,
)


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page of a session. Raises ProblemError ``not_there`` where it is gone."""
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    sessions = in_order(tables)
    session = next((one for one in sessions if text(one, "id") == place.id), None)
    if session is None:
        raise ProblemError("not_there")
    title = titled(session, sessions, words)
    cover = cover_of(desk, tables)
    if cover is not None:
        return covered_view(place, cover, words, title, today)
    rows = session_rows(tables, session, placements(session), words, today)
    heading = saying.begun(day_words(session, words, today) or say(words, "session.no_day"))
    how = words.ui("sentences.comma").join((heading, entered_words(session, words, today)))
    return RoomView(
        place,
        title,
        about=say(words, "session.closed" if is_closed(session, today) else "session.open"),
        sections=(Section(how, tuple(rows), empty=say(words, "session.none")), *_whole(tables, session, words, today)),
        actions=_actions(session, sessions, words, today),
        day=short_date(today, today, words),
        language=words.language,
    )


def _actions(session: Record, sessions: Sequence[Record], words: Words, today: date) -> tuple[Action, ...]:
    action = compare_action(session, sessions, words, today)
    return (action,) if action is not None else ()


def _whole(tables: Tables, session: Record, words: Words, today: date) -> list[Section]:
    """Return what was put right of the session as a whole, where there is any: another program may have written it."""
    found = correction_details(corrections_of(tables, session), words, today)
    rows = tuple(Row(detail.text, title=detail.label) for detail in found)
    return [Section(say(words, "session.whole"), rows)] if rows else []
