"""Plain mode line by line: the whole sitting, both languages, every slash word, and what people really type."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.services.context import Context
from rchrp_goals.store.places import Places
from tests.cli.speaking import speak
from tests.services.desk import StillClock

Record = dict[str, Any]


def context_for(folder: Path, language: str = "en", begins: str | None = "last-day") -> Context:
    return Context(Places(str(folder)), dict(os.environ), StillClock(), language=language, plain=True, begins=begins)


def plain(folder: Path, *lines: str, language: str = "en", begins: str | None = "last-day", code: int = 0) -> str:
    """Type ``lines`` into plain mode and return all that it wrote; it ends with ``code``."""
    return speak(folder, *lines, language=language, begins=begins, environ=os.environ, code=code)


def records(folder: Path, table: str) -> list[Record]:
    return context_for(folder).store.read().records(table)


def placements(folder: Path, occasion: str = "last_day") -> list[Record]:
    return next(one["placements"] for one in records(folder, "values") if one["occasion"] == occasion)


AGREEMENTS = ["1 3"]
VALUES = ["1", "3 because I saw it work", "10", "0", "/pass", "7", "5", "3 7 p 5 0 10", ""]
LEARNING = ["3", "2", "2026-12-02"]
GOAL = [
    "Shadow three shifts",
    "I want to know the place",
    "8",
    "2026-12-21",
    "three shifts shadowed",
    "my own shift runs long",
    "I text Rosa before three",
    "Write to the service",
    "right after the team meeting",
    "2026-11-09",
    "7",
    "Rosa has said yes",
    "Marcus, asks me on Mondays",
    ".",
]
AHEAD = ["1"]
WHOLE = [*AGREEMENTS, *VALUES, *LEARNING, *GOAL, *AHEAD, ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_sitting_line_by_line(tmp_path: Path, language: str) -> None:
    said = plain(tmp_path, *WHOLE, language=language)
    goal = records(tmp_path, "goals")[0]
    assert goal["title"] == "Shadow three shifts"
    assert goal["levels"]["0"] == "three shifts shadowed"
    assert records(tmp_path, "steps")[0]["due"] == "2026-11-09"
    assert [one.get("position") for one in placements(tmp_path)] == [3, 10, 0, None, 7, 5]
    assert placements(tmp_path)[0]["reason"] == "I saw it work"
    assert len(records(tmp_path, "reminders")) == 4
    assert {one["state"] for one in records(tmp_path, "values")} == {"closed"}
    context = context_for(tmp_path, language)
    assert context.words.ui("plain.plan_done") in said
    assert "Saved: 3, leaning toward disagree" in said or "Guardado: 3, más bien en desacuerdo" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_enter_alone_passes_everything_and_ends_kindly(tmp_path: Path, language: str) -> None:
    said = plain(tmp_path, *[""] * 80, language=language)
    words = context_for(tmp_path, language).words
    assert words.ui("plain.plan_done") in said
    assert words.ui("plain.pass_ask") in said
    assert all(one["passed"] for one in placements(tmp_path))
    assert records(tmp_path, "goals") == []


@pytest.mark.parametrize("position", range(11))
def test_every_position_is_kept_as_it_was_typed(tmp_path: Path, position: int) -> None:
    plain(tmp_path, "1", str(position), *["/pass"] * 5, "", "", begins="day-one")
    assert placements(tmp_path, "day_one_part_1")[0]["position"] == position


@pytest.mark.parametrize("typed", ["11", "-1", "seven", "7.5", "100"])
def test_what_is_no_position_is_said_and_asked_again(tmp_path: Path, typed: str) -> None:
    said = plain(tmp_path, "1", typed, "4", begins="day-one")
    assert context_for(tmp_path).words.ui("errors.position_range") in said


def test_a_pause_keeps_the_place_and_begin_goes_on_there(tmp_path: Path) -> None:
    plain(tmp_path, *AGREEMENTS, "1", "3", "/pause")
    said = plain(tmp_path, "/again", begins="")
    words = context_for(tmp_path).words
    assert words.ui("plain.resumed") in said
    assert words.bank("statements")[1].text in said
    assert words.bank("statements")[0].text not in said


def test_the_end_of_input_pauses(tmp_path: Path) -> None:
    said = plain(tmp_path, *AGREEMENTS, "1", "3")
    assert "rchrp-goals --plain begin last-day" in said


def test_a_pair_that_was_begun_goes_on_at_its_second_field(tmp_path: Path) -> None:
    plain(tmp_path, *GOAL[:4], begins="goals")
    said = plain(tmp_path, "", "three shifts", begins="goals")
    assert "Stands now: Monday 21 December 2026" in said


SLASH = [
    ("/why", "plain"),
    ("/porqué", "plain"),
    ("/example", "plain"),
    ("/support", "988"),
    ("/APOYO", "988"),
    ("/ayuda", "/support"),
    ("/dónde", "Goal"),
    ("/donde", "Goal"),
    ("/again", "What is it that you want to do?"),
    ("/mas", "6 "),
]


@pytest.mark.parametrize(("word", "found"), SLASH[3:])
def test_slash_words_of_both_languages_are_understood(tmp_path: Path, word: str, found: str) -> None:
    without = plain(tmp_path / "without", begins="goals")
    said = plain(tmp_path / "with", word, begins="goals")
    assert said.count(found) > without.count(found)


def test_why_and_example_are_one_word_away(tmp_path: Path) -> None:
    said = plain(tmp_path, "/why", "/ejemplo", begins="goals")
    what = context_for(tmp_path).words.module("goals")["what"]
    assert what["why"] in said
    assert what["example"] in said


def test_why_is_not_said_unless_asked(tmp_path: Path) -> None:
    assert context_for(tmp_path).words.module("goals")["what"]["why"] not in plain(tmp_path, begins="goals")


def test_help_begins_with_whom_to_talk_to(tmp_path: Path) -> None:
    said = plain(tmp_path, "/help", begins="goals").split("> ", 1)[1].lstrip()
    assert said.startswith("Need to talk to somebody? /support")


def test_another_language_at_any_question_keeps_what_was_said(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:2], "/idioma", "8", begins="goals")
    spanish = context_for(tmp_path, "es").words
    assert spanish.module("goals")["importance"]["text"] in said
    assert "Guardado: 8." in said


def test_back_goes_to_the_field_before_and_then_to_the_question_before(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:4], "/back", "2026-12-24", "/atrás", "/volver", "9", begins="goals")
    assert "Thursday 24 December 2026" in said
    assert said.rstrip().count("How much does this matter to you?") == 2


def test_back_at_the_first_question_says_so(tmp_path: Path) -> None:
    assert context_for(tmp_path).words.ui("plain.first_of_all") in plain(tmp_path, "/back", begins="goals")


def test_back_from_the_first_question_of_a_part_passes_the_page_that_asks_nothing(tmp_path: Path) -> None:
    said = plain(tmp_path, *AGREEMENTS, *VALUES, *LEARNING, "/back", "2", "2026-12-09")
    assert said.count(context_for(tmp_path).words.ui("plain.place_alone", part="Learning", at=2, total=2)) == 2
    assert records(tmp_path, "learning")[0]["planned_for"] == "2026-12-09"


def test_leave_keeps_the_draft(tmp_path: Path) -> None:
    said = plain(tmp_path, "Shadow three shifts", "/salir", begins="goals")
    assert context_for(tmp_path).words.ui("plain.left") in said
    assert "Why does it matter" in plain(tmp_path, begins="goals")


def test_two_slashes_begin_a_line_of_text_with_a_slash(tmp_path: Path) -> None:
    plain(tmp_path, "//etc is a folder", *["/pass"] * 12, begins="goals")
    assert records(tmp_path, "goals")[0]["title"] == "/etc is a folder"


def test_a_slash_word_that_is_none_is_said_and_not_kept(tmp_path: Path) -> None:
    said = plain(tmp_path, "/etc/passwd", begins="goals")
    assert "/etc/passwd is no command here" in said
    assert "Saved" not in said


def test_several_lines_begin_and_end_with_a_dot(tmp_path: Path) -> None:
    plain(tmp_path, "Shadow", ".", "first line", "second line", ".", *["/pass"] * 12, begins="goals")
    assert records(tmp_path, "goals")[0]["why"] == "first line\nsecond line"


def test_a_date_that_reads_two_ways_is_never_guessed(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:3], "12/1", "2", "three shifts", *["/pass"] * 12, begins="goals")
    assert "1 Tuesday 1 December 2026\n2 Tuesday 12 January 2027" in said
    assert records(tmp_path, "goals")[0]["review_on"] == "2027-01-12"


def test_ideas_come_in_fives_with_numbers_going_on(tmp_path: Path) -> None:
    said = plain(tmp_path, "/more", "7", *["/pass"] * 12, begins="goals")
    assert "\n6 " in said
    assert "\n10 " in said
    assert records(tmp_path, "goals")[0]["bank"].startswith("c")


def test_low_confidence_offers_a_smaller_step(tmp_path: Path) -> None:
    plain(tmp_path, *GOAL[:10], "4", "1", "Ask who decides", *["/pass"] * 3, begins="goals")
    step = records(tmp_path, "steps")[0]
    assert step["text"] == "Ask who decides"
    assert records(tmp_path, "rulers")[0]["confidence"] == 4


def test_a_passed_goal_leaves_a_step_in_the_inbox(tmp_path: Path) -> None:
    plain(tmp_path, "/pass", "Call Dee", "friday", begins="goals")
    step = records(tmp_path, "steps")[0]
    assert (step["text"], step["due"], step.get("goal")) == ("Call Dee", "2026-11-06", None)


def test_a_line_of_the_plan_page_is_changed_by_its_number(tmp_path: Path) -> None:
    said = plain(tmp_path, *WHOLE[:-1])
    lines = [line for line in said.splitlines() if "I want to know the place" in line and line[0].isdigit()]
    number = lines[-1].split()[0]
    plain(tmp_path, number, "Because I promised", "")
    assert records(tmp_path, "goals")[0]["why"] == "Because I promised"


HOSTILE = ["[/]", "[red]x", "[@click=app.quit]x[/]", "a\x1b[2Jb", "a\x1b]52;c;aGk=\x07b", "a\u202eb", "{step}", "%s %n"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(tmp_path: Path, text: str) -> None:
    said = plain(tmp_path, text, text, "9", "/pass", text, text, text, text, text, "/pass", begins="goals")
    assert "\x1b" not in said
    assert "\u202e" not in said
    plain(tmp_path, *["/pass"] * 6, begins="goals")
    title = records(tmp_path, "goals")[0]["title"]
    assert title == text.replace("\x1b[2J", "").replace("\x1b]52;c;aGk=\x07", "").replace("\u202e", "")


def test_a_text_over_its_cap_is_refused_with_a_sentence(tmp_path: Path) -> None:
    said = plain(tmp_path, "x" * 100_000, "short", begins="goals")
    assert "100000 characters" in said
    assert "Saved: short." in said


def test_statements_pasted_from_the_room_are_asked(tmp_path: Path) -> None:
    said = plain(tmp_path, "2", "People know what they need", "Rest is work", ".", "4", "5", begins="day-one")
    assert "Rest is work" in said
    plain(tmp_path, "", "", begins="day-one")
    assert [one["statement"][:5] for one in placements(tmp_path, "day_one_part_1")] == ["room-", "room-"]


def test_a_second_window_is_told(tmp_path: Path) -> None:
    from rchrp_goals.errors import BusyProblem
    from rchrp_goals.store.locks import WindowLock

    places = Places(str(tmp_path))
    places.make_folders()
    lock = WindowLock(places)
    assert lock.acquire()
    try:
        with pytest.raises(BusyProblem):
            plain(tmp_path, begins="goals")
    finally:
        lock.release()


def test_a_setting_that_cannot_be_taken_is_a_line_at_the_beginning(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = "sparkling"\n', encoding="utf-8")
    said = plain(tmp_path, begins="goals")
    (complaint,) = context_for(tmp_path).settings.complaints
    assert " ".join(context_for(tmp_path).words.problem(complaint.key, complaint.args).split()) in " ".join(
        said.split()
    )
    assert said.count("theme") == 1
