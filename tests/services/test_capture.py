"""What is caught in passing: a step, a done, a later, a not now; each one change that can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, ProblemError, UsageProblem
from rchrp_goals.plan import glance
from rchrp_goals.services import goals
from rchrp_goals.services.capture import add_step, later, mark_done, not_now
from rchrp_goals.services.context import Context, SystemClock, due_rows
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.reminders import Wanted, add
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import What

TODAY = date(2026, 11, 5)
MADE: dict[str, dict[str, Any]] = {
    "steps": {"id": "thing-0001", "text": "Write to the service", "state": "planned", "due": "2026-11-05"},
    "goals": {"id": "thing-0001", "title": "A goal", "state": "active", "review_on": "2026-11-05"},
    "learning": {"id": "thing-0001", "title": "Evening", "state": "planned", "planned_for": "2026-11-05"},
    "reminders": {
        "id": "thing-0001", "what": {"kind": "plan"}, "words": "look_again", "on": True,
        "next_at": "2026-11-05T09:00:00.000000Z",
    },
    "check_ins": {"id": "thing-0001", "at": "2026-10-05T09:00:00.000000Z", "with": "self", "next_on": "2026-11-05"},
}  # fmt: skip
KINDS = {"step": "steps", "goal": "goals", "learning": "learning", "reminder": "reminders", "check_in": "check_ins"}


def put(desk: Desk, table: str, **more: Any) -> None:
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put(table, {**MADE[table], **more})


def due(desk: Desk, today: date = TODAY) -> list[str]:
    now = desk.clock.instant(today, 20)
    return [row.kind for row in glance.due_today(desk.store.read().tables, today, now)]


@pytest.mark.parametrize(("kind", "table"), KINDS.items())
def test_done_takes_a_thing_away_and_undo_brings_it_back(desk: Desk, kind: str, table: str) -> None:
    put(desk, table)
    assert due(desk) == [kind]
    assert mark_done(desk.store, kind, "thing-0001", TODAY, desk.clock.now())
    assert due(desk) == []
    assert due(desk, date(2027, 12, 1)) == []
    desk.store.undo(desk.clock.now())
    assert due(desk) == [kind]


@pytest.mark.parametrize(("kind", "table"), KINDS.items())
def test_later_moves_a_thing_to_its_day(desk: Desk, kind: str, table: str) -> None:
    put(desk, table)
    later(desk.store, kind, "thing-0001", date(2026, 11, 20), desk.clock)
    assert due(desk) == []
    assert due(desk, date(2026, 11, 19)) == []
    assert due(desk, date(2026, 11, 20)) == [kind]
    ahead = glance.coming(desk.store.read().tables, TODAY, desk.clock.now())
    assert [(row.kind, row.day()) for row in ahead] == [(kind, date(2026, 11, 20))]
    desk.store.undo(desk.clock.now())
    assert due(desk) == [kind]


@pytest.mark.parametrize(("kind", "table"), KINDS.items())
def test_not_now_hides_a_thing_for_today(desk: Desk, kind: str, table: str) -> None:
    put(desk, table)
    not_now(desk.store, kind, "thing-0001", TODAY, desk.clock.now())
    assert due(desk) == []
    assert due(desk, date(2026, 11, 6)) == [kind]
    desk.store.undo(desk.clock.now())
    assert due(desk) == [kind]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_gone_cannot_be_answered(desk: Desk, kind: str) -> None:
    for answer in (
        lambda: mark_done(desk.store, kind, "thing-0001", TODAY, desk.clock.now()),
        lambda: later(desk.store, kind, "thing-0001", TODAY, desk.clock),
        lambda: not_now(desk.store, kind, "thing-0001", TODAY, desk.clock.now()),
    ):
        with pytest.raises(ProblemError) as caught:
            answer()
        assert caught.value.key == "not_there"
    assert not desk.store.read().exists


def test_not_now_lets_the_next_thing_come_first(desk: Desk) -> None:
    put(desk, "steps")
    put(desk, "steps", id="thing-0002", due="2026-11-04")
    put(desk, "reminders")
    assert due(desk) == ["step", "step", "reminder"]
    not_now(desk.store, "step", "thing-0002", TODAY, desk.clock.now())
    rows = glance.due_today(desk.store.read().tables, date(2026, 11, 6), desk.clock.instant(date(2026, 11, 6), 9))
    assert [row.id for row in rows] == ["thing-0001", "thing-0001", "thing-0002"]


def test_one_thing_has_one_answer(desk: Desk) -> None:
    put(desk, "steps")
    not_now(desk.store, "step", "thing-0001", TODAY, desk.clock.now())
    later(desk.store, "step", "thing-0001", date(2026, 11, 9), desk.clock)
    (answer,) = desk.store.read().records("asked")
    assert (answer["question"], answer["about"], answer["outcome"]) == ("due:step", "thing-0001", "later")
    assert answer["until"] == "2026-11-09"
    assert answer["shown_at"] == "2026-11-05T20:00:00.000000Z"


def test_reminders_about_a_step_move_along_with_it(desk: Desk) -> None:
    put(desk, "steps")
    about = {"kind": "step", "id": "thing-0001"}
    reminders: dict[str, dict[str, Any]] = {
        "remind-001": {"what": about, "next_at": "2026-11-12T09:00:00.000000Z"},
        "remind-002": {"what": about, "next_at": "2026-12-12T09:00:00.000000Z"},
        "remind-003": {"what": about, "next_at": "2026-11-12T09:00:00.000000Z", "on": False},
        "remind-004": {"what": {"kind": "plan"}, "next_at": "2026-11-12T09:00:00.000000Z"},
    }
    for id, more in reminders.items():
        put(desk, "reminders", id=id, **more)
    later(desk.store, "step", "thing-0001", date(2026, 11, 20), desk.clock)
    found = {one["id"]: one["next_at"][:10] for one in desk.store.read().records("reminders")}
    assert found == {
        "remind-001": "2026-11-20",
        "remind-002": "2026-12-12",
        "remind-003": "2026-11-12",
        "remind-004": "2026-11-12",
    }


def test_a_reminder_that_repeats_stays_on(desk: Desk) -> None:
    put(desk, "reminders", rule="FREQ=MONTHLY")
    mark_done(desk.store, "reminder", "thing-0001", TODAY, desk.clock.now())
    (reminder,) = desk.store.read().records("reminders")
    assert reminder["on"] is True
    assert reminder["answered"] == "2026-11-05T20:00:00.000000Z"
    assert due(desk) == []


def test_done_twice_is_no_second_change(desk: Desk) -> None:
    put(desk, "steps")
    assert mark_done(desk.store, "step", "thing-0001", TODAY, desk.clock.now())
    generation = desk.store.read().generation
    assert not mark_done(desk.store, "step", "thing-0001", TODAY, desk.clock.now())
    assert desk.store.read().generation == generation


def test_a_step_is_kept_clean_and_goes_where_it_belongs(desk: Desk) -> None:
    put(desk, "goals")
    added = add_step(desk.store, "  ask\x1b[31m Rosa ", "thing-0001", TODAY, desk.clock.now())
    assert (added.text, added.was_changed) == ("ask Rosa", True)
    assert due(desk) == ["step", "goal"]
    with pytest.raises(AnswerRefused):
        add_step(desk.store, "x" * 501, None, None, desk.clock.now())
    with pytest.raises(ProblemError) as caught:
        add_step(desk.store, "x", "nowhere-1", None, desk.clock.now())
    assert caught.value.key == "goal_not_there"
    assert len(desk.store.read().records("steps")) == 1


# Ids


def test_an_id_is_shown_as_short_as_it_can_be() -> None:
    names = ("abcd", "abcdefgh", "abcdefgx", "abzz1234", "q234567890")
    tables = {"steps": {id: {"id": id} for id in names[:3]}, "goals": {id: {"id": id} for id in names[3:]}}
    short = goals.short_ids(tables)
    assert short == {
        "abcd": "abcd",
        "abcdefgh": "abcdefgh",
        "abcdefgx": "abcdefgx",
        "abzz1234": "abzz",
        "q234567890": "q234",
    }
    for id, beginning in short.items():
        assert goals.find([{"id": one} for one in names], beginning)["id"] == id


def test_an_id_that_two_begin_with_is_said() -> None:
    with pytest.raises(UsageProblem) as caught:
        goals.find([{"id": "abcd1"}, {"id": "abcd2"}], "abcd")
    assert caught.value.values == {"n": 2}
    for beginning in ("", " ", "x"):
        with pytest.raises(ProblemError):
            goals.find([{"id": "abcd1"}], beginning)


def test_open_steps_are_those_of_goals_in_view_then_the_inbox(desk: Desk) -> None:
    put(desk, "goals")
    put(desk, "goals", id="paused-001", state="paused")
    for id, more in {
        "inbox-0001": {},
        "goals-0001": {"goal": "thing-0001"},
        "pause-0001": {"goal": "paused-001"},
        "done-00001": {"state": "done"},
    }.items():
        put(desk, "steps", id=id, **more)
    assert [one["id"] for one in goals.open_steps(desk.store.read().tables)] == ["goals-0001", "inbox-0001"]


# What a call brings along


def test_the_lines_of_due_speak_the_language_that_was_chosen(tmp_path: Path, desk: Desk) -> None:
    put(desk, "goals")
    context = Context(Places(str(tmp_path)), {"LANG": "en_US.UTF-8"}, desk.clock)
    context.store.refresh_due()
    assert "\ten\t1 thing waits\t" in (tmp_path / "due.tsv").read_text(encoding="utf-8")
    context.due_in("es")
    context.store.refresh_due()
    assert "\tes\t1 cosa espera\t" in (tmp_path / "due.tsv").read_text(encoding="utf-8")
    assert due_rows(desk.store.read().tables, context.words.to("es")).decode().startswith("es\t1 cosa espera\t")


def test_a_context_says_what_was_given_and_what_is_only_known(tmp_path: Path) -> None:
    places = Places(str(tmp_path))
    bare = Context(places, {"LANG": "es_MX.UTF-8"})
    assert (bare.language, bare.language_is_given, bare.language_is_known) == ("es", False, False)
    assert (bare.is_plain, bare.own_folder) == (False, places.prompts)
    said = Context(places, {"RCHRP_GOALS_PROMPTS": "/room", "TERM": "dumb"}, language="es")
    assert (said.language, said.language_is_given, said.language_is_known) == ("es", True, True)
    assert (said.is_plain, said.plain_is_given, said.own_folder) == (True, True, "/room")
    assert Context(places, {"RCHRP_GOALS_PROMPTS": "/room"}, prompts="/mine").own_folder == "/mine"
    (tmp_path / "settings.toml").write_text('language = "es"\nface = "plain"\n', encoding="utf-8")
    kept = Context(places, {"LANG": "en"})
    assert (kept.language, kept.language_is_given, kept.language_is_known) == ("es", False, True)
    assert (kept.is_plain, kept.plain_is_given) == (True, False)
    assert kept.desk() is kept.desk()
    assert kept.desk().words is kept.words


def test_the_system_clock_tells_one_time() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() is not None
    assert clock.instant(TODAY, 9).astimezone().hour == 9
    assert clock.instant(TODAY, 9).astimezone().date() == TODAY


@pytest.mark.parametrize(("kind", "table"), [("step", "steps"), ("goal", "goals"), ("learning", "learning")])
def test_one_that_repeats_goes_on_in_its_rhythm_after_the_day_of_its_thing(desk: Desk, kind: str, table: str) -> None:
    put(desk, table)
    wanted = Wanted(kind, TODAY + timedelta(days=4), about="thing-0001", rule="FREQ=WEEKLY", hour=7)
    id = add(desk.store, wanted, desk.clock)
    later(desk.store, kind, "thing-0001", date(2026, 11, 20), desk.clock)
    record = desk.store.read().tables["reminders"][id]
    assert [at[:13] for at in (record["next_at"], *record["then_at"])] == [
        "2026-11-23T07",
        "2026-11-30T07",
        "2026-12-07T07",
    ]


def test_one_that_would_end_before_comes_once_on_the_day(desk: Desk) -> None:
    put(desk, "steps")
    wanted = Wanted("step", TODAY + timedelta(days=4), about="thing-0001", rule="FREQ=DAILY;COUNT=3")
    id = add(desk.store, wanted, desk.clock)
    later(desk.store, "step", "thing-0001", date(2026, 11, 20), desk.clock)
    record = desk.store.read().tables["reminders"][id]
    assert (record["on"], record["next_at"][:13], record["then_at"]) == (True, "2026-11-20T09", [])
