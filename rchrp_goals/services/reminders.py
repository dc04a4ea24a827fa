"""Reminders: made, changed, answered, stopped; all of them paused; the hours in which none comes.

Each is one change of the plan: one save, one entry to undo. What comes is reckoned here, when something changes, and
stands in the plan as ``next_at`` and ``then_at``: whoever shows it reckons nothing. An answer to one that waits on Home
(done, later, not now) is given through ``capture``, like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.asking import Rest, hour_of, rest_of
from rchrp_goals.plan.lenient import day, instant, instant_text, text
from rchrp_goals.plan.zones import weekdays_of
from rchrp_goals.services.changes import derived_id
from rchrp_goals.services.keeping import need, put, take_out
from rchrp_goals.services.reminder_times import HOUR, answered, dated, moments, reckoned, snoozed, zoned

if TYPE_CHECKING:
    from rchrp_goals.services.clock import Clock
    from rchrp_goals.store.plan_store import Change, PlanStore

Record = dict[str, Any]

KEPT_FOR = timedelta(days=7)
"""When one that comes once comes again, if it is still useful."""
REVISITS = (30, 90, 180, 365)
"""Days after which the values line is offered again."""
WORDS_OF = {
    "step": "step",
    "goal": "goal",
    "learning": "learning",
    "check_in": "check_in",
    "values": "values",
    "plan": "look_again",
}
"""The sentence of a reminder (``ui.toml``, ``[reminders]``) by what it is about."""
_A_DAY = timedelta(days=1)


class Wanted(NamedTuple):
    """A reminder as somebody wants it: what it is about (``kind`` of ``WORDS_OF``, or ``own`` with ``text``), from when.

    ``rule`` is an RRULE, empty for once; ``hour`` None is the usual one; ``counted_from``: due or done.
    """

    kind: str
    on: date
    about: str = ""
    text: str = ""
    rule: str = ""
    hour: int | None = None
    counted_from: str = "due"


class Usual(NamedTuple):
    """What holds for every reminder: the usual hour and weekdays, the quiet hours, and until when all are paused."""

    hour: int
    weekdays: tuple[str, ...]
    rest: Rest


def usual(tables: glance.Tables) -> Usual:
    """Return what holds for every reminder."""
    return _usual(next(iter(glance.standing(tables, "reminder_settings")), {}))


# One reminder


def add(store: PlanStore, wanted: Wanted, clock: Clock) -> str:
    """Make a reminder and return its id.

    Raises AnswerRefused (``text_empty``, ``rule_not_read`` and its like, ``moment_is_over``), ProblemError ``not_there``
    where what it is about is gone, or as a save does.
    """
    from rchrp_goals.plan.text import clean

    record: Record = {
        "id": str(uuid4()),
        "what": {"kind": wanted.kind},
        "words": WORDS_OF.get(wanted.kind, "own"),
        "on": True,
    }
    if wanted.kind not in WORDS_OF:
        record.update(what={"kind": "plan"}, text=clean(wanted.text).text)
    elif wanted.about:
        record["what"]["id"] = wanted.about
    record["starts_on"] = wanted.on.isoformat()
    record["counted_from"] = "done" if wanted.counted_from == "done" else "due"
    with _change(store, "reminder_made", clock) as change:
        if wanted.about and change.get(glance.TABLE_OF_KIND.get(wanted.kind, ""), wanted.about) is None:
            raise ProblemError("not_there")
        stands = _usual_of(change)
        record["hour"] = stands.hour if wanted.hour is None else wanted.hour
        if stands.weekdays:
            record["weekdays"] = list(stands.weekdays)
        if wanted.rule:
            record["rule"] = _read_rule(wanted.rule, wanted.on)
        put(change, "reminders", _needed(reckoned(record, stands.rest, clock.now(), clock.instant)))
    return str(record["id"])


def alter(store: PlanStore, id: str, said: Mapping[str, Any], clock: Clock) -> None:
    """Change what a reminder says and when it comes; where it says when, it is on again, on the day it was put off to.

    ``said`` may hold ``text``, ``rule`` (empty: once), ``on`` (the day on which it comes next), ``hour``, ``weekdays``,
    ``zone`` (an IANA name; None: that of whatever machine this is), ``counted_from``. Raises as ``add`` does, and
    AnswerRefused ``zone_unknown``.
    """
    from rchrp_goals.plan.recurrence import restarted
    from rchrp_goals.plan.text import clean

    with _change(store, "reminder_changed", clock) as change:
        record, rest, now = dated(need(change, "reminders", id), clock.instant), _usual_of(change).rest, clock.now()
        stood, put_off, comes_on = (
            instant(record, "next_at"),
            instant(record, "snoozed_until"),
            _next_day(record, clock),
        )
        if said.get("text"):
            record.update(text=clean(str(said["text"])).text, words="own")
        record.update({name: said[name] for name in ("hour", "weekdays", "counted_from") if said.get(name) is not None})
        if "zone" in said:
            record["zone"] = _read_zone(said["zone"])
        if said.keys() <= {"text", "counted_from"}:
            put(change, "reminders", record)
            return
        rule = str(said["rule"] or "") if "rule" in said else text(record, "rule")
        after, is_put_off = now, False
        if "on" in said or "rule" in said or not rule:
            on = said.get("on") or comes_on
            record["starts_on"] = on.isoformat()
            record["rule"] = _read_rule(rule, on) if "rule" in said and rule else restarted(rule, on) if rule else None
        elif stood is not None and "weekdays" not in said:
            # the occurrence that stands may come at another hour of its day; none before it comes back
            is_put_off = put_off is not None and put_off > now
            after = stood - _A_DAY if is_put_off else max(now, stood - _A_DAY)
        new = _needed(reckoned({**record, "on": True}, rest, after, clock.instant))
        if is_put_off:
            new["snoozed_until"] = instant_text(snoozed(new, comes_on, rest, clock.instant))
        else:
            _forget_answer(change, id)
        put(change, "reminders", new)


def stop(store: PlanStore, id: str, clock: Clock) -> None:
    """Let a reminder rest. Raises ProblemError ``not_there``, or as a save does."""
    with _change(store, "reminder_stopped", clock) as change:
        put(change, "reminders", {**need(change, "reminders", id), "on": False, "answered": change.instant})


def start_again(store: PlanStore, id: str, on: date, clock: Clock) -> None:
    """Let a reminder that rests come again, from a day on. Raises as ``alter`` does."""
    from rchrp_goals.plan.recurrence import restarted

    with _change(store, "reminder_started", clock) as change:
        record = dated(need(change, "reminders", id), clock.instant)
        rule = text(record, "rule")
        record.update(on=True, starts_on=on.isoformat(), rule=restarted(rule, on) if rule else None)
        put(change, "reminders", _needed(reckoned(record, _usual_of(change).rest, clock.now(), clock.instant)))
        _forget_answer(change, id)


def keep(store: PlanStore, id: str, clock: Clock) -> None:
    """Say that a reminder is still useful: it comes when it comes next; one that comes once, in a week.

    Raises ProblemError ``not_there``, or as a save does.
    """
    with _change(store, "reminder_kept", clock) as change:
        record, rest = need(change, "reminders", id), _usual_of(change).rest
        now, today = clock.now(), clock.today()
        if text(record, "rule"):
            kept = answered(record, rest, now, today, clock.instant)
        else:
            on = {"starts_on": (today + KEPT_FOR).isoformat()}
            kept = reckoned({**dated(record, clock.instant), **on}, rest, now, clock.instant)
        put(change, "reminders", {**kept, "answered": change.instant})
        _forget_answer(change, id)


def remove(store: PlanStore, id: str, clock: Clock) -> None:
    """Take a reminder out of the plan. Raises ProblemError ``not_there``, or as a save does."""
    with _change(store, "reminder_removed", clock) as change:
        take_out(change, "reminders", id)


# All reminders


def pause_all(store: PlanStore, until: date, clock: Clock) -> None:
    """Let all reminders rest until a day; on that day they are back. Raises as a save does."""
    _set(store, "reminders_paused", {"pause_until": until.isoformat()}, clock)


def bring_back(store: PlanStore, clock: Clock) -> None:
    """Let all reminders come again from today on. Raises as a save does."""
    _set(store, "reminders_back", {"pause_until": clock.today().isoformat()}, clock)


def set_quiet(store: PlanStore, first: int | None, end: int | None, clock: Clock) -> None:
    """Set the hours in which nothing comes, over midnight too; None takes them away. Raises as a save does."""
    _set(store, "quiet_hours_set", {"quiet_from": first, "quiet_to": end}, clock)


def set_usual(store: PlanStore, hour: int, weekdays: list[str], clock: Clock) -> None:
    """Set the hour and the weekdays (none: any) of reminders that are made from now on. Raises as a save does."""
    _set(store, "usual_hour_set", {"hour": hour, "weekdays": weekdays}, clock)


def follow_zone(store: PlanStore, clock: Clock) -> bool:
    """Let reminders without a zone of their own come at their hour where the machine is now; True where some moved.

    Looks without loading what reckons, and writes only where an hour is another one. Raises as a save does.
    """
    if not _moved_away(store.read().tables, clock):
        return False
    with _change(store, "reminders_moved", clock) as change:
        tables = {name: {one["id"]: one for one in change.all(name)} for name in ("reminders", "reminder_settings")}
        rest = usual(tables).rest
        for record in _moved_away(tables, clock):
            at = instant(record, "next_at")
            if at is not None:
                # the nearest occurrence: a zone is half a day away at most
                near = reckoned(dict(record), rest, at - _A_DAY / 2, clock.instant)
                put(change, "reminders", near if near["on"] else dict(record))
    return True


# Parts


def _moved_away(tables: glance.Tables, clock: Clock) -> list[Mapping[str, Any]]:
    """Return the reminders that repeat, have no zone of their own, and would now come at another hour than theirs."""
    quiet = usual(tables).rest.hours
    found = []
    for one in glance.standing(tables, "reminders"):
        at, hour = instant(one, "next_at"), one.get("hour")
        if at is None or not isinstance(hour, int) or one.get("on") is not True or text(one, "zone") or hour in quiet:
            continue
        days = (at.date() + timedelta(days=n) for n in (-1, 0, 1))
        # an hour that does not exist on its day comes a little later, and is no other zone
        if not any(timedelta() <= at - clock.instant(on, hour) < timedelta(hours=1) for on in days) and text(
            one, "rule"
        ):
            found.append(one)
    return found


def _usual(settings: Mapping[str, Any]) -> Usual:
    hour = hour_of(settings.get("hour"))
    return Usual(
        HOUR if hour is None else hour,
        weekdays_of(settings.get("weekdays")),
        rest_of(settings),
    )


def _usual_of(change: Change) -> Usual:
    return _usual(next(iter(change.all("reminder_settings")), {}))


def _set(store: PlanStore, key: str, said: Mapping[str, Any], clock: Clock) -> None:
    with _change(store, key, clock) as change:
        standing = next(iter(change.all("reminder_settings")), {"id": derived_id("reminder_settings", "all")})
        put(change, "reminder_settings", {**standing, **said})


def _next_day(record: Record, clock: Clock) -> date:
    """Return the day on which a reminder comes next, or is put off to, where its hour is; today where that is over."""
    on, today, place = day(record, "starts_on"), clock.today(), zoned(record, clock.instant)
    if found := moments(record):
        at = max(found)
        days = (at.date() + timedelta(days=n) for n in (1, 0, -1))
        on = next((one for one in days if place(one, 0) <= at), on)
    return on if on is not None and on > today else today


def _read_rule(rule: str, on: date) -> str:
    from rchrp_goals.plan.recurrence import read_rule

    return read_rule(rule, on)


def _read_zone(said: Any) -> str | None:
    from rchrp_goals.plan.recurrence import read_zone

    return read_zone(str(said)) if said else None


def _needed(record: Record) -> Record:
    """Return a reminder that comes at all. Raises AnswerRefused where it does not."""
    if record["on"] is not True:
        raise AnswerRefused("rule_never" if text(record, "rule") else "moment_is_over")
    return record


def _forget_answer(change: Change, id: str) -> None:
    """Take away what was answered to a reminder: it stands on another day now."""
    for one in change.all("asked"):
        if text(one, "question") == "due:reminder" and one.get("about") == id:
            change.remove("asked", str(one["id"]))


def _change(store: PlanStore, key: str, clock: Clock) -> Any:
    from rchrp_goals.store.plan_store import What

    return store.change(What(key), clock.now())
