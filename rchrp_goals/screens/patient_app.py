"""The part of the app that minds the person's hands: what is typed waits its turn, and one key hides everything."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.screen import Screen

from rchrp_goals.plan.text import shown
from rchrp_goals.screens.base import CalmScreen, DeskApp, bindings

HIDE = "app.toggle_hidden"
ESCAPE, STANDS_FOR_ESCAPE = "\x1b", "\x1a"
"""An escape inside a paste, and what stands for it until the paste is whole (``keyboard.py``)."""
TURNS_AFTER_KEY = 30
"""Turns of the event loop that the messages of a key get before the next: from a field up to its screen it takes ten."""


class PatientApp(DeskApp):
    """Holds input back while a screen changes, takes codes out of what is pasted, hides and shows everything."""

    BINDINGS = bindings({HIDE: "toggle_hidden"}, is_first=True)

    def __init__(self, *, has_terminal_colours: bool = False) -> None:
        """``has_terminal_colours`` says that it begins in a theme of the terminal's own colours."""
        # Without colours everything is drawn in the terminal's own two; Textual's own way (grey) would make the
        # hidden screen black on black.
        self._is_without_colours = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if self._is_without_colours or has_terminal_colours else None)
        self._ansi_color_shown = self.ansi_color
        self._hidden: Screen[None] | None = None
        self._until_shown: list[Callable[[], object]] = []
        self._unsettled = 0
        self._letters_under_way = 0
        self._waiting_input: deque[events.Event] = deque()
        self._typed_before_hiding: list[events.Event] = []

    # ------------------------------------------------------------------ input in its turn

    def get_driver_class(self) -> type[Driver]:
        """Let what comes from the terminal be made harmless before it is read."""
        driver = super().get_driver_class()
        if os.name != "posix":
            return driver
        from rchrp_goals.screens.keyboard import guarded

        return guarded(driver)

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
        """Let input wait for a screen that is being changed.

        A key or a click mostly changes something on the screen, a few messages later: what is typed right after it
        waits until these have had their turn, so that on a slow computer nothing is typed into what stood there before.
        Only the letters of a text follow one another at once. The key that hides never waits.
        """
        is_input = isinstance(event, events.Key | events.Paste | events.MouseDown | events.MouseUp)
        is_hide_key = isinstance(event, events.Key) and event.key == self.keys.key(HIDE)
        if not is_input or event.is_forwarded or is_hide_key:
            await super().on_event(event)
            return
        self._waiting_input.append(event)
        await self._let_go()

    async def _let_go(self) -> None:
        """Hand on what was typed and clicked, in its order, until something holds it back.

        What acts on a whole field or screen (F3, a click) waits until the letters before it stand in their field.
        """
        while self._waiting_input and not self._unsettled:
            event = self._waiting_input[0]
            is_text = isinstance(event, events.Paste) or (
                isinstance(event, events.Key) and self._is_letter_of_text(event)
            )
            if not is_text and self._letters_under_way:
                self._hold_for(TURNS_AFTER_KEY + self._letters_under_way)
                return
            self._waiting_input.popleft()
            if is_text:
                self._letters_under_way += 1
            elif isinstance(event, events.Key | events.MouseUp):
                self._hold_for(TURNS_AFTER_KEY)
            await super().on_event(self._cleaned(event) if isinstance(event, events.Paste) else event)

    def _hold_for(self, turns: int) -> None:
        self._letters_under_way = 0
        self._unsettled += 1
        self._after_key(turns)

    def _is_letter_of_text(self, event: events.Key) -> bool:
        return event.is_printable and self.focused is not None and self.focused.check_consume_key("x", "x")

    def _after_key(self, turns: int) -> None:
        """Give the messages that a key or a click sets off their turns, then let go of what was typed meanwhile.

        Turns of the loop, not messages of a screen: a screen that closes would take them along.
        """
        if turns:
            asyncio.get_running_loop().call_soon(self._after_key, turns - 1)
            return
        self._unsettled -= 1
        self.call_later(self._let_go)

    def _cleaned(self, event: events.Paste) -> events.Paste:
        """Return a paste without codes, and say so where there were any."""
        pasted = event.text.replace(STANDS_FOR_ESCAPE, ESCAPE)
        text = shown(pasted)
        if text != pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "):
            screen = self.screen
            if isinstance(screen, CalmScreen):
                screen.say_left_out()
        return events.Paste(text)

    def show_terminal_colours(self, has_them: bool) -> None:
        """Draw in the terminal's own colours from now on, or not any more; what is hidden stays hidden."""
        self._ansi_color_shown = True if self._is_without_colours or has_them else None
        if not self.is_hidden:
            self.ansi_color = self._ansi_color_shown

    # ------------------------------------------------------------------ hiding

    @property
    def is_hidden(self) -> bool:
        """Tell whether only a bare prompt is to be seen."""
        return self._hidden is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While everything is hidden only one key works."""
        return not self.is_hidden or action == "toggle_hidden"

    async def action_toggle_hidden(self) -> None:
        """Hide everything, or bring it back as it was."""
        from rchrp_goals.screens.shared.hidden import HiddenScreen

        if self._hidden is None:
            self._hidden = HiddenScreen()
            self._typed_before_hiding = list(self._waiting_input)
            self._waiting_input.clear()
            self.ansi_color = True
            self.clear_notifications()
            await self.push_screen(self._hidden)
            return
        self._hidden = None
        self.pop_screen()
        # what was typed while everything was hidden and still waits was meant for nothing
        self._waiting_input = deque(self._typed_before_hiding)
        self._typed_before_hiding.clear()
        self.call_later(self._let_go)
        self.ansi_color = self._ansi_color_shown
        waiting, self._until_shown = self._until_shown, []
        for show in waiting:
            show()

    @contextmanager
    def batch_update(self) -> Generator[None, None, None]:
        """Hold painting back, and let what is on top paint afterwards.

        Textual 8.2 tells the app alone that a batch is over. A screen that came to the top meanwhile would wait for the
        next key, and what F9 hid would go on standing there.
        """
        before = self.screen_stack[-1:]
        try:
            with super().batch_update():
                yield
        finally:
            on_top = self.screen_stack[-1:]
            if self.is_hidden or on_top != before:
                self.screen.refresh()
            elif on_top:
                self.screen.check_idle()

    def when_shown(self, show: Callable[[], object]) -> None:
        """Call ``show`` now, or, while everything is hidden, as soon as it is shown again."""
        if self.is_hidden:
            self._until_shown.append(show)
        else:
            show()

    async def push_screen_wait(self, screen: Any, *, mode: str | None = None) -> Any:
        """Show a page, after the hiding if everything is hidden, and wait for what it gives back."""
        while self.is_hidden:
            shown: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.when_shown(partial(_say_shown, shown))
            await shown
        return await super().push_screen_wait(screen, mode=mode)

    def pop_screen(self) -> AwaitComplete:
        """Close the page on top; what hides everything stays over whatever closes meanwhile."""
        if self.is_hidden:
            self.when_shown(super().pop_screen)
            return AwaitComplete()
        return super().pop_screen()

    async def wait_for(self, page: Screen[Any]) -> Any:
        """Show a page, after the hiding if everything is hidden, and wait for what it gives back. From a worker only."""
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def give_back(result: object) -> None:
            if not done.done():  # whoever waited for it may be gone: the same was asked twice in a hurry
                done.set_result(result)

        self.when_shown(lambda: self.push_screen(page, give_back))
        return await done


def _say_shown(shown: asyncio.Future[None]) -> None:
    if not shown.done():  # whoever waited for it may be gone
        shown.set_result(None)
