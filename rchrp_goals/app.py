"""The app: one desk, one writer, the keys that work everywhere, and the way from screen to screen."""

from __future__ import annotations

import asyncio
import gc
import signal
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import work
from textual.binding import Binding
from textual.screen import Screen

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import CalmScreen, bindings
from rchrp_goals.screens.keeping_app import KeepingApp

if TYPE_CHECKING:
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.mending import Way
    from rchrp_goals.services.one_question import OneQuestion
    from rchrp_goals.services.opening import Opening
    from rchrp_goals.services.place import Place
    from rchrp_goals.services.sitting import Sitting
    from rchrp_goals.store.locks import WindowLock

TWICE_WITHIN = 2.0
"""Seconds within which a second Ctrl+C leaves."""


class RchrpGoalsApp(KeepingApp):
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
        self._interrupted_at = -TWICE_WITHIN
        self._was_welcomed = False
        self._began_at = "home"
        super().__init__(context, opening, lock)
        self._spoken = self.desk.words.language
        self.opened_at = context.clock.now()
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

            self._show_over(PlanPageScreen(kind=place.id or "mine"))
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

    async def action_leave(self) -> None:
        """Keep everything and end."""
        await self.leave()

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
        from rchrp_goals.first_run import TerminalLines, ask_language

        ask_language(context, TerminalLines(context), is_over=(EOFError,))
        if context.is_plain:
            from rchrp_goals.plain import run as run_plainly

            gc.enable()
            return run_plainly(context)
    from rchrp_goals.services.opening import open_desk
    from rchrp_goals.store.locks import WindowLock

    lock = WindowLock(context.places)
    kept: list[str] = []
    opening = open_desk(context.desk(), context.begins, lock, kept.append)
    _tell_kept(context, kept)
    gc.freeze()  # what was loaded is never looked through, also later
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
    from rchrp_goals.first_run import TerminalLines

    plainly = TerminalLines(context)
    plainly.say(*(context.words.ui("editor.kept", path=path) for path in paths), context.words.ui("editor.kept_enter"))
    try:
        plainly.ask(context.words.ui("plain.prompt"))
    except EOFError:
        return
