from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.selection import SELECT_ALL

from tests.widgets.host import HOSTILE, Host, is_seen_without_colour, lines
from widgets.then_and_now import Legend, Row, ThenAndNow

ROWS = [
    Row("I can support a person well when the goal they choose is one I would not choose for myself.",
        3, 7, "Day One: at 3. Now: at 7, leaning toward agree."),
    Row("Someone who uses drugs can be in recovery.", 8, 6, "Day One: at 8. Now: at 6, leaning toward agree.",
        "I sat with Dee for a year.", "Why, in my words:"),
    Row("Some substances are too dangerous.", 5, 5, "Day One: at 5. Now: at 5. It stayed."),
    Row("My own pathway makes me a better coach.", 9, None, "Day One: at 9. Now: passed."),
    Row("The words I use change what people can reach.", None, 10, "Day One: passed. Now: at 10, strongly agree."),
    Row("Nobody was asked.", None, None, "Passed both times."),
]  # fmt: skip
LEGEND = Legend("Day One, 3 Nov", "now, 5 Nov", "both")


def build(*rows: Row, is_still: bool = False, ascii_glyphs: bool = False) -> ThenAndNow:
    return ThenAndNow(
        rows or ROWS,
        "disagree",
        "agree",
        title="Then and now",
        legend=LEGEND,
        is_still=is_still,
        ascii_glyphs=ascii_glyphs,
    )


async def test_it_is_the_picture_of_the_design() -> None:
    picture = build(is_still=True)
    async with Host(picture).run_at(126, 36):
        assert lines(picture) == [
            "   Then and now                                                          ○ Day One, 3 Nov    ● now, 5 Nov    ◉ both",
            "",
            "   I can support a person well when the goal they choose is one I would",
            "   not choose for myself.",
            "   disagree ────────────○━━━━━━━━━━━━━━━●──────────── agree    Day One: at 3. Now: at 7, leaning toward agree.",
            "",
            "   Someone who uses drugs can be in recovery.",
            "   disagree ────────────────────────●━━━━━━━○──────── agree    Day One: at 8. Now: at 6, leaning toward agree.",
            "",
            "   Some substances are too dangerous.",
            "   disagree ────────────────────◉──────────────────── agree    Day One: at 5. Now: at 5. It stayed.",
            "",
            "   My own pathway makes me a better coach.",
            "   disagree ────────────────────────────────────○──── agree    Day One: at 9. Now: passed.",
            "",
            "   The words I use change what people can reach.",
            "   disagree ────────────────────────────────────────● agree    Day One: passed. Now: at 10, strongly agree.",
            "",
            "   Nobody was asked.",
            "   disagree ───────────────────────────────────────── agree    Passed both times.",
        ]  # fmt: skip


async def test_short_words_stand_beside_a_short_line() -> None:
    rows = [Row("How much it matters", 8, 8, "still at 8"), Row("How sure I am of the next step", 7, 8, "at 7, now 8")]
    picture = ThenAndNow(rows, "0", "10", is_still=True, widest_step=2, overhang=0)
    async with Host(picture).run_at(48):
        assert lines(picture) == [
            "How much it matters",
            "0 ────────────────◉──── 10  still at 8",
            "",
            "How sure I am of the next step",
            "0 ──────────────○━●──── 10  at 7, now 8",
        ]


async def test_the_words_go_under_the_line_where_it_is_narrow() -> None:
    picture = build(ROWS[2], is_still=True)
    async with Host(picture).run_at(80):
        assert lines(picture)[2:] == [
            "   Some substances are too dangerous.",
            "   disagree ────────────────────◉──────────────────── agree",
            "   Day One: at 5. Now: at 5. It stayed.",
        ]


async def test_forty_columns() -> None:
    picture = ThenAndNow(ROWS[:2], "en desacuerdo", "de acuerdo", overhang=0, is_still=True)
    async with Host(picture).run_at(44, 12):
        assert lines(picture) == [
            "I can support a person well when the",
            "goal they choose is one I would not",
            "choose for myself.",
            "en desacuerdo ───○━━━●─── de acuerdo",
            "Day One: at 3. Now: at 7, leaning",
            "toward agree.",
            "",
            "Someone who uses drugs can be in",
            "recovery.",
            "en desacuerdo ──────●━○── de acuerdo",
            "Day One: at 8. Now: at 6, leaning",
            "toward agree.",
        ]


async def test_ends_that_leave_no_room_stand_above_the_line() -> None:
    picture = ThenAndNow(
        ROWS[2:3], "completamente en desacuerdo", "completamente de acuerdo", overhang=0, is_still=True
    )
    async with Host(picture).run_at(44, 12):
        assert lines(picture)[1:4] == [
            "completamente en desacuerdo",
            "completamente de acuerdo",
            "───────────────◉───────────────",
        ]


async def test_the_legend_goes_under_the_title_where_it_is_narrow() -> None:
    picture = build(ROWS[2], is_still=True)
    async with Host(picture).run_at(40, 12):
        assert lines(picture)[:5] == ["   Then and now", "   ○ Day One, 3 Nov", "   ● now, 5 Nov", "   ◉ both", ""]


async def test_ascii() -> None:
    picture = build(*ROWS[1:3], is_still=True, ascii_glyphs=True)
    async with Host(picture).run_at(126, 36):
        shown = lines(picture)
        assert shown[0].endswith("o Day One, 3 Nov    * now, 5 Nov    # both")
        assert "disagree ------------------------*=======o-------- agree" in shown[3]
        assert "disagree --------------------#-------------------- agree" in shown[6]
        assert "\n".join(shown).isascii()


async def test_the_row_under_the_cursor_opens_its_detail() -> None:
    picture = build()
    host = Host(picture)
    async with host.run_at(126, 40) as pilot:
        assert not any("Why, in my words" in line for line in lines(picture))
        picture.focus()
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()
        shown = lines(picture)
        at = shown.index("   Why, in my words: I sat with Dee for a year.")
        assert shown[at - 1] == ""
        assert picture.size.height == len(shown)
        grounds = [next(iter(picture.render_line(y))).style.bgcolor for y in (at - 4, at, at + 1, at + 2)]  # type: ignore[union-attr]
        assert grounds[0] == grounds[1] == grounds[2] != grounds[3]
        await pilot.press("up")
        await pilot.pause()
        assert not any("Why, in my words" in line for line in lines(picture))
    assert [message.at for message in host.said(ThenAndNow.Highlighted)] == [1, 0]


async def test_keys_that_it_takes_and_keys_that_pass() -> None:
    picture = build()
    host = Host(picture)
    async with host.run_at(120, 40) as pilot:
        picture.focus()
        await pilot.press("end", "down", "enter", "home", "x", "escape")
    assert [message.at for message in host.said(ThenAndNow.Highlighted)] == [5, 0]
    assert [(message.control, message.at) for message in host.said(ThenAndNow.Opened)] == [(picture, 5)]
    assert host.passed_keys == ["x", "escape"]


async def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    picture = build()
    host = Host(picture)
    async with host.run_at(126, 40) as pilot:
        picture.focus()
        await pilot.pause()
        y = lines(picture).index("   Some substances are too dangerous.")
        await pilot.click(picture, offset=(10, y))
        await pilot.pause()
        assert picture.cursor == 2
        assert not host.said(ThenAndNow.Opened)
        y = lines(picture).index("   Some substances are too dangerous.")
        await pilot.click(picture, offset=(10, y), times=2)
        await pilot.pause()
    assert [message.at for message in host.said(ThenAndNow.Opened)] == [2]


@pytest.mark.parametrize("count", [0, 1, 30])
async def test_any_number_of_rows_stays_in_sight_in_a_scroll(count: int) -> None:
    picture = ThenAndNow([Row(f"statement {at}", at % 11, 5, f"words {at}") for at in range(count)], "no", "yes")
    scroll = VerticalScroll(picture, can_focus=False)
    scroll.styles.height = 10
    host = Host(scroll)
    async with host.run_at(80, 24) as pilot:
        picture.focus()
        await pilot.press(*["down"] * 12, "end")
        await pilot.pause()
        await pilot.pause()
        if count:
            y = picture.region.y + lines(picture).index(f"   statement {count - 1}")
            assert scroll.region.y <= y < scroll.region.bottom
        else:
            assert lines(picture) == []
            assert host.passed_keys[-1] == "end"


async def test_a_still_picture_takes_no_focus() -> None:
    assert build().can_focus
    assert not build(is_still=True).can_focus


async def test_other_rows_can_be_shown() -> None:
    picture = build()
    async with Host(picture).run_at(126, 40) as pilot:
        picture.cursor = 5
        picture.set_rows(ROWS[:1])
        await pilot.pause()
        assert picture.cursor == 0
        assert len(lines(picture)) == 7


@pytest.mark.parametrize("words", HOSTILE)
async def test_everything_is_literal_text(words: str) -> None:
    picture = ThenAndNow([Row(words, 1, 2, words, words, words)], words, words, title=words)
    async with Host(picture).run_at(126, 36) as pilot:
        picture.focus()
        await pilot.pause()
        shown = lines(picture)
        assert shown[0] == f"   {words}"
        assert shown[3] == f"   {words}"
        assert shown[4].startswith(f"   {words} ────○━━━●────")
        beside = shown[4].endswith(f" {words}  {words}") or shown[4].endswith(f" {words}    {words}")
        assert beside or shown[5] == f"   {words}"
        assert shown[6 if beside else 7] == f"   {words} {words}"


async def test_its_words_can_be_marked_and_copied() -> None:
    picture = build(is_still=True)
    async with Host(picture).run_at(126, 36):
        copied = picture.get_selection(SELECT_ALL)
        assert copied is not None
        assert "Day One: at 5. Now: at 5. It stayed." in copied[0]


async def test_the_focus_shows_without_colour() -> None:
    assert await is_seen_without_colour(build)
