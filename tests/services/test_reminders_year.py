"""More than a year of reminders, day by day, in two zones whose clocks change twice: nothing twice, nothing lost, no storm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import instant
from rchrp_goals.services import capture, reminders
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.store.plan_store import What
from tests.services.desk import ZonedClock, desk_in

pytestmark = pytest.mark.slow
BEGIN, DAYS, MORNING = date(2026, 9, 1), 400, 10
ZONES = ("America/New_York", "Europe/Madrid")


class Local(ZonedClock):
    """A clock on a machine in a zone, at ten in the morning of one day after the other."""

    def days(self) -> Iterator[date]:
        for passed in range(DAYS):
            day = BEGIN + timedelta(days=passed)
            self.at = self.instant(day, MORNING)
            yield day


def begin(folder: Path, zone: str) -> tuple[Desk, Local]:
    desk, clock = desk_in(folder), Local(zone)
    desk.clock = clock
    clock.at = clock.instant(BEGIN, 8)
    with desk.store.change(What("test"), clock.now()) as change:
        change.put("goals", {"id": "goal-0001", "title": "Goal", "state": "active", "review_on": "2026-10-15"})
        change.put(
            "steps", {"id": "step-0001", "goal": "goal-0001", "text": "Step", "state": "planned", "due": "2026-09-20"}
        )
    for wanted in (
        Wanted("own", date(2026, 9, 4), text="weekly", rule="FREQ=WEEKLY"),
        Wanted("own", date(2026, 10, 31), text="monthly", rule="FREQ=MONTHLY"),
        Wanted("own", date(2026, 9, 2), text="workdays", rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        Wanted("own", date(2026, 9, 9), text="ten days", rule="FREQ=DAILY;INTERVAL=10", counted_from="done"),
        Wanted("own", date(2027, 2, 28), text="once"),
        Wanted("values", date(2026, 11, 30), rule="FREQ=DAILY;INTERVAL=90", counted_from="done"),
    ):
        reminders.add(desk.store, wanted, clock)
    return desk, clock


def names(desk: Desk, rows: list[glance.DueRow]) -> list[str]:
    return [row.text or row.words or row.kind for row in rows]


@pytest.mark.parametrize("zone", ZONES)
def test_answered_each_third_day(tmp_path: Path, zone: str) -> None:
    desk, clock = begin(tmp_path, zone)
    said: Counter[str] = Counter()
    comes: dict[str, set[str]] = {}
    for number, day in enumerate(clock.days()):
        tables = desk.store.read().tables
        digest = glance.digest_rows(tables, day, clock.now(), clock.zone)
        assert len({(row.kind, row.id) for row in digest}) == len(digest)
        said.update(names(desk, digest))
        due = glance.due_today(tables, day, clock.now())
        for one in glance.standing(tables, "reminders"):
            assert_sound(one, clock, is_due=one["id"] in {row.id for row in due})
            comes.setdefault(str(one.get("text") or one["words"]), set()).add(str(one.get("next_at"))[:10])
        if number % 3 == 0:
            for row in due:
                now = clock.now()
                capture.mark_done(desk.store, row.kind, row.id, day, now, hour_at=clock.instant)
    ends = {day for day in comes["monthly"] if day < (BEGIN + timedelta(days=DAYS)).isoformat()}
    assert ends == {
        "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31",
        "2027-06-30", "2027-07-31", "2027-08-31", "2027-09-30",
    }  # fmt: skip
    assert len(comes["weekly"]) == 58
    assert 1 <= said["once"] <= 3
    assert 1 <= said["Step"] <= 3


def assert_sound(one: Any, clock: Local, *, is_due: bool) -> None:
    """Hold that a reminder that is on comes at its hour, and is either ahead or stands on Home."""
    if one.get("on") is not True:
        return
    at = instant(one, "next_at")
    assert at is not None
    local = at.astimezone(clock.zone)
    assert (local.hour, local.minute) == (9, 0), one
    assert is_due is (at <= clock.now()), one
    if one.get("rule") and at > clock.now():
        assert (at - clock.now()).days <= 92  # nothing wandered off


@pytest.mark.parametrize("zone", ZONES)
def test_never_answered_each_asks_three_times_and_once_more_and_stays_on_home(tmp_path: Path, zone: str) -> None:
    desk, clock = begin(tmp_path, zone)
    tables = desk.store.read().tables
    said: Counter[str] = Counter()
    still: Counter[str] = Counter()
    for day in clock.days():
        digest = glance.digest_rows(tables, day, clock.now(), clock.zone)
        said.update(names(desk, [row for row in digest if not row.is_still]))
        still.update(names(desk, [row for row in digest if row.is_still]))
    assert set(said.values()) == {3}
    assert set(still.values()) == {1}
    assert said.keys() == still.keys()
    assert len(said) == 8
    assert len(glance.due_today(tables, clock.today(), clock.now())) == 8


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_that_falls_back_a_year_and_comes_again(tmp_path: Path, zone: str) -> None:
    desk, clock = begin(tmp_path, zone)
    for number, day in enumerate(clock.days()):
        if number == 200:
            clock.at -= timedelta(days=365)
            assert glance.digest_rows(desk.store.read().tables, clock.today(), clock.now(), clock.zone) == []
            assert glance.due_today(desk.store.read().tables, clock.today(), clock.now()) == []
            assert not reminders.follow_zone(desk.store, clock)
            continue
        for row in glance.due_today(desk.store.read().tables, day, clock.now()):
            capture.mark_done(desk.store, row.kind, row.id, day, clock.now(), hour_at=clock.instant)
    on = [one for one in desk.store.read().records("reminders") if one["on"]]
    assert len(on) == 5
    for one in on:
        assert_sound(one, clock, is_due=False)
