"""The part of the app that follows the settings: colours, motion, signs, and what of the file could not be taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual import constants
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender

from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.patient_app import PatientApp
from rchrp_goals.screens.safe import safe_line
from rchrp_goals.screens.themes import THEMES, theme_of
from rchrp_goals.services.keys import complaints_of
from widgets.themes import DARK

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.store.settings_spec import Value

TOAST_SECONDS = 12
"""How long it is said that a setting could not be taken: long enough for who reads slowly."""
FILE = "settings.toml"


@runtime_checkable
class DrawsSigns(Protocol):
    """A widget that draws lines and dots."""

    ascii_glyphs: bool


class WholeCellBar(ScrollBarRender):
    """A scrollbar whose ends are whole cells: no eighth of a block, for terminals that have plain signs only."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class SettingsApp(PatientApp):
    """Begins as the settings say, keeps what is changed, and follows it at once."""

    def __init__(self, desk: Desk, environ: Mapping[str, str]) -> None:
        self.desk = desk
        self._terminal_colours = environ.get("COLORFGBG", "")
        self._complaints = list(complaints_of(desk.settings, desk.places))
        begins_in = theme_of(desk.settings.theme, self._terminal_colours)
        super().__init__(has_terminal_colours=begins_in.ansi)
        for theme in THEMES.values():
            self.register_theme(theme)
        # As the theme that it begins with, not as a change: a change reads every style twice before the first picture.
        self.set_reactive(SettingsApp.theme, begins_in.name)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())
        self._follow_motion()
        self._follow_scrollbars()
        self._follow_keys()

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:
        """Return a screen whose styles are read; Textual would read everybody's anew, and dress what stands again."""
        found: Screen[Any] = super().get_screen(screen, screen_class)
        unread = [path for path in found.css_path if not self.stylesheet.has_source(str(path))]
        if unread:
            self.stylesheet.read_all(unread)
            self.stylesheet.parse()
        return found

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Define our own variables for any theme."""
        return dict(DARK.variables)

    def on_mount(self) -> None:
        """Say what of the settings could not be taken, where no screen has said it by then."""
        if self._complaints:
            self.call_after_refresh(self.when_shown, self._toast_complaints)

    def take_complaints(self) -> str:
        """Return one short sentence about what was not taken from the settings, once: whoever takes it says it.

        Empty where there is nothing to say. The settings room says why, and what is possible.
        """
        complaints, self._complaints = self._complaints, []
        if not complaints:
            return ""
        names = [str(one.args.get("name") or one.args.get("id") or FILE) for one in complaints]
        return self.desk.words.ui("settings_room.not_taken", names=", ".join(names))

    def _toast_complaints(self) -> None:
        if sentence := self.take_complaints():
            self.notify(safe_line(sentence), severity="warning", timeout=TOAST_SECONDS, markup=False)

    def keep_setting(self, **changes: Value | None) -> None:
        """Keep what the person chose, None for the usual, and follow it as soon as it is kept."""

        def keep() -> None:
            # looked at in the writer's turn: one before it may change the same setting
            if all(getattr(self.desk.settings, name) == value for name, value in changes.items()):
                return
            from rchrp_goals.store.settings import write_settings

            self.desk.settings = write_settings(self.desk.places, **changes)
            self.call_later(self.follow_settings)

        self.writer.submit(keep)

    async def follow_settings(self) -> None:
        """Look as the settings say, at once."""
        theme = theme_of(self.desk.settings.theme, self._terminal_colours)
        self.theme = theme.name
        self.show_terminal_colours(theme.ansi)
        self._follow_motion()
        has_other_keys = self._shown_keys != self.keys.own
        self._follow_keys()
        if self._follow_glyphs() or has_other_keys:
            for screen in self.calm_screens():
                await screen.retell()

    def calm_screens(self) -> list[CalmScreen[object]]:
        """Return our screens, from the bottom up."""
        return [screen for screen in self.screen_stack if isinstance(screen, CalmScreen)]

    def _follow_keys(self) -> None:
        self._shown_keys = dict(self.keys.own)
        self.set_keymap(self._shown_keys)

    def _follow_motion(self) -> None:
        self.animation_level = "none" if self.desk.settings.motion == "none" else constants.TEXTUAL_ANIMATIONS

    def _follow_scrollbars(self) -> None:
        ScrollBar.renderer = WholeCellBar if self.is_ascii else ScrollBarRender

    def _follow_glyphs(self) -> bool:
        """Let everything that draws lines and dots draw with the signs of the settings; False where it does already."""
        drawing = [
            widget for screen in self.calm_screens() for widget in screen.query("*") if isinstance(widget, DrawsSigns)
        ]
        self._follow_scrollbars()
        changed = [widget for widget in drawing if widget.ascii_glyphs is not self.is_ascii]
        for widget in changed:
            widget.ascii_glyphs = self.is_ascii
        return bool(changed)
