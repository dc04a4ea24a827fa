"""Where a goal stands: the levels that may be chosen, and a note on one of them.

Levels follow Goal Attainment Scaling (Kiresuk & Sherman 1968): the person's own words are the point, and no score is
shown. Only a level that has words can be chosen, and ``not_there_yet``; a note keeps the words as they stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from uuid import uuid4

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.plan.text import bare

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.store.plan_store import PlanStore

Record = Mapping[str, Any]
Level = int | Literal["not_there_yet"]

LEVELS = (-2, -1, 0, 1, 2)
NOT_THERE_YET: Literal["not_there_yet"] = "not_there_yet"
_KEYS: Mapping[Level, str] = {
    -2: "much_less",
    -1: "less",
    0: "as_hoped",
    1: "more",
    2: "much_more",
    NOT_THERE_YET: "not_there_yet",
}
LEVEL_KEYS = tuple(_KEYS.values())
"""The names of the levels as they may be typed anywhere."""


class LevelChoice(NamedTuple):
    """One level that may be chosen: its value, its name ("as hoped"), and the person's words (none for not there yet)."""

    level: Level
    name: str
    words: str


def level_choices(goal: Record, words: Words) -> list[LevelChoice]:
    """Return what may be chosen for a goal, from much less to much more, then ``not_there_yet``."""
    found = [
        LevelChoice(level, level_name(level, words), said) for level in LEVELS if (said := words_of_level(goal, level))
    ]
    return [*found, LevelChoice(NOT_THERE_YET, level_name(NOT_THERE_YET, words), "")]


def read_level(said: str, choices: Sequence[LevelChoice]) -> Level | None:
    """Return the level that was said by its number in the list (from 1) or its name, in either language; else None."""
    from rchrp_goals.content import LANGUAGES, Words

    wanted = _folded(said)
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 3:
        at = int(wanted) - 1
        return choices[at].level if 0 <= at < len(choices) else None
    for one in choices:
        names = (level_name(one.level, Words(language)) for language in LANGUAGES)
        if wanted in map(_folded, names):
            return one.level
    return None


def _folded(text: str) -> str:
    """Return a name as it is compared: without capitals and accents, with blanks for signs."""
    return bare(text.replace("_", " ").replace("-", " "))


def level_name(level: Level, words: Words) -> str:
    """Return what a level is called: "much less" to "much more", "not there yet"."""
    return words.ui(f"commands.levels.{_KEYS[level]}")


def words_of_level(goal: Record, level: Level) -> str:
    """Return the person's words for a level, empty where it has none."""
    levels = goal.get("levels")
    return text(levels, str(level)) if isinstance(levels, Mapping) else ""


def has_words(goal: Record) -> bool:
    """Tell whether any level of a goal has words: without them there is nothing to choose from but ``not_there_yet``."""
    return any(words_of_level(goal, level) for level in LEVELS)


def notes_of(tables: glance.Tables, goal_id: str) -> list[Record]:
    """Return the notes on a goal, the oldest first."""
    found = [one for one in glance.standing(tables, "progress") if one.get("goal") == goal_id]
    return sorted(found, key=lambda one: (text(one, "at"), text(one, "created_at"), text(one, "id")))


def note_level(store: PlanStore, goal_id: str, level: Level | None, note: str | None, now: datetime) -> dict[str, Any]:
    """Note where a goal stands, with the level's words as they stand now: one change. Return the new record.

    ``level`` None is a note alone. Raises ProblemError ``goal_not_there`` or ``level_without_words``, AnswerRefused
    ``nothing_answered`` (neither a level nor a note) or ``text_too_long``, or what a save raises.
    """
    from rchrp_goals.plan.records import checked
    from rchrp_goals.plan.text import LONG_CAP, clean
    from rchrp_goals.store.plan_store import What

    said = clean(note, cap=LONG_CAP, is_long=True).text if note is not None and note.strip() else None
    if level is None and said is None:
        raise AnswerRefused("nothing_answered")
    with store.change(What("level_noted"), now) as change:
        goal = change.get("goals", goal_id)
        if goal is None:
            raise ProblemError("goal_not_there")
        record: dict[str, Any] = {"goal": goal_id, "at": change.instant}
        if level is not None:
            record["level"] = level
        if isinstance(level, int):
            words = words_of_level(goal, level)
            if not words:
                raise ProblemError("level_without_words")
            record["words"] = words
        if said is not None:
            record["note"] = said
        return change.put("progress", checked("progress", {"id": str(uuid4()), **record}))
