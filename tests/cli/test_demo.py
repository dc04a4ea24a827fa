"""The command ``demo``: line by line here; its app stands in a real terminal in tests/terminal."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import tempfile
from pathlib import Path

import pytest

from rchrp_goals import cli_demo
from rchrp_goals.content import Words
from rchrp_goals.store.settings import write_settings
from tests.cli.calling import Caller


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what is temporary; tests look into it afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_it_opens_on_the_sample_and_leaves_nothing(spoken: Caller, temporary: Path) -> None:
    words = Words(spoken.language)
    called = spoken("--plain", "demo", stdin="1\n\n")
    assert called.code == 0
    assert words.ui("home.greeting_name", name="Ana") in called.out
    assert words.ui("demo.steps.ask_rosa.text") in called.out
    assert words.ui("home.said_done") in called.out
    assert called.err.splitlines() == [words.ui("demo.command.begins"), words.ui("demo.command.gone")]
    assert not list(temporary.iterdir())
    assert not spoken.data.exists()


def test_nobody_else_can_look_into_its_folder(call: Caller, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(context: object) -> int:
        (folder,) = temporary.iterdir()
        seen.append((stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE((folder / "plan.json").stat().st_mode)))
        return 0

    monkeypatch.setattr(cli_demo, "open_face", look)
    assert call("--plain", "demo").code == 0
    assert seen == [(0o700, 0o600)]


@pytest.mark.parametrize("end", ["mistake", "SIGTERM", "SIGHUP", "SIGINT"])
def test_the_folder_goes_away_however_it_ends(
    end: str, call: Caller, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(context: object) -> int:
        assert list(temporary.iterdir())
        if end == "mistake":
            raise RuntimeError
        os.kill(os.getpid(), getattr(signal, end))
        raise AssertionError("the signal was not heard")

    heard = (*cli_demo.ENDING, signal.SIGINT)
    before = [signal.getsignal(number) for number in heard]
    monkeypatch.setattr(cli_demo, "open_face", ends)
    if end in {"SIGTERM", "SIGHUP"}:
        with pytest.raises(SystemExit) as ended:
            call("--plain", "demo")
        assert ended.value.code == 128 + getattr(signal, end)
    else:
        assert call("--plain", "demo").code == (1 if end == "mistake" else 130)
    assert not list(temporary.iterdir())
    assert [signal.getsignal(number) for number in heard] == before


def test_a_folder_that_could_not_be_taken_away_is_named(
    call: Caller, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    called = call("--plain", "demo")
    (folder,) = temporary.iterdir()
    assert called.err.splitlines()[-1] == Words("en").ui("demo.command.not_gone", path=folder)


def test_it_is_kept_where_somebody_says_so_and_opens_again(call: Caller, tmp_path: Path, temporary: Path) -> None:
    folder = tmp_path / "a sample"
    called = call("--plain", "demo", "participant", "--keep", str(folder))
    assert called.code == 0
    assert f"rchrp-goals --data '{folder}'" in called.err
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "Ask Rosa" in call("--data", str(folder), "goals").out
    again = call("--plain", "demo", "--keep", str(folder))
    assert again.code == 1
    assert str(folder) in again.err
    assert not list(temporary.iterdir())


def test_without_room_for_anything_temporary_it_says_so(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    called = call("--plain", "demo")
    assert (called.code, called.out, called.err.strip()) == (1, "", Words("en").problem("demo_no_folder", {}))


@pytest.mark.parametrize(
    ("line", "code", "problem"),
    [
        ("demo coach", 2, "demo_later"),
        ("demo supervisor", 2, "demo_later"),
        ("demo ana", 2, "demo_unknown"),
        ("demo participant", 1, "no_terminal"),
        ("--plain demo --keep=", 2, "option_wants_value"),
    ],
)
def test_what_cannot_be_opened_is_a_sentence(
    line: str, code: int, problem: str, spoken: Caller, temporary: Path
) -> None:
    called = spoken(*line.split())
    assert (called.code, called.out) == (code, "")
    assert called.err.strip() == Words(spoken.language).problem(problem, {"option": "--keep"})
    assert not list(temporary.iterdir())


def test_it_looks_as_the_persons_own_plan_does_and_changes_no_setting_of_theirs(call: Caller) -> None:
    write_settings(call.places, language="es", face="plain", glyphs="ascii")
    before = Path(call.places.settings).read_bytes()
    called = call("demo", stdin="/language\n\n")
    assert Words("es").ui("home.greeting_name", name="Ana") in called.out
    assert Words("en").ui("home.greeting_name", name="Ana") in called.out
    assert Path(call.places.settings).read_bytes() == before
    assert sorted(os.listdir(call.data)) == ["settings.toml"]
