"""Pictures of every scene as text: one file a scene, both languages and three sizes in it. `make snapshots` writes them."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rchrp_goals.content import LANGUAGES
from tests.scenes import SCENES, Scene, named, walks
from tests.screens.driver import SIZES
from tests.screens.seen import resize, rows_of, walk

FOLDER = Path(__file__).resolve().parents[1] / "snapshots"

SCROLLBAR = re.compile(r"\s+[▁▂▃▄▅▆▇█]$")
"""The end of a scrollbar's handle: an eighth of a row more or less depends on when it was last set."""

Pictures = dict[str, list[str]]
"""Parts of a scene's file, by scene."""


def file_of(name: str) -> Path:
    """Return where a scene's pictures stand."""
    return FOLDER / f"{name}.txt"


A_LOOK = 0.1
"""Seconds before a picture is taken."""


async def draw(scenes: Sequence[Scene], folder: Path) -> dict[str, str]:
    """Go to scenes that lie on one way, in each language, and give the text of each one's file."""
    drawn: Pictures = {scene.name: [] for scene in scenes}
    for language in LANGUAGES:
        async for scene, driver in walk(scenes, folder / language, language):
            for size in SIZES:
                await resize(driver, size)
                await asyncio.sleep(A_LOOK)  # what comes into sight does so by a timer, a moment after the size
                columns, rows = size
                frame = f"== {language} {columns}x{rows} ".ljust(columns, "=")
                drawn[scene.name] += [frame, *(SCROLLBAR.sub("", row) for row in rows_of(driver.app))]
    return {name: "\n".join(rows) + "\n" for name, rows in drawn.items()}


async def write(names: Sequence[str]) -> int:
    """Write the scenes that were named, with those on the same way, or all; take away what no scene is called any more.

    Returns how many files changed.
    """
    FOLDER.mkdir(exist_ok=True)
    changed = 0
    wanted = set(named(names))
    for one in walks(SCENES):
        if wanted.isdisjoint(one):
            continue
        with tempfile.TemporaryDirectory(prefix="rchrp-goals-scene-") as folder:
            for name, text in (await draw(one, Path(folder))).items():
                file = file_of(name)
                if not file.exists() or file.read_text(encoding="utf-8") != text:
                    file.write_text(text, encoding="utf-8", newline="\n")
                    print(file.relative_to(FOLDER.parents[1]))
                    changed += 1
    known = {scene.name for scene in SCENES}
    for file in FOLDER.glob("*.txt"):
        if file.stem not in known:
            file.unlink()
            changed += 1
    return changed


if __name__ == "__main__":
    print(f"{asyncio.run(write(sys.argv[1:]))} changed", file=sys.stderr)
