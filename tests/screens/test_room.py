"""The face of every room, over a sample room: drawn at three sizes, done by key and by mouse, and nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.screens.participant.finding import FindModal
from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.screens.participant.room_lines import RoomLines
from rchrp_goals.services import capture
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Place
from tests.sample_room import open_sample
from tests.screens.driver import SIZES, Driver, driven, press, room_of, settle
from tests.services.desk import desk_in, sit
from widgets.plate import Plate

AT_EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A plan with two steps in its inbox, and the sample room."""
    open_sample(monkeypatch)
    found = desk_in(tmp_path)
    sit(found, passing=True).finish_plan()
    for text in ("Call Rosa", "Write to [red]the[/] service"):
        capture.add_step(found.store, text, None, None, found.clock.now())
    return found


async def go(driver: Driver) -> RoomScreen:
    await press(driver, "g", "t")
    return room_of(driver)


def inbox(driver: Driver) -> list[tuple[str, str]]:
    return [(one["text"], one["state"]) for one in driver.records("steps") if "text" in one]


def lines_of(driver: Driver) -> RoomLines:
    return driver.app.screen.query_one("#main", RoomLines)


def problem_of(driver: Driver) -> str:
    """Return what stands under a field of the form that cannot be kept."""
    said = [str(one.render()) for one in driver.app.screen.query(".problem") if one.display]
    assert len(said) == 1 and said[0].split()[0] in driver.text
    return said[0]


# What is drawn


@AT_EVERY_SIZE
async def test_everything_stands_there_in_words(tmp_path: Path, desk: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await go(driver)
        if size[1] > 12:
            for words in ("One thing", "Call Rosa", "Write to [red]the[/] service"):
                assert words in driver.words
        seen = driver.words
        for _ in range(6):
            await driver.press("pagedown")
            seen += driver.words
        for words in ("Levels", "more than hoped", "a note", "There is no good direction.", "22.5 of 40", "2, now 7"):
            assert words in seen
        assert all(len(row) <= size[0] for row in driver.rows)


async def test_a_bar_says_nothing_that_its_words_do_not(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await go(driver)
        rows = [row for row in driver.rows if " of " in row]
        assert ["█" in row for row in rows] == [True, False] and all("·" in row for row in rows)


async def test_ascii_glyphs(tmp_path: Path, desk: Desk) -> None:
    from rchrp_goals.store.settings import write_settings

    write_settings(desk.places, glyphs="ascii")
    async with driven(tmp_path, size=(120, 40)) as driver:
        await go(driver)
        assert not set(driver.text) & set("█·━○●◉─✓"), driver.text


# From room to room


async def test_letters_go_to_a_room_and_escape_comes_back(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "down", "enter")
        assert room_of(driver).place.id and "only text" in driver.words
        await press(driver, "escape")
        assert not room_of(driver).place.id
        await press(driver, "escape")
        assert isinstance(driver.app.screen, HomeScreen)


async def test_the_row_of_rooms_is_clicked(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await driver.click_text("Sample")
        await settle(driver)
        assert room_of(driver).place == Place("sample")
        await driver.click_text("Home")
        await settle(driver)
        assert isinstance(driver.app.screen, HomeScreen)


# What is done


async def test_a_key_does_what_belongs_to_the_row_under_the_cursor(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "down", "down", "d")
        assert inbox(driver) == [("Call Rosa", "planned"), ("Write to [red]the[/] service", "done")]
        assert "Done, then." in driver.words
        second = driver.records("steps")[1]["id"]
        assert lines_of(driver).has_focus and lines_of(driver).cursor == f"step:{second}"
        await press(driver, "u")
        assert [state for _, state in inbox(driver)] == ["planned", "planned"]
        assert "Taken back: step “Write to [red]the[/] service” marked done." in driver.words


async def test_add_by_key_puts_the_cursor_on_what_was_added(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "a")
        await driver.type("Ask Marcus")
        await press(driver, "enter")
        assert "It is noted." in driver.words
        (added,) = [one["id"] for one in driver.records("steps") if one["text"] == "Ask Marcus"]
        assert lines_of(driver).cursor == f"step:{added}" and lines_of(driver).has_focus


async def test_what_was_typed_comes_back_after_escape(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "a")
        await driver.type("Half a tho")
        await press(driver, "escape")
        assert len(inbox(driver)) == 2
        await press(driver, "a")
        await driver.type("ught")
        await press(driver, "enter")
        assert inbox(driver)[2][0] == "Half a thought"
        await press(driver, "a")
        form = driver.app.screen
        assert isinstance(form, FormModal) and not form.has_unkept


async def test_a_form_says_under_its_field_what_cannot_be_kept(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await go(driver)
        await press(driver, "w")
        await press(driver, "enter", "enter", "down", "enter")
        await press(driver, "enter")
        assert problem_of(driver) == driver.ui("errors.answer_wanted") and len(inbox(driver)) == 2
        await driver.type("yesterday")
        await press(driver, "enter", "enter", "enter")
        assert problem_of(driver) == driver.ui("errors.day_not_ahead") and len(inbox(driver)) == 2
        await driver.press(*["backspace"] * 60)
        await driver.type("tomorrow")
        await press(driver, "enter", "enter", "enter")
        assert inbox(driver)[2][0] == "as it stood two None"
        assert driver.records("steps")[2]["due"] == "2026-11-06"


async def test_what_is_asked_first_is_not_done_without_a_yes(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "x", "escape")
        assert {state for _, state in inbox(driver)} == {"planned"}
        await press(driver, "x", "enter")
        assert {state for _, state in inbox(driver)} == {"done"}


@AT_EVERY_SIZE
async def test_all_of_it_by_mouse(tmp_path: Path, desk: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await go(driver)
        plate = next(plate for plate in driver.app.screen.query(Plate) if plate.key == "do:sample.add")
        await driver.click(plate)
        await settle(driver)
        await driver.type("By mouse")
        await driver.click_text(driver.ui("home.keep"))
        await settle(driver)
        assert inbox(driver)[2] == ("By mouse", "planned")
        undo = next(plate for plate in driver.app.screen.query(Plate) if plate.key == "undo")
        await driver.click(undo)
        await settle(driver)
        assert len(inbox(driver)) == 2


async def test_a_change_of_another_day_is_taken_back_after_a_yes(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        driver.app.opened_at = driver.app.desk.clock.now().replace(year=2027)
        await press(driver, "u")
        said = " ".join(str(one.render()) for one in driver.app.screen.query(".paragraph"))
        assert "Thursday 5 November 2026" in said and len(inbox(driver)) == 2
        await press(driver, "escape")
        assert len(inbox(driver)) == 2
        await press(driver, "u", "enter")
        assert len(inbox(driver)) == 1


async def test_when_nothing_can_be_saved_the_typed_text_stands_in_its_field_again(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rchrp_goals.errors import ProblemError

    def full(*_: Any, **__: Any) -> None:
        raise ProblemError("disk_full", path="plan.json")

    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "a")
        await driver.type("Not yet")
        monkeypatch.setattr(capture, "add_step", full)
        await press(driver, "enter")
        assert driver.words.count("plan.json")
        monkeypatch.undo()
        open_sample(monkeypatch)
        await press(driver, "escape")
        await settle(driver)
        assert isinstance(driver.app.screen, FormModal) and "Not yet" in driver.words
        await press(driver, "enter")
        assert inbox(driver)[2][0] == "Not yet"


# Finding


async def test_find_in_the_other_language_while_nothing_fits(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "/")
        await driver.type("qqqq")
        assert driver.ui("rooms.find_none") in driver.words
        await press(driver, "f3")
        assert isinstance(driver.app.screen, FindModal)
        assert driver.ui("rooms.find_none") in driver.words
        await press(driver, "ctrl+u")
        assert driver.ui("rooms.find_none") not in driver.words


async def test_find_by_letters(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "slash")
        assert isinstance(driver.app.screen, FindModal)
        await driver.type("samp")
        await press(driver, "enter")
        assert room_of(driver).place == Place("sample")
        await press(driver, "slash")
        await driver.type("qqq")
        await settle(driver)
        assert driver.ui("rooms.find_none") in driver.words
        await press(driver, "enter", "escape")
        assert room_of(driver).place == Place("sample")


async def test_what_only_has_the_letters_somewhere_is_offered_and_not_opened_unasked(
    tmp_path: Path, desk: Desk
) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "slash")
        await driver.type("clrosa")
        await press(driver, "enter")
        assert isinstance(driver.app.screen, FindModal) and "Call Rosa" in driver.words
        assert {state for _, state in inbox(driver)} == {"planned"}
        await press(driver, "down", "enter")
        assert not isinstance(driver.app.screen, FindModal)


@pytest.mark.parametrize("typed", ["practica", "PRÁCTICA", "reflexiones"])
async def test_find_asks_for_no_accents_and_knows_the_pages_within_a_room(tmp_path: Path, typed: str) -> None:
    sit(desk_in(tmp_path)).finish_plan()
    async with driven(tmp_path, language="es") as driver:
        await press(driver, "slash")
        await driver.type(typed)
        await press(driver, "enter")
        assert room_of(driver).place == Place(f"learning.{'reflections' if typed == 'reflexiones' else 'practice'}")
        await press(driver, "escape", "g", "l", "slash")
        await driver.type(typed)
        await settle(driver)
        assert driver.words.count(driver.ui("learning_room.action.practice")) == (0 if typed == "reflexiones" else 1)


async def test_an_enter_too_soon_finds_nothing_and_a_number_is_its_find(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "slash", "enter")
        assert isinstance(driver.app.screen, FindModal) and driver.ui("rooms.find_how") in driver.words
        assert {state for _, state in inbox(driver)} == {"planned"}
        await press(driver, "down", "up", "enter")
        assert ("Call Rosa", "done") in inbox(driver)
        await press(driver, "u", "slash", "1", "enter")
        assert ("Call Rosa", "done") in inbox(driver)


# Many rows


async def test_a_thousand_rows_come_in_portions(tmp_path: Path, desk: Desk) -> None:
    with desk.store.change(_what(), desk.clock.now()) as change:
        for number in range(1000):
            change.put("steps", {"text": f"Step {number}", "state": "planned", "order": number + 10})
    async with driven(tmp_path) as driver:
        await go(driver)
        assert len(lines_of(driver).keys) == 61
        await press(driver, "down", "end", "enter")
        assert len(lines_of(driver).keys) == 121
        assert lines_of(driver).cursor == lines_of(driver).keys[60]


def _what() -> Any:
    from rchrp_goals.store.plan_store import What

    return What("step_added")


# Help


async def test_help_says_where_one_is_what_every_key_does_and_what_the_pictures_show(
    tmp_path: Path, desk: Desk
) -> None:
    async with driven(tmp_path, size=(120, 60)) as driver:
        await go(driver)
        await press(driver, "down", "f1")
        words = driver.words
        assert driver.ui("rooms.you_are_here", room="Sample", about="for tests") in words
        for key, said in (
            ("a", "Add"),
            ("w", "Change"),
            ("x", "Another day"),
            ("d", "Done"),
            ("/", "Find"),
            ("u", "Take the last"),
        ):
            assert f"{key} {said}" in words
        for picture in ("where you stand now", "the figures stand beside it", "where it stands now"):
            assert picture in words


async def test_help_on_a_question_says_which_one(tmp_path: Path) -> None:
    async with driven(tmp_path, "last-day", size=(120, 40)) as driver:
        await press(driver, "f1")
        assert "question 1 of" in driver.words
