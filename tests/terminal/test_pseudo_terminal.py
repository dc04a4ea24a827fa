"""The helper itself, on small programs: what it says about a terminal must be true."""

from __future__ import annotations

import signal
import sys
import textwrap
from pathlib import Path

import pytest

from tests.terminal.pseudo_terminal import PseudoTerminal, ScreenError

pytestmark = pytest.mark.terminal

SMALL_APP = """
from textual.app import App
from textual.content import Content
from textual.widgets import Button, Input, Static
class Small(App):
    BINDINGS = [("ctrl+q", "quit", "quit")]
    def compose(self):
        yield Input(placeholder="write here")
        yield Button("Übernehmen")
        yield Static("nothing yet", id="heard")
    def on_input_changed(self, event):
        self.query_one("#heard").update(Content(f"{len(event.value)} signs"))
    def on_button_pressed(self, event):
        self.query_one("#heard").update(Content("pressed"))
    def on_resize(self, event):
        self.query_one(Button).label = f"{event.size.width} wide"
Small().run()
print("back again")
"""


def python(code: str, tmp_path: Path, columns: int = 80, rows: int = 24) -> PseudoTerminal:
    """Start a Python program that stands in a file of its own."""
    script = tmp_path / "program.py"
    script.write_text(textwrap.dedent(code), encoding="utf-8")
    return PseudoTerminal([sys.executable, str(script)], columns=columns, rows=rows, folder=tmp_path)


def test_a_full_screen_program_is_driven_and_leaves_a_clean_terminal(tmp_path: Path) -> None:
    with python(SMALL_APP, tmp_path, columns=60, rows=20) as terminal:
        terminal.wait_for("write here")
        assert {1049, 2004, 1006} <= terminal.modes
        terminal.click_text("60 wide")
        terminal.wait_for("^pressed")
        terminal.press("shift+tab", "a", "ctrl+a", "left", "backspace")
        terminal.paste("x" * 3000)
        terminal.wait_for("3001 signs")
        terminal.resize(50, 12)
        terminal.wait_for("50 wide")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
        assert terminal.text().strip() == "back again", "the main screen shows again"


def test_what_a_killed_program_leaves_is_named(tmp_path: Path) -> None:
    with python(SMALL_APP, tmp_path) as terminal:
        terminal.wait_for("write here")
        terminal.send_signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
        left = terminal.left_behind()
    assert {"mode 1049 on", "mode 25 off", "keyboard protocol on", "line settings changed"} <= set(left)


def test_a_wait_that_runs_out_shows_the_screen(tmp_path: Path) -> None:
    with python("print('this stands here'); input()", tmp_path) as terminal:
        terminal.wait_for("stands")
        with pytest.raises(ScreenError, match=r"(?s)'never' did not show; the program is running.*this stands here"):
            terminal.wait_for("never", timeout=0.2)
        terminal.press("enter")
        with pytest.raises(ScreenError, match="the program ended with 0"):
            terminal.wait_for("never")


def test_a_closed_window_and_a_signal_of_the_terminal_reach_the_program(tmp_path: Path) -> None:
    waiting = """
        import signal, sys, time
        signal.signal(signal.SIGHUP, lambda *_: sys.exit(7))
        signal.signal(signal.SIGINT, lambda *_: print("interrupted"))
        print("ready")
        while True:
            time.sleep(0.05)
    """
    with python(waiting, tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.press("ctrl+c")
        terminal.wait_for("interrupted")
        terminal.hang_up()
        assert terminal.wait_exit() == 7


def test_the_environment_is_laid_over_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKEN_AWAY", "1")
    show = "import os; print(os.environ['TERM'], os.environ['GIVEN'], 'TAKEN_AWAY' in os.environ)"
    changes = {"GIVEN": "yes", "TAKEN_AWAY": None, "TERM": "dumb"}
    with PseudoTerminal([sys.executable, "-c", show], environment=changes) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.text().strip() == "dumb yes False"
