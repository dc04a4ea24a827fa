"""The calendar file, read back by libraries that we did not write."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from icalendar import Calendar, Component

from rchrp_goals.export import ics
from rchrp_goals.export.ics import _event, write
from rchrp_goals.plan.calendar import Entry, rule_for
from rchrp_goals.plan.zones import onsets_of
from tests.conftest import NOW

ZONES = (
    "Europe/Madrid", "America/New_York", "America/Santiago", "America/Bogota", "Asia/Kolkata", "Australia/Sydney",
    "Europe/Dublin", "Australia/Lord_Howe", "Asia/Jerusalem", "America/Nuuk", "America/Havana", "UTC",
)  # fmt: skip
WITHOUT_A_RULE = ("Africa/Casablanca", "Asia/Gaza")
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=-1FR;COUNT=9",
    "FREQ=YEARLY",
)
TWO_YEARS = timedelta(days=731)


def comes_at(rule: str, zone: str, start: datetime, until: datetime) -> list[datetime]:
    """Give when something comes: the same hour on the clock of the zone, as zoneinfo has it."""
    local = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    found: list[datetime] = []
    for at in rrulestr(rule, dtstart=local):
        moment = at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if moment > until:
            break
        found.append(moment)
    return found


def start_in(zone: str, rule: str) -> datetime:
    """Give the first moment of a rule at nine in the morning after the day of the tests."""
    first = next(iter(rrulestr(rule, dtstart=datetime(2026, 11, 6, 9))))
    return first.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def series(zone: str, rule: str, days: timedelta = TWO_YEARS) -> tuple[Entry, list[datetime]]:
    """Give an entry that repeats, and when it comes."""
    start = start_in(zone, rule)
    moments = comes_at(rule, zone, start, start + days)
    made = rule_for(moments, rule, zone)
    assert made, (zone, rule)
    return Entry("uid-1", "reminder", "r1", start, made, "" if zone == "UTC" else zone), moments


def file_of(*entries: Entry, summary: str = "Something planned") -> bytes:
    return write(entries, {entry.uid: summary for entry in entries}, 7, NOW)


def read(content: bytes) -> Component:
    calendar = Calendar.from_ical(content)
    assert not [error for component in calendar.walk() for error in component.errors]
    return calendar


# One moment


def test_an_event_says_what_it_must_and_no_more() -> None:
    at = datetime(2026, 12, 1, 14, tzinfo=UTC)
    (event,) = read(file_of(Entry("uid-1", "step", "s1", at))).walk("VEVENT")
    assert {name: str(value.to_ical(), "utf-8") for name, value in event.items()} == {
        "UID": "uid-1",
        "SEQUENCE": "7",
        "DTSTAMP": "20261105T200000Z",
        "DTSTART": "20261201T140000Z",
        "DTEND": "20261201T141500Z",
        "SUMMARY": "Something planned",
        "CLASS": "PRIVATE",
        "TRANSP": "TRANSPARENT",
        "STATUS": "CONFIRMED",
    }
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm.decoded("TRIGGER"), alarm["DESCRIPTION"]) == (
        "DISPLAY",
        timedelta(),
        "Something planned",
    )


def test_what_is_gone_is_cancelled_without_an_alarm() -> None:
    gone = Entry("uid-1", "step", "s1", NOW, rings=False, is_gone=True)
    calendar = read(file_of(gone))
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert not event.walk("VALARM")


def test_lines_are_folded_and_end_as_they_should_whatever_the_words_are() -> None:
    said = "Ñandú; a comma, a \\ and\na line " * 20 + "👩🏽‍🚒"
    content = file_of(Entry("uid-1", "step", "s1", NOW), summary=said)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    (event,) = read(content).walk("VEVENT")
    assert event["SUMMARY"] == said


def test_the_moments_of_many_are_written_as_each_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "UID: one, DTSTART:20261201T140000Z\r\nDTEND:" + "ñ " * 60
    at = datetime(2026, 12, 1, 14, tzinfo=UTC)
    entries = [Entry(f"uid-{number}", "step", "s1", at + timedelta(hours=number)) for number in range(30)]
    entries += [one._replace(uid=f"{one.uid}-gone", rings=False, is_gone=True) for one in entries]
    alone = [file_of(entry, summary=said).split(b"METHOD:PUBLISH\r\n")[1] for entry in entries]
    made: list[Entry] = []

    def event(entry: Entry, *more: Any) -> Component:
        made.append(entry)
        return _event(entry, *more)

    monkeypatch.setattr(ics, "_event", event)
    together = file_of(*entries, summary=said)
    assert together.split(b"METHOD:PUBLISH\r\n")[1] == b"".join(
        [*(one.removesuffix(b"END:VCALENDAR\r\n") for one in alone), b"END:VCALENDAR\r\n"]
    )
    assert len(made) == 2


# What repeats


@pytest.mark.parametrize("zone", ZONES)
def test_what_repeats_comes_when_we_say_it_does(zone: str) -> None:
    for rule in RULES:
        entry, moments = series(zone, rule)
        content = file_of(entry)
        assert b"RDATE" not in content
        begin = moments[0] - timedelta(days=1)
        found = recurring_ical_events.of(read(content)).between(begin, moments[-1] + timedelta(hours=1))
        assert sorted(event.decoded("DTSTART").astimezone(UTC) for event in found) == moments, rule


@pytest.mark.parametrize("zone", WITHOUT_A_RULE)
def test_a_zone_whose_clocks_follow_the_moon_has_no_rule(zone: str) -> None:
    start = start_in(zone, "FREQ=WEEKLY")
    assert rule_for(comes_at("FREQ=WEEKLY", zone, start, start + TWO_YEARS), "FREQ=WEEKLY", zone) == ""


def test_moments_that_are_not_the_rules_have_none() -> None:
    zone, rule = "Europe/Madrid", "FREQ=MONTHLY;BYMONTHDAY=31"
    moments = comes_at(rule, zone, start_in(zone, rule), NOW + TWO_YEARS)
    assert rule_for(moments, rule, zone) == f"{rule};COUNT={len(moments)}"
    assert rule_for([moments[0], moments[0] + timedelta(days=30), *moments[1:]], rule, zone) == ""
    assert rule_for(moments, rule, "Nowhere/At_All") == rule_for(moments, rule, "") == rule_for([], rule, zone) == ""
    for one in ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"):
        moments = comes_at(one, zone, start_in(zone, one), NOW + TWO_YEARS)
        assert rule_for(moments, one, zone) == ""
    assert rule_for(moments, "no rule", zone) == rule_for(moments, "FREQ=MINUTELY", zone) == ""


def test_an_hour_in_the_gap_of_a_change_has_no_rule() -> None:
    zone = ZoneInfo("Europe/Madrid")
    sundays = [datetime(2027, 3, 14, 2) + timedelta(days=7 * week) for week in range(5)]
    moments = [at.replace(tzinfo=zone).astimezone(UTC) for at in sundays]
    assert rule_for(moments, "FREQ=WEEKLY", "Europe/Madrid") == ""
    moments = [at.replace(hour=9, tzinfo=zone).astimezone(UTC) for at in sundays]
    assert rule_for(moments, "FREQ=WEEKLY", "Europe/Madrid") == "FREQ=WEEKLY;COUNT=5"


def test_the_second_of_an_hour_that_comes_twice_has_no_rule() -> None:
    zone = ZoneInfo("Europe/Madrid")
    sundays = [datetime(2026, 10, 25, 2, fold=1) + timedelta(days=7 * week) for week in range(5)]
    moments = [at.replace(tzinfo=zone, fold=1).astimezone(UTC) for at in sundays]
    assert rule_for(moments, "FREQ=WEEKLY", "Europe/Madrid") == "", "a calendar would take it for the first"


# The clocks of the zones


def offsets_differ(zone: str) -> list[datetime]:
    """Give the moments at which dateutil reads another offset from our VTIMEZONE than zoneinfo has."""
    entry = Entry("uid-1", "reminder", "r1", datetime(2026, 11, 6, 12, tzinfo=UTC), "FREQ=DAILY", zone)
    component = read(file_of(entry)).walk("VTIMEZONE")[0].to_ical().decode()
    ours = tzical(io.StringIO(component)).get()
    assert ours is not None
    return [
        at for at in moments_of(zone) if at.astimezone(ours).utcoffset() != at.astimezone(ZoneInfo(zone)).utcoffset()
    ]


def moments_of(zone: str) -> Iterator[datetime]:
    """Give each ninth day of twelve years, and the hours around each change of the clocks."""
    at, offset = datetime(2026, 1, 2, 12, tzinfo=UTC), None
    while at.year < 2038:
        yield at
        now = at.astimezone(ZoneInfo(zone)).utcoffset()
        if offset is not None and now != offset:
            yield from (at - timedelta(hours=hours) for hours in range(0, 9 * 24, 3))
        at, offset = at + timedelta(days=9), now


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "UTC"])
def test_the_clocks_go_as_those_of_the_zone_do(zone: str) -> None:
    assert not offsets_differ(zone)


@pytest.mark.slow
def test_the_clocks_of_every_zone_go_as_they_do_or_have_no_rule() -> None:
    without, seen = set(), set()
    for zone in sorted(available_timezones()):
        onsets = onsets_of(ZoneInfo(zone), 2026)
        if onsets is None:
            without.add(zone)
            continue
        clocks = onsets, tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in moments_of(zone))
        if clocks not in seen:  # most are another one under a name of their own
            seen.add(clocks)
            assert not offsets_differ(zone), zone
    assert set(WITHOUT_A_RULE) <= without
    assert len(without) < 20


# The engine of Thunderbird and others, where node and the package are there

ENGINE = Path(__file__).with_name("read_calendar.mjs")
PACKAGES = os.environ.get("NODE_PATH", "")


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["UTC", "America/Bogota"])
def test_ical_js_reads_the_same_moments(tmp_path: Path, reader: str) -> None:
    node = shutil.which("node")
    if node is None or not (Path(PACKAGES) / "ical.js").is_dir():
        pytest.skip("node, or ical.js in $NODE_PATH, is not here")
    wanted: dict[str, tuple[str, str, list[datetime]]] = {}
    for zone in ZONES:
        for rule in RULES:
            entry, moments = series(zone, rule)
            path = tmp_path / f"{len(wanted)}.ics"
            path.write_bytes(file_of(entry))
            wanted[str(path)] = (zone, rule, moments)
    files = [f"{len(moments)}:{name}" for name, (_, _, moments) in wanted.items()]
    command = [node, str(ENGINE), str(Path(PACKAGES) / "ical.js"), *files]
    environment = {**os.environ, "TZ": reader}
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=environment)
    found = json.loads(said.stdout)
    for name, (zone, rule, moments) in wanted.items():
        assert [datetime.fromisoformat(at) for at in found[name]] == moments, (zone, rule)


def test_the_year_of_a_zone_begins_before_the_first_event() -> None:
    for zone in ZONES:
        onsets = onsets_of(ZoneInfo(zone), 2027)
        assert onsets is not None
        assert all(onset.starts.date() < date(2027, 1, 1) for onset in onsets)
