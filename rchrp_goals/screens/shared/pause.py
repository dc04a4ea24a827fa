"""A pause, the end of a conversation, and what is said when something could not be saved."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.page import CalmPage, Choice
from rchrp_goals.services.place import Place


class PausedScreen(CalmPage):
    """Everything is kept: go on, go Home where there is a plan, or close the app."""

    def __init__(self, *, has_home: bool, is_one_question: bool = False) -> None:
        """``is_one_question``: what is asked is a question by itself, which the app does not begin with the next time."""
        super().__init__()
        self.has_home = has_home
        self.is_one_question = is_one_question

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("pause.title")

    def paragraphs(self) -> Sequence[Content]:
        """Say what is kept."""
        where = "pause.where_one" if self.is_one_question else "pause.where"
        return [safe(self.ui("pause.kept")), safe(self.ui(where))]

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        home = (Choice("home", "page.home", self.ui("pause.home")),) if self.has_home else ()
        return (
            Choice("leave", "page.leave", self.ui("pause.leave")),
            *home,
            Choice("close", "enter", self.ui("pause.go_on"), is_accent=True),
        )


class UnkeptScreen(CalmPage):
    """Something was typed that no draft keeps: back to it, or away without it (``leave``)."""

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("pause.unkept_title")

    def paragraphs(self) -> Sequence[Content]:
        """Say that it is not kept."""
        return [safe(self.ui("pause.unkept"))]

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        return (
            Choice("leave", "page.leave_without", self.ui("pause.leave_without")),
            Choice("close", "enter", self.ui("pause.back_to_it"), is_accent=True),
        )


class EndScreen(CalmPage):
    """A conversation of its own is done and kept."""

    def __init__(self, name: str, began_at: str = "home", page: Place | None = None) -> None:
        """``name`` is the conversation's (``ui.toml``, ``end.NAME``); it began in the room ``began_at``.

        ``page`` of that room shows what was made, and opens there.
        """
        super().__init__()
        self.began_at, self.page = Place(began_at), page
        self.name_of_end = name.replace("-", "_")

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("end.title")

    def paragraphs(self) -> Sequence[Content]:
        """Say a kind word."""
        return [safe(self.ui(f"end.{self.name_of_end}")), safe(self.ui("end.where"))]

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        return (
            Choice("leave", "page.leave", self.ui("pause.leave")),
            Choice("close", "enter", self.ui(f"rooms.name.{self.began_at.room}"), is_accent=True),
        )

    async def choose(self, result: str) -> None:
        """Go to the room where it began, or away."""
        if result == "leave":
            await self.app.leave()
            return
        await self.app.show_place(self.began_at)
        if self.page is not None:
            await self.app.show_place(self.page)


class ProblemScreen(CalmPage):
    """What happened, what was kept, and whether to try again."""

    def __init__(self, problem: ProblemError, *, kept: str = "problem.kept") -> None:
        super().__init__()
        self.problem = problem
        self.kept = kept

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("problem.title")

    def paragraphs(self) -> Sequence[Content]:
        """Say what happened and what was kept."""
        return [safe(self.words.problem(self.problem.key, self.problem.values)), safe(self.ui(self.kept))]

    def choices(self) -> Sequence[Choice]:
        """Return the ways on."""
        return (
            Choice("close", "page.leave_it", self.ui("problem.leave_it")),
            Choice("again", "enter", self.ui("problem.try_again"), is_accent=True),
        )
