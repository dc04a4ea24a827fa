"""The page of practice, and the pages of reflections: what stands there, and what each row leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.services.demo import make
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.room import Action, Place, RoomView, Row, Section
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.undoing import undo
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in

PRACTICE, ALL = Place("learning.practice"), Place("learning.reflections")


def section(view: RoomView, heading: str) -> Section:
    return next(one for one in view.sections if one.heading == heading)


def action(row: Row, id: str) -> Action:
    return next(one for one in row.actions if one.id == id)


def answer(desk: Desk, asked: Action, **values: str) -> None:
    assert asked.question is not None
    question = OneQuestion(desk, asked.question.module, asked.question.key, asked.question.ids)
    question.answer(values)
    question.finish_part()


def do(desk: Desk, asked: Action) -> None:
    assert asked.change is not None
    asked.change(desk, {})


def test_what_was_said_stands_with_its_day_before_what_waits(sample: Desk) -> None:
    view = read_room(sample, PRACTICE)
    said = section(view, "What I said").rows
    assert [(row.title, row.when) for row in said] == [
        ("Hard words about oneself", "Mon 2 Nov"),
        ("New supplies", "Sat 24 Oct"),
    ]
    assert said[0].detail[0].text.startswith("Somebody says: I waste everybody's time.")
    waiting = section(view, "Whenever you like").rows
    assert len(waiting) == 10 and all(row.title and not row.note for row in waiting)
    assert [one.conversation for one in view.actions] == ["practice"]


def test_said_anew_both_stand_there_and_one_can_be_taken_out(sample: Desk) -> None:
    row = section(read_room(sample, PRACTICE), "What I said").rows[1]
    answer(sample, action(row, "practice.say"), say="Here. And how are you?")
    rows = section(read_room(sample, PRACTICE), "What I said").rows
    assert [one.title for one in rows].count("New supplies") == 2
    assert rows[0].text == "Here. And how are you?"
    do(sample, action(rows[0], "practice.remove"))
    assert len(section(read_room(sample, PRACTICE), "What I said").rows) == 2
    undo(sample.store, sample.words, sample.clock.now())
    assert len(section(read_room(sample, PRACTICE), "What I said").rows) == 3


def test_a_long_answer_is_short_in_its_row_and_whole_under_it(sample: Desk) -> None:
    row = section(read_room(sample, PRACTICE), "Whenever you like").rows[0]
    answer(sample, row.actions[0], say="I would listen. " * 40)
    row = section(read_room(sample, PRACTICE), "What I said").rows[0]
    assert len(row.text) <= 241 and row.text.endswith("…")
    assert row.detail[-1].text == ("I would listen. " * 40).strip()


def test_an_if_then_is_said_once_and_then_no_longer_offered(sample: Desk) -> None:
    (row,) = section(read_room(sample, PRACTICE), "To say once, aloud or to yourself").rows
    say = action(row, "if_then.say")
    assert say.confirm == row.text and "I breathe out once" in row.text
    do(sample, say)
    assert all(one.heading != "To say once, aloud or to yourself" for one in read_room(sample, PRACTICE).sections)


def test_where_nothing_was_said_there_are_twelve_situations_and_nothing_else(tmp_path: Path) -> None:
    view = read_room(desk_in(tmp_path), PRACTICE)
    assert [one.heading for one in view.sections] == ["Whenever you like"]
    assert len(view.sections[0].rows) == 12


def test_a_room_file_that_cannot_be_read_takes_nothing_away_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "situations.txt").write_bytes(b"\xff\xfe")
    found = desk_in(tmp_path / "data", own_folder=tmp_path / "room")
    make(found.places, found.words, found.clock)
    view = read_room(found, PRACTICE)
    assert len(section(view, "What I said").rows) == 2
    assert "situations.txt cannot be read as text" in view.closing


def test_hostile_records_are_read_as_far_as_they_say_something(sample: Desk) -> None:
    strange: list[tuple[str, dict[str, object]]] = [
        ("practice", {"id": "odd-0001", "card": 7, "say": ["x"], "at": "never"}),
        ("practice", {"id": "odd-0002", "say": "a\x1b[2Jb", "situation": 3}),
        ("reflections", {"id": "odd-0003", "answers": "none", "about": "x"}),
        (
            "reflections",
            {"id": "odd-0004", "form": 3, "answers": {"other": "a\x1b[2Jb", "my_role": 5}, "about": {"id": 1}},
        ),
    ]
    with sample.store.change(What("test"), sample.clock.now()) as change:
        for table, record in strange:
            change.put(table, record)
    said = section(read_room(sample, PRACTICE), "What I said").rows
    assert max(row.text for row in said) == "ab" and len(said) == 3
    rows = read_room(sample, ALL).sections[0].rows
    assert len(rows) == 3
    page = read_room(sample, Place("learning.reflection", "odd-0004"))
    assert [(row.title, row.text, row.key) for row in page.sections[0].rows] == [("other", "ab", "")]
    assert Sitting(sample, "reflect:odd-0004").about == ""


# Reflections


def test_a_reflection_has_a_row_with_its_subject_and_a_page(sample: Desk) -> None:
    rows = read_room(sample, ALL).sections[0].rows
    assert [(row.title, row.when) for row in rows] == [
        ("Housing first, a webinar", "Fri 30 Oct"),
        ("Recovery Coaching a Harm Reduction Pathway, three days", "Wed 21 Oct"),
    ]
    place = action(rows[1], "thing.open").place
    assert place is not None
    view = read_room(sample, place)
    assert view.about == "Written on Wednesday 21 October 2026."
    assert [row.title for row in view.sections[0].rows] == [
        "What was it that you learned from?",
        "What did you learn from it?",
        "What have you changed in what you do, or what will you change?",
        "What does it have to do with your role, or with your ethics?",
    ]
    assert [row.text for row in section(view, "You can add").rows] == ["And how did it feel, if you would like to say?"]


def test_an_answer_is_changed_on_its_page_line_by_line_as_it_was_written(sample: Desk) -> None:
    place = Place("learning.reflection", read_room(sample, ALL).sections[0].rows[0].key.partition(":")[2])
    first = read_room(sample, place).sections[0].rows[0]
    answer(sample, action(first, "thing.change"), words="On the bus.\n\nIt rained.")
    rows = read_room(sample, place).sections[0].rows
    assert [row.text for row in rows[:2]] == ["On the bus.", "It rained."]
    assert rows[1].key == "" and not rows[1].actions


def test_a_reflection_taken_out_has_no_page_and_undo_brings_it_back(sample: Desk) -> None:
    rows = read_room(sample, ALL).sections[0].rows
    place = Place("learning.reflection", rows[0].key.partition(":")[2])
    remove = next(row for one in read_room(sample, place).sections for row in one.rows if row.key == "remove")
    assert remove.actions[0].confirm
    do(sample, remove.actions[0])
    with pytest.raises(ProblemError, match="not_there"):
        read_room(sample, place)
    undo(sample.store, sample.words, sample.clock.now())
    assert len(read_room(sample, ALL).sections[0].rows) == 2


def test_something_learned_leads_to_a_reflection_and_shows_those_about_it(sample: Desk) -> None:
    room = read_room(sample, Place("learning"))
    row = next(row for one in room.sections for row in one.rows if row.text == "Housing first, a webinar")
    id = row.key.partition(":")[2]
    assert action(row, "learning.reflect").conversation == f"reflect:{id}"
    page = read_room(sample, Place("learning.one", id))
    assert [one.conversation for one in page.actions if one.id == "learning.reflect"] == [f"reflect:{id}"]
    assert [row.title for row in section(page, "Reflections").rows] == ["Housing first, a webinar"]


def test_without_any_the_page_says_what_is_enough(tmp_path: Path) -> None:
    view = read_room(desk_in(tmp_path), ALL)
    assert view.sections[0].empty and not view.sections[0].rows
    assert [one.conversation for one in view.actions] == ["reflect"]
