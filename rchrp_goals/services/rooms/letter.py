"""A line to oneself, read: on a page of its own, so that nobody reads it in passing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.lenient import text
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.letters import letters_of, remove_letter
from rchrp_goals.services.room import Action, Place, Question, RoomView, Row, Said, Section

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page of one line to oneself. Raises ProblemError ``not_there`` where it is gone."""
    words = desk.words
    letter = next((one for one in letters_of(desk.store.read().tables) if one["id"] == place.id), None)
    if letter is None:
        raise ProblemError("not_there")
    at = saying.local_day(letter, "at") or saying.local_day(letter, "created_at")
    lines = (saying.plain_text(line) for line in text(letter, "text").splitlines())
    question = Question("goals", "letter", {"letter": place.id}, is_later=True)
    return RoomView(
        place,
        words.ui("goal_rooms.letter.heading"),
        about=words.ui("goal_rooms.letter.written_on", day=full_date(at, words)) if at else "",
        sections=(Section(rows=tuple(Row(line, is_strong=True) for line in lines if line)),),
        actions=(
            Action("thing.change", question=question),
            Action("letter.remove", _remove(place.id), confirm=words.ui("goal_rooms.letter.sure")),
        ),
        language=words.language,
    )


def _remove(id: str) -> Any:
    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        remove_letter(desk.store, id, desk.clock.now())
        return Said(desk.words.ui("goal_rooms.said.letter_removed"), place=Place("goals"))

    return change
