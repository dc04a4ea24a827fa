"""The room of learning, one activity's page and one area's page: what stands there, and what is done there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services.actions import ACTIONS
from rchrp_goals.services.demo import make
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.room import Action, Bar, Place, RoomView, Row, Said, Section, read_answers
from rchrp_goals.services.rooms.learning_one import FIELDS
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.store.plan_store import What
from tests.services.desk import StillClock, desk_in, put

ROOM = Place("learning")
AREA = {"area": "Words", "created_at": "2026-11-01T10:00:00.000000Z"}


def rows(view: RoomView) -> dict[str, Row]:
    found = {row.key: row for section in view.sections for row in section.rows if row.key}
    return found | ({view.card.key: view.card} if view.card is not None else {})


def section(view: RoomView, heading: str) -> Section:
    return next(one for one in view.sections if one.heading == heading)


def headings(view: RoomView) -> list[str]:
    return [one.heading for one in view.sections]


def action(where: Row | RoomView, id: str) -> Action:
    return next(one for one in where.actions if one.id == id)


def do(desk: Desk, what: Action, **said: Any) -> Said:
    """Answer what an action asks, what stands where nothing is said, and do it."""
    raw = {ask.name: said.get(ask.name, ask.value) for ask in what.asks}
    assert what.change is not None
    return what.change(desk, read_answers(what.asks, raw, desk.clock.today()))


# What stands there


def test_an_empty_room_asks_one_thing_and_leads_to_it(desk: Desk) -> None:
    view = read_room(desk, ROOM)
    assert view.card is not None
    assert (view.card.text, view.card.note) == (
        "What would you like to learn more about?",
        "One thing, chosen by you, is enough to go on with.",
    )
    question = action(view.card, "learning.area").question
    assert question is not None and (question.module, question.key) == ("learning", "focus")
    assert headings(view) == ["Two places near me to point someone to"]
    pages = ["learning.practice", "learning.reflections"]
    assert [one.id for one in view.actions] == ["learning.log", "learning.place", *pages]


def test_a_full_room_says_what_is_next_what_was_done_and_how_long(sample: Desk) -> None:
    view = read_room(sample, ROOM)
    assert view.card is not None and view.card.text.startswith("Naloxone and drug checking")
    assert [one.id for one in view.card.actions] == ["thing.done", "thing.later", "thing.not_now", "thing.change"]
    done = section(view, "Done")
    assert (done.columns, done.when_first) == (("hours", "focus area"), True)
    assert (done.rows[0].text, done.rows[0].cells[0]) == ("Housing first, a webinar", "1.5")
    hours = section(view, "Hours")
    assert sum(row.picture.part for row in hours.rows if isinstance(row.picture, Bar)) == 22.5 * 60
    assert [row.said for row in hours.rows] == ["3 of 22.5", "19.5 of 22.5"]
    where = [(row.title, row.when, row.text) for row in section(view, "Where I am, in my own view").rows[:6]]
    assert where[0][0] == "Drug checking, and what to do with a result"
    assert where[1][1:] == ("knowledge", "finding my feet") and where[5][1:] == ("skills", "not looked at yet")


def test_a_single_area_has_its_hours_in_words_and_no_bar(desk: Desk) -> None:
    area = put(desk, "focus", **AREA)
    put(desk, "learning", title="A talk", state="done", done_on="2026-11-01", hours=1.5, focus=area)
    (row,) = section(read_room(desk, ROOM), "Hours").rows
    assert (row.text, row.note, row.picture) == ("Words", "1.5 hours", None)


def test_what_is_next_is_the_next_day_that_was_not_put_off(desk: Desk) -> None:
    put(desk, "learning", title="Later on", state="planned", planned_for="2026-12-02")
    first = put(desk, "learning", title="Behind us", state="planned", planned_for="2026-11-03")
    card = read_room(desk, ROOM).card
    assert card is not None and (card.text, card.is_due) == ("Behind us", True)
    assert card.when == "planned for Tue 3 Nov · still wanted?"
    do(desk, action(card, "thing.not_now"))
    view = read_room(desk, ROOM)
    assert view.card is not None and view.card.text == "Later on"
    assert [row.key for row in section(view, "Coming").rows] == [f"learning:{first}"]
    do(desk, action(card, "thing.later"), day="2026-12-24")
    view = read_room(desk, ROOM)
    assert [row.when for row in section(view, "Coming").rows] == ["Thu 24 Dec"]
    assert view.card is not None
    do(desk, action(view.card, "thing.later"), day="2026-12-26")
    card = read_room(desk, ROOM).card
    assert card is not None and (card.text, card.when) == ("Behind us", "Thu 24 Dec")


def test_what_is_under_way_stands_first_where_nothing_has_a_day(desk: Desk) -> None:
    put(desk, "learning", title="An idea", state="idea")
    view = read_room(desk, ROOM)
    assert view.card is not None and not view.card.actions and view.card.text == "Nothing has a day just now."
    id = put(desk, "learning", title="Six evenings", state="under_way")
    view = read_room(desk, ROOM)
    assert view.card is not None and (view.card.key, view.card.when) == (f"learning:{id}", "under way")
    assert "learning.plan" in [one.id for one in view.card.actions]


@pytest.mark.parametrize("days", [0, 1, 200])
def test_a_place_says_when_it_was_seen_to_be_right(desk: Desk, days: int) -> None:
    do(desk, action(read_room(desk, ROOM), "learning.place"), name="The van", what_for="syringes")
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.at = datetime.fromordinal(clock.at.toordinal() + days).replace(hour=12, tzinfo=UTC)
    (row,) = section(read_room(desk, ROOM), "Two places near me to point someone to").rows
    said = {
        0: "syringes · checked: today",
        1: "syringes · checked: Thu 5 Nov",
        200: "syringes · checked: Thu 5 Nov 2026 · still so?",
    }
    assert row.note == said[days]
    do(desk, action(row, "place.check"))
    (row,) = section(read_room(desk, ROOM), "Two places near me to point someone to").rows
    assert row.note == said[0]
    do(desk, action(row, "place.remove"))
    assert section(read_room(desk, ROOM), "Two places near me to point someone to").rows == ()


def test_many_areas_have_a_line_each(desk: Desk) -> None:
    for name in ("Words", "Services", "Listening"):
        put(desk, "focus", area=name, skills="doing_it")
    where = section(read_room(desk, ROOM), "Where I am, in my own view").rows
    assert [row.note for row in where] == ["skills: doing it"] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_heard_in_the_language(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    make(desk.places, desk.words, desk.clock)
    figures = "1.5"
    view = read_room(desk, ROOM)
    done = section(view, desk.words.ui("learning_room.section.done"))
    assert done.rows[0].cells[0] == figures
    for row in rows(view).values():
        assert row.text or row.title


# What is done there


def test_hours_are_logged_with_their_day_and_area(desk: Desk) -> None:
    area = put(desk, "focus", **AREA)
    log = action(read_room(desk, ROOM), "learning.log")
    said = do(desk, log, title="A webinar", hours="1,5", on="2026-11-02", focus=area)
    (record,) = desk.store.read().records("learning")
    assert said.at == f"learning:{record['id']}"
    assert {key: record[key] for key in ("title", "hours", "done_on", "focus", "state")} == {
        "title": "A webinar", "hours": 1.5, "done_on": "2026-11-02", "focus": area, "state": "done",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "problem", "field"),
    [
        ({"title": "x", "hours": "-3"}, "hours_out_of_range", "hours"),
        ({"title": "x", "hours": "10,000"}, "hours_not_read", "hours"),
        ({"title": "x", "hours": "10000"}, "hours_out_of_range", "hours"),
        ({"title": "x", "hours": "2", "on": "2026-11-06"}, "day_not_behind", "on"),
        ({"title": " ", "hours": "2"}, "answer_wanted", "title"),
    ],
)
def test_what_cannot_be_is_said_of_its_own_field(desk: Desk, said: dict[str, str], problem: str, field: str) -> None:
    with pytest.raises(AnswerRefused, match=problem) as refused:
        do(desk, action(read_room(desk, ROOM), "learning.log"), **said)
    assert refused.value.values["ask"] == field and not desk.store.read().exists


def test_done_takes_the_day_for_which_it_was_planned(desk: Desk) -> None:
    id = put(desk, "learning", title="A talk", state="planned", planned_for="2026-11-03", hours=2)
    card = read_room(desk, ROOM).card
    assert card is not None
    do(desk, action(card, "thing.done"), learned="Much.")
    record = desk.store.read().get("learning", id)
    assert record is not None
    assert (record["state"], record["done_on"], record["hours"], record["learned"]) == (
        "done", "2026-11-03", 2, "Much.",
    )  # fmt: skip


def test_adding_is_the_sittings_question_where_the_area_is_clear_and_asks_which_where_it_is_not(desk: Desk) -> None:
    area = put(desk, "focus", **AREA)
    question = action(read_room(desk, ROOM), "learning.add").question
    assert question is not None and question.ids == {"focus": area}
    one = OneQuestion(desk, question.module, question.key, question.ids, is_later=question.is_later)
    one.answer({"title": "An evening", "planned_for": None})
    one.finish_part()
    (record,) = desk.store.read().records("learning")
    assert (record["focus"], record["state"]) == (area, "idea") and one.current is None
    other = put(desk, "focus", area="Services")
    do(desk, action(read_room(desk, ROOM), "learning.add"), title="A visit", day="2026-11-20", focus=other)
    record = desk.store.read().records("learning")[1]
    assert (record["title"], record["focus"], record["planned_for"], record["state"]) == (
        "A visit", other, "2026-11-20", "planned",
    )  # fmt: skip


def test_a_further_area_is_a_new_one(desk: Desk) -> None:
    put(desk, "focus", **AREA)
    question = action(read_room(desk, ROOM), "learning.area").question
    assert question is not None
    one = OneQuestion(desk, question.module, question.key, question.ids, is_later=question.is_later)
    one.answer({"area": {"bank": None, "text": "Services near me"}})
    one.finish_part()
    assert [record["area"] for record in desk.store.read().records("focus")] == ["Words", "Services near me"]


# One activity


SAID: dict[str, Any] = {
    "title": "A longer talk", "planned_for": "2026-11-20", "done_on": "2026-11-04", "hours": "2,25",
    "learned": "To wait.\nAnd to ask.", "with_whom": "Dee", "provider": "the library", "kind": "talk",
    "participatory": "yes", "category": "ethics", "evidence": "/home/ana/certificate.pdf",
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_an_activity_is_written_changed_and_taken_away(desk: Desk, name: str) -> None:
    area, goal = put(desk, "focus", **AREA), put(desk, "goals", title="A goal", state="active")
    id = put(desk, "learning", title="A talk", state="done", done_on="2026-11-01")
    page = Place("learning.one", id)
    said = {**SAID, "focus": area, "goal": goal}[name]
    (change,) = rows(read_room(desk, page))[f"field:{name}"].actions
    do(desk, change, **{change.asks[0].name: said})
    kept = (desk.store.read().get("learning", id) or {})[name]
    assert kept == {**SAID, "focus": area, "goal": goal, "hours": 2.25, "participatory": True}[name]
    row = rows(read_room(desk, page))[f"field:{name}"]
    assert row.when and row.text and row.spoken
    if change.asks[0].is_optional:
        do(desk, row.actions[0], **{change.asks[0].name: ""})
        assert name not in (desk.store.read().get("learning", id) or {})


@pytest.mark.parametrize("state", ["idea", "planned", "under_way", "done", "let_go"])
def test_a_page_offers_what_fits_its_state_and_nothing_else(desk: Desk, state: str) -> None:
    id = put(desk, "learning", title="A talk", state=state, planned_for="2026-11-20")
    offered = [one.id for one in read_room(desk, Place("learning.one", id)).actions]
    still = ["thing.done", "learning.plan", "learning.begin", "learning.let_go", "thing.remind"]
    expected = {"under_way": [one for one in still if one != "learning.begin"]}
    reflects = ["learning.reflect"] if state in {"done", "under_way"} else []
    wanted = ["learning.take_up"] if state in {"done", "let_go"} else expected.get(state, still)
    assert offered == [*wanted, *reflects]


def test_a_removed_activity_has_no_page_and_one_goes_back_to_the_room(desk: Desk) -> None:
    id = put(desk, "learning", title="A talk", state="idea")
    remove = rows(read_room(desk, Place("learning.one", id)))["remove"].actions[0]
    assert remove.confirm
    assert do(desk, remove).place == ROOM
    with pytest.raises(ProblemError, match="not_there"):
        read_room(desk, Place("learning.one", id))


# One area


def test_an_areas_page_has_its_sides_its_activities_and_its_hours(sample: Desk) -> None:
    area = next(one for one in sample.store.read().records("focus") if one["area"].startswith("What to say"))
    page = Place("learning.area", area["id"])
    view = read_room(sample, page)
    assert (view.title, view.about) == ("What to say next", "3 hours so far")
    assert [row.text for row in section(view, "Done").rows] == ["Boundaries and dual roles"]
    side = rows(view)["side:skills"]
    assert (side.when, side.text) == ("skills", "finding my feet")
    do(sample, side.actions[0], at="doing_it")
    assert rows(read_room(sample, page))["side:skills"].text == "doing it"
    do(sample, side.actions[0], at="")
    assert rows(read_room(sample, page))["side:skills"].text == "not looked at yet"
    do(sample, rows(view)["area"].actions[0], area="What to ask next")
    view = read_room(sample, page)
    assert view.title == "What to ask next"
    do(sample, rows(view)["remove"].actions[0])
    with pytest.raises(ProblemError, match="not_there"):
        read_room(sample, page)


# What holds of every page


def test_no_key_means_two_things(sample: Desk) -> None:
    plan = sample.store.read()
    places = [ROOM, *(Place("learning.one", one["id"]) for one in plan.records("learning"))]
    places += [Place("learning.area", one["id"]) for one in plan.records("focus")]
    for place in places:
        view = read_room(sample, place)
        for row in rows(view).values():
            keys = [one.key for one in (*row.actions, *view.actions) if one.key]
            assert len(keys) == len(set(keys)), (place, row.text, keys)
            assert not set(keys) & {"g", "u", "q", "slash"}
            assert all(one.id in ACTIONS and one.said(sample.words) for one in row.actions)


@pytest.mark.parametrize("state", ["idea", "planned", "under_way", "done", "let_go", "newer", 3, None])
@pytest.mark.parametrize("other", [None, "", 3, [], {"x": 1}, "nowhere", -1.5])
def test_a_plan_of_any_shape_is_shown(desk: Desk, state: Any, other: Any) -> None:
    fields = {name: other for name in (*FIELDS, "planned_for") if name != "title"}
    with desk.store.change(What("part_learning"), desk.clock.now()) as change:
        change.put("learning", {**fields, "title": "[red]x[/] {0}", "state": state})
        change.put("focus", {"area": "Words", "skills": other})
        change.put("resources", {"name": "The van", "what_for": other, "checked_on": other})
    view = read_room(desk, ROOM)
    for record in desk.store.read().records("learning"):
        read_room(desk, Place("learning.one", record["id"]))
    assert view.title == "My learning"
