"""The settings room: every setting with what holds now, changed by choosing; and where everything lies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from rchrp_goals.services.desk import Desk
from rchrp_goals.services.keys import complaints_of
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.settings import SettingLine, keep_setting, setting_line, setting_lines, value_words, written
from rchrp_goals.store.settings_spec import BY_NAME

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
        sections=(*sections, Section(rows=rows), folder),
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


def _change(name: str, desk: Desk, answers: Mapping[str, Any]) -> Said:
    setting = BY_NAME[name]
    value = next((one for one in setting.choices if written(one) == answers["value"]), None)
    keep_setting(desk, name, value)
    line = setting_line(setting, desk.settings, desk.words)
    said = desk.words.ui("settings_room.command.kept", title=line.title, value=line.words)
    return Said(said, f"setting:{name}")
