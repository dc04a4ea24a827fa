"""Hours toward a renewal: in the room of learning, and on the rule's own page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services import renewal_changes as changes
from rchrp_goals.services.day_words import read_day
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.renewal import templates
from rchrp_goals.services.room import Bar, Place, read_answers
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.undoing import next_undo, undo
from rchrp_goals.store.plan_store import What
from tests.services.desk import StillClock, desk_in, put
from tests.services.rooms.rooms import action, assert_sound, do, section

ROOM, PAGE, CHOOSE = Place("learning"), Place("learning.renewal"), Place("learning.renewal", "choose")


def done(desk: Desk, title: str, on: str, hours: float, **more: Any) -> str:
    return put(desk, "learning", title=title, state="done", done_on=on, hours=hours, **more)


def choose(desk: Desk, template: str, **raw: Any) -> None:
    do(desk, PAGE, "renewal.choose", f"rule:{template}", **raw)


def rule(desk: Desk) -> dict[str, Any]:
    (record,) = desk.store.read().records("renewal")
    found: dict[str, Any] = record["rule"]
    return found


def words_in(desk: Desk) -> list[str]:
    view = read_room(desk, ROOM)
    at = next(at for at, one in enumerate(view.sections) if one.heading == "Toward renewal")
    return [row.text for row in view.sections[at + 1].rows]


# In the room


def test_without_a_rule_the_room_is_as_it_was_and_one_key_leads_to_it(desk: Desk) -> None:
    done(desk, "A talk", "2026-11-01", 2)
    view = read_room(desk, ROOM)
    assert "Toward renewal" not in [one.heading for one in view.sections]
    assert action(view, "learning.renewal").place == PAGE
    log = action(view, "learning.log")
    assert [ask.name for ask in log.asks] == ["title", "hours", "on"]


def test_bars_have_figures_and_the_rest_is_said(sample: Desk) -> None:
    rows = section(read_room(sample, ROOM), "Toward renewal")
    assert [(row.text, row.picture, row.said, row.spoken) for row in rows] == [
        ("in all", Bar(1350, 2400), "22.5 of 40", "In all: 22.5 hours of 40."),
        ("ethics", Bar(180, 360), "3 of 6", "Ethics: 3 hours of 6."),
        ("supervision", Bar(360, 1500), "6 of 25", "Supervision: 6 hours of 25."),
    ]
    assert words_in(sample) == [
        "Still open in all: 17.5 hours. Of these: 3 hours for ethics and 14.5 hours of any kind.",
        "Still open of supervision: 19 hours.",
        "Planned, not yet counted: 2 hours.",
        "Not yet given a category: Housing first, a webinar.",
        "The rule, as I wrote it down",
    ]
    assert_sound(read_room(sample, ROOM))


def test_more_than_the_rule_asks_is_said_and_no_bar_is_longer_than_its_whole(desk: Desk) -> None:
    choose(desk, "icrc_pr", cycle_start="2026-01-01")
    done(desk, "A course", "2026-02-01", 30, category="ETHICS")
    rows = section(read_room(desk, ROOM), "Toward renewal")
    assert [(row.picture, row.said) for row in rows] == [(Bar(1200, 1200), "30 of 20"), (Bar(360, 360), "30 of 6")]
    assert words_in(desk)[0] == "All the hours that the rule asks for are there."


def test_what_was_done_before_the_cycle_is_not_carried_over(desk: Desk) -> None:
    choose(desk, "icrc_pr", cycle_start="2024-11-05")
    done(desk, "Then", "2026-11-04", 5)
    done(desk, "Now", "2026-11-05", 2)
    view = read_room(desk, PAGE)
    assert view.about == "This cycle: 5 Nov 2026 to 4 Nov 2028."
    assert section(view, "Hours")[0].said == "2 of 20"
    assert section(view, "The cycle before")[0].text == (
        "5 Nov 2024 to 4 Nov 2026: 5 hours. They stay there: nothing is carried over."
    )


def test_a_cycle_that_begins_later_is_said_and_counts_from_then_on(desk: Desk) -> None:
    choose(desk, "icrc_pr", cycle_start="2027-01-01")
    done(desk, "Now", "2026-11-04", 2)
    view = read_room(desk, PAGE)
    assert view.about == ("The cycle begins on 1 Jan 2027 and ends on 31 Dec 2028. What is done from then on counts.")
    assert section(view, "Hours")[0].said == "0 of 20"


def test_a_clock_set_back_a_year_loses_nothing(sample: Desk) -> None:
    clock = sample.clock
    assert isinstance(clock, StillClock)
    before = sample.store.read().tables
    clock.at = datetime(2025, 11, 5, 12, tzinfo=UTC)
    view = read_room(sample, PAGE)
    assert "begins on" in view.about and section(view, "Hours")[0].said == "22.5 of 40"
    assert sample.store.read().tables == before


@pytest.mark.parametrize("other", [None, "", 3, [], {"x": 1}, "nowhere", -1.5, True, {"ethics": "x"}, "9999-12-31"])
def test_a_renewal_of_any_shape_is_shown(desk: Desk, other: Any) -> None:
    with desk.store.change(What("part_learning"), desk.clock.now()) as change:
        change.put("learning", {"title": "x", "state": "done", "done_on": other, "category": other, "hours": other})
        change.put("supervision", {"at": other, "minutes": other, "topics": other, "with": other})
        fields = ("name", "cycle_months", "total_hours", "minima", "supervision_hours", "note", "checked_on")
        change.put("renewal", {"rule": dict.fromkeys(fields, other), "cycle_start": other})
        change.put("renewal", {"rule": other})
    for place in (ROOM, PAGE, CHOOSE):
        assert_sound(read_room(desk, place))


# A rule


@pytest.mark.parametrize("minutes", [10**30, 60_001, -5, True, "60", []])
def test_supervision_of_no_length_that_can_be_counts_nowhere(sample: Desk, minutes: Any) -> None:
    before = words_in(sample)
    put(sample, "supervision", at="2026-11-02T16:00:00.000000Z", minutes=minutes)
    read_room(sample, PAGE)
    assert words_in(sample) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_to_begin_with_names_its_source_and_sends_to_the_board(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    done(desk, "A talk", "2026-11-01", 2)
    view = read_room(desk, PAGE)
    found = templates(desk.words)
    assert [one.name for one in found] == ["icrc_pr", "vermont_crc", "pennsylvania_crs", "pennsylvania_cps"]
    for one in found:
        row = view.row(f"rule:{one.name}")
        assert row is not None and one.rule["source"] in row.note and "2026" in row.note
        choose(desk, one.name, cycle_start="2026-01-01")
        assert rule(desk) == dict(one.rule) | {"approval": one.name == "vermont_crc"}
        page = read_room(desk, PAGE)
        assert desk.words.ui("renewal_room.page.rule_about") in [part.about for part in page.sections]
        with desk.store.change(What("part_learning"), desk.clock.now()) as change:
            change.remove("renewal", desk.store.read().records("renewal")[0]["id"])
    assert "2026" in view.about


def test_a_cycle_that_its_source_did_not_say_is_asked(desk: Desk) -> None:
    done(desk, "A talk", "2026-11-01", 2, category="ethics")
    (ask,) = [
        one
        for one in action(read_room(desk, PAGE), "renewal.choose", "rule:pennsylvania_crs").asks
        if one.kind == "line"
    ]
    assert (ask.name, ask.value) == ("cycle_months", None)
    choose(desk, "pennsylvania_crs")
    view = read_room(desk, PAGE)
    assert view.about.startswith("How long a cycle is, or when it began, is not written down.")
    assert [row.said for row in section(view, "Hours")] == ["2 of 30", "2 of 6", "0 of 3"]
    do(desk, PAGE, "thing.open", "rule:cycle_months", cycle_months="2 años")
    do(desk, PAGE, "thing.open", "rule:cycle_start", cycle_start="2026-11-02")
    view = read_room(desk, PAGE)
    assert view.about == "This cycle: 2 Nov 2026 to 1 Nov 2028."
    assert section(view, "Hours")[0].said == "0 of 30"


def test_each_figure_of_a_rule_is_changed_and_taken_away(desk: Desk) -> None:
    choose(desk, "own", name="My board", cycle_months="3 years", total_hours="45", cycle_start="2026-01-31")
    said = {"total_hours": "60", "supervision_hours": "12,5", "note": "a fee", "source": "the leaflet", "name": "Ours"}
    for name, value in said.items():
        do(desk, PAGE, "thing.open", f"rule:{name}", **{name: value})
    do(desk, PAGE, "thing.open", "rule:approval", approval="yes")
    do(desk, PAGE, "renewal.checked", "rule:checked_on")
    assert rule(desk) == {
        "name": "Ours", "cycle_months": 36, "total_hours": 60, "minima": {}, "supervision_hours": 12.5,
        "approval": True, "note": "a fee", "source": "the leaflet", "checked_on": "2026-11-05",
    }  # fmt: skip
    for name in said:
        do(desk, PAGE, "thing.open", f"rule:{name}", **{name: ""})
    assert set(rule(desk)) == {"cycle_months", "minima", "approval", "checked_on"}


@pytest.mark.parametrize(
    ("name", "typed", "problem"),
    [
        ("total_hours", "-3", "hours_out_of_range"),
        ("total_hours", "10,000", "hours_not_read"),
        ("supervision_hours", "10000", "hours_out_of_range"),
        ("cycle_months", "0", "months_not_read"),
        ("cycle_months", "11 years", "months_not_read"),
        ("cycle_months", "soon", "months_not_read"),
        ("cycle_start", "2028-01-01", "cycle_start_far"),
        ("checked_on", "2026-11-06", "day_not_behind"),
    ],
)
def test_a_figure_that_cannot_be_is_said_of_its_field(desk: Desk, name: str, typed: str, problem: str) -> None:
    choose(desk, "icrc_pr")
    before = rule(desk)
    with pytest.raises(AnswerRefused, match=problem) as refused:
        do(desk, PAGE, "thing.open", f"rule:{name}", **{name: typed})
    assert refused.value.values["ask"] == name and rule(desk) == before


def test_a_category_takes_along_what_counts_toward_it(desk: Desk) -> None:
    choose(desk, "icrc_pr", cycle_start="2026-01-01")
    id = done(desk, "A talk", "2026-11-01", 2, category="Ethics")
    do(desk, PAGE, "thing.open", "category:ethics", name="law and ethics", hours="8")
    assert rule(desk)["minima"] == {"law and ethics": 8}
    assert (desk.store.read().get("learning", id) or {})["category"] == "law and ethics"
    waiting = next_undo(desk.store, desk.words)
    assert waiting is not None and waiting.words == "a category of the renewal rule"
    undo(desk.store, desk.words, desk.clock.now())
    assert rule(desk)["minima"] == {"ethics": 6}
    assert (desk.store.read().get("learning", id) or {})["category"] == "Ethics"
    do(desk, PAGE, "thing.open", "category", name="listening", hours="2")
    with pytest.raises(AnswerRefused, match="category_there"):
        do(desk, PAGE, "thing.open", "category", name="LISTENING", hours="3")
    do(desk, PAGE, "renewal.remove_category", "category:ethics")
    assert rule(desk)["minima"] == {"listening": 2}


def test_another_rule_takes_the_place_of_the_first_and_one_goes_while_hours_stay(desk: Desk) -> None:
    done(desk, "A talk", "2026-11-01", 2)
    choose(desk, "icrc_pr")
    (first,) = desk.store.read().records("renewal")
    do(desk, CHOOSE, "renewal.choose", "rule:vermont_crc")
    (record,) = desk.store.read().records("renewal")
    assert (record["id"], record["rule"]["template"]) == (first["id"], "vermont_crc")
    assert do(desk, PAGE, "renewal.remove", "remove").place == ROOM
    assert desk.store.read().records("renewal") == [] and len(desk.store.read().records("learning")) == 1
    with pytest.raises(ProblemError, match="not_there"):
        changes.remove_rule(desk.store, desk.clock.now())


# A category for an activity


def test_an_activity_is_given_a_category_of_the_rule_or_own_words(sample: Desk) -> None:
    (row,) = section(read_room(sample, PAGE), "Not yet given a category")
    do(sample, PAGE, "thing.open", row.key, category="ethics")
    assert section(read_room(sample, ROOM), "Toward renewal")[1].said == "4.5 of 6"
    one = Place("learning.one", row.key.removeprefix("without:"))
    do(sample, one, "thing.open", "field:category", own="housing")
    assert section(read_room(sample, ROOM), "Toward renewal")[1].said == "3 of 6"
    asked = action(read_room(sample, one), "thing.open", "field:category").asks[0]
    assert (asked.value, [option.id for option in asked.options]) == (
        "housing", ["ethics", "other hours", "housing", ""],
    )  # fmt: skip
    do(sample, one, "thing.open", "field:category", category="")
    assert len(section(read_room(sample, PAGE), "Not yet given a category")) == 1


@pytest.mark.parametrize("typed", ["supervision", "Supervisión", " SUPERVISION "])
def test_supervision_is_no_category(sample: Desk, typed: str) -> None:
    (row,) = section(read_room(sample, PAGE), "Not yet given a category")
    with pytest.raises(AnswerRefused, match="category_is_supervision") as refused:
        do(sample, PAGE, "thing.open", row.key, own=typed)
    assert refused.value.values["ask"] == "own"


def test_logging_and_finishing_ask_for_the_category_once_a_rule_names_some(desk: Desk) -> None:
    choose(desk, "icrc_pr", cycle_start="2026-01-01")
    do(desk, ROOM, "learning.log", title="A talk", hours="2", category="ethics")
    planned = put(desk, "learning", title="An evening", state="planned", planned_for="2026-11-20", hours=1)
    said = do(desk, ROOM, "thing.done", on="2026-11-04", category="other hours")
    assert said.sentence == "Done, before the day that was planned for it. That is kept."
    records = {one["title"]: one for one in desk.store.read().records("learning")}
    assert [records[title]["category"] for title in ("A talk", "An evening")] == ["ethics", "other hours"]
    assert read_room(desk, Place("learning.one", planned)).about == "Done: Wed 4 Nov, before the day that was planned."


# Supervision


def test_supervision_is_kept_listed_changed_and_removed_and_is_no_learning(desk: Desk) -> None:
    choose(desk, "vermont_crc", cycle_start="2026-01-01")
    said = do(
        desk, PAGE, "learning.supervision", minutes="1h30", on="2026-11-02", **{"with": "Marcus"}, topics="a lift"
    )
    assert said.sentence == "Kept: 1 hour 30 minutes of supervision."
    (row,) = section(read_room(desk, PAGE), "Supervision held")
    assert (row.when, row.text, row.note) == ("Mon 2 Nov", "1 hour 30 minutes, with Marcus", "a lift")
    rows = section(read_room(desk, ROOM), "Toward renewal")
    assert [rows[0].said, rows[-1].said] == ["0 of 20", "1.5 of 20"]
    do(desk, PAGE, "thing.change", row.key, minutes="45 min", topics="")
    (record,) = desk.store.read().records("supervision")
    assert (record["minutes"], record["with"]) == (45, "Marcus") and "topics" not in record
    do(desk, PAGE, "supervision.remove", row.key)
    assert section(read_room(desk, PAGE), "Supervision held") == []
    undo(desk.store, desk.words, desk.clock.now())
    assert len(section(read_room(desk, PAGE), "Supervision held")) == 1


@pytest.mark.parametrize(
    ("raw", "problem", "field"),
    [
        ({"minutes": "-3"}, "hours_out_of_range", "minutes"),
        ({"minutes": "10000"}, "hours_out_of_range", "minutes"),
        ({"minutes": "1", "on": "2026-11-06"}, "day_not_behind", "on"),
        ({}, "answer_wanted", "minutes"),
    ],
)
def test_supervision_that_cannot_be_is_said(desk: Desk, raw: dict[str, str], problem: str, field: str) -> None:
    done(desk, "A talk", "2026-11-01", 2)
    with pytest.raises(AnswerRefused, match=problem) as refused:
        do(desk, PAGE, "learning.supervision", **raw)
    assert refused.value.values["ask"] == field and desk.store.read().records("supervision") == []


def test_supervision_of_today_is_not_ahead_of_now(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.at = datetime(2026, 11, 5, 8, tzinfo=UTC)
    do(desk, PAGE, "learning.supervision", minutes="1h")
    (record,) = desk.store.read().records("supervision")
    assert record["at"].startswith("2026-11-05T08:00")


def test_a_first_day_without_a_year_lies_behind_and_one_with_a_year_may_lie_ahead(desk: Desk) -> None:
    done(desk, "A talk", "2026-11-01", 2)
    (ask,) = [one for one in action(read_room(desk, PAGE), "renewal.choose", "rule:icrc_pr").asks if one.kind == "date"]
    for typed, day in (("1 April", date(2026, 4, 1)), ("1 abr 2027", date(2027, 4, 1)), ("31 dic", date(2025, 12, 31))):
        read = read_day(typed, desk.clock.today(), is_behind=ask.is_read_behind).day
        assert read_answers((ask,), {ask.name: read}, desk.clock.today())[ask.name] == day
    with pytest.raises(AnswerRefused, match="cycle_start_far"):
        read_answers((ask,), {ask.name: date(2028, 1, 1)}, desk.clock.today())


def test_of_two_rules_that_two_copies_brought_one_stays_and_both_go(desk: Desk) -> None:
    for name in ("Mine", "The other"):
        put(desk, "renewal", rule={"name": name})
    do(desk, CHOOSE, "renewal.choose", "rule:icrc_pr")
    assert rule(desk)["template"] == "icrc_pr"
    put(desk, "renewal", rule={"name": "The other"})
    do(desk, PAGE, "renewal.remove", "remove")
    assert desk.store.read().records("renewal") == []
