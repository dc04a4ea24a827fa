"""The days ahead that the last day offers to be reminded of, and the reminders that an answer makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from rchrp_goals.guide.conversation import Conversation
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.services.changes import Put, Record, Remove, Tables, derived_id
from rchrp_goals.services.clock import Clock
from rchrp_goals.services.reminder_times import HOUR

DAYS_AHEAD: Mapping[str, tuple[int, str]] = {
    "day_7": (7, "first_step"),
    "day_30": (30, "look_again"),
    "day_90": (90, "look_again_and_values"),
    "day_365": (365, "values"),
}
"""The dates ahead: days after the sitting, and the name of the reminder's sentence."""


def reminders_ahead(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    """Return what the answer about the dates writes: a reminder for each day that was wished, none for the others."""
    base = conversation.draft.ids["base"]
    if "dates" not in conversation.draft.answers:
        return []
    choice = conversation.value("dates", "choice")
    names: list[str] = []
    if choice == "yes":
        names = list(DAYS_AHEAD)
    elif choice == "fewer":
        names = list(conversation.value("which", "which") or [])
    reminders = tables.get("reminders", {})
    changes: list[Put | Remove] = []
    for name, (days, words) in DAYS_AHEAD.items():
        id = derived_id(base, name)
        if name in names:
            record = {
                "words": words,
                "on": True,
                "next_at": instant_text(clock.instant(clock.today() + timedelta(days=days), HOUR)),
                **reminders.get(id, {}),
                "id": id,
                "base": base,
            }
            changes.append(Put("reminders", {**record, "what": _about(name, record.get("what"), tables)}))
        elif id in reminders:
            changes.append(Remove("reminders", id))
    return changes


def _about(name: str, standing: Record | None, tables: Tables) -> Record:
    """Return what a date ahead is about; the first stays with its step as long as that is there."""
    if name != "day_7":
        return {"kind": "values" if name == "day_365" else "plan"}
    steps = tables.get("steps", {})
    if standing and standing.get("id") in steps:
        return standing
    planned = [one for one in steps.values() if one.get("state") == "planned"]
    newest = max(planned, key=lambda one: str(one.get("created_at", "")), default=None)
    return {"kind": "step", "id": newest["id"]} if newest else {"kind": "plan"}
