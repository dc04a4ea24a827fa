"""Changes of a renewal and of supervision that was held. Each is one change of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.plan.renewal import category_in
from rchrp_goals.services.keeping import need, put, take_out

if TYPE_CHECKING:
    from rchrp_goals.services.clock import Clock
    from rchrp_goals.store.plan_store import Change, PlanStore

Record = dict[str, Any]

AT_HOUR = 12
"""The hour of a supervision of which only the day was said."""


def choose_rule(store: PlanStore, rule: Mapping[str, Any], start: date | None, now: datetime) -> None:
    """Begin with a rule, in the place of the one that stands. Raises AnswerRefused, FileProblem ``record_wrong``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("renewal_chosen"), now) as change:
        stood = _standing(change)
        record = {"id": stood["id"] if stood else str(uuid4()), "rule": _said(rule), "cycle_start": _iso(start)}
        for other in change.all("renewal"):  # two copies of a plan may each have brought one
            if other["id"] != record["id"]:
                change.remove("renewal", other["id"])
        put(change, "renewal", record)


def change_rule(store: PlanStore, said: Mapping[str, Any], now: datetime) -> None:
    """Set fields of the rule, or ``cycle_start``; None or an empty text takes one away.

    Raises ProblemError ``not_there``, AnswerRefused, FileProblem ``record_wrong``.
    """
    from rchrp_goals.store.plan_store import What

    with store.change(What("renewal_changed"), now) as change:
        record = _need(change)
        fields = {name: value for name, value in said.items() if name != "cycle_start"}
        new = {**record, "rule": _said({**_rule(record), **fields})}
        if "cycle_start" in said:
            new["cycle_start"] = _iso(said["cycle_start"])
        put(change, "renewal", new)


def set_category(store: PlanStore, name: str, hours: float, now: datetime, *, old: str = "") -> None:
    """Add a category to the rule, or change one (``old``): its hours, its words, and then those of what counts toward it.

    Raises ProblemError ``not_there``, AnswerRefused ``category_there`` where another one is called so.
    """
    from rchrp_goals.plan.text import clean, identity
    from rchrp_goals.store.plan_store import What

    name = clean(name).text
    with store.change(What("renewal_category"), now) as change:
        record = _need(change)
        minima = _minima(record)
        if old and old not in minima:
            raise ProblemError("not_there")
        if category_in(name, [one for one in minima if one != old]):
            raise AnswerRefused("category_there", ask="name")
        kept = {name if one == old else one: hours if one == old else value for one, value in minima.items()}
        put(change, "renewal", {**record, "rule": {**_rule(record), "minima": {**kept, name: hours}}})
        for one in change.all("learning") if old and old != name else ():
            if isinstance(one.get("category"), str) and identity(one["category"]) == identity(old):
                put(change, "learning", {**one, "category": name})


def remove_category(store: PlanStore, name: str, now: datetime) -> None:
    """Take a category out of the rule; what counted toward it keeps its words. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("renewal_category"), now) as change:
        record = _need(change)
        minima = _minima(record)
        if minima.pop(name, None) is None:
            raise ProblemError("not_there")
        put(change, "renewal", {**record, "rule": {**_rule(record), "minima": minima}})


def remove_rule(store: PlanStore, now: datetime) -> None:
    """Take the renewal out of the plan; hours, categories and supervision stay. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("renewal_removed"), now) as change:
        _need(change)
        for record in change.all("renewal"):  # two copies of a plan may each have brought one
            change.remove("renewal", record["id"])


def add_supervision(store: PlanStore, said: Mapping[str, Any], clock: Clock) -> str:
    """Keep a supervision that was held and return its id. ``said``: ``on minutes topics with``.

    Raises AnswerRefused, FileProblem ``record_wrong``.
    """
    from rchrp_goals.store.plan_store import What

    record = {"id": str(uuid4()), **_held(said, clock)}
    with store.change(What("supervision_added"), clock.now()) as change:
        put(change, "supervision", record)
    return str(record["id"])


def change_supervision(store: PlanStore, id: str, said: Mapping[str, Any], clock: Clock) -> None:
    """Change a supervision that was held. Raises as ``add_supervision`` does, and ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("supervision_changed"), clock.now()) as change:
        record = need(change, "supervision", id)
        put(change, "supervision", {**record, **_held(said, clock)})


def remove_supervision(store: PlanStore, id: str, now: datetime) -> None:
    """Take a supervision out of the plan. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("supervision_removed"), now) as change:
        take_out(change, "supervision", id)


def _held(said: Mapping[str, Any], clock: Clock) -> Record:
    at = instant_text(min(clock.instant(said["on"], AT_HOUR), clock.now()))
    return {"at": at, "minutes": said["minutes"], "topics": said.get("topics"), "with": said.get("with")}


def _standing(change: Change) -> Record | None:
    return next(iter(change.all("renewal")), None)


def _need(change: Change) -> Record:
    record = _standing(change)
    if record is None:
        raise ProblemError("not_there")
    return record


def _rule(record: Record) -> Record:
    rule = record.get("rule")
    return dict(rule) if isinstance(rule, Mapping) else {}


def _minima(record: Record) -> Record:
    minima = _rule(record).get("minima")
    return dict(minima) if isinstance(minima, Mapping) else {}


def _said(rule: Mapping[str, Any]) -> Record:
    """Return a rule without what says nothing, with days as they are kept."""
    kept = {name: _iso(value) if isinstance(value, date) else value for name, value in rule.items()}
    return {name: value for name, value in kept.items() if value is not None and value != ""}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
