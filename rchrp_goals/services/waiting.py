"""What can be begun, and what was paused. Loads no conversation: Home's first picture asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals import content

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

LAST_DAY = "last-day"
CHECK_IN = "check-in"
PLAN = "plan"
CONVERSATIONS = (LAST_DAY, "day-one", "values", "learning", "goals", CHECK_IN, "practice", "reflect")
"""What ``begin`` can begin."""


def module_name(conversation: str) -> str:
    """Return the module of a conversation's name: ``day-one`` is asked by ``day_one``."""
    return conversation.replace("-", "_")


def waiting_conversation(desk: Desk) -> str | None:
    """Return what plain ``begin`` goes on with: the newest draft (a part of a sitting is the sitting), or None."""
    newest = desk.drafts.newest()
    if newest is None:
        return None
    if newest in (*parts_of_last_day(), LAST_DAY) and desk.drafts.read(LAST_DAY) is not None:
        return LAST_DAY
    return newest if newest in CONVERSATIONS else LAST_DAY


def waiting_part(desk: Desk, conversation: str) -> str:
    """Return the part in which a conversation was paused: a module's name, or ``plan``; empty where nothing says it."""
    if conversation != LAST_DAY:
        return module_name(conversation)
    part = (desk.drafts.read(LAST_DAY) or {}).get("part")
    return str(part) if part in (*parts_of_last_day(), PLAN) else ""


def parts_of_last_day() -> tuple[str, ...]:
    """Return the parts of the sitting in order, without the plan page."""
    return tuple(content.table("structure", "last_day")["parts"])
