from __future__ import annotations

import pytest
from textual.selection import SELECT_ALL

from tests.widgets.host import HOSTILE, Host, lines
from widgets.then_and_now import Legend, Row, ThenAndNow

ROWS = [
    Row("I can support a person well when the goal they choose is one I would not choose for myself.",
        3, 7, "Day One: at 3. Now: at 7, leaning toward agree."),
    Row("Someone who uses drugs can be in recovery.", 8, 6, "Day One: at 8. Now: at 6, leaning toward agree."),
    Row("Some substances are too dangerous.", 5, 5, "Day One: at 5. Now: at 5. It stayed."),
    Row("My own pathway makes me a better coach.", 9, None, "Day One: at 9. Now: passed."),
    Row("The words I use change what people can reach.", None, 10, "Day One: passed. Now: at 10, strongly agree."),
    Row("Nobody was asked.", None, None, "Passed both times."),
]  # fmt: skip
LEGEND = Legend("Day One, 3 Nov", "now, 5 Nov", "both")


def build(*rows: Row, ascii_glyphs: bool = False) -> ThenAndNow:
    return ThenAndNow(
        rows or ROWS,
        "disagree",
        "agree",
        title="Then and now",
        legend=LEGEND,
        ascii_glyphs=ascii_glyphs,
    )


async def test_it_is_the_picture_of_the_design() -> None:
    picture = build()
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


async def test_the_words_go_under_the_line_where_it_is_narrow() -> None:
    picture = build(ROWS[2])
    async with Host(picture).run_at(80):
        assert lines(picture)[2:] == [
            "   Some substances are too dangerous.",
            "   disagree ────────────────────◉──────────────────── agree",
            "   Day One: at 5. Now: at 5. It stayed.",
        ]


async def test_forty_columns() -> None:
    picture = ThenAndNow(ROWS[:2], "en desacuerdo", "de acuerdo", overhang=0)
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
    picture = ThenAndNow(ROWS[2:3], "completamente en desacuerdo", "completamente de acuerdo", overhang=0)
    async with Host(picture).run_at(44, 12):
        assert lines(picture)[1:4] == [
            "completamente en desacuerdo",
            "completamente de acuerdo",
            "───────────────◉───────────────",
        ]


async def test_the_legend_goes_under_the_title_where_it_is_narrow() -> None:
    picture = build(ROWS[2])
    async with Host(picture).run_at(40, 12):
        assert lines(picture)[:5] == ["   Then and now", "   ○ Day One, 3 Nov", "   ● now, 5 Nov", "   ◉ both", ""]


async def test_ascii() -> None:
    picture = build(*ROWS[1:3], ascii_glyphs=True)
    async with Host(picture).run_at(126, 36):
        shown = lines(picture)
        assert shown[0].endswith("o Day One, 3 Nov    * now, 5 Nov    # both")
        assert "disagree ------------------------*=======o-------- agree" in shown[3]
        assert "disagree --------------------#-------------------- agree" in shown[6]
        assert "\n".join(shown).isascii()


@pytest.mark.parametrize("words", HOSTILE)
async def test_everything_is_literal_text(words: str) -> None:
    picture = ThenAndNow([Row(words, 1, 2, words)], words, words, title=words)
    async with Host(picture).run_at(126, 36) as pilot:
        await pilot.pause()
        shown = lines(picture)
        assert shown[0] == f"   {words}"
        assert shown[2] == f"   {words}"
        assert shown[3].startswith(f"   {words} ────○━━━●────")
        beside = shown[3].endswith(f" {words}  {words}") or shown[3].endswith(f" {words}    {words}")
        assert beside or shown[4] == f"   {words}"


async def test_its_words_can_be_marked_and_copied() -> None:
    picture = build()
    async with Host(picture).run_at(126, 36):
        copied = picture.get_selection(SELECT_ALL)
        assert copied is not None
        assert "Day One: at 5. Now: at 5. It stayed." in copied[0]
