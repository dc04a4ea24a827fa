"""The same conversations line by line, on stdin and stdout: for a screen reader, a slow line, or whoever likes it so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rchrp_goals.errors import BusyProblem, FileProblem, ProblemError
from rchrp_goals.plain_asking import Asking, Back
from rchrp_goals.plain_language import keep_language
from rchrp_goals.plain_plan import PlainPlan
from rchrp_goals.plain_terminal import LeftError, PausedError, Terminal, pausing_signals, slash_action, undisturbed
from rchrp_goals.services.away import is_away
from rchrp_goals.services.keys import complaints_of
from rchrp_goals.services.opening import take_window
from rchrp_goals.services.progress import minutes_left, part_title
from rchrp_goals.services.saying import begun, ended
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.waiting import LAST_DAY, waiting_conversation

if TYPE_CHECKING:
    from rchrp_goals.guide.conversation import Stop
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.desk import Desk


def run(context: Context) -> int:
    """Run plain mode for a command line: the first run, a conversation, or the menu. Returns the exit code.

    Raises BusyProblem where the plan is open in another window, ProblemError where it cannot be read.
    """
    terminal = Terminal(context.stdin, context.stdout, context.environ)
    with pausing_signals(terminal):
        try:
            return _run(context, terminal)
        except (PausedError, KeyboardInterrupt):
            return 0


def _run(context: Context, terminal: Terminal) -> int:
    from rchrp_goals.first_run import ask_language

    if not context.language_is_known:
        ask_language(context, terminal, is_over=(PausedError,))
    desk = context.desk()
    for complaint in complaints_of(desk.settings, desk.places):
        terminal.say(desk.words.problem(complaint.key, complaint.args))
    with _window(desk, terminal) as last_opened:
        while True:
            try:
                return _open(context, terminal, last_opened)
            except FileProblem as problem:
                from rchrp_goals.plain_trouble import PlainTrouble

                if not PlainTrouble(context, terminal).mended(problem):
                    raise


def _open(context: Context, terminal: Terminal, last_opened: float | None) -> int:
    desk = context.desk()
    name = context.begins
    plan = desk.store.read() if name is None else None
    if plan is not None and plan.exists and is_away(plan.tables, last_opened, desk.clock.now()):
        from rchrp_goals.plain_home import PlainHome
        from rchrp_goals.plain_welcome import PlainWelcome

        return PlainHome(context, terminal).run() if PlainWelcome(context, terminal).welcome() else 0
    if name is None:
        waiting = waiting_conversation(desk)
        # a check-in that was paused waits on Home; only the sitting goes on by itself
        if waiting not in {LAST_DAY, "day-one"} and desk.store.read().exists:
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
        self.sitting = Sitting(self.desk, name)
        self.name = self.sitting.name
        self._explained: set[str] = set()
        self._part_said = ""
        self.is_from_home = False
        """Home comes next: then nobody needs to be told how to open it."""
        self._has_said_headphones = not self._is_spoken

    def run(self) -> int:
        """Ask until the end, a pause or a leave; returns the exit code: 0, and 1 where the last answers are not kept."""
        say, ui = self.terminal.say, self._ui
        say(ui("resumed") if self.sitting.resumed else ui("welcome"))
        if about := self.sitting.about:  # one that waited is gone on with, whatever was picked now
            say(ended(begun(self.desk.words.ui("home.about", about=about))))
        if self.sitting.further:
            say(self.desk.words.ui(f"further.{self.sitting.further}"))
        try:
            while self._step():
                pass
        except LeftError:
            is_kept = self._keep_at_last()
            self.terminal.clear()
            say(ui("left") if is_kept else ui("paused_without", name=self.name))
            return 0 if is_kept else 1
        except (PausedError, KeyboardInterrupt):  # Ctrl+C while something is being said
            is_kept = self._keep_at_last()
            say(ui("paused" if is_kept else "paused_without", name=self.name))
            return 0 if is_kept else 1
        return 0

    def _step(self) -> bool:
        """Do the next thing; False when the conversation is over."""
        sitting = self.sitting
        if sitting.is_at_plan:
            if PlainPlan(self.context, self.terminal, self.name).run():
                sitting.finish_plan()
                self._say_end("plan_done")
                return False
            self._back()
            return True
        if sitting.is_part_over:
            self._finish_part()
            return bool(sitting.part)
        asking = Asking(sitting, self.terminal, self._explained)
        asking.on_where = self._say_place
        asking.on_language = partial(keep_language, self.context, self.terminal)
        self._before(asking)
        try:
            asking.ask()
        except Back:
            self._back()
            self._keep()
        return True

    def _back(self) -> None:
        """Go to the question before, past every page that asks nothing: such a page would only lead here again."""
        while self.sitting.back():
            stop = self.sitting.current
            if stop is None or stop.question.kind != "page" or stop.question.waits_in_plain:
                return
        self.terminal.say(self._ui("first_of_all"))

    def _before(self, asking: Asking) -> None:
        """Say what does not wait: the headphones line, then and now."""
        if not self._has_said_headphones and self._is_private(asking.stop):
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
                action = slash_action(self.terminal.ask(self._ui("prompt")))
                if action in {"pause", "leave"}:
                    raise (LeftError if action == "leave" else PausedError) from None
        if self.sitting.part:
            self.terminal.say(self._ui("part_kept", part=named))
        else:
            self._say_end("done_day_one" if part == "day_one" else "done_part")

    def _say_end(self, key: str) -> None:
        self.terminal.say(self._ui(key))
        if not self.is_from_home and key != "done_day_one":
            self.terminal.say(self._ui("way_back"))

    def _is_private(self, stop: Stop) -> bool:
        """Tell whether an answer is about the person: a statement, or what they want to learn and do."""
        return stop.statement is not None or self.sitting.part in {"learning", "goals", "reflect", "check_in"}

    def _say_place(self) -> None:
        """Say where we are; the minutes that are left once in a part, /where says them again."""
        part = self.sitting.part
        at, total = self.sitting.conversation.place_heard
        if part == "practice":  # nobody knows beforehand how many there will be
            total = 1
        key = "place" if total > 1 else "place_only"
        if self._part_said == part:
            key = "place_alone" if total > 1 else "place_one"
        self._part_said = part
        title, minutes = part_title(self.desk, part), minutes_left(self.sitting, "plain")
        self.terminal.say(self._ui(key, part=title, at=at + 1, total=total, n=minutes))

    def _keep(self) -> bool:
        """Write the draft; where that fails, say so and return False."""
        try:
            with undisturbed():
                self.sitting.keep()
        except ProblemError as problem:
            self.terminal.say(self.desk.words.problem(problem.key, problem.values))
            return False
        return True

    def _keep_at_last(self) -> bool:
        """Write the draft on the way out; where that fails, offer to try again. False where the person leaves so."""
        while not self._keep():
            self.terminal.say(self._ui("not_kept_yet"))
            try:
                if slash_action(self.terminal.ask(self._ui("prompt"))) in {"pause", "leave"}:
                    return False
            except PausedError:
                return False
        return True

    @property
    def _is_spoken(self) -> bool:
        return self.desk.settings.face == "plain"

    def _ui(self, key: str, **values: object) -> str:
        return self.desk.words.ui(f"plain.{key}", **values)


class _window:  # noqa: N801 - used as a context manager, named as one
    """Holds the window lock while a plain conversation runs: one plan, one window."""

    def __init__(self, desk: Desk, terminal: Terminal) -> None:
        from rchrp_goals.store.locks import WindowLock

        self._desk, self._terminal = desk, terminal
        self._lock = WindowLock(desk.places)

    def __enter__(self) -> float | None:
        """Return when a window was opened before this one."""
        if not take_window(self._desk, self._lock, self._tell_kept):
            raise BusyProblem("window_open")
        return self._lock.last_opened()

    def _tell_kept(self, path: str) -> None:
        self._terminal.say(self._desk.words.ui("editor.kept", path=path))

    def __exit__(self, *error: object) -> None:
        self._lock.release()
