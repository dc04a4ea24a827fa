"""One key hides everything, over whatever stands there, and the same key brings it back as it was."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.shared.hidden import HiddenScreen
from rchrp_goals.screens.shared.pause import ProblemScreen
from tests.screens.driver import SIZES, driven
from widgets.line_field import LineField


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_nothing_is_left_to_be_seen_and_the_text_comes_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "goals", size=size) as driver:
        await driver.type("Shadow three shi")
        before = driver.text
        await driver.press("f9")
        assert isinstance(driver.app.screen, HiddenScreen)
        assert driver.words == "$"
        assert driver.app.ansi_color is True
        await driver.press("f9")
        assert driver.text == before
        assert not driver.app.ansi_color
        assert isinstance(driver.app.focused, LineField)
        await driver.type("fts")
        assert driver.ask.values["title"] == "Shadow three shifts"


async def test_every_other_key_click_and_paste_is_swallowed(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow")
        await driver.press("f9")
        for key in ("x", "enter", "escape", "tab", "f1", "f2", "f3", "ctrl+q", "ctrl+c", "p", "b", "space", "down"):
            await driver.press(key)
            assert driver.words == "$", key
        await driver.paste("and more")
        await driver.pilot.click(offset=(5, 5))
        await driver.pilot.pause()
        assert driver.words == "$"
        assert driver.app.desk.words.language == "en"
        await driver.press("f9")
        assert driver.at == "what"
        assert driver.ask.values == {"title": "Shadow"}


@pytest.mark.parametrize("open_page", ["f1", "f2", "escape"])
async def test_it_hides_a_page_over_the_question_too(tmp_path: Path, open_page: str) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.press(open_page)
        page, text = driver.app.screen, driver.text
        await driver.press("f9")
        assert driver.words == "$"
        await driver.press("f9")
        assert driver.app.screen is page
        assert driver.text == text


async def test_the_corner_hides_by_mouse(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.click_text(driver.ui("app.leave_now"))
        assert driver.words == "$"


async def test_a_problem_waits_until_everything_is_shown_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise ProblemError("disk_full", path="/somewhere")

    async with driven(tmp_path, "goals") as driver:
        await driver.press("f9")
        driver.app.writer.submit(fail)
        await driver.drain()
        assert driver.words == "$"
        await driver.press("f9")
        assert isinstance(driver.app.screen, ProblemScreen)
        assert driver.ui("problem.title") in driver.words


async def test_it_hides_while_the_screen_is_being_changed(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        async with driver.app.settling():
            driver.app.post_message(events.Key("x", "x"))
            await asyncio.sleep(0.05)
            assert driver.ask.values == {}
            driver.app.post_message(events.Key("f9", None))
            await driver.pilot.pause()
            assert driver.app.is_hidden
        await driver.type("swallowed")
        await driver.press("f9")
        assert driver.at == "what"
        assert driver.ask.values == {"title": "x"}


async def test_what_was_typed_while_it_was_hidden_and_still_waited_does_nothing(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        async with driver.app.settling():
            for key in ("f9", "x", "enter", "f9"):
                driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await driver.pilot.pause()
            assert not driver.app.is_hidden
        await driver.drain()
        assert driver.at == "what"
        assert driver.ask.values == {}


async def test_without_colours_the_prompt_can_still_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(tmp_path, "goals") as driver:
        assert driver.app.ansi_color is True
        await driver.press("f9")
        assert driver.words == "$"
        await driver.press("f9")
        assert driver.app.ansi_color is True
