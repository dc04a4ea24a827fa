"""Holds a conversation in plain mode: lines are typed, and all that it wrote comes back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from rchrp_goals.plain import run
from rchrp_goals.services.context import Context
from rchrp_goals.store.places import Places
from tests.services.desk import StillClock


def speak(
    folder: Path,
    *lines: str,
    language: str = "en",
    begins: str | None = None,
    at: datetime | None = None,
    environ: Mapping[str, str] | None = None,
    code: int = 0,
) -> str:
    """Type lines and return all that it wrote; it ends with ``code``. Without ``begins`` Home comes first."""
    clock = StillClock()
    clock.at = at or clock.at
    context = Context(Places(str(folder)), environ or {}, clock, language=language, plain=True, begins=begins)
    context.stdin, context.stdout = io.StringIO("".join(f"{line}\n" for line in lines)), io.StringIO()
    assert run(context) == code
    return context.stdout.getvalue()


def speak_in(folder: Path, room: str, *lines: str, language: str = "en") -> str:
    """Go from Home to what its menu calls ``room``, type lines there, and return all that was written."""
    return speak(folder, number_of(speak(folder, "", language=language), room), *lines, language=language)


def number_of(said: str, words: str) -> str:
    """Return the number that stands before these words in the last menu."""
    return next(line.split()[0] for line in reversed(said.splitlines()) if line.partition(" ")[2] == words)
