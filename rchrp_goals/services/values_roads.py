"""Values over time: each statement's own road through all sessions, and what moved since the look before.

A road is of one statement with one meaning; a meaning that changed begins another one. Nothing is counted or judged. Read
tolerantly from the plan's tables; whether old answers may be seen is not asked here: ``revisit`` says that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying
from rchrp_goals.services.plan_values import placements
from rchrp_goals.services.values_changes import Name
from rchrp_goals.services.values_view import (
    Placement,
    Tables,
    corrected_position,
    corrections_of,
    day_of,
    day_words,
    in_order,
    is_day_one,
    named_with_day,
    occasion,
    session_name,
)

FAR = 2
"""Places from one look to the next from which on it is asked whether a goal wants to follow."""
ON_HOME, ON_PAGE = "home.moved", "values.follow"
"""How the table ``asked`` names that question: for all that moved in a look, and for one statement."""


class Stop(NamedTuple):
    """One session on a road: where somebody stood (None: passed), and what was put right of it."""

    session: Record
    placement: Placement
    corrections: tuple[Record, ...]

    @property
    def place(self) -> int | None:
        """Where somebody stood, as it was answered then."""
        found: int | None = self.placement["position"]
        return found

    @property
    def holds(self) -> int | None:
        """Where somebody stood, as it was put right where it was."""
        corrected = corrected_position(self.corrections)
        return self.place if corrected is None else corrected


class Road(NamedTuple):
    """One statement through all sessions in which it was asked, the earliest first.

    ``is_ended``: the statement goes on with another meaning.
    """

    name: Name
    stops: tuple[Stop, ...]
    is_ended: bool = False

    @property
    def text(self) -> str:
        """The statement as it was shown last."""
        return saying.plain_text(text(self.stops[-1].placement, "text"))

    @property
    def places(self) -> list[int]:
        """Where somebody stood, in order, without what was passed."""
        return [stop.place for stop in self.stops if stop.place is not None]


class Moved(NamedTuple):
    """A statement that stands elsewhere since the look before: from which session to which, and from where to where."""

    road: Road
    before: Stop
    after: Stop
    then: int
    now: int

    @property
    def asked(self) -> str:
        """How ``asked`` names the question about it."""
        pair = f"{text(self.before.session, 'id')}:{text(self.after.session, 'id')}"
        return f"{ON_PAGE}:{pair}:{self.road.name.meaning}:{self.road.name.statement}"

    @property
    def asked_of_look(self) -> str:
        """How ``asked`` names the question about everything that moved in this look."""
        return f"{ON_HOME}:{text(self.after.session, 'id')}"


def roads(tables: Tables) -> list[Road]:
    """Return every road: those of the newest session first, in its order."""
    sessions = in_order(tables)
    corrected = {
        text(what, "id")
        for one in glance.standing(tables, "corrections")
        if isinstance(what := one.get("what"), dict) and text(what, "kind") == "values"
    }
    found: dict[Name, list[Stop]] = {}
    for session in reversed(sessions):
        seen = set()
        for one in placements(session):
            name = Name(text(one, "statement"), one["meaning"])
            if name in seen:
                continue
            seen.add(name)
            is_corrected = text(session, "id") in corrected
            put_right = corrections_of(tables, session, name.statement) if is_corrected else []
            found.setdefault(name, []).append(Stop(session, one, tuple(put_right)))
    newest = {name.statement: name.meaning for name in reversed(found)}
    return [Road(name, tuple(reversed(stops)), newest[name.statement] != name.meaning) for name, stops in found.items()]


def served(name: Name) -> str:
    """Return how a goal's ``values_served`` names a statement."""
    return f"{name.statement}:{name.meaning}"


def goals_of(tables: Tables, name: Name) -> list[Record]:
    """Return the goals that somebody linked with a statement, in order."""
    wanted = served(name)
    return [goal for goal in glance.goals_in_order(tables) if wanted in served_by(goal)]


def roads_of(tables: Tables, goal: Record) -> list[Road]:
    """Return the roads of the statements that a goal is linked with."""
    names = frozenset(served_by(goal))
    return [one for one in roads(tables) if served(one.name) in names] if names else []


def served_by(goal: Record) -> list[str]:
    """Return what a goal's ``values_served`` names; what is no text is left out."""
    found = goal.get("values_served")
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


# What moved


def moved(tables: Tables) -> list[Moved]:
    """Return what stands elsewhere in the newest look than where it was placed before, and was not asked about yet.

    Elsewhere is two places away; who crosses the middle has gone that far. Only another look counts, on another day than
    the one before: Day One and the last day are a pair of the training, whose goals are set then.
    """
    looks = [one for one in in_order(tables) if not is_day_one(one)]
    if not looks or occasion(looks[-1]) != "revisit":
        return []
    asked = {text(one, "question"): text(one, "outcome") for one in glance.standing(tables, "asked")}
    found = [one for road in roads(tables) if (one := _moved(road, looks[-1])) is not None]
    return [one for one in found if one.asked not in asked and asked.get(one.asked_of_look) != "passed"]


def _moved(road: Road, look: Record) -> Moved | None:
    at = next((number for number, stop in enumerate(road.stops) if stop.session is look), 0)
    after = road.stops[at]
    before = next((stop for stop in reversed(road.stops[:at]) if stop.holds is not None), None)
    if before is None or before.holds is None or after.holds is None:
        return None
    if day_of(before.session) in {None, day_of(after.session)}:
        return None
    then, now = before.holds, after.holds
    return Moved(road, before, after, then, now) if abs(now - then) >= FAR else None


# In words


def stop_names(sessions: Sequence[Record], words: Words, today: date) -> dict[str, str]:
    """Return in short how each session (by its id) is called on a road: its day, Day One by its name.

    Two that would be called alike have name and day.
    """
    short = {}
    for one in sessions:
        on = "" if is_day_one(one) else day_words(one, words, today)
        short[text(one, "id")] = on or session_name(one, sessions, words)
    alike = list(short.values())
    return {
        text(one, "id"): name if alike.count(name) == 1 else named_with_day(one, sessions, words, today)
        for one, name in zip(sessions, short.values(), strict=True)
    }
