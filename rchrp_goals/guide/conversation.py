"""The engine: takes an answer, a pass, a back; can be put down at any question and picked up again. It has no face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.answers import checked_value
from rchrp_goals.guide.conditions import Answers
from rchrp_goals.guide.draft import Draft, Values
from rchrp_goals.guide.structure import Field, Module, Question
from rchrp_goals.plan.goals import FollowUp, follow_up
from rchrp_goals.plan.values import CORE_STATEMENTS


@dataclass(frozen=True)
class Statement:
    """One statement of the values line: its stable name (``s03_pace`` or ``room-...``), meaning number and text."""

    id: str
    meaning: int
    text: str


@dataclass(frozen=True)
class Facts:
    """What a conversation knows of the plan, the room and the settings; the answers are in the draft."""

    statements: Sequence[Statement] = ()
    room_statements: Sequence[Statement] = ()
    has_day_one_session: bool = False
    is_day_one_put_off: bool = False
    is_breath_wanted: bool = True
    has_focus: bool = False
    has_goal: bool = False


@dataclass(frozen=True)
class Stop:
    """One place where a conversation waits: a question, and for a repeated one the statement it is about."""

    key: str
    question: Question
    statement: Statement | None = None


class Conversation:
    """The road through one module, over a draft.

    The road is computed from the answers each time it is asked for, so that going back and forward changes nothing.
    """

    def __init__(self, module: Module, draft: Draft, facts: Facts, *, later: str = "") -> None:
        """``later`` names a question that waits on Home: then the road is this one question and what it opens."""
        self.module = module
        self.draft = draft
        self.facts = facts
        self._later = later
        if draft.at and all(stop.key != draft.at for stop in self.road):
            draft.at = ""
            draft.typing = {}
        if not draft.at:
            draft.at = next((stop.key for stop in self.road if stop.key not in draft.answers), "")

    # What is asked

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements of this sitting: the room's own where the person chose them, else the shipped ones."""
        if self.value("note", "choice") == "room":
            pasted = self.value("room", "statements") or []
            found = list(self.facts.room_statements) or [_room_statement(text) for text in pasted]
            if found:
                return found
        return self.facts.statements

    @property
    def road(self) -> list[Stop]:
        """The stops that are open now, in order."""
        return self._stops(self)

    def _stops(self, view: Answers) -> list[Stop]:
        if self._later:
            questions: Sequence[Question] = [self.module.question(self._later)]
        elif self.draft.only:
            questions = self._edited()
        else:
            questions = self.module.core
        stops: list[Stop] = []
        for question in questions:
            is_named = question.id in (self._later, self.draft.only.partition(":")[0])
            if not is_named and not all(condition.holds(view) for condition in question.when):
                continue
            if question.repeat:
                for statement in self._repeated(question):
                    stops.append(Stop(f"{question.id}:{statement.id}", question, statement))
            else:
                stops.append(Stop(question.id, question))
        if ":" in self.draft.only:
            stops = [stop for stop in stops if stop.key == self.draft.only] or self._opened()
        return stops

    @property
    def current(self) -> Stop | None:
        """The stop that waits, or None at the end."""
        return next((stop for stop in self.road if stop.key == self.draft.at), None)

    @property
    def is_over(self) -> bool:
        """Tell whether every open stop was answered or passed, and none is looked at again."""
        return self.current is None

    @property
    def place(self) -> tuple[int, int]:
        """How many stops lie behind, and how many the road has when what is not asked yet will be answered."""
        keys = [stop.key for stop in self._stops(_Hopeful(self))]
        return (keys.index(self.draft.at) if self.draft.at in keys else len(keys)), len(keys)

    def fields(self, stop: Stop, values: Mapping[str, Any] | None = None) -> list[Field]:
        """Return the fields of a stop that are open, given what stands in it so far (default: what is being typed)."""
        standing = self.standing(stop) if values is None else values
        view = _Provisional(self, stop, standing)
        return [one for one in stop.question.fields if all(condition.holds(view) for condition in one.when)]

    def standing(self, stop: Stop) -> Values:
        """Return the values that stand in a stop: what is being typed there, else its answer, else nothing."""
        if stop.key == self.draft.at and self.draft.typing:
            return dict(self.draft.typing)
        return dict(self.draft.answers.get(stop.key, {}).get("values", {}))

    def follow_up(self, values: Mapping[str, Any] | None = None) -> FollowUp | None:
        """Return what the rulers' follow-up is about, given the confidence that stands in ``values`` (else its answer)."""
        confidence = self.value("confidence", "position")
        if values is not None and "position" in values:
            confidence = values["position"]
        importance = self.value("importance", "position")
        return follow_up(
            importance if isinstance(importance, int) else None, confidence if isinstance(confidence, int) else None
        )

    # What is done

    def answer(self, values: Mapping[str, Any]) -> bool:
        """Keep an answer and go on; returns True where something had to be left out of its text.

        Raises AnswerRefused where a value cannot be kept: the draft stays as it was. With nothing in any field it raises
        AnswerRefused ``nothing_answered``: the faces ask "pass?" then; without the words that the question needs
        (``Question.needs``) it raises ``words_missing``.
        """
        stop = self._need_current()
        kept: Values = {}
        was_changed = False
        for one in self.fields(stop, values):
            value, changed = checked_value(one, values.get(one.id), self._count())
            was_changed = was_changed or changed
            if value is not None:
                kept[one.id] = value
        # A reason alone is no place on the line; of several choices, own words alone are an answer.
        is_enough = stop.question.kind == "choices" and bool(kept)
        required = [one.id for one in stop.question.fields if not one.is_optional]
        if not (is_enough or stop.question.kind == "page" or any(id in kept for id in required)):
            raise AnswerRefused("nothing_answered")
        if stop.question.needs and stop.question.needs not in kept:
            raise AnswerRefused("words_missing")
        self.draft.answers[stop.key] = {"values": kept, **_shown(stop)}
        self._advance(stop)
        return was_changed

    def check(self, field: Field, value: Any) -> None:
        """Raise AnswerRefused where a value of the stop that waits could not be kept."""
        checked_value(field, value, self._count())

    def pass_(self) -> None:
        """Pass the question that waits, and go on; a pass over an answer takes the answer away."""
        stop = self._need_current()
        self.draft.answers[stop.key] = {"passed": True, **_shown(stop)}
        self._advance(stop)

    def forward(self) -> None:
        """Go on from an answered or passed stop without changing it."""
        stop = self._need_current()
        if stop.key in self.draft.answers:
            self._advance(stop)

    def back(self) -> bool:
        """Go to the stop before; False at the first one. What was being typed stays where it was typed only if kept."""
        keys = [stop.key for stop in self.road]
        at = keys.index(self.draft.at) if self.draft.at in keys else len(keys)
        if at == 0:
            return False
        self.draft.typing = {}
        self.draft.at = keys[at - 1]
        return True

    def type(self, values: Mapping[str, Any]) -> None:
        """Remember what stands in the fields before Enter, so that a killed window loses nothing."""
        self._need_current()
        self.draft.typing = {key: value for key, value in values.items() if value not in (None, "", [], {})}

    def go_to(self, key: str) -> None:
        """Go to a stop of the road; KeyError where it is not open."""
        if all(stop.key != key for stop in self.road):
            raise KeyError(key)
        self.draft.at = key
        self.draft.typing = {}

    # What conditions ask

    def is_answered(self, question: str) -> bool:
        """Tell whether a question was answered (a repeated one: any of it)."""
        return any("values" in answer for answer in self._answers_of(question))

    def is_passed(self, question: str) -> bool:
        """Tell whether a question was passed."""
        return any(answer.get("passed") is True for answer in self._answers_of(question))

    def value(self, question: str, field: str) -> Any:
        """Return the value of a field, or None."""
        return self.draft.answers.get(question, {}).get("values", {}).get(field)

    def rule(self, name: str) -> bool:
        """Tell whether a fact holds (see ``conditions.RULES``)."""
        if name == "follow_up_wanted":
            return self.follow_up() is not None
        return {
            "no_room_statements": not self.facts.room_statements,
            "no_day_one_session": not self.facts.has_day_one_session,
            "day_one_put_off": self.facts.is_day_one_put_off,
            "breath_wanted": self.facts.is_breath_wanted,
            "has_focus": self.facts.has_focus,
            "has_goal": self.facts.has_goal,
        }[name]

    def _answers_of(self, question: str) -> list[dict[str, Any]]:
        return [
            answer for key, answer in self.draft.answers.items() if key == question or key.startswith(f"{question}:")
        ]

    def _edited(self) -> list[Question]:
        only = self.draft.only.partition(":")[0]
        opened = [
            question
            for question in self.module.questions
            if any(one.opens_by_answer and only in one.questions for one in question.when)
        ]
        return [self.module.question(only), *opened]

    def _opened(self) -> list[Stop]:
        """A statement that was placed and is not among those asked now stands as it was shown."""
        key = self.draft.only
        answer = self.draft.answers.get(key, {})
        if "shown" not in answer:
            return []
        id, _, statement = key.partition(":")
        shown = Statement(statement, int(answer.get("meaning", 1)), str(answer["shown"]))
        return [Stop(key, self.module.question(id), shown)]

    def _repeated(self, question: Question) -> Sequence[Statement]:
        if question.repeat == "core_statements":
            return self.statements[:CORE_STATEMENTS]
        return self.statements[CORE_STATEMENTS:]

    def _count(self) -> int:
        return min(len(self.statements), CORE_STATEMENTS)

    def _need_current(self) -> Stop:
        stop = self.current
        if stop is None:
            raise RuntimeError("the conversation is over")
        return stop

    def _advance(self, stop: Stop) -> None:
        self.draft.typing = {}
        keys = [one.key for one in self.road]
        after = keys[keys.index(stop.key) + 1 :] if stop.key in keys else keys
        self.draft.at = after[0] if after else ""


class _Hopeful:
    """The answers as they will be when every question that is still to come is answered: for counting ahead."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self.is_passed = conversation.is_passed
        self.value = conversation.value
        self.rule = conversation.rule

    def is_answered(self, question: str) -> bool:
        return not self._conversation.is_passed(question)


class _Provisional:
    """The answers with one stop's values as they stand before Enter."""

    def __init__(self, conversation: Conversation, stop: Stop, values: Mapping[str, Any]) -> None:
        self._conversation = conversation
        self._stop = stop
        self._values = values

    def is_answered(self, question: str) -> bool:
        return self._conversation.is_answered(question)

    def is_passed(self, question: str) -> bool:
        return self._conversation.is_passed(question)

    def value(self, question: str, field: str) -> Any:
        if question == self._stop.key:
            return self._values.get(field)
        return self._conversation.value(question, field)

    def rule(self, name: str) -> bool:
        if name == "follow_up_wanted" and self._stop.question.kind == "ruler":
            position = self._values.get("position")
            if not isinstance(position, int):
                return False
            return self._conversation.follow_up(self._values) is not None
        return self._conversation.rule(name)


def _shown(stop: Stop) -> dict[str, Any]:
    """The statement's text as it was shown, kept beside the answer: the language may change in between."""
    return {} if stop.statement is None else {"shown": stop.statement.text, "meaning": stop.statement.meaning}


def _room_statement(text: str) -> Statement:
    from rchrp_goals.plan.text import room_id

    return Statement(room_id(text), 1, text)
