"""What several tests of the store do."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, Record, What

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 6, 9, 30, 1, 250, tzinfo=UTC)
DONE = What("step_added")


def due_rows(_: object) -> bytes:
    """What stands in ``due.tsv`` after its stamp, for a plan in which nothing has a day."""
    return b"en\tone\tfew\t\n"


def add(store: PlanStore, text: str = "Call the clinic", table: str = "steps", **more: Any) -> Record:
    """Save one new record and return it."""
    with store.change(DONE, NOW) as change:
        return change.put(table, {"text": text, **more})


def edit(store: PlanStore, id: str, now: datetime = LATER, **fields: Any) -> Record:
    """Save some changed fields of a step."""
    with store.change(What("step_changed"), now) as change:
        record = change.get("steps", id)
        assert record is not None
        return change.put("steps", record | fields)


def texts(store: PlanStore, table: str = "steps") -> list[str]:
    """Return the texts of a table's records in order."""
    return [record["text"] for record in store.read().records(table)]


def sealed(text: str) -> bytes:
    """Return a hand-made plan file with the checksum that fits; the text holds 64 zeros where it goes."""
    data = text.encode("utf-8", "surrogatepass")
    assert data.count(b"0" * 64) == 1
    return data.replace(b"0" * 64, hashlib.sha256(data).hexdigest().encode())


def head(generation: int = 3, schema: str = "[1, 0]", plan: str = "b6c1") -> str:
    """Return line 1 without its end, the checksum as zeros."""
    zeros = "0" * 64
    return (
        f'{{"_file": {{"1": {{"format": "rchrp-goals-plan", "plan": "{plan}", "schema": {schema}, '
        f'"generation": {generation}, "sha256": "{zeros}"}}}}'
    )


def put_plan(places: Places, data: bytes) -> None:
    """Lay a file in the plan's place."""
    Path(places.data).mkdir(exist_ok=True)
    Path(places.plan).write_bytes(data)


def plan_bytes(places: Places) -> bytes:
    """Return the plan's file as it stands."""
    return Path(places.plan).read_bytes()


def standing(folder: str) -> dict[str, bytes]:
    """Return every file of a folder by name, locks apart: what must be the same where nothing was touched."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def temporary_files(folder: str) -> list[str]:
    """Return what a save left half written anywhere in a folder."""
    return [name for _, _, names in os.walk(folder) for name in names if re.fullmatch(r"\..*\.new", name)]
