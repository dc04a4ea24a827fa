"""The commands that ask, in a real terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.terminal.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.terminal


def open_terminal(data: Path, *argv: str) -> PseudoTerminal:
    environment = {"RCHRP_GOALS_DATA": str(data), "LANG": "en_US.UTF-8", "PYTHONPATH": os.getcwd()}
    return PseudoTerminal([sys.executable, "-m", "rchrp_goals", *argv], environment=environment)


def texts(data: Path) -> dict[str, str]:
    return {one["text"]: one["state"] for one in PlanStore(Places(str(data))).read().records("steps")}


def test_a_step_is_typed_and_marked_done(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_terminal(data, "add") as terminal:
        terminal.wait_for("What is the step")
        terminal.wait_for("^>$")
        terminal.type("Write to the sérvice")
        terminal.press("backspace", "enter")
        terminal.wait_for("Added: Write to the sérvic\n")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    with open_terminal(data, "done") as terminal:
        terminal.wait_for("1  Write to the sérvic")
        terminal.wait_for("^>$")
        terminal.type("1")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
    assert texts(data) == {"Write to the sérvic": "done"}


def test_a_day_that_reads_two_ways_is_asked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_terminal(data, "add", "Walk", "--by", "12/1") as terminal:
        terminal.wait_for("1  Tuesday 1 December")
        terminal.wait_for("^>$")
        terminal.type("1")
        terminal.press("enter")
        terminal.wait_for("Added: Walk · Tuesday 1 December")
        assert terminal.wait_exit() == 0


def test_a_long_paste_arrives_whole(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_terminal(data, "add") as terminal:
        terminal.wait_for("^>$")
        terminal.type("x" * 6_000)
        terminal.press("enter")
        terminal.wait_for("This text has 6000 characters")
        assert terminal.wait_exit() == 1
    assert not data.exists()


def test_ctrl_c_while_it_asks_leaves_everything_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_terminal(data, "add") as terminal:
        terminal.wait_for("^>$")
        terminal.type("half a sent")
        terminal.wait_for("^> half a sent$")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert "Traceback" not in terminal.text()
        assert terminal.left_behind() == []
    assert not data.exists()
