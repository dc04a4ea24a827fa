"""A check-in in the app: both rulers on one page, the others a line each, the short text shown whole and copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.screens.participant.ask_overview import LineStates
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.services.demo import sample_id
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Place
from rchrp_goals.store.plan_store import What
from tests.screens.driver import Driver, driven
from tests.services.desk import desk_in, sample_desk


@pytest.fixture
def sample(tmp_path: Path) -> Desk:
    """The sample person's plan."""
    return sample_desk(tmp_path)


async def until(driver: Driver, key: str) -> None:
    """Pass what stands before a question."""
    for _ in range(15):
        if driver.at == key:
            return
        if driver.at == "which":
            await driver.press("enter")
        elif driver.ask.is_page:
            await driver.press("space")
        else:
            await driver.ask.action_pass()
            await driver.pilot.pause()
    raise AssertionError(key)


async def test_a_check_in_from_its_rulers_to_the_text_on_the_clipboard(tmp_path: Path, sample: Desk) -> None:
    async with driven(tmp_path, begins="check-in", size=(100, 44)) as driver:
        assert "I may pass, and I owe nobody a reason." in driver.words
        await until(driver, "rulers")
        await driver.press("8", "enter", "7")
        assert list(driver.ask.boxes) == ["importance", "confidence", "what_makes_it"]
        assert "What makes it 7, and not less?" in driver.words
        await driver.press("enter")
        await driver.type("Rosa")
        await driver.press("enter")
        await until(driver, "others")
        assert isinstance(driver.app.focused, LineStates)
        await driver.press("space", "right", "down", "left", "enter")
        await until(driver, "summary")
        assert "To change: Ask before I offer advice." in driver.words
        assert "Let go: Know enough about methadone" in driver.words
        await driver.press("tab")
        await driver.press("enter")
        assert driver.app.clipboard.splitlines()[0] == "Check-in, 5 November."
        assert "Copied" in driver.words
        driver.ask.boxes["words"].focus_first()
        await driver.press("enter")
        await driver.pilot.pause()
        assert driver.ui("end.check_in").split(".")[0] in driver.words
        await driver.press("enter")
        await driver.pilot.pause()
        screen = driver.app.screen
        assert isinstance(screen, RoomScreen)
        assert screen.place.room == "check_in.one"
        await driver.press("y")
        await driver.pilot.pause()
        assert driver.app.clipboard.splitlines()[-1].startswith("Let go: Know enough about methadone")
    states = {one["id"]: one["state"] for one in driver.records("goals")}
    assert states[sample_id("goals", "ask_first")] == "active"
    assert states[sample_id("goals", "medication")] == "let_go"


async def test_the_overview_is_turned_by_number_and_stands_after_coming_back(tmp_path: Path, sample: Desk) -> None:
    async with driven(tmp_path, begins="check-in") as driver:
        await until(driver, "others")
        await driver.press("2", "2", "2")
        medication = sample_id("goals", "medication")
        assert driver.ask.values == {"lines": {medication: "pause"}}
        await driver.press("2", "2")
        assert driver.ask.values == {}
        await driver.press("2", "enter")
        assert driver.at == "support"
        await driver.ask.action_back()
        await driver.pilot.pause()
        assert driver.ask.values == {"lines": {medication: "keep"}}


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=["80x24", "40x12"])
async def test_what_may_be_thought_about_can_be_reached_at_every_size(
    tmp_path: Path, sample: Desk, size: tuple[int, int]
) -> None:
    async with driven(tmp_path, begins="check-in", size=size) as driver:
        await until(driver, "also")
        body = driver.ask.body
        seen = driver.words
        body.scroll_home(animate=False)
        await driver.pilot.pause()
        seen += driver.words
        for _ in range(12):
            body.scroll_relative(y=2, animate=False)
            await driver.pilot.pause()
            seen += driver.words
        assert "Offered because" in seen
        assert "only if you want it kept" in seen


async def test_the_card_of_home_begins_it_and_the_door_is_c(tmp_path: Path, sample: Desk) -> None:
    with sample.store.change(What("test"), sample.clock.now()) as change:
        for one in change.all("check_ins"):
            change.put("check_ins", {**one, "next_on": sample.clock.today().isoformat()})
        for table in ("steps", "learning", "reminders"):
            for one in change.all(table):
                change.remove(table, one["id"])
    async with driven(tmp_path) as driver:
        await driver.press("enter")
        await driver.pilot.pause()
        assert driver.at == "agreements"
        await driver.app.show_place(Place("home"))
        await driver.pilot.pause()
        await driver.press("g", "c")
        assert isinstance(driver.app.screen, RoomScreen)
        assert driver.app.screen.place == Place("check_in")


async def test_a_blank_where_a_line_may_be_left_out_asks_whether_to_pass(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put("goals", {"title": "Know the drop-in", "state": "active"})
    async with driven(tmp_path, begins="check-in") as driver:
        await until(driver, "level")
        await driver.type("  ")
        await driver.press("enter")
        assert driver.at == "level" and driver.ui("ask.pass_question") in driver.words
        await driver.press("enter")
        assert driver.at != "level"
