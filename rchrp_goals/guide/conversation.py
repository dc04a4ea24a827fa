"""The engine: takes an answer, a pass, a back; can be put down at any question and picked up again. It has no face."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.answers import HALF_SAID, checked_value, is_kept, what_is_missing
from rchrp_goals.guide.conditions import GOAL_RULES
from rchrp_goals.guide.draft import Draft, Values
from rchrp_goals.guide.structure import Field, Module, Question
from rchrp_goals.guide.view import View
from rchrp_goals.plan.goals import FollowUp
from rchrp_goals.plan.values import CORE_STATEMENTS

SITUATIONS = "situations"
"""What a question is repeated over that is asked of one situation after another."""


@dataclass(frozen=True)
class Statement:
    """One statement of the values line, or one situation: its stable name (``s03_pace`` or ``room-...``), meaning number
    and text.
    """

    id: str
    meaning: int
    text: str


@dataclass(frozen=True)
class GoalAtHand:
    """A goal that can be looked at: its title, its next step and its if-then plan in words (empty: there is none).

    ``has_levels`` says whether any of its levels has words.
    """

    id: str
    title: str
    step: str = ""
    if_then: str = ""
    has_levels: bool = True


@dataclass(frozen=True)
class Facts:
    """What a conversation knows of the plan, the room and the settings; the answers are in the draft.

    ``day_one_count`` is how many statements the Day One line has that is opened alone; 0: as many as are asked.
    ``goals`` are those that a check-in can look at.
    """

    statements: Sequence[Statement] = ()
    room_statements: Sequence[Statement] = ()
    day_one_count: int = 0
    has_day_one_session: bool = False
    is_day_one_put_off: bool = False
    is_breath_wanted: bool = True
    has_focus: bool = False
    has_goal: bool = False
    has_agreements: bool = False
    goals: Sequence[GoalAtHand] = ()
    proposes: Callable[[Conversation, str], Values] | None = None
    """Returns what stands in a stop (by its key) before anybody has written there; empty for most."""


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

    def __init__(self, module: Module, draft: Draft, facts: Facts, *, only: str = "", is_later: bool = False) -> None:
        """``only`` is the stop (or the question) that is asked alone; then the road is this one and what it opens.

        ``is_later``: it is a question that waited on Home, and opens nothing.
        """
        self.module = module
        self.draft = draft
        self.facts = facts
        self.only = only
        self._is_later = is_later
        keys = [stop.key for stop in self.road]
        if draft.at and draft.at not in keys:
            draft.at = ""
            draft.typing = {}
        if not draft.at:
            draft.at = next((key for key in keys if key not in draft.answers), "")

    # What is asked

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements of this sitting: the room's own where the person chose them, else the shipped ones."""
        if self._said("note", "choice") == "room":
            found = [_room_statement(text) for text in self._said("room", "statements") or []]
            if found or self.facts.room_statements:
                return found or self.facts.room_statements
        return self.facts.statements

    @property
    def road(self) -> list[Stop]:
        """The stops that are open now, in order."""
        return self._stops(View(self))

    def _stops(self, view: View) -> list[Stop]:
        named = self.only.partition(":")[0]
        stops: list[Stop] = []
        for question in self._questions(named):
            if question.id != named and not all(condition.holds(view) for condition in question.when):
                continue
            view.open(question.id)
            if question.repeat:
                for statement in self._repeated(question):
                    shown = None if question.shows == "said_before" else statement
                    stops.append(Stop(f"{question.id}:{statement.id}", question, shown))
            else:
                stops.append(Stop(question.id, question))
        if ":" in self.only:
            return self._only_stop(stops)
        return self._one_by_one(stops) if any(stop.question.repeat == SITUATIONS for stop in stops) else stops

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
        keys = [stop.key for stop in self._stops(View(self, is_hopeful=True))]
        return (keys.index(self.draft.at) if self.draft.at in keys else len(keys)), len(keys)

    @property
    def place_heard(self) -> tuple[int, int]:
        """The same among the stops that wait line by line: a page that is only said there is no question."""
        stops = self._stops(View(self, is_hopeful=True))
        waits = [stop.question.kind != "page" or stop.question.waits_in_plain for stop in stops]
        return sum(waits[: self.place[0]]), sum(waits)

    def fields(self, stop: Stop, values: Mapping[str, Any] | None = None) -> list[Field]:
        """Return the fields of a stop that are open, given what stands in it so far (default: what is being typed)."""
        view = self._view(stop, self.standing(stop) if values is None else values)
        return [one for one in stop.question.fields if all(condition.holds(view) for condition in one.when)]

    def standing(self, stop: Stop) -> Values:
        """Return the values that stand in a stop: what is being typed there, its answer, or what is proposed there."""
        if stop.key == self.draft.at and self.draft.typing:
            return dict(self.draft.typing)
        answer = self.draft.answers.get(stop.key)
        if answer is None or answer.get("as_proposed") is True:
            return self.proposed(stop)
        return dict(answer.get("values", {}))

    def answered(self, stop: Stop) -> Values:
        """Return the values that stand in a stop without what was only begun, as half a day: that is to be said anew."""
        kinds = {field.id: field.kind for field in stop.question.fields}
        return {
            id: value
            for id, value in self.standing(stop).items()
            if not (kinds.get(id) in HALF_SAID and not is_kept(stop.question.field(id), value))
        }

    def proposal_or(self, question: str, field: str) -> Any:
        """Return a field's value; where it was left as it was proposed, what is proposed now."""
        answer = self.draft.answers.get(question, {})
        if answer.get("as_proposed") is True and self.value(question, field) is not None:
            return self.proposed(Stop(question, self.module.question(question))).get(field)
        return self.value(question, field)

    @property
    def goal(self) -> GoalAtHand | None:
        """The goal that is looked at in depth: the one that was chosen, or the only one."""
        return self._view().goal()

    @property
    def rules(self) -> frozenset[str]:
        """The facts about a check-in's goals that hold (``conditions.GOAL_RULES``), if what is not asked yet is answered."""
        view = View(self, is_hopeful=True)
        self._stops(view)
        return frozenset(name for name in GOAL_RULES if view.rule(name))

    def proposed(self, stop: Stop) -> Values:
        """Return what is proposed in a stop, from what is known already."""
        return self.facts.proposes(self, stop.key) if self.facts.proposes is not None else {}

    def value(self, question: str, field: str) -> Any:
        """Return the value of a field; None where it has none, or where its question is not open."""
        return self._view().value(question, field)

    def follow_up(self, stop: Stop | None = None, values: Mapping[str, Any] | None = None) -> FollowUp | None:
        """Return what the rulers' follow-up is about, given the ``values`` that stand in a stop (default: the answers)."""
        return self._view(stop, values).follow_up()

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
        missing = what_is_missing(stop.question, kept)
        if missing:
            raise AnswerRefused(missing)
        proposed = self.proposed(stop)
        is_proposed = {"as_proposed": True} if proposed and kept == proposed else {}
        self._take(stop, {"values": kept, **_shown(stop), **is_proposed})
        if stop.key == "note" and kept["choice"] == "room" and self.facts.room_statements:
            # these are the ones, whatever becomes of the room's file before the last is placed
            self.draft.say("room", {"values": {"statements": [one.text for one in self.facts.room_statements]}})
        self._advance(stop)
        return was_changed

    def check(self, field: Field, value: Any) -> None:
        """Raise AnswerRefused where a value of the stop that waits could not be kept."""
        checked_value(field, value, self._count())

    def pass_(self) -> None:
        """Pass the question that waits, and go on; a pass over an answer takes the answer away."""
        stop = self._need_current()
        self._take(stop, {"passed": True, **_shown(stop)})
        self._advance(stop)

    def forward(self) -> None:
        """Go on from a page, or from an answered or passed stop, without changing it."""
        stop = self._need_current()
        if stop.key in self.draft.answers:
            self._advance(stop)
        elif stop.question.kind == "page":
            self.answer({})

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

    def _view(self, stop: Stop | None = None, values: Mapping[str, Any] | None = None) -> View:
        """Return the answers as they count at the end of the road, with one stop's values as they stand before Enter."""
        view = View(self)
        self._stops(view)
        if values is not None:
            view.stop, view.values = stop, values
        return view

    def _said(self, question: str, field: str) -> Any:
        """Return the value of a field, whether or not its question is open."""
        return self.draft.answers.get(question, {}).get("values", {}).get(field)

    def _questions(self, named: str) -> Sequence[Question]:
        """Return the questions that may be asked: those of the sitting, or one alone and what its answer opens."""
        if not named:
            return self.module.core or self.module.later
        opened = [
            question
            for question in self.module.questions
            if any(one.opens_by_answer and named in one.questions for one in question.when)
        ]
        return [self.module.question(named), *([] if self._is_later else opened)]

    def _only_stop(self, stops: list[Stop]) -> list[Stop]:
        """Return the one statement that is asked; one that is not among those asked now stands as it was shown."""
        id, _, name = self.only.partition(":")
        answer = self.draft.answers.get(self.only, {})
        stop = next((stop for stop in stops if stop.key == self.only), None)
        if "shown" in answer and not (stop and stop.statement and stop.statement.meaning == answer.get("meaning", 1)):
            shown = Statement(name, answer.get("meaning", 1), answer["shown"])
            return [Stop(self.only, self.module.question(id), shown)]
        return [stop] if stop else []

    def _one_by_one(self, stops: Sequence[Stop]) -> list[Stop]:
        """Return the stops situation by situation; the road ends where another one was not asked for."""
        by_name: dict[str, list[Stop]] = {}
        for stop in stops:
            by_name.setdefault(stop.key.partition(":")[2], []).append(stop)
        road: list[Stop] = []
        for group in by_name.values():
            road += group
            if any(one.statement is None and self._said(one.key, "choice") != "another" for one in group):
                break
        # after the last of all there is no other to ask for
        is_all = len(road) == len(stops)
        return [stop for stop in road if not (is_all and stop is stops[-1] and stop.statement is None)]

    def _situations(self) -> list[Statement]:
        """Return the situations: first those that were met in this draft, as they were shown, then the others."""
        known = {one.id: one for one in self.facts.statements}
        met: dict[str, Statement] = {}
        for key in (*self.draft.answers, self.draft.at):
            id = key.partition(":")[2]
            answer = self.draft.answers.get(key, {})
            if id in known:
                met.setdefault(id, known[id])
            elif id and "shown" in answer:
                met.setdefault(id, Statement(id, answer.get("meaning", 1), answer["shown"]))
        return list({**met, **known}.values())

    def _repeated(self, question: Question) -> Sequence[Statement]:
        if question.repeat == SITUATIONS:
            return self._situations()
        if question.repeat == "core_statements":
            return self.statements[:CORE_STATEMENTS]
        return self.statements[CORE_STATEMENTS:]

    def _count(self) -> int:
        """How many positions the Day One line has."""
        standing = self.facts.day_one_count if self.only else 0
        return standing or min(len(self.statements), CORE_STATEMENTS)

    def _need_current(self) -> Stop:
        stop = self.current
        if stop is None:
            raise RuntimeError("the conversation is over")
        return stop

    def _take(self, stop: Stop, answer: dict[str, Any]) -> None:
        if stop.question.kind == "page" and not answer.get("values"):
            self.draft.answers[stop.key] = answer  # a page that was turned says nothing
        else:
            self.draft.say(stop.key, answer)

    def _advance(self, stop: Stop) -> None:
        self.draft.typing = {}
        keys = [one.key for one in self.road]
        after = keys[keys.index(stop.key) + 1 :] if stop.key in keys else keys
        self.draft.at = after[0] if after else ""


def _shown(stop: Stop) -> dict[str, Any]:
    """The statement's text as it was shown, kept beside the answer: the language may change in between."""
    return {} if stop.statement is None else {"shown": stop.statement.text, "meaning": stop.statement.meaning}


def _room_statement(text: str) -> Statement:
    from rchrp_goals.plan.text import room_id

    return Statement(room_id(text), 1, text)
