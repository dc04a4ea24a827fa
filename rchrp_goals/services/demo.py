"""Plans to look at: a person who was made up, in either language, always alive on the day on which it is asked for.

The words stand in ``prompts/LANGUAGE/demo.toml``, days and numbers in ``prompts/structure/demo.toml``. The same day gives
the same plan: ids follow from names, and nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals import content
from rchrp_goals.content import Words
from rchrp_goals.plan.glance import TABLE_OF_KIND
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.plan.records import checked
from rchrp_goals.plan.values import CORE_STATEMENTS
from rchrp_goals.services.changes import derived_id

if TYPE_CHECKING:
    from rchrp_goals.services.clock import Clock
    from rchrp_goals.store.places import Places
    from rchrp_goals.store.plan_store import PlanStore

Record = dict[str, Any]
Tables = dict[str, dict[str, Record]]
Make = Callable[[Words, "Clock"], Tables]

SINCE_LAST_DAY = 18
"""Days between the last day of the sample's training and the day on which it is made."""
FIRST_WEEK = 2
"""The same for the sample of the first week."""
AWAY = 40
"""For how many days nothing was touched in the sample of somebody who was away."""

_DAYS = frozenset({
    "since", "due", "done_on", "ended_on", "review_on", "planned_for", "said_on", "checked_on", "until", "cycle_start",
    "starts_on", "next_on",
})  # fmt: skip
_HOURS = {"taken_at": 14, "at": 16, "asked_at": 16, "next_at": 9, "shown_at": 10, "answered": 10}
"""Instants, each with the local hour at which it is."""
_LINKS = {"goal": "goals", "in_depth": "goals", "focus": "focus", "step": "steps"}
_MADE_AT = 17
_TEXT_OF_BANK = {"agreements": ("agreements", "text"), "focus": ("focus_areas", "area")}
_BIG_STATES = ("active", "active", "exploring", "paused", "done", "let_go")


def full(words: Words, clock: Clock) -> Tables:
    """Return one whole life with a plan, two and a half weeks after the training."""
    return _Sample(words, clock).tables()


def first_week(words: Words, clock: Clock) -> Tables:
    """Return the plan as the last day left it, two days ago."""
    return _Sample(words, clock, days=SINCE_LAST_DAY - FIRST_WEEK, is_first_week=True).tables()


def away(words: Words, clock: Clock) -> Tables:
    """Return the whole plan as it was forty days ago; nothing in it was touched since."""
    return _Sample(words, clock, days=-AWAY).tables()


def empty(words: Words, clock: Clock) -> Tables:
    """Return a plan in which nothing stands but a name."""
    sample = _Sample(words, clock)
    return {"person": {id: _only(one, "name") for id, one in sample.tables()["person"].items()}}


def passed(words: Words, clock: Clock) -> Tables:
    """Return the plan of somebody who passed everything on the last day."""
    sample = _Sample(words, clock)
    session = sample.record("values", "last_day")
    placements = [
        {**_only(one, "statement", "meaning", "text"), "passed": True}
        for one in session["placements"][:CORE_STATEMENTS]
    ]
    return {"values": {session["id"]: {**session, "placements": placements}}}


def big(words: Words, clock: Clock, *, goals: int = 1000, activities: int = 5000) -> Tables:
    """Return a plan with very many goals, each with a step, and learning activities; their words come from the banks."""
    sample = _Sample(words, clock)
    today = clock.today()
    about = sample.about(-SINCE_LAST_DAY)
    titles = [entry.text for entry in words.bank("commitments")]
    occasions = [entry.text for entry in words.bank("occasions")]
    found: Tables = {"person": sample.tables()["person"], "goals": {}, "steps": {}, "learning": {}}
    for n in range(goals):
        goal, step = sample_id("goals", str(n)), sample_id("steps", str(n))
        title = _numbered(titles, n)
        state = _BIG_STATES[n % len(_BIG_STATES)]
        found["goals"][goal] = {"id": goal, **about, "title": title, "state": state}
        due = (today + timedelta(days=1 + n % 90)).isoformat()
        found["steps"][step] = {"id": step, **about, "goal": goal, "text": title, "due": due, "state": "planned"}
    for n in range(activities):
        id = sample_id("learning", str(n))
        done = {"done_on": (today - timedelta(days=n % 700)).isoformat(), "hours": 1 + n % 4, "state": "done"}
        found["learning"][id] = {"id": id, **about, "title": _numbered(occasions, n), **done}
    return found


VARIANTS: Mapping[str, Make] = {
    "full": full,
    "first_week": first_week,
    "away": away,
    "empty": empty,
    "passed": passed,
    "big": big,
}
"""Every sample by its name."""


def sample_id(table: str, name: str) -> str:
    """Return the id that a record of the sample has."""
    return derived_id("sample", f"{table}.{name}")


def write(store: PlanStore, tables: Tables, clock: Clock) -> None:
    """Write a sample into a data folder that holds no plan yet: one save, with nothing to undo before it.

    Raises ProblemError ``plan_already_there``, or what a save raises.
    """
    from rchrp_goals.store.plan_store import What

    with store.change(What("imported"), clock.now()) as change:
        change.take_over(sample_id("plan", "sample"), 0)
        for name, records in tables.items():
            for record in records.values():
                change.put_as_it_is(name, checked(name, record))


def make(places: Places, words: Words, clock: Clock, variant: str = "full") -> None:
    """Make a sample's data folder and the plan in it. Raises as ``write`` does."""
    from rchrp_goals.services.context import due_rows
    from rchrp_goals.store.plan_store import PlanStore

    places.make_folders()
    store = PlanStore(places, due_rows=partial(due_rows, words=words))
    write(store, VARIANTS[variant](words, clock), clock)


class _Sample:
    """Puts structure and words together; ``days`` moves everything, ``is_first_week`` leaves out what came later."""

    def __init__(self, words: Words, clock: Clock, *, days: int = 0, is_first_week: bool = False) -> None:
        self._words = words
        self._clock = clock
        self._days = days
        self._is_first_week = is_first_week
        self._hour: int = _HOURS["next_at"]
        self._structure = content.table("structure", "demo")
        self._said = words.module("demo")
        self._statements = {entry.id: entry for entry in words.bank("statements")}

    def tables(self) -> Tables:
        """Return every record of the sample by table and id."""
        found: Tables = {}
        for table, names in self._structure.items():
            for name, shape in names.items():
                if not self._is_first_week or "first" in shape:
                    found.setdefault(table, {})[sample_id(table, name)] = self.record(table, name)
        return found

    def record(self, table: str, name: str) -> Record:
        """Return one record."""
        shape = self._structure[table][name]
        said = self._said.get(table, {}).get(name, {})
        record = _merged(_without(shape, "made", "touched", "first", "placed", "looking_back"), said)
        if table in _TEXT_OF_BANK and "bank" in record:
            bank, field = _TEXT_OF_BANK[table]
            record[field] = next(entry.text for entry in self._words.bank(bank) if entry.id == record["bank"])
        if "card" in record:
            entry = next(entry for entry in self._words.bank("situations") if entry.id == record["card"])
            record |= {"meaning": entry.more["meaning"], "situation": entry.text}
        if "placed" in shape:
            record["placements"] = self._placements(shape, record.pop("reasons", {}))
        for several in ("languages", "supporters"):
            if several in record:
                record[several] = list(record[several].values())
        if table == "check_ins":
            looked = record["goals"].items()
            record["goals"] = [{"goal": sample_id("goals", goal), **one} for goal, one in looked]
        if self._is_first_week:
            _change(record, shape["first"])
        made = shape["made"]
        touched = made if self._is_first_week else shape.get("touched", made)
        return {"id": sample_id(table, name), **self.about(made, touched), **self._read(record, table)}

    def about(self, made: int, touched: int | None = None) -> Record:
        """Return what every record has: when it was made and changed, how often, by whom."""
        is_touched = touched is not None and touched != made
        return {
            "created_at": self._instant(made, _MADE_AT),
            "updated_at": self._instant(touched if touched is not None else made, _MADE_AT),
            "revision": 2 if is_touched else 1,
            "author": "me",
        }

    def _day(self, days: int) -> date:
        return self._clock.today() + timedelta(days=days + self._days)

    def _instant(self, days: int, hour: int) -> str:
        """Return a moment of a day; of today its first, which is never ahead."""
        on = self._day(days)
        return instant_text(self._clock.instant(on, 0 if on == self._clock.today() else hour))

    def _placements(self, shape: Mapping[str, Any], reasons: Mapping[str, str]) -> list[Record]:
        placements = []
        for name, place in shape["placed"].items():
            entry = self._statements[name]
            where = {"passed": True} if place == "passed" else {"position": place}
            one = {"statement": name, "meaning": entry.more["meaning"], "text": entry.text, **where}
            if name in reasons:
                one["reason"] = reasons[name]
            if name in shape.get("looking_back", {}):
                one["looking_back"] = shape["looking_back"][name]
            placements.append(one)
        return placements

    def _read(self, record: Mapping[str, Any], table: str = "") -> Record:
        """Return a record with days, instants, ids and categories in place of what stands for them."""
        self._hour = record.get("hour", _HOURS["next_at"])
        return {key: self._value(key, value, table) for key, value in record.items()}

    def _value(self, key: str, value: Any, table: str) -> Any:
        if key in _DAYS:
            on = self._day(value)
            return (on.replace(day=1) if key == "cycle_start" else on).isoformat()
        if key == "then_at":
            return [self._instant(days, self._hour) for days in value]
        if key == "next_at":
            return self._instant(value, self._hour)
        if key in _HOURS:
            return self._instant(value, _HOURS[key])
        if key in _LINKS:
            return sample_id(_LINKS[key], value)
        if key == "about" and isinstance(value, str):
            return sample_id(*value.split("."))
        if key == "category":
            return self._said["categories"][value]
        if key == "minima":
            return {self._said["categories"][name]: hours for name, hours in value.items()}
        if key in {"what", "about"} and "id" in value:
            return {**value, "id": sample_id(TABLE_OF_KIND[value["kind"]], value["id"])}
        return self._read(value) if isinstance(value, Mapping) and key == "rule" else value


def _merged(shape: Mapping[str, Any], said: Mapping[str, Any]) -> Record:
    """Return both as one record, table by table."""
    found = dict(shape)
    for key, value in said.items():
        inner = found.get(key)
        found[key] = _merged(inner, value) if isinstance(inner, Mapping) else _copy(value)
    return found


def _copy(value: Any) -> Any:
    return {key: _copy(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value


def _change(record: Record, changes: Mapping[str, Any]) -> None:
    """Change fields by their dotted path; "" takes one away."""
    for path, value in changes.items():
        outer, _, inner = path.partition(".")
        holder, key = (record[outer], inner) if inner else (record, outer)
        if value == "":
            holder.pop(key, None)
        else:
            holder[key] = value


def _only(record: Mapping[str, Any], *names: str) -> Record:
    """Return the named fields, and what every record has."""
    kept = {"id", "created_at", "updated_at", "revision", "author", *names}
    return {key: value for key, value in record.items() if key in kept}


def _without(record: Mapping[str, Any], *names: str) -> Record:
    return {key: value for key, value in record.items() if key not in names}


def _numbered(texts: list[str], n: int) -> str:
    """Return one text of many, with a number from the second round on: no two are alike."""
    round_, at = divmod(n, len(texts))
    return f"{texts[at]} ({round_ + 1})" if round_ else texts[at]
