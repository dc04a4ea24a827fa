"""Every screen in every state stands as it was read: three sizes, two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from tests.scenes import SCENES, Scene, walks
from tests.screens.driver import SIZES
from tests.screens.seen import opened, resize, rows_of
from tests.screens.snapshots import FOLDER, draw, file_of

WALKS = [pytest.param(walk, id=walk[-1].name) for walk in walks(SCENES)]
NAMED = {scene.name: scene for scene in SCENES}
HOW = "Read `git diff tests/snapshots` after `make snapshots`; keep it where it is what you meant."
OPENED_SMALL = (
    "ask-focus",
    "ask-date-two-ways",
    "home-full",
    "plan-wall",
    "find-some",
    "support",
    "trouble-cut",
)


@pytest.mark.slow
@pytest.mark.parametrize("scenes", WALKS)
async def test_a_screen_is_as_it_was_read(scenes: list[Scene], tmp_path: Path) -> None:
    for name, text in (await draw(scenes, tmp_path)).items():
        assert file_of(name).exists(), f"{name} was never drawn. {HOW}"
        assert file_of(name).read_text(encoding="utf-8").splitlines() == text.splitlines(), f"{name} is other. {HOW}"


def test_every_picture_is_of_a_scene_that_there_is() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} <= set(NAMED), HOW


def test_no_picture_tells_of_the_machine_that_drew_it() -> None:
    for file in FOLDER.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        assert "/tmp" not in text and str(Path.home()) not in text and "pytest" not in text, file.name


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OPENED_SMALL)
async def test_a_window_opened_at_a_size_shows_what_one_brought_to_it_shows(
    name: str, language: str, tmp_path: Path
) -> None:
    size = SIZES[2]
    async with opened(NAMED[name], tmp_path / "opened", language, size) as driver:
        first = rows_of(driver.app)
    async with opened(NAMED[name], tmp_path / "brought", language) as driver:
        await resize(driver, size)
        assert rows_of(driver.app) == first
