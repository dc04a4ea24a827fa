"""What may leave: one table that decides what a share, a packet, an export for someone and the page for the wall hold.

What stands in no column does not leave.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

DEFAULT, TICKED, NEVER = "default", "ticked", "never"
"""The columns: leaves by default; leaves when it is ticked, one by one; never leaves."""

ANY = "*"
"""Every field of a table."""

LEAVES: Mapping[str, Mapping[str, str]] = {
    "person": {"name": DEFAULT, "pronouns": TICKED, "someone_to_call": NEVER},
    "goals": {
        "title": DEFAULT,
        "levels": DEFAULT,
        "review_on": DEFAULT,
        "why": TICKED,
        "focus": TICKED,
        "values_served": TICKED,
        "supporters": TICKED,
        "state_why": TICKED,
    },
    "steps": {"text": DEFAULT, "moment": DEFAULT, "due": DEFAULT, "done_on": DEFAULT, "with_whom": TICKED},
    "reminders": {"next_at": DEFAULT, "words": DEFAULT},
    "learning": {"title": DEFAULT, "hours": DEFAULT, "planned_for": DEFAULT, "done_on": DEFAULT},
    "asks": {"text": DEFAULT},
    "focus": {
        "area": TICKED,
        "knowledge": TICKED,
        "attitudes": TICKED,
        "practice": TICKED,
        "resources": TICKED,
        "skills": TICKED,
    },
    "values": {"placements": TICKED, "occasion": TICKED, "taken_at": TICKED},
    "rulers": {
        "importance": TICKED,
        "confidence": TICKED,
        "what_makes_it": TICKED,
        "what_makes_it_about": TICKED,
    },
    "if_thens": {"obstacle": TICKED, "then": TICKED},
    "progress": {"note": TICKED},
    "reflections": {"answers": TICKED},
    "agreements": {"text": TICKED},
    "resources": {"name": TICKED, "what_for": TICKED, "how_to_reach": TICKED},
    "check_ins": {"summary": TICKED},
    "corrections": {"text": TICKED},
    "supports": {"owed_by": TICKED, "what": TICKED, "by_when": TICKED},
    "history": {ANY: NEVER},
    "kept_versions": {ANY: NEVER},
    "asked": {ANY: NEVER},
    "letters": {ANY: NEVER},
    "practice": {ANY: NEVER},
}
"""Table and field: in which column they stand."""

WORDLESS = frozenset({"id", "created_at", "goal", "step", "order", "state", "on"})
"""Fields that say nothing by themselves and travel with a record of which something leaves: ids, order, state."""


def column(table: str, field: str) -> str:
    """Return the column of a field: ``default``, ``ticked`` or ``never`` (where it stands in none)."""
    fields = LEAVES.get(table, {})
    return fields.get(field, fields.get(ANY, NEVER))


def what_leaves(
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]], columns: Collection[str] = (DEFAULT,)
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return only what stands in these columns; a removed record, and one of which nothing leaves, is not in it."""
    leaving: dict[str, dict[str, dict[str, Any]]] = {}
    for name, records in tables.items():
        kept = {}
        for id, record in records.items():
            fields = {field: value for field, value in record.items() if column(name, field) in columns}
            if fields and not record.get("removed_at"):
                along = {field: value for field, value in record.items() if field in WORDLESS}
                kept[id] = {**along, **fields}
        if kept:
            leaving[name] = kept
    return leaving
