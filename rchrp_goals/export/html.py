"""A sheet as one page to print, A4 and Letter: no script, nothing loaded, every word of a person escaped."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING

from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.sheet import Line, Section, Sheet

if TYPE_CHECKING:
    from jinja2 import Template


_WALL_LETTERS, _WALL_NOTE_LETTERS = 30, 44
"""Letters in a line of the page for the wall, about."""
_FULL = ((32, "fuller"), (20, "full"))
"""Rows from which a page for the wall is set smaller."""


def write(sheet: Sheet, width: int, ink: Ink = FULL) -> str:
    """Return the page; ``width`` and ``ink`` change nothing."""
    from markupsafe import Markup

    style = style_of("plan.css")
    if sheet.kind != "wall":
        style = with_page_numbers(style, sheet.page_words)
    return _template().render(
        sheet=sheet,
        sections=[(section, _groups(section)) for section in sheet.sections],
        style=Markup(style),  # noqa: S704 (our own file; nothing of a person's is in it)
        policy=policy_of(style),
        fullness=_fullness(sheet) if sheet.kind == "wall" else "",
    )


def _fullness(sheet: Sheet) -> str:
    """Return how full a page for the wall is, as the class that lets it stay one page."""
    rows = sum(
        1 + len(line.text) / _WALL_LETTERS + (0 if line.note_beside else ceil(len(line.note) / _WALL_NOTE_LETTERS))
        for line in sheet.lines
    )
    return next((name for most, name in _FULL if rows > most), "")


def _groups(section: Section) -> list[list[Line]] | None:
    """Return the lines of each label together, None where no line has one."""
    if not any(line.label for line in section.lines):
        return None
    groups: list[list[Line]] = []
    for line in section.lines:
        if line.label or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def policy_of(style: str) -> str:
    """Return the policy of a page: this very style and nothing else.

    A script, a picture, a form or a frame is refused by the browser.
    """
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def with_page_numbers(style: str, page_words: str) -> str:
    """Return the style with the number of each printed page, where the browser draws it; ``page_words`` may be empty."""
    if not page_words:
        return style
    counters = {"page": '" counter(page) "', "pages": '" counter(pages) "'}
    content = '"' + page_words.replace("\\", "").replace('"', "").format(**counters) + '"'
    number = f"@bottom-right {{ content: {content}; font-size: 9pt; color: #5d615d; }}"
    return style.replace("@page {", f"@page {{\n  {number}", 1)


@cache
def _template() -> Template:
    return template("plan.html.j2")


def template(name: str) -> Template:
    """Load a template of this folder, every text escaped."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=False, keep_trailing_newline=True)
    return environment.from_string(read_file(name))


def style_of(name: str) -> str:
    """Return the style of a page: what every page has, and what its own file adds."""
    return read_file("page.css") + read_file(name)


def read_file(name: str) -> str:
    """Return the text of a file of this folder."""
    return files("rchrp_goals.export").joinpath(name).read_text(encoding="utf-8")
