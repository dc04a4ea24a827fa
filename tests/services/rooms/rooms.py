"""What tests of rooms share: rows by their key, and an action of a row done as a face does it."""

from __future__ import annotations

from typing import Any

from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Action, Place, RoomView, Row, Said, read_answers
from rchrp_goals.services.rooms.reading import read_room


def section(view: RoomView, heading: str) -> list[Row]:
    """Return the rows under a heading."""
    return [row for one in view.sections if one.heading == heading for row in one.rows]


def action(view: RoomView, id: str, row: str = "") -> Action:
    """Return what can be done with a row, or (without one) in the room or with the card."""
    found = view.row(row) if row else None
    assert found is not None or not row, [one.key for part in view.sections for one in part.rows]
    card = view.card.actions if view.card is not None else ()
    actions = found.actions if found is not None else (*view.actions, *card)
    return next(one for one in actions if one.id == id)


def do(desk: Desk, place: Place, id: str, row: str = "", **raw: Any) -> Said:
    """Do one thing in a room with what a person answered; what is not answered stays as it stands."""
    found = action(read_room(desk, place), id, row)
    assert found.change is not None
    answers = {ask.name: ask.value for ask in found.asks} | raw
    return found.change(desk, read_answers(found.asks, answers, desk.clock.today()))


def assert_sound(view: RoomView) -> None:
    """Hold that nothing in a room stands in another's way: keys of rows, and keys that do something."""
    keys = [row.key for part in view.sections for row in part.rows if row.key]
    assert len(keys) == len(set(keys))
    for row in [row for part in view.sections for row in part.rows] + ([view.card] if view.card else []):
        own = [one for one in view.actions if one.id not in {each.id for each in row.actions}]
        caps = [one.key for one in (*row.actions, *own) if one.key]
        assert len(caps) == len(set(caps)), (row.key, caps)
        assert not set(caps) & {"g", "u", "q", "/", "escape"}
