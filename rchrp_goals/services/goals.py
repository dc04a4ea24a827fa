"""Goals and steps as commands name them: by the beginning of an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.plan import glance

_SHOWN = ("goals", "steps", "learning", "reflections", "check_ins")
SHORTEST = 4
"""Characters of an id that are shown at least."""

Tables = glance.Tables


def open_steps(tables: Tables) -> list[Mapping[str, Any]]:
    """Return the steps that are planned: those of goals in view, in their order, then the inbox."""
    by_goal = glance.steps_by_goal(tables)
    steps = [step for goal in glance.goals_in_view(tables) for step in by_goal.get(goal["id"], [])]
    return [step for step in [*steps, *glance.inbox(tables)] if step.get("state") == "planned"]


def short_ids(tables: Tables) -> dict[str, str]:
    """Return the shortest beginning of each id that no other has, of what is shown by its id; at least four characters."""
    ids = sorted({one["id"] for name in _SHOWN for one in glance.standing(tables, name)})
    found = {}
    for at, id in enumerate(ids):
        neighbours = [*ids[max(at - 1, 0) : at], *ids[at + 1 : at + 2]]
        length = max([SHORTEST, *(_shared(id, other) + 1 for other in neighbours)])
        found[id] = id[:length]
    return found


def find(records: Iterable[Mapping[str, Any]], beginning: str) -> Mapping[str, Any]:
    """Return the record whose id begins so. Raises ProblemError ``id_not_there``, UsageProblem ``id_two_ways``."""
    wanted = beginning.strip().casefold()
    found = [one for one in records if wanted and str(one["id"]).casefold().startswith(wanted)]
    exact = [one for one in found if str(one["id"]).casefold() == wanted]
    if not found:
        raise ProblemError("id_not_there")
    if len(found) > 1 and not exact:
        raise UsageProblem("id_two_ways", n=len(found))
    return (exact or found)[0]


def as_document(tables: Tables) -> dict[str, Any]:
    """Return the goals with their steps, then the inbox, with the keys that ``goals --json`` documents."""
    by_goal = glance.steps_by_goal(tables)
    return {
        "goals": [
            {
                "id": goal["id"],
                "title": goal["title"],
                "state": goal.get("state"),
                "review_on": goal.get("review_on"),
                "steps": [step_document(step) for step in by_goal.get(goal["id"], ())],
            }
            for goal in glance.goals_in_order(tables)
        ],
        "inbox": [step_document(step) for step in glance.inbox(tables)],
    }


def step_document(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step with the keys that are documented for it."""
    return {
        "id": step["id"],
        "text": step["text"],
        "state": step.get("state"),
        "moment": step.get("moment"),
        "due": step.get("due"),
        "done_on": step.get("done_on"),
    }


def _shared(one: str, other: str) -> int:
    """Return how many characters two ids share from the start."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))
