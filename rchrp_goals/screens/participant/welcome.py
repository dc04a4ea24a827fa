"""Coming back after a long while: four doors, and the line that one left for oneself. No day, no room, no old step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.foot_line import FootItem
from rchrp_goals.screens.participant.doing import DoingScreen
from rchrp_goals.screens.participant.line_list import NARROW
from rchrp_goals.screens.safe import safe, safe_line
from rchrp_goals.services import saying
from rchrp_goals.services.place import Place
from rchrp_goals.services.welcome import (
    READ,
    STATE_OF,
    Tables,
    Welcome,
    fits_words,
    goals_to_look_at,
    small_thing,
    unread,
    welcome,
)
from widgets.choice_list import Choice, ChoiceList

if TYPE_CHECKING:
    from rchrp_goals.services.room import Action

ROOMY = 18
"""Rows from which a blank one stands between the doors."""


class WelcomeScreen(DoingScreen):
    """Shows what ``services.welcome`` says; behind every door is Home, or the way there."""

    CSS_PATH = "welcome.tcss"
    AUTO_FOCUS = "ChoiceList"

    doors = getters.query_one("#doors", ChoiceList)

    def compose(self) -> ComposeResult:
        """Make the page."""
        said = self._welcome()
        is_roomy = self.app.size.height >= ROOMY
        choices = [
            Choice(door.name, safe_line(door.words), safe_line(door.note if is_roomy else ""), cap=door.key)
            for door in said.doors
        ]
        with Vertical(id="page"), VerticalScroll(id="words", can_focus=False):
            yield Static(safe(said.title), classes="title")
            yield Static(safe(said.about), classes="about")
            yield ChoiceList(
                choices,
                is_menu=True,
                is_spaced=is_roomy,
                is_beside=True,
                overhang=2 if self.app.size.width < NARROW else 3,
                ascii_glyphs=self.app.is_ascii,
                id="doors",
            )
        yield self.foot_line()

    def foot_items(self) -> list[FootItem]:
        """Say how one chooses, and no more."""
        return [
            FootItem("↑ ↓" if not self.app.is_ascii else "tab", self.ui("welcome.foot_choose"), rank=3),
            FootItem("enter", self.ui("rooms.foot.open"), rank=2),
            self.foot_item("app.help", "app.help", 0),
            self.foot_item("screen.close_app", "home.leave", 1),
        ]

    def help_rows(self) -> list[tuple[str, str]]:
        """Put the doors before what works everywhere."""
        return [*((door.key, door.words) for door in self._welcome().doors), *super().help_rows()]

    def _welcome(self) -> Welcome:
        return welcome(self._tables(), self.words)

    def _tables(self) -> Tables:
        try:
            return self.app.desk.store.read().tables
        except ProblemError:  # Home, behind every door, says what is wrong with the file
            return {}

    def action_again(self, action: Action, about: str) -> Action:
        """Return it in the language that is spoken now."""
        return small_thing(self._tables(), self.words)

    async def retell(self) -> None:
        """Say it again in the language that is spoken now."""
        at = self.doors.cursor
        await self.recompose()
        self.doors.cursor = at
        self.doors.focus()

    async def tell(self, sentence: str, at: str = "") -> None:
        """Go Home, and say it there."""
        self.app.call_later(self.app.show_place, Place("home"), sentence)

    # ------------------------------------------------------------------ the doors

    @on(ChoiceList.Chosen)
    def open_door(self, event: ChoiceList.Chosen) -> None:
        """Go through a door."""
        event.stop()
        event.choice_list.picked = ()
        if not self.is_saving:
            self._go(event.choice_id)

    @work(exclusive=True, group="doing")
    async def _go(self, name: str) -> None:
        if name == "small":
            await self.make(small_thing(self._tables(), self.words))
        elif name == "change":
            await self._look_at_goals()
        elif name == "values":
            self.app.call_later(self.app.begin, "values")
        elif name == READ:
            await self._read_line()
        else:
            self.app.call_later(self.app.show_home)

    async def _look_at_goals(self) -> None:
        """Look at one goal after another; whoever has enough is taken Home."""
        from rchrp_goals.screens.participant.small_modal import PickModal
        from rchrp_goals.services.goal_changes import set_state

        desk, goals = self.app.desk, goals_to_look_at(self._tables())
        if not goals:
            await self.tell(self.ui("welcome.no_goals"))
            return
        has_changed = False
        for goal in goals:
            modal = PickModal("welcome.fits_title", lambda: fits_words(self.words), saying.plain_text(goal["title"]))
            picked = await self.app.push_screen_wait(modal)
            if picked is None and not has_changed:
                return
            if picked in {None, "stop"}:
                break
            if picked == "words":
                await self.ask_question("goals", "what", {"goal": goal["id"]})
            elif picked in STATE_OF:
                id, state = goal["id"], STATE_OF[picked]
                await self.save(lambda: set_state(desk.store, id, state, None, desk.clock))  # noqa: B023
            has_changed = True
        await self.tell(self.ui("welcome.said_fits"))

    async def _read_line(self) -> None:
        """Show the line to oneself, and keep that it was read; it can be read again among the goals."""
        from rchrp_goals.screens.participant.small_modal import TellModal
        from rchrp_goals.services.letters import read_letter

        desk, letter = self.app.desk, unread(self._tables())
        if letter is None:
            return
        lines = str(letter["text"]).splitlines()
        await self.app.push_screen_wait(TellModal("welcome.letter_title", lambda: lines))
        await self.save(lambda: read_letter(desk.store, letter["id"], desk.clock.now()))
        at = self.doors.cursor
        await self.recompose()
        self.doors.cursor = at
        self.doors.focus()
