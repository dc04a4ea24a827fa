"""How the rows of a section stand side by side at some width: the column of days or names, and the columns of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from rchrp_goals.screens.safe import safe
from rchrp_goals.services.room import Row, Section

SIDE_BY_SIDE = 44
"""Cells from which a day, or a cell, stands beside its text."""
LEAST_BESIDE = 20
GAP = 3
_FIGURES = 9
"""Cells of the longest cell up to which a column holds figures; a wider one holds words, and wraps."""
_WIDEST = 20
_WIDEST_FIRST = 24


class Column(NamedTuple):
    """One column: which cell of a row, its heading, its width with the gap before it, and whether it holds words."""

    at: int
    head: str
    width: int
    is_words: bool = False

    def set(self, content: Content | None = None) -> Content:
        """Return a piece as wide as the column: figures and marks at its right edge, words at the left."""
        piece = Content("") if content is None else content
        if self.is_words:
            return Content.assemble(" " * GAP, piece.pad_right(max(0, self.width - GAP - piece.cell_length)))
        return piece.pad_left(max(0, self.width - piece.cell_length))


class Table(NamedTuple):
    """How the rows of a section stand side by side at some width.

    ``first`` are the cells that days or names take before the text; ``columns`` stand after it, ``of_all`` is how many
    there would be: where they do not all fit, those of words are said under the row, each with its heading (``heads``).
    """

    first: int = 0
    columns: tuple[Column, ...] = ()
    of_all: int = 0
    heads: tuple[str, ...] = ()

    @property
    def taken(self) -> int:
        """The cells that the columns take."""
        return sum(column.width for column in self.columns)

    @classmethod
    def of(cls, section: Section, rows: Sequence[Row], width: int) -> Table:
        """Return how the rows that are shown stand at a width."""
        first = 0
        if section.when_first:
            longest = max((safe(row.when).cell_length for row in rows), default=0)
            first = min(longest, max(0, width - LEAST_BESIDE - GAP), _WIDEST_FIRST) + GAP if longest else 0
        count = max([len(section.columns), *(len(row.cells) for row in rows)], default=0)
        columns = tuple(_column(section, rows, at) for at in range(count))
        if width < SIDE_BY_SIDE:
            return cls(first, (), count, section.columns)
        while columns and width - first - sum(column.width for column in columns) < LEAST_BESIDE:
            kept = tuple(column for column in columns if not column.is_words)
            columns = kept if len(kept) < len(columns) else ()
        return cls(first, columns, count, section.columns)


def _column(section: Section, rows: Sequence[Row], at: int) -> Column:
    cells = [row.cells[at] for row in rows if at < len(row.cells)]
    longest = max((safe(cell).cell_length if isinstance(cell, str) else 1 for cell in cells), default=0)
    head = section.columns[at] if at < len(section.columns) else ""
    is_words = longest > _FIGURES
    return Column(at, head, max(min(longest, _WIDEST), safe(head).cell_length) + GAP, is_words)
