"""The records of a plan: one model a table that is written here.

Documents become models at this door: text is cleaned and capped, positions and dates are checked. Tables and fields
that no model here knows are kept as they stand (``extra="allow"``), so that what a newer version wrote survives.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from rchrp_goals.errors import AnswerRefused, FileProblem
from rchrp_goals.plan.fields import HourOfDay, Hours, Id, Instant, Kept, Level, Line, Long, Position, Record, Weekday


class Person(Record):
    """The one record of the person: name shown, training, someone to call."""

    name: Line | None = None
    pronouns: Line | None = None
    role: Line | None = None
    languages: list[Line] = []
    someone_to_call: Line | None = None
    training: Line | None = None


class Agreement(Record):
    """One agreement that the person carries along."""

    text: Line = ""
    source: Literal["bank", "room", "own"] = Field(default="own", alias="from")
    bank: str | None = None
    since: date | None = None


class Placement(Kept):
    """Where somebody stood on one statement: a position, or ``passed``, which is an answer too."""

    statement: str = Field(max_length=80)
    meaning: int = 1
    text: Line
    position: Position | None = None
    passed: bool = False
    reason: Long | None = None
    looking_back: Position | None = None


class ValuesSession(Record):
    """Where somebody stood on all statements on one day; ``further``: sentences of the room that wait to be asked."""

    occasion: Literal["day_one_part_1", "day_one_part_2", "last_day", "revisit"] = "revisit"
    taken_at: Instant | None = None
    entered: Literal["at_the_time", "from_paper", "from_memory"] = "at_the_time"
    state: Literal["open", "closed"] = "open"
    placements: list[Placement] = []
    further: list[Line] = []


Familiarity = Literal["new_to_me", "finding_my_feet", "doing_it", "could_show_others"]


class Focus(Record):
    """A focus area, and where the person is in it, in their own view."""

    area: Line = ""
    bank: str | None = None
    knowledge: Familiarity | None = None
    attitudes: Familiarity | None = None
    practice: Familiarity | None = None
    resources: Familiarity | None = None
    skills: Familiarity | None = None


class Learning(Record):
    """A learning activity, from idea to done. ``category`` is one of the renewal rule, in the person's words.

    ``evidence`` is a path or a note; ``evidence_file`` names the copy of a proof in the plan's own folder.
    """

    title: Line = ""
    bank: str | None = None
    kind: str | None = None
    focus: Id | None = None
    goal: Id | None = None
    category: Line | None = None
    hours: Hours | None = None
    participatory: bool | None = None
    planned_for: date | None = None
    done_on: date | None = None
    provider: Line | None = None
    with_whom: Line | None = None
    evidence: Line | None = None
    evidence_file: Annotated[str, Field(max_length=80)] | None = None
    learned: Long | None = None
    state: Literal["idea", "planned", "under_way", "done", "let_go"] = "planned"


class Resource(Record):
    """A place near the person to point somebody to; ``checked_on`` is when they last saw that it is so."""

    name: Line = ""
    what_for: Line | None = None
    how_to_reach: Line | None = None
    checked_on: date | None = None


class SupporterRecord(Kept):
    """Somebody who stands by the person, and how."""

    name: Line
    how: Line = ""


class Goal(Record):
    """A goal in the person's own words. ``levels``: words for -2..2; 0 with ``review_on`` is what is hoped for.

    ``ended_on`` is the day on which it was done or let go, while it is; plans of earlier versions have none.
    """

    title: Line = ""
    bank: str | None = None
    why: Long | None = None
    values_served: list[str] = []
    focus: Id | None = None
    state: Literal["exploring", "active", "paused", "done", "let_go"] = "active"
    state_why: Long | None = None
    ended_on: date | None = None
    baseline: Line | None = None
    levels: dict[Literal["-2", "-1", "0", "1", "2"], Line] = {}
    review_on: date | None = None
    supporters: list[SupporterRecord] = []


class Ruler(Record):
    """Two rulers of one sitting: how much the goal matters, how sure the person is of the step, and one follow-up."""

    goal: Id | None = None
    step: Id | None = None
    at: Instant | None = None
    importance: Position | None = None
    confidence: Position | None = None
    what_makes_it: Long | None = None
    what_makes_it_about: Literal["importance", "confidence"] | None = None


class IfThen(Record):
    """An if-then plan: the obstacle, and what the person does then."""

    goal: Id | None = None
    obstacle: Line | None = None
    then: Line | None = None
    said_on: date | None = None


class Step(Record):
    """One step of a goal, or of the inbox where ``goal`` is None. ``went``: how it went, in the person's own words."""

    goal: Id | None = None
    text: Line = ""
    moment: Line | None = None
    with_whom: Line | None = None
    due: date | None = None
    order: int = 0
    done_on: date | None = None
    went: Long | None = None
    state: Literal["planned", "done", "let_go"] = "planned"


class Progress(Record):
    """Where a goal stood on one day: a level with its words as they stood then, ``not_there_yet``, or a note alone."""

    goal: Id
    at: Instant | None = None
    level: Level | Literal["not_there_yet"] | None = None
    words: Line | None = None
    note: Long | None = None


class About(Kept):
    """What a reminder or an asked record is about."""

    kind: str = "plan"
    id: Id | None = None


class Reminder(Record):
    """A date ahead. ``next_at`` is the instant at which it comes next; ``words`` names its sentence (``ui.toml``,
    ``[reminders]``), or is ``own``: then ``text`` is the person's.

    ``rule`` is an RRULE of RFC 5545 without DTSTART, counted from ``starts_on`` at ``hour``; none for a single date.
    ``weekdays`` are those on which it may come (none: any); ``zone`` is the IANA name of the zone whose hour it is (none:
    the zone of whatever machine this is). ``counted_from``: after a late answer the next one is counted from when it was
    due, or from when it was done. ``then_at`` are the next two instants after ``next_at``, so that who shows it need not
    reckon: after the last it is asked whether it is still useful.
    """

    what: About = About()
    words: str = "look_again"
    text: Line | None = None
    rule: str | None = Field(default=None, max_length=300)
    starts_on: date | None = None
    hour: HourOfDay | None = None
    weekdays: list[Weekday] = []
    zone: str | None = Field(default=None, max_length=80)
    counted_from: Literal["due", "done"] = "due"
    on: bool = True
    next_at: Instant | None = None
    then_at: list[Instant] = []
    snoozed_until: Instant | None = None
    answered: Instant | None = None


class ReminderSettings(Record):
    """The one record about all reminders: hours in which none comes (``quiet_from`` up to ``quiet_to``, over midnight
    too), the usual hour and weekdays of a new one, and until which day all of them are paused (that day they are back).
    """

    quiet_from: HourOfDay | None = None
    quiet_to: HourOfDay | None = None
    hour: HourOfDay | None = None
    weekdays: list[Weekday] = []
    pause_until: date | None = None


class Asked(Record):
    """What was asked and put off or passed, so that nothing nags."""

    question: str
    about: str | None = None
    outcome: Literal["passed", "not_now", "later", "done"]
    until: date | None = None
    shown_at: Instant | None = None


class Letter(Record):
    """A line to oneself for a day when none of this has happened."""

    text: Long = ""
    at: Instant | None = None
    read_at: Instant | None = None


class Correction(Record):
    """A word that stands beside what was closed, and the place on the line where it was another one; nothing is replaced.

    ``statement`` is which one of a values session, none for the session as a whole.
    """

    what: About = About()
    statement: str | None = Field(default=None, max_length=80)
    meaning: int | None = None
    text: Long = ""
    position: Position | None = None
    at: Instant | None = None


class Reflection(Record):
    """A reflection of three or four questions. ``answers``: question id -> what was written; ``about``: what it is about."""

    at: Instant | None = None
    form: Literal["three", "four"] = "three"
    answers: dict[str, Long] = {}
    about: About = About()


class Practised(Record):
    """What somebody would say in a situation (``card``: its name, ``prompts``), for themselves alone."""

    card: str = Field(default="", max_length=80)
    meaning: int = 1
    situation: Long | None = None
    say: Long = ""
    at: Instant | None = None


class RenewalRule(Kept):
    """What a board asks for renewal, as far as its source says. ``minima``: a category's name -> hours."""

    template: str | None = Field(default=None, max_length=80)
    name: Line | None = None
    cycle_months: Annotated[int, Field(ge=1, le=120, strict=True)] | None = None
    total_hours: Hours | None = None
    minima: dict[Line, Hours] = {}
    supervision_hours: Hours | None = None
    approval: bool = False
    note: Line | None = None
    source: Line | None = None
    checked_on: date | None = None


class Renewal(Record):
    """The one record about a renewal: the rule, as it was chosen and changed, and when the cycle began."""

    rule: RenewalRule = RenewalRule()
    cycle_start: date | None = None


class Supervision(Record):
    """Supervision that was held; never also counted as learning. ``topics`` are the person's words."""

    at: Instant | None = None
    minutes: Annotated[int, Field(gt=0, le=60_000, strict=True)] | None = None
    topics: Line | None = None
    with_whom: Line | None = Field(default=None, alias="with")


class Ask(Record):
    """What somebody asks of another, in their own words."""

    text: Long = ""
    to: Line | None = None
    asked_at: Instant | None = None
    answered_at: Instant | None = None


class GoalLooked(Kept):
    """What a check-in decided about one goal, and where it stood."""

    goal: Id
    choice: Literal["keep", "change", "pause", "let_go"] | None = None
    level: Level | Literal["not_there_yet"] | None = None
    words: Line | None = None


class CheckIn(Record):
    """A monthly check-in: alone (``with`` is ``self``) or with a coach. ``answers``: question id -> what was written."""

    at: Instant | None = None
    with_whom: str = Field(default="self", alias="with", max_length=80)
    answers: dict[str, Long] = {}
    goals: list[GoalLooked] = []
    in_depth: Id | None = None
    summary: Annotated[Long, Field(max_length=600)] | None = None
    next_on: date | None = None


TABLES: dict[str, type[Record]] = {
    "person": Person,
    "agreements": Agreement,
    "values": ValuesSession,
    "focus": Focus,
    "learning": Learning,
    "resources": Resource,
    "goals": Goal,
    "rulers": Ruler,
    "if_thens": IfThen,
    "steps": Step,
    "progress": Progress,
    "reminders": Reminder,
    "reminder_settings": ReminderSettings,
    "asked": Asked,
    "letters": Letter,
    "corrections": Correction,
    "reflections": Reflection,
    "practice": Practised,
    "renewal": Renewal,
    "supervision": Supervision,
    "asks": Ask,
    "check_ins": CheckIn,
}
"""The tables that have a model; any other table is kept as it stands."""


def checked(table: str, record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as its model keeps it (JSON values); one of a table without a model comes back as it is.

    Raises AnswerRefused (text too long, nothing left) or FileProblem ``record_wrong`` (table, field): never with the text.
    """
    model = TABLES.get(table)
    if model is None:
        return record
    try:
        found = model.model_validate(record).model_dump(mode="json", exclude_none=True, by_alias=True)
    except AnswerRefused:
        raise
    except ValidationError as error:
        # the field alone: what stands further in may be a key that somebody wrote
        where = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        raise FileProblem("record_wrong", table=table, field=where) from None
    return found


def checked_removed(table: str, record: dict[str, Any]) -> dict[str, Any]:
    """Return what stays of a removed record: its id, its times, its author; nothing of its content.

    Raises FileProblem ``record_wrong`` (table, field).
    """
    about = {key: value for key, value in record.items() if key in Record.model_fields}
    try:
        Record.model_validate(about)
    except ValidationError as error:
        where = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        raise FileProblem("record_wrong", table=table, field=where) from None
    return about
