"""The plan's file is not as it should be: what stands, and the ways back, each only on a yes."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.content import Content

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage, Choice
from rchrp_goals.services.mending import Way, ways_back, when_written


class TroubleScreen(CalmPage):
    """Says what is wrong with the file and offers what can be done."""

    def __init__(self, problem: ProblemError) -> None:
        super().__init__()
        self.problem = problem

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("trouble.title")

    def paragraphs(self) -> Sequence[Content]:
        """Say what is wrong, that nothing was touched, and what each way does."""
        here = f"trouble.what_{self.problem.key}"  # without the way to this page
        what = self.ui(here, **self.problem.values) if self.words.has_ui(here) else ""
        found = [safe(what or self.words.problem(self.problem.key, self.problem.values))]
        if self.ways:
            found.append(safe(self.ui("trouble.untouched")))
        written = when_written(self.app.desk)
        for way in self.ways:
            words = self.ui(f"trouble.about_{way}", day=written)
            found.append(Content.assemble(safe(self.ui(f"trouble.{way}")).stylize("bold"), "\n", safe(words)))
        return found

    @property
    def ways(self) -> Sequence[Way]:
        """What can be done about it."""
        return ways_back(self.app.desk)

    def choices(self) -> Sequence[Choice]:
        """Return the ways, and the door."""
        return (
            *(Choice(way, f"page.{way}", self.ui(f"trouble.{way}")) for way in self.ways),
            Choice("close", "page.leave", self.ui("trouble.leave"), is_accent=True),
        )

    async def choose(self, result: str) -> None:
        """Ask once more before a way is taken, or go."""
        way = next((way for way in self.ways if way == result), None)
        if way is None:
            await self.app.leave()
        else:
            self._ask_once_more(way)

    @work(exclusive=True)
    async def _ask_once_more(self, way: Way) -> None:
        if await self.app.push_screen_wait(SureScreen(way)) == "yes":
            await self.app.mend(way)


class SureScreen(CalmPage):
    """Asks once more before a file is set aside: ``yes`` or ``close``."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way

    def title_words(self) -> str:
        """Return the title."""
        return self.ui(f"trouble.sure_{self.way}")

    def paragraphs(self) -> Sequence[Content]:
        """Say what will be kept where."""
        return [safe(self.ui(f"trouble.about_{self.way}", day=when_written(self.app.desk)))]

    def choices(self) -> Sequence[Choice]:
        """Return yes and no."""
        return (
            Choice("yes", "page.yes", self.ui("trouble.yes")),
            Choice("close", "enter", self.ui("app.go_back"), is_accent=True),
        )
