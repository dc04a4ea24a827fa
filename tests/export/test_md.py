"""Markdown: headings and bold are ours, a person's words come out as they were written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rchrp_goals.export import md
from rchrp_goals.plan.text import shown
from tests.export.sheets import HOSTILE, PLAIN, sheet_with

OURS = {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "hr"}
OURS_INLINE = {"text", "strong_open", "strong_close", "hardbreak", "text_special"}
READERS = (MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"]))


def tokens(text: str, reader: MarkdownIt) -> list[Token]:
    return reader.parse(text)


def words(parsed: list[Token]) -> str:
    said = [
        "\n" if one.type == "hardbreak" else one.content
        for token in parsed
        for one in token.children or ()
        if one.type in {"text", "hardbreak", "text_special"}
    ]
    return "".join(said)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("reader", READERS)
def test_hostile_text_is_never_markup(text: str, reader: MarkdownIt) -> None:
    written = md.write(sheet_with(text), 80)
    assert all(line == shown(line) for line in written.split("\n"))
    parsed = tokens(written, reader)
    assert {token.type for token in parsed} <= OURS
    assert {one.type for token in parsed for one in token.children or ()} <= OURS_INLINE
    assert [token.tag for token in parsed if token.type == "heading_open"] == ["h1", "h2"]
    for line in shown(text).split("\n"):
        assert line.strip() in words(parsed)


@given(st.text())
def test_any_text_comes_out_as_it_was(text: str) -> None:
    text = "\n".join(line.strip() for line in shown(text).split("\n"))
    parsed = tokens(md.escaped(re.sub(r"\s+", " ", text).strip()), READERS[1])
    assert {token.type for token in parsed} <= OURS
    assert {one.type for token in parsed for one in token.children or ()} <= {"text", "text_special"}


def test_what_it_looks_like() -> None:
    assert md.write(PLAIN, 80).startswith("""\
# My plan

Shadow three syringe service shifts\\
5 November 2026

Goal: **Shadow three syringe service shifts**\\
Shadow three syringe service shifts\\
Why: Shadow three syringe service shifts\\
""")


def test_ordinary_punctuation_stays_readable() -> None:
    text = "Ask Rosa (7:30, at the van) - why not? It's 50% mine; 3.5 hours, no. 2!"
    assert md.escaped(text) == text
