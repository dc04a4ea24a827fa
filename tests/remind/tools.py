"""Small programs on a PATH of their own, in the place of a system's: each writes down how it was called."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

PROGRAM = r"""#!/bin/sh
here={here}
printf '%s\037' {name} "$@" >> "$here/calls"
printf '\036' >> "$here/calls"
PATH=/usr/bin:/bin
no() {{ echo "$1" >&2; exit 1; }}
{body}
"""

CRONTAB = """
case "$1" in
-l) [ -f "$here/crontab.table" ] || no "no crontab for ana"; cat "$here/crontab.table" ;;
-r) rm "$here/crontab.table" ;;
*) cat > "$here/crontab.table" ;;
esac
"""


class Tools:
    """A folder of small programs, and what was called in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def add(self, name: str, body: str = "") -> Path:
        """Make a program; ``body`` is shell, in which ``$here`` is this folder and ``no TEXT`` a complaint, exit 1."""
        path = self.folder / name
        text = PROGRAM.format(here=shlex.quote(str(self.folder)), name=name, body=body)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    def add_crontab(self, text: str | None = None) -> None:
        """Make a ``crontab`` that keeps one, with ``text`` in it."""
        self.add("crontab", CRONTAB)
        if text is not None:
            (self.folder / "crontab.table").write_text(text, encoding="utf-8")

    @property
    def crontab(self) -> str | None:
        """What the ``crontab`` keeps."""
        table = self.folder / "crontab.table"
        return table.read_text(encoding="utf-8") if table.exists() else None

    def calls(self, name: str | None = None) -> list[list[str]]:
        """Return how programs were called, in order; ``name``: one alone."""
        path = self.folder / "calls"
        calls = path.read_text(encoding="utf-8").split("\036")[:-1] if path.exists() else []
        found = [call.split("\037")[:-1] for call in calls]
        return [call for call in found if name in {None, call[0]}]

    def environ(self, home: Path) -> dict[str, str]:
        """Return an environment in which nothing but these can be called."""
        return {"PATH": str(self.folder), "HOME": str(home)}


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    """A folder of small programs, empty yet."""
    if os.name == "nt":
        pytest.skip("small programs of that form start on Unix only")
    return Tools(tmp_path / "bin")
