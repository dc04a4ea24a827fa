"""Four hundred days with a plan, in several zones: one digest a day at most, nothing lost, nothing twice, no storm."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from rchrp_goals.services import goal_changes, reminders
from tests.services.year_walk import A_DAY, Walk

FIRST = date(2026, 9, 14)
ZONES = {"America/New_York": "Europe/Madrid", "Europe/Madrid": "America/Bogota", "America/Santiago": "Australia/Sydney"}
"""Where somebody lives, and where they travel."""


@pytest.fixture(autouse=True)
def clocks_go_back() -> Iterator[None]:
    """Leave the process in the zone that the other tests have."""
    yield
    os.environ["TZ"] = "UTC"
    time.tzset()


def busy(walk: Walk) -> None:
    """Add something now and then, and answer what comes, mostly."""
    if walk.someone.random() < 0.25:
        walk.add_step()
    if walk.someone.random() < 0.8:
        walk.answer()


def everything(walk: Walk) -> None:
    walk.answer_all()


def nothing(walk: Walk) -> None:
    """Look, and answer nothing."""


def walked(folder: Path, monkeypatch: pytest.MonkeyPatch, zone: str, days: int, *, has_calendar: bool = False) -> Walk:
    """Walk so many days from the first one on."""
    walk = Walk(folder, monkeypatch, zone)
    walk.has_calendar = has_calendar
    walk.set_time(FIRST, 20)
    walk.begin()
    for number in range(1, days + 1):
        on = FIRST + number * A_DAY
        match number:
            case _ if number < 60:
                walk.day(on, busy)
            case _ if number < 85:  # late: once in five days, all of it
                walk.day(on, everything if number % 5 == 0 else nothing)
            case _ if number < 110:  # not a word for weeks
                walk.day(on, nothing)
            case _ if number < 140:  # away; the timer goes on
                walk.day(on, None)
            case 140:
                walk.day(on, back)
            case 150:
                walk.day(on, lambda one: reminders.pause_all(one.desk.store, one.today + 21 * A_DAY, one.clock))
            case 200:
                walk.move_to(ZONES[zone])
                walk.day(on, busy)
            case 230:
                walk.day(on, lambda one: reminders.set_quiet(one.desk.store, 20, 10, one.clock))
            case 260:
                walk.day(on, lambda one: reminders.set_quiet(one.desk.store, None, None, one.clock))
                walk.move_to(zone)
            case 270:
                walk.day(
                    on,
                    lambda one: goal_changes.set_state(one.desk.store, "goal-0", "paused", None, one.clock),
                )
            case 275:
                walk.day(on, stop_the_plan)
            case 295:
                walk.day(on, start_the_plan)
            case 290:
                walk.day(
                    on,
                    lambda one: goal_changes.set_state(one.desk.store, "goal-0", "active", None, one.clock),
                )
            case _ if 300 <= number < 330:  # the machine is off
                continue
            case _ if 350 <= number < 353:
                set_back(walk, on)
            case _:
                walk.day(on, busy)
    return walk


def the_plan(walk: Walk) -> str:
    """Give the id of the reminder to look at the plan."""
    return next(id for id, one in walk.tables["reminders"].items() if one.get("words") == "look_again")


def stop_the_plan(walk: Walk) -> None:
    reminders.stop(walk.desk.store, the_plan(walk), walk.clock)


def start_the_plan(walk: Walk) -> None:
    """Let it come again, after twenty days in which it never did."""
    id, since = the_plan(walk), walk.today - 19 * A_DAY
    assert not [days for (thing, _), days in walk.named.items() if thing == ("reminder", id) and max(days) >= since]
    reminders.start_again(walk.desk.store, id, walk.today + A_DAY, walk.clock)


def back(walk: Walk) -> None:
    """Come back after two months: what waits is what is there, each once, and after its answer it is gone."""
    before = len(walk.answer_all())
    kept = len(walk.tables["reminders"]) + len(walk.tables["steps"]) + len(walk.tables["goals"])
    assert 0 < before <= kept + 2


def set_back(walk: Walk, on: date) -> None:
    """Let the clock be a year behind for a day: nothing that was said is said again, and nothing comes all at once."""
    named = len(walk.digests)
    walk.day(on - timedelta(days=365), nothing)
    assert len(walk.digests) <= named + 1
    walk.day(on, busy)


def must_hold(walk: Walk, days: int) -> None:
    """Hold the whole walk against what was promised."""
    assert len(walk.digests) <= days + 3
    assert all(len(lines) <= 6 for lines in walk.digests.values())
    assert all(len(days) <= 4 for days in walk.named.values())


def test_ten_weeks_over_a_change_of_the_clocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    must_hold(walked(tmp_path, monkeypatch, "Europe/Madrid", 70), 70)


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_four_hundred_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    walk = walked(tmp_path, monkeypatch, zone, 400, has_calendar=True)
    must_hold(walk, 400)
