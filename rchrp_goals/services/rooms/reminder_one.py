"""The page of one reminder: what it says, when and how often it comes; each thing there can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.asking import hour_of
from rchrp_goals.plan.lenient import text
from rchrp_goals.plan.zones import weekdays_of
from rchrp_goals.services import reminders, saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.often import hour_said, read_hour, weekdays_said
from rchrp_goals.services.reminder_times import HOUR, dated
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.reminder_rows import Rows, often_ask, starts_on
from rchrp_goals.services.rooms.reminders import weekdays_ask

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

_NAMES = {"often": "rule"}
"""The fields of a record by the names of what is asked, where they differ."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page. Raises ProblemError ``not_there``."""
    return _Page(desk, place.id).view(place)


class _Page(Rows):
    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__(desk)
        found = next((one for one in glance.standing(self.tables, "reminders") if one["id"] == id), None)
        if found is None:
            raise ProblemError("not_there")
        self.id, self.one = id, dated(found, desk.clock.instant)
        self.is_on = found.get("on") is True

    def view(self, place: Place) -> RoomView:
        rows = tuple(self._rows())
        last = Row(self.ui("action.remove"), "remove", actions=(self.remove_action(self.one),))
        return RoomView(
            place,
            self.title(self.one),
            about=self._about_it(),
            sections=(Section("", rows, when_first=True), Section("", (last,))),
            actions=tuple(self.actions(self.one)) if self.is_on else (self.again_action(self.one),),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _about_it(self) -> str:
        """Return when it comes, and then, as sentences."""
        if not self.is_on:
            return self.ui("comes_no_more")
        row = self.coming.get(self.id)
        if row is None or row.at is None:
            return self.ui("its_thing_is_over")
        then = [self.moment(at, self.one) for at in row.then if at > row.at]
        first = self.when(self.one)[0]
        if self.has_come(self.one):
            on = short_date(row.day() or self.today, self.today, self.words)
            return self.ui("came_still" if self.is_still(self.one) else "came", day=on)
        if not then:
            return self.ui("comes", day=first)
        return self.ui("then", day=first, days=self.words.ui("sentences.semicolon").join(then))

    def _rows(self) -> Iterator[Row]:
        one, is_own = self.one, text(self.one, "words") == "own"
        if is_own:
            yield self._row("text", self.title(one), Ask("text", "line", self.ui("ask.text"), text(one, "text")))
        often = self.often(one)
        yield self._row("often", often, often_ask(self.words, self._often_typed()))
        on = starts_on(one, self)
        if self.is_on and on is not None:
            ahead = on if on >= self.today else None
            yield self._row("on", saying.day_words(on, self.today, self.words), self.day_ask(ahead, "next_on"))
        hour = hour_of(one.get("hour"))
        said = hour_said(HOUR if hour is None else hour)
        yield self._row("hour", said, Ask("hour", "line", self.ui("ask.hour"), said, read=read_hour))
        days = list(weekdays_of(one.get("weekdays")))
        yield self._row("weekdays", weekdays_said(days, self.words), weekdays_ask(self, days, "weekdays"))
        if text(one, "rule"):
            counted = "done" if one.get("counted_from") == "done" else "due"
            options = tuple(Option(name, self.ui(f"value.{name}")) for name in ("due", "done"))
            ask = Ask("counted_from", "choice", self.ui("ask.counted_from"), counted, options)
            yield self._row("counted_from", self.ui(f"value.{counted}"), ask)
        zone = text(one, "zone")
        ask = Ask("zone", "line", self.ui("ask.zone"), zone or None, is_optional=True)
        yield self._row("zone", zone or self.ui("value.machine"), ask)

    def _often_typed(self) -> str:
        """Return how often it comes as somebody would type it; a rule of its own as it is."""
        said = self.often(self.one)
        is_own = said == self.ui("often.own", rule=text(self.one, "rule"))
        return text(self.one, "rule") if is_own else said

    def _row(self, name: str, value: str, ask: Ask) -> Row:
        label, id = self.ui(f"field.{name}"), self.id

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            said = answers[ask.name]
            if name == "weekdays":
                said = list(said or [])
            if said == _stands(ask):  # what was left as it is moves no day
                return Said(desk.words.ui("plain.unchanged"), f"field:{name}")
            reminders.alter(desk.store, id, {_NAMES.get(name, name): said}, desk.clock)
            return Said(self.said_next(desk, id, "changed"), f"field:{name}")

        words = self.ui("title.change", field=label)
        about = "" if name == "text" else self.title(self.one)
        action = Action("thing.open", change, (ask,), words=words, title=words, about=about)
        return Row(value, f"field:{name}", when=label, actions=(action,))


def _stands(ask: Ask) -> Any:
    """Return what stands in a question, as its answer would be read."""
    if ask.kind == "choices":
        return list(ask.value or [])
    if ask.kind == "date":
        return date.fromisoformat(ask.value) if ask.value else None
    return ask.read(ask.value) if ask.read is not None and ask.value else ask.value
