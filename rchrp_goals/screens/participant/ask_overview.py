"""Several things on one page, a line each: what becomes of each is changed where it stands, and what is left alone stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from rchrp_goals.screens.participant.ask_fields import FieldBox, FieldSetting
from rchrp_goals.screens.safe import safe, safe_line
from rchrp_goals.services.offers import Offer
from widgets.choice_list import Choice, ChoiceList


class LineStates(ChoiceList):
    """A list in which Space, a number, a click or the arrows to the sides put a line to its next state; Enter goes on."""

    @dataclass
    class Turned(Message):
        """The person put a line to its next state (``by`` 1), or to the one before (-1)."""

        lines: LineStates
        choice_id: str
        by: int

    @dataclass
    class Done(Message):
        """The person pressed Enter: the lines stand as they want them."""

        lines: LineStates

    def pick(self, at: int) -> None:
        """Put a line to its next state."""
        self.post_message(self.Turned(self, self.options[at].id, 1))

    def choose(self, at: int) -> None:
        """A click means the same."""
        self.pick(at)

    def on_key(self, event: events.Key) -> None:
        """Turn a line to either side, and go on with Enter; the rest is a list's."""
        if not self.options or event.key not in {"left", "right", "enter"}:
            return
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self.post_message(self.Done(self))
        else:
            self.post_message(self.Turned(self, self.options[self.cursor].id, 1 if event.key == "right" else -1))


class OverviewBox(FieldBox):
    """One of a few options for each of several things; nothing is said of a line that nobody touched."""

    def __init__(self, setting: FieldSetting) -> None:
        super().__init__(setting)
        self._options = dict(setting.options or {})
        self._said: dict[str, str] = dict(setting.value) if isinstance(setting.value, dict) else {}
        self.lines = LineStates(
            self._choices(), is_spaced=False, overhang=setting.overhang, ascii_glyphs=setting.is_ascii
        )

    def compose(self) -> ComposeResult:
        """Make the label, the lines, and how they are changed."""
        yield self.label
        yield self.lines
        yield self.problem
        yield Static(safe(self.setting.said.ui("ask.lines_hint")), classes="label ideas")

    @property
    def value(self) -> Any:
        """What was said of each thing, by its id; None where nothing was said."""
        return dict(self._said) or None

    def _choices(self) -> list[Choice]:
        return [Choice(one.id, safe_line(one.text), self._note(one)) for one in self.setting.offers]

    def _note(self, one: Offer) -> str:
        said = self._said.get(one.id)
        return safe_line(self._options.get(said, said)) if said else self.setting.said.ui("ask.line_untouched")

    @on(LineStates.Turned)
    def turn(self, event: LineStates.Turned) -> None:
        """Put a line to the state beside the one it has; before the first and after the last nothing is said of it."""
        event.stop()
        states = ["", *self._options]
        at = states.index(self._said.get(event.choice_id, ""))
        state = states[(at + event.by) % len(states)]
        if state:
            self._said[event.choice_id] = state
        else:
            self._said.pop(event.choice_id, None)
        self.lines.set_options(self._choices())
        self.tell_change()

    @on(LineStates.Done)
    def submit(self, event: LineStates.Done) -> None:
        """Enter: done here."""
        event.stop()
        self.tell_done()
