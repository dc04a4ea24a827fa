"""What waits now, among the lines of ``due.tsv``. On the way of ``due``: loads nothing.

A line is (when, kind, id, wording). ``when`` is a local date (``2026-12-01``), an instant in UTC
(``2026-12-01T14:00:00.000000Z``), or a date and an instant parted by a blank: then both must have come. All
of them compare as text.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Line = tuple[str, str, str, str]

DATE_LENGTH = 10


def waiting(lines: Iterable[Line], today: str, now: str) -> list[Line]:
    """Return the lines whose day or instant has come; ``today`` is a local date, ``now`` an instant in UTC."""
    return [
        line
        for line in lines
        if all(when <= (today if len(when) == DATE_LENGTH else now) for when in line[0].split(" "))
    ]


def sentence(count: int, one: str, few: str) -> str:
    """Return what says that something waits: no number beyond one, nothing counts up."""
    return one if count == 1 else few
