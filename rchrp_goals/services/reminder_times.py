"""When a reminder comes: its record, reckoned anew after what was answered or changed. No plan is read or changed here.

``hour_at`` everywhere is the machine's clock, for a reminder without a zone of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan.asking import Rest
from rchrp_goals.plan.lenient import day, instant, instant_text, text
from rchrp_goals.plan.zones import weekdays_of

if TYPE_CHECKING:
    from rchrp_goals.plan.recurrence import HourAt

Record = dict[str, Any]

HOUR = 9
"""The local hour of a reminder where the person chose no other."""
_A_MOMENT = timedelta(microseconds=1)


def reckoned(record: Record, rest: Rest, after: datetime, hour_at: HourAt, *, not_on: date | None = None) -> Record:
    """Return a reminder with the instants at which it comes after an instant; off where it comes no more.

    ``not_on``: a day on which, and before which, it does not come.
    """
    from rchrp_goals.plan import recurrence

    found: list[datetime] = []
    record, hour_at = dated(record, hour_at), zoned(record, hour_at)
    on, hour, rule = day(record, "starts_on"), record.get("hour"), text(record, "rule")
    if on is not None and isinstance(hour, int):
        weekdays = weekdays_of(record.get("weekdays"))
        if rule:
            rhythm = recurrence.Rhythm(rule, on, hour, weekdays, rest.hours)
            found = recurrence.comes(rhythm, after, hour_at, not_on=not_on)
        else:
            at = recurrence.moved(on, hour, hour_at, weekdays, rest.hours)
            found = [at] if at is not None and at > after else []
    new = {name: value for name, value in record.items() if name not in {"snoozed_until", "then_at"}}
    if not found:
        return {**new, "on": False}
    new["next_at"] = instant_text(found[0])
    if len(found) > 1:
        new["then_at"] = [instant_text(one) for one in found[1:]]
    return new


def answered(record: Record, rest: Rest, now: datetime, today: date, hour_at: HourAt) -> Record:
    """Return a reminder after a "done": one that repeats with what comes next, one that comes once off.

    Counted from when it was done, its days begin anew today. A rule that nobody here can count stays as it is: a newer
    version may have written it.
    """
    rule, stood = text(record, "rule"), instant(record, "next_at")
    is_on = record.get("on") is True
    done = {**record, "answered": instant_text(now), "on": is_on and bool(rule)}
    if not (rule and is_on):
        return done
    from rchrp_goals.plan.recurrence import can_count, restarted

    if not can_count(rule):
        return done
    if record.get("counted_from") == "done":
        done = {**dated(done, hour_at), "starts_on": today.isoformat(), "rule": restarted(rule, today)}
        return reckoned(done, rest, now, hour_at, not_on=today)
    return reckoned(done, rest, max(now, stood or now), hour_at)


def snoozed(record: Record, on: date, rest: Rest, hour_at: HourAt) -> datetime:
    """Return the instant to which a reminder is put on a later day: its own hour, out of the quiet ones."""
    from rchrp_goals.plan.recurrence import moved

    hour = dated(record, hour_at).get("hour")
    at = moved(on, hour if isinstance(hour, int) else HOUR, zoned(record, hour_at), quiet=rest.hours)
    return at or hour_at(on, HOUR)


def zoned(record: Mapping[str, Any], hour_at: HourAt) -> HourAt:
    """Return what gives the instants of a reminder: its own zone where it has one that is known, else the machine's."""
    name = text(record, "zone")
    if not name:
        return hour_at
    from rchrp_goals.plan.recurrence import in_zone, zone_named

    zone = zone_named(name)
    return hour_at if zone is None else in_zone(zone)


def dated(record: Mapping[str, Any], hour_at: HourAt) -> Record:
    """Return a reminder with its day and hour, worked out from ``next_at`` where only that stands."""
    found, at = dict(record), instant(record, "next_at")
    if at is None or (day(record, "starts_on") is not None and isinstance(record.get("hour"), int)):
        return found
    place = zoned(record, hour_at)
    for on in (at.date() + timedelta(days=n) for n in (-1, 0, 1)):
        hours = [hour for hour in range(24) if place(on, hour) <= at]
        if hours and at - place(on, hours[-1]) < timedelta(hours=1):
            found.update(starts_on=found.get("starts_on") or on.isoformat(), hour=hours[-1])
    return found


def moments(record: Mapping[str, Any]) -> list[datetime]:
    """Return when a reminder comes by its rule and where it was put off to; the later of both counts."""
    return [at for name in ("next_at", "snoozed_until") if (at := instant(record, name)) is not None]


def moved_along(
    found: Iterable[Record], kind: str, id: str, to: date, *, rest: Rest, hour_at: HourAt
) -> Iterator[Record]:
    """Give the reminders about a thing that was put off, on its new day, each at its hour; what repeats goes on in its rhythm.

    One that comes later than the thing does stays as it is.
    """
    for one in found:
        what, comes = one.get("what"), moments(one)
        if one.get("on") is not True or not isinstance(what, Mapping) or not comes:
            continue
        if (what.get("kind"), what.get("id")) != (kind, id) or max(comes) >= hour_at(to, HOUR):
            continue
        once = {} if text(one, "rule") else {"starts_on": to.isoformat()}
        new = reckoned({**dated(one, hour_at), **once}, rest, hour_at(to, 0) - _A_MOMENT, hour_at)
        # a rule that nobody here can count, or that has ended
        is_on = new["on"] is True
        yield new if is_on else {**one, "next_at": instant_text(hour_at(to, HOUR)), "then_at": []}
