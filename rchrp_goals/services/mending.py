"""What can be done about a plan's file that cannot be read as it should be; nothing happens without a yes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.desk import Desk

Way = Literal["write_again", "use_backup", "start_new", "keep_as_it_is"]
"""A way back: what this window still holds, the backup in its place, a new plan (the old one set aside), or what another
program wrote."""

_DAMAGED = frozenset({"cut", "empty", "not_ours", "missing_backup_there"})


def ways_back(desk: Desk) -> Sequence[Way]:
    """Return the ways that are open for the file as it stands now; none for one that must not be touched."""
    found = desk.store.diagnose()
    older: Sequence[Way] = ("write_again",) if found.is_held else ("use_backup",) if found.backup_is_good else ()
    if found.kind == "changed_outside":
        return ("keep_as_it_is", *older)
    if found.kind in _DAMAGED:
        return (*older, "start_new")
    return older if found.kind == "gone" else ()


def when_written(desk: Desk) -> str:
    """Return the day on which the backup was written, in words; empty where there is none."""
    at = desk.store.diagnose().backup_written_at
    return "" if at is None else full_date(datetime.fromtimestamp(at, UTC).astimezone().date(), desk.words)


def mend(desk: Desk, way: Way) -> str:
    """Take a way back; return where the damaged file is kept. Raises ProblemError as the store does."""
    now = desk.clock.now()
    if way == "write_again":
        return desk.store.set_aside_and_write_again(now)
    if way == "use_backup":
        return desk.store.set_aside_and_use_backup(now)
    if way == "start_new":
        return desk.store.set_aside_and_start_new(now)
    return desk.store.keep_as_it_is(now)
