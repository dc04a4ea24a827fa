"""Whom to talk to: never empty, and the person's own line first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from rchrp_goals import content
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage
from rchrp_goals.services.support import support_lines


class SupportScreen(CalmPage):
    """The support page."""

    def title_words(self) -> str:
        """Return the title."""
        return str(content.table(self.words.language, "support")["title"])

    def paragraphs(self) -> Sequence[Content]:
        """Return the page's lines."""
        return [safe(line) for line in support_lines(self.app.desk)]
