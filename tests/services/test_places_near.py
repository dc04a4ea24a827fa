"""Places to point somebody to: added, changed, seen to be right, removed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services import places_near
from rchrp_goals.services.desk import Desk
from tests.services.desk import StillClock

VAN = {"name": "The van", "what_for": "new syringes", "how_to_reach": "Third Street, Tuesdays"}


def place(desk: Desk, id: str) -> dict[str, Any]:
    record = desk.store.read().get("resources", id)
    assert record is not None
    return {key: record[key] for key in (*places_near.FIELDS, "checked_on", "newer") if key in record}


def add(desk: Desk, said: dict[str, Any]) -> str:
    return places_near.add_place(desk.store, said, desk.clock.today(), desk.clock.now())


def test_a_place_is_kept_as_it_is_known_today(desk: Desk) -> None:
    assert place(desk, add(desk, {**VAN, "what_for": None})) == {
        "name": "The van",
        "how_to_reach": "Third Street, Tuesdays",
        "checked_on": "2026-11-05",
    }


def test_changing_says_it_anew_and_checking_sets_the_day(desk: Desk) -> None:
    id = add(desk, VAN)
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.at = datetime(2027, 1, 2, 12, tzinfo=UTC)
    places_near.change_place(desk.store, id, {**VAN, "how_to_reach": None}, clock.now())
    assert place(desk, id) == {"name": "The van", "what_for": "new syringes", "checked_on": "2026-11-05"}
    places_near.check_place(desk.store, id, clock.today(), clock.now())
    assert place(desk, id)["checked_on"] == "2027-01-02"
    desk.store.undo(clock.now())
    assert place(desk, id)["checked_on"] == "2026-11-05"


def test_a_place_without_a_name_is_none(desk: Desk) -> None:
    with pytest.raises(AnswerRefused, match="text_empty"):
        add(desk, {**VAN, "name": " "})
    id = add(desk, VAN)
    with pytest.raises(AnswerRefused, match="text_empty"):
        places_near.change_place(desk.store, id, {**VAN, "name": None}, desk.clock.now())
    assert place(desk, id)["name"] == "The van"


def test_a_removed_place_comes_back_whole(desk: Desk) -> None:
    id = add(desk, VAN)
    before = place(desk, id)
    places_near.remove_place(desk.store, id, desk.clock.now())
    with pytest.raises(ProblemError, match="not_there"):
        places_near.check_place(desk.store, id, desk.clock.today(), desk.clock.now())
    desk.store.undo(desk.clock.now())
    assert place(desk, id) == before
