"""A calm page of words with a few things to do under them: help, agreements, support, trouble, a pause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.safe import safe
from rchrp_goals.services.actions import ACTIONS
from widgets.flow import Flow
from widgets.plate import Plate

SCROLL_KEYS = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8, "space": 8}


class Choice(NamedTuple):
    """One thing to do on a page: what the page gives back, the id of its action (or ``enter``), and its words."""

    result: str
    id: str
    words: str
    is_accent: bool = False


class CalmPage(CalmScreen[str]):
    """A title, paragraphs, and plates; it gives back what was chosen, ``close`` on Escape. It changes nothing itself."""

    AUTO_FOCUS = ""
    CSS_PATH = "page.tcss"

    def title_words(self) -> str:
        """Return the title."""
        return ""

    def paragraphs(self) -> Sequence[Content]:
        """Return the paragraphs."""
        return ()

    def compose_more(self) -> ComposeResult:
        """Make what stands under the paragraphs."""
        yield from ()

    def choices(self) -> Sequence[Choice]:
        """Return what can be done, the likeliest last."""
        return (Choice("close", "enter", self.ui("app.go_back"), is_accent=True),)

    def compose(self) -> ComposeResult:
        """Make the page."""
        with Vertical(id="page"):
            with VerticalScroll(id="words", can_focus=False):
                if title := self.title_words():
                    yield Static(safe(title), classes="title")
                for paragraph in self.paragraphs():
                    yield Static(paragraph, classes="paragraph")
                yield from self.compose_more()
            with Flow(id="choices", gap=4, is_last_right=True):
                for choice in self.choices():
                    yield Plate(self._cap(choice), choice.words, key=choice.result, accent=choice.is_accent)
        yield self.foot_line()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return what can be done on this page."""
        return [(self._cap(choice), choice.words) for choice in self.choices()]

    def _cap(self, choice: Choice) -> str:
        return self.app.keys.cap(choice.id) if choice.id in ACTIONS else choice.id

    def _key(self, choice: Choice) -> str:
        return self.app.keys.key(choice.id) if choice.id in ACTIONS else choice.id

    async def on_key(self, event: events.Key) -> None:
        """Choose by key, and scroll."""
        chosen = next((one for one in self.choices() if self._key(one) in (event.key, event.character)), None)
        if chosen is not None:
            event.stop()
            await self.choose(chosen.result)
        elif event.key == "escape":
            event.stop()
            await self.choose("close")
        elif event.key in SCROLL_KEYS:
            event.stop()
            self.query_one("#words", VerticalScroll).scroll_relative(y=SCROLL_KEYS[event.key], animate=False)

    @on(Plate.Pressed)
    async def press_plate(self, event: Plate.Pressed) -> None:
        """Choose by plate."""
        event.stop()
        await self.choose(event.plate.key)

    async def choose(self, result: str) -> None:
        """Give back what was chosen; a page that stands at the bottom does it itself."""
        self.dismiss(result)
