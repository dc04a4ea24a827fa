"""The plan of one data folder: read it, change it, take a change back, mend its file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.errors import BusyProblem
from rchrp_goals.store import history, mending
from rchrp_goals.store.change import Change, Record, is_removed
from rchrp_goals.store.due_file import Stamp, stamp_at, write_due
from rchrp_goals.store.history import Before, Entry, What
from rchrp_goals.store.keeper import Keeper, State, by_id, private_copy
from rchrp_goals.store.locks import SAVE_TIMEOUT, PlanLock
from rchrp_goals.store.mending import Diagnosis, Difference
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_file import Documents
from rchrp_goals.store.safe_write import save_problem

if TYPE_CHECKING:
    from rchrp_goals.store.storage import PlanStorage

__all__ = [
    "Before",
    "Change",
    "Diagnosis",
    "Difference",
    "Entry",
    "PlanStore",
    "Record",
    "Snapshot",
    "Tables",
    "Taken",
    "What",
    "is_removed",
]

Tables = dict[str, dict[str, Record]]
"""Table name to record id to record."""

DueRows = Callable[[Mapping[str, Mapping[str, Record]]], bytes]


class Snapshot(NamedTuple):
    """The plan at one moment, in copies of the caller's own.

    ``tables`` holds every record of the file, removed ones too. Before the first save ``exists`` is False,
    ``plan_id`` empty and ``stamp`` None.
    """

    tables: Tables
    plan_id: str
    generation: int
    stamp: Stamp | None
    exists: bool

    def records(self, table: str) -> list[Record]:
        """Return the records of a table in the file's order: those that have an id and are not removed."""
        return [
            record
            for id, record in self.tables.get(table, {}).items()
            if record.get("id") == id and not is_removed(record)
        ]

    def get(self, table: str, id: str) -> Record | None:
        """Return one record; None where there is none, or only a removed one."""
        record = self.tables.get(table, {}).get(id)
        return None if record is None or is_removed(record) else record


def _for_due(tables: dict[str, Documents]) -> Tables:
    """Return the tables by record id, for who only reads: records are copies, but not what their fields hold."""
    return {
        name: {id: dict(record) for id, record in by_id(table).items()}
        for name, table in tables.items()
        if name != history.TABLE
    }


class Taken(NamedTuple):
    """A change that was taken back: what it was, what of it stayed because somebody else changed it since, the plan as
    it stood just before, and, where it came back from a backup, where that plan is kept.
    """

    entry: Entry
    moved_on: list[Before]
    tables: Tables
    kept: str = ""


def _to_undo(state: State) -> list[Entry]:
    return history.to_undo(private_copy(list(state.tables.get(history.TABLE, {}).values())))


def _copied(state: State) -> Tables:
    return {name: by_id(table) for name, table in private_copy(state.tables).items()}


def _new_change(storage: PlanStorage, state: State, now: datetime) -> Change:
    from tinydb import TinyDB

    # a new TinyDB for each change: its caches know nothing of what other windows write
    return Change(TinyDB(storage=lambda: storage), state.meta, now, is_new=state.stamp is None)


class PlanStore:
    """The plan in ``places``. Reading needs no lock; every change is one save and one entry for undo.

    ``due_rows`` gives what ``due.tsv`` holds after its stamp, from the tables; without it none is written.
    ``patience``: seconds that a change waits for another one. Threads may share a store: one changes at a time,
    reading never waits.
    """

    def __init__(self, places: Places, *, due_rows: DueRows | None = None, patience: float = SAVE_TIMEOUT) -> None:
        self._places = places
        self._due_rows = due_rows
        self._keeper = Keeper(places)
        self._lock = PlanLock(places, patience)
        self._patience = patience
        self._one_thread = threading.RLock()
        self._is_changing = False

    @property
    def places(self) -> Places:
        """Where the plan and everything beside it lies."""
        return self._places

    # --- reading

    def read(self) -> Snapshot:
        """Return the plan as it stands; where there is none yet, an empty one.

        Raises FileProblem ``plan_cut plan_empty plan_not_ours plan_missing_backup_there plan_link_broken
        plan_newer_schema plan_changed_outside plan_gone`` (it was there before), ProblemError ``plan_unreadable``.
        """
        state = self._keeper.load()
        return Snapshot(
            _copied(state), state.meta.plan_id, state.meta.generation, state.stamp, exists=state.stamp is not None
        )

    def stamp(self) -> Stamp | None:
        """Return what tells whether the plan is another one than before (inode, mtime_ns, size); None without a plan."""
        return stamp_at(self._places.plan)

    # --- changing

    @contextmanager
    def change(self, what: What, now: datetime, *, keeps_copy: bool = False) -> Iterator[Change]:
        """Give the newest plan to a block that changes it; save once when the block ends.

        ``keeps_copy``: the plan as it stands goes to ``backups/`` first (``Change.backup`` names it), and undo brings it
        back from there.

        Left by an exception, or with nothing changed, the file stays as it is. Raises as ``read`` does, BusyProblem
        ``plan_locked``, ProblemError ``disk_full plan_read_only not_saved folder_not_made``; then the old plan stands.
        """
        with self._transaction() as (storage, state):
            change = _new_change(storage, state, now)
            yield change
            if not change.is_empty():
                if keeps_copy and state.stamp is not None:
                    change.backup = os.path.basename(mending.set_aside(self._places.plan, self._places, now))
                change.write(what)
                self._commit(storage, change)

    def undo(self, now: datetime) -> What | None:
        """Take back the newest change that was not taken back yet; return what it was, None where none is left.

        Raises as ``change`` does.
        """
        taken = self.take_back(now)
        return taken.entry.what if taken else None

    def take_back(self, now: datetime, only: str = "") -> Taken | None:
        """Do the same, and tell all about it. ``only``: the id of the entry; None where another change is newer by now.

        The old content comes back as a new revision; what the change made is removed; what somebody else changed
        since stays. What was brought in is undone from the backup made before it; the plan as it stands is kept aside.
        Raises as ``change`` does, and ProblemError ``undo_backup_gone`` or FileProblem ``backup_damaged`` (path).
        """
        with self._transaction() as (storage, state):
            entry = next(iter(_to_undo(state)), None)
            if entry is None or only not in {"", entry.id}:
                return None
            tables = _copied(state)
            backup = entry.what.args.get(history.BACKUP)
            if isinstance(backup, str):
                kept, restored = mending.restore(self._keeper, state, backup, now)
                self._due_after(restored)
                return Taken(entry, [], tables, kept)
            change = _new_change(storage, state, now)
            moved_on = change.put_back(entry)
            change.write(entry.what, undid=entry.id)
            self._commit(storage, change)
        return Taken(entry, moved_on, tables)

    def to_undo(self) -> tuple[list[Entry], Tables]:
        """Return the changes that ``undo`` after ``undo`` would take back, and the plan as it stands.

        Raises as ``read`` does.
        """
        state = self._keeper.load()
        return _to_undo(state), _copied(state)

    def next_undo(self) -> What | None:
        """Return what ``undo`` would take back now. Raises as ``read`` does."""
        entry = next(iter(_to_undo(self._keeper.load())), None)
        return entry.what if entry else None

    def refresh_due(self) -> None:
        """Write ``due.tsv`` anew for the plan as it stands, for instance in another language.

        Raises as ``change`` does.
        """
        with self._locked():
            state = self._keeper.load()
            if state.stamp is not None and self._due_rows:
                try:
                    write_due(self._places, state.stamp, self._due_rows(_for_due(state.tables)))
                except OSError as error:
                    raise save_problem(error, self._places.due) from None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if not self._one_thread.acquire(timeout=self._patience):
            raise BusyProblem("plan_locked", path=self._places.plan)
        try:
            if self._is_changing:
                raise RuntimeError("a change inside a change")
            with self._lock:
                self._is_changing = True
                try:
                    yield
                finally:
                    self._is_changing = False
        finally:
            self._one_thread.release()

    @contextmanager
    def _transaction(self) -> Iterator[tuple[PlanStorage, State]]:
        from rchrp_goals.store.storage import PlanStorage

        self._keeper.load()  # a plan that cannot be read is refused before even a lock is made beside it
        with self._locked():
            storage = PlanStorage(self._keeper)
            with storage.transaction() as state:
                yield storage, state

    def _commit(self, storage: PlanStorage, change: Change) -> None:
        payload: list[bytes] = []

        def prepare(tables: dict[str, Documents]) -> None:
            if self._due_rows:
                payload.append(self._due_rows(_for_due(tables)))

        state = storage.commit(change.meta(), prepare=prepare)
        self._write_due(state, payload)
        if os.path.isdir(self._places.evidence):
            from rchrp_goals.store.evidence import forget_unneeded

            forget_unneeded(self._places, state.tables)

    def _write_due(self, state: State, payload: list[bytes]) -> None:
        if state.stamp is not None and payload:
            try:
                write_due(self._places, state.stamp, payload[0])
            except OSError:
                pass  # the plan is kept; the stamp of the old due.tsv no longer fits, so `due` reads the plan

    # --- mending

    def diagnose(self) -> Diagnosis:
        """Say how the plan's file is, and whether the backup is good. Changes nothing, raises nothing for a file."""
        return mending.diagnose_for(self._keeper)

    def compare_with_backup(self) -> list[Difference]:
        """Return the records in which the plan and ``plan.json.bak`` differ. Raises FileProblem for either."""
        return mending.compare_with_backup(self._places)

    def set_aside_and_use_backup(self, now: datetime) -> str:
        """Keep the damaged plan in ``backups/`` and go on with ``plan.json.bak``; return where it is kept.

        Raises FileProblem ``backup_damaged``, what ``read`` raises where the plan must not be touched, and as
        ``change`` does.
        """
        with self._locked():
            kept, state = mending.use_backup(self._keeper, now)
            self._due_after(state)
        return kept

    def set_aside_and_start_new(self, now: datetime) -> str:
        """Keep the damaged plan and ``plan.json.bak`` in ``backups/``; then there is no plan yet.

        Returns where the damaged one is kept. Raises as ``set_aside_and_use_backup`` does.
        """
        with self._locked():
            kept = mending.start_new(self._places, now)
            self._keeper.forget()
        return kept

    def set_aside_and_write_again(self, now: datetime) -> str:
        """Keep what stands in the plan's place in ``backups/``, and write the plan as it was read or saved here last.

        Returns where it is kept. Raises as ``set_aside_and_use_backup`` does.
        """
        with self._locked():
            kept, state = mending.write_again(self._keeper, now)
            self._due_after(state)
        return kept

    def keep_as_it_is(self, now: datetime) -> str:
        """Take what another program wrote as the plan; the file as it was found is kept in ``backups/``.

        Returns where. Raises what ``read`` raises where the plan is damaged, and as ``change`` does.
        """
        with self._locked():
            kept, state = mending.keep_as_it_is(self._keeper, now)
            self._due_after(state)
        return kept

    def _due_after(self, state: State | None) -> None:
        if state is not None and self._due_rows:
            self._write_due(state, [self._due_rows(_for_due(state.tables))])
