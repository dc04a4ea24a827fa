"""A plan whose checksum fits and whose fields hold what they never should: shown as far as it can be, and no mistake."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.plan.glance import due_payload
from rchrp_goals.services import capture, saying, showing
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.exporting import FORMATS, export
from rchrp_goals.services.goals import as_document, open_steps, short_ids
from rchrp_goals.services.home import read_home
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.support import agreements_of, support_lines
from rchrp_goals.store import plan_file
from tests.services.desk import sat_desk

WRONG: list[Any] = [True, "9999-12-31", [], {"kind": 5}, [{"statement": 5, "text": None}]]
Document = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = sat_desk(tmp_path)
    capture.add_step(desk.store, "Call Rosa", None, None, desk.clock.now())
    return desk


def document_of(desk: Desk) -> Document:
    found: Document = json.loads(Path(desk.places.plan).read_bytes())
    return found


def write(desk: Desk, document: Document) -> None:
    """Write a plan with a checksum that fits."""
    about = document["_file"]["1"]
    meta = plan_file.Meta(about["plan"], (1, 0), about["generation"])
    tables = {name: table for name, table in document.items() if name != "_file"}
    blocks = [plan_file.block_of(name, lines) for name, lines in plan_file.lines_of(tables).items()]
    Path(desk.places.plan).write_bytes(plan_file.render(meta, blocks)[0])


def spoiled(document: Document) -> Iterator[Document]:
    """Give the plan again and again, with one field of one record another kind of thing."""
    for name, table in document.items():
        if name in {"_file", "history"}:
            continue
        key = next(iter(table))
        for field in (*table[key], "removed_at"):
            for value in WRONG:
                other = {**document, name: deepcopy(table)}
                other[name][key][field] = value
                yield other


def test_it_is_shown_everywhere(desk: Desk) -> None:
    words, today = desk.words, desk.clock.today()
    for number, document in enumerate(spoiled(document_of(desk))):
        write(desk, document)
        tables = desk.store.read().tables
        read_home(desk)
        for sheet in ("mine", "wall"):
            plan_sheet(tables, words, today, sheet, with_passed=True)
        saying.plan_aloud(tables, words, today)
        due_payload(tables, words)
        short_ids(tables)
        as_document(tables)
        open_steps(tables)
        support_lines(desk)
        agreements_of(desk)
        export(desk, FORMATS[number % len(FORMATS)])


@pytest.mark.parametrize("missing", ["state", "title", "text", "created_at", "revision"])
def test_a_field_that_is_missing_is_no_mistake(desk: Desk, missing: str) -> None:
    document = document_of(desk)
    for table in ("goals", "steps", "learning"):
        for record in document[table].values():
            record.pop(missing, None)
    write(desk, document)
    tables = desk.store.read().tables
    as_document(tables)
    for table, records in tables.items():
        for id in records if table in {"goals", "steps", "learning"} else ():
            with suppress(ProblemError):
                thing = showing.find_thing(tables, id)
                showing.as_document(tables, thing)
                showing.as_lines(tables, thing, desk.words, desk.clock.today())


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("goals", "levels", True),
        ("goals", "supporters", ["a"]),
        ("goals", "supporters", [{"how": "text"}]),
        ("rulers", "goal", []),
        ("if_thens", "goal", {}),
        ("steps", "goal", [None]),
        ("learning", "focus", {"kind": 5}),
        ("agreements", "text", True),
        ("values", "placements", [{"statement": 5, "text": None}]),
    ],
)
def test_every_line_can_be_opened_and_what_is_answered_is_saved(
    desk: Desk, table: str, field: str, value: object
) -> None:
    document = document_of(desk)
    for record in document[table].values():
        record[field] = value
    write(desk, document)
    sheet = plan_sheet(desk.store.read().tables, desk.words, desk.clock.today(), with_passed=True)
    for line in [line for section in sheet.sections for line in section.lines if line.opening is not None]:
        assert line.opening is not None
        question = OneQuestion(desk, *line.opening.arguments)
        stop = question.current
        assert stop is not None
        try:
            question.answer(question.conversation.standing(stop))
        except ProblemError:
            question.pass_()
        while not question.is_part_over:
            question.pass_()
        with suppress(FileProblem):  # said in a sentence; the plan stays as it is
            question.finish_part()


@pytest.mark.parametrize("levels", [1e308, True, ["x"], "text", None])
def test_words_for_a_level_take_the_place_of_what_is_none(desk: Desk, levels: object) -> None:
    document = document_of(desk)
    goal = next(iter(document["goals"].values()))
    goal["levels"] = levels
    write(desk, document)
    question = OneQuestion(desk, "goals", "content", {"goal": goal["id"]})
    question.answer({"review_on": "2026-12-21", "as_expected": "three shifts"})
    question.finish_part()
    assert desk.store.read().tables["goals"][goal["id"]]["levels"] == {"0": "three shifts"}


def test_one_id_for_a_goal_and_a_step_is_no_mistake(desk: Desk) -> None:
    document = document_of(desk)
    goal = next(iter(document["goals"].values()))
    next(iter(document["steps"].values()))["id"] = goal["id"]
    write(desk, document)
    tables = desk.store.read().tables
    thing = showing.find_thing(tables, goal["id"])
    assert (thing.kind, showing.as_document(tables, thing)["title"]) == ("goal", goal["title"])
