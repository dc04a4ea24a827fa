"""Places near the person to point somebody to: what for, how to reach them, and when that was last seen to be so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rchrp_goals.services.keeping import need, put, take_out

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import PlanStore

FIELDS = ("name", "what_for", "how_to_reach")
"""What a person writes of a place."""


def add_place(store: PlanStore, said: Mapping[str, Any], today: date, now: datetime) -> str:
    """Note a place (``FIELDS``), as it is known today, and return its id.

    Raises AnswerRefused (``text_empty`` where it has no name, ``text_too_long``), or what a save raises.
    """
    from rchrp_goals.plan.text import clean

    record = {"id": str(uuid4()), **_said(said), "name": clean(str(said.get("name") or "")).text}
    with _change(store, "place_added", now) as change:
        put(change, "resources", {**record, "checked_on": today.isoformat()})
    return str(record["id"])


def change_place(store: PlanStore, id: str, said: Mapping[str, Any], now: datetime) -> None:
    """Say a place anew; an empty field goes. Raises ProblemError ``not_there``, AnswerRefused as ``add_place``."""
    from rchrp_goals.plan.text import clean

    name = clean(str(said.get("name") or "")).text
    with _change(store, "place_changed", now) as change:
        kept = {key: value for key, value in need(change, "resources", id).items() if key not in FIELDS}
        put(change, "resources", {**kept, **_said(said), "name": name})


def check_place(store: PlanStore, id: str, today: date, now: datetime) -> None:
    """Say that a place is still as it stands there. Raises ProblemError ``not_there``."""
    with _change(store, "place_checked", now) as change:
        put(change, "resources", {**need(change, "resources", id), "checked_on": today.isoformat()})


def remove_place(store: PlanStore, id: str, now: datetime) -> None:
    """Take a place out of the plan. Raises ProblemError ``not_there``."""
    with _change(store, "place_removed", now) as change:
        take_out(change, "resources", id)


def _said(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: said[key] for key in FIELDS if said.get(key)}


def _change(store: PlanStore, key: str, now: datetime) -> Any:
    from rchrp_goals.store.plan_store import What

    return store.change(What(key), now)
