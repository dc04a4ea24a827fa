"""What goes into a calendar: which entries, with which moments, and what is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rchrp_goals.plan.asking import quiet_hours
from rchrp_goals.plan.calendar import MOST_GONE, Calendar, Entry, sequence
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.plan.recurrence import Rhythm, comes, in_zone
from tests.conftest import NOW, TODAY

MADRID = ZoneInfo("Europe/Madrid")
STAMP = "2026-11-01T10:00:00.000000Z"
Record = dict[str, Any]
Tables = dict[str, dict[str, Record]]


def local(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=MADRID).astimezone(UTC)


def tables_of(**tables: Record | list[Record]) -> Tables:
    found: Tables = {}
    for name, records in tables.items():
        for number, record in enumerate(records if isinstance(records, list) else [records]):
            whole = {"id": f"{name}-{number}", "updated_at": STAMP, "created_at": STAMP, "revision": 1, **record}
            found.setdefault(name, {})[whole["id"]] = whole
    return found


def calendar_of(
    tables: Tables, now: datetime = NOW, looked_at: list[Mapping[str, Any]] | None = None, **quiet: int
) -> Calendar:
    def occurrences(record: Mapping[str, Any], after: datetime) -> Sequence[datetime]:
        if looked_at is not None:
            looked_at.append(record)
        hours = quiet_hours(quiet.get("first"), quiet.get("end"))
        weekdays = tuple(record.get("weekdays", ()))
        begin = date.fromisoformat(record["starts_on"])
        return comes(Rhythm(record["rule"], begin, record["hour"], weekdays, hours), after, in_zone(MADRID), 500)

    return Calendar(
        tables,
        "plan-1",
        now,
        now.astimezone(MADRID).date(),
        begin=now.astimezone(MADRID).replace(hour=0, minute=0).astimezone(UTC),
        at_hour=lambda day: in_zone(MADRID)(day, 9),
        occurrences=occurrences,
        awake=lambda record, at: at,
        zone="Europe/Madrid",
        local=MADRID,
    )


def reminder(**fields: Any) -> Record:
    first = local(2026, 11, 10)
    base = {"words": "look_again", "on": True, "starts_on": "2026-11-10", "hour": 9, "next_at": instant_text(first)}
    return base | fields


def said(entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """Give what an entry is about, its local moment, and its rule."""
    return [(entry.id, f"{entry.at.astimezone(MADRID):%Y-%m-%d %H:%M}", entry.rule) for entry in entries]


def gone(tables: Tables, former: Mapping[tuple[str, str], Sequence[Record]] | None = None) -> list[Entry]:
    calendar = calendar_of(tables)
    return calendar.gone(former or {}, calendar.ahead())


STEP = {"text": "Write", "state": "planned", "due": "2026-11-09"}


def test_everything_with_a_day_ahead_stands_at_its_hour() -> None:
    tables = tables_of(
        steps=[STEP, {**STEP, "due": "2026-11-05"}, {**STEP, "due": "2026-11-04"}, {"text": "x", "state": "planned"}],
        goals={"title": "A goal", "state": "active", "review_on": "2027-07-01"},
        learning={"title": "Evening", "state": "planned", "planned_for": "2026-12-02"},
        check_ins={"at": STAMP, "next_on": "2026-11-30"},
        reminders=reminder(),
    )
    assert said(calendar_of(tables).ahead()) == [
        ("steps-1", "2026-11-05 09:00", ""),
        ("steps-0", "2026-11-09 09:00", ""),
        ("reminders-0", "2026-11-10 09:00", ""),
        ("check_ins-0", "2026-11-30 09:00", ""),
        ("learning-0", "2026-12-02 09:00", ""),
        ("goals-0", "2027-07-01 09:00", ""),
    ]


def test_a_thing_keeps_its_uid_and_nobody_reads_it() -> None:
    first, moved = (
        calendar_of(tables_of(steps={**STEP, "due": due})).ahead()[0].uid for due in ("2026-11-09", "2026-12-24")
    )
    assert first == moved
    both = calendar_of(tables_of(steps=STEP, reminders=reminder(id="steps-0"))).ahead()
    assert len({entry.uid for entry in both}) == 2
    assert "steps" not in first


def test_what_repeats_is_one_entry_with_its_rule() -> None:
    tables = tables_of(reminders=reminder(rule="FREQ=WEEKLY;INTERVAL=2"))
    (entry,) = calendar_of(tables).ahead()
    assert (entry.rule, entry.zone, entry.at) == (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=39",
        "Europe/Madrid",
        local(2026, 11, 10),
    )


def test_one_that_was_put_off_stands_alone_and_the_rule_goes_on() -> None:
    snoozed = instant_text(local(2026, 11, 12))
    (alone, series) = calendar_of(tables_of(reminders=reminder(rule="FREQ=WEEKLY", snoozed_until=snoozed))).ahead()
    assert said([alone, series]) == [
        ("reminders-0", "2026-11-12 09:00", ""),
        ("reminders-0", "2026-11-17 09:00", "FREQ=WEEKLY;COUNT=77"),
    ]
    assert alone.uid != series.uid


@pytest.mark.parametrize(
    "fields",
    [
        {"rule": "FREQ=MONTHLY", "weekdays": ["MO", "TU"]},
        {"rule": "FREQ=MONTHLY", "starts_on": "2026-11-30", "next_at": instant_text(local(2026, 11, 30))},
        {"rule": "FREQ=DAILY", "zone": "Africa/Casablanca"},
    ],
)
def test_what_no_rule_says_stands_moment_by_moment(fields: Record) -> None:
    found = calendar_of(tables_of(reminders=reminder(**fields))).ahead()
    assert 15 < len(found) <= 500
    assert not any(entry.rule for entry in found)
    assert len({entry.uid for entry in found}) == len(found)
    assert found[-1].at <= NOW + timedelta(days=549)


def test_quiet_hours_move_the_rule_to_their_end() -> None:
    late = reminder(rule="FREQ=DAILY", hour=22, next_at=instant_text(local(2026, 11, 11, 7)))
    (entry,) = calendar_of(tables_of(reminders=late), first=21, end=7).ahead()
    assert said([entry]) == [("reminders-0", "2026-11-11 07:00", "FREQ=DAILY;COUNT=500")]


def test_the_last_of_a_month_is_a_rule_that_calendars_agree_on() -> None:
    monthly = {"rule": "FREQ=MONTHLY", "starts_on": "2027-01-31", "next_at": instant_text(local(2027, 1, 31))}
    (entry,) = calendar_of(tables_of(reminders=reminder(**monthly))).ahead()
    assert entry.rule == "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=16"


def test_what_ends_says_how_often_it_still_comes() -> None:
    ended = reminder(rule="FREQ=WEEKLY;COUNT=5", starts_on="2026-10-27", next_at=instant_text(local(2026, 11, 10)))
    (entry,) = calendar_of(tables_of(reminders=ended)).ahead()
    assert entry.rule == "FREQ=WEEKLY;COUNT=3"


def test_a_pause_moves_reminders_and_silences_the_rest() -> None:
    paused = {"pause_until": "2026-12-03"}
    tables = tables_of(steps=STEP, reminders=reminder(rule="FREQ=WEEKLY"), reminder_settings=paused)
    step, alone, series = calendar_of(tables).ahead()
    assert (step.id, step.rings) == ("steps-0", False)
    assert said([alone, series]) == [
        ("reminders-0", "2026-12-03 09:00", ""),
        ("reminders-0", "2026-12-08 09:00", "FREQ=WEEKLY;COUNT=74"),
    ]
    assert alone.rings and series.rings


def test_one_that_nobody_answers_is_silent_here_too() -> None:
    came = reminder(rule="FREQ=WEEKLY", next_at=instant_text(local(2026, 9, 1)), starts_on="2026-09-01")
    tables = tables_of(reminders=came)
    assert calendar_of(tables).ahead() == []
    assert [entry.is_gone for entry in gone(tables)] == [True]


# What is gone


@pytest.mark.parametrize(
    "tables",
    [
        tables_of(steps={**STEP, "state": "done"}),
        tables_of(steps={**STEP, "state": "let_go"}),
        tables_of(steps={"removed_at": STAMP}),
        tables_of(reminders=reminder(on=False)),
        tables_of(reminders={"removed_at": STAMP}),
        tables_of(goals={"title": "A goal", "state": "paused", "review_on": "2027-07-01"}),
        tables_of(learning={"title": "Evening", "state": "let_go", "planned_for": "2026-12-02"}),
    ],
)
def test_what_no_longer_comes_is_taken_back_under_its_own_uid(tables: Tables) -> None:
    ((table, records),) = tables.items()
    (id,) = records
    (entry,) = gone(tables)
    assert (entry.id, entry.is_gone, entry.rule, entry.rings) == (id, True, "", False)
    standing = {"steps": STEP, "reminders": reminder(), "goals": {"title": "A goal", "state": "active"}}.get(table, {})
    days = {"goals": {"review_on": "2027-07-01"}}.get(table, {})
    if standing:
        assert entry.uid == calendar_of(tables_of(**{table: standing | days})).ahead()[0].uid


def test_what_lies_behind_or_never_had_a_day_stays_as_it_was() -> None:
    behind = tables_of(
        steps=[
            {**STEP, "state": "done", "due": "2026-11-04"},
            {**STEP, "due": "2026-11-01"},
            {"text": "No day", "state": "let_go"},
        ],
        reminders=reminder(on=False, next_at="2026-11-01T09:00:00.000000Z"),
    )
    assert gone(behind) == []


def test_of_a_removed_one_the_history_says_whether_it_had_a_day() -> None:
    tables = tables_of(steps=[{"removed_at": STAMP}, {"removed_at": STAMP}])
    former = {
        ("steps", "steps-0"): [{"text": "No day", "state": "planned"}],
        ("steps", "steps-1"): [{"text": "x", "due": "2026-11-20", "state": "planned"}],
    }
    assert said(gone(tables, former)) == [("steps-1", "2026-11-20 09:00", "")]


def test_moments_of_a_rule_that_was_changed_are_taken_back() -> None:
    before = reminder(rule="FREQ=MONTHLY", weekdays=["TU"])
    old = calendar_of(tables_of(reminders=before)).ahead()
    tables = tables_of(reminders=reminder(rule="FREQ=WEEKLY"))
    found = gone(tables, {("reminders", "reminders-0"): [before]})
    assert {entry.uid for entry in found} == {entry.uid for entry in old}


def test_what_is_gone_is_bounded_in_time_and_number() -> None:
    long_ago = instant_text(NOW - timedelta(days=366))
    assert gone(tables_of(steps={"removed_at": long_ago, "updated_at": long_ago})) == []
    many = [{"removed_at": STAMP, "updated_at": instant_text(NOW - timedelta(minutes=n))} for n in range(MOST_GONE + 9)]
    found = gone(tables_of(steps=many))
    assert [entry.id for entry in found] == [f"steps-{n}" for n in range(MOST_GONE)]


def test_a_clock_set_back_a_year_takes_nothing_back_that_comes() -> None:
    tables = tables_of(steps=STEP, reminders=reminder(rule="FREQ=WEEKLY"))
    earlier = calendar_of(tables, NOW - timedelta(days=365))
    ahead = earlier.ahead()
    assert [entry.id for entry in ahead] == ["steps-0", "reminders-0"]
    assert earlier.gone({}, ahead) == []


def test_the_sequence_fits_into_a_calendar() -> None:
    assert [sequence(one) for one in (0, 41, 2**53)] == [0, 41, 2**31 - 1]


def test_today_is_the_day_of_the_tests() -> None:
    assert NOW.astimezone(MADRID).date() == TODAY


def test_what_comes_alike_is_reckoned_once() -> None:
    tables = tables_of(reminders=[reminder(rule="FREQ=DAILY", text=str(number)) for number in range(5)])
    former = {("reminders", id): [{**record, "text": "before"}] for id, record in tables["reminders"].items()}
    looked_at: list[Mapping[str, Any]] = []
    calendar = calendar_of(tables, looked_at=looked_at)
    ahead = calendar.ahead()
    assert len({entry.uid for entry in ahead}) == 5
    assert calendar.gone(former, ahead) == []
    assert len(looked_at) == 1
    tables["reminders"]["reminders-4"]["hour"] = 10
    looked_at.clear()
    assert len(calendar_of(tables, looked_at=looked_at).ahead()) == 6
    assert [record["hour"] for record in looked_at] == [9, 10]
