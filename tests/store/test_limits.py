"""Folders, links and limits of the system, real ones where that can be."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.store.due_file import read_due
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.store.helpers import add, due_rows, standing, texts

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, modes and signals of POSIX")


@pytest.fixture
def store(places: Places) -> PlanStore:
    return PlanStore(places, due_rows=due_rows)


def problem_of(call: Callable[[], object]) -> ProblemError:
    with pytest.raises(ProblemError) as problem:
        call()
    assert problem.value.__context__ is None or problem.value.__suppress_context__
    return problem.value


def refusing(error: int) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(error, os.strerror(error))

    return refuse


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
        "from tests.store.helpers import add, due_rows, texts, temporary_files\n"
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
