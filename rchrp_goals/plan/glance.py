"""The plan at a glance: what has come due, what is next, what lies ahead, straight from the JSON.

Standard library only, and tolerant. The models (``records.py``) judge what is written; this judges only what is shown
first. ``today`` is a local date, ``now`` an aware instant in UTC. What it reads with (``tables``, ``due_rows``) has its
names here too.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import NamedTuple, Protocol

from rchrp_goals.plan.due_rows import (
    DAY_OF_KIND,
    REMINDER_WORDS,
    TABLE_OF_KIND,
    DueRow,
    answers_of,
    rest_on,
    rows_in_any_order,
    rows_of,
    step_row,
)
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.plan.tables import (
    IN_VIEW,
    Tables,
    by_id,
    goals_in_order,
    goals_in_view,
    in_step_order,
    inbox,
    standing,
    steps_by_goal,
    steps_of,
    tables_of,
)

__all__ = [
    "DAY_OF_KIND", "IN_VIEW", "REMINDER_WORDS", "TABLE_OF_KIND", "DueRow", "Next", "PayloadRow", "Tables", "Wording",
    "by_id", "coming", "dated", "digest_rows", "due_payload", "due_today", "goals_in_order", "goals_in_view",
    "in_step_order", "inbox", "next_thing", "payload_quiet", "reminder_rows", "rest_on", "standing", "steps_by_goal",
    "steps_of", "tables_of", "wording_of",
]  # fmt: skip

_FAR = date.max


class Wording(Protocol):
    """Where a row's words come from (``content.Words``)."""

    def ui(self, key: str, /, **values: object) -> str:
        """Return the string ``section.key`` with its placeholders filled."""
        ...


class Next(NamedTuple):
    """The one thing that stands first, and whether it has come due."""

    row: DueRow
    is_due: bool


class PayloadRow(NamedTuple):
    """One line of ``due.tsv``.

    ``when`` is the local date from which the thing waits, or the UTC instant of a reminder, or several of them, parted
    by blanks: then it waits when all have come. One with ``<`` before it must not have come.
    """

    when: str
    kind: str
    id: str
    wording: str


# What is next


def due_today(tables: Tables, today: date, now: datetime) -> list[DueRow]:
    """Return all that has come due, the one shown longest ago first; a step wins ties."""
    return [_with_question(row, today) for row in rows_of(tables) if row.has_come(today, now)]


def digest_rows(
    tables: Tables, today: date, now: datetime, zone: tzinfo | None = None, *, since: date | None = None
) -> list[DueRow]:
    """Return what today's one digest names, in the order of ``due_today``; ``zone`` is the machine's where it is None.

    A thing is named on the days on which it asks: the day it came and the two after it, or, where it repeats, each of
    its next three days; put off, from the day on which it is back. The day after the third it is named once more with
    ``is_still`` (``wording_of`` then asks whether it is still useful), and no more after that: Home has it. ``since`` is
    the last day before today on which there was a digest: what came after it and has fallen silent was named by none
    (the computer was off), and is named this once. What is for later today is named from the morning on, because there
    is one digest a day. While all reminders are paused, and in quiet hours, there is none: an empty list.
    """
    rest = rest_on(tables)
    if rest.is_paused(today) or now.astimezone(zone).hour in rest.hours:
        return []
    found = []
    for row in rows_of(tables):
        times = row.asking(zone)
        if times is None or row.is_said_by_step:
            continue
        was_never_named = since is not None and since < times.days[0] and times.still_on < today
        if today in times.days or today == times.still_on or was_never_named:
            found.append(row._replace(is_still=today >= times.still_on))
    return found


def reminder_rows(tables: Tables) -> dict[str, DueRow]:
    """Return the reminders that are on and can come, by their ids; not those whose thing is over."""
    return {row.id: row for row in rows_of(tables) if row.kind == "reminder"}


def next_thing(tables: Tables, today: date, now: datetime) -> Next | None:
    """Return what stands first: what is due, else the next dated step, else one without a day."""
    rows = rows_of(tables)
    due = next((row for row in rows if row.has_come(today, now)), None)
    if due is not None:
        return Next(_with_question(due, today), is_due=True)
    ahead = [row for row in rows if row.kind == "step" and row.is_ahead(today, now) and not _is_put_off(row, today)]
    if ahead:
        return Next(min(ahead, key=lambda row: (row.on or _FAR, row.created_at)), is_due=False)
    answers, by_goal = answers_of(tables), steps_by_goal(tables)
    for steps in [*(by_goal.get(goal["id"], []) for goal in goals_in_view(tables)), inbox(tables)]:
        for step in steps:
            undated = step_row(tables, step, answers)
            if undated is not None and undated.on is None and not _is_put_off(undated, today):
                return Next(undated, is_due=False)
    return None


def dated(tables: Tables) -> list[DueRow]:
    """Return everything that has a day and still counts, come or not, hidden or not."""
    return rows_of(tables)


def coming(tables: Tables, today: date, now: datetime) -> list[DueRow]:
    """Return what lies ahead, soonest first."""
    rows = [row for row in rows_of(tables) if row.is_ahead(today, now)]
    return sorted(rows, key=lambda row: (row.day() or _FAR, row.kind != "step", row.created_at))


def due_payload(tables: Tables, words: Wording) -> list[PayloadRow]:
    """Return the lines of ``due.tsv``: what has come due and all that ever will as the plan stands.

    No day is compared, so the file stays right as days pass. In no order: the file sorts its lines. What is dated waits
    until it is answered; a reminder falls silent a day after it was asked whether it is still useful. All of it waits
    for the day on which a pause is over.
    """
    found = []
    for row in rows_in_any_order(tables):
        if row.is_said_by_step:
            continue
        if row.kind != "reminder":
            found.append(PayloadRow(_when(row), row.kind, row.id, wording_of(row, words)))
            continue
        times = row.asking()
        if times is None:
            continue
        still, silent = times.still_on.isoformat(), times.silent_from.isoformat()
        found.append(PayloadRow(f"{_when(row)} <{still}", row.kind, row.id, wording_of(row, words)))
        asked = wording_of(row._replace(is_still=True), words)
        found.append(PayloadRow(f"{still} <{silent}", row.kind, row.id, asked))
    return found


def payload_quiet(tables: Tables) -> str:
    """Return the local hours in which ``due`` says nothing, as ``due.tsv`` has them: parted by blanks."""
    return " ".join(str(hour) for hour in sorted(rest_on(tables).hours))


def wording_of(row: DueRow, words: Wording) -> str:
    """Return one line that says what a row is. The person's text stands in it as it is."""
    if row.is_still:
        return words.ui("reminders.still_useful", what=wording_of(row._replace(is_still=False), words))
    if row.kind == "reminder":
        return words.ui(f"reminders.{row.words}", text=row.text)
    if row.kind == "step":
        return row.text
    return words.ui(f"due.{row.kind}", text=row.text)


# Parts


def _with_question(row: DueRow, today: date) -> DueRow:
    """Return the row, a reminder that has asked three times with the question whether it is still useful."""
    times = row.asking() if row.kind == "reminder" else None
    return row._replace(is_still=True) if times is not None and today >= times.still_on else row


def _is_put_off(row: DueRow, today: date) -> bool:
    return row.hidden_until is not None and today < row.hidden_until


def _when(row: DueRow) -> str:
    if row.at is None and row.hidden_until is row.paused_until is None:
        return (row.on or _FAR).isoformat()
    back = [one for one in (row.hidden_until, row.paused_until) if one is not None]
    if row.at is None:
        return max([row.on or _FAR, *back]).isoformat()
    instant = instant_text(row.at)
    return f"{max(back).isoformat()} {instant}" if back else instant
