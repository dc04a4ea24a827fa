"""Where everything lies."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.store.places import Places, data_folder


def mode(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


class TestDataFolder:
    def test_the_argument_comes_first(self, tmp_path: Path) -> None:
        environ = {"RCHRP_GOALS_DATA": "/elsewhere", "HOME": "/home/ana"}
        assert data_folder(str(tmp_path), environ) == str(tmp_path)

    def test_then_the_variable(self) -> None:
        assert data_folder(None, {"RCHRP_GOALS_DATA": "/elsewhere", "HOME": "/home/ana"}) == "/elsewhere"

    def test_an_empty_variable_is_none(self) -> None:
        environ = {"RCHRP_GOALS_DATA": "", "HOME": "/home/ana"}
        assert data_folder(None, environ, "linux") == "/home/ana/.local/share/rchrp-goals"

    def test_an_empty_argument_never_reaches_for_the_persons_own_plan(self) -> None:
        with pytest.raises(UsageProblem) as problem:
            data_folder("", {"HOME": "/home/ana"})
        assert (problem.value.key, problem.value.exit_code) == ("data_empty", 2)

    def test_it_is_absolute(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert data_folder("here", {}) == str(tmp_path / "here")
        assert data_folder(None, {"RCHRP_GOALS_DATA": "there"}) == str(tmp_path / "there")

    def test_a_tilde_is_the_home_folder(self, clean_environment: Path) -> None:
        assert data_folder("~/plan", {}) == str(clean_environment / "plan")

    def test_no_home_at_all_is_said(self) -> None:
        with pytest.raises(ProblemError, match="no_home"):
            data_folder(None, {}, "win32")

    @pytest.mark.skipif(sys.platform == "win32", reason="a home folder of that form")
    @pytest.mark.parametrize("home", ["/home/ana", "/", "/home/ana/"])
    @pytest.mark.parametrize("shared", [None, "", "/srv/data", "relative/data"])
    def test_linux_as_platformdirs_has_it(self, monkeypatch: pytest.MonkeyPatch, home: str, shared: str | None) -> None:
        from platformdirs.unix import Unix

        environ = {"HOME": home}
        if shared is not None:
            environ["XDG_DATA_HOME"] = shared
        monkeypatch.delenv("XDG_DATA_HOME")
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        expected = Unix("rchrp-goals", appauthor=False).user_data_dir
        assert os.path.normpath(data_folder(None, environ, "linux")) == os.path.normpath(expected)

    @pytest.mark.skipif(sys.platform == "win32", reason="a home folder of that form")
    @pytest.mark.parametrize("home", [None, "", "relative"])
    def test_without_a_home_the_system_knows_one(self, monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
        from platformdirs.unix import Unix

        monkeypatch.delenv("XDG_DATA_HOME")
        environ = {}
        if home is None:
            monkeypatch.delenv("HOME")
        else:
            monkeypatch.setenv("HOME", home)
            environ["HOME"] = home
        assert data_folder(None, environ, "linux") == Unix("rchrp-goals", appauthor=False).user_data_dir

    @pytest.mark.skipif(sys.platform == "win32", reason="a home folder of that form")
    @pytest.mark.parametrize("shared", [None, "/srv/data"])
    def test_macos_as_platformdirs_has_it(self, monkeypatch: pytest.MonkeyPatch, shared: str | None) -> None:
        from platformdirs.macos import MacOS

        environ = {"HOME": "/Users/ana"}
        if shared is not None:
            environ["XDG_DATA_HOME"] = shared
        monkeypatch.delenv("XDG_DATA_HOME")
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert data_folder(None, environ, "darwin") == MacOS("rchrp-goals", appauthor=False).user_data_dir

    def test_windows_as_platformdirs_has_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from platformdirs import windows

        environ = {"LOCALAPPDATA": r"C:\Users\ana\AppData\Local", "USERPROFILE": r"C:\Users\ana"}
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(windows, "_RESOLVE_WIN_FOLDER", windows.get_win_folder_from_env_vars)
        theirs = windows.Windows("rchrp-goals", appauthor=False).user_data_dir.replace("/", "\\")
        assert data_folder(None, environ, "win32") == theirs
        del environ["LOCALAPPDATA"]
        assert data_folder(None, environ, "win32") == theirs

    def test_here_as_platformdirs_has_it(self) -> None:
        from platformdirs import user_data_dir

        assert data_folder(None, os.environ) == user_data_dir("rchrp-goals", appauthor=False)


class TestFolders:
    def test_ours_are_private(self, places: Places) -> None:
        deep = Places(os.path.join(places.data, "one", "two"))
        deep.make_folders()
        for path in (places.data, os.path.dirname(deep.data), deep.data, deep.drafts, deep.backups):
            assert mode(path) == 0o700

    def test_one_that_is_there_keeps_its_mode(self, places: Places) -> None:
        os.mkdir(places.data)
        os.chmod(places.data, 0o755)
        places.make_folders()
        assert mode(places.data) == 0o755
        assert mode(places.drafts) == 0o700

    @pytest.mark.parametrize("depth", [0, 1, 2])
    def test_a_file_in_the_way_is_said(self, tmp_path: Path, depth: int) -> None:
        (tmp_path / "data").write_text("mine")
        path = os.path.join(tmp_path, "data", *["sub"] * depth)
        with pytest.raises(ProblemError) as problem:
            Places(path).make_folders()
        assert problem.value.key == "folder_not_made"
        assert str(problem.value.values["path"]).startswith(str(tmp_path / "data"))
        assert (tmp_path / "data").read_text() == "mine"

    def test_making_places_touches_nothing(self, places: Places) -> None:
        assert not os.path.exists(places.data)
        assert places.leftovers() == []


class TestRegistry:
    def test_every_path_is_in_it(self, places: Places) -> None:
        known = {path for _, path, _ in places.every()}
        assert known == {getattr(places, name) for name in Places.__slots__}

    def test_all_of_it_lies_in_the_data_folder(self, places: Places) -> None:
        for name, path, _ in places.every():
            assert os.path.commonpath([places.data, path]) == places.data, name

    def test_what_holds_words_says_so(self, places: Places) -> None:
        silent = {name for name, _, may_hold_words in places.every() if not may_hold_words}
        assert silent == {"settings", "digest", "plan_lock", "window_lock"}

    def test_it_knows_its_own_files_by_any_name(self, places: Places, tmp_path: Path) -> None:
        places.make_folders()
        other = tmp_path / "other"
        other.symlink_to(places.data)
        assert places.is_own(os.path.join(places.data, "drafts", "..", "plan.json"))
        assert places.is_own(str(other / "plan.json.bak"))
        assert places.is_own(os.path.join(places.evidence, "8f3a.pdf"))
        assert not places.is_own(os.path.join(places.data, "page.html"))
        assert not places.is_own(str(tmp_path / "plan.json"))

    def test_a_killed_programs_leftovers_are_found(self, places: Places) -> None:
        places.make_folders()
        left = [
            os.path.join(places.data, ".plan.json.1-2-3.new"),
            os.path.join(places.drafts, ".goals.json.1-2-3.new"),
        ]
        for path in left:
            Path(path).write_text("words")
        Path(places.plan).write_text("{}")
        assert sorted(places.leftovers()) == sorted(left)


def test_the_way_to_due_loads_nothing_more() -> None:
    code = (
        "import os, sys; before = set(sys.modules);"
        "import rchrp_goals.store.places, rchrp_goals.store.due_file;"
        "p = rchrp_goals.store.places;"
        "places = p.Places(p.data_folder(None, os.environ));"
        "assert rchrp_goals.store.due_file.read_due(places) is None;"
        "print(*sorted(set(sys.modules) - before))"
    )
    # -S: what an installed environment itself loads at its start is not ours to count
    out = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    ours = {
        "rchrp_goals",
        "rchrp_goals.errors",
        "rchrp_goals.store",
        "rchrp_goals.store.due_file",
        "rchrp_goals.store.places",
    }
    assert set(out.stdout.split()) - {"__future__"} == ours
