"""Changes of values sessions: what was placed is never touched, what is put right and looked back stands beside it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.values import compare
from rchrp_goals.services import values_changes
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.sessions import is_closed
from rchrp_goals.services.undoing import undo
from rchrp_goals.services.values_changes import Name, add_day_one, look_back, put_right
from rchrp_goals.services.values_view import corrections_of, day_of, in_order
from tests.services.desk import desk_in
from tests.services.sessions import DAY_ONE, LAST_DAY, placed, session, two_looks, write

ONE = Name("s01_one", 1)
STATEMENTS = st.sampled_from(["s01_one", "s02_two", "s03_three", "room-0123456789ab"])
POSITIONS = st.none() | st.integers(0, 10)
PLACEMENTS = st.lists(
    st.builds(
        lambda name, at, meaning: {**placed(name, at), "meaning": meaning}, STATEMENTS, POSITIONS, st.integers(1, 2)
    ),
    max_size=6,
    unique_by=lambda one: (one["statement"], one["meaning"]),
)
WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)


def stored(desk: Desk, id: str) -> dict[str, Any]:
    found = desk.store.read().get("values", id)
    assert found is not None
    return deepcopy(dict(found))


@given(PLACEMENTS, PLACEMENTS)
def test_comparing_loses_nothing_and_mixes_nothing(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> None:
    rows = compare(then, now)
    found = {(row.statement, row.meaning): row for row in rows}
    assert len(found) == len(rows)
    sides = [{(one["statement"], one["meaning"]): one.get("position") for one in side} for side in (then, now)]
    assert set(found) == set(sides[0]) | set(sides[1])
    for name, row in found.items():
        assert (row.then_given, row.now_given) == (name in sides[0], name in sides[1])
        assert (row.then, row.now) == (sides[0].get(name), sides[1].get(name))
    assert [row.statement for row in rows[: len(now)]] == [one["statement"] for one in now]


@given(PLACEMENTS.filter(bool), WORDS, POSITIONS, POSITIONS)
@settings(max_examples=25, deadline=None)
def test_what_was_placed_in_a_closed_session_stays(
    placements: list[dict[str, Any]], said: str, right: int | None, back: int | None
) -> None:
    with TemporaryDirectory() as folder:
        desk = desk_in(Path(folder))
        write(desk, "values", session(LAST_DAY, "last_day", "2026-11-03", *placements))
        before = stored(desk, LAST_DAY)["placements"]
        about = Name(placements[0]["statement"], placements[0]["meaning"])
        put_right(desk, LAST_DAY, about, said, right)
        look_back(desk, LAST_DAY, about, back)
        after = stored(desk, LAST_DAY)["placements"]
        assert [{key: value for key, value in one.items() if key != "looking_back"} for one in after] == before
        assert [one.get("looking_back") for one in after] == [back, *[None] * (len(after) - 1)]
        (correction,) = corrections_of(desk.store.read().tables, stored(desk, LAST_DAY), about.statement)
        assert (correction["text"], correction.get("position"), correction["meaning"]) == (said, right, about.meaning)


def test_putting_right_waits_until_a_session_is_closed(desk: Desk) -> None:
    write(desk, "values", session(LAST_DAY, "last_day", "2026-11-05", placed("s01_one", 7), state="open"))
    with pytest.raises(ProblemError, match="session_open"):
        put_right(desk, LAST_DAY, ONE, "a slip", 3)
    assert not desk.store.read().records("corrections")


@pytest.mark.parametrize(
    ("id", "name"), [("nowhere", ONE), (DAY_ONE, Name("s09_none", 1)), (DAY_ONE, Name("s01_one", 2))]
)
def test_what_is_not_there_is_not_changed(desk: Desk, id: str, name: Name) -> None:
    two_looks(desk)
    before = desk.store.stamp()
    with pytest.raises(ProblemError, match="not_there"):
        put_right(desk, id, name, "a slip", 3)
    with pytest.raises(ProblemError, match="not_there"):
        look_back(desk, id, name, 3)
    assert desk.store.stamp() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda desk: put_right(desk, DAY_ONE, ONE, "secret words", 3), "Taken back: something put right."),
        (lambda desk: look_back(desk, LAST_DAY, ONE, 3), "Taken back: a look back kept."),
        (
            lambda desk: add_day_one(
                desk, "day_one_part_2", [placed("s01_one", 1)], [4], entered="from_paper", on=None
            ),
            "Taken back: Day One kept.",
        ),
    ],
)
def test_each_is_one_change_that_is_taken_back_without_a_word_of_it(desk: Desk, change: Any, said: str) -> None:
    two_looks(desk)
    before = [one["placements"] for one in desk.store.read().records("values")]
    change(desk)
    assert undo(desk.store, desk.words, desk.clock.now()) == said
    assert [one["placements"] for one in desk.store.read().records("values")] == before
    assert not desk.store.read().records("corrections")


# Day One, entered later


def test_day_one_entered_later_says_how_and_stays_open_for_that_day(desk: Desk) -> None:
    on = date(2026, 11, 3)
    statements = [placed("s01_one", 1), placed("s02_two", 1)]
    id = add_day_one(desk, "day_one_part_1", statements, [4, None], entered="from_paper", on=on)
    found = stored(desk, id)
    assert (found["occasion"], found["entered"], day_of(found)) == ("day_one_part_1", "from_paper", on)
    assert [(one.get("position"), one["passed"]) for one in found["placements"]] == [(4, False), (None, True)]
    assert not is_closed(found, date(2026, 11, 5))
    assert is_closed(found, date(2026, 11, 6))


def test_a_day_that_nobody_knows_stands_before_all(desk: Desk) -> None:
    two_looks(desk)
    id = add_day_one(desk, "day_one_part_2", [placed("s01_one", 1)], [4], entered="from_memory", on=None)
    found = stored(desk, id)
    assert day_of(found) is None
    assert in_order(desk.store.read().tables)[0]["id"] == id


def test_a_part_that_is_there_is_not_entered_twice(desk: Desk) -> None:
    two_looks(desk)
    with pytest.raises(ProblemError, match="day_one_there"):
        add_day_one(desk, "day_one_part_1", [placed("s01_one", 1)], [4], entered="from_paper", on=None)


def test_a_session_answered_at_the_time_is_open_for_its_own_day() -> None:
    found = session(LAST_DAY, "last_day", "2026-11-04", state="open", created_at="2026-11-05T01:00:00.000000Z")
    assert is_closed(found, date(2026, 11, 5))


def test_the_hour_of_a_noted_day_is_noon(desk: Desk) -> None:
    id = add_day_one(desk, "day_one_part_1", [], [], entered="from_paper", on=date(2026, 11, 3))
    assert stored(desk, id)["taken_at"] == f"2026-11-03T{values_changes.NOON}:00:00.000000Z"
