"""A check-in alone, from its questions to the records that it writes: one save, and nothing that was not said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan import glance
from rchrp_goals.services.check_in import days_to_look_again, shown_lines
from rchrp_goals.services.check_in_questions import thoughts
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.home import begin_words, read_home
from rchrp_goals.services.later import open_way, waiting_question
from rchrp_goals.services.later_ways import waiting_ways
from rchrp_goals.services.offers import offers
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.showing import as_document, as_lines, find_thing
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.undoing import next_undo, undo
from rchrp_goals.services.waiting import CHECK_IN, waiting_conversation
from rchrp_goals.store.drafts import Drafts
from tests.services.desk import desk_in
from tests.services.sessions import write

Answers = dict[str, dict[str, Any]]
SHIFTS, ASK, TALK = "goal-shifts", "goal-ask", "goal-talk"
WHOLE: Answers = {
    "agreements": {},
    "well": {"words": "I asked first. Patience."},
    "which": {"goal": SHIFTS},
    "level": {"level": "-1", "note": "One evening beside Rosa."},
    "rulers": {"importance": 8, "confidence": 7, "what_makes_it": "Rosa is there"},
    "say": {"choice": "said"},
    "others": {"lines": {ASK: "pause", TALK: "let_go"}},
    "support": {"ask": "Go along the first time", "to": "Marcus"},
    "also": {"words": "I gave more advice than I wanted."},
    "next_on": {"day": "2026-12-05"},
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A plan with three goals; the first has levels, a step and an if-then."""
    found = desk_in(tmp_path)
    levels = {"-1": "one shift", "0": "three shifts shadowed"}
    write(found, "goals", {"id": SHIFTS, "title": "Shadow three shifts", "levels": levels, "why": "To know the place"})
    write(found, "goals", {"id": ASK, "title": "Ask before I advise", "state_why": "for now"})
    write(found, "goals", {"id": TALK, "title": "Talk to Dee", "state": "exploring"})
    write(found, "steps", {"id": "step-rosa", "goal": SHIFTS, "text": "Write to Rosa", "due": "2026-11-09"})
    write(found, "if_thens", {"id": "if-late", "goal": SHIFTS, "obstacle": "it gets late", "then": "I text Rosa"})
    write(found, "agreements", {"id": "agreement-1", "text": "I may pass."})
    return found


def hold(desk: Desk, said: Answers) -> Sitting:
    """Hold a check-in; what is not said is passed."""
    sitting = Sitting(desk, CHECK_IN)
    for _ in range(30):
        stop = sitting.current
        if stop is None:
            break
        if stop.key in said:
            sitting.answer(said[stop.key])
        elif stop.question.kind == "page":
            sitting.forward()
        elif sitting.conversation.standing(stop):
            sitting.answer(sitting.conversation.standing(stop))
        else:
            sitting.pass_()
        sitting.keep()
    assert sitting.is_part_over
    sitting.finish_part()
    return sitting


def one(desk: Desk, table: str, id: str = "") -> dict[str, Any]:
    """Return the only record of a table, or the one with this id."""
    (found,) = [one for one in desk.store.read().records(table) if id in ("", one["id"])]
    return found


def goal(desk: Desk, id: str) -> dict[str, Any]:
    return dict(desk.store.read().get("goals", id) or {})


# What it writes


def test_a_whole_check_in_is_one_save_and_one_entry(desk: Desk) -> None:
    before = desk.store.read()
    hold(desk, WHOLE)
    plan = desk.store.read()
    assert plan.generation == before.generation + 1
    held = one(desk, "check_ins")
    assert (held["with"], held["in_depth"], held["next_on"]) == ("self", SHIFTS, "2026-12-05")
    assert held["answers"] == {"well": "I asked first. Patience.", "also": "I gave more advice than I wanted."}
    assert held["goals"] == [
        {"goal": SHIFTS, "level": -1, "words": "one shift"},
        {"goal": ASK, "choice": "pause"},
        {"goal": TALK, "choice": "let_go"},
    ]
    note, ruler, ask = one(desk, "progress"), one(desk, "rulers"), one(desk, "asks")
    assert (note["goal"], note["level"], note["words"]) == (SHIFTS, -1, "one shift")
    assert note["note"] == "One evening beside Rosa."
    assert (ruler["importance"], ruler["confidence"], ruler["step"]) == (8, 7, "step-rosa")
    assert (ruler["what_makes_it"], ruler["what_makes_it_about"]) == ("Rosa is there", "confidence")
    assert (ask["text"], ask["to"], ask["asked_at"]) == ("Go along the first time", "Marcus", held["at"])
    assert one(desk, "if_thens")["said_on"] == "2026-11-05"
    assert (goal(desk, ASK)["state"], goal(desk, TALK)["state"]) == ("paused", "let_go")
    assert "state_why" not in goal(desk, ASK)
    taken = next_undo(desk.store, desk.words)
    assert taken is not None
    undo(desk.store, desk.words, desk.clock.now())
    assert desk.store.read().records("check_ins") == desk.store.read().records("progress") == []
    assert goal(desk, ASK)["state"] == "active"


def test_a_goal_without_words_for_its_levels_takes_a_line_and_no_level(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    sitting.conversation.go_to("which")
    sitting.answer({"goal": ASK})
    stop = sitting.current
    assert stop is not None and stop.key == "level"
    assert [field.id for field in sitting.conversation.fields(stop)] == ["where"]
    assert [one.text for one in shown_lines(sitting)] == [desk.words.ui("check_in_room.levels.none")]
    with pytest.raises(AnswerRefused):
        sitting.answer({})
    desk.drafts.delete(CHECK_IN)
    hold(desk, {"which": {"goal": ASK}, "level": {"where": "I asked twice."}})
    note = one(desk, "progress")
    assert (note["goal"], note["note"]) == (ASK, "I asked twice.")
    assert "level" not in note
    hold(desk, {"which": {"goal": SHIFTS}, "level": {"level": "0"}})
    assert len(desk.store.read().records("progress")) == 2


def test_the_summary_holds_what_leaves_by_default_and_no_more(desk: Desk) -> None:
    hold(desk, WHOLE)
    assert one(desk, "check_ins")["summary"].splitlines() == [
        "Check-in, 5 November.",
        "Shadow three shifts: less, one shift.",
        "Next: Write to Rosa (Monday 9 November).",
        "Paused: Ask before I advise.",
        "Let go: Talk to Dee.",
        "What I want from Marcus: Go along the first time.",
        "Next check-in: Saturday 5 December.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_never_has_more_than_a_text_message_takes(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    for number in range(12):
        write(desk, "goals", {"id": f"goal-{number}", "title": f"{number} {'very ' * 60}long", "levels": {"0": "done"}})
    lines = {f"goal-{number}": "change" for number in range(1, 12)}
    said: Answers = {
        "which": {"goal": "goal-0"},
        "level": {"level": "not_there_yet"},
        "next_step": {"step": "a step " * 60},
        "others": {"lines": lines},
        "support": {"ask": "a wish " * 60},
        "next_on": {"day": "2026-12-05"},
    }
    hold(desk, said)
    summary = one(desk, "check_ins")["summary"]
    assert len(summary) <= 600
    assert summary.splitlines()[-1].endswith(("Saturday 5 December.", "sábado 5 de diciembre."))


def test_the_summary_is_edited_before_it_is_kept_and_is_capped(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    while (stop := sitting.current) is not None and stop.key != "summary":
        sitting.answer(WHOLE[stop.key]) if stop.key in WHOLE else sitting.pass_()
    with pytest.raises(AnswerRefused) as refused:
        sitting.answer({"words": "x" * 601})
    assert refused.value.key == "text_too_long"
    assert refused.value.values == {"length": 601, "cap": 600}
    sitting.answer({"words": "My own words."})
    sitting.finish_part()
    assert one(desk, "check_ins")["summary"] == "My own words."


def test_a_summary_that_was_left_as_proposed_follows_what_is_said_after_going_back(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    while (stop := sitting.current) is not None:
        sitting.answer(WHOLE.get(stop.key) or sitting.conversation.standing(stop))
    sitting.conversation.go_to("support")
    sitting.answer({"ask": "Nothing just now"})
    sitting.finish_part()
    assert "What I want: Nothing just now." in one(desk, "check_ins")["summary"]


def test_passing_everything_writes_the_check_in_alone(desk: Desk) -> None:
    before = {name: desk.store.read().records(name) for name in ("goals", "steps", "if_thens", "progress", "asks")}
    hold(desk, {})
    held = one(desk, "check_ins")
    assert {"answers", "goals"} <= set(held)
    assert (held["answers"], held["goals"]) == ({}, [])
    assert not {"summary", "next_on", "in_depth"} & set(held)
    assert {name: desk.store.read().records(name) for name in before} == before


def test_a_new_if_then_and_a_new_step_are_kept(desk: Desk) -> None:
    said: Answers = {
        "which": {"goal": ASK},
        "next_step": {"step": "Practise with Dee", "due": "2026-11-10"},
        "rulers": {"importance": 6, "what_makes_it": "I was advised a lot"},
        "if_then": {"obstacle": "I get nervous", "then": "I breathe", "said": "said"},
    }
    hold(desk, said)
    step = next(one for one in desk.store.read().records("steps") if one["goal"] == ASK)
    assert (step["text"], step["due"], step["state"]) == ("Practise with Dee", "2026-11-10", "planned")
    made = next(one for one in desk.store.read().records("if_thens") if one["goal"] == ASK)
    assert (made["obstacle"], made["said_on"]) == ("I get nervous", "2026-11-05")
    assert one(desk, "rulers")["what_makes_it_about"] == "importance"
    assert "step" not in one(desk, "rulers")


def test_another_day_takes_the_reminders_of_the_step_along(desk: Desk) -> None:
    about = {"kind": "step", "id": "step-rosa"}
    for id, moment in (("remind-early", "2026-11-09T18:00:00.000000Z"), ("remind-late", "2026-12-09T18:00:00.000000Z")):
        write(desk, "reminders", {"id": id, "what": about, "words": "step", "next_at": moment, "on": True})
    said: Answers = {
        "which": {"goal": SHIFTS},
        "rulers": {"importance": 8, "confidence": 4, "adjust": "another_day"},
        "another_day": {"due": "2026-11-20"},
    }
    hold(desk, said)
    assert one(desk, "steps", "step-rosa")["due"] == "2026-11-20"
    assert one(desk, "reminders", "remind-early")["next_at"] == "2026-11-20T18:00:00.000000Z"
    assert one(desk, "reminders", "remind-late")["next_at"] == "2026-12-09T18:00:00.000000Z"


def test_a_step_that_feels_too_big_is_made_smaller(desk: Desk) -> None:
    said: Answers = {
        "which": {"goal": SHIFTS},
        "rulers": {"importance": 8, "confidence": 4, "adjust": "smaller"},
        "smaller": {"step": "Find Rosa's number"},
    }
    hold(desk, said)
    assert one(desk, "steps")["text"] == "Find Rosa's number"
    assert "Find Rosa's number" in one(desk, "check_ins")["summary"]


def test_a_goal_that_matters_little_may_be_let_go_where_it_is_asked(desk: Desk) -> None:
    hold(desk, {"which": {"goal": SHIFTS}, "rulers": {"importance": 2, "keep": "let_go"}})
    assert goal(desk, SHIFTS)["state"] == "let_go"
    assert one(desk, "check_ins")["goals"] == [{"goal": SHIFTS, "choice": "let_go"}]


# Which questions are asked


def test_a_single_goal_is_chosen_by_itself(desk: Desk) -> None:
    for id in (ASK, TALK):
        write(desk, "goals", {**goal(desk, id), "state": "paused"})
    keys = [stop.key for stop in Sitting(desk, CHECK_IN).conversation.road]
    assert "which" not in keys
    assert "others" not in keys
    assert {"level", "rulers", "say"} <= set(keys)


def test_without_a_goal_in_view_that_part_is_left_out(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    write(desk, "goals", {"id": SHIFTS, "title": "Shadow three shifts", "state": "paused"})
    keys = [stop.key for stop in Sitting(desk, CHECK_IN).conversation.road]
    assert keys == ["well", "support", "also", "next_on", "summary"]


def test_only_levels_that_have_words_are_offered(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    while (stop := sitting.current) is not None and stop.key != "level":
        sitting.answer(WHOLE[stop.key])
    assert stop is not None
    assert [offer.id for offer in offers(sitting, stop.question.field("level"))] == ["-1", "0", "not_there_yet"]
    sitting.answer({"note": "A note alone is an answer."})
    sitting.pass_()
    assert sitting.conversation.value("level", "note") == "A note alone is an answer."


def test_the_follow_up_is_on_the_lower_of_the_two_and_never_on_nought(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    while (stop := sitting.current) is not None and stop.key != "rulers":
        sitting.answer(WHOLE[stop.key])
    assert stop is not None

    def asked(**values: int) -> list[str]:
        return [field.id for field in sitting.conversation.fields(stop, values)]

    assert asked() == ["importance", "confidence"]
    assert asked(importance=5, confidence=9) == ["importance", "confidence", "what_makes_it"]
    follow_up = sitting.conversation.follow_up(stop, {"importance": 5, "confidence": 9})
    assert follow_up == ("importance", 5)
    assert asked(importance=0, confidence=0) == ["importance", "confidence", "keep", "adjust"]
    assert asked(importance=8, confidence=4) == ["importance", "confidence", "adjust"]


def test_days_are_a_month_the_first_and_two_weeks(desk: Desk) -> None:
    today = desk.clock.today()
    assert [day.isoformat() for day in days_to_look_again(today).values()] == ["2026-12-05", "2026-12-01", "2026-11-19"]
    late = today.replace(year=2027, month=1, day=31)
    assert [day.isoformat() for day in days_to_look_again(late).values()] == ["2027-02-28", "2027-03-01", "2027-02-14"]


# Put down and picked up


def test_a_killed_window_loses_nothing(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    sitting.answer({})
    sitting.answer(WHOLE["well"])
    sitting.type({"goal": ASK})
    sitting.keep()
    assert waiting_conversation(desk) == CHECK_IN
    again = Sitting(desk, CHECK_IN)
    assert again.resumed
    assert again.current is not None
    assert again.conversation.standing(again.current) == {"goal": ASK}


def test_applying_twice_changes_nothing(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    while (stop := sitting.current) is not None:
        sitting.answer(WHOLE.get(stop.key) or sitting.conversation.standing(stop))
    sitting.keep()
    draft = Drafts(desk.places).read(CHECK_IN)
    assert draft is not None
    sitting.finish_part()
    first = desk.store.read()
    # the draft stands there again, as after a kill between save and delete
    desk.drafts.write(CHECK_IN, draft)
    again = Sitting(desk, CHECK_IN)
    assert not again.resumed
    assert again.conversation.draft.ids["base"] != draft["ids"]["base"]
    from rchrp_goals.services.applying import apply

    apply(desk, sitting.conversation)
    second = desk.store.read()
    names = ("check_ins", "progress", "rulers", "asks", "goals", "if_thens", "steps")
    assert {name: second.records(name) for name in names} == {name: first.records(name) for name in names}


def test_a_goal_that_is_gone_meanwhile_is_left_out(desk: Desk) -> None:
    sitting = Sitting(desk, CHECK_IN)
    while (stop := sitting.current) is not None:
        sitting.answer(WHOLE.get(stop.key) or sitting.conversation.standing(stop))
    with desk.store.change(_what("goal_removed"), desk.clock.now()) as change:
        change.remove("goals", SHIFTS)
        change.remove("goals", TALK)
    sitting.finish_part()
    assert one(desk, "check_ins")["goals"] == [{"goal": ASK, "choice": "pause"}]
    assert desk.store.read().records("progress") == []


def _what(key: str) -> Any:
    from rchrp_goals.store.plan_store import What

    return What(key)


# What is offered to think about


def test_what_is_offered_comes_from_the_plan_and_says_why(desk: Desk) -> None:
    at = "2026-11-03T12:00:00.000000Z"
    write(desk, "progress", {"id": "note-1", "goal": SHIFTS, "at": at, "note": "Four hours beside Rosa."})
    write(desk, "steps", {"id": "step-old", "goal": ASK, "text": "Call the clinic", "due": "2026-11-02"})
    tables, today = desk.store.read().tables, desk.clock.today()
    found = thoughts(tables, desk.words, today, SHIFTS)
    assert [one.name for one in found] == ["note", "step", "myself"]
    assert found[0].why == "your note of 3 November said “Four hours beside Rosa”"
    assert found[1].text == "“Call the clinic”: does it still fit?"
    assert found[1].why == "it was planned for 2 November and may have changed"
    write(desk, "steps", {**one(desk, "steps", "step-old"), "state": "let_go"})
    assert [one.name for one in thoughts(desk.store.read().tables, desk.words, today, TALK)] == ["no_step", "myself"]


def test_what_was_to_be_changed_and_what_was_asked_come_up_again(desk: Desk) -> None:
    hold(desk, {**WHOLE, "others": {"lines": {ASK: "change"}}})
    later = desk.clock.today() + timedelta(days=30)
    found = thoughts(desk.store.read().tables, desk.words, later, TALK)
    assert [one.name for one in found] == ["change", "step", "myself"]
    assert "5 November" in found[0].why
    write(desk, "steps", {**one(desk, "steps"), "state": "done"})
    assert [one.name for one in thoughts(desk.store.read().tables, desk.words, later, TALK)][1] == "ask"


def test_an_empty_plan_offers_one_thing_and_keeps_nothing_unless_it_is_written(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    assert [one.name for one in thoughts({}, Words("es"), desk.clock.today())] == ["myself"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_hold_agreements_if_then_and_what_to_think_about(desk: Desk, language: str) -> None:
    if language != desk.words.language:
        desk.switch_language()
    sitting = Sitting(desk, CHECK_IN)
    seen = {}
    while (stop := sitting.current) is not None:
        seen[stop.key] = [line.text for line in shown_lines(sitting)]
        sitting.answer(WHOLE.get(stop.key) or sitting.conversation.standing(stop))
    assert seen["agreements"] == ["I may pass."]
    assert "I text Rosa" in seen["say"][0]
    assert 1 <= len(seen["also"]) <= 3


# Home


def test_the_next_day_comes_due_and_its_card_begins_the_next_one(desk: Desk) -> None:
    hold(desk, {"next_on": {"day": "2026-11-06"}})
    desk.clock.at += timedelta(days=1)  # type: ignore[attr-defined]
    due = glance.due_today(desk.store.read().tables, desk.clock.today(), desk.clock.now())
    assert [row.kind for row in due] == ["check_in"]
    card = read_home(desk).card
    assert (card.kind, card.actions) == ("check_in", ("begin_check_in", "later", "not_now"))
    hold(desk, {})
    assert glance.due_today(desk.store.read().tables, desk.clock.today(), desk.clock.now()) == []


def test_a_check_in_can_be_begun_from_home_where_there_is_a_goal(desk: Desk, tmp_path: Path) -> None:
    assert CHECK_IN in [name for name, _, _ in begin_words(read_home(desk), desk.words)]
    other = desk_in(tmp_path / "other")
    assert CHECK_IN not in [name for name, _, _ in begin_words(read_home(other), other.words)]


def test_home_offers_a_first_one_a_month_after_a_goal_was_set_and_only_once(desk: Desk) -> None:
    def waiting() -> list[str]:
        tables, today = desk.store.read().tables, desk.clock.today()
        return [way.conversation for way in waiting_ways("check_in", tables, desk.words, today)]

    assert waiting() == []
    desk.clock.at += timedelta(days=30)  # type: ignore[attr-defined]
    assert waiting() == [CHECK_IN]
    question = waiting_question(desk.store.read().tables, desk.words, desk.clock.today())
    assert question is not None
    assert question.conversation == CHECK_IN
    open_way(desk.store, question, desk.clock.today(), desk.clock.now())
    after = waiting_question(desk.store.read().tables, desk.words, desk.clock.today())
    assert after is None or after.conversation != CHECK_IN
    hold(desk, {})
    assert waiting() == []


# What tells of it


def test_show_tells_a_check_in_and_a_goal_names_those_that_looked_at_it(desk: Desk) -> None:
    hold(desk, WHOLE)
    tables, today = desk.store.read().tables, desk.clock.today()
    held = one(desk, "check_ins")
    lines = as_lines(tables, find_thing(tables, held["id"][:6]), desk.words, today)
    assert "Shadow three shifts: less: one shift" in lines
    assert "What I want from Marcus: Go along the first time." in lines
    assert as_document(tables, find_thing(tables, held["id"]))["kind"] == "check_in"
    told = as_lines(tables, find_thing(tables, SHIFTS), desk.words, today)
    assert any(held["id"][:4] in line and "5 November" in line for line in told)


def test_the_sheet_that_is_only_for_me_holds_it_and_the_wall_does_not(desk: Desk) -> None:
    hold(desk, WHOLE)
    tables, today = desk.store.read().tables, desk.clock.today()
    mine = [line.text for line in plan_sheet(tables, desk.words, today).lines]
    assert "What went well: I asked first. Patience." in mine
    assert "Go along the first time" in mine
    wall = " ".join(line.text for line in plan_sheet(tables, desk.words, today, "wall").lines)
    assert "Patience" not in wall
    assert "Go along" not in wall
