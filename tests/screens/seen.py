"""What stands on a screen, cell by cell, and a scene opened in it."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from pathlib import Path
from typing import NamedTuple

from textual.app import App
from textual.geometry import Region

from tests.scenes import Scene, begins_of, standing, typed
from tests.screens.driver import SIZES, Driver, driven, strips
from tests.services.desk import StillClock

Size = tuple[int, int]
FOLDER = Path("my-plan")
"""Where a scene's plan stands, in the folder that one works in: what is shown names no folder of this machine."""


class Walked(NamedTuple):
    """A scene that was reached, and the app at it."""

    scene: Scene
    driver: Driver


def rows_of(app: App[int]) -> list[str]:
    """Return the rows of the screen, without blanks at the end."""
    return ["".join(piece.text for piece in row).rstrip() for row in strips(app)]


def cells_of(app: App[int]) -> list[list[tuple[str, str]]]:
    """Return the rows of the screen as cells, each a sign and how it is drawn."""
    return [[(sign, str(piece.style)) for piece in row for sign in piece.text] for row in strips(app)]


def cropped(rows: list[str], region: Region) -> list[str]:
    """Return what stands in a region of the screen."""
    return [rows[y][region.x : region.right].rstrip() for y in range(region.y, min(region.bottom, len(rows)))]


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder."""
    before = os.getcwd()
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


async def walk(scenes: Sequence[Scene], folder: Path, language: str, size: Size = SIZES[0]) -> AsyncGenerator[Walked]:
    """Open the app once and go from scene to scene; each begins where the one before it ended."""
    first, done = scenes[0], 0
    with inside(folder), standing(first.plan, FOLDER, language, StillClock()):
        async with driven(FOLDER, begins_of(first), language=language, size=size) as driver:
            for scene in scenes:
                keys = list(scene.keys)
                for key in keys[done:]:
                    await do(driver, key, language)
                done = len(keys)
                await settle(driver)
                yield Walked(scene, driver)
                await resize(driver, size)


@asynccontextmanager
async def opened(scene: Scene, folder: Path, language: str = "en", size: Size = SIZES[0]) -> AsyncIterator[Driver]:
    """Open one scene."""
    async with aclosing(walk([scene], folder, language, size)) as walked:
        async for one in walked:
            yield one.driver


async def do(driver: Driver, step: str, language: str) -> None:
    """Do one step of a scene."""
    if step.startswith("say:"):
        await driver.type(typed(step.removeprefix("say:"), language))
    else:
        await driver.press(step)
    await driver.drain()


async def settle(driver: Driver) -> None:
    """Wait until what was set off is written, and the picture stays as it is."""
    before: list[str] = []
    for _ in range(20):
        await driver.drain()
        rows = rows_of(driver.app)
        if rows == before:
            return
        before = rows


async def resize(driver: Driver, size: Size) -> None:
    """Give the window another size."""
    if driver.app.size != size:
        await driver.pilot.resize_terminal(*size)
        await settle(driver)
