"""Proof of an activity as a copy: it is there as long as its activity says so, and the page says how it stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plain_terminal import PausedError
from rchrp_goals.services import learning_changes
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.evidence import copy_of, copy_proof
from rchrp_goals.services.exporting import export
from rchrp_goals.services.importing import import_plan, read_plan
from rchrp_goals.services.room import Place, Row
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.undoing import undo
from rchrp_goals.store import evidence
from rchrp_goals.store.history import LONGEST
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


def changes(desk: Desk, count: int = LONGEST) -> None:
    """Change something else, so often."""
    for _ in range(count):
        with desk.store.change(What("test"), desk.clock.now()) as change:
            change.put("steps", {"text": "Call Rosa", "state": "planned"})


def read(desk: Desk, name: str) -> bytes:
    return Path(desk.places.proof(name)).read_bytes()


def test_a_copy_is_made_said_and_removed_and_comes_back(desk: Desk, page: Place, source: Path) -> None:
    assert row(desk, page).text == "Copy the proof into my plan's folder"
    said = do(desk, page, "proof.copy", "copy", source=f"'{source}'")
    name = f"{page.id}.pdf"
    path = desk.places.proof(name)
    assert path in said.sentence and record(desk, page)["evidence_file"] == name
    assert (row(desk, page).text, row(desk, page).note) == ("a copy in my plan's folder", path)
    assert row(desk, page).spoken.endswith(f": a copy in my plan's folder; {path}.")
    assert "Undo brings it back" in action(read_room(desk, page), "proof.remove", "copy").confirm
    assert path in do(desk, page, "proof.remove", "copy").sentence
    assert "evidence_file" not in record(desk, page) and names(desk) == [name]
    undo(desk.store, desk.words, desk.clock.now())
    assert row(desk, page).note == path and read(desk, name) == b"%PDF"
    do(desk, page, "proof.remove", "copy")
    changes(desk, LONGEST - 1)
    assert names(desk) == [name]
    changes(desk, 1)
    assert names(desk) == [] and source.exists()


def test_the_activity_takes_its_copy_along_and_undo_brings_both_back(desk: Desk, page: Place, source: Path) -> None:
    assert "proof" not in action(read_room(desk, page), "learning.remove", "remove").confirm
    do(desk, page, "proof.copy", "copy", source=str(source))
    assert "comes back with it" in action(read_room(desk, page), "learning.remove", "remove").confirm
    do(desk, page, "learning.remove", "remove")
    changes(desk, 3)
    for _ in range(4):
        undo(desk.store, desk.words, desk.clock.now())
    assert row(desk, page).note == desk.places.proof(f"{page.id}.pdf")
    do(desk, page, "learning.remove", "remove")
    changes(desk)
    assert names(desk) == []


def test_a_copy_that_somebody_deleted_is_said_calmly(desk: Desk, page: Place, source: Path) -> None:
    os.remove(copy_proof(desk, page.id, str(source)))
    assert row(desk, page).text.startswith("The copy is not in the folder any more.")
    do(desk, page, "proof.copy", "copy", source=str(source))
    assert row(desk, page).note


def test_undoing_the_copying_deletes_the_copy(desk: Desk, page: Place, source: Path) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    said = undo(desk.store, desk.words, desk.clock.now())
    assert said is not None and "a copy of a proof kept" in said and "A talk" in said
    assert names(desk) == [] and copy_of(record(desk, page)) == ""


def test_a_proof_that_was_replaced_comes_back_with_its_file(
    desk: Desk, page: Place, source: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.pdf"
    photo.write_bytes(b"second")
    do(desk, page, "proof.copy", "copy", source=str(source))
    do(desk, page, "proof.copy", "copy", source=str(photo))
    first, second = f"{page.id}.pdf", f"{page.id}.2.pdf"
    assert record(desk, page)["evidence_file"] == second and names(desk) == sorted([first, second])
    undo(desk.store, desk.words, desk.clock.now())
    assert record(desk, page)["evidence_file"] == first and read(desk, first) == b"%PDF" and names(desk) == [first]
    do(desk, page, "proof.copy", "copy", source=str(photo))
    changes(desk)
    assert names(desk) == [second] and read(desk, second) == b"second"


@pytest.mark.parametrize("is_saved", [False, True])
def test_killed_in_the_middle_nothing_is_lost_and_nothing_stays(
    desk: Desk, page: Place, source: Path, monkeypatch: pytest.MonkeyPatch, *, is_saved: bool
) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    stood = record(desk, page)
    commit = desk.store._commit

    def killed(*given: Any) -> None:
        if is_saved:
            monkeypatch.setattr(evidence, "forget_unneeded", lambda *_: None)
            commit(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "_commit", killed)
        with pytest.raises(KeyboardInterrupt):
            copy_proof(desk, page.id, str(source))
    assert len(names(desk)) == 2
    changes(desk, 1)
    if is_saved:
        assert record(desk, page)["evidence_file"] in names(desk) and len(names(desk)) == 2
    else:
        assert record(desk, page) == stood and names(desk) == [stood["evidence_file"]]


def test_called_away_right_after_the_save_its_copy_stays(
    desk: Desk, page: Place, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = desk.store._commit

    def called_away(*given: Any) -> None:
        commit(*given)
        raise PausedError

    monkeypatch.setattr(desk.store, "_commit", called_away)
    with pytest.raises(PausedError):
        copy_proof(desk, page.id, str(source))
    assert names(desk) == [record(desk, page)["evidence_file"]]


def test_the_copy_of_an_activity_that_an_import_removes_goes_once_undo_cannot_bring_it_back(
    desk: Desk, page: Place, source: Path, tmp_path: Path
) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    (name,) = names(desk)
    elsewhere = desk_in(tmp_path / "elsewhere")
    import_plan(elsewhere, read_plan(export(desk, "json")))
    learning_changes.remove_activity(elsewhere.store, page.id, elsewhere.clock.now())
    brought = read_plan(export(elsewhere, "json"))
    import_plan(desk, brought)
    changes(desk, 2)
    assert record(desk, page) == {} and names(desk) == [name]
    for _ in range(3):
        undo(desk.store, desk.words, desk.clock.now())
    assert record(desk, page)["evidence_file"] == name and names(desk) == [name]
    import_plan(desk, brought)
    changes(desk)
    assert record(desk, page) == {} and names(desk) == []


def test_a_new_plan_leaves_the_copies_of_one_that_was_set_aside(desk: Desk, page: Place, source: Path) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    Path(desk.places.plan).write_bytes(b'{"_file":')
    desk.store.set_aside_and_start_new(desk.clock.now())
    changes(desk, 2)
    assert names(desk) == [f"{page.id}.pdf"]


def test_undoing_something_else_leaves_the_copy(desk: Desk, page: Place, source: Path) -> None:
    do(desk, page, "proof.copy", "copy", source=str(source))
    do(desk, page, "thing.open", "field:hours", hours="3")
    undo(desk.store, desk.words, desk.clock.now())
    assert names(desk) == [f"{page.id}.pdf"] and record(desk, page)["hours"] == 2


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
    assert os.path.basename(path) == record(desk, page)["evidence_file"] and Path(path).read_bytes() == b"another"


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
