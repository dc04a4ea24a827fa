"""What the app opens with."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.services.opening import open_desk
from rchrp_goals.store.locks import WindowLock
from tests.services.desk import desk_in, sit


@pytest.mark.parametrize("begins", [None, "", "last-day", "goals", "values"])
def test_a_plan_that_cannot_be_read_is_said_first(tmp_path: Path, begins: str | None) -> None:
    desk = desk_in(tmp_path)
    assert sit(desk).is_at_plan
    (tmp_path / "plan.json").write_bytes(b"")
    opening = open_desk(desk, begins, WindowLock(desk.places))
    assert opening.kind == "trouble"
    assert opening.problem is not None
    assert opening.problem.key == "plan_empty"
