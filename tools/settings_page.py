"""Writes docs/settings.md from the list of settings and its English words: `make docs`.

A test holds the page against the list; `make docs ARGS=--check` says the same without writing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rchrp_goals.content import Words
from rchrp_goals.services.actions import ACTIONS, EVERYWHERE, FIELD, ROOM, cap
from rchrp_goals.services.keys import help_words
from rchrp_goals.services.settings import SettingLine, setting_lines, written
from rchrp_goals.store.settings import Settings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"

HEAD = """\
<!-- Written by tools/settings_page.py: change the list of settings or its words, then `make docs`. -->

# Settings

What a person chose about the program itself stands in `settings.toml` in the data folder (`rchrp-goals where` prints
its path). It is TOML: a line a setting, and comments stay where you put them. A line that is missing means the usual.
A value that is not known is said once, the usual one holds, and the file is not changed.

`rchrp-goals settings` lists them, `rchrp-goals settings NAME` shows one, and `rchrp-goals settings NAME VALUE` sets it.
A value may be typed as it stands in the file or in the words of either language; `usual` takes the line out again.
"""


KEYS_HEAD = """\
## `[keys]`

In the table `[keys]` an action gets another key in the app: its id, then the key.

```toml
[keys]
"app.toggle_hidden" = "f8"
"ask.pass" = "z"
```

`rchrp-goals settings keys` lists them, and `rchrp-goals settings keys ID KEY` sets one; `usual` brings its own back.
A key is written like `f8`, `x`, `?`, `ctrl+x` or `alt+x`. What cannot hold is said once, and the usual key holds:
an action that there is not, no key, a letter for what must work while one types, a key that another action has at the
same place, and a key with a meaning of its own everywhere (Tab, Enter, Esc, Space, arrows, digits, `+`, `ctrl+c`).
Actions on Enter and Esc keep their keys. Letters work where no text is typed.

| action | key | does | where |
|---|---|---|---|"""
PLACES = {
    EVERYWHERE: "everywhere", ROOM: "in every room", FIELD: "in a long text",
    "thing": "on what stands first, or under the cursor",
    "home": "Home", "ask": "a question", "plan": "the plan on one page", "page": "a page of words",
    "goals": "Goals", "goal": "a goal", "goals.one": "a goal's page", "step": "a step", "if_then": "if and then",
    "letter": "a line to yourself", "values": "Values", "check_in": "Check-in",
    "check_in.one": "one check-in", "ask_of": "something you ask of somebody",
    "learning": "Learning", "activity": "something to learn",
    "learning.area": "a focus area", "place": "a place near you",
    "learning.practice": "Practice", "practised": "a situation", "learning.reflections": "Reflections",
    "reminders": "Reminders", "reminder": "a reminder", "reminder.rest": "a reminder that rests",
    "setting": "a setting", "sheet": "a sheet", "year": "a year",
}  # fmt: skip
"""Where an action works; a scope that is not named here is a room's own."""


def key_rows(words: Words) -> list[str]:
    """Return a row for each action that has a key."""
    return [
        f"| `{spec.id}` | `{cap(spec.key)}` | {help_words(spec.id, words)} | {PLACES.get(spec.scope, spec.scope)} |"
        for spec in ACTIONS.values()
        if spec.key
    ]


def page() -> str:
    """Return the whole page."""
    words = Words("en")
    sections = (section(line, words) for line in setting_lines(Settings(), words))
    return "\n".join([HEAD, *sections, KEYS_HEAD, *key_rows(words), ""])


def section(line: SettingLine, words: Words) -> str:
    """Return what the page says of one setting."""
    setting = line.setting
    rows = [
        f"## `{setting.name}`",
        "",
        line.about,
        "",
        "| value | means |",
        "|---|---|",
    ]
    for choice in line.choices:
        usual = " (usual)" if choice.value == setting.default else ""
        rows.append(f"| `{literal(written(choice.value), is_text=not setting.is_yes_no)}` | {choice.words}{usual} |")
    if setting.default is None:
        rows.append(f"| no line | {line.words} (usual) |")
    return "\n".join([*rows, ""])


def literal(text: str, *, is_text: bool) -> str:
    """Return a value as TOML writes it."""
    return f'"{text}"' if is_text else text


def main() -> int:
    """Write the page; with ``--check`` only look, exit status 1 where it would change."""
    text = page()
    is_same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
    if "--check" in sys.argv[1:]:
        print("docs/settings.md is up to date" if is_same else "docs/settings.md is out of date: make docs")
        return 0 if is_same else 1
    PAGE.write_text(text, encoding="utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
