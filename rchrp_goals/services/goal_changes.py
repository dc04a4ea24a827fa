"""What a person changes about goals, steps and if-thens: each call is one change of the plan, one save, one entry to undo.

A call runs on the newest plan. What is gone meanwhile is said (``not_there``, ``goal_not_there``); what somebody else
changed meanwhile is said once (``changed_meanwhile``), and kept as the person has it when they keep it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import number, text
from rchrp_goals.services.capture import take_along
from rchrp_goals.services.changes import Put, Remove, loosened
from rchrp_goals.services.keeping import need, put, take_out

if TYPE_CHECKING:
    from rchrp_goals.services.clock import Clock
    from rchrp_goals.store.plan_store import Change, PlanStore, What

Record = dict[str, Any]

STATES = ("active", "exploring", "paused", "done", "let_go")
OVER = frozenset({"done", "let_go"})
"""The states of a goal that is over."""
LEVELS = ("2", "1", "0", "-1", "-2")
"""The levels that may have words, the most first."""
_STEP_FIELDS = ("text", "moment", "due")
_OF_GOAL = ("rulers", "if_thens", "progress", "steps", "learning")


class Seen:
    """What stood in the fields when somebody began to change a record: what another window does meanwhile is told."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._stood = dict(record)
        self._told: dict[str, Any] = {}

    def changed(self, now: Mapping[str, Any], wanted: Mapping[str, Any]) -> Record:
        """Return the fields that the person changed, out of those they want.

        Raises ProblemError ``changed_meanwhile`` (text) where one of them was changed elsewhere too: once for each text.
        """
        found = {name: value for name, value in wanted.items() if value != self._stood.get(name)}
        for name, value in found.items():
            stands = now.get(name)
            is_told = name in self._told and self._told[name] == stands
            if stands != self._stood.get(name) and stands != value and not is_told:
                self._told[name] = stands
                raise ProblemError("changed_meanwhile", text=str(stands or "–"))
        return found


# Steps


def change_step(store: PlanStore, id: str, fields: Mapping[str, Any], seen: Seen, now: datetime) -> Record:
    """Change a step's ``text``, ``moment`` and ``due``; one that is None or missing is taken away. Return the step.

    Reminders that stood before its new day move along with it. Only what is other than it was seen is written. Raises
    AnswerRefused, ProblemError ``not_there`` or ``changed_meanwhile``.
    """
    from rchrp_goals.store.plan_store import What

    with store.change(What("step_changed"), now) as change:
        step = need(change, "steps", id)
        given = _given(**{name: fields.get(name) for name in _STEP_FIELDS})
        changed = seen.changed(step, {name: given.get(name) for name in _STEP_FIELDS})
        if changed.get("due"):
            take_along(change, "step", id, date.fromisoformat(changed["due"]))
        return put(change, "steps", _without_none({**step, **changed}))


def let_go_step(store: PlanStore, id: str, now: datetime) -> Record:
    """Let a step go: it stays in the plan, and comes due no more. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    return _set_step(store, What("step_let_go"), id, now, state="let_go", done_on=None)


def take_up_step(store: PlanStore, id: str, now: datetime) -> Record:
    """Plan a step again that was done or let go. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    return _set_step(store, What("step_taken_up"), id, now, state="planned", done_on=None)


def move_step(store: PlanStore, id: str, by: int, now: datetime) -> bool:
    """Move a planned step before (-1) or after (1) its neighbour; False where there is none, and nothing is written.

    Done and let-go steps keep their places. Raises ProblemError ``not_there``.
    """
    from rchrp_goals.store.plan_store import What

    with store.change(What("step_moved"), now) as change:
        step = need(change, "steps", id)
        steps = glance.in_step_order(
            one for one in change.all("steps") if _place(change, one) == _place(change, step) and text(one, "text")
        )
        open_places = [at for at, one in enumerate(steps) if one.get("state") == "planned"]
        mine = next((at for at in open_places if steps[at]["id"] == id), None)
        if mine is None:
            return False
        to = open_places.index(mine) + by
        if not 0 <= to < len(open_places):
            return False
        theirs = open_places[to]
        order = list(steps)
        order[mine], order[theirs] = order[theirs], order[mine]
        for at, one in enumerate(order, 1):
            if number(one, "order") != at:
                put(change, "steps", {**one, "order": at})
    return True


def move_to_goal(store: PlanStore, id: str, goal_id: str | None, now: datetime) -> Record:
    """Move a step to the end of another goal's steps, or into the inbox. Raises ProblemError ``not_there`` or so."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("step_to_goal" if goal_id is not None else "step_to_inbox"), now) as change:
        step = need(change, "steps", id)
        if goal_id is not None:
            need(change, "goals", goal_id, "goal_not_there")
        if step.get("goal") == goal_id:
            return step
        return put(change, "steps", _without_none({**step, "goal": goal_id, "order": _last(change, goal_id)}))


def remove_step(store: PlanStore, id: str, now: datetime) -> None:
    """Remove a step: its text is cleared, its id stays. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("step_removed"), now) as change:
        need(change, "steps", id)
        _remove(change, "steps", id)


# Goals


def in_state(goal: Mapping[str, Any], state: str, today: date) -> Record:
    """Return a goal in another state, without the reason that was given for the one before.

    One that is over has the day of it: today, or, where it was in this state already, the day that stands.
    """
    found = {key: value for key, value in goal.items() if key not in {"state_why", "ended_on"}}
    was_so = goal.get("state") == state
    ended_on = goal.get("ended_on") if was_so else today.isoformat()
    return {**found, "state": state, **({"ended_on": ended_on} if state in OVER and ended_on else {})}


def set_state(store: PlanStore, id: str, state: str, why: str | None, clock: Clock) -> Record:
    """Say where a goal stands as a whole, with a reason if wanted; the reason given before goes with its state.

    Raises AnswerRefused for a reason that cannot be kept, ProblemError ``goal_not_there``.
    """
    from rchrp_goals.store.plan_store import What

    with store.change(What("goal_state"), clock.now()) as change:
        goal = need(change, "goals", id, "goal_not_there")
        said = {**in_state(goal, state, clock.today()), "state_why": _words(why, is_long=True)}
        return put(change, "goals", _without_none(said))


def set_ended_on(store: PlanStore, id: str, on: date, now: datetime) -> Record:
    """Say on which day a goal was done or let go. Raises ProblemError ``not_there`` where it is not over any more."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("goal_ended_on"), now) as change:
        goal = need(change, "goals", id, "goal_not_there")
        if goal.get("state") not in OVER:
            raise ProblemError("not_there")
        return put(change, "goals", {**goal, "ended_on": on.isoformat()})


def change_levels(store: PlanStore, id: str, said: Mapping[str, str | None], now: datetime) -> Record:
    """Keep a goal's words for its levels (``"2"`` to ``"-2"``) and its ``baseline``; None takes one away.

    Raises AnswerRefused, ProblemError ``goal_not_there``.
    """
    from rchrp_goals.store.plan_store import What

    with store.change(What("levels_changed"), now) as change:
        goal = need(change, "goals", id, "goal_not_there")
        standing = goal.get("levels")
        levels = dict(standing) if isinstance(standing, Mapping) else {}
        levels |= {name: _words(said[name]) for name in LEVELS if name in said}
        baseline = {"baseline": _words(said["baseline"])} if "baseline" in said else {}
        return put(change, "goals", _without_none({**goal, **baseline, "levels": _without_none(levels)}))


def place_rulers(store: PlanStore, goal_id: str, said: Mapping[str, Any], today: date, now: datetime) -> Record:
    """Keep where both rulers stand now: ``importance`` and ``confidence`` (0 to 10; of ``step``), ``what_makes_it``.

    Said again on one day it takes the place of what was said that day. Raises AnswerRefused ``nothing_answered``,
    ProblemError ``goal_not_there``.
    """
    from rchrp_goals.services.saying import local_day
    from rchrp_goals.store.plan_store import What

    given = {name: said[name] for name in ("importance", "confidence") if said.get(name) is not None}
    if not given:
        raise AnswerRefused("nothing_answered", ask="importance")
    makes = _words(said.get("what_makes_it"), is_long=True)
    if makes is not None:
        lower = min(given, key=lambda name: (given[name], name != "confidence"))
        given |= {"what_makes_it": makes, "what_makes_it_about": lower}
    with store.change(What("rulers_placed"), now) as change:
        need(change, "goals", goal_id, "goal_not_there")
        own = [one for one in change.all("rulers") if one.get("goal") == goal_id and local_day(one, "at") == today]
        stood: Record = own[-1] if own else {"id": str(uuid4()), "goal": goal_id}
        if makes is None:
            stood = {key: value for key, value in stood.items() if not key.startswith("what_makes_it")}
        step = {"step": said["step"]} if "confidence" in given and said.get("step") else {}
        return put(change, "rulers", {**stood, **step, **given, "at": change.instant})


def remove_note(store: PlanStore, id: str, now: datetime) -> None:
    """Remove a note on where a goal stands. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("note_removed"), now) as change:
        take_out(change, "progress", id)


def remove_goal(store: PlanStore, id: str, now: datetime) -> None:
    """Remove a goal with its rulers, if-thens and notes; its steps wait in the inbox. Raises ``goal_not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("goal_removed"), now) as change:
        need(change, "goals", id, "goal_not_there")
        _remove(change, "goals", id)


# If and then


def said_if_then(store: PlanStore, id: str, today: date, now: datetime) -> Record:
    """Keep that an if-then was said once, aloud or to oneself. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("if_then_said"), now) as change:
        return put(change, "if_thens", {**need(change, "if_thens", id), "said_on": today.isoformat()})


def remove_if_then(store: PlanStore, id: str, now: datetime) -> None:
    """Remove an if-then. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("if_then_removed"), now) as change:
        take_out(change, "if_thens", id)


# Parts


def _remove(change: Change, table: str, id: str) -> None:
    """Remove a record, and what must not hang on it."""
    first: list[Put | Remove] = [Remove(table, id)]
    tables = {name: {one["id"]: one for one in change.all(name)} for name in ("goals", *_OF_GOAL)}
    for one in [*first, *loosened(first, tables)]:
        if isinstance(one, Put):
            put(change, one.table, one.record)
        else:
            change.remove(one.table, one.id)


def _set_step(store: PlanStore, what: What, id: str, now: datetime, **fields: Any) -> Record:
    with store.change(what, now) as change:
        return put(change, "steps", _without_none({**need(change, "steps", id), **fields}))


def _place(change: Change, step: Mapping[str, Any]) -> str | None:
    """Return the goal that a step stands in, None for the inbox: also where its goal is not in the plan."""
    goal = text(step, "goal")
    return goal if goal and change.get("goals", goal) is not None else None


def _last(change: Change, goal_id: str | None) -> int:
    return max((number(one, "order") for one in change.all("steps") if _place(change, one) == goal_id), default=0)


def _given(**fields: Any) -> Record:
    """Return a step's fields as they are kept; one that is None or blank is not there. Raises AnswerRefused."""
    due = fields.pop("due", None)
    found: Record = {name: _words(value) for name, value in fields.items()}
    found["due"] = due.isoformat() if isinstance(due, date) else due
    if found.get("text") is None:
        raise AnswerRefused("text_empty", ask="text")
    return _without_none(found)


def _words(raw: str | None, *, is_long: bool = False) -> str | None:
    """Return a text as a plan keeps it, None for nothing. Raises AnswerRefused."""
    from rchrp_goals.plan.text import LONG_CAP, ONE_LINE_CAP, clean

    if raw is None or not raw.strip():
        return None
    return clean(raw, cap=LONG_CAP if is_long else ONE_LINE_CAP, is_long=is_long).text


def _without_none(record: Mapping[str, Any]) -> Record:
    return {key: value for key, value in record.items() if value is not None}
