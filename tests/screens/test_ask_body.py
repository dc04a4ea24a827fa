"""What of a question is in sight: by where the person is, however quickly they got there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from rchrp_goals.plan.text import ONE_LINE_CAP
from rchrp_goals.screens.participant.ask_body import Rows, place_for, rows_at_cursor
from tests.scenes import SCENES
from tests.screens.driver import Driver, driven
from tests.screens.seen import opened
from widgets.choice_list import ChoiceList

SMALL = (40, 12)
ROWS = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda one: (one[0], one[0] + one[1]))


@given(
    wanted=st.lists(ROWS, max_size=5), here=st.integers(0, 100), height=st.integers(1, 40), beyond=st.integers(0, 40)
)
def test_the_most_important_is_in_sight_and_nothing_is_scrolled_past_its_ends(
    wanted: list[Rows], here: int, height: int, beyond: int
) -> None:
    last = max(0, max((bottom for _, bottom in wanted), default=0) + beyond - height)
    at = place_for(wanted, here, height, last)
    assert 0 <= at <= last
    for top, bottom in [rows for rows in wanted if rows[1] - rows[0] <= height][:1]:
        assert at <= top and bottom <= at + height


@given(wanted=st.lists(ROWS, min_size=1, max_size=5), here=st.integers(0, 100))
def test_what_fits_from_the_beginning_is_not_scrolled(wanted: list[Rows], here: int) -> None:
    height = max(bottom for _, bottom in wanted)
    assert place_for(wanted, here, height, 50) == 0


@pytest.mark.parametrize(
    ("wanted", "here", "place"),
    [
        ([(12, 14)], 0, 4),  # no further than it needs
        ([(2, 4)], 9, 0),  # back to the beginning as soon as there is room
        ([(5, 7), (6, 13)], 0, 3),  # what belongs to it too
        ([(5, 7), (6, 20)], 0, 0),  # not what is higher than the window
        ([(5, 7), (12, 16)], 0, 5),  # as much of it as goes
        ([(9, 11), (0, 40)], 4, 4),  # in something high, only as far as one goes in it
    ],
)
def test_where_a_window_of_ten_rows_stands(wanted: list[Rows], here: int, place: int) -> None:
    assert place_for(wanted, here, 10, 40) == place


def focus_is_seen(driver: Driver) -> bool:
    """Tell whether the rows that the person is at are within the window."""
    focused, body = driver.ask.focused, driver.ask.body
    assert focused is not None
    ((top, bottom),) = rows_at_cursor(focused, body)
    return body.scroll_offset.y <= top and bottom <= body.scroll_offset.y + body.size.height


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_follow_up_is_seen_however_quickly_the_number_comes(tmp_path: Path, language: str) -> None:
    places = []
    for folder, is_quick in (("slow", False), ("quick", True)):
        scene = next(one for one in SCENES if one.name == "ask-ruler")
        async with opened(scene, tmp_path / folder, language, SMALL) as driver:
            if is_quick:
                for digit in "72":
                    driver.app.post_message(events.Key(digit, digit))
                await driver.pilot.pause()
            else:
                await driver.press("7", "2")
            follow_up = driver.ask.query(ChoiceList).last()
            assert follow_up.region.y < driver.ask.body.region.bottom, driver.text
            assert focus_is_seen(driver)
            places.append((driver.ask.body.scroll_offset.y, driver.text))
    assert places[0] == places[1]


async def test_a_window_made_small_shows_where_the_person_is(tmp_path: Path) -> None:
    async with driven(tmp_path, "values") as driver:
        await driver.press("enter", "7", "tab")
        await driver.type("I saw it work")
        await driver.pilot.resize_terminal(*SMALL)
        await driver.pilot.pause()
        assert "I saw it work" in driver.text
        assert focus_is_seen(driver)
        await driver.pilot.resize_terminal(80, 24)
        await driver.pilot.pause()
        assert driver.ask.body.scroll_offset.y == 0


async def test_whoever_scrolls_is_let_be_until_they_go_on(tmp_path: Path) -> None:
    async with driven(tmp_path, "values", size=SMALL) as driver:
        await driver.press("enter", "7")
        before = driver.ask.body.scroll_offset.y
        await driver.press("pageup" if before else "pagedown")
        scrolled = driver.ask.body.scroll_offset.y
        assert scrolled != before
        await driver.pilot.resize_terminal(41, 12)
        await driver.pilot.pause()
        assert driver.ask.body.scroll_offset.y == scrolled
        await driver.press("8")
        assert focus_is_seen(driver)


async def test_a_click_hits_what_was_under_it_when_the_button_went_down(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        areas = driver.app.desk.words.bank("focus_areas")
        row = next(y for y, row in enumerate(driver.rows) if areas[2].text in row)
        before = driver.ask.body.scroll_offset.y
        await driver.pilot.mouse_down(offset=(20, row))
        await driver.pilot.pause()
        assert driver.ask.body.scroll_offset.y == before and areas[2].text in driver.rows[row]
        await driver.pilot.mouse_up(offset=(20, row))
        await driver.pilot.pause()
        assert focus_is_seen(driver)


async def test_of_an_explanation_higher_than_the_window_the_beginning_is_seen(tmp_path: Path) -> None:
    async with driven(tmp_path, "values", size=(40, 9)) as driver:
        await driver.press("enter", "w")
        aside, body = driver.ask.aside, driver.ask.body
        assert aside.region.height > body.size.height, driver.text
        assert aside.region.y == body.region.y, driver.text


async def test_a_button_that_went_up_elsewhere_holds_nothing_back(tmp_path: Path) -> None:
    async with driven(tmp_path, "values", size=SMALL) as driver:
        await driver.press("enter", "7")
        line = driver.ask.focused
        assert line is not None
        await driver.pilot.mouse_down(line)
        await driver.press("f9")
        await driver.pilot.mouse_up(offset=(1, 1))
        await driver.press("f9", "tab")
        assert driver.ask.focused is not line
        assert focus_is_seen(driver), driver.text
        await driver.press("shift+tab")
        assert focus_is_seen(driver), driver.text


async def test_what_cannot_be_kept_is_said_in_sight_also_after_one_scrolled(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals", size=SMALL) as driver:
        (box,) = driver.ask.boxes.values()
        await driver.type("x" * (ONE_LINE_CAP + 1))
        await driver.press("pagedown", "pagedown", "enter")
        assert box.problem.display
        assert driver.ask.body.region.contains_region(box.problem.region), driver.text
        assert focus_is_seen(driver), driver.text
