"""A small page that asks what an action needs to know: one field under another, each problem under its own field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.structure import Field
from rchrp_goals.screens.participant.ask_fields import FieldBox, FieldSetting
from rchrp_goals.screens.participant.ask_lines import DateBox, LineBox, make_box
from rchrp_goals.screens.participant.cursor_place import CursorPlace
from rchrp_goals.screens.participant.small_modal import SmallModal
from rchrp_goals.services.asking import FieldWords
from rchrp_goals.services.day_words import remember_date_order
from rchrp_goals.services.offers import Offer
from rchrp_goals.services.room import Action, Ask, read_answers


class FormModal(SmallModal[dict[str, Any] | None]):
    """Gives back what was answered, as the change takes it; None where the person goes back.

    ``typed`` holds what stands in the fields by the name of its ask: given again, a page that was closed opens as it was.
    """

    BINDINGS = [Binding("enter", "next", show=False)]

    def __init__(self, action: Callable[[], Action], typed: dict[str, Any] | None = None) -> None:
        """``action`` gives what is asked for, told in the language that is spoken when it is called."""
        super().__init__()
        self._told = action
        self._action = action()
        self.typed = typed if typed is not None else {}
        self._boxes: dict[str, FieldBox] = {}

    @property
    def has_unkept(self) -> bool:
        """Tell whether something was typed."""
        return any(bool(value) for value in self.typed.values())

    def title_words(self) -> str:
        """Return the title."""
        return self._action.asked_as(self.words)

    def about_words(self) -> str:
        """Return what it is about."""
        return self._action.about

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What is asked."""
        return self._action.asks

    async def retell(self) -> None:
        """Say it again in the language that is spoken now; what is typed stays, and so does the place where one is."""
        place = CursorPlace.of(self.query("#inside *"), self.focused)
        self._action = self._told()
        await super().retell()
        if place is not None:
            place.go_to(self.query("#inside *"))

    def keep_words(self) -> str:
        """Return the words of the plate that keeps it."""
        return self.ui("home.keep")

    def compose_inside(self) -> ComposeResult:
        """Make the fields."""
        self._boxes = {ask.name: self._box(ask) for ask in self.asks}
        for box in self._boxes.values():
            box.set_class(len(self._boxes) > 1, "-several")
            yield box

    def _box(self, ask: Ask) -> FieldBox:
        label = ask.label
        is_all = all(one.is_optional for one in self.asks)  # where nothing is needed, nothing is said of it
        if ask.is_optional and not is_all:
            label = self.ui("rooms.optional", label=label)
        value = self.typed.get(ask.name, ask.value)
        if not _fits(ask, value):
            value = ask.value
        field = Field(ask.name, ask.kind, options=tuple(option.id for option in ask.options))
        offers = [Offer(one.id, f"{one.words}   {one.note}" if one.note else one.words, one.id) for one in ask.options]
        words = FieldWords(label, low=ask.low, high=ask.high)
        setting = FieldSetting(field, words, offers, self.app.desk, value, is_behind=ask.is_read_behind)
        box = make_box(setting)
        if isinstance(box, LineBox) and ask.read is not None and not ask.is_path:
            box.line.select_on_focus = True  # "once", "9:00", "90": the first letter takes its place
        return box

    @on(FieldBox.Changed)
    def take(self, event: FieldBox.Changed) -> None:
        """Remember what stands in the field."""
        event.stop()
        self.remember(event.box)
        event.box.tell_problem("")
        self.tell("")

    def remember(self, box: FieldBox) -> None:
        """Remember what stands in a field, and write it a moment later."""
        self.typed[box.field.id] = box.value
        self.app.keep_typed_soon()

    def action_next(self) -> None:
        """Enter in a field that has no Enter of its own, as a line from 0 to 10: done in this field."""
        box = next((box for box in self._boxes.values() if box.has_focus_within), None)
        if box is not None:
            self.go_on(FieldBox.Done(box))

    @on(FieldBox.Done)
    def go_on(self, event: FieldBox.Done) -> None:
        """Enter: to the next field; in the last one keep it."""
        event.stop()
        self._go_on_from(event.box)

    def _go_on_from(self, box: FieldBox) -> None:
        names = list(self._boxes)
        at = names.index(box.field.id)
        if at + 1 < len(names):
            self._boxes[names[at + 1]].focus_first()
        else:
            self.keep()

    def keep(self) -> None:
        """Give back what was answered, or say under the field why not."""
        today = self.app.desk.clock.today()
        raw: Mapping[str, Any] = {name: box.value for name, box in self._boxes.items()}
        try:
            found = read_answers(self.asks, raw, today)
        except AnswerRefused as refused:
            box = self._boxes[str(refused.values["ask"])]
            box.tell_problem(self.words.problem(refused.key, refused.values))
            box.focus_first()
            return
        for box in self._boxes.values():
            if isinstance(box, DateBox) and box.chosen_kind:
                remember_date_order(self.app.desk, box.chosen_kind)
        self.dismiss(found)


def _fits(ask: Ask, value: Any) -> bool:
    """Tell whether a value can stand in a field: what was typed comes from a file that anybody could change."""
    if ask.kind == "position":
        return value is None or (type(value) is int and 0 <= value <= 10)
    if ask.kind == "choices":
        return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    return value is None or isinstance(value, str | date)
