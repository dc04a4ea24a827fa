"""Draws docs/pictures/ from the app as it runs: `make pictures`, or `make pictures ARGS="home"` for one.

`make pictures` draws every screen too, in four sizes and as many themes, into build/pictures/ (tools/contact_sheets.py);
`make pictures ARGS="--sheets home"` only the screens whose names begin so.

The app runs in a pseudo-terminal on a plan of its own in a temporary folder. A picture is a row of SHOTS: the
steps that lead to it, the sizes that it is drawn at, and the language of the plan that is there before.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.services.context import SystemClock
from rchrp_goals.services.demo import make
from rchrp_goals.store.places import Places
from tests.terminal.pseudo_terminal import PseudoTerminal, ScreenError, open_app

if TYPE_CHECKING:
    import pyte
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

Size = tuple[int, int]
SMALL, USUAL, WIDE, PAGE = (40, 12), (80, 24), (120, 36), (100, 40)
LIGHT = {"COLORFGBG": "0;15"}
"""What a terminal with a light background says of itself."""


class Shot(NamedTuple):
    """One picture: its name, sizes (columns, rows), the app's arguments, the steps before it is drawn.

    Drawn at one size it is NAME.png, at several NAME-80x24.png and so on. ``plan`` is the language of the sample plan
    that stands in the folder, ``variant`` which one (``services/demo.py``); empty for none. ``environment`` is laid over
    the usual one.

    A step is a key (``tab``, ``ctrl+q``, ``x``), ``wait:PATTERN``, ``type:TEXT`` or ``click:PATTERN``;
    ``tab*3`` presses a key three times.
    """

    name: str
    sizes: tuple[Size, ...]
    arguments: tuple[str, ...]
    steps: tuple[str, ...]
    plan: str = ""
    variant: str = "full"
    environment: Mapping[str, str] = {}


IN_ENGLISH, IN_SPANISH = ("--lang", "en"), ("--lang", "es")
HOME = "wait:Rosa"

SHOTS: tuple[Shot, ...] = (
    Shot("values", (USUAL,), (*IN_ENGLISH, "begin", "values"), ("wait:drugs", "enter", "wait:strongly", "7")),
    Shot("home", (WIDE,), IN_ENGLISH, (HOME,), "en"),
    Shot(
        "goal",
        (WIDE,),
        IN_ENGLISH,
        (HOME, "g", "wait:Where to", "g", "wait:to myself", "enter", "wait:Where it stands"),
        "en",
    ),
    Shot("then-and-now", (WIDE,), IN_ENGLISH, (HOME, "g", "wait:Where to", "v", "wait:Then and now"), "en"),
    Shot("plan", (PAGE,), IN_ENGLISH, (HOME, "p", "wait:Why"), "en"),
    Shot("wall", (PAGE,), IN_ENGLISH, (HOME, "p", "wait:Why", "w", "wait:wall"), "en"),
    Shot("home-es", (USUAL,), IN_SPANISH, (HOME,), "es"),
    Shot("small", (SMALL,), IN_ENGLISH, (HOME,), "en"),
    Shot(
        "light",
        (USUAL,),
        (*IN_ENGLISH, "begin", "goals"),
        ("wait:want to do", "type:Know by name whoever comes to the drop-in"),
        environment=LIGHT,
    ),
)
"""Every picture that is kept in docs/pictures/."""

FONT_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/Library/Fonts", "~/Library/Fonts",
)  # fmt: skip
FONT_SIZE = 16
BLOCKS = "▁▂▃▄▅▆▇█"
"""Drawn as what they are, from an eighth of a cell to a whole one: the font's own do not fill a cell."""
BACKGROUND, FOREGROUND = (18, 20, 24), (220, 220, 220)
NAMED = {
    "black": (0, 0, 0), "red": (205, 49, 49), "green": (13, 188, 121), "brown": (229, 229, 16),
    "blue": (36, 114, 200), "magenta": (188, 63, 188), "cyan": (17, 168, 205), "white": (229, 229, 229),
    "brightblack": (102, 102, 102), "brightred": (241, 76, 76), "brightgreen": (35, 209, 139),
    "brightbrown": (245, 245, 67), "brightblue": (59, 142, 234), "brightmagenta": (214, 112, 214),
    "brightcyan": (41, 184, 219), "brightwhite": (255, 255, 255),
}  # fmt: skip


class NoFontError(Exception):
    """The font that the pictures are drawn with is not on this machine."""


def find_font(name: str) -> Path:
    """Find a font file; pictures drawn with another font would not be alike."""
    for folder in FONT_FOLDERS:
        for found in Path(folder).expanduser().rglob(name):
            return found
    raise NoFontError(
        f"{name} is not on this machine. It comes with the DejaVu fonts; on Debian and Ubuntu:"
        " sudo apt install fonts-dejavu-core"
    )


@cache
def fonts() -> tuple[FreeTypeFont, FreeTypeFont]:
    """Load the usual and the bold face."""
    from PIL import ImageFont

    usual, bold = find_font("DejaVuSansMono.ttf"), find_font("DejaVuSansMono-Bold.ttf")
    return ImageFont.truetype(str(usual), FONT_SIZE), ImageFont.truetype(str(bold), FONT_SIZE)


def colour(name: str, default: tuple[int, int, int]) -> tuple[int, int, int]:
    """Give the red, green and blue of a cell's colour as pyte names it."""
    if name == "default":
        return default
    return NAMED[name] if name in NAMED else (int(name[0:2], 16), int(name[2:4], 16), int(name[4:6], 16))


def picture_of(screen: pyte.Screen) -> Image:
    """Draw a screen cell by cell; a cell is as high as the font, so that lines and blocks join."""
    from PIL import Image, ImageDraw

    usual, bold = fonts()
    wide = round(usual.getlength("M"))
    high = sum(usual.getmetrics())
    picture = Image.new("RGB", (screen.columns * wide, screen.lines * high), BACKGROUND)
    pen = ImageDraw.Draw(picture)
    for row in range(screen.lines):
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            ink, paper = colour(cell.fg, FOREGROUND), colour(cell.bg, BACKGROUND)
            if cell.reverse:
                ink, paper = paper, ink
            left, top = column * wide, row * high
            if paper != BACKGROUND:
                pen.rectangle((left, top, left + wide - 1, top + high - 1), fill=paper)
            if cell.data and cell.data in BLOCKS:
                part = high * (BLOCKS.index(cell.data) + 1) // len(BLOCKS)
                pen.rectangle((left, top + high - part, left + wide - 1, top + high - 1), fill=ink)
            elif cell.data.strip():
                pen.text((left, top), cell.data, font=bold if cell.bold else usual, fill=ink)
            if cell.underscore:
                pen.line((left, top + high - 2, left + wide - 1, top + high - 2), fill=ink)
            if cell.strikethrough:
                pen.line((left, top + high // 2, left + wide - 1, top + high // 2), fill=ink)
    return picture


def draw(screen: pyte.Screen, path: Path) -> None:
    """Draw a screen into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture_of(screen).save(path, optimize=True)


def walk(terminal: PseudoTerminal, steps: tuple[str, ...]) -> None:
    """Do what leads to a picture."""
    for step in steps:
        verb, colon, rest = step.partition(":")
        if colon and verb == "wait":
            terminal.wait_for(rest)
        elif colon and verb == "type":
            terminal.type(rest)
        elif colon and verb == "click":
            terminal.click_text(rest)
        else:
            key, _, times = step.partition("*") if re.search(r".\*\d+$", step) else (step, "", "1")
            terminal.press(*[key] * int(times))
        terminal.settle()


def take(shot: Shot, size: Size, path: Path) -> None:
    """Run the app at one size, go where the shot is, and draw it."""
    with tempfile.TemporaryDirectory(prefix="rchrp-goals-picture-") as name:
        home = Path(name) / "home"
        home.mkdir()
        own = {variable: None for variable in os.environ if variable.startswith(("RCHRP_", "TEXTUAL_", "XDG_"))}
        environment: dict[str, str | None] = {
            **own,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TEXTUAL_ANIMATIONS": "none",
            "NO_COLOR": None,
            "COLORFGBG": None,
            **shot.environment,
        }
        if shot.plan:
            make(Places(f"{name}/plan"), Words(shot.plan), SystemClock(), shot.variant)
        arguments = ["--data", str(Path(name) / "plan"), *shot.arguments]
        with open_app(*arguments, columns=size[0], rows=size[1], environment=environment, folder=home) as terminal:
            walk(terminal, shot.steps)
            draw(terminal.screen, path)


def main() -> int:
    """Draw the pictures that were named, or all. Exit status 1 where one could not be drawn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="draw only these")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")
    parser.add_argument("--sheets", action="store_true", help="draw every screen instead, into build/pictures")
    parser.add_argument("--theme", action="append", default=[], help="of the screens, only in this theme")
    chosen = parser.parse_args()
    if chosen.sheets or not chosen.names:
        from tools.contact_sheets import draw_all

        draw_all(chosen.names, chosen.theme)
    if chosen.sheets:
        return 0
    unknown = set(chosen.names) - {shot.name for shot in SHOTS}
    if unknown:
        parser.error(f"no picture is called {', '.join(sorted(unknown))}")
    failed = 0
    for shot in SHOTS:
        for size in shot.sizes if not chosen.names or shot.name in chosen.names else ():
            mark = f"-{size[0]}x{size[1]}" if len(shot.sizes) > 1 else ""
            path = chosen.folder / f"{shot.name}{mark}.png"
            try:
                take(shot, size, path)
            except (ScreenError, NoFontError) as problem:
                print(f"{path.name}: {problem}", file=sys.stderr)
                failed = 1
            else:
                print(path)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
