"""The agreements that the person carries, one key away everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage
from rchrp_goals.services.support import agreements_of


class AgreementsScreen(CalmPage):
    """The agreements, one a paragraph."""

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("agreements_page.title")

    def paragraphs(self) -> Sequence[Content]:
        """Return the agreements; where the plan cannot be read, that is said instead."""
        try:
            return [safe(line) for line in agreements_of(self.app.desk)]
        except ProblemError as problem:
            return [safe(self.words.problem(problem.key, problem.values))]
