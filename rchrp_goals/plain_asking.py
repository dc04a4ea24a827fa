"""One question in plain mode: its block of lines, the answer read field by field, and what was kept in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.guide.conversation import Stop
from rchrp_goals.guide.structure import Field
from rchrp_goals.plain_field import FieldReader, field_beside
from rchrp_goals.plain_reading import is_reason_alone, numbered, read_numbers
from rchrp_goals.plain_saying import answer_in_words, heading, line_in_words, place_in_words, shortened, value_in_words
from rchrp_goals.plain_terminal import (
    LeftError,
    PausedError,
    Terminal,
    behind_slash,
    slash_action,
    undisturbed,
    without_slash,
)
from rchrp_goals.services.asking import field_words, question_words
from rchrp_goals.services.check_in import shown_lines
from rchrp_goals.services.offers import Offer, offers
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.saying import begun, ended
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.support import support_lines

FIVES = 5
WHOLE = "summary"
"""What a question shows whose text is read whole."""
_BESIDE = {"choices": "own", "choice": "note", "position": "reason"}
"""The optional field that is said, and passed, together with one of this kind."""


class Back(Exception):
    """The person goes back."""


class Passed(Exception):
    """The person passes the field."""


class Asking:
    """Asks one stop of a conversation; ``explained`` is what the terminal has already explained."""

    def __init__(self, sitting: Sitting | OneQuestion, terminal: Terminal, explained: set[str]) -> None:
        self.sitting = sitting
        self.terminal = terminal
        self._explained = explained
        self.offered: list[Offer] = []
        self._listed = 0
        self.on_where: Callable[[], None] = lambda: None
        self.on_language: Callable[[], None] = lambda: None

    @property
    def _words(self) -> Any:
        return self.sitting.desk.words

    def _ui(self, key: str, **values: object) -> str:
        return str(self._words.ui(f"plain.{key}", **values))

    def say(self, key: str, **values: object) -> None:
        """Write a sentence of plain mode."""
        self.terminal.say(self._ui(key, **values))

    def listen(self) -> str:
        """Read one line. Raises PausedError."""
        return self.terminal.ask(self._ui("prompt"))

    def say_problem(self, problem: ProblemError) -> None:
        """Write the sentence of a problem."""
        self.terminal.say(self._words.problem(problem.key, problem.values))

    @property
    def stop(self) -> Stop:
        """The stop that is asked."""
        stop = self.sitting.current
        if stop is None:
            raise RuntimeError("nothing is asked")
        return stop

    def ask(self) -> None:
        """Ask the stop until it is answered, passed or gone back from. Raises PausedError, LeftError, Back."""
        self.show()
        if self.stop.question.kind == "page":
            self._ask_page()
            return
        stop = self.stop
        values = self.sitting.conversation.standing(stop)
        before = dict(values)
        asked: list[str] = []
        is_passed = False
        while (field := self._next_field(stop, values, asked)) is not None:
            is_passed = False
            try:
                self._take(field, values)
            except Passed:
                for id in (field.id, _BESIDE.get(field.kind, "")):
                    values.pop(id, None)
                if not asked and field.kind in {"line", "items", "long"}:
                    break
                is_passed = True
                self._say_passed(stop)
            except Back:
                if not asked:
                    raise
                asked.pop()
                continue
            asked.append(field.id)
            if len(stop.question.fields) > 1:
                self.keep_typed(values)
        self.finish(values, before, says_pass=not is_passed)

    def _next_field(self, stop: Stop, values: Mapping[str, Any], asked: list[str]) -> Field | None:
        open_fields = self.sitting.conversation.fields(stop, values)
        return next((one for one in open_fields if not one.is_optional and one.id not in asked), None)

    def is_last(self, field: Field, values: Mapping[str, Any]) -> bool:
        """Tell whether no other field of the question follows this one, given what stands."""
        ids = [one.id for one in self.stop.question.fields]
        return self._next_field(self.stop, values, ids[: ids.index(field.id) + 1]) is None

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
            self._say_whole(self.sitting.conversation.standing(stop))
        if self.sitting.desk.settings.always_show_why and said.why:
            self.terminal.say(said.why)

    def _say_whole(self, values: Mapping[str, Any]) -> None:
        """Write the text that stands in a question, all of it: it is meant to be read and sent as it is."""
        for value in values.values():
            self.terminal.space()
            self.terminal.say(str(value))
            self.terminal.space()

    # One field

    def _take(self, field: Field, values: dict[str, Any]) -> None:
        """Read one field into ``values``; an empty line keeps what stands, else asks "pass?" once."""
        self._introduce(field, values)
        has_asked_to_pass = False
        while True:
            line = self.listen()
            action = slash_action(line)
            was_asked, has_asked_to_pass = has_asked_to_pass, False
            if action == "pass" and not was_asked and self._takes_more_along(field, values):
                has_asked_to_pass = True
                self.say("pass_goal")
                continue
            if action == "editor" and field.kind == "long":
                if self._take_from_editor(field, values):
                    return
                continue
            if action is not None:
                self.act(action, line, field, values)
                continue
            if not line.strip():
                if self._stands(field, values):
                    return
                if was_asked:
                    raise Passed
                has_asked_to_pass = True
                self.say("pass_ask_reason" if values.get("reason") else "pass_ask")
                continue
            try:
                FieldReader(self, field, values).read(without_slash(line))
            except AnswerRefused as refused:
                if field.kind == "position" and is_reason_alone(line) and field_beside(self.stop, "reason") is not None:
                    self._take_reason(values, without_slash(line))
                else:
                    self.say_problem(refused)
                continue
            if field.kind != "lines":
                return
            self.keep_typed(values)  # and its next line may be changed, too

    def _take_from_editor(self, field: Field, values: dict[str, Any]) -> bool:
        """Take a text from the person's own editor; False where what stands is to stay. Raises PausedError."""
        from rchrp_goals.plain_editor import edit

        def keep(text: str) -> None:
            self.keep_typed({**values, field.id: text})

        text = edit(self.terminal, self.sitting.desk, str(values.get(field.id) or ""), field.most, keep)
        if text is not None:
            values[field.id] = text
        return text is not None

    def _takes_more_along(self, field: Field, values: Mapping[str, Any]) -> bool:
        """Tell whether a pass takes away more than its own line: a goal whose title goes is shown no more."""
        return field.bind == "goal.title" and self.stop.question.id == "what" and self._stands(field, values)

    def _introduce(self, field: Field, values: Mapping[str, Any], *, is_again: bool = False) -> None:
        """Say what belongs to a field; what was explained before only ``is_again``, when the person asks."""
        said = field_words(self.sitting, self.stop, field, values)
        if said.label and self._needs_label(field):
            # numbers in a line have their options below, which the label does not introduce
            self.terminal.say(ended(begun(said.label)) if field.kind == "positions" else heading(said.label))
        if field.kind == "position":
            self._explain(f"ends:{said.low}", "ends", is_again=is_again, low=said.low, high=said.high)
        if self._stands(field, values) and field.kind != "lines" and self.stop.question.shows != WHOLE:
            self._say_standing(field, values)
        self.offered = offers(self.sitting, field)
        self._listed = 0
        if self.offered:
            if field.ideas or field.takes_own_words:
                self.say("ideas")
            self._list(field, values)
        kind = self._accepts(field, values)
        self._explain(kind, f"accepts_{kind}", is_again=is_again)
        if kind != "more_items":
            way_on = "pass" if not self._stands(field, values) else "standing"
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
        if field.kind == "items" and self._stands(field, values):
            return "more_items"
        if field.kind == "choice" and field_beside(self.stop, "note") is not None:
            return "noted_choice"
        return "offered_date" if field.kind == "date" and field.offers else field.kind

    def _stands(self, field: Field, values: Mapping[str, Any]) -> bool:
        own = field_beside(self.stop, _BESIDE[field.kind]) if field.kind in {"choice", "choices"} else None
        return any(values.get(one.id) is not None for one in (field, own) if one is not None)

    def _say_standing(self, field: Field, values: Mapping[str, Any]) -> None:
        if field.kind == "items":
            for number, line in enumerate(values[field.id], 1):
                self.terminal.say(f"{number} {line}")
            return
        beside = _BESIDE.get(field.kind, "")
        shown = {id: value for id, value in values.items() if id in (field.id, beside)}
        if set(shown) == {field.id}:
            what = value_in_words(self.sitting, self.stop, field, shown[field.id])
        else:
            what = answer_in_words(self.sitting, self.stop, shown)
        self.say("now_stands", what=what)

    def _list(self, field: Field, values: Mapping[str, Any]) -> None:
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

    # Slash words

    def act(self, action: str, line: str, field: Field | None, values: dict[str, Any]) -> None:
        """Do what a slash word asks. Raises PausedError, LeftError, Back, Passed."""
        if action == "pause":
            raise PausedError
        if action == "leave":
            raise LeftError
        if action == "back":
            raise Back
        if action == "pass":
            raise Passed
        if action in {"why", "example"}:
            said = question_words(self.sitting, self.stop)
            self.terminal.say((said.why if action == "why" else said.example) or self._ui("no_why"))
        elif action in {"again", "language"}:
            if action == "language":
                self.sitting.switch_language()
                self.on_language()
            self.show()
            if field is not None:
                self._introduce(field, values, is_again=True)
        elif action == "reason":
            self._take_reason(values, behind_slash(line))
        elif action == "more" and field is not None:
            self._list(field, values)
        else:
            self.say_general(action, line)

    def say_general(self, action: str, line: str) -> None:
        """Write what a slash word says anywhere: help, support, where, or that it is none."""
        if action == "help":
            from rchrp_goals.plain_editor import help_line

            self.terminal.say(*self._words.lines("plain.help"), *help_line(self.terminal, self.sitting.desk))
        elif action == "support":
            self.terminal.say(*support_lines(self.sitting.desk))
        elif action == "where":
            self.terminal.say(place_in_words(self.sitting))
        elif action == "keep":
            self.say("keep_here")
        elif action == "more":
            self.say("no_more")
        elif action == "editor":
            self.terminal.say(self._words.ui("editor.plain.not_here"))
        else:
            self.say("unknown", word=line.strip().split()[0][:40])

    def _take_reason(self, values: dict[str, Any], typed: str = "") -> None:
        """Read a reason for the statement that is asked; a number alone is none. Raises as ``act`` does.

        ``typed`` is a reason that was written at once, behind the slash word or instead of a number.
        """
        field = field_beside(self.stop, "reason")
        if field is None:
            self.say("no_reason_here")
            return
        was_typed = bool(typed)
        if not was_typed:
            self.say("reason")
            if values.get(field.id):
                self.say("now_stands", what=shortened(values[field.id], self._words))
        while True:
            line, typed = typed or self.listen(), ""
            action = slash_action(line)
            if action == "reason" and behind_slash(line):
                line, action = behind_slash(line), None
            if action == "pass":
                values.pop(field.id, None)
                self.say("passed")
                break
            if action is not None and action != "reason":
                self.act(action, line, None, values)
                continue
            if action == "reason" or not line.strip():
                break
            text = without_slash(line)
            try:
                if read_numbers(text):
                    raise AnswerRefused("reason_is_number")
                self.sitting.conversation.check(field, text)
            except AnswerRefused as refused:
                self.say_problem(refused)
                continue
            values[field.id] = text
            self.sitting.type(values)
            break
        self._say_place_wanted(values)
        if was_typed and values.get("reason") and values.get("position") is None:
            self.say("reason_was_for_before")

    def _say_place_wanted(self, values: Mapping[str, Any]) -> None:
        """Say what is still asked after a reason."""
        stop = self.stop
        position = next(one for one in stop.question.fields if one.kind == "position")
        if values.get("reason"):
            self.say("your_reason", reason=ended(shortened(values["reason"], self._words)))
        if values.get(position.id) is None:
            self.say("place_wanted")
        else:
            self.say("place_stands", what=value_in_words(self.sitting, stop, position, values[position.id]))

    def _ask_page(self) -> None:
        stop = self.stop
        option = next(iter(stop.question.fields), None)
        self.offered = offers(self.sitting, option) if option else []
        self._listed = len(self.offered)
        for number, offer in enumerate(self.offered, 1):
            self.terminal.say(f"{number} {offer.text}")
        if not stop.question.waits_in_plain:
            self._settle({})
            return
        self.say("accepts_page")
        while True:
            line = self.listen()
            action = slash_action(line)
            if action == "pass":
                break
            if action is not None:
                self.act(action, line, None, {})
                continue
            try:
                picked = numbered(line, self.offered)
            except AnswerRefused as refused:
                self.say_problem(refused)
                continue
            if option is None or picked is None:
                break
            values = {option.id: picked.value}
            what = answer_in_words(self.sitting, stop, values)
            self._settle(values, "saved", what=what)
            return
        self._settle({})

    # What was kept

    def keep_typed(self, values: Mapping[str, Any]) -> None:
        """Remember what stands in a question that is half answered; where it cannot be written, say so and go on."""
        try:
            with undisturbed():
                self.sitting.type(values)
                self.sitting.keep()
        except ProblemError as problem:
            self.say_problem(problem)

    def finish(self, values: Mapping[str, Any], before: Mapping[str, Any], *, says_pass: bool = True) -> None:
        """Keep the answer and say so; ``before`` is what stood, an answer without anything is a pass."""
        stop = self.stop
        kept = [one for one in stop.question.fields if values.get(one.id) not in (None, "", [])]
        is_said = any(not one.is_optional or one.id in {"own", "note"} for one in kept)
        if not is_said or (stop.question.needs and not values.get(stop.question.needs)):
            self.sitting.pass_()
            self._write()
            if says_pass:
                self._say_passed(stop)
            return
        what = answer_in_words(self.sitting, stop, values)
        if stop.question.shows == WHOLE and values != before:
            self._say_whole(values)
        self._settle(values, "keeps" if before and values == before else "saved", what=what)

    def _settle(self, values: Mapping[str, Any], key: str = "", **said: object) -> None:
        """Take an answer, write it, and only then say that it is kept (``key``)."""
        was_cleaned = self.sitting.answer(values)
        is_written = self._write()
        if key and is_written is not None:
            self.say(key if is_written else "not_saved", **said)
        if was_cleaned:
            self.terminal.say(self._words.ui("text.left_out"))

    def _write(self) -> bool | None:
        """Write what was said; False where it could not be written, which is said then.

        An answer of one question by itself goes into the plan. None: that could not be done, and whoever asked the
        question tells it and offers to try again.
        """
        sitting = self.sitting
        try:
            if isinstance(sitting, OneQuestion) and sitting.is_part_over:
                sitting.finish_part()
            else:
                sitting.keep()
        except ProblemError as problem:
            if isinstance(sitting, OneQuestion):
                return None
            self.say_problem(problem)
            return False
        return True

    def _say_passed(self, stop: Stop) -> None:
        self.say("passed_note" if stop.question.id == "note" else "passed")
