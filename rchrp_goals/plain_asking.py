"""One question in plain mode: the answer read field by field, and what was kept in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.guide.answers import what_is_missing
from rchrp_goals.guide.conversation import Stop
from rchrp_goals.guide.structure import Field
from rchrp_goals.plain_block import BESIDE, WHOLE, Block
from rchrp_goals.plain_field import FieldReader
from rchrp_goals.plain_reading import is_reason_alone, numbered, read_numbers
from rchrp_goals.plain_saying import answer_in_words, field_beside, shortened
from rchrp_goals.plain_terminal import (
    LeftError,
    PausedError,
    Terminal,
    behind_slash,
    slash_action,
    undisturbed,
    without_slash,
)
from rchrp_goals.services.asking import question_words
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.sitting import Sitting


class Back(Exception):
    """The person goes back."""


class Passed(Exception):
    """The person passes the field."""


class Asking(Block):
    """Asks one stop of a conversation; ``explained`` is what the terminal has already explained."""

    def __init__(self, sitting: Sitting | OneQuestion, terminal: Terminal, explained: set[str]) -> None:
        super().__init__(sitting, terminal, explained)
        self.on_language: Callable[[], None] = lambda: None

    def listen(self) -> str:
        """Read one line. Raises PausedError."""
        return self.terminal.ask(self.ui("prompt"))

    def ask(self) -> None:
        """Ask the stop until it is answered, passed or gone back from. Raises PausedError, LeftError, Back."""
        self.show()
        if self.stop.question.kind == "page":
            self._ask_page()
            return
        stop = self.stop
        values = self.sitting.conversation.answered(stop)
        before = dict(values)
        asked: list[str] = []
        is_passed = False
        while (field := self._next_field(stop, values, asked)) is not None:
            is_passed = False
            try:
                self._take(field, values)
            except Passed:
                for id in (field.id, BESIDE.get(field.kind, "")):
                    values.pop(id, None)
                if not asked and field.kind in {"line", "items", "long"}:
                    break
                is_passed = True
                self.say_passed(stop)
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
        # where nothing is needed, what may be said is asked
        wanted = [one for one in open_fields if not one.is_optional] or open_fields
        return next((one for one in wanted if one.id not in asked), None)

    def is_last(self, field: Field, values: Mapping[str, Any]) -> bool:
        """Tell whether no other field of the question follows this one, given what stands."""
        ids = [one.id for one in self.stop.question.fields]
        return self._next_field(self.stop, values, ids[: ids.index(field.id) + 1]) is None

    # One field

    def _take(self, field: Field, values: dict[str, Any]) -> None:
        """Read one field into ``values``; an empty line keeps what stands, else asks "pass?" once."""
        self.introduce(field, values)
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
                if self.stands(field, values):
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
        return field.bind == "goal.title" and self.stop.question.id == "what" and self.stands(field, values)

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
            self.terminal.say((said.why if action == "why" else said.example) or self.ui("no_why"))
        elif action in {"again", "language"}:
            if action == "language":
                self.sitting.switch_language()
                self.on_language()
            self.show()
            if field is not None:
                self.introduce(field, values, is_again=True)
        elif action == "reason":
            self._take_reason(values, behind_slash(line))
        elif action == "more" and field is not None:
            self.list_more(field, values)
        else:
            self.say_general(action, line)

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
                self.say("now_stands", what=shortened(values[field.id], self.words))
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
        self.say_place_wanted(values)
        if was_typed and values.get("reason") and values.get("position") is None:
            self.say("reason_was_for_before")

    def _ask_page(self) -> None:
        stop = self.stop
        option = next(iter(stop.question.fields), None)
        self.offer_all(option)
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
        kept = {id: value for id, value in values.items() if value not in (None, "", [])}
        if what_is_missing(stop.question, kept):
            self.sitting.pass_()
            self._write()
            if says_pass:
                self.say_passed(stop)
            return
        what = answer_in_words(self.sitting, stop, values)
        if stop.question.shows == WHOLE and values != before:
            self.say_whole(values)
        self._settle(values, "keeps" if before and values == before else "saved", what=what)

    def _settle(self, values: Mapping[str, Any], key: str = "", **said: object) -> None:
        """Take an answer, write it, and only then say that it is kept (``key``)."""
        was_cleaned = self.sitting.answer(values)
        is_written = self._write()
        if key and is_written is not None:
            self.say(key if is_written else "not_saved", **said)
        if was_cleaned:
            self.terminal.say(self.words.ui("text.left_out"))

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
