"""Hours of learning: what was done, by focus area, added up to the minute and said in the language's own figures."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.plan import glance
from rchrp_goals.plan.hours import MOST_HOURS, as_minutes
from rchrp_goals.plan.lenient import Record, number, text

if TYPE_CHECKING:
    from rchrp_goals.content import Words


class AreaHours(NamedTuple):
    """How much was done in one focus area; ``id`` and ``area`` are empty for what belongs to none."""

    id: str
    area: str
    minutes: int


def minutes_of(activity: Record) -> int:
    """Return the minutes that stand in an activity; 0 where there are none, or what stands there is no time."""
    hours = activity.get("hours")
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not math.isfinite(hours):
        return 0
    return as_minutes(hours) if 0 < hours <= MOST_HOURS else 0


def minutes_held(supervision: Record) -> int:
    """Return the minutes of a supervision; 0 where there are none, or what stands there is no time."""
    minutes = number(supervision, "minutes")
    return minutes if 0 < minutes <= MOST_HOURS * 60 else 0


def hours_by_area(tables: glance.Tables) -> list[AreaHours]:
    """Return what was done and has hours: each focus area in the order in which it was chosen, what has none last.

    Areas without hours are left out. Supervision is kept elsewhere and counts nowhere here.
    """
    found = {one["id"]: 0 for one in areas_in_order(tables)}
    loose = 0
    for one in glance.standing(tables, "learning"):
        if text(one, "state") == "done" and text(one, "title"):
            area = text(one, "focus")
            if area in found:
                found[area] += minutes_of(one)
            else:
                loose += minutes_of(one)
    said = [AreaHours(one["id"], text(one, "area"), found[one["id"]]) for one in areas_in_order(tables)]
    return [one for one in (*said, AreaHours("", "", loose)) if one.minutes]


def areas_in_order(tables: glance.Tables) -> list[Record]:
    """Return the focus areas in the order in which they were chosen."""
    areas = [one for one in glance.standing(tables, "focus") if text(one, "area").strip()]
    return sorted(areas, key=lambda one: (text(one, "created_at"), text(one, "id")))


def figures(minutes: int) -> str:
    """Return minutes as hours in figures: "3", "1.5"; two places at most, with a point in every language."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"))
    return f"{hours:f}".rstrip("0").rstrip(".")


def hours_said(minutes: int, words: Words) -> str:
    """Return minutes as words: "1 hour", "1.5 hours"."""
    return words.ui("sentences.hours", n=1 if minutes == 60 else 2, hours=figures(minutes))


def time_said(minutes: int, words: Words) -> str:
    """Return minutes to the minute, as they are repeated to who wrote them: "1 hour 30 minutes"; nothing for none."""
    counts = zip(divmod(minutes, 60), ("hours", "minutes"), strict=True)
    return " ".join(words.ui(f"commands.hours.{name}", n=n) for n, name in counts if n)
