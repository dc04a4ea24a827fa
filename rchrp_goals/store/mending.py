"""What is wrong with a plan's file, and the ways back. Words are set aside, never deleted."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.store import history, plan_file
from rchrp_goals.store.keeper import Keeper, State, by_id, read_bytes, read_state
from rchrp_goals.store.places import Places, make_folder
from rchrp_goals.store.plan_file import Content
from rchrp_goals.store.safe_write import flush_folder, keep_as, remove_if_there, save_problem

FINE, NONE, GONE, CHANGED_OUTSIDE = "fine", "none", "gone", "changed_outside"
_UNTOUCHED = {"newer_schema", "unreadable", "link_broken"}


class Diagnosis(NamedTuple):
    """How a plan's file is.

    ``kind`` is ``fine``, ``none`` (no plan yet), or what the FileProblem says: ``cut empty not_ours
    missing_backup_there link_broken newer_schema changed_outside``, ``gone`` (it was there while this program ran),
    or ``unreadable``. ``backup_written_at`` is in seconds since 1970. ``is_held``: this program still holds the plan
    as it stood last, and the backup is older than that.
    """

    kind: str
    path: str
    problem: ProblemError | None
    backup_is_good: bool
    backup_generation: int
    backup_written_at: float | None
    is_held: bool = False


class Difference(NamedTuple):
    """A record that is not the same in two files: ``only_in_plan``, ``only_in_backup`` or ``differs``."""

    table: str
    id: str
    kind: str


def diagnose(places: Places) -> Diagnosis:
    """Say how the plan's file is, and whether ``plan.json.bak`` can stand in for it. Changes nothing."""
    kind, problem = FINE, None
    try:
        if read_state(places.plan, places.backup).stamp is None:
            kind = NONE
    except ProblemError as error:
        kind, problem = error.key.removeprefix("plan_"), error
    backup, written_at = _backup(places)
    return Diagnosis(
        kind, places.plan, problem, backup is not None, backup.meta.generation if backup else 0, written_at
    )


def diagnose_for(keeper: Keeper) -> Diagnosis:
    """Say the same for who has read the plan before."""
    found, held = diagnose(keeper.places), keeper.held
    if held.stamp is None:
        return found
    if found.kind == NONE:
        path = keeper.places.plan
        found = found._replace(kind=GONE, problem=FileProblem("plan_gone", path=path))
    return found._replace(is_held=not found.backup_is_good or held.meta.generation > found.backup_generation)


def compare_with_backup(places: Places) -> list[Difference]:
    """Return every record in which the plan and ``plan.json.bak`` differ, history apart.

    Raises FileProblem where one of them cannot be read.
    """
    plan, backup = _read(places.plan), _read(places.backup)
    found: list[Difference] = []
    for table in {**plan.tables, **backup.tables}:
        if table == history.TABLE:
            continue
        here, there = (by_id(content.tables.get(table, {})) for content in (plan, backup))
        for id in {**here, **there}:
            if id not in there:
                found.append(Difference(table, id, "only_in_plan"))
            elif id not in here:
                found.append(Difference(table, id, "only_in_backup"))
            elif here[id] != there[id]:
                found.append(Difference(table, id, "differs"))
    return found


def use_backup(keeper: Keeper, now: datetime) -> tuple[str, State | None]:
    """Set the damaged plan aside and go on with ``plan.json.bak``, which stays too.

    Returns where the damaged one is kept, and the new state; nothing is done where the plan is fine. Raises
    FileProblem ``backup_damaged``, and the plan's own problem where it must not be touched.
    """
    places = keeper.places
    if not _is_to_mend(places):
        return "", None
    backup, _ = _backup(places)
    if backup is None:
        raise FileProblem("backup_damaged", path=places.backup)
    seen = _generation_seen(places)
    kept = set_aside(places.plan, places, now)
    _set_copies_aside(places, backup, kept)
    # above what anybody may have seen of the damaged one, so that a copy of it never passes for the newer
    meta = backup.meta._replace(generation=max(seen, backup.meta.generation) + 1)
    return kept, keeper.save(meta, backup.tables, backup.lines, {}, keeps_backup=False)


def write_again(keeper: Keeper, now: datetime) -> tuple[str, State | None]:
    """Set aside what stands in the plan's place, and write the plan as this program read or saved it last.

    Returns as ``use_backup`` does; nothing is done where the plan is fine, or nothing is held. Raises the plan's own
    problem where it must not be touched.
    """
    places, held = keeper.places, keeper.held
    is_gone = diagnose_for(keeper).kind == GONE
    if held.stamp is None or not (is_gone or _is_to_mend(places)):
        return "", None
    seen = _generation_seen(places)
    kept = set_aside(places.plan, places, now)
    _set_copies_aside(places, held, kept)
    meta = held.meta._replace(generation=max(seen, held.meta.generation) + 1)
    return kept, keeper.save(meta, held.tables, held.lines, held.blocks, keeps_backup=False)


def start_new(places: Places, now: datetime) -> str:
    """Set the damaged plan and ``plan.json.bak`` aside; then there is no plan yet. Returns where it is kept.

    Raises the plan's own problem where it must not be touched.
    """
    if not _is_to_mend(places):
        return ""
    kept_backup = set_aside(places.backup, places, now)
    kept = set_aside(places.plan, places, now)
    try:
        for path in (places.backup, places.plan):
            if os.path.lexists(path):
                remove_if_there(os.path.realpath(path))
                remove_if_there(path)
        flush_folder(places.data)
    except OSError as error:
        raise save_problem(error, places.plan) from None
    return kept or kept_backup


def keep_as_it_is(keeper: Keeper, now: datetime) -> tuple[str, State | None]:
    """Take what another program wrote as the plan. The file as it was found and ``plan.json.bak`` are kept aside.

    Returns where it is kept, and the new state; nothing is done where the plan is fine. Raises the plan's own
    problem where it is damaged.
    """
    places = keeper.places
    diagnosis = diagnose(places)
    if diagnosis.kind in {FINE, NONE}:
        return "", None
    if diagnosis.kind != CHANGED_OUTSIDE and diagnosis.problem:
        raise diagnosis.problem
    content = _read(places.plan)
    set_aside(places.backup, places, now)
    kept = set_aside(places.plan, places, now)
    _set_copies_aside(places, content, kept)
    meta = content.meta._replace(generation=content.meta.generation + 1)
    return kept, keeper.save(meta, content.tables, content.lines, {}, keeps_backup=False)


def restore(keeper: Keeper, state: State, name: str, now: datetime) -> tuple[str, State]:
    """Go on with a plan of ``backups/``; the one that stands is set aside first, and stays ``plan.json.bak`` too.

    Returns where that is kept, and the new state. Raises ProblemError ``undo_backup_gone`` or FileProblem
    ``backup_damaged``, or a problem of the file's own.
    """
    path = os.path.join(keeper.places.backups, os.path.basename(name))
    found = read_bytes(path)
    if found is None:
        raise ProblemError("undo_backup_gone", path=path)
    content = plan_file.parse(found[0], path)
    if not content.is_sealed or content.meta.plan_id != state.meta.plan_id:
        raise FileProblem("backup_damaged", path=path)
    kept = set_aside(keeper.places.plan, keeper.places, now)
    meta = content.meta._replace(generation=max(state.meta.generation, content.meta.generation) + 1)
    return kept, keeper.save(meta, content.tables, content.lines, {}, keeps_backup=True)


def _set_copies_aside(places: Places, plan: Content | State, kept: str) -> None:
    """Keep beside the plan that is set aside the copies of proof that the one in its place does not name."""
    from rchrp_goals.store.evidence import set_aside_unneeded

    try:
        with suppress(ProblemError):  # where it is not known what undo needs no save deletes them either
            set_aside_unneeded(places, plan.tables, kept)
    except OSError as error:
        raise save_problem(error, places.evidence) from None


def _is_to_mend(places: Places) -> bool:
    diagnosis = diagnose(places)
    if diagnosis.problem and diagnosis.kind in _UNTOUCHED:
        raise diagnosis.problem
    return diagnosis.kind not in {FINE, NONE}


def _read(path: str) -> Content:
    found = read_bytes(path)
    if found is None:
        raise FileProblem("plan_empty", path=path)
    return plan_file.parse(found[0], path)


def _backup(places: Places) -> tuple[Content | None, float | None]:
    try:
        found = read_bytes(places.backup)
        if found is None:
            return None, None
        content = plan_file.parse(found[0], places.backup)
    except ProblemError:
        return None, None
    return (content if content.is_sealed else None), found[1][1] / 1e9


def _generation_seen(places: Places) -> int:
    """Return the generation that the damaged file's first line tells, where it still can."""
    try:
        found = read_bytes(places.plan)
    except ProblemError:
        return 0
    meta = plan_file.first_line(found[0]) if found else None
    return meta.generation if meta else 0


def set_aside(path: str, places: Places, now: datetime) -> str:
    """Keep a file under a neutral, dated name in ``backups/``; return that, or nothing where there is no file.

    The file itself stays in its place; only what is no file (a folder, a pipe) is moved.
    """
    if not os.path.exists(path):
        return ""
    make_folder(places.backups)
    stem = os.path.join(places.backups, f"plan-{now.astimezone(UTC):%Y%m%d-%H%M%S}")
    kept, number = f"{stem}.json", 1
    while os.path.lexists(kept):
        number += 1
        kept = f"{stem}-{number}.json"
    try:
        if os.path.isfile(path):
            keep_as(os.path.realpath(path), kept)
        else:
            os.rename(path, kept)
        flush_folder(places.backups)
    except OSError as error:
        raise save_problem(error, path) from None
    return kept
