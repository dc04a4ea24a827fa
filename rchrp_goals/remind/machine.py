"""The programs of this computer: which are there, and what calling one gives. Never through a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

PATIENCE = 30.0
"""Seconds that another program may take."""
NOT_STARTED = 127
TOO_SLOW = 124


class Ran(NamedTuple):
    """What a program gave back. ``code`` is 127 where it could not be started, 124 where it took too long."""

    code: int
    out: bytes = b""
    err: bytes = b""

    @property
    def is_fine(self) -> bool:
        """Tell whether it ended as it should."""
        return self.code == 0

    @property
    def said(self) -> str:
        """The last line that it complained with, at most 200 characters; empty where it said nothing."""
        lines = (self.err or self.out).decode("utf-8", "replace").strip().splitlines()
        return lines[-1].strip()[:200] if lines else ""


class Machine:
    """One computer, as a call of ours finds it: its environment and its kind (``sys.platform``)."""

    def __init__(self, environ: Mapping[str, str], platform: str = sys.platform) -> None:
        self.environ = environ
        self.platform = platform

    @property
    def home(self) -> str:
        """The home folder."""
        return self.environ.get("HOME") or os.path.expanduser("~")

    def has(self, name: str) -> bool:
        """Tell whether a program of this name can be called."""
        return self._find(name) is not None

    def run(
        self,
        command: Sequence[str],
        stdin: bytes | None = None,
        more: Mapping[str, str] | None = None,
        *,
        bare: bool = False,
    ) -> Ran:
        """Call a program and wait for it. ``more`` is added to its environment; ``bare``: it gets home and PATH alone."""
        program = self._find(command[0])
        if program is None:
            return Ran(NOT_STARTED)
        kept = {name: value for name, value in self.environ.items() if name in _BARE or not bare}
        try:
            done = subprocess.run(
                [program, *command[1:]],
                input=stdin,
                stdin=subprocess.DEVNULL if stdin is None else None,
                capture_output=True,
                env={**kept, **(more or {})},
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Ran(TOO_SLOW)
        except OSError:
            return Ran(NOT_STARTED)
        return Ran(done.returncode, done.stdout, done.stderr)

    def _find(self, name: str) -> str | None:
        return shutil.which(name, path=self.environ.get("PATH", os.defpath))


_BARE = frozenset({"HOME", "PATH", "SYSTEMROOT", "USERPROFILE", "LOCALAPPDATA", "TEMP", "TMP"})
