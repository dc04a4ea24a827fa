"""The page of a renewal: how the cycle stands, the rule with each figure to be changed, supervision that was held.

Without a rule, or where another one is wanted (``choose``), the rules to begin with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan.hours import as_minutes
from rchrp_goals.plan.lenient import Record, day, number, text
from rchrp_goals.plan.renewal import Ledger
from rchrp_goals.services import learning_changes, saying
from rchrp_goals.services import renewal_changes as changes
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.learning_hours import figures, hours_said, time_said
from rchrp_goals.services.renewal import Renewal, ledger_of, supervision_in, templates
from rchrp_goals.services.renewal_asks import read_category, read_hours, read_months, read_start, rule_said
from rchrp_goals.services.renewal_rows import bars, days_said, in_words, window_said
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.learning_rows import RENEWAL, ROOM, Rows

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]
CHOOSE = "choose"
"""The id of the page that offers the rules to begin with."""
FIELDS = (
    "name", "cycle_start", "cycle_months", "total_hours", "categories", "supervision_hours", "approval", "note",
    "source", "checked_on",
)  # fmt: skip
"""What is kept of a rule, in the order in which it stands there; ``categories`` are as many rows as there are minima."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page. Raises ProblemError where the plan cannot be read."""
    page = _Page(desk)
    return page.chooser(place) if place.id == CHOOSE or page.renewal is None else page.view(place, page.renewal)


class _Page(Rows):
    # ------------------------------------------------------------------ rules to begin with

    def chooser(self, place: Place) -> RoomView:
        """Return the rules to begin with."""
        key = "about_other" if self.renewal is not None else "about_choose"
        rows = [
            Row(
                saying.plain_text(one.rule["name"]),
                f"rule:{one.name}",
                note=self.own("page.template", rule=rule_said(one.rule, self.words), **_words_of(one.rule)),
                is_strong=True,
                actions=(self._choose(one.rule),),
            )
            for one in templates(self.words)
        ]
        own = Row(
            self.own("row.own"), "rule:own", note=self.own("row.own_note"), actions=(self._choose({}),), is_strong=True
        )
        return RoomView(
            place,
            self.own("page.title"),
            about=self.own(f"page.{key}"),
            sections=(Section(self.own("page.choose"), (*rows, own)), *(() if self.renewal else self._supervision())),
            actions=(self.supervision_action(),),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _choose(self, rule: Mapping[str, Any]) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            said = {name: value for name, value in answers.items() if name != "cycle_start"}
            changes.choose_rule(desk.store, {**rule, **said}, answers["cycle_start"], desk.clock.now())
            return Said(desk.words.ui("renewal_room.said.chosen"), "hours")

        names = ("cycle_start", "cycle_months") if rule else ("name", "cycle_months", "total_hours", "cycle_start")
        asks = tuple(self._ask(name, rule, None) for name in names)
        title = self.own("ask.choose")
        return Action("renewal.choose", change=change, asks=asks, title=title, about=str(rule.get("name", "")))

    # ------------------------------------------------------------------ how it stands

    def view(self, place: Place, renewal: Renewal) -> RoomView:
        """Return the rule's page."""
        found = ledger_of(self.tables, renewal.rule, renewal.window)
        said = tuple(Row(line) for line in in_words(found._replace(without_category=()), {}, self.words))
        sections = (
            Section(self.own("page.standing"), tuple(self._bars(renewal, found))),
            *((Section("", said),) if said else ()),
            *self._without(found.without_category),
            *self._before(renewal),
            Section(
                self.own("page.rule"),
                tuple(self._rule_rows(renewal)),
                about=self.own("page.rule_about"),
                when_first=True,
            ),
            *self._supervision(),
            Section("", (self._other_rule(), Row(self.own("action.remove_rule"), "remove", actions=(self._remove(),)))),
        )
        return RoomView(
            place,
            self.own("page.title"),
            about=window_said(renewal, self.today, self.words),
            sections=sections,
            actions=(self.supervision_action(), self._sheet()),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    @staticmethod
    def _sheet() -> Action:
        return Action("learning.sheet", place=Place("sheets.one", "hours"))

    def _bars(self, renewal: Renewal, found: Ledger) -> Iterator[Row]:
        """Give the bars; the cursor can stand on the first, so that the page opens where they are."""
        first, *rest = bars(found, self.words)
        yield replace(first, key="hours", actions=(self._change("total_hours", renewal),))
        yield from rest

    def _without(self, ids: tuple[str, ...]) -> Iterator[Section]:
        """Give what was done and has no category, each to be given one."""
        done = {one["id"]: one for one in self.activities()["done"]}
        rows = tuple(
            Row(self.title(done[id]), f"without:{id}", actions=(self._give_category(done[id]),))
            for id in ids
            if id in done
        )
        if rows:
            yield Section(self.own("page.without"), rows, about=self.own("page.without_about"))

    def _give_category(self, one: Record) -> Action:
        id = str(one["id"])

        def change(desk: Desk, answers: Answers) -> Said:
            category = answers["own"] or answers["category"]
            learning_changes.change_activity(desk.store, id, {"category": category}, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"))

        title = self.own("ask.change", field=self.ui("field.category"))
        return Action("thing.open", change=change, asks=self.category_asks(), title=title, about=self.title(one))

    def _before(self, renewal: Renewal) -> Iterator[Section]:
        if renewal.before is None:
            return
        found = ledger_of(self.tables, renewal.rule, renewal.before)
        first, last = days_said(renewal.before, self.today, self.words)
        said = self.own("page.before_said", first=first, last=last, hours=hours_said(found.done, self.words))
        if found.supervision:
            more = self.own("page.before_supervision", hours=hours_said(found.supervision, self.words))
            said = f"{said} {more}"
        yield Section(self.own("page.before"), (Row(said),))

    # ------------------------------------------------------------------ the rule

    def _rule_rows(self, renewal: Renewal) -> Iterator[Row]:
        for name in FIELDS:
            if name == "categories":
                for category, minutes in renewal.rule.minima.items():
                    yield self._category_row(category, minutes)
                yield Row(self.own("row.add_category"), "category", actions=(self._category("", 0),))
                continue
            label, value = self.own(f"field.{name}"), self._value(name, renewal)
            said = value or self.own("field.none")
            more = (self._checked(),) if name == "checked_on" else ()
            actions = (self._change(name, renewal), *more)
            yield Row(said, f"rule:{name}", when=label, actions=actions, spoken=self.spoken(label, said))

    def _value(self, name: str, renewal: Renewal) -> str:
        said = renewal.said
        if name == "cycle_start":
            return self._full(renewal.start)
        if name == "checked_on":
            return self._full(day(said, name))
        if name == "cycle_months":
            return self._months(renewal.months) if renewal.months > 0 else ""
        if name == "approval":
            return self.own(f"approval.{'yes' if said.get(name) is True else 'no'}")
        minutes = {"total_hours": renewal.rule.total, "supervision_hours": renewal.rule.supervision}
        if name in minutes:
            return hours_said(minutes[name], self.words) if minutes[name] else ""
        return saying.plain_text(text(said, name))

    def _full(self, on: date | None) -> str:
        return saying.day_words(on, self.today, self.words, with_weekday=False, with_year=True) if on else ""

    def _months(self, months: int) -> str:
        years, rest = divmod(months, 12)
        return self.own("template.months", n=months) if rest else self.own("template.years", n=years)

    def _change(self, name: str, renewal: Renewal) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            value = answers[name] == "yes" if name == "approval" else answers[name]
            changes.change_rule(desk.store, {name: value}, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), f"rule:{name}")

        title = self.own("ask.change", field=self.own(f"field.{name}"))
        ask = self._ask(name, renewal.said, renewal.start)
        return Action("thing.open", change=change, asks=(ask,), words=title, title=title)

    def _checked(self) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            changes.change_rule(desk.store, {"checked_on": desk.clock.today()}, desk.clock.now())
            return Said(desk.words.ui("renewal_room.said.checked"), "rule:checked_on")

        return Action("renewal.checked", change=change)

    def _ask(self, name: str, said: Mapping[str, Any], start: date | None) -> Ask:
        """Return the question for one field of a rule, filled with what stands."""
        label = self.own(f"ask.{name}")
        if name == "cycle_start":
            value = start.isoformat() if start else None
            read = partial(read_start, today=self.today)
            return Ask(name, "date", label, value=value, is_optional=True, is_usually_behind=True, read=read)
        if name == "checked_on":
            on = day(said, name)
            value = on.isoformat() if on else None
            return Ask(name, "date", label, value=value, is_optional=True, is_behind=True)
        if name == "approval":
            options = tuple(Option(one, self.own(f"approval.{one}")) for one in ("yes", "no"))
            return Ask(name, "choice", label, value="yes" if said.get(name) is True else "no", options=options)
        if name == "cycle_months":
            months = number(said, name)
            value = self._months(months) if months > 0 else None
            return Ask(name, "line", label, value=value, is_optional=True, read=read_months)
        if name in {"total_hours", "supervision_hours"}:
            minutes = self._minutes(said, name)
            value = figures(minutes) if minutes else None
            return Ask(name, "line", label, value=value, is_optional=True, read=read_hours)
        return Ask(name, "line", label, value=text(said, name) or None, is_optional=True)

    @staticmethod
    def _minutes(said: Mapping[str, Any], name: str) -> int:
        from rchrp_goals.services.renewal import rule_of

        rule = rule_of(said)
        return rule.total if name == "total_hours" else rule.supervision

    def _category_row(self, category: str, minutes: int) -> Row:
        label = self.own("field.category", name=saying.plain_text(category))
        said = hours_said(minutes, self.words)

        def remove(desk: Desk, answers: Answers) -> Said:
            changes.remove_category(desk.store, category, desk.clock.now())
            return Said(desk.words.ui("renewal_room.said.category_removed"))

        actions = (self._category(category, minutes), Action("renewal.remove_category", change=remove))
        return Row(said, f"category:{category}", when=label, actions=actions, spoken=self.spoken(label, said))

    def _category(self, category: str, minutes: int) -> Action:
        """Return the way to add a category to the rule, or to change one."""

        def change(desk: Desk, answers: Answers) -> Said:
            changes.set_category(desk.store, answers["name"], answers["hours"], desk.clock.now(), old=category)
            return Said(desk.words.ui("renewal_room.said.category"), f"category:{answers['name']}")

        hours = figures(minutes) if minutes else None
        read = partial(read_category, words=self.words)
        asks = (
            Ask("name", "line", self.own("ask.category"), value=category or None, read=read),
            Ask("hours", "line", self.own("ask.hours"), value=hours, read=read_hours),
        )
        title = self.own("ask.change", field=category) if category else self.own("row.add_category")
        return Action("thing.open", change=change, asks=asks, words=title, title=title)

    def _other_rule(self) -> Row:
        return Row(self.own("row.other_rule"), "other", actions=(Action("thing.open", place=Place(RENEWAL, CHOOSE)),))

    def _remove(self) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            changes.remove_rule(desk.store, desk.clock.now())
            return Said(desk.words.ui("renewal_room.said.removed"), place=Place(ROOM))

        return Action("renewal.remove", change=change, confirm=self.own("page.remove_sure"))

    # ------------------------------------------------------------------ supervision

    def _supervision(self) -> Iterator[Section]:
        rows = tuple(self._held_row(on, one) for on, one in supervision_in(self.tables, None))
        if rows or self.renewal is not None:
            yield Section(
                self.own("page.held"),
                rows,
                empty=self.own("page.held_empty"),
                about=self.own("page.held_about"),
                when_first=True,
                at_once=8,
            )

    def _held_row(self, on: date, one: Record) -> Row:
        id = str(one["id"])

        def remove(desk: Desk, answers: Answers) -> Said:
            changes.remove_supervision(desk.store, id, desk.clock.now())
            return Said(desk.words.ui("renewal_room.said.supervision_removed"))

        sure = self.own("page.remove_supervision_sure")
        who, topics = saying.phrase(text(one, "with")), saying.plain_text(text(one, "topics"))
        long = time_said(number(one, "minutes"), self.words)
        about = self.ui("activity.with_whom", name=who) if who else ""
        return Row(
            self.words.ui("sentences.comma").join(part for part in (long, about) if part),
            f"supervision:{id}",
            when=self.short(on),
            note=topics,
            actions=(
                self.supervision_action(id, on, one),
                Action("supervision.remove", change=remove, confirm=sure),
            ),
        )

    def supervision_action(self, id: str = "", on: date | None = None, one: Record | None = None) -> Action:
        """Return the way to keep a supervision that was held, or to change one."""
        if not id:
            return super().supervision_action()

        def change(desk: Desk, answers: Answers) -> Said:
            said = {**answers, "minutes": as_minutes(answers["minutes"])}
            changes.change_supervision(desk.store, id, said, desk.clock)
            return Said(desk.words.ui("home.said_changed"), f"supervision:{id}")

        asks = self.supervision_asks(on or self.today, one or {})
        return Action("thing.change", change=change, asks=asks, title=self.own("ask.held_title"))


def _words_of(rule: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(rule[name]) for name in ("note", "source")}
