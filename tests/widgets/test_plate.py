from __future__ import annotations

import pytest

from tests.widgets.host import HOSTILE, Host, is_seen_without_colour, lines, shape
from widgets.flow import Flow
from widgets.plate import Plate


async def test_a_key_stands_reversed_beside_its_word() -> None:
    plate = Plate("b", "Back")
    async with Host(plate).run_at() as pilot:
        plate.blur()
        await pilot.pause()
        assert lines(plate) == [" b  Back"]
        assert shape(plate) == [
            [(" b ", False, False, True), (" ", False, False, False), ("Back", False, False, False)]
        ]
        assert plate.size.width == 8


async def test_the_plate_with_the_focus_has_its_cap_in_the_accent() -> None:
    plate, other = Plate("b", "Back"), Plate("p", "Pass")
    async with Host(Flow(plate, other)).run_at() as pilot:
        plate.focus()
        await pilot.pause()
        caps = [one.render().spans[0].style for one in (plate, other)]
        assert "$accent" in str(caps[0]) and "$quiet" in str(caps[1])


@pytest.mark.parametrize(
    ("key", "words", "plain"),
    [("b", "Back", "  Back"), ("esc", "Pause", "   Pause"), ("e", "Example", "  Example")],
)
async def test_without_its_key_it_is_a_plain_plate_of_the_same_width(key: str, words: str, plain: str) -> None:
    with_key, without_key = Plate(key, words), Plate(key, words, show_key=False)
    async with Host(Flow(with_key, without_key)).run_at() as pilot:
        assert lines(without_key) == [plain]
        assert without_key.size == with_key.size
        with_key.show_key = False
        await pilot.pause()
        assert lines(with_key) == [plain]


async def test_a_plain_plate_stands_on_the_ground_that_it_was_given() -> None:
    plate = Plate("b", "Back", show_key=False)
    plate.ground = "on $background"
    async with Host(plate).run_at():
        assert "$background" in str(plate.render().spans[0].style)


async def test_a_plate_that_never_has_a_key_is_as_wide_as_its_word_and_a_blank_on_each_side() -> None:
    plate = Plate("", "tomorrow")
    async with Host(plate).run_at():
        assert plate.size.width == 10
        assert lines(plate) == [" tomorrow"]


async def test_mouse_enter_and_space_press_it() -> None:
    plate = Plate("esc", "Pause", "escape")
    host = Host(plate)
    async with host.run_at() as pilot:
        plate.focus()
        await pilot.click(plate, offset=(6, 0))
        await pilot.press("enter", "space", "x")
        plate.press()
        await pilot.pause()
        plate.disabled = True
        plate.press()
        await pilot.click(plate, offset=(6, 0))
    assert [(message.control, message.key) for message in host.said(Plate.Pressed)] == [(plate, "escape")] * 4
    assert host.passed_keys == ["x"]


async def test_the_key_is_the_label_unless_told_otherwise() -> None:
    assert Plate("b", "Back").key == "b"
    assert Plate("esc", "Pause", "escape").key == "escape"


async def test_it_never_takes_its_own_key() -> None:
    plate = Plate("b", "Back")
    host = Host(plate)
    async with host.run_at() as pilot:
        plate.focus()
        await pilot.press("b")
    assert host.passed_keys == ["b"]
    assert not host.messages


@pytest.mark.parametrize("show_key", [True, False])
async def test_the_focus_shows_without_colour(show_key: bool) -> None:
    assert await is_seen_without_colour(lambda: Plate("b", "Back", show_key=show_key))
    assert await is_seen_without_colour(lambda: Plate("enter", "Next", accent=True, show_key=show_key))


async def test_the_likeliest_is_bold_so_that_it_shows_without_colour() -> None:
    plain, likeliest = Plate("n", "Next"), Plate("n", "Next", accent=True)
    async with Host(Plate("", "first"), plain, likeliest).run_at():
        assert shape(plain) != shape(likeliest)


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_and_key_are_literal_text(words: str) -> None:
    plate = Plate(words, words)
    async with Host(plate).run_at() as pilot:
        assert lines(plate) == [f" {words}  {words}"]
        await pilot.click(plate, offset=(1, 0))
        assert pilot.app.is_running


async def test_plates_flow_into_the_next_row() -> None:
    plates = [Plate("d", "Done"), Plate("l", "Later"), Plate("n", "Not now"), Plate("c", "Change")]
    flow = Flow(*plates, gap=5, row_gap=1)
    async with Host(flow).run_at(40, 12) as pilot:
        assert [plate.region.offset - flow.region.offset for plate in plates] == [
            (0, 0),
            (13, 0),
            (0, 2),
            (16, 2),
        ]
        assert flow.size.height == 3
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert flow.size.height == 1
        plates[0].words = "A much longer word for done that takes up the whole row here"
        await pilot.pause()
        assert flow.size.height == 3


async def test_the_last_plate_stands_at_the_right_edge_where_it_fits() -> None:
    back, following = Plate("b", "Back"), Plate("enter", "Next", accent=True)
    flow = Flow(back, following, is_last_right=True)
    async with Host(flow).run_at(79) as pilot:
        assert flow.region.right == following.region.right
        assert back.region.x == flow.region.x
        await pilot.resize_terminal(26, 12)
        await pilot.pause()
        assert flow.size.height == 2
        assert flow.region.right == following.region.right


@pytest.mark.parametrize(("key", "words", "plain"), [("b", "Back", "[ Back ]"), ("", "tomorrow", "[tomorrow]")])
async def test_in_the_terminals_own_colours_a_plain_plate_has_brackets(key: str, words: str, plain: str) -> None:
    plate = Plate(key, words, show_key=False)
    host = Host(plate)
    async with host.run_at() as pilot:
        width = plate.size.width
        host.ansi_color = True
        plate.refresh()
        await pilot.pause()
        assert lines(plate) == [plain]
        assert plate.size.width == width == len(plain)
