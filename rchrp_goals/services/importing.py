"""Brings a plan back from the file that ``export json`` wrote: into a folder that holds none, or merged by id.

Merged, each record stands as the rule of ``plan/versions.py`` says, and the other version is kept beside it. A copy of
the plan as it was goes to ``backups/`` first, from which undo brings it back.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.errors import AnswerRefused, FileProblem, ProblemError
from rchrp_goals.plan.merging import LEFT_OUT, Merge, is_removed, merge
from rchrp_goals.plan.versions import KEPT, kept_version
from rchrp_goals.services.desk import Desk

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import Change

LARGEST = 32 * 1024 * 1024
"""Bytes of a file that is read; a plan of years is some hundred kilobytes."""

COUNTED = ("goals", "steps", "learning", "values")
"""What people count; everything else is among the others."""
OTHERS = "others"

FAIL_SAFE = 5
"""An import that would remove more than one goal in this many, or any check-in, stops and asks."""

Record = dict[str, Any]
Tables = dict[str, dict[str, Record]]


class Brought(NamedTuple):
    """A plan that was read from a file and checked, record by record.

    ``is_as_written`` is False where the file was changed by another program after it was exported.
    """

    plan_id: str
    generation: int
    tables: Tables
    is_as_written: bool


class Imported(NamedTuple):
    """What comes in, or came in: how many of each (``COUNTED``, and ``others``) are new, newer, and removed.

    ``beside`` counts the versions that stand beside a newer one here. ``removes_much``: more than a fifth of the goals,
    or a check-in. ``is_new``: there was no plan here. ``backup`` is where the plan as it was is kept.
    """

    plan_id: str
    new: Mapping[str, int]
    newer: Mapping[str, int]
    removed: Mapping[str, int]
    beside: int
    is_new: bool
    is_as_written: bool
    removes_much: bool
    backup: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all comes in."""
        return not (self.is_new or self.new or self.newer or self.removed or self.beside)


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


def read_plan(content: bytes) -> Brought:
    """Return the plan that a file holds, checked.

    Raises FileProblem ``import_too_large``, ``import_empty``, ``import_cut``, ``import_not_a_plan``, ``import_newer`` or
    ``import_record_wrong`` (table, field).
    """
    from rchrp_goals.store.plan_file import parse

    if len(content) > LARGEST:
        raise FileProblem("import_too_large", megabytes=LARGEST // 1024 // 1024)
    try:
        found = parse(content, "")
    except FileProblem as problem:
        raise FileProblem(_SAID.get(problem.key, "import_not_a_plan")) from None
    tables = {name: _checked_table(name, table) for name, table in found.tables.items() if name not in LEFT_OUT}
    return Brought(found.meta.plan_id, found.meta.generation, tables, found.is_sealed)


def preview(desk: Desk, brought: Brought) -> Imported:
    """Return what would come in; nothing is changed or made.

    Raises ProblemError ``import_other_plan`` where the plan here is another one, and what reading the plan raises.
    """
    plan = desk.store.read()
    if plan.exists:
        _need_same_plan(plan.plan_id, brought)
    return _imported(merge(plan.tables, brought.tables), brought, plan.tables, is_new=not plan.exists)


def import_plan(desk: Desk, brought: Brought, *, may_remove_much: bool = False) -> Imported:
    """Bring a plan in, its ids, times and revisions with it: one save, or none where nothing is new.

    Raises as ``preview`` does; ProblemError ``import_removes_much`` (n, of) unless it may; FileProblem
    ``import_record_wrong``; what a save raises. Nothing has changed then.
    """
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("imported"), desk.clock.now(), keeps_copy=True) as change:
        is_new = change.is_new
        if is_new:
            change.take_over(brought.plan_id, brought.generation)
        else:
            _need_same_plan(change.plan_id, brought)
            change.go_beyond(brought.generation)
        here = {name: change.standing(name) for name in {*brought.tables, "goals", KEPT}}
        found = merge(here, brought.tables)
        said = _imported(found, brought, here, is_new=is_new)
        if said.removes_much and not may_remove_much:
            raise removes_much(said)
        _apply(change, found)
    return said._replace(backup=change.backup)


def removes_much(said: Imported) -> ProblemError:
    """Return the problem of an import that would remove more than it may without being asked about."""
    return ProblemError("import_removes_much", n=sum(said.removed.values()))


def _apply(change: Change, found: Merge) -> None:
    for one in found.incoming:
        try:
            change.put_as_it_is(one.table, one.record)
        except AnswerRefused:  # what the plan's own file would not hold: endless depth
            raise FileProblem("import_record_wrong", table=one.table, field="…") from None
    for beside in found.beside:
        change.put(KEPT, kept_version(beside.table, beside.record))


def _need_same_plan(plan_id: str, brought: Brought) -> None:
    if plan_id != brought.plan_id:
        raise ProblemError("import_other_plan")


def _imported(found: Merge, brought: Brought, here: Mapping[str, Mapping[str, Any]], *, is_new: bool) -> Imported:
    new: dict[str, int] = {}
    newer: dict[str, int] = {}
    removed: dict[str, int] = {}
    for one in found.incoming:
        stood = one.here is not None and not is_removed(one.here)
        if is_removed(one.record):
            counts = removed if stood else None
        else:
            counts = newer if stood else new
        if counts is not None:
            name = one.table if one.table in COUNTED else OTHERS
            counts[name] = counts.get(name, 0) + 1
    goals = sum(not is_removed(one) for one in here.get("goals", {}).values())
    much = found.removed("goals") * FAIL_SAFE > goals or found.removed("check_ins") > 0
    known = set(here.get(KEPT, {}))
    beside = sum(kept_version(one.table, one.record)["id"] not in known for one in found.beside if not one.is_here)
    return Imported(brought.plan_id, new, newer, removed, beside, is_new, brought.is_as_written, removes_much=much)


_SAID: Mapping[str, str] = {
    "plan_empty": "import_empty",
    "plan_cut": "import_cut",
    "plan_newer_schema": "import_newer",
}


def _checked_table(name: str, table: Mapping[str, Record]) -> dict[str, Record]:
    if not (name and name.isascii() and name.isidentifier() and len(name) <= 64):
        raise FileProblem("import_not_a_plan")
    records = [_checked_record(name, record) for record in table.values()]
    by_id = {record["id"]: record for record in records}
    if len(by_id) != len(records):
        raise FileProblem("import_record_wrong", table=name, field="id")
    return by_id


def _checked_record(table: str, record: Record) -> Record:
    """Return a record as it may be kept: as it stands where that fits its model, else cleaned. Raises FileProblem."""
    from rchrp_goals.plan.records import checked, checked_removed

    id = record.get("id")
    if not (isinstance(id, str) and id and len(id) <= 64 and id.isascii() and id.isprintable()):
        raise FileProblem("import_record_wrong", table=table, field="id")
    is_gone = is_removed(record)
    try:
        kept = checked_removed(table, record) if is_gone else checked(table, record)
    except FileProblem as problem:
        raise FileProblem("import_record_wrong", table=table, field=str(problem.values.get("field", ""))) from None
    except AnswerRefused:
        raise FileProblem("import_record_wrong", table=table, field="text") from None
    return kept if is_gone else record if _covers(kept, record) else kept


def _covers(kept: Any, said: Any) -> bool:
    """Tell whether ``kept`` holds all that ``said`` holds, with nothing but defaults beside it."""
    if isinstance(said, dict) and isinstance(kept, dict):
        return all(key in kept and _covers(kept[key], value) for key, value in said.items() if value is not None)
    if isinstance(said, list) and isinstance(kept, list):
        return len(said) == len(kept) and all(_covers(one, other) for one, other in zip(kept, said, strict=True))
    return type(kept) is type(said) and bool(kept == said)
