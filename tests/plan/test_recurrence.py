"""Rules and when they come: month ends, 29 February, hours that do not exist or come twice, in every zone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.asking import quiet_hours
from rchrp_goals.plan.recurrence import (
    MOST_AHEAD,
    Rhythm,
    comes,
    every,
    in_zone,
    moved,
    read_rule,
    read_zone,
    restarted,
    simple,
    zone_named,
)
from rchrp_goals.plan.zones import WEEKDAYS

DAY = date(2026, 11, 5)  # a Thursday
ZONES = sorted(available_timezones())
UTC_HOURS = in_zone(UTC)


def after(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def days(rhythm: Rhythm, count: int = 3, since: datetime | None = None) -> list[str]:
    since = since or after(rhythm.starts_on - timedelta(days=1))
    return [at.date().isoformat() for at in comes(rhythm, since, UTC_HOURS, count)]


# Rules


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("rrule: freq=weekly; byday=mo,we", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("FREQ=DAILY;INTERVAL=1", "FREQ=DAILY"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("FREQ=WEEKLY;UNTIL=20261231T235959Z", "FREQ=WEEKLY;UNTIL=20261231T235959Z"),
    ],
)
def test_a_rule_is_kept_as_rfc_5545_writes_it(said: str, kept: str) -> None:
    assert read_rule(said, DAY) == kept


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "rule_not_read"),
        ("each week", "rule_not_read"),
        ("FREQ=FORTNIGHTLY", "rule_not_read"),
        ("FREQ=DAILY;INTERVAL=0", "rule_not_read"),
        ("FREQ=DAILY;INTERVAL=-3", "rule_not_read"),
        ("FREQ=DAILY;INTERVAL=10000", "rule_not_read"),
        ("FREQ=WEEKLY;BYDAY=XX", "rule_not_read"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "rule_not_read"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "rule_not_read"),
        ("FREQ=WEEKLY;UNTIL=20269931", "rule_not_read"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "rule_not_read"),
        ("DTSTART:20261105;FREQ=DAILY", "rule_not_read"),
        ("FREQ=DAILY\nFREQ=WEEKLY", "rule_not_read"),
        ("FREQ=WEEKLY;" + "BYDAY=MO," * 90, "rule_not_read"),
        ("FREQ=HOURLY", "rule_too_often"),
        ("FREQ=MINUTELY;INTERVAL=15", "rule_too_often"),
        ("FREQ=SECONDLY", "rule_too_often"),
        ("FREQ=DAILY;BYHOUR=9,10,11", "rule_too_often"),
        ("FREQ=DAILY;BYMINUTE=0", "rule_too_often"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rule_never"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "rule_never"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "rule_never"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=SU", "rule_never"),
        ("FREQ=WEEKLY;UNTIL=20200101", "rule_never"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(said: str, key: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        read_rule(said, DAY)
    assert refused.value.key == key


@given(st.text(alphabet="FREQ=DAILYWKMONTHBSP;,0123-", max_size=60), st.dates(date(1900, 1, 1), date(2199, 1, 1)))
def test_whatever_is_typed_is_a_rule_or_refused(said: str, starts_on: date) -> None:
    try:
        rule = read_rule(f"FREQ=DAILY;{said}" if len(said) % 2 else said, starts_on)
    except AnswerRefused:
        return
    assert read_rule(rule, starts_on) == rule
    assert len(comes(Rhythm(rule, starts_on, 9), after(starts_on - timedelta(days=2)), UTC_HOURS, 1)) == 1


def test_how_often_is_known_again_from_the_rule() -> None:
    assert simple(every("week", 2, DAY)) == ("week", 2)
    assert simple(every("month", 1, date(2026, 1, 31))) == ("month", 1)
    assert simple(every("year", 1, date(2028, 2, 29))) == ("year", 1)
    for rule in ("FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=15", "nothing", "FREQ=HOURLY"):
        assert simple(rule) is None


# Days


def test_the_end_of_a_month_is_never_left_out() -> None:
    rhythm = Rhythm(every("month", 1, date(2026, 1, 31)), date(2026, 1, 31), 9)
    assert days(rhythm, 5) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    # as another program would write it
    assert days(rhythm._replace(rule="FREQ=MONTHLY"), 3) == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_the_29th_of_february_comes_each_year() -> None:
    leap = date(2028, 2, 29)
    rhythm = Rhythm(every("year", 1, leap), leap, 9)
    assert days(rhythm, 5) == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]
    assert days(Rhythm("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", DAY, 9), 2) == ["2027-02-28", "2028-02-29"]


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 14))
def test_every_so_many_months_comes_in_each_of_them(starts_on: date, count: int) -> None:
    rhythm = Rhythm(every("month", count, starts_on), starts_on, 9)
    found = comes(rhythm, after(starts_on - timedelta(days=1)), UTC_HOURS, 6)
    months = [at.year * 12 + at.month for at in found]
    assert months == [starts_on.year * 12 + starts_on.month + count * n for n in range(6)]
    assert all(
        at.day == starts_on.day or (at.day < starts_on.day and (at + timedelta(days=1)).day == 1) for at in found
    )


def test_a_rule_as_long_as_one_may_be_has_its_month_ends_too() -> None:
    rule = f"FREQ=MONTHLY;INTERVAL={'0' * 270}2"
    assert days(Rhythm(rule, date(2026, 1, 31), 9)) == ["2026-01-31", "2026-03-31", "2026-05-31"]


def test_counted_from_another_day_the_end_of_a_month_follows_it() -> None:
    rule = every("month", 1, date(2026, 1, 31))
    assert restarted(rule, date(2026, 2, 15)) == "FREQ=MONTHLY"
    assert restarted("FREQ=MONTHLY", date(2026, 5, 30)) == "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"
    assert restarted("FREQ=WEEKLY;BYDAY=MO", DAY) == "FREQ=WEEKLY;BYDAY=MO"
    assert restarted("what is this", DAY) == "what is this"


def test_another_weekday_moves_to_the_next_allowed_one() -> None:
    workdays = ("MO", "TU", "WE", "TH", "FR")
    assert days(Rhythm("FREQ=DAILY", date(2026, 11, 6), 9, workdays), 4) == [
        "2026-11-06", "2026-11-09", "2026-11-10", "2026-11-11",
    ]  # fmt: skip
    assert days(Rhythm("FREQ=MONTHLY", date(2026, 11, 7), 9, ("WE",)), 2) == ["2026-11-11", "2026-12-09"]


def test_quiet_hours_move_it_to_their_end() -> None:
    quiet = quiet_hours(22, 7)
    assert moved(DAY, 23, UTC_HOURS, (), quiet) == datetime(2026, 11, 6, 7, tzinfo=UTC)
    assert moved(DAY, 3, UTC_HOURS, (), quiet) == datetime(2026, 11, 5, 7, tzinfo=UTC)
    assert moved(DAY, 7, UTC_HOURS, (), quiet) == datetime(2026, 11, 5, 7, tzinfo=UTC)
    assert moved(DAY, 23, UTC_HOURS, ("TH",), quiet) == datetime(2026, 11, 12, 7, tzinfo=UTC)
    assert moved(date.max, 23, UTC_HOURS, ("MO",), quiet) is None


def test_a_rule_that_ends_comes_no_more() -> None:
    assert days(Rhythm("FREQ=DAILY;COUNT=2", DAY, 9)) == ["2026-11-05", "2026-11-06"]
    assert days(Rhythm("FREQ=WEEKLY;UNTIL=20261112", DAY, 9)) == ["2026-11-05", "2026-11-12"]
    assert comes(Rhythm("FREQ=DAILY;COUNT=2", DAY, 9), after(date(2027, 1, 1)), UTC_HOURS) == []


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY"])
def test_what_comes_after_the_end_is_not_reckoned(rule: str) -> None:
    asked: list[date] = []

    def hour_at(on: date, hour: int) -> datetime:
        asked.append(on)
        return UTC_HOURS(on, hour)

    until = after(DAY) + timedelta(days=60)
    every = comes(Rhythm(rule, DAY, 9), after(DAY), UTC_HOURS, MOST_AHEAD)
    found = comes(Rhythm(rule, DAY, 9), after(DAY), hour_at, MOST_AHEAD, until=until)
    assert [at for at in found if at <= until] == [at for at in every if at <= until]
    assert len(every) > 400 and max(asked) <= until.date() + timedelta(days=1)


@pytest.mark.parametrize("rule", ["", "nonsense", "FREQ=MINUTELY", "FREQ=DAILY;BYHOUR=1,2", "FREQ=DAILY;INTERVAL=0"])
def test_a_rule_in_the_plan_that_nobody_can_count_comes_never(rule: str) -> None:
    assert comes(Rhythm(rule, DAY, 9), after(DAY), UTC_HOURS) == []


def test_one_that_began_long_ago_is_not_counted_through() -> None:
    for rule in ("FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"):
        long_ago = comes(Rhythm(rule, date(1, 1, 1), 9), after(DAY), UTC_HOURS)
        assert len(long_ago) == 3
        assert (long_ago[0].date() - date(1, 1, 1)).days % 3 == 0 or "WEEKLY" in rule
        assert long_ago[1] - long_ago[0] == timedelta(days=3 if "DAILY" in rule else 14)


@given(
    st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=5", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR"]),
    st.dates(date(2000, 1, 1), date(2026, 1, 1)),
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_counting_from_nearer_gives_the_same_days(rule: str, starts_on: date, since: date) -> None:
    from dateutil.rrule import rrulestr

    found = [at.date() for at in comes(Rhythm(rule, starts_on, 9), after(since), UTC_HOURS)]
    whole = rrulestr(rule, dtstart=datetime(starts_on.year, starts_on.month, starts_on.day, 9))
    first = whole.after(datetime(since.year, since.month, since.day, 12))
    assert first is not None
    assert found[0] == first.date()


# Zones


def test_an_hour_that_does_not_exist_is_the_next_moment_that_does() -> None:
    assert in_zone(ZoneInfo("America/New_York"))(date(2026, 3, 8), 2) == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert in_zone(ZoneInfo("Australia/Lord_Howe"))(date(2026, 10, 4), 2) == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)
    # the whole day was left out: the first moment of the next
    assert in_zone(ZoneInfo("Pacific/Apia"))(date(2011, 12, 30), 9) == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_an_hour_that_comes_twice_comes_once_and_first() -> None:
    hour_at = in_zone(ZoneInfo("America/New_York"))
    assert hour_at(date(2026, 11, 1), 1) == datetime(2026, 11, 1, 5, tzinfo=UTC)
    found = comes(Rhythm("FREQ=DAILY", date(2026, 10, 31), 1), datetime(2026, 11, 1, 0, tzinfo=UTC), hour_at, 2)
    assert found == [datetime(2026, 11, 1, 5, tzinfo=UTC), datetime(2026, 11, 2, 6, tzinfo=UTC)]


def test_the_same_hour_all_year() -> None:
    zone = ZoneInfo("Europe/Madrid")
    found = comes(Rhythm("FREQ=MONTHLY", date(2026, 1, 5), 9), after(date(2026, 1, 1)), in_zone(zone), 12)
    assert {at.astimezone(zone).hour for at in found} == {9}
    assert len({at.hour for at in found}) == 2


def test_in_every_zone_each_hour_of_a_day_on_which_the_clocks_change_is_right() -> None:
    midnights = [datetime(2026, 1, 1) + timedelta(days=n) for n in range(366)]
    for name in ZONES:
        zone = ZoneInfo(name)
        offsets = [one.replace(tzinfo=zone).utcoffset() for one in midnights]
        changes = [one.date() for one, now, then in zip(midnights, offsets, offsets[1:], strict=False) if now != then]
        for day in changes or [DAY]:
            _assert_hours(day, zone)


def _assert_hours(day: date, zone: ZoneInfo) -> None:
    """Hold that each hour of a day is the first moment at which the clocks show it, or the first after it."""
    found = [in_zone(zone)(day, hour) for hour in range(24)]
    assert found == sorted(found), (zone, day)
    for hour, at in enumerate(found):
        wanted = datetime.combine(day, datetime.min.time()).replace(hour=hour)
        shown = at.astimezone(zone)
        before = (at - timedelta(seconds=1)).astimezone(zone)
        assert shown.replace(tzinfo=None) >= wanted > before.replace(tzinfo=None), (zone, day, hour)
        assert shown.fold == 0, (zone, day, hour)


@settings(max_examples=60)
@given(
    st.sampled_from(ZONES),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA"]),
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(0, 23),
    st.sets(st.sampled_from(WEEKDAYS)),
    st.tuples(st.integers(0, 23), st.integers(0, 23)),
    st.integers(0, 800),
)
def test_what_comes_lies_ahead_and_where_it_may(
    name: str, rule: str, starts_on: date, hour: int, weekdays: set[str], quiet: tuple[int, int], passed: int
) -> None:
    zone = ZoneInfo(name)
    hours = quiet_hours(*quiet)
    since = after(starts_on + timedelta(days=passed))
    rhythm = Rhythm(rule, starts_on, hour, tuple(weekdays), hours)
    found = comes(rhythm, since, in_zone(zone))
    assert len(found) == 3
    assert found == sorted(set(found))
    assert all(at > since for at in found)
    for at in found:
        local = at.astimezone(zone)
        exists = in_zone(zone)(local.date(), local.hour) == at and not local.minute
        if exists:  # else the hour was left out that day
            assert local.hour not in hours
            assert not weekdays or WEEKDAYS[local.weekday()] in weekdays


def test_a_zone_is_known_by_its_name_alone() -> None:
    assert read_zone("america/new york") == "America/New_York"
    assert zone_named("America/New_York") == ZoneInfo("America/New_York")
    for name in ("", "../../etc/passwd", "Mars/Olympus", "posixrules"):
        assert zone_named(name) is None
    with pytest.raises(AnswerRefused, match="zone_unknown"):
        read_zone("Narnia")


def test_the_way_of_due_and_of_home_does_not_load_it() -> None:
    program = "import sys, rchrp_goals.cli, rchrp_goals.services.home; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"dateutil", "rchrp_goals.plan.recurrence", "zoneinfo"} & set(loaded)


@pytest.mark.parametrize("rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31"])
def test_a_rule_of_another_program_that_never_comes_is_not_counted_to_the_end_of_days(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rchrp_goals.plan.recurrence._days", lambda *_: pytest.fail("it was counted"))
    assert comes(Rhythm(rule, DAY, 9), datetime(2026, 11, 5, tzinfo=UTC), in_zone(UTC)) == []
