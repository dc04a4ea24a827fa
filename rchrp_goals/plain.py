"""The same conversations line by line, on stdin and stdout: for a screen reader, a slow line, or whoever likes it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.errors import BusyProblem, ProblemError
from rchrp_goals.plain_asking import Asking, Back
from rchrp_goals.plain_terminal import LeftError, PausedError, Terminal, pausing_signals, slash_action
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.progress import minutes_left, part_title
from rchrp_goals.services.sitting import LAST_DAY, Sitting, waiting_conversation

if TYPE_CHECKING:
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.desk import Desk


def run(context: Context) -> int:
    """Run plain mode for a command line: the first run, a conversation, or the menu. Returns the exit code.

    Raises BusyProblem where the plan is open in another window, ProblemError where it cannot be read.
    """
    terminal = Terminal(context.stdin, context.stdout, context.environ)
    with pausing_signals():
        try:
            return _run(context, terminal)
        except PausedError:
            return 0


def _run(context: Context, terminal: Terminal) -> int:
    from rchrp_goals.first_run import ask_language

    if not context.language_is_known:
        ask_language(context, terminal, is_over=(PausedError,))
    desk = context.desk()
    with _window(desk):
        name = context.begins
        if name is None:
            waiting = waiting_conversation(desk)
            if waiting is None and desk.store.read().exists:
                from rchrp_goals.plain_home import PlainHome

                return PlainHome(context, terminal).run()
            name = waiting or LAST_DAY
        elif name == "":
            name = waiting_conversation(desk) or LAST_DAY
        return PlainConversation(context, terminal, name).run()


class PlainConversation:
    """One conversation from where it stands to its end, or to a pause."""

    def __init__(self, context: Context, terminal: Terminal, name: str) -> None:
        self.context = context
        self.desk: Desk = context.desk()
        self.terminal = terminal
        self.name = name
        self.sitting = Sitting(self.desk, name)
        self._explained: set[str] = set()
        self._has_said_headphones = not self._is_spoken

    def run(self) -> int:
        """Ask until the end, a pause or a leave; returns the exit code, which is 0 for each of them."""
        say, ui = self.terminal.say, self._ui
        say(ui("resumed") if self.sitting.resumed else ui("welcome"))
        if self.sitting.further:
            say(self.desk.words.ui(f"further.{self.sitting.further}"))
        try:
            while self._step():
                pass
        except LeftError:
            self._keep()
            self.terminal.clear()
            say(ui("left"))
            return 0
        except PausedError:
            self._keep()
            say(ui("paused", name=self.name))
            return 0
        return 0

    def _step(self) -> bool:
        """Do the next thing; False when the conversation is over."""
        sitting = self.sitting
        if sitting.is_at_plan:
            if PlainPlan(self.context, self.terminal, self.name).run():
                sitting.finish_plan()
                self.terminal.say(self._ui("plan_done"))
                return False
            sitting.back()
            return True
        if sitting.is_part_over:
            self._finish_part()
            return bool(sitting.part)
        asking = Asking(sitting, self.terminal, self._explained)
        asking.on_where = self._say_place
        self._before(asking)
        try:
            asking.ask()
        except Back:
            if not sitting.back():
                self.terminal.say(self._ui("first_of_all"))
        self._keep()
        return True

    def _before(self, asking: Asking) -> None:
        """Say what does not wait: the headphones line, then and now."""
        if not self._has_said_headphones and asking.stop.statement is not None:
            self._has_said_headphones = True
            self.terminal.say(self._ui("headphones"))
        if asking.stop.question.shows == "then_and_now":
            from rchrp_goals.services.saying import then_and_now

            rows = self.sitting.then_and_now()
            if rows:
                self.terminal.space()
                self.terminal.say(self._ui("then_and_now"))
            for row in rows:
                self.terminal.say(row.now_text or row.then_text)
                self.terminal.say(then_and_now(row, self.desk.words), indent="  ")

    def _finish_part(self) -> None:
        """Apply the part; where it cannot be saved, say so and offer to try again."""
        part = self.sitting.part
        named = part_title(self.desk, part)
        while True:
            try:
                self.sitting.finish_part()
                break
            except ProblemError as problem:
                self.terminal.say(self.desk.words.problem(problem.key, problem.values), self._ui("not_kept"))
                if slash_action(self.terminal.ask(self._ui("prompt"))) in {"pause", "leave"}:
                    raise PausedError from None
        if self.sitting.part:
            self.terminal.say(self._ui("part_kept", part=named))
        else:
            self.terminal.say(self._ui("done_day_one" if part == "day_one" else "done_part"))

    def _say_place(self) -> None:
        at, total = self.sitting.conversation.place
        self.terminal.say(
            self._ui(
                "place" if total > 1 else "place_only",
                part=part_title(self.desk, self.sitting.part),
                at=at + 1,
                total=total,
                n=minutes_left(self.sitting, "plain"),
            )
        )

    def _keep(self) -> None:
        try:
            self.sitting.keep()
        except ProblemError as problem:
            self.terminal.say(self.desk.words.problem(problem.key, problem.values))

    @property
    def _is_spoken(self) -> bool:
        return self.desk.settings.face == "plain"

    def _ui(self, key: str, **values: object) -> str:
        return self.desk.words.ui(f"plain.{key}", **values)


class PlainPlan:
    """The plan on one page as a numbered list; a number changes that line."""

    def __init__(self, context: Context, terminal: Terminal, name: str) -> None:
        self.context = context
        self.desk: Desk = context.desk()
        self.terminal = terminal
        self.name = name

    def run(self) -> bool:
        """Show the page until it is done (True) or gone back from (False). Raises PausedError, LeftError."""
        self._show()
        while True:
            line = self.terminal.ask(self._ui("prompt"))
            action = slash_action(line)
            text = line.strip()
            if not text or action == "pass":
                return True
            if action == "back":
                return False
            if action == "pause":
                raise PausedError
            if action == "leave":
                raise LeftError
            if action == "keep":
                self._keep_sheets()
            elif action == "language":
                self.desk.switch_language()
                self._show()
            elif action == "again":
                self._show()
            elif action is not None:
                self._say_general(action, line)
            elif text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(self._openings):
                self._change(int(text))
                self._show()
            else:
                self.terminal.say(self._ui("no_number", number=text[:40]))

    def _show(self) -> None:
        from rchrp_goals.services.plan_page import plan_sheet

        desk = self.desk
        sheet = plan_sheet(desk.store.read().tables, desk.words, desk.clock.today(), with_passed=True)
        self._openings = []
        self.terminal.space()
        self.terminal.say(" · ".join(part for part in (sheet.title, sheet.person, sheet.day) if part))
        for section in sheet.sections:
            if section.heading:
                self.terminal.space()
                self.terminal.say(section.heading)
            for line in section.lines:
                said = f"{line.label}: {line.text}" if line.label else line.text
                if line.note:
                    said = f"{said} ({line.note})"
                if line.opening is None:
                    self.terminal.say(said)
                else:
                    self._openings.append(line.opening)
                    self.terminal.say(f"{len(self._openings)} {said}")
        if sheet.closing:
            self.terminal.say(sheet.closing)
        self.terminal.say(self._ui("plan_ask"))

    def _change(self, number: int) -> None:
        """Ask the line's own question, filled with what stands, and save it at once."""
        question = OneQuestion(self.desk, *self._openings[number - 1].arguments)
        explained: set[str] = set()
        while not question.is_part_over:
            try:
                Asking(question, self.terminal, explained).ask()
            except Back:
                if not question.back():
                    return
        while True:
            try:
                question.finish_part()
                return
            except ProblemError as problem:
                self.terminal.say(self.desk.words.problem(problem.key, problem.values), self._ui("not_kept"))
                if slash_action(self.terminal.ask(self._ui("prompt"))) in {"pause", "leave", "back"}:
                    return

    def _keep_sheets(self) -> None:
        from pathlib import Path

        from rchrp_goals.services.exporting import keep_sheets, likely_folders

        folders = likely_folders(Path.home())
        for number, folder in enumerate(folders, 1):
            self.terminal.say(f"{number} {folder}")
        line = self.terminal.ask(self._ui("prompt")).strip()
        if not (line.isascii() and line.isdigit() and 1 <= int(line[:6]) <= len(folders)):
            return
        try:
            paths = keep_sheets(self.desk, folders[int(line) - 1])
        except ProblemError as problem:
            self.terminal.say(self.desk.words.problem(problem.key, problem.values))
            return
        self.terminal.say(self._ui("plan_where", paths=", ".join(str(path) for path in paths)))

    def _say_general(self, action: str, line: str) -> None:
        from rchrp_goals.services.support import support_lines

        if action == "help":
            self.terminal.say(*self.desk.words.lines("plain.help"))
        elif action == "support":
            self.terminal.say(*support_lines(self.desk))
        elif action == "where":
            self.terminal.say(self._ui("place_one", part=self.desk.words.ui("parts.plan")))
        else:
            self.terminal.say(self._ui("unknown", word=line.strip().split()[0][:40]))

    def _ui(self, key: str, **values: object) -> str:
        return self.desk.words.ui(f"plain.{key}", **values)


class _window:  # noqa: N801 - used as a context manager, named as one
    """Holds the window lock while a plain conversation runs: one plan, one window."""

    def __init__(self, desk: Desk) -> None:
        from rchrp_goals.store.locks import WindowLock

        desk.places.make_folders()
        self._lock = WindowLock(desk.places)

    def __enter__(self) -> None:
        if not self._lock.acquire():
            raise BusyProblem("window_open")

    def __exit__(self, *error: object) -> None:
        self._lock.release()
