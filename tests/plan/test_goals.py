"""Which follow-up the rulers ask for, and how a supporter's line is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.plan.goals import follow_up, read_supporter


@pytest.mark.parametrize(
    ("importance", "confidence", "expected"),
    [
        (8, 7, ("confidence", 7)),
        (7, 8, ("importance", 7)),
        (9, 9, ("confidence", 9)),
        (8, 6, None),
        (8, 0, ("importance", 8)),
        (0, 9, ("confidence", 9)),
        (None, 9, ("confidence", 9)),
        (5, None, ("importance", 5)),
        (0, 0, None),
        (None, None, None),
        (0, None, None),
    ],
)
def test_the_lower_ruler_is_asked_about(
    importance: int | None, confidence: int | None, expected: tuple[str, int] | None
) -> None:
    assert follow_up(importance, confidence) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Marcus, asks me on Mondays", ("Marcus", "asks me on Mondays")),
        ("Marcus: asks me", ("Marcus", "asks me")),
        ("Ana-Lucía - knows the shifts", ("Ana-Lucía", "knows the shifts")),
        ("Rosa (knows the shifts)", ("Rosa", "knows the shifts")),
        ("Rosa", ("Rosa", "")),
        ("Rosa, nights (often)", ("Rosa", "nights (often)")),
        ("Rosa (518) 555-0100", ("Rosa (518) 555-0100", "")),
        ("The desk at 10:30", ("The desk at 10:30", "")),
        ("Lee: at 10:30", ("Lee", "at 10:30")),
        (", nobody yet", (", nobody yet", "")),
    ],
)
def test_a_supporters_line_is_split_at_its_first_mark(line: str, expected: tuple[str, str]) -> None:
    assert read_supporter(line) == expected


@given(st.text(max_size=60))
def test_a_supporters_line_loses_no_letters(line: str) -> None:
    found = read_supporter(line)
    kept = found.name + found.how
    assert all(letter in kept for letter in line if letter.isalnum())
