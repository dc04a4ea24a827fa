"""The values room in the app, by key and by mouse: what opens under the cursor, what is put right, what stays covered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Place
from rchrp_goals.services.sitting import Sitting
from tests.screens.driver import Driver, driven
from tests.services.desk import desk_in, say
from tests.services.sessions import DAY_ONE, REVISIT, placed, session, two_looks, write

REASON = "Their goal brought them in."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = desk_in(tmp_path)
    two_looks(found)
    return found


async def open_values(driver: Driver) -> RoomScreen:
    await driver.press("g")
    await driver.press("v")
    await driver.drain()
    return room(driver)


def room(driver: Driver, name: str = "values") -> RoomScreen:
    assert isinstance(driver.app.screen, RoomScreen), driver.text
    assert driver.app.screen.place.room == name
    return driver.app.screen


async def test_a_reason_opens_under_the_cursor_and_closes_behind_it(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await open_values(driver)
        assert "Day One: at 3. Now: at 7, leaning toward agree." in driver.words
        assert REASON in driver.words
        await driver.press("down")
        await driver.drain()
        assert REASON not in driver.words and "Day One: at 9. Now: passed." in driver.words


async def test_a_click_opens_what_belongs_to_a_row_and_a_second_one_what_can_be_done(
    tmp_path: Path, desk: Desk
) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await open_values(driver)
        await driver.press("down")
        await driver.click_text("Somebody may choose")
        await driver.drain()
        assert REASON in driver.words and isinstance(driver.app.screen, RoomScreen)
        await driver.click_text("Somebody may choose")
        await driver.drain()
        assert "Put right" in driver.words and not isinstance(driver.app.screen, RoomScreen)


async def test_a_closed_answer_is_put_right_and_both_stand(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await open_values(driver)
        await driver.press("p")
        await driver.drain()
        assert isinstance(driver.app.screen, FormModal)
        await driver.press("1")
        await driver.press("tab")
        await driver.type("I was tired.")
        await driver.press("tab", "6")
        await driver.press("enter")
        await driver.drain()
        await driver.drain()
        screen = room(driver)
        assert "Kept beside it" in driver.words
        assert "Day One: at 3." in driver.words and "Day One, put right later: at 6." in driver.words
        assert screen.row is not None and screen.row.key == "statement:s01_one:1"
        (correction,) = driver.records("corrections")
        assert (correction["what"]["id"], correction["text"], correction["position"]) == (DAY_ONE, "I was tired.", 6)
        await driver.press("u")
        await driver.drain()
        await driver.drain()
        assert "Taken back: something put right." in driver.words and "tired" not in driver.words


async def test_the_way_to_every_session_and_two_of_them_chosen(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await open_values(driver)
        await driver.click_text("Other sessions")
        await driver.drain()
        room(driver, "values.sessions")
        assert "Values: sessions" in driver.words and "answered at the time" in driver.words
        await driver.press("enter")
        await driver.drain()
        room(driver, "values.session")
        assert "What you answered stays as it is." in driver.words
        await driver.press("w")
        await driver.drain()
        await driver.press("1", "enter")
        await driver.drain()
        await driver.drain()
        assert room(driver).place.id
        assert "Side by side now: Day One, 3 Nov; Last day, 4 Nov." in driver.words


async def test_a_new_look_says_that_the_old_is_not_shown(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(80, 24)) as driver:
        await open_values(driver)
        await driver.press("v")
        await driver.drain()
        assert driver.at == "note"
        assert "not shown before you have answered" in driver.words


async def test_while_a_look_is_under_way_nothing_old_is_on_any_screen(tmp_path: Path, desk: Desk) -> None:
    sitting = Sitting(desk, "values")
    say(sitting)
    sitting.keep()
    async with driven(tmp_path, size=(120, 40)) as driver:
        for place in (Place("values"), Place("values.session", DAY_ONE), Place("values.reasons"), Place("plan")):
            await driver.app.show_place(place)
            await driver.drain()
            await driver.drain()
            assert not any(old in driver.words for old in ("at 3", "at 7", "at 9", REASON)), driver.text
            assert "covered" in driver.words
            if place.room != "values":
                await driver.press("escape")
                await driver.drain()
        await driver.app.show_place(Place("values"))
        await driver.drain()
        await driver.press("v")
        await driver.drain()
        assert isinstance(driver.app.screen, AskScreen)


async def test_going_back_from_then_and_now_changes_only_what_is_new(tmp_path: Path, desk: Desk) -> None:
    """The old stands there only behind the last answer; going back from it shows the statement and the new answer."""
    sitting = Sitting(desk, "values")
    while sitting.current is not None and sitting.current.key != "breath":
        say(sitting)
    sitting.keep()
    async with driven(tmp_path, begins="values", size=(120, 40)) as driver:
        assert driver.at == "breath"
        await driver.press("b")
        await driver.drain()
        assert driver.at.startswith("statement:") and "Day One" not in driver.words


async def test_a_date_that_asks_for_a_look_covers_until_not_now(tmp_path: Path, desk: Desk) -> None:
    at = desk.clock.now() - timedelta(days=1)
    reminder = {"id": "look-1", "what": {"kind": "values"}, "words": "values"}
    write(desk, "reminders", {**reminder, "next_at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")})
    async with driven(tmp_path, size=(80, 24)) as driver:
        await open_values(driver)
        assert "at 3" not in driver.words and "Look again now" in driver.words
        await driver.press("n")
        await driver.drain()
        await driver.drain()
        assert "Day One: at 3." in driver.words


async def test_day_one_is_entered_from_paper_by_keyboard(tmp_path: Path) -> None:
    async with driven(tmp_path, size=(80, 24)) as driver:
        await driver.app.show_place(Place("values"))
        await driver.drain()
        assert "Nothing stands here yet." in driver.words
        await driver.press("d")
        await driver.drain()
        room(driver, "values.day_one")
        await driver.press("enter")
        await driver.drain()
        await driver.type("3 7 p 5 0")
        await driver.press("tab", "1")
        await driver.press("tab")
        await driver.type("3 nov")
        await driver.press("enter")
        await driver.drain()
        assert "Answers in that line: 5" in driver.words, "what cannot be read is said under its field"
        await driver.type(" 10")
        await driver.press("tab", "tab", "enter")
        await driver.drain()
        await driver.drain()
        room(driver)
        assert "Day One is kept, marked: entered later, from paper." in driver.words
        (session,) = driver.records("values")
        assert (session["entered"], session["taken_at"][:10]) == ("from_paper", "2026-11-03")
        assert [one.get("position") for one in session["placements"]] == [3, 7, None, 5, 0, 10]


async def test_a_tiny_screen_has_room_for_the_row_and_one_plate_for_all_there_is(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(40, 12)) as driver:
        await open_values(driver)
        assert "Somebody may choose" in driver.words and "Day One: at 3." in driver.words
        assert "My reasons" not in driver.words
        await driver.click_text("everything")
        await driver.drain()
        await driver.type("reasons")
        await driver.press("enter")
        await driver.drain()
        await driver.drain()
        room(driver, "values.reasons")


async def test_a_road_is_drawn_and_what_moved_is_answered_on_its_page(tmp_path: Path, desk: Desk) -> None:
    write(desk, "values", session(REVISIT, "revisit", "2026-11-05", placed("s01_one", 2)))
    async with driven(tmp_path, size=(120, 40)) as driver:
        await open_values(driver)
        await driver.press("e")
        await driver.drain()
        room(driver, "values.over_time")
        assert "disagree ────────●━━━○───────────────•──────────── agree" in driver.text
        assert "Day One: at 3. 4 Nov: at 7. 5 Nov: at 2, disagree." in driver.words
        await driver.press("enter")
        await driver.drain()
        page = room(driver, "values.statement")
        assert page.view.card is not None and "You stood at 7, now at 2." in driver.words
        await driver.press("m")
        await driver.drain()
        assert "It is not asked again." in driver.words and page.view.card is None
