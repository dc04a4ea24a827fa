"""The row of rooms at the top: where one is, and a click away every other room."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from rchrp_goals.content import Words
from rchrp_goals.screens.safe import safe
from rchrp_goals.services.place import Place
from rchrp_goals.services.rooms.reading import DOORS
from widgets.glyphs import choose_glyphs

_GAP, _CLOSE = 3, 2
"""Cells between two names, and between those that have no room to stand further apart."""


class RoomsLine(Widget):
    """The names of the rooms side by side; the one that one is in is bold, and a line stands under it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RoomsLine { height: 2; width: 1fr; text-wrap: nowrap; pointer: pointer; }
    """

    words: reactive[Words | None] = reactive(None)
    day: reactive[str] = reactive("")
    """Which day it is, at the right edge where there is room."""
    ascii_glyphs: reactive[bool] = reactive(False)

    @dataclass
    class Chosen(Message):
        """The person clicked the name of a room."""

        place: Place

    def __init__(self, words: Words, here: str, *, ascii_glyphs: bool = False) -> None:
        super().__init__()
        self.here = here
        self.set_reactive(RoomsLine.ascii_glyphs, ascii_glyphs)
        self.set_reactive(RoomsLine.words, words)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two rows: the names, and the line under one of them."""
        return 2

    def render(self) -> Content:
        """Draw the names that fit, and the line."""
        glyphs = choose_glyphs(self.ascii_glyphs)
        names, line = Content(""), Content("")
        for start, room, name in self._places():
            is_here = room == self.here
            names = names.pad_right(start - names.cell_length).append(
                name.stylize("bold $foreground") if is_here else name.stylize("$quiet")
            )
            if is_here:
                line = Content(" " * start).append(safe(glyphs.heavy_line * name.cell_length).stylize("$primary"))
        day = safe(self.day).stylize("$quiet")
        gap = self.content_size.width - names.cell_length - day.cell_length
        if day.plain and gap >= _GAP:
            names = names.pad_right(gap).append(day)
        return Content("\n").join([names, line])

    def on_click(self, event: events.Click) -> None:
        """Go to the room under the mouse."""
        event.stop()
        where = event.get_content_offset(self)
        for start, room, name in self._places():
            if where is not None and start <= where.x < start + name.cell_length:
                self.post_message(self.Chosen(Place(room)))

    def _places(self) -> list[tuple[int, str, Content]]:
        places, x, words = [], 0, self.words
        if words is None:
            return []
        names = [(door, safe(words.ui(f"rooms.name.{door.name}"))) for door in DOORS]
        taken = sum(name.cell_length for _, name in names) + _GAP * (len(names) - 1)
        gap = _GAP if taken <= self.content_size.width else _CLOSE
        for door, name in names:
            if x + name.cell_length > self.content_size.width:
                break
            places.append((x, door.name, name))
            x += name.cell_length + gap
        return places
