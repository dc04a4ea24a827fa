"""The settings in words: what each is, what it may be, and what somebody means who types a name or a choice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import UsageProblem
from rchrp_goals.store.settings import Settings, write_settings
from rchrp_goals.store.settings_spec import SPEC, Setting, Value

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk


class Choice(NamedTuple):
    """One thing that a setting may be: its value, as one types it, and in words."""

    value: Value
    typed: str
    words: str


class SettingLine(NamedTuple):
    """One setting as it is shown; ``value`` is None while nobody has chosen, ``words`` say then what happens."""

    setting: Setting
    title: str
    about: str
    value: Value | None
    words: str
    choices: tuple[Choice, ...]


def setting_lines(settings: Settings, words: Words) -> list[SettingLine]:
    """Return every setting in order, with what holds now."""
    return [setting_line(setting, settings, words) for setting in SPEC]


def setting_line(setting: Setting, settings: Settings, words: Words) -> SettingLine:
    """Return one setting with what holds now."""
    key = setting.words_key
    value: Value | None = getattr(settings, setting.name)
    choices = tuple(Choice(one, typed(one, words), value_words(setting, one, words)) for one in setting.choices)
    return SettingLine(
        setting, words.ui(f"{key}.title"), words.ui(f"{key}.about"), value, value_words(setting, value, words), choices
    )


def keep_setting(desk: Desk, name: str, value: Value | None) -> None:
    """Keep a setting, None for the usual, and go on in it. Raises ProblemError where it cannot be kept."""
    desk.settings = write_settings(desk.places, **{name: value})
    if name == "language" and isinstance(value, str):
        desk.words = desk.words.to(value)


def value_words(setting: Setting, value: Value | None, words: Words) -> str:
    """Return what a value is in words."""
    if value is None:
        return words.ui(f"{setting.words_key}.unanswered")
    if isinstance(value, bool):
        return words.ui(f"settings_room.yes_no.{written(value)}")
    return words.ui(f"{setting.words_key}.choices.{value}")


def written(value: Value) -> str:
    """Return a value as the file says it, without quotes."""
    return str(value).lower() if isinstance(value, bool) else value


def typed(value: Value, words: Words) -> str:
    """Return a value as one types it: the file's own, but yes and no in words."""
    return words.ui(f"settings_room.yes_no.{written(value)}") if isinstance(value, bool) else value


def find_setting(said: str, words: Words) -> Setting:
    """Return the setting of this name, or of this title in any language. Raises UsageProblem ``setting_unknown``."""
    wanted = _plainly(said)
    for setting in SPEC:
        if wanted in {_plainly(setting.name), *_everywhere(words, f"{setting.words_key}.title")}:
            return setting
    raise UsageProblem("setting_unknown", names=", ".join(setting.name for setting in SPEC))


def read_value(setting: Setting, said: str, words: Words) -> Value | None:
    """Return the value that somebody means; None for the usual one, which takes the setting out of the file.

    Understood are what the file says, and the words of every language, with or without accents. Raises UsageProblem
    ``setting_value``, which names what may be chosen and never repeats what was typed.
    """
    wanted = _plainly(said)
    if wanted in _meant(words, "usual"):
        return None
    for value in setting.choices:
        meant = {_plainly(written(value)), *_words_everywhere(setting, value, words)}
        if isinstance(value, bool):
            meant |= _meant(words, "yes" if value else "no")
        if wanted in meant:
            return value
    raise UsageProblem("setting_value", name=setting.name, choices=choices_said(setting, words))


def choices_said(setting: Setting, words: Words) -> str:
    """Return what a setting may be, as one types it."""
    return ", ".join(typed(value, words) for value in setting.choices)


def _words_everywhere(setting: Setting, value: Value, words: Words) -> set[str]:
    return {_plainly(value_words(setting, value, words.to(language))) for language in LANGUAGES}


def _everywhere(words: Words, key: str) -> set[str]:
    return {_plainly(words.to(language).ui(key)) for language in LANGUAGES}


def _meant(words: Words, name: str) -> set[str]:
    found: Sequence[str] = [words.to(language).ui(f"settings_room.typed.{name}") for language in LANGUAGES]
    return {_plainly(one) for one in " ".join(found).split()}


def _plainly(text: str) -> str:
    """Return a text for comparing: small letters without accents, one blank for whatever parts words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare.casefold().replace("_", " ")))
