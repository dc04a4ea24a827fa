"""What the small demos share: an app around one column, in the kit's two themes.

``python -m widgets.NAME`` shows one widget alone. F3 changes between dark and light, F4 between drawn and
ASCII marks.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from widgets.themes import DARK, LIGHT


class DemoApp(App[None]):
    """Shows the widgets that ``build`` makes in one column, and the last message of theirs under them."""

    CSS = """
    Screen { padding: 1; background: $background; color: $foreground; }
    #column { padding: 0 3; }
    #column.-bare, .-narrow #column.-bare { padding: 0; }
    .-narrow #column { padding: 0 1; scrollbar-size-vertical: 1; }
    #said { dock: bottom; height: 1; color: $quiet; padding: 0 3; }
    """
    BINDINGS = [("f3", "switch_theme", ""), ("f4", "switch_glyphs", "")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, build: Callable[[], list[Widget]], *, is_bare: bool = False) -> None:
        super().__init__()
        self._build_widgets = build
        self._is_bare = is_bare

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Keep the kit's two variables defined while no theme of ours is chosen yet."""
        return dict(DARK.variables)

    def compose(self) -> ComposeResult:
        """Show the widgets over the line for messages."""
        with VerticalScroll(id="column", classes="-bare" if self._is_bare else "", can_focus=False):
            yield from self._build_widgets()
        yield Static(id="said")

    def on_mount(self) -> None:
        """Register the two themes and begin in the dark one."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def say(self, message: Message) -> None:
        """Show a message that a widget posted, as literal text."""
        self.query_one("#said", Static).update(Content(repr(message)))

    def action_switch_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_switch_glyphs(self) -> None:
        """Change between drawn and ASCII marks wherever a widget knows both."""
        for widget in self.query("#column *"):
            if hasattr(widget, "ascii_glyphs"):
                widget.ascii_glyphs = not widget.ascii_glyphs
