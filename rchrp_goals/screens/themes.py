"""The two themes: a meaning has one name in both, and screens use the names."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="calm-dark",
    dark=True,
    background="#15181c",
    surface="#1b1f24",
    panel="#252a31",
    foreground="#e9e4da",
    primary="#8fc7b0",
    secondary="#9db8d9",
    accent="#e6bd7f",
    warning="#e6bd7f",
    success="#8fc7b0",
    error="#e6a08f",
    variables={"quiet": "#98a09c", "line": "#6b747b"},
)
LIGHT = Theme(
    name="calm-light",
    dark=False,
    background="#fbf8f2",
    surface="#f4efe6",
    panel="#e9e2d5",
    foreground="#26282b",
    primary="#1f6b56",
    secondary="#2d5b8c",
    accent="#8a5606",
    warning="#8a5606",
    success="#1f6b56",
    error="#9a3d25",
    variables={"quiet": "#5d615d", "line": "#7f7e75"},
)
THEMES = {"dark": DARK, "light": LIGHT}
LIGHT_BACKGROUNDS = frozenset({"7", "15"})
"""What ``COLORFGBG`` ends with in a terminal whose background is light."""


def theme_name(setting: str, colours: str) -> str:
    """Return the theme of the setting; ``auto`` is dark unless the terminal says that its background is light."""
    if setting == "auto":
        setting = "light" if colours.rpartition(";")[2] in LIGHT_BACKGROUNDS else "dark"
    return THEMES[setting].name
