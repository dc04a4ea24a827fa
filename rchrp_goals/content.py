"""Reads what stands in ``prompts/``: wording, banks, and the order of the conversations.

One TOML file a module, read when that module opens; of ``ui.toml`` only the tables that are asked for. A room's own
sentences (``statements.txt``, ``agreements.txt``, one a line) stand in a folder of the person's and come before the
shipped ones.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from rchrp_goals.errors import AnswerRefused, FileProblem
from rchrp_goals.languages import DEFAULT_LANGUAGE, LANGUAGES, language_of, language_of_environment

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "Entry",
    "Words",
    "language_of",
    "language_of_environment",
    "line_of",
    "read_text",
    "section",
    "table",
]

OWN_FILES = frozenset(
    {
        "rooms",
        "goal_rooms",
        "over_time",
        "values_room",
        "year",
        "learning_room",
        "practice_room",
        "reflect_room",
        "renewal_room",
        "settings_room",
        "sheets",
        "demo",
        "commands",
        "keys",
        "editor",
        "welcome",
        "home_later",
        "calendar",
        "check_in_room",
        "reminders_room",
    }
)
"""Wording that stands in a file of its own, read when somebody goes there: ``rooms.title`` is ``title`` of ``rooms.toml``."""

_tables: dict[tuple[str, str], dict[str, Any]] = {}
_UI = "ui"
_HEAD = re.compile(r"(?m)^\[(\w+)")


class Entry(NamedTuple):
    """One entry of a bank: its stable id, its words, and every other key of its table."""

    id: str
    text: str
    more: Mapping[str, Any]


def read_text(folder: str, name: str) -> str:
    """Return the text of ``prompts/FOLDER/NAME``, wherever the package stands (checkout, wheel, zip)."""
    import prompts

    try:
        with open(os.path.join(prompts.__path__[0], folder, name), encoding="utf-8") as file:
            return file.read()
    except OSError:  # inside an archive; loading what reads those costs as much as reading all of Home's words
        from importlib.resources import files

        return files("prompts").joinpath(folder, name).read_text(encoding="utf-8")


def table(folder: str, name: str) -> dict[str, Any]:
    """Return the parsed TOML of ``prompts/FOLDER/NAME.toml``, read once; callers do not change it.

    Raises FileProblem ``wording_unreadable`` with file and line where it is not TOML.
    """
    key = (folder, name)
    if key not in _tables:
        import tomllib

        try:
            _tables[key] = tomllib.loads(read_text(folder, f"{name}.toml"))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found.group(1)) if found else 0
            raise FileProblem("wording_unreadable", file=f"{folder}/{name}.toml", line=line) from None
    return _tables[key]


def section(folder: str, name: str) -> dict[str, Any]:
    """Return one table of ``prompts/FOLDER/ui.toml``: only its part of the large file is parsed.

    Raises KeyError where there is no such table, FileProblem as ``table`` does.
    """
    key = (folder, f"{_UI}.{name}")
    if key not in _tables:
        import tomllib

        try:
            _tables[key] = tomllib.loads(_parts(folder).get(name, ""))[name]
        except tomllib.TOMLDecodeError:  # the whole file knows the line, or that only the cut was wrong
            _tables[key] = table(folder, _UI)[name]
    return _tables[key]


@cache
def _parts(folder: str) -> dict[str, str]:
    """Return the text of each table of ``ui.toml``, with that of the tables below it."""
    text = read_text(folder, f"{_UI}.toml")
    starts = [(head[1], head.start()) for head in _HEAD.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    found: dict[str, str] = {}
    for (name, start), end in zip(starts, ends, strict=True):
        found[name] = found.get(name, "") + text[start:end]
    return found


def line_of(text: str, *keys: str) -> int:
    """Return the line on which the dotted path ``keys`` is said in a TOML text, or the nearest above it (1 at least)."""
    best = 1
    for depth in range(len(keys), 0, -1):
        header = re.escape(".".join(keys[:depth]))
        found = re.search(rf"(?m)^\s*\[+{header}\]+", text)
        if found:
            best = text.count("\n", 0, found.start()) + 1
            rest = keys[depth:]
            if rest:
                after = re.compile(rf"(?m)^\s*{re.escape(rest[0])}\s*[=.]").search(text, found.end())
                if after:
                    best = text.count("\n", 0, after.start()) + text[after.start() : after.end()].count("\n") + 1
            return best
    found = re.search(rf"(?m)^\s*{re.escape(keys[0])}\s*[=.]", text)
    return text.count("\n", 0, found.start()) + 1 if found else best


class Words:
    """Every word of one language, and the room's own sentences.

    ``own_folder`` is where ``statements.txt`` and ``agreements.txt`` of the room may stand (``--prompts``,
    ``$RCHRP_GOALS_PROMPTS`` or ``DATA/prompts``). ``is_heard``: they are read aloud, so nothing is shortened ("mar 24
    nov" is a Tuesday, or March).
    """

    def __init__(self, language: str, own_folder: str | None = None, *, is_heard: bool = False) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self.own_folder = own_folder
        self.is_heard = is_heard

    def to(self, language: str) -> Words:
        """Return the same words in another language."""
        return Words(language, self.own_folder, is_heard=self.is_heard)

    def heard(self) -> Words:
        """Return the same words as they are read aloud."""
        return Words(self.language, self.own_folder, is_heard=True)

    @property
    def other(self) -> str:
        """The language that one key away is: the next of ``LANGUAGES``."""
        at = LANGUAGES.index(self.language)
        return LANGUAGES[(at + 1) % len(LANGUAGES)]

    def ui(self, key: str, /, **values: object) -> str:
        """Return the string ``section.key`` of ``ui.toml`` (or of a file of its own) with its placeholders filled.

        Where the string is a table ``{one, other}``, the value ``n`` chooses. Raises KeyError for a key that no
        language has: a mistake of the program, found by the tests.
        """
        return self._filled(self._find(key), values)

    def lines(self, key: str) -> list[str]:
        """Return the list of strings ``section.key`` of ``ui.toml``."""
        return [str(line) for line in self._find(key)]

    def has_ui(self, key: str) -> bool:
        """Tell whether ``ui.toml`` has this key."""
        try:
            self._find(key)
        except KeyError:
            return False
        return True

    def enum(self, name: str, value: str) -> str:
        """Return the words of an enum value (``ui.toml``, ``[enum.NAME]``); a value that nobody knows stands as it is."""
        key = f"enum.{name}.{value}"
        return self.ui(key) if self.has_ui(key) else value

    def problem(self, key: str, values: Mapping[str, object]) -> str:
        """Return the sentence of an error (``ui.toml``, ``[errors]``; a dotted key stands where it says)."""
        return self.ui(key if "." in key else f"errors.{key}", **values)

    def module(self, name: str) -> Mapping[str, Any]:
        """Return the words of a conversation (``prompts/LANG/NAME.toml``)."""
        return table(self.language, name)

    def bank(self, name: str) -> list[Entry]:
        """Return the entries of a bank in order."""
        return [
            Entry(key, str(value["text"]), value)
            for key, value in table(self.language, name).items()
            if isinstance(value, dict) and "text" in value
        ]

    def room_lines(self, name: str) -> list[str]:
        """Return the room's own sentences from ``NAME.txt`` (``statements`` or ``agreements``), none where there is no file.

        Raises FileProblem ``room_file_unreadable`` where the file is there and cannot be read as UTF-8 text, and
        ``room_line_too_long`` for a sentence over its cap.
        """
        from rchrp_goals.plan.text import pasted_lines

        if self.own_folder is None:
            return []
        path = os.path.join(self.own_folder, f"{name}.txt")
        try:
            with open(path, encoding="utf-8-sig") as file:
                return pasted_lines(file.read(1_000_000))
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError):
            raise FileProblem("room_file_unreadable", path=path) from None
        except AnswerRefused as refused:
            raise FileProblem("room_line_too_long", path=path, **refused.values) from None

    def _find(self, key: str) -> Any:
        first, *rest = key.split(".")
        value: Any = (table if first in OWN_FILES else section)(self.language, first)
        for part in rest:
            value = value[part]
        return value

    def _filled(self, value: Any, values: Mapping[str, object]) -> str:
        if isinstance(value, Mapping):
            value = value["one" if values.get("n") == 1 else "other"]
        said = str(value).replace(" · ", "; ") if self.is_heard else str(value)
        return said.format(**values) if values else said
