"""The last-day sitting over the real store: what was said stands in the plan, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.sessions import close_sessions_of_other_days
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.waiting import LAST_DAY, waiting_conversation
from tests.services.desk import desk_in, sat_desk, say, sit

Record = dict[str, Any]


def one(records: list[Record]) -> Record:
    assert len(records) == 1
    return records[0]


def test_a_whole_sitting_becomes_a_plan(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit(desk)
    assert sitting.is_at_plan
    plan = desk.store.read()
    goal = one(plan.records("goals"))
    assert goal["title"] == "Shadow three syringe service shifts"
    assert goal["levels"] == {"0": "three shifts shadowed"}
    assert goal["review_on"] == "2026-12-21"
    assert goal["supporters"] == [{"name": "Marcus", "how": "asks me on Mondays"}, {"name": "Rosa", "how": ""}]
    step = one(plan.records("steps"))
    assert (step["goal"], step["due"], step["moment"]) == (goal["id"], "2026-11-09", "right after the team meeting")
    ruler = one(plan.records("rulers"))
    assert (ruler["importance"], ruler["confidence"], ruler["what_makes_it_about"]) == (8, 7, "confidence")
    if_then = one(plan.records("if_thens"))
    assert (if_then["obstacle"], if_then["then"]) == ("my own shift runs long", "I text Rosa before three")
    learning = one(plan.records("learning"))
    focus = one(plan.records("focus"))
    assert learning["focus"] == focus["id"]
    assert focus["bank"].startswith("f01")
    assert len(plan.records("agreements")) == 1
    assert {record["words"] for record in plan.records("reminders")} == {
        "first_step",
        "look_again",
        "look_again_and_values",
        "values",
    }
    assert [record["next_at"][:10] for record in plan.records("reminders")] == [
        "2026-11-12",
        "2026-12-05",
        "2027-02-03",
        "2027-11-05",
    ]


def test_the_values_sessions_hold_what_was_placed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    sessions = {record["occasion"]: record for record in desk.store.read().records("values")}
    now = sessions["last_day"]
    assert now["state"] == "open"
    assert [placement["position"] for placement in now["placements"]] == [3, 6, 9, 1, 4, 7]
    assert all(placement["reason"] == "I saw it" for placement in now["placements"])
    then = sessions["day_one_part_1"]
    assert then["entered"] == "from_paper"
    assert [placement.get("position") for placement in then["placements"]] == [3, 7, None, 5, 0, 10]
    assert then["placements"][2]["passed"] is True


def test_finishing_the_plan_closes_the_session_and_leaves_no_draft(tmp_path: Path) -> None:
    desk = sat_desk(tmp_path)
    assert {record["state"] for record in desk.store.read().records("values")} == {"closed"}
    assert desk.drafts.newest() is None


def test_everything_passed_is_a_plan_with_passed_placements_only(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit(desk, passing=True)
    assert sitting.is_at_plan
    plan = desk.store.read()
    session = one(plan.records("values"))
    assert len(session["placements"]) == 6
    assert all(placement["passed"] for placement in session["placements"])
    for table in ("goals", "steps", "learning", "focus", "agreements", "reminders", "rulers", "if_thens"):
        assert plan.records(table) == []


def test_each_part_is_one_history_entry(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    assert len(desk.store.read().tables["history"]) == 5


def test_a_killed_sitting_goes_on_at_its_question_with_the_sentence(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, LAST_DAY)
    while sitting.current is None or sitting.current.key != "why":
        if sitting.is_part_over:
            sitting.finish_part()
        else:
            say(sitting)
    sitting.type({"because": "I want to kn"})
    sitting.keep()
    again = Sitting(desk_in(tmp_path), LAST_DAY)
    assert again.resumed
    assert again.current is not None
    assert again.current.key == "why"
    assert again.conversation.standing(again.current) == {"because": "I want to kn"}


def test_going_back_over_a_parts_edge_shows_what_was_said_and_applies_it_once(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, LAST_DAY)
    while sitting.part != "goals":
        if sitting.is_part_over:
            sitting.finish_part()
        else:
            say(sitting)
    before = {table: desk.store.read().records(table) for table in ("learning", "focus")}
    assert sitting.back()
    assert sitting.part == "learning"
    assert sitting.back()
    assert sitting.current is not None
    assert sitting.conversation.standing(sitting.current)["title"] == "An evening on naloxone"
    sitting.forward()
    sitting.forward()
    sitting.finish_part()
    assert sitting.part == "goals"
    assert {table: desk.store.read().records(table) for table in ("learning", "focus")} == before


def test_begin_goals_during_a_sitting_goes_on_with_the_same_draft(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, LAST_DAY)
    while sitting.current is None or sitting.current.key != "why":
        if sitting.is_part_over:
            sitting.finish_part()
        else:
            say(sitting)
    sitting.keep()
    alone = sit(desk, "goals")
    assert alone.part == ""
    assert len(desk.store.read().records("goals")) == 1
    assert Sitting(desk, LAST_DAY).part == "ahead"


def test_a_finished_part_begun_again_is_a_further_goal(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "goals")
    sit(desk, "goals")
    assert len(desk.store.read().records("goals")) == 2


def test_begin_alone_goes_on_with_the_newest_draft(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    assert waiting_conversation(desk) is None
    Sitting(desk, "learning").keep()
    assert waiting_conversation(desk) == "learning"
    Sitting(desk, LAST_DAY).keep()
    assert waiting_conversation(desk) == LAST_DAY


def test_day_one_is_kept_as_day_one_and_not_asked_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "day-one")
    session = one(desk.store.read().records("values"))
    assert (session["occasion"], session["entered"]) == ("day_one_part_1", "at_the_time")
    sitting = Sitting(desk, "values")
    say(sitting)
    assert "day_one" not in {stop.key for stop in sitting.conversation.road}


def test_then_and_now_meet_at_the_breath(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, LAST_DAY)
    while sitting.current is None or sitting.current.key != "breath":
        if sitting.is_part_over:
            sitting.finish_part()
        else:
            say(sitting)
    assert [(row.then, row.now) for row in sitting.then_and_now()] == [
        (3, 3),
        (7, 6),
        (None, 9),
        (5, 1),
        (0, 4),
        (10, 7),
    ]


def test_not_again_keeps_the_breath_away(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "skip_all"})
    sitting.answer({"choice": "not_again"})
    sitting.finish_part()
    assert desk_in(tmp_path).settings.breath is False
    again = Sitting(desk_in(tmp_path), "values")
    again.answer({"choice": "skip_all"})
    assert again.is_part_over


def test_another_language_in_the_middle_keeps_answers_and_each_text_as_it_was_shown(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "values")
    say(sitting)
    say(sitting)
    sitting.type({"position": 4})
    sitting.switch_language()
    assert desk.words.language == "es"
    assert sitting.current is not None
    assert sitting.conversation.standing(sitting.current) == {"position": 4}
    while not sitting.is_part_over:
        say(sitting)
    sitting.finish_part()
    session = next(record for record in desk.store.read().records("values") if record["occasion"] != "day_one_part_1")
    english, spanish = desk.words.to("en").bank("statements"), desk.words.bank("statements")
    assert session["placements"][0]["text"] == english[0].text
    assert session["placements"][1]["text"] == spanish[1].text
    assert [placement["statement"] for placement in session["placements"]] == [entry.id for entry in english[:6]]


def test_a_part_that_cannot_be_saved_keeps_its_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "goals")
    while not sitting.is_part_over:
        say(sitting)
        sitting.keep()

    def refuse(*args: object) -> None:
        raise ProblemError("disk_full", path="plan.json")

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "change", refuse)
        with pytest.raises(ProblemError):
            sitting.finish_part()
    assert desk.drafts.read("goals") is not None
    sitting.finish_part()
    assert len(desk.store.read().records("goals")) == 1
    assert desk.drafts.read("goals") is None


def test_one_line_is_changed_by_its_own_question(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    goal = one(desk.store.read().records("goals"))
    question = OneQuestion(desk, "goals", "why", {"goal": goal["id"]})
    assert question.current is not None
    assert question.conversation.standing(question.current) == {"because": goal["why"]}
    question.answer({"because": "Because I promised"})
    assert question.is_part_over
    question.finish_part()
    after = one(desk.store.read().records("goals"))
    assert after["why"] == "Because I promised"
    assert {key: after[key] for key in ("title", "levels", "supporters")} == {
        key: goal[key] for key in ("title", "levels", "supporters")
    }


def test_passing_an_opened_line_takes_away_what_stood(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    goal = one(desk.store.read().records("goals"))
    question = OneQuestion(desk, "goals", "why", {"goal": goal["id"]})
    question.pass_()
    question.finish_part()
    assert "why" not in one(desk.store.read().records("goals"))


def test_one_statement_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    session = next(record for record in desk.store.read().records("values") if record["occasion"] == "last_day")
    third = session["placements"][2]["statement"]
    question = OneQuestion(desk, "values", f"statement:{third}", {"session": session["id"]})
    question.answer({"position": 0})
    question.finish_part()
    after = next(record for record in desk.store.read().records("values") if record["occasion"] == "last_day")
    assert [placement["position"] for placement in after["placements"]] == [3, 6, 0, 1, 4, 7]
    assert len(desk.store.read().records("values")) == 2


def test_a_later_question_is_asked_by_itself(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    question = OneQuestion(desk, "start", "someone", is_later=True)
    question.answer({"someone": "My sister Lena"})
    assert question.is_part_over
    question.finish_part()
    assert one(desk.store.read().records("person"))["someone_to_call"] == "My sister Lena"


def test_a_session_closes_when_its_day_is_over(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "values")
    assert not close_sessions_of_other_days(desk)
    desk.clock.at = desk.clock.at.replace(day=6)  # type: ignore[attr-defined]
    assert close_sessions_of_other_days(desk)
    assert {record["state"] for record in desk.store.read().records("values")} == {"closed"}


def test_the_rooms_statements_come_from_its_file(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "statements.txt").write_text("- People know what they need\n\n2. Rest is work\n", encoding="utf-8")
    desk = desk_in(tmp_path / "data", own_folder=room)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "room"})
    texts = [stop.statement.text for stop in sitting.conversation.road if stop.statement]
    assert texts == ["People know what they need", "Rest is work"]


def test_what_is_typed_in_one_question_stands_there_the_next_time(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    goal = one(desk.store.read().records("goals"))
    about = ("goals", "why", {"goal": goal["id"]})
    question = OneQuestion(desk, *about)
    assert not question.resumed
    question.type({"because": "Because I pro"})
    question.keep()
    assert not OneQuestion(desk_in(tmp_path), "goals", "what", {"goal": goal["id"]}).resumed
    again = OneQuestion(desk_in(tmp_path), *about)
    assert again.resumed
    assert again.current is not None
    assert again.conversation.standing(again.current) == {"because": "Because I pro"}
    again.answer({"because": "Because I promised"})
    again.finish_part()
    assert one(desk.store.read().records("goals"))["why"] == "Because I promised"
    assert not OneQuestion(desk, *about).resumed
    assert desk.drafts.newest() == "last-day"


@pytest.mark.parametrize("draft", ["{half", '{"typing": 5}', "[]", '{"module": "goals", "key": "why"}'])
def test_a_draft_of_one_question_that_reads_as_none_is_nothing(tmp_path: Path, draft: str) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    goal = one(desk.store.read().records("goals"))
    Path(desk.places.draft("one-question")).write_text(draft, encoding="utf-8")
    question = OneQuestion(desk, "goals", "why", {"goal": goal["id"]})
    assert question.current is not None
    assert question.conversation.standing(question.current) == {"because": goal["why"]}


def test_a_question_that_opened_another_goes_on_at_the_other(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk)
    base = desk.store.read().records("reminders")[0]["base"]
    about = ("ahead", "dates", {"base": base})
    question = OneQuestion(desk, *about)
    question.answer({"choice": "fewer"})
    assert question.current is not None
    at = question.current.key
    question.keep()
    again = OneQuestion(desk_in(tmp_path), *about)
    assert again.resumed
    assert again.current is not None
    assert again.current.key == at
    again.answer({"which": ["day_7"]})
    again.finish_part()
    assert [reminder["words"] for reminder in desk.store.read().records("reminders")] == ["first_step"]
