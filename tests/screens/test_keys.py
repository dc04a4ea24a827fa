"""Keys as data in the app: what the person gave holds in the footer, in help, on the caps and under the finger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.plan_page import PlanPageScreen
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.screens.shared.help import HelpScreen
from rchrp_goals.screens.shared.hidden import HiddenScreen
from rchrp_goals.services.actions import ACTIONS, cap
from rchrp_goals.services.keys import also_of, help_words
from tests.sample_room import open_sample
from tests.screens.driver import Driver, driven
from tests.services.desk import desk_in, sit

SCREENS: list[type[CalmScreen[Any]]] = [AskScreen, HomeScreen, PlanPageScreen, RoomScreen]
SCOPES = {
    AskScreen: {"ask"},
    HomeScreen: {"home", "thing", "reminder", "room"},
    PlanPageScreen: {"plan"},
    RoomScreen: {"room"},
}


def give(folder: Path, **keys: str) -> None:
    lines = "\n".join(f'{id.replace("__", ".")} = "{key}"' for id, key in keys.items())
    (folder / "settings.toml").write_text(f'language = "en"\n[keys]\n{lines}\n', encoding="utf-8")


def bound(driver: Driver) -> set[tuple[str, str]]:
    """The ids and keys of what the screen itself binds, as Textual would run it now."""
    app, screen = driver.app, driver.app.screen
    active = screen.active_bindings.values()
    return {(one.binding.id, one.binding.key) for one in active if one.binding.id and one.node in (app, screen)}


async def help_rows(driver: Driver) -> list[tuple[str, str]]:
    """Open help and return its table."""
    await driver.press("f1")
    screen = driver.app.screen
    assert isinstance(screen, HelpScreen)
    cells = [str(cell.render()) for cell in screen.query("#keys > Static").results()]
    await driver.press("escape")
    return list(zip(cells[::2], cells[1::2], strict=True))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda kind: kind.__name__)
def test_a_screen_binds_only_actions_of_the_registry_that_belong_there(screen: type[CalmScreen[Any]]) -> None:
    for id in screen.does():
        assert ACTIONS[id].scope in SCOPES[screen], id


def test_every_action_of_a_screen_is_bound_there() -> None:
    done = {id for screen in SCREENS for id in screen.does()}
    for spec in ACTIONS.values():
        if spec.scope in {"home", "ask", "plan", "room"}:
            assert spec.id in done, spec.id


@pytest.mark.parametrize(
    ("kind", "begins", "road"),
    [
        (AskScreen, "goals", ()),
        (HomeScreen, None, ()),
        (PlanPageScreen, None, ("p",)),
        (RoomScreen, None, ("g", "t")),
    ],
    ids=["ask", "home", "plan", "room"],
)
async def test_help_lists_exactly_what_a_screen_binds(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[CalmScreen[Any]],
    begins: str | None,
    road: tuple[str, ...],
) -> None:
    open_sample(monkeypatch)
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path, begins) as driver:
        await driver.press(*road)
        await driver.drain()
        screen, words = driver.app.screen, driver.app.desk.words
        assert isinstance(screen, kind), driver.text
        screen.set_focus(None)
        here = bound(driver)
        wanted = {(cap(key), help_words(id, words)) for id, key in here}
        if isinstance(screen, RoomScreen):
            wanted |= set(screen.help_keys())
        moves = [*also_of(kind.HELP_TOPIC, words), *also_of("everywhere", words)]
        rows = await help_rows(driver)
        assert set(rows) == wanted | set(moves)
        assert len(rows) == len(set(rows))


async def test_a_key_that_was_given_holds_everywhere(tmp_path: Path) -> None:
    give(tmp_path, app__toggle_hidden="f8", home__add="y", screen__find=";", app__help="ctrl+g")
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path) as driver:
        await driver.pilot.pause()
        assert "F8 leave now" in driver.words
        assert "; find" in driver.words
        assert "y Add" in driver.words
        await driver.press("f9")
        assert not driver.app.is_hidden
        await driver.press("f8")
        assert isinstance(driver.app.screen, HiddenScreen)
        await driver.press("f9", "y", "f8")
        assert isinstance(driver.app.screen, HomeScreen)
        await driver.press("a")
        assert isinstance(driver.app.screen, HomeScreen)
        await driver.press("y")
        assert driver.ui("home.add_title") in driver.words
        await driver.press("y", "f8")
        assert isinstance(driver.app.screen, HiddenScreen)
        await driver.press("f8", "escape", "ctrl+g")
        assert isinstance(driver.app.screen, HelpScreen)


async def test_a_question_and_the_plan_have_the_keys_that_were_given(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    give(tmp_path, ask__pass="z", ask__back="p", ask__why="y", plan__keep="y", app__toggle_hidden="f8")
    async with driven(tmp_path, "values") as driver:
        assert "F8 hides this" in driver.words
        await driver.press("enter")
        first = driver.at
        assert "z Pass" in driver.words
        assert "y Why we ask" in driver.words
        await driver.press("z")
        assert driver.at != first
        await driver.press("p")
        assert driver.at == first
        await driver.app.show_home()
        await driver.pilot.pause()
        await driver.press("p")
        assert isinstance(driver.app.screen, PlanPageScreen)
        assert "y Keep the sheets" in driver.words


async def test_a_key_that_cannot_hold_is_said_and_the_usual_one_holds(tmp_path: Path) -> None:
    give(tmp_path, home__add="p")
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path) as driver:
        await driver.pilot.pause()
        (toast,) = driver.app.screen.query("Toast").results()
        assert "home.add" in str(toast.render())
        await driver.press("a")
        assert driver.ui("home.add_title") in driver.words
