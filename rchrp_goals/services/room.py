"""What a room shows and what can be done in it: the same for the app and for plain mode.

A room is read from the plan into a ``RoomView``: sections of rows in words, each row with what can be done with it. The
faces draw or say it; neither knows a rule. What a row shows as a picture, it says in words too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.services.actions import ACTIONS
from rchrp_goals.services.place import Place as Place  # noqa: PLC0414 - what a room says stands here whole

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

AskKind = Literal["line", "long", "date", "choice", "position", "choices"]


class Said(NamedTuple):
    """What a change tells the person: a sentence, the row where they would look, and where to go if not here.

    ``conversation`` is one that begins then. ``copied`` is a text that goes to the clipboard; read aloud it is said whole.
    """

    sentence: str
    at: str = ""
    place: Place | None = None
    conversation: str = ""
    copied: str = ""


class Option(NamedTuple):
    """One thing to choose: its id, its words, and a quiet note."""

    id: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Ask:
    """One thing that an action needs to know before it can be done.

    ``kind``: ``line long`` take text, ``date`` a day (a ``date``; where ``is_ahead`` one that lies ahead, where
    ``is_behind`` one that does not, where ``is_usually_behind`` either, and without a year the last such day), ``choice``
    one option's id, ``choices`` a list of them, ``position`` 0 to 10. The options of a ``line`` are common answers, as
    they are typed; those of a ``date`` are days by their ids, as ``2026-12-01``. ``within`` days from today, if any, is as
    far as a day may lie. ``read`` turns what was typed (a day as ``2026-12-01``) into a value, or raises AnswerRefused.
    ``is_path``: it may begin with a slash and is no command then. An optional one may stay empty (None).
    """

    name: str
    kind: AskKind
    label: str
    value: Any = None
    options: tuple[Option, ...] = ()
    is_optional: bool = False
    is_ahead: bool = False
    is_behind: bool = False
    is_usually_behind: bool = False
    within: int = 0
    read: Callable[[str], Any] | None = None
    is_path: bool = False
    low: str = ""
    high: str = ""

    @property
    def is_read_behind(self) -> bool:
        """Whether a day without a year is the last such day, not the next."""
        return self.is_behind or self.is_usually_behind


class Question(NamedTuple):
    """A question of a conversation, asked by itself: module, key, the records that it is about, whether it is `later`."""

    module: str
    key: str
    ids: Mapping[str, str]
    is_later: bool = False


Change = Callable[["Desk", Mapping[str, Any]], Said]
"""Does one thing in one save. Raises ProblemError, AnswerRefused."""


@dataclass(frozen=True)
class Action:
    """One thing that can be done here: an id of the registry, and what it leads to.

    Exactly one of ``change`` (after ``asks``, and after a yes to ``confirm``), ``question``, ``place`` or
    ``conversation`` is set. ``words`` stands in for the registry's words where they depend on the thing; ``title`` is what
    the page that asks is called, ``about`` the person's own words on it.
    """

    id: str
    change: Change | None = None
    asks: tuple[Ask, ...] = ()
    question: Question | None = None
    place: Place | None = None
    conversation: str = ""
    confirm: str = ""
    words: str = ""
    title: str = ""
    about: str = ""

    def said(self, words: Words) -> str:
        """Return the words for it."""
        return self.words or words.ui(ACTIONS[self.id].words)

    def asked_as(self, words: Words) -> str:
        """Return what the page that asks is called."""
        return self.title or self.said(words)

    @property
    def key(self) -> str:
        """The key for it, empty where it has none."""
        return ACTIONS[self.id].key


class Bar(NamedTuple):
    """How much of a whole: hours, mostly."""

    part: float
    whole: float


class Dots(NamedTuple):
    """Two places on a line from 0 to 10, then and now (None: passed or not asked), between the words of its ends.

    ``between`` are the places on the road from the one to the other, None where there is no road; a narrow line has it in
    words alone.
    """

    then: int | None
    now: int | None
    low: str = ""
    high: str = ""
    between: tuple[int, ...] | None = None


class Strip(NamedTuple):
    """Months in a row, each with its short name and whether something happened in it."""

    months: tuple[tuple[str, bool], ...]


class Standing(Enum):
    """A cell that is drawn as a mark: where it stood, where it stands now, and neither."""

    THEN = "then"
    NOW = "now"
    NONE = "none"


class Detail(NamedTuple):
    """A quiet label, and what belongs to a row and stands there only when somebody looks at it."""

    label: str
    text: str


class Legend(NamedTuple):
    """What the marks of then and now mean, in short beside them (one that is empty is not drawn), and as a sentence."""

    then: str
    now: str
    both: str
    said: str
    between: str = ""


Cell = str | Standing
Mark = Literal["", "done", "next", "let_go", "passed"]


@dataclass(frozen=True)
class Row:
    """One row: ``text`` in the person's words or ours, with what stands beside it.

    ``title`` stands over it in bold, ``when`` at the right edge (``is_due``: its day has come), ``note`` in quiet letters
    under it. ``picture`` has ``said`` beside it. ``cells`` stand in the columns of the section. ``key`` names it; one
    without a key, or without actions, only stands there. ``spoken`` is how it is said aloud where joining the parts would
    not do. ``detail`` opens under the row while the cursor stands on it, and is said when the row was picked.
    """

    text: str
    key: str = ""
    title: str = ""
    when: str = ""
    is_due: bool = False
    note: str = ""
    mark: Mark = ""
    is_strong: bool = False
    picture: Bar | Dots | Strip | None = None
    said: str = ""
    cells: tuple[Cell, ...] = ()
    actions: tuple[Action, ...] = ()
    spoken: str = ""
    detail: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Section:
    """A small heading and its rows; ``empty`` is what stands there without any. ``is_aside``: beside the rest if wide.

    ``when_first``: what its rows have as ``when``, a day or a name, stands before the text in a column of its own.
    ``legend`` says what the marks in the pictures of its rows mean.
    ``is_loose``: its rows are sentences, each a paragraph of its own.
    ``at_once``: how many rows stand there at first (0: as many as of any section); the last line brings more.
    """

    heading: str = ""
    rows: tuple[Row, ...] = ()
    is_aside: bool = False
    empty: str = ""
    columns: tuple[str, ...] = ()
    about: str = ""
    when_first: bool = False
    legend: Legend | None = None
    at_once: int = 0
    is_loose: bool = False


@dataclass(frozen=True)
class RoomView:
    """A room in words.

    ``card`` is the one thing that wants a hand now, under its own heading; ``closing`` stands under everything, and
    ``day`` says which day it is.
    """

    place: Place
    title: str
    about: str = ""
    card_heading: str = ""
    card: Row | None = None
    sections: tuple[Section, ...] = ()
    actions: tuple[Action, ...] = ()
    closing: str = ""
    day: str = ""
    language: str = ""

    @property
    def keys(self) -> dict[str, None]:
        """The keys of all that stands there, in order, the card's first."""
        rows = [self.card] if self.card is not None else []
        rows += [row for section in self.sections for row in section.rows]
        return dict.fromkeys(row.key for row in rows if row.key)

    def shown_pictures(self) -> tuple[str, ...]:
        """Return which kinds of picture stand here (``rooms.picture.NAME``), so that help can say what they show."""
        rows = [row for section in self.sections for row in section.rows]
        kinds = {
            "dots": any(isinstance(row.picture, Dots) and row.picture.between is None for row in rows),
            "road": any(isinstance(row.picture, Dots) and row.picture.between is not None for row in rows),
            "strip": any(isinstance(row.picture, Strip) for row in rows),
            "bar": any(isinstance(row.picture, Bar) for row in rows),
            "marks": any(isinstance(cell, Standing) for row in rows for cell in row.cells),
            "ticks": any(row.mark in {"done", "let_go"} for row in rows),
        }
        return tuple(name for name, is_there in kinds.items() if is_there)

    def row(self, key: str) -> Row | None:
        """Return the row with this key."""
        return next((row for section in self.sections for row in section.rows if key and row.key == key), None)


def read_answers(asks: Sequence[Ask], raw: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return what was answered, as the change takes it. Raises AnswerRefused; ``values["ask"]`` names what it is about."""
    found: dict[str, Any] = {}
    for ask in asks:
        try:
            found[ask.name] = read_answer(ask, raw.get(ask.name), today)
        except AnswerRefused as refused:
            raise AnswerRefused(refused.key, **{**refused.values, "ask": ask.name}) from None
    return found


def read_answer(ask: Ask, raw: Any, today: date) -> Any:
    """Return one answer as the change takes it, None for an optional one that stayed empty. Raises AnswerRefused."""
    if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
        if ask.is_optional:
            return None
        raise AnswerRefused("answer_wanted")
    if ask.kind == "date":
        return _read_day(ask, raw, today)
    if ask.kind in {"line", "long"}:
        if ask.read is not None:
            return ask.read(str(raw))
        from rchrp_goals.plan.text import LONG_CAP, ONE_LINE_CAP, clean

        is_long = ask.kind == "long"
        return clean(str(raw), cap=LONG_CAP if is_long else ONE_LINE_CAP, is_long=is_long).text
    return raw


def _read_day(ask: Ask, raw: Any, today: date) -> date:
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError:
        raise AnswerRefused("date_not_understood") from None
    if ask.is_ahead and day <= today:
        raise AnswerRefused("day_not_ahead")
    if ask.is_behind and day > today:
        raise AnswerRefused("day_not_behind")
    if ask.within and day < today:
        raise AnswerRefused("day_is_over")
    if ask.within and day > today + timedelta(days=ask.within):
        raise AnswerRefused("day_not_within", n=ask.within)
    if ask.read is not None:
        read: date = ask.read(day.isoformat())
        return read
    return day
