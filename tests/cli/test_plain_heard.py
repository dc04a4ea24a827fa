"""Plain mode as somebody hears it who is tired and types as people do: nothing is lost, and each line can stand alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import ProblemError
from rchrp_goals.plain_reading import read_numbers, read_place
from rchrp_goals.plain_saying import joined
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.saying import ended
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, What
from rchrp_goals.store.settings import read_settings, write_settings
from tests.cli.test_plain import (
    AGREEMENTS,
    AHEAD,
    GOAL,
    LEARNING,
    VALUES,
    WHOLE,
    context_for,
    placements,
    plain,
    records,
)

PASSES = ["/pass"] * 14


def ui(folder: Path, key: str, language: str = "en", **values: object) -> str:
    return context_for(folder, language).words.ui(f"plain.{key}", **values)


def refusal(folder: Path, key: str, language: str = "en", **values: object) -> str:
    return context_for(folder, language).words.problem(key, values)


# A place on the line, and a reason


@pytest.mark.parametrize(
    ("line", "position", "reason"),
    [
        ("7", 7, ""),
        (" 10. ", 10, ""),
        ("7 de 10", 7, ""),
        ("7 out of 10", 7, ""),
        ("10/10", 10, ""),
        ("3,porque lo vi", 3, "lo vi"),
        ("8 - I saw it", 8, "I saw it"),
        ("5: hay días y días", 5, "hay días y días"),
        ("En el 7, porque vi que a mi vecina le sirvió.", 7, "vi que a mi vecina le sirvió."),
        ("At 7, because I saw it help my neighbor.", 7, "I saw it help my neighbor."),
    ],
)
def test_a_place_is_read_as_people_type_it(line: str, position: int, reason: str) -> None:
    assert read_place(line) == (position, reason)


@pytest.mark.parametrize("line", ["7.5", "7,5", "7 8", "3 7 p 5", "7-8", "10 0", "11", "100"])
def test_several_numbers_are_no_place_with_a_reason(tmp_path: Path, line: str) -> None:
    said = plain(tmp_path, "1", line, "4", begins="day-one")
    assert refusal(tmp_path, "position_range") in said
    assert "Saved: 4, leaning toward disagree.\n" in said


def test_a_reason_is_said_back_as_one(tmp_path: Path) -> None:
    said = plain(tmp_path, "1", "7 porque sí, ¿y por qué no?", begins="day-one", language="es")
    assert "Guardado: 7, más bien de acuerdo. Tu razón: sí, ¿y por qué no?\n" in said


def test_a_reason_alone_is_confirmed_kept_over_a_pause_and_not_passed_away_unsaid(tmp_path: Path) -> None:
    said = plain(tmp_path, "1", "/razón", "7", "porque lo vi", "/pausa", begins="day-one", language="es")
    assert refusal(tmp_path, "reason_is_number", "es") in said
    assert "Tu razón: porque lo vi.\n" + ui(tmp_path, "place_wanted", "es") in said
    said = plain(tmp_path, "", "6", begins="day-one", language="es")
    assert ui(tmp_path, "pass_ask_reason", "es") in said
    assert "Guardado: 6, más bien de acuerdo. Tu razón: porque lo vi." in said


@pytest.mark.parametrize("line", ["/razón vi cómo cambió", "/reason vi cómo cambió", "Vi cómo cambió."])
def test_a_reason_typed_at_once_is_not_lost(tmp_path: Path, line: str) -> None:
    said = plain(tmp_path, "1", line, "7", begins="day-one", language="es")
    assert ui(tmp_path, "place_wanted", "es") in said and ui(tmp_path, "reason_was_for_before", "es") in said
    assert "Guardado: 7, más bien de acuerdo. Tu razón: " in said and "cambió." in said.partition("Guardado: 7")[2]


@pytest.mark.parametrize("line", ["siete", "no sé", "3 7 p 5", "vi 2 veces eso"])
def test_a_slip_is_no_reason(tmp_path: Path, line: str) -> None:
    said = plain(tmp_path, "1", line, "7", begins="day-one", language="es")
    assert refusal(tmp_path, "position_range", "es") in said
    assert "Guardado: 7, más bien de acuerdo.\n" in said


def test_a_reason_typed_behind_the_word_is_none_where_no_statement_is_asked(tmp_path: Path) -> None:
    assert ui(tmp_path, "no_reason_here", "es") in plain(tmp_path, "/razón porque sí", begins="day-one", language="es")


@pytest.mark.parametrize(("word", "said_then"), [("/pause", "paused"), ("/leave", "left"), ("/back", "")])
def test_slash_words_do_what_they_say_where_a_reason_is_asked(tmp_path: Path, word: str, said_then: str) -> None:
    said = plain(tmp_path, "1", "3", "/reason", word, "8", begins="day-one")
    if said_then:
        assert ui(tmp_path, said_then, name="day-one") in said and "Saved: 8" not in said
    else:
        assert "Stands now: 3, leaning toward disagree\n" in said and "Saved: 8, agree." in said


def test_words_behind_a_ruler_are_not_dropped_in_silence(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:2], "8 because of my cousin", "8", begins="goals")
    assert refusal(tmp_path, "position_alone") in said
    assert "Saved: 8." in said
    assert ui(tmp_path, "accepts_position") not in said


# Lists


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("1 3 4", [1, 3, 4]),
        ("1, 3 y 4", [1, 3, 4]),
        ("1 and 3", [1, 3]),
        ("2.", [2]),
        ("3 voices", []),
        ("2 y medio", []),
    ],
)
def test_numbers_are_read_as_people_type_them(line: str, numbers: list[int]) -> None:
    assert read_numbers(line) == numbers


@pytest.mark.parametrize(("line", "count"), [("1, 3 y 4", 3), ("1 and 3", 2), ("todos", 8), ("all", 8), ("2.", 1)])
def test_several_agreements_are_picked_in_one_line(tmp_path: Path, line: str, count: int) -> None:
    plain(tmp_path, line)
    found = records(tmp_path, "agreements")
    assert len(found) == count and {one["from"] for one in found} == {"bank"}


def test_own_agreements_stand_beside_those_picked_and_can_be_passed(tmp_path: Path) -> None:
    said = plain(tmp_path, "Phones away", "/back", "1", "/back", "/pass")
    assert "Stands now: Phones away" in said
    assert "Saved: I may pass, and I owe nobody a reason; Phones away." in said
    assert records(tmp_path, "agreements") == []


@pytest.mark.parametrize("line", ["1 2", "1, 2"])
def test_two_numbers_are_no_title(tmp_path: Path, line: str) -> None:
    said = plain(tmp_path, line, *PASSES, begins="goals")
    assert refusal(tmp_path, "one_number") in said
    assert records(tmp_path, "goals") == []


def test_an_option_may_be_typed_by_its_words(tmp_path: Path) -> None:
    plain(tmp_path, *AGREEMENTS, "dejarlo", "", *["/pass"] * 4, "sí", "", language="es")
    assert len(records(tmp_path, "reminders")) == 4


def test_a_refused_answer_does_not_stand(tmp_path: Path) -> None:
    said = plain(tmp_path, *AGREEMENTS, "1", *["5"] * 6, "3 7 p", "whenever", "", "", "")
    assert refusal(tmp_path, "positions_count", n=6, given=3) in said
    assert ui(tmp_path, "pass_ask") in said
    assert placements(tmp_path)[0]["position"] == 5


@pytest.mark.parametrize(("line", "outcome"), [("later", "later"), ("No los", ""), ("3, 7, p, 5, 0, 10", "")])
def test_the_day_one_line_takes_words_and_commas(tmp_path: Path, line: str, outcome: str) -> None:
    plain(tmp_path, *AGREEMENTS, "1", *["5"] * 6, line, "", language="es" if line == "No los" else "en")
    if outcome:
        assert {one["outcome"] for one in records(tmp_path, "asked")} == {outcome}
    elif line[0] == "3":
        assert [one.get("position") for one in placements(tmp_path, "day_one_part_1")] == [3, 7, None, 5, 0, 10]


def test_slash_words_among_lines_are_no_lines(tmp_path: Path) -> None:
    until = len(GOAL) - 2
    said = plain(tmp_path, *GOAL[:until], "Marcus", "/support", "/where", "Rosa", "/pause", begins="goals")
    assert "988" in said
    said = plain(tmp_path, "/why", "Dee", ".", begins="goals")
    assert "1 Marcus\n2 Rosa\n" in said
    assert [one["name"] for one in records(tmp_path, "goals")[0]["supporters"]] == ["Marcus", "Rosa", "Dee"]


def test_lines_stay_when_one_goes_back_among_them(tmp_path: Path) -> None:
    until = len(GOAL) - 2
    said = plain(tmp_path, *GOAL[:until], "Marcus", "Rosa", "/back", "1", "", begins="goals")
    assert "Saved: Marcus; Rosa." in said
    assert "Off the list: Marcus" in said
    assert [one["name"] for one in records(tmp_path, "goals")[0]["supporters"]] == ["Rosa"]


def test_a_line_over_its_cap_leaves_the_others(tmp_path: Path) -> None:
    until = len(GOAL) - 2
    said = plain(tmp_path, *GOAL[:until], "Marcus", "x" * 501, "Rosa", ".", begins="goals")
    assert refusal(tmp_path, "text_too_long", length=501, cap=500) in said
    assert [one["name"] for one in records(tmp_path, "goals")[0]["supporters"]] == ["Marcus", "Rosa"]


# Days


def test_which_of_two_days_takes_only_one_of_them(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:3], "mar", "3", "x", "/where", "2", "/pause", begins="goals")
    assert said.count(ui(tmp_path, "which_date")) == 4
    assert said.rindex("Monday 1 March 2027") > said.index("You are in Goal")


@pytest.mark.parametrize("word", ["/pause", "/leave"])
def test_which_of_two_days_can_be_paused(tmp_path: Path, word: str) -> None:
    said = plain(tmp_path, *GOAL[:3], "12/1", word, "1", begins="goals")
    assert ui(tmp_path, "paused" if word == "/pause" else "left", name="goals") in said


def test_a_day_that_has_gone_by_is_kept_and_said(tmp_path: Path) -> None:
    said = plain(tmp_path, "/pass", "Call Dee", "ayer", begins="goals")
    assert ui(tmp_path, "day_is_past") in said
    assert records(tmp_path, "steps")[0]["due"] == "2026-11-04"


def test_a_day_is_echoed_once(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:5], "/pass", *GOAL[7:10], begins="goals")
    assert said.count("Monday 21 December 2026") == 2, "at once, because a question follows, and with the answer"
    assert said.count("Monday 9 November 2026") == 1, "the last field is said with the answer"


# What is said


def test_no_line_ends_twice(tmp_path: Path) -> None:
    said = plain(tmp_path, "¿Por dónde empiezo?", "¡Porque sí!", *PASSES, begins="goals", language="es")
    assert "Guardado: ¿Por dónde empiezo?\n" in said
    assert "?." not in said and "!." not in said and ".." not in said


def test_pieces_are_parted_for_the_ear() -> None:
    assert ended("“¿Sí?”") == "“¿Sí?”" and ended("sí") == "sí."
    assert joined(["a", "b", "¿c?", "d"]) == "a; b; ¿c? d"


def test_a_long_text_is_said_back_by_its_beginning(tmp_path: Path) -> None:
    said = plain(tmp_path, "Shadow", "I want to know the place. " * 20, begins="goals")
    (line,) = [one for one in said.splitlines() if one.startswith("Saved: I want")]
    assert len(line) < 160 and "518 characters" in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_if_then_is_said_as_its_sentence(tmp_path: Path, language: str) -> None:
    said = plain(tmp_path, *GOAL[:7], begins="goals", language=language)
    assert {
        "en": "Saved: If this happens: my own shift runs long. Then: I text Rosa before three.",
        "es": "Guardado: Si pasa esto: my own shift runs long. Entonces: I text Rosa before three.",
    }[language] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_says_once_how_long_it_takes_and_how_the_line_runs(tmp_path: Path, language: str) -> None:
    said = plain(tmp_path, "1", "1", "2", "3", begins="day-one", language=language)
    minutes = "About" if language == "en" else "Quedan"
    assert said.count(minutes) == 1
    low = context_for(tmp_path, language).words.module("day_one")["statement"]["position"]["low"]
    assert said.count(f" {low},") == 1
    again = plain(tmp_path, "/again", begins="day-one", language=language)
    assert again.count(f" {low},") == 2, "asked to read it again, everything is said again"


def test_one_minute_is_one(tmp_path: Path) -> None:
    said = plain(tmp_path, *AGREEMENTS, "3", "", "/pass", "/pass", "/pass", "/pass", "/dónde", language="es")
    assert "Lo que viene. Queda cerca de 1 minuto.\n" in said
    assert " 1 minutos" not in said


def test_how_to_pass_and_how_to_keep_are_said_where_they_hold(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:2], "/back", begins="goals")
    assert said.count(ui(tmp_path, "accepts_pass")) == 1
    after = said.rpartition("Stands now: ")[2]
    assert ui(tmp_path, "accepts_standing") in after and ui(tmp_path, "accepts_pass") not in after


def test_an_empty_line_that_keeps_says_so(tmp_path: Path) -> None:
    said = plain(tmp_path, *GOAL[:2], "/back", "", begins="goals")
    assert "It stays: I want to know the place." in said


def test_another_line_between_takes_the_question_to_pass_back(tmp_path: Path) -> None:
    said = plain(tmp_path, "", "/why", "", "Shadow", begins="goals")
    assert said.count(ui(tmp_path, "pass_ask")) == 2
    assert "Saved: Shadow." in said


@pytest.mark.parametrize("begins", ["day-one", "last-day"])
def test_passing_the_note_says_what_goes_with_it(tmp_path: Path, begins: str) -> None:
    before = AGREEMENTS if begins == "last-day" else []
    assert ui(tmp_path, "passed_note") in plain(tmp_path, *before, "", "", begins=begins)


def test_where_names_only_what_there_is(tmp_path: Path) -> None:
    said = plain(tmp_path, "/where", begins="day-one")
    assert "You are in Day One, question 1 of 7. About 4 minutes" in said
    said = plain(tmp_path, *AGREEMENTS, "3", "", "/where")
    assert "You are in Learning" in said and "After that: Goal, Ahead, Plan." in said


def test_the_breath_confirms_a_choice_and_refuses_a_number_that_is_none(tmp_path: Path) -> None:
    said = plain(tmp_path, *AGREEMENTS, "3", "5", "1")
    assert refusal(tmp_path, "no_such_number", number=5) in said
    assert "Saved: Leave this out next time." in said
    assert not read_settings(context_for(tmp_path).places).breath


def test_headphones_are_offered_before_the_first_private_question_of_any_part(tmp_path: Path) -> None:
    write_settings(context_for(tmp_path).places, language="en", face="plain")
    line = ui(tmp_path, "headphones")
    assert line in plain(tmp_path, begins="goals")
    said = plain(tmp_path, *AGREEMENTS, "3", "", "1", "/pass")
    assert said.count(line) == 1 and said.index(line) < said.index("Learning, question 1")


def test_another_language_is_kept(tmp_path: Path) -> None:
    plain(tmp_path, "/idioma", begins="goals")
    assert read_settings(context_for(tmp_path).places).language == "es"


def test_a_disk_that_is_full_is_said_and_the_question_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(sitting: Sitting) -> None:
        raise ProblemError("disk_full", path="x")

    monkeypatch.setattr(Sitting, "keep", full)
    said = plain(tmp_path, *GOAL[:7], begins="goals", code=1)
    assert refusal(tmp_path, "disk_full", path="x") in said
    assert "Then: I text Rosa before three." in said
    # nothing is called saved or kept that is not
    assert ui(tmp_path, "not_saved", what="Shadow three shifts.") in said
    assert ui(tmp_path, "paused_without", name="goals") in said
    assert "Saved:" not in said and ui(tmp_path, "paused", name="goals") not in said


@pytest.mark.parametrize(("way", "said_then"), [("/pause", "paused"), ("/leave", "left")])
def test_a_pause_with_a_full_disk_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, said_then: str
) -> None:
    keep, calls = Sitting.keep, []

    def full_three_times(sitting: Sitting) -> None:
        calls.append(1)
        if len(calls) < 4:
            raise ProblemError("disk_full", path="x")
        keep(sitting)

    monkeypatch.setattr(Sitting, "keep", full_three_times)
    said = plain(tmp_path, "Shadow three shifts", way, "", "", begins="goals")
    assert ui(tmp_path, "not_kept_yet") in said and ui(tmp_path, said_then, name="goals") in said
    monkeypatch.undo()
    assert "Stands now: Shadow three shifts" in plain(tmp_path, "/back", begins="goals")


def test_what_is_changed_in_the_plan_is_saved_before_it_is_said(planned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(question: OneQuestion) -> None:
        raise ProblemError("disk_full", path="x")

    first = number_of(plain(planned), "Goal: Shadow three shifts")
    with monkeypatch.context() as no_room:
        no_room.setattr(OneQuestion, "finish_part", full)
        said = plain(planned, first, "Another goal", "/back")
        assert "Saved:" not in said and ui(planned, "not_kept") in said
    assert "Saved: Another goal" in plain(planned, first, "Another goal")
    assert records(planned, "goals")[0]["title"] == "Another goal"


# The plan


def plan_lines(said: str) -> dict[str, str]:
    """Return the last plan that was said: the words of each line by its number."""
    page = said[said.rindex("\nMy plan, ") :]
    return dict(line.split(" ", 1) for line in page.splitlines() if line.split(" ")[0].isdigit())


def number_of(said: str, words: str) -> str:
    return next(number for number, line in plan_lines(said).items() if words in line)


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    plain(tmp_path, *WHOLE[:-1])
    return tmp_path


def test_each_line_of_the_plan_is_heard_whole(planned: Path) -> None:
    lines = plan_lines(plain(planned)).values()
    assert "By 21 December I would be content to see: three shifts shadowed." in lines
    assert any(line.startswith("If this happens: my own shift runs long. Then: I text Rosa") for line in lines)
    assert any("leaning toward disagree. It stayed. “I saw it work”" in line for line in lines)
    assert not any("\n" in line or " (" in line or "·" in line for line in lines)
    assert sum("carry along" in line or "I may pass" in line for line in lines) == 1


def test_what_stands_beside_a_sentence_begins_and_ends_as_one(planned: Path) -> None:
    places = Places(str(planned))
    with PlanStore(places).change(What("test"), datetime(2026, 11, 5, 20, tzinfo=UTC)) as change:
        step = change.all("steps")[0]
        done = {"state": "done", "done_on": "2026-11-04", "went": "She said yes."}
        change.put("steps", {**step, "text": "Call Rosa!", **done})
    lines = plan_lines(plain(planned)).values()
    assert "First step: Call Rosa! Done, Wednesday 4 November. She said yes." in lines


def test_a_reason_is_heard_with_the_ruler_that_it_is_about(tmp_path: Path) -> None:
    plain(tmp_path, *WHOLE[: WHOLE.index("8")], "5", *WHOLE[WHOLE.index("8") + 1 : -1])
    found = list(plan_lines(plain(tmp_path)).values())
    assert "It matters: 5 of 10. Because: Rosa has said yes" in found, found
    assert "How sure: 7 of 10" in found


def test_a_passed_line_only_says_so(tmp_path: Path) -> None:
    said = plain(tmp_path, *[""] * 80)
    assert "Goal: passed" in plan_lines(said).values()
    assert "passed ·" not in said


def test_a_changed_line_is_confirmed_and_the_page_not_read_again(planned: Path) -> None:
    first = plain(planned)
    said = plain(planned, number_of(first, "I want to know"), "Because I promised")
    assert "Saved: Because I promised." in said
    assert said.count("My plan, ") == 1
    assert ui(planned, "plan_again") in said
    said = plain(planned, number_of(first, "I want to know"), "/back")
    assert ui(planned, "unchanged") in said


def test_words_and_other_numbers_on_the_plan_are_answered(planned: Path) -> None:
    said = plain(planned, "change the goal", "99", "/where", "/more")
    assert ui(planned, "no_line") in said and ui(planned, "no_number", number=99) in said
    assert ui(planned, "where_plan") in said


def test_a_goal_is_not_passed_away_by_one_word(planned: Path) -> None:
    goal = number_of(plain(planned), "Shadow three shifts")
    said = plain(planned, goal, "/pass", "")
    assert ui(planned, "pass_goal") in said
    assert records(planned, "goals")[0]["title"] == "Shadow three shifts"
    plain(planned, goal, "/pass", "/pass", "/pass")
    assert records(planned, "goals") == []


def test_dates_that_stand_are_said_and_kept_by_an_empty_line(tmp_path: Path) -> None:
    plain(tmp_path, *AGREEMENTS, *VALUES, *LEARNING, *GOAL, "2", "1 2")
    said = plain(tmp_path, "/back", "")
    assert "Stands now: Thursday 12 November 2026: how did the step go?" in said
    assert len(records(tmp_path, "reminders")) == 2


def test_of_the_dates_own_words_are_not_asked_for(tmp_path: Path) -> None:
    said = plain(tmp_path, *AGREEMENTS, *VALUES, *LEARNING, *GOAL, "2")
    last = said.rpartition("Which of these?")[2]
    assert ui(tmp_path, "accepts_choices") in last and ui(tmp_path, "accepts_own_choices") not in last
    assert AHEAD == ["1"]


def test_the_sheets_are_heard_first_and_a_line_can_be_left_off(
    planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    said = plain(planned, "/keep", "2", "", "0", "nowhere/at/all", "~/Documents")
    wall_says = said[said.index(ui(planned, "wall_says")) :]
    assert "\n1 Goal: Shadow three shifts\n2 First step: Write to the service;" in wall_says
    assert "my own shift" not in wall_says and "I want to know" not in wall_says
    assert ui(planned, "no_number", number="0") in said
    (wall,) = (home / "Documents").glob("next-*.html")
    assert "Write to the service" not in wall.read_text(encoding="utf-8")
    (mine,) = (home / "Documents").glob("plan-*.html")
    assert "Write to the service" in mine.read_text(encoding="utf-8")
    assert ui(planned, "plan_where", wall=str(wall), mine=str(mine)) in said


@pytest.mark.parametrize("lines", [["/back"], ["", ""], ["", "/pass"]])
def test_no_sheet_is_kept_unless_a_folder_is_named(planned: Path, lines: list[str]) -> None:
    assert ui(planned, "no_sheets") in plain(planned, "/keep", *lines)


@pytest.mark.parametrize("lines", [["/leave"], ["", "/leave"]])
def test_the_sheets_can_be_left_at_once(planned: Path, lines: list[str]) -> None:
    said = plain(planned, "/keep", *lines)
    assert said.rstrip().endswith(ui(planned, "left"))
