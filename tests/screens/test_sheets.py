"""The page of sheets in the app: gone to by its letter, looked at, kept, and closed again."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.plan_page import PlanPageScreen
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.services.room import Place
from rchrp_goals.services.rooms.reading import BESIDE, DOORS
from tests.screens.driver import SIZES, Driver, driven, press, settle
from tests.services.desk import desk_in, sit


def place_of(driver: Driver) -> Place:
    assert isinstance(driver.app.screen, RoomScreen), driver.text
    return driver.app.screen.place


def kept_in(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in folder.glob("sheet-*.html")]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_sheet_is_looked_at_and_kept(tmp_path: Path, clean_environment: Path, size: tuple[int, int]) -> None:
    sit(desk_in(tmp_path)).finish_plan()
    async with driven(tmp_path, size=size) as driver:
        await press(driver, "g")
        await press(driver, "e")
        assert place_of(driver) == Place("sheets")
        assert isinstance(driver.app.screen, RoomScreen)
        downs = [*driver.app.screen.view.keys].index("sheet:check-in")
        await press(driver, *["down"] * downs, "enter")
        assert place_of(driver) == Place("sheets.one", "check-in")
        assert "Ana" not in driver.words
        await press(driver, "escape")
        assert place_of(driver) == Place("sheets")
        await press(driver, "k")
        assert isinstance(driver.app.screen, FormModal)
        await press(driver, "enter")
        await press(driver, "enter")
        assert place_of(driver) == Place("sheets")
        (kept,) = kept_in(clean_environment)
        assert "Shadow three syringe service shifts" in kept
        await press(driver, "escape")
        assert isinstance(driver.app.screen, HomeScreen)


async def test_each_of_the_two_sheets_of_the_plan_opens_itself_and_leads_back(tmp_path: Path) -> None:
    sit(desk_in(tmp_path)).finish_plan()
    async with driven(tmp_path) as driver:
        await press(driver, "g", "e")
        for kind in ("wall", "mine"):
            await press(driver, "enter")
            screen = driver.app.screen
            assert isinstance(screen, PlanPageScreen) and screen.kind == kind
            assert driver.ui(f"plan_page_screen.about_{kind}") in driver.words
            await driver.click_text(driver.ui("plan_page_screen.back"))
            await settle(driver)
            assert place_of(driver) == Place("sheets")
            await press(driver, "down")


async def test_every_place_to_go_to_is_seen_at_once_in_a_small_window(tmp_path: Path) -> None:
    sit(desk_in(tmp_path)).finish_plan()
    async with driven(tmp_path, size=(80, 24)) as driver:
        await press(driver, "g")
        said = driver.words
        assert all(driver.app.desk.words.ui(f"rooms.name.{door.name}") in said for door in (*DOORS, *BESIDE))
        assert driver.app.desk.words.ui("rooms.go_title") in said
        await press(driver, "y")
        assert place_of(driver) == Place("year")
