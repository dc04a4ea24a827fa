"""Goals lived in: a fortnight with the keyboard, the same with the mouse, and what another window does meanwhile."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.participant.room_lines import RoomLines
from rchrp_goals.services import goal_changes
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.goal_changes import Seen
from rchrp_goals.services.room import Place
from rchrp_goals.store.plan_store import What
from tests.screens.driver import SIZES, Driver, driven, press, room_of, row_at, settle
from tests.services.desk import desk_in, sat_desk
from widgets.plate import Plate


@pytest.fixture
def sat(tmp_path: Path) -> Desk:
    """A plan as the last day left it."""
    return sat_desk(tmp_path)


async def type_(driver: Driver, text: str) -> None:
    await driver.type(text)
    await settle(driver)


async def click(driver: Driver, text: str) -> None:
    await driver.click_text(text)
    await settle(driver)


async def plate(driver: Driver, words: str) -> None:
    """Click the plate with these words."""
    found = next(one for one in driver.app.screen.query(Plate) if one.words == words)
    await driver.click(found)
    await settle(driver)


def day(driver: Driver, on: int) -> None:
    clock: Any = driver.app.desk.clock
    clock.at = clock.instant(date(2026, 11, on), 20)


@pytest.mark.parametrize("keys", [("d",), ("l", "tomorrow", "enter")])
async def test_after_undo_the_card_stands_from_its_beginning(tmp_path: Path, sat: Desk, keys: tuple[str, ...]) -> None:
    async with driven(tmp_path, size=(80, 24)) as driver:
        await press(driver, "g", "g", "enter")
        room = room_of(driver)
        stood, place = driver.app.focused, room.body.scroll_y
        assert isinstance(stood, Plate) and place == 0
        for key in keys:
            await (type_(driver, key) if key == "tomorrow" else press(driver, key))
        assert isinstance(driver.app.focused, RoomLines)
        await press(driver, "down", "down", "down", "u")
        focused = driver.app.focused
        assert isinstance(focused, Plate) and focused.parent is room.card_plates
        assert room.body.scroll_y == 0 and room.card_plates.region.bottom <= room.body.region.bottom


def steps(driver: Driver) -> dict[str, tuple[str, str | None]]:
    return {one["text"]: (one["state"], one.get("done_on")) for one in driver.records("steps") if "text" in one}


async def test_a_second_round_with_the_arrows_leaves_no_line_out(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(80, 24)) as driver:
        await press(driver, "g", "g", "enter")
        room = room_of(driver)

        async def round_of(key: str) -> list[str]:
            seen: list[str] = []
            for _ in range(60):
                await driver.press(key)
                if isinstance(driver.app.focused, RoomLines):
                    seen.append(row_at(driver))
                elif isinstance(driver.app.focused, Plate) and driver.app.focused.parent is room.card_plates:
                    return seen
            return seen

        first = await round_of("down")
        assert len(first) > 5
        assert await round_of("down") == first
        assert await round_of("up") == first[::-1]


async def test_end_and_home_take_the_cursor_along_through_all_lists(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(80, 24)) as driver:
        await press(driver, "g", "g", "enter")
        room = room_of(driver)
        assert len(room.query(RoomLines)) > 1
        await press(driver, "end", "end")
        last, lines = row_at(driver), driver.app.focused
        assert isinstance(lines, RoomLines) and lines is [*room.query(RoomLines)][-1] and last == lines.keys[-1]
        assert any(row.lstrip().startswith("›") for row in driver.rows)
        await press(driver, "home", "home")
        assert row_at(driver) == next(one for one in room.query(RoomLines) if one.keys).keys[0]


async def test_a_fortnight_with_the_keyboard(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(100, 40)) as driver:
        await press(driver, "g", "g", "enter")
        assert room_of(driver).place.room == "goals.one" and "Next step · Mon 9 Nov" in driver.text
        await press(driver, "a")
        await type_(driver, "Ask Rosa")
        await press(driver, "enter")
        await type_(driver, "after lunch")
        await press(driver, "enter")
        await type_(driver, "20 nov")
        await press(driver, "enter")
        asked = row_at(driver)
        await press(driver, "a")
        await type_(driver, "Read the handbook")
        await press(driver, "enter", "enter", "enter")
        handbook = row_at(driver)
        assert handbook != asked and driver.ui("goal_rooms.said.added") in driver.words
        day(driver, 12)  # a step done three days late, another one let go
        await press(driver, "escape")
        assert "planned for Mon 9 Nov · still wanted?" in driver.text
        await press(driver, "enter", "d")
        assert row_at(driver) in {asked, handbook}
        await press(driver, *(["down"] if row_at(driver) == asked else []), "x")
        assert row_at(driver) == asked and driver.ui("goal_rooms.said.let_go") in driver.words
        assert steps(driver) == {
            "Write to the service": ("done", "2026-11-12"),
            "Ask Rosa": ("planned", None),
            "Read the handbook": ("let_go", None),
        }
        day(driver, 19)
        await press(driver, "w", "1", "enter")
        await type_(driver, "Friday went well")
        await press(driver, "enter")
        (note,) = driver.records("progress")
        assert (note["level"], note["words"], note["note"]) == (0, "three shifts shadowed", "Friday went well")
        assert row_at(driver) == f"note:{note['id']}" and "today" in driver.text
        await press(driver, "u")
        assert driver.records("progress")[0].get("removed_at") and "Friday" not in driver.words
        await press(driver, "escape", "b")
        assert isinstance(driver.app.screen, AskScreen) and driver.ask.sitting.part == "goals"
        assert driver.ui("further.goals") in driver.words


async def test_the_same_with_the_mouse(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(120, 60)) as driver:
        await click(driver, "Goals")
        await click(driver, "Shadow three syringe")
        await plate(driver, driver.ui("goal_rooms.action.add_step"))
        await type_(driver, "Ask Rosa")
        await plate(driver, driver.ui("home.keep"))
        await plate(driver, driver.ui("home.done"))
        assert steps(driver) == {"Write to the service": ("done", "2026-11-05"), "Ask Rosa": ("planned", None)}
        await plate(driver, driver.ui("goal_rooms.action.note_level"))
        await click(driver, "as hoped   three")
        await plate(driver, driver.ui("home.keep"))
        assert driver.records("progress")[0]["level"] == 0
        await click(driver, "I text Rosa before three")
        await click(driver, driver.ui("goal_rooms.action.say"))
        await plate(driver, driver.ui("rooms.yes"))
        assert driver.records("if_thens")[0]["said_on"] == "2026-11-05" and "said on Thu 5 Nov" in driver.text
        await click(driver, "active")
        await click(driver, "let go")
        await plate(driver, driver.ui("home.keep"))
        assert driver.records("goals")[0]["state"] == "let_go"
        await plate(driver, driver.ui("home.undo"))
        assert "Taken back" in driver.words and driver.records("goals")[0]["state"] == "active"


async def test_rulers_are_placed_by_number_and_enter(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        day(driver, 19)
        await driver.app.show_place(Place("goals.one", driver.records("goals")[0]["id"]), "", "ruler:importance")
        await settle(driver)
        await press(driver, "r", "9", "enter", "6", "enter", "enter")
        ruler = driver.records("rulers")[-1]
        assert (ruler["importance"], ruler["confidence"]) == (9, 6)
        assert "at 8, now 9" in driver.text and "at 7, now 6" in driver.text


async def test_what_another_window_changed_meanwhile_is_said_and_nothing_is_lost(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(100, 40)) as driver:
        step = driver.records("steps")[0]
        await driver.app.show_place(Place("goals.one", driver.records("goals")[0]["id"]), "", f"step:{step['id']}")
        await settle(driver)
        await press(driver, "c")
        assert isinstance(driver.app.screen, FormModal)
        await type_(driver, " and Dee")
        theirs = {"text": "Call the service", "moment": step["moment"], "due": date(2026, 11, 9)}
        goal_changes.change_step(sat.store, step["id"], theirs, Seen(step), sat.clock.now())
        await press(driver, "enter", "enter", "enter")
        assert "Call the service" in driver.words and "changed elsewhere" in driver.words
        await press(driver, "enter")  # once more: mine
        assert driver.records("steps")[0]["text"] == "Write to the service and Dee"


async def test_a_goal_that_another_window_takes_out_leads_back_with_a_sentence(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(100, 40)) as driver:
        await press(driver, "g", "g", "enter", "a")
        await type_(driver, "Ask Rosa")
        goal_changes.remove_goal(sat.store, driver.records("goals")[0]["id"], sat.clock.now())
        await press(driver, "enter", "enter", "enter")
        assert "not in the plan any more" in driver.words
        await press(driver, "escape")
        assert "Ask Rosa" in driver.words  # what was typed still stands in its field
        await press(driver, "escape")
        assert room_of(driver).place == Place("goals") and "not in the plan any more" in driver.words


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_hostile_words_are_words_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    desk, hostile = desk_in(tmp_path), "[red]x[/] {0} \x1b[31m%s"
    with desk.store.change(What("test"), desk.clock.now()) as change:
        goal = {"title": hostile, "why": hostile, "state": "paused", "state_why": hostile, "baseline": hostile}
        people = {"supporters": [{"name": hostile, "how": hostile}], "levels": {"0": hostile, "1": hostile}}
        id = change.put("goals", {**goal, **people})["id"]
        change.put("steps", {"text": hostile, "goal": id, "moment": hostile, "with_whom": hostile, "state": "planned"})
        change.put("if_thens", {"goal": id, "obstacle": hostile, "then": hostile})
        note = {"goal": id, "at": change.instant, "level": 0, "words": hostile, "note": hostile}
        change.put("progress", note)
        change.put("letters", {"text": hostile, "at": change.instant})
    async with driven(tmp_path, size=size) as driver:
        await press(driver, "g", "g")
        assert "[red]x[/]" in driver.words and "\x1b" not in driver.text
        await press(driver, "enter")
        seen = driver.text
        for _ in range(8):
            await press(driver, "pagedown")
            seen += driver.text
        assert seen.count("[red]x[/]") > 6 and "\x1b" not in seen


async def test_what_was_said_before_is_gone_when_one_comes_back(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "g", "g", "a")
        await type_(driver, "Buy stamps")
        await press(driver, "enter", "enter", "enter")
        said = driver.ui("goal_rooms.said.noted")
        assert said in driver.words and driver.ui("home.undo") in driver.words
        await press(driver, "up", "enter")
        assert room_of(driver).place.id
        await press(driver, "u", "escape")
        assert not room_of(driver).place.id and "Buy stamps" not in driver.words
        assert said not in driver.words and driver.ui("home.undo") not in driver.words


async def test_a_goal_begun_in_its_room_ends_there(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "g", "g", "b")
        await type_(driver, "A second goal")
        await press(driver, "enter")
        for _ in range(20):
            if not isinstance(driver.app.screen, AskScreen):
                break
            await driver.ask.action_pass()
            await settle(driver)
        assert driver.ui("end.goals") in driver.words
        await press(driver, "enter")
        assert room_of(driver).place == Place("goals") and "A second goal" in driver.words


async def test_a_key_that_means_the_row_does_not_stand_beside_the_card_too(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await press(driver, "g", "g", "enter")
        plates = list(room_of(driver).card_plates.query(Plate))
        assert plates and all(one.show_key for one in plates)
        step = sat.store.read().tables["steps"]
        key = next(f"step:{one}" for one in step)
        room_of(driver).put_cursor(key)
        await settle(driver)
        assert row_at(driver) == key and not plates[0].show_key


async def test_under_the_card_stands_one_blank_row_wherever_the_first_section_is(tmp_path: Path) -> None:
    sat_desk(tmp_path)
    async with driven(tmp_path, size=(80, 24)) as driver:
        for room in ("g", "l"):
            await press(driver, "g", room, *(["enter"] if room == "g" else []))
            screen = driver.app.screen
            first = next(one for one in screen.query("#main, #aside") if one.display)
            assert first.region.y == screen.query_one("#card").region.bottom + 1
