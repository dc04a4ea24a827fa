"""The app: one desk, one writer, the keys that work everywhere, and the way from screen to screen."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from textual import events, work
from textual.binding import Binding
from textual.screen import Screen

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import CalmScreen, DeskApp
from rchrp_goals.screens.themes import DARK, THEMES
from rchrp_goals.writer import Writer

if TYPE_CHECKING:
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.mending import Way
    from rchrp_goals.services.one_question import OneQuestion
    from rchrp_goals.services.opening import Opening
    from rchrp_goals.services.sitting import Sitting
    from rchrp_goals.store.locks import WindowLock

DRAIN_SECONDS = 5.0
"""How long leaving waits for what is still being written."""
TWICE_WITHIN = 2.0
"""Seconds within which a second Ctrl+C leaves."""
HIDE_KEY = "f9"
HOPS_AFTER_KEY = 12
"""Turns that the messages of a key get before the next one: from a field up to its screen it takes six."""
LIGHT_BACKGROUNDS = frozenset({"7", "15"})


class RchrpGoalsApp(DeskApp):
    """Shows one conversation or Home, keeps everything, and hides it at one key."""

    CSS_PATH = "app.tcss"
    TITLE = ""
    DEFAULT_MODE = "main"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-middle"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-normal"), (30, "-high")]
    BINDINGS = [
        Binding(HIDE_KEY, "toggle_hidden", show=False, priority=True),
        Binding("f1", "help", show=False, priority=True),
        Binding("f2", "agreements", show=False, priority=True),
        Binding("f3", "switch_language", show=False, priority=True),
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "copy_or_pause", show=False, priority=True),
    ]

    def __init__(self, context: Context, opening: Opening, lock: WindowLock) -> None:
        self.context = context
        self.opening = opening
        self.lock = lock
        self.desk = context.desk()
        self.mistake: BaseException | None = None
        self._hidden: Screen[None] | None = None
        self._held: list[Callable[[], object]] = []
        self._unsettled = 0
        self._waiting: deque[events.Event] = deque()
        self._interrupted_at = -TWICE_WITHIN
        self._is_leaving = False
        # Without colours everything is drawn in the terminal's own two; Textual's own way (grey) would hide by black on black.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._ansi_color_shown = self.ansi_color
        self.writer = Writer(self._take_problem)
        self.error_console = Console(file=io.StringIO(), quiet=True)
        self.add_mode(self.DEFAULT_MODE, self._first_screen)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = _theme_name(self.desk.settings.theme, context.environ.get("COLORFGBG", ""))

    # ------------------------------------------------------------------ beginning

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Define our own variables for any theme."""
        return dict(DARK.variables)

    def _first_screen(self) -> Screen[Any]:
        opening = self.opening
        if opening.kind == "second_window":
            from rchrp_goals.screens.shared.second_window import SecondWindowScreen

            return SecondWindowScreen()
        if opening.problem is not None:
            from rchrp_goals.screens.shared.trouble import TroubleScreen

            return TroubleScreen(opening.problem)
        if opening.sitting is not None and not opening.sitting.is_at_plan:
            from rchrp_goals.screens.participant.ask import AskScreen

            return AskScreen(opening.sitting)
        if opening.sitting is not None:
            return _plan_page(opening.sitting)
        return _home()

    def on_mount(self) -> None:
        """Listen for the signals that end a program."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                try:
                    loop.add_signal_handler(getattr(signal, name), self.end_at_once)
                except (NotImplementedError, RuntimeError, ValueError):
                    return

    # ------------------------------------------------------------------ from screen to screen

    @asynccontextmanager
    async def settling(self) -> AsyncIterator[None]:
        """Hold keys, pastes and clicks back while a screen is being changed; they arrive in order afterwards."""
        self._unsettled += 1
        try:
            yield
        finally:
            self._unsettled -= 1
            self.call_later(self._let_go)

    async def on_event(self, event: events.Event) -> None:
        """Let input wait for a screen that is being changed, and take codes out of what is pasted.

        A key or a click mostly changes something on the screen, a few messages later: what is typed right after it
        waits until these have had their turn, so that on a slow computer nothing is typed into what stood there before.
        Only the letters of a text follow one another at once.
        """
        is_input = isinstance(event, events.Key | events.Paste | events.MouseDown | events.MouseUp)
        is_hide_key = isinstance(event, events.Key) and event.key == HIDE_KEY
        if not is_input or event.is_forwarded or is_hide_key:
            await super().on_event(event)
            return
        self._waiting.append(event)
        await self._let_go()

    def _is_letter_of_text(self, event: events.Key) -> bool:
        return event.is_printable and self.focused is not None and self.focused.check_consume_key("x", "x")

    def _after_key(self, hops: int) -> None:
        """Give the messages that a key or a click sets off their turns, then let go of what was typed meanwhile."""
        if hops:
            self.screen.call_later(self.call_later, self._after_key, hops - 1)
            return
        self._unsettled -= 1
        self.call_later(self._let_go)

    async def _let_go(self) -> None:
        """Hand on what was typed and clicked, in its order, until something holds it back."""
        while self._waiting and not self._unsettled:
            event = self._waiting.popleft()
            is_key = isinstance(event, events.Key) and not self._is_letter_of_text(event)
            if is_key or isinstance(event, events.MouseUp):
                self._unsettled += 1
                self.call_later(self._after_key, HOPS_AFTER_KEY)
            await super().on_event(_cleaned(event) if isinstance(event, events.Paste) else event)

    async def show_home(self, said: str = "") -> None:
        """Go to Home, whatever stands above it; ``said`` names a sentence that greets there."""
        await self._show_at_the_bottom(_home(said))

    async def show_plan(self, sitting: Sitting) -> None:
        """Show the plan on one page, from which the sitting is closed."""
        await self._show_at_the_bottom(_plan_page(sitting))

    async def begin(self, name: str) -> None:
        """Begin or resume a conversation in place of what is shown."""
        from rchrp_goals.screens.participant.ask import AskScreen
        from rchrp_goals.services.sitting import Sitting

        try:
            sitting = await self.writer.run(lambda: Sitting(self.desk, name))
        except ProblemError as problem:
            self._show_problem(problem)
            return
        if sitting.is_at_plan:
            await self.show_plan(sitting)
        else:
            await self._show_at_the_bottom(AskScreen(sitting))

    async def ask_one(self, question: OneQuestion) -> bool:
        """Ask one question over the screen that stands; True where it was answered or passed."""
        from rchrp_goals.screens.participant.ask import AskScreen

        page: Screen[bool] = AskScreen(question)
        return bool(await self.push_screen_wait(page))

    async def show_end(self, sitting: Sitting) -> None:
        """Say that a conversation of its own is done and kept, and go Home or away."""
        from rchrp_goals.screens.shared.pause import EndScreen

        await self._show_at_the_bottom(EndScreen(sitting.name))

    async def _show_at_the_bottom(self, screen: Screen[Any]) -> None:
        """Put a screen in the place of all that stand."""
        if self._hidden is not None:
            self._held.append(lambda: self.call_later(self._show_at_the_bottom, screen))
            return
        # A mode's first screen cannot be switched (Textual 8.2): a mode of its own for each, and the one before goes.
        before = self.current_mode
        mode = f"{self.DEFAULT_MODE}-{id(screen)}"
        self.add_mode(mode, lambda: screen)
        await self.switch_mode(mode)
        self.remove_mode(before)

    async def reopen(self) -> None:
        """Look again at what can be opened, and show that."""
        from rchrp_goals.services.opening import open_desk

        try:
            self.opening = await self.writer.run(lambda: open_desk(self.desk, self.context.begins, self.lock))
        except ProblemError as problem:
            self._show_problem(problem)
            return
        await self._show_at_the_bottom(self._first_screen())

    async def mend(self, way: Way) -> None:
        """Take a way back for a damaged file, after a yes, and open what there is then."""
        from rchrp_goals.services.mending import mend

        try:
            await self.writer.run(lambda: mend(self.desk, way))
        except ProblemError as problem:
            self._show_problem(problem)
            return
        await self.reopen()

    def when_shown(self, show: Callable[[], object]) -> None:
        """Call ``show`` now, or, while everything is hidden, as soon as it is shown again."""
        if self._hidden is None:
            show()
        else:
            self._held.append(show)

    # ------------------------------------------------------------------ hiding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While everything is hidden only one key works."""
        return self._hidden is None or action == "toggle_hidden"

    async def action_toggle_hidden(self) -> None:
        """Hide everything, or bring it back as it was."""
        from rchrp_goals.screens.shared.hidden import HiddenScreen

        if self._hidden is None:
            self._hidden = HiddenScreen()
            self.ansi_color = True
            await self.push_screen(self._hidden)
            return
        self._hidden = None
        self.pop_screen()
        self.ansi_color = self._ansi_color_shown
        held, self._held = self._held, []
        for show in held:
            show()

    # ------------------------------------------------------------------ keys that work everywhere

    def action_help(self) -> None:
        """Open help for what is shown."""
        from rchrp_goals.screens.shared.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self._open_help(HelpScreen(_topic(self.screen)))

    @work
    async def _open_help(self, page: Screen[str]) -> None:
        if await self.push_screen_wait(page) == "support":
            from rchrp_goals.screens.shared.support import SupportScreen

            await self.push_screen_wait(SupportScreen())

    def action_agreements(self) -> None:
        """Show the agreements."""
        from rchrp_goals.screens.shared.agreements import AgreementsScreen

        if not isinstance(self.screen, AgreementsScreen):
            self.push_screen(AgreementsScreen())

    async def action_switch_language(self) -> None:
        """Go on in the other language, and keep that."""
        from rchrp_goals.screens.participant.ask import AskScreen

        asking = next((screen for screen in self.screen_stack if isinstance(screen, AskScreen)), None)
        if asking is not None:
            asking.switch_language()
        else:
            self.desk.switch_language()
        self._keep_language(self.desk.words.language)
        for screen in self.screen_stack:
            if isinstance(screen, CalmScreen):
                await screen.retell()

    def _keep_language(self, language: str) -> None:
        if self.opening.kind in {"ask", "home"}:
            self.keep_setting(language=language)
            self.context.due_in(language)
            self.writer.submit(self.context.store.refresh_due)

    def keep_setting(self, **changes: str | bool) -> None:
        """Keep a setting that the person chose."""
        if all(getattr(self.desk.settings, name) == value for name, value in changes.items()):
            return

        def keep() -> None:
            from rchrp_goals.store.settings import write_settings

            self.desk.settings = write_settings(self.desk.places, **changes)

        self.writer.submit(keep)

    async def action_copy_or_pause(self) -> None:
        """Copy what is selected; else pause, and leave when it comes twice."""
        selected = self.screen.get_selected_text() or getattr(self.focused, "selected_text", "")
        if selected:
            self.copy_to_clipboard(selected)
            return
        now = monotonic()
        if now - self._interrupted_at <= TWICE_WITHIN:
            await self.leave()
            return
        self._interrupted_at = now
        await self.action_pause()

    async def action_pause(self) -> None:
        """Say that everything is kept, and offer the ways on."""
        from rchrp_goals.screens.shared.pause import PausedScreen

        self._keep_drafts()
        if not isinstance(self.screen, PausedScreen):
            self._pause()

    @work(exclusive=True, group="pause")
    async def _pause(self) -> None:
        from rchrp_goals.screens.shared.pause import PausedScreen

        has_home = await self.writer.run(self._has_plan)
        result = await self.push_screen_wait(PausedScreen(has_home=has_home))
        if result == "leave":
            await self.leave()
        elif result == "home":
            await self.show_home()

    def _has_plan(self) -> bool:
        try:
            return self.desk.store.read().exists
        except ProblemError:
            return False

    # ------------------------------------------------------------------ problems

    def _take_problem(self, problem: Exception) -> None:
        """Tell what could not be written; what is no problem of the person's is a mistake of ours."""
        if isinstance(problem, ProblemError):
            self.when_shown(lambda: self._show_problem(problem))
            return
        self.mistake = problem
        self.exit(1, return_code=1)

    @work(exclusive=True, group="problem")
    async def _show_problem(self, problem: ProblemError) -> None:
        if await self.tell_problem(problem):
            self._keep_drafts()

    async def tell_problem(self, problem: ProblemError) -> bool:
        """Say what happened and what was kept; True to try again."""
        from rchrp_goals.screens.shared.pause import ProblemScreen

        return await self._wait_for(ProblemScreen(problem)) == "again"

    async def _wait_for(self, page: Screen[str]) -> str | None:
        """Show a page, after the hiding if everything is hidden, and wait for what it gives back."""
        done: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.when_shown(lambda: self.push_screen(page, done.set_result))
        return await done

    def bell(self) -> None:
        """Take note of a mistake: Textual rings when it gives up, and shows a traceback with what the person wrote.

        That traceback goes nowhere (``error_console``); ``run`` raises the mistake, and its type and place are said.
        """
        self._take_mistake()

    def panic(self, *renderables: RenderableType) -> None:
        """Take note of a mistake that Textual says in its own words."""
        self._take_mistake()
        super().panic(*renderables)

    def _take_mistake(self) -> None:
        if self.mistake is None:
            self.mistake = sys.exception()

    # ------------------------------------------------------------------ leaving

    def _keep_drafts(self) -> None:
        from rchrp_goals.screens.participant.ask import AskScreen

        for screen in self.screen_stack:
            if isinstance(screen, AskScreen):
                screen.keep_now()

    async def action_leave(self) -> None:
        """Keep everything and end."""
        await self.leave()

    async def leave(self) -> None:
        """Keep everything and end; where something is not yet kept after some seconds, say so and ask."""
        if self._is_leaving:
            return
        self._is_leaving = True
        self._keep_drafts()
        if await self.writer.drained(DRAIN_SECONDS):
            self.exit(0)
            return
        self._ask_whether_to_wait()

    @work(exclusive=True, group="leave")
    async def _ask_whether_to_wait(self) -> None:
        from rchrp_goals.screens.shared.pause import ProblemScreen

        while await self._wait_for(ProblemScreen(ProblemError("not_yet_kept"), kept="problem.not_yet")) == "again":
            if await self.writer.drained(DRAIN_SECONDS):
                break
        self.exit(0)

    def end_at_once(self) -> None:
        """End because the system says so: what is being typed is written first."""
        self._keep_drafts()
        self.writer.drain(DRAIN_SECONDS)
        self.exit(0)


def _cleaned(event: events.Paste) -> events.Paste:
    from rchrp_goals.plan.text import shown

    return events.Paste(shown(event.text))


def _theme_name(setting: str, colours: str) -> str:
    """Return the theme of the setting; ``auto`` is dark unless the terminal says that its background is light."""
    if setting == "auto":
        setting = "light" if colours.rpartition(";")[2] in LIGHT_BACKGROUNDS else "dark"
    return THEMES[setting].name


def _topic(screen: Screen[Any]) -> str:
    from rchrp_goals.screens.participant.ask import AskScreen

    if isinstance(screen, AskScreen):
        return "page" if screen.is_page else "ask"
    return getattr(screen, "HELP_TOPIC", "")


def _home(said: str = "") -> Screen[Any]:
    from rchrp_goals.screens.participant.home import HomeScreen

    return HomeScreen(said)


def _plan_page(sitting: Sitting) -> Screen[Any]:
    from rchrp_goals.screens.participant.plan_page import PlanPageScreen

    return PlanPageScreen(sitting)


def run(context: Context) -> int:
    """Open the app for a command line, after the first run's lines; returns the exit code.

    Raises ProblemError where the app cannot open at all, and whatever mistake of ours ended it: the command line says
    its type and place, never what stood in it.
    """
    if not context.language_is_known:
        from rchrp_goals.first_run import ask_language

        ask_language(context, _Plainly(context), is_over=(EOFError,))
        if context.is_plain:
            from rchrp_goals.plain import run as run_plainly

            return run_plainly(context)
    from rchrp_goals.services.opening import open_desk
    from rchrp_goals.store.locks import WindowLock

    lock = WindowLock(context.places)
    opening = open_desk(context.desk(), context.begins, lock)
    app = RchrpGoalsApp(context, opening, lock)
    try:
        result = app.run()
    finally:
        lock.release()
    if app.mistake is not None:
        raise app.mistake
    return result or 0


class _Plainly:
    """Lines on the terminal before the app takes it over."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def say(self, *paragraphs: str) -> None:
        """Write each paragraph on a line of its own."""
        for paragraph in paragraphs:
            self._context.stdout.write(f"{paragraph}\n")

    def ask(self, prompt: str) -> str:
        """Read one line. Raises EOFError at the end of the input."""
        self._context.stdout.write(prompt)
        self._context.stdout.flush()
        line = self._context.stdin.readline()
        if not line:
            raise EOFError
        return line
