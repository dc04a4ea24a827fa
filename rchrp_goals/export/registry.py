"""The formats that a plan can be written in; a writer is loaded when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple, Protocol

from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.paper import Paper
from rchrp_goals.export.sheet import Sheet

PLAN_SHEETS = ("wall", "mine")
"""The sheets of a plan: lines, some of which can be left off."""
BLANK_PAPERS = ("day-one", "blank")
"""The sheets for a pen that need no plan."""
FILLED_PAPERS = ("check-in", "review")
"""The sheets for a pen that hold what leaves of a plan by default."""
OWN_PAPERS = ("year",)
"""The sheets of a plan that are laid out as paper, and for whoever wrote it."""
RECORD_PAPERS = ("hours",)
"""The sheets that are a record of what was done, in days that may be chosen."""
SHEETS = (*PLAN_SHEETS, *BLANK_PAPERS, *FILLED_PAPERS, *RECORD_PAPERS, *OWN_PAPERS)
"""The sheets that a format for readers can hold; without one it holds the whole plan."""
NARROWEST, WIDEST, WIDTH = 20, 1000, 80
"""Cells in a line of text: the fewest, the most, and where nothing is said."""


class Writer(Protocol):
    """A module that writes sheets."""

    def write(self, sheet: Sheet, width: int, ink: Ink = FULL) -> str:
        """Return the sheet in this format; ``width`` and ``ink`` are of use to plain text alone."""
        ...


class PaperWriter(Protocol):
    """A module that writes sheets for a pen."""

    def write(self, paper: Paper, width: int, ink: Ink = FULL) -> str:
        """Return the sheet in this format; ``width`` and ``ink`` are of use to plain text alone."""
        ...


class Format(NamedTuple):
    """One format: its name, what its files end in, and its module; ``is_data``: the plan itself, not a sheet of it."""

    name: str
    extension: str
    module: str
    is_data: bool = False

    def writer(self) -> Writer:
        """Load what writes this format."""
        module: Writer = import_module(f"rchrp_goals.export.{self.module}")
        return module

    def paper_writer(self) -> PaperWriter:
        """Load what writes sheets for a pen in this format."""
        module: PaperWriter = import_module(f"rchrp_goals.export.paper_{self.module}")
        return module


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("txt", "txt", "txt"),
        Format("md", "md", "md"),
        Format("html", "html", "html"),
        Format("json", "json", "json_file", is_data=True),
    )
}
