"""Practice: what somebody said in situations and when, the situations that wait, and an if-then to say once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import FileProblem
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import practice, saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.if_thens import to_say
from rchrp_goals.services.room import Action, Detail, Place, Question, RoomView, Row, Said, Section

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]
AT_ONCE = 6
"""Rows of what was said that stand there at first."""
LONGEST = 240
"""Characters of what was said that stand in its row; a longer text opens whole under it."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page. Raises ProblemError where the plan cannot be read.

    Where the room's own file of situations cannot be read, what somebody said stands there all the same, and so does why.
    """
    return _Page(desk).view(place)


class _Page:
    def __init__(self, desk: Desk) -> None:
        self.tables = desk.store.read().tables
        self.words = desk.words
        self.today: date = desk.clock.today()
        self.said = practice.practised(self.tables)
        self.problem = ""
        try:
            self.situations = practice.situations(desk.words)
        except FileProblem as problem:
            self.situations = practice.shipped(desk.words)
            self.problem = desk.words.problem(problem.key, problem.values)
        self.waiting = [one for one in self.situations if one.id not in self._cards()]

    def view(self, place: Place) -> RoomView:
        """Return the whole page."""
        said = tuple(self._said_row(one) for one in self.said)
        waiting = tuple(
            Row("", f"situation:{one.id}", title=self._name(one.id, one.text), actions=(self._say(one.id),))
            for one in self.waiting
        )
        aloud = tuple(self._aloud())
        return RoomView(
            place,
            self._ui("title"),
            about=self._ui("about"),
            sections=(
                *((Section(self._ui("said.heading"), said, at_once=AT_ONCE),) if said else ()),
                *((Section(self._ui("aloud.heading"), aloud),) if aloud else ()),
                *((Section(self._ui("waiting.heading"), waiting),) if waiting else ()),
            ),
            actions=(Action("practice.begin", conversation="practice"),),
            closing=self.problem,
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _cards(self) -> set[str]:
        return {text(one, "card") for one in self.said}

    def _name(self, card: str, situation: str) -> str:
        return practice.name_of(self.words, card, situation)

    def _said_row(self, one: Record) -> Row:
        card, situation = text(one, "card"), saying.plain_text(text(one, "situation"))
        said, on = saying.plain_text(text(one, "say")), saying.local_day(one, "at")
        details = [Detail(self._ui("said.situation"), situation)] if situation else []
        if len(said) > LONGEST:
            details.append(Detail(self._ui("said.whole"), said))
        again = (self._say(card, again=True),) if self._is_there(card) else ()
        return Row(
            saying.beginning(said, LONGEST),
            f"practised:{one['id']}",
            title=self._name(card, situation),
            when=short_date(on, self.today, self.words) if on else "",
            actions=(*again, Action("practice.remove", partial(_remove, one["id"]))),
            detail=tuple(details),
        )

    def _is_there(self, card: str) -> bool:
        """Tell whether a situation can still be asked: a room's own may have gone with its file."""
        return any(one.id == card for one in self.situations)

    def _say(self, card: str, *, again: bool = False) -> Action:
        words = self._ui("action.say_again") if again else ""
        return Action("practice.say", question=Question("practice", f"situation:{card}", {}), words=words)

    def _aloud(self) -> Iterator[Row]:
        """Give the if-then plans of goals in view that are whole and were not said yet."""
        for one in to_say(self.tables):
            sentence = saying.if_then(one, self.words)
            title = self.words.ui("goal_rooms.goal.say_title")
            action = Action("if_then.say", partial(_said_once, one["id"]), confirm=sentence, title=title)
            yield Row(sentence, f"if_then:{one['id']}", actions=(action,))

    def _ui(self, key: str) -> str:
        return self.words.ui(f"practice_room.{key}")


def _remove(id: str, desk: Desk, answers: Answers) -> Said:
    practice.remove_practised(desk.store, id, desk.clock.now())
    return Said(desk.words.ui("practice_room.removed"))


def _said_once(id: str, desk: Desk, answers: Answers) -> Said:
    from rchrp_goals.services.goal_changes import said_if_then

    said_if_then(desk.store, id, desk.clock.today(), desk.clock.now())
    return Said(desk.words.ui("goal_rooms.said.said"))
