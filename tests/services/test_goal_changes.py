"""What a person changes about goals, steps and if-thens: in the plan that is stored, and taken back in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.services import capture, goal_changes, letters
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.goal_changes import Seen
from rchrp_goals.services.levels import note_level
from rchrp_goals.services.undoing import undo
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in, sat_desk

GOAL, OTHER = "goal-0001", "goal-0002"


def desk_with(folder: Path, steps: int = 0) -> Desk:
    desk = desk_in(folder)
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put("goals", {"id": GOAL, "title": "Shadow a shift", "state": "active"})
        change.put("goals", {"id": OTHER, "title": "Ask first", "state": "active"})
        for number in range(steps):
            change.put("steps", {"id": f"step-000{number}", "text": f"Step {number}", "state": "planned", "goal": GOAL})
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_with(tmp_path, steps=3)


def texts(desk: Desk, goal: str = GOAL) -> list[str]:
    tables = desk.store.read().tables
    return [one["text"] for one in (glance.steps_of(tables, goal) if goal else glance.inbox(tables))]


def step(desk: Desk, id: str = "step-0000") -> dict[str, Any]:
    found = desk.store.read().get("steps", id)
    assert found is not None
    return found


def content(desk: Desk) -> dict[str, Any]:
    """Everything in the plan but its bookkeeping, and what was removed."""
    kept = {}
    for name in ("goals", "steps", "rulers", "if_thens", "progress", "letters"):
        for one in desk.store.read().records(name):
            kept[one["id"]] = {
                key: value for key, value in one.items() if key not in {"revision", "updated_at", "created_at"}
            }
    return kept


# Moving


@given(
    states=st.lists(st.sampled_from(["planned", "done", "let_go"]), min_size=1, max_size=6),
    orders=st.lists(st.integers(0, 3), min_size=6, max_size=6),
    moves=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-1, 1])), max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_moving_keeps_every_step_and_undo_brings_each_order_back(
    states: list[str], orders: list[int], moves: list[tuple[int, int]]
) -> None:
    with TemporaryDirectory() as folder:
        desk = desk_in(Path(folder))
        with desk.store.change(What("test"), desk.clock.now()) as change:
            change.put("goals", {"id": GOAL, "title": "A goal", "state": "active"})
            for number, state in enumerate(states):
                record = {"id": f"step-000{number}", "text": str(number), "state": state, "order": orders[number]}
                change.put("steps", {**record, "goal": GOAL})
        seen = [texts(desk)]
        for number, by in moves:
            if number >= len(states):
                continue
            before = texts(desk)
            planned = [one for one in before if states[int(one)] == "planned"]
            has_moved = goal_changes.move_step(desk.store, f"step-000{number}", by, desk.clock.now())
            after = texts(desk)
            at = planned.index(str(number)) if str(number) in planned else -1
            assert has_moved == (at >= 0 and 0 <= at + by < len(planned))
            assert sorted(after) == sorted(before)
            if has_moved:
                planned[at], planned[at + by] = planned[at + by], planned[at]
                seen.append(after)
            assert [one for one in after if states[int(one)] == "planned"] == planned
            for place, one in enumerate(before):  # what is over stays where it was
                assert states[int(one)] == "planned" or after[place] == one
        for expected in reversed(seen[:-1]):
            desk.store.undo(desk.clock.now())
            assert texts(desk) == expected


def test_a_step_moves_to_another_goal_and_to_the_inbox(desk: Desk) -> None:
    goal_changes.move_to_goal(desk.store, "step-0001", OTHER, desk.clock.now())
    assert (texts(desk), texts(desk, OTHER)) == (["Step 0", "Step 2"], ["Step 1"])
    goal_changes.move_to_goal(desk.store, "step-0001", None, desk.clock.now())
    assert (texts(desk, OTHER), texts(desk, "")) == ([], ["Step 1"])
    with pytest.raises(ProblemError) as caught:
        goal_changes.move_to_goal(desk.store, "step-0001", "gone-0001", desk.clock.now())
    assert caught.value.key == "goal_not_there" and texts(desk, "") == ["Step 1"]


# Steps


def test_a_step_is_changed_let_go_and_planned_again(desk: Desk) -> None:
    now, seen = desk.clock.now(), Seen(step(desk))
    goal_changes.change_step(
        desk.store, "step-0000", {"text": " Call Rosa ", "moment": "after lunch", "due": date(2026, 11, 9)}, seen, now
    )
    assert {"text": "Call Rosa", "moment": "after lunch", "due": "2026-11-09"}.items() <= step(desk).items()
    seen = Seen(step(desk))
    goal_changes.change_step(desk.store, "step-0000", {"text": "Call Rosa", "moment": None, "due": None}, seen, now)
    assert not {"moment", "due"} & set(step(desk))
    capture.mark_done(desk.store, "step", "step-0000", desk.clock.today(), now)
    goal_changes.let_go_step(desk.store, "step-0000", now)
    assert step(desk)["state"] == "let_go" and "done_on" not in step(desk)
    goal_changes.take_up_step(desk.store, "step-0000", now)
    assert step(desk)["state"] == "planned"
    with pytest.raises(AnswerRefused) as caught:
        goal_changes.change_step(desk.store, "step-0000", {"text": "  "}, Seen(step(desk)), now)
    assert caught.value.values["ask"] == "text" and step(desk)["text"] == "Call Rosa"


def test_what_was_changed_elsewhere_meanwhile_is_said_once_and_then_kept(desk: Desk) -> None:
    now, seen = desk.clock.now(), Seen(step(desk))
    goal_changes.change_step(
        desk.store, "step-0000", {"text": "Theirs", "due": date(2026, 11, 9)}, Seen(step(desk)), now
    )
    goal_changes.change_step(desk.store, "step-0000", {"text": "Step 0", "moment": "after lunch"}, seen, now)
    assert {"text": "Theirs", "moment": "after lunch", "due": "2026-11-09"}.items() <= step(desk).items()
    seen = Seen({**step(desk), "text": "Step 0"})
    mine = {"text": "Mine", "moment": "after lunch", "due": date(2026, 11, 9)}
    with pytest.raises(ProblemError) as caught:
        goal_changes.change_step(desk.store, "step-0000", mine, seen, now)
    assert (caught.value.key, caught.value.values["text"]) == ("changed_meanwhile", "Theirs")
    assert step(desk)["text"] == "Theirs"
    goal_changes.change_step(desk.store, "step-0000", mine, seen, now)
    assert step(desk)["text"] == "Mine"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_removed_step_leaves_no_text_and_comes_back_in_words(desk: Desk, language: str) -> None:
    words, before = desk.words.to(language), content(desk)
    goal_changes.remove_step(desk.store, "step-0001", desk.clock.now())
    assert "Step 1" not in str(desk.store.read().tables["steps"]["step-0001"])
    assert desk.store.read().tables["steps"]["step-0001"]["removed_at"]
    said = undo(desk.store, words, desk.clock.now())
    assert said == words.ui("rooms.undone", what=words.ui("commands.named.step_removed", text="Step 1"))
    assert content(desk) == before


# Goals


def test_a_goal_that_is_removed_takes_along_what_is_its_own_and_its_steps_wait(tmp_path: Path) -> None:
    desk = sat_desk(tmp_path)
    (goal,) = desk.store.read().records("goals")
    note_level(desk.store, goal["id"], 0, "a note", desk.clock.now())
    before = content(desk)
    goal_changes.remove_goal(desk.store, goal["id"], desk.clock.now())
    plan = desk.store.read()
    assert [plan.records(name) for name in ("goals", "rulers", "if_thens", "progress")] == [[], [], [], []]
    assert [one["text"] for one in glance.inbox(plan.tables)] == ["Write to the service"]
    said = undo(desk.store, desk.words, desk.clock.now())
    assert said == "Taken back: goal “Shadow three syringe service shifts” taken out."
    assert content(desk) == before


def test_a_state_has_its_own_reason(desk: Desk) -> None:
    goal_changes.set_state(desk.store, GOAL, "paused", "It is winter", desk.clock)
    assert desk.store.read().get("goals", GOAL)["state_why"] == "It is winter"  # type: ignore[index]
    goal_changes.set_state(desk.store, GOAL, "active", None, desk.clock)
    goal = desk.store.read().get("goals", GOAL)
    assert goal is not None and goal["state"] == "active" and "state_why" not in goal


def test_words_for_levels_are_kept_one_by_one(desk: Desk) -> None:
    goal_changes.change_levels(
        desk.store, GOAL, {"0": "three shifts", "1": "more", "baseline": "none"}, desk.clock.now()
    )
    goal_changes.change_levels(desk.store, GOAL, {"1": None, "-1": "one shift"}, desk.clock.now())
    goal = desk.store.read().get("goals", GOAL)
    assert goal is not None and goal["levels"] == {"0": "three shifts", "-1": "one shift"}
    assert goal["baseline"] == "none"


def test_rulers_are_placed_anew_and_the_same_day_corrects(desk: Desk) -> None:
    def place(**said: Any) -> None:
        goal_changes.place_rulers(desk.store, GOAL, said, desk.clock.today(), desk.clock.now())

    place(importance=8, confidence=6, step="step-0000", what_makes_it="Rosa said yes")
    place(importance=8, confidence=7)
    (ruler,) = desk.store.read().records("rulers")
    assert (ruler["importance"], ruler["confidence"], ruler["step"]) == (8, 7, "step-0000")
    assert "what_makes_it" not in ruler
    desk.clock.at = desk.clock.instant(date(2026, 11, 20), 20)  # type: ignore[attr-defined]
    place(importance=5, what_makes_it="It was a long week")
    first, second = desk.store.read().records("rulers")
    assert first == ruler
    assert (second["importance"], second["what_makes_it_about"]) == (5, "importance") and "confidence" not in second
    with pytest.raises(AnswerRefused):
        place(what_makes_it="only words")


def test_an_if_then_is_said_and_taken_out(desk: Desk) -> None:
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put("if_thens", {"id": "if-000001", "goal": GOAL, "obstacle": "rain", "then": "I take the bus"})
    goal_changes.said_if_then(desk.store, "if-000001", desk.clock.today(), desk.clock.now())
    assert desk.store.read().get("if_thens", "if-000001")["said_on"] == "2026-11-05"  # type: ignore[index]
    goal_changes.remove_if_then(desk.store, "if-000001", desk.clock.now())
    assert desk.store.read().records("if_thens") == []


def test_what_is_gone_changes_nothing(desk: Desk) -> None:
    store, now, today, before = desk.store, desk.clock.now(), desk.clock.today(), desk.store.read().generation
    for change in (
        lambda: goal_changes.let_go_step(store, "gone-0001", now),
        lambda: goal_changes.take_up_step(store, "gone-0001", now),
        lambda: goal_changes.move_step(store, "gone-0001", 1, now),
        lambda: goal_changes.move_to_goal(store, "gone-0001", GOAL, now),
        lambda: goal_changes.remove_step(store, "gone-0001", now),
        lambda: goal_changes.change_step(store, "gone-0001", {"text": "x"}, Seen({}), now),
        lambda: goal_changes.set_state(store, "gone-0001", "done", None, desk.clock),
        lambda: goal_changes.change_levels(store, "gone-0001", {"0": "x"}, now),
        lambda: goal_changes.place_rulers(store, "gone-0001", {"importance": 1}, today, now),
        lambda: goal_changes.remove_goal(store, "gone-0001", now),
        lambda: goal_changes.said_if_then(store, "gone-0001", today, now),
        lambda: goal_changes.remove_note(store, "gone-0001", now),
        lambda: goal_changes.remove_if_then(store, "gone-0001", now),
        lambda: letters.read_letter(store, "gone-0001", now),
        lambda: letters.remove_letter(store, "gone-0001", now),
    ):
        with pytest.raises(ProblemError) as caught:
            change()
        assert caught.value.key in {"not_there", "goal_not_there"}
    assert desk.store.read().generation == before


# A line to oneself


def test_a_line_to_oneself_is_written_read_and_taken_out(desk: Desk) -> None:
    now = desk.clock.now()
    first = letters.write_letter(desk.store, "Begin with one call.\nYou did before.", now)
    desk.clock.at = desk.clock.instant(date(2026, 11, 20), 20)  # type: ignore[attr-defined]
    second = letters.write_letter(desk.store, "Rest first.", desk.clock.now())
    letters.read_letter(desk.store, first["id"], desk.clock.now())
    found = letters.letters_of(desk.store.read().tables)
    assert [one["id"] for one in found] == [second["id"], first["id"]]
    assert found[1]["read_at"] == "2026-11-20T20:00:00.000000Z" and "read_at" not in found[0]
    letters.remove_letter(desk.store, first["id"], now)
    assert [one["id"] for one in letters.letters_of(desk.store.read().tables)] == [second["id"]]
    assert "Begin" not in str(desk.store.read().tables["letters"])
    with pytest.raises(AnswerRefused):
        letters.write_letter(desk.store, " \n ", now)
