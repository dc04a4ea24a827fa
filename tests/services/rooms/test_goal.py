"""One goal's page: everything that can be done on it ends in the plan, and is shown in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services import goal_changes
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.levels import note_level
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.room import Dots, Place, RoomView, Standing
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.store.plan_store import What
from tests.services.desk import sat_desk
from tests.services.rooms.rooms import action, assert_sound, do, section

NONE, THEN, NOW = Standing.NONE, Standing.THEN, Standing.NOW


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sat_desk(tmp_path)


@pytest.fixture
def page(desk: Desk) -> Place:
    return Place("goals.one", desk.store.read().records("goals")[0]["id"])


def on(desk: Desk, day: int) -> None:
    desk.clock.at = desk.clock.instant(date(2026, 11, day), 20)  # type: ignore[attr-defined]


def steps(view: RoomView) -> list[tuple[str, str]]:
    return [(row.text, row.mark) for row in section(view, "Steps")]


def test_the_page_says_what_why_and_what_is_next(desk: Desk, page: Place) -> None:
    view = read_room(desk, page)
    assert_sound(view)
    assert view.title == "Shadow three syringe service shifts"
    assert view.about == "Why: I want to know the place before I send anyone there"
    assert view.card is not None and (view.card.text, view.card.when) == ("Write to the service", "Mon 9 Nov")
    assert [one.id for one in view.card.actions] == ["thing.done", "thing.later", "thing.not_now", "thing.change"]
    assert [(row.when, row.text) for row in section(view, "If and then")] == [
        ("if", "my own shift runs long"),
        ("then", "I text Rosa before three"),
    ]
    assert [(row.when, row.text) for row in section(view, "Who stands by me")] == [
        ("Marcus", "asks me on Mondays"),
        ("Rosa", ""),
    ]
    assert {row.when: row.text for row in section(view, "The goal itself")}["again"] == "Monday 21 December"


def test_steps_are_added_moved_done_and_let_go_and_the_next_one_comes_first(desk: Desk, page: Place) -> None:
    first = desk.store.read().records("steps")[0]["id"]
    second = do(desk, page, "goal.add_step", text="Ask Rosa", moment="after lunch", due="2026-11-20").at
    third = do(desk, page, "goal.add_step", text="Bring it to Marcus").at
    assert do(desk, page, "step.up", third).at == third
    view = read_room(desk, page)
    assert [one for one, _ in steps(view)] == ["Write to the service", "Bring it to Marcus", "Ask Rosa"]
    assert [one.id for one in view.row(f"step:{first}").actions if one.id.startswith("step.")] == [  # type: ignore[union-attr]
        "step.let_go",
        "step.down",
        "step.to_goal",
        "step.remove",
    ]
    assert do(desk, page, "thing.done").at == third
    assert do(desk, page, "step.let_go", third).at == second
    view = read_room(desk, page)
    assert steps(view) == [("Ask Rosa", "next"), ("Write to the service", "done"), ("Bring it to Marcus", "let_go")]
    assert view.card is not None and (view.card.text, view.card.note) == ("Ask Rosa", "after lunch")
    do(desk, page, "step.take_up", f"step:{first}")
    assert ("Write to the service", "next") in steps(read_room(desk, page))


def test_how_a_step_went_stands_under_it_and_can_be_said_otherwise(desk: Desk, page: Place) -> None:
    do(desk, page, "thing.done")
    (row,) = section(read_room(desk, page), "Steps")
    assert (row.note, action(read_room(desk, page), "step.went", row.key).asks[0].value) == ("", None)
    do(desk, page, "step.went", row.key, went="Rosa wrote back at once.")
    (row,) = section(read_room(desk, page), "Steps")
    assert row.note == "Rosa wrote back at once."
    assert action(read_room(desk, page), "step.went", row.key).asks[0].value == "Rosa wrote back at once."
    assert_sound(read_room(desk, page))
    do(desk, page, "step.went", row.key, went=None)
    (row,) = section(read_room(desk, page), "Steps")
    assert row.note == ""


def test_not_now_gives_way_to_another_step_for_today(desk: Desk, page: Place) -> None:
    do(desk, page, "goal.add_step", text="Ask Rosa")
    do(desk, page, "thing.not_now")
    view = read_room(desk, page)
    assert view.card is not None and view.card.text == "Ask Rosa"
    on(desk, 6)
    view = read_room(desk, page)
    assert view.card is not None and view.card.text == "Write to the service"


def test_levels_stand_in_own_words_against_the_days(desk: Desk, page: Place) -> None:
    levels = {"level2": "", "level1": "every month", "level0": "three shifts", "level-1": "one shift", "level-2": None}
    view = read_room(desk, page)
    assert [row.when for row in section(view, "Where it stands, in my words")] == ["as hoped", "not there yet"]
    do(desk, page, "goal.levels", "about:levels", **levels, baseline="never inside")
    do(desk, page, "goal.note_level", level="not_there_yet")
    on(desk, 12)
    do(desk, page, "goal.note_level", level="-1", note="Friday went well")
    on(desk, 20)
    at = do(desk, page, "goal.note_level", level="-1").at
    view = read_room(desk, page)
    rows = section(view, "Where it stands, in my words")
    assert [(row.when, row.text, row.cells, row.is_strong) for row in rows] == [
        ("more", "every month", (NONE, NONE, NONE), False),
        ("as hoped", "three shifts", (NONE, NONE, NONE), False),
        ("less", "one shift", (NONE, THEN, NOW), True),
        ("not there yet", "", (THEN, NONE, NONE), False),
    ]
    (grid,) = [one for one in view.sections if one.columns]
    assert (grid.columns, grid.about) == (("5 Nov", "12 Nov", "today"), "At the beginning: never inside")
    assert rows[2].said == "noted: 12 Nov and today"
    notes = section(view, "What I noted")
    assert notes[0].key == at
    assert [(row.when, row.text, row.note) for row in notes] == [
        ("today", "less: one shift", ""),
        ("12 Nov", "less: one shift", "Friday went well"),
        ("5 Nov", "not there yet", ""),
    ]


def test_a_note_keeps_the_words_as_they_stood(desk: Desk, page: Place) -> None:
    note_level(desk.store, page.id, 0, None, desk.clock.now())
    goal_changes.change_levels(desk.store, page.id, {"0": "five shifts"}, desk.clock.now())
    view = read_room(desk, page)
    assert [row.text for row in section(view, "What I noted")] == ["as hoped: three shifts shadowed"]
    assert section(view, "Where it stands, in my words")[0].text == "five shifts"
    goal_changes.change_levels(desk.store, page.id, {"0": None}, desk.clock.now())
    row = section(read_room(desk, page), "Where it stands, in my words")[0]
    assert row.text == "three shifts shadowed"
    # with "not there yet" alone there is nothing to choose, and an Enter too many would say it of the goal
    assert [ask.name for ask in action(read_room(desk, page), "goal.note_level").asks] == ["note"]


def test_without_words_for_its_levels_a_goal_takes_a_note_and_offers_to_write_them(desk: Desk, page: Place) -> None:
    goal_changes.change_levels(desk.store, page.id, {"0": None}, desk.clock.now())
    note_level(desk.store, page.id, "not_there_yet", None, desk.clock.now())
    with pytest.raises(AnswerRefused):
        do(desk, page, "goal.note_level", note="")
    on(desk, 6)
    do(desk, page, "goal.note_level", note="One call so far")
    view = read_room(desk, page)
    assert_sound(view)
    assert [row.text for row in section(view, "What I noted")] == ["One call so far", "not there yet"]
    (row,) = [row for row in section(view, "Where it stands, in my words") if row.key]
    assert [one.id for one in row.actions] == ["goal.levels"]
    assert "goal.levels" in [one.id for one in view.actions]
    do(desk, page, "goal.levels", level0="three calls")
    view = read_room(desk, page)
    assert "goal.levels" not in [one.id for one in view.actions]
    assert [ask.name for ask in action(view, "goal.note_level").asks] == ["level", "note"]


def test_a_note_needs_a_level_or_a_word(desk: Desk, page: Place) -> None:
    with pytest.raises(AnswerRefused):
        do(desk, page, "goal.note_level", level=None, note="")
    do(desk, page, "goal.note_level", level=None, note="Only a thought")
    (row,) = section(read_room(desk, page), "What I noted")
    assert row.text == "Only a thought"
    do(desk, page, "note.remove", row.key)
    assert section(read_room(desk, page), "What I noted") == []
    assert desk.store.read().records("progress") == []


def test_rulers_stand_then_and_now(desk: Desk, page: Place) -> None:
    (importance, confidence) = section(read_room(desk, page), "My two rulers")
    assert (importance.picture, importance.said) == (Dots(None, 8, "0", "10"), "at 8")
    assert confidence.note == "What makes it 7, and not less: Rosa has said yes to others."
    on(desk, 20)
    asks = action(read_room(desk, page), "goal.rulers", "ruler:importance").asks
    assert [ask.value for ask in asks] == [None, None, None]  # the answer comes before the look back
    do(desk, page, "goal.rulers", "ruler:importance", importance=8, confidence=9)
    (importance, confidence) = section(read_room(desk, page), "My two rulers")
    assert (importance.picture, importance.said) == (Dots(8, 8, "0", "10"), "still at 8")
    assert (confidence.picture, confidence.said) == (Dots(7, 9, "0", "10"), "at 7, now 9")


def test_an_if_then_is_said_once_and_a_further_one_written(desk: Desk, page: Place) -> None:
    one = desk.store.read().records("if_thens")[0]["id"]
    say = action(read_room(desk, page), "if_then.say", f"if_then:{one}")
    assert say.confirm == "If this happens: my own shift runs long. Then: I text Rosa before three."
    do(desk, page, "if_then.say", f"if_then:{one}")
    assert section(read_room(desk, page), "If and then")[1].note == "said on Thu 5 Nov"
    asked = action(read_room(desk, page), "if_then.add", f"if_then:{one}").question
    assert asked is not None
    question = OneQuestion(desk, asked.module, asked.key, asked.ids)
    question.answer({"obstacle": "rain", "then": "I take the bus"})
    question.finish_part()
    assert [row.text for row in section(read_room(desk, page), "If and then")][2:] == ["rain", "I take the bus"]


def test_a_goal_let_go_is_not_judged_and_asks_for_nothing(desk: Desk, page: Place) -> None:
    do(desk, page, "goal.state", f"goal:{page.id}", state="let_go", why="It was somebody else's")
    view = read_room(desk, page)
    assert view.card is None and view.about.startswith("Let go. Why: ")
    (row,) = [row for row in section(view, "The goal itself") if row.key == f"goal:{page.id}"]
    assert (row.text, row.note) == ("let go", "It was somebody else's")


def test_a_goal_that_is_gone_is_said_and_leads_to_the_room(desk: Desk, page: Place) -> None:
    said = do(desk, page, "goal.remove", "about:what")
    assert said.place == Place("goals")
    with pytest.raises(ProblemError) as caught:
        read_room(desk, page)
    assert caught.value.key == "not_there"


def test_in_spanish_every_row_says_what_it_is(desk: Desk, page: Place) -> None:
    desk.switch_language()
    view = read_room(desk, page)
    assert view.card is not None and view.card_heading == "Siguiente paso"
    assert [row.when for row in section(view, "Si pasa esto, entonces")] == ["si", "entonces"]
    assert [row.said for row in section(view, "Mis dos escalas")] == ["8 de 10", "7 de 10"]


def test_a_day_that_is_none_is_not_asked_for_again(desk: Desk, page: Place) -> None:
    with desk.store.change(What("other"), desk.clock.now()) as change:
        step = change.all("steps")[0]
        change.put("steps", {**step, "due": "soon"})
    asks = action(read_room(desk, page), "thing.change", f"step:{step['id']}").asks
    assert [ask.value for ask in asks] == ["Write to the service", "right after the team meeting", None]


def test_a_goal_in_a_state_that_nobody_knows_has_no_page(desk: Desk, page: Place) -> None:
    with desk.store.change(What("other"), desk.clock.now()) as change:
        change.put("goals", {**change.all("goals")[0], "state": "\u200b"})
    with pytest.raises(ProblemError, match="not_there"):
        read_room(desk, page)
