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
from rchrp_goals.services.evidence import copy_of, copy_proof, is_file, is_gone, path_of, remove_copy
from rchrp_goals.services.learning_hours import hours_said, minutes_of
from rchrp_goals.services.reflections import reflections
from rchrp_goals.services.renewal_asks import read_category
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.learning_rows import ROOM, Rows
from rchrp_goals.services.rooms.reflections import reflection_rows
from rchrp_goals.store.evidence import read_source

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
        self.places = desk.places
        nothing: Record = {}
        self.one = next((one for one in glance.standing(self.tables, "learning") if one["id"] == id), nothing)
        if not text(self.one, "title"):
            raise ProblemError("not_there")
        self.goals = {goal["id"]: saying.plain_text(goal["title"]) for goal in glance.goals_in_view(self.tables)}

    def view(self, place: Place) -> RoomView:
        said = [(name, self._value(name)) for name in FIELDS if self._fits(name)]
        known = [self._row(name, value) for name, value in said if value]
        others = [self._row(name, "") for name, value in said if not value]
        (known if copy_of(self.one) else others).append(self._copy_row())
        return RoomView(
            place,
            self.title(self.one),
            about=self._state(),
            sections=(
                Section(self.ui("one.heading"), tuple(known), when_first=True),
                *self._reflections(),
                *((Section(self.ui("one.more"), tuple(others)),) if others else ()),
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
        note = self.own("proof.gone_path") if name == "evidence" and is_gone(value) else ""
        spoken = f"{spoken} {note}".rstrip()
        return Row(value, f"field:{name}", when=label, note=note, is_strong=is_strong, actions=actions, spoken=spoken)

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
        value, is_path = text(one, name) or None, name == "evidence"
        return Ask(name, kind, label, value=value, is_optional=name != "title", is_path=is_path)

    def _options(self, name: str) -> Iterator[Option]:
        if name == "goal":
            yield from (Option(id, title) for id, title in self.goals.items())
        else:
            for id in KINDS if name == "kind" else ("yes", "no"):
                yield Option(id, self.ui(f"{name}.{id}"))

    # ------------------------------------------------------------------ the copy of a proof

    def _copy_row(self) -> Row:
        """Return the row of the copy, or the one that leads to it."""
        if not copy_of(self.one):
            return Row(self.own("action.copy"), "copy", actions=(self._copy(""),))
        label, path = self.own("proof.label"), path_of(self.places, self.one)
        said, note = (self.own("proof.is_there"), path) if path else (self.own("proof.gone"), "")
        actions = (self._copy(self.own("action.copy_again")), self._remove_copy())
        heard = self.words.ui("sentences.semicolon").join(part for part in (said, note) if part)
        return Row(said, "copy", when=label, note=note, actions=actions, spoken=self.spoken(label, heard))

    def _copy(self, words: str) -> Action:
        id, said = self.id, text(self.one, "evidence")

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            path = copy_proof(desk, id, answers["source"])
            return Said(desk.words.ui("renewal_room.said.copied", path=path), "copy")

        value = said if is_file(said) else None
        ask = Ask("source", "line", self.own("ask.copy"), value=value, read=read_source, is_path=True)
        title = self.own("ask.copy_title")
        return Action("proof.copy", change=change, asks=(ask,), words=words, title=title, about=self.title(self.one))

    def _remove_copy(self) -> Action:
        id = self.id

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            path = remove_copy(desk, id)
            return Said(desk.words.ui("renewal_room.said.copy_removed", path=path), "copy")

        return Action("proof.remove", change=change, confirm=self.own("proof.remove_sure"), about=self.title(self.one))

    def _remove(self) -> Action:
        id = self.id

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            changes.remove_activity(desk.store, id, desk.clock.now())
            return Said(desk.words.ui("learning_room.said.removed"), place=Place(ROOM))

        sure = self.ui("one.remove_sure")
        if copy_of(self.one):
            sure = f"{sure} {self.own('proof.remove_with_activity')}"
        return Action("learning.remove", change=change, confirm=sure, about=self.title(self.one))
