"""A sheet as plain text, for any width: two columns, or from a narrow line on (a braille display) one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.sheet import Line, Section, Sheet, is_parted
from rchrp_goals.export.wrap import cells, padded, wrapped

_TWO_COLUMNS = 60
"""Cells from which labels stand beside their text."""
_GAP = 2
_HANG = "  "
_ITEM = "- "
_ROWS = 23
"""Rows of a page for the wall that is photographed: a screen of 24, and the prompt under it."""


def write(sheet: Sheet, width: int, ink: Ink = FULL) -> str:
    """Return the sheet in lines of at most ``width`` cells, ending in a line end.

    A page for the wall that is taller than a screen stands closer together.
    """
    if width < _TWO_COLUMNS:
        lines = list(_narrow(sheet, width))
    else:
        lines = list(_wide(sheet, width, ink))
        if sheet.kind == "wall" and len(lines) > _ROWS:
            lines = list(_wide(sheet, width, ink, is_close=True))
    return "\n".join(line.rstrip() for line in lines) + "\n"


# Two columns


def _wide(sheet: Sheet, width: int, ink: Ink, *, is_close: bool = False) -> Iterator[str]:
    labels = [cells(line.label) for line in sheet.lines if line.label]
    column = min(max(labels, default=0) + _GAP, width // 3)
    if cells(sheet.title) + cells(sheet.day) + _GAP <= width:
        yield padded(sheet.title, width - cells(sheet.day)) + sheet.day
    else:
        yield from (*wrapped(sheet.title, width), *wrapped(sheet.day, width))
    if sheet.person:
        yield from wrapped(sheet.person, width)
    for number, section in enumerate(sheet.sections):
        is_first = number == 0 or is_parted(sheet.sections[number - 1], section)
        if is_first and ink.rule and not is_close:
            yield from ("", ink.rule * width)
        if is_first or not is_close:
            yield ""
        if section.heading:
            yield from (*wrapped(section.heading, width), "")
        yield from _columns(section, column, width, is_close=is_close)
    if sheet.closing:
        yield from ("", *wrapped(sheet.closing, width))


def _columns(section: Section, column: int, width: int, *, is_close: bool) -> Iterator[str]:
    if not any(line.label for line in section.lines):
        column = 0
    beside = max((cells(line.text) for line in section.lines if line.note_beside), default=0) + _GAP
    for place, line in enumerate(section.lines):
        if place and not line.joins and not is_close:
            yield ""
        yield from _beside(line, column, width, beside)


def _beside(line: Line, column: int, width: int, note_column: int) -> Iterator[str]:
    # where no label leads, what goes with a line is drawn in under it
    hang = "" if column else _HANG
    begins_drawn_in = bool(hang) and line.joins and not line.is_item
    room = width - column - len(hang)
    labels = wrapped(line.label, max(column - _GAP, 1)) if line.label else []
    texts = wrapped(line.text, room)
    if hang:
        texts = [one if number == 0 and not begins_drawn_in else hang + one for number, one in enumerate(texts)]
    if line.note_beside and len(texts) == 1 and note_column + cells(line.note) <= room:
        texts = [padded(texts[0], note_column) + line.note]
    elif line.note:
        texts += [hang + one for one in wrapped(line.note, room)]
    for number in range(max(len(labels), len(texts))):
        label = labels[number] if number < len(labels) else ""
        yield padded(label, column) + (texts[number] if number < len(texts) else "")


# One column


def _narrow(sheet: Sheet, width: int) -> Iterator[str]:
    yield from (*wrapped(sheet.title, width), *wrapped(sheet.day, width))
    if sheet.person:
        yield from wrapped(sheet.person, width)
    for section in sheet.sections:
        yield ""
        if section.heading:
            yield from (*wrapped(section.heading, width), "")
        for place, line in enumerate(section.lines):
            if place and not line.joins:
                yield ""
            yield from _under(line, _is_in_list(section.lines, place), width)
    if sheet.closing:
        yield from ("", *wrapped(sheet.closing, width))


def _is_in_list(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line is one of several alike, which stand as a list."""
    if not lines[place].is_item:
        return False
    is_after = place + 1 < len(lines) and lines[place + 1].is_item and not lines[place + 1].label
    return is_after or (place > 0 and lines[place - 1].is_item and not lines[place].label)


def _under(line: Line, is_in_list: bool, width: int) -> Iterator[str]:
    text, note = line.text, line.note
    if note and (line.note_beside or is_in_list):
        text, note = f"{text}, {note}", ""
    # a label before a text that has a colon of its own stands alone
    stands_alone = is_in_list or ": " in text
    if line.label and stands_alone:
        yield from wrapped(f"{line.label}:", width)
    said = f"{line.label}: {text}" if line.label and not stands_alone else text
    lead = _ITEM if is_in_list else _HANG if (stands_alone and line.label) or (line.joins and not line.label) else ""
    parts = wrapped(said, width - len(_HANG)) + (wrapped(note, width - len(_HANG)) if note else [])
    yield from (f"{_HANG if number else lead}{one}" for number, one in enumerate(parts))
