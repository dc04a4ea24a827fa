"""A field for a day in one's own words, with what it was understood as, and common days one press away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from widgets.flow import Flow
from widgets.line_field import LineField
from widgets.plate import Plate


@dataclass(frozen=True)
class Reading:
    """What a text was understood as.

    ``dates`` holds none (not understood, or nothing written), one, or two (it reads two ways). ``echo``
    says it in words; ``labels`` are the words for the buttons where there are two dates, in the same order.
    """

    dates: tuple[date, ...] = ()
    echo: str = ""
    labels: tuple[str, ...] = ()


class DateField(Widget):
    """A line to write a day in, the caller's echo, and buttons: common days, or the two ways it reads.

    ``parse`` is asked at every change; it must also understand ISO dates (``2026-11-26``), with which the
    field asks for the echo of a day chosen by button. ``text`` and ``value`` always belong together:
    ``value`` is the day while exactly one is meant, else None. Enter posts ``Submitted``; while a text
    reads two ways, Enter goes to the first of the two buttons instead.
    """

    DEFAULT_CSS = """
    DateField {
        width: 1fr; height: auto;
        & > .date-field--echo { height: auto; min-height: 1; color: $quiet; }
        & > .date-field--echo.-understood { color: $foreground; }
        & > .date-field--echo.-two-ways { color: $accent; }
        & > Flow { margin-top: 1; }
    }
    """

    ascii_glyphs: reactive[bool] = reactive(False)

    @dataclass
    class Changed(Message):
        """The person changed the text, or chose a day by button."""

        date_field: DateField
        text: str
        value: date | None

        @property
        def control(self) -> DateField:
            """The widget that posted this."""
            return self.date_field

    @dataclass
    class Submitted(Message):
        """The person pressed Enter, and the text does not read two ways."""

        date_field: DateField
        text: str
        value: date | None

        @property
        def control(self) -> DateField:
            """The widget that posted this."""
            return self.date_field

    def __init__(
        self,
        parse: Callable[[str], Reading],
        shortcuts: Sequence[tuple[str, date]] = (),
        *,
        value: date | None = None,
        text: str = "",
        placeholder: str = "",
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a field; a ``value`` without ``text`` shows itself as an ISO date."""
        super().__init__(name=name, id=id, classes=classes)
        self.set_reactive(DateField.ascii_glyphs, ascii_glyphs)
        self._parse = parse
        self._shortcuts = tuple(shortcuts)
        self._placeholder = placeholder
        self._text = text or (value.isoformat() if value else "")
        self._value = value
        self._reading = parse(value.isoformat() if value else self._text)
        if value is None and len(self._reading.dates) == 1:
            self._value = self._reading.dates[0]

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self._text

    @property
    def value(self) -> date | None:
        """The day that is meant; None where there is none, or where the text reads two ways."""
        return self._value

    @property
    def reading(self) -> Reading:
        """What the text was understood as."""
        return self._reading

    def compose(self) -> ComposeResult:
        """Make the line, its echo, and the two rows of buttons."""
        yield LineField(self._text, self._placeholder, is_replaced=True, ascii_glyphs=self.ascii_glyphs)
        yield Static(classes="date-field--echo", markup=False)
        yield Flow(Plate("", ""), Plate("", ""), gap=2, classes="date-field--readings")
        if self._shortcuts:
            yield Flow(*(Plate("", words) for words, _ in self._shortcuts), gap=2, classes="date-field--shortcuts")

    def on_mount(self) -> None:
        """Show what the text that it began with was understood as."""
        self._show_reading()

    def watch_ascii_glyphs(self) -> None:
        """Hand the glyphs on to the line."""
        for field in self.query(LineField):
            field.ascii_glyphs = self.ascii_glyphs

    def focus(self, scroll_visible: bool = True) -> DateField:
        """Go to the line."""
        for field in self.query(LineField):
            field.focus(scroll_visible)
        return self

    # ------------------------------------------------------------------ what the person does

    @on(Input.Changed)
    def read_text(self, event: Input.Changed) -> None:
        """Understand what was written."""
        event.stop()
        if event.value != self._text:
            self._text = event.value
            self._read(None)
            self.post_message(self.Changed(self, self._text, self._value))

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Take Enter as done, or go to the two readings."""
        event.stop()
        if len(self._reading.dates) > 1:
            self.query(Plate).first().focus()
        else:
            self.post_message(self.Submitted(self, self._text, self._value))

    @on(Plate.Pressed)
    def choose_day(self, event: Plate.Pressed) -> None:
        """Take the day of the button, and its words as the text; the line has the focus again."""
        event.stop()
        plates = list(self.query(Plate))
        at = plates.index(event.plate)
        day = self._reading.dates[at] if at < 2 else self._shortcuts[at - 2][1]
        self._text = event.plate.words
        self._read(day)
        self._show_text()
        self.query_one(LineField).focus()
        self.post_message(self.Changed(self, self._text, self._value))

    # ------------------------------------------------------------------ showing

    def _read(self, day: date | None) -> None:
        """Ask the caller what the text means; a day that is known already stands whatever the text says."""
        self._reading = self._parse(day.isoformat() if day else self._text)
        dates = self._reading.dates
        self._value = day or (dates[0] if len(dates) == 1 else None)
        if self.is_mounted:
            self._show_reading()

    def _show_text(self) -> None:
        for field in self.query(LineField):
            with self.prevent(Input.Changed):
                field.value = self._text
                field.cursor_position = len(self._text)

    def _show_reading(self) -> None:
        has_two = len(self._reading.dates) > 1
        echo = self.query_one(".date-field--echo", Static)
        echo.update(Content(self._reading.echo))
        echo.set_class(self._value is not None, "-understood")
        echo.set_class(has_two, "-two-ways")
        readings = self.query_one(".date-field--readings", Flow)
        readings.display = has_two
        if has_two:
            for plate, words in zip(readings.query(Plate), self._reading.labels, strict=False):
                plate.words = words


if __name__ == "__main__":
    from datetime import timedelta

    from widgets.demo import DemoApp

    TODAY = date(2026, 11, 23)

    def read_demo_text(text: str) -> Reading:
        """Understand ISO dates, and 3/11 in its two ways."""
        if text == "3/11":
            return Reading(
                (date(2026, 11, 3), date(2027, 3, 11)),
                "This reads two ways:",
                ("3 November 2026", "March 11, 2027"),
            )
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return Reading((), "Not a day yet. Try 2026-11-26, or 3/11." if text else "")
        return Reading((day,), f"{day:%A %-d %B %Y}")

    class DateFieldDemo(DemoApp):
        """One field with three common days."""

        @on(DateField.Changed)
        @on(DateField.Submitted)
        def show_message(self, message: DateField.Changed | DateField.Submitted) -> None:
            """Show what came."""
            self.say(message)

    SHORTCUTS = [
        (words, TODAY + timedelta(days)) for words, days in (("tomorrow", 1), ("in 3 days", 3), ("in a week", 7))
    ]
    DateFieldDemo(lambda: [DateField(read_demo_text, SHORTCUTS, placeholder="when?")]).run()
