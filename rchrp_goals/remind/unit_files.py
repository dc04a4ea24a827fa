"""Schedulers that read files of ours: systemd and launchd."""

from __future__ import annotations

import os
from collections.abc import Sequence

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind import timers
from rchrp_goals.remind.machine import Machine
from rchrp_goals.remind.scheduler import Call, Order, Piece, bytes_at, missing_folders, must, text_at, write


class _Files:
    """What systemd and launchd share: files in a folder of the person's, then programs that take them up."""

    name: str
    folder: str
    names: tuple[str, ...]

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def pieces(self, order: Order) -> list[Piece]:
        """Return what ``put`` writes."""
        raise NotImplementedError

    def calls(self) -> list[Call]:
        """Return the programs that ``put`` calls, in order."""
        raise NotImplementedError

    def switch_off(self) -> list[Call]:
        """Return the programs that make the system let go of it, before the files are removed."""
        raise NotImplementedError

    def forget(self) -> list[Call]:
        """Return the programs that make the system notice that the files are gone."""
        raise NotImplementedError

    def traces(self) -> list[str]:
        """Return what the system itself may have made beside our files."""
        return []

    def paths(self) -> list[str]:
        """Return where our files stand."""
        return [os.path.join(self.folder, name) for name in self.names]

    def installed(self) -> list[Piece]:
        """Return what stands there now; a file of another's that has our name is none of ours."""
        found = [Piece(path, text) for path in self.paths() if (text := text_at(path)) is not None]
        return found if any(timers.is_ours(piece.text) for piece in found) else []

    def put(self, order: Order) -> None:
        """Write, switch on and verify it. Raises ProblemError, with everything as it was before."""
        before = {path: bytes_at(path) for path in self.paths()}
        there = [path for path, content in before.items() if content is not None]
        if there and not self.installed():
            raise ProblemError("commands.remind.name_taken", path=there[0])
        made = missing_folders(self.folder)
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            for piece in self.pieces(order):
                write(piece.where, piece.text.encode())
            for call in self.calls():
                must(call, self.machine.run(call))
        except OSError as error:
            path = error.filename if isinstance(error.filename, str) else self.folder
            self._as_before(before, made)
            raise ProblemError("commands.remind.not_written", path=path) from None
        except ProblemError:
            self._as_before(before, made)
            raise

    def take_out(self) -> list[str]:
        """Switch it off, remove it, and return where it stood. Raises ProblemError."""
        found = [piece.where for piece in self.installed()]
        if found:
            self._remove(found)
        return found

    def _remove(self, paths: Sequence[str]) -> None:
        for call in self.switch_off():
            self.machine.run(call)  # where no session is there nothing runs it either
        for path in (*paths, *self.traces()):
            try:
                os.unlink(path)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError:
                raise ProblemError("commands.remind.not_removed", path=path) from None
        for call in self.forget():
            self.machine.run(call)

    def _as_before(self, before: dict[str, bytes | None], made: Sequence[str]) -> None:
        self._remove(self.paths())
        was_there = {path: content for path, content in before.items() if content is not None}
        for path, content in was_there.items():
            write(path, content)
        if was_there:
            for call in self.calls():
                self.machine.run(call)
        for folder in made:
            try:
                os.rmdir(folder)
            except OSError:  # something else came into it
                return


class Systemd(_Files):
    """A timer of the person's own systemd."""

    name = "systemd"
    names = (timers.SERVICE, timers.TIMER)

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine)
        base = machine.environ.get("XDG_CONFIG_HOME", "")
        self.folder = os.path.join(base if base.startswith("/") else f"{machine.home}/.config", "systemd", "user")

    def is_there(self) -> bool:
        """Tell whether the person's session has a systemd of its own: a timer of nobody's session never comes."""
        return self.machine.run(("systemctl", "--user", "show-environment")).is_fine

    def pieces(self, order: Order) -> list[Piece]:
        """Return what ``put`` writes."""
        service, timer = self.paths()
        return [
            Piece(service, timers.systemd_service(order.command, order.about)),
            Piece(timer, timers.systemd_timer(order.hour, order.about)),
        ]

    def calls(self) -> list[Call]:
        """Return the programs that ``put`` calls, in order."""
        service, timer = self.paths()
        verify = [("systemd-analyze", "--user", "verify", service, timer)]
        return [
            *(verify if self.machine.has("systemd-analyze") else []),
            ("systemctl", "--user", "daemon-reload"),
            ("systemctl", "--user", "enable", timers.TIMER),
            ("systemctl", "--user", "restart", timers.TIMER),
            ("systemctl", "--user", "is-active", timers.TIMER),
        ]

    def switch_off(self) -> list[Call]:
        """Return the programs that make the system let go of it, before the files are removed."""
        return [("systemctl", "--user", "disable", "--now", timers.TIMER)]

    def forget(self) -> list[Call]:
        """Return the programs that make the system notice that the files are gone."""
        return [
            ("systemctl", "--user", "daemon-reload"),
            ("systemctl", "--user", "reset-failed", timers.SERVICE, timers.TIMER),
        ]

    def traces(self) -> list[str]:
        """Return what the system itself may have made beside our files."""
        shared = self.machine.environ.get("XDG_DATA_HOME", "")
        shared = shared if shared.startswith("/") else f"{self.machine.home}/.local/share"
        return [
            os.path.join(self.folder, "timers.target.wants", timers.TIMER),
            os.path.join(shared, "systemd", "timers", f"stamp-{timers.TIMER}"),
        ]


class Launchd(_Files):
    """An agent of macOS."""

    name = "launchd"
    names = (timers.PLIST,)

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine)
        self.folder = os.path.join(machine.home, "Library", "LaunchAgents")
        self._domain = f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"

    def is_there(self) -> bool:
        """Tell whether this computer has it."""
        return self.machine.has("launchctl")

    def pieces(self, order: Order) -> list[Piece]:
        """Return what ``put`` writes."""
        (path,) = self.paths()
        return [Piece(path, timers.launchd_plist(order.command, order.hour).decode())]

    def calls(self) -> list[Call]:
        """Return the programs that ``put`` calls, in order."""
        (path,) = self.paths()
        lint = [("plutil", "-lint", path)] if self.machine.has("plutil") else []
        is_loaded = self.machine.run(("launchctl", "print", f"{self._domain}/{timers.LABEL}")).is_fine
        return [
            *lint,
            *(self.switch_off() if is_loaded else []),
            ("launchctl", "bootstrap", self._domain, path),
            ("launchctl", "print", f"{self._domain}/{timers.LABEL}"),
        ]

    def switch_off(self) -> list[Call]:
        """Return the programs that make the system let go of it, before the files are removed."""
        return [("launchctl", "bootout", f"{self._domain}/{timers.LABEL}")]

    def forget(self) -> list[Call]:
        """Return the programs that make the system notice that the files are gone."""
        return []
