"""A thing that gets another day takes its reminders along, whichever way it got it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from rchrp_goals.plan.lenient import instant
from rchrp_goals.services import capture, goal_changes, learning_changes, reminders
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.goal_changes import Seen
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in

DAY = date(2026, 11, 20)
RECORDS = {
    "step": ("steps", {"text": "Call Rosa", "state": "planned", "due": "2026-11-07"}),
    "learning": ("learning", {"title": "An evening", "state": "planned", "planned_for": "2026-11-07"}),
}


def by_later(desk: Desk, kind: str) -> None:
    capture.later(desk.store, kind, "thing-0001", DAY, desk.clock)


def by_the_form(desk: Desk, kind: str) -> None:
    now = desk.clock.now()
    if kind == "learning":
        learning_changes.plan_for(desk.store, "thing-0001", DAY, now)
        return
    step = desk.store.read().tables["steps"]["thing-0001"]
    fields = {"text": "Call Rosa", "moment": None, "due": DAY}
    goal_changes.change_step(desk.store, "thing-0001", fields, Seen(step), now)


def by_its_question(desk: Desk, kind: str) -> None:
    if kind == "learning":
        question = OneQuestion(desk, "learning", "occasion", {"learning": "thing-0001"})
        question.answer({"title": "An evening", "planned_for": DAY.isoformat()})
    else:
        question = OneQuestion(desk, "goals", "inbox_step", {"inbox": "thing-0001"})
        question.answer({"step": "Call Rosa", "due": DAY.isoformat()})
    while question.current is not None:
        question.pass_()
    question.finish_part()


@pytest.mark.parametrize("way", [by_later, by_the_form, by_its_question])
@pytest.mark.parametrize("kind", RECORDS)
def test_its_reminder_comes_with_it(tmp_path: Path, kind: str, way: Callable[[Desk, str], None]) -> None:
    desk = desk_in(tmp_path / "data")
    table, record = RECORDS[kind]
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put(table, {"id": "thing-0001", **record})
    id = reminders.add(desk.store, Wanted(kind, desk.clock.today() + timedelta(days=1), about="thing-0001"), desk.clock)
    way(desk, kind)
    moved = desk.store.read().tables["reminders"][id]
    assert instant(moved, "next_at") == desk.clock.instant(DAY, 9)
    desk.store.undo(desk.clock.now())
    assert instant(desk.store.read().tables["reminders"][id], "next_at") == desk.clock.instant(date(2026, 11, 6), 9)
