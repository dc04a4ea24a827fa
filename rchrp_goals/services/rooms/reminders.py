"""The room of reminders: what comes next, what rests, the hours in which nothing comes, and where they reach a person."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan.lenient import Record
from rchrp_goals.plan.zones import WEEKDAYS as CODES
from rchrp_goals.services import reminders, timer
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.often import hour_said, read_hour, read_quiet, weekday_name, weekdays_said
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.reminder_rows import ONE, Rows, in_order, values_action

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]
AT_ONCE = 8
"""Reminders that rest, as many as stand there at first."""
_WAYS = ("due", "remind", "calendar")
"""The commands that bring reminders elsewhere; one that does not exist has no help."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the room. Raises ProblemError as reading the plan does."""
    return _Room(desk).view(place)


class _Room(Rows):
    def view(self, place: Place) -> RoomView:
        found = in_order(self.tables)
        coming = sorted((one for one in found if one["id"] in self.coming), key=self.comes_at)
        resting = [one for one in found if one["id"] not in self.coming]
        rest = self.usual.rest
        about = self.ui("about")
        if rest.until is not None and rest.is_paused(self.today):
            about = self.ui("paused", day=short_date(rest.until, self.today, self.words))
        sections = [
            Section(self.ui("heading"), tuple(self.row(one) for one in coming), empty=self.ui("empty")),
            *([self._resting(resting)] if resting else []),
            Section(self.ui("hours"), tuple(self._hours()), is_aside=True, when_first=True),
            Section(self.ui("reach"), tuple(self._ways()), is_aside=True, is_loose=True),
        ]
        return RoomView(
            place,
            self.words.ui("rooms.name.reminders"),
            about=about,
            sections=tuple(sections),
            actions=tuple(self._actions()),
            closing=self.ui("closing"),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _resting(self, found: list[Record]) -> Section:
        rows = []
        for one in found:
            opens = Action("thing.open", place=Place(ONE, one["id"]))
            is_over = one.get("on") is True
            note = self.ui("its_thing_is_over") if is_over else self.often(one)
            actions = (opens,) if is_over else (opens, self.again_action(one))
            rows.append(Row(self.title(one), f"reminder:{one['id']}", note=note, actions=actions))
        return Section(self.ui("resting"), tuple(rows), at_once=AT_ONCE)

    def _hours(self) -> Iterator[Row]:
        settings = next(iter(self.tables.get("reminder_settings", {}).values()), {})
        first, end = settings.get("quiet_from"), settings.get("quiet_to")
        has_quiet = bool(self.usual.rest.hours) and isinstance(first, int) and isinstance(end, int)
        value = self.ui("value.no_quiet")
        if has_quiet:
            value = self.ui("value.quiet", first=hour_said(int(first or 0)), end=hour_said(int(end or 0)))
        yield Row(
            value, "quiet", when=self.ui("field.quiet"), actions=(self._quiet_action(value if has_quiet else ""),)
        )
        days = list(self.usual.weekdays)
        said = self.ui("at", day=weekdays_said(days, self.words), hour=hour_said(self.usual.hour))
        yield Row(said, "usual", when=self.ui("field.usual"), actions=(self._usual_action(),))

    def _ways(self) -> Iterator[Row]:
        yield Row(self.ui("way.app"))
        for name in _WAYS:
            if any(self.words.has_ui(f"{where}.{name}") for where in ("help", "commands.help")):
                yield Row(self.ui(f"way.{name}"))

    # ------------------------------------------------------------------ what can be done here

    def _actions(self) -> Iterator[Action]:
        yield self._add_action()
        yield values_action(self.words, "reminders.values")
        if self.usual.rest.is_paused(self.today):
            yield Action("reminders.back", self._back)
        else:
            ask = Ask("until", "date", self.ui("ask.pause"), options=self._rests(), is_ahead=True)
            yield Action("reminders.pause", self._pause, (ask,), title=self.ui("title.pause"))

    def _rests(self) -> tuple[Option, ...]:
        """Return the days until which people let reminders rest most."""
        today = self.today
        ahead = {"ask.in_a_week": 7, "check_in_room.day.two_weeks_short": 14, "ask.in_a_month": 30}
        return tuple(
            Option((today + timedelta(days=days)).isoformat(), self.words.ui(key)) for key, days in ahead.items()
        )

    def _add_action(self) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            wanted = Wanted("own", answers["on"], text=answers["text"], rule=answers["often"], hour=answers["hour"])
            made = reminders.add(desk.store, wanted, desk.clock)
            return Said(self.said_next(desk, made, "added"), f"reminder:{made}")

        asks = (Ask("text", "line", self.ui("ask.text")), *self.rhythm_asks())
        return Action("reminders.add", change, asks, title=self.ui("title.add"))

    @staticmethod
    def _pause(desk: Desk, answers: Answers) -> Said:
        reminders.pause_all(desk.store, answers["until"], desk.clock)
        day = short_date(answers["until"], desk.clock.today(), desk.words)
        return Said(desk.words.ui("reminders_room.said.paused", day=day))

    @staticmethod
    def _back(desk: Desk, answers: Answers) -> Said:
        reminders.bring_back(desk.store, desk.clock)
        return Said(desk.words.ui("reminders_room.said.back"))

    def _quiet_action(self, value: str) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            hours = answers["hours"]
            first, end = hours or (None, None)
            reminders.set_quiet(desk.store, first, end, desk.clock)
            if not hours:
                return Said(desk.words.ui("reminders_room.said.no_quiet"), "quiet")
            said = desk.words.ui("reminders_room.said.quiet", first=hour_said(hours[0]), end=hour_said(hours[1]))
            silence = timer.silence(desk, os.environ)
            return Said(f"{said} {silence}" if silence else said, "quiet")

        ask = Ask("hours", "line", self.ui("ask.quiet"), value or None, is_optional=True, read=read_quiet)
        return Action("thing.change", change, (ask,), title=self.ui("title.quiet"))

    def _usual_action(self) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            reminders.set_usual(desk.store, answers["hour"], list(answers["weekdays"] or []), desk.clock)
            return Said(desk.words.ui("reminders_room.said.usual", hour=hour_said(answers["hour"])), "usual")

        asks = (
            Ask("hour", "line", self.ui("ask.usual_hour"), hour_said(self.usual.hour), read=read_hour),
            weekdays_ask(self, list(self.usual.weekdays), "usual_weekdays"),
        )
        return Action("thing.change", change, asks, title=self.ui("title.usual"))


def weekdays_ask(rows: Rows, value: list[str], label: str) -> Ask:
    """Return the question for the days of the week on which something may come."""
    options = tuple(Option(code, weekday_name(code, rows.words)) for code in CODES)
    return Ask("weekdays", "choices", rows.ui(f"ask.{label}"), value or None, options, is_optional=True)
