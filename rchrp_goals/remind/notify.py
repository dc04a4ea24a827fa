"""A notice on the desktop, by the system's own tool. Whether it was shown is what that tool's exit code says, no more.

Text goes by argument, by environment or over stdin, never into a script. notify-send: its body is read as markup
(Desktop Notifications Specification 1.2) after C escapes were undone (``g_strcompress``), so both are escaped.
"""

from __future__ import annotations

import os

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind.machine import Machine, Ran

_OSASCRIPT = "toast.applescript"
_POWERSHELL = "toast.ps1"


def notify(machine: Machine, title: str, body: str, sender: str) -> None:
    """Show a notice; ``sender`` is the name that it comes under, where the system shows one.

    Raises ProblemError ``commands.remind.no_notifier`` (tool) where there is nothing to show it with, and
    ``commands.remind.not_shown`` (tool, said) where the tool says that it was not shown.
    """
    if machine.platform == "darwin":
        tool, ran = "osascript", _on_macos(machine, title, body)
    elif machine.platform == "win32":
        tool, ran = "powershell", _on_windows(machine, title, body)
    else:
        tool, ran = "notify-send", _on_linux(machine, title, body, sender)
    if ran is None:
        raise ProblemError("commands.remind.no_notifier", tool=tool)
    if not ran.is_fine:
        raise ProblemError("commands.remind.not_shown", tool=tool, said=ran.said or str(ran.code))


def _on_linux(machine: Machine, title: str, body: str, sender: str) -> Ran | None:
    if not machine.has("notify-send"):
        return None
    command = ["notify-send", f"--app-name={sender}", "--", title, _markup(body)]
    return machine.run(command, more=_session_bus(machine))


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


def _on_macos(machine: Machine, title: str, body: str) -> Ran | None:
    if not machine.has("osascript"):
        return None
    return machine.run(["osascript", "-", title, body], stdin=_script(_OSASCRIPT))


def _on_windows(machine: Machine, title: str, body: str) -> Ran | None:
    if not machine.has("powershell"):
        return None
    from base64 import b64encode

    script = b64encode(_script(_POWERSHELL).decode().encode("utf-16-le")).decode("ascii")
    command = ["powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", script]
    return machine.run(command, more={"NOTE_TITLE": title, "NOTE_BODY": body})


def _script(name: str) -> bytes:
    from importlib.resources import files

    return files("rchrp_goals.remind").joinpath(name).read_bytes()
