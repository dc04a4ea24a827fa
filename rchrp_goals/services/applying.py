"""A conversation's answers, written into the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.guide.conversation import Conversation
from rchrp_goals.guide.draft import Draft
from rchrp_goals.plan.due_rows import DAY_OF_KIND, TABLE_OF_KIND
from rchrp_goals.plan.lenient import day
from rchrp_goals.services.capture import take_along
from rchrp_goals.services.changes import Put, Tables
from rchrp_goals.services.clock import Clock
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.parts import changes_of
from rchrp_goals.services.sitting_drafts import read_place

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import Change


def apply(desk: Desk, conversation: Conversation) -> None:
    """Write a conversation's answers into the plan: one save, one history entry. Raises ProblemError."""
    from rchrp_goals.plan.records import TABLES, checked
    from rchrp_goals.store.plan_store import What

    module = conversation.module.name
    occasion = _occasion(desk, conversation.draft) if module == "values" else ""
    with desk.store.change(What(f"part_{module}"), desk.clock.now()) as change:
        tables: Tables = {name: {one["id"]: one for one in change.all(name)} for name in TABLES}
        for one in changes_of(conversation, tables, desk.clock, occasion):
            if isinstance(one, Put):
                _take_reminders_along(change, one, tables, desk.clock)
                change.put(one.table, checked(one.table, one.record))
            else:
                change.remove(one.table, one.id)


def _take_reminders_along(change: Change, one: Put, tables: Tables, clock: Clock) -> None:
    """Let the reminders about a thing that has another day now come with it."""
    for kind, field in DAY_OF_KIND.items():
        before = tables[one.table].get(one.record["id"]) if TABLE_OF_KIND[kind] == one.table else None
        on = day(one.record, field)
        if before is not None and on is not None and on != day(before, field):
            take_along(change, kind, one.record["id"], on, clock.instant)


def _occasion(desk: Desk, draft: Draft) -> str:
    """Return what a new values session is: that of the last day, or, beside it and without a sitting, another look."""
    place = read_place(desk)
    session = place["ids"].get("values", {}).get("session") if place else None
    return "last_day" if place is not None and session in (None, draft.ids["session"]) else "revisit"
