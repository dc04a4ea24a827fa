"""Which rooms there are, in their order, and the one door to each: it is loaded when somebody goes there."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.services.place import Place

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.services.room import RoomView

HOME = "home"


class Door(NamedTuple):
    """A room's name, the key for it where one chooses where to go, and the module that reads it (empty: Home)."""

    name: str
    key: str
    module: str


DOORS: tuple[Door, ...] = (
    Door(HOME, "h", ""),
    Door("values", "v", "values"),
    Door("learning", "l", "learning"),
    Door("goals", "g", "goals"),
    Door("check_in", "c", "check_in"),
    Door("reminders", "r", "reminders"),
    Door("settings", "s", "settings"),
)
"""The rooms in the order of their row. Their words are ``rooms.name.NAME``, and ``rooms.about.NAME`` says what is there."""

PLAN = Door("plan", "p", "")
"""The plan on one page: a place to go to from anywhere, though no room of the row."""

SHEETS = Door("sheets", "e", "sheets")
"""Every sheet, to be looked at and kept."""

YEAR = Door("year", "y", "year")
"""A year of one's own path on one page."""

BESIDE = (PLAN, SHEETS, YEAR)
"""Where one can go from anywhere beside the rooms of the row."""

WITHIN = ("learning.practice", "learning.reflections")
"""Pages within a room that are found from anywhere by their words: those of the action that leads there."""

PAGES: dict[str, str] = {
    "goals.one": "goal",
    "goals.letter": "letter",
    "check_in.one": "check_in_one",
    "values.session": "values_session",
    "values.sessions": "values_sessions",
    "values.over_time": "values_over_time",
    "values.statement": "values_statement",
    "values.reasons": "values_reasons",
    "values.day_one": "values_day_one",
    "year": "year",
    "sheets": "sheets",
    "sheets.one": "sheets",
    "learning.one": "learning_one",
    "learning.area": "learning_area",
    "learning.practice": "practice",
    "learning.reflections": "reflections",
    "learning.reflection": "reflections",
    "learning.renewal": "learning_renewal",
    "reminders.one": "reminder_one",
}
"""Pages of one thing, and the module that reads them; they have no place in the row."""


def read_room(desk: Desk, place: Place) -> RoomView:
    """Read a room, or one thing's page. Raises ProblemError: ``not_there`` where the thing is gone."""
    module = next((door.module for door in DOORS if door.name == place.room), "") or PAGES[place.room]
    read: Callable[[Desk, Place], RoomView] = importlib.import_module(f"rchrp_goals.services.rooms.{module}").read
    return read(desk, place)


def room_of(place: Place) -> str:
    """Return the room that a place belongs to, for the row of rooms: a page's name is its room's, then a point."""
    return place.room.partition(".")[0]
