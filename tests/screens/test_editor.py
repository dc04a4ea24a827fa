"""A long text in the person's own editor, from the app: the plate, what is said before, and what comes back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from rchrp_goals.app import RchrpGoalsApp
from rchrp_goals.screens.editor_app import EditorApp
from rchrp_goals.screens.participant.ask_fields import EditorPlate
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.drafts import SMALL_PAGES
from tests.screens.driver import Driver, driven, press
from tests.services.desk import desk_in, sat_desk, sit_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="not offered there")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let a terminal be handed over that is none; returns a line for each time."""
    times: list[str] = []

    @contextmanager
    def suspend(app: RchrpGoalsApp) -> Iterator[None]:
        times.append("given")
        yield

    monkeypatch.setattr(RchrpGoalsApp, "suspend", suspend)
    return times


def why(folder: Path) -> None:
    """Go to a question that takes a long text."""
    sit_until(Sitting(desk_in(folder), "goals"), "why")


def editor(script: str) -> dict[str, str]:
    return {"EDITOR": f"/bin/sh -c '{script}' editor"}


def left(driver: Driver) -> bytes | None:
    """Return what stands in the private file; None where it is gone, and its folder with it."""
    path = Path(driver.app.desk.places.editing)
    return (path / "text.txt").read_bytes() if path.exists() else None


def pages(folder: Path) -> str:
    return (folder / "drafts" / f"{SMALL_PAGES}.json").read_text(encoding="utf-8")


async def open_editor(driver: Driver) -> None:
    """Open it by its key; the first time a yes is needed."""
    await press(driver, "f4", "enter")


async def test_without_an_editor_nothing_is_offered(tmp_path: Path) -> None:
    why(tmp_path)
    async with driven(tmp_path, "goals", size=(120, 40)) as driver:
        assert driver.at == "why"
        assert driver.ui("editor.plate") not in driver.text
        await press(driver, "f1")
        assert "VISUAL" not in driver.text


@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_text_goes_there_and_comes_back(tmp_path: Path, given: list[str], language: str) -> None:
    why(tmp_path)
    environ = editor('printf " and more" >> "$1"')
    async with driven(tmp_path, "goals", environ=environ, language=language) as driver:
        await driver.type("Mine")
        await driver.click_text(driver.ui("editor.plate"))
        assert "F9" in driver.words and "/bin/sh" in driver.words and not given
        await press(driver, "escape")
        assert driver.at == "why" and not given
        await press(driver, "f4", "enter")
        assert given and "and more" in driver.words
        await press(driver, "enter")
        assert driver.draft("goals")["answers"]["why"]["values"]["because"] == "Mine\n and more"
        assert left(driver) is None


async def test_tab_and_enter_behind_a_text_go_on_and_start_no_program(tmp_path: Path, given: list[str]) -> None:
    why(tmp_path)
    async with driven(tmp_path, "goals", environ=editor('echo other > "$1"')) as driver:
        await driver.type("Mine")
        (plate,) = driver.ask.query(EditorPlate)
        assert plate.show_key and plate.key_label == "F4"
        while driver.at == "why":
            await press(driver, "tab")
            assert driver.app.focused is not plate
            if getattr(driver.app.focused, "key", "") == "enter":
                await press(driver, "enter")
        assert not given
        assert driver.draft("goals")["answers"]["why"]["values"]["because"] == "Mine"


async def test_another_key_can_be_given_to_it(tmp_path: Path, given: list[str]) -> None:
    why(tmp_path)
    (tmp_path / "settings.toml").write_text('[keys]\n"ask.editor" = "f8"\n', encoding="utf-8")
    async with driven(tmp_path, "goals", environ=editor('echo other > "$1"')) as driver:
        assert " F8 " in driver.text
        await press(driver, "f4", "tab", "f8", "enter")  # also from the plates
        assert given and driver.ask.boxes["because"].value == "other"


async def test_a_form_has_it_too_and_what_came_back_outlives_the_end(
    tmp_path: Path, given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sat_desk(tmp_path)
    monkeypatch.setattr("signal.raise_signal", lambda number: None)
    script = 'printf "and more" >> "$1"; kill -TERM $PPID; sleep 9'
    async with driven(tmp_path, environ=editor(script)) as driver:
        await press(driver, "g", "g", "w")
        await driver.type("Dear me")
        await press(driver, "f4")
        await driver.pilot.press("enter")
        driver.app.end_at_once()
    assert "Dear me\\nand more" in pages(tmp_path)


async def test_a_mistake_leaves_the_text_as_it_was(tmp_path: Path, given: list[str]) -> None:
    why(tmp_path)
    async with driven(tmp_path, "goals", environ=editor('echo other > "$1"; exit 1')) as driver:
        await driver.type("Mine")
        await open_editor(driver)
        assert driver.ui("editor.stopped") in driver.words
        assert driver.ask.boxes["because"].value == "Mine"
        await driver.type("!")
        await driver.drain()
        assert driver.ui("editor.stopped") not in driver.words
        assert driver.ask.boxes["because"].value == "Mine!"
        await press(driver, "f4")
        assert len(given) == 2, "what was said once is not said again"


async def test_both_texts_are_kept_until_one_is_chosen(tmp_path: Path, given: list[str]) -> None:
    why(tmp_path)
    async with driven(tmp_path, "goals", environ=editor('printf "\\377" >> "$1"')) as driver:
        await driver.type("Mine")
        await open_editor(driver)
        assert driver.ui("editor.refused") in driver.words
        assert left(driver) == b"Mine\n\xff"
        await press(driver, "1")
        assert len(given) == 2 and left(driver) == b"Mine\n\xff\xff"
        await press(driver, "escape", "ctrl+q")
        assert driver.ui("pause.unkept_title") in driver.words and left(driver) is not None
        await press(driver, "escape", "2")
        assert driver.ask.boxes["because"].value == "Mine" and left(driver) is None


async def test_a_terminal_that_cannot_be_given_away_is_said(tmp_path: Path) -> None:
    why(tmp_path)
    async with driven(tmp_path, "goals", environ=editor("true"), size=(120, 40)) as driver:
        await open_editor(driver)
        assert driver.ui("editor.no_terminal") in driver.words
        await press(driver, "f1")
        assert "VISUAL" in driver.words
        assert left(driver) is None


@pytest.mark.parametrize(("is_web", "is_offered"), [(False, True), (True, False)])
def test_in_a_browser_there_is_no_terminal_to_give_away(is_web: bool, is_offered: bool) -> None:
    app = SimpleNamespace(_environ={"EDITOR": "nano"}, is_web=is_web)
    assert EditorApp.has_editor.fget(app) is is_offered  # type: ignore[attr-defined]
