"""A notice on the desktop, by the system's own tool. Whether it was shown is what that tool's exit code says, no more.

Text goes by argument, by environment or over stdin, never into a script. notify-send: its body is read as markup
(Desktop Notifications Specification 1.2) after C escapes were undone (``g_strcompress``), so both are escaped.
"""

from __future__ import annotations

import os

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind.machine import Machine, Ran

_TOOLS = {"darwin": "osascript", "win32": "powershell"}
_OSASCRIPT = "toast.applescript"
_POWERSHELL = "toast.ps1"


def notify(machine: Machine, title: str, body: str, sender: str) -> None:
    """Show a notice; ``sender`` is the name that it comes under, where the system shows one.

    Raises ProblemError ``commands.remind.no_notifier`` (tool) where there is nothing to show it with, and
    ``commands.remind.not_shown`` (tool, said) where the tool says that it was not shown.
    """
    tool = tool_of(machine)
    if not machine.has(tool):
        raise ProblemError("commands.remind.no_notifier", tool=tool)
    if machine.platform == "darwin":
        ran = machine.run(["osascript", "-", title, body], stdin=_script(_OSASCRIPT))
    elif machine.platform == "win32":
        ran = _on_windows(machine, title, body)
    else:
        command = ["notify-send", f"--app-name={sender}", "--", title, _markup(body)]
        ran = machine.run(command, more=_session_bus(machine))
    if not ran.is_fine:
        raise ProblemError("commands.remind.not_shown", tool=tool, said=ran.said or str(ran.code))


def tool_of(machine: Machine) -> str:
    """Return the name of the tool that shows notices on this kind of system."""
    return _TOOLS.get(machine.platform, "notify-send")


def _markup(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\\", "\\\\")


def _session_bus(machine: Machine) -> dict[str, str]:
    """Return where the person's session listens, for a timer that was not told (cron)."""
    if machine.environ.get("DBUS_SESSION_BUS_ADDRESS") or not hasattr(os, "getuid"):
        return {}
    runtime = machine.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    bus = os.path.join(runtime, "bus")
    return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"} if os.path.exists(bus) else {}


def _on_windows(machine: Machine, title: str, body: str) -> Ran:
    from base64 import b64encode

    script = b64encode(_script(_POWERSHELL).decode().encode("utf-16-le")).decode("ascii")
    command = ["powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", script]
    return machine.run(command, more={"NOTE_TITLE": title, "NOTE_BODY": body})


def _script(name: str) -> bytes:
    from importlib.resources import files

    return files("rchrp_goals.remind").joinpath(name).read_bytes()
