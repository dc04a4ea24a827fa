"""The fields of a question: one box a kind, all with the same few things that the ask screen needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from rchrp_goals.guide.budget import FOCUS_AREAS_AT_ONCE, OFFERED_AT_ONCE
from rchrp_goals.guide.structure import Field
from rchrp_goals.screens.safe import safe, safe_line, safe_text
from rchrp_goals.services import saying
from rchrp_goals.services.asking import FieldWords
from rchrp_goals.services.day_words import full_date, read_day
from rchrp_goals.services.offers import Offer
from widgets.choice_list import Choice, ChoiceList
from widgets.continuum import Continuum
from widgets.date_field import DateField, Reading
from widgets.line_field import LineField, LongField
from widgets.plate import Plate
from widgets.ruler import Ruler

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

LONG_IN_A_LINE = 500


@dataclass
class FieldSetting:
    """What a box is made from: the field, its words, what it offers, and what stands in it."""

    field: Field
    words: FieldWords
    offers: Sequence[Offer]
    desk: Desk
    value: Any = None
    is_alone: bool = True
    is_statement: bool = False
    gutter: int = 3

    @property
    def is_ascii(self) -> bool:
        """Tell whether everything is drawn with plain signs."""
        return self.desk.settings.glyphs == "ascii"

    @property
    def ui(self) -> Words:
        """The words of the language that is spoken now."""
        return self.desk.words


class FieldBox(Widget):
    """One field with its label; ``value`` is what an answer takes, None where nothing stands in it."""

    DEFAULT_CSS = """
    FieldBox { height: auto; width: 1fr; layout: vertical; }
    """

    @dataclass
    class Changed(Message):
        """The person changed what stands in the field."""

        box: FieldBox

    @dataclass
    class Done(Message):
        """The person pressed Enter in the field, or chose: it stands as they want it."""

        box: FieldBox

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(classes=f"-{setting.field.kind}")
        self.setting = setting
        self.field = setting.field

    @property
    def value(self) -> Any:
        """What stands in the field."""
        raise NotImplementedError

    def compose_label(self) -> ComposeResult:
        """Make the label, where there is one."""
        if self.setting.words.label:
            yield Static(safe(self.setting.words.label), classes="label")

    def tell(self, words: FieldWords) -> None:
        """Say the label again: a number in it has changed."""
        self.setting.words = words
        for label in self.query("Static.label").results(Static):
            label.update(safe(words.label))

    def tell_problem(self, sentence: str) -> None:
        """Say under the field what cannot be kept; an empty sentence takes it away."""
        standing = self.query("Static.problem").results(Static)
        said = next(standing, None)
        if said is None and sentence:
            said = Static(classes="problem", markup=False)
            self.mount(said)
        if said is not None:
            said.update(safe(sentence))
            said.display = bool(sentence)
            if sentence:
                self.call_after_refresh(said.scroll_visible, animate=False)

    def focus_first(self) -> None:
        """Go to where the person begins."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return

    def press_key(self, key: str) -> bool:
        """Do what a letter key of the screen means here; False where it means nothing."""
        return False

    def changed(self) -> None:
        """Tell the screen that the person changed something."""
        self.post_message(self.Changed(self))

    def done(self) -> None:
        """Tell the screen that the field stands as the person wants it."""
        self.post_message(self.Done(self))


class IdeaList(ChoiceList):
    """A list under a field: up from its first option goes back to the field."""

    def on_key(self, event: events.Key) -> None:
        """Let go of up at the top."""
        if event.key == "up" and self.cursor == 0:
            event.prevent_default()
            event.stop()
            self.screen.focus_previous()


class LineBox(FieldBox):
    """A line of own words, and where there are ideas, a list to begin from under it.

    Picking an idea fills the line, so that its words can be changed. An idea that stands unchanged is kept with its
    bank's id; ``has_own_shape`` (a choice) keeps own words as a pick without one.
    """

    def compose(self) -> ComposeResult:
        """Make the label, the line, the ideas and the way to more of them."""
        yield from self.compose_label()
        value = self.setting.value
        text = value.get("text", "") if isinstance(value, dict) else value or ""
        yield LineField(safe_line(str(text)), ascii_glyphs=self.setting.is_ascii)
        if self.setting.offers:
            yield Static(safe(self.setting.words.ideas or self.setting.ui.ui("ask.ideas")), classes="label ideas")
            yield IdeaList(
                self._choices(is_whole=False), is_menu=True, gutter=self.setting.gutter,
                ascii_glyphs=self.setting.is_ascii,
            )  # fmt: skip
            more = Plate("m", self.setting.ui.ui("ask.more_ideas"), classes="more")
            more.display = len(self.setting.offers) > self._at_once
            yield more

    @property
    def _at_once(self) -> int:
        return FOCUS_AREAS_AT_ONCE if self.field.bank else OFFERED_AT_ONCE

    def _choices(self, *, is_whole: bool) -> list[Choice]:
        offers = self.setting.offers if is_whole else self.setting.offers[: self._at_once]
        return [Choice(offer.id, safe_line(offer.text)) for offer in offers]

    @property
    def line(self) -> LineField:
        """The line."""
        return self.query_one(LineField)

    @property
    def value(self) -> Any:
        """The text, or the pick with its bank's id where its words stand unchanged."""
        text = self.line.value
        if not text:
            return None
        value = self.setting.value
        if isinstance(value, dict) and value.get("text") == text:
            return value
        pick = next((offer for offer in self.setting.offers if offer.text == text), None)
        if pick is not None:
            return pick.value
        return {"bank": None, "text": text} if self.field.kind == "choice" else text

    def press_key(self, key: str) -> bool:
        """``m`` shows the rest of the ideas."""
        return key == "m" and self.show_more()

    def show_more(self) -> bool:
        """Show every idea; False where they stand already."""
        plates = self.query("Plate.more").results(Plate)
        more = next(plates, None)
        if more is None or not more.display:
            return False
        ideas = self.query_one(IdeaList)
        at = len(ideas.options)
        ideas.set_options(self._choices(is_whole=True))
        had_focus = more.has_focus
        more.display = False
        ideas.cursor = at
        if had_focus or ideas.has_focus:
            ideas.focus()
        return True

    @on(Input.Changed)
    def tell_change(self, event: Input.Changed) -> None:
        """Pass the change on."""
        event.stop()
        if event.value != self._standing_text():
            self.setting.value = self.value
            self.changed()

    def _standing_text(self) -> str:
        value = self.setting.value
        return str(value.get("text", "")) if isinstance(value, dict) else str(value or "")

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Enter: done here."""
        event.stop()
        self.done()

    @on(ChoiceList.Chosen)
    def take_idea(self, event: ChoiceList.Chosen) -> None:
        """Fill the line with the idea, the cursor at its end."""
        event.stop()
        offer = next(one for one in self.setting.offers if one.id == event.choice_id)
        self.setting.value = offer.value
        line = self.line
        with self.prevent(Input.Changed):
            line.value = safe_line(offer.text)
        event.choice_list.picked = ()
        line.cursor_position = len(line.value)
        line.focus()
        self.changed()

    @on(ChoiceList.Changed)
    def ignore_mark(self, event: ChoiceList.Changed) -> None:
        """A mark without Enter means nothing here: it only says where the cursor is."""
        event.stop()
        event.choice_list.picked = ()

    @on(Plate.Pressed)
    def press_more(self, event: Plate.Pressed) -> None:
        """Show the rest of the ideas."""
        event.stop()
        self.show_more()


class LongBox(FieldBox):
    """A text of several lines."""

    def compose(self) -> ComposeResult:
        """Make the label and the field."""
        yield from self.compose_label()
        yield LongField(safe_text(str(self.setting.value or "")), ascii_glyphs=self.setting.is_ascii)

    @property
    def long(self) -> LongField:
        """The field."""
        return self.query_one(LongField)

    @property
    def value(self) -> Any:
        """The text."""
        return self.long.text or None

    @on(TextArea.Changed)
    def tell_change(self, event: TextArea.Changed) -> None:
        """Pass the change on."""
        event.stop()
        if (event.text_area.text or None) != (self.setting.value or None):
            self.setting.value = event.text_area.text
            self.changed()

    @on(LongField.Submitted)
    def submit(self, event: LongField.Submitted) -> None:
        """Enter: done here."""
        event.stop()
        self.done()


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


class ItemsBox(FieldBox):
    """A list of things, one a line."""

    def compose(self) -> ComposeResult:
        """Make the label, the field, and how it is used."""
        yield from self.compose_label()
        standing = self.setting.value
        text = "\n".join(map(str, standing)) if isinstance(standing, list) else str(standing or "")
        yield ItemsField(safe_text(text), ascii_glyphs=self.setting.is_ascii)
        yield Static(safe(self.setting.ui.ui("ask.items_hint")), classes="label hint")

    @property
    def value(self) -> Any:
        """The lines that say something."""
        return [line for line in self.query_one(ItemsField).text.split("\n") if line.strip()] or None

    @on(TextArea.Changed)
    def tell_change(self, event: TextArea.Changed) -> None:
        """Pass the change on."""
        event.stop()
        if self.value != self.setting.value:
            self.setting.value = self.value
            self.changed()

    @on(LongField.Submitted)
    def submit(self, event: LongField.Submitted) -> None:
        """Enter on an empty line: done here."""
        event.stop()
        self.done()


class OptionBox(FieldBox):
    """One of a few options."""

    def compose(self) -> ComposeResult:
        """Make the label and the list."""
        yield from self.compose_label()
        yield ChoiceList(
            [Choice(offer.id, safe_line(offer.text)) for offer in self.setting.offers],
            picked=[self.setting.value] if isinstance(self.setting.value, str) else (),
            gutter=self.setting.gutter,
            ascii_glyphs=self.setting.is_ascii,
        )

    @property
    def value(self) -> Any:
        """The id of the option."""
        picked = self.query_one(ChoiceList).picked
        return picked[0] if picked else None

    @on(ChoiceList.Changed)
    def tell_change(self, event: ChoiceList.Changed) -> None:
        """Pass the change on."""
        event.stop()
        self.changed()

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """Enter or a click: this one."""
        event.stop()
        self.done()


class TickBox(FieldBox):
    """As many of a list as fit."""

    def compose(self) -> ComposeResult:
        """Make the label and the list, what stands in it ticked; a pick that the list does not offer stands in it too."""
        yield from self.compose_label()
        standing = self.setting.value if isinstance(self.setting.value, list) else []
        offers = list(self.setting.offers)
        for pick in standing:
            if isinstance(pick, dict) and all(_is_same(offer.value, pick) is False for offer in offers):
                offers.append(Offer(f"standing-{len(offers)}", str(pick.get("text", "")), pick))
        self._offers = offers
        yield ChoiceList(
            [Choice(offer.id, safe_line(offer.text)) for offer in offers],
            multiple=True,
            picked=[offer.id for offer in offers if any(_is_same(offer.value, pick) for pick in standing)],
            gutter=self.setting.gutter,
            ascii_glyphs=self.setting.is_ascii,
        )

    @property
    def value(self) -> Any:
        """The values that are ticked, in the order of the list."""
        picked = self.query_one(ChoiceList).picked
        return [offer.value for offer in self._offers if offer.id in picked] or None

    @on(ChoiceList.Changed)
    def tell_change(self, event: ChoiceList.Changed) -> None:
        """Pass the change on."""
        event.stop()
        self.changed()


class PositionBox(FieldBox):
    """A place on a line from one end to the other, and the same in words under it."""

    def compose(self) -> ComposeResult:
        """Make the line and its words."""
        words = self.setting.words
        kind = Continuum if self.setting.is_statement else Ruler
        position = self.setting.value if isinstance(self.setting.value, int) else None
        yield kind(safe_line(words.low), safe_line(words.high), position, ascii_glyphs=self.setting.is_ascii)
        yield Static(self._said(position), classes="position")

    @property
    def value(self) -> Any:
        """The place, 0 to 10."""
        return self.query_one(Continuum).position

    def _said(self, position: int | None) -> Content:
        ui = self.setting.ui.ui
        if position is None:
            return Content.assemble(
                safe(ui("ask.nothing_marked")).stylize("$accent"), " ", safe(ui("ask.how_to_mark")).stylize("$quiet")
            )
        if self.setting.is_statement:
            return safe(saying.at(position, self.setting.ui)).stylize("bold")
        return safe(ui("ask.at", n=position)).stylize("bold")

    @on(Continuum.Changed)
    def tell_change(self, event: Continuum.Changed) -> None:
        """Say the place in words and pass the change on."""
        event.stop()
        self.query_one("Static.position", Static).update(self._said(event.position))
        self.changed()


class PositionsBox(FieldBox):
    """A line of numbers, or one of a few options instead."""

    def compose(self) -> ComposeResult:
        """Make the label, the line and the options."""
        yield from self.compose_label()
        yield LineField(_positions_text(self.setting.value), ascii_glyphs=self.setting.is_ascii)
        if self.setting.offers:
            yield IdeaList(
                [Choice(offer.id, safe_line(offer.text)) for offer in self.setting.offers],
                picked=[self.setting.value["option"]]
                if isinstance(self.setting.value, dict) and "option" in self.setting.value
                else (),
                gutter=self.setting.gutter,
                ascii_glyphs=self.setting.is_ascii,
            )

    @property
    def value(self) -> Any:
        """The numbers as they were typed, or the option."""
        text = self.query_one(LineField).value
        if text.strip():
            return text
        picked = [one for options in self.query(IdeaList) for one in options.picked]
        return {"option": picked[0]} if picked else None

    @on(Input.Changed)
    def tell_text(self, event: Input.Changed) -> None:
        """Pass the change on; numbers take the place of an option."""
        event.stop()
        if event.value != _positions_text(self.setting.value):
            self.setting.value = event.value
            for options in self.query(IdeaList):
                options.picked = ()
            self.changed()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Enter: done here."""
        event.stop()
        self.done()

    @on(ChoiceList.Changed)
    def tell_option(self, event: ChoiceList.Changed) -> None:
        """An option takes the place of the numbers."""
        event.stop()
        self.setting.value = {"option": event.picked[0]} if event.picked else None
        with self.prevent(Input.Changed):
            self.query_one(LineField).value = ""
        self.changed()

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """Enter or a click: this one."""
        event.stop()
        self.done()


class DateBox(FieldBox):
    """A day in one's own words, its echo in full, and three common days as buttons."""

    def compose(self) -> ComposeResult:
        """Make the label and the field."""
        yield from self.compose_label()
        today = self.setting.desk.clock.today()
        ui = self.setting.ui.ui
        days = (("ask.tomorrow", 1), ("ask.in_three_days", 3), ("ask.in_a_week", 7))
        shortcuts = [(ui(key), today + timedelta(days=ahead)) for key, ahead in days]
        value, text = _standing_day(self.setting.value)
        if value is not None:
            text = full_date(value, self.setting.ui)
        yield DateField(self._read, shortcuts, value=value, text=safe_line(text), ascii_glyphs=self.setting.is_ascii)

    def focus_first(self) -> None:
        """Go to the line."""
        self.query_one(DateField).focus()

    @property
    def value(self) -> Any:
        """The day as an ISO date, or the text that is no day yet."""
        field = self.query_one(DateField)
        return field.value.isoformat() if field.value is not None else field.text or None

    def _read(self, text: str) -> Reading:
        desk = self.setting.desk
        words = self.setting.ui
        if not text.strip():
            return Reading()
        found = read_day(text, desk.clock.today(), desk.settings.date_order)
        if found.is_ambiguous:
            labels = tuple(full_date(day, words) for day in found.dates)
            return Reading(found.dates, words.ui("ask.two_ways"), labels)
        if found.day is None:
            return Reading((), words.ui("ask.no_day_yet"))
        echo = full_date(found.day, words)
        if found.day < desk.clock.today():
            echo = words.ui("ask.day_is_past", day=echo)
        return Reading((found.day,), echo)

    @on(DateField.Changed)
    def tell_change(self, event: DateField.Changed) -> None:
        """Pass the change on."""
        event.stop()
        self.changed()

    @on(DateField.Submitted)
    def submit(self, event: DateField.Submitted) -> None:
        """Enter: done here."""
        event.stop()
        self.done()


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
    if setting.field.kind == "choice" and setting.field.options:
        return OptionBox(setting)
    return _BOXES[setting.field.kind](setting)


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two picks are the same thing: by their bank's id where they have one, else by their words."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.get("bank") and other.get("bank"):
            return bool(one["bank"] == other["bank"])
        return bool(one.get("text") == other.get("text"))
    return bool(one == other)


def _positions_text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join("p" if one is None else str(one) for one in value)
    return value if isinstance(value, str) else ""


def _standing_day(value: Any) -> tuple[date | None, str]:
    try:
        return date.fromisoformat(str(value or "")), ""
    except ValueError:
        return None, str(value or "")
