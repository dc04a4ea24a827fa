"""How a renewal stands, in rows: a bar for the hours in all, one for each minimum and supervision; the rest in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.plan.renewal import Ledger, Window
from rchrp_goals.services import saying
from rchrp_goals.services.learning_hours import figures, hours_said
from rchrp_goals.services.room import Bar, Row

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.renewal import Renewal

TITLES_AT_ONCE = 3
"""Titles that are named in one sentence."""


class Hours(NamedTuple):
    """One line of a ledger: its name, the minutes that are done, and those that the rule asks (0: it asks none)."""

    name: str
    done: int
    wanted: int


def lines(found: Ledger, words: Words) -> list[Hours]:
    """Return the lines of a ledger: in all, each minimum, and supervision where there is any or the rule asks for it."""
    said = [Hours(words.ui("renewal_room.in_all"), found.done, found.rule.total)]
    said += [Hours(saying.plain_text(one.name), one.done, one.wanted) for one in found.categories]
    if found.supervision or found.rule.supervision:
        said.append(Hours(words.ui("renewal_room.supervision"), found.supervision, found.rule.supervision))
    return said


def bars(found: Ledger, words: Words) -> Iterator[Row]:
    """Give a row for each line: a bar with its figures, or the hours alone where the rule asks for none."""
    for one in lines(found, words):
        if not one.wanted:
            done = hours_said(one.done, words)
            yield Row(one.name, note=done, spoken=_spoken(one.name, done, words))
            continue
        said = words.ui("learning_room.hours.part", part=figures(one.done), whole=figures(one.wanted))
        aloud = words.ui("renewal_room.of", part=hours_said(one.done, words), whole=figures(one.wanted))
        # a bar is no longer than the whole; the figures beside it are
        picture = Bar(min(one.done, one.wanted), one.wanted)
        yield Row(one.name, picture=picture, said=said, spoken=_spoken(one.name, aloud, words))


def in_words(found: Ledger, titles: dict[str, str], words: Words) -> Iterator[str]:
    """Give what the bars cannot say, each a sentence or two: what is still open, what is planned, what has no category.

    ``titles``: an activity's id to its title.
    """
    yield from _open(found, words)
    if found.planned:
        yield words.ui("renewal_room.planned", hours=hours_said(found.planned, words))
    named = [saying.phrase(titles[id]) for id in found.without_category if titles.get(id)]
    if named:
        key = "without" if len(named) <= TITLES_AT_ONCE else "without_and_more"
        yield words.ui(f"renewal_room.{key}", titles=words.ui("sentences.semicolon").join(named[:TITLES_AT_ONCE]))


def _open(found: Ledger, words: Words) -> Iterator[str]:
    asks_hours = bool(found.rule.total or found.rule.minima)
    parts = [
        words.ui("renewal_room.open_of", hours=hours_said(one.open, words), name=saying.phrase(one.name))
        for one in found.categories
        if one.open
    ]
    if found.any_open and found.categories:
        parts.append(words.ui("renewal_room.open_any", hours=hours_said(found.any_open, words)))
    if found.open:
        said = words.ui("renewal_room.open", hours=hours_said(found.open, words))
        more = words.ui("renewal_room.open_parts", parts=saying.listed(parts, words)) if parts else ""
        yield f"{said} {more}".strip()
    elif asks_hours:
        yield words.ui("renewal_room.nothing_open")
    if found.supervision_open:
        yield words.ui("renewal_room.supervision_open", hours=hours_said(found.supervision_open, words))
    elif found.rule.supervision:
        yield words.ui("renewal_room.supervision_done")


def window_said(renewal: Renewal, today: date, words: Words) -> str:
    """Return the days of this cycle as a sentence; where it cannot be known, that."""
    if renewal.window is None:
        return words.ui("renewal_room.no_window")
    key = "window_ahead" if today < renewal.window.first else "window"
    first, last = days_said(renewal.window, today, words)
    return words.ui(f"renewal_room.{key}", first=first, last=last)


def days_said(window: Window, today: date, words: Words) -> tuple[str, str]:
    """Return the first and the last day of a window, each with its year."""
    is_short = not words.is_heard
    first, last = (
        saying.day_words(on, today, words, with_weekday=False, with_year=True, is_short=is_short)
        for on in (window.first, window.last)
    )
    return first, last


def _spoken(name: str, value: str, words: Words) -> str:
    return words.ui("sentences.colon", first=saying.begun(name), second=value) + "."
