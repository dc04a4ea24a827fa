"""Taking back the last change, in words: what it was comes from the history, whose it was from the records themselves.

No text of the person's is copied into the history for it: what was removed for good is not remembered here either.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.plan.lenient import instant, text
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import full_date

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.store.history import Entry
    from rchrp_goals.store.plan_store import PlanStore, Snapshot

_NAMED_BY = {
    "steps": "text", "learning": "title", "goals": "title", "if_thens": "then", "letters": "text", "focus": "area",
    "resources": "name", "progress": "note", "agreements": "text",
}  # fmt: skip
"""The tables whose records name what was changed, the nearest first, and the field that does."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When a change was made that does not say when: so it is asked about."""
_MOST = 60
"""Characters of a person's text that such a sentence repeats."""


class Waiting(NamedTuple):
    """What would be taken back now: its words, when it was done, and that day in words."""

    words: str
    at: datetime
    day: str


def next_undo(store: PlanStore, words: Words) -> Waiting | None:
    """Return what would be taken back now; None where there is nothing. Raises as reading the plan does."""
    entry = store.next_entry()
    if entry is None:
        return None
    at = instant({"at": entry.at}, "at") or _LONG_AGO
    return Waiting(_what(entry, store.read(), words), at, full_date(at.astimezone().date(), words))


def undo(store: PlanStore, words: Words, now: datetime) -> str | None:
    """Take back the newest change that was not taken back yet, and return what it was as a sentence; None for nothing.

    One save; what the change made is removed, what it changed comes back as a new revision. Raises as a change does.
    """
    entry = store.next_entry()
    if entry is None:
        return None
    said = _what(entry, store.read(), words)
    what = store.undo(now)
    if what is None:
        return None
    return words.ui("rooms.undone", what=said if what == entry.what else _plain(what.key, words))


def _plain(key: str, words: Words) -> str:
    """Return what a change did, without whose it was; one that a newer version wrote is only called a change."""
    return words.ui(f"history.{key}" if words.has_ui(f"history.{key}") else "history.other")


def _what(entry: Entry, plan: Snapshot, words: Words) -> str:
    said = _plain(entry.what.key, words)
    named = _name(entry, plan)
    return words.ui("rooms.undone_what", what=said, text=named) if named else said


def _name(entry: Entry, plan: Snapshot) -> str:
    for table, field in _NAMED_BY.items():
        for part in entry.before:
            if part.table == table:
                record = part.record if part.record is not None else plan.get(table, part.id)
                found = saying.phrase(text(record or {}, field))
                if found:
                    return found if len(found) <= _MOST else f"{found[:_MOST].rstrip()}…"
    return ""
