"""What can be set, said once: the file, the command, the docs page and the room all read this list."""

from __future__ import annotations

from typing import NamedTuple

Value = str | bool
"""What a setting may hold."""

UNANSWERED = None
"""The default of what nobody has chosen yet: it is asked, or taken from the computer."""


class Setting(NamedTuple):
    """One setting: its name in the file, what it may be, and what holds where nothing or nothing known is said.

    Its words stand in ``settings_room.toml`` under its name: ``title``, ``about``, and ``choices`` (yes and no are
    said once, under ``yes_no``).
    """

    name: str
    choices: tuple[Value, ...]
    default: Value | None

    @property
    def is_yes_no(self) -> bool:
        """Tell whether it is answered with yes or no."""
        return isinstance(self.choices[0], bool)

    @property
    def words_key(self) -> str:
        """The key of its words."""
        return f"settings_room.{self.name}"

    def allows(self, value: object) -> bool:
        """Tell whether the file may say this; by type too, for 1 equals True."""
        return any(type(value) is type(choice) and value == choice for choice in self.choices)


SPEC: tuple[Setting, ...] = (
    Setting("language", ("en", "es"), UNANSWERED),
    Setting("face", ("app", "plain"), "app"),
    Setting("theme", ("auto", "dark", "light", "high_contrast_dark", "high_contrast_light", "ansi"), "auto"),
    Setting("glyphs", ("full", "ascii"), "full"),
    Setting("motion", ("full", "none"), "full"),
    Setting("breath", (True, False), True),
    Setting("date_order", ("day_month", "month_day"), UNANSWERED),
    Setting("always_show_why", (True, False), False),
)
"""Every setting, in the order in which it is shown."""

BY_NAME: dict[str, Setting] = {setting.name: setting for setting in SPEC}
