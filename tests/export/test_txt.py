"""Plain text at every width, for eyes and for fingers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.export import txt
from rchrp_goals.export.ink import ASCII, SPOKEN
from rchrp_goals.export.sheet import Line, Section, Sheet
from rchrp_goals.export.wrap import cells, wrapped
from rchrp_goals.plan.text import shown
from tests.export.sheets import HOSTILE, sheet_with

WALL = Sheet(
    "wall", "en", "What comes next", "", "5 November 2026",
    (
        Section("goal", "", (
            Line("Goal", "Shadow three shifts", is_strong=True, key="g"),
            Line("First step", "Write to them", "Monday 9 November", is_strong=True, key="s"),
        )),
        Section("ahead", "", (
            Line("Dates", "Thursday 12 November", "how did the step go?", key="a", note_beside=True, is_item=True),
            Line("", "Wednesday 3 February 2027", "look again", key="b", joins=True, note_beside=True, is_item=True),
        )),
    ),
)  # fmt: skip

WIDE = """\
What comes next                              5 November 2026

────────────────────────────────────────────────────────────

Goal        Shadow three shifts

First step  Write to them
            Monday 9 November

────────────────────────────────────────────────────────────

Dates       Thursday 12 November       how did the step go?
            Wednesday 3 February 2027  look again
"""

BRAILLE = """\
What comes next
5 November 2026

Goal: Shadow three shifts

First step: Write to them
  Monday 9 November

Dates:
- Thursday 12 November, how did the step
  go?
- Wednesday 3 February 2027, look again
"""


def test_two_columns() -> None:
    assert txt.write(WALL, 60) == WIDE


def test_one_column_for_a_braille_line() -> None:
    assert txt.write(WALL, 40) == BRAILLE


def test_a_voice_meets_no_rule_and_ascii_draws_its_own() -> None:
    assert "─" not in txt.write(WALL, 80, SPOKEN)
    assert txt.write(WALL, 80, ASCII).isascii()


def test_a_page_for_the_wall_that_is_taller_than_a_screen_stands_closer() -> None:
    lines = tuple(Line("Goal", f"Shadow shift {n}", is_strong=True, key=str(n)) for n in range(10))
    written = txt.write(Sheet("wall", "en", "What comes next", "", "5 May", (Section("goal", "", lines),)), 80)
    assert written.count("\n") <= 23
    assert written.count("Shadow") == 10
    mine = txt.write(Sheet("mine", "en", "My plan", "", "5 May", (Section("goal", "", lines),)), 80)
    assert mine.count("\n") == 23


def test_what_goes_with_a_statement_is_drawn_in_and_alike_lines_are_not() -> None:
    values = Section("values", "Where I stand", (
        Line("", "I may pass.", "Now: at 3.", is_strong=True), Line("", "“so it is”", joins=True),
    ))  # fmt: skip
    agreements = Section("agreements", "Along", (
        Line("", "One", is_item=True), Line("", "Two", joins=True, is_item=True),
    ))  # fmt: skip
    sheet = Sheet("mine", "en", "My plan", "", "5 May", (values, agreements))
    assert "I may pass.\n  Now: at 3.\n  “so it is”\n" in txt.write(sheet, 80)
    assert "\nOne\nTwo\n" in txt.write(sheet, 80)
    assert "\n- One\n- Two\n" in txt.write(sheet, 40)


def test_two_colons_do_not_meet_on_one_narrow_line() -> None:
    sheet = Sheet("mine", "en", "My plan", "", "5 May", (Section("goal", "", (Line("By me", "Rosa: calls"),)),))
    assert "By me:\n  Rosa: calls\n" in txt.write(sheet, 40)


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 200])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_is_longer_and_no_code_is_left(text: str, width: int) -> None:
    written = txt.write(sheet_with(text), width)
    assert written.endswith("\n")
    for line in written.split("\n"):
        assert cells(line) <= width
        assert line == shown(line)
        assert line == line.rstrip()


def test_nothing_of_a_text_is_lost() -> None:
    text = "Every word of it, and a-very-long-one-that-does-not-fit-into-a-narrow-line, stands there."
    for width in (20, 40, 80):
        written = txt.write(sheet_with(text), width)
        assert written.replace("\n", "").replace(" ", "").count(text.replace(" ", "")) >= 2


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Ana", 3),
        ("Íñigo", 5),
        ("I\u0301n\u0303igo", 5),
        ("你好", 4),
        ("👩\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("❤\ufe0f", 2),
        ("a\u200bb", 2),
        ("", 0),
        ("ｱｲｳ", 3),
        ("한국", 4),
    ],
)
def test_cells(text: str, size: int) -> None:
    assert cells(text) == size


def test_wide_letters_wrap_by_cells() -> None:
    assert wrapped("你好你好你", 4) == ["你好", "你好", "你"]
    assert wrapped("👩\u200d👩\u200d👧👩\u200d👩\u200d👧", 3) == ["👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"]


@given(st.text(), st.integers(2, 80))
def test_wrapping_keeps_every_sign_but_blanks(text: str, width: int) -> None:
    text = shown(text)
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(cells(line) <= width for line in lines)
