"""The whole last day in a real terminal: by keyboard, by mouse, passed, paused, in both languages, at three sizes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from tests.terminal.person import A_MOMENT, Person, beginning, draft, in_days, positions, record, records
from tests.terminal.pseudo_terminal import PseudoTerminal, open_app

pytestmark = pytest.mark.terminal

TYPED = {
    "en": (("1", "0"), ("0",), ("1",), ("2",), ("3",), ("4",)),
    "es": (("+",), ("5",), ("6",), ("7",), ("8",), ("9",)),
}
"""Keys that place the marker, a statement after another; both languages together type all eleven positions."""
PLACED = {"en": [10, 0, 1, 2, 3, 4], "es": [10, 5, 6, 7, 8, 9]}
PLUS = {"en": "+2 weeks", "es": "+2 semanas"}


def start(folder: Path, *arguments: str, columns: int = 80, rows: int = 24) -> PseudoTerminal:
    return open_app("--data", str(folder), *arguments, columns=columns, rows=rows)


def goes_through_the_parts(person: Person) -> None:
    """Answer everything from the agreements to the dates by keyboard."""
    language = person.words.language
    person.answers("start", "agreements", "1", "3", "enter")
    person.answers("values", "note", "enter")
    for at, (statement, keys) in enumerate(zip(person.statements, TYPED[language], strict=True)):
        person.sees(statement)
        person.does(*keys)
        if at == 0:
            person.does("tab", "I saw it work for my neighbor")
        person.does("enter")
    person.answers("values", "day_one", "3 7 p 5 0 10", "enter")
    person.answers("values", "breath", "enter")
    person.answers("learning", "focus", "down", "2")
    person.does("enter")
    person.answers("learning", "occasion", "An evening on naloxone", "enter", PLUS[language], "enter")
    person.answers("learning", "say_it", "space")
    person.answers("goals", "what", "Shadow three shifts", "enter")
    person.answers("goals", "why", "I want to know the place", "enter")
    person.answers("goals", "importance", "8", "enter")
    person.answers("goals", "content", in_days(30), "enter", "three shifts, talked over", "enter")
    person.answers("goals", "if_then", "my own shift runs long", "enter", "I text Rosa before three", "enter")
    person.answers("goals", "first_step", "Write to the service", "enter", "after lunch", "enter", in_days(4), "enter")
    person.answers("goals", "confidence", "7", "enter", "Rosa said yes before", "enter")
    person.answers("goals", "supporters", "Marcus, asks me on Mondays", "enter", "Rosa", "enter", "enter")
    person.answers("ahead", "dates", "enter")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_sitting_by_keyboard(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "plan"
    with start(folder) as terminal:
        person = Person(terminal, language)
        person.begins()
        goes_through_the_parts(person)
        person.sees_ui("plan_page.title_mine")
        person.sees("Shadow three shifts")
        person.does("enter")
        person.sees_ui("home.said_plan_done")
        person.sees("Write to the service")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert [one["from"] for one in records(folder, "agreements")] == ["bank", "bank"]
    assert positions(folder, "last_day") == PLACED[language]
    assert positions(folder, "day_one_part_1") == [3, 7, None, 5, 0, 10]
    (session,) = (one for one in records(folder, "values") if one["occasion"] == "last_day")
    assert session["placements"][0]["reason"] == "I saw it work for my neighbor"
    assert session["state"] == "closed"
    focus, learning = record(folder, "focus"), record(folder, "learning")
    assert focus["area"] == person.words.bank("focus_areas")[1].text
    assert (learning["title"], learning["planned_for"]) == ("An evening on naloxone", in_days(14))
    goal, step, if_then = record(folder, "goals"), record(folder, "steps"), record(folder, "if_thens")
    assert (goal["title"], goal["why"]) == ("Shadow three shifts", "I want to know the place")
    assert (goal["review_on"], goal["levels"]["0"]) == (in_days(30), "three shifts, talked over")
    assert goal["supporters"] == [{"name": "Marcus", "how": "asks me on Mondays"}, {"name": "Rosa", "how": ""}]
    assert (if_then["obstacle"], if_then["then"]) == ("my own shift runs long", "I text Rosa before three")
    assert (step["text"], step["moment"], step["due"]) == ("Write to the service", "after lunch", in_days(4))
    ruler = record(folder, "rulers")
    assert (ruler["importance"], ruler["confidence"], ruler["what_makes_it"]) == (8, 7, "Rosa said yes before")
    assert len(records(folder, "reminders")) == 4
    assert list((folder / "drafts").iterdir()) == []


def test_the_whole_sitting_by_mouse(tmp_path: Path) -> None:
    with start(tmp_path, "--lang", "en") as terminal:
        person = Person(terminal)
        person.is_asked("start", "agreements")
        person.clicks(person.words.bank("agreements")[1].text)
        person.clicks_plate("ask.next")
        person.is_asked("values", "note")
        person.clicks(person.option("values", "note", "choice", "start"))
        for statement in person.statements:
            person.sees(statement)
            person.clicks_position(7)
            person.clicks_plate("ask.next")
        person.is_asked("values", "day_one")
        person.clicks(person.option("values", "day_one", "positions", "no"))
        person.is_asked("values", "breath")
        person.clicks(person.question("values", "breath"))
        person.is_asked("learning", "focus")
        person.clicks(person.words.bank("focus_areas")[0].text)
        person.clicks_plate("ask.next")
        person.is_asked("learning", "occasion")
        person.clicks_option(1)
        person.clicks_plate("ask.in_a_week")
        person.clicks_plate("ask.next")
        person.is_asked("learning", "say_it")
        person.clicks(person.question("learning", "say_it"))
        person.is_asked("goals", "what")
        person.clicks_option(1)
        person.clicks_plate("ask.next")
        person.is_asked("goals", "why")
        person.clicks_plate("ask.pass")
        person.is_asked("goals", "importance")
        person.clicks_position(9)
        person.clicks_plate("ask.next")
        person.is_asked("goals", "content")
        person.clicks_plate("ask.in_a_week")
        person.clicks_plate("ask.next")
        person.is_asked("goals", "if_then")
        person.clicks_plate("ask.pass")
        person.is_asked("goals", "first_step")
        person.scrolls()
        person.clicks_plate("ask.in_three_days")
        person.clicks_plate("ask.next")
        person.sees_ui("errors.words_missing")
        person.clicks_plate("ask.pass")
        person.is_asked("goals", "what_makes_it")
        person.clicks_plate("ask.pass")
        person.is_asked("goals", "supporters")
        person.clicks_plate("ask.pass")
        person.is_asked("ahead", "dates")
        person.clicks(person.option("ahead", "dates", "choice", "yes"))
        person.sees_ui("plan_page.title_mine")
        person.clicks_plate("plan_page_screen.done")
        person.sees_ui("home.said_plan_done")
        terminal.click_text(person.ui("app.leave_now"))
        terminal.wait_gone(person.ui("home.goals"))
    assert positions(tmp_path, "last_day") == [7] * 6
    assert record(tmp_path, "learning")["planned_for"] == in_days(7)
    assert record(tmp_path, "goals")["review_on"] == in_days(7)
    assert record(tmp_path, "rulers")["importance"] == 9
    assert len(records(tmp_path, "reminders")) == 4


def test_everything_passed_with_enter_alone(tmp_path: Path) -> None:
    with start(tmp_path, "--lang", "en") as terminal:
        person = Person(terminal)
        person.is_asked("start", "agreements")
        for _ in range(80):
            if re.search(beginning(person.ui("plan_page.title_mine")), terminal.text()):
                break
            person.does("enter")
            terminal.settle(A_MOMENT)
        person.sees_ui("plan_page.title_mine")
        person.does("enter")
        person.sees_ui("home.said_plan_done")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
    # Enter takes the first of a few options; everything else was passed.
    assert positions(tmp_path, "last_day") == [None] * 6
    for table in ("agreements", "focus", "learning", "goals", "steps", "if_thens"):
        assert records(tmp_path, table) == [], table
    with start(tmp_path, "--lang", "en", "goals") as terminal:
        assert terminal.wait_exit() == 0


def test_everything_passed_with_the_pass_key(tmp_path: Path) -> None:
    with start(tmp_path, "--lang", "en") as terminal:
        person = Person(terminal)
        for module, question in (("start", "agreements"), ("values", "note")):
            person.answers(module, question, "p")
        person.answers("values", "breath", "enter")
        person.is_asked("learning", "focus")
        person.clicks_plate("ask.pass")
        for module, question in (("learning", "occasion"), ("goals", "what"), ("goals", "inbox_step")):
            person.is_asked(module, question)
            person.clicks_plate("ask.pass")
        person.answers("ahead", "dates", "p")
        person.sees_ui("plan_page.nothing")
        person.does("enter")
        person.sees_ui("home.nothing_decided")
    assert positions(tmp_path, "last_day") == [None] * 6
    assert records(tmp_path, "reminders") == []


def test_paused_with_escape_it_goes_on_at_that_question(tmp_path: Path) -> None:
    with start(tmp_path, "--lang", "en", "begin", "goals") as terminal:
        person = Person(terminal)
        person.answers("goals", "what", "Shadow three shifts", "enter")
        person.answers("goals", "why", "I want to know", "escape")
        person.sees_ui("pause.title")
        person.does("enter")
        person.answers("goals", "why", " the place", "escape")
        person.sees_ui("pause.title")
        person.does("q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    with start(tmp_path, "--lang", "en") as terminal:
        person = Person(terminal)
        person.is_asked("goals", "why")
        person.sees("I want to know the place")
        person.does("enter")
        person.answers("goals", "importance", "escape")
        person.sees_ui("pause.title")
    assert draft(tmp_path, "goals")["answers"]["why"]["values"] == {"because": "I want to know the place"}


def test_another_language_in_the_middle_keeps_the_text_and_the_cursor(tmp_path: Path) -> None:
    with start(tmp_path, "--lang", "en", "begin", "goals") as terminal:
        person = Person(terminal)
        person.answers("goals", "what", "Shadow three", "left", "left")
        person.does("f3")
        spanish = Person(terminal, "es")
        spanish.answers("goals", "what", "XY")
        spanish.sees("Shadow thrXYee")
        spanish.does("enter")
        spanish.answers("goals", "why", "porque", "f3")
        person.is_asked("goals", "why")
        person.sees("porque")
        person.does("f3", "enter")
        spanish.is_asked("goals", "importance")
        spanish.does("ctrl+q")
        assert terminal.wait_exit() == 0
    with start(tmp_path) as terminal:
        Person(terminal, "es").is_asked("goals", "importance")


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (120, 40)])
def test_a_goal_at_another_size(tmp_path: Path, columns: int, rows: int) -> None:
    with start(tmp_path, "--lang", "en", "begin", columns=columns, rows=rows) as terminal:
        person = Person(terminal)

        def is_asked_whole(module: str, question: str) -> None:
            person.is_asked(module, question)
            for key in ("ask.next", "ask.pass", "app.leave_now"):
                person.sees_ui(key)

        for module, question in (("start", "agreements"), ("values", "note")):
            is_asked_whole(module, question)
            person.clicks_plate("ask.pass")
        person.answers("values", "breath", "enter")
        for module, question in (("learning", "focus"), ("learning", "occasion")):
            is_asked_whole(module, question)
            person.clicks_plate("ask.pass")
        is_asked_whole("goals", "what")
        person.does("Shadow three shifts")
        person.sees("Shadow three shifts")
        person.does("enter")
        is_asked_whole("goals", "why")
        person.clicks_plate("ask.pass")
        is_asked_whole("goals", "importance")
        person.does("9")
        person.sees_ui("ask.at", n=9)
        person.does("enter")
        for question in ("content", "if_then"):
            is_asked_whole("goals", question)
            person.clicks_plate("ask.pass")
        is_asked_whole("goals", "first_step")
        person.does("Write to the service", "enter", "after lunch", "enter", in_days(3))
        person.sees(in_days(3))
        person.does("enter")
        for question in ("confidence", "what_makes_it", "supporters"):
            is_asked_whole("goals", question)
            person.clicks_plate("ask.pass")
        is_asked_whole("ahead", "dates")
        person.does("enter")
        person.sees_ui("plan_page.title_mine")
        person.sees("Shadow three shifts")
        person.sees_ui("plan_page_screen.done")
        person.does("enter")
        person.sees_ui("home.said_plan_done")
        person.sees("Write to the service")
    assert record(tmp_path, "goals")["title"] == "Shadow three shifts"
    assert record(tmp_path, "steps")["due"] == in_days(3)
