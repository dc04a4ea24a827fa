"""Three times, then once whether it is still useful, then never: in the digest, in the lines of ``due`` and on Home."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rchrp_goals.plan import glance
from rchrp_goals.plan.asking import asking, quiet_hours
from rchrp_goals.remind.due import is_quiet, since, waiting
from tests.plan.test_glance import PlainWords, asked, goal, plan, reminder, step

FIRST = date(2026, 11, 5)
Tables = dict[str, dict[str, dict[str, Any]]]


def at(day: date, hour: int = 20) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def days_of_digest(tables: Tables, count: int = 40) -> dict[str, bool]:
    """Return the days on which the digest names something, and whether it asks if that is still useful."""
    found = {}
    for passed in range(count):
        day = FIRST + timedelta(days=passed)
        for row in glance.digest_rows(tables, day, at(day), UTC):
            found[day.isoformat()[5:]] = row.is_still
    return found


def days_of_due(tables: Tables, count: int = 40) -> dict[str, str]:
    """Return the days on which ``due`` has a line, and its wording."""
    lines = [tuple(row) for row in glance.due_payload(tables, PlainWords())]
    found = {}
    for passed in range(count):
        day = FIRST + timedelta(days=passed)
        for _, _, _, wording in waiting(lines, day.isoformat(), at(day).isoformat()):  # type: ignore[arg-type]
            found[day.isoformat()[5:]] = wording
    return found


WEEKLY: dict[str, Any] = {
    "rule": "FREQ=WEEKLY",
    "then_at": ["2026-11-12T19:00:00.000000Z", "2026-11-19T19:00:00.000000Z"],
}


def test_a_single_reminder_asks_on_three_days_then_once_whether_it_is_useful() -> None:
    tables = plan(reminders=[reminder()])
    assert days_of_digest(tables) == {"11-05": False, "11-06": False, "11-07": False, "11-08": True}
    normal = "reminders.look_again|"
    still = "reminders.still_useful|"
    assert days_of_due(tables) == {"11-05": normal, "11-06": normal, "11-07": normal, "11-08": still}


def test_a_reminder_that_repeats_asks_each_time_that_it_comes() -> None:
    tables = plan(reminders=[reminder(**WEEKLY)])
    assert days_of_digest(tables) == {"11-05": False, "11-12": False, "11-19": False, "11-20": True}
    due = days_of_due(tables)
    assert list(due) == [(FIRST + timedelta(days=n)).isoformat()[5:] for n in range(16)]
    assert due["11-20"] == "reminders.still_useful|"


def test_home_keeps_it_with_the_question() -> None:
    tables = plan(reminders=[reminder()])
    for passed, is_still in [(0, False), (2, False), (3, True), (400, True)]:
        day = FIRST + timedelta(days=passed)
        (row,) = glance.due_today(tables, day, at(day))
        assert row.is_still is is_still
        following = glance.next_thing(tables, day, at(day))
        assert following is not None
        assert following.row == row


def test_what_is_dated_is_in_the_digest_as_often_and_in_due_until_it_is_answered() -> None:
    tables = plan(steps=[step(due="2026-11-06")])
    assert days_of_digest(tables) == {"11-06": False, "11-07": False, "11-08": False, "11-09": True}
    assert days_of_due(tables)["12-10"] == "Step s1"


def test_not_now_is_an_answer_and_it_counts_from_there() -> None:
    tables = plan(reminders=[reminder()], asked=[asked("r1", "reminder", "not_now", until="2026-11-07")])
    assert list(days_of_digest(tables)) == ["11-07", "11-08", "11-09", "11-10"]
    tables = plan(reminders=[reminder(**WEEKLY)], asked=[asked("r1", "reminder", "not_now", until="2026-11-06")])
    assert list(days_of_digest(tables)) == ["11-06", "11-12", "11-19", "11-20"]


def test_put_to_a_later_day_it_asks_from_there() -> None:
    tables = plan(reminders=[reminder(**WEEKLY, snoozed_until="2026-11-15T09:00:00.000000Z")])
    assert list(days_of_digest(tables)) == ["11-15", "11-19", "11-20", "11-21"]


def test_what_is_for_later_today_is_in_the_digest_of_the_morning() -> None:
    tables = plan(reminders=[reminder()])
    assert glance.due_today(tables, FIRST, at(FIRST, 8)) == []
    assert [row.id for row in glance.digest_rows(tables, FIRST, at(FIRST, 8), UTC)] == ["r1"]


def test_a_day_is_that_of_the_zone() -> None:
    tables = plan(reminders=[reminder(next_at="2026-11-05T02:00:00.000000Z")])
    zone = ZoneInfo("America/New_York")  # there it is still the fourth
    named = [
        day for day in range(1, 12)
        if glance.digest_rows(tables, date(2026, 11, day), at(date(2026, 11, day), 15), zone)
    ]  # fmt: skip
    assert named == [4, 5, 6, 7]


# Pause and quiet hours


def resting(**more: Any) -> list[dict[str, Any]]:
    return [{"id": "settings", **more}]


def test_while_all_is_paused_nothing_reaches_out_and_nothing_is_lost() -> None:
    tables = plan(
        reminders=[reminder()], steps=[step(due="2026-11-05")], reminder_settings=resting(pause_until="2026-11-20")
    )
    assert list(days_of_digest(tables)) == ["11-20", "11-21", "11-22", "11-23"]
    assert next(iter(days_of_due(tables))) == "11-20"
    kinds = [row.kind for row in glance.due_today(tables, FIRST, at(FIRST))]
    assert kinds == ["step"]  # who opens the plan sees the plan; reminders rest
    assert len(glance.due_today(tables, date(2026, 11, 20), at(date(2026, 11, 20)))) == 2


def test_a_pause_that_is_over_changes_nothing() -> None:
    tables = plan(reminders=[reminder()], reminder_settings=resting(pause_until="2026-10-20"))
    assert days_of_digest(tables) == days_of_digest(plan(reminders=[reminder()]))


@pytest.mark.parametrize(("hour", "is_named"), [(21, True), (22, False), (3, False), (7, True)])
def test_in_quiet_hours_there_is_no_digest(hour: int, is_named: bool) -> None:
    tables = plan(steps=[step(due="2026-11-05")], reminder_settings=resting(quiet_from=22, quiet_to=7))
    assert bool(glance.digest_rows(tables, FIRST, at(FIRST, hour), UTC)) is is_named
    assert is_quiet(glance.payload_quiet(tables), hour) is not is_named


@pytest.mark.parametrize(
    ("first", "end", "hours"),
    [
        (22, 2, {22, 23, 0, 1}),
        (1, 3, {1, 2}),
        (5, 5, set()),
        (None, 7, set()),
        (True, 3, set()),
        (24, 3, set()),
        ("9", 3, set()),
    ],
)
def test_quiet_hours_go_over_midnight(first: object, end: object, hours: set[int]) -> None:
    assert quiet_hours(first, end) == hours


def test_without_quiet_hours_no_hour_is_quiet() -> None:
    assert glance.payload_quiet({}) == ""
    assert not any(is_quiet("", hour) for hour in range(24))
    assert not is_quiet("20 21", 2)


# What it is about


def test_a_reminder_in_own_words_says_them() -> None:
    (row,) = glance.due_today(plan(reminders=[reminder(words="own", text="Call Rosa")]), FIRST, at(FIRST))
    assert glance.wording_of(row, PlainWords()) == "reminders.own|Call Rosa"
    assert glance.due_today(plan(reminders=[reminder(words="own")]), FIRST, at(FIRST)) == []


def test_a_reminder_of_a_step_ends_with_it_but_how_it_went_is_asked() -> None:
    about = {"kind": "step", "id": "s1"}
    for words, count in (("step", 0), ("first_step", 1)):
        tables = plan(steps=[step(state="done")], reminders=[reminder(what=about, words=words)])
        assert len(glance.due_today(tables, FIRST, at(FIRST))) == count


def test_a_reminder_about_an_activity_goes_with_it() -> None:
    about = reminder(what={"kind": "learning", "id": "l1"}, words="learning")
    activity = {"id": "l1", "title": "Evening", "state": "planned"}
    (row,) = glance.due_today(plan(reminders=[about], learning=[activity]), FIRST, at(FIRST))
    assert (row.kind, row.text) == ("reminder", "Evening")
    waits_itself = plan(reminders=[about], learning=[{**activity, "planned_for": "2026-11-05"}])
    assert [row.kind for row in glance.due_today(waits_itself, FIRST, at(FIRST))] == ["learning"]
    for gone in ({"state": "done"}, {"removed_at": "2026-11-01T00:00:00.000000Z"}):
        assert glance.due_today(plan(reminders=[about], learning=[{**activity, **gone}]), FIRST, at(FIRST)) == []
    assert glance.due_today(plan(reminders=[about]), FIRST, at(FIRST)) == []


def test_a_reminder_about_a_goal_stands_behind_its_review_until_that_is_answered() -> None:
    tables = plan(
        goals=[goal(review_on="2026-11-05")], reminders=[reminder(what={"kind": "goal", "id": "g1"}, words="goal")]
    )
    assert [row.kind for row in glance.due_today(tables, FIRST, at(FIRST))] == ["goal"]
    tables["asked"] = {"a": asked("g1", "goal", "done", until="2026-11-05")}
    assert [row.kind for row in glance.due_today(tables, FIRST, at(FIRST))] == ["reminder"]


# The parts of a line


def test_a_line_ends_where_its_end_has_come() -> None:
    line = ("2026-11-05 2026-11-05T19:00:00.000000Z <2026-11-08", "reminder", "r1", "")
    days = [day for day in range(3, 12) if waiting([line], f"2026-11-{day:02}", f"2026-11-{day:02}T20:00:00.000000Z")]
    assert days == [5, 6, 7]
    assert since(line[0]) == "2026-11-05T19:00:00.000000Z"


def test_the_last_of_all_days_brings_nothing_down() -> None:
    times = asking(date.max)
    assert (times.days, times.still_on) == ((date.max,) * 3, date.max)
