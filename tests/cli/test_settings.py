"""``settings``: listed, shown, set, in the words of either language, and never a question."""

from __future__ import annotations

import json

import pytest

from rchrp_goals.services.actions import ACTIONS
from rchrp_goals.store.locks import WindowLock
from rchrp_goals.store.settings import read_settings
from rchrp_goals.store.settings_spec import SPEC
from tests.cli.calling import Caller


def test_every_setting_is_listed_with_what_holds_and_what_may_be_chosen(spoken: Caller) -> None:
    code, out, err = spoken("settings")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 2 * len(SPEC) + 2
    assert lines[-2].startswith("keys: ")
    for setting, said, choices in zip(SPEC, lines[:-2:2], lines[1:-2:2], strict=True):
        assert said.startswith(f"{setting.name}: ")
        assert len(said) > len(setting.name) + 3
        for choice in setting.choices:
            assert isinstance(choice, bool) or choice in choices
    assert not spoken.data.exists()


def test_one_setting_says_what_each_choice_means(call: Caller) -> None:
    assert call("settings", "breath").out.splitlines() == [
        "breath: yes",
        "    A rest that is offered after the values line.",
        "    yes",
        "    no",
    ]
    assert call("--lang", "es", "settings", "colores").out.startswith("theme: auto (como la terminal)")


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("breath no", "breath", False),
        ("un-respiro sí", "breath", True),
        ("theme light", "theme", "light"),
        ("theme como la terminal", "theme", "auto"),
        ("glyphs plain signs", "glyphs", "ascii"),
        ("face LINEA POR LINEA", "face", "plain"),
        ("date-order the month", "date_order", "month_day"),
        ("idioma espanol", "language", "es"),
        ("motion usual", "motion", "full"),
    ],
)
def test_it_is_set_and_the_rest_of_the_file_stays(call: Caller, typed: str, name: str, value: object) -> None:
    call.data.mkdir()
    file = call.data / "settings.toml"
    file.write_text('# mine\nmotion = "none"  # less\ncolour = "sage"\n', encoding="utf-8")
    code, out, err = call("settings", *typed.split(), "--yes")
    assert (code, out) == (0, "")
    assert err.startswith("Guardado: Idioma" if value == "es" else "Kept: ")
    assert getattr(read_settings(call.places), name) == value
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# mine\n")
    assert 'colour = "sage"' in text
    assert ('motion = "none"  # less' in text) is (name != "motion")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("theme sparkling", "Possible are: auto, dark, light"),
        ("breath maybe", "Possible are: yes, no"),
        ("glitter on", "always_show_why"),
        ("glitter", "always_show_why"),
    ],
)
def test_what_is_wrong_says_what_may_be_chosen_and_changes_nothing(call: Caller, typed: str, said: str) -> None:
    code, out, err = call("settings", *typed.split())
    assert (code, out) == (2, "")
    assert said in err
    assert "sparkling" not in err
    assert not call.data.exists()


def test_as_json(call: Caller) -> None:
    call("settings", "always_show_why", "yes")
    (document,) = json.loads(call("settings", "--json").out).values()
    assert [one["name"] for one in document] == [setting.name for setting in SPEC]
    one = json.loads(call("settings", "always_show_why", "--json").out)
    assert one == document[-1]
    assert (one["value"], one["default"], one["choices"], one["words"]) == (True, False, [True, False], "yes")
    assert json.loads(call("settings", "language", "--json").out)["value"] is None
    assert json.loads(call("settings", "breath", "no", "--json").out)["value"] is False


def test_a_window_that_is_open_keeps_its_own(call: Caller) -> None:
    call("settings", "breath", "no")
    window = WindowLock(call.places)
    assert window.acquire()
    code, out, _ = call("settings", "breath", "yes")
    assert (code, out) == (4, "")
    assert call("settings", "breath").code == 0
    window.release()
    assert read_settings(call.places).breath is False


def test_a_value_that_stands_wrong_in_the_file_is_said_and_the_usual_one_shown(call: Caller) -> None:
    call.data.mkdir()
    (call.data / "settings.toml").write_text('face = "upside down"\n', encoding="utf-8")
    code, out, err = call("settings", "face")
    assert code == 0
    assert out.startswith("face: app (the app)")
    assert "face" in err


# Keys


def test_every_key_is_listed_with_what_it_does(spoken: Caller) -> None:
    code, out, err = spoken("settings", "teclas")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line.partition(":")[0] for line in lines[::2]] == list(ACTIONS)
    assert "app.toggle_hidden: F9" in lines
    assert all(line.strip() for line in lines)
    assert not spoken.data.exists()


def test_an_action_gets_another_key_and_its_usual_one_back(call: Caller) -> None:
    call.data.mkdir()
    file = call.data / "settings.toml"
    file.write_text("# mine\n", encoding="utf-8")
    code, out, err = call("settings", "keys", "app.toggle_hidden", "F8")
    assert (code, out, err) == (0, "", "Kept: app.toggle_hidden, F8.\n")
    assert file.read_text(encoding="utf-8") == '# mine\n\n[keys]\n"app.toggle_hidden" = "f8"\n'
    assert "keys: app.toggle_hidden F8" in call("settings").out
    one = json.loads(call("settings", "keys", "app.toggle_hidden", "--json").out)
    assert (one["key"], one["default"]) == ("f8", "f9")
    assert len(json.loads(call("settings", "keys", "--json").out)["keys"]) == len(ACTIONS)
    assert call("settings", "keys", "app.toggle_hidden", "usual").code == 0
    assert read_settings(call.places).keys == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("home.add p", "home.plan"),
        ("app.toggle_hidden x", "a letter cannot be its key"),
        ("app.toggle_hidden thebigone", "does not read as a key"),
        ("nothing.here f8", "no such action"),
        ("nothing.here", "no such action"),
    ],
)
def test_a_key_that_cannot_be_is_refused_and_nothing_is_changed(call: Caller, line: str, said: str) -> None:
    code, out, err = call("settings", "keys", *line.split())
    assert (code, out) == (2, "")
    assert said in err
    assert not call.data.exists()


def test_a_key_that_the_file_has_wrong_is_said(call: Caller) -> None:
    call.data.mkdir()
    (call.data / "settings.toml").write_text('[keys]\n"home.add" = "p"\n', encoding="utf-8")
    code, _, err = call("settings", "breath")
    assert code == 0
    assert "home.add" in err
