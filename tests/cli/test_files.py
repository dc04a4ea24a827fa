"""``export``, ``import``, ``schema`` and ``where``, the doors of the two faces, and ``--help``."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.arguments import COMMANDS
from rchrp_goals.cli_commands import MODULES
from rchrp_goals.content import Words
from rchrp_goals.store.locks import WindowLock
from rchrp_goals.store.plan_store import PlanStore, What
from tests.cli.calling import Called, Caller

FORMATS = ("txt", "md", "html", "json")


def fill(call: Caller) -> None:
    call.put("goals", {"id": "goal-0001", "title": "Shadow a shift", "why": "My secret reason", "state": "active"})
    call.add("Write to the service", "--goal", "goal-0001", "--by", "2026-11-09")


# export


@pytest.mark.parametrize("format", FORMATS)
def test_export_writes_to_stdout_or_into_a_file(call: Caller, tmp_path: Path, format: str) -> None:
    fill(call)
    for target in ([], ["-o", "-"]):
        code, out, err = call("export", format, *target)
        assert (code, err) == (0, "")
        assert "Write to the service" in out
    path = tmp_path / "out"
    code, out, err = call("export", format, "-o", str(path))
    assert (code, out) == (0, "")
    assert str(path) in err
    assert "Write to the service" in path.read_text(encoding="utf-8")


def test_export_replaces_a_file_only_when_told(spoken: Caller, tmp_path: Path) -> None:
    fill(spoken)
    path = tmp_path / "mine.txt"
    path.write_text("before", encoding="utf-8")
    assert spoken("export", "txt", "-o", str(path), stdin="y\n").code == 1
    assert spoken("export", "txt", "-o", str(path), stdin="\n", is_typed=True).code == 1
    assert spoken("export", "txt", "-o", str(path), stdin="n\n", is_typed=True).code == 1
    assert path.read_text(encoding="utf-8") == "before"
    yes = {"en": "yes\n", "es": "Sí\n"}[spoken.language]
    assert spoken("export", "txt", "-o", str(path), stdin=yes, is_typed=True).code == 0
    assert "Write to the service" in path.read_text(encoding="utf-8")
    path.write_text("before", encoding="utf-8")
    assert spoken("export", "txt", "-o", str(path), "--yes").code == 0
    assert "Write to the service" in path.read_text(encoding="utf-8")


def test_the_sheet_for_the_wall_holds_no_reason(call: Caller) -> None:
    fill(call)
    for format in ("txt", "md", "html"):
        assert "My secret reason" in call("export", format, "--mine").out
        assert "My secret reason" not in call("export", format, "--sheet", "wall").out


def test_export_speaks_the_language_of_the_call(call: Caller) -> None:
    fill(call)
    assert call("export", "txt").out != call("export", "txt", "--lang", "es").out


def test_a_file_without_a_name_is_exit_2(spoken: Caller) -> None:
    fill(spoken)
    for argv in (["export", "txt", "-o", ""], ["import", ""]):
        code, out, err = spoken(*argv)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert "/" not in err


def test_lines_of_txt_are_as_wide_as_said(call: Caller) -> None:
    fill(call)
    call.add("a long step " * 20)
    assert max(map(len, call("export", "txt", "--width", "60").out.splitlines())) <= 60


@pytest.mark.parametrize(
    "argv", [["docx"], ["txt", "--sheet", "door"], ["txt", "--width", "wide"], ["txt", "--width", "0"], ["txt", "md"]]
)
def test_what_cannot_be_exported_is_exit_2(spoken: Caller, argv: list[str]) -> None:
    fill(spoken)
    code, out, err = spoken("export", *argv)
    assert (code, out) == (2, "")
    assert "{" not in err


def test_export_without_a_plan_is_exit_1(spoken: Caller) -> None:
    code, out, err = spoken("export", "txt")
    assert (code, out) == (1, "")
    assert err
    assert not spoken.data.exists()


# import


def test_a_plan_comes_back_equal(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(call)
    path = tmp_path / "plan.json"
    call("export", "json", "-o", str(path))
    other = Caller(tmp_path / "other", monkeypatch)
    code, out, err = other("import", str(path))
    assert (code, out) == (0, "")
    assert "1 goal and 1 step." in err
    for name in ("goals", "steps"):
        assert other.tables[name] == call.tables[name]
    assert other("due").out == ""
    assert other("export", "txt").out == call("export", "txt").out


@pytest.fixture
def two(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Caller, Caller, Path]:
    """One plan in two folders, and a file to carry it from the first to the second."""
    fill(call)
    path = tmp_path / "plan.json"
    call("export", "json", "-o", str(path))
    other = Caller(tmp_path / "other", monkeypatch)
    assert other("import", str(path)).code == 0
    return call, other, path


def carried(two: tuple[Caller, Caller, Path], **typed: Any) -> Called:
    here, other, path = two
    here("export", "json", "-o", str(path), "--yes")
    return other("import", str(path), *typed.pop("argv", ()), **typed)


def test_import_brings_two_copies_of_a_plan_together(two: tuple[Caller, Caller, Path]) -> None:
    here, other, _ = two
    id = here.add("Call Rosa")
    own = other.add("Write to Marcus")
    before = Path(other.places.plan).read_bytes()
    code, out, err = carried(two)
    assert (code, out) == (1, "")
    assert "New from this file: 1 step." in err
    assert Path(other.places.plan).read_bytes() == before
    assert carried(two, stdin="n\n", is_typed=True).code == 1
    assert Path(other.places.plan).read_bytes() == before
    code, out, err = carried(two, stdin="y\n", is_typed=True)
    assert (code, out) == (0, "")
    assert {id, own} <= set(other.tables["steps"])
    (backup,) = Path(other.places.backups).iterdir()
    assert backup.read_bytes() == before
    assert str(backup) in err
    code, out, err = carried(two, argv=["--yes"])
    assert (code, out) == (0, "")
    assert len(err.splitlines()) == 1
    assert len(list(Path(other.places.backups).iterdir())) == 1


def test_an_import_is_undone_from_its_backup(two: tuple[Caller, Caller, Path]) -> None:
    here, other, _ = two
    here.add("Call Rosa")
    other.add("Write to Marcus")
    before = {name: table for name, table in other.tables.items() if name != "history"}
    assert carried(two, argv=["--yes"]).code == 0
    later = other.add("Another one")
    assert "Another one" in other("undo").err
    code, _, err = other("undo")
    assert code == 0
    assert err.startswith("Taken back: a plan brought in.")
    assert {name: table for name, table in other.tables.items() if name != "history"} == before
    assert later not in other.tables["steps"]
    assert "Write to Marcus" in other("undo").err
    assert carried(two, argv=["--yes"]).code == 0
    for backup in Path(other.places.backups).iterdir():
        backup.unlink()
    kept = other.tables
    assert other("undo").code == 1
    assert other.tables == kept


def test_what_would_remove_much_is_asked_whatever_was_said(two: tuple[Caller, Caller, Path]) -> None:
    here, other, _ = two
    (goal,) = here.tables["goals"]
    with PlanStore(here.places).change(What("test"), here.clock.now()) as change:
        change.remove("goals", goal)
    before = Path(other.places.plan).read_bytes()
    code, _, err = carried(two, argv=["--yes"])
    assert code == 1
    assert "Removed in this file, and so here too: 1 goal." in err
    assert carried(two, argv=["--yes"], stdin="\n", is_typed=True).code == 1
    assert Path(other.places.plan).read_bytes() == before
    assert carried(two, stdin="y\n", is_typed=True).code == 0
    assert other.tables["goals"][goal].get("removed_at")
    assert "Write to the service" in other("goals").out, "what belonged to it is not lost from sight"


def test_another_plan_is_refused(spoken: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(spoken)
    path = tmp_path / "plan.json"
    spoken("export", "json", "-o", str(path))
    other = Caller(tmp_path / "other", monkeypatch)
    other.language = spoken.language
    other.add("Write to Marcus")
    before = Path(other.places.plan).read_bytes()
    code, out, err = other("import", str(path), "--yes")
    assert (code, out) == (1, "")
    assert "--data" in err
    assert Path(other.places.plan).read_bytes() == before


def test_import_waits_for_the_window(spoken: Caller, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{}", encoding="utf-8")
    window = WindowLock(spoken.places)
    assert window.acquire()
    try:
        code, out, err = spoken("import", str(path))
    finally:
        window.release()
    assert (code, out) == (4, "")
    assert err
    assert not Path(spoken.places.plan).exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"{}"])
def test_import_of_what_is_no_plan_is_exit_3(spoken: Caller, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    code, out, err = spoken("import", str(path))
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1
    assert spoken("import", str(tmp_path / "nowhere")).code == 3
    assert not spoken.data.exists(), "not even a lock is left behind"


def test_a_file_that_another_program_changed_is_said(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(call)
    text = call("export", "json").out
    path = tmp_path / "plan.json"
    other = Caller(tmp_path / "other", monkeypatch)
    path.write_text(text.replace("Write to", "Call"), encoding="utf-8")
    code, _, err = other("import", str(path))
    assert code == 0
    assert len(err.splitlines()) == 2


# schema, where


def test_the_schema_is_one_json_document(call: Caller) -> None:
    for argv in (["schema"], ["schema", "plan"]):
        document = json.loads(call(*argv).out)
        assert "steps" in document["properties"]
    assert call("schema", "packet").code == 2
    assert not call.data.exists()


def test_where_prints_every_path_and_makes_none(spoken: Caller) -> None:
    out = spoken("where").out
    assert len(out.splitlines()) == len(spoken.places.every())
    for _, path, _ in spoken.places.every():
        assert path in out
    assert not spoken.data.exists()


def test_where_names_what_a_killed_program_left(call: Caller) -> None:
    call.add("x y")
    left = call.data / ".plan.json.123.new"
    left.write_text("half", encoding="utf-8")
    assert str(left) in call("where").out


# The faces


@pytest.mark.parametrize("argv", [[], ["begin"], ["begin", "goals"]])
def test_without_a_terminal_the_app_does_not_open(spoken: Caller, argv: list[str]) -> None:
    code, out, err = spoken(*argv)
    assert (code, out) == (1, "")
    assert "--plain" in err
    assert not spoken.data.exists()


def test_an_unknown_conversation_is_exit_2(spoken: Caller) -> None:
    code, out, err = spoken("begin", "yoga")
    assert (code, out) == (2, "")
    assert "last-day" in err


@pytest.mark.parametrize(
    ("argv", "environ"),
    [(["--plain"], {}), ([], {"RCHRP_GOALS_PLAIN": "1"}), ([], {"TERM": "dumb"}), (["begin", "goals", "--plain"], {})],
)
def test_plain_mode_is_chosen_in_four_ways(call: Caller, argv: list[str], environ: dict[str, str]) -> None:
    code, out, _ = call("--lang", "en", *argv, environ=environ)
    assert code == 0  # the end of input pauses
    assert out


def test_settings_choose_plain_mode_too(call: Caller) -> None:
    call.data.mkdir()
    Path(call.places.settings).write_text('language = "es"\nface = "plain"\n', encoding="utf-8")
    assert call("begin", "goals").code == 0


def test_plain_mode_while_a_window_is_open_is_exit_4(spoken: Caller) -> None:
    window = WindowLock(spoken.places)
    assert window.acquire()
    try:
        assert spoken("--plain", "--lang", "en", "begin").code == 4
    finally:
        window.release()


# Help


def test_help_names_every_command_and_nothing_else(spoken: Caller) -> None:
    text = spoken("--help").out
    assert spoken("-h").out == text
    named = set(re.findall(r"(?m)^  ([a-z][a-z-]*) ", text))
    assert named == {name for name in COMMANDS if name}
    assert max(map(len, text.splitlines())) <= 80


def test_every_command_of_the_table_stands_in_a_module_of_its_own_group() -> None:
    elsewhere = {"", "begin", "check-in", "reflect", "due"}
    assert set(MODULES) == set(COMMANDS) - elsewhere
    for command, module in MODULES.items():
        assert callable(import_module(module).COMMANDS[command])


@pytest.mark.parametrize("command", [name for name in COMMANDS if name])
def test_each_command_explains_itself_with_all_its_options(spoken: Caller, command: str) -> None:
    code, out, err = spoken(command, "--help")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split(" ", 1)[1].startswith(f"rchrp-goals {command}")
    for option in COMMANDS[command].options:
        assert ("-o " if option == "--output" else option) in out
    assert max(map(len, out.splitlines())) <= 88
    assert not spoken.data.exists()


def test_help_and_version_need_no_folder(call: Caller) -> None:
    assert call("--version", environ={"HOME": ""}).code == 0
    assert call("--version").out.strip()
    assert call("--lang", "fr", "--help").code == 2


def test_the_languages_of_help_come_from_the_call_the_settings_the_locale(call: Caller) -> None:
    spanish = call("--lang", "es", "--help").out
    call.language = "es"
    assert call("--help").out == spanish
    call.data.mkdir()
    Path(call.places.settings).write_text("# mine\n  language = 'en'  # for now\n", encoding="utf-8")
    assert call("--help").out != spanish
    assert call("--lang=es", "--help").out == spanish


@pytest.mark.parametrize("argv", [["export", "json"], ["export", "html"], ["calendar"]])
def test_the_plans_own_files_are_never_written_over(spoken: Caller, argv: list[str]) -> None:
    spoken.add("Call Rosa", "--by", "2026-11-09")
    before = Path(spoken.places.plan).read_bytes()
    code, _, err = spoken(*argv, "-o", spoken.places.plan, "--yes")
    assert (code, err.strip()) == (1, Words(spoken.language).problem("export_own_file", {"path": spoken.places.plan}))
    assert Path(spoken.places.plan).read_bytes() == before
