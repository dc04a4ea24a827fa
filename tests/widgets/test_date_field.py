from __future__ import annotations

from datetime import date

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from tests.widgets.host import HOSTILE, Host, lines
from widgets.date_field import DateField, Reading
from widgets.line_field import LineField
from widgets.plate import Plate

TOMORROW, IN_A_WEEK = date(2026, 11, 24), date(2026, 11, 30)
THIRD, ELEVENTH = date(2026, 11, 3), date(2027, 3, 11)


def read(text: str) -> Reading:
    if text == "3/11":
        return Reading((THIRD, ELEVENTH), "Two ways.", ("3 November", "March 11"))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Reading((), "Not a day yet." if text else "")
    return Reading((day,), f"{day:%d/%m/%Y}")


def build(*, value: date | None = None, text: str = "", ascii_glyphs: bool = False) -> DateField:
    shortcuts = [("tomorrow", TOMORROW), ("in a week", IN_A_WEEK)]
    return DateField(read, shortcuts, value=value, text=text, ascii_glyphs=ascii_glyphs)


def echo(field: DateField) -> str:
    return " ".join(lines(field.query_one(Static)))


def plates(field: DateField) -> list[str]:
    return [plate.words for plate in field.query(Plate) if plate.region.area]


async def write(field: DateField, text: str, *keys: str) -> Host:
    host = Host(field)
    async with host.run_at() as pilot:
        field.focus()
        await pilot.press(*text, *keys)
        await pilot.pause()
    return host


async def test_what_was_understood_stands_under_it() -> None:
    field = build()
    host = Host(field)
    async with host.run_at() as pilot:
        field.focus()
        assert (echo(field), field.value) == ("", None)
        await pilot.press(*"2026-11-2")
        await pilot.pause()
        assert (echo(field), field.value) == ("Not a day yet.", None)
        await pilot.press("6")
        await pilot.pause()
        assert (echo(field), field.value, field.text) == ("26/11/2026", date(2026, 11, 26), "2026-11-26")
    said = host.said(DateField.Changed)
    assert (said[-1].control, said[-1].text, said[-1].value) == (field, "2026-11-26", date(2026, 11, 26))
    assert [message.value for message in said[:-1]] == [None] * 9


@pytest.mark.parametrize(
    ("steps", "day"), [(["tab", "enter"], THIRD), (["tab", "tab", "space"], ELEVENTH), (["enter", "enter"], THIRD)]
)
async def test_two_readings_are_two_buttons(steps: list[str], day: date) -> None:
    field = build()
    host = await write(field, "3/11")
    assert field.value is None
    assert [message.value for message in host.said(DateField.Changed)][-1] is None
    field = build()
    host = await write(field, "3/11", *steps)
    assert field.value == day
    assert field.text == ("3 November" if day == THIRD else "March 11")
    assert not host.said(DateField.Submitted)


async def test_the_two_buttons_show_only_while_there_are_two_readings() -> None:
    field = build()
    async with Host(field).run_at() as pilot:
        field.focus()
        assert plates(field) == ["tomorrow", "in a week"]
        await pilot.press(*"3/11")
        await pilot.pause()
        assert plates(field) == ["3 November", "March 11", "tomorrow", "in a week"]
        assert echo(field) == "Two ways."
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert plates(field) == ["tomorrow", "in a week"]
        assert echo(field) == "03/11/2026"
        assert isinstance(pilot.app.focused, LineField)


async def test_shortcuts_by_mouse_and_by_keys() -> None:
    field = build()
    host = Host(field)
    async with host.run_at() as pilot:
        await pilot.click(list(field.query(Plate))[3])
        await pilot.pause()
        assert (field.text, field.value, echo(field)) == ("in a week", IN_A_WEEK, "30/11/2026")
        assert field.query_one(LineField).value == "in a week"
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert (field.text, field.value) == ("tomorrow", TOMORROW)
    assert [message.value for message in host.said(DateField.Changed)] == [IN_A_WEEK, TOMORROW]


async def test_a_day_that_stands_gives_way_to_the_one_that_is_typed() -> None:
    field = build(value=TOMORROW, text="Tuesday 24 November 2026")
    await write(field, "2026-11-26")
    assert (field.text, field.value) == ("2026-11-26", date(2026, 11, 26))


async def test_enter_submits_what_stands() -> None:
    for text, value in (("2026-11-26", date(2026, 11, 26)), ("soon", None), ("", None)):
        field = build()
        host = await write(field, text, "enter")
        assert [(said.control, said.text, said.value) for said in host.said(DateField.Submitted)] == [
            (field, text, value)
        ]


async def test_a_day_and_its_words_are_restored_in_silence() -> None:
    field = build(value=TOMORROW, text="tomorrow")
    plain = build(value=TOMORROW)
    read_again = build(text="2026-11-26")
    host = Host(VerticalScroll(field, plain, read_again))
    async with host.run_at() as pilot:
        await pilot.pause()
        assert (field.text, field.value, echo(field)) == ("tomorrow", TOMORROW, "24/11/2026")
        assert (plain.text, plain.value) == ("2026-11-24", TOMORROW)
        assert (read_again.value, echo(read_again)) == (date(2026, 11, 26), "26/11/2026")
    assert not host.messages


async def test_a_chosen_day_is_forgotten_when_its_words_are_changed() -> None:
    field = build(value=TOMORROW, text="tomorrow")
    host = await write(field, "", "end", "!")
    assert (field.text, field.value) == ("tomorrow!", None)
    assert host.said(DateField.Changed)[-1].value is None


async def test_the_line_inside_keeps_its_messages_to_itself() -> None:
    heard: list[object] = []

    class Listener(Host):
        def on_input_changed(self, event: Input.Changed) -> None:
            heard.append(event)

        def on_plate_pressed(self, event: Plate.Pressed) -> None:
            heard.append(event)

    field = build()
    async with Listener(field).run_at() as pilot:
        field.focus()
        await pilot.press("3", "enter", "tab", "enter")
        await pilot.pause()
    assert heard == []


async def test_the_buttons_wrap_at_forty_columns() -> None:
    field = DateField(read, [("in a few days from now", TOMORROW), ("in a week or two", IN_A_WEEK)])
    async with Host(field).run_at(40, 12):
        places = [plate.region for plate in field.query(Plate)][2:]
        assert places[0].x == places[1].x
        assert places[1].y == places[0].y + 1


@pytest.mark.parametrize("words", HOSTILE)
async def test_everything_is_literal_text(words: str) -> None:
    reading = Reading((THIRD, ELEVENTH), words, (words, words))
    field = DateField(lambda _: reading, [(words, TOMORROW)], placeholder=words)
    async with Host(field).run_at() as pilot:
        assert echo(field) == words
        assert plates(field) == [words] * 3
        assert all(lines(plate) == [f" {words}"] for plate in field.query(Plate))
        await pilot.click(Static, offset=(1, 0))
        assert pilot.app.is_running


async def test_ascii_reaches_the_line() -> None:
    field = build(ascii_glyphs=True)
    async with Host(field).run_at() as pilot:
        assert field.query_one(LineField).ascii_glyphs
        field.ascii_glyphs = False
        await pilot.pause()
        assert not field.query_one(LineField).ascii_glyphs
