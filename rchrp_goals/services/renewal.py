"""A renewal as it stands in a plan: its rule, the window of today, what is done in it; and the rules to begin with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals import content
from rchrp_goals.plan import glance
from rchrp_goals.plan.hours import MOST_HOURS, as_minutes
from rchrp_goals.plan.lenient import Record, day, number, text
from rchrp_goals.plan.renewal import Activity, Ledger, Rule, Window, ledger, window, window_on
from rchrp_goals.services.learning_hours import minutes_held, minutes_of
from rchrp_goals.services.saying import local_day, plain_text

if TYPE_CHECKING:
    from rchrp_goals.content import Words

TEMPLATES = "renewals"
"""The file of rules to begin with: ``prompts/structure/renewals.toml``, its words beside it."""
MOST_MONTHS = 120
"""The longest cycle, in months."""
_ALWAYS = Window(date.min, date.max)


class Renewal(NamedTuple):
    """The renewal of a plan. ``record`` is as it is kept; what cannot be read in it counts as not said.

    ``window`` is that of today, ``before`` the one before it: None where the cycle has no length or no beginning.
    """

    record: Record
    said: Record
    rule: Rule
    months: int
    start: date | None
    window: Window | None
    before: Window | None

    @property
    def is_ahead(self) -> bool:
        """Whether the first cycle has not begun."""
        return self.window is not None and self.window.number == 0 and self.start == self.window.first


def renewal_of(tables: glance.Tables, today: date) -> Renewal | None:
    """Return the renewal, None where no rule was chosen."""
    record = next(iter(glance.standing(tables, "renewal")), None)
    if record is None:
        return None
    found = record.get("rule")
    said: Record = found if isinstance(found, Mapping) else {}
    months, start = number(said, "cycle_months"), day(record, "cycle_start")
    now = window_on(start, months, today) if start is not None and 1 <= months <= MOST_MONTHS else None
    before = window(start, months, now.number - 1) if start is not None and now is not None and now.number else None
    return Renewal(record, said, rule_of(said), months, start, now, before)


def rule_of(said: Record) -> Rule:
    """Return what a rule asks, in minutes."""
    minima = said.get("minima")
    names = minima if isinstance(minima, Mapping) else {}
    read = {str(name): _minutes(hours) for name, hours in names.items() if str(name).strip()}
    asked = {name: minutes for name, minutes in read.items() if minutes}
    return Rule(_minutes(said.get("total_hours")), asked, _minutes(said.get("supervision_hours")))


def ledger_of(tables: glance.Tables, rule: Rule, within: Window | None) -> Ledger:
    """Reckon what is done, and what is planned, in a window; without one, in all the time there is."""
    return ledger(rule, within or _ALWAYS, activities_of(tables), held(tables))


def activities_of(tables: glance.Tables) -> list[Activity]:
    """Return every activity that is done on a day, or planned for one."""
    found = []
    for one in glance.standing(tables, "learning"):
        state = text(one, "state")
        on = day(one, "done_on" if state == "done" else "planned_for")
        if text(one, "title") and on is not None and state in {"done", "planned", "under_way"}:
            category = plain_text(text(one, "category"))
            found.append(Activity(one["id"], on, minutes_of(one), category, state == "done"))
    return found


def held(tables: glance.Tables) -> list[tuple[date, int]]:
    """Return the day and the minutes of each supervision that was held."""
    return [(on, minutes_held(one)) for on, one in supervision_in(tables, None)]


def supervision_in(tables: glance.Tables, within: Window | None) -> list[tuple[date, Record]]:
    """Return each supervision with its day, the last first."""
    found = []
    for one in glance.standing(tables, "supervision"):
        on = local_day(one, "at")
        if on is not None and minutes_held(one) and (within is None or on in within):
            found.append((on, one))
    return sorted(found, key=lambda pair: (pair[0], text(pair[1], "created_at")), reverse=True)


class Template(NamedTuple):
    """A rule to begin with: its name in the file, and the rule in the words of a language, as a plan keeps it."""

    name: str
    rule: dict[str, Any]


def templates(words: Words) -> list[Template]:
    """Return the rules to begin with, in their order."""
    said = words.module(TEMPLATES)
    names = said["categories"]
    found = []
    for key, shape in content.table("structure", TEMPLATES).items():
        own = said[key]
        minima = {names[name]: hours for name, hours in shape.get("minima", {}).items()}
        about = {"template": key, "name": own["text"], "note": own["note"], "source": own["source"]}
        found.append(Template(key, {**shape, **about, "minima": minima}))
    return found


def _minutes(hours: Any) -> int:
    is_number = isinstance(hours, int | float) and not isinstance(hours, bool) and math.isfinite(hours)
    return as_minutes(hours) if is_number and 0 < hours <= MOST_HOURS else 0
