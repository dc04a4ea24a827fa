"""``digest.txt``: the last days on which a digest was given, one a line (``2026-11-05``). No words stand in it.

A few days and not one: who flies west, or whose clock is set back, comes to a day once more and gets no second digest
for it. It is changed under the plan's lock, held a moment, so two timers at once give one digest.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date

from rchrp_goals.plan.lenient import read_day
from rchrp_goals.store.locks import PlanLock
from rchrp_goals.store.places import Places
from rchrp_goals.store.safe_write import replace_file, save_problem

DAYS_KEPT = 8
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MOST_BYTES = 4096


def give_once(places: Places, today: date, tell: Callable[[], object]) -> bool:
    """Call ``tell`` unless a digest was given today, and return whether it was called.

    The day is kept before: where it cannot be kept nothing is told, so that nothing is told again and again. Where
    ``tell`` raises, the day does not count. Raises BusyProblem ``plan_locked``, ProblemError ``disk_full``,
    ``plan_read_only`` or ``not_saved`` (path), and what ``tell`` raises.
    """
    with PlanLock(places):
        days = _read(places.digest)
        if today in days:
            return False
        _write(places.digest, [*days, today])
    try:
        tell()
    except BaseException:
        with PlanLock(places):
            _write(places.digest, [day for day in _read(places.digest) if day != today])
        raise
    return True


def last_given(places: Places, today: date) -> date | None:
    """Return the last day up to today on which a digest was given, as far as a look without the lock tells.

    A day that lies ahead (the clock was set back) says nothing of today. Nothing is made.
    """
    return max((day for day in _read(places.digest) if day <= today), default=None)


def _read(path: str) -> list[date]:
    try:
        with os.fdopen(os.open(path, _READ), "rb") as file:
            lines = file.read(_MOST_BYTES).decode("ascii", "replace").split("\n")
    except OSError:  # not there yet, or what is wrong with it is said where it is written
        return []
    return [day for day in map(read_day, lines) if day is not None]


def _write(path: str, days: list[date]) -> None:
    try:
        if os.path.islink(path):  # what it leads to is somebody's file
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        replace_file(path, "".join(f"{day.isoformat()}\n" for day in days[-DAYS_KEPT:]).encode())
    except OSError as error:
        raise save_problem(error, path) from None
