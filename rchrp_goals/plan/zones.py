"""When the clocks of a zone go forward and back, as rules that repeat each year: what RFC 5545 puts into a VTIMEZONE.

``zoneinfo`` tells the offset of any moment and nothing of the rule behind it, so the rule is found from the changes of
thirteen years: in as many every weekday's rule has used each of its seven days. A zone whose changes follow no such rule
(those of the moon, as in Morocco or Gaza) has none here.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import NamedTuple

YEARS = 13
"""The year before the first one that is wanted, that one, and those after it."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of a week as RFC 5545 names them."""
_MINUTE = timedelta(minutes=1)


class Onset(NamedTuple):
    """From when on an offset holds: ``starts`` on the clock that went until then, and each year by ``rule``.

    ``rule`` is an RRULE, empty where the offset never changes. ``is_summer``: the clock goes ahead of the usual one.
    """

    starts: datetime
    before: timedelta
    after: timedelta
    name: str
    rule: str = ""
    is_summer: bool = False


class _Change(NamedTuple):
    at: datetime
    before: timedelta
    after: timedelta
    name: str


@cache
def onsets_of(zone: tzinfo, year: int) -> tuple[Onset, ...] | None:
    """Return what the clocks of a zone do from the year before ``year`` on; None where no yearly rule says it.

    ``year`` lies between 2 and 9980.
    """
    first = year - 1
    changes = list(_changes(zone, first, first + YEARS))
    if not changes:
        at = datetime(first, 1, 1, tzinfo=UTC)
        offset, long_ago = _offset(zone, at), datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
        return (Onset(long_ago, offset, offset, _name(zone, at)),)
    found = [_onset(group, first) for group in _groups(changes)]
    whole = tuple(one for one in found if one is not None)
    return whole if len(whole) == len(found) == 2 else None


def hour_in(zone: tzinfo | None, day: date, hour: int) -> datetime:
    """Return the instant of a full hour on a day, on the clock of a zone, or of this machine (None).

    An hour that comes twice is the first of both. One that does not exist is the next moment that does: by itself the
    machine's clock would give an hour before it, at midnight on the day before. Raises OverflowError or ValueError at the
    ends of all days.
    """
    local = datetime.combine(day, time(hour))
    early, late = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late:  # no change of the clocks is near
        return early
    first, second = min(early, late), max(early, late)
    if first.astimezone(zone).replace(tzinfo=None, fold=0) == local:
        return first
    return _first_after_gap(first, second, zone)


def plain_instant(local: datetime, zone: tzinfo) -> datetime | None:
    """Return the instant of an hour on the clock of a zone (naive); None where it is in a gap, or is there twice."""
    at = local.replace(tzinfo=zone, fold=0)
    offset = at.utcoffset()
    if offset is None or at.replace(fold=1).utcoffset() != offset:
        return None
    return (local - offset).replace(tzinfo=UTC)


def _groups(changes: list[_Change]) -> list[list[_Change]]:
    groups: dict[tuple[timedelta, timedelta], list[_Change]] = {}
    for change in changes:
        groups.setdefault((change.before, change.after), []).append(change)
    return list(groups.values())


def _onset(changes: list[_Change], first: int) -> Onset | None:
    """Return the yearly rule of changes from one offset to another; None where they follow none."""
    local = [(change.at + change.before).replace(tzinfo=None) for change in changes]
    if [at.year for at in local] != list(range(first, first + YEARS)):
        return None
    if len({(at.month, at.weekday(), at.time()) for at in local}) != 1:
        return None
    days = _days([at.date() for at in local])
    if not days:
        return None
    start, change = local[0], changes[0]
    rule = f"FREQ=YEARLY;BYMONTH={start.month};{days}"
    return Onset(start, change.before, change.after, change.name, rule, is_summer=change.after > change.before)


def _days(days: list[date]) -> str:
    """Return which day of its month it is, for days of one weekday: the second, the last, or the first from a day on."""
    weekday = WEEKDAYS[days[0].weekday()]
    places = {(day.day - 1) // 7 + 1 for day in days}
    if len(places) == 1:
        return f"BYDAY={places.pop()}{weekday}"
    if all(day.day + 7 > calendar.monthrange(day.year, day.month)[1] for day in days):
        return f"BYDAY=-1{weekday}"
    least, most = min(day.day for day in days), max(day.day for day in days)
    if most - least != 6:
        return ""
    return f"BYDAY={weekday};BYMONTHDAY={','.join(str(day) for day in range(least, most + 1))}"


def _changes(zone: tzinfo, first: int, end: int) -> Iterator[_Change]:
    """Give each change of the offset from the beginning of one year to that of another."""
    at, stop = datetime(first, 1, 1, tzinfo=UTC), datetime(end, 1, 1, tzinfo=UTC)
    before = _offset(zone, at)
    while at < stop:
        following = at + timedelta(days=1)
        after = _offset(zone, following)
        if after != before:
            moment = _moment(zone, at, following, before)
            yield _Change(moment, before, after, _name(zone, moment))
        at, before = following, after


def _moment(zone: tzinfo, low: datetime, high: datetime, before: timedelta) -> datetime:
    """Return the first moment, to the minute, at which the offset is another one."""
    while high - low > _MINUTE:
        middle = low + ((high - low) // _MINUTE // 2) * _MINUTE
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _name(zone: tzinfo, at: datetime) -> str:
    return at.astimezone(zone).tzname() or ""


def _first_after_gap(early: datetime, late: datetime, zone: tzinfo | None) -> datetime:
    """Return the moment in which a zone's clocks jump, to the second, between two instants around it."""
    before = early.astimezone(zone).utcoffset()
    low, high = int(early.timestamp()), int(late.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, UTC).astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def weekdays_of(value: object) -> tuple[str, ...]:
    """Return the days of the week (``MO`` and so on) of a field that lists them; what is none is left out."""
    return tuple(one for one in value if one in WEEKDAYS) if isinstance(value, list) else ()
