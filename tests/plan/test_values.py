"""Positions as people type them, their words, and then and now."""

from __future__ import annotations

import pytest

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.values import compare, position_name, read_position, read_positions


def test_every_position_has_a_name() -> None:
    assert [position_name(position) for position in range(11)] == [
        "strongly_disagree",
        "disagree",
        "disagree",
        "leaning_disagree",
        "leaning_disagree",
        "middle",
        "leaning_agree",
        "leaning_agree",
        "agree",
        "agree",
        "strongly_agree",
    ]


@pytest.mark.parametrize("position", [-1, 11])
def test_outside_the_line_there_is_no_position(position: int) -> None:
    with pytest.raises(AnswerRefused):
        position_name(position)


@pytest.mark.parametrize("text", ["", "11", "-1", "7.5", "seven", "٣", "1" * 400])
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(AnswerRefused, match="position_range"):
        read_position(text)


def test_a_day_one_line_is_read() -> None:
    assert read_positions("3 7 p 5  0 10", 6) == [3, 7, None, 5, 0, 10]


def test_a_day_one_line_of_another_length_says_both_numbers() -> None:
    with pytest.raises(AnswerRefused) as caught:
        read_positions("3 7", 6)
    assert caught.value.values == {"n": 6, "given": 2}


def place(statement: str, position: int | None, meaning: int = 1) -> dict[str, object]:
    one: dict[str, object] = {"statement": statement, "meaning": meaning, "text": f"{statement} {meaning}"}
    return one | ({"passed": True} if position is None else {"position": position})


def test_then_and_now_meet_by_statement_and_meaning() -> None:
    rows = compare([place("a", 3), place("b", 4), place("c", None)], [place("b", 4), place("a", 7), place("c", 2, 2)])
    assert [(row.statement, row.then, row.now, row.then_given, row.now_given) for row in rows] == [
        ("b", 4, 4, True, True),
        ("a", 3, 7, True, True),
        ("c", None, 2, False, True),
        ("c", None, None, True, False),
    ]
