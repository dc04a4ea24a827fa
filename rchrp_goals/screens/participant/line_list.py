"""Rows of text in one widget, however many: some belong to a line that can be opened, the rest only stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size, clamp
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from widgets.sight import bring_into_sight

MARK, MARK_ASCII = "›", ">"
NARROW = 60
"""Cells below which a screen is narrow."""


class DrawnRow(NamedTuple):
    """One row as it is drawn at some width; ``key`` names the line that it belongs to, empty for none.

    One that is ``is_aside`` is no bolder under the cursor than elsewhere.
    """

    content: Content
    key: str = ""
    is_aside: bool = False


class LineList(Widget, can_focus=True):
    """Lines with a cursor: up and down move it, Enter or a click opens the line under it.

    A subclass draws its rows for a width (``draw``); they are kept until the width or the content changes. The cursor's
    rows are shown by a mark, bold letters and a ground of their own: never by colour alone. ``margin`` cells on each side
    lie outside the text's edges.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LineList { width: 1fr; height: auto; text-wrap: nowrap; pointer: pointer; }
    """

    cursor: reactive[str] = reactive("")
    """The key of the line under the cursor; empty where nothing can be opened."""
    ascii_glyphs: reactive[bool] = reactive(False)

    @dataclass
    class Opened(Message):
        """The person opened a line, by Enter or a click."""

        line_list: LineList
        key: str

        @property
        def control(self) -> LineList:
            """The widget that posted this."""
            return self.line_list

    @dataclass
    class Moved(Message):
        """The cursor stands on another line."""

        line_list: LineList

        @property
        def control(self) -> LineList:
            """The widget that posted this."""
            return self.line_list

    def __init__(self, *, ascii_glyphs: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(LineList.ascii_glyphs, ascii_glyphs)
        self._drawn: list[DrawnRow] = []
        self._drawn_width = -1
        self._keys: list[str] = []
        self.can_focus = False

    # ------------------------------------------------------------------ what it holds

    def draw(self, width: int) -> Iterable[DrawnRow]:
        """Give the rows at a width of text."""
        raise NotImplementedError

    def set_keys(self, keys: Sequence[str]) -> None:
        """Say which lines can be opened, in order, after the content has changed; the cursor stays where it can."""
        before, at = self._keys, self._keys.index(self.cursor) if self.cursor in self._keys else 0
        self._keys = list(keys)
        self._drawn_width = -1
        self.can_focus = bool(self._keys)
        if self.cursor not in self._keys:
            still = [key for key in before[at:] if key in self._keys] + self._keys[max(0, at - 1) :][:1]
            self.cursor = (still or [""])[0]
        if self.has_focus and not self._keys:
            self.blur()
        self.refresh(layout=True)

    def redraw(self) -> None:
        """Draw the rows anew: how a line looks has changed."""
        self._drawn_width = -1
        self.refresh(layout=True)

    @property
    def keys(self) -> Sequence[str]:
        """The lines that can be opened."""
        return self._keys

    @property
    def rows(self) -> list[DrawnRow]:
        """The rows at the width as it is."""
        return self._rows_at(self.content_size.width)

    def _rows_at(self, width: int) -> list[DrawnRow]:
        if width != self._drawn_width:
            self._drawn_width = width
            self._drawn = list(self.draw(max(1, width - 2 * self.margin(width))))
        return self._drawn

    def margin(self, width: int) -> int:
        """Return the cells on each side of the text, at a width of the whole."""
        return 2 if self.app.size.width < NARROW else 3

    # ------------------------------------------------------------------ drawing

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the width that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows at this width."""
        return len(self._rows_at(width))

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width = self.content_size.width
        rows = self._rows_at(width)
        if y >= len(rows):
            return Strip.blank(width, self.visual_style.rich_style)
        row = rows[y]
        is_here = bool(row.key) and self.has_focus and row.key == self.cursor
        is_first = is_here and (y == 0 or rows[y - 1].key != row.key)
        content = Content.assemble(self._edge(self.margin(width), is_first=is_first), row.content)
        content = content.pad_right(max(0, width - content.cell_length))
        if is_here:
            content = (content if row.is_aside else content.stylize("bold")).stylize_before("on $panel")
        return Visual.to_strips(self, content, width, 1, self.visual_style)[0]

    def _edge(self, margin: int, *, is_first: bool) -> Content:
        if not is_first:
            return Content(" " * margin)
        mark = Content.styled(MARK_ASCII if self.ascii_glyphs else MARK, "bold $accent")
        return Content.assemble(" " * (margin - 2), mark, " ")

    def watch_cursor(self) -> None:
        """Keep what is under the cursor in sight."""
        if self.is_attached and self.has_focus:
            self.call_after_refresh(self.show_cursor)
            self.post_message(self.Moved(self))

    def show_cursor(self) -> None:
        """Scroll whatever holds this until the cursor's rows are in sight."""
        mine = [y for y, row in enumerate(self.rows) if row.key and row.key == self.cursor]
        if mine:
            bring_into_sight(self, mine[0], mine[-1] - mine[0] + 1)

    # ------------------------------------------------------------------ what the person does

    def move_cursor(self, by: int) -> bool:
        """Move the cursor by lines; False where it stands at the end already."""
        if not self._keys:
            return False
        at = self._keys.index(self.cursor)
        to = clamp(at + by, 0, len(self._keys) - 1)
        self.cursor = self._keys[to]
        return to != at

    def on_key(self, event: events.Key) -> None:
        """Move and open by key; what is no key of the list passes on, and so does a step past its end."""
        moves = {"up": -1, "down": 1, "home": -len(self._keys), "end": len(self._keys)}
        if event.key in moves:
            if not self.move_cursor(moves[event.key]):
                return
        elif event.key == "enter" and self.cursor:
            self.choose(self.cursor)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Open the line that was clicked."""
        where = event.get_content_offset(self)
        rows = self.rows
        key = rows[where.y].key if where is not None and where.y < len(rows) else ""
        if key in self._keys:
            event.stop()
            self.cursor = key
            self.choose(key)

    def choose(self, key: str) -> None:
        """Do what Enter or a click on a line means: open it."""
        self.post_message(self.Opened(self, key))

    def on_focus(self) -> None:
        """Bring the cursor's row into sight when the list is reached by Tab."""
        self.call_after_refresh(self._show_cursor_if_here)

    def on_resize(self) -> None:
        """Keep the cursor's row in sight when the window becomes another one."""
        if self.has_focus:
            self.call_after_refresh(self._show_cursor_if_here)

    def _show_cursor_if_here(self) -> None:
        """Scroll to the cursor, unless the focus has gone on meanwhile: then what is looked at is elsewhere."""
        if self.has_focus:
            self.show_cursor()
