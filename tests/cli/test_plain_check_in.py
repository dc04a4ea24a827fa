"""A check-in line by line, in English and Spanish: heard as sentences, with a number for each line of the overview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.services import demo
from rchrp_goals.services.desk import Desk
from tests.cli.calling import Caller
from tests.cli.speaking import speak
from tests.services.desk import sample_desk

Talk = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sample_desk(tmp_path)


@pytest.fixture
def talk(desk: Desk) -> Talk:
    """Plain mode: type lines, get back all that it wrote."""

    def hold(*lines: str, language: str = "en", begins: str | None = "check-in") -> str:
        return speak(Path(desk.places.data), *lines, language=language, begins=begins)

    return hold


def newest(desk: Desk) -> dict[str, Any]:
    return max(desk.store.read().records("check_ins"), key=lambda one: str(one["at"]))


WHOLE = ("It went well", "1", "1 one evening", "8", "7", "Rosa", "1", "1", "3", "", "Come along", "", "", "1", "")


def test_a_whole_check_in_in_english(desk: Desk, talk: Talk) -> None:
    said = talk(*WHOLE)
    held = newest(desk)
    assert "Saved: less: one shift shadowed; one evening." in said
    assert "1 Ask before I offer advice\n" in said
    assert "Ask before I offer advice: pause it." in said
    assert f"\n\n{held['summary']}\n\n" in said
    assert "Enter leaves it so." in said
    assert held["goals"][1] == {"goal": demo.sample_id("goals", "ask_first"), "choice": "pause"}
    assert held["next_on"] == "2026-12-05"
    assert said.count("\n> ") == len(WHOLE)


def test_a_goal_without_words_for_its_levels_takes_a_line(desk: Desk, talk: Talk) -> None:
    shifts = demo.sample_id("goals", "shifts")
    with desk.store.change(_what(), desk.clock.now()) as change:
        for one in change.all("goals"):
            change.put("goals", {**one, "levels": {}} if one["id"] == shifts else one)
    said = talk("", "", "1", "I was there once.")
    assert "Saved: I was there once." in said
    assert "I was there once." in talk("/back", "")
    talk("/back", "/pass")
    assert "I was there once." not in talk("/back", "")


def test_the_longest_road_stops_fourteen_times(desk: Desk, talk: Talk) -> None:
    with desk.store.change(_what(), desk.clock.now()) as change:
        for one in change.all("if_thens"):
            change.remove("if_thens", one["id"])
    lines = ("Well", "1", "1", "8", "7", "Rosa", "the rain", "an umbrella", "1", "", "", "Come", "Yes", "1", "")
    said = talk(*lines)
    # one more than the road has: nothing was said of the other goals, which asks once whether that is a pass
    assert said.count("\n> ") == 14 + 1
    assert newest(desk)["summary"]


def test_a_check_in_in_spanish(desk: Desk, talk: Talk) -> None:
    said = talk(
        "Bien", "1", "una nota sola, sin número", "8", "8", "", "", "3", "", "", "", "", "", "", "", language="es"
    )
    assert "Guardado: una nota sola, sin número." in said
    assert "Se guarda solo si lo escribes." in said
    assert "Se ofrece porque" in said
    assert not any(word in said for word in ("Check-in", "Saved", "{", "}"))


def test_what_is_typed_in_the_overview_is_kept_by_a_pause(desk: Desk, talk: Talk) -> None:
    way = ("Well", "1", "1", "8", "8", "so", "3")
    said = talk(*way, "2", "4")
    assert "Paused." in said
    again = talk("", "", "", "", "", "", "", "", "", "")
    assert "Here is where you paused." in again
    assert newest(desk)["goals"][-1] == {"goal": demo.sample_id("goals", "medication"), "choice": "let_go"}


def test_a_number_that_is_none_and_a_slash_word_leave_a_line_as_it_is(desk: Desk, talk: Talk) -> None:
    said = talk("Well", "1", "1", "8", "8", "so", "3", "1", "9", "/back", "7", "", "")
    assert "There is no number 9 here." in said
    assert "It stays as it was." in said
    assert "There is no number 7 here." in said
    assert "Passed." in said


def test_a_text_over_the_cap_is_refused_with_a_sentence(desk: Desk, talk: Talk) -> None:
    said = talk(*WHOLE[:-1], "x" * 601, "Short.")
    assert "This text has 601 characters, and there is room for 600." in said
    assert newest(desk)["summary"] == "Short."


def test_the_room_reads_the_short_text_plainly(desk: Desk, talk: Talk) -> None:
    said = talk("Check-in", "2", "y", begins=None)
    summary = next(one["summary"] for one in desk.store.read().records("check_ins") if one["next_on"] == "2026-11-29")
    assert f"\n\n{summary}\n\n" in said


def test_what_has_no_key_has_a_letter_when_it_is_heard(desk: Desk, talk: Talk) -> None:
    held = len(desk.store.read().records("check_ins"))
    said = talk("Check-in", "2", begins=None)
    letter = next(
        line[0] for line in said.splitlines() if line[1:] == f": {desk.words.ui('check_in_room.action.remove')}"
    )
    talk("Check-in", "2", letter, "1", begins=None)
    assert len(desk.store.read().records("check_ins")) == held - 1


def test_a_check_in_among_what_is_soon_opens_its_room(desk: Desk, talk: Talk) -> None:
    home = talk(begins=None)
    soon = next(line.split(" ")[0] for line in home.splitlines() if line.endswith(" Soon"))
    said = talk(soon, begins=None)
    number = next(line.split(" ")[0] for line in said.splitlines() if line.endswith(": A check-in"))
    assert "What I ask of others" in talk(soon, number, begins=None)


def test_the_command_has_help_and_begin_knows_it(spoken: Caller) -> None:
    told = {"en": "Once a month", "es": "Una vez al mes"}[spoken.language]
    assert told in spoken("check-in", "--help").out
    code, _, err = spoken("begin", "nothing")
    assert code == 2
    assert "check-in" in err
    assert "check-in" in spoken("--help").out


def _what() -> Any:
    from rchrp_goals.store.plan_store import What

    return What("if_then_removed")
