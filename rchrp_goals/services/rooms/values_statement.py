"""One statement over time: each session with where somebody stood and why; and what may follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.content import Words
from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying, values_changes
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.room import Action, Ask, Dots, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.values_changes import Name
from rchrp_goals.services.values_roads import Moved, Road, Stop, goals_of, moved, roads, served
from rchrp_goals.services.values_rows import (
    SESSION,
    Held,
    actions_for,
    covered_view,
    details_of,
    id_of,
    name_of_id,
    put_right_said,
    say,
)
from rchrp_goals.services.values_view import (
    Tables,
    day_words,
    entered_words,
    in_order,
    is_day_one,
    named_with_day,
)

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]


def read(desk: Desk, place: Place) -> RoomView:
    """Read a statement's page. Raises ProblemError ``not_there`` where no session holds it."""
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    title, name = _ui(words, "title_one"), name_of_id(place.id)
    found = roads(tables)
    road = next((one for one in found if one.name == name), None)
    if road is None:
        raise ProblemError("not_there")
    cover = cover_of(desk, tables)
    if cover is not None:
        return covered_view(place, cover, words, title, today)
    offer = next((one for one in moved(tables) if one.road.name == name), None)
    page = _Page(tables, road, words, today)
    return RoomView(
        place,
        road.text,
        about=_ui(words, "is_ended") if road.is_ended else "",
        card_heading=_ui(words, "follow.heading") if offer is not None else "",
        card=page.card(offer) if offer is not None else None,
        sections=(
            Section(_ui(words, "each_session"), tuple(page.rows())),
            *page.other_meanings(found),
            Section(_ui(words, "goals"), tuple(page.goal_rows()), empty=_ui(words, "no_goals")),
        ),
        actions=page.link_actions() if offer is None else (),
        closing=say(words, "closing"),
        day=short_date(today, today, words),
        language=words.language,
    )


class _Page:
    """A road in words, made from the tables of a plan."""

    def __init__(self, tables: Tables, road: Road, words: Words, today: date) -> None:
        self.tables, self.road, self.words, self.today = tables, road, words, today
        self.sessions = in_order(tables)
        self.linked = goals_of(tables, road.name)

    def rows(self) -> Iterator[Row]:
        """Give each session of the road, the earliest first."""
        for stop in self.road.stops:
            yield self._row(stop)

    def _row(self, stop: Stop) -> Row:
        words = self.words
        held = Held(stop.session, stop.placement, "")
        name = named_with_day(stop.session, self.sessions, words, self.today)
        at = say(words, "passed") if stop.place is None else saying.at(stop.place, words)
        said = " ".join([at, *put_right_said(stop.corrections, "", words)])
        beside = [
            f"{label} {given}" for label, given in details_of(self.tables, held, stop.corrections, words, self.today)
        ]
        shown = saying.plain_text(text(stop.placement, "text"))
        if shown != self.road.text:
            beside.insert(0, words.ui("sentences.colon", first=_ui(words, "in_these_words"), second=shown))
        entered = entered_words(stop.session, words, self.today)
        if not day_words(stop.session, words, self.today):
            entered = words.ui("sentences.semicolon").join((say(words, "session.no_day"), entered))
        then, now = (stop.place, None) if is_day_one(stop.session) else (None, stop.place)
        spoken = [name, entered, said, *beside]
        return Row(
            name,
            f"values:{text(stop.session, 'id')}",
            when=entered,
            is_strong=True,
            picture=Dots(then, now, say(words, "low_high.low"), say(words, "low_high.high")),
            said=said,
            note="\n".join(beside),
            actions=(
                *actions_for([held], words, self.today),
                Action("thing.open", place=Place(SESSION, text(stop.session, "id")), words=_ui(words, "open_session")),
            ),
            spoken=" ".join(saying.ended(saying.begun(one)) for one in spoken),
        )

    def other_meanings(self, found: Sequence[Road]) -> Iterator[Section]:
        """Give the roads of the same statement with another meaning, where there are any."""
        name = self.road.name
        rows = tuple(
            Row(one.text, f"meaning:{one.name.meaning}", actions=(self._open(one.name),))
            for one in found
            if one.name.statement == name.statement and one.name != name
        )
        if rows:
            yield Section(_ui(self.words, "other_meaning"), rows)

    def _open(self, name: Name) -> Action:
        return Action("thing.open", place=Place("values.statement", id_of(name)))

    # ------------------------------------------------------------------ what may follow

    def card(self, offer: Moved) -> Row:
        """Return the question whether a goal wants to follow, with its answers."""
        words = self.words

        def begin(desk: Desk, answers: Answers) -> Said:
            values_changes.answer_follow(desk, offer.asked, is_passed=False)
            return Said("", conversation="goals")

        def leave(desk: Desk, answers: Answers) -> Said:
            values_changes.answer_follow(desk, offer.asked, is_passed=True)
            return Said(_ui(desk.words, "follow.said_left"))

        actions = (
            Action("values.follow_goal", change=begin),
            *self.link_actions(offer),
            Action("values.no_follow", change=leave),
        )
        said = _ui(words, "follow.text", then=offer.then, now=offer.now)
        return Row(said, "follow", note=_ui(words, "follow.note"), actions=actions)

    def link_actions(self, offer: Moved | None = None) -> tuple[Action, ...]:
        """Return what links a goal with this statement; nothing where there is no goal that is not linked yet."""
        taken = {goal["id"] for goal in self.linked}
        open_goals = [goal for goal in glance.goals_in_order(self.tables) if goal["id"] not in taken]
        options = tuple(
            Option(goal["id"], saying.plain_text(goal["title"]), self._state(goal))
            for goal in open_goals
            if goal["state"] not in {"done", "let_go"}
        )
        if not options:
            return ()
        name, asked = self.road.name, offer.asked if offer is not None else ""

        def link(desk: Desk, answers: Answers) -> Said:
            values_changes.link_goal(desk, str(answers["goal"]), served(name), asked)
            return Said(_ui(desk.words, "link.said"), f"goal:{answers['goal']}")

        ask = Ask("goal", "choice", _ui(self.words, "link.label"), options=options)
        title = _ui(self.words, "link.title")
        return (Action("values.link", change=link, asks=(ask,), title=title, about=self.road.text),)

    def _state(self, goal: Record) -> str:
        return "" if goal["state"] == "active" else self.words.enum("goal_state", goal["state"])

    def goal_rows(self) -> Iterator[Row]:
        """Give the goals that somebody linked with this statement."""
        for goal in self.linked:
            actions = (
                Action("thing.open", place=Place("goals.one", goal["id"])),
                Action("values.unlink", partial(_unlink, goal["id"], served(self.road.name))),
            )
            title = saying.plain_text(goal["title"])
            yield Row(title, f"goal:{goal['id']}", when=self._state(goal), actions=actions)


def _unlink(goal: str, name: str, desk: Desk, answers: Answers) -> Said:
    values_changes.unlink_goal(desk, goal, name)
    return Said(_ui(desk.words, "link.taken"))


def _ui(words: Words, key: str, **values: object) -> str:
    return words.ui(f"over_time.{key}", **values)
