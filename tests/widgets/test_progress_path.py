from __future__ import annotations

import pytest

from tests.widgets.host import HOSTILE, Host, lines, shape
from widgets.progress_path import Part, ProgressPath

PARTS = [
    Part("Values", 6, 2, is_current=True),
    Part("Learning", 2, 0),
    Part("Goal", 9, 0),
    Part("Ahead", 1, 0),
    Part("Plan", 1, 0),
]


def at_goal(done: int) -> list[Part]:
    return [
        Part("Values", 6, 6),
        Part("Learning", 2, 2),
        Part("Goal", 9, done, is_current=True),
        Part("Plan", 1, 0),
    ]


async def test_it_is_the_path_of_the_design() -> None:
    path = ProgressPath(PARTS)
    async with Host(path).run_at():
        assert lines(path) == ["Values ● ● ◆ ○ ○ ○ · Learning · Goal · Ahead · Plan"]


async def test_only_the_title_and_the_place_at_hand_are_bold() -> None:
    path = ProgressPath(at_goal(1))
    async with Host(path).run_at():
        assert [text for text, bold, _, _ in shape(path)[0] if bold] == ["Goal", "◆"]


async def test_a_part_whose_stops_are_all_behind_has_no_marker() -> None:
    path = ProgressPath(at_goal(9))
    async with Host(path).run_at():
        assert lines(path) == ["Values · Learning · Goal ● ● ● ● ● ● ● ● ● · Plan"]


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (51, "Values ● ● ◆ ○ ○ ○ · Learning · Goal · Ahead · Plan"),
        (50, "Values ● ● ◆ ○ ○ ○"),
        (18, "Values ● ● ◆ ○ ○ ○"),
        (17, "Values 3/6"),
        (10, "Values 3/6"),
        (9, "Valu… 3/6"),
    ],
)
async def test_it_gives_way_step_by_step_and_stays_one_row(room: int, shown: str) -> None:
    path = ProgressPath(PARTS)
    async with Host(path).run_at(room + 8):
        assert lines(path) == [shown]
        assert path.size.height == 1


async def test_the_count_never_passes_its_end() -> None:
    path = ProgressPath(at_goal(9))
    async with Host(path).run_at(20):
        assert lines(path) == ["Goal 9/9"]


async def test_ascii() -> None:
    path = ProgressPath(PARTS, ascii_glyphs=True)
    async with Host(path).run_at():
        assert lines(path) == ["Values * * # o o o | Learning | Goal | Ahead | Plan"]


async def test_new_parts_are_drawn() -> None:
    path = ProgressPath(PARTS)
    async with Host(path).run_at() as pilot:
        path.parts = tuple(at_goal(0))
        await pilot.pause()
        assert lines(path) == ["Values · Learning · Goal ◆ ○ ○ ○ ○ ○ ○ ○ ○ · Plan"]


async def test_no_part_at_hand_and_no_part_at_all() -> None:
    path, empty = ProgressPath([Part("Values", 6, 0), Part("Goal", 9, 0)]), ProgressPath()
    async with Host(path, empty).run_at(20):
        assert lines(path) == ["Values · Go…"]
        assert lines(empty) == [""]


@pytest.mark.parametrize("words", HOSTILE)
async def test_titles_are_literal_text(words: str) -> None:
    path = ProgressPath([Part(words, 1, 0, is_current=True), Part(words, 1, 0)])
    async with Host(path).run_at():
        assert lines(path) == [f"{words} ◆ · {words}"]


async def test_it_takes_no_focus() -> None:
    assert not ProgressPath(PARTS).can_focus
