"""Keeps ``plan.json``: read anew only where it is another one, written as a whole."""

from __future__ import annotations

import marshal
import os
import stat
from collections.abc import Mapping
from typing import Any, NamedTuple

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.tables import SCHEMA
from rchrp_goals.store import plan_file
from rchrp_goals.store.due_file import Stamp, stamp_at, stamp_of
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_file import Document, Documents, Meta
from rchrp_goals.store.safe_write import (
    flush_folder,
    followed,
    keep_as,
    remove_if_there,
    replace,
    save_problem,
    sweep,
    temporary_name,
    write_new,
)

_HEADER_SIZE = 512
"""Bytes; line 1 is about 220 long."""

_CHUNK = 65536

# O_NONBLOCK: something in the plan's place that never answers (a pipe) must not hold the program
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class State(NamedTuple):
    """The plan as it stands on the disk. Never changed, only replaced; nothing of it is handed out uncopied.

    ``lines`` holds every record as it is written, ``blocks`` every table that was written since it was read.
    ``stamp`` is None and ``meta.plan_id`` empty before the first save.
    """

    stamp: Stamp | None
    meta: Meta
    tables: dict[str, Documents]
    lines: dict[str, dict[str, bytes]]
    header: bytes
    blocks: dict[str, bytes]


NOTHING_YET = State(None, Meta("", SCHEMA, 0), {}, {}, b"", {})


def private_copy(value: Any) -> Any:
    """Return JSON values as values of the caller's own. Three times quicker than reading them anew from JSON."""
    return marshal.loads(marshal.dumps(value))  # noqa: S302 (our own bytes, made on this line)


def by_id(documents: Documents) -> dict[str, Document]:
    """Return a table by record id. What has no id of its own, or one twice, stands under ``#`` and TinyDB's key."""
    records: dict[str, Document] = {}
    for key, document in documents.items():
        id = document.get("id")
        records[id if isinstance(id, str) and id and id not in records else f"#{key}"] = document
    return records


class Keeper:
    """Knows the plan's file. Making one touches nothing; threads may share one, and one of them writes."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._state = NOTHING_YET
        self.held = NOTHING_YET
        """The plan as it stood whole on the disk last: what is left of it should its file go away."""

    def load(self) -> State:
        """Return the plan as it stands, read anew only where the file is another one than last time.

        Raises FileProblem as ``plan_file.parse`` does and ``plan_changed_outside``, ``plan_missing_backup_there``,
        ``plan_link_broken``, ``plan_gone``; ProblemError ``plan_unreadable``. Nothing is read as a new plan that is not
        one.
        """
        state = self._state
        if state.stamp is None or stamp_at(self.places.plan) != state.stamp:
            state = self._read()
        return state

    def load_surely(self) -> State:
        """Return the plan as it stands, for who is about to write: line 1, with its checksum, is looked at too.

        A stamp alone could be the same twice, where a disk's clock is coarse and a file's number is used again.
        """
        state = self._state
        if state.stamp is not None and self._stands(state):
            return state
        return self._read()

    def forget(self) -> None:
        """Hold nothing any more: no file is then a plan that is yet to begin."""
        self._state = self.held = NOTHING_YET

    def _read(self) -> State:
        state = read_state(self.places.plan, self.places.backup)
        if state.stamp is not None:
            self.held = state
        elif self.held.stamp is not None:
            # a stick was pulled out, a folder moved: whoever went on would write an empty plan in its place
            plan_file.refuse("gone", self.places.plan)
        self._state = state
        return state

    def _stands(self, state: State) -> bool:
        try:
            descriptor = os.open(self.places.plan, _READ)
            try:
                is_same = stamp_of(os.fstat(descriptor)) == state.stamp
                return is_same and os.read(descriptor, _HEADER_SIZE).startswith(state.header)
            finally:
                os.close(descriptor)
        except OSError:  # whoever reads it whole says what is wrong
            return False

    def save(
        self,
        meta: Meta,
        tables: dict[str, Documents],
        lines: dict[str, dict[str, bytes]],
        blocks: Mapping[str, bytes],
        *,
        keeps_backup: bool,
    ) -> State:
        """Write a whole plan, for who holds its lock. ``keeps_backup``: what stands becomes ``plan.json.bak``.

        ``blocks`` are the tables that need not be put together anew.

        Raises ProblemError ``disk_full``, ``plan_read_only``, ``not_saved``; then the old plan stands.
        """
        whole = {name: blocks.get(name) or plan_file.block_of(name, table) for name, table in lines.items()}
        data, header = plan_file.render(meta, whole.values())
        self._state = NOTHING_YET  # read anew, should anything below fail half way
        stamp = self._write(data, keeps_backup=keeps_backup)
        self._state = self.held = State(stamp, meta, tables, lines, header, whole)
        return self._state

    def _write(self, data: bytes, *, keeps_backup: bool) -> Stamp:
        target = followed(self.places.plan)
        # where the plan itself is a link, its backup and due.tsv stay here
        folders = {os.path.dirname(target), self.places.data}
        temporary = temporary_name(target)
        try:
            for name in folders:
                sweep(name, target, self.places.backup)
            write_new(temporary, data)
            try:
                # after it is closed, before anybody else can see it
                stamp = stamp_of(os.stat(temporary))
                if keeps_backup:
                    keep_as(target, self.places.backup)
                replace(temporary, target)
            except BaseException:
                remove_if_there(temporary)
                raise
            for name in folders:
                flush_folder(name)
        except OSError as error:
            raise save_problem(error, self.places.plan) from None
        return stamp


def read_state(path: str, backup: str) -> State:
    """Read a plan file. Raises as ``Keeper.load`` does."""
    found = read_bytes(path)
    if found is None:
        if os.path.islink(path):
            plan_file.refuse("link_broken", path)
        if os.path.lexists(backup):
            plan_file.refuse("missing_backup_there", path)
        return NOTHING_YET
    data, stamp = found
    content = plan_file.parse(data, path)
    if not content.is_sealed:
        plan_file.refuse("changed_outside", path)
    return State(stamp, content.meta, content.tables, content.lines, content.header, {})


def read_bytes(path: str) -> tuple[bytes, Stamp] | None:
    """Return a file's bytes and its stamp, both of the same moment; None where there is none.

    Raises FileProblem ``plan_not_ours`` for what is no file at all or far too large, ProblemError
    ``plan_unreadable``.
    """
    try:
        descriptor = os.open(path, _READ)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > plan_file.LARGEST:
                plan_file.refuse("not_ours", path)
            parts: list[bytes] = []
            while part := os.read(descriptor, max(found.st_size + 1, _CHUNK)):
                parts.append(part)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        raise ProblemError("plan_unreadable", path=path) from None
    return b"".join(parts), stamp_of(found)
