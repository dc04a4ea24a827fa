"""The year: what somebody finished, let go, learned and did, by month, for themselves alone.

Only what is there is gathered: nothing that was not done is counted, and no year is set beside another. Read tolerantly
from the plan's tables. A day still to come is no part of it: a clock may have been set back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from rchrp_goals import content
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, parts, text
from rchrp_goals.services import saying
from rchrp_goals.services.check_in_view import held
from rchrp_goals.services.learning_hours import hours_said, minutes_held, minutes_of
from rchrp_goals.services.place import Place
from rchrp_goals.services.values_view import PART_1, PART_2, day_of, in_order, occasion, session_name

if TYPE_CHECKING:
    from rchrp_goals.content import Words

Kind = Literal["finished", "let_go", "learned", "step", "values", "check_in"]
KINDS: tuple[Kind, ...] = ("finished", "let_go", "learned", "step", "values", "check_in")
"""What a year holds, in the order in which it is told."""
BY_MONTH = frozenset({"finished", "let_go"})
"""What is said by its month: a day is too much said of it, and plans of earlier versions hold none."""
MONTHS = 12


class Span(NamedTuple):
    """From the first day to the last, both included; ``id`` names it for a place: a calendar year, or empty."""

    start: date
    end: date
    id: str = ""

    @property
    def is_long(self) -> bool:
        """Whether a month's name may stand for two of its months."""
        return (self.end.year - self.start.year) * MONTHS + self.end.month - self.start.month >= MONTHS

    @property
    def months(self) -> list[date]:
        """The first day of each month in it."""
        first, last = (one.year * MONTHS + one.month - 1 for one in (self.start, self.end))
        return [_month(at) for at in range(first, last + 1)]


class Event(NamedTuple):
    """One thing that happened: what, on which day, in the person's words; ``note`` or ``minutes`` stand beside it."""

    kind: Kind
    on: date
    text: str
    note: str = ""
    minutes: int = 0
    place: Place | None = None


class Year(NamedTuple):
    """What happened in a span, the earliest first; ``supervision`` are its minutes."""

    span: Span
    events: tuple[Event, ...]
    supervision: int = 0

    def of(self, kind: Kind) -> list[Event]:
        """Return what is of one kind."""
        return [one for one in self.events if one.kind == kind]

    def by_month(self) -> dict[date, list[Event]]:
        """Return what happened in each month of the span, by its first day; what has nothing is empty."""
        found: dict[date, list[Event]] = {month: [] for month in self.span.months}
        for one in self.events:
            found[one.on.replace(day=1)].append(one)
        return found


def last_twelve(today: date) -> Span:
    """Return this month and the eleven before it, up to today."""
    return Span(_month(today.year * MONTHS + today.month - MONTHS), today)


def span_of(id: str, today: date) -> Span:
    """Return the span that a place names: a calendar year, else the last twelve months."""
    is_year = len(id) == 4 and id.isascii() and id.isdigit() and int(id) >= date.min.year
    return Span(date(int(id), 1, 1), date(int(id), 12, 31), id) if is_year else last_twelve(today)


def years_of(events: Sequence[Event]) -> list[int]:
    """Return the calendar years with anything in them, the newest first."""
    return sorted({one.on.year for one in events}, reverse=True)


def year_of(tables: glance.Tables, events: Sequence[Event], today: date, span: Span) -> Year:
    """Return what happened in a span; ``events`` are all that ever did."""
    found = [one for one in events if span.start <= one.on <= span.end]
    supervision = sum(
        minutes_held(one)
        for one in glance.standing(tables, "supervision")
        if (on := saying.local_day(one, "at")) is not None and span.start <= on <= min(span.end, today)
    )
    return Year(span, tuple(sorted(found, key=lambda one: (one.on, KINDS.index(one.kind), one.text))), supervision)


def events_of(tables: glance.Tables, words: Words, today: date) -> list[Event]:
    """Return everything that ever happened up to today, in no order."""
    found = [*_goals(tables, words), *_learning(tables), *_steps(tables)]
    found += [*_values(tables, words), *_check_ins(tables, words)]
    return [one for one in found if one.on <= today]


def _goals(tables: glance.Tables, words: Words) -> list[Event]:
    kinds: dict[str, Kind] = {"done": "finished", "let_go": "let_go"}
    at_check_ins = {
        text(one, "goal"): on
        for check_in in reversed(held(tables))
        if (on := saying.local_day(check_in, "at")) is not None
        for one in parts(check_in, "goals")
        if text(one, "choice") == "let_go"
    }
    return [
        Event(
            kinds[goal["state"]],
            on,
            saying.plain_text(goal["title"]),
            words.ui("year.why", why=why) if (why := saying.plain_text(text(goal, "state_why"))) else "",
            place=Place("goals.one", goal["id"]),
        )
        for goal in glance.goals_in_order(tables)
        if goal["state"] in kinds and (on := _ended(goal, at_check_ins)) is not None
    ]


def _learning(tables: glance.Tables) -> list[Event]:
    found = []
    for one in glance.standing(tables, "learning"):
        title, place = saying.plain_text(text(one, "title")), Place("learning.one", one["id"])
        done_on, let_go = day(one, "done_on"), _changed(one)
        if title and one.get("state") == "done" and done_on is not None:
            found.append(Event("learned", done_on, title, minutes=minutes_of(one), place=place))
        elif title and one.get("state") == "let_go" and let_go is not None:
            found.append(Event("let_go", let_go, title, place=place))
    return found


def _steps(tables: glance.Tables) -> list[Event]:
    goals = {goal["id"]: Place("goals.one", goal["id"]) for goal in glance.goals_in_order(tables)}
    return [
        Event("step", on, saying.plain_text(text(one, "text")), place=goals.get(text(one, "goal"), Place("goals")))
        for one in glance.standing(tables, "steps")
        if text(one, "text") and one.get("state") == "done" and (on := day(one, "done_on")) is not None
    ]


def _values(tables: glance.Tables, words: Words) -> list[Event]:
    """Give each session by its name; both parts of Day One on one day are one."""
    sessions = in_order(tables)
    is_whole = _is_whole(sessions)
    found = []
    for one in sessions:
        on, is_first, is_second = day_of(one), occasion(one) == PART_1, occasion(one) == PART_2
        if on is None or (is_whole and is_second):
            continue
        name = words.ui("values_room.occasion.day_one") if is_whole and is_first else session_name(one, sessions, words)
        found.append(Event("values", on, name, place=Place("values.session", one["id"])))
    return found


def _is_whole(sessions: Sequence[Record]) -> bool:
    """Tell whether both parts of Day One are of one day."""
    first, second = ([day_of(one) for one in sessions if occasion(one) == part] for part in (PART_1, PART_2))
    return len(first) == 1 and first == second


def _check_ins(tables: glance.Tables, words: Words) -> list[Event]:
    found = []
    for one in held(tables):
        on, held_with = saying.local_day(one, "at"), text(one, "with")
        if on is not None:
            is_alone = held_with in {"", "self"}
            said = words.ui("year.alone") if is_alone else words.ui("year.with", name=saying.plain_text(held_with))
            found.append(Event("check_in", on, said, place=Place("check_in.one", one["id"])))
    return found


def _ended(goal: Record, at_check_ins: Mapping[str, date]) -> date | None:
    """Return the day on which a goal was finished or let go.

    Where an earlier version kept none: that of the check-in which let it go, else of its last change.
    """
    if (kept := day(goal, "ended_on")) is not None:
        return kept
    on = at_check_ins.get(goal["id"]) if goal["state"] == "let_go" else None
    return on or _changed(goal)


def _changed(record: Record) -> date | None:
    return saying.local_day(record, "updated_at") or saying.local_day(record, "created_at")


def _month(at: int) -> date:
    year, month = divmod(at, MONTHS)
    return date(year, month + 1, 1)


# In words


def span_said(span: Span, words: Words) -> str:
    """Return a span in words: "2026", or from which day to which."""
    if span.id:
        return span.id
    start, end = (
        saying.day_words(one, one, words, with_weekday=False, with_year=True) for one in (span.start, span.end)
    )
    return words.ui("year.span", start=start, end=end)


def month_name(month: date, words: Words, *, is_short: bool = False, with_year: bool = False) -> str:
    """Return a month's name, "November" or "Nov", with its year where asked."""
    name = str(content.table(words.language, "dates")["months"][str(month.month)][1 if is_short else 0])
    return words.ui("year.month", month=name, year=month.year) if with_year else name


def month_said(events: Sequence[Event], words: Words) -> str:
    """Return what happened in a month as one sentence: what was finished and learned by its name, the rest in short."""
    said = [
        words.ui(f"year.{one.kind}_one", text=saying.phrase(one.text))
        for kind in ("finished", "learned")
        for one in events
        if one.kind == kind
    ]
    for kind in ("step", "let_go", "values", "check_in"):
        count = sum(1 for one in events if one.kind == kind)
        if count:
            said.append(words.ui(f"year.{kind}_some", n=count))
    if len(said) > _MOST_NAMED:
        said = [
            words.ui(f"year.{kind}_some", n=n) for kind in KINDS if (n := sum(1 for one in events if one.kind == kind))
        ]
    return f"{saying.begun(words.ui('sentences.semicolon').join(said))}."


_MOST_NAMED = 6


def note_said(one: Event, words: Words) -> str:
    """Return what stands beside something: its hours, or why."""
    return hours_said(one.minutes, words) if one.minutes else one.note


def learned_said(events: Sequence[Event], words: Words) -> str:
    """Return the hours of what was learned as a sentence; nothing where no hours stand there."""
    minutes = sum(one.minutes for one in events)
    return words.ui("year.hours", hours=hours_said(minutes, words)) if minutes else ""


def strip_said(year: Year, words: Words) -> str:
    """Return which months have something in them, as a sentence."""
    named = [month_name(one, words) for one, found in year.by_month().items() if found]
    return words.ui("year.strip", months=saying.listed(named, words))
