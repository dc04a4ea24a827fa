"""A line to oneself, for a day when none of this has happened: written, read, read again. It never leaves the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import PlanStore

Record = Mapping[str, Any]


def letters_of(tables: glance.Tables) -> list[Record]:
    """Return the lines to oneself that have words, the newest first."""
    found = [one for one in glance.standing(tables, "letters") if text(one, "text").strip()]
    return sorted(found, key=lambda one: (text(one, "at") or text(one, "created_at"), text(one, "id")), reverse=True)


def write_letter(store: PlanStore, raw: str, now: datetime) -> Record:
    """Write a line to oneself: one change; return it. Raises AnswerRefused (``text_empty``, ``text_too_long``)."""
    from rchrp_goals.plan.records import checked
    from rchrp_goals.plan.text import LONG_CAP, clean
    from rchrp_goals.store.plan_store import What

    said = clean(raw, cap=LONG_CAP, is_long=True).text
    if not said.strip():
        raise AnswerRefused("text_empty")
    with store.change(What("letter_written"), now) as change:
        return change.put("letters", checked("letters", {"id": str(uuid4()), "text": said, "at": change.instant}))


def read_letter(store: PlanStore, id: str, now: datetime) -> Record:
    """Keep that a line was read just now, and return it. Raises ProblemError ``not_there``."""
    from rchrp_goals.services.keeping import need, put
    from rchrp_goals.store.plan_store import What

    with store.change(What("letter_read"), now) as change:
        return put(change, "letters", {**need(change, "letters", id), "read_at": change.instant})


def remove_letter(store: PlanStore, id: str, now: datetime) -> None:
    """Remove a line to oneself. Raises ProblemError ``not_there``."""
    from rchrp_goals.services.keeping import take_out
    from rchrp_goals.store.plan_store import What

    with store.change(What("letter_removed"), now) as change:
        take_out(change, "letters", id)
