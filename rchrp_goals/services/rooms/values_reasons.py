"""What somebody wrote beside their places on the line, by statement, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.plan.lenient import text
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.plan_values import placements
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.room import Action, Place, RoomView, Row, Section
from rchrp_goals.services.values_rows import SESSION, covered_view, say
from rchrp_goals.services.values_view import in_order, named_with_day, reason_of

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page of reasons. Raises ProblemError."""
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    title = say(words, "reasons.title")
    cover = cover_of(desk, tables)
    if cover is not None:
        return covered_view(place, cover, words, title, today)
    sessions = in_order(tables)
    found: dict[tuple[str, int], tuple[str, list[Row]]] = {}
    for session in reversed(sessions):
        for one in placements(session):
            reason = reason_of(one)
            if not reason:
                continue
            name = text(one, "statement"), one["meaning"]
            _, rows = found.setdefault(name, (saying.plain_text(text(one, "text")), []))
            rows.append(
                Row(
                    reason,
                    key=f"reason:{text(session, 'id')}:{name[0]}",
                    when=named_with_day(session, sessions, words, today),
                    actions=(Action("thing.open", place=Place(SESSION, text(session, "id"))),),
                )
            )
    sections = tuple(Section(statement, tuple(rows)) for statement, rows in found.values())
    return RoomView(
        place,
        title,
        about=say(words, "reasons.about") if sections else "",
        sections=sections or (Section(empty=say(words, "reasons.empty")),),
        day=short_date(today, today, words),
        language=words.language,
    )
