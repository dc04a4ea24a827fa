"""The face of every room line by line, over a sample room: what is heard makes sense without any picture."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.plain_room import PlainRoom
from rchrp_goals.plain_terminal import Terminal
from rchrp_goals.services import capture
from rchrp_goals.services.context import Context
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Place
from rchrp_goals.services.undoing import undo
from rchrp_goals.store.places import Places
from tests.cli.speaking import speak_in
from tests.sample_room import open_sample
from tests.services.desk import StillClock, desk_in, sit

Say = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A plan with seven steps in its inbox, and the sample room."""
    open_sample(monkeypatch)
    found = desk_in(tmp_path)
    sit(found, passing=True).finish_plan()
    for number in range(1, 8):
        capture.add_step(found.store, f"Step {number}", None, None, found.clock.now())
    return found


@pytest.fixture
def room(tmp_path: Path, desk: Desk) -> Say:
    """Plain mode, gone to the sample room: type lines, get back what it said from there on."""

    def open_room(*lines: str, language: str = "en") -> str:
        return speak_in(tmp_path, "Sample", *lines, language=language).partition("The sample room.")[2]

    return open_room


def inbox(desk: Desk) -> list[tuple[str, str]]:
    return [(one["text"], one["state"]) for one in desk.store.read().records("steps")]


def test_rows_come_in_fives_and_every_line_is_said_in_words(room: Say) -> None:
    said = room("/more", "")
    first, _, rest = said.partition("/more")
    assert "1 First: One thing." in first and "5 Step 4." in first and "Step 5" not in first
    assert "6 Step 5." in rest and "8 Step 7." in rest
    for words in (
        "Levels:",
        "More than hoped.",
        "A note.",
        "Hours:",
        "All hours. 22.5 of 40.",
        "There is no good direction.",
    ):
        assert words in rest
    assert not set(said) & set("█·━○●◉─✓›\x00")


def test_a_letter_does_what_can_be_done_in_the_room(room: Say, desk: Desk) -> None:
    said = room("a", "Call Rosa", "")
    assert inbox(desk)[-1] == ("Call Rosa", "planned") and "It is noted." in said


def test_a_number_opens_a_rows_page_and_a_number_does_what_can_be_done_there(room: Say, desk: Desk) -> None:
    said = room("2", "1", "1", "", "")
    assert "Only text." in said and "Done, then." in said
    assert inbox(desk)[0] == ("Step 1", "done")
    room("3", "2", "", "")
    assert inbox(desk)[1] == ("Step 2", "done")


def test_what_needs_several_answers_asks_them_one_by_one(room: Say, desk: Desk) -> None:
    said = room("1", "", "yesterday", "tomorrow", "2", "/pass", "")
    assert inbox(desk)[-1] == ("as it stood two None", "planned")
    assert desk.store.read().records("steps")[-1]["due"] == "2026-11-06"
    assert desk.words.ui("errors.day_not_ahead") in said
    assert "It says now: as it stood. Enter alone keeps it." in said


@pytest.mark.parametrize("lines", [("a", ""), ("a", "/back"), ("1", "/back"), ("1", "", "tomorrow", ""), ("x", "")])
def test_going_back_changes_nothing(room: Say, desk: Desk, lines: tuple[str, ...]) -> None:
    before = desk.store.read()
    room(*lines, "", "")
    assert desk.store.read() == before


def test_a_last_one_alone_comes_at_once(room: Say, desk: Desk) -> None:
    assert "5 Step 4." in room("") and "/more" in room("")
    for _ in range(2):
        undo(desk.store, desk.words, desk.clock.now())
    said = room("")
    assert "6 Step 5." in said and "/more" not in said


def test_what_was_answered_and_then_left_is_said_not_to_be_kept(room: Say, desk: Desk) -> None:
    left = desk.words.ui("rooms.plain.not_kept")
    assert left in room("1", "typed", "/back", "") and left not in room("1", "/back", "")


def test_coming_back_says_only_what_is_new(room: Say, desk: Desk) -> None:
    again = desk.words.ui("rooms.plain.ask_again")
    assert room("1", "/back", "").count("5 Step 4.") == 1
    assert room("1", "/back", "/again", "").count("5 Step 4.") == 2
    said = room("3", "2", "").rpartition("The sample room.")[2]
    assert again in said and "5 Step 4." not in said


def test_what_was_heard_behind_more_can_still_be_chosen_after_something_else_was_done(room: Say, desk: Desk) -> None:
    said = room("7", "/more", "1", "/back", "8", "2", "")
    assert said.count(desk.words.ui("plain.more")) == 2 and "no number 7" not in said
    assert inbox(desk)[6] == ("Step 7", "done")


def test_the_first_words_of_a_line_or_of_a_letter_name_it(room: Say, desk: Desk) -> None:
    room("step 3", "2", "")
    assert inbox(desk)[2] == ("Step 3", "done")
    room("another", "1", "")
    assert {state for _, state in inbox(desk)} == {"done"}


def test_a_yes_is_a_one(room: Say, desk: Desk) -> None:
    room("x", "1", "")
    assert {state for _, state in inbox(desk)} == {"done"}


def test_what_is_no_number_and_no_letter_is_said(room: Say, desk: Desk) -> None:
    said = room("99", "zz", "/where", "/nonsense", "")
    assert desk.words.ui("errors.no_such_number", number="99") in said
    assert desk.words.ui("rooms.plain.wanted_either") in said
    assert desk.words.ui("rooms.plain.where", room="The sample room") in said


def test_where_there_are_letters_only_no_number_is_asked_for(tmp_path: Path, desk: Desk) -> None:
    context = Context(Places(str(tmp_path)), {}, StillClock(), language="en", plain=True)
    context.stdin, context.stdout = io.StringIO("1\n\n"), io.StringIO()
    PlainRoom(context, Terminal(context.stdin, context.stdout, {}), Place("check_in")).run()
    assert desk.words.ui("rooms.plain.wanted_letter") in context.stdout.getvalue()


@pytest.mark.parametrize(
    "problem",
    [ProblemError("not_there"), FileProblem("record_wrong", table="steps", field="due")],
    ids=lambda one: one.key,
)
def test_what_may_not_be_changed_is_said_and_the_room_goes_on(
    room: Say, desk: Desk, monkeypatch: pytest.MonkeyPatch, problem: ProblemError
) -> None:
    def refuse(*_: object) -> None:
        raise problem

    monkeypatch.setattr("rchrp_goals.plain_room.PlainRoom._do", refuse)
    said = room("2", "2", "/where", "")
    assert desk.words.problem(problem.key, problem.values) in said
    assert desk.words.ui("rooms.plain.where", room="The sample room") in said


def test_in_spanish(room: Say) -> None:
    said = room("/más", "", language="es")
    assert "También aquí:" in said and "Enter sin nada vuelve." in said
