"""Reminders as they stand in the plan: made, changed, answered, stopped, paused; never twice, never lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.services import capture, reminders
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.reminders import Wanted
from tests.services.desk import StillClock, ZonedClock, put, sit

TODAY = date(2026, 11, 5)


def one(desk: Desk, id: str = "") -> dict[str, Any]:
    found = [record for record in desk.store.read().records("reminders") if not id or record["id"] == id]
    assert len(found) == 1
    return dict(found[0])


def comes(record: dict[str, Any]) -> list[str]:
    return [at[:13] for at in (record["next_at"], *record.get("then_at", []))]


def own(on: date = TODAY + timedelta(days=7), **more: Any) -> Wanted:
    return Wanted("own", on, text="Write to Rosa", **more)


def due(desk: Desk) -> list[str]:
    clock = desk.clock
    return [row.id for row in glance.due_today(desk.store.read().tables, clock.today(), clock.now())]


def at(desk: Desk, *moment: int) -> None:
    assert isinstance(desk.clock, StillClock)
    year, month, day, hour = moment
    desk.clock.at = datetime(year, month, day, hour, tzinfo=UTC)


def done(desk: Desk, id: str) -> None:
    clock = desk.clock
    capture.mark_done(desk.store, "reminder", id, clock.today(), clock.now(), hour_at=clock.instant)


# Making


def test_one_that_comes_once(desk: Desk) -> None:
    id = reminders.add(desk.store, own(), desk.clock)
    record = one(desk, id)
    assert record["next_at"] == "2026-11-12T09:00:00.000000Z"
    assert (record["words"], record["text"], record["what"]["kind"]) == ("own", "Write to Rosa", "plan")
    assert "then_at" not in record or record["then_at"] == []
    assert due(desk) == []
    at(desk, 2026, 11, 12, 9)
    assert due(desk) == [id]
    done(desk, id)
    assert one(desk)["on"] is False
    assert due(desk) == []


def test_one_that_repeats_holds_the_next_three(desk: Desk) -> None:
    reminders.add(desk.store, own(date(2027, 1, 31), rule="FREQ=MONTHLY", hour=18), desk.clock)
    record = one(desk)
    assert record["rule"] == "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    assert comes(record) == ["2027-01-31T18", "2027-02-28T18", "2027-03-31T18"]


def test_what_it_is_about_must_be_there(desk: Desk) -> None:
    put(desk, "goals", id="goal-0001", title="Goal", state="active")
    reminders.add(desk.store, Wanted("goal", TODAY + timedelta(days=1), about="goal-0001"), desk.clock)
    assert one(desk)["what"] == {"kind": "goal", "id": "goal-0001"}
    with pytest.raises(ProblemError, match="not_there"):
        reminders.add(desk.store, Wanted("step", TODAY + timedelta(days=1), about="step-0001"), desk.clock)


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (own(TODAY, hour=9), "moment_is_over"),
        (own(date(2026, 1, 1)), "moment_is_over"),
        (own(rule="FREQ=MINUTELY"), "rule_too_often"),
        (own(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "rule_never"),
        (own(rule="now and then"), "rule_not_read"),
        (Wanted("own", TODAY + timedelta(days=1), text="\x07"), "text_empty"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(desk: Desk, wanted: Wanted, key: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        reminders.add(desk.store, wanted, desk.clock)
    assert refused.value.key == key
    assert not desk.store.read().records("reminders")
    for language in ("en", "es"):
        assert desk.words.to(language).problem(key, {})


def test_each_change_is_one_entry_that_can_be_undone(desk: Desk) -> None:
    from rchrp_goals.services.undoing import next_undo, undo

    id = reminders.add(desk.store, own(rule="FREQ=WEEKLY"), desk.clock)
    reminders.alter(desk.store, id, {"hour": 18}, desk.clock)
    reminders.stop(desk.store, id, desk.clock)
    reminders.start_again(desk.store, id, TODAY + timedelta(days=3), desk.clock)
    for is_on, hour in [(False, 18), (True, 18), (True, 9)]:
        taken = next_undo(desk.store, desk.words)
        assert taken is not None
        undo(desk.store, desk.words, desk.clock.now(), only=taken.id)
        assert (one(desk)["on"], one(desk)["hour"]) == (is_on, hour)


# Answering


def test_after_a_late_done_it_is_counted_from_when_it_was_due(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    at(desk, 2026, 11, 25, 20)  # two more would have come
    done(desk, id)
    assert comes(one(desk)) == ["2026-11-30T09", "2026-12-07T09", "2026-12-14T09"]
    assert due(desk) == []


def test_or_from_when_it_was_done(desk: Desk) -> None:
    wanted = own(date(2026, 11, 9), rule="FREQ=WEEKLY", counted_from="done")
    id = reminders.add(desk.store, wanted, desk.clock)
    at(desk, 2026, 11, 25, 7)  # a Wednesday, before its hour: not the same day again
    done(desk, id)
    assert comes(one(desk)) == ["2026-12-02T09", "2026-12-09T09", "2026-12-16T09"]


def test_counted_from_done_the_end_of_a_month_follows(desk: Desk) -> None:
    wanted = own(date(2027, 1, 31), rule="FREQ=MONTHLY", counted_from="done")
    id = reminders.add(desk.store, wanted, desk.clock)
    at(desk, 2027, 2, 10, 20)
    done(desk, id)
    assert comes(one(desk)) == ["2027-03-10T09", "2027-04-10T09", "2027-05-10T09"]


def test_done_before_it_comes_is_for_the_one_that_stands(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    done(desk, id)
    assert comes(one(desk))[0] == "2026-11-16T09"


def test_a_rule_that_ends_goes_off_and_one_from_a_newer_version_stays(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY;COUNT=2"), desk.clock)
    assert len(comes(one(desk))) == 2
    at(desk, 2026, 11, 17, 9)
    done(desk, id)
    assert one(desk)["on"] is False
    put(desk, "reminders", id="newer-0001", rule="FREQ=MOONLY", on=True, next_at="2026-11-16T09:00:00.000000Z")
    done(desk, "newer-0001")
    assert one(desk, "newer-0001")["on"] is True
    assert due(desk) == []


def test_later_comes_back_at_its_own_hour_and_then_as_before(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY", hour=18), desk.clock)
    at(desk, 2026, 11, 9, 20)
    capture.later(desk.store, "reminder", id, date(2026, 11, 11), desk.clock)
    at(desk, 2026, 11, 11, 17)
    assert due(desk) == []
    at(desk, 2026, 11, 11, 18)
    assert due(desk) == [id]
    done(desk, id)
    assert comes(one(desk))[0] == "2026-11-16T18"
    assert "snoozed_until" not in one(desk)


def test_one_about_a_step_comes_no_sooner_than_the_step_and_keeps_its_days(desk: Desk) -> None:
    put(desk, "steps", id="step-0001", text="Write to the service", state="planned", due="2026-11-05")
    weekly = Wanted("step", date(2026, 11, 9), about="step-0001", rule="FREQ=WEEKLY")
    ids = [reminders.add(desk.store, one, desk.clock) for one in (weekly, weekly._replace(rule=""))]
    capture.later(desk.store, "step", "step-0001", date(2026, 11, 20), desk.clock)
    assert [comes(one(desk, id))[0] for id in ids] == ["2026-11-23T09", "2026-11-20T09"]


def test_still_useful_keeps_it(desk: Desk) -> None:
    weekly = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    once = reminders.add(desk.store, own(date(2026, 11, 9)), desk.clock)
    at(desk, 2026, 12, 1, 20)
    for id in (weekly, once):
        capture.not_now(desk.store, "reminder", id, desk.clock.today(), desk.clock.now())
        reminders.keep(desk.store, id, desk.clock)
    assert comes(one(desk, weekly))[0] == "2026-12-07T09"
    assert comes(one(desk, once)) == ["2026-12-08T09"]
    at(desk, 2026, 12, 8, 9)
    (row, other) = glance.due_today(desk.store.read().tables, desk.clock.today(), desk.clock.now())
    assert not (row.is_still or other.is_still)


def test_a_new_look_at_values_answers_a_reminder_that_repeats(desk: Desk) -> None:
    sit(desk)
    wanted = Wanted("values", date(2026, 11, 20), rule="FREQ=DAILY;INTERVAL=90", counted_from="done")
    id = reminders.add(desk.store, wanted, desk.clock)
    at(desk, 2026, 11, 25, 20)
    sit(desk, "values")
    record = one(desk, id)
    assert record["on"] is True
    assert comes(record)[0] == "2027-02-23T09"


# Changing


def test_what_is_changed_is_reckoned_anew(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    reminders.alter(desk.store, id, {"hour": 18}, desk.clock)
    assert comes(one(desk)) == ["2026-11-09T18", "2026-11-16T18", "2026-11-23T18"]
    reminders.alter(desk.store, id, {"weekdays": ["WE"]}, desk.clock)
    assert comes(one(desk))[0] == "2026-11-11T18"
    reminders.alter(desk.store, id, {"weekdays": []}, desk.clock)
    assert comes(one(desk))[0] == "2026-11-09T18"
    reminders.alter(desk.store, id, {"on": date(2026, 11, 12)}, desk.clock)
    assert comes(one(desk)) == ["2026-11-12T18", "2026-11-19T18", "2026-11-26T18"]
    reminders.alter(desk.store, id, {"rule": "FREQ=MONTHLY"}, desk.clock)
    assert comes(one(desk))[1] == "2026-12-12T18"
    reminders.alter(desk.store, id, {"rule": ""}, desk.clock)
    assert comes(one(desk)) == ["2026-11-12T18"]
    assert "rule" not in one(desk)
    reminders.alter(desk.store, id, {"text": "Call Rosa"}, desk.clock)
    assert one(desk)["text"] == "Call Rosa"


def test_other_words_move_nothing(desk: Desk) -> None:
    once, weekly = (
        reminders.add(desk.store, own(date(2026, 11, 9), rule=rule), desk.clock) for rule in ("", "FREQ=WEEKLY")
    )
    at(desk, 2026, 11, 9, 20)
    capture.later(desk.store, "reminder", weekly, date(2026, 11, 12), desk.clock)
    for id in (once, weekly):
        before = one(desk, id)
        reminders.alter(desk.store, id, {"text": "Call Rosa"}, desk.clock)
        for name in ("next_at", "snoozed_until", "on", "then_at"):
            assert one(desk, id).get(name) == before.get(name)
    assert due(desk) == [once]
    reminders.stop(desk.store, once, desk.clock)
    reminders.alter(desk.store, once, {"text": "Write to Ana"}, desk.clock)
    assert (one(desk, once)["text"], one(desk, once)["on"]) == ("Write to Ana", False)


def test_another_hour_leaves_what_was_put_off_on_its_day(desk: Desk) -> None:
    put(desk, "steps", id="step-0001", text="Write to the service", state="planned", due="2026-11-09")
    wants = [
        own(date(2026, 11, 9)),
        own(date(2026, 11, 9), rule="FREQ=WEEKLY"),
        Wanted("step", date(2026, 11, 9), "step-0001"),
    ]
    once, weekly, moved = (reminders.add(desk.store, one._replace(hour=10), desk.clock) for one in wants)
    at(desk, 2026, 11, 9, 20)
    for kind, id in (("reminder", once), ("reminder", weekly), ("step", "step-0001")):
        capture.later(desk.store, kind, id, date(2026, 11, 12), desk.clock)
    assert comes(one(desk, moved)) == ["2026-11-12T10"]
    for id in (once, weekly, moved):
        reminders.alter(desk.store, id, {"hour": 18}, desk.clock)
    rows = glance.reminder_rows(desk.store.read().tables)
    assert {str(row.at)[:13] for row in rows.values()} == {"2026-11-12 18"}
    at(desk, 2026, 11, 12, 18)
    done(desk, weekly)
    assert comes(one(desk, weekly))[0] == "2026-11-16T18"


def test_a_zone_of_its_own_stays(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 10, 26) + timedelta(days=14), rule="FREQ=WEEKLY"), desk.clock)
    reminders.alter(desk.store, id, {"zone": "america/new_york"}, desk.clock)
    assert one(desk)["zone"] == "America/New_York"
    assert comes(one(desk))[0] == "2026-11-09T14"
    reminders.alter(desk.store, id, {"zone": None}, desk.clock)
    assert comes(one(desk))[0] == "2026-11-09T09"
    with pytest.raises(AnswerRefused, match="zone_unknown"):
        reminders.alter(desk.store, id, {"zone": "Narnia"}, desk.clock)


def test_a_date_of_the_sitting_can_be_changed_too(desk: Desk) -> None:
    sit(desk)
    look = next(r for r in desk.store.read().records("reminders") if r["words"] == "look_again")
    assert look["next_at"] == "2026-12-05T09:00:00.000000Z"
    reminders.alter(desk.store, look["id"], {"hour": 17}, desk.clock)
    assert comes(one(desk, look["id"])) == ["2026-12-05T17"]
    reminders.alter(desk.store, look["id"], {"rule": "FREQ=MONTHLY"}, desk.clock)
    assert comes(one(desk, look["id"])) == ["2026-12-05T17", "2027-01-05T17", "2027-02-05T17"]


def test_a_reminder_that_rests_comes_again_from_a_day_on(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    reminders.stop(desk.store, id, desk.clock)
    at(desk, 2026, 12, 24, 9)
    assert due(desk) == []
    reminders.start_again(desk.store, id, date(2026, 12, 28), desk.clock)
    assert comes(one(desk)) == ["2026-12-28T09", "2027-01-04T09", "2027-01-11T09"]
    reminders.remove(desk.store, id, desk.clock)
    assert not desk.store.read().records("reminders")


# All of them


def test_all_are_paused_and_brought_back(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9)), desk.clock)
    reminders.pause_all(desk.store, date(2026, 11, 20), desk.clock)
    at(desk, 2026, 11, 12, 9)
    assert due(desk) == []
    reminders.bring_back(desk.store, desk.clock)
    assert due(desk) == [id]
    assert len(desk.store.read().records("reminder_settings")) == 1


def test_quiet_hours_and_the_usual_hour_hold_for_new_ones(desk: Desk) -> None:
    reminders.set_usual(desk.store, 22, ["MO", "TU"], desk.clock)
    reminders.set_quiet(desk.store, 21, 8, desk.clock)
    reminders.add(desk.store, own(date(2026, 11, 5)), desk.clock)
    record = one(desk)
    assert (record["hour"], record["weekdays"], comes(record)) == (22, ["MO", "TU"], ["2026-11-09T08"])
    reminders.set_quiet(desk.store, None, None, desk.clock)
    assert reminders.usual(desk.store.read().tables).rest.hours == frozenset()


# Time


def test_a_clock_that_is_set_back_a_year_brings_no_storm_and_loses_nothing(desk: Desk) -> None:
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=DAILY"), desk.clock)
    at(desk, 2027, 11, 9, 20)
    done(desk, id)
    assert comes(one(desk))[0] == "2027-11-10T09"
    at(desk, 2026, 11, 12, 9)
    assert due(desk) == []
    done(desk, id)  # answered all the same: still one day on, no more
    assert comes(one(desk))[0] == "2027-11-11T09"
    reminders.alter(desk.store, id, {"on": date(2026, 11, 13)}, desk.clock)  # the person brings it near again
    at(desk, 2026, 11, 13, 9)
    assert due(desk) == [id]


@pytest.mark.parametrize(
    ("home", "away", "before", "after"),
    [
        ("America/New_York", "Europe/Madrid", "2026-11-09T14", "2026-11-09T08"),
        ("Europe/Madrid", "America/Los_Angeles", "2026-11-09T08", "2026-11-09T17"),
        ("America/New_York", "America/New_York", "2026-11-09T14", "2026-11-09T14"),
    ],
)
def test_on_a_machine_in_another_zone_it_comes_at_its_hour_there(
    desk: Desk, home: str, away: str, before: str, after: str
) -> None:
    desk.clock = ZonedClock(home)
    reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    assert comes(one(desk))[0] == before
    desk.clock = ZonedClock(away)
    assert reminders.follow_zone(desk.store, desk.clock) is (before != after)
    assert comes(one(desk))[0] == after
    assert not reminders.follow_zone(desk.store, desk.clock)


def test_what_moved_with_the_machine_is_not_what_undo_takes_back(desk: Desk) -> None:
    desk.clock = ZonedClock("America/New_York")
    reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    desk.clock = ZonedClock("Europe/Madrid")
    assert reminders.follow_zone(desk.store, desk.clock)
    taken = desk.store.undo(desk.clock.now())
    assert taken is not None and taken.key == "reminder_made"
    assert desk.store.read().records("reminders") == [] and desk.store.next_undo() is None


def test_over_a_change_of_the_clocks_the_hour_stays(desk: Desk) -> None:
    desk.clock = ZonedClock("America/New_York")
    id = reminders.add(desk.store, own(date(2027, 3, 8), rule="FREQ=WEEKLY"), desk.clock)
    assert comes(one(desk)) == ["2027-03-08T14", "2027-03-15T13", "2027-03-22T13"]
    assert not reminders.follow_zone(desk.store, desk.clock)
    at(desk, 2027, 3, 9, 9)
    done(desk, id)
    assert not reminders.follow_zone(desk.store, desk.clock)


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a zone is set for one process on Unix only")
@pytest.mark.usefixtures("new_york")
def test_without_a_clock_the_hour_is_that_of_the_machine(desk: Desk) -> None:
    desk.clock = ZonedClock("America/New_York")
    id = reminders.add(desk.store, own(date(2026, 11, 9), rule="FREQ=WEEKLY"), desk.clock)
    capture.mark_done(desk.store, "reminder", id, TODAY, desk.clock.now())
    assert comes(one(desk))[0] == "2026-11-16T14"
