from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from tests.widgets.host import HOSTILE, Host, is_seen_without_colour, lines, shape
from widgets.choice_list import Choice, ChoiceList

IDEAS = [
    Choice("shadow", "Shadow a few shifts at a syringe service"),
    Choice("ask", "Ask before I offer advice, every time"),
    Choice("carry", "Carry naloxone, and be able to show someone how"),
]
COMPUTERS = [
    Choice("mine", "Mine alone", "Your plan stays on it."),
    Choice("lent", "Lent to me for today", "Sealed with a word. At the end you take it along or wipe it."),
]


def many(count: int) -> list[Choice]:
    return [Choice(f"c{number}", f"choice {number}") for number in range(1, count + 1)]


async def press(widget: ChoiceList, *keys: str) -> Host:
    host = Host(widget, Button("after"))
    async with host.run_at() as pilot:
        widget.focus()
        await pilot.press(*keys)
        await pilot.pause()
    return host


async def test_it_is_the_list_of_the_design() -> None:
    choices = ChoiceList(IDEAS)
    async with Host(choices).run_at(85):
        assert lines(choices) == [
            "    1   Shadow a few shifts at a syringe service",
            "    2   Ask before I offer advice, every time",
            "    3   Carry naloxone, and be able to show someone how",
        ]


async def test_options_with_a_second_line_stand_apart() -> None:
    choices = ChoiceList(COMPUTERS)
    async with Host(choices).run_at(85):
        assert lines(choices) == [
            "    1   Mine alone",
            "        Your plan stays on it.",
            "",
            "    2   Lent to me for today",
            "        Sealed with a word. At the end you take it along or wipe it.",
        ]


async def test_enter_leaves_the_option_that_stands() -> None:
    choices = ChoiceList(IDEAS, picked=["carry"])
    host = await press(choices, "enter")
    assert choices.picked == ("carry",)
    assert [message.choice_id for message in host.said(ChoiceList.Chosen)] == ["carry"]


async def test_the_row_under_the_cursor_reaches_across_and_its_number_is_reversed() -> None:
    choices = ChoiceList(IDEAS)
    async with Host(choices).run_at(85) as pilot:
        choices.focus()
        await pilot.press("down")
        grounds = [{part.style.bgcolor for part in choices.render_line(y) if part.style} for y in range(3)]
        assert len(grounds[1]) == 1
        assert grounds[0] == grounds[2] != grounds[1]
        assert choices.render_line(1).cell_length == choices.size.width
        assert [part for part in shape(choices)[1] if part[3]] == [(" 2 ", False, False, True)]


async def test_text_wraps_under_itself_and_is_never_shortened() -> None:
    choices = ChoiceList(
        [Choice("a", "Carry naloxone, and be able to show someone how"), Choice("b", "z" * 50, "q " * 30)]
    )
    async with Host(choices).run_at(40, 12):
        shown = lines(choices)
        assert shown[0] == "    1   Carry naloxone, and"
        assert all(line.startswith(" " * 8) for line in shown[1:] if line and "2" not in line[:6])
        assert "".join(shown).replace(" ", "").count("z") == 50
        assert "".join(shown).count("q") == 30
        assert choices.size.height == len(shown)


async def test_the_overhang_is_the_callers() -> None:
    choices = ChoiceList(IDEAS, overhang=0)
    async with Host(choices).run_at() as pilot:
        assert lines(choices)[0].startswith(" 1   Shadow")
        choices.overhang = 1
        await pilot.pause()
        assert lines(choices)[0].startswith("  1   Shadow")


@pytest.mark.parametrize(
    ("keys", "under_cursor"),
    [
        ([], "shadow"),
        (["down"], "ask"),
        (["down"] * 9, "carry"),
        (["up"], "shadow"),
        (["end"], "carry"),
        (["end", "home"], "shadow"),
    ],
)
async def test_the_cursor_moves_and_stays_in_the_list(keys: list[str], under_cursor: str) -> None:
    choices = ChoiceList(IDEAS)
    await press(choices, *keys)
    assert choices.highlighted == under_cursor


async def test_moves_are_told_and_only_moves() -> None:
    choices = ChoiceList(IDEAS)
    host = await press(choices, "down", "up", "up")
    assert len(host.said(ChoiceList.Moved)) == 2


async def test_enter_chooses_in_a_single_list() -> None:
    choices = ChoiceList(IDEAS)
    host = await press(choices, "down", "enter")
    assert [(message.control, message.choice_id) for message in host.said(ChoiceList.Chosen)] == [(choices, "ask")]
    assert choices.picked == ("ask",)
    assert host.passed_keys == []


async def test_a_number_marks_and_does_not_choose_yet() -> None:
    choices = ChoiceList(IDEAS)
    host = await press(choices, "2")
    assert choices.picked == ("ask",)
    assert choices.highlighted == "ask"
    assert [message.picked for message in host.said(ChoiceList.Changed)] == [("ask",)]
    assert not host.said(ChoiceList.Chosen)


async def test_a_number_chooses_in_a_menu() -> None:
    host = await press(ChoiceList(IDEAS, is_menu=True), "3")
    assert [message.choice_id for message in host.said(ChoiceList.Chosen)] == ["carry"]


async def test_in_a_long_menu_a_number_waits_while_a_longer_one_can_be_meant() -> None:
    host = await press(ChoiceList(many(12), is_menu=True), "1", "2", "5", "1", "enter")
    assert [message.choice_id for message in host.said(ChoiceList.Chosen)] == ["c12", "c5", "c1"]


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        (["1"], "c1"), (["1", "2"], "c12"), (["1", "0"], "c10"), (["2", "1"], "c1"), (["1", "left", "2"], "c2"),
        (["1", "5"], "c5"), (["9"], "c9"), (["0"], None), (["1", "1"], "c11"),
    ],
)  # fmt: skip
async def test_two_digits_where_there_are_more_than_nine(keys: list[str], picked: str | None) -> None:
    choices = ChoiceList(many(12))
    await press(choices, *keys)
    assert choices.picked == ((picked,) if picked else ())


async def test_numbers_and_space_tick_and_untick_in_a_multiple_list() -> None:
    choices = ChoiceList(IDEAS, multiple=True, picked=["carry"])
    host = await press(choices, "1", "3", "down", "space", "2", "2", "enter")
    assert [message.picked for message in host.said(ChoiceList.Changed)] == [
        ("shadow", "carry"), ("shadow",), ("shadow", "carry"), ("shadow", "ask", "carry"), ("shadow", "carry"),
    ]  # fmt: skip
    assert not host.said(ChoiceList.Chosen)
    assert host.passed_keys == ["enter"]


async def test_the_second_digit_takes_back_the_first_tick() -> None:
    choices = ChoiceList(many(12), multiple=True, picked=["c3"])
    await press(choices, "1", "2")
    assert choices.picked == ("c3", "c12")


async def test_ticks_are_seen_without_colour() -> None:
    choices = ChoiceList(IDEAS, multiple=True, picked=["ask"])
    single = ChoiceList(IDEAS, picked=["ask"])
    async with Host(choices, single).run_at(85) as pilot:
        assert lines(choices)[:2] == [
            "    1  [ ]  Shadow a few shifts at a syringe service",
            "    2  [✓]  Ask before I offer advice, every time",
        ]
        assert lines(single)[1] == "    2 ✓ Ask before I offer advice, every time"
        choices.ascii_glyphs = single.ascii_glyphs = True
        await pilot.pause()
        assert lines(choices)[1] == "    2  [*]  Ask before I offer advice, every time"
        assert lines(single)[1] == "    2 * Ask before I offer advice, every time"


async def test_a_click_chooses_or_ticks() -> None:
    single, multiple = ChoiceList(COMPUTERS), ChoiceList(IDEAS, multiple=True)
    host = Host(single, multiple)
    async with host.run_at(85) as pilot:
        await pilot.click(single, offset=(12, 4))
        await pilot.click(single, offset=(12, 2))
        await pilot.click(multiple, offset=(1, 1))
        await pilot.click(multiple, offset=(60, 2))
        await pilot.click(multiple, offset=(60, 1))
    assert [message.choice_id for message in host.said(ChoiceList.Chosen)] == ["lent"]
    assert multiple.picked == ("carry",)


async def test_what_is_picked_can_be_set_without_a_message() -> None:
    choices = ChoiceList(IDEAS, multiple=True)
    host = Host(choices)
    async with host.run_at() as pilot:
        choices.picked = ["carry", "nobody", "shadow"]
        await pilot.pause()
        assert choices.picked == ("shadow", "carry")
    assert not host.messages


async def test_a_single_list_keeps_one() -> None:
    choices = ChoiceList(IDEAS, picked=["ask", "carry"])
    assert choices.picked == ("ask",)


async def test_other_options_keep_the_cursor_and_the_ticks() -> None:
    choices = ChoiceList(many(3), multiple=True, picked=["c2", "c3"])
    async with Host(choices).run_at() as pilot:
        choices.cursor = 2
        choices.set_options([*many(6)[2:], Choice("new", "new")])
        await pilot.pause()
        assert choices.picked == ("c3",)
        assert choices.highlighted == "c3"
        assert choices.size.height == 5


async def test_all_options_can_be_taken_away() -> None:
    choices = ChoiceList(many(3))
    async with Host(choices).run_at() as pilot:
        choices.set_options([])
        await pilot.pause()
        assert choices.highlighted is None
        assert choices.size.height == 0


async def test_an_empty_list_lets_every_key_through() -> None:
    host = await press(ChoiceList(), "enter", "1", "space", "down")
    assert host.passed_keys == ["enter", "1", "space", "down"]
    assert not host.messages


async def test_an_option_without_words_keeps_its_number() -> None:
    choices = ChoiceList([Choice("a", ""), Choice("b", "b")])
    async with Host(choices).run_at():
        assert lines(choices) == ["    1", "    2   b"]


async def test_sixty_options_in_a_scroll_keep_the_cursor_in_sight() -> None:
    choices = ChoiceList(many(60))
    inner = VerticalScroll(Static("\n" * 5), choices, can_focus=False)
    inner.styles.height = 8
    inner.styles.margin = 1
    host = Host(Static("\n" * 20), inner, Static("\n" * 20))
    async with host.run_at(40, 12) as pilot:
        choices.focus()
        await pilot.pause()

        def is_in_sight() -> bool:
            y = choices.region.y + choices.cursor
            return inner.region.y <= y < inner.region.bottom and 0 <= y < 12

        for keys in (["down"] * 11, ["end"], ["up"] * 9, ["4", "3"], ["home"]):
            await pilot.press(*keys)
            await pilot.pause()
            assert is_in_sight(), keys


async def test_the_cursor_stays_in_sight_when_the_options_wrap_anew() -> None:
    choices = ChoiceList([Choice(str(number), "many words that wrap " * 3) for number in range(30)])
    async with Host(choices).run_at(100, 24) as pilot:
        choices.focus()
        choices.cursor = 15
        await pilot.pause()
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        await pilot.pause()
        y = choices.region.y + next(y for y, line in enumerate(lines(choices)) if " 16  " in line)
        assert 0 <= y < 12


@pytest.mark.parametrize("words", HOSTILE)
async def test_options_are_literal_text(words: str) -> None:
    choices = ChoiceList([Choice("a", words, words)])
    async with Host(choices).run_at() as pilot:
        assert lines(choices) == [f"    1   {words}", f"        {words}"]
        await pilot.click(choices, offset=(9, 0))
        assert pilot.app.is_running


async def test_the_focus_shows_without_colour() -> None:
    assert await is_seen_without_colour(lambda: ChoiceList(IDEAS))
    assert await is_seen_without_colour(lambda: ChoiceList(IDEAS, multiple=True))


def test_the_cursor_begins_on_what_is_picked_so_that_enter_keeps_it() -> None:
    options = [Choice("a", "one"), Choice("b", "two"), Choice("c", "three")]
    assert ChoiceList(options, picked=["c"]).highlighted == "c"
    assert ChoiceList(options).highlighted == "a"
    assert ChoiceList(options, multiple=True, picked=["c"]).highlighted == "a"


@pytest.mark.parametrize(
    ("width", "rows"),
    [
        (70, ["    1   Look      nothing changes", "    r   A longer one without a note"]),
        (42, ["    1   Look", "        nothing changes", "    r   A longer one without a", "        note"]),
    ],
)
async def test_notes_stand_beside_where_there_is_room(width: int, rows: list[str]) -> None:
    choices = [Choice("look", "Look", "nothing changes"), Choice("read", "A longer one without a note", cap="r")]
    choice_list = ChoiceList(choices, is_menu=True, is_spaced=False, is_beside=True)
    async with Host(choice_list).run_at(width):
        assert lines(choice_list) == rows
