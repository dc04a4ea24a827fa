"""Learning that was done: an activity with its day and its hours, kept in one change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from rchrp_goals.errors import ProblemError

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import PlanStore


class Logged(NamedTuple):
    """An activity that was kept: its id, its title as it is kept, and whether codes were left out of it."""

    id: str
    title: str
    was_changed: bool


def log_activity(
    store: PlanStore,
    raw: str,
    on: date,
    now: datetime,
    *,
    hours: float | None = None,
    category: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> Logged:
    """Keep a learning activity as done on a day. ``hours`` as ``plan.hours.read_hours`` returns them.

    ``more`` holds further fields of the table ``learning``: ``kind focus goal provider with_whom learned
    participatory evidence``. Raises AnswerRefused (``text_empty``, ``text_too_long``), ProblemError
    ``goal_not_there``, FileProblem ``record_wrong`` for a field of another kind, or what a save raises.
    """
    from rchrp_goals.plan.records import checked
    from rchrp_goals.plan.text import clean
    from rchrp_goals.store.plan_store import What

    title, was_changed = clean(raw)
    said = {"hours": hours, "category": category, **(more or {})}
    kept = {name: value for name, value in said.items() if value is not None and value != ""}
    record = {**kept, "id": str(uuid4()), "title": title, "state": "done", "done_on": on.isoformat()}
    with store.change(What("activity_logged"), now) as change:
        if "goal" in kept and change.get("goals", kept["goal"]) is None:
            raise ProblemError("goal_not_there")
        change.put("learning", checked("learning", record))
    return Logged(record["id"], title, was_changed)
