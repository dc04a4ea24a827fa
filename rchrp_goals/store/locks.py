"""Two locks: one for the moment of a save, one for the life of a window.

Both are locks of the system on a file (not the mere presence of a file), so a killed program leaves none behind.
filelock brings asyncio with it and is loaded only to lock.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rchrp_goals.errors import BusyProblem
from rchrp_goals.store.places import Places, make_folder
from rchrp_goals.store.safe_write import PRIVATE_FILE, save_problem

if TYPE_CHECKING:
    from filelock import BaseFileLock

SAVE_TIMEOUT = 5.0
"""Seconds that a save waits for another one."""

_POLL = 0.005
_WINDOW_PATIENCE = 0.25


def _file_lock(path: str) -> BaseFileLock:
    from filelock import FileLock

    # not for each thread apart: who holds one of these sees to its own threads
    return FileLock(path, mode=PRIVATE_FILE, thread_local=False)


class PlanLock:
    """Held while a plan is read, changed and saved. A context manager."""

    def __init__(self, places: Places, timeout: float = SAVE_TIMEOUT) -> None:
        self._places = places
        self._timeout = timeout
        self._lock: BaseFileLock | None = None

    def __enter__(self) -> Self:
        """Wait for the lock; the data folder is made where it is missing.

        Raises BusyProblem ``plan_locked`` after the timeout, ProblemError ``plan_read_only`` or ``not_saved`` where
        no lock can be made at all.
        """
        from filelock import Timeout

        if self._lock is None:
            self._lock = _file_lock(self._places.plan_lock)
        make_folder(self._places.data)
        try:
            self._lock.acquire(timeout=self._timeout, poll_interval=_POLL)
        except Timeout:
            raise BusyProblem("plan_locked", path=self._places.plan) from None
        except OSError as error:
            raise save_problem(error, self._places.plan) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        if self._lock is not None:
            self._lock.release()


class WindowLock:
    """Held from the opening of a window, or of a plain conversation, to its end."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._lock: BaseFileLock | None = None
        self._opened_before: float | None = None

    def acquire(self) -> bool:
        """Take the lock and return True; return False where another window has it. Makes the data folder.

        Raises ProblemError ``plan_read_only`` or ``not_saved`` where no lock can be made at all.
        """
        from filelock import Timeout

        if self._lock is not None:
            return True
        make_folder(self._places.data)
        opened_before = self._written_at()
        lock = _file_lock(self._places.window_lock)
        try:
            # a moment's patience: a command that only looks (`is_held_elsewhere`) holds it as long as that takes
            lock.acquire(timeout=_WINDOW_PATIENCE, poll_interval=_POLL)
        except Timeout:
            return False
        except OSError as error:
            raise save_problem(error, self._places.data) from None
        self._lock, self._opened_before = lock, opened_before
        os.utime(self._places.window_lock)
        return True

    def release(self) -> None:
        """Give the lock back; without it nothing happens."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def is_held_elsewhere(self) -> bool:
        """Whether another window, of this program or another, has the lock now."""
        from filelock import Timeout

        if self._lock is not None or self._written_at() is None:
            return False
        lock = _file_lock(self._places.window_lock)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return True
        except OSError:  # a folder that cannot be written to: no window can hold a lock in it
            return False
        lock.release()
        return False

    def last_opened(self) -> float | None:
        """Return when a window was opened last, before this one (seconds since 1970); None where none was."""
        return self._written_at() if self._lock is None else self._opened_before

    def _written_at(self) -> float | None:
        try:
            return os.stat(self._places.window_lock).st_mtime
        except OSError:  # not there, or in a folder that cannot be
            return None
