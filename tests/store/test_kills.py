"""kill -9 at any moment, and two or four who write at once: nothing acknowledged is lost, nothing wrong is shown."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.store.helpers import add, temporary_files, texts
from tests.store.saver import COUNTER, note, save

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")


class Saver:
    """Talks to a process that saves until it is killed."""

    def __init__(self, places: Places) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.saver", places.data],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.to: IO[bytes] = self.process.stdin
        self.said: IO[bytes] = self.process.stdout
        assert self.line() == "ready"

    def line(self) -> str:
        """Return the next line that it says."""
        return self.said.readline().decode().strip()

    def begin(self, command: str) -> list[str]:
        """Begin something; return what the child said before its id came, which may be a little late."""
        self.to.write(f"{command}\n".encode())
        self.to.flush()
        early = []
        while not (line := self.line()).startswith("child "):
            early.append(line)
        self.child = int(line.split()[1])
        return early

    def until_ended(self) -> tuple[list[str], int]:
        """Return what the child said and how it ended (-9: killed)."""
        said = []
        while not (line := self.line()).startswith("ended "):
            said.append(line)
        return said, int(line.split()[1])

    def close(self) -> None:
        """Let it end."""
        self.to.close()
        self.process.wait(10)
        self.said.close()


@pytest.fixture
def saver(places: Places) -> Iterator[Saver]:
    process = Saver(places)
    yield process
    process.close()


def check_whole(places: Places, at_least: int) -> int:
    """Say that the plan and its backup are whole; return the number that stands, ``at_least`` or the one after."""
    store = PlanStore(places)
    snapshot = store.read()
    step, goal = snapshot.get("steps", COUNTER), snapshot.get("goals", COUNTER)
    number = step["number"] if step else 0
    assert number in {at_least, at_least + 1}, "what was acknowledged is lost"
    if step:
        assert goal is not None
        assert step["text"] == note(number)
        assert goal["number"] == number
        assert snapshot.generation == number
    diagnosis = store.diagnose()
    assert diagnosis.kind == ("fine" if number else "none")
    assert diagnosis.backup_is_good or number < 2
    return int(number)


def kill_often(saver: Saver, places: Places, times: int) -> tuple[int, int]:
    """Kill a saving process so often; return how many saves were acknowledged and how often half a file was left."""
    chance, number, left, pause = random.Random(3), 0, 0, 0.01
    for _ in range(times):
        began, awaited = time.perf_counter(), chance.randrange(4)
        said = saver.begin(f"loop {number + 1}")
        while len(said) < awaited:
            said.append(saver.line())
        if awaited:
            pause = (time.perf_counter() - began) / awaited
        time.sleep(pause * chance.uniform(0, 1.2))  # somewhere in the next save
        os.kill(saver.child, signal.SIGKILL)
        more, ended = saver.until_ended()
        assert ended == -signal.SIGKILL
        acknowledged = [int(line) for line in said + more]
        number = check_whole(places, acknowledged[-1] if acknowledged else number)
        left += bool(temporary_files(places.data))
    save(PlanStore(places), number + 1)
    assert temporary_files(places.data) == []
    return number, left


def test_twenty_kills(saver: Saver, places: Places) -> None:
    acknowledged, _ = kill_often(saver, places, 20)
    assert acknowledged >= 20


@pytest.mark.slow
def test_a_hundred_kills(saver: Saver, places: Places) -> None:
    acknowledged, left = kill_often(saver, places, 100)
    assert acknowledged >= 100
    assert left, "no kill fell into a save: this test shows nothing"


@pytest.mark.parametrize("when", ["before", "after"])
def test_at_every_call_of_one_save(saver: Saver, places: Places, when: str) -> None:
    store = PlanStore(places)
    for number in (1, 2):
        save(store, number)
    number, old, new = 2, 0, 0
    for call in range(1, 60):
        saver.begin(f"die {when} {call} {number + 1}")
        said, ended = saver.until_ended()
        stands = check_whole(places, number)
        old, new = old + (stands == number), new + (stands > number)
        number = stands
        if not ended:
            break
        assert (said, ended) == ([], 9)
    else:
        pytest.fail("a save that never ends")
    assert old >= 8
    assert new >= 4
    save(store, number + 1)
    assert temporary_files(places.data) == []


def write_at_once(places: Places, names: str, each: int) -> None:
    savers = [Saver(places) for _ in names]
    for saver, name in zip(savers, names, strict=True):
        saver.begin(f"insert {name} {each}")
    for saver in savers:
        assert saver.until_ended() == ([], 0)
        saver.close()
    store = PlanStore(places)
    assert sorted(texts(store)) == sorted(f"{name}{number}" for name in names for number in range(each))
    assert store.read().generation == len(names) * each
    assert temporary_files(places.data) == []


@pytest.mark.parametrize("names", ["ab", "abcd"])
def test_writers_at_once(places: Places, names: str) -> None:
    write_at_once(places, names, 20)


@pytest.mark.slow
@pytest.mark.parametrize("names", ["ab", "abcd"])
def test_writers_at_once_for_long(places: Places, names: str) -> None:
    write_at_once(places, names, 200)


def test_a_killed_writer_leaves_no_lock(saver: Saver, places: Places) -> None:
    if not saver.begin("loop 1"):
        assert saver.line() == "1"
    os.kill(saver.child, signal.SIGKILL)
    saver.until_ended()
    add(PlanStore(places, patience=0.5))
