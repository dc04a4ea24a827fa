from __future__ import annotations

import pytest
from textual.widgets import Button

from tests.widgets.host import HOSTILE, Host, colours, is_seen_without_colour, lines
from widgets.continuum import Continuum
from widgets.ruler import Ruler

WIDE = [
    "strongly disagree                                        strongly agree",
    "┌──────┬──────┬──────┬──────┬──────┬──────┬──────◆──────┬──────┬──────┐",
    "0      1      2      3      4      5      6      7      8      9     10",
]


def build(position: int | None = None, *, ascii_glyphs: bool = False) -> Continuum:
    return Continuum("strongly disagree", "strongly agree", position, ascii_glyphs=ascii_glyphs)


async def press(*keys: str, begin: int | None = None) -> tuple[Continuum, Host]:
    continuum = build(begin)
    host = Host(continuum, Button("after"))
    async with host.run_at() as pilot:
        continuum.focus()
        await pilot.press(*keys)
        await pilot.pause()
    return continuum, host


async def test_it_is_the_line_of_the_design() -> None:
    continuum = build(7)
    async with Host(continuum).run_at(80):
        assert lines(continuum) == WIDE
        assert continuum.size.width == 71


async def test_it_is_never_wider_than_71_cells() -> None:
    continuum = build(7)
    async with Host(continuum).run_at(120, 40):
        assert lines(continuum) == WIDE


async def test_nothing_is_marked_until_somebody_marks_it() -> None:
    continuum = build()
    host = Host(continuum)
    async with host.run_at() as pilot:
        continuum.focus()
        await pilot.pause()
        assert "◆" not in "".join(lines(continuum))
        assert continuum.position is None
    assert not host.messages


async def test_forty_columns_take_three_cells_a_step() -> None:
    continuum = build(10)
    async with Host(continuum).run_at(40, 12):
        assert lines(continuum) == [
            "strongly",
            "disagree         strongly agree",
            "┌──┬──┬──┬──┬──┬──┬──┬──┬──┬──◆",
            "0  1  2  3  4  5  6  7  8  9 10",
        ]


async def test_ends_with_a_word_too_long_for_half_the_line_stand_one_under_the_other() -> None:
    continuum = Continuum("completamente en desacuerdo", "nadadeacuerdodeltodo", 0)
    async with Host(continuum).run_at(40, 12):
        assert lines(continuum)[:2] == ["completamente en desacuerdo", "           nadadeacuerdodeltodo"]


@pytest.mark.parametrize("width", [11, 14, 19, 24, 29, 34, 40, 45, 60, 79, 100])
async def test_every_width_has_a_line_with_even_steps(width: int) -> None:
    continuum = build(5)
    async with Host(continuum).run_at(width + 8):
        row = lines(continuum)[-2]
        step, rest = divmod(len(row) - 1, 10)
        assert rest == 0
        assert row[step * 5] == "◆"
        assert lines(continuum)[-1].endswith("10")
        assert len(lines(continuum)[-1]) == len(row)


@pytest.mark.parametrize(
    ("keys", "position"),
    [
        (["7"], 7),
        (["0"], 0),
        (["1"], 1),
        (["1", "0"], 10),
        (["1", "1", "0"], 10),
        (["1", "0", "0"], 0),
        (["7", "0"], 0),
        (["1", "x", "0"], 0),
        (["1", "left", "0"], 0),
        (["1", "tab", "shift+tab", "0"], 0),
        (["plus"], 10),
        (["end"], 10),
        (["9", "home"], 0),
        (["left"], 5),
        (["right"], 5),
        (["right", "right"], 6),
        (["4", "left"], 3),
        (["home", "left"], 0),
        (["end", "right"], 10),
        (["7", "delete"], None),
        (["7", "backspace"], None),
    ],
)
async def test_keys_place_the_marker(keys: list[str], position: int | None) -> None:
    continuum, _ = await press(*keys)
    assert continuum.position == position


async def test_ten_has_no_time_limit() -> None:
    continuum = build()
    async with Host(continuum).run_at() as pilot:
        continuum.focus()
        await pilot.press("1")
        await pilot.pause(0.6)
        assert continuum.position == 1
        await pilot.press("0")
        assert continuum.position == 10


async def test_each_change_is_told_once() -> None:
    continuum, host = await press("7", "7", "end", "delete", "delete")
    said = host.said(Continuum.Changed)
    assert [message.position for message in said] == [7, 10, None]
    assert all(message.control is continuum for message in said)


async def test_setting_it_is_silent() -> None:
    continuum = build()
    host = Host(continuum)
    async with host.run_at() as pilot:
        continuum.position = 4
        await pilot.pause()
        assert "◆" in lines(continuum)[1]
        continuum.position = 99
        assert continuum.position == 10
    assert not host.messages


async def test_other_keys_pass_on() -> None:
    _, host = await press("enter", "p", "b", "escape", "up", "down", "7")
    assert host.passed_keys == ["enter", "p", "b", "escape", "up", "down"]


async def test_a_click_places_it_and_a_drag_moves_it() -> None:
    continuum = build()
    host = Host(continuum)
    async with host.run_at() as pilot:
        await pilot.click(continuum, offset=(29, 1))
        assert continuum.position == 4
        await pilot.click(continuum, offset=(70, 2))
        assert continuum.position == 10
        await pilot.mouse_down(continuum, offset=(0, 1))
        await pilot.hover(continuum, offset=(21, 1))
        assert continuum.position == 3
        await pilot.hover(continuum, offset=(60, 8))
        assert continuum.position == 9
        await pilot.mouse_up(continuum, offset=(60, 2))
        await pilot.hover(continuum, offset=(0, 1))
        assert continuum.position == 9
    assert [message.position for message in host.said(Continuum.Changed)] == [4, 10, 0, 3, 9]


async def test_a_click_on_the_words_or_with_another_button_places_nothing() -> None:
    continuum = build()
    async with Host(continuum).run_at() as pilot:
        await pilot.click(continuum, offset=(60, 0))
        await pilot.click(continuum, offset=(21, 1), button=3)
        assert continuum.position is None


async def test_a_click_breaks_the_ten() -> None:
    continuum = build()
    async with Host(continuum).run_at() as pilot:
        continuum.focus()
        await pilot.press("1")
        await pilot.click(continuum, offset=(7, 1))
        await pilot.press("0")
        assert continuum.position == 0


async def test_ascii() -> None:
    continuum = build(7, ascii_glyphs=True)
    async with Host(continuum).run_at() as pilot:
        assert lines(continuum)[1] == "|------|------|------|------|------|------|------#------|------|------|"
        continuum.ascii_glyphs = False
        await pilot.pause()
        assert lines(continuum) == WIDE


@pytest.mark.parametrize("words", HOSTILE)
async def test_the_ends_are_literal_text(words: str) -> None:
    continuum = Continuum(words, words, 3)
    async with Host(continuum).run_at() as pilot:
        row = lines(continuum)[0]
        assert row.startswith(words)
        assert row.endswith(words)
        await pilot.click(continuum, offset=(1, 0))
        assert pilot.app.is_running


async def test_the_focus_shows_without_colour() -> None:
    assert await is_seen_without_colour(build)
    assert await is_seen_without_colour(lambda: build(7))


async def test_without_colour_everything_is_grey(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    continuum = build(7)
    async with Host(continuum).run_at() as pilot:
        continuum.focus()
        await pilot.pause()
        assert lines(continuum) == WIDE
        assert all(value[1:3] == value[3:5] == value[5:7] for value in colours(continuum))


async def test_new_words_move_the_height() -> None:
    continuum = build(7)
    async with Host(continuum).run_at(40, 12) as pilot:
        assert continuum.size.height == 4
        continuum.low, continuum.high = "no", "yes"
        await pilot.pause()
        assert continuum.size.height == 3
        assert lines(continuum)[0] == "no                          yes"


async def test_a_ruler_is_the_same_line_and_posts_the_same_message() -> None:
    ruler = Ruler("not at all sure", "as sure as can be")
    host = Host(ruler)
    async with host.run_at() as pilot:
        ruler.focus()
        await pilot.press("8")
        assert lines(ruler)[1].index("◆") == 56
        assert ruler.size.width == 71
    assert [message.position for message in host.said(Ruler.Changed)] == [8]
