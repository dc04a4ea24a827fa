"""When a thing asks for a hand, and when nothing does: three times, then once whether it is still useful, then never.

Standard library only: ``due.tsv``, Home and the digest know it without reckoning a rule. Nothing is written for it: an
answer moves the day from which it counts, and a pause counts as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from rchrp_goals.plan.lenient import Record, day

TIMES = 3
"""How often a thing asks before it is asked whether it is still useful."""
HOURS = 24


class Asking(NamedTuple):
    """The days on which a thing asks, the day on which it is asked whether it is useful, and from when it is silent."""

    days: tuple[date, ...]
    still_on: date
    silent_from: date


class Rest(NamedTuple):
    """When nothing reaches out: before ``until`` (a local date, the day on which all is back), and in these local hours."""

    until: date | None = None
    hours: frozenset[int] = frozenset()

    def is_paused(self, today: date) -> bool:
        """Tell whether all reminders rest today."""
        return self.until is not None and today < self.until


def asking(came: date, not_before: Iterable[date | None] = (), following: Iterable[date] = ()) -> Asking:
    """Return when a thing asks that came on a day.

    ``not_before``: days until which it was put off or all was paused. ``following``: the days after it on which a thing
    that repeats comes again; where there are fewer than two of them, the next days stand in.
    """
    start = max([came, *(one for one in not_before if one is not None)])
    days = [start, *sorted({one for one in following if one > start})][:TIMES]
    while len(days) < TIMES:
        days.append(days_after(days[-1], 1))
    return Asking(tuple(days), days_after(days[-1], 1), days_after(days[-1], 2))


def rest_of(settings: Record) -> Rest:
    """Return when nothing reaches out, from the record of ``reminder_settings``; what is none of it reads as absent."""
    return Rest(day(settings, "pause_until"), quiet_hours(settings.get("quiet_from"), settings.get("quiet_to")))


def quiet_hours(first: object, end: object) -> frozenset[int]:
    """Return the hours from ``first`` up to ``end``, over midnight too; none where one is no hour or both are the same."""
    begin, stop = hour_of(first), hour_of(end)
    if begin is None or stop is None:
        return frozenset()
    return frozenset((begin + passed) % HOURS for passed in range((stop - begin) % HOURS))


def days_after(on: date, count: int) -> date:
    """Return a later day; the last of all days stays the last."""
    return on + timedelta(days=min(count, (date.max - on).days))


def hour_of(value: object) -> int | None:
    """Return a value that is an hour of the day, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < HOURS else None
