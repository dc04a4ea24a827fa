"""``settings.toml``: what a person chose about the program itself. Never what they wrote in it."""

from __future__ import annotations

import json
import os
import re
from typing import Any, NamedTuple

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.places import Places, make_folder
from rchrp_goals.store.safe_write import replace, replace_file, save_problem
from rchrp_goals.store.settings_spec import BY_NAME, SPEC, Value

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
    return Settings(**taken, complaints=tuple(complaints))


def write_settings(places: Places, **changes: Value | None) -> Settings:
    """Change some settings and return all; None takes one out. Comments, order and what we do not know stay.

    A file that is no TOML is set aside as ``settings.toml.damaged-N`` first. Raises ValueError for a setting or a
    value that does not exist, ProblemError ``disk_full``, ``plan_read_only``, ``not_saved``, ``folder_not_made``,
    ``settings_not_changed`` (a file so unusual that a line of it cannot be changed safely; it stays as it is).
    """
    for name, value in changes.items():
        if name not in BY_NAME or not (value is None or BY_NAME[name].allows(value)):
            raise ValueError(f"no such setting: {name}")
    make_folder(places.data)
    text, complaint = _text(places)
    before: dict[str, Any] = {}
    if not complaint:
        before, complaint = _parsed(text, places)
    try:
        if complaint:
            _set_aside(places.settings)
            text = ""
        wanted = dict(before)
        for name, value in changes.items():
            text = _with(text, name, value)
            wanted[name] = value
        wanted = {name: value for name, value in wanted.items() if value is not None}
        if _parsed(text, places) != (wanted, None):
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


def _with(text: str, name: str, value: Value | None) -> str:
    """Return the text with one top-level setting changed, added at the end of the top level, or taken out."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    first_table = next((at for at, line in enumerate(lines) if re.match(r"\s*\[", line)), len(lines))
    pattern = re.compile(rf"""(\s*(?:{name}|"{name}"|'{name}')\s*=\s*)("[^"]*"|'[^']*'|[^\s#]+)(.*)""", re.DOTALL)
    for at in range(first_table):
        found = pattern.fullmatch(lines[at])
        if found:
            lines[at] = "" if value is None else found.group(1) + _literal(value) + found.group(3)
            return "".join(lines)
    if value is None:
        return text
    if first_table and not lines[first_table - 1].endswith(("\n", "\r")):
        lines[first_table - 1] += end
    at = first_table
    while at and not lines[at - 1].strip():  # before the blank lines that part it from the tables
        at -= 1
    lines.insert(at, f"{name} = {_literal(value)}{end}")
    return "".join(lines)


def _set_aside(path: str) -> None:
    number = 1
    while os.path.lexists(f"{path}.damaged-{number}"):
        number += 1
    if os.path.lexists(path):
        replace(path, f"{path}.damaged-{number}")
