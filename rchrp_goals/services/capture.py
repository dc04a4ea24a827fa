"""What is caught in passing: a step, a "done", a "later", a "not now". The commands and both faces call the same.

Each is one change of the plan: one save, one entry to undo.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.asking import rest_of
from rchrp_goals.plan.glance import DAY_OF_KIND, TABLE_OF_KIND
from rchrp_goals.plan.lenient import instant_text, number
from rchrp_goals.services.keeping import need, put
from rchrp_goals.services.reminder_times import answered, moved_along, snoozed

if TYPE_CHECKING:
    from rchrp_goals.plan.recurrence import HourAt
    from rchrp_goals.services.clock import Clock
    from rchrp_goals.store.plan_store import Change, PlanStore


class Added(NamedTuple):
    """A new step: its id, its text as it is kept, and whether codes were left out of it."""

    id: str
    text: str
    was_changed: bool


def add_step(
    store: PlanStore, raw: str, goal_id: str | None, due: date | None, now: datetime, *, moment: str | None = None
) -> Added:
    """Write a new step, after the others of its goal, or into the inbox where ``goal_id`` is None.

    Raises AnswerRefused (``text_empty``, ``text_too_long``), ProblemError ``goal_not_there``, or what a save
    raises.
    """
    from rchrp_goals.plan.text import clean
    from rchrp_goals.store.plan_store import What

    cleaned, was_changed = clean(raw)
    record: dict[str, Any] = {"id": str(uuid4()), "text": cleaned, "state": "planned"}
    if moment is not None and moment.strip():
        record["moment"] = clean(moment).text
    if due is not None:
        record["due"] = due.isoformat()
    with store.change(What("step_added"), now) as change:
        if goal_id is not None:
            if change.get("goals", goal_id) is None:
                raise ProblemError("goal_not_there")
            record["goal"] = goal_id
        record["order"] = _last_order(change.all("steps"), goal_id)
        put(change, "steps", record)
    return Added(record["id"], cleaned, was_changed)


def mark_done(
    store: PlanStore, kind: str, id: str, today: date, now: datetime, *, hour_at: HourAt | None = None
) -> bool:
    """Mark a thing done and return True; False where it was done already, and nothing is written.

    A step or an activity is done from now on. A goal's review or a check-in was looked at for the day that
    it stood on. A reminder was answered: it goes off, or, where it repeats, what comes next is reckoned; ``hour_at`` is
    the clock's ``instant``, by itself that of the machine. Raises ProblemError ``not_there``.
    """
    from rchrp_goals.store.plan_store import What

    with store.change(What("done_step" if kind == "step" else "answered"), now) as change:
        record = need(change, TABLE_OF_KIND[kind], id)
        if record.get("state") == "done" and kind in {"step", "learning"}:
            return False
        if kind in {"step", "learning"}:
            put(change, TABLE_OF_KIND[kind], {**record, "state": "done", "done_on": today.isoformat()})
            return True
        if kind == "reminder":
            _answer_reminder(change, record, now, today, hour_at)
        else:
            _answer(change, kind, id, "done", today)
    return True


def say_how_it_went(store: PlanStore, step_id: str, raw: str | None, clock: Clock, *, reminder_id: str = "") -> None:
    """Keep with a step how it went, and, where a reminder asked, that it was answered: one change.

    None takes out what was said. Raises AnswerRefused for a text that cannot be kept, ProblemError ``not_there``.
    """
    from rchrp_goals.plan.text import LONG_CAP, clean
    from rchrp_goals.store.plan_store import What

    went, now = None if raw is None else clean(raw, cap=LONG_CAP, is_long=True).text, clock.now()
    with store.change(What("step_went"), now) as change:
        put(change, "steps", {**need(change, "steps", step_id), "went": went})
        if reminder_id:
            reminder = need(change, "reminders", reminder_id)
            _answer_reminder(change, reminder, now, clock.today(), clock.instant)


def later(store: PlanStore, kind: str, id: str, day: date, clock: Clock) -> None:
    """Move a thing to ``day``, and remember that it was put off. Raises ProblemError ``not_there``.

    Reminders about it that stood before that day move along with it.
    """
    from rchrp_goals.store.plan_store import What

    now = clock.now()
    with store.change(What("put_off"), now) as change:
        record = need(change, TABLE_OF_KIND[kind], id)
        if kind == "reminder":
            rest = rest_of(next(iter(change.all("reminder_settings")), {}))
            at = snoozed(record, day, rest, clock.instant)
            put(change, "reminders", {**record, "snoozed_until": instant_text(at)})
        else:
            put(change, TABLE_OF_KIND[kind], {**record, DAY_OF_KIND[kind]: day.isoformat()})
            take_along(change, kind, id, day, clock.instant)
        _answer(change, kind, id, "later", day)


def take_along(change: Change, kind: str, id: str, day: date, hour_at: HourAt | None = None) -> None:
    """Let the reminders about a thing that has another day come no earlier than it; ``hour_at`` as in ``mark_done``."""
    rest = rest_of(next(iter(change.all("reminder_settings")), {}))
    for one in moved_along(change.all("reminders"), kind, id, day, rest=rest, hour_at=hour_at or machine_hour):
        put(change, "reminders", one)


def not_now(store: PlanStore, kind: str, id: str, today: date, now: datetime) -> None:
    """Hide a thing for today. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("not_now"), now) as change:
        need(change, TABLE_OF_KIND[kind], id)
        _answer(change, kind, id, "not_now", today + timedelta(days=1))


def machine_hour(day: date, hour: int) -> datetime:
    """Return the moment of a full hour on a day where this machine is."""
    from rchrp_goals.plan.zones import hour_in

    return hour_in(None, day, hour)


def _answer_reminder(
    change: Change, record: dict[str, Any], now: datetime, today: date, hour_at: HourAt | None = None
) -> None:
    rest = rest_of(next(iter(change.all("reminder_settings")), {}))
    put(change, "reminders", answered(record, rest, now, today, hour_at or machine_hour))
    _answer(change, "reminder", record["id"], "done", today)


def _answer(change: Change, kind: str, about: str, outcome: str, until: date) -> None:
    """Remember what was answered: one record a thing, so that its last answer counts."""
    question = f"due:{kind}"
    standing = next(
        (one for one in change.all("asked") if one.get("question") == question and one.get("about") == about),
        {"id": str(uuid4())},
    )
    answer = {"question": question, "about": about, "outcome": outcome, "until": until.isoformat()}
    put(change, "asked", {**standing, **answer, "shown_at": change.instant})


def _last_order(steps: Iterable[dict[str, Any]], goal_id: str | None) -> int:
    return max((number(step, "order") for step in steps if step.get("goal") == goal_id), default=0)
