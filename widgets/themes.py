"""The two themes of the kit, dark and light, with the variables that its widgets draw with.

``quiet`` is the second voice (dates, labels, help), ``line`` what is drawn and not read.
"""

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
