"""What a check-in offers to think about: picked from the plan, and each says why it is offered. Nothing is reckoned.

Two at most come from the plan; the last one, how one is and what one's role asks, is always there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, instant, text
from rchrp_goals.services import saying
from rchrp_goals.services.levels import notes_of

if TYPE_CHECKING:
    from rchrp_goals.content import Words

Tables = glance.Tables

FROM_PLAN = 2
"""How many of them come from the plan."""
SHORT = 60
"""Characters up to which a person's words stand in such a line whole."""


class Thought(NamedTuple):
    """Something to think about, its name, and why it is offered."""

    name: str
    text: str
    why: str


def thoughts(tables: Tables, words: Words, today: date, in_depth: str = "") -> list[Thought]:
    """Return what may be thought about; ``in_depth`` is the goal that is looked at more closely, empty where none is."""
    picker = _Picker(tables, words, today, in_depth)
    found: list[Thought] = []
    for pick in _PICKS:
        thought = next(pick(picker), None)
        if thought is not None:
            found.append(thought)
        if len(found) == FROM_PLAN:
            break
    return [*found, picker.made("myself")]


def shortened(said: str, most: int = SHORT) -> str:
    """Return a person's words as they stand inside a line of ours: whole, or their beginning up to a word."""
    return saying.beginning(saying.phrase(said), most)


class _Picker:
    """Looks through a plan."""

    def __init__(self, tables: Tables, words: Words, today: date, in_depth: str) -> None:
        self.tables, self.words, self.today, self.in_depth = tables, words, today, in_depth
        self.goals = glance.goals_in_view(tables)
        held = [one for one in glance.standing(tables, "check_ins") if text(one, "with") == "self"]
        self.last = saying.newest(held, "at")

    def made(self, name: str, **values: str) -> Thought:
        """Return a thought in words."""
        key = f"check_in_room.thought.{name}"
        return Thought(name, self.words.ui(key, **values), self.words.ui(f"{key}_why", **values))

    def step_planned(self) -> Iterator[Thought]:
        """A step whose day lies behind: it may have changed."""
        steps = [step for goal in self.goals for step in glance.steps_of(self.tables, goal["id"])]
        for step in [*steps, *glance.inbox(self.tables)]:
            due = day(step, "due")
            if step.get("state") == "planned" and due is not None and due < self.today:
                yield self.made("step", step=shortened(text(step, "text")), day=self._day(due))

    def wanted_change(self) -> Iterator[Thought]:
        """What the last check-in wanted to change."""
        on = saying.local_day(self.last, "at")
        looked = self.last.get("goals")
        for one in looked if isinstance(looked, list) else []:
            goal = self._goal(text(one, "goal")) if isinstance(one, Mapping) else None
            if on is not None and goal is not None and one.get("choice") == "change":
                yield self.made("change", goal=shortened(text(goal, "title")), day=self._day(on))

    def ask_open(self) -> Iterator[Thought]:
        """Something that was asked of somebody, and has no answer yet."""
        for one in glance.standing(self.tables, "asks"):
            on = saying.local_day(one, "asked_at")
            if on is not None and on < self.today and text(one, "text") and not text(one, "answered_at"):
                yield self.made("ask", ask=shortened(text(one, "text")), day=self._day(on))

    def note(self) -> Iterator[Thought]:
        """The newest note on the goal that is looked at, of another day than today."""
        for one in reversed(notes_of(self.tables, self.in_depth)):
            on = saying.local_day(one, "at")
            if on is not None and on < self.today and text(one, "note"):
                goal = self._goal(self.in_depth)
                title = shortened(text(goal, "title")) if goal is not None else ""
                yield self.made("note", goal=title, note=shortened(text(one, "note")), day=self._day(on))

    def no_step(self) -> Iterator[Thought]:
        """Another goal without a next step."""
        by_goal = glance.steps_by_goal(self.tables)
        for goal in self.goals:
            steps = by_goal.get(goal["id"], ())
            if goal["id"] != self.in_depth and not any(one.get("state") == "planned" for one in steps):
                yield self.made("no_step", goal=shortened(text(goal, "title")))

    def learned(self) -> Iterator[Thought]:
        """Something that was learned since the last check-in, without a word about it yet."""
        since = instant(self.last, "at")
        for one in glance.standing(self.tables, "learning"):
            on = day(one, "done_on")
            is_new = since is None or (on is not None and on >= since.astimezone().date())
            if text(one, "state") == "done" and text(one, "title") and on and is_new and not text(one, "learned"):
                yield self.made("learned", title=shortened(text(one, "title")), day=self._day(on))

    def _goal(self, id: str) -> Record | None:
        return next((goal for goal in self.goals if goal["id"] == id), None)

    def _day(self, on: date) -> str:
        return saying.day_words(on, self.today, self.words, with_weekday=False)


_PICKS: tuple[Callable[[_Picker], Iterator[Thought]], ...] = (
    _Picker.wanted_change,
    _Picker.note,
    _Picker.step_planned,
    _Picker.ask_open,
    _Picker.no_step,
    _Picker.learned,
)
"""What is looked for, in order; of each kind one."""
