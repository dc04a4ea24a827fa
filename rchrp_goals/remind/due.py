"""What waits now, among the lines of ``due.tsv``. On the way of ``due``: loads nothing.

A line is (when, kind, id, wording). ``when`` is a local date (``2026-12-01``), an instant in UTC
(``2026-12-01T14:00:00.000000Z``), or several parted by blanks: then all must have come, and one with ``<`` before it
must not. All of them compare as text.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Line = tuple[str, str, str, str]

DATE_LENGTH = 10


def waiting(lines: Iterable[Line], today: str, now: str) -> list[Line]:
    """Return the lines whose time it is; ``today`` is a local date, ``now`` an instant in UTC."""
    return [line for line in lines if all(_holds(when, today, now) for when in line[0].split(" "))]


def is_quiet(hours: str, hour: int) -> bool:
    """Tell whether a local hour is one of the quiet ones, which are parted by blanks."""
    return str(hour) in hours.split(" ")


def since(when: str) -> str:
    """Return the day or instant from which a line waits: the last of those that must have come."""
    return max(part for part in when.split(" ") if part[:1] != "<")


def _holds(when: str, today: str, now: str) -> bool:
    if when[:1] == "<":
        return not _holds(when[1:], today, now)
    return when <= (today if len(when) == DATE_LENGTH else now)


def sentence(count: int, one: str, few: str) -> str:
    """Return what says that something waits: no number beyond one, nothing counts up."""
    return one if count == 1 else few
