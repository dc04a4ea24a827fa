"""A notice: how the tool of each system is called, and that only its exit code says whether it was shown."""

from __future__ import annotations

import os
from base64 import b64decode
from pathlib import Path

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind.machine import Machine
from rchrp_goals.remind.notify import notify
from tests.remind.tools import Tools, tools

__all__ = ["tools"]
TITLE = "-A few 'things' \"wait\" $(id) `id`"
BODY = "Call <b>Rosa</b> & co\\n"
TOOL = {"linux": "notify-send", "darwin": "osascript", "win32": "powershell"}


def shown(tools: Tools, tmp_path: Path, platform: str, **environ: str) -> None:
    notify(Machine({**tools.environ(tmp_path), **environ}, platform), TITLE, BODY, "A note")


def test_notify_send_gets_words_and_a_body_without_markup(tools: Tools, tmp_path: Path) -> None:
    tools.add("notify-send")
    shown(tools, tmp_path, "linux")
    assert tools.calls() == [
        ["notify-send", "--app-name=A note", "--", TITLE, "Call &lt;b&gt;Rosa&lt;/b&gt; &amp; co\\\\n"]
    ]


def test_osascript_gets_text_as_arguments_never_in_the_script(tools: Tools, tmp_path: Path) -> None:
    tools.add("osascript", 'cat > "$here/script"')
    shown(tools, tmp_path, "darwin")
    assert tools.calls() == [["osascript", "-", TITLE, BODY]]
    script = (tools.folder / "script").read_text(encoding="utf-8")
    assert "display notification" in script
    assert "Rosa" not in script


def test_powershell_gets_text_in_its_environment_never_in_the_script(tools: Tools, tmp_path: Path) -> None:
    tools.add("powershell", 'printf "%s|%s" "$NOTE_TITLE" "$NOTE_BODY" > "$here/told"')
    shown(tools, tmp_path, "win32")
    assert (tools.folder / "told").read_text(encoding="utf-8") == f"{TITLE}|{BODY}"
    (call,) = tools.calls()
    script = b64decode(call[-1]).decode("utf-16-le")
    assert "CreateTextNode($env:NOTE_TITLE)" in script
    assert "Rosa" not in " ".join(call) + script


@pytest.mark.parametrize("platform", TOOL)
def test_any_other_exit_code_is_not_shown(tools: Tools, tmp_path: Path, platform: str) -> None:
    tools.add(TOOL[platform], 'no "no session here"')
    with pytest.raises(ProblemError) as problem:
        shown(tools, tmp_path, platform)
    assert problem.value.key == "commands.remind.not_shown"
    assert problem.value.values == {"tool": TOOL[platform], "said": "no session here"}


@pytest.mark.parametrize("platform", TOOL)
def test_without_the_tool_it_is_not_shown(tools: Tools, tmp_path: Path, platform: str) -> None:
    with pytest.raises(ProblemError, match=r"commands\.remind\.no_notifier"):
        shown(tools, tmp_path, platform)


def test_a_tool_that_hangs_is_not_shown(tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rchrp_goals.remind.machine.PATIENCE", 0.3)
    tools.add("notify-send", "exec sleep 60")
    with pytest.raises(ProblemError, match=r"commands\.remind\.not_shown"):
        shown(tools, tmp_path, "linux")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="a session's bus is a thing of Unix")
def test_a_timer_that_knows_no_session_finds_its_bus(tools: Tools, tmp_path: Path) -> None:
    tools.add("notify-send", 'printf "%s" "${DBUS_SESSION_BUS_ADDRESS:-none}" > "$here/bus"')
    bus = tools.folder / "bus"
    shown(tools, tmp_path, "linux", XDG_RUNTIME_DIR=str(tmp_path))
    assert bus.read_text(encoding="utf-8") == "none"
    (tmp_path / "bus").touch()
    shown(tools, tmp_path, "linux", XDG_RUNTIME_DIR=str(tmp_path))
    assert bus.read_text(encoding="utf-8") == f"unix:path={tmp_path}/bus"
    shown(tools, tmp_path, "linux", XDG_RUNTIME_DIR=str(tmp_path), DBUS_SESSION_BUS_ADDRESS="unix:path=/mine")
    assert bus.read_text(encoding="utf-8") == "unix:path=/mine"
