"""The last row of every screen: the keys that work everywhere, and in its corner the way to leave at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from rchrp_goals.screens.safe import safe


class FootItem(NamedTuple):
    """One key, its word, and the action that a click on it runs (empty: it only says the key).

    ``rank`` says what goes first where the row is too narrow: the highest number.
    """

    key: str
    words: str
    action: str = ""
    rank: int = 1


class FootLine(Widget):
    """Keys from the left edge on, the corner's own at the right edge; what does not fit is left out, never cut."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FootLine {
        dock: bottom; height: 1; width: 100%; background: $surface; text-wrap: nowrap; padding: 0 5 0 4; pointer: pointer;
    }
    """

    items: reactive[tuple[FootItem, ...]] = reactive(())
    corner: reactive[FootItem | None] = reactive(None)

    @dataclass
    class Pressed(Message):
        """The person clicked one of the keys."""

        action: str

    def __init__(self, items: Sequence[FootItem] = (), corner: FootItem | None = None) -> None:
        super().__init__()
        self.set_reactive(FootLine.items, tuple(items))
        self.set_reactive(FootLine.corner, corner)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row, always."""
        return 1

    def render(self) -> Content:
        """Draw the keys that fit."""
        width = self.content_size.width
        row = Content("")
        for at, (start, item) in enumerate(self._places(width)):
            row = row.pad_right(start - row.cell_length if at or start else 0).append(_drawn(item))
        return row

    def on_click(self, event: events.Click) -> None:
        """Run the action of the key under the mouse."""
        event.stop()
        where = event.get_content_offset(self)
        if where is None:
            return
        for start, item in self._places(self.content_size.width):
            if item.action and start <= where.x < start + _drawn(item).cell_length:
                self.post_message(self.Pressed(item.action))

    def _places(self, width: int) -> list[tuple[int, FootItem]]:
        """Return where each key that fits begins; the corner's is the last."""
        corner = [] if self.corner is None else [self.corner]
        room = width - sum(_drawn(item).cell_length for item in corner)
        kept = list(self.items)
        gap = 3
        while kept and sum(_drawn(item).cell_length + gap for item in kept) > room:
            if gap > 2:
                gap -= 1  # a key less is more of a loss than a little space
                continue
            kept.remove(max(reversed(kept), key=lambda item: item.rank))
        places = []
        x = 0
        for item in kept:
            places.append((x, item))
            x += _drawn(item).cell_length + gap
        return [*places, *((width - _drawn(item).cell_length, item) for item in corner)]


def _drawn(item: FootItem) -> Content:
    return Content.assemble(safe(item.key).stylize("bold $foreground"), " ", safe(item.words).stylize("$quiet"))
