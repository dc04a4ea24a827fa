"""The plan is open in another window: the plan as text, where it is open, and nothing that changes anything."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.foot_line import FootItem
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage, Choice
from rchrp_goals.services import saying


class SecondWindowScreen(CalmPage):
    """Shows the plan, read-only, and looks again whether it is free."""

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("second_window.title")

    def paragraphs(self) -> Sequence[Content]:
        """Say where the plan is open, then the plan itself."""
        desk = self.app.desk
        said = [safe(self.ui("second_window.open_there", path=desk.places.data)).stylize("$quiet")]
        try:
            plan = saying.plan_aloud(desk.store.read().tables, self.words, desk.clock.today())
        except ProblemError as problem:
            plan = [self.words.problem(problem.key, problem.values)]
        return [*said, *(safe(line) for line in plan)] if plan else [*said, safe(self.ui("second_window.no_plan"))]

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        return (
            Choice("close", "page.leave", self.ui("pause.leave")),
            Choice("again", "enter", self.ui("problem.try_again"), is_accent=True),
        )

    async def choose(self, result: str) -> None:
        """Look whether the plan is free now, or go."""
        await (self.app.reopen() if result == "again" else self.app.leave())

    def foot_items(self) -> list[FootItem]:
        """Leave out what makes no sense in a window that only looks."""
        return [item for item in super().foot_items() if item.action != "app.agreements"]
