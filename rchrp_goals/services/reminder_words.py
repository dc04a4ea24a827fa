"""What a reminder says, also where it rests or the thing it speaks of is over."""

from __future__ import annotations

from collections.abc import Mapping

from rchrp_goals.content import Words
from rchrp_goals.plan import glance
from rchrp_goals.plan.glance import DueRow
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying

_TITLES = {"step": ("steps", "text"), "goal": ("goals", "title"), "learning": ("learning", "title")}
"""Where the words of a thing stand, by its kind."""
_OF_A_THING = frozenset({"first_step", "step", "goal", "learning"})


def title_of(tables: glance.Tables, words: Words, one: Record, row: DueRow | None) -> str:
    """Return a reminder's words on one line; ``row``: the one of ``glance.reminder_rows``, where it can come."""
    if row is not None:
        return saying.plain_text(glance.wording_of(row._replace(is_still=False), words))
    if text(one, "words") == "own":
        return saying.plain_text(text(one, "text")) or words.ui("reminders_room.other_words")
    name = text(one, "words") if text(one, "words") in glance.REMINDER_WORDS else "look_again"
    about = _thing_of(tables, one)
    if not about and name in _OF_A_THING:
        return words.ui("reminders_room.other_words")
    return saying.plain_text(words.ui(f"reminders.{name}", text=about))


def _thing_of(tables: glance.Tables, one: Record) -> str:
    """Return the words of the step, goal or activity that a reminder speaks of; empty where it is none, or is gone."""
    what = one.get("what")
    kind, id = (text(what, "kind"), text(what, "id")) if isinstance(what, Mapping) else ("", "")
    table, field = _TITLES.get(kind, ("", ""))
    return text(tables.get(table, {}).get(id, {}), field)
