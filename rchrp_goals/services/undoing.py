"""Undo in words: what would be taken back, and what was. One step at a time, over the last hundred changes.

The words come from the wording (``ui.toml``, ``[history]``; with the person's own text: ``commands.toml``, ``[named]``)
and from the records themselves. Nothing that a person wrote is copied into a history entry's arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.plan.lenient import instant, text
from rchrp_goals.plan.text import shown
from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.saying import beginning, phrase

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.store.plan_store import Before, Entry, PlanStore, Tables, Taken

LONGEST_TEXT = 60
"""Characters of a person's text in a sentence about it."""

_NAMES = {
    "goals": "title",
    "steps": "text",
    "learning": "title",
    "resources": "name",
    "focus": "area",
    "agreements": "text",
}
"""The field that names a record of a table; in a change of several tables the first of these is what it was about."""

_TABLE_OF = {"goal": "goals", "step": "steps", "learning": "learning", "place": "resources", "area": "focus"}
"""What a change is about where the first word of its key says so, whatever else went along."""

_LINKS = {"if_thens": ("goal",), "rulers": ("goal", "step"), "progress": ("goal",), "asked": ("about",)}
"""Records without a name of their own: the fields that say what they are about."""

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When a change was made that does not say when: so it is asked about."""

_ABOUT_SEVERAL_THINGS = frozenset(
    {"part_start", "part_values", "part_day_one", "part_ahead", "values_closed", "renewal_category"}
)


class Waiting(NamedTuple):
    """A change that can be taken back: its words, when it was done, that day in words, and its id."""

    words: str
    at: datetime
    day: str
    id: str = ""


def undoable(store: PlanStore, words: Words) -> list[Waiting]:
    """Return the changes that undo after undo would take back, the next one first. Raises as ``store.read`` does."""
    entries, tables = store.to_undo()
    return [_waiting(entry, tables, words) for entry in entries]


def next_undo(store: PlanStore, words: Words) -> Waiting | None:
    """Return what would be taken back now; None where nothing is left. Raises as ``store.read`` does."""
    entries, tables = store.to_undo()
    return _waiting(entries[0], tables, words) if entries else None


def with_day(change: Waiting, words: Words) -> str:
    """Return what a change did, and on what day, as one line."""
    return words.ui("rooms.undo_older", what=change.words, day=change.day)


def undo(store: PlanStore, words: Words, now: datetime, *, only: str = "") -> str | None:
    """Take back the last change and return what that was, as a sentence; None where nothing is left to take back.

    ``only`` is the id of the change that somebody was told of: None too where another one came since.
    One save. What the change made is removed, what it changed comes back as a new revision. A record that was changed
    elsewhere since stays as it is now, and the sentence says so. Raises as ``store.change`` does.
    """
    taken = store.take_back(now, only)
    if taken is None:
        return None
    return _said(taken, words)


def _waiting(entry: Entry, tables: Tables, words: Words) -> Waiting:
    at = instant({"at": entry.at}, "at") or _LONG_AGO
    return Waiting(_what(entry, tables, words), at, full_date(at.astimezone().date(), words), entry.id)


def _said(taken: Taken, words: Words) -> str:
    what = _what(taken.entry, taken.tables, words)
    if taken.kept:
        return f"{words.ui('rooms.undone', what=what)} {words.ui('commands.undo.restored', path=shown(taken.kept))}"
    if not taken.moved_on:
        return words.ui("rooms.undone", what=what)
    is_whole = len(taken.moved_on) == len(taken.entry.before)
    said = words.ui("commands.undo.not_undone" if is_whole else "rooms.undone", what=what)
    return f"{said} {words.ui('commands.undo.moved_on', n=len(taken.moved_on))}"


def _what(entry: Entry, tables: Tables, words: Words) -> str:
    """Return what a change did: "step “Call Rosa” removed"; one that a newer version wrote is only called a change."""
    key = entry.what.key
    plain = words.ui(f"history.{key}" if words.has_ui(f"history.{key}") else "history.other")
    named = "" if key in _ABOUT_SEVERAL_THINGS else _text_of(key, entry.before, tables)
    if not named:
        return plain
    if words.has_ui(f"commands.named.{key}"):
        return words.ui(f"commands.named.{key}", text=named)
    return words.ui("rooms.undone_what", what=plain, text=named)


def _text_of(key: str, parts: Iterable[Before], tables: Tables) -> str:
    """Return the name of what a change was about; empty where that is several things, or has none."""
    found = list(parts)
    about = _TABLE_OF.get(key.partition("_")[0], "")
    for table in sorted(_NAMES, key=lambda name: name != about):
        own = [part for part in found if part.table == table]
        if own:
            return _name(table, [tables.get(table, {}).get(own[0].id), own[0].record]) if len(own) == 1 else ""
    for table, links in _LINKS.items():
        own = [part for part in found if part.table == table]
        if own:
            records = [tables.get(table, {}).get(own[0].id), own[0].record]
            return _name_of_linked(records, links, tables) if len(own) == 1 else ""
    return ""


def _name(table: str, versions: Iterable[Mapping[str, Any] | None]) -> str:
    """Return the name in the first version that has one: as it stands now, else as it stood before."""
    for record in versions:
        name = phrase(text(record, _NAMES[table])) if record is not None else ""
        if name:
            return beginning(name, LONGEST_TEXT)
    return ""


def _name_of_linked(versions: Iterable[Mapping[str, Any] | None], links: Iterable[str], tables: Tables) -> str:
    ids = [text(record, link) for record in versions if record is not None for link in links]
    for id in filter(None, ids):
        for table in _NAMES:
            name = _name(table, [tables.get(table, {}).get(id)])
            if name:
                return name
    return ""
