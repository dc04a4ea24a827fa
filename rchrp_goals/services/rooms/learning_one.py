"""The page of one activity: everything that is known of it, each thing to be changed; below it what could be added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.services import learning_changes as changes
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.learning_hours import hours_said, minutes_of
from rchrp_goals.services.reflections import reflections
from rchrp_goals.services.renewal_asks import read_category
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.learning_rows import ROOM, Rows
from rchrp_goals.services.rooms.reflections import reflection_rows

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

KINDS = ("course", "shift", "visit", "reading", "talk", "practice")
"""What kind of occasion it is: those of the bank of occasions."""
FIELDS = (
    "title", "focus", "planned_for", "done_on", "hours", "learned", "with_whom", "provider", "kind", "participatory",
    "category", "evidence", "goal",
)  # fmt: skip
"""Everything that is kept of an activity, in the order in which it stands there."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page. Raises ProblemError ``not_there``."""
    return _Page(desk, place.id).view(place)


class _Page(Rows):
    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__(desk)
        self.id = id
        nothing: Record = {}
        self.one = next((one for one in glance.standing(self.tables, "learning") if one["id"] == id), nothing)
        if not text(self.one, "title"):
            raise ProblemError("not_there")
        self.goals = {goal["id"]: saying.plain_text(goal["title"]) for goal in glance.goals_in_view(self.tables)}

    def view(self, place: Place) -> RoomView:
        said = [(name, self._value(name)) for name in FIELDS if self._fits(name)]
        known = tuple(self._row(name, value) for name, value in said if value)
        others = tuple(self._row(name, "") for name, value in said if not value)
        return RoomView(
            place,
            self.title(self.one),
            about=self._state(),
            sections=(
                Section(self.ui("one.heading"), known, when_first=True),
                *self._reflections(),
                *((Section(self.ui("one.more"), others),) if others else ()),
                Section("", (Row(self.ui("action.remove"), "remove", actions=(self._remove(),)),)),
            ),
            actions=tuple(self._page_actions()),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _reflections(self) -> Iterator[Section]:
        """Give the reflections about it, where there are any."""
        rows = tuple(reflection_rows(self.words, self.tables, reflections(self.tables, self.id), self.today))
        if rows:
            yield Section(self.words.ui("reflect_room.title"), rows)

    def _fits(self, name: str) -> bool:
        """Tell whether a field has a place here: a day on which it was done only where it was; a goal where there is one."""
        if name == "done_on":
            return text(self.one, "state") == "done"
        return bool({"focus": self.areas, "goal": self.goals}.get(name, True)) or bool(self._value(name))

    def _state(self) -> str:
        """Return how it stands, as a sentence."""
        state = text(self.one, "state")
        on = day(self.one, "done_on" if state == "done" else "planned_for")
        if state == "planned" and on is not None and on < self.today:
            return self.words.ui("home.still_wanted", day=self.short(on))
        planned = day(self.one, "planned_for")
        if state == "done" and on is not None and planned is not None and on < planned:
            return self.ui("one.is_done_early", day=self.near(on))
        if on is not None and state in {"done", "planned"}:
            return self.ui(f"one.is_{state}_on", day=self.near(on))
        known = state if state in {*changes.OPEN, "done", "let_go"} else "idea"
        return self.ui(f"one.is_{known}")

    def _page_actions(self) -> Iterator[Action]:
        if text(self.one, "state") in changes.OPEN:
            yield from self.actions(self.one)
        else:
            yield self.take_up_action(self.id)
        if text(self.one, "state") in {"done", "under_way"}:
            yield self.reflect_action(self.id)

    # ------------------------------------------------------------------ the fields

    def _row(self, name: str, value: str) -> Row:
        actions = (self._change(name),)
        if not value:
            return Row(actions[0].asks[0].label, f"field:{name}", actions=actions)
        label, is_strong = self.ui(f"field.{name}"), name == "title"
        spoken = self.spoken(label, value)
        return Row(value, f"field:{name}", when=label, is_strong=is_strong, actions=actions, spoken=spoken)

    def _value(self, name: str) -> str:
        """Return what stands in a field, in words; empty for nothing."""
        one = self.one
        if name in {"planned_for", "done_on"}:
            on = day(one, name)
            return saying.day_words(on, self.today, self.words) if on else ""
        if name == "hours":
            minutes = minutes_of(one)
            return hours_said(minutes, self.words) if minutes else ""
        if name == "focus":
            return self.area_names.get(text(one, "focus"), "")
        if name == "goal":
            return self.goals.get(text(one, "goal"), "")
        if name == "participatory":
            said = one.get("participatory")
            return self.ui(f"participatory.{'yes' if said else 'no'}") if isinstance(said, bool) else ""
        if name == "kind":
            kind = text(one, "kind")
            return self.ui(f"kind.{kind}") if kind in KINDS else saying.plain_text(kind)
        return saying.plain_text(text(one, name))

    def _change(self, name: str) -> Action:
        id = self.id
        asks = self.category_asks(text(self.one, name)) if name == "category" else ()
        asks = asks or (self._ask(name),)

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            value = answers.get("own") or answers[name]
            if name == "participatory":
                value = {"yes": True, "no": False}.get(value)
            changes.change_activity(desk.store, id, {name: value}, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), f"field:{name}")

        words = self.ui("one.change" if self._value(name) else "one.add", field=self.ui(f"field.{name}"))
        return Action("thing.open", change=change, asks=asks, words=words, title=words, about=self._about(name))

    def _about(self, name: str) -> str:
        return "" if name == "title" else self.title(self.one)

    def _ask(self, name: str) -> Ask:
        """Return the question for one field, filled with what stands."""
        one = self.one
        if name == "hours":
            return self.hours_ask(minutes_of(one), is_optional=True)
        if name == "focus":
            return self.area_ask(text(one, "focus"))
        label = self.ui(f"ask.{name}")
        if name in {"planned_for", "done_on"}:
            on, is_behind = day(one, name), name == "done_on"
            value = on.isoformat() if on else None
            return Ask(name, "date", label, value=value, is_optional=not is_behind, is_behind=is_behind)
        if name in {"kind", "goal", "participatory"}:
            options = (*self._options(name), Option("", self.ui("none")))
            said = one.get("participatory")
            value = ("yes" if said else "no") if isinstance(said, bool) else ""
            value = value if name == "participatory" else text(one, name)
            value = value if any(option.id == value for option in options) else ""
            return Ask(name, "choice", label, value=value, options=options, is_optional=True)
        if name == "category":
            read = partial(read_category, words=self.words)
            return Ask(name, "line", label, value=text(one, name) or None, is_optional=True, read=read)
        kind: Any = "long" if name == "learned" else "line"
        return Ask(name, kind, label, value=text(one, name) or None, is_optional=name != "title")

    def _options(self, name: str) -> Iterator[Option]:
        if name == "goal":
            yield from (Option(id, title) for id, title in self.goals.items())
        else:
            for id in KINDS if name == "kind" else ("yes", "no"):
                yield Option(id, self.ui(f"{name}.{id}"))

    def _remove(self) -> Action:
        id = self.id

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            changes.remove_activity(desk.store, id, desk.clock.now())
            return Said(desk.words.ui("learning_room.said.removed"), place=Place(ROOM))

        return Action("learning.remove", change=change, confirm=self.ui("one.remove_sure"), about=self.title(self.one))
