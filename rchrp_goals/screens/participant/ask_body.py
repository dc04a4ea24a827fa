"""The middle of the ask screen: what is asked and where it is written, always scrolled to where the person is.

Where it stands follows from what the person is at and from the layout alone, never from the order in which keys, focus
and layouts came about. So whatever in it wants to be brought into sight (a list its cursor, Textual a focused widget)
is answered by the one rule here, and the rule is applied once more after every layout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.containers import VerticalScroll
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea

from widgets.choice_list import ChoiceList
from widgets.continuum import Continuum
from widgets.sight import top_within

Rows = tuple[int, int]
"""The first row of something, and the one after its last, counted from the top of what is scrolled."""


class AskBody(VerticalScroll, can_focus=False):
    """Keeps in sight what ``wanted`` names; a person who scrolls is let be until ``look`` is called for something new."""

    def __init__(self, wanted: Callable[[], Sequence[Rows]], *, id: str) -> None:
        super().__init__(id=id)
        self._wanted = wanted
        self._stands_at: int | None = 0
        self._is_held = False

    def on_mount(self) -> None:
        """Look after every layout."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._look_again, immediate=True)

    def begin(self) -> None:
        """Look from the beginning on."""
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.look()

    def look(self) -> None:
        """Bring what is wanted now into sight, wherever the person had scrolled to."""
        self._stands_at = None
        self._look()

    def hold(self, *, is_held: bool) -> None:
        """Stay as it is while a button of the mouse is down, and until its click has come: what is under it is meant."""
        self._is_held = is_held

    def scroll_to_region(self, region: Region, **options: Any) -> Offset:
        """Look by the one rule, whatever part of this wants to be seen."""
        self._look()
        return Offset()

    def _look_again(self, _: Screen[Any]) -> None:
        self._look()

    def _look(self) -> None:
        here = self.scroll_offset.y
        has_scrolled = self._stands_at is not None and here != min(self._stands_at, self.max_scroll_y)
        if not self.size or self._is_held or has_scrolled:
            return
        at = place_for(self._wanted(), here, self.size.height, self.max_scroll_y)
        self._stands_at = at
        if at != here:
            self.scroll_to(y=at, animate=False, force=True, immediate=True)


def place_for(wanted: Sequence[Rows], here: int, height: int, last: int) -> int:
    """Return the row to scroll to: as near to the beginning as it goes with what is wanted in sight.

    ``wanted``: the most important first; of what does not fit beside it, as much is shown as goes. What is higher than
    the window is left to its parts, and is scrolled no further from ``here`` than they ask for. ``last``: the last row
    that can be scrolled to.
    """
    first_place, last_place, is_high = 0, last, False
    for top, bottom in wanted:
        if bottom - top > height:
            is_high = True
        elif bottom - height > last_place:
            first_place = last_place
        elif top < first_place:
            last_place = first_place
        else:
            first_place, last_place = max(first_place, bottom - height), min(last_place, top)
    return min(max(here, first_place), last_place) if is_high else first_place


def rows_of(widget: Widget, body: AskBody) -> list[Rows]:
    """Return the rows of something in the body, as a list of one; an empty one where it is not shown."""
    region = widget.virtual_region
    if not region or not widget.display:
        return []
    top = top_within(widget, body) - widget.gutter.top
    return [(top, top + region.height)]


def rows_at_cursor(widget: Widget, body: AskBody) -> list[Rows]:
    """Return the rows that the person is at: of a list and a long text the cursor's, of a ruler the line's, else all."""
    if not widget.virtual_region:
        return []
    if isinstance(widget, ChoiceList):
        first, height = widget.cursor_rows
    elif isinstance(widget, Continuum):
        first, height = widget.line_rows
    elif isinstance(widget, TextArea):
        first, height = widget.wrapped_document.location_to_offset(widget.cursor_location).y - widget.scroll_offset.y, 1
    else:
        return rows_of(widget, body)
    top = top_within(widget, body) + first
    return [(top, top + height)]
