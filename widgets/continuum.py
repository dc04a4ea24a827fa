"""A line from one end to the other, eleven places on it, and a marker that only the person puts there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size, clamp
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from widgets.glyphs import choose_glyphs

LAST = 10
"""The highest place; the lowest is 0."""
_LINE_ROWS = 2
"""The line and its numbers."""
WIDEST_STEP = 7
"""Cells from one place to the next where there is room: 10 steps and 1 cell make 71."""


class Continuum(Widget, can_focus=True):
    """A line with eleven places, 0 to 10, between two ends named by the caller.

    There is no marker until the person puts one there. Digits place it, ``1`` then ``0`` is 10 however long
    the pause between them, ``+`` and End are 10, Home is 0, the arrows move it by one (the first one to the
    middle), Delete and Backspace take it away, a click or a drag on the line places it. All other keys pass
    on.

    ``position`` may be set by the caller without a message; ``Changed`` tells only what the person did.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Continuum { width: 1fr; max-width: 71; height: auto; text-wrap: nowrap; pointer: pointer; }
    """
    ARROWS: ClassVar[dict[str, int]] = {"left": -1, "right": 1}

    low: reactive[str] = reactive("", layout=True)
    """The words of the left end (0)."""
    high: reactive[str] = reactive("", layout=True)
    """The words of the right end (10)."""
    position: reactive[int | None] = reactive(None)
    """Where the marker stands, 0 to 10; None while there is none."""
    ascii_glyphs: reactive[bool] = reactive(False)

    @dataclass
    class Changed(Message):
        """The person placed, moved or removed the marker."""

        continuum: Continuum
        position: int | None

        @property
        def control(self) -> Continuum:
            """The widget that posted this."""
            return self.continuum

    def __init__(
        self,
        low: str,
        high: str,
        position: int | None = None,
        *,
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.set_reactive(Continuum.low, low)
        self.set_reactive(Continuum.high, high)
        self.set_reactive(Continuum.position, self.validate_position(position))
        self.set_reactive(Continuum.ascii_glyphs, ascii_glyphs)
        self._one_was_typed = False
        self._is_dragging = False

    def validate_position(self, position: int | None) -> int | None:
        """Keep a position on the line."""
        return None if position is None else clamp(position, 0, LAST)

    def place(self, position: int | None) -> None:
        """Put the marker somewhere, or take it away, as the person does: posts ``Changed`` if it moved."""
        before = self.position
        self.position = position
        if self.position != before:
            self.post_message(self.Changed(self, self.position))

    # ------------------------------------------------------------------ drawing

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Ask for the widest line that the container has room for."""
        return min(container.width, LAST * WIDEST_STEP + 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows: the words of the ends (one row where both fit), the line, the numbers."""
        return len(self._end_rows(self._line_width(width))) + _LINE_ROWS

    @property
    def line_rows(self) -> tuple[int, int]:
        """The first row of the line with its numbers, and how many rows they have."""
        return self.content_size.height - _LINE_ROWS, _LINE_ROWS

    def render(self) -> Content:
        """Draw the ends, the line with the marker, and the numbers."""
        step = self._step(self.content_size.width)
        rows = [Content.styled(row, "$quiet") for row in self._end_rows(step * LAST + 1)]
        return Content("\n").join([*rows, self._line_row(step), self._number_row(step)])

    @staticmethod
    def _step(width: int) -> int:
        return clamp((width - 1) // LAST, 1, WIDEST_STEP)

    def _line_width(self, width: int) -> int:
        return self._step(width) * LAST + 1

    def _end_rows(self, width: int) -> list[str]:
        """Set the ends' words: on one row, else in two columns, else (long words) one under the other."""
        low, high = Content(self.low), Content(self.high)
        gap, half = 2, (width - 2) // 2
        if low.cell_length + gap + high.cell_length <= width:
            return [_both_edges(low, high, width)]
        if max(low.get_minimal_width({}), high.get_minimal_width({})) <= half:
            low_rows, high_rows = low.wrap(half), high.wrap(half)
            count = max(len(low_rows), len(high_rows))
            low_rows = [Content("")] * (count - len(low_rows)) + low_rows
            high_rows = [Content("")] * (count - len(high_rows)) + high_rows
            return [_both_edges(*row, width) for row in zip(low_rows, high_rows, strict=True)]
        rows = [_both_edges(row, Content(""), width) for row in low.wrap(width)]
        return rows + [_both_edges(Content(""), row, width) for row in high.wrap(width)]

    def _line_row(self, step: int) -> Content:
        glyphs = choose_glyphs(self.ascii_glyphs)
        row = glyphs.line_start + (glyphs.line * (step - 1) + glyphs.tick) * LAST
        row = row[:-1] + glyphs.line_end
        style = "$foreground" if self.has_focus else "$line"
        if self.position is None:
            return Content.styled(row, style)
        at = self.position * step
        marker = "bold $accent" if self.has_focus else "bold $primary"
        return Content.assemble((row[:at], style), (glyphs.marker, marker), (row[at + 1 :], style))

    def _number_row(self, step: int) -> Content:
        shown = range(0, LAST + 1, 1 if step > 2 else 2 if step == 2 else 5)
        row = Content("")
        for number in shown:
            text = str(number)
            at = number * step + 1 - len(text) if number == LAST else number * step
            style = "bold $foreground" if number == self.position else "bold $quiet" if self.has_focus else "$quiet"
            row = row.pad_right(at - row.cell_length).append(Content.styled(text, style))
        return row

    # ------------------------------------------------------------------ keys and mouse

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say which keys are taken here before any binding sees them."""
        return bool(character and character in "0123456789+") or key in (
            *self.ARROWS,
            "home",
            "end",
            "delete",
            "backspace",
        )

    def on_key(self, event: events.Key) -> None:
        """Place the marker by key; what is no key of the line passes on."""
        typed = event.character or ""
        one_was_typed, self._one_was_typed = self._one_was_typed, typed == "1"
        if typed and typed in "0123456789":
            self.place(LAST if typed == "0" and one_was_typed else int(typed))
        elif typed == "+" or event.key == "end":
            self.place(LAST)
        elif event.key == "home":
            self.place(0)
        elif event.key in self.ARROWS:
            self.place(LAST // 2 if self.position is None else self.position + self.ARROWS[event.key])
        elif event.key in ("delete", "backspace"):
            self.place(None)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Place the marker where the line was pressed, and follow the mouse until it is let go."""
        at = event.get_content_offset(self)
        line_y, _ = self.line_rows
        if event.button != 1 or at is None or at.y < line_y:
            return
        self._is_dragging = True
        self.capture_mouse()
        self._place_by_mouse(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse while it is held."""
        if self._is_dragging:
            self._place_by_mouse(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the marker."""
        if self._is_dragging:
            self._is_dragging = False
            self.release_mouse()

    def _place_by_mouse(self, event: events.MouseEvent) -> None:
        event.stop()
        self._one_was_typed = False
        x = event.get_content_offset_capture(self).x
        step = self._step(self.content_size.width)
        self.place(clamp((x + step // 2) // step, 0, LAST))


def _both_edges(left: Content, right: Content, width: int) -> str:
    left, right = left.rstrip(), right.rstrip()
    return left.plain + " " * (width - left.cell_length - right.cell_length) + right.plain


if __name__ == "__main__":
    from textual import on

    from widgets.demo import DemoApp

    class ContinuumDemo(DemoApp):
        """One line, untouched, and one where 7 was marked before."""

        @on(Continuum.Changed)
        def show_change(self, message: Continuum.Changed) -> None:
            """Show what came."""
            self.say(message)

    ContinuumDemo(
        lambda: [
            Continuum("strongly disagree", "strongly agree"),
            Continuum("muy en desacuerdo", "muy de acuerdo", 7),
            Continuum("completamente en desacuerdo", "completamente de acuerdo", 10),
        ]
    ).run()
