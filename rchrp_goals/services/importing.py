"""Brings a plan back from the file that ``export json`` wrote, into a data folder that holds none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from rchrp_goals.errors import AnswerRefused, FileProblem, ProblemError
from rchrp_goals.services.desk import Desk

LARGEST = 32 * 1024 * 1024
"""Bytes of a file that is read; a plan of years is some hundred kilobytes."""

Record = dict[str, Any]
Tables = dict[str, list[Record]]


class Imported(NamedTuple):
    """What was brought in: the plan's id, and how many there are of what people count (removed records apart).

    ``is_as_written`` is False where the file was changed by another program after it was exported.
    """

    plan_id: str
    goals: int
    steps: int
    values: int
    records: int
    is_as_written: bool


def read_import_file(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a file. Raises FileProblem ``import_missing``, ``import_unreadable`` or ``import_too_large``."""
    shown = os.fspath(path)
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise FileProblem("import_missing", path=shown) from None
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        raise FileProblem("import_unreadable", path=shown.replace("\0", "")) from None
    if len(content) > LARGEST:
        raise FileProblem("import_too_large", megabytes=LARGEST // 1024 // 1024)
    return content


def import_plan(desk: Desk, content: bytes) -> Imported:
    """Bring in a plan, its ids, times and revisions with it: one save.

    Raises ProblemError ``plan_exists`` where the folder holds one; FileProblem ``import_too_large``, ``import_empty``,
    ``import_cut``, ``import_not_a_plan``, ``import_newer`` or ``import_record_wrong`` (table, field). Nothing has
    changed then.
    """
    from rchrp_goals.store.plan_file import Meta, parse
    from rchrp_goals.store.plan_store import What

    if desk.store.read().exists:
        raise ProblemError("plan_exists")
    if len(content) > LARGEST:
        raise FileProblem("import_too_large", megabytes=LARGEST // 1024 // 1024)
    try:
        found = parse(content, "")
    except FileProblem as problem:
        raise FileProblem(_SAID.get(problem.key, "import_not_a_plan")) from None
    tables = {name: _checked_table(name, table) for name, table in found.tables.items() if name not in _LEFT_OUT}
    meta: Meta = found.meta
    with desk.store.change(What("imported"), desk.clock.now()) as change:
        try:
            change.take_over(meta.plan_id, meta.generation)
        except ProblemError:
            raise ProblemError("plan_exists") from None
        for name, records in tables.items():
            try:
                for record in records:
                    change.put_as_it_is(name, record)
            except AnswerRefused:  # what the plan's own file would not hold: endless depth
                raise FileProblem("import_record_wrong", table=name, field="…") from None
    counts = {name: sum(not one.get("removed_at") for one in records) for name, records in tables.items()}
    goals, steps, values = (counts.get(name, 0) for name in ("goals", "steps", "values"))
    return Imported(meta.plan_id, goals, steps, values, sum(counts.values()), found.is_sealed)


_SAID: Mapping[str, str] = {
    "plan_empty": "import_empty",
    "plan_cut": "import_cut",
    "plan_newer_schema": "import_newer",
}
_LEFT_OUT = frozenset({"history", "kept_versions"})


def _checked_table(name: str, table: Mapping[str, Record]) -> list[Record]:
    if not (name and name.isascii() and name.isidentifier() and len(name) <= 64):
        raise FileProblem("import_not_a_plan")
    records = [_checked_record(name, record) for record in table.values()]
    if len({record["id"] for record in records}) != len(records):
        raise FileProblem("import_record_wrong", table=name, field="id")
    return records


def _checked_record(table: str, record: Record) -> Record:
    """Return a record as it may be kept: as it stands where that fits its model, else cleaned. Raises FileProblem."""
    from rchrp_goals.plan.records import checked, checked_removed

    id = record.get("id")
    if not (isinstance(id, str) and id and len(id) <= 64 and id.isascii() and id.isprintable()):
        raise FileProblem("import_record_wrong", table=table, field="id")
    is_removed = record.get("removed_at") is not None
    try:
        kept = checked_removed(table, record) if is_removed else checked(table, record)
    except FileProblem as problem:
        raise FileProblem("import_record_wrong", table=table, field=str(problem.values.get("field", ""))) from None
    except AnswerRefused:
        raise FileProblem("import_record_wrong", table=table, field="text") from None
    return kept if is_removed else record if _covers(kept, record) else kept


def _covers(kept: Any, said: Any) -> bool:
    """Tell whether ``kept`` holds all that ``said`` holds, with nothing but defaults beside it."""
    if isinstance(said, dict) and isinstance(kept, dict):
        return all(key in kept and _covers(kept[key], value) for key, value in said.items() if value is not None)
    if isinstance(said, list) and isinstance(kept, list):
        return len(said) == len(kept) and all(_covers(one, other) for one, other in zip(kept, said, strict=True))
    return type(kept) is type(said) and bool(kept == said)
