"""``due.tsv``: what waits, ready to print, so that ``due`` need not read the plan.

Line 1: ``due2``, the stamp of ``plan.json`` (inode, mtime_ns, size), the language, the sentences for one thing and for
several, the quiet hours. Then a line each: when (see ``remind/due.py``), kind, id, wording. Fields are parted by tabs; a
dot on the last line says that it is whole.
Loaded on the way to ``due``, so reading needs ``os`` alone.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rchrp_goals.store.places import Places

Stamp = tuple[int, int, int]
"""What tells one state of a file from another: inode, time of the last change in nanoseconds, size."""

Row = tuple[str, str, str, str]
"""When (dates and instants, ``remind/due.py``), kind, id, wording."""

_MARK = "due2"
_END = "."
_OVER = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Due:
    """What stands in ``due.tsv``: its language, two sentences, quiet hours, and rows (when, kind, id, wording) by when."""

    __slots__ = ("few", "language", "one", "quiet", "rows")

    def __init__(self, language: str, one: str, few: str, rows: list[Row], quiet: str = "") -> None:
        self.language = language
        self.one = one
        self.few = few
        self.rows = rows
        self.quiet = quiet


def stamp_of(found: os.stat_result) -> Stamp:
    """Return the stamp of what the system says about a file."""
    return found.st_ino, found.st_mtime_ns, found.st_size


def stamp_at(path: str) -> Stamp | None:
    """Return the stamp of a file; None where there is none, or none that we may look at."""
    try:
        return stamp_of(os.stat(path))
    except OSError:  # whoever reads it says what is wrong
        return None


def read_due(places: Places) -> Due | None:
    """Return what waits. None where there is no such file, it is of another format, or older than the plan."""
    try:
        with open(places.due, encoding="utf-8", newline="\n") as file:
            lines = file.read().split("\n")
    except (OSError, UnicodeDecodeError):  # the plan says the same, only slower
        return None
    head = lines[0].split("\t")
    stamp = stamp_at(places.plan)
    if stamp is None or len(head) != 8 or head[:4] != [_MARK, *map(str, stamp)]:
        return None
    rows: list[Row] = []
    if lines[-2:] != [_END, ""]:
        return None
    for line in lines[1:-2]:
        fields = line.split("\t")
        if len(fields) != 4:
            return None
        rows.append((fields[0], fields[1], fields[2], fields[3]))
    return Due(head[4], head[5], head[6], rows, head[7])


def due_payload(language: str, one: str, few: str, rows: Iterable[Row], quiet: str = "") -> bytes:
    """Return what stands between the stamp and the end, the rows sorted. ``quiet``: local hours, parted by blanks.

    What would break a line, or reach a terminal as a command, is left out.
    """
    lines: list[tuple[str, ...]] = [(language, one, few, quiet), *sorted(rows)]
    if not "".join(map("".join, lines)).isprintable():
        lines = [tuple(map(_one_field, line)) for line in lines]
    return "\n".join([*map("\t".join, lines), ""]).encode()


def write_due(places: Places, stamp: Stamp, payload: bytes) -> None:
    """Write ``due.tsv`` for the plan that has this stamp. Not flushed: it can be made anew at any time.

    Written over in its place, because moving a file into place costs a third of a whole save: who reads meanwhile, or
    after a power cut, finds no end and takes the plan instead. Raises OSError; then none stands that could be taken.
    """
    head = "\t".join((_MARK, *map(str, stamp), "")).encode()
    # a link is not followed: nothing outside the data folder is written over
    descriptor = os.open(places.due, _OVER, 0o600)
    try:
        rest = memoryview(head + payload + f"{_END}\n".encode())
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _one_field(text: str) -> str:
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    # joiners and marks of direction are part of writing; controls, overrides and half characters are not
    return "".join(letter for letter in spaced if letter.isprintable() or letter in "\u200c\u200d\u200e\u200f")
