"""The sections of a room as rows of one widget: headings, rows with what stands beside them, small pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from textual import events
from textual.content import Content
from textual.geometry import clamp

from rchrp_goals.screens.participant.line_list import DrawnRow, LineList
from rchrp_goals.screens.participant.room_table import GAP, LEAST_BESIDE, SIDE_BY_SIDE, Column, Table
from rchrp_goals.screens.safe import safe
from rchrp_goals.services.room import Bar, Dots, Legend, Row, Section, Standing, Strip
from widgets.glyphs import choose_glyphs
from widgets.pictures import LAST, bar, dots, strip

AT_ONCE = 60
"""Rows of a section that stand there at first; a last line brings as many again."""
MORE = "more:"
"""The key of that line: this and the section's number."""
_LEAST_SAID = 36
"""Cells beside a picture from which on its words stand there, in two lines where they must."""
_BAR = 16
_MEASURE = 72
"""Cells that a line of prose takes at most."""
_EDGE = 88
"""Cells at which a day ends at most: further away, nobody sees whose it is."""


class RoomLines(LineList):
    """Some sections of a room; the cursor goes through every row that something can be done with."""

    def __init__(self, *, ascii_glyphs: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_glyphs=ascii_glyphs, id=id)
        self._sections: tuple[Section, ...] = ()
        self._more = ""
        self._shown: dict[str, int] = {}
        self._has_details = False
        self._has_just_opened = False

    def show(self, sections: Sequence[Section], more: str) -> None:
        """Show other sections; ``more`` is the sentence of the line that brings further rows."""
        self._sections, self._more = tuple(sections), more
        self._has_details = any(row.detail for section in sections for row in section.rows)
        self.display = bool(sections)
        self._take_keys()

    def show_more(self, key: str) -> None:
        """Bring further rows of the section whose last line this is; the cursor goes to the first of them."""
        number = int(key.removeprefix(MORE))
        section = self._sections[number]
        had = self._count(section)
        self._shown[section.heading] = had + AT_ONCE
        self._take_keys()
        first = next((row.key for row in section.rows[had:] if row.actions), "")
        if first:
            self.cursor = first

    def reveal(self, key: str) -> None:
        """Put the cursor on a row, and bring its part of the section where it stands further down."""
        for section in self._sections:
            at = next((at for at, row in enumerate(section.rows) if row.key == key and row.actions), -1)
            if at >= 0:
                self._shown[section.heading] = max(self._count(section), at + 1)
                self._take_keys()
                self.cursor = key
                return

    def _count(self, section: Section) -> int:
        return self._shown.get(section.heading, section.at_once or AT_ONCE)

    def _take_keys(self) -> None:
        keys = []
        for number, section in enumerate(self._sections):
            count = self._count(section)
            keys += [row.key for row in section.rows[:count] if row.key and row.actions]
            if len(section.rows) > count:
                keys.append(f"{MORE}{number}")
        self.set_keys(keys)

    # ------------------------------------------------------------------ what opens under the cursor

    def watch_cursor(self) -> None:
        """Open what belongs to the row under the cursor, and close what was open."""
        if self._has_details and self.has_focus:
            self.redraw()
        super().watch_cursor()

    def on_focus(self) -> None:
        """Open what belongs to the row under the cursor."""
        self._has_just_opened = True
        if self._has_details:
            self.redraw()

    def on_blur(self) -> None:
        """Close it: nobody looks at the row."""
        if self._has_details:
            self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Take note that somebody is here already; a list's own keys are the list's."""
        self._has_just_opened = False

    def on_click(self, event: events.Click) -> None:
        """Open what belongs to the row that was clicked; where that is open already, the list does as every list."""
        where = event.get_content_offset(self)
        key = self.rows[where.y].key if where is not None and where.y < len(self.rows) else ""
        is_open = key == self.cursor and not self._has_just_opened
        self._has_just_opened = False
        if self._has_detail(key) and not is_open:
            event.stop()
            event.prevent_default()
            self.cursor = key

    def _has_detail(self, key: str) -> bool:
        return any(row.detail for section in self._sections for row in section.rows if key and row.key == key)

    # ------------------------------------------------------------------ drawing

    def draw(self, width: int) -> Iterator[DrawnRow]:
        """Draw every section, a blank row between two."""
        for number, section in enumerate(self._sections):
            if number:
                yield DrawnRow(Content(""))
                if self.app.size.height >= 30:
                    yield DrawnRow(Content(""))
            yield from self._draw_section(section, number, width)

    def _draw_section(self, section: Section, number: int, width: int) -> Iterator[DrawnRow]:
        count = self._count(section)
        shown = section.rows[:count]
        table = Table.of(section, shown, width)
        columns = table.columns
        if section.heading:
            heading = safe(section.heading).stylize("$quiet")
            room = width - table.taken
            lines = [line.rstrip() for line in heading.wrap(max(1, room))]
            for line in lines[:-1]:
                yield DrawnRow(line)
            last = lines[-1].pad_right(room - lines[-1].cell_length)
            for column in columns:
                last = last.append(column.set(safe(column.head).stylize("$quiet")))
            if section.legend is not None:
                yield from (DrawnRow(line) for line in self._legend(lines[-1], section.legend, width))
            else:
                yield DrawnRow(last)
            yield DrawnRow(Content(""))
        if section.about:
            for line in _prose(safe(section.about).stylize("$quiet"), width):
                yield DrawnRow(line)
            yield DrawnRow(Content(""))
        if not section.rows and section.empty:
            for line in _prose(safe(section.empty).stylize("$quiet"), width):
                yield DrawnRow(line)
        labels = _label_width(shown, width)
        for at, row in enumerate(shown):
            if at and (section.is_loose or _stands_apart(row) or _is_stacked(row, width, labels)):
                yield DrawnRow(Content(""))
            key = row.key if row.actions else ""
            for line in self._draw_row(row, width, table, labels):
                yield DrawnRow(line, key)
            for line in self._detail(row, width):
                yield DrawnRow(line, key, is_aside=True)
        if len(section.rows) > count:
            yield DrawnRow(Content(""))
            yield DrawnRow(safe(self._more).stylize("$quiet"), f"{MORE}{number}")

    def _legend(self, heading: Content, legend: Legend, width: int) -> Iterator[Content]:
        """Say what the marks mean, at the right edge of the heading's line, else under it."""
        if legend.between and width < SIDE_BY_SIDE:  # a road stands in words alone there
            yield heading
            return
        glyphs = choose_glyphs(self.ascii_glyphs)
        marks = (
            (glyphs.then, "$secondary", legend.then),
            (glyphs.now, "$primary", legend.now),
            (glyphs.both, "$primary", legend.both),
            (glyphs.on_the_way, "$secondary", legend.between),
        )
        drawn = [
            Content.assemble(safe(glyph).stylize(style), " ", safe(words).stylize("$quiet"))
            for glyph, style, words in marks
            if words
        ]
        row = Content("    ").join(drawn)
        if heading.cell_length + GAP + row.cell_length <= width:
            yield heading.pad_right(width - heading.cell_length - row.cell_length).append(row)
            return
        yield heading
        yield from [row] if row.cell_length <= width else drawn

    def _draw_row(self, row: Row, width: int, table: Table, labels: int) -> Iterator[Content]:
        if row.title:
            yield from (line.rstrip() for line in safe(row.title).stylize("bold").wrap(width))
        if isinstance(row.picture, Bar):
            yield from self._draw_bar(row, row.picture, width, labels)
        elif table.first:
            yield from self._draw_after(row, width, table)
        else:
            yield from self._draw_text(row, width, table)
            if isinstance(row.picture, Dots):
                yield from self._draw_dots(row, row.picture, width)
            elif isinstance(row.picture, Strip):
                names, line = strip(row.picture.months, ascii_glyphs=self.ascii_glyphs)
                if line.cell_length <= width:
                    yield from (Content(""), safe(names.plain).stylize("$quiet"), line)
        if row.note:
            indent = table.first + self._mark(row).cell_length if not row.picture else 0
            for line in _prose(safe(row.note).stylize("$quiet"), width - indent):
                yield Content.assemble(" " * indent, line)

    def _detail(self, row: Row, width: int) -> Iterator[Content]:
        """Draw what belongs to the row under the cursor, a blank row before it."""
        if row.detail and self.has_focus and row.key == self.cursor:
            yield Content("")
            for label, text in row.detail:
                yield from _prose(Content.assemble(safe(label).stylize("$quiet"), " ", safe(text)), width)

    def _draw_after(self, row: Row, width: int, table: Table) -> Iterator[Content]:
        """Draw the text after its day or its name, which stands in a column of its own at the left."""
        when = safe(row.when).stylize("$accent" if row.is_due else "$quiet")
        names = [line.rstrip() for line in when.wrap(max(1, table.first - GAP))] if row.when else []
        texts = list(self._draw_text(replace(row, when=""), width - table.first, table))
        yield from _beside(names, texts, table.first)

    def _draw_text(self, row: Row, width: int, table: Table) -> Iterator[Content]:
        """Draw the text, its mark before it; its day or its cells at the right edge where there is room, else under it."""
        text: Content = safe(row.text)
        if row.is_strong:
            text = text.stylize("bold")
        mark = self._mark(row)
        when = safe(row.when).stylize("$accent" if row.is_due else "$quiet")
        is_beside = bool(table.columns)
        beside = self._cells(row, table.columns)
        if not is_beside and row.when and width >= SIDE_BY_SIDE:
            beside, is_beside = [when], width - when.cell_length - GAP - mark.cell_length >= LEAST_BESIDE
        taken = table.taken or (when.cell_length + GAP if row.when else 0)
        room = min(width - mark.cell_length - (taken if is_beside else 0), _MEASURE)
        lines: list[Content] = [line.rstrip() for line in text.wrap(max(1, room))] if row.text else []
        lines = [Content.assemble(mark, line) for line in lines[:1]] + [
            Content.assemble(_blank(mark), line) for line in lines[1:]
        ]
        if is_beside and (lines or table.columns):
            edge = width if table.columns else min(width, _EDGE)
            yield from _beside(lines, beside, edge, is_right=True)
        else:
            yield from lines
        if row.when and (table.columns or not (is_beside and lines)):
            yield Content.assemble(" " * mark.cell_length, when)
        yield from self._spelled(row, width, table)

    def _spelled(self, row: Row, width: int, table: Table) -> Iterator[Content]:
        """Say the cells in words under the row that have no column beside it."""
        if not row.cells or len(table.columns) == table.of_all:
            return
        beside = {column.at for column in table.columns}
        cells = [(at, cell) for at, cell in enumerate(row.cells) if at not in beside and isinstance(cell, str) and cell]
        heads = dict(enumerate(table.heads))
        named = (f"{heads[at]}: {cell}" if heads.get(at) else cell for at, cell in cells)
        said = (row.said if not beside else "") or " · ".join(named)
        if said:
            yield from _prose(safe(said).stylize("$quiet"), width)

    def _mark(self, row: Row) -> Content:
        glyphs = choose_glyphs(self.ascii_glyphs)
        marks = {
            "done": (glyphs.picked, "$primary"),
            "let_go": (glyphs.let_go, "$quiet"),
            "passed": (glyphs.to_come, "$quiet"),
        }
        if row.mark in marks:
            glyph, style = marks[row.mark]
            return Content.assemble(safe(glyph).stylize(style), " ")
        return Content("  ") if row.mark == "next" else Content("")

    def _cells(self, row: Row, columns: Sequence[Column]) -> list[Content]:
        """Return the lines of the cells that stand beside the text."""
        glyphs = choose_glyphs(self.ascii_glyphs)
        drawn = {
            Standing.THEN: safe(glyphs.then).stylize("$secondary"),
            Standing.NOW: safe(glyphs.now).stylize("$primary"),
            Standing.NONE: safe(glyphs.between).stylize("$line"),
        }
        pieces = []
        for column in columns:
            cell = row.cells[column.at] if column.at < len(row.cells) else ""
            content = safe(cell).stylize("$quiet") if isinstance(cell, str) else drawn[cell]
            pieces.append([column.set(line.rstrip()) for line in content.wrap(column.width - GAP)] or [column.set()])
        height = max((len(piece) for piece in pieces), default=0)
        return [
            Content.assemble(
                *(piece[at] if at < len(piece) else column.set() for column, piece in zip(columns, pieces, strict=True))
            )
            for at in range(height)
        ]

    def _draw_dots(self, row: Row, picture: Dots, width: int) -> Iterator[Content]:
        """Draw the line between the words of its ends, and what it says beside it, or under it where that does not fit."""
        ends = [safe(end).stylize("$quiet") for end in (picture.low, picture.high)]
        taken = sum(end.cell_length + 1 for end in ends if end.plain)
        said = safe(row.said)
        step = clamp((width - taken - 1) // LAST, 1, 4)
        if picture.between is not None and width < SIDE_BY_SIDE:
            yield from _prose(said, width)
            return
        line = dots(picture.then, picture.now, step, picture.between or (), ascii_glyphs=self.ascii_glyphs)
        whole = Content(" ").join([piece for piece in (ends[0], line, ends[1]) if piece.plain])
        if taken and width - taken <= LAST:
            yield from _prose(Content(" – ").join(ends), width)
            whole = line
        free = width - whole.cell_length - 4
        if said.plain and (said.cell_length <= free or free >= _LEAST_SAID):
            beside = [line.rstrip() for line in said.wrap(free)]
            yield from _beside([whole], beside, whole.cell_length + 4)
            return
        yield whole
        if said.plain:
            yield from _prose(said, width)

    def _draw_bar(self, row: Row, picture: Bar, width: int, labels: int) -> Iterator[Content]:
        label, said = safe(row.text).stylize("$quiet"), safe(row.said)
        drawn = bar(picture.part, picture.whole, _BAR, ascii_glyphs=self.ascii_glyphs)
        if not _is_stacked(row, width, labels):
            yield Content.assemble(label.pad_right(labels - label.cell_length), drawn, " ", said)
            return
        yield from _prose(label, width)
        yield Content.assemble(drawn, " ", said) if _BAR + 1 + said.cell_length <= width else drawn
        if _BAR + 1 + said.cell_length > width:
            yield from _prose(said, width)


def _beside(left: list[Content], right: list[Content], at: int, *, is_right: bool = False) -> Iterator[Content]:
    """Give two columns of lines as one: the right one begins at a cell, or ends there (``is_right``)."""
    for number in range(max(len(left), len(right))):
        first = left[number] if number < len(left) else Content("")
        second = right[number] if number < len(right) else Content("")
        gap = at - first.cell_length - (second.cell_length if is_right else 0)
        yield Content.assemble(first, " " * max(0, gap), second)


def _blank(content: Content) -> Content:
    return Content(" " * content.cell_length)


def _prose(content: Content, width: int) -> Iterator[Content]:
    return (line.rstrip() for line in content.wrap(max(1, min(width, _MEASURE))))


def _stands_apart(row: Row) -> bool:
    """Tell whether a blank row stands before this one: it is more than one line of text."""
    return bool(row.title or isinstance(row.picture, Dots) or (row.is_strong and row.note))


def _is_stacked(row: Row, width: int, labels: int) -> bool:
    """Tell whether a bar stands under its name, because both and its figures have no room side by side."""
    return isinstance(row.picture, Bar) and labels + _BAR + 1 + safe(row.said).cell_length > width


def _label_width(rows: Sequence[Row], width: int) -> int:
    longest = max((safe(row.text).cell_length for row in rows if isinstance(row.picture, Bar)), default=0)
    return min(longest + 2, max(1, width))
