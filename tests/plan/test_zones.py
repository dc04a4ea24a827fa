"""Hours of a day as instants, on the clock of a zone and on that of the machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rchrp_goals.plan.zones import hour_in
from rchrp_goals.services.capture import machine_hour
from rchrp_goals.services.context import SystemClock

ZONES = (
    "Europe/Madrid",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
)


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """A zone in which the machine is."""
    if not hasattr(time, "tzset"):
        pytest.skip("a zone is set for one process on Unix only")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield ZoneInfo(request.param)
    monkeypatch.undo()
    time.tzset()


def test_the_machines_hours_are_those_of_its_zone(zone: ZoneInfo) -> None:
    day = date(2027, 1, 1)
    while day.year == 2027:
        for hour in (0, 1, 2, 3, 12, 23):
            found = hour_in(None, day, hour)
            assert found == hour_in(zone, day, hour) == SystemClock().instant(day, hour) == machine_hour(day, hour)
            local = found.astimezone(zone)
            # never before the hour, and never on the day before
            assert (
                timedelta()
                <= local.replace(tzinfo=None) - datetime(day.year, day.month, day.day, hour)
                <= timedelta(hours=1)
            )
        day += timedelta(days=1)


def test_an_hour_that_is_missing_or_twice() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    assert hour_in(madrid, date(2027, 3, 28), 2) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert hour_in(madrid, date(2027, 10, 31), 2) == datetime(2027, 10, 31, 0, tzinfo=UTC)
    assert hour_in(ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 4), 2) == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)
    assert hour_in(ZoneInfo("Pacific/Apia"), date(2011, 12, 30), 9) == datetime(2011, 12, 30, 10, tzinfo=UTC)
