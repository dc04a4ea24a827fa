"""The demo in a real terminal: it asks nothing, shows Ana's plan, and is gone in whatever way it ends."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from tests.terminal.person import Person
from tests.terminal.pseudo_terminal import PseudoTerminal, open_app

pytestmark = pytest.mark.terminal


def start(tmp_path: Path, *arguments: str, **more: Any) -> PseudoTerminal:
    """Start the demo with a folder of its own for what is temporary."""
    (tmp_path / "temporary").mkdir(exist_ok=True)
    environment = {"TMPDIR": str(tmp_path / "temporary"), "RCHRP_GOALS_DATA": str(tmp_path / "own")}
    return open_app(*arguments, environment=environment, **more)


def is_gone(tmp_path: Path) -> bool:
    end = time.monotonic() + 10
    while list((tmp_path / "temporary").iterdir()):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return not (tmp_path / "own").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_at_once_and_is_gone_when_it_is_closed(tmp_path: Path, language: str) -> None:
    with start(tmp_path, "--lang", language, "demo") as terminal:
        person = Person(terminal, language)
        person.sees(person.ui("demo.steps.ask_rosa.text"))
        person.does("d")
        person.sees_ui("home.said_done")
        person.does("p")
        person.sees_ui("plan_page.title_mine")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
        person.sees_ui("demo.command.gone")
    assert is_gone(tmp_path)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("face", ["app", "plain"])
def test_a_signal_ends_it_and_leaves_nothing(tmp_path: Path, end: signal.Signals, face: str) -> None:
    # high enough that the first line of the menu does not leave the window
    with start(tmp_path, "--lang", "en", *(["--plain"] if face == "plain" else []), "demo", rows=50) as terminal:
        Person(terminal).sees_ui("demo.steps.ask_rosa.text")
        terminal.settle()
        terminal.send_signal(end)
        terminal.wait_exit()
        assert terminal.left_behind() == []
    assert is_gone(tmp_path)


def test_a_signal_before_the_first_picture_leaves_nothing_either(tmp_path: Path) -> None:
    for pause in (0.05, 0.15, 0.3, 0.45, 0.6):
        with start(tmp_path, "--lang", "en", "demo") as terminal:
            terminal.pump(pause)
            terminal.send_signal(signal.SIGTERM)
            terminal.wait_exit()
        assert is_gone(tmp_path), pause


@pytest.mark.parametrize("face", ["app", "plain"])
def test_a_window_that_is_closed_takes_it_along(tmp_path: Path, face: str) -> None:
    with start(tmp_path, "--lang", "en", *(["--plain"] if face == "plain" else []), "demo", rows=50) as terminal:
        Person(terminal).sees_ui("demo.steps.ask_rosa.text")
        terminal.hang_up()
        terminal.wait_exit()
    assert is_gone(tmp_path)
