"""Somebody at the app's window: reads what the wording files say, presses keys and clicks; and what is stored then."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.guide.wording import module_words
from rchrp_goals.plan.values import CORE_STATEMENTS
from tests.terminal.pseudo_terminal import KEYS, PseudoTerminal

ENOUGH = 24
"""Cells of a text that are looked for: they stand in one row, or in two on a narrow screen."""

NUMBERS = r"\s+".join(f"({position})" for position in range(11))
"""The row under a continuum or a ruler."""

WHEEL = 8
"""Steps of the wheel that reach the end of any question."""

A_MOMENT = 0.06
"""Seconds of rest before a click: the place where something stands is read from a whole picture."""


class Person:
    """Uses the app in one language, one question after another."""

    def __init__(self, terminal: PseudoTerminal, language: str = "en") -> None:
        self.terminal = terminal
        self.words = Words(language)

    # What stands there

    def ui(self, key: str, **values: object) -> str:
        """Return a string of ``ui.toml``."""
        return self.words.ui(key, **values)

    def sees(self, text: str) -> re.Match[str]:
        """Wait until a text stands on the screen, wherever its rows end."""
        return self.terminal.wait_for(beginning(text))

    def sees_ui(self, key: str, **values: object) -> re.Match[str]:
        """Wait for a string of ``ui.toml``."""
        return self.sees(self.ui(key, **values))

    def question(self, module: str, question: str) -> str:
        """Return the words of a question, up to a place that is filled in."""
        return str(module_words(self.words.language, module)[question]["text"]).partition("{")[0]

    def label(self, module: str, question: str, field: str) -> str:
        """Return the label of a question's field."""
        return str(module_words(self.words.language, module)[question][field]["label"])

    def option(self, module: str, question: str, field: str, option: str) -> str:
        """Return the words of an option."""
        return str(module_words(self.words.language, module)[question][field]["options"][option])

    @property
    def statements(self) -> list[str]:
        """The statements that a sitting asks, in order."""
        return [entry.text for entry in self.words.bank("statements")][:CORE_STATEMENTS]

    def is_asked(self, module: str, question: str) -> None:
        """Wait for a question."""
        self.sees(self.question(module, question))

    # What the person does

    def does(self, *steps: str) -> None:
        """Press a key by its name, or type a text."""
        for step in steps:
            if step in KEYS or step.startswith("ctrl+"):
                self.terminal.press(step)
            else:
                self.terminal.type(step)

    def answers(self, module: str, question: str, *steps: str) -> None:
        """Wait for a question, and do what answers it."""
        self.is_asked(module, question)
        self.does(*steps)

    def clicks(self, text: str) -> None:
        """Click on a text that stands in one row."""
        self.terminal.wait_for(beginning(text))
        self.terminal.settle(A_MOMENT)
        self.terminal.click_text(beginning(text))

    def clicks_plate(self, key: str) -> None:
        """Click on a plate; the lowest of those with the same words is meant."""
        words = self.ui(key)
        self.terminal.settle(A_MOMENT)
        self.terminal.wait_for(rf"\b{re.escape(words)}(?=\s{{2}}|\s*$)")
        rows = self.terminal.text().split("\n")
        for row in range(len(rows) - 1, -1, -1):
            if found := re.search(rf"\b{re.escape(words)}(?=\s{{2}}|\s*$)", rows[row]):
                self.terminal.click((found.start() + found.end()) // 2, row)
                return

    def scrolls(self) -> None:
        """Turn the wheel down over the middle of the screen, as far as it goes."""
        self.terminal.settle(A_MOMENT)
        screen = self.terminal.screen
        self.terminal.type(f"\x1b[<65;{screen.columns // 2};{screen.lines // 2}M" * WHEEL)

    def clicks_option(self, number: int) -> None:
        """Click on an option of a list by its number."""
        self.terminal.settle(A_MOMENT)
        self.terminal.click_text(rf"^\W*{number} {{2,}}\S")

    def clicks_position(self, position: int) -> None:
        """Click on a number of the line."""
        self.terminal.wait_for(NUMBERS)
        self.terminal.settle(A_MOMENT)
        for row, line in enumerate(self.terminal.text().split("\n")):
            if found := re.search(NUMBERS, line):
                self.terminal.click(found.start(position + 1), row)
                return

    def begins(self) -> None:
        """Choose the language in the first lines, and wait for the first question."""
        number = {"en": "1", "es": "2"}[self.words.language]
        self.terminal.wait_for(rf"^{number} {re.escape(self.ui('first_run.app'))}")
        self.terminal.wait_for("^> *$")
        self.does(number, "enter")


def beginning(text: str) -> str:
    """Return a pattern for the first words of a text, which may stand in two rows."""
    kept: list[str] = []
    for word in text.split():
        if kept and len(" ".join(kept)) >= ENOUGH:
            break
        kept.append(re.escape(word))
    return r"\s+".join(kept)


def in_days(days: int) -> str:
    """Return a day from today on, as everybody may type it."""
    return (date.today() + timedelta(days)).isoformat()


def records(folder: Path, table: str) -> list[dict[str, Any]]:
    """Return the records of a table as the plan's file holds them; none where there is no such table."""
    found = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return list(found.get(table, {}).values())


def record(folder: Path, table: str) -> dict[str, Any]:
    """Return the one record of a table."""
    (found,) = records(folder, table)
    return found


def positions(folder: Path, occasion: str) -> list[int | None]:
    """Return where a values session stands, a statement after another; None is a pass."""
    (session,) = (one for one in records(folder, "values") if one["occasion"] == occasion)
    return [placement.get("position") for placement in session["placements"]]


def draft(folder: Path, name: str) -> dict[str, Any]:
    """Return a draft as it is kept."""
    found: dict[str, Any] = json.loads((folder / "drafts" / f"{name}.json").read_text(encoding="utf-8"))
    return found
