"""A bare app around the widgets under test: it keeps every message of theirs and every key that they let through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from widgets.themes import DARK, LIGHT

M = TypeVar("M", bound=Message)

HOSTILE = [
    "[/]",
    "[@click=app.quit]x[/]",
    "[b]bold[/b] [$nothing]",
    "\\[",
    "{}",
    "%s",
    "\u200f\u05e2\u05d1\u05e8\u05d9\u05ea",
    "👩‍👩‍👧‍👦 家族",
]
"""Text that a person or another program may well write, and that must show as it is."""


class Host(App[None]):
    """Holds the widgets in a scroll, as a screen of the product would."""

    CSS = "VerticalScroll { padding: 0 4; scrollbar-size-vertical: 0; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget | Callable[[], Widget], light: bool = False) -> None:
        super().__init__()
        self.under_test = widgets
        self.is_light = light
        self.messages: list[Message] = []
        self.passed_keys: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"quiet": "#98a09c", "line": "#6b747b"}

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            for one in self.under_test:
                yield one if isinstance(one, Widget) else one()

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = LIGHT.name if self.is_light else DARK.name

    def on_key(self, event: Any) -> None:
        self.passed_keys.append(event.key)

    def keep(self, message: Message) -> None:
        """Keep a message of the kit."""
        if type(message).__module__.startswith("widgets."):
            self.messages.append(message)

    def run_at(self, width: int = 80, height: int = 24) -> AbstractAsyncContextManager[Pilot[None]]:
        """Run without a terminal."""
        return self.run_test(size=(width, height), message_hook=self.keep)

    def said(self, kind: type[M]) -> list[M]:
        """Every message of a kind so far, in order, each once."""
        unique = {id(message): message for message in self.messages if isinstance(message, kind)}
        return list(unique.values())


def lines(widget: Widget) -> list[str]:
    """What the widget's content shows, row by row, without blanks at the end."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.content_size.height)]


def shape(widget: Widget) -> list[list[tuple[str, bool, bool, bool]]]:
    """What the widget shows to somebody who sees no colour: text, bold, underline and reverse."""
    return [
        [
            (
                part.text,
                bool(part.style and part.style.bold),
                bool(part.style and part.style.underline),
                bool(part.style and part.style.reverse),
            )
            for part in strip
        ]
        for strip in widget.render_lines(Region(0, 0, *widget.outer_size))
    ]


def colours(widget: Widget) -> set[str]:
    """Every colour of text and ground that the widget shows, after the app's filters."""
    styles = [part.style for strip in widget.render_lines(Region(0, 0, *widget.outer_size)) for part in strip]
    both = [colour for style in styles if style for colour in (style.color, style.bgcolor)]
    return {colour.triplet.hex for colour in both if colour is not None and colour.triplet is not None}


async def is_seen_without_colour(build: Callable[[], Widget]) -> bool:
    """Whether the widget looks different with the focus than without it, colours left aside."""
    widget, other = build(), build()
    async with Host(widget, other).run_at() as pilot:
        widget.focus()
        await pilot.pause()
        with_focus = shape(widget)
        other.focus()
        await pilot.pause()
        return with_focus != shape(widget)
