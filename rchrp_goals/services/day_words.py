"""Days in words, and words as days, in the languages that the app speaks."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from rchrp_goals import content
from rchrp_goals.content import Words
from rchrp_goals.plan import dates
from rchrp_goals.plan.dates import DateWords, Reading
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.saying import day_words


@cache
def date_words() -> DateWords:
    """Return the date words of all languages: whatever the interface speaks, both are understood."""
    return DateWords.from_tables({language: content.table(language, "dates") for language in content.LANGUAGES})


def read_day(text: str, today: date, preferred: str | None = None, *, is_behind: bool = False) -> Reading:
    """Read a day as people write it: no date, one, or two where it reads two ways; ``is_behind``: the last such day."""
    found = dates.read_date(text, today, date_words(), preferred=preferred)
    return dates.behind(found, text, today) if is_behind else found


def full_date(day: date, words: Words) -> str:
    """Return ``Tuesday 1 December 2026`` in the words' language."""
    return dates.full(day, content.table(words.language, "dates"))


def short_date(day: date, today: date, words: Words) -> str:
    """Return ``Thu 26 Nov``, with the year where it is another; read aloud ``Thursday 26 November``."""
    if words.is_heard:
        return day_words(day, today, words)
    return dates.short(day, today, content.table(words.language, "dates"))


def near_date(day: date, today: date, words: Words) -> str:
    """Return ``today``, ``tomorrow``, or the day in short; read aloud in full."""
    if words.is_heard and not today <= day <= today + timedelta(days=1):
        return day_words(day, today, words)
    return dates.near(day, today, content.table(words.language, "dates"))


def remember_date_order(desk: Desk, kind: str) -> None:
    """Keep whether day or month came first, where the person chose between two readings of numbers."""
    if kind in {"day_month", "month_day"}:
        from rchrp_goals.store.settings import write_settings

        desk.settings = write_settings(desk.places, date_order=kind)
