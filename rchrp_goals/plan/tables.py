"""The tables of a plan, read tolerantly from the JSON; goals and steps in their order.

Standard library only: a record with a wrong type in a field that is needed is left out, never a crash.
``tables`` everywhere: table name -> record id -> record, as ``tables_of`` returns it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rchrp_goals.plan.lenient import Record, day, number, text

Tables = Mapping[str, Mapping[str, Record]]

SCHEMA = (1, 2)
"""The schema that is written: a newer first number is refused, a newer second one is read."""

IN_VIEW = ("active", "exploring")
"""The states of a goal that somebody is at now; steps and dates of other goals do not come due."""

_STATE_ORDER = {"active": 0, "exploring": 1, "paused": 2, "done": 3, "let_go": 4}
_FAR = date.max


# Reading


def tables_of(data: bytes) -> dict[str, dict[str, Record]]:
    """Return the tables of a plan file (TinyDB's layout), each keyed by the records' own ids.

    Raises ValueError where the bytes are no JSON object. A table or record of another shape is left out. Of
    two records with one id the higher revision stands.
    """
    import json

    try:
        document = json.loads(data)
    except RecursionError:
        raise ValueError from None
    if not isinstance(document, dict):
        raise ValueError
    return {
        name: by_id(table.values()) for name, table in document.items() if name != "_file" and isinstance(table, dict)
    }


def by_id(records: Iterable[object]) -> dict[str, Record]:
    """Key records by their own id; of two with one id the higher revision stands."""
    found: dict[str, Record] = {}
    for record in records:
        if not isinstance(record, dict) or not text(record, "id"):
            continue
        other = found.get(record["id"])
        if other is None or number(record, "revision") >= number(other, "revision"):
            found[record["id"]] = record
    return found


def standing(tables: Tables, table: str) -> list[Record]:
    """Return the records of a table that have an id and were not removed."""
    return [record for record in tables.get(table, {}).values() if text(record, "id") and not record.get("removed_at")]


# Goals and steps in order


def goals_in_order(tables: Tables) -> list[Record]:
    """Return the goals by state (active, exploring, paused, done, let_go), then by when they were made."""
    goals = [goal for goal in standing(tables, "goals") if text(goal, "title") and text(goal, "state") in _STATE_ORDER]
    return sorted(goals, key=lambda goal: (_STATE_ORDER[goal["state"]], text(goal, "created_at")))


def goals_in_view(tables: Tables) -> list[Record]:
    """Return the goals that somebody is at now, in order."""
    return [goal for goal in goals_in_order(tables) if goal["state"] in IN_VIEW]


def steps_of(tables: Tables, goal_id: str) -> list[Record]:
    """Return a goal's steps by ``order``, then day (none last), then by when they were made."""
    return in_step_order(step for step in steps_in_plan(tables) if step.get("goal") == goal_id)


def steps_by_goal(tables: Tables) -> dict[str, list[Record]]:
    """Return the steps of every goal that has some, each goal's as ``steps_of`` gives them."""
    found: dict[str, list[Record]] = {}
    for step in steps_in_plan(tables):
        found.setdefault(text(step, "goal"), []).append(step)
    return {goal_id: in_step_order(steps) for goal_id, steps in found.items()}


def inbox(tables: Tables) -> list[Record]:
    """Return the steps that belong to no goal, or to one that is not in the plan any more, in a goal's order."""
    return in_step_order(step for step in steps_in_plan(tables) if _goal_of_step(tables, step) is None)


def steps_in_plan(tables: Tables) -> list[Record]:
    """Return the steps that have words and a state that is known."""
    return [
        step
        for step in standing(tables, "steps")
        if text(step, "text") and text(step, "state") in {"planned", "done", "let_go"}
    ]


def in_step_order(steps: Iterable[Record]) -> list[Record]:
    """Return steps by ``order``, then day (none last), then by when they were made."""
    return sorted(
        steps,
        key=lambda step: (number(step, "order"), day(step, "due") or _FAR, text(step, "created_at")),
    )


def goal_of(tables: Tables, record: Record) -> Record | None:
    """Return the goal of a step, an empty record for the inbox, None where the goal is not in view."""
    goal = _goal_of_step(tables, record)
    if goal is None:
        return {}
    return goal if goal.get("state") in IN_VIEW else None


def _goal_of_step(tables: Tables, record: Record) -> Record | None:
    """Return the goal that a step belongs to; a removed one is none: its steps must not vanish with it."""
    goal = tables.get("goals", {}).get(text(record, "goal"))
    return None if goal is None or goal.get("removed_at") else goal
