"""Calls the command in this process, with streams, a clock and an environment of the test's own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from rchrp_goals.cli import main
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, Tables, What
from tests.services.desk import StillClock


class Called(NamedTuple):
    """What a call gave back: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


class Typed(io.TextIOWrapper):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


class Caller:
    """Calls ``rchrp-goals`` on one data folder; ``language`` is the locale's."""

    def __init__(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.data = data
        self.clock = StillClock()
        self.language = "en"
        self._monkeypatch = monkeypatch

    def __call__(
        self,
        *argv: str,
        stdin: str | bytes = "",
        is_typed: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> Called:
        """Call the command; ``is_typed`` lets stdin be a terminal (stdout stays none)."""
        given = stdin.encode("utf-8", "surrogateescape") if isinstance(stdin, str) else stdin
        kind = Typed if is_typed else io.TextIOWrapper
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
        self._monkeypatch.setattr(sys, "stdin", kind(io.BytesIO(given), encoding="utf-8"))
        self._monkeypatch.setattr(sys, "stdout", out)
        self._monkeypatch.setattr(sys, "stderr", err)
        around = {
            "HOME": os.environ["HOME"],
            "RCHRP_GOALS_DATA": str(self.data),
            "LANG": f"{self.language}_US.UTF-8",
            **(environ or {}),
        }
        code = main(list(argv), around, self.clock)
        for stream in (out, err):
            stream.flush()
        said = [stream.buffer.getvalue().decode() for stream in (out, err)]
        return Called(code, *said)

    def add(self, text: str, *more: str) -> str:
        """Add a step and return the whole of its id."""
        short = self("add", text, *more).out.strip()
        (found,) = (id for id in self.tables["steps"] if id.startswith(short))
        return found

    def put(self, table: str, record: Mapping[str, object]) -> None:
        """Write a record into the plan, as another part of the program would."""
        with PlanStore(self.places).change(What("test"), self.clock.now()) as change:
            change.put(table, dict(record))

    @property
    def places(self) -> Places:
        return Places(str(self.data))

    @property
    def tables(self) -> Tables:
        return PlanStore(self.places).read().tables
