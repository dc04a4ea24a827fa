"""The room of reminders in the app: one is added in plain words, changed on its page, stopped; all of them rest."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.services import capture, reminders
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.services.room import Place
from tests.screens.driver import driven, press
from tests.services.desk import desk_in, sample_desk
from widgets.plate import Plate


@pytest.fixture
def sample(tmp_path: Path) -> None:
    sample_desk(tmp_path)


@pytest.mark.usefixtures("sample")
async def test_one_is_added_changed_and_stopped_by_key(tmp_path: Path) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await press(driver, "g", "r")
        assert "What did I notice this week" in driver.words
        assert "21:00 to 8:00" in driver.words
        at = next(at for at, row in enumerate(driver.rows) if "whether something waits." in row)
        beside = driver.rows[at].index("whether something waits.")
        assert not driver.rows[at + 1][beside:].strip()  # a paragraph ends there
        await press(driver, "a")
        assert isinstance(driver.app.screen, FormModal)
        await driver.type("Call Rosa")
        await press(driver, "enter")
        await driver.type("every minute")  # takes the place of "once", which stood there
        await press(driver, "enter", "enter", "enter")
        assert isinstance(driver.app.screen, FormModal)  # the sentence stands under its field, what was typed stays
        assert "A reminder comes once a day at most. Nothing was" in driver.words
        assert "Call Rosa" in driver.words
        await press(driver, "ctrl+u")
        await driver.type("each month")
        await press(driver, "enter", "enter", "enter")
        (made,) = (one for one in driver.records("reminders") if one.get("text") == "Call Rosa")
        assert (made["rule"], len(made["then_at"])) == ("FREQ=MONTHLY", 2)
        await press(driver, "enter")
        assert isinstance(driver.app.screen, RoomScreen)
        assert driver.app.screen.place == Place("reminders.one", str(made["id"]))
        await press(driver, "escape", "t")
        (stopped,) = (one for one in driver.records("reminders") if one["id"] == made["id"])
        assert stopped["on"] is False


@pytest.mark.usefixtures("sample")
async def test_one_is_added_by_mouse_with_its_words_typed(tmp_path: Path) -> None:
    async with driven(tmp_path, size=(40, 12)) as driver:
        await press(driver, "g", "r", "a")
        assert "Close" in driver.words and "Keep it" in driver.words  # the fields go on below: the ways stay in sight
        await driver.type("Call Rosa")
        form = driver.app.screen
        assert isinstance(form, FormModal)
        every_month = next(plate for plate in form.query(".chips Plate").results(Plate) if plate.words == "each month")
        every_month.scroll_visible(animate=False)
        await driver.drain()
        await driver.click(every_month)
        await driver.click_text("Keep it")
        await driver.drain()
        (made,) = (one for one in driver.records("reminders") if one.get("text") == "Call Rosa")
        assert made["rule"] == "FREQ=MONTHLY"


@pytest.mark.usefixtures("sample")
async def test_home_says_once_that_all_of_them_rest(tmp_path: Path) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "g", "r")
        assert driver.rows[-1].split()[:2] == ["enter", "open"]
        await press(driver, "p")
        await driver.type("20 nov")
        await press(driver, "enter")
        assert "Reminders rest until Fri 20 Nov." in driver.words
        await press(driver, "g", "h")
        assert driver.words.count("Reminders rest until Fri 20 Nov.") == 1


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_finder_opens_a_reminder_by_its_words_and_by_its_thing(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path)
    on = desk.clock.today() + timedelta(days=3)
    step = capture.add_step(desk.store, "Zwiebelkuchen", None, None, desk.clock.now()).id
    own = reminders.add(desk.store, Wanted("own", on, text="Buy quinces"), desk.clock)
    about = reminders.add(desk.store, Wanted("step", on, about=step), desk.clock)
    note = {"en": "reminder", "es": "recordatorio"}[language]
    async with driven(tmp_path, language=language, size=(120, 40)) as driver:
        for typed, moves, words, id in (
            ("quinces", (), "Buy quinces", own),
            ("zwiebel", ("down",), driver.ui("reminders.step", text="Zwiebelkuchen"), about),  # the step stands first
        ):
            await press(driver, "/")
            await driver.type(typed)
            assert f"{words}   {note}" in driver.text
            await press(driver, *moves, "enter")
            assert isinstance(driver.app.screen, RoomScreen)
            assert driver.app.screen.place == Place("reminders.one", id)
            await press(driver, "escape")
