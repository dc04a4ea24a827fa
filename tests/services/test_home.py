"""What stands on Home: the one thing first, the lists, and the questions that can wait."""

from __future__ import annotations

import gc
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rchrp_goals.cli_commands import open_face
from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.guide.structure import load, parts_of_last_day
from rchrp_goals.plan.sharing import what_leaves
from rchrp_goals.plan.text import room_id
from rchrp_goals.services import capture, waiting
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.home import AT_ONCE, FIRST_WEEK, begin_words, home_of, opening_of, read_home
from rchrp_goals.services.home_chores import close_days_that_are_over
from rchrp_goals.services.later import ANOTHER_DAY, ORDER, LaterQuestion, open_way, put_off, waiting_question
from rchrp_goals.services.later_ways import BEFORE, WAYS, waiting_ways
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.place import Place
from rchrp_goals.services.rooms.step_went import answer_action
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.spoken_of import place_spoken_of
from rchrp_goals.services.undoing import undo
from rchrp_goals.services.values_changes import Name, look_back
from rchrp_goals.store.plan_store import What
from tests.services.desk import StillClock, desk_in, say, sit


@pytest.fixture
def sat(desk: Desk) -> Desk:
    """A desk after a whole sitting."""
    sit(desk).finish_plan()
    return desk


def move(desk: Desk, days: int) -> None:
    assert isinstance(desk.clock, StillClock)
    desk.clock.at += timedelta(days=days)


def put(desk: Desk, table: str, record: dict[str, Any]) -> None:
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put(table, record)


def waits(desk: Desk) -> LaterQuestion | None:
    return waiting_question(desk.store.read().tables, desk.words, desk.clock.today())


def need(desk: Desk) -> LaterQuestion:
    question = waits(desk)
    assert question is not None
    return question


def step_of(desk: Desk) -> dict[str, Any]:
    return desk.store.read().records("steps")[0]


# The one thing first


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_plan_home_invites_to_the_last_day(tmp_path: Path, language: str) -> None:
    view = read_home(desk_in(tmp_path, language))
    assert view.card.kind == "invitation" and view.card.actions == ("begin_last_day", "begin_day_one")
    assert not view.has_plan and view.question is None
    assert (view.goals, view.inbox, view.soon) == ((), (), ())


def test_after_day_one_home_invites_to_the_last_day_alone(desk: Desk) -> None:
    sit(desk, "day-one")
    view = read_home(desk)
    assert view.card.actions == ("begin_last_day",)
    assert view.conversations == ("last-day", "goals", "values", "learning")


def test_a_conversation_that_was_paused_comes_before_everything(sat: Desk) -> None:
    sitting = Sitting(sat, "goals")
    say(sitting)
    sitting.keep()
    view = read_home(sat)
    assert (view.card.kind, view.card.name, view.card.actions) == ("draft", "goals", ("go_on", "not_now"))
    assert view.card.about == sat.words.ui("home.paused_in", part="Goal")
    assert view.question is None
    aside = read_home(sat, is_draft_first=False)
    assert aside.card.kind == "step" and aside.waiting == view.waiting
    assert begin_words(aside, sat.words)[0] == ("goals", sat.words.ui("home.paused"), "")


@pytest.mark.parametrize("part", [*parts_of_last_day(), "plan"])
def test_a_sitting_that_was_paused_says_in_which_part(desk: Desk, part: str) -> None:
    sitting = Sitting(desk, "last-day")
    while sitting.part != part:
        sitting.finish_part() if sitting.is_part_over else say(sitting)
    sitting.keep()
    card = read_home(desk).card
    assert card.name == "last-day"
    title = desk.words.ui("parts.plan") if part == "plan" else desk.words.module(part)["title"]
    assert card.about == desk.words.ui("home.paused_in", part=title)


def test_a_sitting_whose_place_cannot_be_read_still_waits(desk: Desk) -> None:
    desk.drafts.write("last-day", {"part": "[b]nowhere"})
    card = read_home(desk).card
    assert (card.kind, card.about) == ("draft", "")


def test_the_next_step_stands_with_its_moment_its_goal_and_its_day(sat: Desk) -> None:
    card = read_home(sat).card
    assert (card.kind, card.text, card.id) == ("step", "Write to the service", step_of(sat)["id"])
    assert card.moment == "right after the team meeting"
    assert card.about == "for Shadow three syringe service shifts"
    assert card.when == "Mon 9 Nov" and not card.is_due
    assert card.actions == ("done", "later", "not_now", "change")


@pytest.mark.parametrize(
    ("days", "when", "is_due"),
    [(3, "tomorrow", False), (4, "today", True), (9, "planned for Mon 9 Nov · still wanted?", True)],
)
def test_a_day_that_has_come_is_asked_about_and_never_counted(sat: Desk, days: int, when: str, is_due: bool) -> None:
    move(sat, days)
    card = read_home(sat).card
    assert (card.when, card.is_due) == (when, is_due)


def test_a_reminder_about_values_leads_to_the_values_line(sat: Desk) -> None:
    capture.mark_done(sat.store, "step", step_of(sat)["id"], sat.clock.today(), sat.clock.now())
    for record in sat.store.read().records("learning"):
        capture.mark_done(sat.store, "learning", record["id"], sat.clock.today(), sat.clock.now())
    move(sat, 400)
    seen = {}
    for _ in range(8):
        card = read_home(sat).card
        if card.kind == "nothing":
            break
        seen[card.text] = card
        capture.mark_done(sat.store, card.kind, card.id, sat.clock.today(), sat.clock.now())
    assert seen["The values line again"].actions[-1] == "values"
    assert "open" not in seen["The values line again"].actions  # beginning it is the way to it
    assert "open" in seen["Look at your plan again"].actions
    assert "open" in seen["Look at this goal again: Shadow three syringe service shifts"].actions
    assert "values" not in seen["Look at your plan again"].actions
    assert seen["Look at your plan again"].when == "for Sat 5 Dec 2026 · still useful?"


def asked_how_it_went(desk: Desk, state: str = "done") -> None:
    """Let a reminder ask how a step went; nothing else waits."""
    put(desk, "steps", {"id": "step-1", "text": "Call Dee", "state": state})
    put(desk, "reminders", {"id": "reminder-1", "what": {"kind": "step", "id": "step-1"}, "words": "first_step",
                            "on": True, "next_at": "2026-11-05T09:00:00.000000Z"})  # fmt: skip


@pytest.mark.parametrize("state", ["done", "planned"])
def test_how_a_step_went_is_answered_in_words_and_kept_with_the_step(desk: Desk, state: str) -> None:
    asked_how_it_went(desk, state)
    card = read_home(desk).card
    assert (card.text, card.actions) == (
        "How did the step go? Call Dee", ("done", "went", "later", "not_now", "open", "stop"),
    )  # fmt: skip
    action = answer_action(desk, card.id)
    assert action.change is not None and action.about == "Call Dee"
    with pytest.raises(AnswerRefused):
        action.change(desk, {"went": "  "})
    before = desk.store.read().generation
    action.change(desk, {"went": "She laughed, and I did too."})
    plan = desk.store.read()
    step = plan.get("steps", "step-1")
    assert step is not None and (step["went"], step["state"]) == ("She laughed, and I did too.", state)
    assert plan.generation == before + 1 and read_home(desk).card.kind != "reminder"
    assert "went" not in repr(what_leaves(plan.tables))
    undo(desk.store, desk.words, desk.clock.now())
    assert read_home(desk).card == card and "went" not in desk.store.read().records("steps")[0]


def test_where_no_step_is_asked_about_no_words_are_asked_for(desk: Desk) -> None:
    asked_how_it_went(desk)
    reminder = desk.store.read().records("reminders")[0]
    put(desk, "reminders", {**reminder, "what": {"kind": "plan"}})
    card = read_home(desk).card
    assert card.kind == "reminder" and "went" not in card.actions


def test_only_what_asks_how_a_step_went_is_answered_so(desk: Desk) -> None:
    asked_how_it_went(desk)
    put(desk, "reminders", {"id": "reminder-1", "what": {"kind": "plan"}, "words": "look_again", "on": True,
                            "next_at": "2026-11-05T09:00:00.000000Z"})  # fmt: skip
    assert "went" not in read_home(desk).card.actions
    with pytest.raises(ProblemError, match="not_there"):
        answer_action(desk, "reminder-1")


@pytest.mark.parametrize(
    ("what", "place"),
    [
        (("plan", ""), Place("plan")),
        (("values", ""), Place("values")),
        (("check_in", ""), Place("check_in")),
        (("goal", "goal-1"), Place("goals.one", "goal-1")),
        (("step", "step-1"), Place("goals.one", "goal-1")),
        (("step", "step-2"), Place("goals")),
        (("learning", "learning-1"), Place("learning.one", "learning-1")),
        (("goal", "gone"), None),
        (("learning", "gone"), None),
        (("step", "gone"), None),
        (("else", "x"), None),
        (("reminder", "reminder-1"), None),
    ],
)
def test_what_a_reminder_speaks_of_can_be_opened(desk: Desk, what: tuple[str, str], place: Place | None) -> None:
    put(desk, "goals", {"id": "goal-1", "title": "Talk to Dee", "state": "active"})
    put(desk, "steps", {"id": "step-1", "text": "Call Dee", "goal": "goal-1"})
    put(desk, "steps", {"id": "step-2", "text": "Buy stamps"})
    put(desk, "learning", {"id": "learning-1", "title": "Naloxone"})
    about = {"kind": what[0], **({"id": what[1]} if what[1] else {})}
    put(desk, "reminders", {"id": "reminder-1", "what": about, "words": "look_again"})
    tables = desk.store.read().tables
    assert place_spoken_of(tables, "reminder", "reminder-1") == place
    put(desk, "reminders", {"id": "reminder-1", "what": about, "words": "own", "text": "Water"})
    assert place_spoken_of(desk.store.read().tables, "reminder", "reminder-1") is None


def test_everything_passed_is_a_calm_home(desk: Desk) -> None:
    sit(desk, passing=True).finish_plan()
    view = read_home(desk)
    assert view.card.text == desk.words.ui("home.nothing_decided") and view.card.actions == ()
    assert view.has_plan and view.conversations == ("goals", "values", "learning")


def test_everything_done_is_another_calm_home(desk: Desk) -> None:
    added = capture.add_step(desk.store, "Buy stamps", None, None, desk.clock.now())
    sit(desk, passing=True).finish_plan()
    capture.mark_done(desk.store, "step", added.id, desk.clock.today(), desk.clock.now())
    assert read_home(desk).card.text == desk.words.ui("home.nothing_waits")


@pytest.mark.parametrize(
    ("days", "hint"),
    [
        (0, "Monday is the day of your first step. Nothing is needed before."),
        (3, "Tomorrow is the day of your first step."),
        (4, "Today is the day of your first step. A part of it is a beginning too."),
        (5, ""),
    ],
)
def test_the_first_week_says_which_day_the_first_step_has(sat: Desk, days: int, hint: str) -> None:
    move(sat, days)
    assert read_home(sat).card.hint == hint


def test_a_first_step_without_a_day_may_stay_so(sat: Desk) -> None:
    put(sat, "steps", {key: value for key, value in step_of(sat).items() if key != "due"})
    assert read_home(sat).card.hint == sat.words.ui("home.first_week_no_day")
    move(sat, FIRST_WEEK + 1)
    assert read_home(sat).card.hint == ""


def test_after_the_first_step_no_step_is_called_so(sat: Desk) -> None:
    capture.mark_done(sat.store, "step", step_of(sat)["id"], sat.clock.today(), sat.clock.now())
    capture.add_step(sat.store, "Another", None, sat.clock.today(), sat.clock.now())
    assert (read_home(sat).card.text, read_home(sat).card.hint) == ("Another", "")


# The lists


def test_goals_in_view_stand_with_their_next_step(sat: Desk) -> None:
    (goal,) = read_home(sat).goals
    assert (goal.title, goal.step, goal.when) == (
        "Shadow three syringe service shifts",
        "Write to the service",
        "Mon 9 Nov",
    )
    capture.mark_done(sat.store, "step", step_of(sat)["id"], sat.clock.today(), sat.clock.now())
    (goal,) = read_home(sat).goals
    assert (goal.step, goal.when) == ("", "")
    put(sat, "goals", {**sat.store.read().records("goals")[0], "state": "paused"})
    assert read_home(sat).goals == ()


def test_the_inbox_holds_what_is_planned_but_not_what_stands_first(desk: Desk) -> None:
    now = desk.clock.now()
    first = capture.add_step(desk.store, "First", None, None, now)
    capture.add_step(desk.store, "Second\u202e[b]", None, date(2026, 11, 30), now)
    done = capture.add_step(desk.store, "Done", None, None, now)
    capture.mark_done(desk.store, "step", done.id, desk.clock.today(), now)
    view = read_home(desk)
    assert view.card.text == "Second[b]"
    assert [item.id for item in view.inbox] == [first.id]


def test_what_is_soon_leaves_out_what_stands_first(sat: Desk) -> None:
    view = read_home(sat)
    assert [(one.day, one.text) for one in view.soon] == [
        ("Thu 12 Nov", "How did the step go?"),
        ("Wed 2 Dec", "An evening on naloxone"),
        ("Sat 5 Dec", "Look at your plan again"),
        ("Mon 21 Dec", "Look again: Shadow three syringe service shifts"),
        ("3 Feb 2027", "Look at your plan again, and at the values line"),
        ("5 Nov 2027", "The values line again"),
    ]


def test_more_than_home_holds_is_on_the_plan_page(desk: Desk) -> None:
    for number in range(AT_ONCE + 2):
        capture.add_step(desk.store, f"Thing {number}", None, desk.clock.today() + timedelta(days=9), desk.clock.now())
    view = read_home(desk)
    assert (len(view.inbox), view.has_more_inbox) == (AT_ONCE, True)
    assert (len(view.soon), view.has_more_soon) == (AT_ONCE, True)
    assert not read_home(desk, at_once=100).has_more_inbox


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_statement_of_values_stands_on_home(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    sit(desk).finish_plan()
    said = repr(read_home(desk))
    for statement in desk.words.bank("statements"):
        assert statement.text not in said


def test_a_name_greets(sat: Desk) -> None:
    put(sat, "person", {"name": "Ana"})
    assert read_home(sat).greeting == "Good to see you, Ana."


def test_records_of_other_shapes_are_left_out() -> None:
    strange: dict[str, Any] = {
        "goals": {"a": {"id": "a", "title": 3}, "b": {"id": "b", "title": "B", "state": "active", "levels": 4}},
        "steps": {"c": {"id": "c", "text": None}},
        "values": {"d": {"id": "d", "placements": "none", "taken_at": 5}},
        "person": {"e": {"id": "e", "name": ["x"]}},
        "asked": {"f": {"id": "f", "question": None, "until": 7}},
    }
    words = desk_in_nowhere()
    view = home_of(strange, words, date(2026, 11, 5), StillClock().now())
    assert [goal.title for goal in view.goals] == ["B"]


def desk_in_nowhere() -> Any:
    from rchrp_goals.content import Words

    return Words("en")


# Hours


def hours(desk: Desk, *of: tuple[str, float]) -> None:
    """Keep activities that are done: each in its focus area (none: empty), with its hours."""
    for area, amount in of:
        about = {"focus": area} if area else {}
        if area:
            put(desk, "focus", {"id": area, "area": f"Area {area}"})
        put(desk, "learning", {"title": "An evening", "state": "done", "hours": amount, **about})


def test_without_hours_nothing_is_said_of_them(sat: Desk) -> None:
    assert read_home(sat).hours == ()


def test_the_three_areas_with_the_most_hours_stand_there(sat: Desk) -> None:
    hours(sat, ("a", 1), ("b", 4.5), ("c", 2), ("d", 3), ("", 9))
    view = read_home(sat)
    assert [(one.area, one.said) for one in view.hours] == [
        ("Area b", "4.5 of 19.5"),
        ("Area d", "3 of 19.5"),
        ("Area c", "2 of 19.5"),
    ]


@pytest.mark.parametrize(("language", "said"), [("en", "1.5 hours"), ("es", "1.5 horas")])
def test_hours_of_one_area_are_said_in_words(tmp_path: Path, language: str, said: str) -> None:
    desk = desk_in(tmp_path, language)
    hours(desk, ("a", 1.5))
    (line,) = read_home(desk).hours
    assert (line.area, line.said, line.heard) == ("Area a", said, said)


# Changing a thing opens its own question


def test_each_thing_opens_its_own_question(sat: Desk) -> None:
    tables, today = sat.store.read().tables, sat.clock.today()

    def opened(kind: str, id: str) -> tuple[str, str] | None:
        opening = opening_of(tables, sat.words, today, kind, id)
        return (opening.module, opening.question_key) if opening is not None else None

    goal, activity = (next(iter(tables[name])) for name in ("goals", "learning"))
    assert opened("step", step_of(sat)["id"]) == ("goals", "first_step")
    assert opened("goal", goal) == ("goals", "content")
    assert opened("learning", activity) == ("learning", "occasion")
    assert opened("reminder", next(iter(tables["reminders"]))) is None
    assert opened("step", "gone") is None


# Questions that can wait


def test_every_later_question_of_the_conversations_waits_in_order() -> None:
    modules = (*parts_of_last_day(), "day_one", "practice")
    found = {(module, one.id) for module in modules for one in load(module).later if one.shows != "said_before"}
    assert set(ORDER) == found and len(ORDER) == len(found)


def answer(desk: Desk, question: LaterQuestion) -> None:
    """Open a question as Home does, and answer it."""
    if question.is_way:
        open_way(desk.store, question, desk.clock.today(), desk.clock.now())
        return
    asked = OneQuestion(desk, *question.arguments, is_later=question.is_later)
    while not asked.is_part_over:
        stop = asked.current
        assert stop is not None
        values: dict[str, Any] = {
            "line": "some words", "long": "some words", "items": ["one", "two"], "position": 4,
            "positions": "1 2 3 4 5 6", "choice": None,
        }  # fmt: skip
        asked.answer(
            {
                field.id: field.options[0] if field.options and field.kind == "choice" else values[field.kind]
                for field in stop.question.fields
                if not field.is_optional
            }
        )
    asked.finish_part()


def test_the_questions_come_one_at_a_time_until_none_is_left(desk: Desk) -> None:
    sitting = Sitting(desk, "last-day")
    while not sitting.is_at_plan:
        stop = sitting.current
        if sitting.is_part_over:
            sitting.finish_part()
        elif stop is not None and stop.key == "day_one":
            sitting.answer({"positions": {"option": "later"}})
        else:
            say(sitting)
    sitting.finish_plan()
    asked: list[tuple[str, str]] = []
    for _ in range(40):
        question = waits(desk)
        if question is None and not any(module == "practice" for module, _ in asked):
            move(desk, 14)  # a situation comes two weeks after the beginning, and then not again for two weeks
            continue
        if question is None:
            break
        asked.append((question.module, question.key.partition(":")[0]))
        answer(desk, question)
    ways = {("home", "if_then_said"): ("goals", "levels"), ("home", "look_back"): ("goals", "letter")}
    order = [*(name for name in ORDER if name[0] != "practice"), ("practice", "situation")]
    expected = [one for name in order for one in (*(way for way, before in ways.items() if before == name), name)]
    assert list(dict.fromkeys(asked)) == expected
    assert asked.count(("values", "more_statements")) == len(desk.words.bank("statements")) - 6


def test_an_answer_of_a_later_statement_joins_the_session(sat: Desk) -> None:
    for name in ("start.someone", "start.name", None, "goals.levels", "learning.where_i_am", "goals.further_steps",
                 "learning.places", "home.look_back", "goals.letter"):  # fmt: skip
        assert name is None or need(sat).name == name
        answer(sat, need(sat))
    before = sat.store.read().records("values")
    question = need(sat)
    assert question.text == sat.words.module("values")["more_statements"]["text"]
    answer(sat, question)
    (session,) = [one for one in sat.store.read().records("values") if one["occasion"] == "last_day"]
    assert len(sat.store.read().records("values")) == len(before)
    assert [one["position"] for one in session["placements"]][-1] == 4 and len(session["placements"]) == 7
    assert need(sat).key != question.key


def test_a_day_one_line_given_later_stands_beside_the_session(desk: Desk) -> None:
    sitting = Sitting(desk, "values")
    while not sitting.is_part_over:
        stop = sitting.current
        assert stop is not None
        if stop.key == "day_one":
            sitting.answer({"positions": {"option": "later"}})
        else:
            say(sitting)
    sitting.finish_part()
    answer(desk, need(desk))
    assert need(desk).key == "day_one_later"
    answer(desk, need(desk))
    sessions = {one["occasion"]: one for one in desk.store.read().records("values")}
    assert [one["position"] for one in sessions["day_one_part_1"]["placements"]] == [1, 2, 3, 4, 5, 6]
    assert len(sessions["revisit"]["placements"]) == 6
    assert need(desk).key == "name"


def test_what_was_passed_stays_passed(sat: Desk) -> None:
    question = need(sat)
    asked = OneQuestion(sat, *question.arguments, is_later=True)
    asked.pass_()
    asked.finish_part()
    move(sat, 365)
    assert need(sat).key != question.key


def test_put_to_another_day_no_other_question_comes_that_day(sat: Desk) -> None:
    question = need(sat)
    put_off(sat.store, question, sat.clock.today() + ANOTHER_DAY, sat.clock.now())
    assert waits(sat) is None
    move(sat, 1)
    assert need(sat).name != question.name
    move(sat, ANOTHER_DAY.days)
    assert need(sat).name == question.name


def way(desk: Desk, name: str) -> LaterQuestion | None:
    return next(waiting_ways(name, desk.store.read().tables, desk.words, desk.clock.today()), None)


def test_every_way_has_its_place_among_the_questions() -> None:
    assert sorted(name for names in BEFORE.values() for name in names) == sorted(WAYS)
    assert set(BEFORE) <= {id for _, id in ORDER}


def test_an_if_then_is_said_once_with_its_own_words(sat: Desk) -> None:
    question = way(sat, "if_then_said")
    assert question is not None and "I text Rosa before three" in question.hint
    open_way(sat.store, question, sat.clock.today(), sat.clock.now())
    assert sat.store.read().records("if_thens")[0]["said_on"] == "2026-11-05"
    assert way(sat, "if_then_said") is None


def test_a_way_put_off_twice_does_not_come_back(sat: Desk) -> None:
    answer(sat, need(sat))
    answer(sat, need(sat))
    question = need(sat)
    assert question.is_way
    for _ in range(2):
        assert need(sat).name == question.name
        put_off(sat.store, question, sat.clock.today() + ANOTHER_DAY, sat.clock.now())
        assert waits(sat) is None
        move(sat, ANOTHER_DAY.days)
    assert need(sat).key == "levels"


def test_looking_back_leads_to_the_values_until_it_was_done(sat: Desk) -> None:
    question = way(sat, "look_back")
    assert question is not None and question.place == Place("values")
    session = next(one for one in sat.store.read().records("values") if one["occasion"] == "last_day")
    first = session["placements"][0]
    look_back(sat, session["id"], Name(first["statement"], first["meaning"]), 2)
    assert way(sat, "look_back") is None


def test_more_to_learn_and_a_further_goal_come_when_something_is_done(sat: Desk) -> None:
    assert (way(sat, "learn_more"), way(sat, "further_goal")) == (None, None)
    capture.mark_done(sat.store, "step", step_of(sat)["id"], sat.clock.today(), sat.clock.now())
    for one in sat.store.read().records("learning"):
        capture.mark_done(sat.store, "learning", one["id"], sat.clock.today(), sat.clock.now())
    more, further = way(sat, "learn_more"), way(sat, "further_goal")
    assert more is not None and further is not None
    assert (more.conversation, further.conversation) == ("learning", "goals")
    open_way(sat.store, further, sat.clock.today(), sat.clock.now())
    while (question := waits(sat)) is not None:
        assert question.name != further.name, "opened once it does not come back"
        answer(sat, question)


def test_a_goal_out_of_view_asks_nothing(sat: Desk) -> None:
    for _ in range(3):
        answer(sat, need(sat))
    assert need(sat).key == "levels" and need(sat).about == "Shadow three syringe service shifts"
    put(sat, "goals", {**sat.store.read().records("goals")[0], "state": "let_go"})
    assert need(sat).key == "where_i_am"


def test_further_statements_are_not_asked_of_who_placed_none(desk: Desk) -> None:
    sit(desk, passing=True).finish_plan()
    seen = set()
    while (question := waits(desk)) is not None:
        seen.add(question.key)
        answer(desk, question)
    assert not any(key.startswith("more_statements") for key in seen) and "letter" in seen


def test_the_rooms_own_statements_wait_beyond_the_first_six(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    lines = [f"Our sentence number {number}" for number in range(1, 9)]
    (room / "statements.txt").write_text("\n".join(lines), encoding="utf-8")
    desk = desk_in(tmp_path / "data", own_folder=room)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "room"})
    while not sitting.is_part_over:
        say(sitting)
    sitting.finish_part()
    for _ in range(10):
        question = need(desk)
        if question.key.startswith("more_statements"):
            break
        answer(desk, question)
    assert need(desk).key == f"more_statements:{room_id(lines[6])}"
    answer(desk, need(desk))
    assert need(desk).key == f"more_statements:{room_id(lines[7])}"
    answer(desk, need(desk))
    assert waits(desk) is None


# Beside it


def test_the_parts_of_the_sitting_are_those_of_the_guide() -> None:
    assert waiting.parts_of_last_day() == parts_of_last_day()


def test_sessions_of_other_days_are_closed_while_nothing_happens(sat: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sit(sat, "values")
    close_days_that_are_over(sat)
    states = [one["state"] for one in sat.store.read().records("values")]
    assert "open" in states
    move(sat, 2)
    with monkeypatch.context() as patch:
        patch.setattr(sat.store, "change", _shut)
        close_days_that_are_over(sat)
    close_days_that_are_over(sat)
    assert {one["state"] for one in sat.store.read().records("values")} == {"closed"}


def _shut(*_: object) -> None:
    raise ProblemError("plan_read_only", path="x")


LOADED_FIRST = {
    "plan": {
        "asking", "dates", "due_rows", "glance", "hours", "lenient", "months", "tables", "text", "values", "versions",
    },
    "services": {
        "actions", "away", "changes", "context", "day_words", "desk", "home", "home_hours", "if_thens", "keys", "later",
        "later_ways", "learning_hours", "opening", "place", "practice", "reflections", "rooms", "rooms.reading",
        "saying", "small_pages", "waiting",
    },
    "screens": {
        "base", "editor_app", "foot_line", "participant", "participant.doing", "participant.home",
        "participant.home_doing", "participant.home_lines", "participant.line_list", "participant.looking",
        "keeping_app", "patient_app", "safe", "settings_app", "shared", "shared.rooms_line", "themes",
    },
    "guide": {"conditions", "structure"},
}  # fmt: skip
"""All of these four that may be loaded before the first picture; everything else comes after it."""
SAID_FIRST = {"dates", "start", "ui.due", "ui.home", "ui.reminders", "ui.sentences"}
"""The same of what is read of the wording."""


def test_the_first_picture_loads_what_stands_on_it_and_no_models(tmp_path: Path) -> None:
    sit(desk_in(tmp_path)).finish_plan()
    code = (
        "import sys; from rchrp_goals.services.context import Context; from rchrp_goals.store.places import Places;"
        "import rchrp_goals.app; from rchrp_goals.services.opening import open_desk;"
        "from rchrp_goals.store.locks import WindowLock; from rchrp_goals.services.home import read_home;"
        f"desk = Context(Places({str(tmp_path)!r}), {{}}, language='en').desk();"
        "assert open_desk(desk, None, WindowLock(desk.places)).kind == 'home';"
        "import rchrp_goals.screens.participant.home;"
        "view = read_home(desk);"
        "assert view.card.kind == 'step';"
        "from rchrp_goals import content; print(*(name for _, name in content._tables));"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    said, loaded = (set(line.split()) for line in done.stdout.splitlines())
    assert said <= SAID_FIRST
    assert not loaded & {"pydantic", "tinydb", "dateutil", "jinja2", "icalendar"}
    for room, expected in LOADED_FIRST.items():
        start = f"rchrp_goals.{room}."
        assert {name.removeprefix(start) for name in loaded if name.startswith(start)} <= expected


def test_nothing_is_looked_through_for_garbage_while_the_app_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    app = SimpleNamespace(run=lambda _: int(gc.isenabled()))
    monkeypatch.setitem(sys.modules, "rchrp_goals.app", app)
    context: Any = SimpleNamespace(is_plain=False, is_terminal=True)
    try:
        assert open_face(context) == 0
    finally:
        gc.enable()
