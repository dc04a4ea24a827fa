"""One save: what it asks of the disk, what it leaves, and what stands when the disk says no."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.store import plan_file, safe_write
from rchrp_goals.store.due_file import read_due
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.store.helpers import add, edit, plan_bytes, standing, temporary_files, texts

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, modes and signals of POSIX")


def due_rows(_: object) -> bytes:
    return b"en\tone\tfew\n"


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
        left = [".plan.json.1-2-3.new", ".plan.json.bak.1-2-3.new", ".due.tsv.1-2-3.new"]
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
        assert steps == ["write", "fsync", "link", "replace", "replace", "fsync", "write", "replace"]

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


class TestFoldersAndLinks:
    @pytest.mark.parametrize("depth", [0, 1])
    def test_a_folder_that_cannot_be_made(self, tmp_path: Path, depth: int) -> None:
        (tmp_path / "data").write_text("mine")
        store = PlanStore(Places(os.path.join(tmp_path, "data", *["sub"] * depth)))
        assert not store.read().exists
        problem = problem_of(lambda: add(store))
        assert (problem.key, problem.exit_code) == ("folder_not_made", 1)
        assert (tmp_path / "data").read_text() == "mine"

    @posix
    @pytest.mark.parametrize("same_disk", [True, False])
    def test_a_plan_that_is_a_link_stays_one(
        self, tmp_path: Path, places: Places, monkeypatch: pytest.MonkeyPatch, same_disk: bool
    ) -> None:
        store = PlanStore(places, due_rows=due_rows)
        add(store, "one")
        stick = tmp_path / "stick"
        stick.mkdir()
        target = stick / "my plan.json"
        os.rename(places.plan, target)
        os.symlink(os.path.relpath(target, places.data), places.plan)
        if not same_disk:
            monkeypatch.setattr(os, "link", refusing(errno.EXDEV))
        before = target.read_bytes()
        (stick / ".my plan.json.1-2-3.new").write_text("left by a killed program")
        add(store, "two")
        assert os.path.islink(places.plan)
        assert texts(PlanStore(places)) == ["one", "two"]
        assert Path(places.backup).read_bytes() == before
        assert os.listdir(stick) == ["my plan.json"]
        assert read_due(places) is not None

    @posix
    def test_a_link_to_nothing_is_never_a_new_plan(self, store: PlanStore, places: Places) -> None:
        os.mkdir(places.data)
        os.symlink("/nowhere/plan.json", places.plan)
        for call in (store.read, lambda: add(store)):
            problem = problem_of(call)
            assert isinstance(problem, FileProblem)
            assert problem.key == "plan_link_broken"
        assert os.readlink(places.plan) == "/nowhere/plan.json"

    @posix
    def test_a_link_to_itself_is_said(self, store: PlanStore, places: Places) -> None:
        os.mkdir(places.data)
        os.symlink("plan.json", places.plan)
        assert problem_of(store.read).key == "plan_unreadable"

    @posix
    @pytest.mark.parametrize("kind", ["folder", "pipe"])
    def test_what_is_no_file_is_said_at_once(self, store: PlanStore, places: Places, kind: str) -> None:
        os.mkdir(places.data)
        if kind == "folder":
            os.mkdir(places.plan)
        else:
            os.mkfifo(places.plan)
        assert problem_of(store.read).key == "plan_not_ours"

    @posix
    def test_the_data_folder_may_be_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        os.symlink("real", tmp_path / "data")
        store = PlanStore(Places(str(tmp_path / "data")))
        add(store)
        add(store)
        assert (tmp_path / "real" / "plan.json").exists()
        assert len(texts(store)) == 2


def in_a_child(code: str, *arguments: str) -> str:
    """Run code in a process of its own, with everything loaded before it begins; return what it prints."""
    preface = (
        "import os, sys, tempfile\n"
        "from rchrp_goals.errors import ProblemError\n"
        "from rchrp_goals.store.places import Places\n"
        "from rchrp_goals.store.plan_store import PlanStore\n"
        "from tests.store.helpers import add, texts, temporary_files\n"
        "with tempfile.TemporaryDirectory() as warm: add(PlanStore(Places(warm)))\n"
        "places = Places(sys.argv[1]); store = PlanStore(places)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", preface + code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def reachable() -> Iterator[Places]:
    """Return places that a user without any rights can reach: pytest's own folders let nobody in."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Places(os.path.join(folder, "data"))


@posix
class TestRealLimits:
    def test_no_room(self, store: PlanStore, places: Places) -> None:
        """RLIMIT_FSIZE: the system itself cuts the file short in the middle of a write."""
        add(store, "one")
        before = standing(places.data)
        out = in_a_child(
            "import resource\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))\n"
            "for number in range(50):\n"
            "    try: add(store, 'x' * 3000)\n"
            "    except ProblemError as problem: print(problem.key, problem.values['path'] == places.plan)\n"
            "print(texts(store), temporary_files(places.data))\n"
            "add(store, 'small')\n"
            "print(texts(store))\n",
            places.data,
        )
        assert out.splitlines() == ["disk_full True"] * 50 + ["['one'] []", "['one', 'small']"]
        assert texts(store) == ["one", "small"]
        assert Path(places.backup).read_bytes() == before["plan.json"]

    def test_read_only(self, reachable: Places) -> None:
        """Reading needs no lock and writes nothing; every change says what stands."""
        places, store = reachable, PlanStore(reachable)
        add(store, "one")
        add(store, "two")
        os.chmod(places.plan, 0o444)
        os.chmod(places.data, 0o555)
        before = standing(places.data)
        try:
            out = in_a_child(
                "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
                "print(texts(store), store.diagnose().kind, store.stamp() == store.read().stamp)\n"
                "for call in (lambda: add(store), lambda: store.undo(__import__('tests').store.helpers.NOW)):\n"
                "    try: call()\n"
                "    except ProblemError as problem: print(problem.key, problem.exit_code)\n",
                places.data,
            )
        finally:
            os.chmod(places.data, 0o700)
        assert out.splitlines() == ["['one', 'two'] fine True", "plan_read_only 1", "plan_read_only 1"]
        assert standing(places.data) == before

    def test_not_readable(self, reachable: Places) -> None:
        places, store = reachable, PlanStore(reachable)
        add(store)
        os.chmod(places.plan, 0o000)
        os.chmod(places.data, 0o777)
        before = sorted(os.listdir(places.data))
        out = in_a_child(
            "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
            "from tests.store.helpers import NOW\n"
            "print(store.diagnose().kind)\n"
            "calls = (store.read, lambda: add(store), lambda: store.set_aside_and_start_new(NOW),\n"
            "         lambda: store.set_aside_and_use_backup(NOW), lambda: store.keep_as_it_is(NOW))\n"
            "for call in calls:\n"
            "    try: call()\n"
            "    except ProblemError as problem: print(problem.key, problem.exit_code)\n",
            places.data,
        )
        kind, read, changed, *mended = out.splitlines()
        assert (kind, read, changed) == ("unreadable", "plan_unreadable 1", "plan_unreadable 1")
        assert len(mended) == 3
        assert set(mended) <= {"plan_unreadable 1", "plan_read_only 1"}
        assert sorted(os.listdir(places.data)) == before
