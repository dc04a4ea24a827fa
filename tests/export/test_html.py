"""The page to print: nothing runs on it, nothing is loaded, and each word of a person is text."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from rchrp_goals.export import html
from rchrp_goals.export.sheet import Line, Section, Sheet
from rchrp_goals.plan.text import shown
from tests.export.sheets import HOSTILE, PLAIN, sheet_with

TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "div", "h1", "h2", "p", "section",
    "dl", "dt", "dd", "ul", "li",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "dir"}


class Reader(HTMLParser):
    """Reads a page into tags, attributes and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.open: list[str] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@pytest.mark.parametrize("kind", ["mine", "wall"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str, kind: str) -> None:
    page = html.write(sheet_with(text, kind), 80)
    assert page.replace("\n", "") == shown(page).replace("\n", "")
    reader = Reader(page)
    assert reader.open == []
    assert reader.comments == []
    assert set(reader.tags) <= TAGS
    assert {name for name, _ in reader.attributes} <= ATTRIBUTES
    assert shown(text) in reader.said
    assert reader.tags == Reader(html.write(sheet_with("a" * len(shown(text)), kind), 80)).tags


def test_the_policy_lets_in_this_style_and_nothing_else() -> None:
    for sheet in (PLAIN, sheet_with("x", "wall")):
        page = html.write(sheet, 80)
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert style is not None
        assert policy is not None
        digest = b64encode(sha256(style.group(1).encode()).digest()).decode()
        assert policy.group(1).replace("&#39;", "'") == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        assert "url(" not in style.group(1)
        assert "@import" not in style.group(1)
        assert page.index("Content-Security-Policy") < page.index("<style>")


def test_a_page_names_its_language_and_kind() -> None:
    sheet = Sheet("wall", "es", "Lo que sigue", "", "5 de noviembre de 2026", (), "Nada", "página {page} de {pages}")
    page = html.write(sheet, 80)
    assert '<html lang="es">' in page
    assert '<body class="wall">' in page
    assert "<title>Lo que sigue</title>" in page
    assert '<p class="closing">Nada</p>' in page


def test_values_begin_a_printed_page_and_pages_are_counted_in_the_sheets_language() -> None:
    page = html.write(PLAIN, 80)
    assert 'class="values new-page"' in page
    assert '@bottom-right { content: "page " counter(page) " of " counter(pages) ""' in page
    assert "counter(page)" not in html.write(sheet_with("x", "wall"), 80)


def test_a_page_for_the_wall_is_set_smaller_the_more_stands_on_it() -> None:
    def body(count: int, kind: str = "wall") -> str:
        lines = tuple(Line("Goal", "Shadow three shifts", key=str(number)) for number in range(count))
        page = html.write(Sheet(kind, "en", "t", "", "d", (Section("goal", "", lines),)), 80)
        return page.partition("<body class=")[2].partition(">")[0]

    assert [body(count) for count in (2, 15, 40)] == ['"wall"', '"wall full"', '"wall fuller"']
    assert body(40, "mine") == '"mine"'


def test_lines_under_one_label_are_one_group() -> None:
    lines = (Line("By my side", "Marcus", key="1"), Line("", "Rosa", key="2", joins=True), Line("Then", "x", key="3"))
    page = html.write(Sheet("mine", "en", "t", "", "d", (Section("goal", "", lines),)), 80)
    assert page.count("<dt>") == 2
    assert page.count("<dd") == 3


def test_writing_twice_gives_the_same() -> None:
    assert html.write(PLAIN, 80) == html.write(PLAIN, 40)
