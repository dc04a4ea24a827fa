"""Hostile text in every field and on every screen: shown as text, kept without its codes, and nothing of it acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.guide.structure import load
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.services.one_question import OneQuestion
from tests.screens.driver import Driver, driven
from tests.services.desk import desk_in, sit
from widgets.line_field import LineField, LongField

MARKUP = "[/] [red]x [@click=app.quit]y[/] [$no [b"
CODES = "\x1b[31m\x1b]52;c;cHduZWQ=\x07\x1b]0;pwned\x07\x9b7777m\x90pwned\x9c\u202e\ud800\x00\x07"
HOSTILE = f"{MARKUP}{CODES} end"
KEPT = f"{MARKUP} end"


def assert_clean(driver: Driver) -> None:
    """Fail where a code stands on the screen, or a piece of one."""
    text = driver.text
    assert not [sign for sign in text if sign != "\n" and not sign.isprintable()]
    assert "pwned" not in text
    assert "cHduZWQ" not in text


WRITTEN = [
    ("goals", "what", "title"),
    ("goals", "why", "because"),
    ("goals", "if_then", "obstacle"),
    ("goals", "if_then", "then"),
    ("goals", "first_step", "step"),
    ("goals", "first_step", "moment"),
    ("goals", "supporters", "supporters"),
    ("goals", "content", "as_expected"),
    ("learning", "focus", "area"),
    ("learning", "occasion", "title"),
    ("start", "agreements", "own"),
    ("start", "name", "name"),
    ("start", "name", "training"),
    ("start", "someone", "someone"),
    ("goals", "letter", "line"),
]


@pytest.mark.parametrize(("module", "question", "field"), WRITTEN, ids=[".".join(one) for one in WRITTEN])
async def test_a_paste_in_every_field_is_text(tmp_path: Path, module: str, question: str, field: str) -> None:
    sit(desk_in(tmp_path), "learning")
    async with driven(tmp_path) as driver:
        is_later = load(module).question(question).is_later
        asked = OneQuestion(driver.app.desk, module, question, is_later=is_later)
        driver.app.push_screen(AskScreen(asked))
        await driver.pilot.pause()
        box = driver.ask.boxes[field]
        box.focus_first()
        await driver.pilot.pause()
        if not isinstance(driver.app.focused, LineField | LongField):
            box.query("LineField, LongField").first().focus()
            await driver.pilot.pause()
        await driver.paste(HOSTILE)
        value = driver.ask.values[field]
        said = value[0] if isinstance(value, list) else value["text"] if isinstance(value, dict) else value
        assert said == KEPT
        assert driver.ui("text.left_out") in driver.words
        assert "[@click=app.quit]y[/]" in driver.text
        assert_clean(driver)
        await driver.click_text("y[/]")
        assert driver.app.return_value is None
        assert isinstance(driver.app.screen, AskScreen)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=["80x24", "40x12"])
async def test_a_hundred_thousand_characters_are_refused_with_a_sentence(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "goals", size=size) as driver:
        await driver.type("Shadow")
        await driver.paste("x" * 100_001)
        assert driver.ask.values == {"title": "Shadow"}
        assert driver.ui("ask.paste_too_long", cap=500, length=100_007).split(",")[0] in driver.words
        await driver.paste("y" * 99_000)
        await driver.press("enter")
        assert driver.at == "what"
        assert driver.ask.values["title"] == "Shadow" + "y" * 99_000


async def test_a_day_that_is_none_is_text(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        await driver.type("wound care")
        await driver.press("enter")
        await driver.type("an evening")
        await driver.press("enter")
        await driver.paste(HOSTILE)
        assert driver.ui("ask.no_day_yet").split(".")[0] in driver.words
        await driver.press("enter")
        assert driver.at == "occasion"
        assert driver.ui("errors.date_not_understood").split(".")[0] in driver.words
        assert_clean(driver)


async def test_the_rooms_own_statements_and_agreements(tmp_path: Path) -> None:
    own = tmp_path / "prompts"
    own.mkdir()
    lines = f"[@click=app.quit]People[/] come back\n{HOSTILE}\n"
    for name in ("statements", "agreements"):
        (own / f"{name}.txt").write_text(lines, encoding="utf-8", errors="ignore")
    async with driven(tmp_path / "data", own_folder=own) as driver:
        assert "[@click=app.quit]People[/] come back" in driver.text
        assert_clean(driver)
        await driver.press("1", "enter", "f2")
        assert "[@click=app.quit]People[/] come back" in driver.words
        await driver.press("enter", "2", "enter")
        assert "[@click=app.quit]People[/] come back" in driver.text
        await driver.press("5", "enter")
        assert "[red]x" in driver.text
        assert_clean(driver)
        await driver.press("5", "enter")
        await driver.type("5 7")
        await driver.press("enter")
        assert driver.at == "breath"
        assert "[@click=app.quit]People[/] come back" in driver.text
        assert_clean(driver)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=["80x24", "120x40", "40x12"])
async def test_a_plan_of_hostile_text_on_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = desk_in(tmp_path)
    sitting = sit(desk)
    for table in ("goals", "steps", "learning", "focus", "agreements"):
        from rchrp_goals.store.plan_store import What

        with desk.store.change(What("x"), desk.clock.now()) as change:
            for one in change.all(table):
                name = {"steps": "text", "agreements": "text", "focus": "area"}.get(table, "title")
                change.put(table, {**one, name: HOSTILE.replace("\ud800", "")})
    async with driven(tmp_path, "", size=size) as driver:
        assert sitting.is_at_plan
        assert_clean(driver)
        assert "[/] [red]x" in driver.text
        await driver.press("f2")
        assert "[@click=app.quit]y[/]" in driver.words
        assert_clean(driver)
        await driver.press("escape", "enter")
        await driver.drain()
        assert isinstance(driver.app.screen, HomeScreen)
        assert "[/] [red]x" in driver.text
        assert_clean(driver)
        assert driver.app.return_value is None


async def test_a_draft_of_hostile_text_is_shown_clean(tmp_path: Path) -> None:
    from rchrp_goals.services.sitting import Sitting

    sitting = Sitting(desk_in(tmp_path), "goals")
    sitting.type({"title": HOSTILE})
    sitting.keep()
    async with driven(tmp_path) as driver:
        assert KEPT in driver.text
        assert_clean(driver)
