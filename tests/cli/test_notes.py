"""``log``, ``level`` and ``show``."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import Words
from rchrp_goals.store.locks import WindowLock
from tests.cli.calling import Caller

GOAL = "goal-0001"


def learning(call: Caller) -> dict[str, Any]:
    (one,) = call.tables["learning"].values()
    return one


@pytest.fixture
def goal(spoken: Caller) -> Caller:
    """A plan with one goal that has words for two levels."""
    spoken.put(
        "goals",
        {
            "id": GOAL,
            "title": "Shadow three shifts",
            "state": "active",
            "why": "I want to know the place",
            "baseline": "never been there",
            "levels": {"0": "three shifts shadowed", "1": "five shifts"},
            "review_on": "2026-12-21",
            "supporters": [{"name": "Marcus", "how": "asks me"}],
        },
    )
    return spoken


# log


def test_log_keeps_learning_as_done_and_prints_its_id(spoken: Caller) -> None:
    code, out, err = spoken(
        "log", "An evening", "on naloxone", "--hours", "1,5", "--on", "2026-11-01", "--category", "Ethics"
    )
    assert code == 0
    one = learning(spoken)
    assert out == one["id"][:4] + "\n"
    assert {key: one[key] for key in ("title", "hours", "done_on", "category", "state")} == {
        "title": "An evening on naloxone",
        "hours": 1.5,
        "done_on": "2026-11-01",
        "category": "Ethics",
        "state": "done",
    }
    facts = {
        "en": "Sunday 1 November 2026, 1 hour 30 minutes",
        "es": "domingo 1 de noviembre de 2026, 1 hora 30 minutos",
    }
    assert facts[spoken.language] in err


def test_log_is_today_without_a_day_and_asks_only_where_somebody_sits(spoken: Caller) -> None:
    assert spoken("log", stdin="A talk\n").code == 2
    assert not spoken.data.exists()
    assert spoken("log", stdin="A talk\n", is_typed=True).code == 0
    assert learning(spoken)["done_on"] == "2026-11-05"
    assert spoken("log", "-", stdin="A visit").code == 0
    assert spoken("log", stdin="\n", is_typed=True).code == 1
    assert len(spoken.tables["learning"]) == 2


@pytest.mark.parametrize("hours", ["-3", "10,000", "10000", "x", ""])
def test_hours_that_cannot_be_are_exit_2(spoken: Caller, hours: str) -> None:
    code, out, err = spoken("log", "A talk", f"--hours={hours}")
    assert (code, out) == (2, "")
    assert "90 min" in err
    assert not spoken.data.exists()


@pytest.mark.parametrize("said", ["tomorrow", "mañana", "2026-11-06", "2099-01-01", "+2 weeks"])
def test_a_day_that_can_only_be_ahead_is_not_made_another(spoken: Caller, said: str) -> None:
    code, out, err = spoken("log", "A talk", "--on", said)
    assert (code, out, err) == (2, "", Words(spoken.language).problem("day_not_behind", {}) + "\n")
    assert not spoken.data.exists()


@pytest.mark.parametrize(
    ("said", "iso"),
    [("1 Dec", "2025-12-01"), ("friday", "2026-10-30"), ("29 feb", "2024-02-29"), ("the 6th", "2026-10-06")],
)
def test_what_is_done_lies_behind_and_is_never_guessed(spoken: Caller, said: str, iso: str) -> None:
    code, out, err = spoken("log", "A talk", "--on", said)
    assert (code, out) == (2, "")
    assert iso in err
    assert not spoken.data.exists()
    assert spoken("log", "A talk", "--on", iso).code == 0


def test_log_works_while_the_window_is_open_and_is_one_change(call: Caller) -> None:
    call.add("before")
    window = WindowLock(call.places)
    assert window.acquire()
    try:
        assert call("log", "A talk").code == 0
    finally:
        window.release()
    assert "A talk" in call("undo").err
    assert learning(call).get("title") is None


# level


def test_level_takes_a_name_in_either_language_or_a_number(goal: Caller) -> None:
    for said, level in {
        "as hoped": 0,
        "como esperaba": 0,
        "MORE": 1,
        "mas": 1,
        "not_there_yet": "not_there_yet",
        "todavía no": "not_there_yet",
        "2": 1,
    }.items():
        code, out, err = goal("level", "goal", said, "--yes")
        assert (code, out) == (0, "")
        assert "Shadow three shifts" in err
        newest = list(goal.tables["progress"].values())[-1]
        assert newest["level"] == level
        assert newest.get("words") == {0: "three shifts shadowed", 1: "five shifts"}.get(level)  # type: ignore[call-overload]


@pytest.mark.parametrize("said", ["less", "mucho menos", "4", "0", "99999999999", "good", ""])
def test_a_level_without_words_cannot_be_chosen(goal: Caller, said: str) -> None:
    before = Path(goal.places.plan).read_bytes()
    code, out, err = goal("level", GOAL, said)
    assert (code, out) == (2, "")
    assert {"en": "not there yet", "es": "todavía no"}[goal.language] in err
    assert Path(goal.places.plan).read_bytes() == before


def test_level_lists_and_asks_where_somebody_sits(goal: Caller) -> None:
    assert goal("level", GOAL).code == 2
    looked = {"en": "not looked at yet", "es": "aún sin anotar"}[goal.language]
    code, out, err = goal("level", GOAL, stdin="1\nRosa said yes\n", is_typed=True)
    assert (code, out) == (0, "")
    assert looked in err
    assert {"en": "1  as hoped: three shifts shadowed", "es": "1  como esperaba: three shifts shadowed"}[
        goal.language
    ] in err
    (note,) = goal.tables["progress"].values()
    assert (note["level"], note["note"]) == (0, "Rosa said yes")
    code, _, err = goal("level", GOAL, stdin="\n", is_typed=True)
    assert code == 0
    assert looked not in err
    assert "Rosa said yes" in err
    assert len(goal.tables["progress"]) == 1
    assert goal("level", GOAL, stdin="9\n", is_typed=True).code == 1


def test_a_note_may_stand_alone_and_come_from_stdin(goal: Caller) -> None:
    assert goal("level", GOAL, "--note", "-", stdin="a quiet week\nand more").code == 0
    (note,) = goal.tables["progress"].values()
    assert (note["note"], note.get("level")) == ("a quiet week\nand more", None)
    assert goal("level", GOAL, "--note", "", stdin="").code == 0
    assert len(goal.tables["progress"]) == 1


def test_level_waits_for_the_window_and_json_only_lists(goal: Caller) -> None:
    window = WindowLock(goal.places)
    assert window.acquire()
    try:
        assert goal("level", GOAL, "1").code == 4
        document = json.loads(goal("level", GOAL, "--json").out)
    finally:
        window.release()
    assert document["goal"] == GOAL
    assert [one["level"] for one in document["choices"]] == [0, 1, "not_there_yet"]
    assert document["notes"] == []
    assert "progress" not in goal.tables
    told = goal("level", "--help").out
    assert all(key in told for part in (document, document["choices"][0]) for key in part)


# show


def test_show_says_a_goal_with_all_that_goes_with_it(goal: Caller) -> None:
    goal.put("if_thens", {"goal": GOAL, "obstacle": "my shift runs long", "then": "I text Rosa"})
    step = goal.add("Write to the service", "--goal", GOAL, "--by", "2026-11-09")
    goal("level", GOAL, "1", "--note", "Rosa\nsaid yes")
    goal.clock.at += timedelta(minutes=1)
    goal("level", GOAL, "3")
    code, out, err = goal("show", GOAL)
    assert (code, err) == (0, "")
    assert (
        out.splitlines()
        == {
            "en": [
                "goal  Goal: Shadow three shifts (active)",
                "Why it matters to me: I want to know the place",
                "By 21 December I would be content to see: three shifts shadowed.",
                "Where it began: never been there",
                "as hoped: three shifts shadowed",
                "more: five shifts",
                "Thursday 5 November: as hoped: three shifts shadowed; Rosa said yes",
                "Thursday 5 November: not there yet",
                "If this happens: my shift runs long. Then: I text Rosa.",
                f"    {step[:4]}  Write to the service · Monday 9 November",
                "By my side: Marcus: asks me",
            ],
            "es": [
                "goal  Meta: Shadow three shifts (activa)",
                "Por qué me importa: I want to know the place",
                "Para el 21 de diciembre me alegraría ver esto: three shifts shadowed.",
                "Dónde empezó: never been there",
                "como esperaba: three shifts shadowed",
                "más: five shifts",
                "jueves 5 de noviembre: como esperaba: three shifts shadowed; Rosa said yes",
                "jueves 5 de noviembre: todavía no",
                "Si pasa esto: my shift runs long. Entonces: I text Rosa.",
                f"    {step[:4]}  Write to the service · lunes 9 de noviembre",
                "A mi lado: Marcus: asks me",
            ],
        }[goal.language]
    )


def test_show_says_a_step_and_learning(call: Caller) -> None:
    step = call.add("Call Rosa", "--by", "2026-11-09")
    call("log", "A talk", "--hours", "90 min", "--on", "2026-11-01", "--category", "Ethics")
    assert call("show", step[:6]).out.splitlines() == [
        f"{step[:4]}  Step: Call Rosa (planned)",
        "When: Monday 9 November",
    ]
    id = learning(call)["id"]
    assert call("show", id).out.splitlines() == [
        f"{id[:4]}  Learning: A talk (done)",
        "Done on: Sunday 1 November",
        "How long: 1 hour 30 minutes",
        "Counts for: Ethics",
    ]


def test_show_tells_how_a_step_went(call: Caller) -> None:
    call.put("steps", {"id": "0a1b2c3d", "text": "Call Rosa", "went": "She wrote back at once.", "state": "done"})
    assert call("show", "0a1b").out.splitlines()[-1] == "How it went: She wrote back at once."
    assert json.loads(call("show", "0a1b", "--json").out)["went"] == "She wrote back at once."


def test_show_json_has_the_keys_that_help_documents(goal: Caller) -> None:
    step = goal.add("Write to the service", "--goal", GOAL)
    goal("log", "A talk")
    goal("level", GOAL, "1")
    told = goal("show", "--help").out
    for id, kind in ((GOAL, "goal"), (step, "step"), (learning(goal)["id"], "learning")):
        document = json.loads(goal("show", id, "--json").out)
        assert document["kind"] == kind
        assert document["id"] == id
        assert all(key in told for key in document), kind
    assert json.loads(goal("show", GOAL, "--json").out)["notes"][0]["words"] == "three shifts shadowed"


def test_another_version_that_is_kept_beside_can_be_found(call: Caller) -> None:
    id = call.add("Call Rosa")
    other = {**call.tables["steps"][id], "text": "Write to Rosa"}
    call.put("kept_versions", {"table": "steps", "of": id, "record": other})
    call.put("kept_versions", {"table": "goals", "of": id, "record": other})
    assert call("show", id).out.splitlines()[-1].startswith("One other version of this")
    assert json.loads(call("show", id, "--json").out)["kept_versions"] == [other]


@pytest.mark.parametrize("command", ["show", "level"])
def test_an_id_that_is_not_there(spoken: Caller, command: str) -> None:
    assert spoken(command, "zzzz").code == 1
    assert spoken(command).code == 2
    assert not spoken.data.exists()


def test_hostile_text_is_shown_as_text(call: Caller) -> None:
    call.put(
        "goals",
        {"id": GOAL, "title": "a\x1b[2Jb\nc", "state": "strange", "levels": {"0": "x\x9b31my", "7": 3}, "why": 4},
    )
    call.put("progress", {"goal": GOAL, "level": True, "words": ["x"], "note": "n\x07o", "at": "never"})
    call.put("learning", {"id": "learn-0001", "title": "x\u202ey", "hours": True, "done_on": "soon"})
    for argv in (
        ["show", GOAL],
        ["show", "learn"],
        ["level", GOAL, "--json"],
        ["show", GOAL, "--json"],
        ["undo", "--list"],
    ):
        code, out, _ = call(*argv)
        assert code == 0, argv
        assert not set(out) & {"\x1b", "\x9b", "\x07", "\u202e"}


def test_a_category_is_held_against_the_renewal_rule_kindly(call: Caller) -> None:
    call.put("renewal", {"rule": {"total_hours": 20, "minima": {"Ethics": 6}}})
    assert call("log", "A talk", "--hours", "2", "--category", "ethics").code == 0
    code, out, err = call("log", "A visit", "--hours", "1", "--category", "housing")
    assert (code, bool(out)) == (0, True)
    assert err.splitlines()[-1] == call_words("not_named", names="Ethics")
    assert {one["title"]: one["category"] for one in call.tables["learning"].values()} == {
        "A talk": "Ethics", "A visit": "housing",
    }  # fmt: skip
    code, out, err = call("log", "An hour with Marcus", "--hours", "1", "--category", "supervision")
    assert (code, out, len(call.tables["learning"])) == (2, "", 2) and "kept apart" in err


def call_words(key: str, **values: str) -> str:
    return Words("en").ui(f"commands.log.{key}", **values)
