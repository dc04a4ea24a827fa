"""Plans made up by hypothesis: every table that has a model, and tables and fields that nobody knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.records import checked
from rchrp_goals.plan.text import clean

Tables = dict[str, list[dict[str, Any]]]


def _cleaned(text: str) -> str:
    try:
        return clean(text).text
    except AnswerRefused:
        return "a word"


LINES = st.text(min_size=1, max_size=40).map(_cleaned)
IDS = st.uuids().map(str)
DAYS = st.dates().map(lambda day: day.isoformat())
POSITIONS = st.integers(0, 10)
INSTANTS = st.datetimes(datetime(1000, 1, 1)).map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | LINES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LINES, inner, max_size=3),
    max_leaves=6,
)


def _record(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Give records with some of these fields, with times and a revision, and now and then a field of tomorrow."""
    about = {"created_at": INSTANTS, "updated_at": INSTANTS, "revision": st.integers(1, 99), "author": st.just("me")}
    return st.fixed_dictionaries({"id": IDS, **about}, optional={**fields, "of_tomorrow": JSON})


_PLACEMENTS = st.lists(
    st.fixed_dictionaries(
        {"statement": st.sampled_from(["s01_x", "room-0123456789ab"]), "text": LINES},
        optional={"position": POSITIONS, "reason": LINES, "meaning": st.integers(1, 3)},
    ),
    max_size=4,
    unique_by=lambda one: one["statement"],
)
_RECORDS = {
    "person": _record(name=LINES, someone_to_call=LINES),
    "agreements": _record(text=LINES, since=DAYS, **{"from": st.sampled_from(["bank", "room", "own"])}),
    "values": _record(
        placements=_PLACEMENTS, taken_at=INSTANTS, occasion=st.sampled_from(["last_day", "day_one_part_1"])
    ),
    "focus": _record(area=LINES, knowledge=st.sampled_from(["new_to_me", "doing_it"])),
    "learning": _record(
        title=LINES,
        planned_for=DAYS,
        state=st.sampled_from(["idea", "planned", "done", "let_go"]),
        hours=st.integers(1, 1000) | st.sampled_from([0.3333, 1.5]),
        category=LINES,
        participatory=st.booleans(),
    ),
    "goals": _record(
        title=LINES,
        why=LINES,
        state=st.sampled_from(["active", "exploring", "paused", "done", "let_go"]),
        levels=st.dictionaries(st.sampled_from(["-2", "-1", "0", "1", "2"]), LINES),
        review_on=DAYS,
        supporters=st.lists(st.fixed_dictionaries({"name": LINES}, optional={"how": LINES}), max_size=2),
    ),
    "rulers": _record(importance=POSITIONS, confidence=POSITIONS, what_makes_it=LINES, at=INSTANTS),
    "if_thens": _record(obstacle=LINES, then=LINES),
    "steps": _record(text=LINES, moment=LINES, due=DAYS, state=st.sampled_from(["planned", "done", "let_go"])),
    "progress": st.builds(
        lambda one, goal: {**one, "goal": goal},
        _record(level=st.integers(-2, 2) | st.just("not_there_yet"), words=LINES, note=LINES, at=INSTANTS),
        IDS,
    ),
    "reminders": _record(next_at=INSTANTS, on=st.booleans(), words=st.sampled_from(["first_step", "values", "else"])),
    "asked": _record(question=LINES, outcome=st.sampled_from(["passed", "later"])),
    "letters": _record(text=LINES, at=INSTANTS),
    "resources": _record(name=LINES),
    "of_tomorrow": st.fixed_dictionaries({"id": IDS}, optional={"anything": JSON}),
}
_REMOVED = st.fixed_dictionaries({"id": IDS, "removed_at": INSTANTS, "updated_at": INSTANTS, "revision": st.just(3)})


@st.composite
def plans(draw: st.DrawFn) -> Tables:
    """Give the records of a plan by table, as a store keeps them; steps and the like belong to goals that are there."""
    tables: Tables = {}
    for name, records in _RECORDS.items():
        found = draw(st.lists(records, max_size=1 if name == "person" else 3, unique_by=lambda one: one["id"]))
        goals = [one["id"] for one in tables.get("goals", [])]
        for one in found:
            if name in {"rulers", "if_thens", "steps"} and bool(goals) and draw(st.booleans()):
                one["goal"] = draw(st.sampled_from(goals))
            if name == "asked":
                one.setdefault("question", "goals.why")
                one.setdefault("outcome", "passed")
        kept = [checked(name, one) for one in found]
        if draw(st.integers(0, 9)) == 0:
            kept.append(draw(_REMOVED))
        if kept:
            tables[name] = kept
    return tables
