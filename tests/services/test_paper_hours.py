"""The record of hours: what was done in its days, its sums, supervision apart, and what is there for oneself only."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.export.paper import Facts, Paper, Table
from rchrp_goals.services.demo import full
from rchrp_goals.services.exporting import export
from rchrp_goals.services.paper_hours import Wanted, hours
from rchrp_goals.services.paper_sheets import record_paper
from rchrp_goals.services.room import Place
from rchrp_goals.services.rooms.reading import read_room
from tests.services.desk import StillClock, desk_in
from tests.services.plans import Tables as Plan
from tests.services.plans import plans
from tests.services.rooms.rooms import action, do

TODAY = date(2026, 11, 5)
EN = Words("en")
Tables = dict[str, dict[str, dict[str, Any]]]


def of(learning: list[dict[str, Any]], **rule: Any) -> Tables:
    records = {f"learn-{at:03}": {"id": f"learn-{at:03}", **one} for at, one in enumerate(learning)}
    renewal = {"id": "renewal-1", "rule": rule, "cycle_start": "2026-01-01"}
    return {"learning": records, **({"renewal": {"renewal-1": renewal}} if rule else {})}


def done(title: str, on: str, hours: float, **more: Any) -> dict[str, Any]:
    return {"title": title, "state": "done", "done_on": on, "hours": hours, **more}


def table(paper: Paper, part: int = 0) -> Table:
    return next(block for block in paper.parts[part].blocks if isinstance(block, Table))


def facts(paper: Paper, heading: str) -> list[tuple[str, str, str]]:
    blocks = next(part.blocks for part in paper.parts if part.heading == heading)
    return [(fact.label, fact.text, fact.note) for one in blocks if isinstance(one, Facts) for fact in one.facts]


def test_the_sample_as_a_board_reads_it() -> None:
    paper = hours(full(EN, StillClock()), EN, TODAY)
    assert [column.heading for column in table(paper).columns] == [
        "Date", "Title", "Provider", "Category", "Took part", "Proof", "Hours",
    ]  # fmt: skip
    assert table(paper).rows[1] == (
        "25 Oct 2026",
        "Boundaries and dual roles",
        "our own center",
        "ethics",
        "yes",
        "yes",
        "3",
    )
    assert facts(paper, "Sums") == [
        ("ethics", "3 hours", "the rule asks for 6 hours"),
        ("other hours", "18 hours", ""),
        ("no category", "1.5 hours", ""),
        ("in all", "22.5 hours", "the rule asks for 40 hours"),
    ]
    assert facts(paper, "Supervision")[-1] == ("in all", "6 hours", "the rule asks for 25 hours")
    assert "The rule asks that a supervisor approves this record." in paper.texts
    assert paper.closing[0] == "Check with your board: it has the last word on what counts."


def test_what_is_for_oneself_only_stands_there_when_it_is_wanted() -> None:
    tables = full(EN, StillClock())
    tables["learning"] |= {
        "copied-1": {"id": "copied-1", **done("Copied", "2026-11-01", 1), "evidence_file": "copied-1.pdf"}
    }
    private = ("certificate, in the blue folder", "Marcus", "saying no to a lift home", "a copy is kept")
    usual, mine = ("\n".join(hours(tables, EN, TODAY, Wanted(is_mine=mine)).texts) for mine in (False, True))
    assert not any(one in usual for one in private) and all(one in mine for one in private)
    for never in ("A door that locks", "the whole team", "Shadow three", "Rosa", "copied-1"):
        assert never not in usual + mine


def test_the_days_may_be_others_than_the_cycles() -> None:
    tables = of([done(f"On {on}", on, 2) for on in ("2025-12-31", "2026-01-01", "2026-06-30", "2027-12-31")],
                total_hours=20, cycle_months=24)  # fmt: skip
    assert [row[0] for row in table(hours(tables, EN, TODAY)).rows] == ["1 Jan 2026", "30 Jun 2026", "31 Dec 2027"]
    some = hours(tables, EN, TODAY, Wanted(date(2025, 1, 1), date(2026, 1, 1)))
    assert [row[1] for row in table(some).rows] == ["On 2025-12-31", "On 2026-01-01"]
    # what a rule asks of a cycle says nothing about other days
    assert facts(some, "Sums") == [("in all", "4 hours", "")]
    assert "1 Jan 2025 to 1 Jan 2026" in some.texts


def test_without_a_rule_it_holds_everything_and_no_line_to_sign() -> None:
    paper = hours(of([done("A talk", "2020-01-01", 2)]), EN, TODAY)
    assert [part.heading for part in paper.parts] == ["Learning that was done", "Sums"]
    assert "everything up to 5 Nov 2026" in paper.texts and not paper.closing
    assert [column.heading for column in table(paper).columns] == ["Date", "Title", "Hours"]


def test_nothing_done_is_said() -> None:
    assert "Nothing is noted for these days yet." in hours({}, EN, TODAY).texts


def test_sums_add_up_and_nothing_stands_twice() -> None:
    rows = [
        done("a", "2026-02-01", 1.5, category="Ethics"),
        done("b", "2026-03-01", 2, category="own"),
        done("c", "2026-03-02", 0.5),
    ]
    paper = hours(of(rows, minima={"ethics": 6}, total_hours=20, cycle_months=24), EN, TODAY)
    said = [float(text.split()[0]) for _, text, _ in facts(paper, "Sums")]
    assert sum(said[:-1]) == said[-1] == sum(float(row[-1]) for row in table(paper).rows) == 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", ["txt", "md", "html"])
def test_every_format_holds_every_word(tmp_path: Path, language: str, format: str) -> None:
    desk = desk_in(tmp_path, language)
    from rchrp_goals.services.demo import make

    make(desk.places, desk.words, desk.clock)
    said = export(desk, format, sheet="hours").decode()
    paper = record_paper("hours", desk.store.read().tables, desk.words, TODAY)
    found = set(re.findall(r"\w+", said.replace("&#39;", "'")))
    headings = {column.heading for part in (0, 2) for column in table(paper, part).columns} if format == "md" else set()
    for text in paper.texts:
        assert text in headings or set(re.findall(r"\w+", text)) <= found, text


@given(plans(), st.sampled_from(LANGUAGES), st.booleans())
def test_a_plan_of_any_shape_has_a_record(plan: Plan, language: str, is_mine: bool) -> None:
    tables = {name: {one["id"]: one for one in records} for name, records in plan.items()}
    paper = hours(tables, Words(language), TODAY, Wanted(is_mine=is_mine))
    assert all(isinstance(text, str) for text in paper.texts)


@pytest.mark.parametrize("other", [None, "", 3, [], {"x": 1}, "9999-12-31", True])
def test_fields_of_any_kind_make_no_mistake(other: Any) -> None:
    tables = of([{**dict.fromkeys(("provider", "category", "evidence", "evidence_file", "hours"), other), "title": "x",
                  "state": "done", "done_on": "2026-11-01", "participatory": other}])  # fmt: skip
    tables["supervision"] = {"s": {"id": "s", "at": other, "minutes": other}}
    tables["renewal"] = {
        "r": {"id": "r", "rule": {"name": other, "source": other, "approval": other}, "cycle_start": other}
    }
    for is_mine in (False, True):
        assert list(hours(tables, EN, TODAY, Wanted(is_mine=is_mine)).texts)


def test_the_room_of_sheets_shows_it_and_keeps_it_as_much_as_is_wanted(tmp_path: Path) -> None:
    from rchrp_goals.services.demo import make

    desk = desk_in(tmp_path / "data")
    make(desk.places, desk.words, desk.clock)
    view = read_room(desk, Place("sheets.one", "hours"))
    row = next(row for part in view.sections for row in part.rows if row.text == "Boundaries and dual roles")
    assert (
        row.note
        == "Date: 25 Oct 2026 · Provider: our own center · Category: ethics · Took part: yes · Proof: yes · Hours: 3"
    )
    assert action(read_room(desk, Place("sheets")), "sheets.keep", "sheet:hours").asks[1].value == "as_asked"
    for extent, has_all in (("as_asked", False), ("for_me", True)):
        folder = tmp_path / extent
        folder.mkdir()
        do(desk, Place("sheets"), "sheets.keep", "sheet:hours", form="drawn", extent=extent, folder=str(folder))
        (kept,) = folder.iterdir()
        assert kept.name.startswith("sheet-") and ("Marcus" in kept.read_text("utf-8")) == has_all
