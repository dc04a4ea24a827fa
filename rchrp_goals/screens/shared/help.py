"""Help: the keys that work, and the way to the support page."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage, Choice


class HelpScreen(CalmPage):
    """What can be done on the screen under it: a line a key."""

    def __init__(self, topic: str) -> None:
        """``topic`` names the keys of the screen that help was asked on (``ui.toml``, ``help_page.TOPIC``)."""
        super().__init__()
        self.topic = topic

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("help_page.title")

    def paragraphs(self) -> Sequence[Content]:
        """Return what is good to know; the keys stand between."""
        return [safe(self.ui("help_page.support_first"))]

    def compose_more(self) -> ComposeResult:
        """Make the table of keys."""
        table = self.words.module("ui")["help_page"]
        with Grid(id="keys"):
            for key, words in [*table.get(self.topic, ()), *table["everywhere"]]:
                yield Static(safe(key), classes="key")
                yield Static(safe(words))
        yield Static(safe(self.ui("help_page.more")), classes="paragraph")

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        return (
            Choice("support", "s", self.ui("help_page.support")),
            Choice("close", "enter", self.ui("app.go_back"), is_accent=True),
        )
