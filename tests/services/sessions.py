"""Values sessions for tests: written into a plan as another day would have left them."""

from __future__ import annotations

from typing import Any

from rchrp_goals.plan.records import checked
from rchrp_goals.services.desk import Desk
from rchrp_goals.store.plan_store import What

OLD = {"s01_one": "Somebody may choose a goal that I would not.", "s02_two": "Every plan should aim for one thing."}
DAY_ONE, LAST_DAY, REVISIT = "day-one-1", "last-day-1", "revisit-1"


def placed(statement: str, position: int | None, **more: Any) -> dict[str, Any]:
    """Return a placement of a statement."""
    where = {"passed": True} if position is None else {"position": position}
    return {
        "statement": statement,
        "meaning": 1,
        "text": OLD.get(statement, f"The text of {statement}."),
        **where,
        **more,
    }


def session(id: str, occasion: str, day: str, *placements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a session of a day at noon."""
    at = f"{day}T12:00:00.000000Z"
    about = {"created_at": at, "taken_at": at, "entered": "at_the_time", "state": "closed"}
    return {"id": id, "occasion": occasion, **about, "placements": list(placements), **more}


def write(desk: Desk, table: str, *records: dict[str, Any]) -> None:
    """Write records as they are."""
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for one in records:
            change.put(table, checked(table, one))


def two_looks(desk: Desk) -> None:
    """Write Day One and the last day: one statement that moved, with reasons, and one that was passed now."""
    first = placed("s01_one", 3, reason="I would talk them out of it.")
    second = placed("s01_one", 7, reason="Their goal brought them in.")
    write(
        desk,
        "values",
        session(DAY_ONE, "day_one_part_1", "2026-11-03", first, placed("s02_two", 9)),
        session(LAST_DAY, "last_day", "2026-11-04", second, placed("s02_two", None)),
    )
