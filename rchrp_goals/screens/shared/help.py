"""Help: the keys that work, and the way to the support page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage, Choice
from rchrp_goals.services.actions import ACTIONS, EVERYWHERE
from rchrp_goals.services.keys import also_of, help_of


class HelpScreen(CalmPage):
    """What can be done on the screen under it: a line a key."""

    def __init__(self, asked_on: CalmScreen[Any]) -> None:
        """``asked_on`` is the screen whose keys are shown, before those that work everywhere."""
        super().__init__()
        self.asked_on = asked_on

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("help_page.title")

    def paragraphs(self) -> Sequence[Content]:
        """Return where one is and what is good to know; the keys stand between."""
        where = self.asked_on.help_where()
        return [
            safe(self.ui("help_page.support_first", cap=self.app.keys.cap("page.support"))),
            *([safe(where).stylize("$quiet")] if where else []),
        ]

    def compose_more(self) -> ComposeResult:
        """Make the table of keys."""
        with Grid(id="keys"):
            for key, words in [*self.asked_on.help_rows(), *self.everywhere()]:
                yield Static(safe(key), classes="key")
                yield Static(safe(words))
        for picture in self.asked_on.help_pictures():
            yield Static(safe(picture), classes="paragraph")
        yield Static(safe(self.ui("help_page.more")), classes="paragraph")

    def everywhere(self) -> list[tuple[str, str]]:
        """Return the keys that work on every screen."""
        ids = [spec.id for spec in ACTIONS.values() if spec.scope == EVERYWHERE]
        return [*help_of(ids, self.app.keys, self.words), *also_of("everywhere", self.words)]

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        return (
            Choice("support", "page.support", self.ui("help_page.support")),
            Choice("close", "enter", self.ui("app.go_back"), is_accent=True),
        )
