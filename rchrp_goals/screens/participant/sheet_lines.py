"""A sheet of the plan on the screen as it prints: labels beside their text, or above it where the screen is narrow."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from rchrp_goals.export.sheet import Line, Opening, Section, Sheet
from rchrp_goals.screens.participant.line_list import DrawnRow, LineList
from rchrp_goals.screens.safe import safe
from widgets.glyphs import choose_glyphs

WIDEST = 72
"""Cells of text on a sheet."""
_TWO_COLUMNS = 56
"""Cells from which labels stand beside their text."""
_GAP = 2
_NOTE_COLUMN = 28
_TOGETHER = ({"goal", "inbox"}, {"learning", "ahead"})
"""Sections between which no rule stands."""


class SheetLines(LineList):
    """Shows a sheet. On the one that is only for me a line opens its question; on the one for the wall it is left off.

    Lines that came from one question are one place for the cursor.
    """

    @dataclass
    class LeftOff(Message):
        """The person took a line off the wall, or put it back."""

        sheet_lines: SheetLines
        key: str

        @property
        def control(self) -> SheetLines:
            """The widget that posted this."""
            return self.sheet_lines

    def __init__(self, *, ascii_glyphs: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_glyphs=ascii_glyphs, id=id)
        self._sheet: Sheet | None = None
        self._left_out: Collection[str] = frozenset()
        self._off_words = ""
        self._keys_of_lines: list[str] = []
        self._openings: dict[str, Opening] = {}
        self._groups: dict[str, str] = {}

    def show(self, sheet: Sheet, left_out: Collection[str] = frozenset(), off_words: str = "") -> None:
        """Show another sheet; ``off_words`` says of a line of the wall that it is left off."""
        self._sheet = sheet
        self._left_out = left_out
        self._off_words = off_words
        self._openings = {}
        self._groups = {}
        self._keys_of_lines = []
        before: Line | None = None
        key = ""
        for number, line in enumerate(sheet.lines):
            is_same = before is not None and line.opening is not None and line.opening == before.opening
            if not (is_same and self.is_mine):
                key = line.key or f"line:{number}"
            if line.opening is not None:
                self._openings.setdefault(key, line.opening)
            can_act = line.opening is not None if self.is_mine else bool(line.key)
            self._keys_of_lines.append(key if can_act else "")
            self._groups.setdefault(line.key, key)
            before = line
        self.set_keys(list(dict.fromkeys(one for one in self._keys_of_lines if one)))

    @property
    def is_mine(self) -> bool:
        """Whether this is the sheet that is only for me."""
        return self._sheet is None or self._sheet.kind == "mine"

    def opening_at(self, key: str) -> Opening | None:
        """Return the question of a line."""
        return self._openings.get(key)

    def go_to(self, key: str) -> bool:
        """Put the cursor on a line; False where it cannot be opened."""
        found = self._groups.get(key, key)
        if found not in self.keys:
            return False
        self.cursor = found
        return True

    # ------------------------------------------------------------------ drawing

    def margin(self, width: int) -> int:
        """Return the paper's margin: what is left beside the widest line of text."""
        return max(super().margin(width), (width - WIDEST) // 2)

    def draw(self, width: int) -> Iterator[DrawnRow]:
        """Draw the whole sheet."""
        sheet = self._sheet
        if sheet is None:
            return
        width = min(width, WIDEST)
        column = 0
        if width >= _TWO_COLUMNS:
            labels = [safe(line.label).cell_length for line in sheet.lines if line.label]
            column = min(max(labels, default=0) + _GAP, width // 3)
        yield DrawnRow(Content(""))
        yield from _head(sheet, width)
        if sheet.closing:
            yield DrawnRow(Content(""))
            yield from (DrawnRow(row) for row in _wrapped(safe(sheet.closing), width))
        keys = iter(self._keys_of_lines)
        for number, section in enumerate(sheet.sections):
            if number == 0 or _is_parted(sheet.sections[number - 1], section):
                rule = choose_glyphs(self.ascii_glyphs).line * width
                yield DrawnRow(Content(""))
                yield DrawnRow(Content.styled(rule, "$line"))
            yield DrawnRow(Content(""))
            if section.heading:
                yield from (DrawnRow(row) for row in _wrapped(safe(section.heading).stylize("$quiet"), width))
                yield DrawnRow(Content(""))
            has_labels = any(line.label for line in section.lines)
            before = ""
            for place, line in enumerate(section.lines):
                key = next(keys)
                if place and not line.joins:
                    yield DrawnRow(Content(""), key if key == before else "")
                before = key
                for row in self._line(line, column if has_labels else 0, width):
                    yield DrawnRow(row, key)
        yield DrawnRow(Content(""))

    def _line(self, line: Line, column: int, width: int) -> Iterator[Content]:
        room = width - column
        is_off = bool(line.key) and line.key in self._left_out
        text = safe(line.text).stylize("$quiet" if is_off or line.is_passed else "bold" if line.is_strong else "")
        note = safe(line.note).stylize("$quiet")
        label = (
            _wrapped(safe(line.label).stylize("$quiet"), max(column - _GAP, 1) if column else width)
            if line.label
            else []
        )
        rows = _wrapped(text, room)
        if line.note and line.note_beside and len(rows) == 1 and column:
            rows = _beside(rows[0], note, room)
        elif line.note:
            rows += _wrapped(note, room)
        if is_off:
            rows += _wrapped(safe(self._off_words).stylize("italic $accent"), room)
        if not column:
            yield from (*label, *rows)
            return
        for number in range(max(len(label), len(rows))):
            left = label[number] if number < len(label) else Content("")
            right = rows[number] if number < len(rows) else Content("")
            yield Content.assemble(left.pad_right(column - left.cell_length), right)

    # ------------------------------------------------------------------ what the person does

    def on_key(self, event: events.Key) -> None:
        """Leave a line of the wall off by Space too, or put it back."""
        if event.key == "space" and not self.is_mine and self.cursor:
            event.stop()
            self.choose(self.cursor)

    def choose(self, key: str) -> None:
        """Open a line, or leave it off the wall."""
        if self.is_mine:
            super().choose(key)
        else:
            self.post_message(self.LeftOff(self, key))


def _head(sheet: Sheet, width: int) -> Iterator[DrawnRow]:
    title, day = safe(sheet.title).stylize("bold"), safe(sheet.day).stylize("$quiet")
    room = width - title.cell_length - _GAP
    if day.cell_length <= room:
        yield DrawnRow(Content.assemble(title.pad_right(width - title.cell_length - day.cell_length), day))
    else:
        yield from (DrawnRow(row) for one in (title, day) for row in _wrapped(one, width))
    if sheet.person:
        yield from (DrawnRow(row) for row in _wrapped(safe(sheet.person), width))


def _is_parted(before: Section, section: Section) -> bool:
    names = {before.name, section.name}
    return not any(names <= together for together in _TOGETHER)


def _beside(text: Content, note: Content, room: int) -> list[Content]:
    """Set a note beside its text where there is room for it, else below."""
    column = max(_NOTE_COLUMN, text.cell_length + _GAP)
    if column + note.cell_length > room:
        return [text, *_wrapped(note, room)]
    return [Content.assemble(text.pad_right(column - text.cell_length), note)]


def _wrapped(text: Content, width: int) -> list[Content]:
    return [row.rstrip() for row in text.wrap(max(1, width))]
