"""Practice and reflections in the app: from Learning by key, written in long fields, kept when the app is closed."""

from __future__ import annotations

from pathlib import Path

from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.screens.shared.pause import EndScreen
from rchrp_goals.services.demo import make
from rchrp_goals.services.waiting import waiting_conversation
from tests.screens.driver import driven, press
from tests.services.desk import desk_in


def sample(folder: Path) -> None:
    desk = desk_in(folder)
    make(desk.places, desk.words, desk.clock)


async def test_a_situation_is_answered_and_one_stops_and_is_back_where_one_came_from(tmp_path: Path) -> None:
    sample(tmp_path)
    async with driven(tmp_path) as driver:
        await press(driver, "g", "l", "y", "b")
        assert driver.at == "situation:p02_lose_everything"
        assert "some people have to lose everything" in driver.words
        await driver.type("What have you seen?")
        await press(driver, "enter")
        assert driver.at == "go_on:p02_lose_everything" and "What have you seen" not in driver.words
        await press(driver, "2")
        await press(driver, "enter")
        assert isinstance(driver.app.screen, EndScreen), driver.text
        await press(driver, "enter")
        assert isinstance(driver.app.screen, RoomScreen) and driver.app.screen.place.room == "learning"
        assert [one["say"] for one in driver.records("practice") if one["card"] == "p02_lose_everything"] == [
            "What have you seen?"
        ]


async def test_something_learned_leads_to_a_reflection_that_a_pause_keeps(tmp_path: Path) -> None:
    sample(tmp_path)
    async with driven(tmp_path) as driver:
        await press(driver, "g", "l", "down", "down")
        assert isinstance(driver.app.screen, RoomScreen)
        row = driver.app.screen.row
        assert row is not None and row.text == "Housing first, a webinar"
        await press(driver, "r")
        assert driver.at == "form" and "about: Housing first, a webinar" in driver.words
        await press(driver, "2", "enter")
        assert driver.at == "what_it_was" and "Initials are names too." in driver.words
        await driver.type("An hour and a ha")
        await press(driver, "escape")
    assert waiting_conversation(desk_in(tmp_path)) == "reflect"
    async with driven(tmp_path, begins="reflect") as driver:
        assert driver.at == "what_it_was" and "An hour and a ha" in driver.words
        await driver.type("lf.")
        await press(driver, "enter")
        assert driver.at == "what_learned"
