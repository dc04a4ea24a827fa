"""Find anything by a few letters: what can be done here, a room, a goal, a step, an activity, a reminder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.fuzzy import Matcher
from textual.widgets import Input

from rchrp_goals.plan.text import bare
from rchrp_goals.screens.participant.small_modal import SmallModal
from rchrp_goals.screens.safe import safe_line
from widgets.choice_list import Choice, ChoiceList
from widgets.line_field import LineField

AT_ONCE = 9
"""Finds that are shown: a digit each."""


@dataclass(frozen=True)
class Find:
    """One thing that can be found: its words, a quiet note, and what choosing it does."""

    words: str
    note: str
    do: Callable[[], object]


class FindModal(SmallModal[Find | None]):
    """Gives back what was chosen. Letters narrow the list, the arrows move in it, Enter takes the one marked.

    Capitals and accents do not count, in what is typed and in what is found.

    Before anything is typed nothing is marked, so that an Enter too soon does nothing. A number alone is its find.
    """

    AUTO_FOCUS = "LineField"

    def __init__(self, finds: Sequence[Find]) -> None:
        super().__init__()
        self._finds = list(finds)
        self._compared = [bare(one.words) for one in finds]
        self._shown: list[Find] = []
        self._typed = ""
        self._at: int | None = None
        """Which of those shown is marked; None before the person typed or moved."""

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("rooms.find_title")

    def compose_inside(self) -> ComposeResult:
        """Make the line and the list."""
        yield LineField(safe_line(self._typed), ascii_glyphs=self.app.is_ascii)
        self._list = ChoiceList([], overhang=1, ascii_glyphs=self.app.is_ascii)
        self._list.can_focus = False
        yield self._list
        self._fill()

    async def retell(self) -> None:
        """Say it again; that nothing fits is said once more too."""
        await super().retell()
        self._narrow()

    def _narrow(self) -> None:
        """Show what fits what was typed, and say where nothing does."""
        self._fill()
        self.tell("" if self._shown else self.ui("rooms.find_none"))

    def _fill(self) -> None:
        """Fill the list with what fits, the best first; in the order as it was where nothing was typed.

        What holds the words as they were typed comes first, and only such a thing is marked: where the letters are
        merely scattered in it, Enter opens nothing that nobody meant.
        """
        wanted = self._typed.strip()
        found = self._finds
        self._at = None
        if wanted:
            matcher, typed = Matcher(bare(wanted)), bare(wanted).split()
            scored = [
                (all(word in text for word in typed), matcher.match(text), -at, one)
                for at, (text, one) in enumerate(zip(self._compared, self._finds, strict=True))
            ]
            fitting = sorted(
                (each for each in scored if each[0] or each[1] > 0), key=lambda each: each[:3], reverse=True
            )
            found = [one for *_, one in fitting]
            self._at = 0 if fitting and fitting[0][0] else None
            if not found and wanted in {str(number) for number in range(1, min(AT_ONCE, len(self._finds)) + 1)}:
                found, self._at = self._finds, int(wanted) - 1
        self._shown = found[:AT_ONCE]
        self._list.set_options(
            [
                Choice(str(at), safe_line(f"{one.words}   {one.note}" if one.note else one.words))
                for at, one in enumerate(self._shown)
            ]
        )
        self._list.cursor = self._at or 0
        self._mark()

    def _mark(self) -> None:
        self._list.picked = [str(self._at)] if self._shown and self._at is not None else []

    @on(Input.Changed)
    def take(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        if event.value != self._typed:
            self._typed = event.value
            self._narrow()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Enter: the one that is marked; where none is, how one is."""
        event.stop()
        if self._shown and self._at is not None:
            self.dismiss(self._shown[self._at])
        elif self._shown:
            self.tell(self.ui("rooms.find_how"))

    def on_key(self, event: events.Key) -> None:
        """Move in the list while the line keeps the focus."""
        if event.key in {"up", "down"}:
            event.stop()
            step = 1 if event.key == "down" else -1
            self._at = 0 if self._at is None else min(max(0, self._at + step), max(0, len(self._shown) - 1))
            self._list.cursor = self._at
            self._mark()
            self.tell("")

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """A click: that one."""
        event.stop()
        self.dismiss(self._shown[int(event.choice_id)])
