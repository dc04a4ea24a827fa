"""What comes due, a row each: steps, goals to look at again, learning, reminders, the next check-in; with their answers.

Standard library only, and tolerant, as ``tables`` is. Statements of values have no part in it, and neither has anything
that was removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from rchrp_goals.plan.asking import Asking, Rest, asking, rest_of
from rchrp_goals.plan.lenient import Record, day, instant, instant_text, read_day, text
from rchrp_goals.plan.tables import IN_VIEW, Tables, goal_of, goals_in_view, standing, steps_in_plan

TABLE_OF_KIND: Mapping[str, str] = {
    "step": "steps",
    "goal": "goals",
    "learning": "learning",
    "reminder": "reminders",
    "check_in": "check_ins",
}
"""Where a thing stands that can come due."""

DAY_OF_KIND: Mapping[str, str] = {"step": "due", "goal": "review_on", "learning": "planned_for", "check_in": "next_on"}
"""The field that holds its day; a reminder has an instant."""

REMINDER_WORDS = frozenset(
    {"first_step", "look_again", "look_again_and_values", "values", "step", "goal", "learning", "check_in", "own"}
)
"""The sentences that a reminder may have (``ui.toml``, ``[reminders]``)."""

_OPEN_LEARNING = frozenset({"idea", "planned", "under_way"})
_HIDING = frozenset({"later", "not_now"})
_FAR = date.max


class DueRow(NamedTuple):
    """One thing with a day, or a step without one.

    ``kind`` is step, goal, learning, reminder or check_in. ``text`` is the person's own (a step's text, a
    goal's or activity's title; of a reminder the text of what it is about, if any). ``on`` is a local date,
    ``at`` the instant of a reminder. ``words`` names a reminder's sentence (``ui.toml``, ``[reminders]``)
    and ``about`` the kind of thing it is about; ``then`` are the instants at which it comes again, and ``repeats`` says
    whether it does. ``hidden_until`` is the day until which it was put off, ``paused_until`` that on which all
    reminders are back, ``shown_at`` when it was last answered, empty if never. ``is_still``: it has asked three times,
    and its sentence is whether it is still useful.
    """

    kind: str
    id: str
    text: str
    on: date | None = None
    at: datetime | None = None
    goal: str = ""
    goal_title: str = ""
    moment: str = ""
    words: str = ""
    about: str = ""
    hidden_until: date | None = None
    shown_at: str = ""
    created_at: str = ""
    is_said_by_step: bool = False
    then: tuple[datetime, ...] = ()
    repeats: bool = False
    paused_until: date | None = None
    is_still: bool = False

    def day(self, zone: tzinfo | None = None) -> date | None:
        """Return the local date, that of a reminder in ``zone`` (default: the machine's)."""
        return self.at.astimezone(zone).date() if self.at is not None else self.on

    def has_come(self, today: date, now: datetime) -> bool:
        """Tell whether its day or instant is here and it is not put off; a reminder rests while all are paused."""
        if self.is_said_by_step or (self.hidden_until is not None and today < self.hidden_until):
            return False
        if self.kind == "reminder" and self.paused_until is not None and today < self.paused_until:
            return False
        if self.at is not None:
            return self.at <= now
        return self.on is not None and self.on <= today

    def is_ahead(self, today: date, now: datetime) -> bool:
        """Tell whether its day or instant is still to come."""
        return self.at > now if self.at is not None else self.on is not None and self.on > today

    def asking(self, zone: tzinfo | None = None) -> Asking | None:
        """Return the days on which it asks, in ``zone`` (default: the machine's); None for what has no day."""
        came = self.day(zone)
        if came is None:
            return None
        following = [at.astimezone(zone).date() for at in self.then]
        return asking(came, (self.hidden_until, self.paused_until), following)


class Answer(NamedTuple):
    """The last answer to one thing that came due."""

    outcome: str
    until: date | None
    shown_at: str


def rows_of(tables: Tables) -> list[DueRow]:
    """Return everything that has a day, in the order in which it is shown once it has come due."""
    return sorted(rows_in_any_order(tables), key=_asking_order)


def rows_in_any_order(tables: Tables) -> list[DueRow]:
    """Return everything that has a day."""
    answers = answers_of(tables)
    rows = [step_row(tables, step, answers) for step in steps_in_plan(tables)]
    rows += [_goal_row(goal, answers) for goal in goals_in_view(tables)]
    rows += [_learning_row(activity, answers) for activity in standing(tables, "learning")]
    rows += [_reminder_row(tables, reminder, answers) for reminder in standing(tables, "reminders")]
    rows += [_check_in_row(check_in, answers) for check_in in _newest_check_ins(tables)]
    dated = [row for row in rows if row is not None and (row.on is not None or row.at is not None)]
    until = rest_on(tables).until
    if until is not None:
        dated = [row._replace(paused_until=until) for row in dated]
    return dated


def rest_on(tables: Tables) -> Rest:
    """Return until when all reminders are paused, and the quiet hours."""
    return rest_of(next(iter(standing(tables, "reminder_settings")), {}))


def _asking_order(row: DueRow) -> tuple[str, bool, date, str, str]:
    on = row.at.date() if row.at is not None else row.on or _FAR
    return (row.shown_at, row.kind != "step", on, row.created_at, row.id)


def answers_of(tables: Tables) -> dict[tuple[str, str], Answer]:
    """Return the last answer to each thing that came due, by ``due:KIND`` and id."""
    found: dict[tuple[str, str], Answer] = {}
    for record in standing(tables, "asked"):
        question, about = text(record, "question"), text(record, "about")
        if not question.startswith("due:") or not about:
            continue
        answer = Answer(text(record, "outcome"), day(record, "until"), text(record, "shown_at"))
        key = (question, about)
        if key not in found or answer.shown_at >= found[key].shown_at:
            found[key] = answer
    return found


def _with_answer(row: DueRow, answers: Mapping[tuple[str, str], Answer]) -> DueRow | None:
    """Return the row with what was answered, or None where it was answered for the day that it stands on."""
    answer = answers.get((f"due:{row.kind}", row.id))
    if answer is None:
        return row
    if answer.outcome == "done" and _is_answered(row, answer):
        return None
    hidden_until = answer.until if answer.outcome in _HIDING else None
    return row._replace(shown_at=answer.shown_at, hidden_until=hidden_until)


def _is_answered(row: DueRow, answer: Answer) -> bool:
    if row.at is not None:
        return instant_text(row.at) <= answer.shown_at
    answered_on = answer.until or read_day(answer.shown_at[:10])
    return answered_on is not None and row.on is not None and row.on <= answered_on


def step_row(tables: Tables, step: Record, answers: Mapping[tuple[str, str], Answer]) -> DueRow | None:
    """Return the row of a step that is planned, also one without a day; None where it or its goal is over, or it was answered."""
    goal = goal_of(tables, step)
    if goal is None or step.get("state") != "planned":
        return None
    row = DueRow(
        "step",
        step["id"],
        step["text"],
        on=day(step, "due"),
        goal=text(goal, "id"),
        goal_title=text(goal, "title"),
        moment=text(step, "moment"),
        created_at=text(step, "created_at"),
    )
    return _with_answer(row, answers)


def _goal_row(goal: Record, answers: Mapping[tuple[str, str], Answer]) -> DueRow | None:
    row = DueRow(
        "goal",
        goal["id"],
        goal["title"],
        on=day(goal, "review_on"),
        goal=goal["id"],
        goal_title=goal["title"],
        created_at=text(goal, "created_at"),
    )
    return _with_answer(row, answers)


def _learning_row(activity: Record, answers: Mapping[tuple[str, str], Answer]) -> DueRow | None:
    if text(activity, "state") not in _OPEN_LEARNING or not text(activity, "title"):
        return None
    row = DueRow(
        "learning",
        activity["id"],
        activity["title"],
        on=day(activity, "planned_for"),
        created_at=text(activity, "created_at"),
    )
    return _with_answer(row, answers)


def _reminder_row(tables: Tables, reminder: Record, answers: Mapping[tuple[str, str], Answer]) -> DueRow | None:
    at, words = instant(reminder, "next_at"), text(reminder, "words")
    if at is None or reminder.get("on") is not True:
        return None
    snoozed_until = instant(reminder, "snoozed_until")
    what = reminder.get("what")
    kind, about = (text(what, "kind"), text(what, "id")) if isinstance(what, dict) else ("", "")
    row = DueRow(
        "reminder",
        reminder["id"],
        "",
        at=max(at, snoozed_until) if snoozed_until else at,
        words=words if words in REMINDER_WORDS else "look_again",
        about=kind,
        created_at=text(reminder, "created_at"),
        then=_instants(reminder, "then_at"),
        repeats=bool(text(reminder, "rule")),
    )
    if row.words == "own":
        if not text(reminder, "text"):
            return None
        row = row._replace(text=text(reminder, "text"))
    if kind == "step":
        step = next((one for one in steps_in_plan(tables) if one["id"] == about), None)
        goal_of_step = goal_of(tables, step) if step is not None else None
        is_over = step is not None and (step["state"] == "let_go" or (row.words == "step" and step["state"] == "done"))
        if step is None or goal_of_step is None or is_over:
            return None
        due = day(step, "due")
        is_said = step["state"] == "planned" and due is not None and due <= (row.day() or _FAR)
        row = row._replace(
            text=step["text"],
            goal=text(goal_of_step, "id"),
            goal_title=text(goal_of_step, "title"),
            is_said_by_step=is_said,
        )
    elif kind == "goal":
        goal = tables.get("goals", {}).get(about)
        if goal is None or goal.get("removed_at") or goal.get("state") not in IN_VIEW:
            return None
        row = row._replace(text=text(goal, "title"), goal=about, goal_title=text(goal, "title"))
        row = _behind(row, _goal_row(goal, answers))
    elif kind == "learning":
        activity = next((one for one in standing(tables, "learning") if one["id"] == about), None)
        activity_row = _learning_row(activity, answers) if activity is not None else None
        if activity is None or activity_row is None:
            return None
        row = _behind(row._replace(text=activity["title"]), activity_row)
    return _with_answer(row, answers)


def _behind(reminder: DueRow, thing: DueRow | None) -> DueRow:
    """Return the row of a reminder, behind its thing where the thing itself waits by then: one thing is said once."""
    on = thing.on if thing is not None else None
    return reminder._replace(is_said_by_step=on is not None and on <= (reminder.day() or _FAR))


def _instants(record: Record, key: str) -> tuple[datetime, ...]:
    """Return the instants of a list, in order; what is none is left out."""
    value = record.get(key)
    found = [instant({key: one}, key) for one in value] if isinstance(value, list) else []
    return tuple(sorted(one for one in found if one is not None))


def _newest_check_ins(tables: Tables) -> list[Record]:
    """Return the newest check-in with each person: only its next day still counts."""
    newest: dict[str, Record] = {}
    for check_in in standing(tables, "check_ins"):
        key = text(check_in, "with")
        if key not in newest or _made(check_in) >= _made(newest[key]):
            newest[key] = check_in
    return list(newest.values())


def _made(record: Record) -> tuple[str, str]:
    return (text(record, "at"), text(record, "created_at"))


def _check_in_row(check_in: Record, answers: Mapping[tuple[str, str], Answer]) -> DueRow | None:
    on = day(check_in, "next_on")
    row = DueRow("check_in", check_in["id"], "", on=on, created_at=text(check_in, "created_at"))
    return _with_answer(row, answers)
