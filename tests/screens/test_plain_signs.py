"""With plain signs every screen is drawn with letters, punctuation and ``- | o * #``, where it is usual and where it is tiny."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.driver import driven
from tests.services.desk import desk_in, sit

PUNCTUATION = set("“”‘’–…")
"""Signs above U+00FF that a text may hold: what is written, not what is drawn."""
ROADS: list[tuple[str | None, tuple[str, ...]]] = [
    (None, ()),
    (None, ("f1",)),
    (None, ("p",)),
    (None, ("p", "w")),
    (None, ("a",)),
    (None, ("g",)),
    (None, ("slash",)),
    (None, ("g", "g")),
    (None, ("g", "l")),
    (None, ("g", "v")),
    (None, ("g", "s")),
    ("values", ("enter", "7")),
    ("goals", ()),
    ("learning", ("escape",)),
]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("es", (40, 12))])
async def test_nothing_is_drawn_with_more(tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    sit(desk_in(tmp_path))
    (tmp_path / "settings.toml").write_text('glyphs = "ascii"\n', encoding="utf-8")
    for begins, road in ROADS:
        async with driven(tmp_path, begins, language=language, size=size) as driver:
            await driver.press(*road)
            await driver.drain()
            drawn = {sign for sign in driver.text if ord(sign) > 0xFF} - PUNCTUATION
            assert not drawn, f"{begins} {road}\n{driver.text}"
