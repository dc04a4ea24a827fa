"""What a change in a room needs, asked line by line: one thing after the other, until it can be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plain_menu import PlainMenu, begins_as
from rchrp_goals.plain_terminal import slash_action, without_slash
from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.room import Action, Ask, Change, Said, read_answer
from rchrp_goals.services.saying import begun, ended
from rchrp_goals.services.small_pages import SmallPages

if TYPE_CHECKING:
    from rchrp_goals.plain_terminal import Terminal
    from rchrp_goals.services.context import Context


class GoneBackError(Exception):
    """An answer was wanted, and the person went back."""


class PlainAnswers(PlainMenu):
    """Asks what a change needs; what was typed waits where the input ends, and is asked again where it was refused."""

    def __init__(self, context: Context, terminal: Terminal) -> None:
        super().__init__(context, terminal)
        self.has_typed = False
        self._line: str | None = None
        self._remember: Callable[[str, str], object] = lambda name, text: None

    def ui(self, key: str, **values: object) -> str:
        """Return a sentence of the rooms."""
        return self.words(f"rooms.plain.{key}", **values)

    def ask_and_make(self, page: str, action: Action) -> Said | None:
        """Say what a change is about, ask what it needs, and make it. None where it was not made.

        ``page`` names where the person is. Raises GoneBackError.
        """
        if action.asks or action.confirm:
            self.terminal.space()
            self.terminal.say(ended(action.asked_as(self.desk.words)))
            if action.about:
                self.terminal.say(ended(action.about))
        if action.confirm:
            self.terminal.say(action.confirm, self.ui("sure"))
            if self.number(1) is None:
                return None
        return self.make(f"{page}:{action.id}:{action.about}", action, action.change) if action.change else None

    def make(self, page: str, action: Action, change: Change) -> Said | None:
        """Ask what a change needs and make it; what was refused is asked again. None where it was not made.

        ``page`` names where what is typed waits until it is kept.
        """
        answers: dict[str, Any] = {}
        self.has_typed = False
        pages = SmallPages(self.desk.drafts)
        typed = pages.page(page)

        def remember(name: str, text: str) -> None:
            typed[name] = text
            pages.keeper()()

        self._remember = remember
        while True:
            try:
                for ask in action.asks:
                    if ask.name not in answers:
                        asked = _with_typed(ask, typed.get(ask.name))
                        answers[ask.name] = self.answer(asked)
                        if len(action.asks) > 1:  # whoever is called away after the first line finds it there again
                            typed[ask.name] = self._as_typed(asked, answers[ask.name])
                            pages.keeper()()
                said = change(self.desk, answers)
                if typed:
                    typed.clear()
                    pages.keeper()()
                return said
            except AnswerRefused as refused:
                if answers and all(value in (None, "", []) for value in answers.values()):
                    self.terminal.say(self.ui("not_kept"))  # Enter at everything is a way back, and no mistake
                    return None
                self.say_problem(refused)
                answers.pop(str(refused.values.get("ask", next(iter(answers), ""))), None)
                if not action.asks:
                    return None
            except ProblemError as problem:
                self.say_or_raise(problem)
                if not answers or not self._try_again():
                    self.give_up(problem)
                    return None
                for ask in action.asks:  # another folder may be the way on
                    if ask.is_path:
                        del answers[ask.name]

    def _try_again(self) -> bool:
        """Ask whether what was typed shall be kept after all, so that it is not lost."""
        self.terminal.say(self.ui("try_again"))
        return self.number(1) is not None

    def answer(self, ask: Ask) -> Any:
        """Ask one thing until it can be kept. Raises GoneBackError where one that is needed stays empty."""
        self._line = None
        if ask.kind == "choice":
            return self._choose(ask)
        self._introduce(ask)
        while True:
            line = self.terminal.ask(self.words("plain.prompt"))
            action = slash_action(line)
            if action == "unknown" and ask.is_path:
                action = None
            if action == "back" or (action == "pass" and not ask.is_optional):
                raise GoneBackError
            if action == "pass":
                return None
            if action == "editor" and ask.kind == "long":
                if (text := self._from_editor(ask)) is None:
                    continue
                line = text
            elif action is not None:
                self.act(action, line)
                continue
            self.has_typed = self.has_typed or bool(line.strip())
            if not line.strip():
                self._line = None
                if ask.value is None and not ask.is_optional:
                    raise GoneBackError
                return read_answer(ask, ask.value, self.desk.clock.today())
            self._line = line if action == "editor" else without_slash(line)
            try:
                return self._read(ask, self._line)
            except AnswerRefused as refused:
                self.say_problem(refused)

    def _as_typed(self, ask: Ask, answer: Any) -> Any:
        """Return an answer as a file holds it: words as they were typed, not as they were understood."""
        if answer is None or isinstance(answer, list) or (isinstance(answer, int) and ask.kind == "position"):
            return answer
        return str(ask.value if self._line is None else self._line) if ask.kind in {"line", "long"} else str(answer)

    def _introduce(self, ask: Ask) -> None:
        """Say what is asked, what can be answered, and what Enter alone does."""
        self.terminal.say(ended(begun(ask.label)))
        if ask.kind == "choices":
            self._say_choices(ask)
        if ask.kind == "position" and ask.low:
            self.terminal.say(self.words("plain.ends", low=ask.low, high=ask.high))
        if ask.value is not None:
            kept = "empty_is_kept_or_passed" if ask.is_optional else "empty_is_kept"
            self.terminal.say(self.ui(kept, value=ended(self._value_said(ask))))
        else:
            self.terminal.say(self.ui("empty_is_left_out" if ask.is_optional else "empty_is_back"))

    def _from_editor(self, ask: Ask) -> str | None:
        """Take a text from the person's own editor; None where what stands is to stay. Raises PausedError."""
        from rchrp_goals.plain_editor import edit

        def keep(text: str) -> None:
            self._remember(ask.name, text)

        return edit(self.terminal, self.desk, str(ask.value or ""), 0, keep)

    def _choose(self, ask: Ask) -> Any:
        lines = [" ".join(ended(begun(part)) for part in (one.words, one.note) if part) for one in ask.options]
        stands = next((one.words for one in ask.options if ask.value is not None and one.id == ask.value), "")
        asked = ended(begun(ask.label))
        if stands:
            asked = f"{asked} {self.ui('stands', value=ended(stands))}"
        is_kept = "kept" if ask.value is not None else "left_out" if ask.is_optional else "back"
        at = self.pick(asked, lines, key=f"choose_{is_kept}")
        if at is not None:
            self.has_typed = True
            return ask.options[at].id
        if ask.is_optional or ask.value is not None:
            return ask.value
        raise GoneBackError

    def _read(self, ask: Ask, line: str) -> Any:
        today = self.desk.clock.today()
        if ask.kind == "date":
            day = read_answer(ask, self.read_day(line, is_behind=ask.is_read_behind), today)
            self.terminal.say(ended(full_date(day, self.desk.words)))
            return day
        if ask.kind == "position":
            typed = line.strip()
            if not (typed.isascii() and typed.isdigit() and int(typed[:6]) <= 10):
                raise AnswerRefused("position_wanted")
            return int(typed)
        if ask.kind == "choices":
            return _read_choices(ask, line)
        return read_answer(replace(ask, is_optional=False), line, today)

    def _value_said(self, ask: Ask) -> str:
        from datetime import date

        if ask.kind == "date":
            day = ask.value if isinstance(ask.value, date) else date.fromisoformat(str(ask.value))
            return full_date(day, self.desk.words)
        if ask.kind == "choices":
            return _names_of(ask)
        return " ".join(str(ask.value).split())

    def _say_choices(self, ask: Ask) -> None:
        """Say what can be picked, numbered, and how one answers."""
        for number, one in enumerate(ask.options, 1):
            self.terminal.say(f"{number} {begun(one.words)}")
        self.terminal.say(self.words("plain.accepts_choices"))


def _names_of(ask: Ask) -> str:
    """Return the words of what stands."""
    return ", ".join(one.words for one in ask.options if one.id in ask.value)


def _read_choices(ask: Ask, line: str) -> list[str]:
    """Return the ids that a line of numbers or names means, in their order. Raises AnswerRefused where one is none."""
    names = [one.words for one in ask.options]
    found: set[int] = set()
    for piece in line.replace(",", " ").split():
        if piece.casefold() in {"y", "e", "and"}:
            continue
        at = int(piece[:6]) - 1 if piece.isascii() and piece.isdigit() else begins_as(piece, names)
        if at is None or not 0 <= at < len(names):
            raise AnswerRefused("not_an_option")
        found.add(at)
    return [one.id for at, one in enumerate(ask.options) if at in found]


def _with_typed(ask: Ask, typed: Any) -> Ask:
    """Return what is asked with what was typed before the input ended, where that can stand there."""
    if ask.kind == "position":
        fits = type(typed) is int and 0 <= typed <= 10
    elif ask.kind == "choice":
        fits = any(one.id == typed for one in ask.options)
    else:
        fits = ask.kind in {"line", "long"} and isinstance(typed, str)
    return replace(ask, value=typed) if fits else ask
