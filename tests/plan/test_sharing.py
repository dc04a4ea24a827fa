"""The one table of what leaves: what stands in no column stays."""

from __future__ import annotations

from typing import Any

import pytest

from rchrp_goals.plan.records import TABLES
from rchrp_goals.plan.sharing import DEFAULT, LEAVES, NEVER, TICKED, WORDLESS, column, what_leaves

PLAN: dict[str, dict[str, dict[str, Any]]] = {
    "person": {"p001": {"id": "p001", "name": "Ana", "someone_to_call": "Dee", "training": "in June"}},
    "goals": {
        "g001": {"id": "g001", "title": "Visit", "why": "because", "state": "active", "baseline": "never"},
        "g002": {"id": "g002", "title": "", "removed_at": "2026-11-05T20:00:00.000000Z"},
    },
    "steps": {"s001": {"id": "s001", "goal": "g001", "text": "Write", "with_whom": "Rosa", "order": 2}},
    "if_thens": {"i001": {"id": "i001", "goal": "g001", "obstacle": "rain", "then": "go"}},
    "letters": {"l001": {"id": "l001", "text": "dear me"}},
    "practice": {"x001": {"id": "x001", "card": "c", "said": "s"}},
    "made_later": {"m001": {"id": "m001", "title": "unknown"}},
    "learning": {"e001": {"id": "e001", "title": "An evening", "category": "ethics", "new_field": "words"}},
}


def test_by_default_only_the_first_column_leaves() -> None:
    assert what_leaves(PLAN) == {
        "person": {"p001": {"id": "p001", "name": "Ana"}},
        "goals": {"g001": {"id": "g001", "title": "Visit", "state": "active"}},
        "steps": {"s001": {"id": "s001", "goal": "g001", "text": "Write", "order": 2}},
        "learning": {"e001": {"id": "e001", "title": "An evening"}},
    }


def test_ticked_comes_with_it_and_never_does_not() -> None:
    leaving = what_leaves(PLAN, (DEFAULT, TICKED))
    assert leaving["goals"]["g001"]["why"] == "because"
    assert leaving["steps"]["s001"]["with_whom"] == "Rosa"
    assert leaving["if_thens"]["i001"]["obstacle"] == "rain"
    assert not {"letters", "practice", "made_later"} & set(leaving)
    assert "someone_to_call" not in leaving["person"]["p001"]


@pytest.mark.parametrize(
    ("table", "field", "found"),
    [
        ("goals", "title", DEFAULT),
        ("goals", "why", TICKED),
        ("values", "placements", TICKED),
        ("person", "someone_to_call", NEVER),
        ("asked", "anything", NEVER),
        ("goals", "a_field_of_tomorrow", NEVER),
        ("a_table_of_tomorrow", "title", NEVER),
    ],
)
def test_columns(table: str, field: str, found: str) -> None:
    assert column(table, field) == found


def test_every_named_field_is_one_that_a_record_has() -> None:
    """A name that no record has would protect nothing."""
    later = {("goals", "state_why"), ("learning", "hours"), ("resources", "what_for"), ("resources", "how_to_reach")}
    for table, fields in LEAVES.items():
        model = TABLES.get(table)
        if model is not None:
            unknown = {(table, name) for name in fields if name not in model.model_fields and name != "*"}
            assert unknown <= later


def test_what_travels_along_says_nothing() -> None:
    assert not {"text", "title", "name", "why", "note", "words"} & WORDLESS
