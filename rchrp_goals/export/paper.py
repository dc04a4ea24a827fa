"""A sheet to be filled with a pen, before any format: parts of blocks, some filled, some with room to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Say:
    """A sentence or two; ``is_quiet`` stands back."""

    kind: ClassVar[str] = "say"
    text: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Room:
    """Room to write: ``lines`` ruled lines under a label, or one beside it where the label is short.

    ``text`` stands already on its line. ``share`` is how much of a row it takes beside others. ``asks``: the label is a
    question, which stands above its lines.
    """

    kind: ClassVar[str] = "room"
    label: str
    lines: int = 1
    text: str = ""
    share: int = 1
    asks: bool = False


@dataclass(frozen=True)
class Row:
    """Short rooms beside each other, one under the other where the line is narrow.

    A ``label`` stands over them; where it does, a narrow line has one room for all of them.
    """

    kind: ClassVar[str] = "row"
    rooms: tuple[Room, ...]
    label: str = ""


@dataclass(frozen=True)
class Group:
    """A question and the rooms that answer it, on one page."""

    kind: ClassVar[str] = "group"
    text: str
    rooms: tuple[Room, ...]


@dataclass(frozen=True)
class Scale:
    """A line from 0 to 10 to put a mark on, between the words of its ends.

    ``passing`` names the box beside it, ``reason`` what may be written under it; either may be empty.
    """

    kind: ClassVar[str] = "scale"
    text: str
    low: str
    high: str
    passing: str = ""
    reason: str = ""
    number: str = ""


@dataclass(frozen=True)
class Box:
    """One thing to tick: ``note`` is quiet and stands under it, ``room`` names a short room at its end."""

    text: str
    note: str = ""
    is_ticked: bool = False
    room: str = ""
    label: str = ""


@dataclass(frozen=True)
class Boxes:
    """Things to tick, under their label; ``are_short`` stand in one line."""

    kind: ClassVar[str] = "boxes"
    label: str
    boxes: tuple[Box, ...]
    are_short: bool = False


@dataclass(frozen=True)
class Fact:
    """What is known already; an empty label hangs under the one above."""

    label: str
    text: str
    note: str = ""
    note_beside: bool = False


@dataclass(frozen=True)
class Facts:
    """Facts under each other, their labels in one column."""

    kind: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Strip:
    """Months in a row, each with its short name and whether something happened in it; ``said`` is the same in words."""

    kind: ClassVar[str] = "strip"
    months: tuple[tuple[str, bool], ...]
    said: str


@dataclass(frozen=True)
class Column:
    """One column of a table. ``is_short``: days, figures and the like, never broken; ``is_main`` is what a row is."""

    heading: str
    is_short: bool = False
    is_figures: bool = False
    is_main: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of the same kind: beside each other where there is room, else one thing under the other."""

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def main(self) -> int:
        """Which column says what a row is."""
        return next((at for at, column in enumerate(self.columns) if column.is_main), 0)

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the table, the headings first."""
        yield from (column.heading for column in self.columns)
        for row in self.rows:
            yield from row

    def apart(self, row: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
        """Return what a row is, and the heading and the words of everything else that stands in it."""
        rest = zip(self.columns, row, strict=True)
        return row[self.main], [(one.heading, cell) for at, (one, cell) in enumerate(rest) if cell and at != self.main]


Block = Say | Room | Row | Group | Scale | Boxes | Facts | Strip | Table


@dataclass(frozen=True)
class Part:
    """Blocks that belong together. ``kicker`` says what the heading is where that is a person's own words."""

    heading: str
    blocks: tuple[Block, ...]
    kicker: str = ""


@dataclass(frozen=True)
class Paper:
    """One sheet: ``kind`` is its name in the command, ``language`` that of its own words.

    ``day`` may be empty. ``opening`` and ``closing`` are sentences before and after the parts. ``page_words`` counts
    printed pages, with ``{page}`` and ``{pages}``.
    """

    kind: str
    language: str
    title: str
    day: str
    opening: tuple[Block, ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...] = ()
    page_words: str = ""

    @property
    def texts(self) -> Iterator[str]:
        """Every text of the sheet, in order."""
        yield from (self.title, self.day)
        for part in (Part("", self.opening), *self.parts):
            yield from (part.kicker, part.heading)
            for block in part.blocks:
                yield from _texts(block)
        yield from self.closing


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Say():
            yield block.text
        case Room():
            yield from (block.label, block.text)
        case Row():
            yield block.label
            for room in block.rooms:
                yield from (room.label, room.text)
        case Group():
            yield block.text
            for room in block.rooms:
                yield from (room.label, room.text)
        case Scale():
            yield from (block.text, block.low, block.high, block.passing, block.reason)
        case Boxes():
            yield block.label
            for box in block.boxes:
                yield from (box.label, box.text, box.note, box.room)
        case Strip():
            yield block.said
        case Facts():
            for fact in block.facts:
                yield from (fact.label, fact.text, fact.note)
        case Table():
            yield from block.texts
