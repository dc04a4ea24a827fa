"""A sheet as one page to print, A4 and Letter: no script, nothing loaded, every word of a person escaped."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from rchrp_goals.export.sheet import Line, Section, Sheet

if TYPE_CHECKING:
    from jinja2 import Template


def write(sheet: Sheet, width: int) -> str:
    """Return the page; ``width`` changes nothing."""
    from markupsafe import Markup

    style = _style(sheet)
    # The page may use this very style and nothing else; a script, a picture, a form or a frame is refused by the browser.
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _template().render(
        sheet=sheet,
        sections=[(section, _groups(section)) for section in sheet.sections],
        style=Markup(style),  # noqa: S704 (our own file; nothing of a person's is in it)
        policy=policy,
    )


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


def _style(sheet: Sheet) -> str:
    """Return the style with the number of each printed page, where the browser draws it."""
    style = _read("plan.css")
    if sheet.kind == "wall" or not sheet.page_words:
        return style
    counters = {"page": '" counter(page) "', "pages": '" counter(pages) "'}
    content = '"' + sheet.page_words.replace("\\", "").replace('"', "").format(**counters) + '"'
    number = f"@bottom-right {{ content: {content}; font-size: 9pt; color: #5d615d; }}"
    return style.replace("@page {", f"@page {{\n  {number}", 1)


@cache
def _template() -> Template:
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=False, keep_trailing_newline=True)
    return environment.from_string(_read("plan.html.j2"))


def _read(name: str) -> str:
    return files("rchrp_goals.export").joinpath(name).read_text(encoding="utf-8")
