"""Writes a calendar file (RFC 5545) through the icalendar library, which folds its lines and ends them with CRLF.

Every event is timed and private, takes no time from the day (transparent), and has an alarm on the screen at its
beginning. What repeats carries the rules of its zone along, each as a yearly one: with a list of dates (RDATE), as the
library would write it, the engine of some calendars shows half of the year an hour late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from rchrp_goals.plan.calendar import Entry
from rchrp_goals.plan.recurrence import zone_named
from rchrp_goals.plan.zones import onsets_of

LENGTH = timedelta(minutes=15)
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
    for entry in events:
        calendar.add_component(_event(entry, summaries[entry.uid], sequence, now))
    content: bytes = calendar.to_ical()
    return content


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
