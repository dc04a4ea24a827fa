"""The fields with one line to write in: own words with ideas to begin from, numbers, a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from rchrp_goals.guide.budget import FOCUS_AREAS_AT_ONCE, OFFERED_AT_ONCE
from rchrp_goals.plan import dates
from rchrp_goals.screens.participant.ask_fields import (
    FieldBox,
    FieldSetting,
    ItemsBox,
    LongBox,
    OptionBox,
    PositionBox,
    TickBox,
)
from rchrp_goals.screens.participant.ask_lists import IdeaList
from rchrp_goals.screens.participant.ask_overview import OverviewBox
from rchrp_goals.screens.safe import safe, safe_line
from rchrp_goals.services.day_words import full_date, read_day
from widgets.choice_list import Choice, ChoiceList
from widgets.date_field import DateField, Reading
from widgets.flow import Flow
from widgets.line_field import LineField
from widgets.plate import Plate

_HAS_TIME = "goal.review_on"
"""Where a goal's day goes: nobody reaches one by tomorrow."""
_AHEAD = (("ask.tomorrow", 1), ("ask.in_three_days", 3), ("ask.in_a_week", 7))
_FAR = (("ask.in_a_week", 7), ("ask.in_a_month", 30))
_BEHIND = (("ask.today", 0), ("ask.yesterday", -1), ("ask.a_week_ago", -7))
"""Days that a button brings, of one that is planned, of one that a goal has time until, and of one that was."""


class LineBox(FieldBox):
    """A line of own words, and where there are ideas, a list to begin from under it.

    Picking an idea fills the line, so that its words can be changed. An idea that stands unchanged is kept with its
    bank's id; own words of a choice are a pick without one.
    """

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        self._pick = setting.value if isinstance(setting.value, dict) else None
        text = self._pick.get("text", "") if self._pick else setting.value or ""
        self.line = LineField(safe_line(str(text)), ascii_glyphs=setting.is_ascii)
        self._standing = self.line.value
        self._at_once = FOCUS_AREAS_AT_ONCE if self.field.bank else OFFERED_AT_ONCE
        self.ideas = IdeaList(
            self._choices(self._at_once),
            is_menu=True,
            overhang=setting.overhang,
            ascii_glyphs=setting.is_ascii,
        )
        self.heading = Static(safe(setting.words.ideas or setting.said.ui("ask.ideas")), classes="label ideas")
        self.more = Plate(setting.desk.keys.cap("ask.more"), "", classes="more")
        self._are_open = True
        self._show_ideas(setting.is_alone or not self.line.value)

    def compose(self) -> ComposeResult:
        """Make the label, the line, the ideas and the way to more of them."""
        yield self.label
        yield self.line
        yield self.problem
        if self.setting.offers:
            yield self.heading
            yield self.ideas
            yield self.more

    def _show_ideas(self, are_open: bool) -> None:
        """Open the list, or fold it into one plate: beside other fields it only stands while it is of use."""
        self._are_open = are_open
        self.heading.display = self.ideas.display = are_open
        self.more.words = self.setting.said.ui("ask.more_ideas" if are_open else "ask.ideas_again")
        self.more.display = not are_open or len(self.ideas.options) < len(self.setting.offers)

    def on_descendant_blur(self) -> None:
        """Fold the ideas when the person goes on to another field."""
        if not self.setting.is_alone and self._are_open and self.line.value:
            self.call_after_refresh(self._fold_if_left)

    def _fold_if_left(self) -> None:
        if not self.has_focus_within:
            self._show_ideas(False)

    def _choices(self, count: int) -> list[Choice]:
        return [Choice(offer.id, safe_line(offer.text)) for offer in self.setting.offers[:count]]

    @property
    def value(self) -> Any:
        """The text, or the pick with its bank's id where its words stand unchanged."""
        text = self.line.value
        if not text:
            return None
        if self._pick is not None and safe_line(str(self._pick.get("text", ""))) == text:
            return self._pick
        return {"bank": None, "text": text} if self.field.kind == "choice" else text

    def press_letter(self, letter: str) -> bool:
        """``m`` shows the rest of the ideas."""
        return letter == "m" and self.show_more()

    def show_more(self) -> bool:
        """Open the folded list, or show every idea; False where they stand already."""
        if not self.more.display:
            return False
        if not self._are_open:
            self._show_ideas(True)
            self.ideas.focus()
            return True
        first_new = len(self.ideas.options)
        self.ideas.set_options(self._choices(len(self.setting.offers)))
        self.ideas.focus()
        self.ideas.cursor = first_new
        self._show_ideas(True)
        return True

    @on(Input.Changed)
    def take_text(self, event: Input.Changed) -> None:
        """Pass a change on."""
        event.stop()
        if self.line.value != self._standing:
            self._standing = self.line.value
            self.tell_change()

    def take_number(self) -> bool:
        """Fill the line with the idea whose number stands in it: the numbers are in sight while one writes here."""
        number = self.line.value.strip()
        if not (self._are_open and number.isdecimal() and 0 < int(number) <= len(self.ideas.options)):
            return False
        self._fill(self.ideas.options[int(number) - 1].id)
        return True

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Enter: done here, or with the number of an idea: that idea."""
        event.stop()
        if not self.take_number():
            self.tell_done()

    @on(ChoiceList.Chosen)
    def take_idea(self, event: ChoiceList.Chosen) -> None:
        """Fill the line with the idea."""
        event.stop()
        self._fill(event.choice_id)

    def _fill(self, choice_id: str) -> None:
        """Put an idea into the line, the cursor at its end."""
        offer = next(one for one in self.setting.offers if one.id == choice_id)
        self._pick = offer.value
        self.line.value = safe_line(offer.text)
        self.line.cursor_position = len(self.line.value)
        self.line.focus()
        self.ideas.picked = ()
        if not self.setting.is_alone:
            self._show_ideas(False)

    @on(ChoiceList.Changed)
    def leave_mark(self, event: ChoiceList.Changed) -> None:
        """A mark alone means nothing here: it only says where the cursor is."""
        event.stop()
        self.ideas.picked = ()

    @on(Plate.Pressed)
    def press_more(self, event: Plate.Pressed) -> None:
        """Show the rest of the ideas."""
        event.stop()
        self.show_more()


class ChipsBox(LineBox):
    """A line of own words with the commonest answers as buttons under it; a button fills the line."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(replace(setting, offers=()))
        self._chips = [Plate("", safe_line(offer.text)) for offer in setting.offers]

    def compose(self) -> ComposeResult:
        """Make the label, the line and the buttons."""
        yield from super().compose()
        yield Flow(*self._chips, gap=2, classes="chips")

    @on(Plate.Pressed)
    def take_chip(self, event: Plate.Pressed) -> None:
        """Fill the line; it has the focus again."""
        event.stop()
        self.line.value = event.plate.words
        self.line.cursor_position = len(self.line.value)
        self.line.focus()


class PositionsBox(FieldBox):
    """A line of numbers, or one of a few options instead."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        self.line = LineField(_positions_text(setting.value), ascii_glyphs=setting.is_ascii)
        self._standing = self.line.value
        option = setting.value.get("option") if isinstance(setting.value, dict) else None
        self.options = IdeaList(
            [Choice(offer.id, safe_line(offer.text)) for offer in setting.offers],
            picked=[option] if option else (),
            overhang=setting.overhang,
            ascii_glyphs=setting.is_ascii,
        )

    def compose(self) -> ComposeResult:
        """Make the label, the line and the options."""
        yield self.label
        yield self.line
        yield self.problem
        if self.setting.offers:
            yield Static(safe(self.setting.said.ui("ask.or_else")), classes="label ideas")
            yield self.options

    @property
    def value(self) -> Any:
        """The numbers as they were typed, or the option."""
        if self.line.value.strip():
            return self.line.value
        return {"option": self.options.picked[0]} if self.options.picked else None

    @on(Input.Changed)
    def take_text(self, event: Input.Changed) -> None:
        """Pass a change on; numbers take the place of an option."""
        event.stop()
        if self.line.value != self._standing:
            self._standing = self.line.value
            if self.line.value:
                self.options.picked = ()
            self.tell_change()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Enter: done here."""
        event.stop()
        self.tell_done()

    @on(ChoiceList.Changed)
    def take_option(self, event: ChoiceList.Changed) -> None:
        """An option takes the place of the numbers."""
        event.stop()
        self._standing = self.line.value = ""
        self.tell_change()

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """Enter or a click: this one."""
        event.stop()
        self.tell_done()


class DateBox(FieldBox):
    """A day in one's own words, its echo in full, and three common days as buttons."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        self._two_ways = dates.Reading()
        today = setting.desk.clock.today()
        near = _BEHIND if setting.is_behind else _FAR if setting.field.bind == _HAS_TIME else _AHEAD
        said = [(setting.said.ui(key), today + timedelta(days=ahead)) for key, ahead in near]
        said = [(offer.short or offer.text, date.fromisoformat(offer.id)) for offer in setting.offers] or said
        shortcuts = [(words, read_day(words, today, is_behind=setting.is_behind).day or day) for words, day in said]
        day, text = _standing_day(setting.value)
        self.day = DateField(
            self._read,
            shortcuts,
            value=day,
            text=full_date(day, setting.said) if day else safe_line(text),
            ascii_glyphs=setting.is_ascii,
        )

    def compose(self) -> ComposeResult:
        """Make the label and the field."""
        yield self.label
        yield self.day
        yield self.problem

    @property
    def value(self) -> Any:
        """The day as an ISO date, or the text that is no day yet."""
        return self.day.value.isoformat() if self.day.value is not None else self.day.text or None

    @property
    def chosen_kind(self) -> str | None:
        """How the day reads that the person chose between two readings (a kind of ``plan.dates.Reading``)."""
        kinds = dict(zip(self._two_ways.dates, self._two_ways.kinds, strict=True))
        return None if self.day.value is None else kinds.get(self.day.value)

    def _read(self, text: str) -> Reading:
        desk, words = self.setting.desk, self.setting.said
        if not text.strip():
            return Reading()
        is_behind = self.setting.is_behind
        found = read_day(text, desk.clock.today(), desk.settings.date_order, is_behind=is_behind)
        if found.is_ambiguous:
            self._two_ways = found
            return Reading(found.dates, words.ui("ask.two_ways"), tuple(full_date(day, words) for day in found.dates))
        if found.day is None:
            return Reading((), words.ui("ask.no_day_yet"))
        echo = full_date(found.day, words)
        if not is_behind and dates.is_past(found.day, desk.clock.today()):
            echo = words.ui("ask.day_is_past", day=echo)
        return Reading((found.day,), echo)

    @on(DateField.Changed)
    def take_day(self, event: DateField.Changed) -> None:
        """Pass a change on."""
        event.stop()
        self.tell_change()

    @on(DateField.Submitted)
    def submit(self, event: DateField.Submitted) -> None:
        """Enter: done here."""
        event.stop()
        self.tell_done()


_BOXES: dict[str, type[FieldBox]] = {
    "line": LineBox,
    "long": LongBox,
    "choice": LineBox,
    "choices": TickBox,
    "position": PositionBox,
    "positions": PositionsBox,
    "date": DateBox,
    "items": ItemsBox,
}


def make_box(setting: FieldSetting) -> FieldBox:
    """Return the box for a field's kind."""
    if setting.field.kind == "lines":
        return OverviewBox(setting)
    if setting.field.kind == "choice" and (setting.field.options or setting.field.offers):
        return OptionBox(setting)
    if setting.field.kind == "line" and setting.field.options:
        return ChipsBox(setting)
    return _BOXES[setting.field.kind](setting)


def _positions_text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join("p" if one is None else str(one) for one in value)
    return safe_line(value) if isinstance(value, str) else ""


def _standing_day(value: Any) -> tuple[date | None, str]:
    try:
        return date.fromisoformat(str(value or "")), ""
    except ValueError:
        return None, str(value or "")
