"""``digest.txt``: the last days on which a digest was given, one a line (``2026-11-05``). No words stand in it.

A few days and not one: who flies west, or whose clock is set back, comes to a day once more and gets no second digest
for it. The file is locked while somebody reads or writes it, so two timers at once give one digest; filelock would bring
asyncio with it, for a lock that is held a moment.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from rchrp_goals.plan.lenient import read_day
from rchrp_goals.store.places import Places
from rchrp_goals.store.safe_write import PRIVATE_FILE, save_problem

DAYS_KEPT = 8
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OPEN = os.O_RDWR | os.O_CREAT | _PLAIN
_MOST_BYTES = 4096


def give_once(places: Places, today: date, tell: Callable[[], object]) -> bool:
    """Call ``tell`` unless a digest was given today, and return whether it was called.

    The day is kept before: where it cannot be kept nothing is told, so that nothing is told again and again. Where
    ``tell`` raises, the day does not count. Raises ProblemError ``disk_full``, ``plan_read_only`` or ``not_saved``
    (path), and what ``tell`` raises. The data folder must be there.
    """
    with _locked(places.digest) as descriptor:
        days = _read(descriptor)
        if today in days:
            return False
        _write(descriptor, [*days, today], places.digest)
        try:
            tell()
        except BaseException:
            _write(descriptor, days, places.digest)
            raise
    return True


def last_given(places: Places, today: date) -> date | None:
    """Return the last day up to today on which a digest was given, as far as a look without the lock tells.

    A day that lies ahead (the clock was set back) says nothing of today. Nothing is made.
    """
    try:
        with os.fdopen(os.open(places.digest, os.O_RDONLY | _PLAIN), "rb") as file:
            days = _days(file.read(_MOST_BYTES))
    except OSError:  # not there yet, or what is wrong with it is said where it is written
        return None
    return max((day for day in days if day <= today), default=None)


@contextmanager
def _locked(path: str) -> Iterator[int]:
    try:
        descriptor = os.open(path, _OPEN, PRIVATE_FILE)
    except OSError as error:
        raise save_problem(error, path) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # a pipe, a device: nothing that holds days
            raise save_problem(OSError(), path)
        _wait_for_lock(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)  # which gives the lock back


def _wait_for_lock(descriptor: int) -> None:
    """Wait until nobody else has the file. A disk without locks goes without: two timers at once are rare."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _MOST_BYTES, os.SEEK_SET)  # beyond all that is read
            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        return


def _read(descriptor: int) -> list[date]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return _days(os.read(descriptor, _MOST_BYTES))


def _days(data: bytes) -> list[date]:
    lines = data.decode("ascii", "replace").split("\n")
    return [day for day in map(read_day, lines) if day is not None]


def _write(descriptor: int, days: list[date], path: str) -> None:
    data = "".join(f"{day.isoformat()}\n" for day in days[-DAYS_KEPT:]).encode()
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, data)
        os.ftruncate(descriptor, len(data))
        os.fsync(descriptor)
    except OSError as error:
        raise save_problem(error, path) from None
