"""What one saved change costs, as ratios: ``python -m benchmarks.save``.

Every figure is the median of pairs, the two sides taking turns in one run, because a machine's own figures swing by
half from minute to minute. Wall time against a bare write, fsync, rename and fsync of the folder with the same bytes;
CPU time against TinyDB's own storage updating one record of the same plan.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tinydb import TinyDB, where

from rchrp_goals.store.due_file import due_payload
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, What

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
SENTENCE = "I go along with somebody to the clinic on Thursday, and I ask before I say what I think. "
MIX = {"goals": 4, "steps": 16, "if_thens": 4, "rulers": 4, "learning": 6, "reminders": 6, "progress": 12, "asked": 8}
"""Records of a plan of 60 after some months."""


def due_rows(tables: Mapping[str, Mapping[str, dict[str, Any]]]) -> bytes:
    """Return what ``due.tsv`` holds: as much work as the program's own rows."""
    rows = [
        (record["due"], kind, id, record["text"])
        for table, kind in (("steps", "step"), ("learning", "learning"), ("reminders", "reminder"))
        for id, record in tables.get(table, {}).items()
        if record.get("due") and not record.get("removed_at")
    ]
    return due_payload("en", "1 thing waits", "a few things wait", rows)


def make_plan(data: str, times: int, changes: int) -> PlanStore:
    """Make a plan of ``60 * times`` records, and change it so often that its history is as full as it would be."""
    store = PlanStore(Places(data), due_rows=due_rows)
    with store.change(What("made"), NOW) as change:
        for table, count in MIX.items():
            for number in range(count * times):
                due = (NOW + timedelta(days=number % 90)).date().isoformat()
                change.put(table, {"text": SENTENCE * 3, "due": due, "order": number, "state": "planned"})
    for number in range(changes):
        change_one(store, number)
    return store


def change_one(store: PlanStore, number: int) -> None:
    """Save one changed step."""
    with store.change(What("step_changed"), NOW + timedelta(seconds=number)) as change:
        step = change.all("steps")[number % 16]
        step["text"] = f"{SENTENCE * 3}{number}"
        change.put("steps", step)


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


def pairs(
    ours: Callable[[int], object], other: Callable[[int], object], clock: Callable[[], float], count: int
) -> tuple[float, float, float]:
    """Return the median ratio of ``count`` pairs, and both medians in milliseconds."""
    ratios, mine, theirs = [], [], []
    for number in range(count):
        spent = []
        for side in (ours, other) if number % 2 else (other, ours):
            start = clock()
            side(number)
            spent.append((clock() - start) * 1000)
        here, there = spent if number % 2 else spent[::-1]
        ratios.append(here / there)
        mine.append(here)
        theirs.append(there)
    return statistics.median(ratios), statistics.median(mine), statistics.median(theirs)


def measure(name: str, times: int, changes: int, count: int) -> None:
    """Print the figures of one plan."""
    with tempfile.TemporaryDirectory(prefix="rchrp-goals-bench-") as folder:
        store = make_plan(os.path.join(folder, "data"), times, changes)
        plan = os.path.join(folder, "data", "plan.json")
        with open(plan, "rb") as file:
            data = file.read()
        bare, plain = os.path.join(folder, "bare.json"), os.path.join(folder, "plain.json")
        write_bare(plain, data)
        theirs = TinyDB(plain, encoding="utf-8")
        ids = [document["id"] for document in theirs.table("steps").all()[:16]]

        def change_theirs(number: int) -> None:
            text = f"{SENTENCE * 3}{number}"
            theirs.table("steps").update({"text": text}, where("id") == ids[number % 16])

        def change_ours(number: int) -> None:
            change_one(store, changes + number)

        ratio, mine, other = pairs(change_ours, lambda _: write_bare(bare, data), time.perf_counter, count)
        print(f"{name}: {len(data) // 1024} KiB")
        print(f"  wall against a bare safe write    {ratio:5.2f}   ({mine:.2f} ms / {other:.2f} ms)")
        cpu, mine, other = pairs(change_ours, change_theirs, time.process_time, count)
        print(f"  CPU against TinyDB's own update   {cpu:5.2f}   ({mine:.2f} ms / {other:.2f} ms)")
        theirs.close()


def main() -> int:
    """Print every ratio."""
    measure("60 records, nothing changed before", times=1, changes=0, count=60)
    measure("60 records, history full", times=1, changes=110, count=200)
    measure("9,000 records, history full", times=150, changes=110, count=15)
    return 0


if __name__ == "__main__":
    sys.exit(main())
