"""One question by itself: a line of the plan opened to be changed, or a `later` question from Home.

It offers what a sitting offers to a face, so that the same screen and the same plain lines ask it. What is answered is
saved at once, as one history entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rchrp_goals.guide.conversation import Conversation, Stop
from rchrp_goals.guide.draft import Draft
from rchrp_goals.guide.structure import load
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.parts import new_ids, stamp
from rchrp_goals.services.sitting import apply, facts_of
from rchrp_goals.services.standing import answers_of


class OneQuestion:
    """A question of ``module`` over the records ``ids``, filled with what stands."""

    is_at_plan = False

    def __init__(
        self, desk: Desk, module: str, key: str, ids: Mapping[str, str] | None = None, *, is_later: bool = False
    ) -> None:
        """``key`` is a question's id, for a statement ``statement:ID``; ``ids`` name records by slot (none: new ones)."""
        self.desk = desk
        self.part = module
        self.key = key
        loaded = load(module)
        self.draft = Draft(module, stamp(desk.clock.now()), ids={**new_ids(loaded), **(ids or {})})
        self.draft.only = "" if is_later else key
        self._later = key if is_later else ""
        self.draft.answers = answers_of(loaded, self.draft.ids, desk.store.read().tables, key)
        self._refresh()
        road = self.conversation.road
        if road:
            self.conversation.go_to(road[0].key)
        self._touched = False

    @property
    def parts(self) -> tuple[str, ...]:
        """One part: this question's."""
        return (self.part,)

    @property
    def current(self) -> Stop | None:
        """The stop that waits, or None when it is done."""
        return self.conversation.current

    @property
    def is_part_over(self) -> bool:
        """Tell whether it was answered or passed."""
        return self.conversation.is_over

    @property
    def is_first_stop(self) -> bool:
        """Tell whether going back leaves the question."""
        return self.conversation.place[0] == 0

    def answer(self, values: Mapping[str, Any]) -> bool:
        """Keep an answer; True where codes were left out. Raises AnswerRefused."""
        return self.conversation.answer(values)

    def pass_(self) -> None:
        """Pass: what stood there is taken away."""
        self.conversation.pass_()

    def forward(self) -> None:
        """Leave it as it stands."""
        self.conversation.forward()

    def back(self) -> bool:
        """Go to the stop before; False at the first one: the face leaves then, and nothing has changed."""
        return self.conversation.back()

    def type(self, values: Mapping[str, Any]) -> None:
        """Remember what is being typed (in memory: an edit saves when it is answered)."""
        self.conversation.type(values)

    def switch_language(self) -> None:
        """Ask on in the other language."""
        self.desk.switch_language()
        self._refresh()

    def keep(self) -> None:
        """Nothing to keep: an edit is saved when it is answered."""

    def keeper(self) -> Callable[[], None]:
        """Return what writes the draft: here nothing."""
        return self.keep

    def finish_part(self) -> None:
        """Save what was answered: one history entry. Raises ProblemError; it can be called again."""
        apply(self.desk, self.conversation)

    def _refresh(self) -> None:
        facts = facts_of(self.desk, self.desk.store.read().tables, self.draft.ids)
        self.conversation = Conversation(load(self.part), self.draft, facts, later=self._later)
