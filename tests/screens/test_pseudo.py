"""Every word on a screen comes from ``prompts/``, and none is cut: seen in a language that shows both at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.widget import Widget

from tests.pseudo import CLOSES, OPENS, pseudo, spoken
from tests.scenes import NO_PROSE, SCENES, TYPED, Scene, walks
from tests.screens.driver import SIZES
from tests.screens.seen import cropped, resize, rows_of, walk

WALKS = [pytest.param(one, id=one[-1].name) for one in walks(SCENES)]
KEYS = frozenset({"tab", "enter", "esc", "ctrl"}) | {f"F{n}" for n in range(1, 13)}
"""What is written on the keys of a keyboard."""
UNDERSTOOD = frozenset(word for name in NO_PROSE for word in re.findall(r"[A-Za-z]{2,}", TYPED[name][0]))
"""What the person types so that it is understood as English."""
_WORD = re.compile(r"[A-Za-z]*[A-Za-z][A-Za-z0-9]+")
_PATH = re.compile(r"my-plan\S*")


def test_the_language_is_longer_and_keeps_what_is_filled_in() -> None:
    said = pseudo("Saved: {what}, on {day}")
    assert said.startswith(OPENS) and said.endswith(CLOSES) and len(said) > 1.35 * len("Saved: , on ")
    assert said.format(what="x", day="x") and not _WORD.search(said.format(what="1", day="2"))
    assert pseudo("{a} · {b}") == "{a} · {b}"


def plain_words(rows: list[str]) -> set[str]:
    """Return the words in plain letters that are neither a person's nor on a key."""
    found = {word for row in rows for word in _WORD.findall(_PATH.sub("", row))}
    return {word for word in found if set(word) != {"x"}} - KEYS - UNDERSTOOD


def cut_off(app: App[int], rows: list[str]) -> Iterator[str]:
    """Give each widget whose words do not end on the screen, though nothing scrolls there."""
    for widget in app.screen.query("*"):
        if widget.displayed_children or not widget.display or not all(one.display for one in widget.ancestors):
            continue
        placed = app.screen.find_widget(widget)
        seen = placed.visible_region
        scrolls = any(one.max_scroll_y > 0 for one in (widget, *widget.ancestors) if isinstance(one, Widget))
        text = "\n".join(cropped(rows, seen))
        if not scrolls and seen.height < placed.region.height and OPENS in _words_of(widget):
            yield f"{widget!r} lies outside: {text or placed.region}"
        elif seen.width < placed.region.width and OPENS in text:
            yield f"{widget!r} reaches beyond the edge: {text}"
        elif not scrolls and text.count(OPENS) != text.count(CLOSES):
            yield f"{widget!r} is cut: {text}"


def _words_of(widget: Widget) -> str:
    return str(widget.visual) if hasattr(widget, "visual") else str(widget.render())


@pytest.mark.slow
@pytest.mark.parametrize("scenes", WALKS)
async def test_every_word_is_ours_and_whole(
    scenes: list[Scene], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    with spoken(monkeypatch):
        async for scene, driver in walk(scenes, tmp_path / "en", "en"):
            for size in SIZES:
                await resize(driver, size)
                rows = rows_of(driver.app)
                where = f"{scene.name} {size[0]}x{size[1]}"
                found += [f"{where}: {word!r} in plain letters" for word in sorted(plain_words(rows))]
                found += [f"{where}: {one}" for one in cut_off(driver.app, rows)]
    assert not found, "\n".join(found)
