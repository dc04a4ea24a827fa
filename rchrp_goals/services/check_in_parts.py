"""Turns the answers of a check-in into records of the plan: one save. Ids are given in advance, so that applying it twice
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.services.changes import Put, Tables, derived_id
from rchrp_goals.services.check_in import if_then_of, next_step
from rchrp_goals.services.check_in_summary import choices_of, level_of
from rchrp_goals.services.goal_changes import in_state
from rchrp_goals.services.levels import words_of_level

if TYPE_CHECKING:
    from rchrp_goals.guide.conversation import Conversation
    from rchrp_goals.services.clock import Clock

Record = dict[str, Any]

STATE_OF = {"pause": "paused", "let_go": "let_go"}
"""The state of a goal after a choice; the others leave it as it is."""
_IN_WORDS = {"well": "words", "also": "words"}
"""What stands in the check-in itself as it was written: question -> field."""


def check_in_id(ids: Mapping[str, str]) -> str:
    """Return the id of the check-in that a draft with these ids makes."""
    return derived_id(ids["base"], "check_in")


def check_in_changes(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put]:
    """Return what a check-in writes. Goals that are gone from the plan meanwhile are left out."""
    return list(_CheckIn(conversation, tables, clock).changes())


class _CheckIn:
    """One check-in, set against the plan as it stands (``tables``: without removed records)."""

    def __init__(self, conversation: Conversation, tables: Tables, clock: Clock) -> None:
        self.said, self.tables = conversation, tables
        self.base = conversation.draft.ids["base"]
        self.now, self.day = instant_text(clock.now()), clock.today()
        self.today = self.day.isoformat()
        goal = conversation.goal
        self.goal: Record | None = tables.get("goals", {}).get(goal.id) if goal is not None else None
        self.level = level_of(conversation.value("level", "level"))
        if self.goal is not None and isinstance(self.level, int) and not words_of_level(self.goal, self.level):
            self.level = None  # its words were taken away meanwhile
        self.choices = {id: one for id, one in choices_of(conversation).items() if id in tables.get("goals", {})}

    def changes(self) -> Iterator[Put]:
        """Give every record in turn."""
        if self.goal is not None:
            yield from self._in_depth(self.goal)
        for id, choice in self.choices.items():
            goal = self.tables["goals"][id]
            state = STATE_OF.get(choice)
            if state is not None and goal.get("state") != state:
                yield Put("goals", in_state(goal, state, self.day))
        ask = self._value("support", "ask")
        if ask:
            to = self._value("support", "to")
            yield self._put("asks", "ask", "asked_at", text=ask, **({"to": to} if to else {}))
        yield self._check_in()

    def _in_depth(self, goal: Record) -> Iterator[Put]:
        """Give what was said of the goal that was looked at more closely."""
        note = self._value("level", "where") or self._value("level", "note")
        if self.level is not None or note:
            own = words_of_level(goal, self.level) if isinstance(self.level, int) else ""
            yield self._put("progress", "progress", "at", goal=goal["id"], level=self.level, words=own, note=note)
        step, if_then = next_step(self.tables, goal["id"]), if_then_of(self.tables, goal["id"])
        new_step = self._value("next_step", "step")
        if new_step:
            due = self._value("next_step", "due")
            yield self._put("steps", "step", goal=goal["id"], text=new_step, due=due, state="planned")
        importance, confidence = self._value("rulers", "importance"), self._value("rulers", "confidence")
        if step is not None and (changed := self._adjusted()):
            yield self._changed_step(step, changed)
        if importance is not None or confidence is not None:
            yield self._rulers(goal["id"], importance, confidence, step["id"] if step is not None else None)
        if self._value("if_then", "obstacle") or self._value("if_then", "then"):
            said_on = self.today if self._value("if_then", "said") == "said" else None
            yield self._put(
                "if_thens",
                "if_then",
                goal=goal["id"],
                obstacle=self._value("if_then", "obstacle"),
                then=self._value("if_then", "then"),
                said_on=said_on,
            )
        elif if_then is not None and self._value("say", "choice") == "said":
            yield Put("if_thens", {**if_then, "said_on": self.today})

    def _rulers(self, goal: str, importance: Any, confidence: Any, step: str | None) -> Put:
        makes = self._value("rulers", "what_makes_it")
        follow_up = self.said.follow_up() if makes else None
        return self._put(
            "rulers",
            "ruler",
            "at",
            goal=goal,
            importance=importance,
            confidence=confidence,
            step=step if confidence is not None else None,
            what_makes_it=makes,
            what_makes_it_about=follow_up.about if follow_up is not None else None,
        )

    def _adjusted(self) -> Record:
        """Return what is another one about the next step: smaller, with somebody, on another day."""
        said = {
            "text": self._value("smaller", "step"),
            "with_whom": self._value("with_someone", "with"),
            "due": self._value("another_day", "due"),
        }
        return {name: value for name, value in said.items() if value}

    def _changed_step(self, step: Mapping[str, Any], changed: Record) -> Put:
        return Put("steps", {**step, **changed})

    def _check_in(self) -> Put:
        answers = {question: said for question, field in _IN_WORDS.items() if (said := self._value(question, field))}
        summary = self.said.proposal_or("summary", "words")
        return self._put(
            "check_ins",
            "check_in",
            "at",
            **{"with": "self"},
            answers=answers,
            goals=list(self._looked()),
            in_depth=self.goal["id"] if self.goal is not None else None,
            summary=summary,
            next_on=self._value("next_on", "day"),
        )

    def _looked(self) -> Iterator[Record]:
        """Give what was said of each goal; of one that nothing was said of there is no line."""
        in_depth = self.goal["id"] if self.goal is not None else None
        for id in dict.fromkeys([*([in_depth] if in_depth else []), *self.choices]):
            looked: Record = {"goal": id}
            if id in self.choices:
                looked["choice"] = self.choices[id]
            if id == in_depth and self.goal is not None and self.level is not None:
                looked["level"] = self.level
                if isinstance(self.level, int):
                    looked["words"] = words_of_level(self.goal, self.level)
            yield looked

    def _put(self, table: str, name: str, at: str = "", /, **values: Any) -> Put:
        """Return a record of this check-in; what it is stamped with stays as it stood when it was written first."""
        id = derived_id(self.base, name)
        stamped = {at: self.now} if at else {}
        kept = {key: value for key, value in values.items() if value not in (None, "")}
        return Put(table, {**stamped, **self.tables.get(table, {}).get(id, {}), **kept, "id": id})

    def _value(self, question: str, field: str) -> Any:
        return self.said.value(question, field)
