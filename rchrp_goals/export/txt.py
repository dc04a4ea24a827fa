"""A sheet as plain text, for any width: two columns, or from a narrow line on (a braille display) one after another."""

from __future__ import annotations

from collections.abc import Iterator

from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.sheet import Line, Sheet, is_parted
from rchrp_goals.export.wrap import cells, padded, wrapped

_TWO_COLUMNS = 60
"""Cells from which labels stand beside their text."""
_GAP = 2


def write(sheet: Sheet, width: int, ink: Ink = FULL) -> str:
    """Return the sheet in lines of at most ``width`` cells, ending in a line end."""
    is_wide = width >= _TWO_COLUMNS
    column = 0
    if is_wide:
        labels = [cells(line.label) for line in sheet.lines if line.label]
        column = min(max(labels, default=0) + _GAP, width // 3)
    lines = list(_head(sheet, width, is_wide))
    for number, section in enumerate(sheet.sections):
        if is_wide and (number == 0 or is_parted(sheet.sections[number - 1], section)):
            lines += ["", ink.rule * width]
        lines.append("")
        if section.heading:
            lines += [*wrapped(section.heading, width), ""]
        has_labels = any(line.label for line in section.lines)
        besides = [cells(line.text) for line in section.lines if line.note_beside]
        for place, line in enumerate(section.lines):
            if place and not line.joins:
                lines.append("")
            if is_wide:
                lines += _beside(line, column if has_labels else 0, width, max(besides, default=0) + _GAP)
            else:
                lines += _under(line, width)
    if sheet.closing:
        lines += ["", *wrapped(sheet.closing, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(sheet: Sheet, width: int, is_wide: bool) -> Iterator[str]:
    room = width - cells(sheet.title) - _GAP
    if is_wide and cells(sheet.day) <= room:
        yield padded(sheet.title, width - cells(sheet.day)) + sheet.day
    else:
        yield from wrapped(sheet.title, width)
        yield from wrapped(sheet.day, width)
    if sheet.person:
        yield from wrapped(sheet.person, width)


def _beside(line: Line, column: int, width: int, note_column: int) -> Iterator[str]:
    room = width - column
    labels = wrapped(line.label, max(column - _GAP, 1)) if line.label else []
    texts = wrapped(line.text, room)
    if line.note_beside and len(texts) == 1 and note_column + cells(line.note) <= room:
        texts = [padded(texts[0], note_column) + line.note]
    elif line.note:
        texts += wrapped(line.note, room)
    for number in range(max(len(labels), len(texts))):
        label = labels[number] if number < len(labels) else ""
        yield padded(label, column) + (texts[number] if number < len(texts) else "")


def _under(line: Line, width: int) -> Iterator[str]:
    said = f"{line.label}: {line.text}" if line.label else line.text
    hanging = [*wrapped(said, width - 2), *(wrapped(line.note, width - 2) if line.note else ())]
    hangs = line.joins and not line.label
    yield from (f"  {one}" if number or hangs else one for number, one in enumerate(hanging))
