from __future__ import annotations

import time
from functools import partial
from typing import Any

import pytest
from textual import events
from textual.widget import Widget
from textual.widgets import Button, Input, TextArea

from tests.widgets.host import HOSTILE, Host, is_seen_without_colour, lines
from widgets.line_field import CEILING, LINE_CAP, LONG_CAP, LineField, LongField


async def paste(field: Widget, *texts: str) -> Host:
    host = Host(field)
    async with host.run_at() as pilot:
        field.focus()
        for text in texts:
            field.post_message(events.Paste(text))
            await pilot.pause()
    return host


@pytest.mark.parametrize(
    ("pasted", "value"),
    [("one\ntwo", "one two"), ("one\r\ntwo\rthree\n", "one two three"), ("a\u2028b", "a b"), ("", ""), ("\n", "")],
)
async def test_line_ends_become_spaces_in_one_line(pasted: str, value: str) -> None:
    field = LineField()
    await paste(field, pasted)
    assert field.value == value


async def test_a_paste_goes_where_the_cursor_is_and_over_what_is_marked() -> None:
    async with Host(lambda: LineField("abc")).run_at() as pilot:
        field = pilot.app.query_one(LineField)
        field.focus()
        field.cursor_position = 1
        field.post_message(events.Paste("-\n-"))
        await pilot.pause()
        assert field.value == "a- -bc"
        field.select_all()
        field.post_message(events.Paste("new"))
        await pilot.pause()
        assert field.value == "new"


async def test_a_long_text_keeps_its_lines() -> None:
    field = LongField()
    await paste(field, "one\n\ntwo\r\nthree")
    assert field.text == "one\n\ntwo\nthree"


async def test_enter_is_done_and_other_keys_make_lines() -> None:
    field = LongField("first")
    host = Host(field, Button("after"))
    async with host.run_at() as pilot:
        field.focus()
        await pilot.press("ctrl+j", "a", "shift+enter", "b", "alt+enter", "c", "enter")
        await pilot.pause()
        assert field.text == "first\na\nb\nc"
        assert [(said.control, said.text) for said in host.said(LongField.Submitted)] == [(field, "first\na\nb\nc")]
        assert field.size.height == 4
        await pilot.press("tab")
        assert isinstance(host.focused, Button)
    assert host.passed_keys == ["tab"]


async def test_a_new_line_takes_the_place_of_what_is_marked_and_can_be_undone() -> None:
    field = LongField("first")
    async with Host(field).run_at() as pilot:
        field.focus()
        field.select_all()
        await pilot.press("ctrl+j", "x")
        assert field.text == "\nx"
        field.undo()
        field.undo()
        assert field.text == "first"


async def test_enter_in_one_line_submits() -> None:
    submitted: list[str] = []

    class Listener(Host):
        def on_input_submitted(self, event: Input.Submitted) -> None:
            submitted.append(event.value)

    async with Listener(lambda: LineField("words")).run_at() as pilot:
        pilot.app.query_one(LineField).focus()
        await pilot.press("enter")
        await pilot.pause()
    assert submitted == ["words"]


async def test_escape_and_function_keys_reach_the_screen() -> None:
    line, long = LineField(), LongField()
    host = Host(line, long)
    async with host.run_at() as pilot:
        for field in (line, long):
            field.focus()
            await pilot.press("escape", "f1", "f2", "f3", "p")
    assert host.passed_keys == ["escape", "f1", "f2", "f3"] * 2
    assert (line.value, long.text) == ("p", "p")


KINDS = pytest.mark.parametrize("kind", [LineField, LongField])


def warnings(host: Host, kind: type[LineField | LongField]) -> list[Any]:
    """What was said about a text that is too long."""
    return host.said(kind.TooLong)


def bottom(field: Widget) -> str:
    return field.styles.border_bottom[0]


def text_of(field: LineField | LongField) -> str:
    return field.value if isinstance(field, LineField) else field.text


@KINDS
async def test_too_long_is_told_and_kept(kind: type[LineField | LongField]) -> None:
    field = kind(cap=10)
    host = await paste(field, "0123456789", "a", "b", "c" * 50)
    said = warnings(host, kind)
    assert [(message.control, message.length, message.cap, message.is_kept) for message in said] == [
        (field, 11, 10, True)
    ]
    assert field.is_too_long
    assert len(text_of(field)) == 62


@KINDS
async def test_over_the_ceiling_a_paste_is_not_taken(kind: type[LineField | LongField]) -> None:
    field = kind()
    host = await paste(field, "kept", "x" * CEILING)
    said = warnings(host, kind)
    assert [(message.length, message.is_kept) for message in said] == [(CEILING + 4, False)]
    assert text_of(field) == "kept"
    assert not field.is_too_long


@KINDS
async def test_what_was_copied_in_the_app_is_pasted_by_the_same_rules(kind: type[LineField | LongField]) -> None:
    field = kind()
    host = Host(field)
    async with host.run_at() as pilot:
        field.focus()
        host.copy_to_clipboard("one\ntwo")
        await pilot.press("ctrl+v")
        assert text_of(field) == ("one two" if isinstance(field, LineField) else "one\ntwo")
        host.copy_to_clipboard("x" * CEILING)
        await pilot.press("ctrl+v")
        await pilot.pause()
    assert [message.is_kept for message in warnings(host, kind)] == [False]


def test_the_caps_of_the_data_rules() -> None:
    assert (LINE_CAP, LONG_CAP) == (500, 20_000)


@KINDS
@pytest.mark.parametrize(
    "pasted", ["word " * 20_000, "x" * 100_000, "some words on a line\n" * 4_700, "👩‍👩‍👧 é " * 12_000]
)
async def test_a_hundred_thousand_characters_do_not_hold_it_up(kind: type[LineField | LongField], pasted: str) -> None:
    field = kind()
    async with Host(field).run_at() as pilot:
        field.focus()
        begin = time.process_time()
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        await pilot.press("a", "left", "backspace")
        assert time.process_time() - begin < 8
        assert field.is_too_long


async def test_a_text_that_begins_over_its_cap_says_so() -> None:
    host = Host(lambda: LineField("12345", cap=4), LongField("12345", cap=4))
    async with host.run_at() as pilot:
        await pilot.pause()
        assert pilot.app.query_one(LineField).is_too_long
        assert pilot.app.query_one(LongField).is_too_long


@pytest.mark.parametrize("words", HOSTILE)
async def test_text_and_placeholder_are_literal(words: str) -> None:
    line, long = LineField(placeholder=words), LongField(placeholder=words)
    full_long = LongField(words)
    async with Host(line, long, lambda: LineField(words, id="full"), full_long).run_at() as pilot:
        full_line = pilot.app.query_one("#full", LineField)
        line.blur()
        await pilot.pause()
        assert [lines(field)[0] for field in (line, long, full_line, full_long)] == [words] * 4
        long.placeholder = f"{words} again"
        await pilot.pause()
        assert lines(long)[0] == f"{words} again"
        await pilot.click(long, offset=(1, 0))
        assert pilot.app.is_running


@KINDS
async def test_a_line_under_the_text_and_a_heavy_one_with_the_focus(kind: type[LineField | LongField]) -> None:
    field, other = kind(), kind()
    async with Host(field, other).run_at() as pilot:
        field.focus()
        await pilot.pause()
        assert bottom(field) == "heavy"
        assert bottom(other) == "solid"
        assert other.styles.border_top[0] == other.styles.border_left[0] == ""
        field.ascii_glyphs = True
        await pilot.pause()
        assert bottom(field) == "ascii"
        assert field.size.height == 1
        assert field.outer_size.height == 2


async def test_a_long_text_grows_and_then_scrolls() -> None:
    field = LongField()
    async with Host(field).run_at() as pilot:
        field.focus()
        await pilot.press(*["ctrl+j"] * 12)
        await pilot.pause()
        assert field.outer_size.height == 8
        assert field.document.line_count == 13
        assert field.scroll_offset.y == field.max_scroll_y > 0


async def test_the_cursor_never_blinks() -> None:
    assert not LineField().cursor_blink
    assert not LongField().cursor_blink


async def test_the_focus_shows_without_colour() -> None:
    for ascii_glyphs in (False, True):
        assert await is_seen_without_colour(partial(LineField, placeholder="a", ascii_glyphs=ascii_glyphs))
        assert await is_seen_without_colour(partial(LongField, "a", ascii_glyphs=ascii_glyphs))


async def test_a_password_does_not_show() -> None:
    async with Host(lambda: LineField("secret", password=True)).run_at() as pilot:
        field = pilot.app.query_one(LineField)
        field.blur()
        await pilot.pause()
        assert lines(field) == ["••••••"]


async def test_both_are_what_they_are_built_on() -> None:
    assert issubclass(LineField, Input)
    assert issubclass(LongField, TextArea)


async def test_what_the_first_letter_replaces_is_marked_without_colour_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with Host(lambda: LineField("once", is_replaced=True)).run_at() as pilot:
        field = pilot.app.query_one(LineField)
        field.focus()
        await pilot.pause()
        first = next(iter(field.render_line(0)))
        assert first.text.startswith("once") and first.style is not None and first.style.reverse
        await pilot.press("x")
        assert field.value == "x"
