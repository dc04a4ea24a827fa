"""The marks that the kit draws with, in two sets: drawn lines and dots, or plain ASCII."""

from __future__ import annotations

from typing import NamedTuple


class Glyphs(NamedTuple):
    """One set of marks; every mark is one cell wide."""

    line: str
    heavy_line: str
    line_start: str
    line_end: str
    tick: str
    marker: str
    then: str
    now: str
    both: str
    done: str
    to_come: str
    between: str
    picked: str
    full: str
    empty: str
    let_go: str
    on_the_way: str


DRAWN = Glyphs(
    line="─",
    heavy_line="━",
    line_start="┌",
    line_end="┐",
    tick="┬",
    marker="◆",
    then="○",
    now="●",
    both="◉",
    done="●",
    to_come="○",
    between="·",
    picked="✓",
    full="█",
    empty="·",
    let_go="–",
    on_the_way="•",
)
ASCII = Glyphs(
    line="-",
    heavy_line="=",
    line_start="|",
    line_end="|",
    tick="|",
    marker="#",
    then="o",
    now="*",
    both="#",
    done="*",
    to_come="o",
    between="|",
    picked="*",
    full="#",
    empty=".",
    let_go="-",
    on_the_way="|",
)


def choose_glyphs(ascii_glyphs: bool) -> Glyphs:
    """Return the plain set when asked for it, else the drawn one."""
    return ASCII if ascii_glyphs else DRAWN
