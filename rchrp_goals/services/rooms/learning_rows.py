"""What the pages of learning share: the rows of activities and of focus areas, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.hours import as_minutes, read_hours
from rchrp_goals.plan.lenient import Record, day, number, text
from rchrp_goals.plan.renewal import category_in
from rchrp_goals.services import learning_changes as changes
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import near_date, short_date
from rchrp_goals.services.learning_hours import areas_in_order, figures, hours_said, minutes_of, time_said
from rchrp_goals.services.renewal import Renewal, renewal_of
from rchrp_goals.services.renewal_asks import read_category
from rchrp_goals.services.renewal_changes import add_supervision
from rchrp_goals.services.room import Action, Ask, Option, Place, Question, Row, Said, Section
from rchrp_goals.services.rooms.reminder_rows import remind_action

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]
DONE_AT_ONCE = 8
"""Rows of what was done that stand there at first."""
ROOM, ONE, AREA, RENEWAL = "learning", "learning.one", "learning.area", "learning.renewal"
_FAR = date.max


class Rows:
    """Makes the rows of one plan, in the words of one language."""

    def __init__(self, desk: Desk) -> None:
        self.tables: glance.Tables = desk.store.read().tables
        self.words: Words = desk.words
        self.today: date = desk.clock.today()
        self.areas: list[Record] = areas_in_order(self.tables)
        self.area_names: dict[str, str] = {one["id"]: saying.plain_text(text(one, "area")) for one in self.areas}
        self.renewal: Renewal | None = renewal_of(self.tables, self.today)
        self._days: dict[tuple[date, bool], str] = {}
        self._figures: dict[int, str] = {0: ""}

    def ui(self, key: str, **values: object) -> str:
        """Return a sentence of the room."""
        return self.words.ui(f"learning_room.{key}", **values)

    def own(self, key: str, **values: object) -> str:
        """Return a sentence about renewal."""
        return self.words.ui(f"renewal_room.{key}", **values)

    # ------------------------------------------------------------------ activities

    def activities(self, area: str | None = None) -> dict[str, list[Record]]:
        """Return the activities (of one area) by what they are: ``open idea done let_go``, each in its order.

        What has a day or is under way is open, the next day first; what was done last comes first.
        """
        found: dict[str, list[Record]] = {"open": [], "idea": [], "done": [], "let_go": []}
        for one in glance.standing(self.tables, "learning"):
            state = text(one, "state")
            if not text(one, "title") or (area is not None and text(one, "focus") != area):
                continue
            if state in changes.OPEN:
                is_open = state == "under_way" or day(one, "planned_for") is not None
                found["open" if is_open else "idea"].append(one)
            elif state in found:
                found[state].append(one)
        found["open"].sort(key=lambda one: (day(one, "planned_for") or _FAR, text(one, "created_at")))
        found["idea"].sort(key=lambda one: text(one, "created_at"))
        found["done"].sort(key=lambda one: (text(one, "done_on"), text(one, "created_at")), reverse=True)
        return found

    def sections(self, found: Mapping[str, list[Record]], *, with_area: bool) -> Iterator[Section]:
        """Give what is coming, what was done, the ideas and what was let go, as far as there is any."""
        if found["open"]:
            rows = tuple(self.open_row(one, with_area=with_area) for one in found["open"])
            yield Section(self.ui("section.coming"), rows)
        if found["done"]:
            columns = [self.ui("section.hours_column")]
            if with_area and self.areas:
                columns.append(self.ui("section.area_column"))
            rows = tuple(self._done_row(one, len(columns) > 1) for one in found["done"])
            yield Section(self.ui("section.done"), rows, columns=tuple(columns), when_first=True, at_once=DONE_AT_ONCE)
        if found["idea"]:
            rows = tuple(self.open_row(one, with_area=False, is_strong=False) for one in found["idea"])
            yield Section(self.ui("section.ideas"), rows)
        if found["let_go"]:
            rows = tuple(self._let_go_row(one) for one in found["let_go"])
            yield Section(self.ui("section.let_go"), rows, at_once=DONE_AT_ONCE)

    def open_row(self, one: Record, *, with_area: bool, is_strong: bool = True) -> Row:
        """Return the row of an activity that is still to be done."""
        when, is_due = self.when(one)
        actions = (self.open_action(one["id"]), *self.actions(one))
        note = self.note(one, with_area=with_area)
        return Row(
            self.title(one),
            f"learning:{one['id']}",
            when=when,
            is_due=is_due,
            note=note,
            is_strong=is_strong,
            actions=actions,
        )

    def _done_row(self, one: Record, has_area: bool) -> Row:
        on, minutes = day(one, "done_on"), minutes_of(one)
        if minutes not in self._figures:
            self._figures[minutes] = figures(minutes)
        cells = [self._figures[minutes]]
        if has_area:
            cells.append(self.area_names.get(text(one, "focus"), ""))
        return Row(
            self.title(one),
            f"learning:{one['id']}",
            when=self.short(on) if on else "",
            cells=tuple(cells),
            actions=(self.open_action(one["id"]), self.reflect_action(one["id"])),
        )

    def _let_go_row(self, one: Record) -> Row:
        actions = (self.open_action(one["id"]), self.take_up_action(one["id"]))
        return Row(self.title(one), f"learning:{one['id']}", actions=actions)

    @staticmethod
    def title(one: Record) -> str:
        """Return an activity's title as it is shown."""
        return saying.plain_text(text(one, "title"))

    def note(self, one: Record, *, with_area: bool = True) -> str:
        """Return the quiet line under an activity: its hours, with whom, where, and its focus area."""
        minutes = minutes_of(one)
        parts = [hours_said(minutes, self.words) if minutes else ""]
        if who := saying.phrase(text(one, "with_whom")):
            parts.append(self.ui("activity.with_whom", name=who))
        parts.append(saying.phrase(text(one, "provider")))
        if with_area and (area := saying.phrase(self.area_names.get(text(one, "focus"), ""))):
            # an area alone, behind an activity's name, would be heard as one activity more
            label = self.ui("field.focus")
            parts.append(self.words.ui("sentences.colon", first=label, second=area) if self.words.is_heard else area)
        return self.words.ui("home.between").join(part for part in parts if part)

    def when(self, one: Record) -> tuple[str, bool]:
        """Return the day of an open activity as it is said, and whether it has come."""
        on, is_under_way = day(one, "planned_for"), text(one, "state") == "under_way"
        if is_under_way:
            under_way = self.ui("activity.under_way")
            if on is None or on < self.today:
                return under_way, False
            return self.words.ui("home.between").join((under_way, self.near(on))), on == self.today
        if on is None:
            return "", False
        if on < self.today:
            return self.words.ui("home.still_wanted", day=self.short(on)), True
        return self.near(on), on == self.today

    def short(self, on: date) -> str:
        """Return a day in short; the same day is worked out once."""
        return self._day(on, is_near=False)

    def near(self, on: date) -> str:
        """Return ``today``, ``tomorrow``, or the day in short."""
        return self._day(on, is_near=True)

    def _day(self, on: date, *, is_near: bool) -> str:
        key = (on, is_near)
        if key not in self._days:
            self._days[key] = (near_date if is_near else short_date)(on, self.today, self.words)
        return self._days[key]

    # ------------------------------------------------------------------ what can be done with an activity

    def open_action(self, id: str) -> Action:
        """Return the way to an activity's own page."""
        return Action("thing.open", place=Place(ONE, id))

    def actions(self, one: Record) -> tuple[Action, ...]:
        """Return what can be done with an activity that is still to be done."""
        id, is_under_way = one["id"], text(one, "state") == "under_way"
        begin = _change(changes.begin, id, "learning_room.said.begun")
        gone = _change(changes.let_go, id, "learning_room.said.let_go")
        return (
            self.done_action(one),
            self.plan_action(one),
            *(() if is_under_way else (Action("learning.begin", change=begin),)),
            Action("learning.let_go", change=gone),
            remind_action(self.words, "learning", id, self.title(one), self.today),
        )

    def done_action(self, one: Record) -> Action:
        """Return the way to say that it was done, with its hours and what was learned where they are wanted."""
        id, minutes, planned = one["id"], minutes_of(one), day(one, "planned_for")
        on = planned if planned is not None and planned < self.today else self.today

        def change(desk: Desk, answers: Answers) -> Said:
            hours, learned = answers["hours"], answers["learned"]
            more = {"category": answers["category"]} if "category" in answers else {}
            changes.finish(desk.store, id, answers["on"], desk.clock.now(), hours=hours, learned=learned, more=more)
            is_early = planned is not None and answers["on"] < planned
            key = "done_early" if is_early else "done"
            return Said(desk.words.ui(f"learning_room.said.{key}"), f"learning:{id}")

        asks = (
            self.hours_ask(minutes, is_optional=True),
            Ask("learned", "long", self.ui("ask.learned"), value=text(one, "learned") or None, is_optional=True),
            Ask("on", "date", self.ui("ask.done_on"), value=on.isoformat(), is_behind=True),
            *self.category_asks(text(one, "category"))[:1],
        )
        title = self.ui("done_title")
        return Action("thing.done", change=change, asks=asks, title=title, about=self.title(one))

    def plan_action(self, one: Record) -> Action:
        """Return the way to give it a day, or another one."""
        id, planned = one["id"], day(one, "planned_for")

        def change(desk: Desk, answers: Answers) -> Said:
            changes.plan_for(desk.store, id, answers["day"], desk.clock.now())
            if answers["day"] is None:
                return Said(desk.words.ui("learning_room.said.no_day"), f"learning:{id}")
            on = near_date(answers["day"], desk.clock.today(), desk.words)
            return Said(desk.words.ui("learning_room.said.planned", day=on), f"learning:{id}")

        value = planned.isoformat() if planned else None
        ask = Ask("day", "date", self.ui("day_label"), value=value, is_optional=planned is not None)
        words = self.ui("action.another_day") if planned else ""
        title = self.words.ui("home.later_title") if planned else self.ui("plan_title")
        return Action("learning.plan", change=change, asks=(ask,), words=words, title=title, about=self.title(one))

    def reflect_action(self, id: str) -> Action:
        """Return the way to a reflection about what was learned."""
        return Action("learning.reflect", conversation=f"reflect:{id}")

    def take_up_action(self, id: str) -> Action:
        """Return the way to take it up again."""
        return Action("learning.take_up", change=_change(changes.take_up, id, "learning_room.said.taken_up"))

    def hours_ask(self, minutes: int = 0, *, is_optional: bool) -> Ask:
        """Return the question for hours, filled with what stands."""
        value = figures(minutes) if minutes else None
        return Ask("hours", "line", self.ui("field.hours_label"), value=value, is_optional=is_optional, read=read_hours)

    def area_ask(self, area: str = "") -> Ask:
        """Return the question for a focus area, or none."""
        options = (*(Option(id, name) for id, name in self.area_names.items()), Option("", self.ui("no_area")))
        value = area if area in self.area_names else ""
        return Ask("focus", "choice", self.ui("field.focus_label"), value=value, options=options, is_optional=True)

    def category_asks(self, current: str = "") -> tuple[Ask, ...]:
        """Return the question for a category of the renewal rule, and one for own words; none where it names none."""
        if self.renewal is None or not self.renewal.rule.minima:
            return ()
        current = saying.plain_text(current)
        value = category_in(current, self.renewal.rule.minima) or current
        names = [*self.renewal.rule.minima, self.own("other_hours")]
        if value and value not in names:
            names.append(value)
        options = (*(Option(name, saying.plain_text(name)) for name in names), Option("", self.own("ask.open")))
        read = partial(read_category, words=self.words)
        return (
            Ask("category", "choice", self.own("ask.counts_as"), value=value, options=options, is_optional=True),
            Ask("own", "line", self.own("ask.own"), is_optional=True, read=read),
        )

    # ------------------------------------------------------------------ renewal

    def renewal_action(self) -> Action:
        """Return the way to the renewal's page."""
        return Action("learning.renewal", place=Place(RENEWAL))

    def supervision_action(self) -> Action:
        """Return the way to keep a supervision that was held."""

        def change(desk: Desk, answers: Answers) -> Said:
            minutes = as_minutes(answers["minutes"])
            id = add_supervision(desk.store, {**answers, "minutes": minutes}, desk.clock)
            said = desk.words.ui("renewal_room.said.held", time=time_said(minutes, desk.words))
            return Said(said, f"supervision:{id}")

        asks = self.supervision_asks(self.today, {})
        return Action("learning.supervision", change=change, asks=asks, title=self.own("ask.held_title"))

    def supervision_asks(self, on: date, one: Record) -> tuple[Ask, ...]:
        """Return what is asked of a supervision, filled with what stands."""
        minutes = number(one, "minutes")
        long = f"{minutes // 60}:{minutes % 60:02}" if minutes > 0 else None
        with_whom, topics = text(one, "with") or None, text(one, "topics") or None
        return (
            Ask("minutes", "line", self.own("ask.minutes"), value=long, read=read_hours),
            Ask("on", "date", self.own("ask.on"), value=on.isoformat(), is_behind=True),
            Ask("with", "line", self.own("ask.with"), value=with_whom, is_optional=True),
            Ask("topics", "line", self.own("ask.topics"), value=topics, is_optional=True),
        )

    # ------------------------------------------------------------------ what can be done in the room

    def log_action(self, area: str | None = None) -> Action:
        """Return the way to write down something that was done, with its hours; in an area's page for that area."""

        def change(desk: Desk, answers: Answers) -> Said:
            from rchrp_goals.services.learning_log import log_activity

            more = {"focus": area or answers.get("focus"), "category": answers.get("category")}
            now, hours = desk.clock.now(), answers["hours"]
            logged = log_activity(desk.store, answers["title"], answers["on"], now, hours=hours, more=more)
            return Said(desk.words.ui("learning_room.said.logged"), f"learning:{logged.id}")

        asks = [
            Ask("title", "line", self.ui("log_label")),
            self.hours_ask(is_optional=False),
            Ask("on", "date", self.ui("ask.done_on"), value=self.today.isoformat(), is_behind=True),
        ]
        if area is None and self.areas:
            asks.append(self.area_ask())
        asks += self.category_asks()[:1]
        return Action("learning.log", change=change, asks=tuple(asks), title=self.ui("log_title"))

    def add_action(self, area: str | None = None) -> Action:
        """Return the way to note something to learn: the question of the sitting, with its ideas, where its area is clear.

        With more than one area it is a small page that asks which.
        """
        if area is None and len(self.areas) == 1:
            area = str(self.areas[0]["id"])
        if area is not None or not self.areas:
            ids = {"focus": area} if area else {}
            return Action("learning.add", question=Question("learning", "occasion", ids, is_later=True))

        def change(desk: Desk, answers: Answers) -> Said:
            said, now = answers["title"], desk.clock.now()
            added = changes.add_activity(
                desk.store, said, now, planned_for=answers["day"], focus=answers["focus"] or None
            )
            return Said(desk.words.ui("learning_room.said.added"), f"learning:{added.id}")

        asks = (
            Ask("title", "line", self.ui("add_label")),
            Ask("day", "date", self.ui("day_label"), is_optional=True),
            self.area_ask(),
        )
        return Action("learning.add", change=change, asks=asks, title=self.ui("add_title"))

    # ------------------------------------------------------------------ where I am

    def side(self, area: Record, side: str) -> str:
        """Return where the person is with one side of an area, in their own view."""
        at = text(area, side)
        return self.ui(f"familiarity.{at}") if at in changes.FAMILIARITY else self.ui("not_looked_at")

    def side_rows(self, area: Record, actions: Callable[[str], Sequence[Action]] = lambda side: ()) -> Iterator[Row]:
        """Give the five sides of an area, each with where the person is."""
        for side in changes.SIDES:
            name, at = self.ui(f"side.{side}"), self.side(area, side)
            yield Row(
                at,
                f"side:{side}" if actions(side) else "",
                when=name,
                actions=tuple(actions(side)),
                spoken=self.spoken(name, at),
            )

    def spoken(self, name: str, value: str) -> str:
        """Return a name and what it has as they are heard."""
        from rchrp_goals.plan.text import shown

        said = self.words.ui("sentences.colon", first=saying.begun(name), second=" ".join(shown(value).split()))
        return saying.ended(said)


def _change(change: Callable[..., object], id: str, key: str) -> Callable[[Desk, Answers], Said]:
    """Return a change of one activity that asks nothing; ``key`` names what is said then."""

    def made(desk: Desk, answers: Answers) -> Said:
        change(desk.store, id, desk.clock.now())
        return Said(desk.words.ui(key), f"learning:{id}")

    return made
