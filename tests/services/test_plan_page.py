"""The plan on one page: what stands on each sheet, what opens from it, and what the wall never tells."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.export.sheet import Line, Sheet
from rchrp_goals.plan import sharing
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in, sit

SECRETS = {
    "why": "I want to know the place before I send anyone there",
    "obstacle": "my own shift runs long",
    "then": "I text Rosa before three",
    "expected": "three shifts shadowed",
    "supporter": "Marcus",
    "ruler": "Rosa has said yes to others",
    "reason": "I saw it",
}


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder at the plan page of Ana's sitting; tests work on copies."""
    folder = tmp_path_factory.mktemp("sat")
    sit(desk_in(folder))
    return folder


@pytest.fixture
def desk(tmp_path: Path, sat: Path) -> Desk:
    """Ana's desk at the plan page."""
    return desk_in(Path(shutil.copytree(sat, tmp_path / "data")))


def sheet_of(desk: Desk, kind: str = "mine", **how: Any) -> Sheet:
    return plan_sheet(desk.store.read().tables, desk.words, desk.clock.today(), kind, **how)


def said(sheet: Sheet) -> str:
    return "\n".join(f"{line.label} {line.text} {line.note}" for line in sheet.lines)


def line_of(sheet: Sheet, key: str) -> Line:
    return next(line for line in sheet.lines if line.key.startswith(key))


# What stands


def test_my_sheet_holds_everything_that_was_said(desk: Desk) -> None:
    text = said(sheet_of(desk))
    for secret in SECRETS.values():
        assert secret in text
    assert "right after the team meeting, Monday 9 November" in text
    assert "By 21 Dec I would be content to see: three shifts shadowed" in text
    assert "Day One: at 3. Now: at 3, leaning toward disagree. It stayed." in text
    assert "Day One: passed. Now: at 9, agree." in text
    assert "p" not in [line.text for line in sheet_of(desk).lines]


def test_values_begin_a_page_of_their_own(desk: Desk) -> None:
    assert [section.name for section in sheet_of(desk).sections if section.starts_page] == ["values"]


def test_day_of_the_sheet_has_its_year(desk: Desk) -> None:
    assert sheet_of(desk).day == "5 November 2026"
    assert sheet_of(desk_like(desk, "es")).day == "5 de noviembre de 2026"


def desk_like(desk: Desk, language: str) -> Desk:
    desk.words = desk.words.to(language)
    return desk


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_has_a_key_of_its_own(desk: Desk, language: str) -> None:
    for kind in ("mine", "wall"):
        keys = [line.key for line in sheet_of(desk_like(desk, language), kind).lines]
        assert all(keys)
        assert len(set(keys)) == len(keys)


# The wall


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wall_gives_nothing_away(desk: Desk, language: str) -> None:
    sheet = sheet_of(desk_like(desk, language), "wall")
    text = said(sheet)
    for name, secret in SECRETS.items():
        assert secret not in text, name
    assert sheet.title == {"en": "What comes next", "es": "Lo que sigue"}[language]
    assert sheet.person == ""
    assert not any(word in text.lower() for word in ("value", "valor", "harm", "daños"))
    assert all(line.opening is None for line in sheet.lines)


def test_the_wall_holds_goal_step_learning_and_dates(desk: Desk) -> None:
    sheet = sheet_of(desk, "wall")
    assert line_of(sheet, "goal:").text == "Shadow three syringe service shifts"
    assert line_of(sheet, "step:").note == "Monday 9 November, right after the team meeting"
    assert line_of(sheet, "learning:").text == "An evening on naloxone"
    dates = [line for line in sheet.lines if line.key.startswith("date:")]
    assert [line.text for line in dates] == [
        "Thursday 12 November", "Saturday 5 December", "Wednesday 3 February 2027", "Friday 5 November 2027",
    ]  # fmt: skip
    assert [line.note for line in dates] == ["how did the step go?", *["look again"] * 3]


def test_each_line_of_the_wall_can_be_left_off_alone(desk: Desk) -> None:
    whole = sheet_of(desk, "wall")
    for line in whole.lines:
        rest = sheet_of(desk, "wall", leave_out={line.key})
        assert [one.key for one in rest.lines] == [one.key for one in whole.lines if one.key != line.key]
        assert [one.label for one in rest.lines].count("Dates") == 1
    nothing = sheet_of(desk, "wall", leave_out={line.key for line in whole.lines})
    assert nothing.sections == ()
    assert nothing.closing


def test_a_wall_is_built_from_what_leaves_by_default_alone(desk: Desk) -> None:
    tables = desk.store.read().tables
    words, today = desk.words, desk.clock.today()
    assert plan_sheet(tables, words, today, "wall") == plan_sheet(sharing.what_leaves(tables), words, today, "wall")


# Opening


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_opens_its_own_question_filled_with_what_stands(desk: Desk, language: str) -> None:
    sheet = sheet_of(desk_like(desk, language), with_passed=True)
    assert len(sheet.lines) > 20
    for line in sheet.lines:
        assert line.opening is not None, line.key
        question = OneQuestion(desk, *line.opening.arguments)
        stop = question.current
        assert stop is not None, line.key
        standing = question.conversation.standing(stop)
        assert bool(standing) != line.is_passed, line.key
        assert not question.back()


def test_opening_and_leaving_a_line_as_it_stands_changes_nothing(desk: Desk) -> None:
    before = desk.store.read()
    for line in sheet_of(desk, with_passed=True).lines:
        assert line.opening is not None
        question = OneQuestion(desk, *line.opening.arguments)
        while question.current is not None and question.current.key in question.draft.answers:
            question.forward()
        question.finish_part()
        assert desk.store.read().tables == before.tables, line.key
    assert desk.store.read().generation == before.generation


CHANGES: dict[str, dict[str, Any]] = {
    "goal:": {"title": "Something else"},
    "why:": {"because": "Something else"},
    "content:": {"review_on": "2026-12-24", "as_expected": "Something else"},
    "if:": {"obstacle": "Something else", "then": "I rest"},
    "then:": {"obstacle": "it rains", "then": "Something else"},
    "step:": {"step": "Something else", "due": "2026-11-10"},
    "importance:": {"position": 5},
    "confidence:": {"position": 9, "what_makes_it": "Something else"},
    "makes_it:": {"position": 7, "what_makes_it": "Something else"},
    "supporters:": {"supporters": ["Something else"]},
    "focus:": {"area": {"bank": None, "text": "Something else"}},
    "learning:": {"title": "Something else"},
    "agreement:": {"own": ["Something else"], "picked": []},
    "value:": {"position": 10},
    "reason:": {"position": 10, "reason": "Something else"},
    "day_one": {"positions": [1, 1, 1, 1, 1, 1]},
    "dates": {"choice": "fewer"},
}


@pytest.mark.parametrize("key", list(CHANGES))
def test_a_changed_line_is_changed_in_its_place(desk: Desk, key: str) -> None:
    before = sheet_of(desk, with_passed=True)
    opening = line_of(before, key).opening
    assert opening is not None
    question = OneQuestion(desk, *opening.arguments)
    question.answer(CHANGES[key])
    while question.current is not None:
        question.pass_() if question.current.key != "which" else question.answer({"which": ["day_30"]})
    question.finish_part()
    after = sheet_of(desk, with_passed=True)
    line = line_of(after, key)
    assert line != line_of(before, key)
    changed = {one.key for one in after.lines if one not in before.lines}
    assert line.key in changed
    assert said(after).count("Something else") == str(CHANGES[key]).count("Something else")
    assert len(changed) <= 7 if key == "day_one" else len(changed) <= 3


PASSED_WHOLE = (
    "why:",
    "content:",
    "if:",
    "importance:",
    "supporters:",
    "focus:",
    "learning:",
    "agreement:",
    "dates",
)


@pytest.mark.parametrize("key", PASSED_WHOLE)
def test_a_line_that_is_passed_is_gone_from_paper_and_can_be_opened(desk: Desk, key: str) -> None:
    opening = line_of(sheet_of(desk), key).opening
    assert opening is not None
    question = OneQuestion(desk, *opening.arguments)
    while question.current is not None:
        question.pass_()
    question.finish_part()
    kind = key.partition(":")[0]
    assert not any(line.key.startswith(key) for line in sheet_of(desk).lines)
    quiet = [line for line in sheet_of(desk, with_passed=True).lines if line.is_passed]
    assert any(kind.rstrip("s") in line.key for line in quiet), [line.key for line in quiet]
    again = next(line for line in quiet if kind.rstrip("s") in line.key).opening
    assert again is not None
    reopened = OneQuestion(desk, *again.arguments)
    assert reopened.current is not None
    assert not reopened.conversation.standing(reopened.current)


def test_dates_taken_away_and_wanted_again_are_back(desk: Desk) -> None:
    for choice, count in (("none", 0), ("yes", 4)):
        line = line_of(sheet_of(desk, with_passed=True), "dates")
        assert line.opening is not None
        question = OneQuestion(desk, *line.opening.arguments)
        question.answer({"choice": choice})
        question.finish_part()
        ahead = [line for line in sheet_of(desk, "wall").lines if line.key.startswith("date:")]
        assert len(ahead) == count


# Everything passed, and a goal that was passed


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_passed_is_a_kind_page_with_ways_on(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    sit(desk, passing=True)
    for kind in ("mine", "wall"):
        sheet = sheet_of(desk, kind)
        assert sheet.sections == ()
        assert sheet.closing == desk.words.ui("plan_page.nothing")
    open_to = sheet_of(desk, with_passed=True)
    assert open_to.closing
    assert {"goal", "focus", "learning", "dates", "agreements"} <= {line.key for line in open_to.lines}
    for line in open_to.lines:
        assert line.is_passed
        assert line.opening is not None
        assert OneQuestion(desk, *line.opening.arguments).current is not None, line.key


def test_a_goal_passed_leaves_its_one_step_in_the_inbox(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit(desk, "goals", passing=True)
    assert sitting.part == ""
    question = OneQuestion(desk, "goals", "inbox_step")
    question.answer({"step": "Call Dee", "due": "2026-11-09"})
    question.finish_part()
    for kind in ("mine", "wall"):
        line = line_of(sheet_of(desk, kind), "step:")
        assert (line.label, line.text, line.note) == ("A step", "Call Dee", "Monday 9 November")
    opening = line_of(sheet_of(desk), "step:").opening
    assert opening is not None
    again = OneQuestion(desk, *opening.arguments)
    assert again.current is not None
    assert again.conversation.standing(again.current) == {"step": "Call Dee", "due": "2026-11-09"}
    again.answer({"step": "Call Dee"})
    again.finish_part()
    assert line_of(sheet_of(desk), "step:").note == ""


def test_statements_of_the_room_open_too(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    question = OneQuestion(desk, "values", "note", {"session": "session-1", "day_one": "day-one-1"})
    question.answer({"choice": "room"})
    question.answer({"statements": ["People come back when nobody judges them.", "Two", "Three"]})
    question.finish_part()
    lines = [line for line in sheet_of(desk, with_passed=True).lines if line.key.startswith("value:")]
    assert lines
    for line in lines:
        assert line.opening is not None
        assert OneQuestion(desk, *line.opening.arguments).current is not None, line.key


def test_a_statement_that_is_no_longer_asked_opens_as_it_was_shown(desk: Desk) -> None:
    session = next(one for one in desk.store.read().records("values") if one["occasion"] == "last_day")
    session["placements"] += [
        {"statement": "s07_any_change", "meaning": 1, "text": "Any change counts.", "position": 4},
        {"statement": "s99_gone", "meaning": 2, "text": "Gone since.", "position": 4, "reason": "then"},
    ]
    with desk.store.change(What("imported"), desk.clock.now()) as change:
        change.put("values", session)
    for name, shown_as in (("s07_any_change", "Any change counts."), ("s99_gone", "Gone since.")):
        opening = line_of(sheet_of(desk), f"value:{name}").opening
        assert opening is not None
        question = OneQuestion(desk, *opening.arguments)
        assert question.current is not None
        assert question.current.statement is not None
        assert question.current.statement.text == shown_as
        assert question.conversation.standing(question.current)["position"] == 4
        question.answer({"position": 9})
        question.finish_part()
        assert line_of(sheet_of(desk), f"value:{name}").note == "Now: at 9, agree."
    assert len([line for line in sheet_of(desk).lines if line.key.startswith("value:")]) == 8


def test_day_one_alone_is_shown_and_opens(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "day-one")
    lines = [line for line in sheet_of(desk).lines if line.key.startswith("value_then:")]
    assert [line.note for line in lines] == [f"Day One: at {n}." for n in (3, 6, 9, 1, 4, 7)]
    for line in lines:
        assert line.opening is not None
        question = OneQuestion(desk, *line.opening.arguments)
        assert question.current is not None
        question.answer({"position": 0})
        question.finish_part()
    assert [one["occasion"] for one in desk.store.read().records("values")] == ["day_one_part_1"]
    assert {line.note for line in sheet_of(desk).lines if line.key.startswith("value_then:")} == {"Day One: at 0."}


def test_a_step_of_a_goal_that_was_removed_stands_with_what_was_noted(desk: Desk) -> None:
    with desk.store.change(What("imported"), desk.clock.now()) as change:
        change.remove("goals", change.all("goals")[0]["id"])
    sections = {section.name: section.lines for section in sheet_of(desk, "mine").sections}
    assert "goal" not in sections and [line.key[:5] for line in sections["inbox"]] == ["step:"]


def test_done_steps_say_so_and_are_off_the_wall(desk: Desk) -> None:
    tables = desk.store.read().tables
    for step in tables["steps"].values():
        step.update(state="done", done_on="2026-11-08")
    assert line_of(plan_sheet(tables, desk.words, date(2026, 11, 8)), "step:").note == "done, Sunday 8 November"
    wall = plan_sheet(tables, desk.words, date(2026, 11, 8), "wall")
    assert not any(line.key.startswith("step:") for line in wall.lines)
