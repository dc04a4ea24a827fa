"""Two fields to write in, one line and many, with a single line under the text instead of a box.

Both hold whatever is pasted into them up to ``CEILING`` characters, also when that is more than can be
kept: whoever asks says so, and nothing that was written is lost. The cursor never blinks.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, TextArea

LINE_CAP = 500
"""Characters that one line may have unless the caller says otherwise."""
LONG_CAP = 20_000
"""Characters that a long text may have unless the caller says otherwise."""
CEILING = 100_000
"""Characters that a field holds at all; a paste that would pass this is not taken."""


class LineField(Input):
    """One line of text. Pasted line ends become spaces; Enter posts ``Submitted``.

    Where ``is_replaced``, what it begins with is marked when one comes to it by key, so that the first letter takes its
    place: for what is short and read anew (a day, an hour), not for own words.
    It keeps a text over its ``cap`` and posts ``TooLong`` when it gets there; ``is_too_long`` tells it at
    any time.
    """

    DEFAULT_CSS = """
    LineField {
        height: 2; padding: 0; border: none; border-bottom: solid $line;
        background: transparent; color: $foreground;
        &:focus { border: none; border-bottom: heavy $accent; background-tint: transparent; }
        &.-ascii { border: none; border-bottom: ascii $line; }
        &.-ascii:focus { border: none; border-bottom: ascii $accent; }
        & > .input--cursor, &:ansi > .input--cursor { color: $accent; background: transparent; text-style: reverse; }
        & > .input--placeholder { color: $quiet; }
        &:nocolor > .input--selection { text-style: reverse; }
    }
    """

    ascii_glyphs: reactive[bool] = reactive(False, toggle_class="-ascii")

    @dataclass
    class TooLong(Message):
        """The text got longer than the cap; or a paste over the ceiling was not taken (``is_kept`` False)."""

        line_field: LineField
        length: int
        cap: int
        is_kept: bool = True

        @property
        def control(self) -> LineField:
            """The widget that posted this."""
            return self.line_field

    def __init__(
        self,
        value: str | None = None,
        placeholder: str = "",
        *,
        cap: int = LINE_CAP,
        password: bool = False,
        is_replaced: bool = False,
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        self.cap = cap  # before Input sets its value, at which `watch_value` looks
        super().__init__(
            value,
            placeholder,
            password=password,
            select_on_focus=is_replaced,
            name=name,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.cursor_blink = False
        self.ascii_glyphs = ascii_glyphs

    @property
    def is_too_long(self) -> bool:
        """Whether the text is longer than the cap."""
        return len(self.value) > self.cap

    def watch_value(self, before: str, value: str) -> None:
        """Say when the text gets longer than the cap; what was typed here is not marked again."""
        if self.has_focus:
            self.select_on_focus = False
        if len(value) > self.cap >= len(before):
            self.post_message(self.TooLong(self, len(value), self.cap))

    def on_resize(self) -> None:
        """Keep the cursor in sight at another width."""
        column = self.cursor_screen_offset.x - self.content_region.x + self.scroll_offset.x
        self.scroll_to_region(Region(column, 0, 1, 1), force=True, animate=False)

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste as one line; over the ceiling it is not taken and what stood stays."""
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied in the app, like any other paste."""
        self._take(self.app.clipboard)

    def _take(self, text: str) -> None:
        line = " ".join(text.splitlines())
        length = len(self.value) - len(self.selected_text) + len(line)
        if length > CEILING:
            self.post_message(self.TooLong(self, length, self.cap, is_kept=False))
        elif line:
            self.replace(line, *self.selection)


class LongField(TextArea):
    """Text of many lines, as high as what is in it (up to ``max-height``), wrapped.

    Enter means "done here" and posts ``Submitted``; Ctrl+J, Shift+Enter and Alt+Enter begin a new line. A
    paste keeps its lines. Tab moves on. It keeps a text over its ``cap`` and posts ``TooLong`` when it gets
    there.
    """

    DEFAULT_CSS = """
    LongField {
        width: 1fr; height: auto; min-height: 2; max-height: 8;
        padding: 0; border: none; border-bottom: solid $line;
        background: transparent; color: $foreground; scrollbar-size-vertical: 1;
        &:focus { border: none; border-bottom: heavy $accent; background-tint: transparent; }
        &.-ascii { border: none; border-bottom: ascii $line; }
        &.-ascii:focus { border: none; border-bottom: ascii $accent; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $quiet; }
        &:dark .text-area--cursor { color: $accent; background: transparent; text-style: reverse; }
        &:light .text-area--cursor { color: $accent; background: transparent; text-style: reverse; }
        &:ansi .text-area--cursor { color: $accent; background: transparent; text-style: reverse; }
    }
    """
    NEW_LINE_KEYS = frozenset({"ctrl+j", "shift+enter", "alt+enter"})

    ascii_glyphs: reactive[bool] = reactive(False, toggle_class="-ascii")

    @dataclass
    class Submitted(Message):
        """The person pressed Enter: the text stands as they want it."""

        long_field: LongField
        text: str

        @property
        def control(self) -> LongField:
            """The widget that posted this."""
            return self.long_field

    @dataclass
    class TooLong(Message):
        """The text got longer than the cap; or a paste over the ceiling was not taken (``is_kept`` False)."""

        long_field: LongField
        length: int
        cap: int
        is_kept: bool = True

        @property
        def control(self) -> LongField:
            """The widget that posted this."""
            return self.long_field

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        *,
        cap: int = LONG_CAP,
        is_read_first: bool = False,
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=Content(placeholder),
            name=name,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.cap = cap
        self._is_read_first = is_read_first
        self.cursor_blink = False
        self.ascii_glyphs = ascii_glyphs
        self._length = len(text)

    @property
    def is_too_long(self) -> bool:
        """Whether the text is longer than the cap."""
        return len(self.text) > self.cap

    def validate_placeholder(self, placeholder: str | Content) -> Content:
        """Take a placeholder as literal text."""
        return placeholder if isinstance(placeholder, Content) else Content(placeholder)

    def on_mount(self) -> None:
        """Begin behind what was written before, or before it where it is there to be read."""
        if not self._is_read_first:
            self.move_cursor(self.document.end)

    def on_text_area_changed(self) -> None:
        """Say when the text gets longer than the cap."""
        before, self._length = self._length, len(self.text)
        if self._length > self.cap >= before:
            self.post_message(self.TooLong(self, self._length, self.cap))

    def on_key(self, event: events.Key) -> None:
        """Enter is done; a new line has keys of its own."""
        if event.key == "enter":
            self.post_message(self.Submitted(self, self.text))
        elif event.key in self.NEW_LINE_KEYS:
            start, end = self.selection
            self.replace("\n", start, end, maintain_selection_offset=False)
            self.scroll_cursor_visible()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Over the ceiling a paste is not taken and what stood stays."""
        event.stop()
        if not self._has_room(event.text):
            event.prevent_default()

    def action_paste(self) -> None:
        """Paste what was copied in the app, like any other paste."""
        if self._has_room(self.app.clipboard):
            super().action_paste()

    def _has_room(self, text: str) -> bool:
        length = len(self.text) - len(self.selected_text) + len(text)
        if length > CEILING:
            self.post_message(self.TooLong(self, length, self.cap, is_kept=False))
        return length <= CEILING


if __name__ == "__main__":
    from textual import on
    from textual.widget import Widget
    from textual.widgets import Static

    from widgets.demo import DemoApp

    class LineFieldDemo(DemoApp):
        """One field of each kind."""

        CSS = DemoApp.CSS + "\nStatic.ask { margin-top: 1; color: $quiet; } LineField, LongField { margin-top: 1; }"

        @on(LineField.Submitted)
        @on(LineField.TooLong)
        @on(LongField.Submitted)
        @on(LongField.TooLong)
        def show_message(
            self, message: LineField.Submitted | LineField.TooLong | LongField.Submitted | LongField.TooLong
        ) -> None:
            """Show what came."""
            self.say(message)

    def build_fields() -> list[Widget]:
        """Two questions and their fields."""
        return [
            Static(Content("What is one thing you want to do?"), classes="ask"),
            LineField(placeholder="in your own words [/]"),
            Static(Content("What makes it a 7, and not less?"), classes="ask"),
            LongField("Rosa has said yes to others who asked. And I know the place,\nI went there myself once"),
            Static(Content("A reason, only if you want one"), classes="ask"),
            LongField(placeholder="[b]a few words[/b] are enough"),
        ]

    LineFieldDemo(build_fields).run()
