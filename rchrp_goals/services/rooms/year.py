"""The year, as a page: one's own path in words and one strip of months, for oneself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rchrp_goals.services import saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.learning_hours import hours_said
from rchrp_goals.services.paper_year import event_when
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section, Strip
from rchrp_goals.services.rooms.sheets import keep_action
from rchrp_goals.services.year import (
    KINDS,
    Event,
    Kind,
    Year,
    events_of,
    learned_said,
    month_name,
    month_said,
    note_said,
    span_of,
    span_said,
    strip_said,
    year_of,
    years_of,
)

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

AT_ONCE = 12
"""Rows of one kind that stand there at first."""
_TWELVE = "twelve"
"""Stands for no calendar year where something has to be chosen."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page; ``place.id`` is a calendar year, else it is of the last twelve months. Raises ProblemError."""
    plan, words, today = desk.store.read(), desk.words, desk.clock.today()
    span = span_of(place.id, today)
    events = events_of(plan.tables, words, today)
    year = year_of(plan.tables, events, today, span)
    choose = _choose(years_of(events), place.id, words)
    sections = tuple(_sections(year, words, choose)) or (Section(empty=words.ui("year.empty")),)
    return RoomView(
        place,
        words.ui("year.title_of", span=span_said(span, words)),
        about=words.ui("year.for_me") if year.events else "",
        sections=sections,
        actions=(*choose, keep_action(desk, "year", span)) if year.events else choose,
        closing=words.ui("year.closing") if year.events else "",
        day=short_date(today, today, words),
        language=words.language,
    )


def _sections(year: Year, words: Words, choose: tuple[Action, ...]) -> Iterator[Section]:
    if not year.events:
        return
    by_month = year.by_month()
    marks = tuple((month_name(one, words, is_short=True), bool(found)) for one, found in by_month.items())
    yield Section(
        words.ui("year.months"), (Row(strip_said(year, words), "months", picture=Strip(marks), actions=choose),)
    )
    named = tuple(
        Row(month_said(found, words), when=saying.begun(month_name(one, words)))
        for one, found in by_month.items()
        if found
    )
    yield Section("", named, when_first=True)
    for kind in KINDS:
        found = year.of(kind)
        if found:
            rows = tuple(_row(one, number, year, words) for number, one in enumerate(found))
            about = _beside(kind, found, year, words)
            yield Section(words.ui(f"year.heading.{kind}"), rows, about=about, when_first=True, at_once=AT_ONCE)


def _row(one: Event, number: int, year: Year, words: Words) -> Row:
    actions = (Action("thing.open", place=one.place),) if one.place is not None else ()
    key = f"{one.kind}:{number}" if actions else ""
    return Row(one.text, key, when=event_when(one, year, words), note=note_said(one, words), actions=actions)


def _beside(kind: Kind, found: list[Event], year: Year, words: Words) -> str:
    if kind != "learned":
        return ""
    said = [learned_said(found, words)]
    if year.supervision:
        said.append(words.ui("year.supervision", hours=hours_said(year.supervision, words)))
    return " ".join(one for one in said if one)


def _choose(years: list[int], id: str, words: Words) -> tuple[Action, ...]:
    """Return what chooses another span; nothing where there is none."""
    options = [Option(_TWELVE, words.ui("year.last_twelve")), *(Option(str(one), str(one)) for one in years)]
    options = [one for one in options if one.id != (id or _TWELVE)]
    if not options:
        return ()

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        chosen = str(answers["span"])
        return Said("", place=Place("year", "" if chosen == _TWELVE else chosen))

    ask = Ask("span", "choice", words.ui("year.choose_label"), options=tuple(options))
    return (Action("year.choose", change=change, asks=(ask,), title=words.ui("year.choose_title")),)
