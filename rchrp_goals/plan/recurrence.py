"""When a reminder comes: rules of RFC 5545, counted in local days and brought to instants.

A rule is the text of an RRULE without DTSTART; it is counted from a day, ``starts_on``, and each occurrence stands at a
full local hour. ``python-dateutil`` reads and counts it, in days alone: hours, zones and their changes are ours. Loaded
only where something is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache, partial
from itertools import islice, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrule, rrulestr

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.asking import days_after
from rchrp_goals.plan.zones import WEEKDAYS, hour_in

HourAt = Callable[[date, int], datetime]
"""Gives the instant (UTC) of a full hour on a local day: ``in_zone``, or the clock of the machine."""

UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
MOST_AHEAD = 500
"""Occurrences that are looked at, at most, before one is found."""
COMES = 3
"""Instants that a reminder holds: the next one, and the two after it."""

_FINER = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_PLACES = frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"})
_KEYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}) | _PLACES
_MOST_LETTERS = 300
_MOST = 9_999
_SHORTEST_MONTH = 28
_DAY = re.compile(r"(\d{8})(T\d{6}Z?)?")
# What is looked ahead of an instant begins that much before it: a zone is half a day and more away from UTC, quiet hours
# and other weekdays bring an occurrence to a later day.
_BEFORE = timedelta(days=10)
# The years in which it is tried whether a rule ever comes. They end where dateutil stops counting, so that a rule that
# never comes is known soon; any 28 of them hold every shape that a year can have.
_LAST_YEARS, _SHAPES = 9931, 28
# A calendar file looks at each rule many times, and at the same days for every hour of them.
_RULES_IN_MIND = 512


class Rhythm(NamedTuple):
    """How a reminder comes: its rule, the day it is counted from, the hour, the weekdays it may come on (none: any).

    ``quiet`` are the local hours in which nothing comes (``asking.quiet_hours``).
    """

    rule: str
    starts_on: date
    hour: int
    weekdays: tuple[str, ...] = ()
    quiet: frozenset[int] = frozenset()


# Rules


def read_rule(said: str, starts_on: date) -> str:
    """Return a rule as a plan keeps it, counted from ``starts_on``; a day that a month does not have is its last one.

    Raises AnswerRefused: ``rule_not_read``, ``rule_too_often`` for one that is finer than a day, ``rule_never`` for one
    that never comes.
    """
    parts = rule_parts(said)
    if parts is None:
        raise AnswerRefused("rule_not_read")
    if parts["FREQ"] in {"HOURLY", "MINUTELY", "SECONDLY"} or _FINER & parts.keys():
        raise AnswerRefused("rule_too_often")
    if not _is_readable(parts):
        raise AnswerRefused("rule_not_read")
    kept = _with_month_ends(parts, starts_on)
    rule = _written(kept)
    if not _ever_comes(rule, starts_on):
        raise AnswerRefused("rule_never")
    return rule


def every(unit: str, count: int, starts_on: date) -> str:
    """Return the rule for every ``count`` days, weeks, months or years (``day week month year``).

    Raises AnswerRefused ``rule_not_read`` for a count that is none.
    """
    frequency = next(name for name, one in UNITS.items() if one == unit)
    return read_rule(f"FREQ={frequency};INTERVAL={count}", starts_on)


@lru_cache(_RULES_IN_MIND)
def can_count(rule: str) -> bool:
    """Tell whether a rule that stands in a plan can be counted: another program may have written it."""
    parts = rule_parts(rule)
    return parts is not None and not _FINER & parts.keys() and _is_readable(parts)


def restarted(rule: str, starts_on: date) -> str:
    """Return a rule counted from another day: what followed from the old day alone (the end of a month) follows it.

    One that nobody can read stays as it is.
    """
    parts = rule_parts(rule)
    return rule if parts is None else _written(_with_month_ends(_without_month_ends(parts), starts_on))


def simple(rule: str) -> tuple[str, int] | None:
    """Return unit and count of a rule that only says "every so many days, weeks, months, years", else None."""
    parts = rule_parts(rule)
    if parts is None:
        return None
    bare = _without_month_ends(parts)
    is_simple = bare.keys() <= {"FREQ", "INTERVAL", "WKST"} and bare["FREQ"] in UNITS
    return (UNITS[bare["FREQ"]], int(bare.get("INTERVAL", "1"))) if is_simple and _is_readable(bare) else None


def rule_parts(said: str) -> dict[str, str] | None:
    """Return the parts of a rule by their names, in capitals; None where it is no rule."""
    line = "".join(said.split()).upper().removeprefix("RRULE:").strip(";")
    parts: dict[str, str] = {}
    for part in line.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            return None
        parts[name] = value
    return parts if len(line) <= _MOST_LETTERS and "FREQ" in parts else None


# Occurrences


def comes(
    rhythm: Rhythm,
    after: datetime,
    hour_at: HourAt,
    count: int = COMES,
    *,
    not_on: date | None = None,
    until: datetime | None = None,
) -> list[datetime]:
    """Return the next instants after an instant, at most ``count``, none on ``not_on`` or before it.

    An occurrence on another weekday moves to the next allowed day, one in quiet hours to their end; two that fall
    together are one. What comes more than a day or two after ``until`` is not looked for. Fewer come back
    where the rule ends, or where 500 occurrences hold no more.
    """
    parts = rule_parts(rhythm.rule)
    # one that another program wrote may never come, and dateutil would look for it to the end of all days
    if parts is None or not can_count(rhythm.rule) or not _ever_comes(rhythm.rule, rhythm.starts_on):
        return []
    found: dict[datetime, None] = {}
    begin = max(rhythm.starts_on, (after - _BEFORE).date())
    parts = _with_month_ends(parts, rhythm.starts_on)
    start = _nearer(parts, rhythm.starts_on, begin)
    days: Iterable[date] = _days(_written(parts), start, begin)
    if until is not None:  # all of them are wanted, as for other hours of the same days
        days = _days_until(_written(parts), start, begin, days_after(until.date(), 1))
    for day in islice(days, MOST_AHEAD):
        if not_on is not None and day <= not_on:
            continue
        at = moved(day, rhythm.hour, hour_at, rhythm.weekdays, rhythm.quiet)
        if at is not None and at > after:
            found[at] = None
        if len(found) == count:
            break
    return sorted(found)


def moved(
    day: date, hour: int, hour_at: HourAt, weekdays: tuple[str, ...] = (), quiet: frozenset[int] = frozenset()
) -> datetime | None:
    """Return the instant of a day and hour, moved out of the quiet hours and on to an allowed weekday.

    None at the end of all days, where there is no room.
    """
    while hour in quiet and len(quiet) < 24:
        hour += 1
        if hour == 24:
            day, hour = days_after(day, 1), 0
    allowed = [one for one in weekdays if one in WEEKDAYS]
    while allowed and WEEKDAYS[day.weekday()] not in allowed:
        if day == date.max:
            return None
        day = days_after(day, 1)
    try:
        return hour_at(day, hour)
    except (OverflowError, ValueError):
        return None


def in_zone(zone: tzinfo) -> HourAt:
    """Return what gives the instant of a local hour in a zone.

    An hour that comes twice is the first of both. One that does not exist is the next moment that does.
    """
    return partial(hour_in, zone)


@cache
def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone of an IANA name, None where nobody knows it."""
    # looking it up by its name alone would open whatever file the text names
    return ZoneInfo(name) if name in available_timezones() else None


def read_zone(said: str) -> str:
    """Return the IANA name that somebody means, in any capitals, blanks for underlines.

    Raises AnswerRefused ``zone_unknown``.
    """
    wanted = "_".join(said.split()).casefold()
    found = next((name for name in available_timezones() if name.casefold() == wanted), None)
    if found is None:
        raise AnswerRefused("zone_unknown")
    return found


# Parts


def _is_readable(parts: dict[str, str]) -> bool:
    if parts["FREQ"] not in UNITS or not parts.keys() <= _KEYS:
        return False
    numbers = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    if not all(one.isascii() and one.isdigit() and 1 <= int(one) <= _MOST for one in numbers):
        return False
    days = parts.get("BYMONTHDAY", "1").split(",")
    if not all(re.fullmatch(r"[+-]?0?[1-9]|[+-]?[12]\d|[+-]?3[01]", one) for one in days):
        return False
    if "UNTIL" in parts and (_DAY.fullmatch(parts["UNTIL"]) is None or "COUNT" in parts):
        return False
    try:
        rrulestr(_written(_in_days(parts)), dtstart=datetime.combine(date(2026, 1, 1), time()))
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
    ):  # whatever dateutil thinks of it
        return False
    return True


def _in_days(parts: dict[str, str]) -> dict[str, str]:
    """Return a rule as it is counted, in days alone: the last day counts whole."""
    return {**parts, "UNTIL": parts["UNTIL"][:8]} if "UNTIL" in parts else parts


def _written(parts: dict[str, str]) -> str:
    kept = {name: value for name, value in parts.items() if (name, value) != ("INTERVAL", "1")}
    return ";".join(f"{name}={value}" for name, value in kept.items())


def _with_month_ends(parts: dict[str, str], starts_on: date) -> dict[str, str]:
    """Return a rule that names the last day of a month where its own day is missing there; RFC 5545 leaves it out."""
    frequency, places = parts["FREQ"], _PLACES & parts.keys()
    day = starts_on.day
    named = parts.get("BYMONTHDAY", "")
    if frequency == "MONTHLY" and places == {"BYMONTHDAY"} and named.isdigit():
        day, places = int(named), frozenset()
    if frequency == "YEARLY" and places == {"BYMONTH", "BYMONTHDAY"} and (parts["BYMONTH"], named) == ("2", "29"):
        return {**parts, "BYMONTHDAY": "28,29", "BYSETPOS": "-1"}
    if places or not _SHORTEST_MONTH < day <= 31:
        return parts
    days = {"BYMONTHDAY": ",".join(str(one) for one in range(_SHORTEST_MONTH, day + 1)), "BYSETPOS": "-1"}
    if frequency == "MONTHLY":
        return {**parts, **days}
    if frequency == "YEARLY" and (starts_on.month, starts_on.day) == (2, 29):
        return {**parts, "BYMONTH": "2", **days}
    return parts


def _without_month_ends(parts: dict[str, str]) -> dict[str, str]:
    is_ours = parts.get("BYSETPOS") == "-1" and parts.get("BYMONTHDAY") in {"28,29", "28,29,30", "28,29,30,31"}
    own = {"MONTHLY": {"BYMONTHDAY", "BYSETPOS"}, "YEARLY": {"BYMONTHDAY", "BYSETPOS", "BYMONTH"}}.get(parts["FREQ"])
    if not is_ours or own is None or _PLACES & parts.keys() != own:
        return parts
    return {name: value for name, value in parts.items() if name not in own}


@lru_cache(_RULES_IN_MIND)
def _ever_comes(rule: str, starts_on: date) -> bool:
    """Tell whether a rule comes at all, within some decades: tried in years of the same shape, near the end of counting."""
    parts = rule_parts(rule) or {}
    bare = {name: value for name, value in parts.items() if name not in {"COUNT", "UNTIL"}}
    year = next(
        one
        for one in range(_LAST_YEARS, _LAST_YEARS + _SHAPES)
        if (one % 4, date(one, 1, 1).weekday()) == (starts_on.year % 4, date(starts_on.year, 1, 1).weekday())
    )
    begin = datetime.combine(date(year, starts_on.month, starts_on.day), time())
    first = next(iter(_rule_of(bare, begin)), None)
    if first is None:
        return False
    until = _DAY.fullmatch(parts.get("UNTIL", ""))
    on = days_after(starts_on, (first - begin).days)
    return until is None or on.strftime("%Y%m%d") <= until[1]


def _days(rule: str, start: date, begin: date) -> Iterator[date]:
    """Give the local days of a rule, as ``_written`` gives it, that is counted from ``start``: those from ``begin`` on."""
    for at in _rule_of(dict(part.split("=", 1) for part in rule.split(";")), datetime.combine(start, time())):
        if at.date() >= begin:
            yield at.date()


@lru_cache(_RULES_IN_MIND)
def _days_until(rule: str, start: date, begin: date, last: date) -> tuple[date, ...]:
    """Return the local days of a rule as ``_days`` gives them, up to the last one, 500 at most."""
    return tuple(takewhile(lambda day: day <= last, islice(_days(rule, start, begin), MOST_AHEAD)))


def _nearer(parts: dict[str, str], starts_on: date, begin: date) -> date:
    """Return a later day to count from where it gives the same days: one that began long ago is not counted through."""
    length = {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"])
    if length is None or "COUNT" in parts:
        return starts_on
    period = length * int(parts.get("INTERVAL", "1"))
    # two whole periods stay, for rules that choose among the days of one
    periods = max(0, (begin - starts_on).days // period - 2)
    return starts_on + timedelta(days=periods * period)


def _rule_of(parts: dict[str, str], begin: datetime) -> rrule:
    found = rrulestr(_written(_in_days(parts)), dtstart=begin)
    assert isinstance(found, rrule)
    return found
