"""Two copies of one plan become one: the same whichever way, however often, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.plan.merging import merge
from rchrp_goals.plan.versions import is_same, kept_version, stands

Tables = dict[str, dict[str, dict[str, Any]]]

IDS = st.sampled_from(["a-01", "b-02", "c-03"])
VERSIONS = st.fixed_dictionaries(
    {"revision": st.integers(1, 3), "text": st.sampled_from(["one", "two", "1"])},
    optional={
        "updated_at": st.sampled_from(["2026-11-05T20:00:00.000000Z", "2026-11-06T20:00:00.000000Z"]),
        "removed_at": st.just("2026-11-06T20:00:00.000000Z"),
        "n": st.sampled_from([1, True, 1.0]),
    },
)


@st.composite
def copies(draw: st.DrawFn) -> Tables:
    """Give some records of a plan."""
    tables = draw(st.dictionaries(st.sampled_from(["goals", "steps", "of_tomorrow"]), st.dictionaries(IDS, VERSIONS)))
    return {name: {id: {"id": id, **record} for id, record in table.items()} for name, table in tables.items()}


def together(here: Tables, there: Tables) -> tuple[Tables, set[str]]:
    """Return the plan that becomes of two copies, and the ids of the versions kept beside it."""
    found = merge(here, there)
    tables = {name: dict(table) for name, table in here.items()}
    for one in found.incoming:
        tables.setdefault(one.table, {})[one.record["id"]] = dict(one.record)
    return tables, {kept_version(one.table, one.record)["id"] for one in found.beside}


def as_text(tables: Tables) -> set[str]:
    return {f"{name} {sorted(one.items())!r}" for name, table in tables.items() for one in table.values()}


@given(copies(), copies())
def test_either_way_gives_the_same(one: Tables, other: Tables) -> None:
    left, right = together(one, other), together(other, one)
    assert (as_text(left[0]), left[1]) == (as_text(right[0]), right[1])


@given(copies(), copies(), copies())
def test_the_order_of_three_makes_no_difference_to_what_stands(a: Tables, b: Tables, c: Tables) -> None:
    assert as_text(together(together(a, b)[0], c)[0]) == as_text(together(a, together(b, c)[0])[0])


@given(copies(), copies())
def test_twice_changes_nothing(one: Tables, other: Tables) -> None:
    merged, _ = together(one, other)
    assert not merge(merged, merged).incoming
    assert not merge(merged, other).incoming
    assert not merge(one, one).beside


@given(copies(), copies())
def test_nothing_is_lost(one: Tables, other: Tables) -> None:
    merged, kept = together(one, other)
    for copy in (one, other):
        for name, table in copy.items():
            for id, record in table.items():
                assert is_same(merged[name][id], record) or kept_version(name, record)["id"] in kept


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ({"revision": 2}, {"revision": 1, "updated_at": "2026-11-06T20:00:00.000000Z"}),
        ({"revision": 1, "updated_at": "2026-11-06"}, {"revision": 1, "updated_at": "2026-11-05"}),
        ({"revision": 1}, {"revision": True}),
        ({"revision": 1}, {"revision": "9"}),
        ({"revision": 2, "removed_at": "x"}, {"revision": 1, "text": "y"}),
    ],
)
def test_the_rule_of_two_versions(stronger: dict[str, Any], weaker: dict[str, Any]) -> None:
    assert stands({"id": "a-01", **stronger}, {"id": "a-01", **weaker})
    assert not stands({"id": "a-01", **weaker}, {"id": "a-01", **stronger})


def test_at_a_tie_the_greater_digest_stands_both_ways() -> None:
    one, other = ({"id": "a-01", "revision": 1, "text": text} for text in "xy")
    assert stands(one, other) != stands(other, one)


def test_history_and_kept_versions_stay_where_they_are() -> None:
    there = {"history": {"h": {"id": "h"}}, "kept_versions": {"k": {"id": "k"}}}
    assert merge({}, there) == ([], [])
