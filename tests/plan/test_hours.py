"""Hours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.hours import MOST_HOURS, as_hours, as_minutes, read_hours

MINUTES = {
    "2": 120,
    "1.5": 90,
    "1,5": 90,
    ".5": 30,
    "0,25": 15,
    "1.50 h": 90,
    "1.33": 80,
    "1h30": 90,
    "1 h 30 min": 90,
    "1:30": 90,
    "1h 5": 65,
    "1 hora y 30 minutos": 90,
    "1 hour and 30 minutes": 90,
    "90 min": 90,
    "90m": 90,
    "90 minutos": 90,
    "45'": 45,
    "2 horas": 120,
    "3 HRS.": 180,
    "½": 30,
    "1½": 90,
    "1 ½ h": 90,
    " 1  h ": 60,
    "1000": 60_000,
    "1 min": 1,
}


@pytest.mark.parametrize(("said", "minutes"), MINUTES.items())
def test_hours_are_read_kindly(said: str, minutes: int) -> None:
    assert as_minutes(read_hours(said)) == minutes


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("una hora", 60),
        ("Una hora y media", 90),
        ("hora y media", 90),
        ("2 horas y media", 150),
        ("2 y media", 150),
        ("media hora", 30),
        ("an hour", 60),
        ("one hour and a half", 90),
        ("one and a half hours", 90),
        ("half an hour", 30),
    ],
)
def test_hours_are_read_as_they_are_said(said: str, minutes: int) -> None:
    assert as_minutes(read_hours(said)) == minutes


def test_whole_hours_stay_whole() -> None:
    assert [repr(read_hours(said)) for said in ("2", "120 min", "1,5", "20 min")] == ["2", "2", "1.5", "0.3333"]


@pytest.mark.parametrize("said", ["-3", "-1h30", "−2", "0", "0 min", "0:00", "10000", "1001", "999999 min"])
def test_hours_out_of_range_are_refused(said: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        read_hours(said)
    assert (refused.value.key, refused.value.values) == ("hours_out_of_range", {"most": MOST_HOURS})


@pytest.mark.parametrize(
    "said",
    [
        "",
        "  ",
        "10,000",
        "10.000",
        "1,234",
        "an",
        "y media",
        "una y 20",
        "hora",
        "1h75",
        "1:60",
        "1h30h",
        "1.5.2",
        "2-3",
        "nan",
        "1e3",
        "٣",
        "x" * 9999,
    ],
)
def test_what_reads_two_ways_or_none_is_never_guessed(said: str) -> None:
    with pytest.raises(AnswerRefused, match="hours_not_read"):
        read_hours(said)


@given(st.integers(1, MOST_HOURS * 60))
def test_every_minute_comes_back(minutes: int) -> None:
    assert as_minutes(as_hours(minutes)) == minutes
    assert read_hours(f"{minutes} min") == as_hours(minutes)
    assert read_hours(f"{minutes // 60}h{minutes % 60:02}") == as_hours(minutes)


@given(st.text(max_size=30) | st.text("0123456789.,:h½ min-", max_size=12))
def test_no_text_brings_it_down(said: str) -> None:
    try:
        found = read_hours(said)
    except AnswerRefused:
        return
    assert 0 < found <= MOST_HOURS
