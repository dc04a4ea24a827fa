"""One question by itself: a line of the plan, a question that waited; what is closed or gone is not changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.later import put_off
from rchrp_goals.services.later import waiting_question as waiting
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in, sat_desk, sit
from tests.services.test_parts import later_on, one, tables


def lines(desk: Desk) -> dict[str, Any]:
    sheet = plan_sheet(desk.store.read().tables, desk.words, desk.clock.today(), with_passed=True)
    return {line.key: line for line in sheet.lines}


def ask(desk: Desk, key: str) -> OneQuestion:
    """Open the line of the plan page whose key begins so."""
    line = next(line for name, line in lines(desk).items() if name.startswith(key))
    assert line.opening is not None, key
    return OneQuestion(desk, *line.opening.arguments)


def say(question: OneQuestion, values: dict[str, Any]) -> None:
    question.answer(values)
    while question.current is not None:
        question.pass_()
    question.finish_part()


# A session that is closed


def closed_by_hand(tmp_path: Path) -> Desk:
    return sat_desk(tmp_path)


def closed_by_night(tmp_path: Path) -> Desk:
    desk = desk_in(tmp_path)
    sit(desk)
    return later_on(desk, days=1)


@pytest.mark.parametrize("closed", [closed_by_hand, closed_by_night])
def test_a_closed_session_opens_nothing_and_is_not_changed(tmp_path: Path, closed: Any) -> None:
    desk = closed(tmp_path)
    before = tables(desk)["values"]
    for key, line in lines(desk).items():
        if key.partition(":")[0] in {"value", "value_then", "reason", "reason_then", "day_one"}:
            assert line.opening is None, key
    now, then = one(desk, "values", occasion="last_day"), one(desk, "values", occasion="day_one_part_1")
    ids = {"session": now["id"], "day_one": then["id"]}
    name = now["placements"][0]["statement"]
    for module, key, about in (
        ("values", f"statement:{name}", ids),
        ("values", f"more_statements:{name}", ids),
        ("values", "day_one", ids),
        ("day_one", f"statement:{name}", {"session": then["id"]}),
    ):
        with pytest.raises(ProblemError, match="session_closed"):
            OneQuestion(desk, module, key, about)
    assert tables(desk)["values"] == before


def test_a_session_that_closes_while_its_line_is_open_is_not_changed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit(desk)
    question = ask(desk, "value:")
    question.answer({"position": 0})
    sitting.finish_plan()
    before = tables(desk)
    with pytest.raises(ProblemError, match="session_closed"):
        question.finish_part()
    assert tables(desk) == before


def test_what_a_closed_session_does_not_hold_yet_is_added(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "values")
    while not sitting.is_part_over:
        stop = sitting.current
        assert stop is not None
        if stop.key == "note":
            sitting.answer({"choice": "start"})
        elif stop.statement is not None:
            sitting.answer({"position": 6})
        elif stop.key == "day_one":
            sitting.answer({"positions": {"option": "later"}})
        else:
            sitting.answer({})
    sitting.finish_part()
    desk = later_on(desk, days=7)
    before = one(desk, "values")
    question = OneQuestion(desk, "values", "more_statements:s07_any_change", {"session": before["id"]})
    say(question, {"position": 2})
    after = one(desk, "values")
    assert after["placements"][:6] == before["placements"]
    assert (after["placements"][6]["statement"], after["placements"][6]["position"]) == ("s07_any_change", 2)
    say(
        OneQuestion(desk, "values", "day_one_later", {"session": before["id"]}, is_later=True),
        {"positions": "3 p 1 1 1 1"},
    )
    assert one(desk, "values", id=before["id"]) == after
    then = one(desk, "values", occasion="day_one_part_1")
    assert [found.get("position") for found in then["placements"]] == [3, None, 1, 1, 1, 1]
    say(ask(desk, "day_one"), {"positions": "4 p 1 1 1 1"})
    assert one(desk, "values", occasion="day_one_part_1")["placements"][0]["position"] == 4


# Day One


def test_the_day_one_line_moves_the_places_of_day_one_and_of_nothing_else(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "day-one")
    sitting.answer({"choice": "room"})
    sitting.answer({"statements": ["Rest is work", "People know"]})
    sitting.answer({"position": 3, "reason": "so tired"})
    sitting.answer({"position": 4, "reason": "they do"})
    sitting.finish_part()
    sit(desk, "values")
    line = lines(desk)["day_one"]
    assert line.text == "3 4"
    question = ask(desk, "day_one")
    with pytest.raises(AnswerRefused, match="positions_count"):
        question.answer({"positions": "1 1 1 1 1 1"})
    say(question, {"positions": "3 9"})
    found = one(desk, "values", occasion="day_one_part_1")["placements"]
    assert [(it["text"], it["position"], it.get("reason")) for it in found] == [
        ("Rest is work", 3, "so tired"),
        ("People know", 9, None),
    ]
    say(ask(desk, "reason_then:"), {"position": 2, "reason": "so tired"})
    assert one(desk, "values", occasion="day_one_part_1")["placements"][0]["position"] == 2


def test_a_statement_whose_meaning_was_raised_opens_as_it_was_shown(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "values")
    session = one(desk, "values", occasion="revisit")
    session["placements"][0] |= {"meaning": 0, "text": "Said otherwise then."}
    with desk.store.change(What("imported"), desk.clock.now()) as change:
        change.put("values", session)
    question = ask(desk, "value:")
    assert question.current is not None
    assert question.current.statement is not None
    assert question.current.statement.text == "Said otherwise then."
    say(question, {"position": 0})
    found = one(desk, "values", occasion="revisit")["placements"][0]
    assert (found["meaning"], found["text"], found["position"]) == (0, "Said otherwise then.", 0)


# What is gone


def test_a_line_whose_record_is_gone_is_refused(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "goals")
    arguments = lines(desk)[f"why:{one(desk, 'goals')['id']}"].opening.arguments
    question = OneQuestion(desk, *arguments)
    question.answer({"because": "I promised"})
    assert desk.store.undo(desk.clock.now())
    before = tables(desk)
    with pytest.raises(ProblemError, match="not_there"):
        question.finish_part()
    with pytest.raises(ProblemError, match="not_there"):
        OneQuestion(desk, *arguments)
    assert tables(desk) == before


def test_a_person_that_was_undone_can_be_named_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    say(OneQuestion(desk, "start", "someone", is_later=True), {"someone": "Lena"})
    assert desk.store.undo(desk.clock.now())
    say(OneQuestion(desk, "start", "name", is_later=True), {"name": "Ana"})
    person = one(desk, "person")
    assert (person["name"], person.get("someone_to_call")) == ("Ana", None)


# Lines that are changed in their place


def test_another_step_does_not_become_the_one_that_somebody_is_sure_of(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "goals")
    first = one(desk, "rulers")["step"]
    goal = one(desk, "goals")["id"]
    say(
        OneQuestion(desk, "goals", "further_steps", {"goal": goal}, is_later=True),
        {"steps": ["Ask Rosa", "Ask Marcus"]},
    )
    steps = {step["text"]: step for step in desk.store.read().records("steps")}
    assert {step["goal"] for step in steps.values()} == {goal}
    question = ask(desk, f"step:{steps['Ask Rosa']['id']}")
    say(question, {"step": "Ask Rosa on Monday"})
    assert one(desk, "rulers")["step"] == first
    assert {step["text"] for step in desk.store.read().records("steps")} == {
        "Write to the service",
        "Ask Rosa on Monday",
        "Ask Marcus",
    }


def test_further_steps_of_no_goal_are_in_the_inbox(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    say(OneQuestion(desk, "goals", "further_steps", is_later=True), {"steps": ["Ask Rosa"]})
    assert "goal" not in one(desk, "steps")


def test_places_are_a_list_that_can_be_changed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    say(OneQuestion(desk, "learning", "places", is_later=True), {"places": ["The van", "The library"]})
    kept = one(desk, "resources", name="The van")["id"]
    question = ask(desk, "place:")
    assert question.current is not None
    assert question.conversation.standing(question.current) == {"places": ["The van", "The library"]}
    say(question, {"places": ["The van", "The church"]})
    assert [found["name"] for found in desk.store.read().records("resources")] == ["The van", "The church"]
    assert one(desk, "resources", name="The van")["id"] == kept
    question = ask(desk, "place:")
    question.pass_()
    question.finish_part()
    assert desk.store.read().records("resources") == []


def test_a_letter_is_changed_and_taken_away(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    say(OneQuestion(desk, "goals", "letter", is_later=True), {"line": "You were tired then too"})
    at = one(desk, "letters")["at"]
    question = ask(later_on(desk, hours=1), "letter:")
    assert question.current is not None
    assert question.conversation.standing(question.current) == {"line": "You were tired then too"}
    say(question, {"line": "Begin with one call"})
    assert (one(desk, "letters")["text"], one(desk, "letters")["at"]) == ("Begin with one call", at)
    question = ask(desk, "letter:")
    question.pass_()
    question.finish_part()
    assert desk.store.read().records("letters") == []


def test_a_line_that_is_left_as_it_stands_writes_nothing(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    generation = desk.store.read().generation
    for key in ("goal:", "why:", "confidence:", "value:", "dates", "agreement:", "focus:"):
        question = ask(desk, key)
        stop = question.current
        assert stop is not None
        question.answer(question.conversation.standing(stop))
        while question.current is not None:
            question.forward()
        question.finish_part()
    assert desk.store.read().generation == generation


# What is passed


def test_a_question_that_waited_leaves_one_note_however_often_it_is_passed(tmp_path: Path) -> None:
    desk = sat_desk(tmp_path)
    question = waiting(desk.store.read().tables, desk.words, desk.clock.today())
    assert question is not None
    assert question.name == "start.someone"
    put_off(desk.store, question, desk.clock.today(), desk.clock.now())
    for _ in range(3):
        asked = OneQuestion(desk, *question.arguments, is_later=True)
        asked.pass_()
        asked.finish_part()
    assert one(desk, "asked", question="start.someone")["outcome"] == "passed"
    again = waiting(desk.store.read().tables, desk.words, desk.clock.today())
    assert again is None or again.name != "start.someone"
    say(OneQuestion(desk, *question.arguments, is_later=True), {"someone": "Lena"})
    assert not [found for found in desk.store.read().records("asked") if found["question"] == "start.someone"]


def test_day_one_can_be_put_off_and_denied_from_the_plan_page(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "start"})
    while sitting.current is not None:
        sitting.pass_()
    sitting.finish_part()
    say(ask(desk, "day_one"), {"positions": {"option": "later"}})
    assert one(desk, "asked", question="values.day_one")["outcome"] == "later"
    say(ask(desk, "day_one"), {"positions": {"option": "no"}})
    assert one(desk, "asked", question="values.day_one")["outcome"] == "passed"
    say(ask(desk, "day_one"), {"positions": "1 2 3 4 5 6"})
    assert not [found for found in desk.store.read().records("asked") if found["question"] == "values.day_one"]
    assert one(desk, "values", occasion="day_one_part_1")["entered"] == "from_paper"
