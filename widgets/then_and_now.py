"""Two placements of the same statements as connected dots, each with the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size, clamp
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from widgets.glyphs import choose_glyphs
from widgets.pictures import LAST, dots
from widgets.sight import bring_into_sight

WIDEST_STEP = 4
"""Cells from one place to the next where there is room, unless the caller wants a shorter line."""
MEASURE = 71
"""The longest row of prose, in cells."""
NARROWEST_WORDS = 40
"""Cells in which words stand beside the line even if they wrap; with less room, only where all of them fit."""


@dataclass(frozen=True)
class Row:
    """One statement, where it stood then and stands now (0 to 10; None: passed, not asked), in words too.

    ``detail`` (with ``detail_label`` before it, quieter) opens under the row while the cursor is on it.
    """

    statement: str
    then: int | None
    now: int | None
    words: str
    detail: str = ""
    detail_label: str = ""


@dataclass(frozen=True)
class Legend:
    """What the three dots mean, in the caller's words."""

    then: str
    now: str
    both: str


class ThenAndNow(Widget, can_focus=True):
    """Rows of connected dots, drawn in one widget as high as its content.

    A statement is never shortened, it wraps. The words stand beside the line where there is room, else
    under it. With a cursor, up and down move it, its row opens its detail, Enter or a click posts
    ``Opened``; ``is_still=True`` makes a picture without a cursor that Tab leaves out.
    """

    DEFAULT_CSS = """
    ThenAndNow { width: 1fr; height: auto; text-wrap: nowrap; }
    """

    cursor: reactive[int] = reactive(0, layout=True)
    """The row under the cursor, from 0."""
    overhang: reactive[int] = reactive(3, layout=True)
    """Cells left and right of the text that only the cursor's row fills."""
    ascii_glyphs: reactive[bool] = reactive(False, layout=True)

    @dataclass
    class Highlighted(Message):
        """The person moved the cursor to another row."""

        then_and_now: ThenAndNow
        at: int

        @property
        def control(self) -> ThenAndNow:
            """The widget that posted this."""
            return self.then_and_now

    @dataclass
    class Opened(Message):
        """The person pressed Enter on a row, or clicked the row under the cursor."""

        then_and_now: ThenAndNow
        at: int

        @property
        def control(self) -> ThenAndNow:
            """The widget that posted this."""
            return self.then_and_now

    def __init__(
        self,
        rows: Sequence[Row] = (),
        low: str = "",
        high: str = "",
        *,
        title: str = "",
        legend: Legend | None = None,
        is_still: bool = False,
        widest_step: int = WIDEST_STEP,
        overhang: int = 3,
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.can_focus = not is_still
        self.low = low
        self.high = high
        self.title = title
        self.legend = legend
        self.widest_step = widest_step
        self.set_reactive(ThenAndNow.overhang, overhang)
        self.set_reactive(ThenAndNow.ascii_glyphs, ascii_glyphs)
        self._rows = tuple(rows)
        self._lines: list[tuple[int | None, Content]] = []
        self._lines_for: object = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they stand."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._rows = tuple(rows)
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh(layout=True)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return clamp(cursor, 0, max(0, len(self._rows) - 1))

    # ------------------------------------------------------------------ setting the lines

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the width that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        return len(self._set_lines(width))

    def _set_lines(self, width: int) -> list[tuple[int | None, Content]]:
        """Set every line: which row it belongs to (the cursor's has a blank edge of its own), its content."""
        open_row = self.cursor if self.has_focus else None
        key = (
            width,
            open_row,
            self._rows,
            self.overhang,
            self.ascii_glyphs,
            self.low,
            self.high,
            self.title,
            self.legend,
        )
        if key != self._lines_for:
            self._lines_for = key
            room = max(1, width - 2 * self.overhang)
            self._lines = [(None, line) for line in self._head_lines(room)]
            longest = max((Content(row.words).cell_length for row in self._rows), default=0)
            wanted = min(NARROWEST_WORDS, longest)
            for at, row in enumerate(self._rows):
                is_open = at == open_row
                edge = [(at, Content(""))] if is_open else []
                if self._lines:
                    self._lines.append((None, Content("")))
                self._lines += [*edge, *((at, line) for line in self._row_lines(row, room, wanted, is_open)), *edge]
        return self._lines

    def _head_lines(self, room: int) -> list[Content]:
        """Set the title and the legend: on one line where both fit, else one under the other."""
        title = Content.styled(self.title, "bold $foreground")
        if self.legend is None:
            return title.wrap(room) if title else []
        glyphs = choose_glyphs(self.ascii_glyphs)
        marks = ((glyphs.then, "$secondary"), (glyphs.now, "$primary"), (glyphs.both, "$primary"))
        words = (self.legend.then, self.legend.now, self.legend.both)
        entries = [Content.assemble(mark, " ", text) for mark, text in zip(marks, words, strict=True)]
        row = Content("    ").join(entries)
        if title.cell_length + 4 + row.cell_length <= room:
            return [title.pad_right(room - title.cell_length - row.cell_length) + row]
        head = title.wrap(room) if title else []
        return head + ([row] if row.cell_length <= room else [line for entry in entries for line in entry.wrap(room)])

    def _row_lines(self, row: Row, room: int, wanted: int, is_open: bool) -> list[Content]:
        """Set one row; its words stand beside the line where ``wanted`` cells are free, else under it."""
        statement = Content.styled(row.statement, "bold $foreground" if is_open else "$foreground")
        lines = statement.wrap(min(room, MEASURE))
        picture = self._picture_lines(row, room)
        words = Content.styled(row.words, "$foreground")
        free = room - picture[-1].cell_length
        gap = next((gap for gap in (4, 2) if free - gap >= wanted), None)
        if gap is not None:
            beside = free - gap
            first, *rest = words.wrap(beside)
            lines += [*picture[:-1], Content.assemble(picture[-1], " " * gap, first)]
            lines += [Content.assemble(" " * (room - beside), line) for line in rest]
        else:
            lines += [*picture, *words.wrap(room)]
        if is_open and row.detail:
            label = Content.styled(f"{row.detail_label} ", "$quiet") if row.detail_label else Content("")
            lines.append(Content(""))
            lines += label.append(Content.styled(row.detail, "$foreground")).wrap(min(room, MEASURE))
        return lines

    def _picture_lines(self, row: Row, room: int) -> list[Content]:
        """Draw one line with its dots between the ends' words, or under them where they leave no room."""
        ends = [Content.styled(words, "$quiet") for words in (self.low, self.high)]
        taken = sum(end.cell_length + 1 for end in ends)
        if room - taken > LAST:
            step = min(self.widest_step, (room - taken - 1) // LAST)
            return [Content.assemble(ends[0], " ", self._dots(row, step), " ", ends[1])]
        step = clamp((room - 1) // LAST, 1, self.widest_step)
        above = [line for end in ends for line in end.wrap(room)]
        return [*above, self._dots(row, step)]

    def _dots(self, row: Row, step: int) -> Content:
        return dots(row.then, row.now, step, ascii_glyphs=self.ascii_glyphs)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.content_size.width
        lines = self._set_lines(width)
        if y >= len(lines):
            return Strip.blank(width, self.visual_style.rich_style)
        at, content = lines[y]
        content = Content.assemble(" " * self.overhang, content)
        content = content.pad_right(max(0, width - content.cell_length))
        if self.has_focus and at == self.cursor:
            content = content.stylize_before("on $surface")
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            start, end = span
            selected = Style.from_styles(self.screen.get_component_styles("screen--selection"))
            content = content.stylize(selected, start, len(content.plain) if end == -1 else end)
        strip = Visual.to_strips(self, content, width, 1, self.visual_style, apply_selection=False)[0]
        return strip.apply_offsets(0, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the text that was marked with the mouse."""
        lines = self._set_lines(self.content_size.width)
        text = "\n".join(" " * self.overhang + line.plain for _, line in lines)
        return selection.extract(text), "\n"

    # ------------------------------------------------------------------ keys and mouse

    def on_focus(self) -> None:
        """Open the row under the cursor."""
        self.refresh(layout=True)
        self.call_after_refresh(self._show_cursor)

    def on_blur(self) -> None:
        """Close the row under the cursor."""
        self.refresh(layout=True)

    def watch_cursor(self) -> None:
        """Keep what is under the cursor in sight."""
        if self.is_attached:
            self.call_after_refresh(self._show_cursor)

    def on_resize(self) -> None:
        """Keep what is under the cursor in sight at another width."""
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        mine = [y for y, (at, _) in enumerate(self._set_lines(self.content_size.width)) if at == self.cursor]
        if not mine or not self.has_focus:
            return
        bring_into_sight(self, mine[0], len(mine))

    def move_cursor(self, at: int) -> None:
        """Move the cursor as the person does: posts ``Highlighted`` if it moved."""
        before = self.cursor
        self.cursor = at
        if self.cursor != before:
            self.post_message(self.Highlighted(self, self.cursor))

    def on_key(self, event: events.Key) -> None:
        """Move the cursor, open a row; every other key passes on."""
        if not self._rows:
            return
        if event.key in ("up", "down"):
            self.move_cursor(self.cursor + (1 if event.key == "down" else -1))
        elif event.key in ("home", "end"):
            self.move_cursor(0 if event.key == "home" else len(self._rows) - 1)
        elif event.key == "enter":
            self.post_message(self.Opened(self, self.cursor))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked; a click on the cursor's row opens it."""
        where = event.get_content_offset(self)
        lines = self._set_lines(self.content_size.width)
        at = lines[where.y][0] if where is not None and where.y < len(lines) else None
        if at is None or not self.can_focus:
            return
        event.stop()
        if at == self.cursor and event.chain > 1:
            self.post_message(self.Opened(self, at))
        self.move_cursor(at)


if __name__ == "__main__":
    from textual import on

    from widgets.demo import DemoApp

    ROWS = [
        Row(
            "I can support a person well when the goal they choose is one I would not choose for myself.",
            3,
            7,
            "Day One: at 3. Now: at 7, leaning toward agree.",
        ),
        Row(
            "Someone who uses drugs can be in recovery.",
            2,
            7,
            "Day One: at 2. Now: at 7, leaning toward agree.",
            "I sat with Dee for a year. Nobody could tell me that was nothing.",
            "Why, in my words:",
        ),
        Row(
            "Abstinence should stay the long-term aim of every recovery plan.",
            8,
            6,
            "Day One: at 8. Now: at 6, leaning toward agree.",
        ),
        Row(
            "Some substances are too dangerous for a harm reduction approach.",
            5,
            5,
            "Day One: at 5. Now: at 5. It stayed.",
        ),
        Row(
            "My own pathway makes me a better coach for every pathway.",
            9,
            None,
            "Day One: at 9. Now: passed.",
        ),
        Row(
            "The words I use change what support people can reach.",
            9,
            10,
            "Day One: at 9. Now: at 10, strongly agree.",
        ),
    ]

    class ThenAndNowDemo(DemoApp):
        """Six statements, each looked at twice."""

        @on(ThenAndNow.Highlighted)
        @on(ThenAndNow.Opened)
        def show_message(self, message: ThenAndNow.Highlighted | ThenAndNow.Opened) -> None:
            """Show what came."""
            self.say(message)

    ThenAndNowDemo(
        lambda: [
            ThenAndNow(
                ROWS,
                "disagree",
                "agree",
                title="Then and now",
                legend=Legend("Day One, 3 Nov", "now, 5 Nov", "both"),
            )
        ],
        is_bare=True,
    ).run()
