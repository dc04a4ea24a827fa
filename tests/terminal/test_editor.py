"""A long text in the person's own editor, in a real terminal: who has it when, and how it is given back."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import Words
from rchrp_goals.services.sitting import Sitting
from tests.services.desk import desk_in, sit_until
from tests.terminal.pseudo_terminal import PseudoTerminal, open_app

pytestmark = pytest.mark.terminal

ASKS = 'echo "HERE IS: $(cat "$1")"; read line; printf "%s\\n" "$line" >> "$1"'
SAVES_AND_STAYS = 'echo " saved" >> "$1"; echo SAVED; read line'
FALLS = 'printf "\\033[?1049h\\033[?25l"; stty raw -echo; kill -9 $$'


def at_why(folder: Path, script: str, *arguments: str, language: str = "en") -> PseudoTerminal:
    """Open the app, or plain mode, at a question that takes a long text."""
    data = folder / "data"
    sit_until(Sitting(desk_in(data, language), "goals"), "why")
    editor = folder / "editor.sh"
    editor.write_text(script)
    environment = {"EDITOR": f"/bin/sh '{editor}'", "VISUAL": None}
    return open_app("--lang", language, *arguments, "--data", str(data), "begin", "goals", environment=environment)


def because(folder: Path) -> Any:
    """Return what the draft holds of the text."""
    found = json.loads((folder / "data" / "drafts" / "goals.json").read_text(encoding="utf-8"))
    given: dict[str, Any] = found["answers"].get("why", {}).get("values", {})
    return {**given, **(found.get("typing") or {})}.get("because")


def open_editor(terminal: PseudoTerminal) -> None:
    """Write a word and open it by the key, with the yes that the first time needs."""
    terminal.wait_for("In my editor")
    terminal.type("Mine")
    terminal.wait_for("Mine")
    terminal.press("f4")
    terminal.wait_for("In your own editor")
    terminal.press("enter")


def test_the_terminal_is_the_editors_and_then_ours_again(tmp_path: Path) -> None:
    with at_why(tmp_path, ASKS) as terminal:
        open_editor(terminal)
        terminal.wait_for("HERE IS: Mine")
        terminal.press("f9")
        terminal.type("and more")
        terminal.press("enter")
        terminal.wait_for("(?s)and more.*In my editor")
        terminal.press("ctrl+q")
        terminal.wait_exit()
        assert terminal.left_behind() == []
    assert because(tmp_path) == "Mine\nand more"
    assert not os.path.exists(tmp_path / "data" / "editing")


def test_an_editor_that_falls_leaves_a_terminal_that_can_be_used(tmp_path: Path) -> None:
    with at_why(tmp_path, FALLS) as terminal:
        open_editor(terminal)
        terminal.wait_for("Your editor ended with an error")
        terminal.press("ctrl+q")
        terminal.wait_exit()
        assert terminal.left_behind() == []
    assert because(tmp_path) == "Mine"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_editor_is_open_keeps_what_was_saved(tmp_path: Path, number: signal.Signals) -> None:
    with at_why(tmp_path, SAVES_AND_STAYS) as terminal:
        open_editor(terminal)
        terminal.wait_for("SAVED")
        terminal.send_signal(number)
        terminal.wait_exit()
    assert because(tmp_path) == "Mine\n saved"
    assert not os.path.exists(tmp_path / "data" / "editing")


@pytest.mark.parametrize("face", ["app", "plain"])
def test_a_window_that_is_closed_over_the_editor_keeps_what_was_saved(tmp_path: Path, face: str) -> None:
    with at_why(tmp_path, SAVES_AND_STAYS, *(["--plain"] if face == "plain" else [])) as terminal:
        if face == "plain":
            terminal.enter_line("/editor")
            terminal.enter_line()
        else:
            open_editor(terminal)
        terminal.wait_for("SAVED")
        terminal.hang_up()
        terminal.wait_exit()
    assert because(tmp_path) == ("saved" if face == "plain" else "Mine\n saved")
    assert not os.path.exists(tmp_path / "data" / "editing")


def test_what_a_killed_program_left_goes_at_the_next_start(tmp_path: Path) -> None:
    with at_why(tmp_path, SAVES_AND_STAYS) as terminal:
        open_editor(terminal)
        terminal.wait_for("SAVED")
        assert "text.txt" in os.listdir(tmp_path / "data" / "editing")
        terminal.send_signal(signal.SIGKILL)
        terminal.wait_exit()
    assert os.path.exists(tmp_path / "data" / "editing")
    with open_app("--lang", "en", "--data", str(tmp_path / "data"), "begin", "goals") as terminal:
        terminal.wait_for("Enter goes on")
        terminal.press("enter")
        terminal.wait_for("Mine")  # the text that went to the editor stands in the draft
        assert "Why does it matter" in terminal.text()
        assert not os.path.exists(tmp_path / "data" / "editing")


@pytest.mark.parametrize("language", ["en", "es"])
def test_plain_mode_opens_it_by_a_word(tmp_path: Path, language: str) -> None:
    words = Words(language)
    with at_why(tmp_path, ASKS, "--plain", language=language) as terminal:
        terminal.enter_line("/editor")
        terminal.wait_for(words.ui("editor.plain.opens"))
        terminal.enter_line()
        terminal.wait_for("HERE IS:")
        terminal.type("por la gente")
        terminal.press("enter")
        terminal.wait_for(f"{words.ui('plain.saved', what='')[:7].strip()}.*por la gente")
    assert because(tmp_path) == "por la gente"
    assert not os.path.exists(tmp_path / "data" / "editing")
