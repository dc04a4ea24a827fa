"""The plan's file is not as it should be, line by line: what stands, and the ways back, each only on a yes."""

from __future__ import annotations

from collections.abc import Sequence

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.plain_menu import AgainError, PlainMenu
from rchrp_goals.plain_terminal import LeftError, PausedError
from rchrp_goals.services.mending import Way, mend, ways_back, when_written
from rchrp_goals.services.saying import ended


class PlainTrouble(PlainMenu):
    """Says what is wrong with the file and offers what can be done."""

    def mended(self, problem: FileProblem) -> bool:
        """Offer the ways back until one was gone; False where there is none, or the person went instead."""
        ways = ways_back(self.desk)
        if not ways:
            return False
        while True:
            try:
                way = self._choose(problem, ways)
                if way is None:
                    return False
                if self._is_sure(way):
                    mend(self.desk, way)
                    return True
            except AgainError:
                continue
            except LeftError:
                self.terminal.clear()
                return False
            except (PausedError, KeyboardInterrupt):
                return False
            except ProblemError as refused:
                self.say_problem(refused)
                ways = ways_back(self.desk)

    def act(self, action: str, line: str) -> None:
        """Do what a slash word asks anywhere; /where says that this is about the file."""
        if action == "where":
            self.terminal.say(self.words("trouble.title"))
        else:
            super().act(action, line)

    def _choose(self, problem: FileProblem, ways: Sequence[Way]) -> Way | None:
        """Say what is wrong, and that nothing was touched, and return the way that was chosen."""
        here, words = f"trouble.what_{problem.key}", self.desk.words
        what = words.ui(here, **problem.values) if words.has_ui(here) else words.problem(problem.key, problem.values)
        self.terminal.say(words.ui("trouble.title"), what, words.ui("trouble.untouched"))
        lines = [f"{ended(words.ui(f'trouble.{way}'))} {self._about(way)}" for way in ways]
        at = self.pick("", lines, key="menu_unsaved")
        return None if at is None else ways[at]

    def _is_sure(self, way: Way) -> bool:
        """Ask once more before a file is set aside."""
        self.terminal.space()
        self.terminal.say(self.words(f"trouble.sure_{way}"), self._about(way), self.words("rooms.plain.sure"))
        return self.number(1) is not None

    def _about(self, way: Way) -> str:
        """Return what a way does."""
        return self.words(f"trouble.about_{way}", day=when_written(self.desk))
