"""Learning from idea to learned: added, given a day, begun, done, let go, changed. Each is one change of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.lenient import text
from rchrp_goals.services.capture import take_along
from rchrp_goals.services.keeping import need, put, take_out

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import Change, PlanStore

Record = dict[str, Any]

SIDES = ("knowledge", "attitudes", "practice", "resources", "skills")
"""The five sides of a focus area at which a person may look."""
FAMILIARITY = ("new_to_me", "finding_my_feet", "doing_it", "could_show_others")
"""Where somebody may be with one of them, in their own view."""
OPEN = ("idea", "planned", "under_way")
"""The states of an activity that is still to be done."""


class Added(NamedTuple):
    """A new record: its id, and its words as they are kept."""

    id: str
    text: str


def add_activity(
    store: PlanStore, raw: str, now: datetime, *, planned_for: date | None = None, focus: str | None = None
) -> Added:
    """Note something to learn: planned where it has a day, else an idea.

    Raises AnswerRefused (``text_empty``, ``text_too_long``), ProblemError ``area_not_there``, or what a save raises.
    """
    from rchrp_goals.plan.text import clean

    record: Record = {"id": str(uuid4()), "title": clean(raw).text, "state": "idea"}
    with _change(store, "learning_added", now) as change:
        _need_area(change, focus)
        record = _with(record, {"planned_for": planned_for, "focus": focus})
        put(change, "learning", _settled(record))
    return Added(record["id"], record["title"])


def plan_for(store: PlanStore, id: str, day: date | None, now: datetime) -> None:
    """Give an activity a day, or take its day away; reminders that stood before that day move along with it.

    Raises ProblemError ``not_there``.
    """
    with _change(store, "learning_planned", now) as change:
        record = need(change, "learning", id)
        if day is not None:
            take_along(change, "learning", id, day)
        put(change, "learning", _settled(_with(record, {"planned_for": day})))
        _come_back_by(change, id, day)


def begin(store: PlanStore, id: str, now: datetime) -> None:
    """Say that an activity is under way. Raises ProblemError ``not_there``."""
    _alter(store, "learning_begun", ("learning", id), lambda record: {**record, "state": "under_way"}, now)


def finish(
    store: PlanStore,
    id: str,
    on: date,
    now: datetime,
    *,
    hours: float | None = None,
    learned: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Say that an activity was done on a day; ``hours`` as ``plan.hours.read_hours`` returns them, None for none said.

    ``more`` holds further fields, as ``change_activity`` takes them. Raises ProblemError ``not_there``, AnswerRefused,
    FileProblem ``record_wrong`` for hours that cannot be.
    """
    said = {"state": "done", "done_on": on, "hours": hours, "learned": learned, **(more or {})}
    _alter(store, "learning_done", ("learning", id), lambda record: _with(record, said), now)


def let_go(store: PlanStore, id: str, now: datetime) -> None:
    """Let an activity go; what is known of it stays. Raises ProblemError ``not_there``."""
    _alter(store, "learning_let_go", ("learning", id), lambda record: {**record, "state": "let_go"}, now)


def take_up(store: PlanStore, id: str, now: datetime) -> None:
    """Take an activity up again that was let go or done: planned where it has a day, else an idea.

    Raises ProblemError ``not_there``.
    """

    def again(record: Record) -> Record:
        return _settled(_with({**record, "state": "idea"}, {"done_on": None}))

    _alter(store, "learning_again", ("learning", id), again, now)


def change_activity(store: PlanStore, id: str, said: Mapping[str, Any], now: datetime) -> None:
    """Set fields of an activity; None (or an empty text) takes one away.

    Raises ProblemError ``not_there``, ``area_not_there`` or ``goal_not_there``, AnswerRefused, FileProblem
    ``record_wrong`` (table, field).
    """
    with _change(store, "learning_changed", now) as change:
        record = need(change, "learning", id)
        _need_area(change, said.get("focus"))
        if said.get("goal") and change.get("goals", str(said["goal"])) is None:
            raise ProblemError("goal_not_there")
        new = _with(record, said)
        if new.get("title") != record.get("title"):
            new.pop("bank", None)
        put(change, "learning", _settled(new))
        if "planned_for" in said:
            _come_back_by(change, id, said["planned_for"])


def remove_activity(store: PlanStore, id: str, now: datetime) -> None:
    """Take an activity out of the plan. Raises ProblemError ``not_there``."""
    with _change(store, "learning_removed", now) as change:
        take_out(change, "learning", id)


def change_area(store: PlanStore, id: str, said: Mapping[str, Any], now: datetime) -> None:
    """Set the words of a focus area, or where the person is with its sides. Raises as ``change_activity`` does."""

    def changed(record: Record) -> Record:
        new = _with(record, said)
        if new.get("area") != record.get("area"):
            new.pop("bank", None)
        return new

    _alter(store, "area_changed", ("focus", id), changed, now)


def remove_area(store: PlanStore, id: str, now: datetime) -> None:
    """Take a focus area out of the plan; what was learned there stays, and so do goals. Raises ProblemError."""
    with _change(store, "area_removed", now) as change:
        take_out(change, "focus", id)
        for table in ("learning", "goals"):
            for record in change.all(table):
                if record.get("focus") == id:
                    put(change, table, _with(record, {"focus": None}))


def _change(store: PlanStore, key: str, now: datetime) -> Any:
    from rchrp_goals.store.plan_store import What

    return store.change(What(key), now)


def _alter(
    store: PlanStore, key: str, what: tuple[str, str], altered: Callable[[Record], Record], now: datetime
) -> None:
    """Change one record, named by its table and id, in one save."""
    table, id = what
    with _change(store, key, now) as change:
        put(change, table, altered(need(change, table, id)))


def _need_area(change: Change, focus: Any) -> None:
    if focus and change.get("focus", str(focus)) is None:
        raise ProblemError("area_not_there")


def _with(record: Record, said: Mapping[str, Any]) -> Record:
    """Return a record with fields set; what is None or an empty text goes."""
    gone = {name for name, value in said.items() if value is None or value == ""}
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    return {name: value for name, value in {**record, **kept}.items() if name not in gone}


def _settled(record: Record) -> Record:
    """Return an activity whose state fits its day: with one it is planned, without one an idea."""
    if text(record, "state") not in {"idea", "planned"}:
        return record
    return {**record, "state": "planned" if record.get("planned_for") else "idea"}


def _come_back_by(change: Change, id: str, day: date | None) -> None:
    """Let an activity that was put off wait no longer than until the day that it has now."""
    for asked in change.all("asked"):
        is_about = text(asked, "question") == "due:learning" and asked.get("about") == id
        until = text(asked, "until")
        if is_about and until and (day is None or until > day.isoformat()):
            put(change, "asked", _with(asked, {"until": day}))
