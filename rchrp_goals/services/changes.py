"""Changes to a plan as data: records to put and to remove, their ids, and what a removal brings about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from rchrp_goals.plan.lenient import text

Record = dict[str, Any]
Tables = Mapping[str, Mapping[str, Record]]

_WORDS: Mapping[str, tuple[str, ...]] = {
    "goals": ("title",),
    "steps": ("text",),
    "learning": ("title",),
    "focus": ("area",),
    "letters": ("text",),
    "rulers": ("importance", "confidence", "what_makes_it"),
    "if_thens": ("obstacle", "then"),
    "reflections": ("answers",),
}
"""A record that has none of these says nothing: it is not written, and removed where it stood."""


class Put(NamedTuple):
    """One record to write."""

    table: str
    record: Record


class Remove(NamedTuple):
    """One record to remove."""

    table: str
    id: str


def derived_id(base: str, name: str) -> str:
    """Return the id that belongs to ``name`` under ``base``: the same each time."""
    return str(uuid5(NAMESPACE_OID, f"{base}:{name}"))


def says_something(table: str, record: Record) -> bool:
    """Tell whether a record has any of the words without which it says nothing."""
    return any(record.get(field) not in (None, "", {}) for field in _WORDS[table])


def loosened(changes: list[Put | Remove], tables: Tables) -> list[Put | Remove]:
    """Return what a removal brings about, so that nothing hangs on what is gone.

    A goal takes along its rulers, if-thens and notes, and leaves its steps in the inbox; a step takes along how sure of
    it somebody was. ``tables`` hold no removed records.
    """
    names = ("goals", "rulers", "if_thens", "progress", "steps", "learning")
    after = {name: dict(tables.get(name, {})) for name in names}
    for one in changes:
        if isinstance(one, Put):
            after.setdefault(one.table, {})[one.record["id"]] = one.record
        else:
            after.get(one.table, {}).pop(one.id, None)
    gone = {(one.table, one.id) for one in changes if isinstance(one, Remove)}
    more: list[Put | Remove] = []
    for table in ("if_thens", "rulers", "progress"):
        for id, record in after[table].items():
            if ("goals", text(record, "goal")) in gone:
                more.append(Remove(table, id))
            elif ("steps", text(record, "step")) in gone:
                more.append(_without_step(record))
    for table, link, target in (
        ("steps", "goal", "goals"),
        ("learning", "focus", "focus"),
        ("learning", "goal", "goals"),
        ("goals", "focus", "focus"),
    ):
        for record in after[table].values():
            if (target, text(record, link)) in gone:
                more.append(Put(table, {key: value for key, value in record.items() if key != link}))
    return more


def _without_step(ruler: Record) -> Put | Remove:
    of_step = {"step", "confidence"}
    if ruler.get("what_makes_it_about") == "confidence":
        of_step |= {"what_makes_it", "what_makes_it_about"}
    kept = {key: value for key, value in ruler.items() if key not in of_step}
    return Put("rulers", kept) if says_something("rulers", kept) else Remove("rulers", kept["id"])
