"""A check-in in a few sentences that fit a text message: what was said, and nothing that does not leave by default.

Titles, words of levels, the next step, what is wanted, the next day. Never reasons, values, obstacles or notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.guide.conversation import Conversation
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import day, text
from rchrp_goals.services import saying
from rchrp_goals.services.check_in_questions import shortened
from rchrp_goals.services.levels import NOT_THERE_YET, Level, level_name, words_of_level

if TYPE_CHECKING:
    from rchrp_goals.content import Words

Tables = glance.Tables

MOST = 600
"""Characters of a summary at most."""
_LENGTHS = (200, 120, 80, 50, 30)
"""How long each of the person's texts may be in it: the first length at which all of it fits is taken."""
CHOICES = ("keep", "change", "pause", "let_go")


def summary(conversation: Conversation, tables: Tables, words: Words, today: date) -> str:
    """Return the summary of what was said so far, one thing a line; empty where only its day could stand there."""
    lines: list[str] = []
    for most in _LENGTHS:
        lines = list(_Summary(conversation, tables, words, today, most).lines())
        if len("\n".join(lines)) <= MOST:
            break
    while len("\n".join(lines)) > MOST:
        lines.pop(-2 if len(lines) > 2 else -1)
    return "\n".join(lines) if len(lines) > 1 else ""


def level_of(said: Any) -> Level | None:
    """Return a level as it was picked: "-1" or ``not_there_yet``; None where there is none."""
    if said == NOT_THERE_YET:
        return NOT_THERE_YET
    return int(said) if said in {"-2", "-1", "0", "1", "2"} else None


def choices_of(conversation: Conversation) -> dict[str, str]:
    """Return what was chosen for each goal by its id, the one in depth first; only what was said, of goals at hand."""
    found: dict[str, str] = {}
    goal = conversation.goal
    keep = conversation.value("rulers", "keep")
    position = conversation.value("rulers", "importance")
    if goal is not None and keep in CHOICES and isinstance(position, int):
        found[goal.id] = keep
    lines = conversation.value("others", "lines")
    for one in conversation.facts.goals:
        choice = lines.get(one.id) if isinstance(lines, Mapping) else None
        if choice in CHOICES and (goal is None or one.id != goal.id):
            found[one.id] = choice
    return found


class _Summary:
    """The lines of a summary in which a person's text has ``most`` characters."""

    def __init__(self, conversation: Conversation, tables: Tables, words: Words, today: date, most: int) -> None:
        self.said, self.tables, self.words, self.today, self.most = conversation, tables, words, today, most
        self.choices = choices_of(conversation)

    def lines(self) -> Iterator[str]:
        """Give the lines in order; the first one is the day."""
        yield self._ui("head", day=self._day(self.today))
        goal = self.said.goal
        if goal is not None:
            yield from self._goal(goal.id, goal.title)
        for choice in CHOICES:
            titles = [self._own(one.title) for one in self.said.facts.goals if self.choices.get(one.id) == choice]
            if titles:
                yield self._ui(choice, goals=self.words.ui("sentences.semicolon").join(titles))
        ask, to = self.said.value("support", "ask"), self.said.value("support", "to")
        if ask:
            yield self._ui("support_from" if to else "support", ask=self._own(ask), name=self._own(to or ""))
        next_on = self.said.value("next_on", "day")
        if next_on:
            yield self._ui("next_on", day=self._day(date.fromisoformat(next_on), with_weekday=True))

    def _goal(self, id: str, title: str) -> Iterator[str]:
        """Say where the goal stands, and its next step."""
        level = level_of(self.said.value("level", "level"))
        if level is not None:
            name = level_name(level, self.words)
            own = words_of_level(self.tables.get("goals", {}).get(id, {}), level) if isinstance(level, int) else ""
            key = "level_words" if own else "level"
            yield self._ui(key, goal=self._own(title), level=name, words=self._own(own))
        step = self._step(id)
        if step and self.choices.get(id) not in {"pause", "let_go"}:
            yield step if level is not None else self._ui("of_goal", goal=self._own(title), step=step)

    def _step(self, id: str) -> str:
        new, due = self.said.value("next_step", "step"), self.said.value("next_step", "due")
        on = date.fromisoformat(due) if due else None
        if not new:
            steps = glance.steps_of(self.tables, id)
            step = next((one for one in steps if one.get("state") == "planned"), None)
            new, on = (text(step, "text"), day(step, "due")) if step is not None else ("", None)
            smaller, another = self.said.value("smaller", "step"), self.said.value("another_day", "due")
            new, on = smaller or new, date.fromisoformat(another) if another else on
        if not new:
            return ""
        if on is None or on < self.today:
            return self._ui("step", step=self._own(new))
        return self._ui("step_day", step=self._own(new), day=self._day(on, with_weekday=True))

    def _day(self, on: date, *, with_weekday: bool = False) -> str:
        return saying.day_words(on, self.today, self.words, with_weekday=with_weekday)

    def _own(self, said: str) -> str:
        return shortened(said, self.most)

    def _ui(self, key: str, **values: object) -> str:
        return self.words.ui(f"check_in_room.summary.{key}", **values)
