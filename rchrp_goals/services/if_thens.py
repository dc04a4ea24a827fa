"""If-then plans as they stand in a plan: which are whole, and which were not said yet. Read tolerantly."""

from __future__ import annotations

from collections.abc import Iterator

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text


def whole_of(tables: glance.Tables, goal_id: str) -> list[Record]:
    """Return a goal's if-thens that have both an if and a then."""
    return [
        one
        for one in glance.standing(tables, "if_thens")
        if text(one, "goal") == goal_id and text(one, "obstacle").strip() and text(one, "then").strip()
    ]


def to_say(tables: glance.Tables) -> Iterator[Record]:
    """Give the whole ones of goals in view that were not said yet, aloud or to oneself."""
    for goal in glance.goals_in_view(tables):
        yield from (one for one in whole_of(tables, goal["id"]) if not text(one, "said_on"))
