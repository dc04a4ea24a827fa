"""The app without a terminal: opened over a folder of the test's own, driven by keys and clicks, read as text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget

from rchrp_goals.app import RchrpGoalsApp
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.screens.participant.room_lines import RoomLines
from rchrp_goals.services.context import Context
from rchrp_goals.services.opening import open_desk
from rchrp_goals.store.locks import WindowLock
from rchrp_goals.store.places import Places
from tests.rest import waiting_for
from tests.services.desk import StillClock
from widgets.plate import Plate

SIZES = [(80, 24), (120, 40), (40, 12)]
HELD_UP = 0.5
"""Seconds that a key waits for a writer that a test holds up; a slow disk is none."""
PATIENCE = 30.0
"""Seconds after which what was waited for will not come."""
LINES = str.maketrans("│▁▂▃▄▅▆▇█", " " * 9)
"""Edges and scrollbars, which are no words."""


def strips(app: App[int]) -> list[list[Segment]]:
    """Return the rows of the screen as pieces with their styles: the one place that asks Textual's compositor."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


class Driver:
    """One open app: what it shows, and what a person does with it."""

    def __init__(self, app: RchrpGoalsApp, pilot: Pilot[int], folder: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.folder = folder

    # What it shows

    @property
    def ask(self) -> AskScreen:
        """The screen that asks."""
        assert isinstance(self.app.screen, AskScreen), self.text
        return self.app.screen

    @property
    def at(self) -> str:
        """The key of the question that waits."""
        stop = self.ask.stop
        assert stop is not None
        return stop.key

    @property
    def rows(self) -> list[str]:
        """The rows of the screen, without blanks at the end."""
        rows = []
        for strip in strips(self.app):
            row, cells = "", 0
            for piece in strip:
                row = row.ljust(cells) + piece.text.replace("\xa0", " ")
                cells += piece.cell_length
            rows.append(row.rstrip())
        return rows

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.rows)

    @property
    def words(self) -> str:
        """The whole screen as one line of words, so that it does not matter where a row ends."""
        return " ".join(self.text.translate(LINES).split())

    def ui(self, key: str, **values: object) -> str:
        """Return a string in the language that is spoken."""
        return self.app.desk.words.ui(key, **values)

    # What a person does

    async def press(self, *keys: str) -> None:
        """Press keys by name, one after another."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text, as fast as it comes."""
        for sign in text:
            self.app.post_message(events.Key("space" if sign == " " else sign, sign))
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Paste a text as a terminal hands it over."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.pilot.pause()

    async def click(self, target: str | Widget, offset: tuple[int, int] = (1, 0)) -> None:
        """Click on a widget."""
        if isinstance(target, Widget):
            target.scroll_visible(animate=False, immediate=True)
            await self.pilot.pause()
        await self.pilot.click(target, offset=offset)
        await self.pilot.pause()

    async def click_text(self, text: str) -> None:
        """Click on the middle of the first row that shows a text."""
        for y, row in enumerate(self.rows):
            if text in row:
                await self.pilot.click(offset=(row.index(text) + len(text) // 2, y))
                await self.pilot.pause()
                return
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what a timer or another thread brings about."""
        end = monotonic() + PATIENCE
        while not is_so():
            assert monotonic() < end, f"it did not come:\n{self.text}"
            await self.pilot.pause(0.01)

    async def drain(self) -> None:
        """Wait until everything is written."""
        assert await self.app.writer.drained(5)
        await self.pilot.pause()

    # What is kept

    def records(self, table: str) -> list[dict[str, Any]]:
        """Return the records of the plan's file."""
        found = json.loads((self.folder / "plan.json").read_text(encoding="utf-8"))
        return list(found.get(table, {}).values())

    def draft(self, name: str) -> dict[str, Any]:
        """Return a draft's file."""
        found: dict[str, Any] = json.loads((self.folder / "drafts" / f"{name}.json").read_text(encoding="utf-8"))
        return found


def context_for(
    folder: Path,
    language: str = "en",
    begins: str | None = None,
    own_folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Context:
    """Return a call of the program, on a day that does not move."""
    return Context(
        Places(str(folder)),
        environ or {},
        StillClock(),
        language=language,
        begins=begins,
        prompts=str(own_folder) if own_folder else None,
    )


@asynccontextmanager
async def driven(
    folder: Path,
    begins: str | None = None,
    *,
    language: str = "en",
    size: tuple[int, int] = (80, 24),
    own_folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> AsyncIterator[Driver]:
    """Open the app; a mistake of ours that ended it fails the test."""
    context = context_for(folder, language, begins, own_folder, environ)
    lock = WindowLock(context.places)
    opening = open_desk(context.desk(), begins, lock)
    app = RchrpGoalsApp(context, opening, lock)
    try:
        with waiting_for(lambda: app.writer.drained(HELD_UP)):
            async with app.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                yield Driver(app, pilot, folder)
    finally:
        lock.release()
    if app.mistake is not None:
        raise app.mistake


async def settle(driver: Driver) -> None:
    """Wait until what was set off is written and shown."""
    for _ in range(2):
        await driver.drain()


async def press(driver: Driver, *keys: str) -> None:
    """Press keys one after another, each when what the one before set off is done, and wait for the last."""
    for key in keys:
        await driver.press(key)
    await settle(driver)


def room_of(driver: Driver) -> RoomScreen:
    """Return the room that is shown."""
    assert isinstance(driver.app.screen, RoomScreen), driver.text
    return driver.app.screen


def row_at(driver: Driver) -> str:
    """Return the row of the room that is under the cursor."""
    lines = driver.app.focused
    assert isinstance(lines, RoomLines), driver.text
    return lines.cursor


def plate_of(driver: Driver, key: str) -> Plate:
    """Return the plate of a key on the screen that is shown."""
    return next(plate for plate in driver.app.screen.query(Plate) if plate.key == key)
