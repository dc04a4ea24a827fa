"""Four hundred mornings with a timer: one digest a day at most, nothing lost, nothing twice, across four changes of clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rchrp_goals.plan.recurrence import in_zone
from rchrp_goals.services import capture, reminders
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.digest import Digest, todays
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.store.digest_file import give_once
from tests.services.desk import desk_in

FIRST = date(2026, 10, 1)
DAYS = 400
MONDAY = 0
HOURS = (6, 9, 9, 12, 23)
"""When timers call: one in the quiet hours, two at once, and two that somebody has beside them."""


class ZoneClock:
    """A clock on a wall of one zone."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.at = datetime.combine(FIRST, datetime.min.time(), self.zone).astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    def instant(self, day: date, hour: int) -> datetime:
        return in_zone(self.zone)(day, hour)


@pytest.fixture(params=["America/New_York", "Europe/Madrid"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk in a zone whose clock changes twice a year; the machine is in it too."""
    if not hasattr(time, "tzset"):
        pytest.skip("a zone is set for one process on Unix only")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    desk = desk_in(tmp_path / "data")
    desk.clock = ZoneClock(request.param)
    yield desk
    monkeypatch.undo()
    time.tzset()


def given_on(desk: Desk, day: date) -> list[Digest]:
    """Let every timer of a day call, and return the digests that came."""
    assert isinstance(desk.clock, ZoneClock)
    came: list[Digest] = []
    tables = desk.store.read().tables
    for hour in HOURS:
        desk.clock.at = desk.clock.instant(day, hour)
        found = todays(tables, desk.words, desk.clock.today(), desk.clock.now())
        if found is not None:
            assert hour != 6, "nothing comes in quiet hours"
            give_once(desk.places, day, partial(came.append, found))
    return came


@pytest.mark.slow
def test_four_hundred_mornings(desk: Desk) -> None:
    clock = desk.clock
    reminders.set_quiet(desk.store, 22, 7, clock)
    weekly = reminders.add(desk.store, Wanted("own", FIRST, text="Weekly", rule="FREQ=WEEKLY;BYDAY=MO", hour=18), clock)
    reminders.add(desk.store, Wanted("own", date(2026, 10, 31), text="Monthly", rule="FREQ=MONTHLY", hour=8), clock)
    steps = {f"Step {number}": FIRST + timedelta(days=20 + 30 * number) for number in range(12)}
    for text, on in steps.items():
        capture.add_step(desk.store, text, None, on, clock.now())

    named: dict[str, list[date]] = {"Weekly": [], "Monthly": [], **{text: [] for text in steps}}
    for passed in range(DAYS):
        day = FIRST + timedelta(days=passed)
        came = given_on(desk, day)
        assert len(came) <= 1, day
        for line in came[0].lines if came else []:
            named[line.removesuffix(" · still useful?")].append(day)
        if day.weekday() == MONDAY:
            assert isinstance(clock, ZoneClock)
            clock.at = clock.instant(day, 19)
            capture.mark_done(desk.store, "reminder", weekly, day, clock.now(), hour_at=clock.instant)

    mondays = [FIRST + timedelta(days=passed) for passed in range(DAYS)]
    assert named["Weekly"] == [day for day in mondays if day.weekday() == MONDAY]
    for text, on in steps.items():  # its day, two more, and once whether it is still useful
        assert named[text] == [on + timedelta(days=after) for after in range(4)]
    assert named["Monthly"] == [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 1)]
