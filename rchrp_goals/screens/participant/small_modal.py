"""A small page in the middle of another: it asks one thing, gives it back, and changes nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.structure import Field
from rchrp_goals.plan.text import clean
from rchrp_goals.screens.base import CalmModal, Result
from rchrp_goals.screens.foot_line import FootItem
from rchrp_goals.screens.participant.ask_fields import FieldBox, FieldSetting
from rchrp_goals.screens.participant.ask_lines import DateBox
from rchrp_goals.screens.safe import safe, safe_line, safe_text
from rchrp_goals.services.asking import FieldWords
from widgets.choice_list import Choice, ChoiceList
from widgets.flow import Flow
from widgets.line_field import LineField
from widgets.plate import Plate


class SmallModal(CalmModal[Result]):
    """A title, what is asked, and two plates: close, and the one that gives it back."""

    CSS_PATH = "small_modal.tcss"
    AUTO_FOCUS = "#inside *"
    BINDINGS = [Binding("escape", "close", show=False)]

    def title_words(self) -> str:
        """Return the title."""
        raise NotImplementedError

    def about_words(self) -> str:
        """Return what it is about, in the person's words; empty for nothing."""
        return ""

    def keep_words(self) -> str:
        """Return the words of the plate that gives it back; empty where picking does it."""
        return ""

    def close_words(self) -> str:
        """Return the words of the plate that goes back without anything; empty where the other one does so too."""
        return self.ui("home.close")

    def compose_inside(self) -> ComposeResult:
        """Make what is asked."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Make the page."""
        with VerticalScroll(id="box", can_focus=False):
            yield Static(safe(self.title_words()), classes="title")
            if about := self.about_words():
                yield Static(safe(about), classes="about")
            with VerticalScroll(id="inside", can_focus=False):
                yield from self.compose_inside()
            yield Static(id="problem")
            with Flow(id="ways", gap=4, is_last_right=True):
                if close := self.close_words():
                    plate = Plate("esc", close, key="close")
                    # Enter says what it does beside it: tab and Enter after a text must not throw the text away
                    plate.can_focus = not self.keep_words()
                    yield plate
                if keep := self.keep_words():
                    yield Plate("enter", keep, key="keep", accent=True)
        yield self.foot_line()

    def foot_items(self) -> list[FootItem]:
        """Leave out what would open one page over another."""
        return [item for item in super().foot_items() if item.action in {"", "app.switch_language"}]

    def on_mount(self) -> None:
        """Say nothing yet."""
        self.tell("")

    async def retell(self) -> None:
        """Say it again in the language that is spoken now; what stands in a field stays."""
        await self.recompose()
        self.tell("")
        first = next((widget for widget in self.query("#inside *") if widget.focusable), None)
        if first is not None:
            first.focus()

    def tell(self, sentence: str) -> None:
        """Say why it cannot be given back; an empty sentence takes that away."""
        problem = self.query_one("#problem", Static)
        problem.update(safe(sentence))
        problem.display = bool(sentence)

    def action_close(self) -> None:
        """Go back without anything."""
        self.dismiss(None)

    def keep(self) -> None:
        """Give back what stands, or say why not."""

    @on(Plate.Pressed)
    def press(self, event: Plate.Pressed) -> None:
        """Do what a plate says."""
        event.stop()
        if event.plate.key == "keep":
            self.keep()
        elif event.plate.key == "close":
            self.action_close()


class PickModal(SmallModal[str | None]):
    """One of a few things: gives back its id."""

    def __init__(
        self,
        title: str,
        options: Callable[[], Sequence[tuple[str, str, str]]],
        about: str = "",
        caps: Mapping[str, str] | None = None,
        *,
        is_needed: bool = False,
    ) -> None:
        """``title`` is a key of the wording; ``options`` gives id, words and note of each; ``about`` is text.

        ``caps`` gives options a letter of their own in place of a number, by id. ``is_needed``: something is lost by
        the one or the other, so that none of them is taken by going back.
        """
        super().__init__()
        self._is_needed = is_needed
        self._title = title
        self._options = options
        self._about = about
        self._caps = caps or {}

    def title_words(self) -> str:
        """Return the title."""
        return self.ui(self._title)

    @property
    def has_unkept(self) -> bool:
        """Tell whether something would be gone that nobody chose yet."""
        return self._is_needed

    def about_words(self) -> str:
        """Return what it is about."""
        return self._about

    def close_words(self) -> str:
        """Return the words of the plate that goes back; empty where one has to be chosen."""
        return "" if self._is_needed else super().close_words()

    def action_close(self) -> None:
        """Go back, where that loses nothing."""
        if not self._is_needed:
            super().action_close()

    def compose_inside(self) -> ComposeResult:
        """Make the list."""
        choices = [
            Choice(id, safe_line(words), safe_line(note), self._caps.get(id, "")) for id, words, note in self._options()
        ]
        yield ChoiceList(choices, is_menu=True, overhang=1, ascii_glyphs=self.app.is_ascii)

    @on(ChoiceList.Chosen)
    def choose(self, event: ChoiceList.Chosen) -> None:
        """Give it back."""
        event.stop()
        self.dismiss(event.choice_id)


class TellModal(SmallModal[bool | None]):
    """A few sentences about what was done."""

    BINDINGS = [Binding("enter", "close", show=False)]

    def __init__(self, title: str, paragraphs: Callable[[], Sequence[str]]) -> None:
        """``title`` is a key of ``ui.toml``."""
        super().__init__()
        self._title = title
        self._paragraphs = paragraphs

    def title_words(self) -> str:
        """Return the title."""
        return self.ui(self._title)

    def keep_words(self) -> str:
        """Return the words of the one plate."""
        return self.ui("app.go_back")

    def close_words(self) -> str:
        """There is nothing to give back."""
        return ""

    def compose_inside(self) -> ComposeResult:
        """Make the paragraphs."""
        for paragraph in self._paragraphs():
            yield Static(safe(paragraph), classes="paragraph")

    def keep(self) -> None:
        """Go back."""
        self.action_close()


class SureModal(SmallModal[bool | None]):
    """A question with a yes: what is about to be done, in a sentence."""

    BINDINGS = [Binding("enter", "keep", show=False)]

    def __init__(self, told: Callable[[], tuple[str, str]]) -> None:
        """``told`` gives the title and the sentence, in the language that is spoken when it is called."""
        super().__init__()
        self._told = told

    def title_words(self) -> str:
        """Return the title."""
        return self._told()[0]

    def close_words(self) -> str:
        """Return the words of the no."""
        return self.ui("rooms.no")

    def keep_words(self) -> str:
        """Return the words of the yes."""
        return self.ui("rooms.yes")

    def compose_inside(self) -> ComposeResult:
        """Make the sentence."""
        yield Static(safe(self._told()[1]), classes="paragraph")

    def action_keep(self) -> None:
        """Yes."""
        self.keep()

    def keep(self) -> None:
        """Yes."""
        self.dismiss(True)


class LineModal(SmallModal[str | None]):
    """One line of text, cleaned as a plan keeps it; what is too long or empty stays in the field and is said."""

    def __init__(self, title: str, label: str, keep: str, typed: dict[str, Any] | None = None) -> None:
        """``title``, ``label`` and ``keep`` are keys of ``ui.toml``; the ``line`` of ``typed`` stands in the line.

        Given again, a page that was closed opens as it was.
        """
        super().__init__()
        self._keys = (title, label, keep)
        self._typed = typed if typed is not None else {}

    @property
    def _text(self) -> str:
        return str(self._typed.get("line", ""))

    @property
    def has_unkept(self) -> bool:
        """Tell whether something stands in the line."""
        return bool(self._text.strip())

    def title_words(self) -> str:
        """Return the title."""
        return self.ui(self._keys[0])

    def keep_words(self) -> str:
        """Return the words of the plate that gives it back."""
        return self.ui(self._keys[2])

    def compose_inside(self) -> ComposeResult:
        """Make the line."""
        yield Static(safe(self.ui(self._keys[1])), classes="label")
        yield LineField(safe_text(self._text), ascii_glyphs=self.app.is_ascii)

    @on(Input.Changed)
    def take(self, event: Input.Changed) -> None:
        """Remember what stands in the line."""
        event.stop()
        if event.value != self._text:
            self._typed["line"] = event.value
            self.app.keep_typed_soon()
            self.tell("")

    @on(LineField.TooLong)
    def tell_too_long(self, event: LineField.TooLong) -> None:
        """Say at once that the text is too long."""
        event.stop()
        key = "errors.text_too_long" if event.is_kept else "ask.paste_too_long"
        self.tell(self.ui(key, cap=event.cap, length=event.length))

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Enter: keep it."""
        event.stop()
        self.keep()

    def keep(self) -> None:
        """Give the line back as it was written, if a plan can keep it."""
        try:
            clean(self._text)
        except AnswerRefused as refused:
            self.tell(self.words.problem(refused.key, refused.values))
        else:
            self.dismiss(self._text)


class DayModal(SmallModal[date | None]):
    """A day that lies ahead, in one's own words or by a button."""

    def __init__(self, about: str) -> None:
        """``about`` is what the day is for, in the person's words."""
        super().__init__()
        self._about = about
        self._value: str | None = None
        self.box: DateBox | None = None

    def title_words(self) -> str:
        """Return the title."""
        return self.ui("home.later_title")

    def about_words(self) -> str:
        """Return what the day is for."""
        return self._about

    def keep_words(self) -> str:
        """Return the words of the plate that gives it back."""
        return self.ui("home.keep")

    def compose_inside(self) -> ComposeResult:
        """Make the field."""
        words = FieldWords(label=self.ui("home.later_label"))
        self.box = DateBox(FieldSetting(Field("day", "date"), words, (), self.app.desk, self._value))
        yield self.box

    @on(FieldBox.Changed)
    def take(self, event: FieldBox.Changed) -> None:
        """Remember what stands in the field."""
        event.stop()
        self._value = event.box.value
        self.tell("")

    @on(FieldBox.Done)
    def submit(self, event: FieldBox.Done) -> None:
        """Enter: keep it."""
        event.stop()
        self.keep()

    def keep(self) -> None:
        """Give the day back, if it lies ahead."""
        found = self.box.day.value if self.box is not None else None
        if found is None:
            self.tell(self.ui("home.later_no_day"))
        elif found <= self.app.desk.clock.today():
            self.tell(self.ui("home.later_not_ahead"))
        else:
            self.dismiss(found)
