"""Two fields of the kit with keys of their own: a list under a field, and one thing a line."""

from __future__ import annotations

from textual import events

from widgets.choice_list import ChoiceList
from widgets.line_field import LongField


class IdeaList(ChoiceList):
    """A list under a field: up from its first option goes back to the field."""

    def on_key(self, event: events.Key) -> None:
        """Let go of up at the top."""
        if event.key == "up" and self.cursor == 0:
            event.prevent_default()
            event.stop()
            self.screen.focus_previous()


class ItemsField(LongField):
    """One thing a line: Enter begins the next line, Enter on an empty line means done."""

    def on_key(self, event: events.Key) -> None:
        """Begin a new line where this one says something."""
        if event.key == "enter" and self.document.get_line(self.cursor_location[0]).strip():
            event.prevent_default()
            event.stop()
            start, end = self.selection
            self.replace("\n", start, end, maintain_selection_offset=False)
            self.scroll_cursor_visible()
