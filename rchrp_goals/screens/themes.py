"""The themes: a meaning has one name in all of them, and screens use the names.

``quiet`` is the second voice (dates, labels, help), ``line`` what is drawn and not read. How well each can be seen is
worked out by a test.
"""

from __future__ import annotations

from textual.theme import Theme

from widgets.themes import DARK, LIGHT

HIGH_CONTRAST_DARK = Theme(
    name="calm-high-contrast-dark",
    dark=True,
    background="#000000",
    surface="#101214",
    panel="#22262b",
    foreground="#ffffff",
    primary="#a6e3c9",
    secondary="#b8d4ff",
    accent="#ffd488",
    warning="#ffd488",
    success="#a6e3c9",
    error="#ffc2b0",
    variables={"quiet": "#d3d8d6", "line": "#a3abb3"},
)
HIGH_CONTRAST_LIGHT = Theme(
    name="calm-high-contrast-light",
    dark=False,
    background="#ffffff",
    surface="#f4f4f2",
    panel="#e4e4e1",
    foreground="#000000",
    primary="#06452f",
    secondary="#0f3664",
    accent="#5a3300",
    warning="#5a3300",
    success="#06452f",
    error="#6b1d0c",
    variables={"quiet": "#2f3331", "line": "#5c605e"},
)
ANSI = Theme(
    name="calm-ansi",
    ansi=True,
    dark=True,
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    foreground="ansi_default",
    primary="ansi_default",
    secondary="ansi_default",
    # the one of the sixteen that can be read on black and on white in every palette that terminals come with
    accent="ansi_bright_magenta",
    warning="ansi_bright_magenta",
    success="ansi_default",
    error="ansi_bright_magenta",
    variables={
        "quiet": "ansi_default",
        "line": "ansi_default",
        # Textual lets these two be transparent: then the screen below would be seen beside a page
        "surface": "ansi_default",
        "panel": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "input-selection-background": "ansi_bright_magenta",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_bright_magenta",
        "screen-selection-foreground": "ansi_black",
    },
)
"""The terminal's own colours: what the person set there holds here too."""
THEMES = {
    "dark": DARK,
    "light": LIGHT,
    "high_contrast_dark": HIGH_CONTRAST_DARK,
    "high_contrast_light": HIGH_CONTRAST_LIGHT,
    "ansi": ANSI,
}
"""The theme of each setting; ``auto`` is one of the first two."""
LIGHT_BACKGROUNDS = frozenset({"7", "15"})
"""What ``COLORFGBG`` ends with in a terminal whose background is light."""


def theme_of(setting: str, colours: str) -> Theme:
    """Return the theme of the setting; ``auto`` is dark unless the terminal says that its background is light."""
    if setting == "auto":
        setting = "light" if colours.rpartition(";")[2] in LIGHT_BACKGROUNDS else "dark"
    return THEMES[setting]
