"""Two locks: one for the moment of a save, one for the life of a window.

Both are locks of the system on a file (not the mere presence of a file), so a killed program leaves none behind. Linux
and macOS lock by ``flock``, as filelock does there: to load that one takes a third as long as all of our own modules.
Windows, and disks that know no ``flock``, leave it to filelock.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Self

from rchrp_goals.errors import BusyProblem
from rchrp_goals.store.places import Places, make_folder
from rchrp_goals.store.safe_write import PRIVATE_FILE, save_problem

SAVE_TIMEOUT = 5.0
"""Seconds that a save waits for another one."""

_POLL = 0.005
_WINDOW_PATIENCE = 0.25
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_HELD = {errno.EAGAIN, errno.EACCES}

GiveBack = Callable[[], object]


def _take(path: str, patience: float) -> GiveBack | None:
    """Lock a file, which is made where it is missing, and return what gives it back; None where another has it.

    Waits ``patience`` seconds at most. Raises OSError where no lock can be made.
    """
    if sys.platform == "win32":
        return _take_by_filelock(path, patience)
    end = time.monotonic() + patience
    while True:
        descriptor = os.open(path, _OPEN, PRIVATE_FILE)
        try:
            if _is_ours(descriptor):
                return partial(_close, descriptor)
        except OSError as error:
            _close(descriptor)
            if error.errno == errno.ENOSYS:
                return _take_by_filelock(path, patience)
            raise
        _close(descriptor)
        if time.monotonic() >= end:
            return None
        time.sleep(_POLL)


def _is_ours(descriptor: int) -> bool:
    """Lock an open file without waiting; False where another has it, or somebody took the file away meanwhile."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return os.fstat(descriptor).st_nlink > 0


def _close(descriptor: int) -> None:
    """Close a lock's file, which gives the lock back; nothing was written to it that could be lost."""
    with suppress(OSError):
        os.close(descriptor)


def _take_by_filelock(path: str, patience: float) -> GiveBack | None:
    from filelock import FileLock, Timeout

    # not for each thread apart: who holds one of these sees to its own threads
    lock = FileLock(path, mode=PRIVATE_FILE, thread_local=False)
    try:
        lock.acquire(timeout=patience, poll_interval=_POLL)
    except Timeout:
        return None
    return lock.release


class PlanLock:
    """Held while a plan is read, changed and saved. A context manager."""

    def __init__(self, places: Places, timeout: float = SAVE_TIMEOUT) -> None:
        self._places = places
        self._timeout = timeout
        self._give_back: GiveBack | None = None

    def __enter__(self) -> Self:
        """Wait for the lock; the data folder is made where it is missing.

        Raises BusyProblem ``plan_locked`` after the timeout, ProblemError ``plan_read_only`` or ``not_saved`` where
        no lock can be made at all.
        """
        make_folder(self._places.data)
        try:
            self._give_back = _take(self._places.plan_lock, self._timeout)
        except OSError as error:
            raise save_problem(error, self._places.plan) from None
        if self._give_back is None:
            raise BusyProblem("plan_locked", path=self._places.plan)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        if self._give_back is not None:
            give_back, self._give_back = self._give_back, None
            give_back()


class WindowLock:
    """Held from the opening of a window, or of a plain conversation, to its end."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._give_back: GiveBack | None = None
        self._opened_before: float | None = None

    def acquire(self) -> bool:
        """Take the lock and return True; return False where another window has it. Makes the data folder.

        Raises ProblemError ``plan_read_only`` or ``not_saved`` where no lock can be made at all.
        """
        if self._give_back is not None:
            return True
        make_folder(self._places.data)
        opened_before = self._written_at()
        try:
            # a moment's patience: a command that only looks (`is_held_elsewhere`) holds it as long as that takes
            give_back = _take(self._places.window_lock, _WINDOW_PATIENCE)
        except OSError as error:
            raise save_problem(error, self._places.data) from None
        if give_back is None:
            return False
        self._give_back, self._opened_before = give_back, opened_before
        os.utime(self._places.window_lock)
        return True

    def release(self) -> None:
        """Give the lock back; without it nothing happens."""
        if self._give_back is not None:
            give_back, self._give_back = self._give_back, None
            give_back()

    def is_held_elsewhere(self) -> bool:
        """Whether another window, of this program or another, has the lock now."""
        if self._give_back is not None or self._written_at() is None:
            return False
        try:
            give_back = _take(self._places.window_lock, 0)
        except OSError:  # a folder that cannot be written to: no window can hold a lock in it
            return False
        if give_back is None:
            return True
        give_back()
        return False

    def last_opened(self) -> float | None:
        """Return when a window was opened last, before this one (seconds since 1970); None where none was."""
        return self._written_at() if self._give_back is None else self._opened_before

    def _written_at(self) -> float | None:
        try:
            return os.stat(self._places.window_lock).st_mtime
        except OSError:  # not there, or in a folder that cannot be
            return None
