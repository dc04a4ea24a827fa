"""What the room of reminders and a reminder's page share: its words, when and how often it comes, what can be done with it.

Steps, goals, activities and values have "remind me" from here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, instant, text
from rchrp_goals.services import capture, reminders
from rchrp_goals.services.day_words import full_date, near_date, short_date
from rchrp_goals.services.often import hour_said, read_days, read_hour, read_often, said_often
from rchrp_goals.services.reminder_words import title_of
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.services.room import Action, Ask, Option, Place, Row, Said
from rchrp_goals.services.rooms.step_went import went_action
from rchrp_goals.services.spoken_of import place_spoken_of, step_asked_about

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]
ROOM, ONE = "reminders", "reminders.one"
FURTHEST = 3660
"""Days from today within which a reminder may be set."""
IN_A_WEEK = timedelta(days=7)
_COMMON = ("once", "week", "month", "workdays")
"""How often reminders come most: words of ``reminders_room.often``."""


class Rows:
    """Makes the rows of one plan, in the words of one language."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.tables: glance.Tables = desk.store.read().tables
        self.words: Words = desk.words
        self.today, self.now = desk.clock.today(), desk.clock.now()
        self.usual = reminders.usual(self.tables)
        self.coming = glance.reminder_rows(self.tables)

    def ui(self, key: str, **values: object) -> str:
        """Return a sentence of the room."""
        return self.words.ui(f"reminders_room.{key}", **values)

    # ------------------------------------------------------------------ in words

    def title(self, one: Record) -> str:
        """Return what a reminder says, also where what it is about is over."""
        return title_of(self.tables, self.words, one, self.coming.get(one["id"]))

    def often(self, one: Record) -> str:
        """Return how often it comes."""
        return said_often(text(one, "rule"), self.words)

    def moment(self, at: datetime, one: Record) -> str:
        """Return an instant of a reminder as its day and hour, there where its hour is."""
        local = self.local(at, one)
        return self.ui(
            "at", day=near_date(local.date(), self.today, self.words), hour=f"{local.hour}:{local.minute:02}"
        )

    def local(self, at: datetime, one: Record) -> datetime:
        """Return an instant in a reminder's own zone, else in the machine's."""
        name = text(one, "zone")
        if name:
            from rchrp_goals.plan.recurrence import zone_named

            return at.astimezone(zone_named(name))
        return at.astimezone()

    def comes_at(self, one: Record) -> datetime:
        """Return when one that comes does so, also where it was put off."""
        return self.coming[one["id"]].at or self.now

    def when(self, one: Record) -> tuple[str, bool]:
        """Return when it comes, in words, and whether it has come."""
        row = self.coming.get(one["id"])
        if row is None or row.at is None:
            return "", False
        if row.at > self.now:
            return self.moment(row.at, one), False
        on, times = row.day() or self.today, row.asking()
        is_still = times is not None and self.today >= times.still_on
        key = "is_still" if is_still else "has_come"
        return self.ui(key, day=short_date(on, self.today, self.words)), True

    def is_still(self, one: Record) -> bool:
        """Tell whether it has asked three times and is asked about itself now."""
        row = self.coming.get(one["id"])
        times = row.asking() if row is not None else None
        return times is not None and self.today >= times.still_on

    def has_come(self, one: Record) -> bool:
        """Tell whether its moment is here, whatever was answered for today."""
        row = self.coming.get(one["id"])
        return row is not None and row.at is not None and row.at <= self.now

    def row(self, one: Record) -> Row:
        """Return the row of a reminder that is on."""
        when, is_due = self.when(one)
        note = [self.often(one)]
        if text(one, "zone"):
            note.append(self.ui("hour_of", zone=text(one, "zone")))
        return Row(
            self.title(one),
            f"reminder:{one['id']}",
            when=when,
            is_due=is_due,
            note=self.words.ui("home.between").join(note),
            actions=(Action("thing.open", place=Place(ONE, one["id"])), *self.actions(one)),
        )

    # ------------------------------------------------------------------ what can be done with one

    def actions(self, one: Record) -> Iterator[Action]:
        """Give what can be done with a reminder that is on: answers where it has come, stop always."""
        if self.is_still(one):
            yield self.keep_action(one)
        elif self.has_come(one):
            yield self.done_action(one)
        step = step_asked_about(self.tables, one["id"])
        if step is not None and self.has_come(one):
            yield went_action(self.words, step, reminder_id=one["id"])
        if self.has_come(one) or not text(one, "rule"):  # the day of one that repeats is changed on its page
            yield self.later_action(one)
        if self.has_come(one) and not self.is_still(one):
            yield self.not_now_action(one)
        place = place_spoken_of(self.tables, "reminder", one["id"])
        if place is not None:
            yield Action("reminder.see", place=place)
        yield self._plain("reminder.stop", one, reminders.stop, "said.stopped")

    def done_action(self, one: Record) -> Action:
        """Return the way to say that it is done."""

        def change(desk: Desk, answers: Answers) -> Said:
            clock = desk.clock
            capture.mark_done(desk.store, "reminder", one["id"], clock.today(), clock.now(), hour_at=clock.instant)
            return Said(desk.words.ui("home.said_done"), f"reminder:{one['id']}")

        return Action("thing.done", change)

    def later_action(self, one: Record) -> Action:
        """Return the way to put it to another day."""
        has_come = self.has_come(one)

        def change(desk: Desk, answers: Answers) -> Said:
            if has_come:
                capture.later(desk.store, "reminder", one["id"], answers["day"], desk.clock)
            else:  # it may be an earlier day
                reminders.alter(desk.store, one["id"], {"on": answers["day"]}, desk.clock)
            said = desk.words.ui("home.said_later", day=full_date(answers["day"], desk.words))
            return Said(said, f"reminder:{one['id']}")

        ask = Ask("day", "date", self.words.ui("home.later_label"), is_ahead=True)
        title = self.words.ui("home.later_title")
        return Action("thing.later", change, (ask,), title=title, about=self.title(one))

    def not_now_action(self, one: Record) -> Action:
        """Return the way to hide it for today."""

        def change(desk: Desk, answers: Answers) -> Said:
            capture.not_now(desk.store, "reminder", one["id"], desk.clock.today(), desk.clock.now())
            return Said(desk.words.ui("home.said_not_now"), f"reminder:{one['id']}")

        return Action("thing.not_now", change)

    def keep_action(self, one: Record) -> Action:
        """Return the way to say that it is still useful."""

        def change(desk: Desk, answers: Answers) -> Said:
            reminders.keep(desk.store, one["id"], desk.clock)
            return Said(self.said_next(desk, one["id"], "kept"), f"reminder:{one['id']}")

        return Action("reminder.keep", change)

    def again_action(self, one: Record) -> Action:
        """Return the way to let one that rests come again."""

        def change(desk: Desk, answers: Answers) -> Said:
            reminders.start_again(desk.store, one["id"], answers["on"], desk.clock)
            return Said(self.said_next(desk, one["id"], "again"), f"reminder:{one['id']}")

        ask = self.day_ask(self.today + IN_A_WEEK, "on")
        return Action("reminder.again", change, (ask,), title=self.ui("title.again"), about=self.title(one))

    def remove_action(self, one: Record) -> Action:
        """Return the way to take it out of the plan."""

        def change(desk: Desk, answers: Answers) -> Said:
            reminders.remove(desk.store, one["id"], desk.clock)
            return Said(desk.words.ui("reminders_room.said.removed"), place=Place(ROOM))

        return Action("reminder.remove", change)

    def _plain(self, id: str, one: Record, do: Callable[..., None], said: str) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            do(desk.store, one["id"], desk.clock)
            return Said(desk.words.ui(f"reminders_room.{said}"), f"reminder:{one['id']}")

        return Action(id, change)

    @staticmethod
    def said_next(desk: Desk, id: str, key: str) -> str:
        """Return a sentence about a reminder with when it comes next; one that waits now is only said to be changed."""
        rows = Rows(desk)
        one, row = rows.tables.get("reminders", {}).get(id, {}), rows.coming.get(id)
        at = row.at if row is not None else instant(one, "next_at")
        if at is None or one.get("on") is not True:
            return desk.words.ui("reminders_room.said.stopped")
        if at <= rows.now:
            return desk.words.ui("home.said_changed")
        return desk.words.ui(f"reminders_room.said.{key}", day=rows.moment(at, one))

    # ------------------------------------------------------------------ what is asked

    def day_ask(self, value: date | None, label: str) -> Ask:
        """Return the question for a day, from today on."""
        return Ask("on", "date", self.ui(f"ask.{label}"), value.isoformat() if value else None, within=FURTHEST)

    def rhythm_asks(self, often: str = "") -> tuple[Ask, ...]:
        """Return the questions for how often, from when, and at what hour."""
        return (
            often_ask(self.words, often),
            self.day_ask(self.today + IN_A_WEEK, "on"),
            Ask("hour", "line", self.ui("ask.hour"), hour_said(self.usual.hour), read=read_hour),
        )


def answer_still(desk: Desk, name: str, id: str) -> str:
    """Keep a reminder that has asked three times (``useful``), or let it rest (``stop``); return what is said of it.

    Raises ProblemError ``not_there``, or as a save does.
    """
    if name == "stop":
        reminders.stop(desk.store, id, desk.clock)
        return desk.words.ui("reminders_room.said.stopped_home")
    reminders.keep(desk.store, id, desk.clock)
    return Rows.said_next(desk, id, "kept")


def often_ask(words: Words, often: str = "") -> Ask:
    """Return the question for how often, with the four commonest answers."""
    said = [words.ui(f"reminders_room.often.{name}") for name in _COMMON]
    options = tuple(Option(one, one) for one in said)
    return Ask("often", "line", words.ui("reminders_room.ask.often"), often or said[0], options, read=read_often)


def remind_action(words: Words, kind: str, id: str, about: str, today: date) -> Action:
    """Return "remind me" for a step, a goal or an activity; ``about`` are its own words."""

    def change(desk: Desk, answers: Answers) -> Said:
        wanted = Wanted(kind, answers["on"], about=id, rule=answers["often"], hour=answers["hour"])
        made = reminders.add(desk.store, wanted, desk.clock)
        return Said(Rows.said_next(desk, made, "added"))

    def ui(key: str) -> str:
        return words.ui(f"reminders_room.{key}")

    asks = (
        often_ask(words),
        Ask("on", "date", ui("ask.on"), (today + IN_A_WEEK).isoformat(), within=FURTHEST),
        Ask("hour", "line", ui("ask.hour_or_usual"), is_optional=True, read=read_hour),
    )
    return Action("thing.remind", change, asks, title=ui("title.about"), about=about)


def values_action(words: Words, id: str = "thing.remind") -> Action:
    """Return the way to have the values line offered again in 30, 90, 180, 365 or any number of days."""

    def change(desk: Desk, answers: Answers) -> Said:
        days = answers["days"]
        rule = f"FREQ=DAILY;INTERVAL={days}" if answers["again"] == "each" else ""
        on = desk.clock.today() + timedelta(days=days)
        made = reminders.add(desk.store, Wanted("values", on, rule=rule, counted_from="done"), desk.clock)
        return Said(Rows.said_next(desk, made, "added"), f"reminder:{made}")

    def ui(key: str) -> str:
        return words.ui(f"reminders_room.{key}")

    options = tuple(Option(name, ui(f"value.{name}")) for name in ("once", "each"))
    usual = tuple(Option(str(days), str(days)) for days in reminders.REVISITS)
    asks = (
        Ask("days", "line", ui("ask.days"), str(reminders.REVISITS[1]), usual, read=read_days),
        Ask("again", "choice", ui("ask.again"), "once", options),
    )
    return Action(id, change, asks, title=ui("title.values"))


def in_order(tables: glance.Tables) -> list[Record]:
    """Return all reminders that stand, what comes next first."""
    return sorted(glance.standing(tables, "reminders"), key=lambda one: (text(one, "next_at"), text(one, "created_at")))


def starts_on(one: Record, rows: Rows) -> date | None:
    """Return the day on which a reminder comes next."""
    at = instant(one, "next_at")
    return rows.local(at, one).date() if at is not None else day(one, "starts_on")
