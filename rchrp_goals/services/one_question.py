"""One question by itself: a line of the plan opened to be changed, or a `later` question from Home.

It offers what a sitting offers to a face, so that the same screen and the same plain lines ask it. What is answered is
saved at once, as one history entry. What is only typed waits in a draft of its own: it stands there again when the same
question is opened the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.guide.answers import make_readable
from rchrp_goals.guide.conversation import Conversation, Stop
from rchrp_goals.guide.draft import Draft
from rchrp_goals.guide.structure import Module, load
from rchrp_goals.services.applying import apply
from rchrp_goals.services.asked import Asked
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.facts import facts_of
from rchrp_goals.services.parts import new_ids
from rchrp_goals.services.sessions import is_closed, placements_of
from rchrp_goals.services.sitting_drafts import copied
from rchrp_goals.services.standing import answers_of, standing_tables
from rchrp_goals.store.drafts import ONE_QUESTION

_OF_SESSION = frozenset({"statement", "more_statements", "day_one"})
"""Questions that change a values session."""


class OneQuestion(Asked):
    """A question of ``module`` over the records ``ids``, filled with what stands."""

    is_at_plan = False

    def __init__(
        self, desk: Desk, module: str, key: str, ids: Mapping[str, str] | None = None, *, is_later: bool = False
    ) -> None:
        """``key`` is a question's id, for a statement ``statement:ID``; ``ids`` name records by slot (none: new ones).

        Raises ProblemError ``not_there`` where a record was removed meanwhile, ``session_closed`` where the placement or
        the Day One line may not be changed any more.
        """
        self.desk = desk
        self.part = module
        self.key = key
        self._is_later = is_later
        self._given = dict(ids or {})
        loaded = load(module)
        self._check()
        self.draft = Draft(module, ids={**new_ids(loaded), **self._given})
        self.draft.answers = answers_of(loaded, self.draft.ids, standing_tables(desk.store.read()), key)
        self._refresh()
        road = self.conversation.road
        if road:
            self.conversation.go_to(road[0].key)
        self.resumed = self._take_up(loaded)

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

    def back(self) -> bool:
        """Go to the stop before; False at the first one: the face leaves then, and nothing has changed."""
        return self.conversation.back()

    def switch_language(self) -> None:
        """Ask on in the other language."""
        self.desk.switch_language()
        self._refresh()

    def keeper(self) -> Callable[[], None]:
        """Return what writes the draft as it stands now; a writer may call it later."""
        draft = self.draft
        said = {key: draft.answers[key] for key in draft.given}
        document = copied({**self._about, "answers": said, "at": draft.at, "typing": draft.typing})
        return lambda: self.desk.drafts.write(ONE_QUESTION, document)

    def finish_part(self) -> None:
        """Save what was answered: one history entry. Raises ProblemError; it can be called again."""
        self._check()
        if self.draft.given:
            apply(self.desk, self.conversation)
        self.desk.drafts.delete(ONE_QUESTION)

    @property
    def _about(self) -> dict[str, Any]:
        """What tells this question from another one."""
        return {"module": self.part, "key": self.key, "ids": self._given, "is_later": self._is_later}

    def _take_up(self, module: Module) -> bool:
        """Go on with what was typed in this question before, and was not done; whether there was any."""
        document = self.desk.drafts.read(ONE_QUESTION)
        if document is None or any(document.get(name) != value for name, value in self._about.items()):
            return False
        try:
            draft = Draft.from_json({key: value for key, value in document.items() if key != "ids"})
        except FileProblem:
            self.desk.drafts.set_aside(ONE_QUESTION)
            return False
        make_readable(draft, module)
        for key, answer in draft.answers.items():
            self.draft.say(key, answer)
        if any(stop.key == draft.at for stop in self.conversation.road):
            self.conversation.go_to(draft.at)
            self.conversation.type(draft.typing)
        return bool(draft.answers or draft.typing)

    def _refresh(self) -> None:
        tables = standing_tables(self.desk.store.read())
        module = load(self.part)
        facts = facts_of(self.desk, module, tables, self.draft.ids)
        self.conversation = Conversation(module, self.draft, facts, only=self.key, is_later=self._is_later)

    def _check(self) -> None:
        """Raise ProblemError where the records are no longer there, or may not be changed."""
        plan = self.desk.store.read()
        if any(record.get("removed_at") for record in self._records(plan.tables)):
            raise ProblemError("not_there")
        question, _, statement = self.key.partition(":")
        name = "day_one" if question == "day_one" else "session"
        session = plan.get("values", self._given.get(name, "")) or {}
        is_held = not statement or any(one["statement"] == statement for one in placements_of(session))
        if question in _OF_SESSION and is_held and session and is_closed(session, self.desk.clock.today()):
            raise ProblemError("session_closed")

    def _records(self, tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
        """Return the records that the question is about, as far as they are in the plan."""
        module = load(self.part)
        slots = {field.bind.partition(".")[0] for field in module.question(self.key.partition(":")[0]).fields}
        places = {name: module.slots[name].table if name in module.slots else "values" for name in slots}
        found = [tables.get(table, {}).get(self._given.get(name, "")) for name, table in places.items()]
        return [one for one in found if one is not None]
