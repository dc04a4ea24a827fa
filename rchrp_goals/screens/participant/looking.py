"""A screen over the plan as it stands: it looks whether that is another one by now, and one moves in it by the arrows."""

from __future__ import annotations

from textual import events, work
from textual.containers import VerticalScroll
from textual.widget import Widget

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.participant.line_list import LineList
from widgets.plate import Plate

LOOK_EVERY = 2.0
"""Seconds after which the file's stamp is looked at."""
SCROLL_KEYS = {"pageup": -8, "pagedown": 8}
LOW = 20
"""Rows below which a screen is low."""


class LookingScreen(CalmScreen[None]):
    """Shows the plan; ``#body`` is what scrolls in it."""

    _seen: tuple[object, str] = (None, "")
    """The file and the minute of what stands there."""

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being done here that ends in a look of its own."""
        return False

    async def refresh_view(self) -> None:
        """Read the plan anew and show it; one that cannot be read has its own page."""
        raise NotImplementedError

    def begin_to_look(self) -> None:
        """Look from now on, now and then and when the window is come back to."""
        self.set_interval(LOOK_EVERY, self.look)
        self.watch(self.app, "app_focus", self.look, init=False)

    def take_note(self) -> bool:
        """Take note of the file and the minute; whether either is another than before."""
        desk, before = self.app.desk, self._seen
        self._seen = (desk.store.stamp(), desk.clock.now().isoformat()[:16])
        return before != self._seen

    async def look(self) -> None:
        """Look whether the file or the minute is another one; then show what stands now."""
        if self.is_current and not self.is_busy and self.take_note():
            await self.refresh_view()

    async def on_screen_resume(self) -> None:
        """Come back from another screen: look."""
        if self.is_mounted:
            await self.look()

    def tell_unreadable(self, problem: ProblemError) -> None:
        """Go to the page for a file that is not as it should be; any other problem is told, and it is tried again."""
        if isinstance(problem, FileProblem):
            self.app.call_later(self.app.reopen)
        else:
            self._tell_and_read_again(problem)

    @work(exclusive=True, group="problem")
    async def _tell_and_read_again(self, problem: ProblemError) -> None:
        if await self.app.tell_problem(problem):
            await self.refresh_view()

    def moves(self, event: events.Key) -> bool:
        """Move from thing to thing with the arrows, and scroll by pages; False for any other key."""
        if event.key in SCROLL_KEYS:
            self.query_one("#body", VerticalScroll).scroll_relative(y=SCROLL_KEYS[event.key], animate=False)
        elif not (self.step(event.key) or self._to_the_end(event.key)):
            return False
        event.stop()
        return True

    def _to_the_end(self, key: str) -> bool:
        """Go to the first or last line of all lists, not only of the one that one is in; False where one is there."""
        lists = [one for one in self.focus_chain if isinstance(one, LineList)]
        if key not in {"home", "end"} or not lists:
            return False
        there, at = (lists[0], 0) if key == "home" else (lists[-1], -1)
        if there is self.focused and there.cursor == there.keys[at]:
            return False
        there.cursor = there.keys[at]
        self.set_focus(there)
        return True

    def step(self, key: str) -> bool:
        """Take an arrow from thing to thing; False where it means nothing here.

        Up and down leave a row of plates as a whole, and come to the first plate of one; left and right move in it. They
        come into a list from the end that they came from, wherever one stood in it before: nothing between is skipped.
        """
        here = self.focused
        if key not in {"up", "down"} and not (key in {"left", "right"} and isinstance(here, Plate)):
            return False
        way = 1 if key in {"down", "right"} else -1
        chain = self.focus_chain
        if here not in chain:
            (self.focus_next if way > 0 else self.focus_previous)()
            return True
        at = chain.index(here)
        around = [chain[(at + way * step) % len(chain)] for step in range(1, len(chain))]
        if key in {"left", "right"}:
            beside = around[:1]
            self.set_focus(beside[0] if beside and _is_same_row(here, beside[0]) else here)
            return True
        there = next((one for one in around if not _is_same_row(here, one)), here)
        if isinstance(there, LineList) and there is not here:
            there.cursor = there.keys[0 if way > 0 else -1]
        row = [one for one in chain if _is_same_row(there, one)]
        self.set_focus(row[0] if row else there)
        return True


def _is_same_row(one: Widget | None, other: Widget) -> bool:
    """Tell whether two things are plates that stand side by side."""
    return (
        isinstance(one, Plate)
        and isinstance(other, Plate)
        and one.parent is other.parent
        and one.virtual_region.y == other.virtual_region.y
    )
