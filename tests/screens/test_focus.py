"""The focus: Tab reaches everything that can be pressed, in the order in which one reads, and it is always seen."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from textual.geometry import Region
from textual.widget import Widget

from rchrp_goals.screens.foot_line import FootLine
from tests.scenes import SCENES, Scene
from tests.screens.driver import Driver
from tests.screens.seen import cells_of, opened
from widgets.plate import Plate

TALL = (80, 90)
"""One column, and nothing scrolls: the order of reading is from row to row."""
Cells = list[list[tuple[str, str]]]


def name_of(widget: Widget) -> str:
    """Return a name for a message."""
    return f"{type(widget).__name__}({getattr(widget, 'key', '') or widget.id or getattr(widget, 'words', '')})"


def part(cells: Cells, region: Region) -> Cells:
    """Return the cells of a region."""
    return [row[region.x : region.right] for row in cells[region.y : region.bottom]]


class Stop(NamedTuple):
    """What Tab came to: its name, and where it stood then."""

    name: str
    y: int
    x: int
    is_seen: bool


async def tour(driver: Driver) -> list[Stop]:
    """Go once around with Tab, from the first thing that it comes to."""
    reached: list[Stop] = []
    had: Widget | None = driver.app.focused
    first: Widget | None = None
    before = cells_of(driver.app)
    for _ in range(80):
        await driver.press("tab")
        await driver.pilot.pause()
        now, widget = cells_of(driver.app), driver.app.focused
        # plates are made anew while one moves: one of the same name is the same to the person
        if (
            widget is None
            or widget is first
            or (first and not first.is_attached and name_of(widget) == reached[0].name)
        ):
            return reached
        first = first or widget
        region = widget.region
        is_seen = had is widget or part(before, region) != part(now, region)
        reached.append(Stop(name_of(widget), region.y, region.x, is_seen))
        before, had = now, widget
    raise AssertionError(f"Tab never came around: {reached}")


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_tab_goes_to_everything_as_one_reads_and_is_seen(scene: Scene, tmp_path: Path) -> None:
    async with opened(scene, tmp_path, size=TALL) as driver:
        screen = driver.app.screen
        for line in screen.query(FootLine):
            corner = [line.corner] if line.corner is not None else []
            for item in (*line.items, *corner):
                assert item.key and not is_lone_ctrl(item.key), f"{item.words} needs the mouse, or a lone ctrl key"
        reached = await tour(driver)
        unseen = [stop.name for stop in reached if not stop.is_seen]
        assert not unseen, f"the focus is not seen on {unseen}"
        plates = [plate for plate in screen.query(Plate) if plate.region.area]
        assert not [plate for plate in plates if is_lone_ctrl(plate.key_label)]
        # Escape closes from anywhere: its plate may stand aside, so that tab and Enter throw no text away
        missed = {name_of(one) for one in plates if one.can_focus or one.key != "close"} - {
            stop.name for stop in reached
        }
        assert not missed, f"Tab does not come to {missed}"
        first = min(range(len(reached)), key=lambda at: reached[at][1:3], default=0)
        in_order = reached[first:] + reached[:first]
        assert in_order == sorted(in_order, key=lambda stop: (stop.y, stop.x)), f"Tab goes to and fro: {in_order}"


def is_lone_ctrl(key: str) -> bool:
    """Tell whether a key needs one that some keyboards and readers keep to themselves."""
    return key.casefold().startswith(("ctrl", "^"))
