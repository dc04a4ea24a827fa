"""One save: what it asks of the disk, what it leaves, and what stands when the disk says no."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.store import plan_file, safe_write
from rchrp_goals.store.due_file import read_due
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.store.helpers import add, due_rows, edit, plan_bytes, standing, temporary_files, texts

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, modes and signals of POSIX")


@pytest.fixture
def store(places: Places) -> PlanStore:
    return PlanStore(places, due_rows=due_rows)


def mode(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def problem_of(call: Callable[[], object]) -> ProblemError:
    with pytest.raises(ProblemError) as problem:
        call()
    assert problem.value.__context__ is None or problem.value.__suppress_context__
    return problem.value


class TestWhatOneSaveLeaves:
    @posix
    def test_files_that_only_the_person_reads(self, store: PlanStore, places: Places) -> None:
        add(store)
        add(store)
        assert mode(places.data) == 0o700
        for path in (places.plan, places.backup, places.due, places.plan_lock):
            assert mode(path) == 0o600, path

    def test_the_plan_before_as_backup(self, store: PlanStore, places: Places) -> None:
        add(store, "one")
        assert not os.path.exists(places.backup)
        before = plan_bytes(places)
        add(store, "two")
        assert Path(places.backup).read_bytes() == before
        before = plan_bytes(places)
        add(store, "three")
        assert Path(places.backup).read_bytes() == before

    def test_due_for_exactly_this_plan(self, store: PlanStore, places: Places) -> None:
        add(store)
        assert read_due(places) is not None
        add(PlanStore(places))
        assert read_due(places) is None

    def test_nothing_else(self, store: PlanStore, places: Places) -> None:
        add(store)
        add(store)
        assert sorted(os.listdir(places.data)) == ["due.tsv", "plan.json", "plan.json.bak", "plan.lock"]

    def test_what_killed_programs_left_is_swept(self, store: PlanStore, places: Places) -> None:
        add(store)
        left = [".plan.json.1-2-3.new", ".plan.json.bak.1-2-3.new"]
        others = [".mine.new", ".plan.json", "plan.json.new", ".settings.toml.1-2-3.new"]
        for name in left + others:
            Path(places.data, name).write_text("words")
        add(store)
        assert set(others) <= set(os.listdir(places.data))
        assert not set(left) & set(os.listdir(places.data))


class Disk:
    """Counts what is asked of the system, and can refuse one of it."""

    NAMES = ("open", "write", "fsync", "link", "replace", "unlink", "mkdir", "close")

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.refuse_at = -1
        self.error = errno.EIO

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]

    @contextmanager
    def watched(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with monkeypatch.context() as patch:
            for name in self.NAMES:
                patch.setattr(os, name, self._watching(name, getattr(os, name)))
            yield

    def _watching(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            self.asked.append((name, os.path.basename(str(args[0]))))
            if len(self.asked) - 1 == self.refuse_at:
                if name == "close":  # it closes all the same
                    real(*args, **more)
                raise OSError(self.error, os.strerror(self.error))
            return real(*args, **more)

        return call


class TestWhatOneSaveAsks:
    def test_is_counted(self, store: PlanStore, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        add(store)
        disk = Disk()
        with disk.watched(monkeypatch):
            add(store)
        names = disk.names()
        # the plan and the folder; due.tsv can be made anew
        assert names.count("fsync") == 2
        # plan.lock (twice in some versions of filelock), line 1 of the plan, the new plan, the folder, due.tsv
        assert names.count("open") <= 6
        assert (names.count("link"), names.count("write")) == (1, 2)

    def test_in_this_order(self, store: PlanStore, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        add(store)
        disk = Disk()
        with disk.watched(monkeypatch):
            add(store)
        steps = [name for name in disk.names() if name in {"write", "fsync", "link", "replace"}]
        assert steps == ["write", "fsync", "link", "replace", "replace", "fsync", "write"]

    def test_reading_again_asks_nothing(
        self, store: PlanStore, places: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(store)
        disk = Disk()
        with disk.watched(monkeypatch):
            store.read()
            store.next_undo()
        assert disk.asked == []

    def test_only_the_changed_record_is_serialised(self, store: PlanStore, monkeypatch: pytest.MonkeyPatch) -> None:
        ids = [add(store, str(number))["id"] for number in range(5)]
        written: list[str] = []
        real = plan_file.record_line

        def watch(key: str, document: dict[str, Any]) -> bytes:
            written.append(key)
            return real(key, document)

        monkeypatch.setattr(plan_file, "record_line", watch)
        edit(store, ids[2], text="changed")
        assert sorted(written) == ["3", "6"]  # the step, and the entry for undo


class TestDiskSaysNo:
    @pytest.mark.parametrize(
        ("error", "key"),
        [
            (errno.ENOSPC, "disk_full"),
            (errno.EDQUOT, "disk_full"),
            (errno.EFBIG, "disk_full"),
            (errno.EIO, "not_saved"),
            (errno.EROFS, "plan_read_only"),
            (errno.EACCES, "plan_read_only"),
        ],
    )
    def test_every_single_time(
        self, store: PlanStore, places: Places, monkeypatch: pytest.MonkeyPatch, error: int, key: str
    ) -> None:
        """Refuse each call of one save in turn: the old or the new plan stands, and nothing is left over."""
        add(store, "one")
        add(store, "two")
        known, refusals = ["one", "two"], 0
        for at in range(60):
            disk = Disk()
            disk.refuse_at, disk.error = at, error
            text = f"three {at}"
            generation = store.read().generation
            keys = set()
            with disk.watched(monkeypatch):
                try:
                    add(store, text)
                except ProblemError as problem:
                    keys = {problem.key}
            assert keys <= {key, "plan_unreadable", "not_saved", "plan_read_only"}
            assert temporary_files(places.data) == [] or disk.asked[at][0] == "unlink"
            for reader in (store, PlanStore(places)):
                seen = texts(reader)
                assert seen in (known, [*known, text])
                assert reader.read().generation == generation + (len(seen) > len(known))
            assert store.diagnose().backup_is_good
            if not keys:
                assert seen == [*known, text]
            refusals += bool(keys)
            known = seen
            if len(disk.asked) <= at:
                break
        else:
            pytest.fail("a save that never ends")
        assert refusals >= 8

    def test_no_room_says_so_and_a_smaller_save_works(
        self, store: PlanStore, places: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(store)
        before = standing(places.data)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", refusing(errno.ENOSPC))
            problem = problem_of(lambda: add(store, "a long story"))
        assert (problem.key, problem.exit_code, problem.values) == ("disk_full", 1, {"path": places.plan})
        assert standing(places.data) == before
        add(store, "two")
        assert texts(store) == ["Call the clinic", "two"]

    def test_no_hard_links_is_a_copy(self, store: PlanStore, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        add(store, "one")
        before = plan_bytes(places)
        monkeypatch.setattr(os, "link", refusing(errno.EPERM))
        add(store, "two")
        assert Path(places.backup).read_bytes() == before
        assert temporary_files(places.data) == []
        monkeypatch.setattr(safe_write, "copy_new", refusing(errno.ENOSPC))
        assert problem_of(lambda: add(store, "three")).key == "disk_full"
        assert texts(store) == ["one", "two"]

    def test_where_backup_and_plan_are_one_file(self, store: PlanStore, places: Places) -> None:
        """As a kill between the two renames leaves them."""
        add(store, "one")
        os.link(places.plan, places.backup)
        add(store, "two")
        assert temporary_files(places.data) == []
        assert store.diagnose().backup_generation == 1

    def test_a_folder_that_cannot_be_flushed_is_fine(self, store: PlanStore, monkeypatch: pytest.MonkeyPatch) -> None:
        add(store)
        real = os.fsync

        def fsync(descriptor: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "no")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)
        add(store, "two")
        assert len(texts(store)) == 2


def refusing(error: int) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(error, os.strerror(error))

    return refuse


class TestHeldForAMoment:
    """As Windows does, where a scanner or a cloud folder looks at a file."""

    @pytest.fixture
    def held(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        pauses: list[float] = []
        monkeypatch.setattr(safe_write, "_MAY_BE_HELD", True)
        monkeypatch.setattr(time, "sleep", pauses.append)
        return pauses

    def test_is_tried_again(self, store: PlanStore, held: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
        real, left = os.replace, [3]

        def replace(source: str, target: str) -> None:
            if left[0]:
                left[0] -= 1
                raise PermissionError(errno.EACCES, "held")
            real(source, target)

        monkeypatch.setattr(os, "replace", replace)
        add(store)
        assert texts(store) == ["Call the clinic"]
        assert held == sorted(held)
        assert len(held) == 3

    def test_but_not_for_ever(
        self, store: PlanStore, places: Places, held: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(store)
        before = standing(places.data)
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", refusing(errno.EACCES))
            assert problem_of(lambda: add(store, "two")).key == "plan_read_only"
        assert standing(places.data) == before
        assert sum(held) < 2


@posix
def test_on_macos_the_drive_is_asked_too(store: PlanStore, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    asked: list[int] = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _, command: asked.append(command))
    monkeypatch.setattr(sys, "platform", "darwin")
    add(store)
    assert asked == [51]
    monkeypatch.setattr(fcntl, "fcntl", refusing(errno.ENOTSUP))
    add(store)
    assert len(texts(store)) == 2
