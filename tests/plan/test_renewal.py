"""Hours against a rule: windows without gaps, sums that agree, no hour twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.plan.months import months_after
from rchrp_goals.plan.renewal import Activity, Rule, Window, category_in, ledger, window, window_on

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
CATEGORIES = st.sampled_from(["", "ethics", "Ethics", "  ETHICS ", "listening", "a word of mine", "ÉTICA"])
ACTIVITIES = st.lists(
    st.builds(
        Activity,
        st.uuids().map(str),
        st.dates(date(2025, 11, 1), date(2027, 2, 1)),
        st.integers(0, 6000),
        CATEGORIES,
        st.booleans(),
    ),
    max_size=12,
)
RULES = st.builds(
    Rule,
    st.integers(0, 60_000),
    st.dictionaries(st.sampled_from(["ethics", "listening", "ética"]), st.integers(1, 6000)),
    st.integers(0, 60_000),
)


# The windows


@pytest.mark.parametrize(
    ("start", "months", "number", "first", "last"),
    [
        ("2026-04-01", 24, 0, "2026-04-01", "2028-03-31"),
        ("2026-04-01", 24, 1, "2028-04-01", "2030-03-31"),
        ("2024-02-29", 12, 0, "2024-02-29", "2025-02-27"),
        ("2024-02-29", 12, 1, "2025-02-28", "2026-02-27"),
        ("2024-02-29", 48, 1, "2028-02-29", "2032-02-28"),
        ("2024-01-31", 1, 0, "2024-01-31", "2024-02-28"),
        ("2024-01-31", 1, 1, "2024-02-29", "2024-03-30"),
        ("2024-01-31", 1, 2, "2024-03-31", "2024-04-29"),
        ("2026-08-31", 6, 1, "2027-02-28", "2027-08-30"),
    ],
)
def test_a_window_ends_on_the_day_before_the_next(start: str, months: int, number: int, first: str, last: str) -> None:
    found = window(date.fromisoformat(start), months, number)
    assert found == Window(date.fromisoformat(first), date.fromisoformat(last), number)


@given(DAYS, st.integers(1, 120), st.integers(0, 20))
def test_windows_follow_each_other_without_a_gap(start: date, months: int, number: int) -> None:
    one, following = window(start, months, number), window(start, months, number + 1)
    assert one is not None and following is not None
    assert one.first <= one.last and following.first == one.last + timedelta(1)


@given(DAYS, st.integers(1, 120), DAYS)
def test_every_day_from_the_start_on_lies_in_its_window(start: date, months: int, day: date) -> None:
    found = window_on(start, months, day)
    assert found is not None
    assert found.number == 0 if day < start else day in found


@pytest.mark.parametrize("start", [date.min, date.max])
def test_the_calendar_has_ends(start: date) -> None:
    assert months_after(date.max, 1) is None and months_after(date.min, -1) is None
    found = window_on(start, 24, date(2026, 11, 5))
    assert found is None or found.first <= found.last
    assert window_on(date.max, 24, date.max) is None


# The hours


def test_a_rule_of_twenty_with_two_minima() -> None:
    rule = Rule(20 * 60, {"ethics": 360, "interviewing": 360}, 20 * 60)
    activities = [
        Activity("a", date(2026, 3, 1), 480, "Ethics"),
        Activity("b", date(2026, 3, 2), 60, "interviewing"),
        Activity("c", date(2026, 3, 3), 90),
        Activity("d", date(2026, 3, 4), 30, "a word of mine"),
        Activity("e", date(2026, 12, 2), 120, "interviewing", is_done=False),
        Activity("f", date(2025, 12, 31), 600, "interviewing"),
        Activity("g", date(2027, 1, 1), 600, "interviewing"),
    ]
    found = ledger(rule, YEAR, activities, [(date(2026, 5, 1), 90), (date(2025, 5, 1), 90)])
    assert (found.done, found.planned, found.loose, dict(found.others)) == (660, 120, 90, {"a word of mine": 30})
    assert [(one.name, one.done, one.open, one.planned) for one in found.categories] == [
        ("ethics", 480, 0, 0),
        ("interviewing", 60, 300, 120),
    ]
    assert (rule.any_kind, found.any_kind, found.any_open) == (480, 240, 240)
    assert (found.open, found.supervision, found.supervision_open) == (540, 90, 1110)
    assert found.without_category == ("c",)


def test_much_of_one_kind_does_not_close_another() -> None:
    found = ledger(Rule(1200, {"ethics": 360}), YEAR, [Activity("a", date(2026, 1, 1), 5000, "reading")])
    assert (found.done, found.any_open, found.open) == (5000, 0, 360)


def test_the_first_and_the_last_day_count() -> None:
    days = (date(2025, 12, 31), YEAR.first, YEAR.last, date(2027, 1, 1))
    found = ledger(Rule(600), YEAR, [Activity(str(day), day, 60) for day in days], [(day, 30) for day in days])
    assert (found.done, found.supervision) == (120, 60)
    assert found.without_category == ()


@given(RULES, ACTIVITIES, st.lists(st.tuples(DAYS, st.integers(1, 600)), max_size=5))
def test_no_hour_counts_twice(rule: Rule, activities: list[Activity], held: list[tuple[date, int]]) -> None:
    found = ledger(rule, YEAR, activities, held)
    inside = [one for one in activities if one.day in YEAR]
    assert found.done == sum(one.minutes for one in inside if one.is_done)
    assert found.planned == sum(one.minutes for one in inside if not one.is_done)
    by_category = sum(one.done for one in found.categories)
    assert found.done == by_category + sum(found.others.values()) + found.loose
    assert found.done == sum(min(one.done, one.wanted) for one in found.categories) + found.any_kind
    assert sum(one.planned for one in found.categories) <= found.planned
    without = ledger(rule, YEAR, activities)
    assert (found.done, found.open) == (without.done, without.open)


@given(RULES, ACTIVITIES, st.integers(1, 600))
def test_an_hour_more_never_leaves_more_open(rule: Rule, activities: list[Activity], minutes: int) -> None:
    before = ledger(rule, YEAR, activities)
    after = ledger(rule, YEAR, [*activities, Activity("new", YEAR.first, minutes, "ethics")])
    assert before.open - minutes <= after.open <= before.open
    assert after.open == 0 or after.done < rule.total or any(one.open for one in after.categories)


@given(RULES, ACTIVITIES)
def test_what_is_done_in_one_window_is_in_no_other(rule: Rule, activities: list[Activity]) -> None:
    windows = [window(date(2025, 11, 1), 5, number) for number in range(4)]
    sums = [ledger(rule, one, activities).done for one in windows if one is not None]
    assert sum(sums) == sum(one.minutes for one in activities if one.is_done)


def test_a_category_is_found_whatever_its_case() -> None:
    assert category_in(" ÉTICA", ["Ética", "other"]) == "Ética"
    assert category_in("", ["Ética"]) == category_in("ethic", ["Ética"]) == ""
