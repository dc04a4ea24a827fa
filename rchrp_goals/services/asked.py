"""What a sitting and one question by itself share: a conversation that is answered in memory, and a draft that is kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from rchrp_goals.guide.conversation import Conversation, Stop
from rchrp_goals.guide.draft import Draft
from rchrp_goals.services.desk import Desk


class Asked(ABC):
    """A conversation over a desk, as a face asks it."""

    desk: Desk
    draft: Draft
    conversation: Conversation
    part: str
    """The conversation that is asked just now, by the name of its module."""

    @property
    @abstractmethod
    def parts(self) -> tuple[str, ...]:
        """The parts in order; one alone for a single conversation or question."""

    @property
    @abstractmethod
    def current(self) -> Stop | None:
        """The stop that waits, or None where nothing is asked."""

    def answer(self, values: Mapping[str, Any]) -> bool:
        """Keep an answer in the draft and go on; True where codes were left out. Raises AnswerRefused."""
        return self.conversation.answer(values)

    def pass_(self) -> None:
        """Pass the question that waits: what stood there is taken away."""
        self.conversation.pass_()

    def forward(self) -> None:
        """Go on from what stands without changing it."""
        self.conversation.forward()

    def type(self, values: Mapping[str, Any]) -> None:
        """Remember what is being typed."""
        self.conversation.type(values)

    @abstractmethod
    def switch_language(self) -> None:
        """Ask on in the other language; answers stay as they were given."""

    def keep(self) -> None:
        """Write what was said and typed to disk; into the plan it comes when the part, or the question, is done."""
        self.keeper()()

    @abstractmethod
    def keeper(self) -> Callable[[], None]:
        """Return what writes the draft as it stands now; a writer may call it later."""
