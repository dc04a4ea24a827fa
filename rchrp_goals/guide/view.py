"""The answers of a conversation as its conditions see them, with the facts of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan.goals import FollowUp, follow_up

if TYPE_CHECKING:
    from rchrp_goals.guide.conversation import Conversation, GoalAtHand, Stop


class View:
    """The answers as conditions see them: only those of questions that are open count.

    A question that is closed again (its goal was passed) keeps its answer in the draft, and says nothing. Of a question
    that is asked alone every answer of the plan counts. ``is_hopeful``: what is not passed will be answered.
    """

    def __init__(self, conversation: Conversation, *, is_hopeful: bool = False) -> None:
        self.stop: Stop | None = None
        self.values: Mapping[str, Any] = {}
        self._answers = conversation.draft.answers
        self._facts = conversation.facts
        self._questions = conversation.module.questions
        self._is_alone = bool(conversation.only)
        self._is_hopeful = is_hopeful
        self._open: set[str] = set()

    def open(self, question: str) -> None:
        """Let the answers of a question count."""
        self._open.add(question)

    def is_answered(self, question: str) -> bool:
        """Tell whether a question was answered (a repeated one: any of it)."""
        if self._is_hopeful and question in self._open:
            return not self.is_passed(question)
        return any("values" in answer for answer in self._of(question))

    def is_passed(self, question: str) -> bool:
        """Tell whether a question was passed."""
        return any(answer.get("passed") is True for answer in self._of(question))

    def value(self, question: str, field: str) -> Any:
        """Return the value of a field, or None."""
        if self.stop is not None and question == self.stop.key:
            return self.values.get(field)
        return next((answer.get("values", {}).get(field) for answer in self._of(question)), None)

    def rule(self, name: str) -> bool:
        """Tell whether a fact holds (see ``conditions.RULES``)."""
        if name == "follow_up_wanted":
            # under a ruler it waits until the ruler is set
            is_set = self.stop is None or self.stop.question.kind != "ruler" or self._is_ruler_set(self.stop)
            return is_set and self.follow_up() is not None
        goal = self.goal()
        return {
            "no_room_statements": not self._facts.room_statements,
            "no_day_one_session": not self._facts.has_day_one_session,
            "day_one_put_off": self._facts.is_day_one_put_off,
            "breath_wanted": self._facts.is_breath_wanted,
            "has_focus": self._facts.has_focus,
            "has_goal": self._facts.has_goal,
            "has_agreements": self._facts.has_agreements,
            "several_goals": len(self._facts.goals) > 1,
            "goal_in_depth": goal is not None,
            "levels_in_words": goal is not None and goal.has_levels,
            "no_levels": goal is not None and not goal.has_levels,
            "next_step_there": goal is not None and bool(goal.step),
            "no_next_step": goal is not None and not goal.step,
            "if_then_there": goal is not None and bool(goal.if_then),
            "if_then_wanted": goal is not None and (not goal.if_then or self.value("say", "choice") == "another"),
        }[name]

    def goal(self) -> GoalAtHand | None:
        """Return the goal that is looked at in depth, None where it was not chosen; the only one chooses itself."""
        goals = self._facts.goals
        if len(goals) < 2:
            return next(iter(goals), None)
        chosen = self.value("which", "goal")
        if chosen is None and self._is_hopeful and not self.is_passed("which"):
            return goals[0]
        return next((one for one in goals if one.id == chosen), None)

    def follow_up(self) -> FollowUp | None:
        """Return what the rulers' follow-up is about; without a step there is nothing to be sure of."""
        importance = self._bound("ruler.importance")
        confidence = None if self.is_passed("first_step") else self._bound("ruler.confidence")
        return follow_up(
            importance if isinstance(importance, int) else None, confidence if isinstance(confidence, int) else None
        )

    def _is_ruler_set(self, stop: Stop) -> bool:
        return any(one.kind == "position" and one.id in self.values for one in stop.question.fields)

    def _bound(self, bind: str) -> Any:
        """Return the value of the field that fills this place of a record."""
        found = ((question.id, one.id) for question in self._questions for one in question.fields if one.bind == bind)
        question, field = next(found, ("", ""))
        return self.value(question, field)

    def _of(self, question: str) -> list[dict[str, Any]]:
        if not self._is_alone and question not in self._open:
            return []
        return [answer for key, answer in self._answers.items() if key == question or key.startswith(f"{question}:")]
