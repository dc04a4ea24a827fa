"""The engine: any sequence of answer, pass, back and pause ends well, and going back and forward changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.conversation import Conversation, Facts, Statement, Stop
from rchrp_goals.guide.draft import Draft
from rchrp_goals.guide.structure import Field, load
from rchrp_goals.plan.text import room_id

MODULES = ("start", "values", "day_one", "learning", "goals", "ahead")
FACTS = Facts(statements=[Statement(f"s{n:02}", 1, f"Statement {n}") for n in range(1, 13)])


def begin(module: str, facts: Facts = FACTS) -> Conversation:
    return Conversation(load(module), Draft(module), facts)


def some_value(field: Field, number: int = 7) -> Any:
    """A value that the field takes."""
    if field.options:
        return {"option": field.options[0]} if field.kind == "positions" else field.options[number % len(field.options)]
    return {
        "line": "something to do",
        "long": "because",
        "choice": {"bank": None, "text": "listening"},
        "choices": [{"bank": "a01", "text": "I may pass"}],
        "position": number % 11,
        "date": "2026-11-12",
        "items": ["Marcus, asks me on Mondays"],
    }[field.kind]


def answer_all(conversation: Conversation, number: int = 7) -> None:
    stop = conversation.current
    assert stop is not None
    values: dict[str, Any] = {}
    for _ in range(4):
        for field in conversation.fields(stop, values):
            value = some_value(field, number)
            if field.kind == "choices" and field.options:
                value = list(field.options)
            values.setdefault(field.id, value)
    conversation.answer(values)


@pytest.mark.parametrize("module", MODULES)
def test_every_question_answered_comes_to_an_end(module: str) -> None:
    conversation = begin(module)
    for _ in range(60):
        if conversation.is_over:
            break
        answer_all(conversation)
    assert conversation.is_over
    assert all("values" in answer for answer in conversation.draft.answers.values())


@pytest.mark.parametrize("module", MODULES)
def test_everything_passed_comes_to_an_end(module: str) -> None:
    conversation = begin(module)
    for _ in range(60):
        if conversation.is_over:
            break
        conversation.pass_()
    assert conversation.is_over


def test_passing_the_goal_asks_only_for_a_first_step() -> None:
    conversation = begin("goals")
    conversation.pass_()
    assert conversation.current is not None and conversation.current.key == "inbox_step"
    conversation.pass_()
    assert conversation.is_over


def test_skip_all_skips_the_statements_but_not_the_breath() -> None:
    conversation = begin("values")
    conversation.answer({"choice": "skip_all"})
    assert [stop.key for stop in conversation.road] == ["note", "breath"]


@pytest.mark.parametrize(
    ("importance", "confidence", "opened"),
    [(8, 7, "what_makes_it"), (8, 3, "adjust"), (3, 9, "what_makes_it"), (8, 0, "adjust"), (0, 10, "what_makes_it")],
)
def test_the_follow_up_stands_under_the_confidence_ruler(importance: int, confidence: int, opened: str) -> None:
    conversation = begin("goals")
    while (stop := conversation.current) is not None and stop.key != "confidence":
        if stop.key == "importance":
            keep = {"keep": "keep"} if importance < 4 else {}
            conversation.answer({"position": importance, **keep})
        else:
            answer_all(conversation)
    assert stop is not None
    assert [one.id for one in conversation.fields(stop, {})] == ["position"]
    found = [one.id for one in conversation.fields(stop, {"position": confidence})]
    assert found[1] == opened


def test_an_answer_may_open_another_question_and_close_it_again() -> None:
    conversation = begin("goals")
    while (stop := conversation.current) is not None and stop.key != "importance":
        answer_all(conversation)
    conversation.answer({"position": 2, "keep": "another"})
    assert conversation.current is not None and conversation.current.key == "what_instead"
    conversation.back()
    conversation.answer({"position": 9})
    stop = conversation.current
    assert stop is not None
    assert stop.key == "content"


def test_nothing_in_any_field_is_asked_about_and_changes_nothing() -> None:
    conversation = begin("goals")
    with pytest.raises(AnswerRefused, match="nothing_answered"):
        conversation.answer({"title": "   "})
    assert conversation.draft.answers == {} and conversation.current is not None


def test_what_is_typed_is_there_again_after_a_resume() -> None:
    conversation = begin("goals")
    answer_all(conversation)
    conversation.type({"why": "I want to kn"})
    again = Conversation(load("goals"), Draft.from_json(conversation.draft.to_json()), FACTS)
    assert again.current is not None and again.current.key == "why"
    assert again.standing(again.current) == {"why": "I want to kn"}


def test_the_rooms_own_statements_take_the_place_of_the_shipped_ones() -> None:
    room = [Statement(room_id("Our own sentence"), 1, "Our own sentence")]
    conversation = begin("values", Facts(FACTS.statements, room))
    conversation.answer({"choice": "room"})
    assert [stop.key for stop in conversation.road if stop.statement] == [f"statement:{room[0].id}"]


def test_pasted_statements_are_asked_where_the_room_has_no_file() -> None:
    conversation = begin("values")
    conversation.answer({"choice": "room"})
    assert conversation.current is not None and conversation.current.key == "room"
    conversation.answer({"statements": ["One", "Two", "Three"]})
    assert [stop.statement.text for stop in conversation.road if stop.statement] == ["One", "Two", "Three"]


def test_the_same_sentence_pasted_twice_is_one_statement() -> None:
    conversation = begin("values")
    conversation.answer({"choice": "room"})
    conversation.answer({"statements": ["- Rest is work", "2. rest  is WORK", "", "People know"]})
    for _ in range(2):
        conversation.answer({"position": 5})
    assert conversation.current is not None
    assert conversation.current.key == "day_one"


def test_statements_stay_those_that_were_chosen_whatever_becomes_of_the_rooms_file() -> None:
    room = [Statement(room_id(text), 1, text) for text in ("One", "Two")]
    conversation = begin("values", Facts(FACTS.statements, room))
    conversation.answer({"choice": "room"})
    conversation.answer({"position": 5})
    for changed in ([], [Statement(room_id("Three"), 1, "Three")]):
        again = Conversation(load("values"), Draft.from_json(conversation.draft.to_json()), Facts((), changed))
        assert [stop.statement.text for stop in again.road if stop.statement] == ["One", "Two"]
        assert again.current is not None
        assert again.current.key == f"statement:{room[1].id}"


def to(conversation: Conversation, key: str) -> None:
    while (stop := conversation.current) is not None and stop.key != key:
        answer_all(conversation)


def test_what_a_question_had_opened_closes_with_it() -> None:
    conversation = begin("goals")
    to(conversation, "confidence")
    conversation.answer({"position": 3, "adjust": "smaller"})
    conversation.answer({"step": "a call"})
    conversation.go_to("first_step")
    conversation.pass_()
    keys = [stop.key for stop in conversation.road]
    assert "confidence" not in keys
    assert "smaller" not in keys
    conversation.go_to("what")
    conversation.pass_()
    assert [stop.key for stop in conversation.road] == ["what", "inbox_step"]


def test_an_answer_whose_question_is_closed_says_nothing() -> None:
    conversation = begin("goals")
    to(conversation, "importance")
    conversation.answer({"position": 2, "keep": "another"})
    conversation.answer({"title": "Another"})
    assert conversation.value("what_instead", "title") == "Another"
    conversation.go_to("importance")
    conversation.answer({"position": 9})
    assert conversation.value("what_instead", "title") is None


def test_the_follow_up_forgets_how_sure_somebody_was_of_a_step_that_is_gone() -> None:
    conversation = begin("goals")
    to(conversation, "importance")
    conversation.answer({"position": 9})
    to(conversation, "confidence")
    conversation.answer({"position": 8, "what_makes_it": "because"})
    assert conversation.follow_up() == ("confidence", 8)
    conversation.go_to("first_step")
    conversation.pass_()
    assert conversation.follow_up() == ("importance", 9)


MOVES = st.lists(st.sampled_from(["answer", "pass", "back", "forward", "pause", "type"]), max_size=80)


@settings(max_examples=60, deadline=None)
@given(module=st.sampled_from(MODULES), moves=MOVES, number=st.integers(0, 10))
def test_any_sequence_of_moves_leaves_a_road_that_can_be_finished(module: str, moves: list[str], number: int) -> None:
    conversation = begin(module)
    for move in moves:
        if conversation.is_over and move != "back":
            break
        if move == "answer":
            answer_all(conversation, number)
        elif move == "pass":
            conversation.pass_()
        elif move == "back":
            conversation.back()
        elif move == "forward":
            conversation.forward()
        elif move == "type":
            conversation.type({"title": "half a sen"})
        else:
            draft = Draft.from_json(conversation.draft.to_json())
            conversation = Conversation(load(module), draft, FACTS)
    for _ in range(80):
        if conversation.is_over:
            break
        conversation.pass_()
    assert conversation.is_over
    road = {stop.key for stop in conversation.road}
    assert road <= set(conversation.draft.answers)


@settings(max_examples=40, deadline=None)
@given(module=st.sampled_from(MODULES), steps=st.integers(1, 12), number=st.integers(0, 10))
def test_back_and_forward_change_nothing(module: str, steps: int, number: int) -> None:
    conversation = begin(module)
    for _ in range(60):
        if conversation.is_over:
            break
        answer_all(conversation, number)
    before = conversation.draft.to_json()
    taken = sum(conversation.back() for _ in range(steps))
    for _ in range(taken):
        conversation.forward()
    assert conversation.draft.to_json() == before


def test_a_stop_can_be_gone_back_to_and_stands_as_it_was_answered() -> None:
    conversation = begin("goals")
    conversation.answer({"title": {"bank": "c01", "text": "Shadow a shift"}})
    assert conversation.back()
    stop = conversation.current
    assert isinstance(stop, Stop)
    assert conversation.standing(stop) == {"title": {"bank": "c01", "text": "Shadow a shift"}}
