"""Proof of learning as files of the plan's own: copies in ``evidence/`` under neutral names, whole or not at all.

A copy stays as long as a record names it, or a change that can still be taken back would bring one back that does. Each
save removes what no longer is: so nothing that undo needs is lost, and nothing stays for ever, wherever a program was
killed. Where another plan takes the place of a damaged one, what only the damaged one may name is kept beside it first.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan.versions import KEPT
from rchrp_goals.store import history, safe_write
from rchrp_goals.store.places import Places, is_temporary, make_folder

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Table name to TinyDB's key to record."""
FIELD = "evidence_file"
"""The field of an activity that names its copy."""
TABLE = "learning"
MOST_MEGABYTES = 25
"""More than any certificate or photo of one; a film of an evening is kept elsewhere."""
_MOST = MOST_MEGABYTES * 1_000_000
_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_AFTER_ID = re.compile(r"(\.[0-9]{1,3})?(\.[a-z0-9]{1,8})?")
_MOST_COPIES = 999
_QUOTES = ("'", '"')
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def read_source(said: str) -> str:
    """Return the path of the file that somebody named: ``~``, quotes and the backslashes of a file that was dragged in.

    Raises AnswerRefused ``evidence_not_there evidence_folder evidence_no_file evidence_unreadable evidence_empty
    evidence_too_large`` (``most``).
    """
    path = _meant(said)
    try:
        found = os.stat(path)
    except PermissionError:
        raise AnswerRefused("evidence_unreadable") from None
    except (OSError, ValueError):  # not there, too long a name, a zero byte in it
        raise AnswerRefused("evidence_not_there") from None
    if stat.S_ISDIR(found.st_mode):
        raise AnswerRefused("evidence_folder")
    if not stat.S_ISREG(found.st_mode):
        raise AnswerRefused("evidence_no_file")
    if not os.access(path, os.R_OK):
        raise AnswerRefused("evidence_unreadable")
    if not found.st_size:
        raise AnswerRefused("evidence_empty")
    if found.st_size > _MOST:
        raise AnswerRefused("evidence_too_large", most=MOST_MEGABYTES)
    return os.path.abspath(path)


def keep_copy(places: Places, id: str, source: str) -> str:
    """Copy a file into ``evidence/`` for the record ``id``, read it back, and return the copy's name: id and suffix.

    One that is there stays beside it, and the name has a number then. For who changes the plan just now: a save of
    somebody else would find a copy that no record names yet. Raises as ``read_source`` does for what changed since, and
    ProblemError ``evidence_not_kept`` or ``evidence_disk_full`` (path), ``folder_not_made``; then no new file is left.
    """
    if not _ID.fullmatch(id):
        raise ProblemError("not_there")
    path = read_source(source)
    content = _content(path)
    make_folder(places.evidence)
    name = _free_name(places, id, _suffix(path))
    path = places.proof(name)
    try:
        safe_write.replace_file(path, content)
        with open(path, "rb") as file:
            is_whole = file.read() == content
    except OSError as error:
        key = "evidence_disk_full" if error.errno in _FULL else "evidence_not_kept"
        raise ProblemError(key, path=path) from None
    if not is_whole:
        safe_write.remove_if_there(path)
        raise ProblemError("evidence_not_kept", path=path)
    return name


def forget_copy(places: Places, name: str) -> None:
    """Delete one copy; where that cannot be, the next save does it."""
    with suppress(OSError):
        safe_write.remove_if_there(places.proof(name))


def forget_unneeded(places: Places, tables: Tables) -> None:
    """Delete the copies of this plan's activities that it needs no more, and what a killed program left half written.

    ``tables`` is the plan as it was just saved, by whoever holds its lock. A copy of an activity that it does not know
    stays: a plan that was set aside may name it.
    """
    names = _names(places)
    try:
        over = _over(places, tables, names)
    except (OSError, ProblemError):  # it is not known what undo would bring back: another save looks again
        over = []
    for name in (*(name for name in names if is_temporary(name)), *over):
        forget_copy(places, name)


def set_aside_unneeded(places: Places, tables: Tables, kept: str) -> None:
    """Keep beside ``kept``, a plan in ``backups/``, the copies that the next save of ``tables`` deletes.

    The plan that was set aside may be the only one that names them. Raises OSError, or ProblemError for a plan in
    ``backups/`` that cannot be read.
    """
    for name in _over(places, tables, _names(places)):
        path = places.proof(name)
        if os.path.isfile(path) and not os.path.islink(path):
            make_folder(places.backups)
            stem = os.path.splitext(kept)[0] if kept else os.path.join(places.backups, "plan")
            safe_write.keep_as(path, f"{stem}-{name}")


def _over(places: Places, tables: Tables, names: Iterable[str]) -> list[str]:
    """Return the copies of this plan's activities that it needs no more. Raises as ``_needed_by_backups`` does."""
    known = {record.get("id") for record in tables.get(TABLE, {}).values()}
    found = [name for name in names if _activity_of(name) in known]
    needed = set(_needed(tables)) if found else set()
    over = [name for name in found if name not in needed]
    needed.update(_needed_by_backups(places, tables, set()) if over else ())
    return [name for name in over if name not in needed]


def is_copy_of(id: str, name: str) -> bool:
    """Tell whether a name is one that a copy for this record has: nothing else in the folder, or out of it, is touched."""
    return bool(_ID.fullmatch(id)) and name.startswith(id) and bool(_AFTER_ID.fullmatch(name.removeprefix(id)))


def _free_name(places: Places, id: str, suffix: str) -> str:
    """Return a name that no copy has yet; past all numbers the last one is written over."""
    names = [f"{id}{suffix}", *(f"{id}.{number}{suffix}" for number in range(2, _MOST_COPIES + 1))]
    return next((name for name in names if not os.path.lexists(places.proof(name))), names[-1])


def _activity_of(name: str) -> str:
    """Return the id of the activity whose copy has this name; empty where it is a name that no copy has."""
    id = name.partition(".")[0]
    return id if is_copy_of(id, name) else ""


def _needed(tables: Tables) -> Iterator[str]:
    """Give the names of copies that a plan's records hold, or would again once changes are taken back.

    A version that is kept beside a record holds its copy as long as the record stands, or could again.
    """
    records = list(tables.get(TABLE, {}).values())
    parts = [part for entry in _steps(tables) for part in entry.before if part.table == TABLE]
    standing = {record.get("id") for record in records if record.get("removed_at") is None}
    standing |= {part.id for part in parts if part.record is not None}
    beside = tables.get(KEPT, {}).values()
    found: list[object] = [*records, *(part.record for part in parts)]
    found += [one.get("record") for one in beside if one.get("table") == TABLE and one.get("of") in standing]
    for record in found:
        if isinstance(record, Mapping) and isinstance(record.get(FIELD), str):
            yield record[FIELD]


def _needed_by_backups(places: Places, tables: Tables, seen: set[str]) -> Iterator[str]:
    """Give the names that plans in ``backups/`` hold from which a change would be taken back, and their own changes."""
    from rchrp_goals.store import keeper, plan_file

    for entry in _steps(tables):
        backup = entry.what.args.get(history.BACKUP)
        if not isinstance(backup, str) or backup in seen:
            continue
        seen.add(backup)
        path = os.path.join(places.backups, os.path.basename(backup))
        found = keeper.read_bytes(path)
        if found is not None:
            before = plan_file.parse(found[0], path).tables
            yield from _needed(before)
            yield from _needed_by_backups(places, before, seen)


def _steps(tables: Tables) -> list[history.Entry]:
    """Return the changes that can still be taken back."""
    documents = tables.get(history.TABLE, {})
    return history.to_undo(documents[key] for key in sorted(documents, key=int))


def _names(places: Places) -> list[str]:
    try:
        return sorted(os.listdir(places.evidence))
    except OSError:  # no folder yet, or one that is not for us
        return []


def _content(path: str) -> bytes:
    try:
        with open(path, "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise AnswerRefused("evidence_no_file")
            content = file.read(_MOST + 1)
    except OSError:
        raise AnswerRefused("evidence_unreadable") from None
    if len(content) > _MOST:
        raise AnswerRefused("evidence_too_large", most=MOST_MEGABYTES)
    return content


def _at_once(path: str, flags: int) -> int:
    """Open a file, and never wait for a pipe that took its place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _meant(said: str) -> str:
    path = said.strip()
    if len(path) > 1 and path[0] in _QUOTES and path[-1] == path[0]:
        path = path[1:-1]
    path = os.path.expanduser(path)
    if "\\ " in path and not os.path.lexists(path):
        path = path.replace("\\ ", " ")
    return path


def _suffix(path: str) -> str:
    found = os.path.splitext(path)[1].lower()
    return found if _SUFFIX.fullmatch(found) else ""
