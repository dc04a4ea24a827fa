"""A sheet as Markdown (CommonMark): headings and bold are ours, and what a person wrote is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.sheet import Line, Section, Sheet, is_parted

# Backslash before any ASCII punctuation is that sign itself (CommonMark 2.4). A colon before a letter or a slash begins
# a link or an emoji in some readers; a row of backticks, tildes or dollars a code or a formula.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&~|$^]|:(?=[/A-Za-z_+-])|(?<=[Ww])\.(?=\S)")
_AT_START = re.compile(r"^([-+#=>:])|^(\d{1,9})([.)])")


def write(sheet: Sheet, width: int, ink: Ink = FULL) -> str:
    """Return the sheet as CommonMark, ending in a line end; ``width`` and ``ink`` change nothing."""
    blocks = [f"# {escaped(sheet.title)}"]
    blocks.append(joined([*_parts(sheet.person), *_parts(sheet.day)]))
    for number, section in enumerate(sheet.sections):
        if number and not section.heading and is_parted(sheet.sections[number - 1], section):
            blocks.append("---")
        if section.heading:
            blocks.append(f"## {escaped(section.heading)}")
        blocks += _paragraphs(section)
    if sheet.closing:
        blocks.append(joined(_parts(sheet.closing)))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return text in which nothing is markup, its line ends kept."""
    return "\n".join(_escaped_line(line) for line in text.split("\n"))


def _escaped_line(line: str) -> str:
    found = _SIGNS.sub(lambda sign: f"\\{sign.group()}", line.strip())
    return _AT_START.sub(lambda start: _escaped_start(*start.groups()), found)


def _escaped_start(sign: str | None, number: str | None, after: str | None) -> str:
    return f"\\{sign}" if sign else f"{number}\\{after}"


def _paragraphs(section: Section) -> list[str]:
    paragraphs: list[list[str]] = []
    for line in section.lines:
        if not line.joins or not paragraphs:
            paragraphs.append([])
        paragraphs[-1] += _said(line)
    return [joined(parts) for parts in paragraphs]


def _said(line: Line) -> list[str]:
    parts = _parts(line.text)
    if line.is_strong:
        parts = [f"**{part}**" for part in parts]
    if line.label:
        parts = [f"{escaped(line.label)}: {parts[0]}" if parts else f"{escaped(line.label)}:", *parts[1:]]
    return [*parts, *_parts(line.note)]


def _parts(text: str) -> list[str]:
    return [part for part in escaped(text).split("\n") if part]


def joined(parts: Iterable[str]) -> str:
    """Return lines of one paragraph: a backslash at a line's end is a line break."""
    return "\\\n".join(parts)
