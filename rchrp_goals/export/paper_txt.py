"""A sheet for a pen as plain text: drawn at 80 cells, plain lines to read and answer on a narrow one (braille)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.paper import (
    Block,
    Box,
    Boxes,
    Fact,
    Facts,
    Group,
    Paper,
    Part,
    Room,
    Row,
    Say,
    Scale,
    Strip,
    Table,
)
from rchrp_goals.export.wrap import cells, padded, wrapped

WIDE = 60
"""Cells from which a page is drawn for the eye."""
_WIDEST = 80
"""A page is no wider than this: longer lines are hard to read, and to write on."""
_GAP = 2
_PEN = "_"
_SHORT_PEN = _PEN * 6
_BOX, _TICKED = "[ ] ", "[x] "
_BOX_CELLS = 4
_SHORTEST_ROOM = 16
_LEAST_WORDS = 10
"""Cells that a column of words needs at least."""
_NUMBER_CELLS = 4
_ROOMY = 72
"""Cells from which the numbers of a line stand further apart."""
_NUMBERS = tuple(str(number) for number in range(11))


def write(paper: Paper, width: int, ink: Ink = FULL) -> str:
    """Return the sheet in lines of at most ``width`` cells, ending in a line end."""
    is_drawn = width >= WIDE and not ink.is_spoken
    writer = _Wide(min(width, _WIDEST), ink) if is_drawn else _Narrow(min(width, _WIDEST), ink)
    lines = [line.rstrip() for line in writer.page(paper)]
    return "\n".join(lines) + "\n"


class _Narrow:
    """One thing after another, each room a short mark after its label: for fingers and for the ear."""

    def __init__(self, width: int, ink: Ink) -> None:
        self.width = width
        self.ink = ink

    def page(self, paper: Paper) -> Iterator[str]:
        """Give the lines of the whole sheet."""
        yield from self.head(paper)
        yield from self.blocks(paper.opening)
        for part in paper.parts:
            yield from self.part(part)
        if paper.closing:
            yield ""
            for closing in paper.closing:
                yield ""
                yield from self.prose(closing)

    def head(self, paper: Paper) -> Iterator[str]:
        """Give title and day."""
        yield from wrapped(paper.title, self.width)
        if paper.day:
            yield from wrapped(paper.day, self.width)

    def part(self, part: Part) -> Iterator[str]:
        """Give a part: its heading, then its blocks."""
        if part.heading:
            yield from ("", "")
            heading = f"{part.kicker}: {part.heading}" if part.kicker else part.heading
            yield from self.heading(heading)
        yield from self.blocks(part.blocks)

    def heading(self, heading: str) -> Iterator[str]:
        """Give a part's heading."""
        yield from wrapped(heading, self.width)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Give blocks, a blank line before each."""
        for block in blocks:
            yield ""
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        """Give one block."""
        match block:
            case Say():
                yield from self.prose(block.text)
            case Room():
                yield from self.room(block)
            case Row():
                yield from self.row(block)
            case Group():
                yield from self.group(block)
            case Scale():
                yield from self.scale(block)
            case Boxes():
                yield from self.boxes(block)
            case Facts():
                yield from self.facts(block.facts)
            case Strip():
                yield from self.strip(block)
            case Table():
                yield from self.table(block)

    def prose(self, text: str) -> Iterator[str]:
        """Give a sentence or more."""
        yield from wrapped(text, self.width)

    def hung(self, text: str, lead: str = "", hang: int = 2) -> Iterator[str]:
        """Give a text whose further lines are drawn in."""
        for number, line in enumerate(wrapped(text, self.width - hang)):
            yield f"{lead if number == 0 else ' ' * hang}{line}"

    def room(self, room: Room) -> Iterator[str]:
        """Give room to write."""
        label = room.label if room.label.endswith(("?", ".")) else f"{room.label}:"
        yield from self.hung(f"{label} {room.text or _SHORT_PEN}")

    def row(self, row: Row) -> Iterator[str]:
        """Give short rooms."""
        if row.label:
            yield from self.room(Room(row.label))
            return
        for room in row.rooms:
            yield from self.room(room)

    def group(self, group: Group) -> Iterator[str]:
        """Give a question and its rooms."""
        yield from self.prose(group.text)
        for room in group.rooms:
            yield from self.room(room)

    def scale(self, scale: Scale) -> Iterator[str]:
        """Give a line to mark: what stands at 0, the numbers, what stands at 10."""
        lead = f"{scale.number}. " if scale.number else ""
        margin = " " * len(lead)
        yield from self.hung(scale.text, lead, len(lead))
        yield ""
        for line in (scale.low, " ".join(_NUMBERS), scale.high):
            yield from self.hung(line, margin, len(margin))
        if scale.passing:
            yield from self.hung(scale.passing, margin + _BOX, len(margin) + _BOX_CELLS)
        if scale.reason:
            yield from self.hung(f"{scale.reason}: {_SHORT_PEN}", margin, len(margin))

    def boxes(self, boxes: Boxes) -> Iterator[str]:
        """Give things to tick."""
        if boxes.label:
            yield from wrapped(boxes.label if boxes.label.endswith("?") else f"{boxes.label}:", self.width)
        for box in boxes.boxes:
            yield from self.box(box)

    def box(self, box: Box) -> Iterator[str]:
        """Give one thing to tick."""
        said = f"{box.label}: {box.text}" if box.label else box.text
        if box.room:
            said = f"{said} {box.room}: {_SHORT_PEN}".strip()
        yield from self.hung(said, _TICKED if box.is_ticked else _BOX, _BOX_CELLS)
        if box.note:
            yield from self.hung(box.note, " " * _BOX_CELLS, _BOX_CELLS)

    def strip(self, strip: Strip) -> Iterator[str]:
        """Give months in a row as the sentence that says them."""
        yield from self.prose(strip.said)

    def facts(self, facts: Sequence[Fact]) -> Iterator[str]:
        """Give what is known."""
        for number, fact in enumerate(facts):
            following = facts[number + 1] if number + 1 < len(facts) else None
            hangs = not fact.label or (following is not None and not following.label)
            if fact.label and hangs:
                yield from wrapped(f"{fact.label}:", self.width)
            said = f"{fact.label}: {fact.text}" if fact.label and not hangs else fact.text
            if fact.note:
                said = f"{said}, {fact.note}"
            yield from self.hung(said, "- " if hangs else "")

    def table(self, table: Table) -> Iterator[str]:
        """Give the rows under each other: what each is, and the rest under it with its heading."""
        for row in table.rows:
            main, rest = table.apart(row)
            yield from self.hung(main, "- ")
            for heading, cell in rest:
                yield from self.hung(f"{heading}: {cell}", "  ", 4)


class _Wide(_Narrow):
    """Drawn for the eye: rules between the parts, lines to write on, a line with its numbers to mark."""

    def head(self, paper: Paper) -> Iterator[str]:
        """Give title and day on one line where both fit."""
        if cells(paper.title) + cells(paper.day) + _GAP <= self.width:
            yield padded(paper.title, self.width - cells(paper.day)) + paper.day
        else:
            yield from super().head(paper)
        yield self.ink.rule * self.width

    def heading(self, heading: str) -> Iterator[str]:
        """Give a heading with a rule as long as itself: a longer one would look like room to write."""
        lines = wrapped(heading, self.width)
        yield from lines
        yield self.ink.rule * max(cells(line) for line in lines)

    def prose(self, text: str) -> Iterator[str]:
        """Give a sentence or more, in lines that an eye can follow."""
        yield from wrapped(text, min(self.width, 72))

    def pen(self, length: int) -> str:
        """Give a line to write on."""
        return _PEN * max(length, len(_SHORT_PEN))

    def room(self, room: Room) -> Iterator[str]:
        """Give room to write: beside a short label, else under it, with a blank line over each to write in."""
        label = room.label
        if room.text:
            yield from self.hung(f"{label}: {room.text}")
            return
        left = self.width - cells(label) - 1
        lines = room.lines
        if not room.asks and left >= _SHORTEST_ROOM:
            yield f"{label} {self.pen(left)}"
            lines -= 1
        else:
            yield from self.prose(label)
        for _ in range(lines):
            yield ""
            yield self.pen(self.width)

    def row(self, row: Row) -> Iterator[str]:
        """Give short rooms beside each other, where each has enough of the line."""
        if row.label:
            yield from self.prose(row.label)
            yield ""
        shares = sum(room.share for room in row.rooms)
        free = self.width - _GAP * (len(row.rooms) - 1)
        places = [free * room.share // shares for room in row.rooms]
        said = []
        for room, place in zip(row.rooms, places, strict=True):
            start = f"{room.label} " if room.label else ""
            left = place - cells(start)
            if left < (cells(room.text) if room.text else len(_SHORT_PEN)):
                yield from self._under(row)
                return
            said.append(padded(start + (room.text or self.pen(left)), place))
        yield (" " * _GAP).join(said)

    def group(self, group: Group) -> Iterator[str]:
        """Give a question and its rooms, a blank line over each to write in."""
        yield from self.prose(group.text)
        for room in group.rooms:
            yield ""
            yield from self.room(room)

    def _under(self, row: Row) -> Iterator[str]:
        for number, room in enumerate(row.rooms):
            if number:
                yield ""
            yield from self.room(Room(room.label, 1, room.text))

    def scale(self, scale: Scale) -> Iterator[str]:
        """Give a line to mark, drawn, with the words of its ends under it."""
        lead = padded(scale.number, _NUMBER_CELLS) if scale.number else ""
        margin = " " * len(lead)
        for number, line in enumerate(wrapped(scale.text, min(self.width, 72) - len(lead))):
            yield (margin if number else lead) + line
        yield ""
        step = 5 if self.width >= _ROOMY else 4
        line = "".join(number + self.ink.line * (step - len(number)) for number in _NUMBERS[:-1]) + _NUMBERS[-1]
        length = len(line)
        passing = f"{_BOX}{scale.passing}" if scale.passing else ""
        is_beside = len(margin) + length + 2 * _GAP + cells(passing) <= self.width
        yield margin + (padded(line, length + 2 * _GAP) + passing if is_beside else line)
        if cells(scale.low) + cells(scale.high) + _GAP <= length:
            yield margin + padded(scale.low, length - cells(scale.high)) + scale.high
        else:
            yield from self.hung(scale.low, f"{margin}0 = ", len(margin) + 5)
            yield from self.hung(scale.high, f"{margin}10 = ", len(margin) + 5)
        if not is_beside:
            yield from self.hung(passing, margin, len(margin))
        if scale.reason:
            yield ""
            left = self.width - len(margin) - cells(scale.reason) - 1
            if left >= _SHORTEST_ROOM:
                yield f"{margin}{scale.reason} {self.pen(left)}"
            else:
                yield from self.hung(f"{scale.reason}: {_SHORT_PEN}", margin, len(margin))

    def boxes(self, boxes: Boxes) -> Iterator[str]:
        """Give things to tick; short ones in one line where they fit."""
        if boxes.are_short:
            label = f"{boxes.label}{' ' * _GAP}" if boxes.label else ""
            line = label + "   ".join(f"{_TICKED if box.is_ticked else _BOX}{box.text}" for box in boxes.boxes)
            if cells(line) <= self.width and not any(box.note or box.room for box in boxes.boxes):
                yield line
                return
        if boxes.label:
            yield from self.prose(boxes.label)
            yield ""
        for box in boxes.boxes:
            yield from self.box(box)

    def box(self, box: Box) -> Iterator[str]:
        """Give one thing to tick, its room at the end of the line."""
        said = f"{box.label}: {box.text}" if box.label else box.text
        between = " " * _GAP if said else ""
        start = f"{_TICKED if box.is_ticked else _BOX}{said}{between}{box.room} "
        if box.room and self.width - cells(start) >= _SHORTEST_ROOM // 2:
            yield start + self.pen(self.width - cells(start))
            return
        yield from super().box(box)

    def strip(self, strip: Strip) -> Iterator[str]:
        """Give months in a row, and under them a line with a mark in each that something happened in."""
        longest = max((cells(name) for name, _ in strip.months), default=0)
        step = min(longest + _GAP, self.width // max(1, len(strip.months)))
        yield "".join(padded(name, step) for name, _ in strip.months)
        before = self.ink.line * (longest // 2)
        after = self.ink.line * (step - len(before) - 1)
        yield "".join(before + (self.ink.mark if is_there else self.ink.line) + after for _, is_there in strip.months)
        yield from self.prose(strip.said)

    def facts(self, facts: Sequence[Fact]) -> Iterator[str]:
        """Give what is known, labels in a column."""
        column = min(max((cells(fact.label) for fact in facts), default=0) + _GAP, self.width // 3)
        beside = max((cells(fact.text) for fact in facts if fact.note_beside), default=0) + _GAP
        for fact in facts:
            labels = wrapped(fact.label, max(column - _GAP, 1)) if fact.label else []
            texts = wrapped(fact.text, self.width - column)
            if fact.note_beside and column + beside + cells(fact.note) <= self.width:
                texts = [padded(fact.text, beside) + fact.note]
            elif fact.note:
                texts += wrapped(fact.note, self.width - column)
            for number in range(max(len(labels), len(texts))):
                label = labels[number] if number < len(labels) else ""
                yield padded(label, column) + (texts[number] if number < len(texts) else "")

    def table(self, table: Table) -> Iterator[str]:
        """Give the rows in columns, where each column of words has room for some."""
        widths = _widths(table, self.width)
        if widths is None:
            yield from super().table(table)
            return
        yield from self._table_row(table, tuple(column.heading for column in table.columns), widths)
        yield self.ink.rule * (sum(widths) + _GAP * (len(widths) - 1))
        for row in table.rows:
            yield from self._table_row(table, row, widths)

    @staticmethod
    def _table_row(table: Table, row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        lines = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for number in range(max(len(one) for one in lines)):
            said = []
            for column, one, width in zip(table.columns, lines, widths, strict=True):
                cell = one[number] if number < len(one) else ""
                said.append(" " * (width - cells(cell)) + cell if column.is_figures else padded(cell, width))
            yield (" " * _GAP).join(said)


def _widths(table: Table, width: int) -> list[int] | None:
    """Return the cells of each column: short ones as they are, words share the rest; None where there is too little."""
    wanted = [
        max(cells(text) for text in (column.heading, *(row[at] for row in table.rows)))
        for at, column in enumerate(table.columns)
    ]
    of_words = [at for at, column in enumerate(table.columns) if not column.is_short]
    # a heading is not broken inside a word
    least = {at: max(_LEAST_WORDS, *map(cells, table.columns[at].heading.split())) for at in of_words}
    left = width - _GAP * (len(wanted) - 1) - sum(wanted) + sum(wanted[at] for at in of_words)
    if left < sum(least.values()):
        return None
    # the narrowest first: what it does not need is there for the others; what a row is has twice the room
    shares = {at: 2 if at == table.main else 1 for at in of_words}
    for at in sorted(of_words, key=lambda at: wanted[at] / shares[at]):
        share = max(least.pop(at), left * shares[at] // sum(shares.values()))
        wanted[at] = min(wanted[at], share, left - sum(least.values()))
        left -= wanted[at]
        del shares[at]
    return wanted
