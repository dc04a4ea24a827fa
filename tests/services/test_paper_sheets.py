"""The sheets for a pen: the two that need no plan, and what the two that begin with one hold and never hold."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.export.paper import Boxes, Group, Paper, Room, Scale
from rchrp_goals.plan.records import TABLES
from rchrp_goals.plan.sharing import DEFAULT, LEAVES, WORDLESS, column, what_leaves
from rchrp_goals.services.exporting import export
from rchrp_goals.services.paper_sheets import blank_paper, filled_paper
from rchrp_goals.services.sitting import Sitting
from tests.services.desk import desk_in, say
from tests.services.plans import Tables as Plan
from tests.services.plans import plans

TODAY = date(2026, 11, 5)
FILLED = ("check-in", "review")
Tables = dict[str, dict[str, dict[str, Any]]]


def texts(paper: Paper) -> str:
    return "\n".join(paper.texts)


# Without a plan


def asked_on_day_one(folder: Path, language: str, own: Path | None = None) -> list[str]:
    """Return the statements that the app asks on Day One."""
    sitting = Sitting(desk_in(folder, language, own), "day-one")
    found = []
    while sitting.current is not None:
        stop = sitting.current
        if stop.statement is not None:
            found.append(stop.statement.text)
        if stop.key == "note" and own is not None:
            sitting.answer({"choice": "room"})
        else:
            say(sitting)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("has_own", [False, True])
def test_paper_asks_what_the_app_asks(tmp_path: Path, language: str, has_own: bool) -> None:
    own = tmp_path / "own"
    own.mkdir()
    if has_own:
        lines = "\n".join(f"- The room says {n}." for n in range(1, 9))
        (own / "statements.txt").write_text(lines, encoding="utf-8")
    asked = asked_on_day_one(tmp_path / "data", language, own if has_own else None)
    assert len(asked) == 6
    assert asked[0].startswith("The room says") == has_own
    for kind in ("day-one", "blank"):
        paper = blank_paper(kind, Words(language, str(own)))
        scales = [block for part in paper.parts for block in part.blocks if isinstance(block, Scale) and block.number]
        assert [scale.text for scale in scales] == asked
        position = Words(language).module("day_one")["statement"]["position"]
        assert {(scale.low, scale.high) for scale in scales} == {(position["low"], position["high"])}
        assert all(scale.passing and scale.reason for scale in scales)


def test_a_rooms_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "statements.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(FileProblem, match="room_file_unreadable"):
        blank_paper("day-one", Words("en", str(tmp_path)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", ["txt", "md", "html"])
@pytest.mark.parametrize("kind", ["day-one", "blank"])
def test_no_plan_is_needed_read_or_made(tmp_path: Path, kind: str, format: str, language: str) -> None:
    desk = desk_in(tmp_path, language)
    before = sorted(tmp_path.rglob("*"))
    written = export(desk, format, sheet=kind)
    assert sorted(tmp_path.rglob("*")) == before
    Path(desk.places.plan).write_bytes(b"cut")
    assert export(desk_in(tmp_path, language), format, sheet=kind) == written
    assert export(desk, format, sheet=kind, language="es") == export(desk_in(tmp_path, "es"), format, sheet=kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_plan_asks_every_core_question_of_the_sitting_in_its_words(language: str) -> None:
    words = Words(language)
    said = texts(blank_paper("blank", words))
    goals, learning = words.module("goals"), words.module("learning")
    for question in ("what", "why", "importance", "content", "if_then", "first_step", "supporters"):
        assert goals[question]["text"] in said
    for question in ("focus", "occasion", "say_it"):
        assert learning[question]["text"] in said
    assert words.module("values")["note"]["text"] in said
    for agreement in words.bank("agreements"):
        assert agreement.text in said
    assert words.ui("sheets.blank.empty") in said
    assert "rchrp-goals begin last-day" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["day-one", "blank", *FILLED])
def test_titles_give_nothing_away(kind: str, language: str) -> None:
    words = Words(language)
    paper = blank_paper(kind, words) if kind in {"day-one", "blank"} else filled_paper(kind, {}, words, TODAY)
    assert not any(word in paper.title.lower() for word in ("value", "valor", "harm", "daño", "recover", "recupera"))


# What leaves, and what never does


def marked_plan() -> Tables:
    """Return a plan in which every field of every table that is known holds a marker of its own."""
    day = (TODAY + timedelta(9)).isoformat()
    at = f"{day}T10:00:00.000000Z"
    kept: dict[str, dict[str, Any]] = {
        "goals": {
            "state": "active",
            "levels": {str(n): f"MARK-goals-level{n}" for n in range(-2, 3)},
            "review_on": day,
        },
        "steps": {"state": "planned", "goal": "goals-1", "due": day},
        "reminders": {"on": True, "next_at": at, "words": "values"},
        "learning": {"state": "planned", "planned_for": day, "hours": 2.5},
        "values": {"placements": [{"statement": "MARK-values-statement", "text": "MARK-values-text", "position": 3}]},
        "rulers": {"goal": "goals-1"},
        "if_thens": {"goal": "goals-1"},
        "progress": {"goal": "goals-1", "at": at},
        "check_ins": {"next_on": day},
        "asks": {"asked_at": at, "answered_at": "", "to": ""},
    }
    more = {
        "asks": ["text"],
        "progress": ["note", "level"],
        "check_ins": ["summary", "answers", "with"],
        "reviews": ["decision", "comments"],
        "practice": ["card", "said"],
        "reflections": ["answers"],
        "corrections": ["text"],
        "supports": ["owed_by", "what", "by_when"],
        "suggestions": ["why"],
        "supervision": ["topics"],
        "shares": ["to", "purpose"],
        "responses": ["text"],
        "history": ["words"],
        "kept_versions": ["record"],
        "of_tomorrow": ["title", "text", "name"],
    }
    skipped = {"id", "created_at", "updated_at", "revision", "author", "removed_at", *WORDLESS}
    tables: Tables = {}
    for name in {*TABLES, *LEAVES, *more}:
        model = TABLES.get(name)
        fields = {*(model.model_fields if model else ()), *LEAVES.get(name, {}), *more.get(name, [])} - skipped - {"*"}
        marks = {field: f"MARK-{name}-{field}" for field in fields}
        tables[name] = {f"{name}-1": {"id": f"{name}-1", **marks, **kept.get(name, {})}}
    tables["steps"]["steps-1"].pop("done_on")
    tables["learning"]["learning-1"].pop("done_on")
    return tables


ALLOWED = {
    "person": {"name"},
    "goals": {"title", "level-2", "level-1", "level0", "level1", "level2"},
    "steps": {"text", "moment"},
    "learning": {"title"},
    "asks": {"text"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FILLED)
def test_what_leaves_by_default_is_there_and_nothing_else(kind: str, language: str) -> None:
    said = texts(filled_paper(kind, marked_plan(), Words(language), TODAY))
    expected = {f"MARK-{table}-{field}" for table, fields in ALLOWED.items() for field in fields}
    for mark in expected:
        assert mark in said, mark
    rest = said
    for mark in sorted(expected, key=len, reverse=True):
        rest = rest.replace(mark, "")
    assert "MARK" not in rest
    for table, fields in ALLOWED.items():
        for field in fields:
            assert column(table, "levels" if field.startswith("level") else field) == DEFAULT
    assert not any(word in said.lower() for word in ("values", "valores")), "a date ahead says nothing of values"


@pytest.mark.parametrize("kind", FILLED)
@pytest.mark.parametrize("format", ["txt", "md", "html"])
def test_no_format_adds_anything(tmp_path: Path, kind: str, format: str) -> None:
    desk = desk_in(tmp_path)
    with pytest.raises(ProblemError, match="no_plan"):
        export(desk, format, sheet=kind)
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("imported"), desk.clock.now()) as change:
        for record in (
            ("goals", {"id": "goal-0001", "title": "Visit", "why": "MARK-why", "state": "active"}),
            ("if_thens", {"id": "ifth-0001", "goal": "goal-0001", "obstacle": "MARK-if", "then": "MARK-then"}),
            ("letters", {"id": "lett-0001", "text": "MARK-letter"}),
            ("rulers", {"id": "rule-0001", "goal": "goal-0001", "confidence": 7, "what_makes_it": "MARK-makes"}),
        ):
            change.put(*record)
    written = export(desk, format, sheet=kind).decode()
    assert "Visit" in written
    assert "MARK" not in written


def only_default(tables: Tables) -> Tables:
    """Return a plan of somebody who has nothing but what leaves by default."""
    about = {*WORDLESS, "removed_at", "to", "answered_at", "updated_at"}
    return {
        name: {
            id: {field: value for field, value in record.items() if field in about or column(name, field) == DEFAULT}
            for id, record in records.items()
        }
        for name, records in tables.items()
        if DEFAULT in LEAVES.get(name, {}).values()
    }


@given(plans(), st.sampled_from(FILLED), st.sampled_from(LANGUAGES))
def test_a_sheet_does_not_show_that_there_is_more(plan: Plan, kind: str, language: str) -> None:
    tables: Tables = {name: {one["id"]: one for one in records} for name, records in plan.items()}
    tables["asks"] = {"a": {"id": "a", "text": "Ride along once", "to": "coach"}}
    words = Words(language)
    paper = filled_paper(kind, tables, words, TODAY)
    assert paper == filled_paper(kind, only_default(tables), words, TODAY)
    assert filled_paper(kind, what_leaves(tables), words, TODAY).parts != ()


@pytest.mark.parametrize("kind", FILLED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_says_that_it_does_not_say(kind: str, language: str) -> None:
    said = texts(filled_paper(kind, {}, Words(language), TODAY))
    assert {"en": "Nothing here tells whether there is more.", "es": "Nada aquí dice si hay algo más."}[
        language
    ] in said


# What stands on them


def boxes(paper: Paper, label: str) -> Boxes:
    return next(b for part in paper.parts for b in part.blocks if isinstance(b, Boxes) and b.label == label)


def test_what_is_asked_goes_to_whom_it_is_asked_of() -> None:
    tables: Tables = {
        "asks": {
            "a": {"id": "a", "text": "ask-coach", "to": "Coach"},
            "b": {"id": "b", "text": "ask-supervisor", "to": "supervisor"},
            "c": {"id": "c", "text": "ask-anybody"},
            "d": {"id": "d", "text": "ask-other", "to": "Dee"},
            "e": {"id": "e", "text": "ask-answered", "to": "coach", "answered_at": "2026-11-01T10:00:00.000000Z"},
            "f": {"id": "f", "text": "ask-odd", "to": 5},
            "g": {"id": "g", "text": "ask-gone", "removed_at": "2026-11-01T10:00:00.000000Z"},
        }
    }
    for kind, here in (("check-in", "ask-coach"), ("review", "ask-supervisor")):
        said = texts(filled_paper(kind, tables, Words("en"), TODAY))
        assert {word for word in said.split() if word.startswith("ask-")} == {here, "ask-anybody"}


def steps_plan() -> Tables:
    def step(id: str, **fields: Any) -> dict[str, Any]:
        return {"id": id, "goal": "g", "text": id, "state": "planned", **fields}

    steps = [
        step("step-ahead", due="2026-11-09", moment="right after lunch"),
        step("step-done", state="done", done_on="2026-10-30"),
        step("step-two-months", state="done", done_on="2026-09-05"),
        step("step-long-ago", state="done", done_on="2026-01-05"),
        step("step-undated", state="done"),
        step("step-gone", state="let_go"),
        step("step-loose", goal=None),
        step("step-loose-gone", goal=None, state="let_go"),
        step("step-orphan", goal="removed"),
    ]
    goals: dict[str, dict[str, Any]] = {
        "g": {"id": "g", "title": "goal-now", "state": "active", "levels": {"-1": "one shift", "1": "five"}},
        "p": {"id": "p", "title": "goal-paused", "state": "paused"},
        "l": {"id": "l", "title": "goal-gone", "state": "let_go"},
        "d": {"id": "d", "title": "goal-done-before", "state": "done"},
        "removed": {"id": "removed", "removed_at": "2026-11-01T10:00:00.000000Z"},
    }
    return {"goals": goals, "steps": {one["id"]: one for one in steps}}


def test_steps_are_those_ahead_and_those_done_lately() -> None:
    seen = {}
    for kind in FILLED:
        said = texts(filled_paper(kind, steps_plan(), Words("en"), TODAY))
        seen[kind] = {word for word in said.split() if word.startswith(("step-", "goal-"))}
    assert seen["check-in"] == {"step-ahead", "step-done", "step-loose", "step-orphan", "goal-now"}
    assert seen["review"] == seen["check-in"] | {"step-two-months", "goal-paused"}
    paper = filled_paper("check-in", steps_plan(), Words("en"), TODAY)
    ticked = {box.text: box.is_ticked for box in boxes(paper, "Steps").boxes if box.text}
    assert ticked == {"step-ahead": False, "step-done": True}
    assert boxes(paper, "Steps").boxes[0].note == "Monday 9 November, right after lunch"


def test_only_levels_with_words_can_be_marked() -> None:
    paper = filled_paper("check-in", steps_plan(), Words("en"), TODAY)
    found = boxes(paper, "Where it stands").boxes
    assert [(box.label, box.text) for box in found] == [("", "not there yet"), ("Less", "one shift"), ("More", "five")]
    bare: Tables = {"goals": {"g": {"id": "g", "title": "x", "state": "active"}}}
    assert "Where it stands, in my own words" in texts(filled_paper("check-in", bare, Words("en"), TODAY))


def test_hours_are_counted_for_a_review_and_odd_ones_are_none() -> None:
    def done(id: str, hours: Any) -> dict[str, Any]:
        return {"id": id, "title": id, "state": "done", "done_on": "2026-11-01", "hours": hours}

    learning = {
        one["id"]: one for one in (done("a", 1), done("b", 2.25), done("c", "many"), done("d", -3), done("e", True))
    }
    said = texts(filled_paper("review", {"learning": learning}, Words("en"), TODAY))
    assert "3.25 hours" in said
    assert "done, Sunday 1 November, 1 hour\n" in said


@pytest.mark.parametrize("kind", FILLED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_plan_is_a_whole_sheet(kind: str, language: str) -> None:
    paper = filled_paper(kind, {}, Words(language), TODAY)
    blocks = [block for part in paper.parts for block in part.blocks]
    assert sum(isinstance(block, Room | Group) for block in blocks) >= 4
    assert all(part.blocks for part in paper.parts)


@pytest.mark.parametrize("wrong", [True, "9999-12-31", [], {"kind": 5}, [{"statement": 5}]])
def test_a_hostile_plan_is_shown_as_far_as_it_can_be(wrong: Any) -> None:
    for table, records in marked_plan().items():
        for field in next(iter(records.values())):
            tables = deepcopy(marked_plan())
            if field != "id":
                next(iter(tables[table].values()))[field] = wrong
                for kind in FILLED:
                    assert filled_paper(kind, tables, Words("en"), TODAY).parts
