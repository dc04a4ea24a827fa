"""Sheets for a pen: drawn at 80 cells, plain lines at 40 and for the ear, one page to print, and never any markup."""

from __future__ import annotations

import re

import pytest

from rchrp_goals.export import paper_html, paper_md, paper_txt
from rchrp_goals.export.ink import ASCII, FULL, SPOKEN, Ink
from rchrp_goals.export.paper import (
    Block,
    Box,
    Boxes,
    Column,
    Fact,
    Facts,
    Group,
    Paper,
    Part,
    Room,
    Row,
    Say,
    Scale,
    Table,
)
from rchrp_goals.export.registry import FORMATS
from rchrp_goals.export.wrap import cells
from rchrp_goals.plan.text import shown
from tests.export.sheets import HOSTILE
from tests.export.test_html import Reader

TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "div", "h1", "h2", "p", "section",
    "dl", "dt", "dd", "ul", "li", "span", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def one_line(text: str) -> str:
    """Return a text as it comes from a plan: clean, on one line, never empty."""
    return " ".join(shown(text).split()) or "nothing"


def paper_with(text: str) -> Paper:
    """Return a sheet that holds a text in every place that words can reach."""
    said = one_line(text)
    blocks: tuple[Block, ...] = (
        Say(said),
        Room(said),
        Room(said, 2, asks=True),
        Room(said, text=said),
        Row((Room(said, text=said), Room("Date"))),
        Row((Room("1"), Room("2")), said),
        Group(said, (Room(said), Room("then", 2))),
        Scale(said, said, said, said, said, "1"),
        Table(
            (Column(said, is_short=True), Column(said, is_main=True), Column(said), Column(said, is_figures=True)),
            ((said, said, said, said), ("1", said, "", "2")),
        ),
        Scale("How sure?", "not at all", "very"),
        Boxes(said, (Box(said, said, is_ticked=True, label=said), Box("", room=said), Box(said, room=said))),
        Boxes("And now", (Box("keep"), Box(said)), are_short=True),
        Facts((Fact(said, said, said), Fact("", said, said, note_beside=True), Fact("Dates", "today"))),
    )
    return Paper(
        "check-in", "en", said, "5 November 2026", blocks, (Part(said, blocks, said), Part("", blocks)), (said,)
    )


SMALL = Paper(
    "check-in", "en", "Check-in", "5 November 2026",
    (Say("Each part can be passed."), Row((Room("Name", text="Ana", share=2), Room("Date")))),
    (
        Part("Shadow three shifts", (
            Boxes("Steps", (Box("Call Rosa", "tomorrow"), Box("Write", is_ticked=True), Box("", room="one more"))),
            Boxes("And now", (Box("keep"), Box("let go")), are_short=True),
            Room("What went well?", 2, asks=True),
        ), kicker="Goal"),
        Part("Closer", (
            Scale("How sure are you?", "not sure", "sure", "I pass", number="1"),
            Row((Room("1"), Room("2")), "My numbers"),
            Facts((Fact("Dates", "12 May", "look again", note_beside=True), Fact("", "3 June", "again", note_beside=True))),
        )),
    ),
    ("Paper stays.",),
)  # fmt: skip

WIDE = """\
Check-in                                         5 November 2026
────────────────────────────────────────────────────────────────

Each part can be passed.

Name Ana                                   Date _______________


Goal: Shadow three shifts
─────────────────────────

Steps

[ ] Call Rosa
    tomorrow
[x] Write
[ ] one more ___________________________________________________

And now  [ ] keep   [ ] let go

What went well?

________________________________________________________________

________________________________________________________________


Closer
──────

1   How sure are you?

    0───1───2───3───4───5───6───7───8───9───10    [ ] I pass
    not sure                              sure

My numbers

1 _____________________________  2 _____________________________

Dates  12 May  look again
       3 June  again


Paper stays.
"""

NARROW = """\
Check-in
5 November 2026

Each part can be passed.

Name: Ana
Date: ______


Goal: Shadow three shifts

Steps:
[ ] Call Rosa
    tomorrow
[x] Write
[ ] one more: ______

And now:
[ ] keep
[ ] let go

What went well? ______


Closer

1. How sure are you?

   not sure
   0 1 2 3 4 5 6 7 8 9 10
   sure
   [ ] I pass

My numbers: ______

Dates:
- 12 May, look again
- 3 June, again


Paper stays.
"""


def test_drawn_for_the_eye() -> None:
    assert paper_txt.write(SMALL, 64) == WIDE


def test_one_thing_after_another_for_a_braille_line() -> None:
    assert paper_txt.write(SMALL, 40) == NARROW


def test_a_voice_meets_no_row_of_signs() -> None:
    for width in (40, 80):
        assert not re.search(r"[─_-]{7,}|──", paper_txt.write(SMALL, width, SPOKEN))


def test_ascii_draws_with_ascii() -> None:
    assert paper_txt.write(SMALL, 80, ASCII).isascii()
    assert not paper_txt.write(SMALL, 80, FULL).isascii()


def test_a_long_line_is_no_wider_than_a_page() -> None:
    assert paper_txt.write(SMALL, 300) == paper_txt.write(SMALL, 80)


@pytest.mark.parametrize("ink", [FULL, ASCII, SPOKEN])
@pytest.mark.parametrize("width", [20, 40, 59, 60, 80])
@pytest.mark.parametrize("text", [*HOSTILE, "word " * 30, "¿" + "a" * 70 + "?"])
def test_no_line_is_longer_and_no_code_is_left(text: str, width: int, ink: Ink) -> None:
    written = paper_txt.write(paper_with(text), width, ink)
    assert written.endswith("\n")
    for line in written.split("\n"):
        assert cells(line) <= width
        assert line == shown(line)
        assert line == line.rstrip()


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.is_data])
@pytest.mark.parametrize("width", [40, 80])
def test_every_format_writes_every_text(name: str, width: int) -> None:
    written = "".join(FORMATS[name].paper_writer().write(SMALL, width).split())
    is_narrow = name == "md" or (name == "txt" and width < paper_txt.WIDE)
    for text in SMALL.texts:
        if not (is_narrow and text in {"1", "2"}):
            assert "".join(text.split()) in written, text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_on_a_page(text: str) -> None:
    page = paper_html.write(paper_with(text), 80)
    reader = Reader(page)
    assert reader.open == []
    assert reader.comments == []
    assert set(reader.tags) <= TAGS
    assert {name for name, _ in reader.attributes} <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "dir", "scope",
    }  # fmt: skip
    said = one_line(text)
    assert said in [" ".join(one.split()) for one in reader.said]
    assert reader.tags == Reader(paper_html.write(paper_with("a" * len(said)), 80)).tags


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_no_markup(text: str) -> None:
    written = paper_md.write(paper_with(text), 80)
    assert not re.search(r"(?<!\\)[<`]", written)
    assert not re.search(r"(?<!\\)\]\(", written)


def test_a_page_is_cut_in_no_block_and_loads_nothing() -> None:
    page = paper_html.write(SMALL, 80)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert re.search(r"\.block \{[^}]*break-inside: avoid", style.group(1))
    assert re.search(r"h2 \{[^}]*break-after: avoid", style.group(1))
    assert "url(" not in style.group(1)
    assert "default-src &#39;none&#39;" in page
    assert page.count('class="ruled"') == 2
    assert page.count('class="tick"') == 11


def test_a_voice_is_told_a_line_to_mark_in_the_order_of_its_ends() -> None:
    spoken = paper_txt.write(SMALL, 80, SPOKEN)
    assert "   not sure\n   0 1 2 3 4 5 6 7 8 9 10\n   sure\n   [ ] I pass\n" in spoken
    assert "\nMy numbers: ______\n" in spoken


def test_a_long_table_goes_on_over_the_page_with_its_headings_and_whole_rows() -> None:
    table = Table(
        (Column("What", is_main=True), Column("Hours", is_figures=True)), tuple((f"A talk {n}", "1") for n in range(90))
    )
    page = paper_html.write(Paper("hours", "en", "Hours", "", (), (Part("Done", (table,)),)), 80)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None and re.search(r"table\.block \{[^}]*break-inside: auto", style.group(1))
    assert re.search(r"thead \{[^}]*table-header-group", style.group(1))
    assert re.search(r"\ntr \{[^}]*break-inside: avoid", style.group(1))
    assert '<section class="">' in page
