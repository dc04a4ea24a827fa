"""What can be done in a room, and how help and the finder say it; ``room.py`` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from rchrp_goals.screens.base import bindings
from rchrp_goals.screens.participant.doing import DoingScreen
from rchrp_goals.screens.participant.looking import LookingScreen
from rchrp_goals.services.room import Action, Place, RoomView, Row
from rchrp_goals.services.rooms.reading import room_of
from widgets.glyphs import choose_glyphs

if TYPE_CHECKING:
    from rchrp_goals.screens.participant.finding import Find

_EXPLAINED = ("then", "now", "both", "on_the_way", "full", "empty", "picked", "let_go")
"""The marks that help explains."""


class RoomDoing(LookingScreen, DoingScreen):
    """Does what a room offers: with the row under the cursor, with the card, or in the room."""

    DOES = {"screen.back": "back"}
    BINDINGS = bindings(DOES)

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.view = RoomView(place, "")
        self.is_changing = False
        """Whether a change is being asked for or made: what is typed for it must not go with a page that is gone."""

    @property
    def row(self) -> Row | None:
        """The row that is meant just now."""
        raise NotImplementedError

    def put_cursor(self, key: str) -> bool:
        """Put the cursor on a row; False where there is none to stand on."""
        raise NotImplementedError

    @property
    def card_actions(self) -> tuple[Action, ...]:
        """What can be done with the card."""
        return self.view.card.actions if self.view.card is not None else ()

    def actions_here(self) -> Iterator[tuple[Action, str]]:
        """Give everything that a key can do now, and the key of what it is done with: the row under the cursor, the
        room (empty), the card.
        """
        row, card = self.row, self.view.card
        yield from ((action, row.key) for action in row.actions) if row is not None else ()
        yield from ((action, "") for action in self.view.actions)
        yield from ((action, card.key) for action in card.actions) if card is not None else ()

    def action_again(self, action: Action, about: str) -> Action:
        """Return the same action from what stands here now, which was told anew in the language that is spoken."""
        view = self.view
        rows = [row for row in (view.row(about), view.card) if row is not None and about and row.key == about]
        here = [one for row in rows for one in row.actions] if about else list(view.actions)
        return next((one for one in here if one.id == action.id and len(one.asks) == len(action.asks)), action)

    def help_keys(self) -> list[tuple[str, str]]:
        """Return keys and words of what can be done in this room, whatever the cursor stands on."""
        found: dict[str, str] = {}
        rows = (row for section in self.view.sections for row in section.rows)
        actions = [*self.view.actions, *self.card_actions, *(action for row in rows for action in row.actions)]
        for action in actions:
            if key := self.app.keys.cap(action.id):
                found.setdefault(key, action.said(self.words))
        return list(found.items())

    def help_rows(self) -> list[tuple[str, str]]:
        """Put what can be done in this room before what can be done in every room."""
        return [*self.help_keys(), *super().help_rows()]

    def help_where(self) -> str:
        """Say which room this is, and what is there."""
        return self.room_words(room_of(self.place))

    def help_pictures(self) -> list[str]:
        """Say what the pictures here show."""
        return [self.ui(f"rooms.picture.{name}", **_marks(self.app.is_ascii)) for name in self.view.shown_pictures()]

    @work(exclusive=True, group="doing")
    async def choose(self, row: Row) -> None:
        """Ask which of the things that can be done with a row, and do it."""
        from rchrp_goals.screens.participant.small_modal import PickModal

        def options() -> list[tuple[str, str, str]]:
            actions = [self.action_again(one, row.key) for one in row.actions]
            return [(str(at), one.said(self.words), "") for at, one in enumerate(actions)]

        keys = self.app.keys
        caps = {str(at): keys.cap(one.id) for at, one in enumerate(row.actions) if len(keys.key(one.id)) == 1}
        picked = await self.app.push_screen_wait(PickModal("rooms.what_to_do", options, row.title or row.text, caps))
        if picked is not None:
            await self._do(row.actions[int(picked)], row.key)

    @work(exclusive=True, group="doing")
    async def do(self, action: Action, about: str) -> None:
        """Do one thing with the row ``about``, or (empty) in the room."""
        await self._do(action, about)

    async def _do(self, action: Action, about: str) -> None:
        is_at_once = action.change is not None and not (action.asks or action.confirm)
        if self.is_saving or (is_at_once and self.is_pressed_twice(action.id, about)):
            return
        if action.place is not None:
            self.app.call_later(self.app.show_place, action.place)
        elif action.conversation:
            self.app.call_later(self.app.begin, action.conversation)
        elif action.question is not None:
            asked, before = action.question, self.view.keys
            if await self.ask_question(asked.module, asked.key, asked.ids, is_later=asked.is_later):
                await self.tell(self.ui("home.said_changed"))
                new = next((key for key in self.view.keys if key not in before), "")
                if new:
                    self.put_cursor(new)
        elif action.change is not None:
            self.is_changing = True
            try:
                await self.make(action, about)
            finally:
                self.is_changing = False
                self.call_later(self.look)

    def finds(self) -> list[Find]:
        """Return what can be done here, for the finder."""
        from rchrp_goals.screens.participant.finding import Find

        seen: dict[str, Find] = {}
        for action, about in self.actions_here():
            said = action.said(self.words)
            seen.setdefault(said, Find(said, self.app.keys.cap(action.id), partial(self.do, action, about)))
        return list(seen.values())

    async def action_back(self) -> None:
        """Go back: from a thing's page to where one came from, from a room to Home."""
        await self.app.go_back()


def _marks(ascii_glyphs: bool) -> dict[str, str]:
    """Return the marks that pictures are drawn with, for the sentences that explain them."""
    glyphs = choose_glyphs(ascii_glyphs)
    return {name: getattr(glyphs, name) for name in _EXPLAINED}
