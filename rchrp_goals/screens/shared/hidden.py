"""What stands there after "leave now": a bare prompt in the terminal's own colours, and nothing that can be done."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

PROMPT = Content.assemble("$ ", (" ", "reverse"))


class HiddenScreen(Screen[None]):
    """Swallows every key and every click; only the app's one key brings back what was there."""

    ALLOW_SELECT = False
    AUTO_FOCUS = ""
    CSS = """
    HiddenScreen { background: ansi_default; color: ansi_default; padding: 0; }
    HiddenScreen > Static { background: ansi_default; color: ansi_default; width: auto; }
    """

    def compose(self) -> ComposeResult:
        """Make the prompt."""
        yield Static(PROMPT)

    def on_key(self, event: events.Key) -> None:
        """Take every key and do nothing."""
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take every paste and do nothing."""
        event.stop()
        event.prevent_default()
