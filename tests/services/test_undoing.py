"""Undo in words: what would be taken back, what was, and what stays because somebody else changed it since."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tinydb import TinyDB

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.plan.versions import KEPT
from rchrp_goals.services.capture import add_step, later, mark_done, not_now
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.learning_log import log_activity
from rchrp_goals.services.levels import NOT_THERE_YET, note_level
from rchrp_goals.services.sessions import close_sessions_of_other_days
from rchrp_goals.services.undoing import next_undo, undo, undoable, with_day
from rchrp_goals.store.plan_store import PlanStore, What
from tests.services.desk import sit

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 5)


def next_words(store: PlanStore, words: Words) -> str | None:
    """Return what the command would name first."""
    found = next_undo(store, words)
    return with_day(found, words) if found is not None else None


def add(desk: Desk, text: str = "Call Rosa") -> str:
    return add_step(desk.store, text, None, None, NOW).id


def said(desk: Desk) -> list[str | None]:
    """Take the last change back, after what each language would say of it."""
    found: list[str | None] = [next_words(desk.store, Words(language)) for language in LANGUAGES]
    undo(desk.store, desk.words, NOW)
    return found


def elsewhere(desk: Desk, table: str, id: str, **fields: Any) -> None:
    """Let another program change a record, its revision with it."""

    def change(record: dict[str, Any]) -> None:
        record |= {"revision": record["revision"] + 1, **fields}

    with TinyDB(desk.places.plan, encoding="utf-8") as theirs:
        theirs.table(table).update(change, lambda record: record["id"] == id)
    desk.store.keep_as_it_is(NOW)


def test_only_what_somebody_was_told_of_is_taken_back(desk: Desk) -> None:
    add(desk)
    told = next_undo(desk.store, desk.words)
    assert told is not None
    add(desk, "Ask Marcus")
    before = desk.store.read()
    assert undo(desk.store, desk.words, NOW, only=told.id) is None
    assert desk.store.read() == before
    now = next_undo(desk.store, desk.words)
    assert now is not None and "Ask Marcus" in (undo(desk.store, desk.words, NOW, only=now.id) or "")


def test_what_the_program_closed_by_itself_is_not_asked_about(desk: Desk) -> None:
    sit(desk)
    add(desk)
    desk.clock.at = desk.clock.at.replace(day=7)  # type: ignore[attr-defined]
    assert close_sessions_of_other_days(desk)
    assert "Call Rosa" in (undo(desk.store, desk.words, NOW) or "")
    assert {one["state"] for one in desk.store.read().records("values")} == {"closed"}
    before = len(desk.store.read().records("values"))
    while found := next_undo(desk.store, desk.words):
        undo(desk.store, desk.words, NOW, only=found.id)
    assert before and not desk.store.read().records("values")


# In words


def test_each_change_has_its_words_and_its_day(desk: Desk) -> None:
    step = add(desk)
    mark_done(desk.store, "step", step, TODAY, NOW)
    with desk.store.change(What("step_removed"), NOW) as change:
        change.remove("steps", step)
    with desk.store.change(What("of_tomorrow"), NOW) as change:
        change.put("dreams", {"text": "x"})
    assert said(desk) == [
        "something changed (Thursday 5 November 2026)",
        "algo que cambió (jueves 5 de noviembre de 2026)",
    ]
    for (en, es), words in zip(
        [said(desk), said(desk), said(desk)], ["Call Rosa", "marked done", "added"], strict=True
    ):
        assert "Call Rosa" in str(en)
        assert "Call Rosa" in str(es)
        assert words in str(en)
    assert said(desk) == [None, None]
    assert undo(desk.store, desk.words, NOW) is None


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Taken back: step “Call Rosa” added."), ("es", "Deshecho: paso “Call Rosa” agregado.")],
)
def test_what_was_taken_back_is_a_sentence(desk: Desk, language: str, expected: str) -> None:
    add(desk, "Call\n \x1b[31mRosa.")
    assert undo(desk.store, Words(language), NOW) == expected


def test_a_long_text_is_cut_and_a_name_stands_as_it_stands_now(desk: Desk) -> None:
    id = add(desk, "a" * 400)
    assert str(next_words(desk.store, desk.words)).count("a…") == 1
    with desk.store.change(What("step_changed"), NOW) as change:
        change.put("steps", {**(change.get("steps", id) or {}), "text": "Write to Rosa"})
    assert "“Write to Rosa”" in str(undo(desk.store, desk.words, NOW))


def test_what_has_no_name_of_its_own_takes_that_of_its_goal(desk: Desk) -> None:
    with desk.store.change(What("part_goals"), NOW) as change:
        change.put("steps", {"text": "first step", "goal": "goal-0001"})
        change.put("goals", {"id": "goal-0001", "title": "Shadow three shifts"})
    note_level(desk.store, "goal-0001", NOT_THERE_YET, "a private note", NOW)
    assert undo(desk.store, desk.words, NOW) == "Taken back: a note on the goal “Shadow three shifts”."
    assert undo(desk.store, desk.words, NOW) == "Taken back: goal “Shadow three shifts” kept."


def test_what_was_put_off_is_named(desk: Desk) -> None:
    id = add(desk)
    not_now(desk.store, "step", id, TODAY, NOW)
    later(desk.store, "step", id, date(2026, 11, 9), desk.clock)
    log_activity(desk.store, "A talk", TODAY, NOW)
    assert ["A talk" in one.words or "Call Rosa" in one.words for one in undoable(desk.store, desk.words)] == [True] * 4


def test_a_whole_sitting_walks_back_in_words(desk: Desk) -> None:
    sit(desk).finish_plan()
    before = len(undoable(desk.store, desk.words))
    for language in LANGUAGES * 3:
        assert undo(desk.store, Words(language), NOW)
    assert len(undoable(desk.store, desk.words)) == max(before - 6, 0)
    while undo(desk.store, desk.words, NOW):
        pass
    plan = desk.store.read()
    assert not [one for table in plan.tables if table != "history" for one in plan.records(table)]


# What undo brings back, and what it leaves alone


def test_a_removed_goal_comes_back_with_its_steps(desk: Desk) -> None:
    with desk.store.change(What("part_goals"), NOW) as change:
        change.put("goals", {"id": "goal-0001", "title": "Shadow three shifts", "state": "active"})
    step = add_step(desk.store, "Call Rosa", "goal-0001", None, NOW).id
    with desk.store.change(What("goal_removed"), NOW) as change:
        change.remove("goals", "goal-0001")
        change.put("steps", {key: value for key, value in (change.get("steps", step) or {}).items() if key != "goal"})
    assert "Shadow three shifts" in str(undo(desk.store, desk.words, NOW))
    assert desk.store.read().get("steps", step)["goal"] == "goal-0001"  # type: ignore[index]
    assert desk.store.read().get("goals", "goal-0001")["title"] == "Shadow three shifts"  # type: ignore[index]


def test_what_somebody_else_changed_since_stays_and_the_other_is_kept(desk: Desk) -> None:
    id = add(desk, "one")
    with desk.store.change(What("step_changed"), NOW) as change:
        change.put("steps", {**(change.get("steps", id) or {}), "text": "two"})
    elsewhere(desk, "steps", id, text="three")
    sentence = undo(desk.store, desk.words, NOW)
    assert str(sentence).startswith("Not taken back: ")
    plan = desk.store.read()
    assert [one["text"] for one in plan.records("steps")] == ["three"]
    assert [(one["table"], one["of"], one["record"]["text"]) for one in plan.records(KEPT)] == [("steps", id, "one")]


def test_a_creation_that_somebody_else_changed_since_is_not_removed(desk: Desk) -> None:
    id = add(desk, "one")
    elsewhere(desk, "steps", id, text="theirs")
    assert "elsewhere" in str(undo(desk.store, desk.words, NOW))
    assert [one["text"] for one in desk.store.read().records("steps")] == ["theirs"]
    assert next_undo(desk.store, desk.words) is None


def test_of_a_change_of_two_only_the_one_that_moved_on_stays(desk: Desk) -> None:
    with desk.store.change(What("part_goals"), NOW) as change:
        for id in ("step-0001", "step-0002"):
            change.put("steps", {"id": id, "text": "x"})
    elsewhere(desk, "steps", "step-0002", text="theirs")
    sentence = str(undo(desk.store, desk.words, NOW))
    assert sentence.startswith("Taken back: ")
    assert "One thing" in sentence
    assert [one["id"] for one in desk.store.read().records("steps")] == ["step-0002"]


def test_walking_back_over_an_undo_is_no_conflict(desk: Desk) -> None:
    id = add(desk, "one")
    for text in ("two", "three"):
        with desk.store.change(What("step_changed"), NOW) as change:
            change.put("steps", {**(change.get("steps", id) or {}), "text": text})
        assert "Taken back" in str(undo(desk.store, desk.words, NOW))
    assert undo(desk.store, desk.words, NOW) == "Taken back: step “one” added."
    assert desk.store.read().records(KEPT) == []


def test_the_key_says_what_a_change_was_about(desk: Desk) -> None:
    for table, record in (("focus", {"area": "What to say next"}), ("learning", {"title": "A talk"})):
        with desk.store.change(What("area_changed"), NOW) as change:
            change.put("focus", {"id": "focus-0001", "area": "What to say next", "n": table})
            change.put(table, {"id": f"{table}-0001", **record, "m": 1})
    assert "What to say next" in str(next_words(desk.store, desk.words))
    with desk.store.change(What("learning_changed"), NOW) as change:
        change.put("goals", {"id": "goal-0001", "title": "A goal"})
        change.put("learning", {"id": "learning-0001", "title": "A talk", "focus": "focus-0001"})
    assert "A talk" in str(next_words(desk.store, desk.words))
