"""Schedulers that keep a table of their own: cron, and the Task Scheduler of Windows."""

from __future__ import annotations

import os

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind import timers
from rchrp_goals.remind.machine import Machine, Ran
from rchrp_goals.remind.scheduler import Call, Order, Piece, must, write


class TaskScheduler:
    """The Task Scheduler of Windows."""

    name = "tasks"

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        base = machine.environ.get("TEMP") or machine.environ.get("TMP") or machine.home
        self._file = os.path.join(base, timers.TASK)

    def is_there(self) -> bool:
        """Tell whether this computer has it."""
        return self.machine.has("schtasks")

    def pieces(self, order: Order) -> list[Piece]:
        """Return what ``put`` writes."""
        return [Piece(timers.NAME, timers.task_xml(order.command, order.hour, order.about).decode("utf-16"))]

    def calls(self) -> list[Call]:
        """Return the programs that ``put`` calls, in order."""
        return [
            ("schtasks", "/Create", "/TN", timers.NAME, "/XML", self._file, "/F"),
            ("schtasks", "/Query", "/TN", timers.NAME),
        ]

    def installed(self) -> list[Piece]:
        """Return what stands there now."""
        ran = self.machine.run(("schtasks", "/Query", "/TN", timers.NAME, "/XML"))
        if not ran.is_fine:
            return []
        text = ran.out.decode("utf-16" if ran.out[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
        return [Piece(timers.NAME, text)]

    def put(self, order: Order) -> None:
        """Write, switch on and verify it. Raises ProblemError, with everything as it was before."""
        before = self._ours()
        try:
            self._create(timers.task_xml(order.command, order.hour, order.about))
        except ProblemError:
            self._delete()
            if before:
                self._create(before[0].text.encode("utf-16"))
            raise

    def take_out(self) -> list[str]:
        """Switch it off, remove it, and return where it stood. Raises ProblemError."""
        found = self._ours()
        if found:
            must(self._delete_call, self._delete())
        return [piece.where for piece in found]

    def _ours(self) -> list[Piece]:
        found = self.installed()
        if found and not timers.is_ours(found[0].text):
            raise ProblemError("commands.remind.name_taken", path=timers.NAME)
        return found

    def _create(self, xml: bytes) -> None:
        try:
            write(self._file, xml)
            for call in self.calls():
                must(call, self.machine.run(call))
        except OSError:
            raise ProblemError("commands.remind.not_written", path=self._file) from None
        finally:
            if os.path.exists(self._file):
                os.unlink(self._file)

    _delete_call = ("schtasks", "/Delete", "/TN", timers.NAME, "/F")

    def _delete(self) -> Ran:
        return self.machine.run(self._delete_call)


class Cron:
    """The person's crontab; its other lines stay as they are."""

    name = "cron"

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def is_there(self) -> bool:
        """Tell whether this computer has it; whether cron itself runs is nowhere to be asked."""
        return self.machine.has("crontab")

    def pieces(self, order: Order) -> list[Piece]:
        """Return what ``put`` writes."""
        return [Piece("crontab", timers.cron_line(order.command, order.hour) + "\n")]

    def calls(self) -> list[Call]:
        """Return the programs that ``put`` calls, in order."""
        return [("crontab", "-"), ("crontab", "-l")]

    def installed(self) -> list[Piece]:
        """Return what stands there now."""
        line = timers.our_line(self._read())
        return [Piece("crontab", f"{line}\n")] if line is not None else []

    def put(self, order: Order) -> None:
        """Write, switch on and verify it. Raises ProblemError, with everything as it was before."""
        line = timers.cron_line(order.command, order.hour)
        if len(line) > timers.LONGEST_CRON_LINE:
            raise ProblemError("commands.remind.path_odd")
        before = self._read()
        self._replace(before, timers.crontab_with(before, line), line)

    def take_out(self) -> list[str]:
        """Switch it off, remove it, and return where it stood. Raises ProblemError."""
        before = self._read()
        line = timers.our_line(before)
        if line is None:
            return []
        self._replace(before, timers.crontab_without(before), None)
        return [line]

    def _replace(self, before: str, after: str, line: str | None) -> None:
        """Put a crontab in the place of another, and look that it holds our line, or none (``line``)."""
        call: Call = ("crontab", "-") if after else ("crontab", "-r")
        ran = self.machine.run(call, stdin=_cron_bytes(after) if after else None)
        if ran.is_fine and timers.our_line(self._read()) == line:
            return
        if self._read() != before:
            self.machine.run(("crontab", "-"), stdin=_cron_bytes(before))
        must(call, ran if not ran.is_fine else Ran(1))

    def _read(self) -> str:
        """Return the person's crontab, empty where there is none.

        Raises ProblemError where it cannot be read: what is not known must not be written over.
        """
        if not self.machine.has("crontab"):
            return ""
        call: Call = ("crontab", "-l")
        ran = self.machine.run(call)
        if not ran.is_fine and not any(told in ran.err.lower() for told in _NO_CRONTAB):
            must(call, ran)
        return ran.out.decode("utf-8", "surrogateescape") if ran.is_fine else ""


_NO_CRONTAB = (b"no crontab", b"no such file", b"not allowed")
"""What a ``crontab`` complains with where the person has none (Vixie cron and cronie; BusyBox; who may not have one)."""


def _cron_bytes(crontab: str) -> bytes:
    return crontab.encode("utf-8", "surrogateescape")
