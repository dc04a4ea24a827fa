"""Hours added up to the minute, and said in the figures of the language."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import Words
from rchrp_goals.plan.hours import MOST_HOURS, as_hours, read_hours
from rchrp_goals.services.learning_hours import figures, hours_by_area, hours_said, minutes_of
from rchrp_goals.services.paper_sheets import filled_paper

MINUTES = st.integers(1, MOST_HOURS * 60)
EN, ES = Words("en"), Words("es")


def activity(hours: Any, focus: str = "", state: str = "done", title: str = "x") -> dict[str, Any]:
    return {"title": title, "state": state, "focus": focus, "hours": hours}


def tables(*activities: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    areas = {"area-1": {"id": "area-1", "area": "Words", "created_at": "2"}}
    areas["area-2"] = {"id": "area-2", "area": "Services", "created_at": "1"}
    return {"focus": areas, "learning": {f"id-{n}": {"id": f"id-{n}", **one} for n, one in enumerate(activities)}}


@given(st.lists(st.tuples(MINUTES, st.sampled_from(["area-1", "area-2", "", "gone"])), max_size=60))
def test_every_sum_is_exact_whatever_was_written_down(done: list[tuple[int, str]]) -> None:
    found = hours_by_area(tables(*(activity(as_hours(minutes), area) for minutes, area in done)))
    expected = [
        sum(minutes for minutes, area in done if area in areas) for areas in ({"area-2"}, {"area-1"}, {"", "gone"})
    ]
    assert [one.minutes for one in found] == [minutes for minutes in expected if minutes]
    assert sum(one.minutes for one in found) == sum(minutes for minutes, _ in done)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=200))
def test_quarter_hours_do_not_drift(quarters: list[int]) -> None:
    done = [activity(read_hours(f"{quarter // 4}.{quarter % 4 * 25:02}")) for quarter in quarters]
    (one,) = hours_by_area(tables(*done))
    assert Fraction(one.minutes, 60) == Fraction(sum(quarters), 4)
    assert Fraction(figures(one.minutes)) == Fraction(sum(quarters), 4)


@given(MINUTES)
def test_figures_are_read_back_as_nearly_the_same(minutes: int) -> None:
    assert abs(round(read_hours(figures(minutes)) * 60) - minutes) <= 1 or minutes < 1


@pytest.mark.parametrize("hours", [None, "3", True, float("nan"), float("inf"), -3, 0, 10_000, [1], {"h": 1}])
def test_what_is_no_time_counts_nothing(hours: Any) -> None:
    assert minutes_of(activity(hours)) == 0


def test_only_what_was_done_counts() -> None:
    found = hours_by_area(tables(*(activity(2, state=state) for state in ("idea", "planned", "under_way", "let_go"))))
    assert found == []


def test_three_times_twenty_minutes_are_an_hour() -> None:
    (one,) = hours_by_area(tables(*[activity(read_hours("20 min"))] * 3))
    assert hours_said(one.minutes, EN) == "1 hour" and hours_said(one.minutes, ES) == "1 hora"


@pytest.mark.parametrize(
    ("minutes", "en", "es"),
    [(90, "1.5 hours", "1.5 horas"), (60, "1 hour", "1 hora"), (15, "0.25 hours", "0.25 horas"),
     (6000, "100 hours", "100 horas"), (20, "0.33 hours", "0.33 horas")],
)  # fmt: skip
def test_hours_in_words(minutes: int, en: str, es: str) -> None:
    assert (hours_said(minutes, EN), hours_said(minutes, ES)) == (en, es)


def test_a_sheet_reads_hours_as_the_rooms_do() -> None:
    record = {"state": "done", "done_on": "2026-11-02"}
    talks = {"one": 1.5, "two": 1.5, "slip": 5000, "odd": math.nan}
    tables = {"learning": {name: {**record, "id": name, "title": name, "hours": n} for name, n in talks.items()}}
    said = str(filled_paper("review", tables, EN, date(2026, 11, 5)))
    assert "3 hours" in said and "500" not in said and "nan" not in said
