"""The signs that a page of plain text is drawn with: for the eye, for a terminal without them, or for the ear."""

from __future__ import annotations

from typing import NamedTuple


class Ink(NamedTuple):
    """``rule`` is the sign of a line across the page, empty where a blank line does; ``line`` that of a line to mark,
    ``mark`` a mark on one.

    ``is_spoken``: a row of signs is read out one by one, so that room for a pen is short and a line to mark is numbers.
    """

    rule: str = "─"
    line: str = "─"
    is_spoken: bool = False
    mark: str = "●"


FULL = Ink()
ASCII = Ink("-", "-", mark="*")
SPOKEN = Ink("", "", is_spoken=True)
