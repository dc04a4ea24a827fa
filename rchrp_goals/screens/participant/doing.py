"""What every room can do: change something in one save, ask a question, take the last change back, go elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from textual import on, work

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import CalmScreen, bindings
from rchrp_goals.screens.shared.rooms_line import RoomsLine
from rchrp_goals.services.actions import ACTIONS, EVERYWHERE, cap
from rchrp_goals.services.place import Place
from rchrp_goals.services.rooms.reading import BESIDE, DOORS, WITHIN

if TYPE_CHECKING:
    from rchrp_goals.screens.participant.finding import Find
    from rchrp_goals.services.room import Action

T = TypeVar("T")

AGAIN_AFTER = 0.7
"""Seconds for which the same key, pressed again or held down, does nothing to the thing that came up next."""


class Saved(NamedTuple, Generic[T]):
    """What a change gave back, and whether the plan is another one after it."""

    result: T
    has_changed: bool


class DoingScreen(CalmScreen[None]):
    """A room: Home and the others build on it."""

    DOES = {
        "screen.go_to": "go_to",
        "screen.find": "find",
        "screen.undo": "undo",
        "screen.close_app": "close_app",
    }
    BINDINGS = bindings(DOES)
    place = Place("home")

    def __init__(self) -> None:
        super().__init__()
        self.is_saving = False
        self.turn = asyncio.Lock()
        """Held by whoever makes parts of the screen anew: a look and a change may both want to."""
        self.was_changed = False
        """Whether something was just changed here: then the way to take it back stands among the plates."""
        self._done_last: tuple[str, str, float] = ("", "", 0.0)

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """Say a sentence in the line for what was kept."""
        self.call_later(self.tell, text)

    async def tell(self, sentence: str, at: str = "") -> None:
        """Say what was kept, and show what stands now; the cursor goes to the row ``at`` where there is one."""
        raise NotImplementedError

    def forget_said(self) -> None:
        """Say no longer what was kept here: somebody comes back from elsewhere, where something else was done."""
        self.was_changed = False

    # ------------------------------------------------------------------ saving

    async def save(self, change: Callable[[], T]) -> Saved[T] | None:
        """Let the writer make one change. None where it could not be made, which was said then."""
        store = self.app.desk.store

        def job() -> Saved[T]:
            before = store.stamp()
            result = change()
            return Saved(result, has_changed=store.stamp() != before)

        self.is_saving = True
        try:
            while True:
                try:
                    async with self.app.settling():  # what is typed meanwhile is meant for what stands then
                        saved = await self.app.writer.run(job)
                    self.was_changed = saved.has_changed or self.was_changed
                    return saved
                except ProblemError as problem:
                    if not await self.app.tell_problem(problem):
                        return None
        finally:
            self.is_saving = False

    async def make(self, action: Action, about: str = "") -> None:
        """Ask what a change needs, make it, and say so; what cannot be saved comes back into the fields.

        ``about`` names the thing that it is done with: what was typed about another one does not stand in the fields.
        """
        from rchrp_goals.screens.participant.form_modal import FormModal

        change, desk = action.change, self.app.desk
        if change is None:
            return

        def told() -> Action:
            return self.action_again(action, about)

        if action.confirm and not await self._is_sure(lambda: (told().asked_as(self.words), told().confirm)):
            return
        typed: dict[str, Any] = self.app.typed_in(f"{self.place}:{action.id}:{about}")
        while True:
            answers: dict[str, Any] | None = {}
            if action.asks:
                answers = await self.app.push_screen_wait(FormModal(told, typed))
            if answers is None:
                return
            given, settings = answers, desk.settings
            saved = await self.save(lambda: change(desk, given))  # noqa: B023
            if saved is not None or not action.asks:
                break
        if saved is None:
            return
        typed.clear()
        self.app.keep_typed()
        said = saved.result
        if desk.settings is not settings:
            await self.app.follow_settings()
        if said.copied:
            self.app.copy_to_clipboard(said.copied)
        if said.conversation:
            self.app.call_later(self.app.begin, said.conversation)
        elif said.place is not None:
            self.app.call_later(self.app.show_place, said.place, said.sentence)
        else:
            await self.tell(said.sentence, said.at)
        self.remember_done(action.id, about)

    def action_again(self, action: Action, about: str) -> Action:
        """Return an action as it is told now: while it is asked about, another language may be chosen."""
        return action

    def remember_done(self, name: str, about: str) -> None:
        """Remember what was done last, and with what; called when what stands then is shown: only now it can be read."""
        self._done_last = (name, about, monotonic())

    def is_pressed_twice(self, name: str, about: str) -> bool:
        """Tell whether a key meant the thing that it was done with: the same one, sooner than the next could be read."""
        before, done_with, at = self._done_last
        if name != before or about == done_with or monotonic() - at >= AGAIN_AFTER:
            return False
        self._done_last = (name, done_with, monotonic())
        return True

    async def ask_question(self, module: str, key: str, ids: Mapping[str, str], *, is_later: bool = False) -> bool:
        """Ask one question of a conversation over this room; True where it was answered or passed."""
        from rchrp_goals.services.one_question import OneQuestion

        desk = self.app.desk
        made = await self.save(lambda: OneQuestion(desk, module, key, ids, is_later=is_later))
        return made is not None and await self.app.ask_one(made.result)

    # ------------------------------------------------------------------ taking back

    @work(exclusive=True, group="doing")
    async def action_undo(self) -> None:
        """Take back the last change: at once where it was made since the app was opened, else after a yes."""
        from rchrp_goals.services.undoing import next_undo, undo

        desk = self.app.desk
        if self.is_saving:
            return
        words = self.words
        found = await self.save(lambda: next_undo(desk.store, words))
        if found is None:
            return
        if found.result is None:
            await self.tell(self.ui("rooms.nothing_to_undo"))
            return
        waiting = found.result
        sure = self.ui("rooms.undo_title"), self.ui("rooms.undo_older", what=waiting.words, day=waiting.day)
        if waiting.at < self.app.opened_at and not await self._is_sure(lambda: sure):
            return
        saved = await self.save(lambda: undo(desk.store, words, desk.clock.now(), only=waiting.id))
        if saved is not None and saved.result is None:
            self.action_undo()  # a command changed something since: that one comes first, in its own words
        elif saved is not None:
            self.was_changed = False
            await self.tell_taken_back(saved.result or "")

    async def tell_taken_back(self, sentence: str) -> None:
        """Say what was taken back, and show what stands again."""
        await self.tell(sentence)

    async def _is_sure(self, told: Callable[[], tuple[str, str]]) -> bool:
        from rchrp_goals.screens.participant.small_modal import SureModal

        answer: bool | None = await self.app.push_screen_wait(SureModal(told))
        return answer is True

    # ------------------------------------------------------------------ elsewhere

    @work(exclusive=True, group="doing")
    async def action_go_to(self) -> None:
        """Choose a room by its letter, and go there."""
        from rchrp_goals.screens.participant.going import GoModal

        place = await self.app.push_screen_wait(GoModal())
        if place is not None:
            self.app.call_later(self.app.show_place, place)

    @work(exclusive=True, group="doing")
    async def action_find(self) -> None:
        """Find what can be done, a room, or a thing of the plan by its words."""
        from rchrp_goals.screens.participant.finding import Find, FindModal
        from rchrp_goals.services.finding import things

        desk, words, app = self.app.desk, self.words, self.app
        doors = (*DOORS, *BESIDE)
        rooms = frozenset(door.name for door in doors)
        read = await self.save(lambda: things(desk.store.read().tables, words, rooms))
        if read is None:
            return
        finds = self.finds()
        here = {one.words for one in finds}
        for door in doors:
            said = words.ui("rooms.go_to_room", room=words.ui(f"rooms.name.{door.name}"))
            finds.append(
                Find(
                    said,
                    " ".join((app.keys.cap("screen.go_to"), cap(door.key))),
                    partial(app.show_place, Place(door.name)),
                )
            )
        finds += [
            Find(said, words.ui(f"rooms.name.{ACTIONS[page].scope}"), partial(app.show_place, Place(page)))
            for page in WITHIN
            if (said := words.ui(ACTIONS[page].words)) not in here
        ]
        for spec in ACTIONS.values():
            if spec.scope == EVERYWHERE or spec.id == "screen.undo":
                finds.append(Find(words.ui(spec.words), app.keys.cap(spec.id), partial(self.run_action, spec.id)))
        for one in read.result:
            finds.append(Find(one.words, one.note, partial(app.show_place, one.place, "", one.at)))
        found = await app.push_screen_wait(FindModal(finds))
        if found is not None:
            app.call_later(found.do)

    def finds(self) -> list[Find]:
        """Return what can be done here, for the finder: rooms, goals and what works everywhere are added."""
        return []

    @on(RoomsLine.Chosen)
    async def go_where_clicked(self, event: RoomsLine.Chosen) -> None:
        """Go to the room whose name was clicked."""
        event.stop()
        self.app.call_later(self.app.show_place, event.place)

    async def action_close_app(self) -> None:
        """Keep everything and end."""
        await self.app.leave()
