"""Help: the keys that work, and the way to the support page."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage, Choice

WIDEST_KEY = 12


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
        """Return the table of keys, and what is good to know."""
        table = self.words.module("ui")["help_page"]
        rows = [*table.get(self.topic, ()), *table["everywhere"]]
        lines = [
            Content.assemble(
                safe(key).stylize("bold").pad_right(max(0, WIDEST_KEY - len(key))), safe(words).stylize("$foreground")
            )
            for key, words in rows
        ]
        return [safe(self.ui("help_page.support_first")), Content("\n").join(lines), safe(self.ui("help_page.more"))]

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        return (
            Choice("support", "s", self.ui("help_page.support")),
            Choice("close", "enter", self.ui("app.go_back"), is_accent=True),
        )
