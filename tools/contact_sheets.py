"""Draws every scene of tests/scenes.py in four sizes and in every look, and puts them side by side to be looked at.

One app for each way through the scenes and each look, in a pseudo-terminal that is resized between the pictures. They go
into build/pictures/LOOK/SIZE/NAME.png, the sheets into build/pictures/LOOK-SIZE-N.png; none of them is kept.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rchrp_goals.services.context import SystemClock
from tests.scenes import SCENES, Scene, begins_of, named, standing, typed, walks
from tests.terminal.pseudo_terminal import PseudoTerminal, ScreenError, open_app
from tools.pictures import ROOT, Size, fonts, picture_of

FOLDER = ROOT / "build" / "pictures"
SIZES: tuple[Size, ...] = ((40, 12), (80, 24), (120, 40), (200, 60))
SHEET_WIDTH = 1800
"""Pixels of a sheet; as many pictures stand side by side as can still be read in that."""
ACROSS = {40: 4, 80: 3, 120: 2, 200: 1}
DOWN = {40: 4, 80: 3, 120: 2, 200: 1}
CAPTION = 24
QUIET = 0.15
"""Seconds without a byte after which a picture is taken."""


class Look(NamedTuple):
    """A theme, or another way to draw: what stands in the settings, what is in the environment, and which scenes."""

    settings: str
    environment: Mapping[str, str] = {}
    only: tuple[str, ...] = ()


_FEW = (
    "ask-continuum-marked",
    "ask-goal",
    "home-full",
    "room-goals-full",
    "room-values-full",
    "room-learning-full",
    "go",
)
LOOKS: dict[str, Look] = {
    "dark": Look('theme = "dark"\n'),
    "light": Look('theme = "light"\n'),
    "high-contrast": Look('theme = "high_contrast_dark"\n'),
    "no-color": Look("", {"NO_COLOR": "1"}, _FEW),
    "ascii": Look('theme = "dark"\nglyphs = "ascii"\n', {}, _FEW),
}
"""Three themes for every scene, and two more looks for a few."""


def draw_all(names: Sequence[str], looks: Sequence[str] = (), language: str = "en") -> None:
    """Draw the scenes that were named, or all, in the looks that were named, or all; say what could not be drawn."""
    for name in looks or LOOKS:
        look = LOOKS[name]
        wanted = [one for one in named(names) if not look.only or one.name in look.only]
        folder = FOLDER / name
        for way in walks(SCENES):
            if any(scene in wanted for scene in way):
                try:
                    _go(way, wanted, look, folder, language)
                except ScreenError as problem:
                    print(f"{name}, {way[-1].name}: {problem}", file=sys.stderr)
        for size in SIZES:
            for sheet in _sheets(wanted, folder, size, f"{name}-{size[0]}x{size[1]}"):
                print(sheet, flush=True)


def _go(way: Sequence[Scene], wanted: Sequence[Scene], look: Look, folder: Path, language: str) -> None:
    """Open the app once, go from scene to scene, and draw each one at every size."""
    first, done = way[0], 0
    with tempfile.TemporaryDirectory(prefix="rchrp-goals-picture-") as name:
        data, home = Path(name, "my-plan"), Path(name, "home")
        data.mkdir()
        home.mkdir()
        (data / "settings.toml").write_text(look.settings, encoding="utf-8")
        own = {variable: None for variable in os.environ if variable.startswith(("RCHRP_", "TEXTUAL_", "XDG_"))}
        environment: dict[str, str | None] = {
            **own,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TEXTUAL_ANIMATIONS": "none",
            "NO_COLOR": None,
            "COLORFGBG": None,
            **look.environment,
        }
        begins = begins_of(first)
        arguments = ["--data", str(data), "--lang", language, *(["begin", begins] if begins else [])]
        with (
            standing(first.plan, data, language, SystemClock()),
            open_app(*arguments, columns=80, rows=24, environment=environment, folder=home) as terminal,
        ):
            terminal.wait_for_mode(1049)
            terminal.settle(0.5)
            for scene in way:
                keys = list(scene.keys)
                for key in keys[done:]:
                    _do(terminal, key, language)
                done = len(keys)
                if scene in wanted:
                    _draw(terminal, scene, folder)


def _do(terminal: PseudoTerminal, step: str, language: str) -> None:
    if step.startswith("say:"):
        terminal.type(typed(step.removeprefix("say:"), language))
    else:
        terminal.press(step)
    terminal.settle(QUIET)


def _draw(terminal: PseudoTerminal, scene: Scene, folder: Path) -> None:
    for columns, rows in (*SIZES, (80, 24)):
        terminal.resize(columns, rows)
        terminal.settle(QUIET * 2)
        path = folder / f"{columns}x{rows}" / f"{scene.name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture_of(terminal.screen).save(path)


def _sheets(scenes: Sequence[Scene], folder: Path, size: Size, name: str) -> Iterator[Path]:
    """Put the pictures of one size side by side, with their names over them."""
    from PIL import Image, ImageDraw

    files = [folder / f"{size[0]}x{size[1]}" / f"{scene.name}.png" for scene in scenes]
    files = [file for file in files if file.exists()]
    across, a_sheet = ACROSS[size[0]], ACROSS[size[0]] * DOWN[size[0]]
    for number, at in enumerate(range(0, len(files), a_sheet), 1):
        pictures = [Image.open(file) for file in files[at : at + a_sheet]]
        wide = min(SHEET_WIDTH // across, pictures[0].width)
        high = pictures[0].height * wide // pictures[0].width
        down = -(-len(pictures) // across)
        sheet = Image.new("RGB", (across * (wide + 8), down * (high + CAPTION + 8)), "gray")
        pen = ImageDraw.Draw(sheet)
        for place, picture in enumerate(pictures):
            left, top = place % across * (wide + 8), place // across * (high + CAPTION + 8)
            pen.text((left + 4, top + 2), files[at + place].stem, font=fonts()[1], fill="white")
            sheet.paste(picture.resize((wide, high), Image.Resampling.LANCZOS), (left, top + CAPTION))
        path = FOLDER / f"{name}-{number}.png"
        sheet.save(path)
        yield path
