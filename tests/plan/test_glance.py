"""What has come due, what is next, and in which order: read from plain dicts, tolerant of anything."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.plan import glance
from rchrp_goals.plan.glance import DueRow, PayloadRow
from tests.services.plans import plans

TODAY = date(2026, 11, 5)
NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
YESTERDAY = "2026-11-04"
TOMORROW = "2026-11-06"


class PlainWords:
    """Stands for the wording: the key and the text."""

    def ui(self, key: str, /, **values: object) -> str:
        return f"{key}|{values.get('text', '')}"


def plan(**tables: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    return {name: {one["id"]: one for one in records} for name, records in tables.items()}


def goal(id: str = "g1", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "title": f"Goal {id}",
        "state": "active",
        "created_at": f"2026-11-01T00:00:00.00000{id[-1]}Z",
        **more,
    }


def step(id: str = "s1", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "text": f"Step {id}",
        "state": "planned",
        "order": 0,
        "created_at": "2026-11-01T00:00:00.000000Z",
        **more,
    }


def reminder(id: str = "r1", next_at: str = "2026-11-05T19:00:00.000000Z", **more: Any) -> dict[str, Any]:
    return {"id": id, "what": {"kind": "plan"}, "words": "look_again", "on": True, "next_at": next_at, **more}


def asked(
    about: str,
    kind: str,
    outcome: str,
    until: str | None = None,
    shown_at: str = "2026-11-05T18:00:00.000000Z",
) -> dict[str, Any]:
    record = {
        "id": f"a-{about}",
        "question": f"due:{kind}",
        "about": about,
        "outcome": outcome,
        "shown_at": shown_at,
    }
    return record if until is None else {**record, "until": until}


def due_ids(tables: dict[str, dict[str, dict[str, Any]]], today: date = TODAY, now: datetime = NOW) -> list[str]:
    return [row.id for row in glance.due_today(tables, today, now)]


# What comes due


def test_a_step_comes_due_on_its_day() -> None:
    tables = plan(goals=[goal()], steps=[step(goal="g1", due="2026-11-05")])
    assert due_ids(tables) == ["s1"]
    assert due_ids(tables, date(2026, 11, 4)) == []
    assert due_ids(tables, date(2027, 1, 1)) == ["s1"]


def test_a_due_step_says_its_goal_and_moment() -> None:
    tables = plan(goals=[goal()], steps=[step(goal="g1", due="2026-11-05", moment="right after lunch")])
    row = glance.due_today(tables, TODAY, NOW)[0]
    assert (row.kind, row.text, row.goal, row.goal_title, row.moment) == (
        "step",
        "Step s1",
        "g1",
        "Goal g1",
        "right after lunch",
    )
    assert row.day() == TODAY


@pytest.mark.parametrize("state", ["paused", "done", "let_go"])
def test_nothing_of_a_goal_that_is_out_of_view_comes_due(state: str) -> None:
    tables = plan(
        goals=[goal(state=state, review_on=YESTERDAY)],
        steps=[step(goal="g1", due=YESTERDAY)],
        reminders=[
            reminder(what={"kind": "goal", "id": "g1"}),
            reminder("r2", what={"kind": "step", "id": "s1"}),
        ],
    )
    assert due_ids(tables) == []
    assert glance.next_thing(tables, TODAY, NOW) is None


@pytest.mark.parametrize("state", ["done", "let_go", "somewhere", 3, None])
def test_a_step_that_is_not_planned_never_comes_due(state: object) -> None:
    assert due_ids(plan(steps=[step(due=YESTERDAY, state=state)])) == []


def test_every_kind_comes_due_on_its_own_day() -> None:
    tables = plan(
        goals=[goal(review_on="2026-11-05")],
        learning=[{"id": "l1", "title": "A course", "state": "planned", "planned_for": "2026-11-05"}],
        reminders=[reminder()],
        check_ins=[{"id": "c1", "at": "2026-10-05T00:00:00Z", "with": "self", "next_on": "2026-11-05"}],
    )
    assert sorted(due_ids(tables)) == ["c1", "g1", "l1", "r1"]
    assert due_ids(tables, date(2026, 11, 4), NOW - timedelta(days=1)) == []


@pytest.mark.parametrize("state", ["done", "let_go"])
def test_learning_that_is_over_does_not_come_due(state: str) -> None:
    assert due_ids(plan(learning=[{"id": "l1", "title": "A course", "state": state, "planned_for": YESTERDAY}])) == []


def test_a_reminder_waits_for_its_instant_not_its_day() -> None:
    tables = plan(reminders=[reminder(next_at="2026-11-05T20:00:01.000000Z")])
    assert due_ids(tables) == []
    assert due_ids(tables, TODAY, NOW + timedelta(seconds=1)) == ["r1"]


def test_a_reminder_that_is_off_or_snoozed_stays_quiet() -> None:
    assert due_ids(plan(reminders=[reminder(on=False)])) == []
    assert due_ids(plan(reminders=[reminder(snoozed_until="2026-11-06T09:00:00.000000Z")])) == []
    assert due_ids(plan(reminders=[reminder(snoozed_until="2026-11-05T19:30:00.000000Z")])) == ["r1"]


def with_step(**more: Any) -> dict[str, dict[str, dict[str, Any]]]:
    about = {"kind": "step", "id": "s1"}
    return plan(goals=[goal()], steps=[step(**more)], reminders=[reminder(what=about, words="first_step")])


def test_a_reminder_of_a_step_does_not_count_the_step_twice() -> None:
    assert due_ids(with_step(due="2026-11-05")) == ["s1"]
    assert [line.id for line in glance.due_payload(with_step(due="2026-11-05"), PlainWords())] == ["s1"]
    before = date(2026, 11, 1), datetime(2026, 11, 1, tzinfo=UTC)
    assert [row.id for row in glance.coming(with_step(due="2026-11-05"), *before)] == ["s1", "r1"]


@pytest.mark.parametrize("more", [{}, {"due": "2026-11-20"}, {"state": "done"}, {"state": "done", "due": "2026-11-05"}])
def test_a_reminder_of_a_step_asks_how_it_went(more: dict[str, Any]) -> None:
    rows = glance.due_today(with_step(goal="g1", **more), TODAY, NOW)
    assert [(row.kind, row.text, row.goal_title) for row in rows] == [("reminder", "Step s1", "Goal g1")]


def test_a_reminder_of_a_step_that_was_let_go_or_removed_stays_quiet() -> None:
    for more in ({"state": "let_go"}, {"removed_at": "2026-11-02T00:00:00.000000Z"}, {"text": 3}):
        assert due_ids(with_step(**more)) == []


def test_only_the_newest_check_in_with_a_person_says_when_the_next_is() -> None:
    tables = plan(
        check_ins=[
            {"id": "c1", "at": "2026-09-05T00:00:00Z", "with": "self", "next_on": "2026-10-05"},
            {"id": "c2", "at": "2026-10-05T00:00:00Z", "with": "self", "next_on": "2026-12-05"},
            {"id": "c3", "at": "2026-09-01T00:00:00Z", "with": "Marcus", "next_on": "2026-11-01"},
        ]
    )
    assert due_ids(tables) == ["c3"]


def test_what_was_removed_never_shows() -> None:
    gone = {"removed_at": "2026-11-02T00:00:00.000000Z"}
    tables = plan(
        goals=[goal(review_on=YESTERDAY, **gone)],
        steps=[step(due=YESTERDAY, **gone), step("s3", **gone)],
        learning=[{"id": "l1", "title": "x", "state": "planned", "planned_for": YESTERDAY, **gone}],
        reminders=[reminder(**gone)],
        check_ins=[{"id": "c1", "at": "2026-10-05T00:00:00Z", "next_on": YESTERDAY, **gone}],
    )
    assert due_ids(tables) == []
    assert glance.next_thing(tables, TODAY, NOW) is None
    assert glance.goals_in_order(tables) == []
    assert glance.inbox(tables) == []
    assert glance.coming(tables, date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)) == []


def test_a_step_whose_goal_was_removed_elsewhere_waits_in_the_inbox() -> None:
    tables = plan(goals=[goal(removed_at="2026-11-02T00:00:00.000000Z")], steps=[step("s2", due=YESTERDAY, goal="g1")])
    assert [one["id"] for one in glance.inbox(tables)] == ["s2"]
    assert due_ids(tables) == ["s2"]


# What was answered


@pytest.mark.parametrize("outcome", ["not_now", "later"])
def test_what_was_put_off_hides_until_its_day(outcome: str) -> None:
    tables = plan(steps=[step(due=YESTERDAY)], asked=[asked("s1", "step", outcome, until=TOMORROW)])
    assert due_ids(tables) == []
    assert due_ids(tables, date(2026, 11, 6)) == ["s1"]


def test_an_answer_hides_only_what_it_was_about() -> None:
    tables = plan(
        steps=[step(due=YESTERDAY)],
        asked=[
            asked("s2", "step", "not_now", until=TOMORROW),
            asked("s1", "goal", "not_now", until=TOMORROW),
        ],
    )
    assert due_ids(tables) == ["s1"]


def test_a_review_that_was_looked_at_comes_back_with_a_new_day() -> None:
    looked_at = asked("g1", "goal", "done", until="2026-11-05")
    assert due_ids(plan(goals=[goal(review_on="2026-11-05")], asked=[looked_at])) == []
    tables = plan(goals=[goal(review_on="2026-12-05")], asked=[looked_at])
    assert due_ids(tables, date(2026, 12, 5)) == ["g1"]


def test_a_reminder_that_was_answered_comes_back_with_a_new_instant() -> None:
    answered = asked("r1", "reminder", "done")
    assert due_ids(plan(reminders=[reminder(next_at="2026-11-05T17:00:00.000000Z")], asked=[answered])) == []
    assert due_ids(plan(reminders=[reminder(next_at="2026-11-05T19:00:00.000000Z")], asked=[answered])) == ["r1"]


def test_the_last_answer_counts() -> None:
    first = {
        **asked("s1", "step", "later", until="2026-12-01", shown_at="2026-11-01T00:00:00.000000Z"),
        "id": "a1",
    }
    last = {
        **asked("s1", "step", "not_now", until="2026-11-05", shown_at="2026-11-04T00:00:00.000000Z"),
        "id": "a2",
    }
    assert due_ids(plan(steps=[step(due=YESTERDAY)], asked=[last, first])) == ["s1"]


# In which order


def test_what_was_shown_longest_ago_comes_first_and_a_step_wins_ties() -> None:
    tables = plan(
        goals=[goal(review_on="2026-10-01")],
        steps=[step("s1", due="2026-11-03"), step("s2", due="2026-11-02"), step("s3", due="2026-11-01")],
        reminders=[reminder(next_at="2026-01-01T00:00:00.000000Z")],
        asked=[asked("s3", "step", "not_now", until="2026-11-05", shown_at="2026-11-04T00:00:00.000000Z")],
    )
    assert due_ids(tables) == ["s2", "s1", "r1", "g1", "s3"]


def test_a_values_revisit_is_reached_while_a_step_stays_undone() -> None:
    revisit = reminder(words="values", what={"kind": "values"})
    tables = plan(
        steps=[step(due="2026-11-01")],
        reminders=[revisit],
        asked=[asked("s1", "step", "not_now", until="2026-11-05", shown_at="2026-11-04T10:00:00.000000Z")],
    )
    first = glance.next_thing(tables, TODAY, NOW)
    assert first is not None
    assert (first.row.id, first.is_due) == ("r1", True)


# What is next


def test_next_is_what_has_come_due() -> None:
    tables = plan(steps=[step("s1", due="2026-11-20"), step("s2"), step("s3", due="2026-11-05")])
    first = glance.next_thing(tables, TODAY, NOW)
    assert first is not None
    assert (first.row.id, first.is_due) == ("s3", True)


def test_next_is_else_the_next_dated_step() -> None:
    tables = plan(
        goals=[goal(), goal("g2", state="paused")],
        steps=[
            step("s1"),
            step("s2", due="2026-12-20", goal="g1"),
            step("s3", due="2026-12-01"),
            step("s4", due="2026-11-10", goal="g2"),
        ],
        reminders=[reminder(next_at="2026-11-06T00:00:00.000000Z")],
    )
    first = glance.next_thing(tables, TODAY, NOW)
    assert first is not None
    assert (first.row.id, first.is_due) == ("s3", False)


def test_next_is_else_a_step_without_a_day_first_of_the_goals() -> None:
    tables = plan(goals=[goal()], steps=[step("s1"), step("s2", goal="g1", order=2), step("s3", goal="g1", order=1)])
    first = glance.next_thing(tables, TODAY, NOW)
    assert first is not None
    assert (first.row.id, first.is_due) == ("s3", False)


def test_not_now_leaves_room_for_the_next() -> None:
    tables = plan(
        steps=[step("s1", due="2026-11-05"), step("s2"), step("s3")],
        asked=[
            asked("s1", "step", "not_now", until=TOMORROW),
            asked("s2", "step", "not_now", until=TOMORROW),
        ],
    )
    first = glance.next_thing(tables, TODAY, NOW)
    assert first is not None
    assert first.row.id == "s3"


def test_next_is_none_where_nothing_is_planned() -> None:
    assert glance.next_thing({}, TODAY, NOW) is None
    assert glance.next_thing(plan(steps=[step(state="done")]), TODAY, NOW) is None


def test_coming_lists_what_lies_ahead_soonest_first() -> None:
    tables = plan(
        goals=[goal(review_on="2026-12-20")],
        steps=[step("s1", due="2026-11-05"), step("s2", due="2026-11-26"), step("s3")],
        learning=[{"id": "l1", "title": "Naloxone training", "state": "idea", "planned_for": "2026-12-02"}],
        reminders=[reminder(next_at="2026-12-05T09:00:00.000000Z")],
    )
    assert [row.id for row in glance.coming(tables, TODAY, NOW)] == ["s2", "l1", "r1", "g1"]


# Goals and steps


def test_goals_stand_by_state_then_by_when_they_were_made() -> None:
    tables = plan(
        goals=[
            goal("g1", state="let_go"),
            goal("g2", state="done"),
            goal("g3", state="paused"),
            goal("g4", state="exploring"),
            goal("g6"),
            goal("g5"),
        ]
    )
    assert [one["id"] for one in glance.goals_in_order(tables)] == ["g5", "g6", "g4", "g3", "g2", "g1"]
    assert [one["id"] for one in glance.goals_in_view(tables)] == ["g5", "g6", "g4"]


def test_steps_stand_by_order_then_day_then_by_when_they_were_made() -> None:
    tables = plan(
        goals=[goal()],
        steps=[
            step("s1", goal="g1", order=1),
            step("s2", goal="g1"),
            step("s3", goal="g1", due="2026-12-02"),
            step("s4", goal="g1", due="2026-12-01"),
            step("s5", goal="g1", created_at="2026-10-01T00:00:00.000000Z"),
            step("s6"),
            step("s7", goal="not-in-the-plan"),
        ],
    )
    assert [one["id"] for one in glance.steps_of(tables, "g1")] == ["s4", "s3", "s5", "s2", "s1"]
    assert [one["id"] for one in glance.inbox(tables)] == ["s6", "s7"]


# The lines of due.tsv


def test_the_lines_of_due_hold_days_to_come_and_stay_right_as_days_pass() -> None:
    tables = plan(
        goals=[goal(review_on="2026-12-20")],
        steps=[step("s1", due="2026-11-03"), step("s2", due="2026-11-26"), step("s3")],
        reminders=[reminder(next_at="2026-12-05T09:00:00.000000Z")],
        asked=[asked("s1", "step", "not_now", until=TOMORROW)],
    )
    assert sorted(glance.due_payload(tables, PlainWords())) == [
        PayloadRow("2026-11-06", "step", "s1", "Step s1"),
        PayloadRow("2026-11-26", "step", "s2", "Step s2"),
        PayloadRow("2026-12-05T09:00:00.000000Z <2026-12-08", "reminder", "r1", "reminders.look_again|"),
        PayloadRow("2026-12-08 <2026-12-09", "reminder", "r1", "reminders.still_useful|"),
        PayloadRow("2026-12-20", "goal", "g1", "due.goal|Goal g1"),
    ]


def test_a_reminder_that_was_put_off_waits_for_both_day_and_instant() -> None:
    tables = plan(reminders=[reminder()], asked=[asked("r1", "reminder", "not_now", until=TOMORROW)])
    first, *_ = glance.due_payload(tables, PlainWords())
    assert first.when == "2026-11-06 2026-11-05T19:00:00.000000Z <2026-11-09"


def test_a_reminder_says_its_sentence_and_an_unknown_one_the_general_one() -> None:
    row = DueRow("reminder", "r1", "Step s1", at=NOW, words="first_step")
    assert glance.wording_of(row, PlainWords()) == "reminders.first_step|Step s1"
    tables = plan(reminders=[reminder(words="from a newer version")])
    assert [one.words for one in glance.due_today(tables, TODAY, NOW)] == ["look_again"]


def test_statements_of_values_have_no_part_in_it() -> None:
    secret = "a statement of values"
    session = {
        "id": "v1", "occasion": "last_day", "state": "open", "due": YESTERDAY, "planned_for": YESTERDAY,
        "text": secret, "title": secret, "placements": [{"statement": "s03", "text": secret, "position": 7}],
    }  # fmt: skip
    tables = plan(values=[session], steps=[step(due=YESTERDAY)])
    everything = repr((glance.due_today(tables, TODAY, NOW), glance.due_payload(tables, PlainWords()),
                       glance.coming(tables, TODAY, NOW), glance.inbox(tables)))  # fmt: skip
    assert secret not in everything


# Tolerance


def test_tables_of_reads_the_layout_of_tinydb() -> None:
    document = {
        "_file": {"1": {"format": "rchrp-goals"}},
        "steps": {"1": step(), "7": step("s2"), "8": "no record", "9": {"text": "without an id"}},
        "list": [1, 2],
    }
    tables = glance.tables_of(json.dumps(document).encode())
    assert sorted(tables) == ["steps"]
    assert sorted(tables["steps"]) == ["s1", "s2"]


def test_of_two_records_with_one_id_the_higher_revision_stands() -> None:
    document = {"steps": {"1": step(revision=2, text="newer"), "2": step(revision=1, text="older")}}
    assert glance.tables_of(json.dumps(document).encode())["steps"]["s1"]["text"] == "newer"


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff\xfe\x00", b"null", b"[" * 200_000, b"1" * 5_000])
def test_bytes_that_are_no_plan_raise_one_kind_of_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        glance.tables_of(data)


LOOKS_RIGHT = [
    *("g1", "s1", "r1", "planned", "active", "due:step", "not_now", "done", YESTERDAY, "2026-W01-1"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-05T19:00:00.000000Z"),
]
JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(LOOKS_RIGHT),
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["kind", "id"]), inner, max_size=2),
    max_leaves=3,
)
FIELDS = [
    *("title", "text", "state", "due", "order", "goal", "review_on", "planned_for", "next_at", "on", "words"),
    *("what", "snoozed_until", "next_on", "with", "at", "question", "about", "outcome", "until", "shown_at"),
    *("moment", "created_at", "removed_at", "revision", "rule", "then_at", "pause_until", "quiet_from", "quiet_to"),
]
RECORD = st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=12).flatmap(
    lambda fields: st.sampled_from(["g1", "s1", "s2", "r1"]).map(lambda id: {**fields, "id": id})
)
TABLE = st.lists(RECORD, max_size=4).map(glance.by_id)
NAMES = ("goals", "steps", "learning", "reminders", "check_ins", "asked", "values", "reminder_settings")


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, TABLE)))
def test_no_record_of_any_shape_brings_it_down(tables: dict[str, dict[str, dict[str, Any]]]) -> None:
    due = glance.due_today(tables, TODAY, NOW)
    glance.coming(tables, TODAY, NOW)
    glance.goals_in_order(tables)
    glance.inbox(tables)
    glance.steps_of(tables, "g1")
    lines = glance.due_payload(tables, PlainWords())
    assert {row.id for row in due} <= {line.id for line in lines}
    assert all(line.when for line in lines)
    assert {row.id for row in glance.digest_rows(tables, TODAY, NOW)} <= {line.id for line in lines}
    if due:
        first = glance.next_thing(tables, TODAY, NOW)
        assert first is not None
        assert first.row == due[0]


def test_it_loads_nothing_heavy() -> None:
    program = "import sys, rchrp_goals.plan.glance; print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "pydantic",
        "tinydb",
        "filelock",
        "textual",
        "rich",
        "jinja2",
        "dateutil",
        "platformdirs",
        "json",
        "dataclasses",
    }
    assert heavy.isdisjoint(found)


@given(plans())
def test_steps_by_goal_are_the_steps_of_each_goal(plan: dict[str, list[dict[str, Any]]]) -> None:
    tables = {name: {one["id"]: one for one in records} for name, records in plan.items()}
    found = glance.steps_by_goal(tables)
    for goal_id in tables.get("goals", {}):
        assert found.get(goal_id, []) == glance.steps_of(tables, goal_id)
