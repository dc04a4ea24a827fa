"""What one saved change costs, as ratios: ``python -m benchmarks.save``.

Every figure is the median of pairs, the two sides taking turns in one run, because a machine's own figures swing by
half from minute to minute. Wall time against a bare write, fsync, rename and fsync of the folder with the same bytes;
CPU time against TinyDB's own storage updating one record of the same plan.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tinydb import TinyDB, where

from rchrp_goals.content import Words
from rchrp_goals.services.context import due_rows
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, What

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
SENTENCE = "I go along with somebody to the clinic on Thursday, and I ask before I say what I think. "
MIX = {"goals": 4, "steps": 16, "if_thens": 4, "rulers": 4, "learning": 6, "reminders": 6, "progress": 12, "asked": 8}
"""Records of a plan of 60 after some months."""


def record(table: str, number: int) -> dict[str, object]:
    """Return one record, about as large and as dated as those of a real plan."""
    day = (NOW + timedelta(days=number % 90)).date().isoformat()
    dates: dict[str, dict[str, object]] = {
        "goals": {"title": SENTENCE, "state": "active", "review_on": day, "levels": {"0": SENTENCE}},
        "steps": {"due": day, "order": number, "state": "planned", "goal": f"goals-{number % 4}"},
        "learning": {"title": SENTENCE, "planned_for": day, "state": "planned"},
        "reminders": {"next_at": f"{day}T09:00:00.000000Z", "what": {"kind": "plan"}, "words": "look_again"},
    }
    return {"id": f"{table}-{number}", "text": SENTENCE * 3, **dates.get(table, {"note": SENTENCE})}


def make_plan(data: str, times: int, changes: int) -> PlanStore:
    """Make a plan of ``60 * times`` records, and change it so often that its history is as full as it would be."""
    words = Words("en")
    store = PlanStore(Places(data), due_rows=lambda tables: due_rows(tables, words))
    with store.change(What("made"), NOW) as change:
        for table, count in MIX.items():
            for number in range(count * times):
                change.put(table, record(table, number))
    for number in range(changes):
        change_one(store, number)
    return store


def change_one(store: PlanStore, number: int) -> None:
    """Save one changed step."""
    with store.change(What("step_changed"), NOW + timedelta(seconds=number)) as change:
        step = change.get("steps", f"steps-{number % 16}") or {}
        change.put("steps", step | {"text": f"{SENTENCE * 3}{number}"})


def write_bare(path: str, data: bytes) -> None:
    """Write the same bytes as safely as a file can be, and nothing else."""
    temporary = f"{path}.new"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    os.replace(temporary, path)
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class Pairs:
    """Two sides taking turns; each pair is one ratio."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.ours: list[float] = []
        self.theirs: list[float] = []

    def run(self, ours: Callable[[int], object], theirs: Callable[[int], object], count: int) -> None:
        """Run ``count`` pairs; which side begins changes each time."""
        for number in range(count):
            for side in (ours, theirs) if number % 2 else (theirs, ours):
                start = self.clock()
                side(number)
                spent = (self.clock() - start) * 1000
                (self.ours if side is ours else self.theirs).append(spent)

    def __str__(self) -> str:
        ratio = statistics.median(a / b for a, b in zip(self.ours, self.theirs, strict=True))
        return f"{ratio:5.2f}   ({statistics.median(self.ours):.2f} ms / {statistics.median(self.theirs):.2f} ms)"


def measure(name: str, *, times: int, changes: int, rounds: int, count: int) -> None:
    """Print the figures of one plan: ``rounds`` plans, ``count`` pairs each of wall and of CPU time.

    Ours grows a little with each change, because it keeps what can be taken back; so a round is short.
    """
    wall, cpu = Pairs(time.perf_counter), Pairs(time.process_time)
    size = 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="rchrp-goals-bench-") as folder:
            size = run_round(folder, make_plan(os.path.join(folder, "data"), times, changes), wall, cpu, count)
    print(f"{name}: {size // 1024} KiB")
    print(f"  wall against a bare safe write    {wall}")
    print(f"  CPU against TinyDB's own update   {cpu}")


def run_round(folder: str, store: PlanStore, wall: Pairs, cpu: Pairs, count: int) -> int:
    """Run the pairs of one plan; return the size of its file in bytes."""
    with open(os.path.join(folder, "data", "plan.json"), "rb") as file:
        data = file.read()
    bare, plain = os.path.join(folder, "bare.json"), os.path.join(folder, "plain.json")
    write_bare(plain, data)
    numbers = itertools.count(1000)
    with TinyDB(plain, encoding="utf-8") as theirs:
        steps = theirs.table("steps")
        wall.run(lambda _: change_one(store, next(numbers)), lambda _: write_bare(bare, data), count)
        cpu.run(
            lambda _: change_one(store, next(numbers)),
            lambda number: steps.update({"text": f"{SENTENCE}{number}"}, where("id") == "steps-3"),
            count,
        )
    return len(data)


def main() -> int:
    """Print every ratio."""
    measure("60 records, nothing changed before", times=1, changes=1, rounds=12, count=8)
    measure("60 records, history full", times=1, changes=110, rounds=4, count=25)
    measure("9,000 records, history full", times=150, changes=110, rounds=1, count=15)
    return 0


if __name__ == "__main__":
    sys.exit(main())
