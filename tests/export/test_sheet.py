"""Sheets: what is left off leaves no hole, and every format is one that can be loaded."""

from __future__ import annotations

import pytest

from rchrp_goals.export.json_file import documents
from rchrp_goals.export.registry import FORMATS
from rchrp_goals.export.sheet import Line, Opening, Section, gathered
from tests.export.sheets import PLAIN


def test_a_label_goes_on_to_the_line_that_hung_under_it() -> None:
    section = Section("ahead", "", (
        Line("Dates", "one", key="1"), Line("", "two", key="2", joins=True), Line("", "three", key="3", joins=True),
        Line("Else", "four", key="4"),
    ))  # fmt: skip
    rest = gathered(section, {"1", "2"})
    assert [(line.label, line.text, line.joins) for line in rest.lines] == [
        ("Dates", "three", False),
        ("Else", "four", False),
    ]
    assert gathered(section, {"1", "2", "3"}).lines == section.lines[3:]
    assert gathered(section) == section


def test_an_opening_is_what_one_question_takes() -> None:
    assert Opening("goals", "why", {"goal": "g1"}).arguments == ("goals", "why", {"goal": "g1"})


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.is_data])
def test_every_format_writes_every_line(name: str) -> None:
    written = FORMATS[name].writer().write(PLAIN, 80)
    assert written.count("Shadow three syringe service shifts") >= len(PLAIN.lines)


def test_data_holds_every_table_but_what_stays_with_the_app() -> None:
    tables = {"goals": {"a": {"id": "a"}, "b": {"id": "b"}}, "history": {"h": {"id": "h"}}, "kept_versions": {}}
    assert documents(tables) == {"goals": {"1": {"id": "a"}, "2": {"id": "b"}}}
