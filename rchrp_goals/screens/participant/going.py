"""Where to go: every room with its letter."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from rchrp_goals.screens.participant.small_modal import SmallModal
from rchrp_goals.screens.safe import safe_line
from rchrp_goals.services.place import Place
from rchrp_goals.services.rooms.reading import BESIDE, DOORS
from widgets.choice_list import Choice, ChoiceList

AROUND = 7
"""Rows that the title and the way out take, with the edge of the screen."""


class GoModal(SmallModal[Place | None]):
    """Gives back the room that was chosen by its letter, by Enter or by a click."""

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("rooms.go_title")

    def compose_inside(self) -> ComposeResult:
        """Make the list."""
        ui, places, rows = self.ui, (*DOORS, *BESIDE), self.app.size.height - AROUND
        # what is there goes first, then the rows between, where rows are few: the whole list is seen at once
        has_notes, is_spaced = rows >= 2 * len(places), rows >= 3 * len(places)
        choices = [
            Choice(
                door.name,
                safe_line(ui(f"rooms.name.{door.name}")),
                safe_line(ui(f"rooms.about.{door.name}")) if has_notes else "",
                door.key,
            )
            for door in places
        ]
        yield ChoiceList(choices, is_menu=True, is_spaced=is_spaced, overhang=1, ascii_glyphs=self.app.is_ascii)

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """Give it back."""
        event.stop()
        self.dismiss(Place(event.choice_id))
