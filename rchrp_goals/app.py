"""The app: one desk, one writer, the keys that work everywhere, and the way from screen to screen."""

from __future__ import annotations

import asyncio
import gc
import io
import os
import signal
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from textual import work
from textual.binding import Binding
from textual.screen import Screen

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import CalmScreen, bindings
from rchrp_goals.screens.editor_app import EditorApp
from rchrp_goals.services.small_pages import SmallPages
from rchrp_goals.writer import Writer

if TYPE_CHECKING:
    from textual.timer import Timer

    from rchrp_goals.services.context import Context
    from rchrp_goals.services.mending import Way
    from rchrp_goals.services.one_question import OneQuestion
    from rchrp_goals.services.opening import Opening
    from rchrp_goals.services.place import Place
    from rchrp_goals.services.sitting import Sitting
    from rchrp_goals.store.locks import WindowLock

DRAIN_SECONDS = 5.0
"""How long leaving waits for what is still being written."""
TYPED_AFTER = 1.0
"""Seconds after a change at which what is typed into a small page is written."""
TWICE_WITHIN = 2.0
"""Seconds within which a second Ctrl+C leaves."""


class RchrpGoalsApp(EditorApp):
    """Shows one conversation or Home, keeps everything, and hides it at one key."""

    CSS_PATH = [
        "app.tcss",
        "screens/participant/home.tcss",
    ]  # Home's from the start: its own would be read in a second pass
    TITLE = ""
    DEFAULT_MODE = "main"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-middle"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-normal"), (30, "-high")]
    BINDINGS = [
        *bindings(
            {
                "app.help": "help",
                "app.agreements": "agreements",
                "app.switch_language": "switch_language",
                "app.leave": "leave",
            },
            is_first=True,
        ),
        Binding("ctrl+c", "copy_or_pause", show=False, priority=True),
    ]

    def __init__(self, context: Context, opening: Opening, lock: WindowLock) -> None:
        self.context = context
        self.opening = opening
        self.lock = lock
        self.mistake: BaseException | None = None
        self._problem: ProblemError | None = None
        self._is_ended = False
        self._told: set[str] = set()
        self._interrupted_at = -TWICE_WITHIN
        self._is_leaving = False
        self._is_all_written = False
        self._was_welcomed = False
        self._began_at = "home"
        super().__init__(context.desk(), context.environ)
        self.writer = Writer(self._take_problem)
        self._spoken = self.desk.words.language
        self.opened_at = context.clock.now()
        self._pages = SmallPages(self.desk.drafts)
        self._typed_timer: Timer | None = None
        self.error_console = Console(file=io.StringIO(), quiet=True)
        self.add_mode(self.DEFAULT_MODE, self._first_screen)

    # ------------------------------------------------------------------ beginning

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew where there is a screen that they could change; before, they were just read."""
        if any(screen.is_mounted for screen in self.screen_stack):
            super().refresh_css(animate)

    def on_mount(self) -> None:
        """Listen for the signals that end a program; from the first picture on memory is tidied up as always."""
        self.call_after_refresh(gc.enable)
        self.app_resume_signal.subscribe(self, self._paint_anew)
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):  # the last one from elsewhere: Ctrl+C is a key here
            if hasattr(signal, name):
                try:
                    loop.add_signal_handler(getattr(signal, name), self.end_at_once)
                except (NotImplementedError, RuntimeError, ValueError):
                    return

    def _paint_anew(self, _: object) -> None:
        """Paint everything: whoever had the terminal meanwhile left something else on it."""
        self.refresh(layout=True)

    def _first_screen(self) -> Screen[Any]:
        opening = self.opening
        if opening.kind == "second_window":
            from rchrp_goals.screens.shared.second_window import SecondWindowScreen

            return SecondWindowScreen()
        if opening.problem is not None:
            from rchrp_goals.screens.shared.trouble import TroubleScreen

            return TroubleScreen(opening.problem)
        if opening.is_back and not self._was_welcomed:
            from rchrp_goals.screens.participant.welcome import WelcomeScreen

            self._was_welcomed = True
            return WelcomeScreen()
        return _home() if opening.sitting is None else _sitting_screen(opening.sitting)

    # ------------------------------------------------------------------ from screen to screen

    async def show_home(self, said: str = "") -> None:
        """Go to Home, whatever stands above it; ``said`` names a sentence that greets there."""
        await self._show_at_the_bottom(_home(self.desk.words.ui(said) if said else ""))

    async def show_place(self, place: Place, said: str = "", at: str = "") -> None:
        """Go to a room, or open one thing's page over it; ``said`` is said there, the cursor goes to the row ``at``."""
        from rchrp_goals.services.rooms.reading import HOME, PAGES, PLAN

        if place.room == HOME:
            await self._show_at_the_bottom(_home(said))
        elif place.room == PLAN.name:
            from rchrp_goals.screens.participant.plan_page import PlanPageScreen

            self._show_over(PlanPageScreen())
        else:
            from rchrp_goals.screens.participant.room import RoomScreen

            screen = RoomScreen(place, at, said)
            if place.room in PAGES:
                self._show_over(screen)
            else:
                await self._show_at_the_bottom(screen)

    async def go_back(self, said: str = "") -> None:
        """Close the page on top; from a room go Home. ``said`` is said there."""
        if len(self.screen_stack) == 1:
            await self._show_at_the_bottom(_home(said))
        else:
            from rchrp_goals.screens.participant.doing import DoingScreen

            under = self.screen_stack[-2]
            if isinstance(under, DoingScreen):
                under.forget_said()
            self.pop_screen()
            if said and isinstance(self.screen, CalmScreen):
                self.screen.say(said)

    async def show_plan(self, sitting: Sitting) -> None:
        """Show the plan on one page, from which the sitting is closed."""
        await self._show_at_the_bottom(_sitting_screen(sitting))

    async def begin(self, name: str) -> None:
        """Begin or resume a conversation in place of what is shown."""
        from rchrp_goals.services.sitting import Sitting

        try:
            sitting = await self.writer.run(lambda: Sitting(self.desk, name))
        except ProblemError as problem:
            self._show_problem(problem)
            return
        self._began_at = self._room_shown()
        await self._show_at_the_bottom(_sitting_screen(sitting))

    def _room_shown(self) -> str:
        """Return the room that is shown, or whose page is; Home elsewhere."""
        from rchrp_goals.screens.participant.doing import DoingScreen
        from rchrp_goals.services.rooms.reading import HOME, room_of

        return room_of(self.screen.place) if isinstance(self.screen, DoingScreen) else HOME

    async def ask_one(self, question: OneQuestion) -> bool:
        """Ask one question over the screen that stands; True where it was answered or passed."""
        from rchrp_goals.screens.participant.ask import AskScreen

        screen: Screen[Any] = AskScreen(question)
        return bool(await self.push_screen_wait(screen))

    async def show_end(self, sitting: Sitting) -> None:
        """Say that a conversation of its own is done and kept, and go Home or away."""
        from rchrp_goals.screens.shared.pause import EndScreen
        from rchrp_goals.services.rooms.reading import room_of
        from rchrp_goals.services.sitting import made_page

        page = made_page(sitting)
        began_at = room_of(page) if page is not None else self._began_at
        await self._show_at_the_bottom(EndScreen(sitting.name, began_at, page))

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

    def _show_over(self, screen: Screen[Any]) -> None:
        """Put a screen over the one that stands."""
        self.when_shown(lambda: self.push_screen(screen))

    async def _show_at_the_bottom(self, screen: Screen[Any]) -> None:
        """Put a screen in the place of all that stand."""
        if self.is_hidden:
            self.when_shown(lambda: self.call_later(self._show_at_the_bottom, screen))
            return
        # A mode's first screen cannot be switched (Textual 8.2): a mode of its own for each, and the one before goes.
        before = self.current_mode
        mode = f"{self.DEFAULT_MODE}-{id(screen)}"
        self.add_mode(mode, lambda: screen)
        await self.switch_mode(mode)
        self.remove_mode(before)

    # ------------------------------------------------------------------ keys that work everywhere

    def action_help(self) -> None:
        """Open help for what is shown."""
        from rchrp_goals.screens.shared.help import HelpScreen

        if isinstance(self.screen, CalmScreen) and not isinstance(self.screen, HelpScreen):
            self._open_help(HelpScreen(self.screen))

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
        screens = self.calm_screens()
        if not any(screen.switch_language() for screen in screens):
            self.desk.switch_language()
        if self.opening.kind in {"ask", "home"}:
            self.keep_setting(language=self.desk.words.language)
        await self._go_on_in_language()

    async def _go_on_in_language(self) -> None:
        """Say everything in the language that is spoken now, ``due`` too."""
        self._spoken = self.desk.words.language
        if self.opening.kind in {"ask", "home"}:
            self.context.due_in(self._spoken)
            self.writer.submit(self.context.store.refresh_due)
        for screen in self.calm_screens():
            await screen.retell()

    async def follow_settings(self) -> None:
        """Look as the settings say, and speak as they say, at once."""
        await super().follow_settings()
        if self._spoken != self.desk.words.language:
            await self._go_on_in_language()

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
        """Say that everything is kept, and offer the ways on; where that is not so, say what could not be kept."""
        from rchrp_goals.screens.shared.pause import PausedScreen

        self._keep_drafts()
        self._told.clear()
        if self._has_unkept:
            await self.leave()  # nothing may be said to be kept here
        elif not isinstance(self.screen, PausedScreen):
            self._pause()

    @work(exclusive=True, group="pause")
    async def _pause(self) -> None:
        from rchrp_goals.screens.shared.pause import PausedScreen

        has_home = await self.writer.run(self._has_plan)
        if self._told:
            return
        is_one_question = any(getattr(screen, "is_one_question", False) for screen in self.calm_screens())
        result = await self.wait_for(PausedScreen(has_home=has_home, is_one_question=is_one_question))
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
        """Take what a job that nobody waits for raised; what is no problem of the person's is a mistake of ours."""
        if not isinstance(problem, ProblemError):
            self.mistake = problem
            self.exit(1, return_code=1)
        elif self._is_leaving:
            self._problem = problem
        else:
            self.when_shown(lambda: self._show_problem(problem))

    def _show_problem(self, problem: ProblemError) -> None:
        """Tell a problem once: while it is told, and after it was left, the same one is only a line on the screen."""
        if problem.key not in self._told:
            self._told.add(problem.key)
            self._tell_and_try_again(problem)
        elif isinstance(self.screen, CalmScreen):
            self.screen.say(self.desk.words.problem(problem.key, problem.values), is_problem=True)

    @work(group="problem")
    async def _tell_and_try_again(self, problem: ProblemError) -> None:
        if await self.tell_problem(problem):
            self._told.discard(problem.key)
            self._keep_drafts(is_tried_again=True)

    async def tell_problem(self, problem: ProblemError) -> bool:
        """Say what happened and what was kept; True to try again."""
        from rchrp_goals.screens.shared.pause import ProblemScreen

        return bool(await self.wait_for(ProblemScreen(problem)) == "again")

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
        # when everything is written, a screen that is cut short loses nothing
        if self.mistake is None and not self._is_all_written:
            self.mistake = sys.exception()

    # ------------------------------------------------------------------ leaving

    def _keep_drafts(self, *, is_tried_again: bool = False) -> None:
        # after a failure no screen can know whether its last words were written: they are written once more
        is_tried_again = is_tried_again or bool(self._told)
        for screen in self.calm_screens():
            screen.keep_now(is_tried_again=is_tried_again)
        if is_tried_again or self._typed_timer is not None:
            self.keep_typed()

    def typed_in(self, page: str) -> dict[str, Any]:
        """Return what stands in the fields of a small page, closed without keeping it or killed with the window."""
        return self._pages.page(page)

    def keep_typed_soon(self) -> None:
        """Write what is typed into small pages a moment after the first change, as a question does."""
        if self._typed_timer is None:
            self._typed_timer = self.set_timer(TYPED_AFTER, self.keep_typed)

    def keep_typed(self) -> None:
        """Write what stands in small pages; one that was saved stands there no more."""
        if self._typed_timer is not None:
            self._typed_timer.stop()
            self._typed_timer = None
        self.writer.submit(self._pages.keeper())

    async def action_leave(self) -> None:
        """Keep everything and end."""
        await self.leave()

    async def leave(self) -> None:
        """Keep everything and end; where something cannot be kept, or not yet after some seconds, say so and ask."""
        if not self._is_leaving:
            self._is_leaving = True
            self._leave()

    @property
    def _has_unkept(self) -> bool:
        return any(screen.has_unkept for screen in self.calm_screens())

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        from rchrp_goals.screens.shared.pause import ProblemScreen, UnkeptScreen

        if self._has_unkept and await self.wait_for(UnkeptScreen()) != "leave":
            self._is_leaving = False
            return
        if self.opening.kind in {"ask", "home"}:  # else the plan went from under what was typed, and nobody was asked
            self._pages.forget()
        self.keep_typed()
        is_tried_again = False
        while True:
            self._problem = None
            self._keep_drafts(is_tried_again=is_tried_again)
            is_drained = await self.writer.drained(DRAIN_SECONDS)
            problem = self._problem_while_leaving(is_drained)
            if problem is None or await self.wait_for(ProblemScreen(problem, kept="problem.not_yet")) != "again":
                break
            is_tried_again = True
        self._is_all_written = True
        self.exit(0)

    def _problem_while_leaving(self, is_drained: bool) -> ProblemError | None:
        if self._problem is not None or is_drained:
            return self._problem
        return ProblemError("not_yet_kept")

    @property
    def not_kept(self) -> ProblemError | None:
        """Why what was typed could not be written when the system ended us: nobody could be asked."""
        return self._problem if self._is_ended else None

    def end_at_once(self) -> None:
        """End because the system says so: what is being typed is written first."""
        self._is_leaving = self._is_ended = True
        self._keep_drafts()
        self.writer.drain(DRAIN_SECONDS)
        if os.name == "posix":
            from rchrp_goals.screens.keyboard import is_window_gone

            if is_window_gone():  # what Textual would still write waits for ever
                self.lock.release()
                self.context.on_abrupt_end()
                os._exit(0)
        self._is_all_written = True
        self.exit(0)


def _home(said: str = "") -> Screen[Any]:
    from rchrp_goals.screens.participant.home import HomeScreen

    return HomeScreen(said)


def _sitting_screen(sitting: Sitting) -> Screen[Any]:
    """Return the screen for where a sitting stands: its question, or its plan page."""
    if sitting.is_at_plan:
        from rchrp_goals.screens.participant.plan_page import PlanPageScreen

        return PlanPageScreen(sitting)
    from rchrp_goals.screens.participant.ask import AskScreen

    return AskScreen(sitting)


def run(context: Context) -> int:
    """Open the app for a command line, after the first run's lines; returns the exit code.

    Raises ProblemError where the app cannot open at all, or could not keep what was typed when it was ended; and whatever
    mistake of ours ended it: the command line says its type and place, never what stood in it.
    """
    if not context.language_is_known:
        from rchrp_goals.first_run import ask_language

        ask_language(context, _Plainly(context), is_over=(EOFError,))
        if context.is_plain:
            from rchrp_goals.plain import run as run_plainly

            return run_plainly(context)
    from rchrp_goals.services.opening import open_desk
    from rchrp_goals.store.locks import WindowLock

    gc.disable()  # until the first picture: what is loaded up to then stays anyway
    lock = WindowLock(context.places)
    kept: list[str] = []
    opening = open_desk(context.desk(), context.begins, lock, kept.append)
    _tell_kept(context, kept)
    app = RchrpGoalsApp(context, opening, lock)
    try:
        result = app.run()
    finally:
        lock.release()
        gc.enable()
    if app.mistake is not None:
        raise app.mistake
    if app.not_kept is not None:
        raise app.not_kept
    return (app.return_code or 0) if result is None else result


def _tell_kept(context: Context, paths: list[str]) -> None:
    """Say where what an editor saved after a program of ours was killed is kept, before the app takes the terminal."""
    if not paths:
        return
    plainly = _Plainly(context)
    plainly.say(*(context.words.ui("editor.kept", path=path) for path in paths), context.words.ui("editor.kept_enter"))
    try:
        plainly.ask(context.words.ui("plain.prompt"))
    except EOFError:
        return


class _Plainly:
    """Lines on the terminal before the app takes it over."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def say(self, *paragraphs: str) -> None:
        """Write each paragraph on lines of its own, as wide as the window."""
        import shutil
        import textwrap

        width = shutil.get_terminal_size().columns - 1
        for paragraph in paragraphs:
            self._context.stdout.write(f"{textwrap.fill(paragraph, max(width, 20), break_long_words=False)}\n")

    def ask(self, prompt: str) -> str:
        """Read one line. Raises EOFError at the end of the input."""
        self._context.stdout.write(prompt)
        self._context.stdout.flush()
        line = self._context.stdin.readline()
        if not line:
            raise EOFError
        return line
