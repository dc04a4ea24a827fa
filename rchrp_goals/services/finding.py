"""What can be found by its words: goals, steps, what somebody learned or wants to learn, and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.services import saying
from rchrp_goals.services.reminder_words import title_of
from rchrp_goals.services.room import Place


class Found(NamedTuple):
    """One thing: its words, what it is, and the place where it stands (``at``: the row there)."""

    words: str
    note: str
    place: Place
    at: str = ""


def things(tables: glance.Tables, words: Words, rooms: frozenset[str]) -> list[Found]:
    """Return every goal, step, activity and reminder that has a place in one of ``rooms``; goals first."""
    found: list[Found] = []
    goals = glance.goals_in_order(tables) if "goals" in rooms else []
    for goal in goals:
        found.append(
            Found(saying.plain_text(goal["title"]), words.ui("rooms.found.goal"), Place("goals.one", goal["id"]))
        )
    by_goal = glance.steps_by_goal(tables)
    for goal in goals:
        for step in by_goal.get(goal["id"], []):
            note = words.ui("rooms.found.step_of", goal=saying.phrase(text(goal, "title")))
            found.append(
                Found(saying.plain_text(text(step, "text")), note, Place("goals.one", goal["id"]), f"step:{step['id']}")
            )
    if "goals" in rooms:
        for step in glance.inbox(tables):
            note = words.ui("rooms.found.inbox")
            found.append(Found(saying.plain_text(text(step, "text")), note, Place("goals"), f"step:{step['id']}"))
    if "learning" in rooms:
        for one in glance.standing(tables, "learning"):
            title = saying.plain_text(text(one, "title"))
            if title:
                found.append(Found(title, words.ui("rooms.found.learning"), Place("learning"), f"learning:{one['id']}"))
    if "reminders" in rooms:
        found += _reminders(tables, words)
    return found


def _reminders(tables: glance.Tables, words: Words) -> Iterator[Found]:
    """Give every reminder, one that rests too; its words hold those of the thing that it speaks of."""
    rows = glance.reminder_rows(tables)
    for one in glance.standing(tables, "reminders"):
        title = title_of(tables, words, one, rows.get(one["id"]))
        yield Found(title, words.ui("rooms.found.reminder"), Place("reminders.one", one["id"]))
