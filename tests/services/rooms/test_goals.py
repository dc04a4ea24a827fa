"""The room of goals: in their order with the next step, what was noted, and a line to oneself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.plan import glance
from rchrp_goals.services import capture, demo
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Place
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.store.plan_store import What
from tests.services.desk import StillClock, desk_in
from tests.services.rooms.rooms import assert_sound, do, section

GOALS = Place("goals")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = desk_in(tmp_path)
    with found.store.change(What("test"), found.clock.now()) as change:
        for id, state in (("let-00001", "let_go"), ("done-0001", "done"), ("paus-0001", "paused"),
                          ("expl-0001", "exploring"), ("acti-0001", "active")):  # fmt: skip
            change.put("goals", {"id": id, "title": f"The {state} one", "state": state})
        for number, due in enumerate(("2026-12-01", "2026-11-04", None)):
            step: dict[str, Any] = {"id": f"step-000{number}", "text": f"Step {number}", "state": "planned"}
            change.put("steps", {**step, "goal": "acti-0001", "order": number, **({"due": due} if due else {})})
    return found


def test_goals_stand_by_state_and_the_step_whose_day_has_come_is_next(desk: Desk) -> None:
    view = read_room(desk, GOALS)
    assert [(row.title, row.text, row.when, row.is_due) for row in section(view, "Your goals")] == [
        ("The active one", "Step 1", "planned for Wed 4 Nov · still wanted?", True),
        ("The exploring one", "no next step yet", "", False),
    ]
    assert [one.heading for one in view.sections][1:4] == ["Paused", "Done", "Let go"]
    assert [row.text for one in view.sections[1:4] for row in one.rows] == [
        "The paused one",
        "The done one",
        "The let_go one",
    ]


def test_something_is_noted_and_moved_to_a_goal(desk: Desk) -> None:
    said = do(desk, GOALS, "goals.note", text="Buy stamps", moment="on the way home", due="2026-11-09")
    (row,) = section(read_room(desk, GOALS), "What you noted")
    assert (row.key, row.text, row.when, row.note) == (said.at, "Buy stamps", "Mon 9 Nov", "on the way home")
    do(desk, GOALS, "step.to_goal", row.key, goal="expl-0001")
    view = read_room(desk, GOALS)
    assert section(view, "What you noted") == []
    assert section(view, "Your goals")[1].text == "Buy stamps"


@pytest.mark.parametrize(
    ("id", "raw", "state", "due"),
    [
        ("thing.done", {}, "done", None),
        ("thing.later", {"day": "2026-11-12"}, "planned", "2026-11-12"),
        ("step.let_go", {}, "let_go", None),
        ("thing.change", {"text": "Buy many"}, "planned", None),
    ],
)
def test_what_was_noted_can_be_done_put_off_let_go_and_changed(
    desk: Desk, id: str, raw: dict[str, Any], state: str, due: str | None
) -> None:
    added = capture.add_step(desk.store, "Buy stamps", None, None, desk.clock.now())
    do(desk, GOALS, id, f"step:{added.id}", **raw)
    (step,) = glance.inbox(desk.store.read().tables)
    assert (step["state"], step.get("due")) == (state, due)
    assert step["text"] == raw.get("text", "Buy stamps")


def test_what_is_over_stands_for_some_days_and_then_no_more(desk: Desk) -> None:
    added = capture.add_step(desk.store, "Buy stamps", None, None, desk.clock.now())
    do(desk, GOALS, "thing.done", f"step:{added.id}")
    assert [row.mark for row in section(read_room(desk, GOALS), "What you noted")] == ["done"]
    desk.clock.at = desk.clock.instant(date(2026, 11, 25), 20)  # type: ignore[attr-defined]
    assert section(read_room(desk, GOALS), "What you noted") == []


def test_a_line_to_myself_is_written_read_and_read_again(desk: Desk) -> None:
    said = do(desk, GOALS, "letter.write", text="You were tired then too.")
    (row,) = section(read_room(desk, GOALS), "A line to myself")
    assert said.at == row.key and "tired" not in f"{row.text}{row.note}{row.spoken}"
    place = do(desk, GOALS, "letter.read", row.key).place
    assert place is not None
    page = read_room(desk, place)
    assert [one.text for one in page.sections[0].rows] == ["You were tired then too."]
    (row,) = section(read_room(desk, GOALS), "A line to myself")
    assert row.note == "read on Thu 5 Nov" and row.actions[0].said(desk.words) == "Read it again"


def test_a_paused_goal_stands_lower_with_its_reason(desk: Desk) -> None:
    said = do(desk, Place("goals.one", "acti-0001"), "goal.state", state="paused", why="It is winter")
    view = read_room(desk, GOALS)
    assert [(row.text, row.note) for row in section(view, "Paused")][1] == ("The active one", "It is winter")
    assert view.row(said.at) is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", demo.VARIANTS)
def test_every_sample_reads_and_nothing_stands_in_anothers_way(tmp_path: Path, variant: str, language: str) -> None:
    desk, words = desk_in(tmp_path, language), Words(language)
    tables = demo.VARIANTS[variant](words, StillClock())
    demo.write(desk.store, {name: dict(list(found.items())[:40]) for name, found in tables.items()}, StillClock())
    view = read_room(desk, GOALS)
    assert_sound(view)
    goals = tables.get("goals", {})
    assert len([row for one in view.sections for row in one.rows if row.key.startswith("goal:")]) == min(len(goals), 40)
    for goal in list(goals)[:6]:
        assert_sound(read_room(desk, Place("goals.one", goal)))
