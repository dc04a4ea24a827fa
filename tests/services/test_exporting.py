"""The plan written into files: each format and sheet, neutral names, and never over what is there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.services import exporting
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.exporting import export, keep_sheets, likely_folders, suggested_name, write_export
from rchrp_goals.store import safe_write
from tests.services.desk import desk_in, sit

SECRETS = ("before I send anyone", "shift runs long", "text Rosa", "Marcus", "said yes", "I saw it", "content to see")


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after Ana's sitting; tests work on copies."""
    folder = tmp_path_factory.mktemp("sat")
    sit(desk_in(folder)).finish_plan()
    return folder


@pytest.fixture
def desk(tmp_path: Path, sat: Path) -> Desk:
    """Ana's desk after the sitting."""
    return desk_in(Path(shutil.copytree(sat, tmp_path / "data")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", ["txt", "md", "html"])
def test_a_format_for_readers_holds_the_whole_plan_or_a_sheet(desk: Desk, format: str, language: str) -> None:
    whole = export(desk, format, language=language).decode()
    for secret in (*SECRETS, "Shadow three syringe service shifts"):
        assert secret in " ".join(whole.split()) or secret == "content to see"
    wall = export(desk, format, sheet="wall", language=language).decode()
    assert not [secret for secret in SECRETS if secret in " ".join(wall.split())]
    assert "Shadow three syringe service shifts" in wall
    assert {"en": "What comes next", "es": "Lo que sigue"}[language] in wall
    assert export(desk, format, sheet="mine", language=language).decode() == whole


def test_wording_is_the_interfaces_unless_another_is_asked_for(desk: Desk) -> None:
    assert export(desk, "txt").decode().startswith("My plan")
    assert export(desk, "txt", language="es").decode().startswith("Mi plan")
    desk.switch_language()
    assert export(desk, "txt").decode().startswith("Mi plan")


def test_text_keeps_to_its_width(desk: Desk) -> None:
    for width in (40, 80):
        assert max(len(line) for line in export(desk, "txt", width=width).decode().split("\n")) <= width


def test_the_wall_is_without_the_lines_left_off(desk: Desk) -> None:
    assert b"naloxone" in export(desk, "txt", sheet="wall")
    key = "learning:" + next(iter(desk.store.read().tables["learning"]))
    assert b"naloxone" not in export(desk, "txt", sheet="wall", leave_out={key})


def test_data_is_the_plan_without_its_history(desk: Desk) -> None:
    found = json.loads(export(desk, "json"))
    plan = desk.store.read()
    assert found["_file"]["1"]["plan"] == plan.plan_id
    assert found["_file"]["1"]["schema"] == [1, 2]
    assert set(found) == {"_file", *plan.tables} - {"history"}
    assert list(found["goals"]["1"].items()) == list(plan.records("goals")[0].items())


@pytest.mark.parametrize(
    ("call", "key"),
    [
        ({"format": "pdf2"}, "export_format"),
        ({"format": "txt", "sheet": "door"}, "export_sheet"),
        ({"format": "json", "sheet": "mine"}, "export_sheet_of_data"),
        ({"format": "txt", "width": 3}, "export_width"),
        ({"format": "txt", "width": 10**9}, "export_width"),
    ],
)
def test_a_wrong_call_says_so(desk: Desk, call: dict[str, object], key: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        export(desk, **call)  # type: ignore[arg-type]
    assert problem.value.key == key
    for language in LANGUAGES:
        assert desk.words.to(language).problem(problem.value.key, problem.value.values)


def test_no_plan_is_a_sentence_and_makes_none(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    for format in exporting.FORMATS:
        with pytest.raises(ProblemError, match="no_plan"):
            export(desk, format)
    assert not (tmp_path / "plan.json").exists()


# Files


def test_a_file_is_new_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    write_export(path, b"words")
    assert path.read_bytes() == b"words"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["plan.txt"]


def test_what_is_there_stays_without_a_yes(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("mine")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    for target in (path, link):
        with pytest.raises(ProblemError, match="file_exists"):
            write_export(target, b"words")
    assert path.read_text() == "mine"
    write_export(path, b"words", may_replace=True)
    assert path.read_text() == "words"
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.ENAMETOOLONG])
@pytest.mark.parametrize("stood", [True, False])
def test_a_failed_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, stood: bool
) -> None:
    path = tmp_path / "plan.txt"
    if stood:
        path.write_text("mine")

    def fail(*_: object) -> int:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(ProblemError) as problem:
        write_export(path, b"words", may_replace=True)
    monkeypatch.undo()
    names = {errno.ENOSPC: "export_disk_full", errno.EACCES: "export_not_allowed"}
    assert problem.value.key == names.get(error, "export_not_written")
    assert problem.value.values["path"] == str(path)
    assert [one.name for one in tmp_path.iterdir()] == (["plan.txt"] if stood else [])
    assert not stood or path.read_text() == "mine"


def test_folders_that_are_none_and_names_that_are_folders(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="folder_missing"):
        write_export(tmp_path / "none" / "plan.txt", b"words")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProblemError, match="folder_missing"):
        write_export(tmp_path / "file" / "plan.txt", b"words")
    with pytest.raises(ProblemError, match="path_is_folder"):
        write_export(tmp_path, b"words", may_replace=True)
    with pytest.raises(UsageProblem, match="output_empty"):
        write_export("", b"words")
    with pytest.raises(ProblemError, match="export_not_written"):
        write_export(f"{tmp_path}/a\0b", b"words")


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="a folder in which nobody can make a file")
def test_a_folder_that_is_there_is_never_said_to_be_missing() -> None:
    with pytest.raises(ProblemError, match="export_not_written"):
        write_export("/proc/plan.txt", b"words")


def test_a_file_that_comes_meanwhile_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    write_new = safe_write.write_new

    def meanwhile(name: str, data: bytes) -> None:
        write_new(name, data)
        path.write_text("somebody else's")

    monkeypatch.setattr(safe_write, "write_new", meanwhile)
    with pytest.raises(ProblemError, match="file_exists"):
        write_export(path, b"words")
    assert path.read_text() == "somebody else's"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_stick_without_links_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_export(tmp_path / "plan.txt", b"words")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"words"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_device_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    write_export("/dev/null", b"words")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


# Names and both sheets


@pytest.mark.parametrize(
    ("plan_id", "format", "sheet", "name"),
    [
        ("8f3a1c2d-0000", "html", "mine", "plan-8f3a.html"),
        ("8f3a1c2d-0000", "html", "wall", "next-8f3a.html"),
        ("8F3A", "json", None, "plan-8f3a.json"),
        ("../..", "txt", None, "plan-0.txt"),
        ("", "txt", None, "plan-0.txt"),
    ],
)
def test_names_say_nothing(plan_id: str, format: str, sheet: str | None, name: str) -> None:
    assert suggested_name(plan_id, format, sheet) == name


def test_both_sheets_are_kept_and_kept_again_beside(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    left = frozenset({"goal:" + next(iter(desk.store.read().tables["goals"]))})
    first = keep_sheets(desk, folder, leave_out=left)
    second = keep_sheets(desk, folder)
    short = desk.store.read().plan_id[:4]
    assert [path.name for path in first] == [f"next-{short}.html", f"plan-{short}.html"]
    assert [path.name for path in second] == [f"next-{short}-2.html", f"plan-{short}-2.html"]
    assert "Shadow three" not in first[0].read_text(encoding="utf-8")
    assert "Shadow three" in first[1].read_text(encoding="utf-8")
    assert "Shadow three" in second[0].read_text(encoding="utf-8")
    with pytest.raises(ProblemError, match="folder_missing"):
        keep_sheets(desk, tmp_path / "gone")


def test_likely_folders_are_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    (tmp_path / "Descargas").mkdir()
    (tmp_path / "Desktop").write_text("a file")
    assert [path.name for path in likely_folders(tmp_path)] == ["Documents", "Descargas", tmp_path.name]
    assert likely_folders(tmp_path / "gone") == []
