"""One value of an answer is kept, cleaned or refused; a draft from elsewhere is read as far as it can be."""

from __future__ import annotations

from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, FileProblem
from rchrp_goals.guide.answers import checked_value, make_readable
from rchrp_goals.guide.draft import Draft
from rchrp_goals.guide.structure import Field, load


def test_a_day_one_list_has_one_place_for_each_statement() -> None:
    field = Field("positions", "positions", options=("later",))
    assert checked_value(field, [3, None, 10], 3) == ([3, None, 10], False)
    for wrong in ([3, 10], [3, 10, 4, 4]):
        with pytest.raises(AnswerRefused, match="positions_count"):
            checked_value(field, wrong, 3)


@pytest.mark.parametrize("bank", [5, {"a": 1}, "\ud800", "x" * 81, ""])
def test_a_pick_from_no_bank_is_own_words(bank: Any) -> None:
    assert checked_value(Field("area", "choice", bank="focus_areas"), {"bank": bank, "text": "a"}, 0) == (
        {"bank": None, "text": "a"},
        False,
    )
    assert checked_value(Field("title", "line", ideas="occasions"), {"bank": bank, "text": "a"}, 0) == ("a", False)


def test_empty_lines_of_a_paste_take_no_room() -> None:
    field = Field("steps", "items")
    pasted = "\n\n".join(f"step {n}" for n in range(30))
    assert len(checked_value(field, pasted, 0)[0]) == 30
    with pytest.raises(AnswerRefused, match="too_many_items"):
        checked_value(field, pasted + "\nstep 31", 0)


def test_brackets_of_a_telephone_number_stay() -> None:
    assert checked_value(Field("places", "items"), ["(518) 555-0100 Lena"], 0)[0] == ["(518) 555-0100 Lena"]


WRONG_ANSWERS: tuple[tuple[str, str, Any], ...] = (
    ("goals", "importance", {"values": {"position": "8"}}),
    ("goals", "importance", {"values": {"position": 8, "keep": "sell"}}),
    ("goals", "what", {"values": {"title": ["a"]}}),
    ("goals", "what", {"values": {}}),
    ("goals", "what", {}),
    ("goals", "what", "passed"),
    ("goals", "first_step", {"values": {"due": "2026-11-09"}}),
    ("goals", "content", {"values": {"review_on": "next week"}}),
    ("goals", "why", {"values": {"because": "x" * 20_001}}),
    ("goals", "what", {"values": {"title": "\x1b[31mred"}}),
    ("values", "statement:s01_other_goal", {"values": {"position": 11}, "shown": "One", "meaning": 1}),
    ("values", "statement:s01_other_goal", {"values": {"position": 1}, "shown": "x" * 501, "meaning": 1}),
    ("values", "statement:s01_other_goal", {"passed": True, "shown": "One", "meaning": "first"}),
)


@pytest.mark.parametrize(("module", "key", "answer"), WRONG_ANSWERS)
def test_an_answer_that_cannot_be_kept_is_asked_again(module: str, key: str, answer: Any) -> None:
    good = {"what": {"values": {"title": "Shadow a shift"}}, "note": {"values": {"choice": "start"}}}
    draft = Draft(module, answers={**good, key: answer}, at="supporters", typing={"supporters": "Mar"})
    make_readable(draft, load(module))
    assert key not in draft.answers
    assert draft.answers == {one: value for one, value in good.items() if one != key}
    assert draft.at == ""


def test_a_good_draft_is_left_as_it_is() -> None:
    document = {
        "module": "goals",
        "answers": {
            "what": {"values": {"title": {"bank": "c01", "text": "Shadow a shift"}}},
            "why": {"passed": True},
            "of_tomorrow": {"values": {"anything": [1]}},
        },
        "given": ["what", "why"],
        "at": "if_then",
        "typing": {"obstacle": "half a sen \ud83d"},
        "ids": {"goal": "1234"},
    }
    draft = Draft.from_json(document)
    make_readable(draft, load("goals"))
    assert draft.to_json() == document


@pytest.mark.parametrize(
    ("module", "at", "typing"),
    [("goals", "importance", {"position": "8"}), ("goals", "content", {"review_on": 5}), ("goals", "what", {"title": 5}),
     ("goals", "supporters", {"supporters": [5]}), ("goals", "what", {"elsewhere": "x"}),
     ("goals", "nowhere", {"x": "x"}), ("learning", "focus", {"area": {"text": 5}})],
)  # fmt: skip
def test_what_no_field_could_hold_is_not_typed(module: str, at: str, typing: dict[str, Any]) -> None:
    draft = Draft(module, at=at, typing=typing)
    make_readable(draft, load(module))
    assert draft.typing == {}


@pytest.mark.parametrize(
    ("module", "at", "typing"),
    [("goals", "content", {"review_on": "next fr"}), ("values", "day_one", {"positions": "3 7 p"}),
     ("learning", "focus", {"area": {"bank": None, "text": "wound "}})],
)  # fmt: skip
def test_half_of_a_day_or_of_a_line_of_numbers_stays_typed(module: str, at: str, typing: dict[str, Any]) -> None:
    draft = Draft(module, at=at, typing=dict(typing))
    make_readable(draft, load(module))
    assert draft.typing == typing


def test_a_draft_of_before_says_all_of_its_answers() -> None:
    draft = Draft.from_json({"module": "goals", "answers": {"why": {"passed": True}}, "started_at": 5, "only": "why"})
    assert draft.given == ["why"]


@pytest.mark.parametrize("wrong", [{"answers": []}, {"ids": {"goal": 5}}, {"given": [5]}, {"at": None}, {"typing": []}])
def test_what_is_no_draft_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(FileProblem):
        Draft.from_json({"module": "goals", **wrong})
    with pytest.raises(FileProblem):
        Draft.from_json({"answers": {}})
