"""Check-ins that were held, in words: in order, each with its day, and what it said of each goal. Nothing is compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying
from rchrp_goals.services.check_in_summary import CHOICES
from rchrp_goals.services.levels import LEVELS, NOT_THERE_YET, level_name

if TYPE_CHECKING:
    from rchrp_goals.content import Words

Tables = glance.Tables
SELF = "self"
WRITTEN = ("well", "also")
"""What somebody wrote in a check-in for themselves, in order."""


def held(tables: Tables) -> list[Record]:
    """Return the check-ins that were held, the newest first."""
    found = glance.standing(tables, "check_ins")
    return sorted(found, key=lambda one: (text(one, "at"), text(one, "created_at"), text(one, "id")), reverse=True)


def held_on(one: Record, words: Words, today: date) -> str:
    """Return the day of a check-in, a capital first."""
    on = saying.local_day(one, "at") or saying.local_day(one, "created_at")
    said = saying.day_words(on, today, words) if on is not None else words.ui("check_in_room.room.no_day")
    return saying.begun(said)


def goal_lines(tables: Tables, one: Record, words: Words) -> list[tuple[str, str, str]]:
    """Return what a check-in said of each goal: the goal's id (empty: it is gone), its title, and what was said."""
    looked = one.get("goals")
    found = []
    for about in looked if isinstance(looked, list) else []:
        if not isinstance(about, Mapping):
            continue
        id = text(about, "goal")
        goal = tables.get("goals", {}).get(id)
        is_there = goal is not None and not goal.get("removed_at") and bool(text(goal, "title"))
        title = saying.plain_text(text(goal, "title")) if goal is not None and is_there else ""
        title = title or words.ui("check_in_room.room.goal_gone")
        found.append((id if is_there else "", title, _said(about, words)))
    return found


def _said(about: Record, words: Words) -> str:
    """Return where a goal stood, and what was decided of it."""
    said = []
    level = about.get("level")
    if level == NOT_THERE_YET or (type(level) is int and level in LEVELS):
        name, own = level_name(level, words), saying.plain_text(text(about, "words"))
        said.append(words.ui("sentences.colon", first=name, second=own) if own else name)
    choice = text(about, "choice")
    if choice in CHOICES:
        said.append(words.ui(f"check_in_room.choice.{choice}"))
    return words.ui("sentences.semicolon").join(said) or words.ui("check_in_room.choice.looked")
