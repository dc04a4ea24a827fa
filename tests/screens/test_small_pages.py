"""What is typed into a small page outlives the window: it stands there again until it is saved or left behind."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.shared.trouble import TroubleScreen
from rchrp_goals.services.desk import Desk
from rchrp_goals.store.drafts import SMALL_PAGES
from tests.screens.driver import Driver, driven
from tests.services.desk import sat_desk

LINE = "You have been patient before"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sat_desk(tmp_path / "data")


async def begin_a_letter(driver: Driver) -> FormModal:
    await driver.press("g", "g")
    await driver.drain()
    await driver.press("w")
    await driver.drain()
    assert isinstance(driver.app.screen, FormModal), driver.text
    return driver.app.screen


def kept(desk: Desk) -> Path:
    return Path(desk.places.draft(SMALL_PAGES))


def is_kept(desk: Desk) -> bool:
    return kept(desk).exists() and LINE in kept(desk).read_text(encoding="utf-8")


async def test_a_letter_half_written_outlives_a_killed_window(tmp_path: Path, desk: Desk) -> None:
    killed = tmp_path / "killed"
    async with driven(tmp_path / "data") as driver:
        await begin_a_letter(driver)
        await driver.type(LINE)
        await driver.until(lambda: is_kept(desk))
        shutil.copytree(tmp_path / "data", killed)
    async with driven(killed) as driver:
        await begin_a_letter(driver)
        assert LINE in driver.words
        await driver.press("tab", "enter")
        await driver.drain()
        assert [one["text"] for one in driver.records("letters")] == [LINE]
        await driver.drain()
        assert not (killed / "drafts" / f"{SMALL_PAGES}.json").exists()


async def test_a_signal_does_not_wait_for_the_next_second(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path / "data") as driver:
        await driver.press("a")
        await driver.type("Call Rosa")
        driver.app.end_at_once()
    assert json.loads(kept(desk).read_text()) == {"pages": {"home.add": {"line": "Call Rosa"}}}


async def test_who_leaves_without_it_leaves_nothing_behind(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path / "data") as driver:
        await begin_a_letter(driver)
        await driver.type(LINE)
        await driver.until(lambda: is_kept(desk))
        await driver.press("ctrl+q", "l")
        await driver.drain()
    assert not kept(desk).exists()


async def test_a_plan_that_goes_meanwhile_takes_nothing_along(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path / "data") as driver:
        await driver.press("a")
        await driver.type("Call Rosa")
        shutil.copy(os.devnull, desk.places.plan)
        await driver.press("enter")
        await driver.drain()
        assert isinstance(driver.app.screen, TroubleScreen), driver.text
        await driver.press("q")
        await driver.drain()
    assert json.loads(kept(desk).read_text()) == {"pages": {"home.add": {"line": "Call Rosa"}}}


@pytest.mark.parametrize(
    "broken",
    [b"[1]", b'{"pages": 5}', b'{"pages": {"home.add": {"line": [null]}}}'],
)
async def test_a_broken_file_is_no_hindrance(tmp_path: Path, desk: Desk, broken: bytes) -> None:
    kept(desk).parent.mkdir(exist_ok=True)
    kept(desk).write_bytes(broken)
    async with driven(tmp_path / "data") as driver:
        await driver.press("a")
        await driver.press("ctrl+u")
        await driver.type("Call Rosa")
        await driver.press("enter")
        await driver.drain()
        assert "Call Rosa" in [one.get("text") for one in driver.records("steps")]


@pytest.mark.parametrize("value", [5, [None], "\x1b[31mred"])
async def test_what_cannot_stand_in_a_field_does_not(tmp_path: Path, desk: Desk, value: object) -> None:
    async with driven(tmp_path / "data") as driver:
        form = await begin_a_letter(driver)
        names = {one.name: value for one in form.asks}
        for one in form.asks:
            form.typed[one.name] = LINE
        driver.app.keep_typed()
        await driver.drain()
        (page,) = json.loads(kept(desk).read_text())["pages"]
    kept(desk).parent.mkdir(exist_ok=True)
    kept(desk).write_text(json.dumps({"pages": {page: names}}))
    async with driven(tmp_path / "data") as driver:
        await begin_a_letter(driver)
        assert "\x1b" not in driver.text
