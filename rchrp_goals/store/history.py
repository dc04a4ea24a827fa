"""What was changed, so that it can be taken back: one entry a change, the last hundred.

An entry holds its id, the moment, what was done (a key of the wording and its arguments), and each record as it was
before, or null where the change made it, with the revision at which the change left it. An entry that took another
back names it in ``undid``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import uuid4

from rchrp_goals.store.plan_file import FILE_TABLE

TABLE = "history"
LONGEST = 100
BY_ITSELF = frozenset({"day_over", "reminders_moved"})
"""What the program changes by itself, as a day ends or the machine is in another zone: nobody did it, so nobody is asked
to take it back.
"""
BACKUP = "backup"
"""The argument that names a file in ``backups/``: the plan before a change that is undone from there."""


class What(NamedTuple):
    """What one change did: a key of ``ui.toml`` and what its sentence needs."""

    key: str
    args: Mapping[str, str | int] = MappingProxyType({})


class Before(NamedTuple):
    """One record before a change; ``record`` is None where the change made it. ``left``: its revision after it."""

    table: str
    id: str
    record: dict[str, Any] | None
    left: int | None = None

    def left_at(self) -> int:
        """Return the revision at which the change left the record: the next one, where the entry does not say."""
        revision = (self.record or {}).get("revision")
        return self.left if self.left is not None else (revision if isinstance(revision, int) else 0) + 1


class Entry(NamedTuple):
    """One change that can be taken back, or that took one back (``undid``); ``at`` is the instant of it as text."""

    id: str
    what: What
    before: list[Before]
    undid: str | None
    at: str = ""


def new_entry(what: What, at: str, before: Iterable[Before], undid: str | None = None) -> dict[str, Any]:
    """Return the document of one change; ``at`` is an instant as text."""
    document: dict[str, Any] = {
        "id": str(uuid4()),
        "at": at,
        "what": {"key": what.key, "args": dict(what.args)},
        "before": [part._asdict() for part in before],
    }
    if undid is not None:
        document["undid"] = undid
    return document


def read_entry(document: Mapping[str, Any]) -> Entry | None:
    """Return an entry; None where another program left something that is none."""
    what, before = document.get("what"), document.get("before")
    if not (isinstance(document.get("id"), str) and isinstance(what, dict) and isinstance(before, list)):
        return None
    key, args = what.get("key"), what.get("args")
    if not (isinstance(key, str) and isinstance(args, dict)):
        return None
    parts = [_read_before(part) for part in before]
    whole = [part for part in parts if part is not None]
    if len(whole) != len(parts):
        return None
    undid, at = document.get("undid"), document.get("at")
    return Entry(
        document["id"],
        What(key, args),
        whole,
        undid if isinstance(undid, str) else None,
        at if isinstance(at, str) else "",
    )


def _read_before(part: Any) -> Before | None:
    if not isinstance(part, dict):
        return None
    table, id, record, left = (part.get(name) for name in Before._fields)
    if not (isinstance(table, str) and table not in {"", TABLE, FILE_TABLE} and isinstance(id, str) and id):
        return None
    if not (record is None or isinstance(record, dict)):
        return None
    return Before(table, id, record, left if type(left) is int else None)


def to_undo(documents: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Return the changes that were not taken back yet, the newest first: undo after undo walks back along them.

    ``documents``: the oldest first.
    """
    entries = _entries(documents)
    done = {entry.undid for entry in entries} | {entry.id for entry in entries if entry.what.key in BY_ITSELF}
    return [entry for entry in reversed(entries) if entry.undid is None and entry.id not in done]


def left_at(documents: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """Return the revision at which the newest change left each record; another one came from elsewhere."""
    return {(part.table, part.id): part.left_at() for entry in _entries(documents) for part in entry.before}


def to_forget(documents: Mapping[int, Mapping[str, Any]]) -> list[int]:
    """Return the keys of what is over the last hundred: first what was taken back, then the oldest.

    So a hundred changes can be taken back. What took one back stays longer: it says at which revision it left a record.
    """
    surplus = max(len(documents) - LONGEST, 0)
    if not surplus:
        return []
    taken_back = {document.get("undid") for document in documents.values()} - {None}
    settled = sorted(key for key, document in documents.items() if document.get("id") in taken_back)
    return [*settled, *sorted(set(documents) - set(settled))][:surplus]


def _entries(documents: Iterable[Mapping[str, Any]]) -> list[Entry]:
    return [entry for entry in map(read_entry, documents) if entry is not None]
