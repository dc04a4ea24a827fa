"""The lock of a window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.locks import SAVE_TIMEOUT, WindowLock
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.store.helpers import add

HOLD = (
    "import sys, time; from rchrp_goals.store.locks import WindowLock; from rchrp_goals.store.places import Places;"
    "lock = WindowLock(Places(sys.argv[1])); print(lock.acquire(), flush=True); sys.stdin.read()"
)


@pytest.fixture
def lock(places: Places) -> WindowLock:
    return WindowLock(places)


def other_window(places: Places) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, places.data],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    return process


class TestWindowLock:
    def test_one_window_at_a_time(self, lock: WindowLock, places: Places) -> None:
        other = WindowLock(places)
        assert lock.acquire()
        assert lock.acquire()
        assert not other.acquire()
        lock.release()
        assert other.acquire()
        other.release()
        other.release()

    def test_is_held_elsewhere(self, lock: WindowLock, places: Places) -> None:
        other = WindowLock(places)
        assert not other.is_held_elsewhere()
        assert not os.path.exists(places.data)
        lock.acquire()
        assert other.is_held_elsewhere()
        assert not lock.is_held_elsewhere()
        lock.release()
        assert not other.is_held_elsewhere()

    def test_looking_does_not_take_it(self, lock: WindowLock, places: Places) -> None:
        WindowLock(places).acquire()
        Path(places.window_lock).touch()
        looking = WindowLock(places)
        for _ in range(3):
            looking.is_held_elsewhere()
        assert lock.acquire()
        lock.release()

    def test_another_program_holds_it_until_it_ends(self, lock: WindowLock, places: Places) -> None:
        process = other_window(places)
        with process:
            assert lock.is_held_elsewhere()
            assert not lock.acquire()
            process.kill()
            process.wait(10)
            assert not lock.is_held_elsewhere()
            assert lock.acquire()
        lock.release()

    def test_does_not_wait(self, lock: WindowLock, places: Places) -> None:
        other = WindowLock(places)
        other.acquire()
        began = time.monotonic()
        assert not lock.acquire()
        assert time.monotonic() - began < SAVE_TIMEOUT
        other.release()

    def test_saving_goes_on_under_it(self, lock: WindowLock, places: Places) -> None:
        lock.acquire()
        add(PlanStore(places))
        lock.release()

    def test_last_opened_is_as_it_was_before(self, lock: WindowLock, places: Places) -> None:
        assert lock.last_opened() is None
        lock.acquire()
        assert lock.last_opened() is None
        lock.release()
        os.utime(places.window_lock, (1_000_000, 1_000_000))
        again = WindowLock(places)
        assert again.last_opened() == 1_000_000
        again.acquire()
        assert again.last_opened() == 1_000_000
        again.release()
        opened = again.last_opened()
        assert opened is not None
        assert opened > 1_000_000

    def test_looking_is_no_opening(self, lock: WindowLock, places: Places) -> None:
        lock.acquire()
        lock.release()
        os.utime(places.window_lock, (1_000_000, 1_000_000))
        assert not lock.is_held_elsewhere()
        assert lock.last_opened() == 1_000_000

    def test_a_folder_that_cannot_be_made_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("mine")
        with pytest.raises(ProblemError, match="folder_not_made"):
            WindowLock(Places(str(tmp_path / "data"))).acquire()

    def test_a_lock_that_cannot_be_made_is_said(self, lock: WindowLock, places: Places) -> None:
        os.makedirs(places.window_lock)
        with pytest.raises(ProblemError) as problem:
            lock.acquire()
        assert problem.value.key in {"not_saved", "plan_read_only"}
        assert not lock.is_held_elsewhere()
