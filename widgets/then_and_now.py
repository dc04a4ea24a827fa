"""Two placements of the same statements as connected dots, each with the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size, clamp
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from widgets.glyphs import choose_glyphs
from widgets.pictures import LAST, dots

WIDEST_STEP = 4
"""Cells from one place to the next where there is room."""
MEASURE = 71
"""The longest row of prose, in cells."""
NARROWEST_WORDS = 40
"""Cells in which words stand beside the line even if they wrap; with less room, only where all of them fit."""


@dataclass(frozen=True)
class Row:
    """One statement, where it stood then and stands now (0 to 10; None: passed, not asked), in words too."""

    statement: str
    then: int | None
    now: int | None
    words: str


@dataclass(frozen=True)
class Legend:
    """What the three dots mean, in the caller's words."""

    then: str
    now: str
    both: str


class ThenAndNow(Widget):
    """Rows of connected dots, drawn in one widget as high as its content; a picture that takes no focus.

    A statement is never shortened, it wraps. The words stand beside the line where there is room, else
    under it.
    """

    DEFAULT_CSS = """
    ThenAndNow { width: 1fr; height: auto; text-wrap: nowrap; }
    """

    overhang: reactive[int] = reactive(3, layout=True)
    """Empty cells left and right of the text."""
    ascii_glyphs: reactive[bool] = reactive(False, layout=True)

    def __init__(
        self,
        rows: Sequence[Row] = (),
        low: str = "",
        high: str = "",
        *,
        title: str = "",
        legend: Legend | None = None,
        overhang: int = 3,
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.low = low
        self.high = high
        self.title = title
        self.legend = legend
        self.set_reactive(ThenAndNow.overhang, overhang)
        self.set_reactive(ThenAndNow.ascii_glyphs, ascii_glyphs)
        self._rows = tuple(rows)
        self._lines: list[Content] = []
        self._lines_for: object = None

    # ------------------------------------------------------------------ setting the lines

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the width that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        return len(self._set_lines(width))

    def _set_lines(self, width: int) -> list[Content]:
        key = (width, self._rows, self.overhang, self.ascii_glyphs, self.low, self.high, self.title, self.legend)
        if key != self._lines_for:
            self._lines_for = key
            room = max(1, width - 2 * self.overhang)
            self._lines = self._head_lines(room)
            longest = max((Content(row.words).cell_length for row in self._rows), default=0)
            for row in self._rows:
                if self._lines:
                    self._lines.append(Content(""))
                self._lines += self._row_lines(row, room, min(NARROWEST_WORDS, longest))
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

    def _row_lines(self, row: Row, room: int, wanted: int) -> list[Content]:
        """Set one row; its words stand beside the line where ``wanted`` cells are free, else under it."""
        statement = Content.styled(row.statement, "$foreground")
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
        return lines

    def _picture_lines(self, row: Row, room: int) -> list[Content]:
        """Draw one line with its dots between the ends' words, or under them where they leave no room."""
        ends = [Content.styled(words, "$quiet") for words in (self.low, self.high)]
        taken = sum(end.cell_length + 1 for end in ends)
        if room - taken > LAST:
            step = min(WIDEST_STEP, (room - taken - 1) // LAST)
            return [Content.assemble(ends[0], " ", self._dots(row, step), " ", ends[1])]
        step = clamp((room - 1) // LAST, 1, WIDEST_STEP)
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
        content = Content.assemble(" " * self.overhang, lines[y])
        content = content.pad_right(max(0, width - content.cell_length))
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
        text = "\n".join(" " * self.overhang + line.plain for line in lines)
        return selection.extract(text), "\n"


if __name__ == "__main__":
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

    DemoApp(
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
