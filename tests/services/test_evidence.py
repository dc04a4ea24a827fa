"""Proof of an activity as a copy: it is there as long as its activity says so, and the page says how it stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.evidence import copy_of, copy_proof
from rchrp_goals.services.room import Place, Row
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.undoing import undo
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in
from tests.services.rooms.rooms import action, assert_sound, do


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


@pytest.fixture
def page(desk: Desk) -> Place:
    """The page of an activity that was done."""
    with desk.store.change(What("part_learning"), desk.clock.now()) as change:
        id = change.put("learning", {"title": "A talk", "state": "done", "done_on": "2026-11-01", "hours": 2})["id"]
    return Place("learning.one", str(id))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "my certificate.pdf"
    path.write_bytes(b"%PDF")
    return path


def names(desk: Desk) -> list[str]:
    return sorted(os.listdir(desk.places.evidence)) if os.path.isdir(desk.places.evidence) else []


def record(desk: Desk, page: Place) -> dict[str, Any]:
    return desk.store.read().get("learning", page.id) or {}


def row(desk: Desk, page: Place) -> Row:
    view = read_room(desk, page)
    assert_sound(view)
    found = view.row("copy")
    assert found is not None
    return found


def test_a_copy_is_made_said_and_deleted(desk: Desk, page: Place, source: Path) -> None:
    assert row(desk, page).text == "Copy the proof into my plan's folder"
    said = do(desk, page, "proof.copy", "copy", source=f"'{source}'")
    path = desk.places.proof(f"{page.id}.pdf")
    assert path in said.sentence and record(desk, page)["evidence_file"] == f"{page.id}.pdf"
    assert (row(desk, page).text, row(desk, page).note) == ("a copy in my plan's folder", path)
    assert action(read_room(desk, page), "proof.remove", "copy").confirm
    assert do(desk, page, "proof.remove", "copy").sentence == "The copy is deleted."
    assert names(desk) == [] and "evidence_file" not in record(desk, page) and source.exists()


def test_the_activity_takes_its_copy_along_and_undo_says_calmly_that_it_is_gone(
    desk: Desk, page: Place, source: Path
) -> None:
    assert "proof" not in action(read_room(desk, page), "learning.remove", "remove").confirm
    do(desk, page, "proof.copy", "copy", source=str(source))
    assert "undo does not bring that file back" in action(read_room(desk, page), "learning.remove", "remove").confirm
    do(desk, page, "learning.remove", "remove")
    assert names(desk) == []
    undo(desk.store, desk.words, desk.clock.now())
    assert row(desk, page).text.startswith("The copy is not in the folder any more.")
    do(desk, page, "proof.copy", "copy", source=str(source))
    assert names(desk) == [f"{page.id}.pdf"]


def test_undoing_the_copying_deletes_the_copy(desk: Desk, page: Place, source: Path) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    said = undo(desk.store, desk.words, desk.clock.now())
    assert said is not None and "a copy of a proof kept" in said and "A talk" in said
    assert names(desk) == [] and copy_of(record(desk, page)) == ""


def test_undoing_something_else_leaves_the_copy(desk: Desk, page: Place, source: Path) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    do(desk, page, "thing.open", "field:hours", hours="3")
    undo(desk.store, desk.words, desk.clock.now())
    assert names(desk) == [f"{page.id}.pdf"] and record(desk, page)["hours"] == 2


def test_another_file_takes_the_place_of_the_first(desk: Desk, page: Place, source: Path, tmp_path: Path) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    photo = tmp_path / "photo.JPG"
    photo.write_bytes(b"jpg")
    do(desk, page, "proof.copy", "copy", source=str(photo))
    assert names(desk) == [f"{page.id}.jpg"] and Path(desk.places.proof(f"{page.id}.jpg")).read_bytes() == b"jpg"


def test_a_path_that_cannot_be_is_said_under_its_field_and_nothing_changes(desk: Desk, page: Place) -> None:
    before = record(desk, page)
    for said, problem in (("/nowhere/at all.pdf", "evidence_not_there"), (desk.places.data, "evidence_folder")):
        with pytest.raises(AnswerRefused, match=problem) as refused:
            do(desk, page, "proof.copy", "copy", source=said)
        assert refused.value.values["ask"] == "source"
    assert record(desk, page) == before and names(desk) == []


def test_a_save_that_fails_leaves_no_copy(
    desk: Desk, page: Place, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ProblemError("disk_full", path="x")

    monkeypatch.setattr(desk.store, "_commit", fails)
    with pytest.raises(ProblemError, match="disk_full"):
        copy_proof(desk, page.id, str(source))
    assert names(desk) == []


def test_a_save_that_fails_leaves_the_copy_that_stood(
    desk: Desk, page: Place, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_proof(desk, page.id, str(source))
    other = tmp_path / "another.pdf"
    other.write_bytes(b"another")
    with monkeypatch.context() as patched:

        def fails(*_: object) -> None:
            raise ProblemError("disk_full", path="x")

        patched.setattr(desk.store, "_commit", fails)
        with pytest.raises(ProblemError, match="disk_full"):
            copy_proof(desk, page.id, str(other))
    assert names(desk) == [f"{page.id}.pdf"] and Path(path).read_bytes() == source.read_bytes()
    path = copy_proof(desk, page.id, str(other))
    assert names(desk) == [record(desk, page)["evidence_file"]] and Path(path).read_bytes() == b"another"


def test_a_copy_that_stays_is_named(desk: Desk, page: Place, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))

    delete = os.unlink

    def held(path: str) -> None:
        if path.startswith(desk.places.evidence):
            raise PermissionError
        delete(path)

    monkeypatch.setattr(os, "unlink", held)
    path = desk.places.proof(f"{page.id}.pdf")
    assert do(desk, page, "proof.remove", "copy").sentence == (
        f"It is out of your plan, but the copy could not be deleted. Delete it by hand: {path}."
    )
    assert names(desk) == [f"{page.id}.pdf"] and copy_of(record(desk, page)) == ""


def test_a_path_that_is_a_file_is_offered_and_one_at_which_nothing_is_is_said(
    desk: Desk, page: Place, source: Path
) -> None:
    do(desk, page, "thing.open", "field:evidence", evidence=str(source))
    assert action(read_room(desk, page), "proof.copy", "copy").asks[0].value == str(source)
    source.unlink()
    view = read_room(desk, page)
    found = view.row("field:evidence")
    assert found is not None and found.note == "Nothing is at that place on this computer just now."
    assert action(view, "proof.copy", "copy").asks[0].value is None
    do(desk, page, "thing.open", "field:evidence", evidence="in the blue folder")
    found = read_room(desk, page).row("field:evidence")
    assert found is not None and found.note == ""


@pytest.mark.parametrize("name", ["../../plan.json", "/etc/passwd", "plan.json", 3, None, "x" * 5000, "\0"])
def test_a_name_that_none_of_ours_has_is_no_copy(desk: Desk, page: Place, name: Any) -> None:
    with desk.store.change(What("part_learning"), desk.clock.now()) as change:
        change.put("learning", {**record(desk, page), "evidence_file": name})
    assert row(desk, page).text == "Copy the proof into my plan's folder"
    with pytest.raises(ProblemError, match="not_there"):
        copy_proof(desk, "nobody", "/etc/hosts")
