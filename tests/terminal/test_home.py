"""Home in a real terminal: what stands there is shown before anything is looked for that can wait."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.services.desk import SAID, desk_in, sit
from tests.terminal.person import Person
from tests.terminal.pseudo_terminal import ROOT, PseudoTerminal

pytestmark = pytest.mark.terminal

HELD_BACK = """
import pathlib, sys, time
from rchrp_goals import cli
from rchrp_goals.services import later
look = later.waiting_question
def wait_and_look(*given):
    while not pathlib.Path(sys.argv[-1], "go").exists():
        time.sleep(0.02)
    return look(*given)
later.waiting_question = wait_and_look
cli.run()
"""


def test_the_first_picture_does_not_wait_for_the_question_that_can_wait(tmp_path: Path) -> None:
    sit(desk_in(tmp_path)).finish_plan()
    program = tmp_path / "program.py"
    program.write_text(HELD_BACK, encoding="utf-8")
    command = [sys.executable, str(program), "--lang", "en", "--data", str(tmp_path)]
    environment = {"PYTHONPATH": str(ROOT)}
    with PseudoTerminal(command, columns=120, rows=40, environment=environment) as terminal:
        person = Person(terminal)
        person.sees(SAID["first_step"]["step"])
        person.sees_ui("rooms.name.values")
        assert person.ui("home.question") not in terminal.text()
        (tmp_path / "go").touch()
        person.sees_ui("home.question")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
