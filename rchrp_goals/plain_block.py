"""What plain mode writes of one question: its block of lines, what each field offers and takes, and what stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.errors import ProblemError
from rchrp_goals.guide.conversation import Stop
from rchrp_goals.guide.structure import Field
from rchrp_goals.plain_saying import (
    answer_in_words,
    field_beside,
    heading,
    line_in_words,
    place_in_words,
    shortened,
    value_in_words,
)
from rchrp_goals.plain_terminal import Terminal
from rchrp_goals.services.asked import Asked
from rchrp_goals.services.asking import field_words, question_words
from rchrp_goals.services.check_in import shown_lines
from rchrp_goals.services.offers import Offer, offers
from rchrp_goals.services.saying import begun, ended
from rchrp_goals.services.support import support_lines

FIVES = 5
WHOLE = "summary"
"""What a question shows whose text is read whole."""
BESIDE = {"choices": "own", "choice": "note", "position": "reason"}
"""The optional field that is said, and passed, together with one of this kind."""


class Block:
    """Writes one stop of a conversation; ``explained`` is what the terminal has already explained."""

    def __init__(self, sitting: Asked, terminal: Terminal, explained: set[str]) -> None:
        self.sitting = sitting
        self.terminal = terminal
        self._explained = explained
        self.offered: list[Offer] = []
        self._listed = 0
        self.on_where: Callable[[], None] = lambda: None

    @property
    def words(self) -> Words:
        """The wording of the language that is spoken."""
        return self.sitting.desk.words

    def ui(self, key: str, **values: object) -> str:
        """Return a sentence of plain mode."""
        return self.words.ui(f"plain.{key}", **values)

    def say(self, key: str, **values: object) -> None:
        """Write a sentence of plain mode."""
        self.terminal.say(self.ui(key, **values))

    def say_problem(self, problem: ProblemError) -> None:
        """Write the sentence of a problem."""
        self.terminal.say(self.words.problem(problem.key, problem.values))

    @property
    def stop(self) -> Stop:
        """The stop that is asked."""
        stop = self.sitting.current
        if stop is None:
            raise RuntimeError("nothing is asked")
        return stop

    def show(self) -> None:
        """Write the question's block: where we are, the question, its statement."""
        stop = self.stop
        said = question_words(self.sitting, stop)
        self.terminal.space()
        if stop.question.kind != "page" or stop.question.waits_in_plain:
            self.on_where()
        self.terminal.say(said.text)
        if said.hint:
            self.terminal.say(said.hint)
        if stop.statement is not None:
            self.terminal.say(stop.statement.text)
        for one in shown_lines(self.sitting):
            self.terminal.say(" ".join(ended(part) for part in one if part))
        if stop.question.shows == WHOLE:
            self.say_whole(self.sitting.conversation.standing(stop))
        if self.sitting.desk.settings.always_show_why and said.why:
            self.terminal.say(said.why)

    def say_whole(self, values: Mapping[str, Any]) -> None:
        """Write the text that stands in a question, all of it: it is meant to be read and sent as it is."""
        for value in values.values():
            self.terminal.space()
            self.terminal.say(str(value))
            self.terminal.space()

    def introduce(self, field: Field, values: Mapping[str, Any], *, is_again: bool = False) -> None:
        """Say what belongs to a field; what was explained before only ``is_again``, when the person asks."""
        said = field_words(self.sitting, self.stop, field, values)
        if said.label and self._needs_label(field):
            # numbers in a line have their options below, which the label does not introduce
            self.terminal.say(ended(begun(said.label)) if field.kind == "positions" else heading(said.label))
        if field.kind == "position":
            self._explain(f"ends:{said.low}", "ends", is_again=is_again, low=said.low, high=said.high)
        if self.stands(field, values) and field.kind != "lines" and self.stop.question.shows != WHOLE:
            self._say_standing(field, values)
        self.offered = offers(self.sitting, field)
        self._listed = 0
        if self.offered:
            if field.ideas or field.takes_own_words:
                self.say("ideas")
            self.list_more(field, values)
        kind = self._accepts(field, values)
        self._explain(kind, f"accepts_{kind}", is_again=is_again)
        if kind != "more_items":
            way_on = "pass" if not self.stands(field, values) else "standing"
            # of several choices, own words do not take the place of those that stand
            way_on += "_choices" if way_on == "standing" and kind == "own_choices" else ""
            self._explain(way_on, f"accepts_{way_on}", is_again=is_again)

    def _explain(self, name: str, key: str, *, is_again: bool, **values: object) -> None:
        if name not in self._explained or is_again:
            self._explained.add(name)
            self.say(key, **values)

    def _needs_label(self, field: Field) -> bool:
        """Tell whether the question alone does not say what this field is."""
        question = self.stop.question
        if field.ideas or field.takes_own_words:
            return False
        is_one_of_several = sum(not one.is_optional for one in question.fields) > 1
        return is_one_of_several or field.kind in {"items", "positions"} or question.is_later

    def _accepts(self, field: Field, values: Mapping[str, Any]) -> str:
        """Return the name of what a field accepts, by which it is explained once."""
        if field.kind == "line":
            return "ideas" if field.ideas else "text"
        if field.kind == "choice" and field.takes_own_words:
            return "own_choice" if self.offered else "text"
        if field.kind == "choices" and field_beside(self.stop, "own") is not None:
            return "own_choices"
        if field.kind == "position" and self.stop.statement is None:
            return "ruler"
        if field.kind == "items" and self.stands(field, values):
            return "more_items"
        if field.kind == "choice" and field_beside(self.stop, "note") is not None:
            return "noted_choice"
        return "offered_date" if field.kind == "date" and field.offers else field.kind

    def stands(self, field: Field, values: Mapping[str, Any]) -> bool:
        """Tell whether a field, or what is said together with it, is answered."""
        own = field_beside(self.stop, BESIDE[field.kind]) if field.kind in {"choice", "choices"} else None
        return any(values.get(one.id) is not None for one in (field, own) if one is not None)

    def _say_standing(self, field: Field, values: Mapping[str, Any]) -> None:
        if field.kind == "items":
            for number, line in enumerate(values[field.id], 1):
                self.terminal.say(f"{number} {line}")
            return
        beside = BESIDE.get(field.kind, "")
        shown = {id: value for id, value in values.items() if id in (field.id, beside)}
        if set(shown) == {field.id}:
            what = value_in_words(self.sitting, self.stop, field, shown[field.id])
        else:
            what = answer_in_words(self.sitting, self.stop, shown)
        self.say("now_stands", what=what)

    def offer_all(self, field: Field | None) -> None:
        """Write everything that a field offers at once."""
        self.offered = offers(self.sitting, field) if field else []
        self._listed = len(self.offered)
        for number, offer in enumerate(self.offered, 1):
            self.terminal.say(f"{number} {offer.text}")

    def list_more(self, field: Field, values: Mapping[str, Any]) -> None:
        """Write the next five of the list, numbers going on."""
        if self._listed >= len(self.offered):
            self.say("no_more")
            return
        is_short = (field.options and field.kind != "lines") or field.offers in {"levels", "days"}
        upto = len(self.offered) if is_short else self._listed + FIVES
        for number, offer in enumerate(self.offered[self._listed : upto], self._listed + 1):
            said = offer.text
            if field.kind == "lines":
                said = line_in_words(self.sitting, field, offer, (values.get(field.id) or {}).get(offer.id))
            self.terminal.say(f"{number} {said}")
        self._listed = min(upto, len(self.offered))
        if self._listed < len(self.offered):
            self.say("more")

    def say_general(self, action: str, line: str) -> None:
        """Write what a slash word says anywhere: help, support, where, or that it is none."""
        if action == "help":
            from rchrp_goals.plain_editor import help_line

            self.terminal.say(*self.words.lines("plain.help"), *help_line(self.terminal, self.sitting.desk))
        elif action == "support":
            self.terminal.say(*support_lines(self.sitting.desk))
        elif action == "where":
            self.terminal.say(place_in_words(self.sitting))
        elif action == "keep":
            self.say("keep_here")
        elif action == "more":
            self.say("no_more")
        elif action == "editor":
            self.terminal.say(self.words.ui("editor.plain.not_here"))
        else:
            self.say("unknown", word=line.strip().split()[0][:40])

    def say_place_wanted(self, values: Mapping[str, Any]) -> None:
        """Say what is still asked after a reason."""
        stop = self.stop
        position = next(one for one in stop.question.fields if one.kind == "position")
        if values.get("reason"):
            self.say("your_reason", reason=ended(shortened(values["reason"], self.words)))
        if values.get(position.id) is None:
            self.say("place_wanted")
        else:
            self.say("place_stands", what=value_in_words(self.sitting, stop, position, values[position.id]))

    def say_passed(self, stop: Stop) -> None:
        """Say that a question is passed."""
        self.say("passed_note" if stop.question.id == "note" else "passed")
