"""The four doors, by key, by Enter and by mouse, and the line that one left for oneself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.welcome import WelcomeScreen
from rchrp_goals.services import demo
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.sitting import Sitting
from tests.screens.driver import SIZES, Driver, driven, press
from tests.services.desk import desk_in, say

AT_EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def away(tmp_path: Path) -> Desk:
    """A desk over a plan that nobody touched for forty days."""
    desk = desk_in(tmp_path)
    demo.write(desk.store, demo.away(desk.words, desk.clock), desk.clock)
    return desk


def steps(driver: Driver) -> list[dict[str, Any]]:
    return [one for one in driver.records("steps") if one.get("text") == "Call Rosa"]


@AT_EVERY_SIZE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_doors_stand_without_a_day_a_room_or_an_old_step(
    tmp_path: Path, away: Desk, size: tuple[int, int], language: str
) -> None:
    async with driven(tmp_path, language=language, size=size) as driver:
        assert driver.ui("welcome.title_name", name="Ana") in driver.words
        for name in ("small", "change", "values", "look", "read"):
            assert driver.ui(f"welcome.door.{name}") in driver.words
        assert "2026" not in driver.text and driver.ui("rooms.name.home") not in driver.words
        for step in away.store.read().records("steps"):
            assert step["text"] not in driver.words
        assert driver.ui("app.leave_now") in driver.words


@pytest.mark.parametrize("way", ["4", "enter", "click"])
async def test_just_look_goes_home_and_writes_nothing(tmp_path: Path, away: Desk, way: str) -> None:
    before = (tmp_path / "plan.json").read_bytes()
    async with driven(tmp_path) as driver:
        if way == "click":
            await driver.click_text(driver.ui("welcome.door.look"))
        else:
            await press(driver, *(["down"] * 3 if way == "enter" else []), way)
        assert isinstance(driver.app.screen, HomeScreen)
    assert (tmp_path / "plan.json").read_bytes() == before


async def test_it_is_shown_once(tmp_path: Path, away: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "4")
        await driver.app.reopen()
        await driver.drain()
        assert isinstance(driver.app.screen, HomeScreen)
    async with driven(tmp_path) as driver:
        assert isinstance(driver.app.screen, HomeScreen)


@AT_EVERY_SIZE
async def test_one_small_thing_is_kept_and_said_at_home(tmp_path: Path, away: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await press(driver, "1")
        await driver.type("Call Rosa")
        await press(driver, "escape", "1", "enter")
        await driver.type("+2 weeks")
        await press(driver, "enter", "enter")
        assert isinstance(driver.app.screen_stack[0], WelcomeScreen), "a day of another week is asked again"
        assert not steps(driver)
        await press(driver, *["backspace"] * 8)
        await driver.type("tomorrow")
        await press(driver, "enter", "2", "enter")
        assert isinstance(driver.app.screen, HomeScreen) and driver.ui("welcome.said_small") in driver.words
        (step,) = steps(driver)
        assert step["due"] == "2026-11-06" and step["goal"] == demo.sample_id("goals", "shifts")


async def test_what_no_longer_fits_is_changed_one_after_another(tmp_path: Path, away: Desk) -> None:
    async with driven(tmp_path) as driver:
        before = {goal["id"]: goal["state"] for goal in driver.records("goals")}
        seen = [one["title"] for one in away.store.read().records("goals") if one["state"] in {"active", "exploring"}]
        await press(driver, "2")
        assert driver.ui("welcome.fits_title") in driver.words and any(title in driver.words for title in seen)
        await press(driver, "escape")
        assert isinstance(driver.app.screen, WelcomeScreen)
        await press(driver, "2", "3", "4", "5")
        assert isinstance(driver.app.screen, HomeScreen) and driver.ui("welcome.said_fits") in driver.words
        after = [goal["state"] for goal in driver.records("goals") if goal["state"] != before[goal["id"]]]
        assert sorted(after) == ["let_go", "paused"]


async def test_the_values_line_begins_and_what_was_paused_before_waits_on_home(tmp_path: Path, away: Desk) -> None:
    sitting = Sitting(away, "goals")
    say(sitting)
    sitting.keep()
    async with driven(tmp_path) as driver:
        assert isinstance(driver.app.screen, WelcomeScreen)
        await press(driver, "3")
        assert isinstance(driver.app.screen, AskScreen)
        await driver.app.show_home()
        await driver.drain()
        assert driver.ui("home.paused") in driver.words


@pytest.mark.parametrize("way", ["r", "click"])
async def test_the_line_to_oneself_is_read_and_then_gone_from_here(tmp_path: Path, away: Desk, way: str) -> None:
    (letter,) = away.store.read().records("letters")
    async with driven(tmp_path) as driver:
        await driver.click_text(driver.ui("welcome.door.read")) if way == "click" else await press(driver, "r")
        assert " ".join(letter["text"].split()[:4]) in driver.words
        await press(driver, "enter")
        assert driver.records("letters")[0]["read_at"]
        assert driver.ui("welcome.door.read") not in driver.words and driver.ui("welcome.door.look") in driver.words
        await press(driver, "1")
        assert driver.ui("welcome.small_what") in driver.words


async def test_help_lists_the_doors(tmp_path: Path, away: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "f1")
        rows = [row.split(maxsplit=1) for row in driver.rows]
        for key, door in (("1", "small"), ("4", "look"), ("r", "read")):
            assert [key, driver.ui(f"welcome.door.{door}")] in rows, driver.text


async def test_it_speaks_the_other_language(tmp_path: Path, away: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "down", "f3")
        assert "Solo mirar" in driver.words and "Just look" not in driver.words
        await press(driver, "down", "down", "enter")
        assert isinstance(driver.app.screen, HomeScreen)


async def test_hostile_text_is_text(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    tables = demo.away(desk.words, desk.clock)
    for goal in tables["goals"].values():
        goal["title"] = "[red]goal {x} %s"
    for letter in tables["letters"].values():
        letter["text"] = "[/] line\n[@click=app.quit]x[/]"
    for person in tables["person"].values():
        person["name"] = "[b]Ana"
    demo.write(desk.store, tables, desk.clock)
    async with driven(tmp_path, size=(120, 40)) as driver:
        assert "Welcome back, [b]Ana." in driver.words
        await press(driver, "r")
        assert "[/] line" in driver.words and "[@click=app.quit]x[/]" in driver.words
        await press(driver, "enter", "1")
        assert "[red]goal {x} %s" in driver.words
        await press(driver, "escape", "2")
        assert "[red]goal {x} %s" in driver.words and driver.app.is_running
