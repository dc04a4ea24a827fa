"""When a question or a field is asked: small conditions over the answers so far and the facts of the plan.

``answered:Q`` said and not passed · ``passed:Q`` passed · ``passed_one:Q,R`` one of them passed · ``is:Q.FIELD=VALUE`` ·
``not:Q.FIELD=VALUE`` · ``below:Q.FIELD=N`` a position that is given and smaller · ``rule:NAME`` a fact (see RULES).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

GOAL_RULES = frozenset(
    {
        "has_agreements",
        "several_goals",
        "goal_in_depth",
        "levels_in_words",
        "no_levels",
        "next_step_there",
        "no_next_step",
        "if_then_there",
        "if_then_wanted",
    }
)
"""Facts of a check-in, about the goals in view and the one that is looked at in depth."""

RULES = GOAL_RULES | frozenset(
    {
        "no_room_statements",
        "no_day_one_session",
        "day_one_put_off",
        "breath_wanted",
        "has_focus",
        "has_goal",
        "follow_up_wanted",
    }
)


class ConditionWrong(ValueError):
    """A condition that nobody can read."""


class Answers(Protocol):
    """What a condition may ask of a conversation."""

    def is_answered(self, question: str) -> bool:
        """Tell whether a question was answered."""

    def is_passed(self, question: str) -> bool:
        """Tell whether a question was passed."""

    def value(self, question: str, field: str) -> Any:
        """Return the value of a field, or None."""

    def rule(self, name: str) -> bool:
        """Tell whether a fact holds."""


class Condition(NamedTuple):
    """One condition: what kind, which question and field, and the value compared."""

    kind: str
    questions: tuple[str, ...] = ()
    field: str = ""
    value: str = ""

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """The (question, field) that must stand before."""
        return tuple((question, self.field) for question in self.questions)

    @property
    def opens_by_answer(self) -> bool:
        """True where only some answers open what it guards (so that it is no part of the plain road)."""
        return self.kind in {"is", "below", "passed", "passed_one"}

    def holds(self, answers: Answers) -> bool:
        """Tell whether the condition holds now."""
        if self.kind == "rule":
            return answers.rule(self.value)
        if self.kind == "answered":
            return answers.is_answered(self.questions[0])
        if self.kind in {"passed", "passed_one"}:
            return any(answers.is_passed(question) for question in self.questions)
        found = answers.value(self.questions[0], self.field)
        if self.kind == "below":
            return isinstance(found, int) and found < int(self.value)
        return bool(found == self.value) == (self.kind == "is")


_SHAPES: Mapping[str, str] = {
    "answered": r"(?P<questions>\w+)$",
    "passed": r"(?P<questions>\w+)$",
    "passed_one": r"(?P<questions>\w+(?:,\w+)+)$",
    "is": r"(?P<questions>\w+)\.(?P<field>\w+)=(?P<value>\w+)$",
    "not": r"(?P<questions>\w+)\.(?P<field>\w+)=(?P<value>\w+)$",
    "below": r"(?P<questions>\w+)\.(?P<field>\w+)=(?P<value>\d+)$",
    "rule": r"(?P<value>\w+)$",
}


def read_condition(text: str) -> Condition:
    """Read one condition. Raises ConditionWrong where it has no known shape or names no known rule."""
    kind, _, rest = str(text).partition(":")
    found = re.match(_SHAPES[kind], rest) if kind in _SHAPES else None
    if found is None or (kind == "rule" and rest not in RULES):
        raise ConditionWrong(text)
    parts = found.groupdict()
    questions = tuple(parts.get("questions", "").split(",")) if parts.get("questions") else ()
    return Condition(kind, questions, parts.get("field") or "", parts.get("value") or "")
