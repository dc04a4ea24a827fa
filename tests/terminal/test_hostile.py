"""Hostile text, typed, pasted, read from files and from the shell: shown as text or refused with a sentence.

Whatever it is, nothing of it acts, nothing ends the program, and none of its codes reaches the terminal.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.services.desk import sat_desk
from tests.terminal.person import Person, draft, in_days, record, records
from tests.terminal.pseudo_terminal import ROOT, PseudoTerminal, open_app

pytestmark = pytest.mark.terminal

MARKUP = "[/] [red]x [@click=app.quit]y[/] [bold"
"""Shown as it is: to Textual it would be a colour, something to click, and a mistake."""
CODES = "\x1b[31;7777mz\x1b[0m\x1b]52;c;cHduZWQ=\x07\x1b]0;pwned\x07\x9b7777m\x90pwned\x9c\u202e"
"""Colour, clipboard, title, the same in single codes, and a forced direction: none of it may reach a terminal."""
HOSTILE = f"{MARKUP} {CODES} end"
CODE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xed[\xa0-\xbf]")
"""What a command never writes, whatever the plan holds."""
LEAKS = re.compile(rb"7777m|cHduZWQ|pwned|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xed[\xa0-\xbf]")
"""What the codes would leave among the bytes that a terminal gets."""
NO_UTF8 = b"\xff\xed\xa0\x80\xc3".decode("utf-8", "surrogateescape")


def start(folder: Path, *arguments: str, **more: Any) -> PseudoTerminal:
    return open_app("--lang", "en", "--data", str(folder), *arguments, **more)


def nothing_leaked(terminal: PseudoTerminal) -> None:
    """Fail where one of the codes was written to the terminal."""
    found = LEAKS.search(bytes(terminal.raw))
    assert found is None, bytes(terminal.raw[max(0, found.start() - 60) : found.end() + 20])


def reseal(plan: Path, changes: Mapping[str, str]) -> None:
    """Put other texts into a plan's file, as JSON writes them, with a checksum that fits: it reads as whole."""
    data = plan.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert json.dumps(old, ensure_ascii=False) in data
        data = data.replace(json.dumps(old, ensure_ascii=False), json.dumps(new))
    before = re.search(r'"sha256": "([0-9a-f]{64})"', data)
    assert before is not None
    empty = data.replace(before[1], "0" * 64, 1)
    plan.write_text(data.replace(before[1], hashlib.sha256(empty.encode()).hexdigest(), 1), encoding="utf-8")
    plan.with_name("due.tsv").unlink(missing_ok=True)


# From the keyboard and from a paste


def test_pasted_into_every_kind_of_field(tmp_path: Path) -> None:
    with start(tmp_path) as terminal:
        person = Person(terminal)

        def pastes(text: str = HOSTILE) -> None:
            terminal.paste(text)
            person.sees("[/] [red]x [@click=app.quit]y[/]")

        person.answers("start", "agreements", "1", "tab")
        pastes()
        person.does("enter", "enter")
        person.is_asked("values", "note")
        terminal.paste(HOSTILE)
        person.does("enter")
        person.sees(person.statements[0])
        terminal.paste(HOSTILE)
        person.does("7", "tab")
        pastes()
        person.does("enter")
        for statement in person.statements[1:]:
            person.sees(statement)
            person.clicks_plate("ask.pass")
        person.is_asked("values", "day_one")
        pastes()
        person.does("enter")
        person.sees_ui("errors.position_range")
        person.clicks_plate("ask.pass")
        person.answers("values", "breath")
        terminal.paste(HOSTILE)
        person.does("enter")
        person.is_asked("learning", "focus")
        pastes()
        person.does("enter")
        person.is_asked("learning", "occasion")
        pastes()
        person.does("enter")
        terminal.paste(HOSTILE)
        person.sees_ui("ask.no_day_yet")
        person.does("enter")
        person.sees_ui("errors.date_not_understood")
        person.does("ctrl+u", in_days(9), "enter")
        person.answers("learning", "say_it", "enter")
        for question in ("what", "why"):
            person.is_asked("goals", question)
            pastes()
            person.does("enter")
        person.answers("goals", "importance", "9", "enter")
        person.answers("goals", "content", in_days(30), "enter")
        pastes()
        person.does("enter")
        person.is_asked("goals", "if_then")
        pastes()
        person.does("enter")
        pastes()
        person.does("enter")
        person.is_asked("goals", "first_step")
        pastes()
        person.does("enter")
        pastes()
        person.does("enter", in_days(3), "enter")
        person.answers("goals", "confidence", "8", "enter")
        pastes()
        person.does("enter")
        person.is_asked("goals", "supporters")
        pastes()
        person.does("enter", "enter")
        person.answers("ahead", "dates", "enter")
        person.sees_ui("plan_page.title_mine")
        person.sees(MARKUP)
        person.does("enter")
        person.sees_ui("home.said_plan_done")
        person.sees(MARKUP)
        person.clicks("[@click=app.quit]y[/]")
        terminal.settle()
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
        nothing_leaked(terminal)
    clean = f"{MARKUP} z end"
    assert record(tmp_path, "goals")["title"] == clean
    assert record(tmp_path, "goals")["why"] == clean
    assert record(tmp_path, "steps")["moment"] == clean
    assert [one["text"] for one in records(tmp_path, "agreements")][1:] == [clean]
    assert LEAKS.search((tmp_path / "plan.json").read_bytes()) is None


def test_typed_and_typed_in_another_encoding(tmp_path: Path) -> None:
    typed = f"{MARKUP} \u202e"
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        person.answers("goals", "what", typed, NO_UTF8)
        person.sees(MARKUP)
        person.does("enter")
        person.answers("goals", "why", typed, NO_UTF8)
        person.sees(MARKUP)
        person.does("enter")
        person.answers("goals", "importance", NO_UTF8, "[/]", "9", "enter")
        person.answers("goals", "content", typed, NO_UTF8)
        person.sees_ui("ask.no_day_yet")
        person.does("f3", "f3", "ctrl+u", in_days(30), "enter", typed, "enter")
        person.is_asked("goals", "if_then")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
        nothing_leaked(terminal)
    answers = draft(tmp_path, "goals")["answers"]
    assert answers["what"]["values"]["title"].startswith(MARKUP)
    assert LEAKS.search((tmp_path / "drafts" / "goals.json").read_bytes()) is None


def test_more_than_a_field_can_hold(tmp_path: Path) -> None:
    with start(tmp_path, "begin", "goals") as terminal:
        person = Person(terminal)
        person.answers("goals", "what", "Shadow three shifts")
        terminal.paste("x" * 100_000)
        person.sees_ui("ask.paste_too_long", length=100_019)
        person.sees("Shadow three shifts")
        terminal.paste(" y" * 300)
        person.sees_ui("errors.text_too_long", length=619, cap=500)
        person.does("enter")
        person.sees_ui("errors.text_too_long", length=619, cap=500)
        person.does("ctrl+u", "Shadow three shifts", "enter")
        person.answers("goals", "why", "I want to know")
        terminal.paste("x" * 100_000)
        person.sees_ui("ask.paste_too_long", length=100_014)
        person.sees("I want to know")
        terminal.paste(" y\n" * 9_000)
        person.sees_ui("errors.text_too_long", length=27_014, cap=20_000)
        person.does("enter")
        person.sees_ui("errors.text_too_long", length=27_013, cap=20_000)
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
    assert draft(tmp_path, "goals")["typing"]["because"].startswith("I want to know y")


# From files


def a_hostile_plan(folder: Path, hostile: str = HOSTILE) -> None:
    """Write a plan that reads as whole and holds hostile text wherever a person's words stand."""
    sat_desk(folder)
    plan = folder / "plan.json"
    tables = json.loads(plan.read_text(encoding="utf-8"))
    words = {
        value
        for name, rows in tables.items()
        if name not in {"_file", "history", "kept_versions"}
        for row in rows.values()
        for value in texts_of(row)
    }
    reseal(plan, dict.fromkeys(words, hostile))


OF_PERSON = {
    "title",
    "why",
    "text",
    "moment",
    "obstacle",
    "then",
    "area",
    "name",
    "how",
    "reason",
    "what_makes_it",
    "0",
}


def texts_of(value: Any, key: str = "") -> list[str]:
    """Return every text of a record that a person wrote or picked."""
    if isinstance(value, dict):
        return [text for inner, one in value.items() for text in texts_of(one, inner)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one, key)]
    return [value] if isinstance(value, str) and value and key in OF_PERSON else []


def on_every_page(person: Person) -> None:
    """Open everything that shows the person's words, from Home on."""
    terminal = person.terminal

    def looks(key: str, *steps: str) -> None:
        person.does(*steps)
        person.sees_ui(key)
        person.sees(MARKUP)

    looks("home.next")
    looks("home.later_title", "l")
    person.does("escape")
    looks("home.next")
    looks("agreements_page.title", "f2")
    looks("home.next", "escape")
    looks("plan_page_screen.about_mine", "p")
    person.clicks("[@click=app.quit]y[/]")
    person.is_asked("goals", "what")
    person.sees(MARKUP)
    looks("plan_page_screen.how_mine", "escape")
    looks("plan_page_screen.about_mine", "escape")
    for _ in range(3):
        person.does("pagedown")
        terminal.settle(0.05)
    looks("plan_page_screen.about_wall", "w")
    looks("home.next", "escape")
    looks("home.next", "f3", "f3")


def test_a_hostile_plan_on_every_page(tmp_path: Path) -> None:
    a_hostile_plan(tmp_path)
    with start(tmp_path) as terminal:
        person = Person(terminal)
        on_every_page(person)
        with start(tmp_path) as second:
            Person(second).sees_ui("second_window.title")
            Person(second).sees(MARKUP)
            nothing_leaked(second)
        person.does("d")
        person.sees_ui("home.said_done")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
        nothing_leaked(terminal)
    assert {step["state"] for step in records(tmp_path, "steps")} == {"done"}


def test_a_plan_with_half_characters_has_a_calm_page(tmp_path: Path) -> None:
    a_hostile_plan(tmp_path, "half a character: \ud800")
    with start(tmp_path) as terminal:
        person = Person(terminal)
        person.sees_ui("trouble.title")
        person.does("b")
        person.sees_ui("trouble.sure_use_backup")
        person.does("y")
        person.sees("Write to the service")
        nothing_leaked(terminal)


def runs(folder: Path, *arguments: str) -> PseudoTerminal:
    """Run a command that only writes, on a terminal, to its end."""
    terminal = start(folder, *arguments, rows=60)
    terminal.wait_exit()
    return terminal


def test_a_hostile_plan_in_every_command(tmp_path: Path) -> None:
    a_hostile_plan(tmp_path)
    sheets = [("export", form, "--sheet", sheet) for form in ("txt", "md", "html") for sheet in ("wall", "mine")]
    for arguments in (("due", "--titles"), ("goals",), ("goals", "--json"), ("export", "json"), *sheets):
        with runs(tmp_path, *arguments) as terminal:
            found = CODE.search(terminal.raw)
            assert found is None, (arguments, found)
            assert b"@click=app.quit" in terminal.raw, arguments
    # high enough that what is said first does not leave the window
    with start(tmp_path, "--plain", rows=60) as terminal:
        Person(terminal).sees(MARKUP)
        terminal.enter_line("1")
        terminal.wait_for_mode(2004)
        nothing_leaked(terminal)


def test_a_hostile_draft_and_hostile_files_of_the_room(tmp_path: Path) -> None:
    own = tmp_path / "plan" / "prompts"
    own.mkdir(parents=True)
    lines = [f"{number} {HOSTILE}" for number in range(1, 8)]
    for name in ("statements.txt", "agreements.txt"):
        (own / name).write_text("\n".join(lines), encoding="utf-8")
    with start(tmp_path / "plan") as terminal:
        person = Person(terminal)
        person.is_asked("start", "agreements")
        person.sees(f"1 {MARKUP}")
        person.does("1", "enter")
        person.answers("values", "note", "2", "enter")
        person.sees(f"1 {MARKUP}")
        person.does("7", "tab", "a reason")
        person.does("ctrl+q")
        assert terminal.wait_exit() == 0
        nothing_leaked(terminal)
    path = tmp_path / "plan" / "drafts" / "values.json"
    path.write_text(path.read_text(encoding="utf-8").replace("a reason", json.dumps(HOSTILE)[1:-1]), encoding="utf-8")
    with start(tmp_path / "plan") as terminal:
        person = Person(terminal)
        person.sees_ui("home.paused")
        person.does("enter")
        person.sees(f"1 {MARKUP}")
        terminal.wait_for(r"\[@click=app.quit\]y\[/\][^?]*\[@click=app.quit\]y\[/\]")
        person.does("enter")
        person.sees(f"2 {MARKUP}")
        person.does("f2")
        person.sees_ui("agreements_page.title")
        person.sees(f"1 {MARKUP}")
        nothing_leaked(terminal)


@pytest.mark.parametrize(
    "draft_text",
    [
        "{",
        '{"module": "goals", "started_at": "now", "answers": 3}',
        '{"module": "\\ud800", "at": 1}',
        '{"module": "goals", "started_at": "2026-11-05T20:00:00.000000Z", "at": "nowhere"}',
        '{"module": "goals", "started_at": "2026-11-05T20:00:00.000000Z", "typing": {"title": {"a": [1]}}}',
    ],
    ids=["cut", "answers a number", "half a character", "a place that is none", "a text that is none"],
)
def test_a_draft_that_is_none(tmp_path: Path, draft_text: str) -> None:
    (tmp_path / "drafts").mkdir()
    for name in ("goals", "last-day"):
        (tmp_path / "drafts" / f"{name}.json").write_text(draft_text, encoding="utf-8", errors="surrogatepass")
    with start(tmp_path, "begin", "goals") as terminal:
        Person(terminal).is_asked("goals", "what")
        nothing_leaked(terminal)


def test_files_of_the_room_that_cannot_be_read(tmp_path: Path) -> None:
    own = tmp_path / "plan" / "prompts"
    own.mkdir(parents=True)
    (own / "statements.txt").write_bytes(b"\xff\xfe\x00half")
    with start(tmp_path / "plan", "begin", "values") as terminal:
        person = Person(terminal)
        person.sees(person.ui("errors.room_file_unreadable", path="").partition(". ")[2])
        person.does("q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []


# In plain mode and from the shell


def test_pasted_in_plain_mode(tmp_path: Path) -> None:
    with start(tmp_path, "--plain", "begin", "goals") as terminal:
        person = Person(terminal)
        person.is_asked("goals", "what")
        terminal.enter_line(f"{MARKUP} \u202e")
        person.is_asked("goals", "why")
        terminal.enter_line(f"{NO_UTF8} {MARKUP}")
        person.is_asked("goals", "importance")
        terminal.wait_for("^> *$")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
    assert draft(tmp_path, "goals")["answers"]["what"]["values"]["title"] == MARKUP
    assert LEAKS.search((tmp_path / "drafts" / "goals.json").read_bytes()) is None


def test_from_the_shell(tmp_path: Path) -> None:
    with runs(tmp_path, "add", HOSTILE) as terminal:
        nothing_leaked(terminal)
        Person(terminal).sees(MARKUP)
    with runs(tmp_path, "add", NO_UTF8 + MARKUP) as terminal:
        nothing_leaked(terminal)
    with runs(tmp_path, "add", "--by", HOSTILE, "a step") as terminal:
        nothing_leaked(terminal)
        Person(terminal).sees_ui("errors.day_not_read", option="--by")
    for arguments in ((HOSTILE,), ("done", HOSTILE), ("begin", HOSTILE), (f"--{HOSTILE}",), ("export", HOSTILE)):
        with runs(tmp_path, *arguments) as terminal:
            nothing_leaked(terminal)
    assert LEAKS.search((tmp_path / "plan.json").read_bytes()) is None


@pytest.mark.parametrize("length", [100_000, 2_000_000])
def test_more_than_a_shell_hands_over(tmp_path: Path, length: int) -> None:
    command = [sys.executable, "-P", "-m", "rchrp_goals", "--lang", "en", "--data", str(tmp_path), "add", "-"]
    done = subprocess.run(
        command,
        input=b"[/] " * (length // 4),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert str(length - 1) in done.stderr.decode()
    assert not (tmp_path / "plan.json").exists()
