"""The room of goals: each with its next step, what was noted without a goal, and a line to oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, instant, text
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.letters import letters_of, read_letter, write_letter
from rchrp_goals.services.room import Action, Ask, Place, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.step_rows import StepRows, add_action, next_step, spoken_line

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

_OVER = ("paused", "done", "let_go")
_OVER_FOR = timedelta(days=14)
"""For how long a step without a goal that was done or let go stays in sight; the plan page keeps it."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the room. Raises ProblemError as reading the plan does."""
    return _Goals(desk.store.read().tables, desk.words, desk.clock.today()).view(place)


class _Goals:
    """The room in words, made from the tables of a plan."""

    def __init__(self, tables: glance.Tables, words: Words, today: date) -> None:
        self.tables, self.words, self.today = tables, words, today
        self.goals = glance.goals_in_order(tables)
        self.in_view = [goal for goal in self.goals if goal["state"] in glance.IN_VIEW]
        self.steps = glance.steps_by_goal(tables)
        self.step_rows = StepRows(tables, words, today, self.in_view)

    def view(self, place: Place) -> RoomView:
        """Return everything in the room."""
        ui = self._ui
        empty = ui("room.none_in_view" if self.goals else "room.empty")
        now = Section(ui("room.now"), tuple(self._goal(goal) for goal in self.in_view), empty=empty)
        inbox = self.step_rows.rows([step for step in glance.inbox(self.tables) if self._is_fresh(step)])
        return RoomView(
            place,
            ui("title"),
            sections=(
                now,
                *self._over(),
                Section(ui("inbox.heading"), inbox, is_aside=True, empty=ui("inbox.empty")),
                Section(ui("letter.heading"), self._letters(), is_aside=True, empty=ui("letter.empty")),
            ),
            actions=(
                add_action(self.words, "goals.note"),
                Action("goals.begin", conversation="goals", words=ui("action.begin_again") if self.goals else ""),
                self._write(),
            ),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _is_fresh(self, step: Record) -> bool:
        """Tell whether a step of the inbox still stands here: one that is over does so for some days."""
        if step.get("state") == "planned":
            return True
        over = day(step, "done_on") or saying.local_day(step, "updated_at")
        return over is not None and self.today - over <= _OVER_FOR

    def _goal(self, goal: Record) -> Row:
        step = next_step(self.steps.get(goal["id"], []), self.today)
        when, is_due = self.step_rows.when(step) if step is not None else ("", False)
        said = saying.plain_text(text(step, "text")) if step is not None else self._ui("room.no_step")
        state = self.words.enum("goal_state", goal["state"]) if goal["state"] != "active" else ""
        title = saying.plain_text(goal["title"])
        label = self.words.ui("plain_home.step")
        parts = [title, state, self.words.ui("sentences.colon", first=label, second=said) if step else said, when]
        return Row(
            said,
            f"goal:{goal['id']}",
            title=title,
            when=when,
            is_due=is_due,
            note=state,
            actions=(open_goal(goal["id"]),),
            spoken=spoken_line(*parts),
        )

    def _over(self) -> Sequence[Section]:
        """Return the goals that nobody is at now, quietly."""
        found = []
        for state in _OVER:
            goals = [goal for goal in self.goals if goal["state"] == state]
            if goals:
                found.append(Section(self._ui(f"room.{state}"), tuple(self._over_goal(goal) for goal in goals)))
        return found

    def _over_goal(self, goal: Record) -> Row:
        title = saying.plain_text(goal["title"])
        why = saying.plain_text(text(goal, "state_why"))
        return Row(
            title,
            f"goal:{goal['id']}",
            note=why,
            mark={"done": "done", "let_go": "let_go"}.get(goal["state"], ""),  # type: ignore[arg-type]
            actions=(open_goal(goal["id"]),),
            spoken=spoken_line(title, why),
        )

    # ------------------------------------------------------------------ a line to myself

    def _letters(self) -> tuple[Row, ...]:
        rows = []
        for letter in letters_of(self.tables):
            at = saying.local_day(letter, "at") or saying.local_day(letter, "created_at")
            was_read = saying.local_day(letter, "read_at") if instant(letter, "read_at") else None
            note = self._ui("letter.read_on", day=short_date(was_read, self.today, self.words)) if was_read else ""
            when = short_date(at, self.today, self.words) if at else ""
            words = self._ui("action.read_again") if was_read else ""
            row = Row(
                self._ui("letter.left"),
                f"letter:{letter['id']}",
                when=when,
                note=note,
                actions=(Action("letter.read", _reading(letter["id"]), words=words),),
            )
            rows.append(row)
        return tuple(rows)

    def _write(self) -> Action:
        asked = self.words.module("goals")["letter"]
        ask = Ask("text", "long", asked["line"]["label"])
        return Action("letter.write", _write, (ask,), title=asked["text"], about=self._ui("letter.for_nobody"))

    def _ui(self, key: str, **values: object) -> str:
        return self.words.ui(f"goal_rooms.{key}", **values)


def open_goal(id: str) -> Action:
    """Return the action that opens a goal's page."""
    return Action("thing.open", place=Place("goals.one", id))


def _reading(id: str) -> Any:
    def read_it(desk: Desk, answers: Mapping[str, Any]) -> Said:
        read_letter(desk.store, id, desk.clock.now())
        return Said("", place=Place("goals.letter", id))

    return read_it


def _write(desk: Desk, answers: Mapping[str, Any]) -> Said:
    letter = write_letter(desk.store, answers["text"], desk.clock.now())
    return Said(desk.words.ui("goal_rooms.said.letter"), f"letter:{letter['id']}")
