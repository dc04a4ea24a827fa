"""What every scheduler of a system can do for us: show what it would get, take it, and give it back whole."""

from __future__ import annotations

import os
from typing import NamedTuple, Protocol

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind.machine import Ran

Call = tuple[str, ...]


class Order(NamedTuple):
    """What is to be called (absolute path and arguments), at which hour, and what the system shows about it."""

    command: tuple[str, ...]
    hour: int
    about: str


class Piece(NamedTuple):
    """One thing that is written: where (a path, or how the system calls the place) and its text."""

    where: str
    text: str


class Scheduler(Protocol):
    """One system's way of calling a program each day."""

    name: str

    def is_there(self) -> bool:
        """Tell whether this computer has it, and lets us use it."""
        ...

    def pieces(self, order: Order) -> list[Piece]:
        """Return what ``put`` writes."""
        ...

    def calls(self) -> list[Call]:
        """Return the programs that ``put`` calls, in order."""
        ...

    def installed(self) -> list[Piece]:
        """Return what stands there now; empty where nothing of ours does."""
        ...

    def put(self, order: Order) -> None:
        """Write, switch on and verify it.

        Raises ProblemError, with everything as it was before.
        """
        ...

    def take_out(self) -> list[str]:
        """Switch it off, remove it, and return where it stood; empty where nothing did. Raises ProblemError."""
        ...


def must(call: Call, ran: Ran) -> None:
    """Raise ProblemError ``commands.remind.call_failed`` (call, said) where a program did not end as it should."""
    if not ran.is_fine:
        raise ProblemError("commands.remind.call_failed", call=" ".join(call), said=ran.said or str(ran.code))


def write(path: str, content: bytes) -> None:
    """Write a file of ours. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def bytes_at(path: str) -> bytes | None:
    """Return what a file holds; None where it is not there, or not for us."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:  # not there; one that may not be read cannot be written either, which is said then
        return None


def text_at(path: str) -> str | None:
    """Return a file's text; None as ``bytes_at``."""
    content = bytes_at(path)
    return None if content is None else content.decode("utf-8", "replace")


def missing_folders(folder: str) -> list[str]:
    """Return the folders that are not there yet, the innermost first."""
    missing: list[str] = []
    while folder and not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        missing.append(folder)
        folder = os.path.dirname(folder)
    return missing
