"""The page of one focus area: where I am in its five sides, in my own view, and what I learn there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.services import learning_changes as changes
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.learning_hours import hours_by_area, hours_said
from rchrp_goals.services.room import Action, Ask, Option, Place, Question, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.learning_rows import ROOM, Rows

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page. Raises ProblemError ``not_there``."""
    return _Page(desk, place.id).view(place)


class _Page(Rows):
    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__(desk)
        self.id = id
        if id not in self.area_names:
            raise ProblemError("not_there")
        self.area = next(one for one in self.areas if one["id"] == id)

    def view(self, place: Place) -> RoomView:
        minutes = next((one.minutes for one in hours_by_area(self.tables) if one.id == self.id), 0)
        found = self.activities(self.id)
        learned = tuple(self.sections(found, with_area=False))
        if not learned:
            learned = (Section(self.ui("area.heading"), empty=self.ui("area.empty")),)
        return RoomView(
            place,
            self.area_names[self.id],
            about=self.ui("area.hours", hours=hours_said(minutes, self.words)) if minutes else "",
            sections=(
                Section(
                    self.ui("where.heading"),
                    (*self.side_rows(self.area, self._side_actions), self._itself()),
                    when_first=True,
                    about=self.ui("where.about"),
                ),
                *learned,
                Section("", (Row(self.ui("action.remove_area"), "remove", actions=(self._remove(),)),)),
            ),
            actions=tuple(self._actions()),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _actions(self) -> Iterator[Action]:
        yield self.log_action(self.id)
        yield self.add_action(self.id)
        ids = {"focus": self.id}
        yield Action("area.look", question=Question("learning", "where_i_am", ids, is_later=True))

    def _itself(self) -> Row:
        """Return the area's own words, to be changed."""
        name = self.area_names[self.id]
        label = self.ui("area.itself")
        return Row(name, "area", when=label, actions=(self._rename(),), spoken=self.spoken(label, name))

    def _side_actions(self, side: str) -> tuple[Action, ...]:
        id, at = self.id, self.area.get(side)

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            changes.change_area(desk.store, id, {side: answers["at"]}, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), f"side:{side}")

        options = (
            *(Option(one, self.ui(f"familiarity.{one}")) for one in changes.FAMILIARITY),
            Option("", self.ui("not_looked_at")),
        )
        value = at if at in changes.FAMILIARITY else ""
        ask = Ask("at", "choice", self.ui(f"side_ask.{side}"), value=value, options=options, is_optional=True)
        name = self.area_names[id]
        return (Action("thing.open", change=change, asks=(ask,), title=self.ui("where.title"), about=name),)

    def _rename(self) -> Action:
        id = self.id

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            changes.change_area(desk.store, id, answers, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), "area")

        ask = Ask("area", "line", self.ui("area.itself"), value=str(self.area["area"]))
        return Action("thing.change", change=change, asks=(ask,), title=self.ui("area.change_title"))

    def _remove(self) -> Action:
        id = self.id

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            changes.remove_area(desk.store, id, desk.clock.now())
            return Said(desk.words.ui("learning_room.said.area_removed"), place=Place(ROOM))

        return Action("area.remove", change=change, confirm=self.ui("area.remove_sure"), about=self.area_names[id])
