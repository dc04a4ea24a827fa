"""What can be done on Home: each is one change by a service, said in a line, and can be taken back at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from rchrp_goals.screens.base import bindings
from rchrp_goals.screens.participant.doing import DoingScreen
from rchrp_goals.services.actions import ACTIONS
from rchrp_goals.services.home import HomeView, begin_words, nothing_to_show, opening_of, place_of
from widgets.plate import Plate

if TYPE_CHECKING:
    from rchrp_goals.screens.participant.finding import Find
    from rchrp_goals.services.later import LaterQuestion

CARD = {
    "go_on": "home.first", "done": "thing.done", "later": "thing.later", "not_now": "thing.not_now",
    "change": "thing.change", "useful": "reminder.keep", "stop": "reminder.stop", "values": "home.values", "open": "reminder.see",
    "went": "reminder.went",
    "begin_last_day": "home.first", "begin_day_one": "home.begin_day_one", "begin_check_in": "home.first",
}  # fmt: skip
"""The action of the registry for what can be done in the card."""


class HomeDoing(DoingScreen):
    """Does what Home offers; ``home.py`` shows it."""

    DOES = {
        **{id: f"card('{name}')" for name, id in CARD.items()},
        "home.first": "first",
        "home.open_question": "open_question",
        "home.another_day": "another_day",
        "home.plan": "plan",
        "home.add": "add",
        "home.start": "start",
    }
    BINDINGS = bindings(DOES)

    def __init__(self) -> None:
        super().__init__()
        self.view: HomeView = nothing_to_show()
        self.is_draft_first = True

    @property
    def shows_question(self) -> bool:
        """Tell whether the question that can wait stands on the screen."""
        return True

    # ------------------------------------------------------------------ the card

    @work(exclusive=True, group="home")
    async def action_card(self, name: str) -> None:
        """Do what a plate of the card says, where the card has it."""
        card = self.view.card
        if name not in card.actions or self.is_saving or self.is_pressed_twice(name, card.id):
            return
        if name == "done":
            await self._mark_done(card.kind, card.id)
        elif name == "later":
            await self._put_off(card.kind, card.id, card.text)
        elif name == "not_now":
            await self._hide_for_today(card.kind, card.id)
        elif name == "change":
            await self._change(card.kind, card.id)
        elif name == "went":
            await self._say_how_it_went(card.id)
        elif name == "open":
            await self._see(card.kind, card.id)
            return
        elif name in {"useful", "stop"}:
            await self._answer_reminder(name, card.id)
        else:
            names = {"values": "values", "begin_check_in": "check-in"}
            names |= {"begin_last_day": "last-day", "begin_day_one": "day-one"}
            self.app.call_later(self.app.begin, names.get(name, card.name))
            return
        self.remember_done(name, card.id)

    async def action_first(self) -> None:
        """Enter with nothing under it: go on or begin, never more."""
        actions = self.view.card.actions
        if actions and CARD[actions[0]] == "home.first":
            await self.run_action(f"card('{actions[0]}')")

    async def _mark_done(self, kind: str, id: str) -> None:
        from rchrp_goals.services import capture

        desk, clock = self.app.desk, self.app.desk.clock
        saved = await self.save(
            lambda: capture.mark_done(desk.store, kind, id, clock.today(), clock.now(), hour_at=clock.instant)
        )
        if saved is None:
            return
        self.set_focus(None)  # so that a second Enter marks nothing else
        await self.tell(self.ui("home.said_done" if saved.result else "home.said_done_before"))

    async def _put_off(self, kind: str, id: str, text: str) -> None:
        from rchrp_goals.screens.participant.small_modal import DayModal
        from rchrp_goals.services import capture
        from rchrp_goals.services.day_words import full_date

        day = await self.app.push_screen_wait(DayModal(text))
        desk = self.app.desk
        if (
            day is not None
            and await self.save(lambda: capture.later(desk.store, kind, id, day, desk.clock)) is not None
        ):
            await self.tell(self.ui("home.said_later", day=full_date(day, self.words)))

    async def _hide_for_today(self, kind: str, id: str) -> None:
        """Hide a thing until tomorrow; a conversation that was paused only steps back until the app is opened again."""
        from rchrp_goals.services import capture

        desk = self.app.desk
        if kind == "draft":
            self.is_draft_first = False
        elif (
            await self.save(lambda: capture.not_now(desk.store, kind, id, desk.clock.today(), desk.clock.now())) is None
        ):
            return
        await self.tell(self.ui("home.said_not_now"))

    async def _answer_reminder(self, name: str, id: str) -> None:
        """Keep a reminder that has asked three times, or stop it."""
        from rchrp_goals.services.rooms.reminder_rows import answer_still

        desk = self.app.desk
        said = await self.save(lambda: answer_still(desk, name, id))
        if said is not None:
            self.set_focus(None)
            await self.tell(said.result)

    async def _change(self, kind: str, id: str) -> None:
        """Open the thing's own question or page, or the plan where it has none."""
        desk = self.app.desk
        place = place_of(kind, id)
        if place is not None:
            self.app.call_later(self.app.show_place, place)
            return
        words, today = self.words, desk.clock.today()
        read = await self.save(lambda: opening_of(desk.store.read().tables, words, today, kind, id))
        if read is None:
            return
        opening = read.result
        if opening is None:
            self.open_plan("")
        else:
            await self._ask(*opening.arguments)

    async def _say_how_it_went(self, id: str) -> None:
        """Ask how the step went that a reminder asks about, and keep it with the step."""
        from rchrp_goals.services.rooms.step_went import answer_action

        desk = self.app.desk
        found = await self.save(lambda: answer_action(desk, id))
        if found is not None:
            await self.make(found.result, id)

    async def _see(self, kind: str, id: str) -> None:
        """Open the thing that the card speaks of."""
        from rchrp_goals.services.spoken_of import place_spoken_of

        read = await self.save(lambda: place_spoken_of(self.app.desk.store.read().tables, kind, id))
        if read is not None and read.result is not None:
            self.app.call_later(self.app.show_place, read.result)

    async def _ask(self, module: str, key: str, ids: Mapping[str, str], *, is_later: bool = False) -> None:
        if await self.ask_question(module, key, ids, is_later=is_later):
            await self.tell(self.ui("home.said_changed"))

    # ------------------------------------------------------------------ the question that can wait

    @work(exclusive=True, group="home")
    async def action_open_question(self) -> None:
        """Ask the question that waits."""
        question = self.view.question
        if question is None or self.is_saving or not self.shows_question:
            return
        if question.is_way:
            await self._open_way(question)
        else:
            await self._ask(*question.arguments, is_later=question.is_later)

    async def _open_way(self, question: LaterQuestion) -> None:
        """Go where a question leads, or do it where it stands."""
        from rchrp_goals.services.later import open_way

        desk, app = self.app.desk, self.app
        if await self.save(lambda: open_way(desk.store, question, desk.clock.today(), desk.clock.now())) is None:
            return
        if question.conversation:
            app.call_later(app.begin, question.conversation)
        elif question.place is not None:
            app.call_later(app.show_place, question.place)
        else:
            self.set_focus(None)
            await self.tell(self.ui("home.said_done"))

    @work(exclusive=True, group="home")
    async def action_another_day(self) -> None:
        """Put the question away for some days."""
        from rchrp_goals.services.later import ANOTHER_DAY, put_off

        question, desk = self.view.question, self.app.desk
        if question is None or self.is_saving or not self.shows_question:
            return
        until = desk.clock.today() + ANOTHER_DAY
        if await self.save(lambda: put_off(desk.store, question, until, desk.clock.now())) is not None:
            self.set_focus(None)
            await self.tell(self.ui("home.said_question"))

    # ------------------------------------------------------------------ plan, inbox, a further part

    def action_plan(self) -> None:
        """Open the plan page."""
        self.open_plan("")

    def open_plan(self, key: str) -> None:
        """Open the plan page at a line."""
        from rchrp_goals.screens.participant.plan_page import PlanPageScreen

        self.app.push_screen(PlanPageScreen(at=key))

    @work(exclusive=True, group="home")
    async def open_item(self, id: str) -> None:
        """Ask what to do with an item of the inbox, and do it."""
        from rchrp_goals.screens.participant.small_modal import PickModal

        item = next((one for one in self.view.inbox if one.id == id), None)
        if item is None:
            return

        def options() -> list[tuple[str, str, str]]:
            return [(name, self.ui(f"home.item_{name}"), "") for name in ("done", "later", "change")]

        picked = await self.app.push_screen_wait(PickModal("home.item_title", options, item.text))
        if picked == "done":
            await self._mark_done("step", id)
        elif picked == "later":
            await self._put_off("step", id, item.text)
        elif picked == "change":
            await self._change("step", id)

    @work(exclusive=True, group="home")
    async def action_add(self) -> None:
        """Take one line into the inbox; what cannot be saved, or was left, comes back into the line."""
        from rchrp_goals.screens.participant.small_modal import LineModal
        from rchrp_goals.services import capture

        desk, typed = self.app.desk, self.app.typed_in("home.add")
        while True:
            modal = LineModal("home.add_title", "home.add_label", "home.note_it", typed)
            line: str | None = await self.app.push_screen_wait(modal)
            if line is None:
                return
            text = line
            saved = await self.save(lambda: capture.add_step(desk.store, text, None, None, desk.clock.now()))  # noqa: B023
            if saved is not None:
                break
        typed.clear()
        self.app.keep_typed()
        said = self.ui("home.said_added")
        await self.tell(f"{said} {self.ui('text.left_out')}" if saved.result.was_changed else said)

    @work(exclusive=True, group="home")
    async def action_start(self) -> None:
        """Choose a conversation, and begin it."""
        from rchrp_goals.screens.participant.small_modal import PickModal

        def options() -> list[tuple[str, str, str]]:
            return begin_words(self.view, self.words)

        name = await self.app.push_screen_wait(PickModal("home.begin_title", options))
        if name:
            self.app.call_later(self.app.begin, name)

    def finds(self) -> list[Find]:
        """Return what can be done here, for the finder."""
        from rchrp_goals.screens.participant.finding import Find

        cap = self.app.keys.cap
        found = [
            Find(self.ui(f"home.{name}"), cap(CARD[name]), partial(self.run_action, f"card('{name}')"))
            for name in self.view.card.actions
        ]
        names = ["add", "start", *(["open_question", "another_day"] if self.view.question else [])]
        specs = [(name, ACTIONS[f"home.{name}"]) for name in names]
        return found + [Find(self.ui(spec.words), cap(spec.id), partial(self.run_action, name)) for name, spec in specs]

    def is_too_soon(self, press: Plate.Pressed) -> bool:
        """Tell whether a press meant what stood there before."""
        return False

    @on(Plate.Pressed)
    async def press_plate(self, event: Plate.Pressed) -> None:
        """Do what a plate says."""
        event.stop()
        if not self.is_too_soon(event):
            await self.run_action(event.plate.key)
