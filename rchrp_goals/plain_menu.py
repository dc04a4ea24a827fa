"""Menus in plain mode: a numbered list in fives, a line of text, a day, and the slash words that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rchrp_goals.errors import AnswerRefused, BusyProblem, FileProblem, ProblemError
from rchrp_goals.plain_block import FIVES
from rchrp_goals.plain_language import keep_language
from rchrp_goals.plain_reading import FEWEST_LETTERS
from rchrp_goals.plain_terminal import LeftError, PausedError, Terminal, slash_action
from rchrp_goals.plan.text import bare
from rchrp_goals.services.day_words import full_date, read_day, remember_date_order
from rchrp_goals.services.support import support_lines

if TYPE_CHECKING:
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.desk import Desk


NOT_WRITTEN = frozenset({
    "disk_full", "plan_read_only", "not_saved", "evidence_disk_full", "evidence_not_kept", "export_disk_full",
    "export_not_written", "folder_not_made",
})  # fmt: skip
"""The problems of a plan, a copy of proof, a sheet or a folder that could not be written."""


class AgainError(Exception):
    """What stands is to be said again."""


def begins_as(line: str, lines: Sequence[str]) -> int | None:
    """Return the place of the only line that is these words, or begins with them: accents and capitals aside."""
    typed = bare(line.strip().rstrip("."))
    found = [bare(one.rstrip(".")) for one in lines]
    if typed in found:
        return found.index(typed)
    beginning = [at for at, one in enumerate(found) if one.startswith(typed)]
    return beginning[0] if len(beginning) == 1 and len(typed) >= FEWEST_LETTERS and not typed.isdigit() else None


class PlainMenu:
    """Reads numbers, lines and days; an empty line goes back, and so do /back and /pass.

    Each way of reading raises PausedError, LeftError, and AgainError (/again, or another language).
    """

    def __init__(self, context: Context, terminal: Terminal) -> None:
        self.context = context
        self.desk: Desk = context.desk()
        self.desk.words = self.desk.words.heard()
        self.terminal = terminal

    def listen(self) -> str | None:
        """Read a line of text; None where the person goes back."""
        while True:
            line = self.terminal.ask(self.words("plain.prompt"))
            action = slash_action(line)
            if action in {"back", "pass"} or not line.strip():
                return None
            if action is None:
                return line
            self.act(action, line)

    def number(self, most: int) -> int | None:
        """Read a number from 1 to ``most``; None where the person goes back."""
        while (line := self.listen()) is not None:
            found = self._numbered(line, most)
            if found is not None:
                return found
        return None

    def pick(self, heading: str, lines: Sequence[str], *, key: str = "pick") -> int | None:
        """Say lines in fives, numbered, and return the place of the one that was chosen; None for none of them.

        ``key`` names the sentence that says what a number does here, and what Enter does.
        """
        self.terminal.space()
        if heading:
            self.terminal.say(heading)
        said = self._say_five(lines, 0)
        self.say(key)
        while True:
            line = self.terminal.ask(self.words("plain.prompt"))
            action = slash_action(line)
            if action in {"back", "pass"} or not line.strip():
                return None
            if action == "more" and said < len(lines):
                said = self._say_five(lines, said)
            elif action == "more":
                self.terminal.say(self.words("plain.no_more"))
            elif action is not None:
                self.act(action, line)
            elif (named := begins_as(line, lines)) is not None:
                return named
            elif (found := self._numbered(line, len(lines))) is not None:
                return found - 1

    def day_ahead(self) -> date | None:
        """Read a day that lies ahead; one that reads two ways is asked about. None where the person goes back."""
        desk = self.desk
        today = desk.clock.today()
        self.terminal.say(self.words("home.later_title"))
        self.say("day_how")
        while (line := self.listen()) is not None:
            try:
                day = self.read_day(line)
            except AnswerRefused as refused:
                self.say_problem(refused)
                continue
            if day <= today:
                self.terminal.say(self.words("home.later_not_ahead"))
            else:
                return day
        return None

    def read_day(self, line: str, *, is_behind: bool = False) -> date:
        """Return the day that a line means; one that reads two ways is asked about. Raises AnswerRefused."""
        desk = self.desk
        reading = read_day(line, desk.clock.today(), desk.settings.date_order, is_behind=is_behind)
        day = reading.day
        if reading.is_ambiguous:
            at = self.pick(self.words("plain.which_date"), [full_date(one, desk.words) for one in reading.dates])
            if at is not None:
                day = reading.dates[at]
                remember_date_order(desk, reading.kinds[at])
        if day is None:
            raise AnswerRefused("date_not_understood")
        return day

    def act(self, action: str, line: str) -> None:
        """Do what a slash word asks anywhere."""
        if action == "pause":
            raise PausedError
        if action == "leave":
            raise LeftError
        if action == "language":
            self._switch_language()
        if action in {"again", "language"}:
            raise AgainError
        if action == "help":
            self.terminal.say(*self.desk.words.lines("plain_home.help"))
        elif action == "support":
            self.terminal.say(*support_lines(self.desk))
        elif action == "where":
            self.say("where")
        elif action == "more":
            self.terminal.say(self.words("plain.no_more"))
        elif action == "unknown":
            self.terminal.say(self.words("plain.unknown", word=line.strip().split()[0][:40]))
        else:
            self.say("not_here")

    def say(self, key: str, **values: object) -> None:
        """Write a sentence of Home."""
        self.terminal.say(self.words(f"plain_home.{key}", **values))

    def say_problem(self, problem: ProblemError) -> None:
        """Write the sentence of a problem."""
        self.terminal.say(self.desk.words.problem(problem.key, problem.values))

    def give_up(self, problem: ProblemError) -> None:
        """Remember that what was wanted could not be written, and is not tried again."""
        if problem.key in NOT_WRITTEN or isinstance(problem, BusyProblem):
            self.terminal.could_not_save = True

    def say_closed(self) -> None:
        """Write that everything is kept, or what is not."""
        self.say("closed_unsaved" if self.terminal.could_not_save else "closed")

    def say_or_raise(self, problem: ProblemError) -> None:
        """Write the sentence of a problem; raise one of the plan's whole file, without which nothing can go on."""
        if isinstance(problem, FileProblem) and problem.key != "record_wrong":
            raise problem
        self.say_problem(problem)

    def words(self, key: str, **values: object) -> str:
        """Return a string of ``ui.toml``."""
        return self.desk.words.ui(key, **values)

    def _numbered(self, line: str, most: int) -> int | None:
        text = line.strip()
        if text.isascii() and text.isdigit():
            if 1 <= int(text[:6]) <= most:
                return int(text)
            self.terminal.say(self.words("errors.no_such_number", number=text[:40]))
        else:
            self.say("number_wanted")
        return None

    def _say_five(self, lines: Sequence[str], start: int) -> int:
        upto = min(start + FIVES, len(lines))
        if len(lines) - upto == 1:  # a last one alone comes at once
            upto = len(lines)
        for number in range(start, upto):
            self.terminal.say(f"{number + 1} {lines[number]}")
        if upto < len(lines):
            self.terminal.say(self.words("plain.more"))
        return upto

    def _switch_language(self) -> None:
        """Go on in the other language, and keep that."""
        self.desk.switch_language()
        keep_language(self.context, self.terminal)
