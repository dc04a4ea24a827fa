"""The part of the app that keeps what is typed, tells what could not be kept, and ends without losing a word."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from textual import work

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.editor_app import EditorApp
from rchrp_goals.services.small_pages import SmallPages
from rchrp_goals.writer import Writer

if TYPE_CHECKING:
    from textual.timer import Timer

    from rchrp_goals.services.context import Context
    from rchrp_goals.services.opening import Opening
    from rchrp_goals.store.locks import WindowLock

DRAIN_SECONDS = 5.0
"""How long leaving waits for what is still being written."""
TYPED_AFTER = 1.0
"""Seconds after a change at which what is typed into a small page is written."""


class KeepingApp(EditorApp):
    """Sends every save through one writer; a failure is told once, and leaving waits until all is written."""

    def __init__(self, context: Context, opening: Opening, lock: WindowLock) -> None:
        self.context = context
        self.opening = opening
        self.lock = lock
        self.mistake: BaseException | None = None
        self._problem: ProblemError | None = None
        self._told: set[str] = set()
        self._is_ended = False
        self._is_leaving = False
        self._is_all_written = False
        super().__init__(context.desk(), context.environ)
        self.writer = Writer(self._take_problem)
        self._pages = SmallPages(self.desk.drafts)
        self._typed_timer: Timer | None = None
        self.error_console = Console(file=io.StringIO(), quiet=True)

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
