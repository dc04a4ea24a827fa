"""Where a goal stands: what may be chosen, and what a note keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import Words
from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.levels import NOT_THERE_YET, level_choices, note_level, notes_of
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in

GOAL = "goal-0001"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = desk_in(tmp_path)
    put(found, levels={"0": "three shifts shadowed", "1": "five shifts", "-2": ""})
    return found


def put(desk: Desk, **fields: Any) -> None:
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put("goals", {"id": GOAL, "title": "Shadow three shifts", "state": "active", **fields})


def notes(desk: Desk) -> list[dict[str, Any]]:
    return [dict(one) for one in notes_of(desk.store.read().tables, GOAL)]


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["as hoped", "more", "not there yet"]), ("es", ["como esperaba", "más", "todavía no"])],
)
def test_only_levels_with_words_may_be_chosen_and_not_there_yet(desk: Desk, language: str, names: list[str]) -> None:
    goal = desk.store.read().records("goals")[0]
    found = level_choices(goal, Words(language))
    assert [one.name for one in found] == names
    assert [(one.level, one.words) for one in found] == [
        (0, "three shifts shadowed"),
        (1, "five shifts"),
        (NOT_THERE_YET, ""),
    ]
    assert [one.level for one in level_choices({"levels": 7}, Words(language))] == [NOT_THERE_YET]


def test_a_note_keeps_the_words_as_they_stood(desk: Desk) -> None:
    note_level(desk.store, GOAL, 0, " Rosa said\nyes ", desk.clock.now())
    put(desk, levels={"0": "other words"})
    (note,) = notes(desk)
    assert {key: note[key] for key in ("goal", "at", "level", "words", "note")} == {
        "goal": GOAL,
        "at": "2026-11-05T20:00:00.000000Z",
        "level": 0,
        "words": "three shifts shadowed",
        "note": "Rosa said\nyes",
    }


def test_not_there_yet_has_no_words_and_a_note_needs_no_level(desk: Desk) -> None:
    note_level(desk.store, GOAL, NOT_THERE_YET, None, desk.clock.now())
    note_level(desk.store, GOAL, None, "a week without news", desk.clock.now())
    found = {one.get("level"): one for one in notes(desk)}
    assert set(found) == {NOT_THERE_YET, None}
    assert not any("words" in one for one in found.values())


@pytest.mark.parametrize(
    ("level", "note", "key"),
    [(2, None, "level_without_words"), (-2, "x", "level_without_words"), (None, "  ", "nothing_answered")],
)
def test_what_cannot_be_chosen_changes_nothing(desk: Desk, level: int | None, note: str | None, key: str) -> None:
    before = Path(desk.places.plan).read_bytes()
    with pytest.raises(ProblemError, match=key):
        note_level(desk.store, GOAL, level, note, desk.clock.now())
    assert Path(desk.places.plan).read_bytes() == before


def test_a_goal_that_is_gone_and_a_note_that_is_too_long(desk: Desk) -> None:
    with pytest.raises(ProblemError, match="goal_not_there"):
        note_level(desk.store, "other-0001", NOT_THERE_YET, None, desk.clock.now())
    with pytest.raises(AnswerRefused, match="text_too_long"):
        note_level(desk.store, GOAL, 0, "x" * 20_001, desk.clock.now())


def test_it_is_one_change(desk: Desk) -> None:
    note_level(desk.store, GOAL, 0, "x", desk.clock.now())
    desk.store.undo(desk.clock.now())
    assert notes(desk) == []
