"""The dates ahead as a calendar file: neutral words, unless the person wants their own in it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.calendar import AHEAD, Calendar, Entry, sequence
from rchrp_goals.plan.glance import DueRow
from rchrp_goals.plan.lenient import day, text
from rchrp_goals.plan.recurrence import MOST_AHEAD, HourAt, Rhythm, comes, moved, zone_named
from rchrp_goals.plan.zones import weekdays_of
from rchrp_goals.services import reminders, saying
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.exporting import write_beside
from rchrp_goals.services.reminder_times import dated, zoned

EXTENSION = "ics"
_FIRST, _LAST = date(1970, 1, 2), date(2999, 12, 31)
_MOST_VERSIONS = 10
_WHEN = frozenset(
    {
        "due",
        "review_on",
        "planned_for",
        "next_on",
        "rule",
        "starts_on",
        "hour",
        "weekdays",
        "zone",
        "next_at",
        "snoozed_until",
    }
)
"""The fields that say when a thing comes."""
_LOCALTIME = "/etc/localtime"
_ZONES = "zoneinfo/"

Record = Mapping[str, Any]


def calendar_file(desk: Desk, *, with_titles: bool = False) -> bytes:
    """Return the file, as UTF-8; empty bytes where nothing lies ahead and nothing is taken back.

    Raises ProblemError ``no_plan`` and what reading the plan raises.
    """
    plan = desk.store.read()
    if not plan.exists:
        raise ProblemError("no_plan")
    now, today = desk.clock.now(), desk.clock.today()
    usual = reminders.usual(plan.tables)
    quiet = usual.rest.hours
    clocks = _Clocks(desk.clock.instant)
    calendar = Calendar(
        plan.tables,
        plan.plan_id,
        now,
        today,
        begin=desk.clock.instant(today, 0),
        at_hour=lambda on: _instant(clocks.own, on, usual.hour, quiet),
        occurrences=lambda record, after: _occurrences(clocks, quiet, record, after, now + AHEAD),
        awake=lambda record, at: _awake(clocks, quiet, record, at),
        zone=machine_zone(os.environ),
    )
    ahead = calendar.ahead()
    entries = [*ahead, *calendar.gone(_former(plan.tables), ahead)]
    if not entries:
        return b""
    from rchrp_goals.export import ics

    rows = calendar.rows if with_titles else {}
    summaries = {entry.uid: _summary(entry, rows.get((entry.kind, entry.id)), desk.words) for entry in entries}
    return ics.write(entries, summaries, sequence(plan.generation), now)


def keep_calendar(desk: Desk, folder: Path, *, with_titles: bool = False) -> Path | None:
    """Write the file into a folder under a neutral name, beside what is there, and return its path; None where it is empty.

    Raises as ``calendar_file`` and ``exporting.write_export`` do.
    """
    content = calendar_file(desk, with_titles=with_titles)
    return write_beside(folder, suggested_name(desk.store.read().plan_id), content) if content else None


def suggested_name(plan_id: str) -> str:
    """Return a file name that says nothing of what it is: ``dates-8f3a.ics``."""
    short = "".join(sign for sign in plan_id if sign.isascii() and sign.isalnum())[:4].lower() or "0"
    return f"dates-{short}.{EXTENSION}"


def machine_zone(environ: Mapping[str, str]) -> str:
    """Return the IANA name of this machine's zone, from ``TZ`` or the link that names it; empty where neither says it."""
    name = environ.get("TZ", "").removeprefix(":")
    if not name:
        try:
            target = str(Path(_LOCALTIME).resolve())
        except OSError:
            return ""
        name = target.partition(_ZONES)[2]
    return name if zone_named(name) is not None else ""


def _summary(entry: Entry, row: DueRow | None, words: Words) -> str:
    """Return what an event is called: what it is, in the person's words, where there is a row of it and it still comes."""
    if row is not None and not entry.is_gone:
        return saying.plain_text(glance.wording_of(row, words))
    return words.ui(f"calendar.summary.{entry.kind}")


class _Clocks:
    """The hours of the days, on the machine's clock and on those of the zones: each is reckoned once for a whole file."""

    def __init__(self, own: HourAt) -> None:
        self.own: HourAt = cache(own)
        self._of_zones: dict[str, HourAt] = {}

    def of(self, record: Record) -> HourAt:
        """Return what gives the instants of a reminder."""
        name = text(record, "zone")
        if name not in self._of_zones:
            found = zoned(record, self.own)
            self._of_zones[name] = found if found is self.own else cache(found)
        return self._of_zones[name]


def _instant(own: HourAt, on: date, hour: int, quiet: frozenset[int]) -> datetime:
    """Return the instant of a day's hour, after the quiet hours; a day that no clock reckons is brought to one that is."""
    within = min(max(on, _FIRST), _LAST)
    return moved(within, hour, own, quiet=quiet) or own(within, hour)


def _former(tables: glance.Tables) -> dict[tuple[str, str], list[Record]]:
    """Return the earlier versions of records that the history still knows, ten of each, the newest first.

    Of a reminder only what says when it comes makes a version.
    """
    from rchrp_goals.store.history import TABLE, read_entry

    found: dict[tuple[str, str], list[Record]] = {}
    for document in reversed(list(tables.get(TABLE, {}).values())):
        entry = read_entry(document)
        for part in entry.before if entry is not None else ():
            if part.record is None:
                continue
            versions = found.setdefault((part.table, part.id), [])
            if len(versions) < _MOST_VERSIONS and not any(_comes_as(part.record, one) for one in versions):
                versions.append(part.record)
    return found


def _comes_as(one: Record, other: Record) -> bool:
    return all(one.get(name) == other.get(name) for name in _WHEN)


def _occurrences(
    clocks: _Clocks, quiet: frozenset[int], record: Record, after: datetime, until: datetime
) -> Sequence[datetime]:
    """Return when a reminder comes after an instant, as far as a file goes, 500 times at most.

    Never where its record says no rhythm.
    """
    found = dated(record, clocks.own)
    starts_on, hour = day(found, "starts_on"), found.get("hour")
    if starts_on is None or not isinstance(hour, int):
        return []
    rhythm = Rhythm(text(record, "rule"), starts_on, hour, weekdays_of(record.get("weekdays")), quiet)
    return comes(rhythm, after, clocks.of(record), MOST_AHEAD, until=until)


def _awake(clocks: _Clocks, quiet: frozenset[int], record: Record, at: datetime) -> datetime:
    """Return the instant of a reminder, or the end of the quiet hours in which it would be."""
    local = at.astimezone(zone_named(text(record, "zone")))
    if local.hour not in quiet:
        return at
    return moved(local.date(), local.hour, clocks.of(record), quiet=quiet) or at
