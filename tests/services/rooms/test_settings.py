"""The settings room: what holds now, changed by choosing, in both languages; and no bad value ends anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import AnswerRefused
from rchrp_goals.services.room import Place, RoomView, Row
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.store.settings import read_settings
from rchrp_goals.store.settings_spec import SPEC
from tests.services.desk import desk_in
from tests.services.rooms.rooms import do

ROOM = Place("settings")


def rows(view: RoomView) -> dict[str, Row]:
    return {row.key: row for section in view.sections for row in section.rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_stands_there_with_what_holds(tmp_path: Path, language: str) -> None:
    view = read_room(desk_in(tmp_path, language), ROOM)
    assert [key for key in rows(view) if key.startswith("setting:")] == [f"setting:{one.name}" for one in SPEC]
    assert all(row.when and row.note for key, row in rows(view).items() if key)


@pytest.mark.parametrize("name", [one.name for one in SPEC])
def test_every_choice_is_kept_and_the_usual_comes_back(tmp_path: Path, name: str) -> None:
    desk = desk_in(tmp_path)
    setting = next(one for one in SPEC if one.name == name)
    for value in setting.choices:
        (action,) = rows(read_room(desk, ROOM))[f"setting:{name}"].actions
        (ask,) = action.asks
        option = next(
            one.id for one in ask.options if one.id == (str(value).lower() if isinstance(value, bool) else value)
        )
        assert action.change is not None
        said = action.change(desk, {"value": option})
        assert getattr(read_settings(desk.places), name) == value and said.at == f"setting:{name}" and said.sentence
    if value != setting.default:
        (action,) = rows(read_room(desk, ROOM))[f"setting:{name}"].actions
        assert action.asks[0].options[-1].id == "usual" and action.change is not None
        action.change(desk, {"value": "usual"})
        assert getattr(read_settings(desk.places), name) == setting.default


def test_a_chosen_language_speaks_at_once(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    (action,) = rows(read_room(desk, ROOM))["setting:language"].actions
    assert action.change is not None
    assert action.change(desk, {"value": "es"}).sentence.startswith("Guardado")
    assert read_room(desk, ROOM).title == "Ajustes"


def test_what_of_the_file_was_not_taken_is_said(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = "pink"\n', encoding="utf-8")
    view = read_room(desk_in(tmp_path), ROOM)
    assert "theme" in view.sections[0].rows[0].text and view.sections[0].heading


def test_the_key_that_hides_can_be_another_one_and_its_own_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    place = Place("settings")
    assert rows(read_room(desk, ROOM))["key:app.toggle_hidden"].when == "F9"
    said = do(desk, place, "settings.change", "key:app.toggle_hidden", key="F8")
    assert said.sentence.endswith("F8.") and desk.keys.key("app.toggle_hidden") == "f8"
    assert rows(read_room(desk, ROOM))["key:app.toggle_hidden"].when == "F8"
    for wrong in ("x", "f1", "the big one", "tab"):
        with pytest.raises(AnswerRefused) as refused:
            do(desk, place, "settings.change", "key:app.toggle_hidden", key=wrong)
        assert desk.words.problem(refused.value.key, refused.value.values)
    do(desk, place, "settings.change", "key:app.toggle_hidden", key="Usual")
    assert desk.keys.key("app.toggle_hidden") == "f9"
    assert read_settings(desk.places).keys == ()
