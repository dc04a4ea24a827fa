"""The fields of a question: one box a kind, all with the same few things that the ask screen needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from rchrp_goals.content import Words
from rchrp_goals.guide.structure import Field
from rchrp_goals.screens.base import DeskApp
from rchrp_goals.screens.participant.ask_lists import ItemsField
from rchrp_goals.screens.safe import safe, safe_line, safe_text
from rchrp_goals.services import saying
from rchrp_goals.services.asking import FieldWords
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.offers import Offer
from widgets.choice_list import Choice, ChoiceList
from widgets.continuum import Continuum
from widgets.line_field import LONG_CAP, LineField, LongField
from widgets.plate import Plate
from widgets.ruler import Ruler


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
    beside: str = ""
    overhang: int = 3
    options: Mapping[str, str] | None = None
    """The words of its options, where they stand beside what it offers."""
    is_behind: bool = False
    """A day in it lies behind: it is read so, and only such days are offered."""

    @property
    def is_ascii(self) -> bool:
        """Tell whether everything is drawn with plain signs."""
        return self.desk.settings.glyphs == "ascii"

    @property
    def said(self) -> Words:
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

    @dataclass
    class Copied(Message):
        """What stands in the field is on the clipboard."""

        box: FieldBox

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(classes=f"-{setting.field.kind}")
        self.setting = setting
        self.field = setting.field
        self.label = Static(safe(setting.words.label), classes="label")
        self.label.display = bool(setting.words.label)
        self.problem = Static(classes="problem")
        self.problem.display = False

    @property
    def value(self) -> Any:
        """What stands in the field."""
        raise NotImplementedError

    @property
    def beside_focus(self) -> Sequence[Widget]:
        """What is to be in sight together with the part that has the focus, the most important first."""
        return ()

    @property
    def is_too_long(self) -> bool:
        """Tell whether more stands in the field than can be kept."""
        return any(one.is_too_long for one in (*self.query(LineField), *self.query(LongField)))

    def tell(self, words: FieldWords) -> None:
        """Say the label again: a number in it has changed."""
        self.setting.words = words
        self.label.update(safe(words.label))

    def tell_problem(self, sentence: str) -> None:
        """Say under the field what cannot be kept; an empty sentence takes it away."""
        self.problem.update(safe(sentence))
        self.problem.display = bool(sentence)
        if sentence:
            self.call_after_refresh(self.problem.scroll_visible, animate=False)

    @property
    def first(self) -> Widget | None:
        """Where the person begins."""
        return next((widget for widget in self.query("*") if widget.focusable), None)

    def focus_first(self) -> None:
        """Go to where the person begins."""
        if self.first is not None:
            self.first.focus()

    def press_letter(self, letter: str) -> bool:
        """Do what a letter key of the screen means here; False where it means nothing."""
        return False

    def take_number(self) -> bool:
        """Put the idea in place of its number, where the field holds nothing else; False where it does not."""
        return False

    def tell_change(self) -> None:
        """Tell the screen that the person changed something."""
        self.post_message(self.Changed(self))

    def tell_done(self) -> None:
        """Tell the screen that the field stands as the person wants it."""
        self.post_message(self.Done(self))


class EditorPlate(Plate, can_focus=False):
    """Opens a long text in the person's own editor, for the mouse; its key is no letter and stands there while one types.

    Tab passes it by: who goes on from a text with Tab and Enter means what comes next, not another program.
    """

    def validate_show_key(self, show_key: bool) -> bool:
        """Show the key always."""
        return True


class LongBox(FieldBox):
    """A text of several lines; where the person has an editor of their own, a plate (and a key of the app) opens it there."""

    app = getters.app(DeskApp)

    @dataclass
    class InEditor(Message):
        """The person wants to write this text in their own editor."""

        box: LongBox

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        text, cap = safe_text(str(setting.value or "")), setting.field.most or LONG_CAP
        self._is_whole = bool(setting.field.most)  # meant to be read, and sent, as it is
        self.set_class(self._is_whole, "-whole")
        self.long = LongField(text, cap=cap, is_read_first=self._is_whole, ascii_glyphs=setting.is_ascii)
        self._standing = self.long.text

    def compose(self) -> ComposeResult:
        """Make the label, the field, and the way to copy what is meant to be sent."""
        yield self.label
        yield self.long
        yield self.problem
        if self._is_whole:
            copy = self.setting.said.ui("ask.copy")
            yield Plate(self.setting.desk.keys.cap("ask.copy"), copy, classes="copy")
        if self.app.has_editor:
            cap = self.setting.desk.keys.cap("ask.editor")
            yield EditorPlate(cap, safe_line(self.setting.said.ui("editor.plate")), key="editor", classes="editor")

    @property
    def value(self) -> Any:
        """The text."""
        return self.long.text or None

    def put(self, text: str) -> None:
        """Put another text in the place of the one that stands; Ctrl+Z brings that back."""
        self.long.replace(text, (0, 0), self.long.document.end)
        self.long.move_cursor(self.long.document.end)

    @on(Plate.Pressed)
    def press_plate(self, event: Plate.Pressed) -> None:
        """Copy the text, or ask for the editor."""
        event.stop()
        if event.plate.has_class("copy"):
            self.press_letter("c")
        else:
            self.open_editor()

    def open_editor(self) -> None:
        """Ask for the editor."""
        self.post_message(self.InEditor(self))

    def press_letter(self, letter: str) -> bool:
        """``c`` copies a text that is meant to be sent."""
        if letter != "c" or not self._is_whole or not self.long.text:
            return False
        self.app.copy_to_clipboard(self.long.text)
        self.post_message(self.Copied(self))
        return True

    @on(TextArea.Changed)
    def take_text(self, event: TextArea.Changed) -> None:
        """Pass a change on."""
        event.stop()
        if self.long.text != self._standing:
            self._standing = self.long.text
            self.tell_change()

    @on(LongField.Submitted)
    def submit(self, event: LongField.Submitted) -> None:
        """Enter: done here."""
        event.stop()
        self.tell_done()


class ItemsBox(FieldBox):
    """A list of things, one a line."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        standing = setting.value
        text = "\n".join(map(str, standing)) if isinstance(standing, list) else str(standing or "")
        self.items = ItemsField(safe_text(text), ascii_glyphs=setting.is_ascii)
        self._standing = self.value

    def compose(self) -> ComposeResult:
        """Make the label, the field, and how it is used."""
        yield self.label
        yield self.items
        yield self.problem
        yield Static(safe(self.setting.said.ui("ask.items_hint")), classes="how")

    @property
    def value(self) -> Any:
        """The lines that say something."""
        return [line for line in self.items.text.split("\n") if line.strip()] or None

    @on(TextArea.Changed)
    def take_text(self, event: TextArea.Changed) -> None:
        """Pass a change on."""
        event.stop()
        if self.value != self._standing:
            self._standing = self.value
            self.tell_change()

    @on(LongField.Submitted)
    def submit(self, event: LongField.Submitted) -> None:
        """Enter on an empty line: done here."""
        event.stop()
        self.tell_done()


class OptionBox(FieldBox):
    """One of a few options."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        self.options = ChoiceList(
            [Choice(offer.id, safe_line(offer.text)) for offer in setting.offers],
            picked=[setting.value] if isinstance(setting.value, str) else (),
            overhang=setting.overhang,
            ascii_glyphs=setting.is_ascii,
        )

    def compose(self) -> ComposeResult:
        """Make the label and the list."""
        yield self.label
        yield self.options
        yield self.problem

    @property
    def value(self) -> Any:
        """The id of the option."""
        return self.options.picked[0] if self.options.picked else None

    @on(ChoiceList.Changed)
    def take_mark(self, event: ChoiceList.Changed) -> None:
        """Pass a change on."""
        event.stop()
        self.tell_change()

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """Enter or a click: this one."""
        event.stop()
        self.tell_done()


class TickBox(FieldBox):
    """As many of a list as fit; what stands in it and is no longer offered stays in it."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        standing = setting.value if isinstance(setting.value, list) else []
        self._offers = list(setting.offers)
        for number, pick in enumerate(standing):
            if isinstance(pick, dict) and not any(is_same_pick(offer.value, pick) for offer in self._offers):
                self._offers.append(Offer(f"standing-{number}", str(pick.get("text", "")), pick))
        self.ticks = ChoiceList(
            [Choice(offer.id, safe_line(offer.text)) for offer in self._offers],
            multiple=True,
            picked=[offer.id for offer in self._offers if any(is_same_pick(offer.value, pick) for pick in standing)],
            overhang=setting.overhang,
            ascii_glyphs=setting.is_ascii,
        )

    def compose(self) -> ComposeResult:
        """Make the label and the list."""
        yield self.label
        yield self.ticks
        yield self.problem

    @property
    def value(self) -> Any:
        """The values that are ticked, in the order of the list."""
        picked = self.ticks.picked
        return [offer.value for offer in self._offers if offer.id in picked] or None

    @on(ChoiceList.Changed)
    def take_ticks(self, event: ChoiceList.Changed) -> None:
        """Pass a change on."""
        event.stop()
        self.tell_change()


class PositionBox(FieldBox):
    """A place on a line from one end to the other, and the same in words under it."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        words = setting.words
        position = setting.value if isinstance(setting.value, int) else None
        kind = Continuum if setting.is_statement else Ruler
        self.line = kind(safe_line(words.low), safe_line(words.high), position, ascii_glyphs=setting.is_ascii)
        self.place = Static(self._said(position), classes="position")

    def compose(self) -> ComposeResult:
        """Make the label, the line and its words."""
        yield self.label
        yield self.line
        yield self.place
        yield self.problem

    @property
    def value(self) -> Any:
        """The place, 0 to 10."""
        return self.line.position

    @property
    def beside_focus(self) -> Sequence[Widget]:
        """The same in words."""
        return (self.place,)

    def _said(self, position: int | None) -> Content:
        ui = self.setting.said.ui
        if position is None:
            return Content.assemble(
                safe(ui("ask.nothing_marked")).stylize("$accent"), " ", safe(ui("ask.how_to_mark")).stylize("$quiet")
            )
        if self.setting.is_statement:
            return safe(saying.at(position, self.setting.said)).stylize("bold")
        place = safe(ui("ask.at", n=position)).stylize("bold")
        return Content.assemble(place, " ", safe(self.setting.beside).stylize("$quiet"))

    @on(Continuum.Changed)
    def take_place(self, event: Continuum.Changed) -> None:
        """Say the place in words and pass the change on."""
        event.stop()
        self.place.update(self._said(event.position))
        self.tell_change()


def is_same_pick(one: Any, other: Any) -> bool:
    """Tell whether two picks are the same thing: by their bank's id where they have one, else by their words."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.get("bank") and other.get("bank"):
            return bool(one["bank"] == other["bank"])
        return bool(one.get("text") == other.get("text"))
    return bool(one == other)
