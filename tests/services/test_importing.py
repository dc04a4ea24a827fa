"""A plan that was written comes back equal; a hostile file changes nothing."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.export.registry import FORMATS
from rchrp_goals.plan.schema import plan_schema
from rchrp_goals.plan.text import shown
from rchrp_goals.services import importing
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.exporting import export
from rchrp_goals.services.importing import Imported, import_plan, preview, read_import_file, read_plan
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.store.plan_store import What
from tests.schema import complaints
from tests.services.desk import desk_in, sit
from tests.services.plans import Tables, plans

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)


def bring(desk: Desk, content: bytes, *, may_remove_much: bool = False) -> Imported:
    return import_plan(desk, read_plan(content), may_remove_much=may_remove_much)


def kept(desk: Desk) -> dict[str, dict[str, dict[str, Any]]]:
    return {name: table for name, table in desk.store.read().tables.items() if name != "history" and table}


def test_a_whole_sitting_comes_back_equal(tmp_path: Path) -> None:
    here, there = desk_in(tmp_path / "here"), desk_in(tmp_path / "there")
    sit(here).finish_plan()
    there.store.read()
    found = bring(there, export(here, "json"))
    assert kept(there) == kept(here)
    assert there.store.read().plan_id == here.store.read().plan_id == found.plan_id
    assert there.store.read().generation > here.store.read().generation
    assert (found.new["goals"], found.new["steps"], found.new["values"], found.is_as_written) == (1, 1, 2, True)
    assert export(there, "txt") == export(here, "txt")


@settings(max_examples=25)
@given(plans())
def test_any_plan_comes_back_equal_fits_the_schema_and_every_sheet_can_be_made(tables: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here, there = desk_in(Path(folder) / "here"), desk_in(Path(folder) / "there")
        with here.store.change(What("imported"), NOW) as change:
            change.put("letters", {"id": "made-here", "text": "x"})
            for name, records in tables.items():
                for record in records:
                    change.put_as_it_is(name, record)
        written = export(here, "json")
        bring(there, written)
        assert json.dumps(kept(there), sort_keys=True) == json.dumps(kept(here), sort_keys=True)
        assert export(there, "json").split(b"\n", 1)[1] == written.split(b"\n", 1)[1]
        document = json.loads(written)
        assert complaints(document, plan_schema()) == []
        assert complaints(json.loads(Path(here.places.plan).read_bytes()), plan_schema()) == []
        for language in LANGUAGES:
            for kind in ("mine", "wall"):
                sheet = plan_sheet(kept(here), here.words.to(language), date(2026, 11, 5), kind, with_passed=True)
                assert len({line.key for line in sheet.lines}) == len(sheet.lines)
                for name, format in FORMATS.items():
                    if not format.is_data:
                        text = format.writer().write(sheet, 40)
                        assert text.replace("\n", "") == shown(text).replace("\n", ""), name


# Refused


def document(**tables: Any) -> dict[str, Any]:
    about = {"format": "rchrp-goals-plan", "plan": "8f3a-plan", "schema": [1, 0], "generation": 3, "sha256": "0" * 64}
    return {"_file": {"1": about}, **tables}


def goal(**fields: Any) -> dict[str, Any]:
    return {"1": {"id": "goal-1", "title": "Visit", **fields}}


def as_bytes(found: Any) -> bytes:
    return json.dumps(found).encode()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "import_empty"),
    "blanks": (b" \n\n", "import_empty"),
    "no json": (b"Dear diary", "import_not_a_plan"),
    "another json": (b'{"a": 1}', "import_not_a_plan"),
    "a list": (b"[]", "import_not_a_plan"),
    "not utf-8": (b'{"_file": {"1": {"format": "\xff"}}}', "import_not_a_plan"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "import_not_a_plan"),
    "cut": (as_bytes(document(goals=goal()))[:-20], "import_cut"),
    "deep": (b'{"_file": ' * 100_000, "import_not_a_plan"),
    "deep list": (b"[" * 1_000_000, "import_not_a_plan"),
    "a long number": (b'{"goals": {"1": {"id": "goal-1", "n": ' + b"9" * 100_000 + b"}}}", "import_not_a_plan"),
    "an endless number": (
        as_bytes(document(goals=goal(n=1))).replace(b'"n": 1', b'"n": 1e999'),
        "import_cut",
    ),
    "not a number": (as_bytes(document(goals=goal(n=float("nan")))), "import_cut"),
    "a key twice": (
        as_bytes(document(goals=goal())).replace(b'"title": ', b'"title": "x", "title": '),
        "import_cut",
    ),
    "half a character": (as_bytes(document(goals=goal(title="\ud800"))), "import_cut"),
    "a record twice": (
        as_bytes(document(goals={**goal(), "2": {"id": "goal-1", "title": "x"}})),
        "import_record_wrong",
    ),
    "no id": (as_bytes(document(goals={"1": {"title": "x"}})), "import_record_wrong"),
    "no id in a table of tomorrow": (as_bytes(document(tomorrow={"1": {"title": "x"}})), "import_record_wrong"),
    "an id with a code": (as_bytes(document(goals={"1": {"id": "a\x1b[2J"}})), "import_record_wrong"),
    "a long text": (as_bytes(document(goals=goal(title="a" * 100_000))), "import_record_wrong"),
    "a position outside": (as_bytes(document(rulers={"1": {"id": "r-01", "importance": 11}})), "import_record_wrong"),
    "true is no number": (as_bytes(document(rulers={"1": {"id": "r-01", "importance": True}})), "import_record_wrong"),
    "no day": (as_bytes(document(goals=goal(review_on="yesterday"))), "import_record_wrong"),
    "a deep record": (
        as_bytes(document(goals=goal(n=1))).replace(b'"n": 1', b'"n": ' + b"[" * 40 + b"]" * 40),
        "import_record_wrong",
    ),
    "a level with a code for its name": (
        as_bytes(document(goals=goal(levels={"\x1b[2J": "x"}))),
        "import_record_wrong",
    ),
    "a strange table": (as_bytes(document(**{"../x": goal()})), "import_not_a_plan"),
    "a table that is none": (as_bytes(document(goals=[])), "import_cut"),
    "newer": (as_bytes(document()).replace(b"[1, 0]", b"[2, 0]"), "import_newer"),
    "a plan without a name": (as_bytes(document()).replace(b'"8f3a-plan"', b'""'), "import_not_a_plan"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_refused_and_nothing_is_changed(tmp_path: Path, name: str) -> None:
    content, key = HOSTILE[name]
    desk = desk_in(tmp_path)
    with pytest.raises(FileProblem) as problem:
        bring(desk, content)
    assert problem.value.key in {key, "import_not_a_plan" if key == "import_cut" else key}
    assert problem.value.exit_code == 3
    assert not desk.store.read().exists
    assert not Path(desk.places.plan).exists()
    for language in LANGUAGES:
        said = desk.words.to(language).problem(problem.value.key, problem.value.values)
        assert said == shown(said)


def test_codes_in_a_file_are_left_out_of_what_is_kept(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    found = bring(desk, as_bytes(document(goals=goal(title="Vi\x1b]52;c;eA==\x07sit \u202eus", why="a\x1b[2Jb"))))
    record = desk.store.read().records("goals")[0]
    assert (record["title"], record["why"]) == ("Visit us", "ab")
    assert not found.is_as_written


def test_what_a_newer_minor_version_wrote_is_kept(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    content = as_bytes(document(goals=goal(of_tomorrow={"a": [1, None]}), tomorrow={"7": {"id": "t-01", "x": 1.5}}))
    bring(desk, content.replace(b"[1, 0]", b"[1, 7]"))
    plan = desk.store.read()
    assert plan.records("goals")[0]["of_tomorrow"] == {"a": [1, None]}
    assert plan.records("tomorrow") == [{"id": "t-01", "x": 1.5}]


def test_of_a_removed_record_nothing_but_its_place_comes_back(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    bring(desk, as_bytes(document(goals=goal(removed_at="2026-11-05T20:00:00.000000Z", why="secret"))))
    assert desk.store.read().tables["goals"] == {
        "goal-1": {"id": "goal-1", "removed_at": "2026-11-05T20:00:00.000000Z"}
    }


def test_another_plan_than_the_one_here_is_refused(tmp_path: Path) -> None:
    here, there = desk_in(tmp_path / "here"), desk_in(tmp_path / "there")
    sit(here, "goals")
    sit(there, "learning")
    before = Path(there.places.plan).read_bytes()
    for call in (bring, lambda desk, content: preview(desk, read_plan(content))):
        with pytest.raises(ProblemError) as problem:
            call(there, export(here, "json"))
        assert (problem.value.key, problem.value.exit_code) == ("import_other_plan", 1)
    assert Path(there.places.plan).read_bytes() == before


def test_what_was_brought_in_is_not_undone_by_a_key(tmp_path: Path) -> None:
    here, there = desk_in(tmp_path / "here"), desk_in(tmp_path / "there")
    sit(here, "goals")
    bring(there, export(here, "json"))
    assert there.store.next_undo() is None


# Files


def test_a_file_is_read_up_to_its_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"x" * 100)
    assert read_import_file(path) == b"x" * 100
    monkeypatch.setattr(importing, "LARGEST", 99)
    with pytest.raises(FileProblem, match="import_too_large"):
        read_import_file(path)
    with pytest.raises(FileProblem, match="import_too_large"):
        bring(desk_in(tmp_path / "data"), b"x" * 100)


@pytest.mark.parametrize(
    ("name", "key"), [("none.json", "import_missing"), (".", "import_unreadable"), ("a\0b", "import_unreadable")]
)
def test_a_file_that_is_none(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(FileProblem, match=key):
        read_import_file(f"{tmp_path}/{name}")


# Two copies of one plan


def change(desk: Desk, table: str, id: str, **fields: Any) -> None:
    with desk.store.change(What("step_changed"), NOW) as one:
        one.put(table, {**(one.get(table, id) or {"id": id}), **fields})


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Desk, Desk]:
    """One plan with five goals in two folders."""
    here, there = desk_in(tmp_path / "here"), desk_in(tmp_path / "there")
    for number in range(5):
        change(here, "goals", f"goal-{number}", title=f"Goal {number}", state="active")
    bring(there, export(here, "json"))
    return here, there


def test_the_newer_version_stands_and_the_other_is_kept(pair: tuple[Desk, Desk]) -> None:
    here, there = pair
    change(here, "goals", "goal-0", title="From here")
    change(there, "goals", "goal-0", title="From there")
    change(there, "goals", "goal-0", title="From there, again", of_tomorrow={"a": 1})
    change(there, "dreams", "dream-1", text="of a table that nobody knows")
    for _ in range(2):
        bring(here, export(there, "json"))
        bring(there, export(here, "json"))
    for desk in pair:
        plan = desk.store.read()
        assert plan.tables["goals"]["goal-0"]["title"] == "From there, again"
        assert plan.tables["goals"]["goal-0"]["of_tomorrow"] == {"a": 1}
        assert plan.tables["dreams"]["dream-1"]["text"] == "of a table that nobody knows"
    assert [one["record"]["title"] for one in here.store.read().records("kept_versions")] == ["From here"]
    assert "From here" not in export(here, "json").decode()


def test_twice_is_once_and_makes_no_second_copy(pair: tuple[Desk, Desk]) -> None:
    here, there = pair
    change(there, "goals", "goal-0", title="From there")
    content = export(there, "json")
    first = bring(here, content)
    assert (first.newer, first.new, first.removed, first.is_new) == ({"goals": 1}, {}, {}, False)
    before = Path(here.places.plan).read_bytes()
    assert preview(here, read_plan(content)).is_nothing
    second = bring(here, content)
    assert second.is_nothing and not second.backup
    assert Path(here.places.plan).read_bytes() == before
    assert [path.name for path in Path(here.places.backups).iterdir()] == [first.backup]


def test_an_older_copy_takes_nothing_away_and_is_kept_beside_once(pair: tuple[Desk, Desk]) -> None:
    here, there = pair
    old = export(here, "json")
    change(there, "goals", "goal-0", title="Newer")
    found = bring(there, old)
    assert (found.beside, found.newer) == (1, {})
    assert there.store.read().tables["goals"]["goal-0"]["title"] == "Newer"
    assert preview(there, read_plan(old)).is_nothing


def test_the_plan_goes_on_above_every_generation_that_was_seen(pair: tuple[Desk, Desk]) -> None:
    here, there = pair
    for title in "abcdefgh":
        change(there, "goals", "goal-0", title=title)
    seen = there.store.read().generation
    bring(here, export(there, "json"))
    assert here.store.read().generation > seen


@pytest.mark.parametrize(("gone", "is_much"), [(1, False), (2, True)])
def test_more_than_a_fifth_of_the_goals_is_not_removed_unasked(
    pair: tuple[Desk, Desk], gone: int, is_much: bool
) -> None:
    here, there = pair
    with there.store.change(What("goal_removed"), NOW) as one:
        for number in range(gone):
            one.remove("goals", f"goal-{number}")
    content = export(there, "json")
    assert preview(here, read_plan(content)).removes_much is is_much
    if is_much:
        before = Path(here.places.plan).read_bytes()
        with pytest.raises(ProblemError, match="import_removes_much"):
            bring(here, content)
        assert Path(here.places.plan).read_bytes() == before
        assert not list(Path(here.places.backups).iterdir())
    bring(here, content, may_remove_much=True)
    assert len(here.store.read().records("goals")) == 5 - gone


def test_a_removed_check_in_is_asked_about(pair: tuple[Desk, Desk]) -> None:
    here, there = pair
    change(here, "check_ins", "check-1", summary="x")
    bring(there, export(here, "json"))
    with there.store.change(What("goal_removed"), NOW) as one:
        one.remove("check_ins", "check-1")
    with pytest.raises(ProblemError, match="import_removes_much"):
        bring(here, export(there, "json"))


@settings(max_examples=15)
@given(plans(), plans())
def test_any_two_copies_end_equal(mine: Tables, theirs: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here, there = desk_in(Path(folder) / "here"), desk_in(Path(folder) / "there")
        change(here, "goals", "goal-1", title="where both began")
        bring(there, export(here, "json"))
        for desk, tables in ((here, mine), (there, theirs)):
            with desk.store.change(What("imported"), NOW) as one:
                for name, records in tables.items():
                    for record in records:
                        one.put_as_it_is(name, record)
        from_here, from_there = export(here, "json"), export(there, "json")
        bring(here, from_there, may_remove_much=True)
        bring(there, from_here, may_remove_much=True)
        left, right = kept(here), kept(there)
        assert left == right
