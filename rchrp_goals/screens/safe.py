"""The one way by which words reach a widget: as literal text, without any code."""

from __future__ import annotations

from textual.content import Content

from rchrp_goals.plan.text import shown


def safe(text: str) -> Content:
    """Return text for a widget that takes content: never markup, no control codes, no forced direction."""
    return Content(shown(text))


def safe_line(text: str) -> str:
    """Return text for a widget of the kit that takes one line and reads no markup."""
    return " ".join(shown(text).split("\n"))


def safe_text(text: str) -> str:
    """Return text for a field: cleaned, its lines kept."""
    return shown(text)
