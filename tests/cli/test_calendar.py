"""``calendar``: what it writes, where, and what it says about it."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Component

from tests.cli.calling import Called, Caller

SECRET = "Call Ñora about the clinic"
NEUTRAL = {"en": "Something planned", "es": "Algo planeado"}
CHECK_IN = {"en": "Planned check-in", "es": "Repaso planeado"}


def fill(call: Caller) -> None:
    call.put("goals", {"id": "goal-0001", "title": "My secret goal", "state": "active", "review_on": "2027-02-01"})
    call.add(SECRET, "--goal", "goal-0001", "--by", "2026-11-09")
    call.put("check_ins", {"id": "check-0001", "next_on": "2026-12-05", "at": "2026-11-05T10:00:00.000000Z"})
    call.put(
        "reminders",
        {
            "id": "reminder-0001",
            "words": "own",
            "text": "My secret reminder",
            "on": True,
            "rule": "FREQ=WEEKLY",
            "starts_on": "2026-11-10",
            "hour": 18,
            "zone": "America/New_York",
            "next_at": "2026-11-10T23:00:00.000000Z",
        },
    )


def events(out: str) -> list[Component]:
    return [event for event in Calendar.from_ical(out).walk("VEVENT") if event["STATUS"] == "CONFIRMED"]


def test_it_goes_to_stdout_in_neutral_words(spoken: Caller) -> None:
    fill(spoken)
    for target in ([], ["-o", "-"]):
        code, out, err = spoken("calendar", *target)
        assert code == 0
        assert [str(event["SUMMARY"]) for event in events(out)] == [
            NEUTRAL[spoken.language],
            NEUTRAL[spoken.language],
            CHECK_IN[spoken.language],
            NEUTRAL[spoken.language],
        ]
        for text in (SECRET, "secret", "Ñora", "goal", "rchrp"):
            assert text not in out
        assert len(err.splitlines()) == 3
        assert {"en": "many phone calendars", "es": "muchos calendarios de teléfono"}[spoken.language] in err


def test_what_repeats_keeps_its_hour_over_both_changes_of_the_clock(call: Caller) -> None:
    fill(call)
    import recurring_ical_events

    calendar = Calendar.from_ical(call("calendar").out)
    found = recurring_ical_events.of(calendar).between(
        datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 11, 1, tzinfo=UTC)
    )
    hours = {event.decoded("DTSTART").hour for event in found if event.decoded("DTSTART").tzinfo.key != "UTC"}
    assert hours == {18}
    assert len(found) == 3 + 78


def test_titles_are_in_it_only_when_asked_for(call: Caller) -> None:
    fill(call)
    _, out, err = call("calendar", "--titles")
    said = [str(event["SUMMARY"]) for event in events(out)]
    assert SECRET in said
    assert any("My secret reminder" in one for one in said)
    assert any("My secret goal" in one for one in said)
    assert "Your own words are in it" in err


def test_a_file_is_private_and_replaced_only_when_told(call: Caller, tmp_path: Path) -> None:
    fill(call)
    path = tmp_path / "dates.ics"
    code, out, err = call("calendar", "-o", str(path))
    assert (code, out) == (0, "")
    assert str(path) in err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(events(path.read_text(encoding="utf-8"))) == 4
    path.write_text("before", encoding="utf-8")
    assert call("calendar", "-o", str(path)).code == 1
    assert call("calendar", "-o", str(path), stdin="n\n", is_typed=True).code == 1
    assert path.read_text(encoding="utf-8") == "before"
    assert call("calendar", "-o", str(path), "--yes").code == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_folder_that_is_not_there_is_said_and_nothing_is_written(spoken: Caller, tmp_path: Path) -> None:
    fill(spoken)
    code, out, err = spoken("calendar", "-o", str(tmp_path / "nowhere" / "dates.ics"))
    assert (code, out) == (1, "")
    assert str(tmp_path / "nowhere") in err
    assert not (tmp_path / "nowhere").exists()


def test_without_a_plan_or_a_day_ahead_nothing_is_written(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "dates.ics"
    assert call("calendar", "-o", str(path)).code == 1
    call.add("Some day")
    code, out, err = call("calendar", "-o", str(path))
    assert (code, out) == (0, "")
    assert "No day lies ahead" in err
    assert not path.exists()


def test_what_was_done_is_taken_back_and_the_sequence_never_falls(call: Caller) -> None:
    def sequences(called: Called) -> set[int]:
        return {int(str(event.decoded("SEQUENCE"))) for event in Calendar.from_ical(called.out).walk("VEVENT")}

    id = call.add(SECRET, "--by", "2026-12-09")
    first = call("calendar")
    (event,) = events(first.out)
    seen = [max(sequences(first))]
    for argv in (["done", id[:8]], ["undo"], ["undo"]):
        assert call(*argv, "--yes").code == 0
        call.clock.at -= timedelta(days=365)
        found = call("calendar", "--titles")
        seen.append(max(sequences(found)))
        statuses = {str(one["UID"]): str(one["STATUS"]) for one in Calendar.from_ical(found.out).walk("VEVENT")}
        assert statuses == {str(event["UID"]): "CONFIRMED" if argv == ["undo"] and len(seen) == 3 else "CANCELLED"}
        assert (SECRET in found.out) == (len(seen) == 3)
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    "rule", ["FREQ=MINUTELY", "nonsense", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;COUNT=0"]
)
def test_a_rule_that_nobody_can_count_stands_once(call: Caller, rule: str) -> None:
    call.put("reminders", {"id": "reminder-0001", "on": True, "rule": rule, "next_at": "2026-11-10T23:00:00.000000Z"})
    code, out, _ = call("calendar")
    assert code == 0
    (event,) = events(out)
    assert "RRULE" not in event


def test_nothing_rings_in_quiet_hours_whenever_it_was_reckoned(call: Caller) -> None:
    fill(call)
    call.put("reminder_settings", {"id": "settings-0001", "quiet_from": 8, "quiet_to": 20})
    hours = [event.decoded("DTSTART") for event in events(call("calendar").out)]
    assert sorted(at.hour for at in hours) == [20, 20, 20, 20]
