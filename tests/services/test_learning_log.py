"""Learning that was done is kept in one change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rchrp_goals.errors import AnswerRefused, FileProblem, ProblemError
from rchrp_goals.plan.hours import read_hours
from rchrp_goals.services.learning_log import log_activity
from tests.services.desk import desk_in

ON = date(2026, 11, 4)
OWN = {"title", "state", "done_on", "hours", "category", "kind", "with_whom", "participatory"}


def test_an_activity_is_kept_as_done_with_what_was_said(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    more = {"kind": "shift", "with_whom": "Rosa", "participatory": False, "provider": ""}
    found = log_activity(
        desk.store,
        "A shift\nwith \x1b[31mRosa",
        ON,
        desk.clock.now(),
        hours=read_hours("1h30"),
        category="Ethics",
        more=more,
    )
    (record,) = desk.store.read().records("learning")
    assert found == (record["id"], "A shift with Rosa", True)
    assert {key: record[key] for key in OWN} == {
        "title": "A shift with Rosa",
        "state": "done",
        "done_on": "2026-11-04",
        "hours": 1.5,
        "category": "Ethics",
        "kind": "shift",
        "with_whom": "Rosa",
        "participatory": False,
    }
    desk.store.undo(desk.clock.now())
    assert desk.store.read().records("learning") == []


def test_nothing_but_a_title_is_needed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    log_activity(desk.store, "A talk", ON, desk.clock.now())
    (record,) = desk.store.read().records("learning")
    assert not OWN - {"title", "state", "done_on"} & set(record)


def test_what_cannot_be_kept_changes_nothing(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    with pytest.raises(AnswerRefused, match="text_empty"):
        log_activity(desk.store, "  ", ON, desk.clock.now())
    with pytest.raises(FileProblem, match="record_wrong"):
        log_activity(desk.store, "A talk", ON, desk.clock.now(), hours=10_000)
    with pytest.raises(ProblemError, match="goal_not_there"):
        log_activity(desk.store, "A talk", ON, desk.clock.now(), more={"goal": "goal-0001"})
    assert not desk.store.read().exists
