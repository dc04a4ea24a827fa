"""Hours against a renewal rule: the windows of a cycle, what is done in one, and what is still open.

All times are minutes. An hour counts once: an activity counts in the total, and toward one category at most. What a
category has beyond its minimum, and what belongs to none of them, counts toward the hours that may be of any kind.
Supervision is reckoned apart and is never learning too. Nothing is carried over from one window to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from rchrp_goals.plan.months import months_after
from rchrp_goals.plan.text import identity


class Window(NamedTuple):
    """The days of one cycle, both ends with it. ``number`` counts from 0, the cycle in which the person began."""

    first: date
    last: date
    number: int = 0

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


class Activity(NamedTuple):
    """What the ledger needs of a learning activity: the day it was done (or is planned for), its minutes, its category."""

    id: str
    day: date
    minutes: int
    category: str = ""
    is_done: bool = True


class Rule(NamedTuple):
    """What a rule asks, in minutes; 0 where it says nothing. ``minima`` is by category, in the person's words."""

    total: int = 0
    minima: Mapping[str, int] = {}
    supervision: int = 0

    @property
    def any_kind(self) -> int:
        """The minutes of the total that no minimum asks for."""
        return max(0, self.total - sum(self.minima.values()))


class Category(NamedTuple):
    """One minimum: what is done of it, what the rule asks, what is planned and not yet counted."""

    name: str
    done: int
    wanted: int
    planned: int = 0

    @property
    def open(self) -> int:
        """What is still open."""
        return max(0, self.wanted - self.done)


class Ledger(NamedTuple):
    """How one window stands.

    ``others`` are the minutes by category that the rule does not name, ``loose`` those that have none;
    ``without_category`` the ids of what was done and has none, empty where the rule names no category.
    """

    rule: Rule
    done: int
    planned: int
    categories: tuple[Category, ...]
    others: Mapping[str, int]
    loose: int
    supervision: int
    without_category: tuple[str, ...]

    @property
    def any_kind(self) -> int:
        """The minutes that count as hours of any kind: beyond a minimum, or of no category that the rule names."""
        return self.done - sum(min(one.done, one.wanted) for one in self.categories)

    @property
    def any_open(self) -> int:
        """What is still open of the hours of any kind."""
        return max(0, self.rule.any_kind - self.any_kind)

    @property
    def open(self) -> int:
        """What is still open in all: every minimum, and the hours of any kind."""
        return sum(one.open for one in self.categories) + self.any_open

    @property
    def supervision_open(self) -> int:
        """What is still open of supervision."""
        return max(0, self.rule.supervision - self.supervision)


def window(start: date, months: int, number: int) -> Window | None:
    """Return one window of a cycle, counted from ``start`` each time, so that the 31st stays the 31st where there is one.

    None where the calendar has no room for it.
    """
    first, after = months_after(start, number * months), months_after(start, (number + 1) * months)
    return Window(first, after - timedelta(1), number) if first is not None and after is not None else None


def window_on(start: date, months: int, day: date) -> Window | None:
    """Return the window in which a day lies; before ``start`` it is the first. None beyond the calendar."""
    if day < start:
        return window(start, months, 0)
    number = ((day.year - start.year) * 12 + day.month - start.month) // months
    found = window(start, months, number)
    if found is not None and day < found.first:
        return window(start, months, number - 1)
    return found


def category_in(said: str, minima: Iterable[str]) -> str:
    """Return the category of the rule that was meant, whatever its case; empty where the rule names none such."""
    wanted = identity(said)
    return next((name for name in minima if wanted and identity(name) == wanted), "")


def ledger(
    rule: Rule, within: Window, activities: Iterable[Activity], supervision: Iterable[tuple[date, int]] = ()
) -> Ledger:
    """Reckon one window. ``supervision``: the day and the minutes of each that was held."""
    names = {identity(name): name for name in reversed(list(rule.minima))}
    done, planned = dict.fromkeys(rule.minima, 0), dict.fromkeys(rule.minima, 0)
    others: dict[str, int] = {}
    all_done = all_planned = loose = 0
    without: list[str] = []
    spelled: dict[str, str] = {}
    for one in activities:
        if one.day not in within:
            continue
        name = names.get(identity(one.category)) if one.category.strip() else None
        if not one.is_done:
            all_planned += one.minutes
            if name is not None:
                planned[name] += one.minutes
            continue
        all_done += one.minutes
        if name is not None:
            done[name] += one.minutes
        elif one.category.strip():
            own = spelled.setdefault(identity(one.category), one.category)
            others[own] = others.get(own, 0) + one.minutes
        else:
            loose += one.minutes
            without.append(one.id)
    return Ledger(
        rule,
        all_done,
        all_planned,
        tuple(Category(name, done[name], wanted, planned[name]) for name, wanted in rule.minima.items()),
        others,
        loose,
        sum(minutes for day, minutes in supervision if day in within),
        tuple(without) if rule.minima else (),
    )
