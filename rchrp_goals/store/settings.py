"""``settings.toml``: what a person chose about the program itself. Never what they wrote in it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.places import Places, make_folder
from rchrp_goals.store.safe_write import replace, replace_file, save_problem
from rchrp_goals.store.settings_spec import BY_NAME, SPEC, Value

KEYS = "keys"
"""The table of the keys that a person gave to actions."""
_LARGEST = 1024 * 1024


class Complaint(NamedTuple):
    """A setting that was not taken: a key of ``ui.toml``, section ``errors``, and what its sentence needs."""

    key: str
    args: dict[str, str | int]


class Settings(NamedTuple):
    """What was chosen, a field for each of ``SPEC``.

    ``language`` is None until the first run is over; ``date_order`` until it was asked.
    """

    language: str | None = None
    face: str = "app"
    theme: str = "auto"
    glyphs: str = "full"
    motion: str = "full"
    breath: bool = True
    date_order: str | None = None
    always_show_why: bool = False
    keys: tuple[tuple[str, str], ...] = ()
    """What the file gives to actions as keys, as it stands there: ids and keys (``services.keys`` checks them)."""
    complaints: tuple[Complaint, ...] = ()


def read_settings(places: Places) -> Settings:
    """Return the settings; what is missing or cannot be taken has its default, the latter with a complaint."""
    text, complaint = _text(places)
    if complaint:
        return Settings(complaints=(complaint,))
    found, complaint = _parsed(text, places)
    if complaint:
        return Settings(complaints=(complaint,))
    taken: dict[str, Any] = {}
    complaints: list[Complaint] = []
    for setting in SPEC:
        name = setting.name
        if name not in found:
            continue
        if setting.allows(found[name]):
            taken[name] = found[name]
        else:
            choices = ", ".join(_literal(choice) for choice in setting.choices)
            complaints.append(Complaint("setting_wrong", {"path": places.settings, "name": name, "choices": choices}))
    keys, about_keys = _keys(found.get("keys", {}), places)
    return Settings(**taken, keys=keys, complaints=(*complaints, *about_keys))


def _keys(said: object, places: Places) -> tuple[tuple[tuple[str, str], ...], tuple[Complaint, ...]]:
    """Return the pairs of the table ``[keys]``; what is no text is an empty key, which nobody can press."""
    if not isinstance(said, dict):
        return (), (Complaint("settings_room.keys.no_table", {"path": places.settings}),)
    pairs = ((id, key if isinstance(key, str) else "") for id, key in _flat(said).items())
    return tuple(pairs), ()


def _flat(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table with the dotted path of each value, so that ``a.b = 1`` and ``"a.b" = 1`` are the same."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= {f"{name}.{below}": inner for below, inner in _flat(value).items()}
        else:
            found[name] = value
    return found


def write_settings(places: Places, **changes: Value | None) -> Settings:
    """Change some settings and return all; None takes one out. Comments, order and what we do not know stay.

    A file that is no TOML is set aside as ``settings.toml.damaged-N`` first. Raises ValueError for a setting or a
    value that does not exist, ProblemError ``disk_full``, ``plan_read_only``, ``not_saved``, ``folder_not_made``,
    ``settings_not_changed`` (a file so unusual that a line of it cannot be changed safely; it stays as it is).
    """
    for name, value in changes.items():
        if name not in BY_NAME or not (value is None or BY_NAME[name].allows(value)):
            raise ValueError(f"no such setting: {name}")
    return _write(places, changes)


def write_key(places: Places, id: str, key: str | None) -> Settings:
    """Give an action another key in the table ``[keys]``, or take that out (None), and return all settings.

    Raises ProblemError as ``write_settings`` does.
    """
    return _write(places, {id: key}, table=KEYS)


def _write(places: Places, changes: Mapping[str, Value | None], table: str = "") -> Settings:
    make_folder(places.data)
    text, complaint = _text(places)
    before: dict[str, Any] = {}
    if not complaint:
        before, complaint = _parsed(text, places)
    try:
        if complaint:
            _set_aside(places.settings)
            text = ""
        wanted = _flat(before)
        for name, value in changes.items():
            text = _with(text, name, value, table)
            wanted[f"{table}.{name}" if table else name] = value
        wanted = {name: value for name, value in wanted.items() if value is not None}
        now, complaint = _parsed(text, places)
        if complaint or _flat(now) != wanted:
            raise ProblemError("settings_not_changed", path=places.settings)
        replace_file(places.settings, text.encode())
    except OSError as error:
        raise save_problem(error, places.settings) from None
    return read_settings(places)


def _text(places: Places) -> tuple[str, Complaint | None]:
    try:
        with open(places.settings, encoding="utf-8-sig", newline="") as file:
            return file.read(_LARGEST), None
    except (FileNotFoundError, NotADirectoryError):
        return "", None
    except (OSError, UnicodeDecodeError):
        return "", Complaint("settings_unreadable", {"path": places.settings, "line": 1})


def _parsed(text: str, places: Places) -> tuple[dict[str, Any], Complaint | None]:
    import tomllib

    try:
        return tomllib.loads(text), None
    except (ValueError, RecursionError) as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at.group(1)) if at else text.count("\n") + 1
        return {}, Complaint("settings_unreadable", {"path": places.settings, "line": line})


def _literal(value: Value) -> str:
    return json.dumps(value)


def _with(text: str, name: str, value: Value | None, table: str = "") -> str:
    """Return the text with one line of the top level, or of a table, changed, added at its end, or taken out."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    headers = [at for at, line in enumerate(lines) if re.match(r"\s*\[", line)]
    first = 0
    if table:
        first = next((at + 1 for at in headers if re.match(rf"\s*\[\s*{table}\s*\]", lines[at])), 0)
        if not first and value is None:
            return text
        if not first:
            lines = [*_ended(lines, end), *([end] if lines else []), f"[{table}]{end}"]
            first = len(lines)
    last = next((at for at in headers if at >= first), len(lines))
    escaped = re.escape(name)
    pattern = re.compile(
        rf"""(\s*(?:{escaped}|"{escaped}"|'{escaped}')\s*=\s*)("[^"]*"|'[^']*'|[^\s#]+)(.*)""", re.DOTALL
    )
    for at in range(first, last):
        found = pattern.fullmatch(lines[at])
        if found:
            lines[at] = "" if value is None else found.group(1) + _literal(value) + found.group(3)
            return "".join(lines)
    if value is None:
        return text
    lines[:last] = _ended(lines[:last], end)
    at = last
    while at > first and not lines[at - 1].strip():  # before the blank lines that part it from the tables
        at -= 1
    lines.insert(at, f"{_literal(name) if table else name} = {_literal(value)}{end}")
    return "".join(lines)


def _ended(lines: list[str], end: str) -> list[str]:
    """Return lines of which the last one ends as a line does."""
    if lines and not lines[-1].endswith(("\n", "\r")):
        return [*lines[:-1], lines[-1] + end]
    return lines


def _set_aside(path: str) -> None:
    number = 1
    while os.path.lexists(f"{path}.damaged-{number}"):
        number += 1
    if os.path.lexists(path):
        replace(path, f"{path}.damaged-{number}")
