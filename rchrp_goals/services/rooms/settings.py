"""The settings room: every setting with what holds now, changed by choosing; and where everything lies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from rchrp_goals.errors import AnswerRefused, UsageProblem
from rchrp_goals.services.actions import ACTIONS
from rchrp_goals.services.actions import cap as cap_of
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.keys import choose_key, complaints_of
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.settings import SettingLine, keep_setting, setting_line, setting_lines, value_words, written
from rchrp_goals.store.settings import write_key
from rchrp_goals.store.settings_spec import BY_NAME

HIDE = "app.toggle_hidden"
USUAL = "usual"
"""The option that takes a setting out of the file."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the settings as they hold now."""
    words = desk.words
    rows = tuple(_row(line, desk) for line in setting_lines(desk.settings, words))
    wrong = tuple(Row(words.problem(one.key, one.args)) for one in complaints_of(desk.settings, desk.places))
    sections = [Section(words.ui("settings_room.wrong"), wrong)] if wrong else []
    folder = Section(
        words.ui("settings_room.folder"),
        (Row(desk.places.data, note=words.ui("settings_room.folder_note")),),
        is_aside=True,
    )
    return RoomView(
        place,
        words.ui("rooms.name.settings"),
        about=words.ui("settings_room.room_about"),
        sections=(*sections, Section(rows=rows), _keys(desk), folder),
        language=words.language,
    )


def _row(line: SettingLine, desk: Desk) -> Row:
    words, name = desk.words, line.setting.name
    options = tuple(Option(written(one.value), one.words) for one in line.choices)
    if line.value != line.setting.default:
        usual = value_words(line.setting, line.setting.default, words)
        options += (Option(USUAL, words.ui("settings_room.as_usual"), usual),)
    ask = Ask("value", "choice", line.about, None if line.value is None else written(line.value), options)
    change = Action("settings.change", change=partial(_change, name), asks=(ask,), title=line.title)
    return Row(line.title, f"setting:{name}", when=line.words, note=line.about, is_strong=True, actions=(change,))


def _keys(desk: Desk) -> Section:
    """Return the key that hides everything, which can be another one, and where all the others are said."""
    ui, cap = desk.words.ui, desk.keys.cap(HIDE)
    ask = Ask(
        "key", "line", ui("settings_room.room_keys.ask", cap=cap_of(ACTIONS[HIDE].key)), read=partial(_read_key, desk)
    )
    title = ui("settings_room.room_keys.hide")
    change = Action("settings.change", change=_change_key, asks=(ask,), title=title)
    about = ui("settings_room.room_keys.hide_about")
    rows = (
        Row(title, f"key:{HIDE}", when=cap, note=about, is_strong=True, actions=(change,)),
        Row(ui("settings_room.room_keys.others")),
    )
    return Section(ui("settings_room.room_keys.heading"), rows)


def _read_key(desk: Desk, said: str) -> str:
    """Return the key that somebody types for hiding, empty for the usual one. Raises AnswerRefused."""
    if desk.words.ui("settings_room.typed.usual").split().count(said.strip().casefold()):
        return ""
    try:
        return choose_key(HIDE, said, desk.settings, desk.places.settings)
    except UsageProblem as problem:
        raise AnswerRefused(problem.key, **problem.values) from None


def _change_key(desk: Desk, answers: Mapping[str, Any]) -> Said:
    desk.settings = write_key(desk.places, HIDE, answers["key"] or None)
    ui = desk.words.ui
    title = ui("settings_room.room_keys.hide")
    return Said(ui("settings_room.command.kept", title=title, value=desk.keys.cap(HIDE)), f"key:{HIDE}")


def _change(name: str, desk: Desk, answers: Mapping[str, Any]) -> Said:
    setting = BY_NAME[name]
    value = next((one for one in setting.choices if written(one) == answers["value"]), None)
    keep_setting(desk, name, value)
    line = setting_line(setting, desk.settings, desk.words)
    said = desk.words.ui("settings_room.command.kept", title=line.title, value=line.words)
    return Said(said, f"setting:{name}")
