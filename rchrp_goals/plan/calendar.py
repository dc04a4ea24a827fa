"""What goes into a calendar file: every thing with a day ahead as one timed entry, and what is gone, taken back.

A thing keeps its ``uid`` in every file, so that a calendar which reads a new one knows it again. What repeats is one
entry with a rule where that rule, with the clock of its zone, brings about exactly the moments that it comes at; else
each moment is an entry of its own. No title stands here: words are put to an entry where it is written.

``tables``: table name -> record id -> record, as ``glance`` has them. Instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from uuid import NAMESPACE_OID, uuid5

from rchrp_goals.plan import glance
from rchrp_goals.plan.glance import DAY_OF_KIND, TABLE_OF_KIND, DueRow, Tables
from rchrp_goals.plan.lenient import Record, day, instant, text
from rchrp_goals.plan.recurrence import restarted, zone_named
from rchrp_goals.plan.zones import onsets_of, plain_instant

MOST_GONE = 500
"""Entries that are taken back in one file, the newest first."""
GONE_FOR = timedelta(days=365)
AHEAD = timedelta(days=548)
"""How far ahead what repeats stands in a file, a year and a half: a plan that nobody opens any more falls silent."""
UTC_NAME = "UTC"
_MOMENT = timedelta(seconds=1)
_AS_A_RULE = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_UNDERSTOOD = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH"))
"""The parts of a rule that calendars agree on. With BYSETPOS ical.js names the first of several days of a month, from the
second month on."""
_RHYTHM = ("rule", "starts_on", "hour", "weekdays", "zone", "next_at")
"""The fields of a reminder that say when it comes, beside the moment at which it comes first."""
_RULES_IN_MIND = 512

AtHour = Callable[[date], datetime]
"""Gives the instant at which a day's things come."""
Occurrences = Callable[[Record, datetime], Sequence[datetime]]
"""Gives when a reminder with a rule comes after an instant, in order; some hundreds at most."""

Awake = Callable[[Record, datetime], datetime]
"""Gives the instant of a reminder, brought out of the quiet hours as they are now: it may have been reckoned before."""


class Entry(NamedTuple):
    """One entry. ``kind`` and ``id`` name the thing; ``rule`` is an RRULE on the clock of ``zone``, both empty for one
    moment. ``is_gone``: it is taken back, and what it was is not said. ``rings`` says whether it has an alarm.
    """

    uid: str
    kind: str
    id: str
    at: datetime
    rule: str = ""
    zone: str = ""
    rings: bool = True
    is_gone: bool = False


class _Told(NamedTuple):
    """A moment of what repeats, known again by its day (``on``), or all of them as a rule."""

    at: datetime
    on: str = ""
    rule: str = ""
    zone: str = ""


class Calendar:
    """The entries of one plan as it stands on one day.

    ``begin`` is the first moment of today; ``zone`` the IANA name of the machine's zone, where it is known: that of
    reminders without one; ``local`` that zone itself (None: whatever the system says).
    """

    def __init__(
        self,
        tables: Tables,
        plan_id: str,
        now: datetime,
        today: date,
        *,
        begin: datetime,
        at_hour: AtHour,
        occurrences: Occurrences,
        awake: Awake,
        zone: str = "",
        local: tzinfo | None = None,
    ) -> None:
        self._tables = tables
        self._plan_id = plan_id
        self._now = now
        self._today = today
        self._begin = begin
        self._at_hour = at_hour
        self._occurrences = occurrences
        self._awake = awake
        self._zone = zone
        self._local = local
        self._known: dict[tuple[object, ...], tuple[_Told, ...]] = {}
        self._paused_until = day(next(iter(glance.standing(tables, "reminder_settings")), {}), "pause_until")
        self.rows: Mapping[tuple[str, str], DueRow] = {(row.kind, row.id): row for row in glance.dated(tables)}
        """What has a day and still counts, by kind and id."""

    def ahead(self) -> list[Entry]:
        """Return the entries of what lies ahead, today's too, soonest first."""
        found = [entry for row in self.rows.values() for entry in self._entries(row)]
        return sorted(found, key=lambda entry: (entry.at, entry.uid))

    def gone(self, former: Mapping[tuple[str, str], Sequence[Record]], ahead: Iterable[Entry]) -> list[Entry]:
        """Return what an earlier file may hold and no longer comes, changed within a year; 500 at most.

        ``former``: the earlier versions of records by table and id, as far as they are known. Of a removed record of which
        nothing else is known, the day of its removal stands for its own. What lies behind stays as it was.
        """
        standing = {entry.uid for entry in ahead}
        found: dict[str, tuple[str, Entry]] = {}
        oldest = ""
        for changed, kind, record in sorted(self._changed(), key=lambda one: one[0], reverse=True):
            if len(found) >= MOST_GONE and changed < oldest:
                break
            for entry in self._claims(kind, record, former.get((TABLE_OF_KIND[kind], text(record, "id")), ())):
                if entry.uid not in standing:
                    found.setdefault(entry.uid, (changed, entry))
                    oldest = changed
        newest = sorted(found.values(), key=lambda one: (one[0], one[1].uid), reverse=True)[:MOST_GONE]
        return [entry for _, entry in newest]

    def _changed(self) -> Iterator[tuple[str, str, Record]]:
        """Give when a record was changed, its kind, and the record, for those that were within a year."""
        for kind, table in TABLE_OF_KIND.items():
            for id, record in self._tables.get(table, {}).items():
                at, row = instant(record, "updated_at"), self.rows.get((kind, id))
                if at is not None and at >= self._now - GONE_FOR and not (row is not None and row.is_said_by_step):
                    yield text(record, "updated_at"), kind, record

    # What lies ahead

    def _entries(self, row: DueRow) -> Iterator[Entry]:
        if row.is_said_by_step:
            return
        if row.kind != "reminder":
            on = _later(row.on, row.hidden_until)
            if on is not None and on >= self._today:
                yield self._entry(row.kind, row.id, self._at_hour(on))
            return
        times = row.asking(self._local)
        if times is not None and times.silent_from <= self._today:
            return  # it was not answered, and Home has it: a calendar must not go on asking
        record = self._tables.get("reminders", {}).get(row.id, {})
        yield from self._of_reminder(record, row.at, _later(row.hidden_until, self._paused_until))

    def _of_reminder(self, record: Record, first: datetime | None, not_before: date | None = None) -> Iterator[Entry]:
        """Give the entries of a reminder that comes first at an instant, and not before a day."""
        if first is None:
            return
        if not_before is not None:
            first = max(first, self._at_hour(not_before))
        first = self._awake(record, first)
        if not text(record, "rule"):
            if first >= self._begin:
                yield self._entry("reminder", text(record, "id"), first)
            return
        for told in self._repeated(record, first):
            entry = self._entry("reminder", text(record, "id"), told.at, told.on)
            yield entry._replace(rule=told.rule, zone=told.zone) if told.rule else entry

    def _repeated(self, record: Record, first: datetime) -> tuple[_Told, ...]:
        """Return a rule for the moments of what comes first at an instant, else each of them.

        Reckoned once for all that come alike: a reminder as it stands and as an earlier file had it, and other ones.
        """
        alike = (first, *(str(record.get(name)) for name in _RHYTHM))
        if alike not in self._known:
            until = self._now + AHEAD
            following = self._occurrences(record, max(first, self._begin - _MOMENT))
            moments = [at for at in following if first < at <= until]
            self._known[alike] = tuple(self._told(record, [first, *moments] if first >= self._begin else moments))
        return self._known[alike]

    def _told(self, record: Record, moments: list[datetime]) -> Iterator[_Told]:
        """Give a rule for moments, or one for all but the first (it may have been put off), or each of them."""
        name = text(record, "zone") or self._zone
        starts_on = day(record, "starts_on")
        own = text(record, "rule")
        said = restarted(own, starts_on) if starts_on is not None else own
        zone = zone_named(name) or self._local

        def singles(found: list[datetime]) -> Iterator[_Told]:
            return (_Told(at, at.astimezone(zone).date().isoformat()) for at in found)

        for count in (0, 1):
            rule = rule_for(moments[count:], said, name) if len(moments) > count + 1 else ""
            if rule:
                yield from singles(moments[:count])
                yield _Told(moments[count], rule=rule, zone="" if name == UTC_NAME else name)
                return
        yield from singles(moments)

    def _entry(self, kind: str, id: str, at: datetime, part: str = "") -> Entry:
        uid = str(uuid5(NAMESPACE_OID, ":".join((self._plan_id, kind, id, *filter(None, (part,))))))
        paused = self._paused_until
        rings = paused is None or at.astimezone(self._local).date() >= paused
        return Entry(uid, kind, id, at, rings=rings)

    # What is gone

    def _claims(self, kind: str, record: Record, former: Sequence[Record]) -> Iterator[Entry]:
        """Give the entries that a record, as it stands or stood, may have in an earlier file."""
        if record.get("removed_at") and not former:
            removed = instant(record, "removed_at")
            if removed is not None:
                yield self._taken_back(self._entry(kind, text(record, "id"), removed))
            return
        for version in (record, *former):
            if kind == "reminder":
                dates = [at for name in ("next_at", "snoozed_until") if (at := instant(version, name)) is not None]
                entries = self._of_reminder({**version, "id": record["id"]}, max(dates, default=None))
            else:
                on = day(version, DAY_OF_KIND[kind])
                is_ahead = on is not None and on >= self._today
                entries = iter([self._entry(kind, text(record, "id"), self._at_hour(on))] if on and is_ahead else [])
            yield from map(self._taken_back, entries)

    def _taken_back(self, entry: Entry) -> Entry:
        return entry._replace(rule="", zone="", rings=False, is_gone=True)


def _later(*days: date | None) -> date | None:
    return max((one for one in days if one is not None), default=None)


def rule_for(moments: Sequence[datetime], rule: str, zone_name: str) -> str:
    """Return an RRULE that brings about exactly these moments on the clock of a zone, from the first on; else nothing.

    Nothing where the zone is not known or its clock follows no yearly rule, where an hour falls into the gap or the fold
    of a change, and where the moments are other ones than the rule's (moved out of quiet hours, or to another weekday).
    It ends with the last of them, so that nothing comes which was not looked at here.
    """
    zone = zone_named(zone_name)
    parts = [part for part in rule.upper().removeprefix("RRULE:").split(";") if part]
    named = dict(part.partition("=")[::2] for part in parts)
    if zone is None or not moments or named.get("FREQ") not in _AS_A_RULE:
        return ""
    if onsets_of(zone, moments[0].year) is None:
        return ""
    named = _with_last_day(named)
    if named.keys() - _UNDERSTOOD:
        return ""
    endless = ";".join(f"{name}={value}" for name, value in named.items() if name not in {"COUNT", "UNTIL"})
    start = moments[0].astimezone(zone).replace(tzinfo=None)
    days = _days_of(endless, start.date(), len(moments))
    if len(days) < len(moments):
        return ""
    hour = start.time()
    if any(plain_instant(datetime.combine(on, hour), zone) != at for on, at in zip(days, moments, strict=True)):
        return ""
    return f"{endless};COUNT={len(moments)}"


@lru_cache(_RULES_IN_MIND)
def _days_of(rule: str, start: date, count: int) -> tuple[date, ...]:
    """Return the first days of a rule as a calendar counts it; none where it cannot be counted."""
    from dateutil.rrule import rrulestr

    try:
        return tuple(at.date() for at in islice(rrulestr(rule, dtstart=datetime.combine(start, time())), count))
    except (ValueError, TypeError, OverflowError):
        return ()


def _with_last_day(parts: dict[str, str]) -> dict[str, str]:
    """Return a rule's parts with the last day of a month as ``-1``, where it is said as the last of several."""
    is_last = parts.get("BYMONTHDAY", "").endswith(",31") or (parts.get("BYMONTHDAY"), parts.get("BYMONTH")) == (
        "28,29",
        "2",
    )
    if not is_last or parts.get("BYSETPOS") != "-1":
        return parts
    return {name: "-1" if name == "BYMONTHDAY" else value for name, value in parts.items() if name != "BYSETPOS"}


def sequence(generation: int) -> int:
    """Return the SEQUENCE of every entry: the plan's generation, which rises with each save and with a restored copy.

    The revision of one record would fall when another one decides (a step that moves to another goal). RFC 5545 gives it
    31 bits.
    """
    return min(generation, 2**31 - 1)
