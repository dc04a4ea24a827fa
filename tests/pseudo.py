"""A language for tests alone, made from English: what comes from us is told from everything else by its look.

Each string stands between ⟦ and ⟧, is about a third longer, and holds no plain letter: what is on the screen in plain
letters was never asked of ``prompts/``, and a bracket that does not close was cut. What people wrote is all ``x``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import prompts
from rchrp_goals import content
from rchrp_goals.guide import wording
from rchrp_goals.services import day_words
from tests.scenes import NO_PROSE, TYPED
from tests.services import desk

OPENS, CLOSES = "⟦", "⟧"
LONGER = 0.35
_PLAIN = "abcdefghijklmnopqrstuvwxyz"
_MARKED = "áƀçđéƒğħíĵķłɱñóþʠřšťúṽŵẋýž"
_LOOK = str.maketrans(_PLAIN + _PLAIN.upper(), _MARKED + _MARKED.upper())
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_NO_WORDS = frozenset({"areas", "leaning", "first_weekday", "meaning", "region"})
"""Keys whose values nobody reads."""
_PERSON = "demo"
"""The file with what a person wrote; beside it, there, the words of the command."""


def pseudo(text: str) -> str:
    """Return a string as the language has it; one without a word in it stays."""
    pieces = _PLACEHOLDER.split(text)
    letters = sum(sign.isalpha() for piece in pieces[::2] for sign in piece)
    if not letters:
        return text
    pieces[::2] = [piece.translate(_LOOK) for piece in pieces[::2]]
    more = "~" * max(1, round(letters * LONGER))
    longer = " ".join(more[at : at + 6] for at in range(0, len(more), 6))
    gap = " " if len(more) > 6 else ""
    return f"{OPENS}{''.join(pieces)}{gap}{longer}{CLOSES}"


def written(text: str) -> str:
    """Return what a person wrote, in words of the same length that are nobody's."""
    return "".join("x" if sign.isalpha() else sign for sign in text)


def _turned(value: Any, key: str = "", *, is_written: bool = False) -> Any:
    if isinstance(value, Mapping):
        return {
            inner: _turned(one, inner, is_written=is_written and inner not in {"command", "categories"})
            for inner, one in value.items()
        }
    if isinstance(value, list):
        return [_turned(one, key, is_written=is_written) for one in value]
    if not isinstance(value, str) or key in _NO_WORDS:
        return value
    return written(value) if is_written else pseudo(value)


@contextmanager
def spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let English be this language for a while; days are understood as before."""
    day_words.date_words()
    wording.module_words.cache_clear()
    with monkeypatch.context() as patch:
        for file in sorted(Path(prompts.__path__[0], "en").glob("*.toml")):
            table = _turned(content.table("en", file.stem), is_written=file.stem == _PERSON)
            patch.setitem(content._tables, ("en", file.stem), table)
            for name in table if file.stem == "ui" else ():
                patch.setitem(content._tables, ("en", f"ui.{name}"), table[name])
        for name, (said, _) in TYPED.items():
            if name not in NO_PROSE:
                patch.setitem(TYPED, name, (written(said), written(said)))
        for stop, fields in desk.SAID.items():
            patch.setitem(desk.SAID, stop, fields if "choice" in fields else _turned(fields, is_written=True))
        try:
            yield
        finally:
            wording.module_words.cache_clear()
