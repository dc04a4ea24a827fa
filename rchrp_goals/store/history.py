"""What was changed, so that it can be taken back: one entry a change, the last hundred.

An entry holds its id, the moment, what was done (a key of the wording and its arguments), and each record as it was
before, or null where the change made it. An entry that took another back names it in ``undid``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import uuid4

from rchrp_goals.store.plan_file import FILE_TABLE

TABLE = "history"
LONGEST = 100


class What(NamedTuple):
    """What one change did: a key of ``ui.toml`` and what its sentence needs."""

    key: str
    args: Mapping[str, str | int] = MappingProxyType({})


class Before(NamedTuple):
    """One record before a change; ``record`` is None where the change made it."""

    table: str
    id: str
    record: dict[str, Any] | None


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
    table, id, record = part.get("table"), part.get("id"), part.get("record")
    if not (isinstance(table, str) and table not in {"", TABLE, FILE_TABLE} and isinstance(id, str) and id):
        return None
    return Before(table, id, record) if record is None or isinstance(record, dict) else None


def next_to_undo(documents: Iterable[Mapping[str, Any]]) -> Entry | None:
    """Return the newest change that was not taken back yet, so that undo after undo walks back. Oldest come first."""
    entries = [entry for entry in map(read_entry, documents) if entry is not None]
    taken_back = {entry.undid for entry in entries}
    return next((e for e in reversed(entries) if e.undid is None and e.id not in taken_back), None)
