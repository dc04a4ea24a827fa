"""What has been heard is not said whole again: coming back, a voice says what is new, and that the numbers have stayed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_NEW = 3
"""Lines up to which the new ones are said alone; where more of them differ, a list is said whole."""


class Line(NamedTuple):
    """One line as it is said, and what chooses it ("3", "a"; empty for a line that only stands there)."""

    said: str
    key: str = ""


def new_lines(before: Sequence[Line] | None, now: Sequence[Line]) -> list[Line] | None:
    """Return the lines that are new or say something else since ``before``; None where all has to be said.

    It has to be where nothing was said before, where a number or letter has come between, moved or gone, or where more
    than a few lines differ.
    """
    if before is None or len(now) < len(before):
        return None
    if [one.key for one in before] != [one.key for one in now[: len(before)]]:
        return None
    stood, stands = [one.said for one in before if one.key], [one.said for one in now if one.key]
    moved = [said for at, said in enumerate(stands) if said in stood and (at >= len(stood) or stood[at] != said)]
    found = [one for at, one in enumerate(now) if at >= len(before) or before[at] != one]
    return None if moved or len(found) > MOST_NEW else found
