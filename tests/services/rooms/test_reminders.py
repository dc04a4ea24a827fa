"""The room of reminders: what comes in words, everything done there, and "remind me" where a thing stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.home import read_home
from rchrp_goals.services.room import Place
from rchrp_goals.services.rooms.reading import read_room
from tests.services.desk import StillClock, put, sit
from tests.services.rooms.rooms import action, assert_sound, do, section

ROOM = Place("reminders")


def at(desk: Desk, *moment: int) -> None:
    assert isinstance(desk.clock, StillClock)
    year, month, day, hour = moment
    desk.clock.at = datetime(year, month, day, hour, tzinfo=UTC)


def added(desk: Desk, **answers: Any) -> str:
    said = do(desk, ROOM, "reminders.add", **{"text": "Write to Rosa", **answers})
    return said.at


def stands(desk: Desk, key: str) -> dict[str, Any]:
    return dict(desk.store.read().tables["reminders"][key.removeprefix("reminder:")])


def test_without_any_it_says_so_and_what_can_be_done(desk: Desk) -> None:
    view = read_room(desk, ROOM)
    assert view.about.startswith("A closed app cannot reach you.")
    assert view.sections[0].empty == desk.words.ui("reminders_room.empty")
    assert [one.id for one in view.actions] == ["reminders.add", "reminders.values", "reminders.pause"]
    assert_sound(view)


def test_one_is_added_in_plain_words_and_stands_there_in_words(desk: Desk) -> None:
    key = added(desk, often="each month", on="2027-01-31", hour="6 pm")
    record = stands(desk, key)
    assert record["rule"] == "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    (row,) = section(read_room(desk, ROOM), "What comes")
    assert (row.text, row.when, row.note) == ("Write to Rosa", "Sun 31 Jan 2027, 18:00", "each month")
    assert [one.id for one in row.actions] == ["thing.open", "reminder.stop"]


def test_what_is_left_as_it_stands_comes_once_in_a_week(desk: Desk) -> None:
    record = stands(desk, added(desk))
    assert record["next_at"] == "2026-11-12T09:00:00.000000Z"
    assert "rule" not in record


@pytest.mark.parametrize(
    ("name", "typed", "key"),
    [
        ("often", "every minute", "rule_too_often"),
        ("often", "now and then", "rule_not_read"),
        ("hour", "25", "hour_not_read"),
        ("on", "2026-11-04", "day_is_over"),
        ("on", "2046-11-04", "day_not_within"),
        ("text", "", "answer_wanted"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(desk: Desk, name: str, typed: str, key: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        added(desk, **{name: typed})
    assert (refused.value.key, refused.value.values["ask"]) == (key, name)
    assert not desk.store.read().records("reminders")


def test_one_that_was_put_off_stands_where_it_comes_now(desk: Desk) -> None:
    sit(desk)
    first = section(read_room(desk, ROOM), "What comes")[0]
    at(desk, 2026, 11, 12, 10)
    do(desk, ROOM, "thing.later", first.key, day="2026-12-20")
    rows = section(read_room(desk, ROOM), "What comes")
    assert [row.when for row in rows][:2] == ["Sat 5 Dec, 9:00", "Sun 20 Dec, 9:00"]
    assert rows[1].key == first.key


def test_the_dates_of_the_sitting_stand_there_and_are_changed_one_by_one(desk: Desk) -> None:
    sit(desk)
    rows = section(read_room(desk, ROOM), "What comes")
    assert [row.when for row in rows] == [
        "Thu 12 Nov, 9:00",
        "Sat 5 Dec, 9:00",
        "Wed 3 Feb 2027, 9:00",
        "Fri 5 Nov 2027, 9:00",
    ]
    said = do(desk, ROOM, "thing.later", rows[1].key, day="2026-11-30")
    assert "30 November" in said.sentence
    page = Place("reminders.one", rows[1].key.removeprefix("reminder:"))
    do(desk, page, "thing.open", "field:hour", hour="17")
    assert stands(desk, rows[1].key)["next_at"] == "2026-11-30T17:00:00.000000Z"
    do(desk, page, "thing.open", "field:often", often="each month")
    do(desk, page, "thing.open", "field:weekdays", weekdays=["TU"])
    do(desk, page, "thing.open", "field:counted_from", counted_from="done")
    do(desk, page, "thing.open", "field:zone", zone="america/new_york")
    record = stands(desk, rows[1].key)
    assert record["next_at"] == "2026-12-01T22:00:00.000000Z"  # the Tuesday after, at 17:00 in New York
    assert (record["weekdays"], record["counted_from"]) == (["TU"], "done")
    view = read_room(desk, page)
    assert view.about.startswith("It comes: Tue 1 Dec, 17:00. Then: ")
    assert [row.text for row in view.sections[0].rows] == [
        "each month", "Tuesday 1 December", "17:00", "each Tuesday", "the day on which you answered", "America/New_York",
    ]  # fmt: skip
    do(desk, page, "thing.open", "field:zone", zone=None)
    assert "zone" not in stands(desk, rows[1].key)
    assert_sound(view)


def test_one_that_has_come_is_answered_there(desk: Desk) -> None:
    key = added(desk, often="each week", on="2026-11-06")
    at(desk, 2026, 11, 6, 10)
    (row,) = section(read_room(desk, ROOM), "What comes")
    assert (row.when, row.is_due) == ("since Fri 6 Nov", True)
    assert [one.id for one in row.actions] == [
        "thing.open", "thing.done", "thing.later", "thing.not_now", "reminder.stop",
    ]  # fmt: skip
    do(desk, ROOM, "thing.done", key)
    assert stands(desk, key)["next_at"] == "2026-11-13T09:00:00.000000Z"


def test_one_that_asks_how_a_step_went_takes_words(desk: Desk) -> None:
    put(desk, "steps", id="step-1", text="Call Dee", state="done")
    asks = {"what": {"kind": "step", "id": "step-1"}, "words": "first_step", "on": True}
    put(desk, "reminders", id="reminder-1", next_at="2026-11-06T09:00:00.000000Z", **asks)
    key = "reminder:reminder-1"
    (row,) = section(read_room(desk, ROOM), "What comes")
    assert "reminder.went" not in [one.id for one in row.actions]  # it has not asked yet
    at(desk, 2026, 11, 6, 10)
    (row,) = section(read_room(desk, ROOM), "What comes")
    assert [one.id for one in row.actions][:3] == ["thing.open", "thing.done", "reminder.went"]
    assert_sound(read_room(desk, ROOM))
    do(desk, ROOM, "reminder.went", key, went="It went well.")
    assert desk.store.read().records("steps")[0]["went"] == "It went well."
    assert stands(desk, key)["on"] is False


def test_after_three_times_it_is_asked_whether_it_is_still_useful(desk: Desk) -> None:
    key = added(desk, often="once", on="2026-11-06")
    at(desk, 2026, 11, 9, 10)
    (row,) = section(read_room(desk, ROOM), "What comes")
    assert row.when == "for Fri 6 Nov · still useful?"
    assert [one.id for one in row.actions] == ["thing.open", "reminder.keep", "thing.later", "reminder.stop"]
    card = read_home(desk).card
    assert (card.kind, card.actions, card.when) == (
        "reminder", ("useful", "change", "stop"), "for Fri 6 Nov · still useful?",
    )  # fmt: skip
    said = do(desk, ROOM, "reminder.keep", key)
    assert said.sentence == "It stays. It comes next: Mon 16 Nov, 9:00."


def test_one_is_stopped_and_begins_again(desk: Desk) -> None:
    key = added(desk, often="on weekdays", on="2026-11-06")
    do(desk, ROOM, "reminder.stop", key)
    view = read_room(desk, ROOM)
    assert section(view, "What comes") == []
    (row,) = section(view, "At rest")
    assert (row.text, row.note) == ("Write to Rosa", "Monday to Friday")
    page = Place("reminders.one", key.removeprefix("reminder:"))
    assert read_room(desk, page).about == desk.words.ui("reminders_room.comes_no_more")
    said = do(desk, ROOM, "reminder.again", key, on="2026-11-14")
    assert said.sentence == "It comes again: Mon 16 Nov, 9:00."
    do(desk, page, "reminder.remove", "remove")
    with pytest.raises(ProblemError, match="not_there"):
        read_room(desk, page)


def test_all_rest_until_a_day_and_home_says_it_once(desk: Desk) -> None:
    added(desk, on="2026-11-06")
    do(desk, ROOM, "reminders.pause", until="2026-11-20")
    at(desk, 2026, 11, 7, 10)
    view = read_room(desk, ROOM)
    assert view.about == "Reminders rest until Fri 20 Nov. On that day they are back."
    home = read_home(desk)
    assert (home.card.kind, home.rest) == ("invitation", "Reminders rest until Fri 20 Nov.")
    do(desk, ROOM, "reminders.back")
    assert (read_home(desk).card.kind, read_home(desk).rest) == ("reminder", "")


def test_what_is_answered_most_is_offered(desk: Desk) -> None:
    view = read_room(desk, ROOM)
    _, often, *_ = action(view, "reminders.add").asks
    assert often.read is not None
    assert [often.read(one.words) for one in often.options] == [
        "",
        "FREQ=WEEKLY",
        "FREQ=MONTHLY",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    ]
    (until,) = action(view, "reminders.pause").asks
    assert [(one.id, one.words) for one in until.options] == [
        ("2026-11-12", "in a week"),
        ("2026-11-19", "in two weeks"),
        ("2026-12-05", "in a month"),
    ]
    days, _ = action(view, "reminders.values").asks
    assert [one.words for one in days.options] == ["30", "90", "180", "365"]


def test_quiet_hours_and_the_usual_hour(desk: Desk) -> None:
    do(desk, ROOM, "thing.change", "quiet", hours="10 pm to 8 am")
    do(desk, ROOM, "thing.change", "usual", hour="18", weekdays=["SA", "SU"])
    view = read_room(desk, ROOM)
    assert [row.text for row in section(view, "When they may come")] == [
        "22:00 to 8:00",
        "each Saturday and Sunday, 18:00",
    ]
    assert stands(desk, added(desk, on="2026-11-06"))["next_at"] == "2026-11-07T18:00:00.000000Z"
    do(desk, ROOM, "thing.change", "quiet", hours=None)
    assert section(read_room(desk, ROOM), "When they may come")[0].text == "none"


def test_it_says_only_the_ways_that_exist(desk: Desk) -> None:
    from rchrp_goals.arguments import COMMANDS

    rows = section(read_room(desk, ROOM), "Where they reach you")
    said = " ".join(row.text for row in rows)
    for name in ("due", "remind", "calendar", "hub"):
        assert (f"rchrp-goals {name}" in said) is (name in COMMANDS), name


def test_the_values_line_comes_again_in_so_many_days(desk: Desk) -> None:
    sit(desk)
    do(desk, Place("values"), "thing.remind", days="180", again="each")
    record = next(one for one in desk.store.read().records("reminders") if one.get("rule"))
    assert (record["what"], record["words"], record["counted_from"]) == ({"kind": "values"}, "values", "done")
    assert (record["rule"], record["next_at"][:10]) == ("FREQ=DAILY;INTERVAL=180", "2027-05-04")


def test_remind_me_stands_with_a_step_a_goal_and_an_activity(desk: Desk) -> None:
    goal = put(desk, "goals", id="goal-0001", title="Listen first", state="active")
    put(desk, "steps", id="step-0001", goal=goal, text="Write to the service", state="planned")
    put(desk, "learning", id="learn-0001", title="An evening", state="idea")
    do(desk, Place("goals.one", goal), "thing.remind", "about:content", on="2026-11-06")
    do(desk, Place("goals.one", goal), "thing.remind", "step:step-0001", on="2026-11-06")
    do(desk, Place("learning"), "thing.remind", "learning:learn-0001", on="2026-11-06")
    at(desk, 2026, 11, 6, 10)
    rows = glance.due_today(desk.store.read().tables, desk.clock.today(), desk.clock.now())
    assert {glance.wording_of(row, desk.words) for row in rows} == {
        "Your goal: Listen first", "Your step: Write to the service", "To learn: An evening",
    }  # fmt: skip
    for place in (Place("goals"), Place("goals.one", goal), Place("learning"), ROOM):
        assert_sound(read_room(desk, place))
    put(desk, "steps", id="step-0001", goal=goal, text="Write to the service", state="let_go")
    (row,) = section(read_room(desk, ROOM), "At rest")
    assert (row.text, row.note) == (
        "Your step: Write to the service", desk.words.ui("reminders_room.its_thing_is_over"),
    )  # fmt: skip


def test_every_action_has_words_in_both_languages(desk: Desk) -> None:
    added(desk, often="each week", on="2026-11-06")
    for language in ("en", "es"):
        desk.words = desk.words.to(language)
        view = read_room(desk, ROOM)
        row = section(view, desk.words.ui("reminders_room.heading"))[0]
        assert all(one.said(desk.words) for one in (*view.actions, *row.actions))
        assert action(view, "reminders.add").asks[1].value == desk.words.ui("reminders_room.often.once")


@pytest.mark.parametrize("weekdays", [10**30, True, "UTC", ["XX", 5, None], {"a": "b"}])
def test_days_of_the_week_that_are_none_are_left_out(desk: Desk, weekdays: Any) -> None:
    key = added(desk, often="each week", on="2026-11-06")
    record = stands(desk, key)
    put(desk, "reminders", **{**record, "weekdays": weekdays})
    view = read_room(desk, Place("reminders.one", record["id"]))
    row = view.row("field:weekdays")
    assert row is not None and row.text == desk.words.ui("reminders_room.often.any_day")
