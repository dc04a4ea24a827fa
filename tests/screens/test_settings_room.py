"""The settings room in the app: what is chosen is seen at once."""

from __future__ import annotations

from pathlib import Path

from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.store.settings import read_settings
from tests.screens.driver import Driver, driven
from tests.services.desk import desk_in, sit


async def open_settings(driver: Driver) -> RoomScreen:
    await driver.press("g")
    await driver.press("s")
    await driver.drain()
    assert isinstance(driver.app.screen, RoomScreen)
    return driver.app.screen


async def test_light_and_spanish_are_seen_at_once(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, passing=True).finish_plan()
    async with driven(tmp_path, size=(120, 40)) as driver:
        await open_settings(driver)
        await driver.press("down", "down", "enter")
        await driver.press("3")
        await driver.press("enter")
        await driver.drain()
        await driver.drain()
        assert driver.app.theme == "calm-light" and read_settings(desk.places).theme == "light"
        await driver.press("up", "up", "enter")
        await driver.press("2", "enter")
        await driver.drain()
        await driver.drain()
        assert "Ajustes" in driver.words and "Colores" in driver.words
        assert read_settings(desk.places).language == "es"


async def test_another_key_to_hide_holds_and_is_shown_at_once(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, passing=True).finish_plan()
    async with driven(tmp_path, size=(80, 24)) as driver:
        await open_settings(driver)
        await driver.press("end", "enter")
        await driver.type("f8")
        await driver.press("enter")
        await driver.drain()
        await driver.drain()
        assert "F8 leave now" in driver.words
        await driver.press("f8")
        assert driver.app.is_hidden
        await driver.press("f8")
        assert not driver.app.is_hidden
    assert read_settings(desk.places).keys == (("app.toggle_hidden", "f8"),)
