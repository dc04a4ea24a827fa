"""A key shown reversed beside its word; while text is typed, a plain plate of the same size."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget


class Plate(Widget, can_focus=True):
    """One thing that can be done: its key and its word, for the keyboard, for Tab and Enter, for the mouse.

    The plate never listens for ``key`` itself: the screen binds it, since it must work wherever the focus
    is. With ``show_key=False`` (letters are text just now) it is a plain plate with the word alone, equally
    wide; in brackets where the terminal's own colours are used, or none.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Plate { width: auto; height: 1; text-wrap: nowrap; pointer: pointer; }
    """

    key_label: reactive[str] = reactive("", layout=True)
    """The key as it is written on the cap; empty for a plate that never has a key."""
    words: reactive[str] = reactive("", layout=True)
    accent: reactive[bool] = reactive(False)
    """Whether this is the likeliest thing to do now."""
    show_key: reactive[bool] = reactive(True)
    ground: reactive[str] = reactive("on $panel")
    """The style of a plain plate: a ground that can be told from the page behind it."""

    @dataclass
    class Pressed(Message):
        """The person clicked the plate, or pressed Enter or Space on it."""

        plate: Plate
        key: str
        is_key: bool = False
        """Whether it was a key, on the plate that had the focus."""

        @property
        def control(self) -> Plate:
            """The widget that posted this."""
            return self.plate

    def __init__(
        self,
        key_label: str,
        words: str,
        key: str = "",
        accent: bool = False,
        *,
        show_key: bool = True,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.key = key or key_label
        self.set_reactive(Plate.key_label, key_label)
        self.set_reactive(Plate.words, words)
        self.set_reactive(Plate.accent, accent)
        self.set_reactive(Plate.show_key, show_key)

    def press(self, *, is_key: bool = False) -> None:
        """Do as if the person had pressed the plate."""
        if not self.is_disabled:
            self.post_message(self.Pressed(self, self.key, is_key))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The width with the key's cap, also while the cap is away, so that nothing moves."""
        words = Content(self.words).cell_length
        return words + (Content(self.key_label).cell_length + 3 if self.key_label else 2)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row, always."""
        return 1

    def render(self) -> Content:
        """Draw the cap and the word, or the plain plate."""
        voice = "$quiet" if self.is_disabled else "bold $foreground" if self.accent else "$foreground"
        words = Content.styled(self.words, voice)
        if self.has_focus:
            words = words.stylize("bold underline")
        if self.show_key and self.key_label:
            cap = Content(f" {self.key_label} ").stylize("$accent" if self.accent or self.has_focus else "$quiet")
            return Content.assemble(cap.stylize(Style(reverse=True)), " ", words)
        room = self.get_content_width(self.size, self.size) - words.cell_length
        left, right = " " * (room // 2), " " * (room - room // 2)
        if self.app.native_ansi_color:  # no ground of its own that could be told from the screen's
            left, right = f"[{left[1:]}", f"{right[1:]}]"
        return Content.assemble(left, words, right).stylize_before(self.ground)

    def on_click(self, event: events.Click) -> None:
        """Press by mouse."""
        event.stop()
        self.press()

    def on_key(self, event: events.Key) -> None:
        """Press by Enter or Space; every other key passes on."""
        if event.key in ("enter", "space"):
            event.stop()
            self.press(is_key=True)


if __name__ == "__main__":
    from textual import on
    from textual.containers import Horizontal

    from widgets.demo import DemoApp

    class PlateDemo(DemoApp):
        """The row under a question, with its keys and while text is typed."""

        CSS = DemoApp.CSS + "\nHorizontal { height: 2; } Horizontal Plate { margin-right: 5; }"

        @on(Plate.Pressed)
        def show_press(self, message: Plate.Pressed) -> None:
            """Show what came."""
            self.say(message)

    PlateDemo(
        lambda: [
            Horizontal(
                Plate("b", "Back", show_key=show),
                Plate("p", "Pass", show_key=show),
                Plate("esc", "Pause", "escape"),
                Plate("enter", "Next", accent=True),
            )
            for show in (True, False)
        ]
    ).run()
