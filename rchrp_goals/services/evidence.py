"""Proof of an activity: a path or a note in the person's words, and a copy of a file in the plan's own folder.

A copy is there as long as its activity says so: with the activity, with the copy's own removal, and when the copying is
undone it is deleted. Undo brings the record back and not the file: the page says calmly that it is not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.lenient import Record, text

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.store.places import Places
    from rchrp_goals.store.plan_store import PlanStore

FIELD = "evidence_file"
"""The field of an activity that names its copy."""


def copy_of(record: Record) -> str:
    """Return the name of an activity's copy, empty where it has none; a name that none of ours has counts as none."""
    from rchrp_goals.store.evidence import is_copy_of

    name = text(record, FIELD)
    return name if is_copy_of(text(record, "id"), name) else ""


def path_of(places: Places, record: Record) -> str:
    """Return where an activity's copy lies, empty where it has none or it is not there any more."""
    name = copy_of(record)
    return places.proof(name) if name and os.path.isfile(places.proof(name)) else ""


def is_gone(said: str) -> bool:
    """Tell whether words about a proof are a path of this computer at which nothing is."""
    path = os.path.expanduser(said.strip())
    return os.path.isabs(path) and not os.path.lexists(path)


def is_file(said: str) -> bool:
    """Tell whether words about a proof name a file that can be copied."""
    from rchrp_goals.errors import AnswerRefused
    from rchrp_goals.store.evidence import read_source

    try:
        read_source(said)
    except AnswerRefused:
        return False
    return True


def copy_proof(desk: Desk, id: str, source: str) -> str:
    """Copy a file as the proof of an activity and return where the copy lies; an older one is deleted once that is kept.

    Raises ProblemError ``not_there``, what ``store.evidence.keep_copy`` raises, and what a save raises.
    """
    from rchrp_goals.store.evidence import forget_copies, keep_copy

    stood = desk.store.read().get("learning", id)
    if stood is None:
        raise ProblemError("not_there")
    name = keep_copy(desk.places, id, source)
    try:
        _set(desk.store, id, name, desk.clock.now())
    except Exception:
        forget_copies(desk.places, id, copy_of(stood))
        raise
    forget_copies(desk.places, id, name)
    return desk.places.proof(name)


def delete_copy(desk: Desk, id: str) -> list[str]:
    """Delete an activity's copy; return the paths of what could not be deleted. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.evidence import forget_copies

    _forget(desk.store, id, desk.clock.now())
    return forget_copies(desk.places, id)


def remove_activity(desk: Desk, id: str) -> list[str]:
    """Take an activity out of the plan, and its copy off the disk; return the paths of what could not be deleted.

    Raises ProblemError ``not_there``.
    """
    from rchrp_goals.services import learning_changes
    from rchrp_goals.store.evidence import forget_copies

    learning_changes.remove_activity(desk.store, id, desk.clock.now())
    return forget_copies(desk.places, id)


def forget_unnamed(store: PlanStore, ids: Iterable[str]) -> list[str]:
    """Delete the copies that these activities do not name any more; return the paths of what could not be deleted."""
    from rchrp_goals.store.evidence import forget_copies

    plan = store.read()
    found: list[str] = []
    for id in ids:
        record = plan.get("learning", id)
        found += forget_copies(store.places, id, copy_of(record) if record is not None else "")
    return found


def _set(store: PlanStore, id: str, name: str, now: datetime) -> None:
    from rchrp_goals.services.keeping import need, put
    from rchrp_goals.store.plan_store import What

    with store.change(What("evidence_copied"), now) as change:
        put(change, "learning", {**need(change, "learning", id), FIELD: name})


def _forget(store: PlanStore, id: str, now: datetime) -> None:
    from rchrp_goals.services.keeping import need, put
    from rchrp_goals.store.plan_store import What

    with store.change(What("evidence_removed"), now) as change:
        record = need(change, "learning", id)
        if not record.pop(FIELD, None):
            raise ProblemError("not_there")
        put(change, "learning", record)
