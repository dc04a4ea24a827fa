"""Leaving, wanted or not: what was typed is kept, the terminal is clean, and one key hides everything."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.app import TWICE_WITHIN
from rchrp_goals.content import LANGUAGES
from tests.services.desk import desk_in, sit
from tests.terminal.person import Person, beginning, draft, records
from tests.terminal.pseudo_terminal import ROOT, PseudoTerminal, open_app

pytestmark = pytest.mark.terminal

SENTENCE = "I want to know the place before I se"
ENTERS = b"\x1b[?1049h"
TITLE = re.compile(rb"\x1b\][012];([^\x07\x1b]*)")


def start(folder: Path, *arguments: str, language: str = "en", **more: Any) -> PseudoTerminal:
    return open_app("--lang", language, "--data", str(folder), *arguments, **more)


def writes_a_sentence(person: Person) -> None:
    """Begin a goal and stop in the middle of why it matters."""
    person.answers("goals", "what", "Shadow three shifts", "enter")
    person.answers("goals", "why", SENTENCE)
    person.sees(SENTENCE)


def what_is_typed(folder: Path, field: str = "because", module: str = "goals") -> object:
    """Return what the draft holds of a field; None where it is not there, or not yet."""
    is_there = (folder / "drafts" / f"{module}.json").exists()
    return draft(folder, module).get("typing", {}).get(field) if is_there else None


def waits_for_draft(folder: Path, terminal: PseudoTerminal) -> None:
    """Wait until what is being typed stands on the disk."""
    terminal.wait_until(lambda: what_is_typed(folder) == SENTENCE, "the draft was not written")


def a_plan(folder: Path) -> None:
    """Make the plan of a whole sitting."""
    sit(desk_in(folder)).finish_plan()


def test_killed_in_the_middle_of_a_sentence_it_goes_on_there(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        writes_a_sentence(Person(terminal))
        waits_for_draft(tmp_path, terminal)
        terminal.send_signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    with start(tmp_path) as terminal:
        person = Person(terminal)
        person.is_asked("goals", "why")
        person.sees(SENTENCE)
        person.does("nd anyone there", "enter")
        person.is_asked("goals", "importance")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
    assert draft(tmp_path, "goals")["answers"]["why"]["values"] == {"because": f"{SENTENCE}nd anyone there"}


def test_killed_while_a_reason_is_typed(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "values") as terminal:
        person = Person(terminal)
        person.answers("values", "note", "enter")
        person.sees(person.statements[0])
        person.does("7", "tab", "because I sa")
        terminal.wait_until(
            lambda: what_is_typed(tmp_path, "reason", "values") == "because I sa", "the draft was not written"
        )
        terminal.send_signal(signal.SIGKILL)
        terminal.wait_exit()
    with start(tmp_path, "begin") as terminal:
        person = Person(terminal)
        person.sees(person.statements[0])
        person.sees("because I sa")
        person.sees_ui("position.at", n=7, words=person.ui("position.leaning_agree"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_keeps_the_sentence_and_leaves_a_clean_terminal(tmp_path: Path, number: signal.Signals) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        writes_a_sentence(Person(terminal))
        terminal.send_signal(number)
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert what_is_typed(tmp_path) == SENTENCE


def test_many_signals_at_once_are_one(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        writes_a_sentence(Person(terminal))
        for _ in range(5):
            terminal.send_signal(signal.SIGINT)
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert what_is_typed(tmp_path) == SENTENCE


def test_a_closed_window_keeps_the_sentence(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        writes_a_sentence(Person(terminal))
        terminal.hang_up()
        assert terminal.wait_exit() == 0
    assert what_is_typed(tmp_path) == SENTENCE
    with start(tmp_path) as terminal:
        Person(terminal).is_asked("goals", "why")


def test_a_signal_while_everything_is_hidden(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        writes_a_sentence(person)
        person.does("f9")
        terminal.wait_gone(beginning(SENTENCE))
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
        assert SENTENCE[:10] not in terminal.text()
    assert what_is_typed(tmp_path) == SENTENCE


def test_ctrl_c_pauses_and_a_second_one_leaves(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        writes_a_sentence(person)
        person.does("ctrl+c")
        person.sees_ui("pause.title")
        waits_for_draft(tmp_path, terminal)
        person.does("enter")
        person.is_asked("goals", "why")
        terminal.pump(TWICE_WITHIN + 0.1)
        person.does("ctrl+c")
        person.sees_ui("pause.title")
        person.does("enter")
        person.is_asked("goals", "why")
        terminal.type("\x03\x03")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert what_is_typed(tmp_path) == SENTENCE


def test_ctrl_q_leaves_at_once_and_keeps_the_sentence(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        writes_a_sentence(person)
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert what_is_typed(tmp_path) == SENTENCE


# One key


def nothing_is_seen(terminal: PseudoTerminal) -> None:
    """Wait until the screen shows a bare prompt and nothing else."""
    terminal.wait_for(r"\A\$\s*\Z")


def test_one_key_hides_everything_and_brings_it_back(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        writes_a_sentence(person)
        person.does("f9")
        nothing_is_seen(terminal)
        before = len(terminal.raw)
        person.does("secret words", "enter", "tab", "escape", "f1", "f2", "f3", "ctrl+c", "ctrl+q", "enter")
        terminal.paste("more of them")
        terminal.click(60, 20)
        terminal.click(5, 22)
        terminal.settle()
        nothing_is_seen(terminal)
        assert b"secret" not in terminal.raw[before:]
        assert b"more of" not in terminal.raw[before:]
        person.does("f9")
        person.is_asked("goals", "why")
        person.sees(SENTENCE)
        assert "secret" not in terminal.text()
        person.does("nd anyone", "enter")
        person.is_asked("goals", "importance")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
    assert draft(tmp_path, "goals")["answers"]["why"]["values"] == {"because": f"{SENTENCE}nd anyone"}


def test_one_key_hides_what_lies_over_a_question_too(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        writes_a_sentence(person)
        for key, title in (("f1", "help_page.title"), ("f2", "agreements_page.title"), ("escape", "pause.title")):
            person.does(key)
            person.sees_ui(title)
            person.does("f9")
            nothing_is_seen(terminal)
            person.does("f9")
            person.sees_ui(title)
            person.does("enter")
            person.is_asked("goals", "why")
            person.sees(SENTENCE)


def test_home_and_the_plan_page_are_hidden_too(tmp_path: Path) -> None:
    a_plan(tmp_path)
    with start(tmp_path) as terminal:
        person = Person(terminal)
        person.sees("Write to the service")
        person.does("f9")
        nothing_is_seen(terminal)
        person.does("f9")
        person.sees("Write to the service")
        person.does("p")
        person.sees_ui("plan_page.title_mine")
        person.does("f9", "d", "k")
        nothing_is_seen(terminal)
        person.does("f9")
        person.sees_ui("plan_page.title_mine")
    assert {step["state"] for step in records(tmp_path, "steps")} == {"planned"}


HOLDS_PAINTING_BACK = """
import asyncio, pathlib
from rchrp_goals import cli
from rchrp_goals.app import RchrpGoalsApp
from rchrp_goals.screens.participant import home, looking
looking.LOOK_EVERY = home.IDLE_AFTER = 1000
def hold(app):
    async def until_told():
        with app.batch_update():
            pathlib.Path("held").touch()
            while not pathlib.Path("go").exists():
                await asyncio.sleep(0.01)
    app.run_worker(until_told())
RchrpGoalsApp.action_agreements = hold
cli.run()
"""


def test_what_is_hidden_while_a_screen_changes_is_hidden(tmp_path: Path) -> None:
    a_plan(tmp_path)
    program = tmp_path / "program.py"
    program.write_text(HOLDS_PAINTING_BACK, encoding="utf-8")
    command = [sys.executable, str(program), "--lang", "en", "--data", str(tmp_path)]
    with PseudoTerminal(command, environment={"PYTHONPATH": str(ROOT)}, folder=tmp_path) as terminal:
        person = Person(terminal)
        person.sees("Write to the service")
        person.does("f2")
        while not (tmp_path / "held").exists():
            terminal.pump(0.02)
        person.does("f9")
        terminal.settle()
        (tmp_path / "go").touch()
        nothing_is_seen(terminal)
        person.does("f9")
        person.sees("Write to the service")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_the_window_never_says_what_this_is(tmp_path: Path, language: str) -> None:
    a_plan(tmp_path)
    with start(tmp_path, language=language) as terminal:
        person = Person(terminal, language)
        person.sees("Write to the service")
        person.does("p")
        person.sees_ui("plan_page.title_mine")
        person.does("f9")
        nothing_is_seen(terminal)
        person.does("f9", "ctrl+q")
        assert terminal.wait_exit() == 0
        titles = b" ".join(TITLE.findall(bytes(terminal.raw))).lower()
    assert not re.search(rb"[a-z]", titles), titles


# Another window, a damaged file


def test_a_second_window_looks_and_changes_nothing(tmp_path: Path) -> None:
    a_plan(tmp_path)
    before = (tmp_path / "plan.json").read_bytes()
    with start(tmp_path) as first:
        Person(first).sees("Write to the service")
        with start(tmp_path) as second:
            person = Person(second)
            person.sees_ui("second_window.title")
            second.wait_for(re.escape("Shadow three"))
            for key in ("d", "a", "b", "u", "p", "enter"):
                person.does(key)
            person.sees_ui("second_window.title")
            person.does("q")
            assert second.wait_exit() == 0
            assert second.left_behind() == []
        assert (tmp_path / "plan.json").read_bytes() == before
        with start(tmp_path, "begin", "goals") as third:
            person = Person(third)
            person.sees_ui("second_window.title")
            Person(first).does("ctrl+q")
            assert first.wait_exit() == 0
            person.does("enter")
            person.is_asked("goals", "what")


def test_a_damaged_plan_has_a_calm_page_and_a_way_back(tmp_path: Path) -> None:
    a_plan(tmp_path)
    plan = tmp_path / "plan.json"
    whole = plan.read_bytes()
    cut = whole[: len(whole) // 2]
    plan.write_bytes(cut)
    with start(tmp_path) as terminal:
        person = Person(terminal)
        person.sees_ui("trouble.title")
        person.sees_ui("trouble.untouched")
        person.does("b")
        person.sees_ui("trouble.sure_use_backup")
        person.does("escape")
        person.sees_ui("trouble.untouched")
        assert plan.read_bytes() == cut, "only a yes changes anything"
        person.does("b")
        person.sees_ui("trouble.sure_use_backup")
        person.does("y")
        person.sees("Write to the service")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
    assert [goal["title"] for goal in records(tmp_path, "goals")] == ["Shadow three syringe service shifts"]
    kept = [path.read_bytes() for path in (tmp_path / "backups").iterdir()]
    assert cut in kept


def test_a_plan_that_another_program_changed_can_be_kept(tmp_path: Path) -> None:
    a_plan(tmp_path)
    plan = tmp_path / "plan.json"
    plan.write_text(plan.read_text(encoding="utf-8").replace("Write to the service", "Ring the service"), "utf-8")
    with start(tmp_path) as terminal:
        person = Person(terminal)
        person.sees_ui("trouble.title")
        person.does("k")
        person.sees_ui("trouble.sure_keep_as_it_is")
        person.does("y")
        person.sees("Ring the service")


def test_a_damaged_plan_without_a_copy_can_be_begun_anew(tmp_path: Path) -> None:
    a_plan(tmp_path)
    (tmp_path / "plan.json").write_bytes(b"")
    (tmp_path / "plan.json.bak").unlink()
    with start(tmp_path) as terminal:
        person = Person(terminal)
        person.sees_ui("trouble.title")
        person.does("q")
        assert terminal.wait_exit() == 0
    assert (tmp_path / "plan.json").read_bytes() == b""
    with start(tmp_path) as terminal:
        person = Person(terminal)
        person.sees_ui("trouble.title")
        person.does("n")
        person.sees_ui("trouble.sure_start_new")
        person.does("y")
        person.is_asked("start", "agreements")


def test_stopped_and_going_on_everything_stands_as_before(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        person.answers("goals", "what", "Shadow thr")
        terminal.settle()
        before = terminal.text()
        for stop in (signal.SIGTSTP, signal.SIGSTOP):
            terminal.send_signal(stop)
            terminal.wait_stopped()
            entered = terminal.raw.count(ENTERS)
            terminal.send_signal(signal.SIGCONT)
            terminal.wait_until(lambda: terminal.raw.count(ENTERS) > entered, "the screen was not taken again")  # noqa: B023
            terminal.wait_until(lambda: terminal.text() == before, "it does not stand as before")
        person.does("ee", "ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert draft(tmp_path, "goals")["typing"] == {"title": "Shadow three"}


# Terminals with few means


def test_without_colours_everything_can_be_read(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals", environment={"NO_COLOR": "1"}) as terminal:
        person = Person(terminal)
        person.answers("goals", "what", "Shadow three shifts")
        person.sees("Shadow three shifts")
        terminal.settle()
        cells = [cell for row in terminal.screen.buffer.values() for cell in row.values() if cell.data.strip()]
        assert cells
        assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}, "the terminal's own two colours"
        person.does("f9")
        nothing_is_seen(terminal)


def test_a_terminal_without_means_is_asked_line_by_line(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals", environment={"TERM": "dumb"}) as terminal:
        terminal.wait_for(re.escape(Person(terminal).question("goals", "what")))
        terminal.wait_for("^> *$")
        terminal.type("Shadow three shifts\n")
        terminal.wait_for(re.escape(Person(terminal).question("goals", "why")))
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
        assert b"\x1b[" not in terminal.raw.replace(b"\x1b[?2004", b"")
