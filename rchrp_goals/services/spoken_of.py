"""What a card or a reminder speaks of, and where it stands, so that it can be opened there."""

from __future__ import annotations

from collections.abc import Mapping

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services.place import Place

_ONE = {"goal": ("goals", "goals.one"), "learning": ("learning", "learning.one")}
_OF_ALL = {"plan": "plan", "values": "values", "check_in": "check_in"}


def place_spoken_of(tables: glance.Tables, kind: str, id: str) -> Place | None:
    """Return where the thing stands that a goal's day or a reminder speaks of; None where there is none, or it is gone.

    A step stands on its goal's page, one of the inbox in the room of goals.
    """
    if kind != "reminder":
        return _of_thing(tables, kind, id)
    reminder = tables.get("reminders", {}).get(id, {})
    what = reminder.get("what")
    if not isinstance(what, Mapping) or text(reminder, "words") == "own":
        return None
    return _of_all(text(what, "kind")) or _of_thing(tables, text(what, "kind"), text(what, "id"))


def step_asked_about(tables: glance.Tables, reminder_id: str) -> Record | None:
    """Return the step about which a reminder asks how it went; None where it is another one, or the step is gone."""
    reminder = tables.get("reminders", {}).get(reminder_id, {})
    what = reminder.get("what")
    if text(reminder, "words") != "first_step" or not isinstance(what, Mapping):
        return None
    return _standing(tables, "steps", text(what, "id"))


def _of_thing(tables: glance.Tables, kind: str, id: str) -> Place | None:
    if kind == "step":
        step = _standing(tables, "steps", id)
        if step is None:
            return None
        goal = text(step, "goal")
        return _of_thing(tables, "goal", goal) if goal else Place("goals")
    table, room = _ONE.get(kind, ("", ""))
    return Place(room, id) if _standing(tables, table, id) is not None else None


def _of_all(kind: str) -> Place | None:
    return Place(_OF_ALL[kind]) if kind in _OF_ALL else None


def _standing(tables: glance.Tables, table: str, id: str) -> Record | None:
    return next((one for one in glance.standing(tables, table) if one["id"] == id), None)
