"""A sheet for a pen as a page to print, A4 and Letter: ruled lines, boxes, lines to mark, no block cut by a page's end."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rchrp_goals.export.html import policy_of, style_of, template, with_page_numbers
from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.paper import Paper

if TYPE_CHECKING:
    from jinja2 import Template


def write(paper: Paper, width: int, ink: Ink = FULL) -> str:
    """Return the page; ``width`` and ``ink`` change nothing."""
    from markupsafe import Markup

    style = with_page_numbers(style_of("paper.css"), paper.page_words)
    return _template().render(
        paper=paper,
        style=Markup(style),  # noqa: S704 (our own file; nothing of a person's is in it)
        policy=policy_of(style),
        numbers=range(11),
    )


@cache
def _template() -> Template:
    return template("paper.html.j2")
