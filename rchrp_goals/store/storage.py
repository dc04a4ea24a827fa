"""TinyDB's seam to the disk: a plan that is either the old or the new, never half of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, cast
from uuid import uuid4

from tinydb.storages import Storage

from rchrp_goals.plan.tables import SCHEMA
from rchrp_goals.store import plan_file
from rchrp_goals.store.keeper import NOTHING_YET, Keeper, State, private_copy
from rchrp_goals.store.plan_file import Documents, Meta


class _Working(MutableMapping[str, Documents]):
    """The tables of one transaction, TinyDB's to change. A table is copied when it is asked for first.

    Copied are the tables and the documents, not the lists within a document: TinyDB sets and takes out the fields
    of a document and reaches no deeper, and what a ``Change`` gives to others are copies all the way down.
    """

    def __init__(self, committed: dict[str, Documents]) -> None:
        self._committed = committed
        self._own: dict[str, Documents] = {}
        self.written: dict[str, Documents] = {}

    def __getitem__(self, name: str) -> Documents:
        if name not in self._own:
            self._own[name] = {key: dict(document) for key, document in self._committed[name].items()}
        return self._own[name]

    def __setitem__(self, name: str, table: Documents) -> None:
        self._own[name] = self.written[name] = table

    def __delitem__(self, name: str) -> None:
        raise RuntimeError("a table of a plan is never dropped")

    def __iter__(self) -> Iterator[str]:
        return iter({**self._committed, **self._own})

    def __len__(self) -> int:
        return len({**self._committed, **self._own})


class PlanStorage(Storage):
    """Holds the tables of ``plan.json`` for TinyDB; ``_file`` is its own and not among them.

    Reads give private copies. Writes are gathered in a ``transaction`` and reach the disk as one save; a write
    outside of one is refused. Who opens a transaction holds the plan's lock.
    """

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._before = NOTHING_YET
        self._working: _Working | None = None

    # --- TinyDB's side

    def read(self) -> dict[str, dict[str, Any]]:
        """Return every table; inside a transaction as it stands there."""
        if self._working is not None:
            return cast("dict[str, dict[str, Any]]", self._working)
        tables: dict[str, Documents] = private_copy(self._keeper.load().tables)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take what TinyDB changed in a transaction. Raises RuntimeError outside of one."""
        if self._working is None or cast("object", data) is not self._working:
            raise RuntimeError("a write belongs in a transaction")

    @contextmanager
    def transaction(self) -> Iterator[State]:
        """Gather TinyDB's writes; gives the plan as it stands. Leaving without ``commit`` drops them."""
        if self._working is not None:
            raise RuntimeError("one transaction at a time")
        # kept apart: a thread that only reads may bring the keeper another state at any moment
        self._before = self._keeper.load_surely()
        self._working = _Working(self._before.tables)
        try:
            yield self._before
        finally:
            self._working, self._before = None, NOTHING_YET

    def commit(
        self, meta: Meta | None = None, *, prepare: Callable[[dict[str, Documents]], object] | None = None
    ) -> State:
        """Save what the transaction changed, as one new file; return the new state.

        ``meta`` is what line 1 is to say, else the next generation. ``prepare`` sees the new tables before
        anything is written, and may refuse them by raising. Raises AnswerRefused for what cannot be kept,
        ProblemError ``disk_full``, ``plan_read_only``, ``not_saved``; then the old plan stands.
        """
        if self._working is None:
            raise RuntimeError("a commit belongs in a transaction")
        before = self._before
        tables, lines, blocks = dict(before.tables), dict(before.lines), dict(before.blocks)
        for name, table in self._working.written.items():
            tables[name] = table
            lines[name] = _lines(table, before.tables.get(name, {}), before.lines.get(name, {}))
            blocks.pop(name, None)
        if prepare:
            prepare(tables)
        if meta is None:
            meta = before.meta._replace(
                plan_id=before.meta.plan_id or str(uuid4()),
                schema=max(before.meta.schema, SCHEMA),
                generation=before.meta.generation + 1,
            )
        return self._keeper.save(meta, tables, lines, blocks, keeps_backup=before.stamp is not None)


def _lines(table: Documents, before: Documents, lines: dict[str, bytes]) -> dict[str, bytes]:
    """Return a table's records as they are written, only the changed ones serialised."""
    nothing: dict[str, Any] = {}
    return {
        key: lines[key]
        if before.get(key, nothing) == document and key in lines
        else plan_file.record_line(key, document)
        for key, document in table.items()
    }
