"""Plain mode in a real terminal: what only a terminal shows."""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES, Words
from tests.terminal.pseudo_terminal import ROOT, PseudoTerminal, open_app

pytestmark = pytest.mark.terminal


def start(folder: Path, *arguments: str, language: str = "en") -> PseudoTerminal:
    return open_app("--lang", language, "--plain", "--data", str(folder), *arguments)


def say(terminal: PseudoTerminal, *lines: str) -> None:
    """Type lines one after another, each once one is asked for."""
    for line in lines:
        terminal.enter_line(line)


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    return list(json.loads((folder / "plan.json").read_text(encoding="utf-8"))[name].values())


def draft(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "drafts" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def test_a_paste_of_twenty_thousand_characters_arrives_whole(tmp_path: Path) -> None:
    text = ("I want to know the place. " * 1000)[:19_999].strip()
    with start(tmp_path, "begin", "goals") as terminal:
        say(terminal, "Shadow three shifts")
        terminal.wait_for("Why does it matter")
        terminal.wait_for_mode(2004)
        terminal.paste(text)
        terminal.press("enter")
        terminal.wait_for("How much does this matter")
    assert draft(tmp_path, "goals")["answers"]["why"]["values"]["because"] == text


def test_several_lines_that_are_pasted_are_one_answer(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        say(terminal, "Shadow three shifts")
        terminal.wait_for("Why does it matter")
        terminal.wait_for_mode(2004)
        terminal.paste("First line.\nSecond line.\nThird.")
        terminal.press("enter")
        terminal.wait_for("How much does this matter")
        terminal.wait_for("^> *$")
        assert terminal.screen.display[terminal.screen.cursor.y].strip() == ">", "nothing ran on into the next question"
        say(terminal, "/pause")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert draft(tmp_path, "goals")["answers"]["why"]["values"]["because"] == "First line.\nSecond line.\nThird."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_sitting(tmp_path: Path, language: str) -> None:
    words = Words(language)
    with start(tmp_path, "begin", language=language) as terminal:
        say(terminal, "1 3", "1", "3", "10", "0", "/pass", "7", "5", "3 7 p 5 0 10", "")
        say(terminal, "3", "2", "2026-12-02")
        say(
            terminal,
            "Ir a tres turnos",
            "porque sí",
            "8",
            "2030-12-21",
            "tres turnos",
            "se alarga",
            "escribo",
            "Llamar",
        )
        say(terminal, "después de comer", "2030-11-09", "7", "Rosa", "Marcus", ".", "1", "")
        terminal.wait_for(re.escape(words.ui("plain.plan_done")[:40]))
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert table(tmp_path, "goals")[0]["title"] == "Ir a tres turnos"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_pauses(tmp_path: Path, number: signal.Signals) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        say(terminal, "Shadow three shifts")
        terminal.wait_for("Why does it matter")
        terminal.send_signal(number)
        assert terminal.wait_exit() == 0
    assert draft(tmp_path, "goals")["at"] == "why"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_several_signals_at_once_lose_no_line(tmp_path: Path, number: signal.Signals) -> None:
    for rest in (0.0, 0.0005, 0.001, 0.002):  # seconds between two of them: into the writing, wherever it is
        folder = tmp_path / str(rest)
        with start(folder, "begin", "goals") as terminal:
            say(terminal, "Shadow three shifts", ".", "line one", "line two")
            terminal.wait_for_mode(2004)
            for _ in range(5):
                terminal.send_signal(number)
                time.sleep(rest)
            terminal.wait_exit()
        assert draft(folder, "goals")["typing"] == {"because": "line one\nline two"}


def test_ctrl_c_pauses(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        say(terminal, "Shadow three shifts")
        terminal.wait_for("Why does it matter")
        terminal.press("ctrl+c")
        terminal.wait_for("Paused")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []


TOO_EARLY = """
import ctypes, functools, os, readline, sys
from rchrp_goals.cli import run
# sent by C alone: between the prompt and the waiting for a key nothing of Python looks whether a signal came
readline.set_pre_input_hook(functools.partial(ctypes.CDLL(None).kill, os.getpid(), int(sys.argv.pop(1))))
raise SystemExit(run())
"""


@pytest.mark.parametrize(
    ("command", "number", "status"),
    [
        (("--plain", "begin", "goals"), signal.SIGTERM, 0),
        (("--plain", "begin", "goals"), signal.SIGHUP, 0),
        (("--plain", "begin", "goals"), signal.SIGINT, 0),
        (("add",), signal.SIGINT, 130),
    ],
)
def test_a_signal_right_behind_the_prompt_is_heard(
    tmp_path: Path, command: tuple[str, ...], number: signal.Signals, status: int
) -> None:
    program = [sys.executable, "-P", "-c", TOO_EARLY, str(int(number)), "--lang", "en", "--data", str(tmp_path)]
    with PseudoTerminal([*program, *command], environment={"PYTHONPATH": str(ROOT)}) as terminal:
        terminal.wait_for("^> *$")
        assert terminal.wait_exit() == status
        assert terminal.left_behind() == []


def test_killed_in_the_middle_of_a_sentence_it_goes_on_at_that_question(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        say(terminal, "Shadow three shifts")
        terminal.wait_for("Why does it matter")
        terminal.type("I want to kn")
        terminal.send_signal(signal.SIGKILL)
        terminal.wait_exit()
    with start(tmp_path, "begin") as terminal:
        terminal.wait_for("Here is where you paused")
        terminal.wait_for("Why does it matter")


def test_leaving_clears_the_screen_and_what_can_be_scrolled_back_to(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        say(terminal, "Shadow three shifts", "/leave")
        assert terminal.wait_exit() == 0
        assert "Shadow" not in terminal.text()
        assert b"\x1b[3J" in bytes(terminal.raw)
