"""The room of learning: what is next, what was done, hours by focus area, where I am, and places to point somebody to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.services import capture, places_near, saying
from rchrp_goals.services.day_words import near_date, short_date
from rchrp_goals.services.learning_changes import SIDES
from rchrp_goals.services.learning_hours import figures, hours_by_area, hours_said
from rchrp_goals.services.renewal import ledger_of
from rchrp_goals.services.renewal_rows import bars, in_words, window_said
from rchrp_goals.services.room import Action, Ask, Bar, Place, Question, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.learning_rows import AREA, ONE, RENEWAL, Rows

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]
AREAS_IN_FULL = 2
"""Up to so many focus areas stand in the room with all their sides; of more, each has a line."""
STILL_RIGHT = timedelta(days=180)
"""After so long it is asked whether a place is still as it stands there."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the room. Raises ProblemError where the plan cannot be read."""
    return _Room(desk).view(place)


class _Room(Rows):
    def view(self, place: Place) -> RoomView:
        found = self.activities()
        has_any = bool(self.areas) or any(found.values())
        heading, card = self._card(found) if has_any else (self.words.ui("home.begin_here"), self._invitation())
        if card is not None:
            found = {**found, "open": [one for one in found["open"] if f"learning:{one['id']}" != card.key]}
        sections = (
            *self.sections(found, with_area=True),
            *self._renewal(),
            *self._hours(),
            *self._where_i_am(),
            self._places(),
        )
        return RoomView(
            place,
            self.ui("title"),
            card_heading=heading,
            card=card,
            sections=sections,
            actions=tuple(self._actions(card)),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _actions(self, card: Row | None) -> Iterator[Action]:
        on_card = {action.id for action in card.actions} if card is not None else set()
        pages = [Action(f"learning.{name}", place=Place(f"learning.{name}")) for name in ("practice", "reflections")]
        usual = (self.log_action(), self.add_action(), _area_action(), self._place_action(), *self._renewing())
        for action in (*usual, *pages):
            if action.id not in on_card:
                yield action

    def _renewing(self) -> Iterator[Action]:
        """Give the ways to a renewal, once there is something that could count."""
        if self.renewal is not None or self.areas or any(self.activities().values()):
            yield self.renewal_action()

    # ------------------------------------------------------------------ the card

    def _card(self, found: Mapping[str, list[Record]]) -> tuple[str, Row | None]:
        """Return what stands first: the next with a day unless it was put off for today, else what is under way, or none."""
        put_off = self._put_off_today()
        dated = next((one for one in found["open"] if day(one, "planned_for") and one["id"] not in put_off), None)
        under_way = next((one for one in found["open"] if text(one, "state") == "under_way"), None)
        first = dated or under_way
        if first is None:
            if found["open"]:
                return "", None
            return self.ui("card.next"), Row(self.ui("card.nothing"), note=self.ui("card.nothing_about"))
        when, is_due = self.when(first)
        return self.ui("card.next"), Row(
            self.title(first),
            f"learning:{first['id']}",
            when=when,
            is_due=is_due,
            note=self.note(first),
            actions=tuple(self._card_actions(first)),
        )

    def _put_off_today(self) -> set[str]:
        """Return what was answered with "not now" last, and today."""
        answers = [one for one in glance.standing(self.tables, "asked") if text(one, "question") == "due:learning"]
        answers.sort(key=lambda one: text(one, "shown_at"))
        last = {text(one, "about"): one for one in answers}
        return {
            about
            for about, one in last.items()
            if text(one, "outcome") == "not_now" and (day(one, "until") or self.today) > self.today
        }

    def _card_actions(self, one: Record) -> Iterator[Action]:
        id, planned = one["id"], day(one, "planned_for")
        yield self.done_action(one)
        if planned is None:
            yield self.plan_action(one)
        else:

            def later(desk: Desk, answers: Answers) -> Said:
                capture.later(desk.store, "learning", id, answers["day"], desk.clock)
                on = near_date(answers["day"], desk.clock.today(), desk.words)
                return Said(desk.words.ui("home.said_later", day=on), f"learning:{id}")

            def not_now(desk: Desk, answers: Answers) -> Said:
                capture.not_now(desk.store, "learning", id, desk.clock.today(), desk.clock.now())
                return Said(desk.words.ui("home.said_not_now"))

            ask = Ask("day", "date", self.words.ui("home.later_label"), is_ahead=True)
            title = self.words.ui("home.later_title")
            yield Action("thing.later", change=later, asks=(ask,), title=title, about=self.title(one))
            yield Action("thing.not_now", change=not_now)
        yield Action("thing.change", place=Place(ONE, id))

    def _invitation(self) -> Row:
        """Return what stands first where there is nothing yet."""
        about = self.ui("card.begin_about")
        return Row(self.ui("card.begin"), key="begin", note=about, actions=(_area_action(), self.add_action()))

    # ------------------------------------------------------------------ beside it

    def _renewal(self) -> Iterator[Section]:
        """Give the hours against the renewal rule, where there is one."""
        if self.renewal is None:
            return
        found = ledger_of(self.tables, self.renewal.rule, self.renewal.window)
        titles = {one["id"]: text(one, "title") for one in glance.standing(self.tables, "learning")}
        rule = Row(self.own("row.rule"), "renewal", note=self.own("row.rule_note"), actions=(self._open_rule(),))
        said = tuple(Row(one) for one in in_words(found, titles, self.words))
        about = window_said(self.renewal, self.today, self.words)
        yield Section(self.own("heading"), tuple(bars(found, self.words)), is_aside=True, about=about)
        yield Section("", (*said, rule), is_aside=True)

    @staticmethod
    def _open_rule() -> Action:
        return Action("thing.open", place=Place(RENEWAL))

    def _hours(self) -> Iterator[Section]:
        """Give the hours of each area as its part of them all; of a single area they only stand there in words."""
        found = hours_by_area(self.tables)
        whole = sum(one.minutes for one in found)
        rows = []
        for one in found:
            name = saying.plain_text(one.area) or self.ui("no_area_yet")
            if len(found) == 1:
                rows.append(Row(name, said="", note=hours_said(whole, self.words)))
                continue
            part, of = figures(one.minutes), figures(whole)
            said = self.ui("hours.part", part=part, whole=of)
            spoken = self.spoken(name, self.ui("hours.part_spoken", part=hours_said(one.minutes, self.words), whole=of))
            rows.append(Row(name, picture=Bar(one.minutes, whole), said=said, spoken=spoken))
        if rows:
            key = "hours.about" if len(rows) > 1 else "hours.about_one"
            yield Section(self.ui("hours.heading"), tuple(rows), is_aside=True, about=self.ui(key))

    def _where_i_am(self) -> Iterator[Section]:
        """Give the focus areas: with all their sides where they are few, else with what was looked at."""
        is_in_full = len(self.areas) <= AREAS_IN_FULL
        rows: list[Row] = []
        for area in self.areas:
            name = self.area_names[area["id"]]
            action = Action("thing.open", place=Place(AREA, area["id"]))
            looked = [side for side in SIDES if self.side(area, side) != self.ui("not_looked_at")]
            if is_in_full and looked:
                rows.append(Row("", f"area:{area['id']}", title=name, actions=(action,)))
                rows += self.side_rows(area)
                continue
            said = (
                self.words.ui("sentences.colon", first=self.ui(f"side.{side}"), second=self.side(area, side))
                for side in looked
            )
            note = self.words.ui("home.between").join(said) or self.ui("not_looked_at")
            rows.append(Row("", f"area:{area['id']}", title=name, note=note, actions=(action,)))
        if rows:
            yield Section(self.ui("where.heading"), tuple(rows), is_aside=True, when_first=is_in_full)

    # ------------------------------------------------------------------ places

    def _places(self) -> Section:
        places = [one for one in glance.standing(self.tables, "resources") if text(one, "name")]
        places.sort(key=lambda one: text(one, "created_at"))
        rows = tuple(self._place_row(one) for one in places)
        return Section(self.ui("places.heading"), rows, is_aside=True, empty=self.ui("places.empty"))

    def _place_row(self, one: Record) -> Row:
        id, name = one["id"], saying.plain_text(text(one, "name"))
        on = day(one, "checked_on")
        key = "not_checked" if on is None else "checked" if self.today - on < STILL_RIGHT else "checked_long_ago"
        checked = self.ui(f"places.{key}", day=self.near(on) if on else "")
        about = [saying.phrase(text(one, field)) for field in ("what_for", "how_to_reach")]

        def change(desk: Desk, answers: Answers) -> Said:
            places_near.change_place(desk.store, id, answers, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), f"place:{id}")

        change_it = Action(
            "thing.change", change=change, asks=self._place_asks(one), title=self.ui("places.change_title")
        )
        return Row(
            "",
            f"place:{id}",
            title=name,
            note=self.words.ui("home.between").join((*(part for part in about if part), checked)),
            actions=(change_it, *_place_actions(id)),
        )

    def _place_asks(self, one: Record) -> tuple[Ask, ...]:
        return tuple(
            Ask(name, "line", self.ui(f"places.{name}"), value=text(one, name) or None, is_optional=name != "name")
            for name in places_near.FIELDS
        )

    def _place_action(self) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            id = places_near.add_place(desk.store, answers, desk.clock.today(), desk.clock.now())
            return Said(desk.words.ui("learning_room.said.place_added"), f"place:{id}")

        title = self.ui("places.add_title")
        return Action("learning.place", change=change, asks=self._place_asks({}), title=title)


def _area_action() -> Action:
    return Action("learning.area", question=Question("learning", "focus", {}, is_later=True))


def _place_actions(id: str) -> tuple[Action, ...]:
    """Return what can be done with a place beside changing it."""

    def check(desk: Desk, answers: Answers) -> Said:
        places_near.check_place(desk.store, id, desk.clock.today(), desk.clock.now())
        return Said(desk.words.ui("learning_room.said.checked"), f"place:{id}")

    def remove(desk: Desk, answers: Answers) -> Said:
        places_near.remove_place(desk.store, id, desk.clock.now())
        return Said(desk.words.ui("learning_room.said.place_removed"))

    done: Callable[[Desk, Answers], Said] = check
    return Action("place.check", change=done), Action("place.remove", change=remove)
