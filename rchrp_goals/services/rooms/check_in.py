"""The room of check-ins: when the next one is, those that were held, and what one asks of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.services import check_in_changes, saying
from rchrp_goals.services.check_in import day_short, days_to_look_again
from rchrp_goals.services.check_in_view import SELF, goal_lines, held, held_on
from rchrp_goals.services.day_words import full_date, short_date
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.waiting import CHECK_IN

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

ROOM, ONE = "check_in", "check_in.one"
Answers = Mapping[str, Any]


def read(desk: Desk, place: Place) -> RoomView:
    """Read the room. Raises ProblemError as reading the plan does."""
    return _CheckIns(desk.store.read().tables, desk.words, desk.clock.today()).view(place)


class _CheckIns:
    """The room in words, made from the tables of a plan."""

    def __init__(self, tables: glance.Tables, words: Words, today: date) -> None:
        self.tables, self.words, self.today = tables, words, today
        self.held = held(tables)

    def view(self, place: Place) -> RoomView:
        """Return everything in the room."""
        ui = self._ui
        card = self._next()
        begin = Action("check_in.begin", conversation=CHECK_IN, words=ui("action.begin_again") if self.held else "")
        return RoomView(
            place,
            ui("room.title"),
            about=ui("room.about"),
            card_heading=ui("room.its_day" if card is not None and card.is_due else "room.next"),
            card=card,
            sections=(
                Section(ui("room.held"), tuple(map(self._row, self.held)), empty=ui("room.none")),
                Section(ui("room.asks"), tuple(self._asks()), is_aside=True, empty=ui("room.no_asks")),
            ),
            actions=(
                *(() if card is not None else (begin,)),  # the card has it already
                Action("asks.add", _add_ask, self._asked(), title=ui("action.add_ask")),
            ),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _next(self) -> Row | None:
        """Return when the next one is, as the newest that was held alone has it; None where it says nothing of it.

        A day that has come or lies behind is said to be so; it is no failing, and begun or put to another day there.
        """
        newest = next((one for one in self.held if text(one, "with") == SELF), None)
        on = day(newest, "next_on") if newest is not None else None
        if newest is None or on is None:
            return None
        said = full_date(on, self.words)
        if on <= self.today:
            day_said = saying.day_words(on, self.today, self.words)
            said = self._ui("room.is_today" if on == self.today else "room.was_on", day=day_said)
        key = f"card:{newest['id']}"
        begin = Action("check_in.begin", conversation=CHECK_IN, words=self._ui("action.begin_now"))
        return Row(said, key, is_due=on <= self.today, actions=(begin, self._day(newest["id"], on)))

    def _day(self, id: str, on: date) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            chosen = answers.get("day")
            check_in_changes.set_next_day(desk.store, id, chosen, desk.clock.now())
            words = desk.words
            if chosen is None:
                return Said(words.ui("check_in_room.said.no_day"))
            return Said(words.ui("home.said_later", day=full_date(chosen, words)))

        days = days_to_look_again(self.today)
        stands = on if on > self.today else days["month"]
        options = tuple(
            Option(day.isoformat(), day_short(name, day, self.today, self.words)) for name, day in days.items()
        )
        label = self._ui("room.day_label")
        ask = Ask("day", "date", label, stands.isoformat(), options, is_optional=True, is_ahead=True)
        return Action("check_in.day", change, (ask,), title=self._ui("action.day"))

    def _row(self, one: Record) -> Row:
        said = saying.plain_text(self._without_head(one))
        colon = partial(self.words.ui, "sentences.colon")
        lines = [colon(first=title, second=words) for _, title, words in goal_lines(self.tables, one, self.words)]
        return Row(
            said or self.words.ui("sentences.semicolon").join(lines) or self._ui("room.nothing_said"),
            key=f"check_in:{one['id']}",
            title=held_on(one, self.words, self.today),
            actions=(Action("thing.open", place=Place(ONE, one["id"])),),
        )

    def _without_head(self, one: Record) -> str:
        """Return the short text without its first line: its day stands over it."""
        on, said = saying.local_day(one, "at"), text(one, "summary")
        if on is None:
            return said
        head = self._ui("summary.head", day=saying.day_words(on, on, self.words, with_weekday=False))
        return said.removeprefix(head).lstrip()

    # ------------------------------------------------------------------ what is asked of others

    def _asks(self) -> Sequence[Row]:
        found = [one for one in glance.standing(self.tables, "asks") if text(one, "text")]
        newest = sorted(found, key=lambda one: (text(one, "asked_at"), text(one, "created_at")), reverse=True)
        return [self._ask(one) for one in sorted(newest, key=lambda one: bool(text(one, "answered_at")))]

    def _ask(self, one: Record) -> Row:
        id, to = one["id"], saying.plain_text(text(one, "to"))
        is_answered = bool(text(one, "answered_at"))
        on, answered = saying.local_day(one, "asked_at"), saying.local_day(one, "answered_at")
        notes = [self._ui("room.asked_of", name=to) if to else ""]
        notes.append(short_date(on, self.today, self.words) if on else "")
        if is_answered and answered is not None:
            notes.append(self._ui("room.answered", day=short_date(answered, self.today, self.words)))

        def change(desk: Desk, answers: Answers) -> Said:
            check_in_changes.answer_ask(desk.store, id, desk.clock.now(), is_answered=not is_answered)
            key = "ask_open" if is_answered else "ask_answered"
            return Said(desk.words.ui(f"check_in_room.said.{key}"), f"ask:{id}")

        def change_words(desk: Desk, answers: Answers) -> Said:
            check_in_changes.change_ask(desk.store, id, answers["text"], answers.get("to"), desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), f"ask:{id}")

        def remove(desk: Desk, answers: Answers) -> Said:
            check_in_changes.remove_ask(desk.store, id, desk.clock.now())
            return Said(desk.words.ui("check_in_room.said.ask_removed"))

        said = saying.plain_text(text(one, "text"))
        asks = self._asked(text(one, "text"), to)
        answer = Action("asks.answered", change, words=self._ui("action.open_again") if is_answered else "")
        return Row(
            said,
            key=f"ask:{id}",
            note=self.words.ui("home.between").join(note for note in notes if note),
            mark="done" if is_answered else "",
            actions=(
                answer,
                Action("thing.change", change_words, asks, title=self._ui("action.change_ask")),
                Action("asks.remove", remove, confirm=self._ui("room.remove_ask"), about=said),
            ),
        )

    def _asked(self, said: str = "", to: str = "") -> tuple[Ask, ...]:
        return (
            Ask("text", "line", self._ui("room.ask_label"), said or None),
            Ask("to", "line", self._ui("room.to_label"), to or None, is_optional=True),
        )

    def _ui(self, key: str, **values: object) -> str:
        return self.words.ui(f"check_in_room.{key}", **values)


def _add_ask(desk: Desk, answers: Answers) -> Said:
    asked = check_in_changes.add_ask(desk.store, answers["text"], answers.get("to"), desk.clock.now())
    return Said(desk.words.ui("check_in_room.said.ask_added"), f"ask:{asked['id']}")
