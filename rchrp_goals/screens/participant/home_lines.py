"""The lists on Home: goals with their next step, what waits in the inbox, what is soon, hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from rchrp_goals.screens.participant.line_list import DrawnRow, LineList
from rchrp_goals.screens.safe import safe
from rchrp_goals.services.home import Card
from widgets.pictures import bar

if TYPE_CHECKING:
    from rchrp_goals.services.home_hours import HoursLine

MORE = "more"
"""The key of the line that leads to the plan page, where there is more than stands here."""
_SIDE_BY_SIDE = 44
"""Cells from which a day stands beside its text."""
_LEAST_BESIDE = 18
"""Cells that a text needs at least beside a column of days."""
_BAR = 20
_LEAST_BAR = 8
_ONE_DIGIT = re.compile(r"(?<= )(?=\d(?: |$))")


class HomeLine(NamedTuple):
    """One line: a title in bold where there is one, its text, and its day at the right edge."""

    key: str
    text: str
    title: str = ""
    when: str = ""
    is_due: bool = False


class HomeLines(LineList):
    """A small heading, a blank row, and the lines; without lines it takes no room at all."""

    def __init__(self, *, ascii_glyphs: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_glyphs=ascii_glyphs, id=id)
        self._heading = ""
        self._lines: tuple[HomeLine, ...] = ()
        self._more = ""

    def show(self, heading: str, lines: Sequence[HomeLine], more: str = "") -> None:
        """Show other lines; ``more`` is the sentence of a last line that leads to the rest, if there is a rest."""
        self._heading = heading
        self._lines = tuple(lines)
        self._more = more
        self.display = bool(lines)
        self.set_keys([line.key for line in lines] + ([MORE] if more else []))

    def draw(self, width: int) -> Iterator[DrawnRow]:
        """Draw heading and lines."""
        yield DrawnRow(safe(self._heading).stylize("$quiet"))
        for number, line in enumerate(self._lines):
            if number == 0 or line.title:
                yield DrawnRow(Content(""))
            for row in _drawn(line, width):
                yield DrawnRow(row, line.key)
        if self._more:
            yield DrawnRow(Content(""))
            yield DrawnRow(safe(self._more).stylize("$quiet"), MORE)


class AsideLines(LineList):
    """Dates ahead, the days in a column of their own where there is room; then hours. Nothing of it can be opened."""

    def __init__(self, *, ascii_glyphs: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_glyphs=ascii_glyphs, id=id)
        self._heading = ""
        self._dates: list[tuple[str, str]] = []
        self._more = self._hours_heading = ""
        self._hours: Sequence[HoursLine] = ()

    def show(self, heading: str, dates: Sequence[tuple[str, str]], more: str = "") -> None:
        """Show other dates: pairs of a day and what it is for."""
        self._heading = heading
        self._dates = [(_even(day), text) for day, text in dates]
        self._more = more
        self._changed()

    def show_hours(self, heading: str, hours: Sequence[HoursLine]) -> None:
        """Show other hours under the dates."""
        self._hours_heading, self._hours = heading, hours
        self._changed()

    def _changed(self) -> None:
        self.display = bool(self._dates or self._hours)
        self.set_keys([])

    def draw(self, width: int) -> Iterator[DrawnRow]:
        """Draw dates and hours, each under its heading."""
        if self._dates:
            yield from self._draw_dates(width)
        if self._dates and self._hours:
            yield from (DrawnRow(Content("")), DrawnRow(Content("")))
        if self._hours:
            yield from self._draw_hours(width)

    def _draw_hours(self, width: int) -> Iterator[DrawnRow]:
        yield DrawnRow(safe(self._hours_heading).stylize("$quiet"))
        for line in self._hours:
            yield DrawnRow(Content(""))
            for row in safe(line.area).wrap(width):
                yield DrawnRow(row.rstrip())
            said = safe(line.said).stylize("$quiet")
            cells = min(_BAR, width - said.cell_length - 2)
            if line.minutes < line.whole and cells >= _LEAST_BAR:
                drawn = bar(line.minutes, line.whole, cells, ascii_glyphs=self.ascii_glyphs)
                yield DrawnRow(Content.assemble(drawn, "  ", said))
            else:
                yield DrawnRow(said)

    def _draw_dates(self, width: int) -> Iterator[DrawnRow]:
        yield DrawnRow(safe(self._heading).stylize("$quiet"))
        yield DrawnRow(Content(""))
        column = max((safe(day).cell_length for day, _ in self._dates), default=0) + 3
        is_wide = width - column >= _LEAST_BESIDE
        for day, text in self._dates:
            quiet = safe(day).stylize("$quiet")
            if not is_wide:
                yield DrawnRow(quiet)
            for number, line in enumerate(safe(text).wrap(width - column if is_wide else width)):
                head = (quiet if number == 0 else Content("")) if is_wide else Content("")
                room = column - head.cell_length if is_wide else 0
                yield DrawnRow(Content.assemble(head.pad_right(room), line.rstrip()))
        if self._more:
            yield DrawnRow(Content(""))
            yield DrawnRow(safe(self._more).stylize("$quiet"))


class SetRows(Widget):
    """Rows that are set anew at each width, as high as they are many."""

    DEFAULT_CSS = """
    SetRows { height: auto; width: 1fr; text-wrap: nowrap; }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows at this width."""
        return len(self._rows(width))

    def render(self) -> Content:
        """Draw the rows."""
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        raise NotImplementedError


class CardLines(SetRows):
    """The words of the card: a small heading, the thing in bold, quiet lines about it, and its day.

    Where the screen is low no blank row stands under the heading; where it is tiny the day alone says more.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heading = self._between = ""
        self._card: Card | None = None
        self.is_low = self.is_tiny = False

    def show(self, heading: str, card: Card, between: str, *, is_low: bool, is_tiny: bool) -> None:
        """Show another thing; ``between`` stands between what it is for and its day."""
        self._heading, self._card, self._between = heading, card, between
        self.is_low, self.is_tiny = is_low, is_tiny
        self.refresh(layout=True)

    def _rows(self, width: int) -> list[Content]:
        card = self._card
        if card is None:
            return [Content("")]
        about = "" if self.is_tiny and card.when else card.about
        rows = [safe(self._heading).stylize("$quiet"), *([] if self.is_low else [Content("")])]
        rows += _wrapped(safe(card.text).stylize("bold"), width)
        rows += _wrapped(safe("" if self.is_tiny and card.when else card.moment), width)
        rows += self._about_and_when(safe(about).stylize("$quiet"), card, width)
        return rows + _wrapped(safe("" if self.is_low else card.hint).stylize("$quiet"), width)

    def _about_and_when(self, about: Content, card: Card, width: int) -> list[Content]:
        """Put what it is for and its day in one row; where that is too narrow the day has a row of its own."""
        when = safe(card.when).stylize("$accent" if card.is_due else "$quiet")
        both = Content.assemble(about, safe(self._between).stylize("$quiet"), when)
        if about.plain and when.plain and both.cell_length <= width:
            return [both]
        return _wrapped(about, width) + _wrapped(when, width)


class TopLine(SetRows):
    """One sentence in bold at the left edge, and where there is room the day in quiet letters at the right; a quiet note
    under it, if there is one.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said = self._day = self._note = ""

    def show(self, said: str, day: str, note: str = "") -> None:
        """Say another sentence, on another day, with another note."""
        self._said, self._day, self._note = said, day, note
        self.refresh(layout=True)

    def _rows(self, width: int) -> list[Content]:
        day = safe(self._day if width >= _SIDE_BY_SIDE else "").stylize("$quiet")
        room = max(1, width - day.cell_length - 3) if day.plain else width
        rows = [row.rstrip() for row in safe(self._said).stylize("bold").wrap(room)]
        first = rows[0] if rows else Content("")
        gap = max(0, width - day.cell_length - first.cell_length)
        note = _wrapped(safe(self._note).stylize("$quiet"), width)
        return [Content.assemble(first.pad_right(gap), day), *rows[1:], *note]


def _wrapped(text: Content, width: int) -> list[Content]:
    """Return a text in rows of a width; none without a text."""
    return [row.rstrip() for row in text.wrap(width)] if text.plain else []


def _drawn(line: HomeLine, width: int) -> Iterator[Content]:
    if line.title:
        yield from (row.rstrip() for row in safe(line.title).stylize("bold").wrap(width))
    when = safe(line.when).stylize("$accent" if line.is_due else "$quiet")
    room = width - when.cell_length - 3
    if not line.when or width < _SIDE_BY_SIDE or when.cell_length > width // 4:
        yield from (row.rstrip() for row in safe(line.text).wrap(width) if line.text)
        if line.when:
            yield when
        return
    for number, row in enumerate(safe(line.text).wrap(room)):
        text = row.rstrip()
        yield (
            Content.assemble(text.pad_right(width - when.cell_length - text.cell_length), when) if number == 0 else text
        )


def _even(day: str) -> str:
    """Return a short day with its number on two places, so that a column of days stands straight."""
    return _ONE_DIGIT.sub(" ", day)
