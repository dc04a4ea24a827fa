"""The settings in words: every one has its words, and what somebody types is understood in either language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import UsageProblem
from rchrp_goals.services.settings import find_setting, read_value, setting_lines, value_words, written
from rchrp_goals.store.settings import Settings
from rchrp_goals.store.settings_spec import BY_NAME, SPEC, Setting

EACH_SETTING = pytest.mark.parametrize("setting", SPEC, ids=lambda setting: setting.name)
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


@EACH_LANGUAGE
def test_every_setting_says_what_it_is_and_what_it_may_be(language: str) -> None:
    for line in setting_lines(Settings(), Words(language)):
        said = [line.title, line.words, *(choice.words for choice in line.choices)]
        assert all(said), line.setting.name
        assert line.about.endswith("."), line.setting.name
        assert line.value == line.setting.default
        assert len({choice.words for choice in line.choices}) == len(line.choices), line.setting.name


@EACH_SETTING
@EACH_LANGUAGE
def test_a_choice_is_understood_as_the_file_has_it_and_in_the_words_of_both_languages(
    setting: Setting, language: str
) -> None:
    words = Words(language)
    for value in setting.choices:
        for said in (
            written(value),
            written(value).upper(),
            *(value_words(setting, value, words.to(one)) for one in LANGUAGES),
            *(f" {without_accents(value_words(setting, value, words.to(one)))} " for one in LANGUAGES),
        ):
            assert read_value(setting, said, words) is value, said
    for usual in ("usual", "Habitual"):
        assert read_value(setting, usual, words) is None


@pytest.mark.parametrize(
    ("said", "value"), [("yes", True), ("Sí", True), ("si", True), ("y", True), ("no", False), ("off", False)]
)
def test_yes_and_no(said: str, value: bool) -> None:
    assert read_value(BY_NAME["breath"], said, Words("en")) is value


@EACH_SETTING
def test_a_setting_is_found_by_its_name_and_by_its_title_in_both_languages(setting: Setting) -> None:
    for said in (setting.name, setting.name.replace("_", "-").upper()):
        assert find_setting(said, Words("en")) is setting
    for language in LANGUAGES:
        title = Words(language).ui(f"settings_room.{setting.name}.title")
        assert find_setting(title, Words("en")) is setting


def test_what_is_not_known_is_refused_with_what_may_be_chosen() -> None:
    with pytest.raises(UsageProblem) as caught:
        find_setting("colour of my room", Words("en"))
    assert caught.value.key == "setting_unknown"
    assert "always_show_why" in str(caught.value.values["names"])
    with pytest.raises(UsageProblem) as caught:
        read_value(BY_NAME["glyphs"], "pretty", Words("en"))
    assert (caught.value.key, caught.value.values) == ("setting_value", {"name": "glyphs", "choices": "full, ascii"})


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_choice_or_refused(said: str) -> None:
    for setting in SPEC:
        try:
            value = read_value(setting, said, Words("es"))
        except UsageProblem:
            continue
        assert value is None or setting.allows(value)
