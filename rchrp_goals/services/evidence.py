"""Proof of an activity: a path or a note in the person's words, and a copy of a file in the plan's own folder.

A copy is there as long as its activity says so, or a change can still be taken back after which it would: so undo brings
the file back with the record. A save deletes what nobody needs any more (``store/evidence.py``).
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.store.evidence import FIELD, TABLE, is_copy_of

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.store.places import Places


def copy_of(record: Record) -> str:
    """Return the name of an activity's copy, empty where it has none; a name that none of ours has counts as none."""
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
    """Copy a file as the proof of an activity and return where the copy lies; an older one stays for undo.

    Raises ProblemError ``not_there``, what ``store.evidence.keep_copy`` raises, and what a save raises.
    """
    from rchrp_goals.services.keeping import need, put
    from rchrp_goals.store.evidence import forget_copy, keep_copy
    from rchrp_goals.store.plan_store import What

    name = ""
    try:
        with desk.store.change(What("evidence_copied"), desk.clock.now()) as change:
            record = need(change, TABLE, id)
            name = keep_copy(desk.places, id, source)
            put(change, TABLE, {**record, FIELD: name})
    except Exception:
        with suppress(ProblemError):  # a plan that cannot be read may name it: a later save looks
            # a signal, or the folder's flush, may fail after the plan itself was moved into place
            if name and text(desk.store.read().get(TABLE, id) or {}, FIELD) != name:
                forget_copy(desk.places, name)
        raise
    return desk.places.proof(name)


def remove_copy(desk: Desk, id: str) -> str:
    """Let an activity have no copy any more; return where the copy lies until this can no longer be taken back.

    Raises ProblemError ``not_there``, or what a save raises.
    """
    from rchrp_goals.services.keeping import need, put
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("evidence_removed"), desk.clock.now()) as change:
        record = need(change, TABLE, id)
        name = copy_of(record)
        if not record.pop(FIELD, None):
            raise ProblemError("not_there")
        put(change, TABLE, record)
    return desk.places.proof(name) if name else ""
