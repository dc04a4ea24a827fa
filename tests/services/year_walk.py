"""Somebody's plan, walked day by day: a clock in a zone of its own, a person who acts, and what each day must hold.

The person is made up from a seed: busy weeks, late answers, weeks of silence, a pause, a journey to another zone, months
away, a clock that is set back a year. What must hold is reckoned here from the records alone, not by the program.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from rchrp_goals.plan import glance
from rchrp_goals.remind.due import waiting
from rchrp_goals.services import capture, goal_changes, reminders
from rchrp_goals.services.calendar_file import calendar_file
from rchrp_goals.services.context import SystemClock
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.digest import MOST_LINES, Digest, todays
from rchrp_goals.services.home import HomeView, read_home
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.store.digest_file import give_once, last_given
from rchrp_goals.store.plan_store import Tables, What
from tests.services.desk import desk_in

Thing = tuple[str, str]
"""Kind and id."""
DAY_OF = {"steps": ("step", "due"), "goals": ("goal", "review_on"), "learning": ("learning", "planned_for")}
A_DAY = timedelta(days=1)


class WalkingClock(SystemClock):
    """The system's clock, except that it stands where the walk is; the zone is the machine's."""

    at = datetime(2026, 9, 14, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class Walk:
    """One plan on its way. ``log`` holds a few lines for each day, for who wants to read them.

    ``has_calendar``: now and then the calendar file is brought into a calendar too, which is dear.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, zone: str, seed: int = 0) -> None:
        self.monkeypatch = monkeypatch
        self.desk: Desk = desk_in(folder)
        self.clock = WalkingClock()
        self.desk.clock = self.clock
        self.someone = random.Random(f"{zone} {seed}")
        self.number = 0
        self.has_calendar = False
        self.quiet: int | None = None
        self.digests: dict[date, list[str]] = {}
        self.named: dict[tuple[Thing, tuple[date, ...]], list[date]] = {}
        self.log: dict[date, list[str]] = {}
        self.move_to(zone)

    def move_to(self, zone: str) -> None:
        """Let the machine be in another zone."""
        self.zone = ZoneInfo(zone)
        self.monkeypatch.setenv("TZ", zone)
        time.tzset()

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def tables(self) -> Tables:
        return self.desk.store.read().tables

    def set_time(self, day: date, hour: int, minute: int = 0) -> None:
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone)
        self.clock.at = local.astimezone(UTC)
        assert self.today == day

    def note(self, line: str) -> None:
        self.log.setdefault(self.today, []).append(line)

    # The plan

    def begin(self) -> None:
        """Make a plan with goals and reminders of each kind."""
        today, store = self.today, self.desk.store
        for number, title in enumerate(("Shadow a shift", "Words I use", "Supervision")):
            self.put(
                "goals",
                id=f"goal-{number}",
                title=title,
                state="active",
                review_on=_iso(today + 40 * A_DAY * (number + 1)),
            )
        self.put(
            "learning", id="learning-0", title="Naloxone evening", state="planned", planned_for=_iso(today + 70 * A_DAY)
        )
        self.put(
            "check_ins",
            id="check-in-0",
            **{"with": "self"},
            at="2026-09-01T10:00:00.000000Z",
            next_on=_iso(today + 33 * A_DAY),
        )
        wanted = (
            Wanted("plan", today + 2 * A_DAY, rule="FREQ=WEEKLY;BYDAY=MO,TH", hour=18),
            Wanted("values", today + 30 * A_DAY, rule="FREQ=MONTHLY;INTERVAL=3"),
            Wanted("goal", today + 5 * A_DAY, about="goal-0", rule="FREQ=WEEKLY;INTERVAL=2", counted_from="done"),
            Wanted("own", date(2026, 10, 31), text="Write to Rosa", rule="FREQ=MONTHLY", hour=8),
            Wanted("own", today + 1 * A_DAY, text="Read one page", rule="FREQ=DAILY", hour=7),
            Wanted("own", today + 3 * A_DAY, text="Sleep in", rule="FREQ=WEEKLY;BYDAY=SU", hour=2),
            Wanted("own", today + 90 * A_DAY, text="Renew the card", hour=10),
            Wanted("step", today + A_DAY, about=self._first_step(), rule="FREQ=WEEKLY;BYDAY=TU,FR", hour=7),
        )
        for one in wanted:
            reminders.add(store, one, self.clock)

    def _first_step(self) -> str:
        due = self.today + 12 * A_DAY
        return capture.add_step(self.desk.store, "Ask for a mentor", "goal-1", due, self.clock.now()).id

    def put(self, table: str, **record: Any) -> None:
        with self.desk.store.change(What("test"), self.clock.now()) as change:
            change.put(table, record)

    # What a day must hold

    def digest(self) -> None:
        """Ask for the digest, as a timer does, and look at what it names."""
        now, today, tables = self.clock.now(), self.today, self.tables
        last = last_given(self.desk.places, today)
        if last == today:
            return
        found = todays(tables, self.desk.words, today, now, last)
        rows = glance.digest_rows(tables, today, now, since=last)
        assert (found is None) == (not rows)
        self._must_name(tables, rows)
        if found is not None:
            give_once(self.desk.places, today, lambda: self._given(found, rows))

    def _given(self, digest: Digest, rows: list[glance.DueRow]) -> None:
        today = self.today
        assert today not in self.digests, "a second digest on one day"
        assert len(digest.lines) <= MOST_LINES + 1
        things = [(row.kind, row.id) for row in rows]
        assert len(things) == len(set(things)), "one thing twice in a digest"
        self.digests[today] = digest.lines
        self.note(f"digest: {' | '.join(digest.lines)}")
        for row in rows:
            asking = row.asking()
            assert asking is not None
            days = self.named.setdefault(((row.kind, row.id), asking.days), [])
            days.append(today)
            assert len(days) == len(set(days)) <= 4, (row.kind, row.id, days)

    def _must_name(self, tables: Tables, rows: list[glance.DueRow]) -> None:
        """What comes on this very day is named, whatever else is; nothing is that rests or is still ahead."""
        settings = next(iter(glance.standing(tables, "reminder_settings")), {})
        paused = settings.get("pause_until")
        named = {(row.kind, row.id) for row in rows}
        if (paused and self.today < date.fromisoformat(paused)) or self._is_quiet(settings):
            assert not named
            return
        days = days_of(tables, self.today)
        fresh = {thing for thing, on in days.items() if on == self.today}
        assert fresh <= named, fresh - named
        assert named <= {thing for thing, on in days.items() if on <= self.today}

    def _is_quiet(self, settings: Any) -> bool:
        first, end = settings.get("quiet_from"), settings.get("quiet_to")
        hour = self.clock.now().astimezone(self.zone).hour
        if first is None or end is None:
            return False
        return bool(first <= hour < end if first < end else hour >= first or hour < end)

    def look(self) -> HomeView:
        """Open Home and hold it against the records."""
        tables, today, now = self.tables, self.today, self.clock.now()
        view = read_home(self.desk)
        due = {(row.kind, row.id) for row in glance.due_today(tables, today, now)}
        must = due_of(tables, today, now)
        assert due == must, (today, due ^ must)
        card = (view.card.kind, view.card.id)
        assert view.card.is_due == bool(must)
        if must:
            assert card in must
        for shown in (
            [one.id for one in view.goals],
            [one.id for one in view.inbox],
            [(one.kind, one.id) for one in view.soon],
        ):
            assert len(shown) == len(set(shown)), "one thing twice on Home"
        assert card not in {(one.kind, one.id) for one in view.soon}
        assert view.card.id not in {one.id for one in view.inbox}
        self._shell_agrees(tables, due)
        self._rhythm_holds(tables)
        return view

    def _shell_agrees(self, tables: Tables, due: set[Thing]) -> None:
        """``due`` says what Home has, but for reminders that fell silent; while all is paused it says nothing."""
        lines = [(row.when, row.kind, row.id, row.wording) for row in glance.due_payload(tables, self.desk.words)]
        now = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        found = [(kind, id) for _, kind, id, _ in waiting(lines, _iso(self.today), now)]
        assert len(found) == len(set(found)), "one thing twice in due"
        assert set(found) <= due
        if _iso(self.today) < _paused_until(tables):
            assert not found
            return
        assert {kind for kind, _ in due - set(found)} <= {"reminder"}

    def _rhythm_holds(self, tables: Tables) -> None:
        """A reminder comes at its own hour, summer and winter, and its next instants are in order."""
        quiet = next(iter(glance.standing(tables, "reminder_settings")), {}).get("quiet_from")
        if quiet != self.quiet:
            return  # the hours follow at the next opening
        for one in glance.standing(tables, "reminders"):
            moments = [datetime.fromisoformat(at) for at in (one["next_at"], *one.get("then_at", []))]
            assert moments == sorted(set(moments))
            if quiet is not None or one.get("rule") is None or one["on"] is not True:
                continue
            for at in moments:
                local = at.astimezone(ZoneInfo(one["zone"]) if one.get("zone") else self.zone)
                assert local.hour == one["hour"] or local.hour == 3, (one, local)

    def calendar(self) -> None:
        """Bring today's calendar file into a calendar: each thing of the next weeks stands there when the plan says."""
        tables, today, content = self.tables, self.today, calendar_file(self.desk)
        settings = next(iter(glance.standing(tables, "reminder_settings")), {})
        if _iso(today) < _paused_until(tables) or settings.get("quiet_from") != self.quiet:
            return
        begin, ahead = self.clock.instant(today, 0), 40 * A_DAY
        found = recurring_ical_events.of(Calendar.from_ical(content)).between(begin, begin + ahead) if content else []
        starts = [event.decoded("DTSTART").astimezone(UTC) for event in found if event["STATUS"] == "CONFIRMED"]
        hour = 9 if self.quiet is None else 10
        must = [
            self.clock.instant(on, hour)
            for (kind, _), on in days_of(tables, today).items()
            if kind != "reminder" and today <= on < today + ahead
        ]
        for row in glance.dated(tables):
            times = row.asking()
            if row.kind == "reminder" and not row.is_said_by_step and times is not None and times.silent_from > today:
                at = (
                    row.at
                    if row.hidden_until is None
                    else max(row.at or begin, self.clock.instant(row.hidden_until, hour))
                )
                moments = [at, *(one for one in row.then if at is not None and one > at)]
                must += [self._awake(one) for one in moments if one is not None and begin <= one < begin + ahead]
        missing = Counter(must) - Counter(starts)
        assert not missing, missing

    def _awake(self, at: datetime) -> datetime:
        local = at.astimezone(self.zone)
        if self.quiet is None or 10 <= local.hour < 20:
            return at
        return self.clock.instant(local.date() if local.hour < 10 else local.date() + A_DAY, 10)

    # What somebody does

    def add_step(self) -> None:
        self.number += 1
        goal = self.someone.choice([None, "goal-0", "goal-1", "goal-2"])
        due = self.someone.choice([None, 0, 1, 3, 8, 20])
        on = None if due is None else self.today + due * A_DAY
        if goal is not None and self.tables["goals"][goal].get("state") not in glance.IN_VIEW:
            goal = None
        capture.add_step(self.desk.store, f"Step {self.number}", goal, on, self.clock.now())
        self.note(f"adds Step {self.number} {'' if on is None else f'for {on:%d %b}'}")

    def answer(self, *, likely: str = "") -> Thing | None:
        """Answer the thing that stands first, where it has come; return it."""
        view = self.look()
        if not view.card.is_due:
            return None
        thing = (view.card.kind, view.card.id)
        way = likely or self.someone.choices(["done", "later", "not_now", "other"], [6, 2, 2, 1])[0]
        self.note(f"{view.card.text!r}: {way}")
        store, clock = self.desk.store, self.clock
        if way == "other":
            way = self._other(*thing)
        if way == "done":
            capture.mark_done(store, *thing, self.today, clock.now(), hour_at=clock.instant)
            self._what_follows(*thing)
        elif way == "later":
            capture.later(store, *thing, self.today + self.someone.choice([1, 7, 30]) * A_DAY, clock)
        elif way == "not_now":
            capture.not_now(store, *thing, self.today, clock.now())
        assert thing not in {(row.kind, row.id) for row in glance.due_today(self.tables, self.today, clock.now())}
        return thing

    def _other(self, kind: str, id: str) -> str:
        """Keep or stop a reminder, let a step go, give a goal another day; or say what is to be done instead."""
        store, clock = self.desk.store, self.clock
        if kind == "reminder" and self.tables["reminders"][id].get("rule"):
            reminders.keep(store, id, clock)
        elif kind == "reminder":
            reminders.stop(store, id, clock)
        elif kind == "step":
            goal_changes.let_go_step(store, id, clock.now())
        else:
            return "done"
        return ""

    def _what_follows(self, kind: str, id: str) -> None:
        """After a look at a goal or a check-in the next one has a day, as in the rooms."""
        if kind == "goal":
            self.put("goals", **{**self.tables["goals"][id], "review_on": _iso(self.today + 60 * A_DAY)})
        elif kind == "check_in":
            self.number += 1
            at = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            next_on = _iso(self.today + 30 * A_DAY)
            self.put("check_ins", id=f"check-in-{self.number}", **{"with": "self"}, at=at, next_on=next_on)

    def answer_all(self, likely: str = "") -> list[Thing]:
        """Answer whatever comes first until nothing has come; each thing once."""
        answered: list[Thing] = []
        while (thing := self.answer(likely=likely)) is not None:
            assert thing not in answered, "one thing comes twice after its answer"
            answered.append(thing)
            assert len(answered) <= 200
        return answered

    # A day

    def day(self, on: date, act: Callable[[Walk], object] | None, *, timer: bool = True) -> None:
        """Walk a day: a timer in the morning, twice; Home at noon and what somebody does; a timer at the evening's login."""
        if timer:
            for hour, minute in ((9, 5), (9, 20)):
                self.set_time(on, hour, minute)
                self.digest()
        if act is not None:
            self.set_time(on, 12)
            reminders.follow_zone(self.desk.store, self.clock)
            self.quiet = next(iter(glance.standing(self.tables, "reminder_settings")), {}).get("quiet_from")
            view = self.look()
            self.note(
                f"home: {view.card.text!r} {'due' if view.card.is_due else ''} soon: {[one.text for one in view.soon]}"
            )
            act(self)
            if self.has_calendar and on.day == 1:
                self.calendar()
            self.set_time(on, 21)
            self.look()
        if timer:
            self.set_time(on, 21, 30)
            self.digest()


def _iso(day: date) -> str:
    return day.isoformat()


# What must hold, from the records alone


def _paused_until(tables: Tables) -> str:
    settings = next(iter(glance.standing(tables, "reminder_settings")), {})
    return str(settings.get("pause_until") or "0001-01-01")


def hidden(tables: Tables, kind: str, record: dict[str, Any], today: date) -> bool:
    """Tell whether an answer hides a thing today."""
    answer = _answer(tables, kind, record)
    return bool(answer) and answer["outcome"] in {"later", "not_now"} and today < date.fromisoformat(answer["until"])


def _answer(tables: Tables, kind: str, record: dict[str, Any]) -> dict[str, Any]:
    found = [
        one
        for one in glance.standing(tables, "asked")
        if (one["question"], one.get("about")) == (f"due:{kind}", record["id"])
    ]
    return dict(max(found, key=lambda one: str(one["shown_at"]), default={}))


def _counts(tables: Tables, kind: str, record: dict[str, Any]) -> bool:
    """Tell whether a thing with a day is on: planned or in view, under a goal in view, not answered for its day."""
    goal = tables.get("goals", {}).get(record.get("goal") or "", {})
    is_open = {
        "step": record.get("state") == "planned"
        and (not goal or goal.get("removed_at") or goal["state"] in glance.IN_VIEW),
        "goal": record.get("state") in glance.IN_VIEW,
        "learning": record.get("state") in {"idea", "planned", "under_way"},
        "check_in": True,
    }[kind]
    day = record.get({"step": "due", "goal": "review_on", "learning": "planned_for", "check_in": "next_on"}[kind])
    answer = _answer(tables, kind, record)
    is_answered = answer.get("outcome") == "done" and day is not None and day <= answer["until"]
    return bool(is_open) and day is not None and not is_answered


def days_of(tables: Tables, today: date) -> dict[Thing, date]:
    """Give the day from which each thing asks: its own, or the one to which it was put off or all was paused."""
    found: dict[Thing, date] = {}
    paused = _paused_until(tables)
    newest = max(glance.standing(tables, "check_ins"), key=lambda one: str(one["at"]), default=None)
    for table, (kind, field) in {**DAY_OF, "check_ins": ("check_in", "next_on")}.items():
        for record in glance.standing(tables, table):
            if not _counts(tables, kind, dict(record)) or (kind == "check_in" and record is not newest):
                continue
            answer = _answer(tables, kind, dict(record))
            until = answer.get("until") if answer.get("outcome") in {"later", "not_now"} else None
            found[kind, record["id"]] = date.fromisoformat(max(record[field], until or "", paused))
    for record in glance.standing(tables, "reminders"):
        if record["on"] is not True or _is_said_elsewhere(tables, dict(record)):
            continue
        answer = _answer(tables, "reminder", dict(record))
        came = max(record["next_at"], record.get("snoozed_until") or "")
        if answer.get("outcome") == "done" and came <= answer["shown_at"]:
            continue
        until = answer.get("until") if answer.get("outcome") in {"later", "not_now"} else None
        day = datetime.fromisoformat(came).astimezone().date()
        found["reminder", record["id"]] = max(day, date.fromisoformat(max(until or "0001-01-01", paused)))
    return found


def _is_said_elsewhere(tables: Tables, reminder: dict[str, Any]) -> bool:
    """Tell whether a reminder about a step or a goal rests: that is over, not in view, or its own day says it by then."""
    what = reminder.get("what") or {}
    kind = what.get("kind")
    if kind not in {"goal", "step"}:
        return False
    record = tables[f"{kind}s"][what["id"]]
    goal = tables["goals"].get(record.get("goal") or "", {}) if kind == "step" else record
    own = record.get("review_on" if kind == "goal" else "due")
    day = datetime.fromisoformat(max(reminder["next_at"], reminder.get("snoozed_until") or "")).astimezone().date()
    return (
        (bool(goal) and goal.get("state") not in glance.IN_VIEW)
        or record.get("state") == "let_go"
        or (record.get("state") == "done" and reminder.get("words") == "step")
        or (own is not None and _counts(tables, kind, dict(record)) and own <= day.isoformat())
    )


def due_of(tables: Tables, today: date, now: datetime) -> set[Thing]:
    """Give what has come by a moment: of a reminder its hour too; what is put off or, of reminders, paused has not."""
    found: set[Thing] = set()
    paused = _paused_until(tables)
    moment = now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for kind, id in days_of(tables, today):
        table = {"step": "steps", "goal": "goals", "check_in": "check_ins", "reminder": "reminders"}.get(kind, kind)
        record = dict(tables[table][id])
        if hidden(tables, kind, record, today):
            continue
        if kind == "reminder":
            came = max(record["next_at"], record.get("snoozed_until") or "")
            is_due = came <= moment and today.isoformat() >= paused
        else:
            field = {"step": "due", "goal": "review_on", "learning": "planned_for", "check_in": "next_on"}[kind]
            is_due = record[field] <= today.isoformat()
        if is_due:
            found.add((kind, id))
    return found
