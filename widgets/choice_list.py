"""A numbered list to choose from: one answer, or as many as fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size, clamp
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from widgets.glyphs import choose_glyphs
from widgets.sight import bring_into_sight

_GAP = 6
"""Cells between the longest option and the notes beside them."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its id, its text (it wraps, never shortened), a second quieter line if wanted.

    In a menu ``cap`` is a letter of its own, which chooses it in place of its number.
    """

    id: str
    text: str
    note: str = ""
    cap: str = ""


@dataclass(frozen=True)
class _Row:
    """One row of the list as it is set at some width: which option (None: blank), and its words."""

    at: int | None
    words: str = ""
    is_first: bool = False
    is_note: bool = False
    beside: str = ""


class ChoiceList(Widget, can_focus=True):
    """Numbered options with a cursor, drawn row by row in one widget that is as high as its content.

    A single list: up and down move the cursor; a number moves it and marks that option; Space marks; Enter
    or a click chooses (``Chosen``). With ``is_menu=True`` a number chooses at once, as soon as no longer
    number can be meant. A multiple list: a number, Space or a click tick and untick; Enter passes on. Where
    there are more than nine options, ``1`` then ``2`` is the twelfth, however long the pause; the second
    digit takes back what the first did.

    The cursor's row reaches across the whole width: ``overhang`` cells on each side lie outside the text's
    edges, so that the numbers hang on the left edge of the column. With ``is_beside=True`` notes stand in a
    column of their own beside the options, where there is room for both. ``picked`` may be set by the caller
    without a message.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ChoiceList { width: 1fr; height: auto; text-wrap: nowrap; pointer: pointer; }
    """

    cursor: reactive[int] = reactive(0)
    """The option under the cursor, from 0."""
    overhang: reactive[int] = reactive(3, layout=True)
    """Cells left and right of the text that only the cursor's row fills."""
    ascii_glyphs: reactive[bool] = reactive(False)

    @dataclass
    class Moved(Message):
        """The cursor is at another option."""

        choice_list: ChoiceList

        @property
        def control(self) -> ChoiceList:
            """The widget that posted this."""
            return self.choice_list

    @dataclass
    class Chosen(Message):
        """The person chose one option of a single list, and means it."""

        choice_list: ChoiceList
        choice_id: str

        @property
        def control(self) -> ChoiceList:
            """The widget that posted this."""
            return self.choice_list

    @dataclass
    class Changed(Message):
        """The person marked, ticked or unticked; ``picked`` holds the ids in the order of the options."""

        choice_list: ChoiceList
        picked: tuple[str, ...]

        @property
        def control(self) -> ChoiceList:
            """The widget that posted this."""
            return self.choice_list

    def __init__(
        self,
        options: Sequence[Choice] = (),
        multiple: bool = False,
        *,
        picked: Iterable[str] = (),
        is_menu: bool = False,
        is_spaced: bool | None = None,
        is_beside: bool = False,
        overhang: int = 3,
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Make a list; ``is_spaced`` puts a blank row between options (None: where an option has a note)."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.multiple = multiple
        self.is_menu = is_menu
        self.is_spaced = is_spaced
        self.is_beside = is_beside
        self.set_reactive(ChoiceList.overhang, overhang)
        self.set_reactive(ChoiceList.ascii_glyphs, ascii_glyphs)
        self._options = tuple(options)
        self._picked: frozenset[str] = frozenset()
        self._typed = ""
        self._before_typed: frozenset[str] = frozenset()
        self._rows: list[_Row] = []
        self._rows_width = -1
        self.picked = tuple(picked)
        if self.picked and not multiple:
            # Enter means the option under the cursor: it must not put another in the place of the one that stands
            marked = next(at for at, choice in enumerate(self._options) if choice.id == self.picked[0])
            self.set_reactive(ChoiceList.cursor, marked)

    # ------------------------------------------------------------------ what it holds

    @property
    def options(self) -> tuple[Choice, ...]:
        """The options as they stand."""
        return self._options

    def set_options(self, options: Sequence[Choice]) -> None:
        """Show other options; the cursor's option and what is picked stay so, where they remain."""
        under_cursor = self.highlighted
        self._options = tuple(options)
        ids = [choice.id for choice in self._options]
        self._rows_width = -1
        self._typed = ""
        self.picked = tuple(self._picked.intersection(ids))
        self.cursor = ids.index(under_cursor) if under_cursor in ids else min(self.cursor, max(0, len(ids) - 1))
        self.refresh(layout=True)

    @property
    def highlighted(self) -> str | None:
        """The id of the option under the cursor; None in an empty list."""
        return self._options[self.cursor].id if self._options else None

    @property
    def picked(self) -> tuple[str, ...]:
        """The ids that are marked or ticked, in the order of the options."""
        return tuple(choice.id for choice in self._options if choice.id in self._picked)

    @picked.setter
    def picked(self, ids: Iterable[str]) -> None:
        known = {choice.id for choice in self._options}
        wanted = [choice_id for choice_id in ids if choice_id in known]
        self._picked = frozenset(wanted if self.multiple else wanted[:1])
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an option."""
        return clamp(cursor, 0, max(0, len(self._options) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Tell of it, and keep what is under the cursor in sight."""
        if self.is_attached and now != before:
            self.post_message(self.Moved(self))
            self.call_after_refresh(self._show_cursor)

    # ------------------------------------------------------------------ drawing

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the width that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows at this width."""
        return len(self._set_rows(width))

    @property
    def _cap_width(self) -> int:
        return max([len(str(len(self._options))), *(len(choice.cap) for choice in self._options)]) + 2

    @property
    def _indent(self) -> int:
        return self.overhang + self._cap_width + (6 if self.multiple else 2)

    def _set_rows(self, width: int) -> list[_Row]:
        if width != self._rows_width:
            self._rows_width = width
            self._rows = []
            room = max(1, width - self._indent - self.overhang)
            spaced = any(choice.note for choice in self._options) if self.is_spaced is None else self.is_spaced
            column = self._note_column(room)
            for at, choice in enumerate(self._options):
                if at and spaced:
                    self._rows.append(_Row(None))
                if column and (choice.note or Content(choice.text).cell_length <= room):
                    self._rows.append(_Row(at, choice.text, is_first=True, beside=choice.note))
                    continue
                for number, line in enumerate(Content(choice.text).wrap(room)):
                    self._rows.append(_Row(at, line.rstrip().plain, is_first=number == 0))
                if choice.note:
                    self._rows += [
                        _Row(at, line.rstrip().plain, is_note=True) for line in Content(choice.note).wrap(room)
                    ]
        return self._rows

    def _note_column(self, room: int) -> int:
        """Return where the notes begin beside the options; 0 where they stand below, or nowhere."""
        noted = [choice for choice in self._options if choice.note]
        column = max((Content(choice.text).cell_length for choice in noted), default=0) + _GAP
        longest = max((Content(choice.note).cell_length for choice in noted), default=0)
        return column if self.is_beside and noted and column + longest <= room else 0

    def watch_overhang(self) -> None:
        """Set the rows anew."""
        self._rows_width = -1

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width = self.content_size.width
        rows = self._set_rows(width)
        if y >= len(rows) or rows[y].at is None:
            return Strip.blank(width, self.visual_style.rich_style)
        row, at = rows[y], rows[y].at
        assert at is not None
        is_here = self.has_focus and at == self.cursor
        content = Content.assemble(self._head(row, at, is_here), self._words(row, at, is_here))
        content = content.pad_right(max(0, width - content.cell_length))
        if is_here:
            content = content.stylize_before("on $panel")
        return Visual.to_strips(self, content, width, 1, self.visual_style)[0]

    def _head(self, row: _Row, at: int, is_here: bool) -> Content:
        indent = " " * self._indent
        if not row.is_first:
            return Content(indent)
        glyphs = choose_glyphs(self.ascii_glyphs)
        mark = glyphs.picked if self._options[at].id in self._picked else " "
        label = self._options[at].cap or str(at + 1)
        cap = Content(f" {label:>{self._cap_width - 2}} ").stylize("$accent" if is_here else "$quiet")
        if is_here:
            cap = cap.stylize(Style(reverse=True))
        tick = Content.styled(mark, "bold $primary")
        if self.multiple:
            return Content.assemble(" " * self.overhang, cap, " ", ("[", "$quiet"), tick, ("]", "$quiet"), "  ")
        return Content.assemble(" " * self.overhang, cap, tick, " ")

    def _words(self, row: _Row, at: int, is_here: bool) -> Content:
        choice = self._options[at]
        if row.is_note:
            return Content.styled(row.words, "$foreground" if is_here else "$quiet")
        if row.beside or self.is_beside:
            words = Content.styled(row.words, "bold $foreground" if is_here else "$foreground")
            column = self._note_column(max(1, self.content_size.width - self._indent - self.overhang))
            note = Content.styled(row.beside, "$foreground" if is_here else "$quiet")
            return Content.assemble(words.pad_right(max(0, column - words.cell_length)), note)
        is_bold = is_here or bool(choice.note) or (not self.multiple and choice.id in self._picked)
        return Content.styled(row.words, "bold $foreground" if is_bold else "$foreground")

    @property
    def cursor_rows(self) -> tuple[int, int]:
        """The first row of the option under the cursor, and how many it has; none where there is no option."""
        mine = [y for y, row in enumerate(self._set_rows(self.content_size.width)) if row.at == self.cursor]
        return (mine[0], len(mine)) if mine else (0, 0)

    def _show_cursor(self) -> None:
        """Scroll whatever holds this list until the cursor's rows are in sight."""
        top, height = self.cursor_rows
        if height:
            bring_into_sight(self, top, height)

    # ------------------------------------------------------------------ what the person does

    def pick(self, at: int) -> None:
        """Tick or untick (multiple list), or mark (single list), as the person does: posts ``Changed``."""
        choice_id = self._options[at].id
        before = self._picked
        self._picked = before ^ {choice_id} if self.multiple else frozenset({choice_id})
        if self._picked != before:
            self.refresh()
            self.post_message(self.Changed(self, self.picked))

    def choose(self, at: int) -> None:
        """Mark an option of a single list and say that it is meant: posts ``Chosen``."""
        self.pick(at)
        self.post_message(self.Chosen(self, self._options[at].id))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say which keys are taken here before any binding sees them."""
        return bool(character and character in "123456789") or key in ("up", "down", "home", "end", "space")

    def on_key(self, event: events.Key) -> None:
        """Move, mark and choose by key; what is no key of the list passes on."""
        if not self._options:
            return
        typed, self._typed = self._typed, ""
        lettered = [at for at, one in enumerate(self._options) if self.is_menu and one.cap == event.character]
        if lettered:
            self.cursor = lettered[0]
            self.choose(lettered[0])
        elif event.character and event.character in "0123456789":
            if not self._type_digit(typed, event.character):
                return
        elif event.key in ("up", "down"):
            self.cursor += 1 if event.key == "down" else -1
        elif event.key in ("home", "end"):
            self.cursor = 0 if event.key == "home" else len(self._options) - 1
        elif event.key == "space":
            self.pick(self.cursor)
        elif event.key == "enter" and not self.multiple:
            self.choose(self.cursor)
        else:
            return
        event.stop()
        event.prevent_default()

    def _type_digit(self, typed: str, digit: str) -> bool:
        """Go where the number says; whether the digit was of use."""
        count = len(self._options)
        if typed and int(typed + digit) <= count:
            number = typed + digit
            self._picked = self._before_typed
        elif digit != "0" and int(digit) <= count:
            number = digit
            self._before_typed = self._picked
        else:
            return False
        self._typed = number
        at = int(number) - 1
        self.cursor = at
        if self.is_menu and not self.multiple and int(number) * 10 > count:
            self._typed = ""
            self.choose(at)
        else:
            self.pick(at)
        return True

    def on_click(self, event: events.Click) -> None:
        """Choose or tick the option that was clicked."""
        where = event.get_content_offset(self)
        rows = self._set_rows(self.content_size.width)
        at = rows[where.y].at if where is not None and where.y < len(rows) else None
        if at is None:
            return
        event.stop()
        self._typed = ""
        self.cursor = at
        if self.multiple:
            self.pick(at)
        else:
            self.choose(at)

    def on_resize(self) -> None:
        """Keep what is under the cursor in sight at another width."""
        if self.has_focus:
            self.call_after_refresh(self._show_cursor)

    def on_focus(self) -> None:
        """Bring the cursor's row into sight when the list is reached by Tab."""
        self.call_after_refresh(self._show_cursor)


if __name__ == "__main__":
    from textual import on
    from textual.widgets import Static

    from widgets.demo import DemoApp

    IDEAS = [
        "Shadow a few shifts at a syringe service",
        "Ask before I offer advice, every time",
        "Carry naloxone, and be able to show someone how",
        "Find out where drug checking can be had near me",
        "Go through our forms for words that push people away",
        "Visit two places I could point someone to",
    ]
    COMPUTERS = [
        Choice("mine", "Mine alone", "Your plan stays on it. A passphrase is offered."),
        Choice(
            "shared",
            "Others can open it too (work, family)",
            "They may be able to read this. A passphrase helps.",
        ),
        Choice("lent", "Lent to me for today", "Sealed with a word. At the end you take it along or wipe it."),
    ]

    class ChoiceListDemo(DemoApp):
        """Three lists: ideas, answers with a second line, and a long one with ticks."""

        CSS = DemoApp.CSS + "\nChoiceList { margin-bottom: 1; }"

        @on(ChoiceList.Changed)
        @on(ChoiceList.Chosen)
        def show_message(self, message: ChoiceList.Changed | ChoiceList.Chosen) -> None:
            """Show what came."""
            self.say(message)

    ChoiceListDemo(
        lambda: [
            ChoiceList([Choice(f"idea-{at}", text) for at, text in enumerate(IDEAS)]),
            ChoiceList(COMPUTERS, is_menu=True),
            ChoiceList(
                [Choice(f"tick-{at}", text) for at, text in enumerate(IDEAS * 2)],
                multiple=True,
                picked=["tick-3"],
            ),
            Static(Content("[/] the end"), classes="end"),
        ],
        is_bare=True,
    ).run()
