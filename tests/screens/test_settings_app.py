"""The app follows the settings: what the file says wrong is said once, and what is chosen shows at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from rchrp_goals.screens.shared.hidden import HiddenScreen
from rchrp_goals.store.settings import read_settings
from tests.screens.driver import Driver, driven
from tests.services.desk import desk_in, sit
from widgets.themes import DARK, LIGHT

WRONG = 'theme = "sparkling"\n'


def lay(folder: Path, text: str) -> None:
    (folder / "settings.toml").write_text(text, encoding="utf-8")


def complaint(driver: Driver, names: str = "theme") -> str:
    return driver.ui("settings_room.not_taken", names=names)


def drawn_signs(driver: Driver) -> set[str]:
    """The signs of the screen that are no letters or punctuation of a western keyboard."""
    return {sign for sign in driver.text if ord(sign) > 0xFF}


def toasts(driver: Driver) -> list[str]:
    return [str(toast.render()) for toast in driver.app.screen.query("Toast").results(Static)]


@pytest.mark.parametrize("language", ["en", "es"])
async def test_home_says_a_wrong_value_in_a_toast_and_goes_on_with_the_usual(tmp_path: Path, language: str) -> None:
    sit(desk_in(tmp_path), "goals")
    lay(tmp_path, WRONG)
    async with driven(tmp_path, language=language) as driver:
        await driver.pilot.pause()
        assert toasts(driver) == [complaint(driver)]
        assert "high" not in driver.app.theme
        assert driver.app.theme == DARK.name
        await driver.press("p")
        assert driver.app.take_complaints() == ""
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == WRONG


@pytest.mark.parametrize(
    ("text", "names"),
    [("no toml", "settings.toml"), (f'{WRONG}breath = 7\n[keys]\n"home.add" = "p"\n', "theme, breath, home.add")],
)
async def test_one_toast_says_all_of_it_in_a_few_words(tmp_path: Path, text: str, names: str) -> None:
    sit(desk_in(tmp_path), "goals")
    lay(tmp_path, text)
    async with driven(tmp_path, size=(40, 12)) as driver:
        await driver.pilot.pause()
        assert toasts(driver) == [complaint(driver, names)]
        assert complaint(driver, names) in driver.words


async def test_a_question_says_it_in_its_own_line_once(tmp_path: Path) -> None:
    lay(tmp_path, f'{WRONG}language = "en"\n')
    async with driven(tmp_path, "learning") as driver:
        assert complaint(driver) in driver.words
        assert toasts(driver) == []
        await driver.press("p")
        assert complaint(driver) not in driver.words


async def test_what_is_hidden_shows_no_toast(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    lay(tmp_path, WRONG)
    async with driven(tmp_path) as driver:
        await driver.pilot.pause()
        assert toasts(driver)
        await driver.press("f9")
        assert isinstance(driver.app.screen, HiddenScreen)
        assert driver.words == "$"


async def test_a_theme_that_is_chosen_shows_at_once_and_is_kept(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    lay(tmp_path, "# mine\n")
    async with driven(tmp_path) as driver:
        assert driver.app.theme == DARK.name
        driver.app.keep_setting(theme="light")
        await driver.drain()
        await driver.pilot.pause()
        assert driver.app.theme == LIGHT.name
        driver.app.keep_setting(theme=None)
        await driver.drain()
        await driver.pilot.pause()
        assert driver.app.theme == DARK.name
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == "# mine\n"


async def test_signs_that_are_chosen_are_drawn_at_once(tmp_path: Path) -> None:
    async with driven(tmp_path, "values") as driver:
        await driver.press("enter")
        assert drawn_signs(driver)
        driver.app.keep_setting(glyphs="ascii")
        await driver.drain()
        await driver.pilot.pause()
        assert not drawn_signs(driver), driver.text
    assert read_settings(driver.app.desk.places).glyphs == "ascii"


@pytest.mark.parametrize("motion", ["full", "none"])
async def test_nothing_moves_where_that_is_asked(tmp_path: Path, motion: str) -> None:
    lay(tmp_path, f'motion = "{motion}"\n')
    async with driven(tmp_path) as driver:
        assert (driver.app.animation_level == "none") is (motion == "none")
        driver.app.keep_setting(motion="none")
        await driver.drain()
        await driver.pilot.pause()
        assert driver.app.animation_level == "none"
