"""One thing of the plan, whole: a goal with what goes with it, a step, or a learning activity; in lines, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import day, parts, text
from rchrp_goals.services import saying
from rchrp_goals.services.check_in_view import WRITTEN, goal_lines, held, held_on
from rchrp_goals.services.goals import find, short_ids, step_document
from rchrp_goals.services.kept_words import versions_beside
from rchrp_goals.services.learning_hours import minutes_of, time_said
from rchrp_goals.services.levels import LEVELS, NOT_THERE_YET, level_name, notes_of, words_of_level
from rchrp_goals.services.reflections import answers_of, question_text, reflections, subject_of, written_on

if TYPE_CHECKING:
    from rchrp_goals.content import Words

Record = Mapping[str, Any]
Tables = glance.Tables

KINDS = {"goals": "goal", "steps": "step", "learning": "learning", "reflections": "reflection", "check_ins": "check_in"}
"""What can be shown, by its table."""


_OF_A_GOAL = ("id", "title", "state", "why", "baseline", "levels", "review_on", "focus", "supporters")
_OF_LEARNING = (
    *("id", "title", "state", "planned_for", "done_on", "hours", "category", "provider", "with_whom"),
    *("participatory", "learned", "focus", "goal"),
)


_OF_A_CHECK_IN = ("id", "at", "with", "in_depth", "goals", "answers", "summary", "next_on")


class Thing(NamedTuple):
    """One thing that was found: what it is (``goal step learning reflection check_in``), and its record."""

    kind: str
    record: Record


def find_thing(tables: Tables, beginning: str) -> Thing:
    """Return the goal, step, activity, reflection or check-in whose id begins so. Raises as ``goals.find`` does."""
    things = [Thing(kind, one) for table, kind in KINDS.items() for one in _shown(tables, table)]
    record = find([one.record for one in things], beginning)
    return next(one for one in things if one.record is record)


def as_lines(tables: Tables, thing: Thing, words: Words, today: date) -> list[str]:
    """Return one thing as lines that each make sense alone."""
    return list(_Lines(tables, words, today).of(thing))


def as_document(tables: Tables, thing: Thing) -> dict[str, Any]:
    """Return one thing with the keys that ``show --json`` documents."""
    return {**_document(tables, thing), "kept_versions": [dict(one) for one in kept_beside(tables, thing)]}


def _document(tables: Tables, thing: Thing) -> dict[str, Any]:
    record = thing.record
    if thing.kind == "step":
        return {
            "kind": "step",
            **step_document(record),
            "goal": record.get("goal"),
            "with_whom": record.get("with_whom"),
            "went": record.get("went"),
        }
    if thing.kind == "learning":
        found = {key: record.get(key) for key in _OF_LEARNING}
        return {"kind": "learning", **found, "learning_kind": record.get("kind")}
    if thing.kind == "reflection":
        return {"kind": "reflection", **{key: record.get(key) for key in ("id", "at", "form", "answers", "about")}}
    if thing.kind == "check_in":
        return {"kind": "check_in", **{key: record.get(key) for key in _OF_A_CHECK_IN}}
    id = record["id"]
    obstacles = [one for one in glance.standing(tables, "if_thens") if one.get("goal") == id]
    return {
        "kind": "goal",
        **{key: record.get(key) for key in _OF_A_GOAL},
        "steps": [step_document(step) for step in glance.steps_of(tables, id)],
        "if_thens": [{key: one.get(key) for key in ("obstacle", "then", "said_on")} for one in obstacles],
        "notes": [note_document(note) for note in notes_of(tables, id)],
    }


def kept_beside(tables: Tables, thing: Thing) -> list[Record]:
    """Return the other versions of a thing, which do not stand (``data.md``, "Which of two versions stands")."""
    table = next(name for name, kind in KINDS.items() if kind == thing.kind)
    return versions_beside(tables, table, thing.record["id"])


def note_document(note: Record) -> dict[str, Any]:
    """Return a note on a goal with the keys that are documented for it."""
    return {key: note.get(key) for key in ("at", "level", "words", "note")}


def standing_words(tables: Tables, goal: Record, words: Words, today: date) -> str:
    """Return where a goal stands by its newest note, as a line; "not looked at yet" before the first."""
    notes = [one for one in notes_of(tables, goal["id"]) if one.get("level") is not None]
    return note_words(notes[-1], words, today) if notes else words.ui("commands.show.not_looked_at")


def note_words(note: Record, words: Words, today: date) -> str:
    """Return one note on a goal as a line: its day, the level, the level's words as they stood, and the note."""
    level = note.get("level")
    said = []
    if level == NOT_THERE_YET or (type(level) is int and level in LEVELS):
        name = level_name(level, words)
        stood = saying.phrase(text(note, "words"))
        said.append(words.ui("sentences.colon", first=name, second=stood) if stood else name)
    if text(note, "note"):
        said.append(saying.phrase(text(note, "note")))
    what = words.ui("sentences.semicolon").join(said)
    on = saying.local_day(note, "at")
    return words.ui("sentences.colon", first=saying.day_words(on, today, words), second=what) if on else what


def _shown(tables: Tables, table: str) -> list[Record]:
    if table == "reflections":
        return reflections(tables)
    if table == "check_ins":
        return held(tables)
    name = "text" if table == "steps" else "title"
    return [one for one in glance.standing(tables, table) if text(one, name)]


class _Lines:
    def __init__(self, tables: Tables, words: Words, today: date) -> None:
        self._tables = tables
        self._words = words
        self._today = today
        self._ids = short_ids(tables)

    def of(self, thing: Thing) -> Iterator[str]:
        """Give the lines of a thing."""
        ways = {"goal": self._goal, "step": self._step, "learning": self._learning, "reflection": self._reflection}
        ways["check_in"] = self._check_in
        lines_of = ways[thing.kind]
        yield from (line for line in lines_of(thing.record) if line)
        beside = len(kept_beside(self._tables, thing))
        if beside:
            yield self._words.ui("commands.show.kept_beside", n=beside)

    def _goal(self, goal: Record) -> Iterator[str]:
        words, today = self._words, self._today
        yield self._head("goal", goal, "title", "goal_state")
        yield self._said("why", text(goal, "why"))
        yield saying.content(goal, words, today)
        yield self._said("baseline", text(goal, "baseline"))
        for level in LEVELS:
            stands = words_of_level(goal, level)
            yield self._pair(level_name(level, words), stands) if stands else ""
        notes = notes_of(self._tables, goal["id"])
        if not notes:
            yield self._pair(words.ui("commands.show.standing"), words.ui("commands.show.not_looked_at"))
        for note in notes:
            yield note_words(note, words, today)
        for one in held(self._tables):
            if any(id == goal["id"] for id, _, _ in goal_lines(self._tables, one, words)):
                yield self._check_in_head(one)
        for one in self._own("if_thens", goal):
            yield saying.if_then(one, words)
        for step in glance.steps_of(self._tables, goal["id"]):
            yield self.step_line(step)
        yield saying.rulers(saying.newest(self._own("rulers", goal), "at"), words)
        helpers = [named for one in parts(goal, "supporters") if (named := saying.supporter(one, words))]
        yield self._said("supporters", words.ui("sentences.semicolon").join(helpers))

    def step_line(self, step: Record) -> str:
        """Return a step of a goal on one line, with its id, its state or when it is to be done."""
        when = saying.step_when(step, self._words, self._today)
        note = when if step["state"] == "planned" else self._words.enum("step_state", step["state"])
        key = "cli.step_line_with" if note else "cli.step_line"
        return self._words.ui(key, id=self._ids[step["id"]], text=saying.plain_text(step["text"]), note=note)

    def _step(self, step: Record) -> Iterator[str]:
        yield self._head("step", step, "text", "step_state")
        goal = self._tables.get("goals", {}).get(text(step, "goal"), {})
        yield self._said("goal", text(goal, "title"))
        yield self._said("when", saying.step_when(step, self._words, self._today))
        yield self._said("with_whom", text(step, "with_whom"))
        yield self._day("done_on", step)
        yield self._said("went", text(step, "went"))

    def _learning(self, activity: Record) -> Iterator[str]:
        yield self._head("learning", activity, "title", "learning_state")
        yield self._day("planned_for", activity)
        yield self._day("done_on", activity)
        yield self._said("hours", time_said(minutes_of(activity), self._words))
        focus = self._tables.get("focus", {}).get(text(activity, "focus"), {})
        yield self._said("focus", text(focus, "area"))
        for key in ("category", "provider", "with_whom", "learned"):
            yield self._said(key, text(activity, key))
        goal = self._tables.get("goals", {}).get(text(activity, "goal"), {})
        yield self._said("goal", text(goal, "title"))

        yield from (self._reflection_head(one) for one in reflections(self._tables, activity["id"]))

    def _reflection(self, reflection: Record) -> Iterator[str]:
        yield self._reflection_head(reflection)
        for name, answer in answers_of(reflection).items():
            yield question_text(name, self._words)
            yield answer

    def _check_in(self, one: Record) -> Iterator[str]:
        words = self._words
        yield self._check_in_head(one)
        yield from (self._pair(title, said) for _, title, said in goal_lines(self._tables, one, words))
        answers = one.get("answers")
        for name in WRITTEN:
            said = text(answers, name) if isinstance(answers, Mapping) else ""
            yield self._pair(words.ui(f"check_in_room.one.{name}"), said) if said else ""
        yield from (saying.plain_text(line) for line in text(one, "summary").splitlines())

    def _check_in_head(self, one: Record) -> str:
        """Return a check-in's id and its day on one line."""
        said = self._pair(self._words.ui("commands.show.check_in"), held_on(one, self._words, self._today))
        return self._words.ui("cli.goal_line", id=self._ids[one["id"]], text=said)

    def _reflection_head(self, reflection: Record) -> str:
        """Return a reflection's id, what it is about, and its day, on one line."""
        words, on = self._words, written_on(reflection)
        about = subject_of(reflection, self._tables) or words.ui("commands.show.nothing_named")
        day = saying.day_words(on, self._today, words) if on else ""
        named = {"id": self._ids[reflection["id"]], "kind": words.ui("commands.show.reflection")}
        if not day:
            return words.ui("cli.goal_line", id=named["id"], text=self._pair(named["kind"], about))
        return words.ui("commands.show.head", **named, text=about, state=day)

    def _head(self, kind: str, record: Record, name: str, enum: str) -> str:
        state = self._words.enum(enum, text(record, "state"))
        line = saying.plain_text(text(record, name))
        first = self._words.ui(f"commands.show.{kind}")
        return self._words.ui("commands.show.head", id=self._ids[record["id"]], kind=first, text=line, state=state)

    def _own(self, table: str, goal: Record) -> list[Record]:
        return [one for one in glance.standing(self._tables, table) if one.get("goal") == goal["id"]]

    def _day(self, key: str, record: Record) -> str:
        on = day(record, key)
        return self._said(key, saying.day_words(on, self._today, self._words) if on else "")

    def _said(self, key: str, value: str) -> str:
        return self._pair(self._words.ui(f"commands.show.{key}"), value) if value else ""

    def _pair(self, label: str, value: str) -> str:
        return self._words.ui("sentences.colon", first=label, second=saying.plain_text(value))
