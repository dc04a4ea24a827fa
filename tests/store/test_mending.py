"""A damaged plan: what is said of it, and the ways back. Words are set aside, never deleted."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.store.due_file import read_due
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import Difference, PlanStore, What
from tests.store.helpers import LATER, NOW, add, due_rows, edit, head, plan_bytes, put_plan, sealed, standing, texts

KEPT = "plan-20261106-093001.json"


@pytest.fixture
def store(places: Places) -> PlanStore:
    """Return a plan of two steps; its backup holds the first."""
    store = PlanStore(places, due_rows=due_rows)
    add(store, "one")
    add(store, "two")
    return store


def spoil(places: Places, kind: str) -> None:
    """Damage the plan in one way."""
    data = plan_bytes(places)
    new = {"cut": data[:300], "empty": b"", "not_ours": b"hello", "missing_backup_there": None}[kind]
    if new is None:
        os.unlink(places.plan)
    else:
        Path(places.plan).write_bytes(new)


def change_outside(places: Places, text: str = "changed outside") -> None:
    with TinyDB(places.plan, encoding="utf-8") as theirs:
        theirs.table("steps").update({"text": text}, where("text") == "two")


DAMAGED = ["cut", "empty", "not_ours", "missing_backup_there"]


class TestDiagnosis:
    def test_fine(self, store: PlanStore, places: Places) -> None:
        found = store.diagnose()
        assert (found.kind, found.problem, found.path) == ("fine", None, places.plan)
        assert (found.backup_is_good, found.backup_generation) == (True, 1)
        assert found.backup_written_at == pytest.approx(os.stat(places.backup).st_mtime)

    def test_no_plan_yet(self, tmp_path: Path) -> None:
        found = PlanStore(Places(str(tmp_path / "new"))).diagnose()
        assert (found.kind, found.problem, found.backup_is_good) == ("none", None, False)
        assert (found.backup_generation, found.backup_written_at) == (0, None)

    @pytest.mark.parametrize("kind", DAMAGED)
    def test_damage(self, store: PlanStore, places: Places, kind: str) -> None:
        spoil(places, kind)
        before = standing(places.data)
        found = store.diagnose()
        assert (found.kind, found.backup_is_good) == (kind, True)
        assert found.problem is not None
        assert (found.problem.key, found.problem.exit_code) == (f"plan_{kind}", 3)
        assert standing(places.data) == before

    def test_changed_outside(self, store: PlanStore, places: Places) -> None:
        change_outside(places)
        assert store.diagnose().kind == "changed_outside"

    def test_a_backup_that_is_no_help(self, store: PlanStore, places: Places) -> None:
        spoil(places, "cut")
        Path(places.backup).write_bytes(b"{")
        found = store.diagnose()
        assert (found.kind, found.backup_is_good, found.backup_generation) == ("cut", False, 0)

    def test_a_backup_that_was_changed_outside_is_no_help(self, store: PlanStore, places: Places) -> None:
        Path(places.backup).write_bytes(Path(places.backup).read_bytes().replace(b'"one"', b'"eno"'))
        assert not store.diagnose().backup_is_good


class TestEveryCut:
    def test_loses_nothing_and_shows_nothing_wrong(self, store: PlanStore, places: Places) -> None:
        """Every cut of the plan beside its backup: said, never changed, and one step back is always there."""
        data, seen = plan_bytes(places), set()
        backup = Path(places.backup).read_bytes()
        for length in range(len(data)):
            Path(places.plan).write_bytes(data[:length])
            window = PlanStore(places)
            calls = (window.read, lambda: add(window), lambda: window.undo(NOW))  # noqa: B023 (called here)
            for call in calls if length % 7 == 0 else calls[:1]:
                with pytest.raises(FileProblem):
                    call()
            diagnosis = window.diagnose()
            assert diagnosis.backup_is_good
            seen.add(diagnosis.kind)
            assert plan_bytes(places) == data[:length]
            assert Path(places.backup).read_bytes() == backup
        # without its last line end it is whole, and known to be another file
        assert seen == {"empty", "cut", "changed_outside"}
        PlanStore(places).keep_as_it_is(LATER)
        assert texts(store) == ["one", "two"]

    def test_and_every_cut_can_be_mended(self, store: PlanStore, places: Places) -> None:
        data, backup = plan_bytes(places), Path(places.backup).read_bytes()
        for length in range(0, len(data) - 1, 97):
            Path(places.plan).write_bytes(data[:length])
            Path(places.backup).write_bytes(backup)
            kept = PlanStore(places).set_aside_and_use_backup(LATER)
            assert Path(kept).read_bytes() == data[:length]
            assert texts(store) == ["one"]
            assert store.read().generation >= 2


class TestUseBackup:
    @pytest.mark.parametrize("kind", DAMAGED)
    def test_goes_on_with_the_plan_before(self, store: PlanStore, places: Places, kind: str) -> None:
        before = store.read()
        backup = Path(places.backup).read_bytes()
        spoil(places, kind)
        damaged = standing(places.data).get("plan.json")
        kept = store.set_aside_and_use_backup(LATER)
        if damaged is None:
            assert kept == ""
        else:
            assert kept == os.path.join(places.backups, KEPT)
            assert Path(kept).read_bytes() == damaged
            assert os.stat(kept).st_mode & 0o777 == 0o600
        assert texts(store) == texts(PlanStore(places)) == ["one"]
        assert store.read().plan_id == before.plan_id
        assert Path(places.backup).read_bytes() == backup
        assert read_due(places) is not None

    def test_its_generation_is_above_what_anybody_saw(self, store: PlanStore, places: Places) -> None:
        for number in range(5):
            add(store, str(number))
        spoil(places, "cut")  # line 1 still tells 7
        store.set_aside_and_use_backup(LATER)
        assert store.read().generation == 8

    def test_nothing_is_deleted_when_it_happens_twice_in_a_second(self, store: PlanStore, places: Places) -> None:
        for number in range(3):
            Path(places.plan).write_text(f"words {number}")
            store.set_aside_and_use_backup(LATER)
        kept = {path.name: path.read_text() for path in Path(places.backups).iterdir()}
        assert kept == {
            KEPT: "words 0",
            "plan-20261106-093001-2.json": "words 1",
            "plan-20261106-093001-3.json": "words 2",
        }

    def test_a_bad_backup_is_said_and_nothing_changes(self, store: PlanStore, places: Places) -> None:
        spoil(places, "cut")
        Path(places.backup).write_bytes(b"")
        before = standing(places.data)
        with pytest.raises(FileProblem) as problem:
            store.set_aside_and_use_backup(LATER)
        assert (problem.value.key, problem.value.values) == ("backup_damaged", {"path": places.backup})
        assert standing(places.data) == before

    def test_what_is_changed_outside_may_go_too(self, store: PlanStore, places: Places) -> None:
        change_outside(places)
        changed = plan_bytes(places)
        kept = store.set_aside_and_use_backup(LATER)
        assert Path(kept).read_bytes() == changed
        assert texts(store) == ["one"]

    @pytest.mark.parametrize("kind", ["folder", "pipe"])
    def test_what_is_no_file_is_moved_aside(self, store: PlanStore, places: Places, kind: str) -> None:
        os.unlink(places.plan)
        if kind == "folder":
            os.mkdir(places.plan)
            Path(places.plan, "note.txt").write_text("words")
        else:
            os.mkfifo(places.plan)
        kept = store.set_aside_and_use_backup(LATER)
        assert kind == "pipe" or Path(kept, "note.txt").read_text() == "words"
        assert texts(store) == ["one"]

    def test_a_plan_that_is_fine_stays(self, store: PlanStore, places: Places) -> None:
        before = standing(places.data)
        assert store.set_aside_and_use_backup(LATER) == ""
        assert store.set_aside_and_start_new(LATER) == ""
        assert store.keep_as_it_is(LATER) == ""
        assert standing(places.data) == before


class TestStartNew:
    @pytest.mark.parametrize("kind", DAMAGED)
    def test_keeps_both_files_aside(self, store: PlanStore, places: Places, kind: str) -> None:
        spoil(places, kind)
        before = standing(places.data)
        kept = store.set_aside_and_start_new(LATER)
        aside = [path.read_bytes() for path in sorted(Path(places.backups).iterdir())]
        assert sorted(aside) == sorted(before[name] for name in ("plan.json", "plan.json.bak") if name in before)
        assert Path(kept).read_bytes() == before.get("plan.json", before["plan.json.bak"])
        assert not store.read().exists
        add(store, "new")
        assert texts(store) == ["new"]

    def test_a_link_stays_where_it_leads_nowhere(self, store: PlanStore, places: Places) -> None:
        os.unlink(places.plan)
        os.symlink("/nowhere/plan.json", places.plan)
        for mend in (store.set_aside_and_start_new, store.set_aside_and_use_backup, store.keep_as_it_is):
            with pytest.raises(FileProblem, match="plan_link_broken"):
                mend(LATER)
        assert os.path.islink(places.plan)

    def test_a_linked_plan_is_set_aside_where_it_lies(self, store: PlanStore, places: Places, tmp_path: Path) -> None:
        os.rename(places.plan, tmp_path / "elsewhere.json")
        os.symlink(tmp_path / "elsewhere.json", places.plan)
        (tmp_path / "elsewhere.json").write_text("damaged words")
        kept = store.set_aside_and_start_new(LATER)
        assert Path(kept).read_text() == "damaged words"
        assert not os.path.lexists(places.plan)
        assert not store.read().exists

    def test_no_room_to_set_aside_deletes_nothing(
        self, store: PlanStore, places: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        spoil(places, "cut")
        before = standing(places.data)

        def full(*_: object) -> None:
            raise OSError(28, "full")

        monkeypatch.setattr(os, "link", full)
        for mend in (store.set_aside_and_start_new, store.set_aside_and_use_backup):
            with pytest.raises(ProblemError, match="disk_full"):
                mend(LATER)
        assert standing(places.data) == before


class TestKeepAsItIs:
    def test_takes_what_the_other_program_wrote(self, store: PlanStore, places: Places) -> None:
        change_outside(places)
        changed, backup = plan_bytes(places), Path(places.backup).read_bytes()
        kept = store.keep_as_it_is(LATER)
        assert Path(kept).read_bytes() == changed
        aside = {path.read_bytes() for path in Path(places.backups).iterdir()}
        assert aside == {changed, backup}
        assert texts(store) == texts(PlanStore(places)) == ["one", "changed outside"]
        assert store.read().generation == 3
        assert Path(places.backup).read_bytes() == backup
        assert read_due(places) is not None
        assert store.diagnose().kind == "fine"

    def test_and_undo_still_reaches_back(self, store: PlanStore, places: Places) -> None:
        change_outside(places)
        store.keep_as_it_is(LATER)
        assert store.undo(LATER) == What("step_added", {})
        assert texts(store) == ["one"]

    @pytest.mark.parametrize("kind", DAMAGED)
    def test_but_not_damage(self, store: PlanStore, places: Places, kind: str) -> None:
        spoil(places, kind)
        before = standing(places.data)
        with pytest.raises(FileProblem, match=f"plan_{kind}"):
            store.keep_as_it_is(LATER)
        assert standing(places.data) == before

    def test_unknown_tables_are_kept(self, store: PlanStore, places: Places) -> None:
        with TinyDB(places.plan, encoding="utf-8") as theirs:
            theirs.table("mine").insert({"free": "form"})
        store.keep_as_it_is(LATER)
        add(store, "three")
        assert json.loads(plan_bytes(places))["mine"] == {"1": {"free": "form"}}


class TestCompareWithBackup:
    def test_names_what_differs_and_never_the_words(self, store: PlanStore, places: Places) -> None:
        one, two = store.read().records("steps")
        edit(store, one["id"], text="one, edited")
        assert store.compare_with_backup() == [Difference("steps", one["id"], "differs")]
        with TinyDB(places.plan, encoding="utf-8") as theirs:
            theirs.table("steps").remove(where("id") == two["id"])
            theirs.table("goals").insert({"id": "new"})
            theirs.table("goals").insert({"no": "id"})
        assert store.compare_with_backup() == [
            Difference("steps", one["id"], "differs"),
            Difference("steps", two["id"], "only_in_backup"),
            Difference("goals", "new", "only_in_plan"),
            Difference("goals", "#2", "only_in_plan"),
        ]

    def test_nothing_differs(self, store: PlanStore, places: Places) -> None:
        Path(places.backup).write_bytes(plan_bytes(places))
        assert store.compare_with_backup() == []

    def test_a_damaged_side_is_said(self, store: PlanStore, places: Places) -> None:
        os.unlink(places.backup)
        with pytest.raises(FileProblem, match="plan_empty"):
            store.compare_with_backup()


def test_a_checksum_made_by_hand_is_a_plan(places: Places) -> None:
    put_plan(places, sealed(f'{head()},\n"steps": {{\n"1": {{"id": "a", "text": "x"}}\n}}}}\n'))
    assert texts(PlanStore(places)) == ["x"]


class TestWriteAgain:
    @pytest.mark.parametrize("kind", DAMAGED)
    def test_brings_back_what_the_copy_does_not_have(self, store: PlanStore, places: Places, kind: str) -> None:
        spoil(places, kind)
        damaged = standing(places.data).get("plan.json")
        assert store.diagnose().is_held
        kept = store.set_aside_and_write_again(LATER)
        assert texts(store) == texts(PlanStore(places)) == ["one", "two"]
        assert store.read().generation == 3
        assert (Path(kept).read_bytes() if kept else None) == damaged
        add(store, "three")
        assert texts(store) == ["one", "two", "three"]

    def test_brings_back_what_another_program_changed(self, store: PlanStore, places: Places) -> None:
        change_outside(places)
        kept = store.set_aside_and_write_again(LATER)
        assert texts(store) == ["one", "two"]
        assert "changed outside" in Path(kept).read_text(encoding="utf-8")

    def test_a_plan_that_went_away_is_no_new_plan(self, store: PlanStore, places: Places, tmp_path: Path) -> None:
        os.rename(places.data, tmp_path / "elsewhere")
        for call in (store.read, lambda: add(store, "three"), store.refresh_due, store.next_undo):
            with pytest.raises(FileProblem, match="plan_gone"):
                call()
        assert not os.path.lexists(places.plan)
        assert (store.diagnose().kind, store.diagnose().is_held) == ("gone", True)
        assert store.set_aside_and_write_again(LATER) == ""
        assert texts(PlanStore(places)) == ["one", "two"]

    def test_a_plan_that_came_back_stays(self, store: PlanStore, places: Places, tmp_path: Path) -> None:
        os.rename(places.data, tmp_path / "elsewhere")
        with pytest.raises(FileProblem, match="plan_gone"):
            store.read()
        os.rename(tmp_path / "elsewhere", places.data)
        before = standing(places.data)
        assert store.set_aside_and_write_again(LATER) == ""
        assert standing(places.data) == before
        assert texts(store) == ["one", "two"]

    def test_the_copy_is_offered_where_nothing_newer_is_held(self, store: PlanStore, places: Places) -> None:
        spoil(places, "cut")
        assert not PlanStore(places).diagnose().is_held
        other = PlanStore(places)
        assert other.set_aside_and_write_again(LATER) == ""
        with pytest.raises(FileProblem, match="plan_cut"):
            other.read()
