"""The plan at a glance: what has come due, what is next, goals and steps in order, straight from the JSON.

Standard library only, and tolerant: a record with a wrong type in a field that is needed is left out, never a
crash. The models (``records.py``) judge what is written; this judges only what is shown first. Statements of
values have no part in it, and neither has anything that was removed.

``tables`` everywhere: table name -> record id -> record, as ``tables_of`` returns it. ``today`` is a local
date, ``now`` an aware instant in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import NamedTuple, Protocol

from rchrp_goals.plan.asking import Asking, Rest, asking, rest_of
from rchrp_goals.plan.lenient import Record, day, instant, instant_text, number, read_day, text

Tables = Mapping[str, Mapping[str, Record]]

IN_VIEW = ("active", "exploring")
"""The states of a goal that somebody is at now; steps and dates of other goals do not come due."""

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

_STATE_ORDER = {"active": 0, "exploring": 1, "paused": 2, "done": 3, "let_go": 4}
_OPEN_LEARNING = frozenset({"idea", "planned", "under_way"})
_HIDING = frozenset({"later", "not_now"})
_FAR = date.max


class Wording(Protocol):
    """Where a row's words come from (``content.Words``)."""

    def ui(self, key: str, /, **values: object) -> str:
        """Return the string ``section.key`` with its placeholders filled."""
        ...


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


# Reading


def tables_of(data: bytes) -> dict[str, dict[str, Record]]:
    """Return the tables of a plan file (TinyDB's layout), each keyed by the records' own ids.

    Raises ValueError where the bytes are no JSON object. A table or record of another shape is left out. Of
    two records with one id the higher revision stands.
    """
    import json

    try:
        document = json.loads(data)
    except RecursionError:
        raise ValueError from None
    if not isinstance(document, dict):
        raise ValueError
    return {
        name: by_id(table.values()) for name, table in document.items() if name != "_file" and isinstance(table, dict)
    }


def by_id(records: Iterable[object]) -> dict[str, Record]:
    """Key records by their own id; of two with one id the higher revision stands."""
    found: dict[str, Record] = {}
    for record in records:
        if not isinstance(record, dict) or not text(record, "id"):
            continue
        other = found.get(record["id"])
        if other is None or number(record, "revision") >= number(other, "revision"):
            found[record["id"]] = record
    return found


def standing(tables: Tables, table: str) -> list[Record]:
    """Return the records of a table that have an id and were not removed."""
    return [record for record in tables.get(table, {}).values() if text(record, "id") and not record.get("removed_at")]


# Goals and steps in order


def goals_in_order(tables: Tables) -> list[Record]:
    """Return the goals by state (active, exploring, paused, done, let_go), then by when they were made."""
    goals = [goal for goal in standing(tables, "goals") if text(goal, "title") and text(goal, "state") in _STATE_ORDER]
    return sorted(goals, key=lambda goal: (_STATE_ORDER[goal["state"]], text(goal, "created_at")))


def goals_in_view(tables: Tables) -> list[Record]:
    """Return the goals that somebody is at now, in order."""
    return [goal for goal in goals_in_order(tables) if goal["state"] in IN_VIEW]


def steps_of(tables: Tables, goal_id: str) -> list[Record]:
    """Return a goal's steps by ``order``, then day (none last), then by when they were made."""
    return in_step_order(step for step in _steps(tables) if step.get("goal") == goal_id)


def steps_by_goal(tables: Tables) -> dict[str, list[Record]]:
    """Return the steps of every goal that has some, each goal's as ``steps_of`` gives them."""
    found: dict[str, list[Record]] = {}
    for step in _steps(tables):
        found.setdefault(text(step, "goal"), []).append(step)
    return {goal_id: in_step_order(steps) for goal_id, steps in found.items()}


def inbox(tables: Tables) -> list[Record]:
    """Return the steps that belong to no goal, or to one that is not in the plan any more, in a goal's order."""
    return in_step_order(step for step in _steps(tables) if _goal_of_step(tables, step) is None)


# What is next


def due_today(tables: Tables, today: date, now: datetime) -> list[DueRow]:
    """Return all that has come due, the one shown longest ago first; a step wins ties."""
    return [_with_question(row, today) for row in _rows(tables) if row.has_come(today, now)]


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
    for row in _rows(tables):
        times = row.asking(zone)
        if times is None or row.is_said_by_step:
            continue
        was_never_named = since is not None and since < times.days[0] and times.still_on < today
        if today in times.days or today == times.still_on or was_never_named:
            found.append(row._replace(is_still=today >= times.still_on))
    return found


def reminder_rows(tables: Tables) -> dict[str, DueRow]:
    """Return the reminders that are on and can come, by their ids; not those whose thing is over."""
    return {row.id: row for row in _rows(tables) if row.kind == "reminder"}


def rest_on(tables: Tables) -> Rest:
    """Return until when all reminders are paused, and the quiet hours."""
    return rest_of(next(iter(standing(tables, "reminder_settings")), {}))


def next_thing(tables: Tables, today: date, now: datetime) -> Next | None:
    """Return what stands first: what is due, else the next dated step, else one without a day."""
    rows = _rows(tables)
    due = next((row for row in rows if row.has_come(today, now)), None)
    if due is not None:
        return Next(_with_question(due, today), is_due=True)
    ahead = [row for row in rows if row.kind == "step" and row.is_ahead(today, now) and not _is_put_off(row, today)]
    if ahead:
        return Next(min(ahead, key=lambda row: (row.on or _FAR, row.created_at)), is_due=False)
    answers, by_goal = _answers(tables), steps_by_goal(tables)
    for steps in [*(by_goal.get(goal["id"], []) for goal in goals_in_view(tables)), inbox(tables)]:
        for step in steps:
            undated = _step_row(tables, step, answers)
            if undated is not None and undated.on is None and not _is_put_off(undated, today):
                return Next(undated, is_due=False)
    return None


def dated(tables: Tables) -> list[DueRow]:
    """Return everything that has a day and still counts, come or not, hidden or not."""
    return _rows(tables)


def coming(tables: Tables, today: date, now: datetime) -> list[DueRow]:
    """Return what lies ahead, soonest first."""
    rows = [row for row in _rows(tables) if row.is_ahead(today, now)]
    return sorted(rows, key=lambda row: (row.day() or _FAR, row.kind != "step", row.created_at))


def due_payload(tables: Tables, words: Wording) -> list[PayloadRow]:
    """Return the lines of ``due.tsv``: what has come due and all that ever will as the plan stands.

    No day is compared, so the file stays right as days pass. The order is that of ``due_today``. What is dated waits
    until it is answered; a reminder falls silent a day after it was asked whether it is still useful. All of it waits
    for the day on which a pause is over.
    """
    found = []
    for row in _rows(tables):
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


class _Answer(NamedTuple):
    """The last answer to one thing that came due."""

    outcome: str
    until: date | None
    shown_at: str


def _rows(tables: Tables) -> list[DueRow]:
    """Return everything that has a day, in the order in which it is shown once it has come due."""
    answers = _answers(tables)
    rows = [_step_row(tables, step, answers) for step in _steps(tables)]
    rows += [_goal_row(goal, answers) for goal in goals_in_view(tables)]
    rows += [_learning_row(activity, answers) for activity in standing(tables, "learning")]
    rows += [_reminder_row(tables, reminder, answers) for reminder in standing(tables, "reminders")]
    rows += [_check_in_row(check_in, answers) for check_in in _newest_check_ins(tables)]
    dated = [row for row in rows if row is not None and (row.on is not None or row.at is not None)]
    until = rest_on(tables).until
    if until is not None:
        dated = [row._replace(paused_until=until) for row in dated]
    return sorted(dated, key=_asking_order)


def _with_question(row: DueRow, today: date) -> DueRow:
    """Return the row, a reminder that has asked three times with the question whether it is still useful."""
    times = row.asking() if row.kind == "reminder" else None
    return row._replace(is_still=True) if times is not None and today >= times.still_on else row


def _asking_order(row: DueRow) -> tuple[str, bool, date, str, str]:
    on = row.at.date() if row.at is not None else row.on or _FAR
    return (row.shown_at, row.kind != "step", on, row.created_at, row.id)


def _answers(tables: Tables) -> dict[tuple[str, str], _Answer]:
    found: dict[tuple[str, str], _Answer] = {}
    for record in standing(tables, "asked"):
        question, about = text(record, "question"), text(record, "about")
        if not question.startswith("due:") or not about:
            continue
        answer = _Answer(text(record, "outcome"), day(record, "until"), text(record, "shown_at"))
        key = (question, about)
        if key not in found or answer.shown_at >= found[key].shown_at:
            found[key] = answer
    return found


def _with_answer(row: DueRow, answers: Mapping[tuple[str, str], _Answer]) -> DueRow | None:
    """Return the row with what was answered, or None where it was answered for the day that it stands on."""
    answer = answers.get((f"due:{row.kind}", row.id))
    if answer is None:
        return row
    if answer.outcome == "done" and _is_answered(row, answer):
        return None
    hidden_until = answer.until if answer.outcome in _HIDING else None
    return row._replace(shown_at=answer.shown_at, hidden_until=hidden_until)


def _is_answered(row: DueRow, answer: _Answer) -> bool:
    if row.at is not None:
        return instant_text(row.at) <= answer.shown_at
    answered_on = answer.until or read_day(answer.shown_at[:10])
    return answered_on is not None and row.on is not None and row.on <= answered_on


def _steps(tables: Tables) -> list[Record]:
    return [
        step
        for step in standing(tables, "steps")
        if text(step, "text") and text(step, "state") in {"planned", "done", "let_go"}
    ]


def in_step_order(steps: Iterable[Record]) -> list[Record]:
    """Return steps by ``order``, then day (none last), then by when they were made."""
    return sorted(
        steps,
        key=lambda step: (number(step, "order"), day(step, "due") or _FAR, text(step, "created_at")),
    )


def _goal_of(tables: Tables, record: Record) -> Record | None:
    """Return the goal of a step, an empty record for the inbox, None where the goal is not in view."""
    goal = _goal_of_step(tables, record)
    if goal is None:
        return {}
    return goal if goal.get("state") in IN_VIEW else None


def _goal_of_step(tables: Tables, record: Record) -> Record | None:
    """Return the goal that a step belongs to; a removed one is none: its steps must not vanish with it."""
    goal = tables.get("goals", {}).get(text(record, "goal"))
    return None if goal is None or goal.get("removed_at") else goal


def _step_row(tables: Tables, step: Record, answers: Mapping[tuple[str, str], _Answer]) -> DueRow | None:
    goal = _goal_of(tables, step)
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


def _goal_row(goal: Record, answers: Mapping[tuple[str, str], _Answer]) -> DueRow | None:
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


def _learning_row(activity: Record, answers: Mapping[tuple[str, str], _Answer]) -> DueRow | None:
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


def _reminder_row(tables: Tables, reminder: Record, answers: Mapping[tuple[str, str], _Answer]) -> DueRow | None:
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
        step = next((one for one in _steps(tables) if one["id"] == about), None)
        goal_of_step = _goal_of(tables, step) if step is not None else None
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


def _check_in_row(check_in: Record, answers: Mapping[tuple[str, str], _Answer]) -> DueRow | None:
    on = day(check_in, "next_on")
    row = DueRow("check_in", check_in["id"], "", on=on, created_at=text(check_in, "created_at"))
    return _with_answer(row, answers)


def _is_put_off(row: DueRow, today: date) -> bool:
    return row.hidden_until is not None and today < row.hidden_until


def _when(row: DueRow) -> str:
    back = [one for one in (row.hidden_until, row.paused_until) if one is not None]
    if row.at is None:
        return max([row.on or _FAR, *back]).isoformat()
    instant = instant_text(row.at)
    return f"{max(back).isoformat()} {instant}" if back else instant
