"""Values over time: every statement with its own road through all sessions, in words and dots."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rchrp_goals.content import Words
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.room import Action, Dots, Legend, Place, RoomView, Row, Section
from rchrp_goals.services.values_changes import Name
from rchrp_goals.services.values_roads import Moved, Road, moved, roads, stop_names
from rchrp_goals.services.values_rows import STATEMENT, covered_view, id_of, key_of, say
from rchrp_goals.services.values_view import in_order, named_with_day, where

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page of all roads. Raises ProblemError."""
    tables, words, today = desk.store.read().tables, desk.words, desk.clock.today()
    title = _ui(words, "title")
    cover = cover_of(desk, tables)
    if cover is not None:
        return covered_view(place, cover, words, title, today)
    sessions = in_order(tables)
    names = stop_names(sessions, words, today)
    found = roads(tables)
    asked_about = {one.road.name for one in moved(tables)}
    going = [road for road in found if not road.is_ended]
    ended = [road for road in found if road.is_ended]
    sections = [Section(_ui(words, "heading"), _rows(going, names, words, asked_about), empty=say(words, "empty"))]
    if going:
        sections = [_with_legend(sections[0], sessions, words, today)]
    if ended:
        rows = _rows(ended, names, words, asked_about)
        sections.append(Section(_ui(words, "ended"), rows, about=_ui(words, "ended_about")))
    return RoomView(
        place,
        title,
        about=_ui(words, "about") if found else "",
        sections=tuple(sections),
        closing=say(words, "closing") if found else "",
        day=short_date(today, today, words),
        language=words.language,
    )


def way_of(found: Sequence[Moved]) -> Place:
    """Return where one looks at what moved: the one statement's page, or the page of all."""
    return Place(STATEMENT, id_of(found[0].road.name)) if len(found) == 1 else Place("values.over_time")


def _with_legend(section: Section, sessions: Sequence[Record], words: Words, today: date) -> Section:
    named = words.ui("sentences.semicolon").join(named_with_day(one, sessions, words, today) for one in sessions)
    first, last, both, between = (_ui(words, f"mark.{name}") for name in ("first", "last", "both", "between"))
    legend = Legend(first, last, both, _ui(words, "sessions", n=len(sessions), sessions=named), between)
    return Section(section.heading, section.rows, legend=legend)


def _rows(
    found: Sequence[Road], names: Mapping[str, str], words: Words, asked_about: Collection[Name]
) -> tuple[Row, ...]:
    return tuple(
        Row(
            road.text,
            key_of(road.name),
            picture=road_picture(road, words),
            said=road_said(road, names, words),
            note=_ui(words, "may_follow") if road.name in asked_about else "",
            actions=(Action("thing.open", place=Place(STATEMENT, id_of(road.name))),),
        )
        for road in found
    )


def road_picture(road: Road, words: Words) -> Dots:
    """Return a road as a picture: where it began and where it is now, and the places between."""
    places = [stop.place for stop in road.stops]
    is_one = len(places) == 1
    between = tuple(place for place in places[1:-1] if place is not None)
    then = None if is_one else places[0]
    return Dots(then, places[-1], say(words, "low_high.low"), say(words, "low_high.high"), between)


def road_said(road: Road, names: Mapping[str, str], words: Words) -> str:
    """Return a road in words, session by session; the words of the line stand with the newest place."""
    said = []
    for stop in road.stops:
        name = names[text(stop.session, "id")]
        said.append(where(name, stop.place, words, in_words=stop is road.stops[-1]))
        if stop.holds != stop.place:
            said.append(say(words, "put_right_to", side=name, n=stop.holds))
    places = road.places
    if len(places) > 1 and len(places) == len(road.stops) and len(set(places)) == 1:
        said.append(say(words, "stayed"))
    return " ".join(said)


def _ui(words: Words, key: str, **values: object) -> str:
    return words.ui(f"over_time.{key}", **values)
