"""Writes a calendar file (RFC 5545) through the icalendar library, which folds its lines and ends them with CRLF.

Every event is timed and private, takes no time from the day (transparent), and has an alarm on the screen at its
beginning. What repeats carries the rules of its zone along, each as a yearly one: with a list of dates (RDATE), as the
library would write it, the engine of some calendars shows half of the year an hour late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from rchrp_goals.plan.calendar import Entry
from rchrp_goals.plan.recurrence import zone_named
from rchrp_goals.plan.zones import onsets_of

LENGTH = timedelta(minutes=15)
_EOL = b"\r\n"
_END = b"END:VCALENDAR" + _EOL
PRODID = "-//planned//calendar//EN"
"""Says nothing of which program it is, nor of whose plan."""


def write(entries: Iterable[Entry], summaries: Mapping[str, str], sequence: int, now: datetime) -> bytes:
    """Return the file; ``summaries``: what each entry is called, by its uid. ``now`` is an instant in UTC."""
    events = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    first_years: dict[str, int] = {}
    for entry in events:
        if entry.zone:
            first_years[entry.zone] = min(entry.at.year, first_years.get(entry.zone, entry.at.year))
    for name, year in sorted(first_years.items()):
        calendar.add_component(_zone(name, year))
    written = [calendar.to_ical().removesuffix(_END)]
    alike: dict[tuple[str, bool, bool], list[bytes]] = {}
    for entry in events:
        summary = summaries[entry.uid]
        if entry.rule:
            written.append(_event(entry, summary, sequence, now).to_ical())
            continue
        kind = (summary, entry.rings, entry.is_gone)
        if kind not in alike:
            alike[kind] = _event(entry, summary, sequence, now).to_ical().split(_EOL)
        written.append(_like(alike[kind], entry))
    return b"".join((*written, _END))


def _like(lines: Sequence[bytes], entry: Entry) -> bytes:
    """Return the lines of one moment as those of another one, which differs in when it is and by what it is known.

    The library needs a third of a millisecond for each, and what no rule says can be tens of thousands of moments.
    """
    own = {b"DTSTART": _in_utc(entry.at), b"DTEND": _in_utc(entry.at + LENGTH), b"UID": entry.uid.encode()}
    # a line that goes on begins with a blank: it has none of these names
    names = (line.partition(b":")[0] for line in lines)
    return _EOL.join(
        b"%b:%b" % (name, own[name]) if name in own else line for name, line in zip(names, lines, strict=True)
    )


def _in_utc(at: datetime) -> bytes:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}".encode()


def _event(entry: Entry, summary: str, sequence: int, now: datetime) -> Event:
    zone = zone_named(entry.zone) or UTC
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", entry.at.astimezone(zone))
    event.add("dtend", (entry.at + LENGTH).astimezone(zone))
    if entry.rule:
        event.add("rrule", vRecur.from_ical(entry.rule))
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_gone else "CONFIRMED")
    if entry.rings:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", timedelta())
        event.add_component(alarm)
    return event


def _zone(name: str, year: int) -> Timezone:
    """Return what the clocks of a zone do from the year before ``year`` on. Raises ValueError where no rule says it."""
    zone = zone_named(name)
    onsets = onsets_of(zone, year) if zone is not None else None
    if not onsets:
        raise ValueError(f"no yearly rule for {name}")
    component = Timezone()
    component.add("tzid", name)
    for onset in onsets:
        part = TimezoneDaylight() if onset.is_summer else TimezoneStandard()
        part.add("dtstart", onset.starts)
        part.add("tzoffsetfrom", onset.before)
        part.add("tzoffsetto", onset.after)
        part.add("tzname", onset.name)
        if onset.rule:
            part.add("rrule", vRecur.from_ical(onset.rule))
        component.add_component(part)
    return component
