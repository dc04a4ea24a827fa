"""Where one is in a question or a form: it is found again when that is made anew in another language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from textual.widget import Widget
from textual.widgets import Input, TextArea


class CursorPlace(NamedTuple):
    """The part that has the focus, counted among those that can have it, and where the cursor stands in it."""

    at: int
    cursor: Any = None

    @classmethod
    def of(cls, parts: Iterable[Widget], focused: Widget | None) -> CursorPlace | None:
        """Return the place of what has the focus; None where that is none of the parts."""
        places = _places(parts)
        if focused is None or focused not in places:
            return None
        if isinstance(focused, Input):
            return cls(places.index(focused), focused.cursor_position)
        return cls(places.index(focused), focused.cursor_location if isinstance(focused, TextArea) else None)

    def go_to(self, parts: Iterable[Widget]) -> None:
        """Go to the same place among other parts; nowhere where there are not so many."""
        places = _places(parts)
        if self.at >= len(places):
            return
        part = places[self.at]
        if isinstance(part, Input):
            part.select_on_focus = False  # the next letter goes on with what was being typed
            part.cursor_position = self.cursor
        elif isinstance(part, TextArea):
            part.move_cursor(self.cursor)
        part.focus()


def _places(parts: Iterable[Widget]) -> list[Widget]:
    return [part for part in parts if part.focusable]
