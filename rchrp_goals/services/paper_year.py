"""The sheet of a year: one's own path on one page, in words and one strip. It is for whoever wrote it, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rchrp_goals.content import Words
from rchrp_goals.export.paper import Block, Fact, Facts, Paper, Part, Say, Strip
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.services import saying
from rchrp_goals.services.learning_hours import hours_said
from rchrp_goals.services.year import (
    BY_MONTH,
    KINDS,
    Event,
    Kind,
    Span,
    Year,
    events_of,
    learned_said,
    month_name,
    month_said,
    note_said,
    span_said,
    strip_said,
    year_of,
)

MOST: dict[Kind, int] = {"finished": 8, "let_go": 6, "learned": 10, "step": 10, "values": 6, "check_in": 12}
"""How many of each stand on the sheet, so that it stays one page; the rest is said in a line."""


def year_paper(tables: glance.Tables, words: Words, today: date, span: Span) -> Paper:
    """Return the sheet of a span."""
    year = year_of(tables, events_of(tables, words, today), today, span)
    person = next(iter(glance.standing(tables, "person")), {})
    name = saying.plain_text(text(person, "name"))
    opening: list[Block] = [Say(words.ui("year.for_me"), is_quiet=True)]
    if name:
        opening.insert(0, Say(name))
    if not year.events:
        opening.append(Say(words.ui("year.empty")))
    return Paper(
        "year",
        words.language,
        words.ui("year.title"),
        span_said(span, words),
        tuple(opening),
        tuple(_parts(year, words)),
        (words.ui("year.closing"),) if year.events else (),
        words.ui("plan_page.page"),
    )


def _parts(year: Year, words: Words) -> Iterator[Part]:
    if not year.events:
        return
    is_long, by_month = year.span.is_long, year.by_month()
    blocks: list[Block] = []
    if not is_long:
        marks = tuple((month_name(one, words, is_short=True), bool(found)) for one, found in by_month.items())
        blocks.append(Strip(marks, strip_said(year, words)))
    facts = tuple(
        Fact(saying.begun(month_name(one, words, with_year=is_long)), month_said(found, words))
        for one, found in by_month.items()
        if found
    )
    yield Part(words.ui("year.months"), (*blocks, Facts(facts)))
    for kind in KINDS:
        found = year.of(kind)
        if found:
            yield Part(words.ui(f"year.heading.{kind}"), tuple(_blocks(kind, found, year, words)))


def _blocks(kind: Kind, found: list[Event], year: Year, words: Words) -> Iterator[Block]:
    # the newest of very many: they are what one remembers
    shown = found[-MOST[kind] :]
    said = []
    if kind == "learned":
        said.append(learned_said(found, words))
        said.append(words.ui("year.supervision", hours=hours_said(year.supervision, words)) if year.supervision else "")
    if len(found) > len(shown):
        said.append(words.ui("year.more", n=len(found) - len(shown)))
    if any(said):
        yield Say(" ".join(one for one in said if one), is_quiet=True)
    yield Facts(tuple(_fact(one, year, words) for one in shown))


def _fact(one: Event, year: Year, words: Words) -> Fact:
    when = event_when(one, year, words)
    if one.minutes:  # short: it goes on the same line
        return Fact(when, words.ui("sentences.comma").join((one.text, note_said(one, words))))
    return Fact(when, one.text, one.note)


def event_when(one: Event, year: Year, words: Words) -> str:
    """Return when something happened: its day, or the month of what has no day of its own."""
    if one.kind in BY_MONTH:
        return saying.begun(month_name(one.on, words, is_short=not words.is_heard, with_year=year.span.is_long))
    near = year.span.end if year.span.is_long else one.on
    return saying.day_words(one.on, near, words, with_weekday=False, is_short=not words.is_heard)
