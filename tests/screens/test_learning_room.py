"""The room of learning in the app: by key and by mouse, the focus where a person would look."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.participant.line_list import DrawnRow
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.screens.participant.room_lines import RoomLines
from rchrp_goals.services.demo import make
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Place
from tests.screens.driver import SIZES, Driver, driven, press, room_of, row_at, settle
from tests.services.desk import desk_in, sample_desk, sit
from widgets.plate import Plate


@pytest.fixture
def sample(tmp_path: Path) -> Desk:
    """The sample person's plan."""
    return sample_desk(tmp_path)


async def go(driver: Driver) -> RoomScreen:
    await press(driver, "g", "l")
    return room_of(driver)


def learning(driver: Driver, title: str) -> dict[str, object]:
    return next(one for one in driver.records("learning") if one.get("title") == title)


def drawn(lines: RoomLines, width: int) -> list[DrawnRow]:
    return list(lines.draw(width))


def plate(driver: Driver, key: str) -> Plate:
    return next(one for one in driver.app.screen.query(Plate) if one.key == key)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_all_of_it_stands_there_at_every_size(
    tmp_path: Path, sample: Desk, size: tuple[int, int], language: str
) -> None:
    async with driven(tmp_path, size=size, language=language) as driver:
        await go(driver)
        seen = driver.words
        for _ in range(30):
            await driver.press("pagedown")
            seen += driver.words
        for key in ("section.done", "section.ideas", "hours.heading", "where.heading"):
            assert driver.ui(f"learning_room.{key}").split(",")[0] in seen
        assert "22.5" in seen
        assert all(len(row) <= size[0] for row in driver.rows)


async def test_from_idea_to_learned_by_keyboard(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), passing=True).finish_plan()
    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "a")
        await driver.type("A visit")
        await press(driver, "enter", "enter")
        assert learning(driver, "A visit")["state"] == "idea"
        id = learning(driver, "A visit")["id"]
        assert isinstance(driver.app.screen, RoomScreen) and row_at(driver) == f"learning:{id}"
        await press(driver, "l")
        await driver.type("tomorrow")
        await press(driver, "enter")
        assert learning(driver, "A visit")["planned_for"] == "2026-11-06"
        assert isinstance(driver.app.focused, Plate) and driver.app.focused.key == "do:thing.done"  # it is next now
        await press(driver, "d")
        await driver.type("1h30")
        await press(driver, "enter")
        await driver.type("Whom to call")
        await press(driver, "enter", "enter")
        done = learning(driver, "A visit")
        assert (done["state"], done["hours"], done["learned"]) == ("done", 1.5, "Whom to call")
        assert done["done_on"] == "2026-11-05" and row_at(driver) == f"learning:{id}"
        await press(driver, "u")
        assert learning(driver, "A visit")["state"] == "planned"


async def test_not_now_shows_what_comes_after_it_and_the_page_stands_at_its_top(tmp_path: Path, sample: Desk) -> None:
    async with driven(tmp_path) as driver:
        screen = await go(driver)
        await press(driver, "n")
        assert screen.view.card is not None and screen.view.card.text.startswith("Motivational interviewing")
        assert isinstance(driver.app.focused, Plate) and driver.app.focused.key == "do:thing.done"
        assert screen.body.scroll_y == 0


async def test_hours_that_cannot_be_are_said_under_their_field(tmp_path: Path, sample: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await go(driver)
        before = len(driver.records("learning"))
        await press(driver, "h")
        await driver.type("A webinar")
        await press(driver, "enter")
        for typed, problem in (("-3", "hours_out_of_range"), ("10,000", "hours_not_read")):
            await driver.type(typed)
            await press(driver, "enter", "enter", "enter", "enter")
            assert isinstance(driver.app.screen, FormModal)
            assert driver.app.desk.words.problem(problem, {"most": 1000}).split(".")[0] in driver.words
            assert len(driver.records("learning")) == before
            await press(driver, *["backspace"] * len(typed))
        await driver.type("1,5")
        await press(driver, "enter", "enter", "enter", "enter")
        assert learning(driver, "A webinar")["hours"] == 1.5
        assert row_at(driver) == f"learning:{learning(driver, 'A webinar')['id']}"


async def test_an_activitys_page_is_changed_and_left_by_keyboard(tmp_path: Path, sample: Desk) -> None:
    async with driven(tmp_path) as driver:
        await go(driver)
        await press(driver, "c")
        assert room_of(driver).place.room == "learning.one"
        lines = driver.app.screen.query_one("#main", RoomLines)
        await press(driver, *["down"] * list(lines.keys).index("field:evidence"), "enter")
        await driver.type("in the blue folder")
        await press(driver, "enter")
        one = next(one for one in driver.records("learning") if one.get("evidence") == "in the blue folder")
        assert one["title"].startswith("Naloxone") and row_at(driver) == "field:evidence"
        await press(driver, "end", "enter", "enter")
        assert room_of(driver).place == Place("learning") and one["id"] not in {
            record["id"] for record in driver.records("learning") if record.get("title")
        }
        assert driver.ui("learning_room.said.removed") in driver.words


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("size", "most"), [((80, 24), 1), ((40, 12), 2)], ids=["80x24", "40x12"])
async def test_what_has_no_room_among_the_plates_is_behind_one_of_them(
    tmp_path: Path, size: tuple[int, int], most: int, language: str
) -> None:
    desk = desk_in(tmp_path, language=language)
    make(desk.places, desk.words, desk.clock)
    async with driven(tmp_path, size=size, language=language) as driver:
        for letter in ("v", "l"):
            await press(driver, "g", letter)
            plates = list(room_of(driver).plates.query(Plate))
            assert len({one.region.y for one in plates}) <= most, driver.text
            assert plates[-1].key == "find" and all(one.region.right <= size[0] for one in plates), driver.text
        assert "e" not in {one.key_label for one in plates}
        await press(driver, "e")  # its key works all the same
        assert room_of(driver).place.room == "learning.reflections"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_place_and_a_side_by_mouse(tmp_path: Path, sample: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await go(driver)
        if size[1] > 24:
            await driver.click(plate(driver, "do:learning.place"))
        else:  # one plate leads to all that can be done there
            await driver.click(plate(driver, "find"))
            await settle(driver)
            await driver.click_text(driver.ui("learning_room.action.place"))
        await settle(driver)
        await driver.type("The library")
        await driver.click(plate(driver, "keep"))
        await settle(driver)
        (place,) = [one for one in driver.records("resources") if one["name"] == "The library"]
        assert row_at(driver) == f"place:{place['id']}"
        await driver.click_text("The library")
        await settle(driver)
        await driver.click_text(driver.ui("learning_room.action.remove_place"))
        await settle(driver)
        assert "The library" not in [one.get("name") for one in driver.records("resources")]
        await driver.click(plate(driver, "undo"))
        await settle(driver)
        assert "The library" in [one.get("name") for one in driver.records("resources")]


async def test_what_was_done_stands_in_columns_and_is_named_where_there_is_no_room(
    tmp_path: Path, sample: Desk
) -> None:
    async with driven(tmp_path) as driver:
        screen = await go(driver)
        lines = screen.query_one("#main", RoomLines)
        wide = [row.content.plain.rstrip() for row in drawn(lines, 70)]
        (done,) = [" ".join(row.split()) for row in wide if "Boundaries" in row]
        assert done == "Sun 25 Oct Boundaries and dual roles 3 What to say next"
        assert next(row for row in wide if row.startswith("Done")).split() == ["Done", "hours", "focus", "area"]
        narrow = " ".join(row.content.plain.strip() for row in drawn(lines, 36))
        assert "Boundaries and dual roles hours: 3 · focus area: What to say next" in narrow


async def test_five_thousand_activities_come_in_portions(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    make(desk.places, desk.words, desk.clock, "big")
    async with driven(tmp_path) as driver:
        screen = await go(driver)
        lines = screen.query_one("#main", RoomLines)
        few = len(lines.keys)
        await press(driver, "end", "enter")
        assert few <= 9 < 60 < len(lines.keys) <= 70 and lines.cursor == lines.keys[few - 1]


async def test_a_rule_is_chosen_seen_against_and_taken_back_by_keyboard(tmp_path: Path) -> None:
    sit(desk_in(tmp_path)).finish_plan()
    async with driven(tmp_path, size=(80, 24)) as driver:
        await go(driver)
        await press(driver, "v", "enter")
        await driver.type("1 april 2031")
        await press(driver, "enter", "enter")
        assert driver.app.desk.words.problem("cycle_start_far", {}).split(".")[0] in driver.words
        await press(driver, *["backspace"] * 5, "enter", "enter")
        assert "This cycle: 1 Apr 2026 to 31 Mar 2028." in driver.words and "0 of 20" in driver.words
        assert row_at(driver) == "hours"
        (record,) = driver.records("renewal")
        assert record["cycle_start"] == "2026-04-01"
        await press(driver, "u")
        assert "Rules to begin with" in driver.words
