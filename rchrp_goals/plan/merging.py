"""Two copies of one plan become one: record by record, by id, and nothing is lost.

Of two versions of a record the rule of ``versions.py`` says which stands; the other is kept beside it. What only one
copy holds stays. Neither the order nor how often it is done makes a difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rchrp_goals.plan.versions import KEPT, Record, is_same, stands

Tables = Mapping[str, Mapping[str, Record]]
LEFT_OUT = frozenset({"history", KEPT})
"""Tables of one copy alone: they do not travel."""


class Incoming(NamedTuple):
    """One record that comes in: what stands in its place here (None where nothing does)."""

    table: str
    record: Record
    here: Record | None


class Beside(NamedTuple):
    """One version that does not stand; ``is_here``: it stood here until now."""

    table: str
    record: Record
    is_here: bool


class Merge(NamedTuple):
    """What another copy of a plan brings: records that come in, and versions that are kept beside."""

    incoming: list[Incoming]
    beside: list[Beside]

    def removed(self, table: str) -> int:
        """Return how many records of a table that stand here were removed in the other copy."""
        return sum(
            one.table == table and is_removed(one.record) and one.here is not None and not is_removed(one.here)
            for one in self.incoming
        )


def merge(here: Tables, there: Tables) -> Merge:
    """Return what ``there`` brings to ``here`` (table name to record id to record)."""
    found = Merge([], [])
    for table, records in there.items():
        if table in LEFT_OUT:
            continue
        for id, record in records.items():
            stood = here.get(table, {}).get(id)
            if stood is None:
                found.incoming.append(Incoming(table, record, None))
            elif is_same(stood, record):
                continue
            elif stands(record, stood):
                found.incoming.append(Incoming(table, record, stood))
                found.beside.append(Beside(table, stood, is_here=True))
            else:
                found.beside.append(Beside(table, record, is_here=False))
    return found


def is_removed(record: Record) -> bool:
    """Tell whether only the id and the times of a record are left."""
    return record.get("removed_at") is not None
