"""Lines of a given width in cells: wide letters take two, combining marks none, and no cluster is cut in two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SPACES = re.compile(r" +")


def cells(text: str) -> int:
    """Return how many cells of a terminal or a braille display a text without line ends takes."""
    if text.isascii():
        return len(text)
    return sum(width for _, width in _clusters(text))


def padded(text: str, width: int) -> str:
    """Return the text with blanks after it up to ``width`` cells."""
    return text + " " * max(0, width - cells(text))


def wrapped(text: str, width: int) -> list[str]:
    """Return the text in lines of at most ``width`` cells; its own line ends stay, a longer word is cut.

    A wide letter in a width of one stands alone and is wider.
    """
    return [line for part in text.split("\n") for line in _wrapped_line(part, width)]


def _wrapped_line(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for word in _SPACES.split(text.strip(" ")):
        size = cells(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(word, size, width)
        used = cells(line)
        lines += whole
    lines.append(line)
    return lines


def _cut(word: str, size: int, width: int) -> list[str]:
    if size <= width:
        return [word]
    parts: list[str] = []
    part, used = "", 0
    for cluster, needed in _clusters(word):
        if part and used + needed > width:
            parts.append(part)
            part, used = "", 0
        part += cluster
        used += needed
    return [*parts, part]


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Give what stands together as one sign, and its cells (UAX 11 and 29, as far as terminals follow them)."""
    cluster, width, is_joined = "", 0, False
    for sign in text:
        own = _width(sign)
        is_modifier = "\U0001f3fb" <= sign <= "\U0001f3ff" and width == 2
        if cluster and (own == 0 or is_joined or is_modifier):
            cluster += sign
            if sign == _EMOJI_STYLE and width == 1:
                width = 2
            width = max(width, own)
        else:
            if cluster:
                yield cluster, width
            cluster, width = sign, own
        is_joined = sign == _JOINER and width == 2
    if cluster:
        yield cluster, width


def _width(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"} or "\u1160" <= sign <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
