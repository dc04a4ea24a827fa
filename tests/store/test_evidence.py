"""Copies of proof: which file was meant, whole or not at all, private, and nothing else is touched."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan.versions import kept_version
from rchrp_goals.store import evidence, safe_write
from rchrp_goals.store.evidence import forget_unneeded, is_copy_of, keep_copy, read_source
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, What
from tests.conftest import NOW

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
ID = "0b9ce6a0-1111-4222-8333-444455556666"


@pytest.fixture
def source(clean_environment: Path) -> Path:
    """A certificate in the home folder, with blanks in its name."""
    path = clean_environment / "my certificate.PDF"
    path.write_bytes(b"%PDF-1.7 \x00\xff")
    return path


@pytest.mark.parametrize("form", ["{}", "  {} ", "'{}'", '"{}"', "~/my certificate.PDF", "{dragged}"])
def test_a_path_is_read_as_it_is_typed_or_dragged_in(source: Path, form: str) -> None:
    said = form.format(source, dragged=str(source).replace(" ", "\\ "))
    assert read_source(said) == str(source)


def test_what_is_no_file_to_copy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"x" * 11)
    monkeypatch.setattr(evidence, "_MOST", 10)
    said = {
        "nowhere.pdf": "evidence_not_there",
        "": "evidence_folder",
        "empty": "evidence_empty",
        "large": "evidence_too_large",
        "large/x": "evidence_not_there",
        "x\0y": "evidence_not_there",
        "n" * 5000: "evidence_not_there",
    }
    for name, problem in said.items():
        with pytest.raises(AnswerRefused, match=problem):
            read_source(str(tmp_path / name))


@posix
def test_a_pipe_and_what_may_not_be_read_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AnswerRefused, match="evidence_no_file"):
        read_source(str(tmp_path / "pipe"))
    (tmp_path / "closed").write_bytes(b"x")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(AnswerRefused, match="evidence_unreadable"):
        read_source(str(tmp_path / "closed"))


@posix
def test_a_copy_is_private_and_has_a_neutral_name(places: Places, source: Path) -> None:
    name = keep_copy(places, ID, str(source))
    assert name == f"{ID}.pdf"
    path = Path(places.proof(name))
    assert path.read_bytes() == source.read_bytes() == b"%PDF-1.7 \x00\xff"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(places.evidence) == [name] and places.leftovers() == []


@pytest.mark.parametrize("name", ["x.tar.gz", "x.", "x", "x.a b", "x.toolongsuffix", "x.ñ"])
def test_a_suffix_is_kept_only_where_it_is_plain(places: Places, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"1")
    kept = keep_copy(places, ID, str(tmp_path / name))
    assert kept == (f"{ID}.gz" if name.endswith(".gz") else ID)
    assert is_copy_of(ID, kept)


def test_a_copy_that_cannot_be_written_or_reads_otherwise_leaves_nothing(
    places: Places, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: str, data: bytes) -> None:
        Path(path).write_bytes(data[:3])

    monkeypatch.setattr(safe_write, "replace_file", half)
    with pytest.raises(ProblemError, match="evidence_not_kept"):
        keep_copy(places, ID, str(source))

    def full(path: str, data: bytes) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(safe_write, "replace_file", full)
    with pytest.raises(ProblemError, match="evidence_disk_full"):
        keep_copy(places, ID, str(source))
    assert os.listdir(places.evidence) == []


@posix
def test_a_link_in_the_place_of_a_copy_is_not_followed(places: Places, source: Path, tmp_path: Path) -> None:
    os.makedirs(places.evidence)
    (tmp_path / "precious").write_text("mine")
    os.symlink(tmp_path / "precious", places.proof(f"{ID}.pdf"))
    keep_copy(places, ID, str(source))
    assert (tmp_path / "precious").read_text() == "mine"


@posix
def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(evidence, "read_source", str)
    with pytest.raises(AnswerRefused, match="evidence_no_file"):
        keep_copy(places, ID, str(tmp_path / "pipe"))


def learning(*records: dict[str, str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Give a plan's tables with these activities."""
    return {"learning": {str(key): dict(record) for key, record in enumerate(records, 1)}}


def test_only_copies_of_activities_that_the_plan_knows_are_deleted(places: Places, source: Path) -> None:
    kept, second = keep_copy(places, ID, str(source)), keep_copy(places, ID, str(source))
    assert second == f"{ID}.2.pdf"
    others = [f"{ID}-more.pdf", f"x{ID}.pdf", f"{ID}.a.b", "note.txt"]
    for name in others:
        Path(places.proof(name)).write_bytes(b"1")
    forget_unneeded(places, learning({"id": "somebody"}))
    assert sorted(os.listdir(places.evidence)) == sorted([*others, kept, second])
    forget_unneeded(places, learning({"id": ID, "evidence_file": second}))
    assert sorted(os.listdir(places.evidence)) == sorted([*others, second])
    forget_unneeded(places, learning({"id": ID, "removed_at": "2026-11-05T10:00:00.000000Z"}))
    assert sorted(os.listdir(places.evidence)) == sorted(others)


def test_what_a_version_beside_a_record_names_stays_as_long_as_that(places: Places, source: Path) -> None:
    name = keep_copy(places, ID, str(source))
    tables = learning({"id": ID})
    tables["kept_versions"] = {"1": kept_version("learning", {"id": ID, "evidence_file": name})}
    forget_unneeded(places, tables)
    assert os.listdir(places.evidence) == [name]
    tables["learning"]["1"]["removed_at"] = "2026-11-05T10:00:00.000000Z"
    forget_unneeded(places, tables)
    assert os.listdir(places.evidence) == []


def test_what_a_version_beside_a_removed_record_names_stays_while_undo_brings_the_record_back(
    places: Places, source: Path
) -> None:
    name = keep_copy(places, ID, str(source))
    store = PlanStore(places)
    with store.change(What("test"), NOW) as change:
        change.put("learning", {"id": ID, "title": "A talk", "state": "done"})
        change.put("kept_versions", kept_version("learning", {"id": ID, "evidence_file": name}))
    with store.change(What("test"), NOW) as change:
        change.remove("learning", ID)
    assert os.listdir(places.evidence) == [name]


def test_what_a_killed_program_left_half_written_goes_with_the_next_save(places: Places, source: Path) -> None:
    kept = keep_copy(places, ID, str(source))
    half = Path(safe_write.temporary_name(places.proof("gone-0001.pdf")))
    half.write_bytes(b"%PDF")
    assert places.leftovers() == [str(half)]
    with PlanStore(places).change(What("test"), NOW) as change:
        change.put("learning", {"id": ID, "title": "A talk", "state": "done", "evidence_file": kept})
    assert places.leftovers() == [] and os.listdir(places.evidence) == [kept]


@pytest.mark.parametrize("id", ["../x", "", "a/b", "x" * 65])
def test_an_id_that_is_no_id_makes_no_file(places: Places, source: Path, id: str) -> None:
    with pytest.raises(ProblemError, match="not_there"):
        keep_copy(places, id, str(source))
    assert not os.path.exists(places.evidence)


def test_a_copy_that_cannot_be_deleted_goes_with_a_later_save(
    places: Places, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_copy(places, ID, str(source))

    def held(path: str) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(safe_write, "remove_if_there", held)
        forget_unneeded(places, learning({"id": ID}))
    assert os.listdir(places.evidence) == [f"{ID}.pdf"]
    forget_unneeded(places, learning({"id": ID}))
    assert os.listdir(places.evidence) == []


@pytest.mark.parametrize("way", ["set_aside_and_use_backup", "keep_as_it_is", "set_aside_and_write_again"])
def test_a_copy_that_only_the_plan_named_that_is_set_aside_is_kept_beside_it(
    places: Places, source: Path, way: str
) -> None:
    window = PlanStore(places)
    with window.change(What("test"), NOW) as change:
        change.put("learning", {"id": ID, "title": "A talk", "state": "done"})
    with PlanStore(places).change(What("test"), NOW) as change:
        change.put("learning", {"id": ID, "state": "done", "evidence_file": keep_copy(places, ID, str(source))})
    plan = Path(places.plan)
    if way == "keep_as_it_is":  # another program put the plan before it back, and wrote it in its own way
        plan.write_bytes(Path(places.backup).read_bytes().replace(b"A talk", b"a talk"))
    else:
        plan.write_bytes(plan.read_bytes()[:-40])
    kept = getattr(window, way)(NOW)
    with window.change(What("test"), NOW) as change:
        change.put("steps", {"text": "Call Rosa"})
    assert os.listdir(places.evidence) == []
    aside = Path(f"{kept.removesuffix('.json')}-{ID}.pdf")
    assert aside.read_bytes() == source.read_bytes()
