"""Reads one field of a record and never fails: what is of another kind reads as absent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

Record = Mapping[str, Any]


def text(record: Record, key: str) -> str:
    """Return a text field, empty where it is absent or no text."""
    value = record.get(key)
    return value if isinstance(value, str) else ""


def number(record: Record, key: str) -> int:
    """Return a whole number, 0 where it is absent or none."""
    value = record.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def parts(record: Record, key: str) -> list[Record]:
    """Return the records of a list that stands in a record; what is none is left out."""
    value = record.get(key)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def day(record: Record, key: str) -> date | None:
    """Return a local date, None where it is absent or none."""
    return read_day(text(record, key))


def read_day(value: str) -> date | None:
    """Return the date that ``2026-12-01`` is, None for anything else."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def instant(record: Record, key: str) -> datetime | None:
    """Return an instant in UTC, None where it is absent, none, or without a time zone."""
    try:
        found = datetime.fromisoformat(text(record, key))
    except ValueError:
        return None
    # The first and last years have no room for a time zone.
    has_room = date.min.year < found.year < date.max.year
    return found.astimezone(UTC) if found.tzinfo is not None and has_room else None


def instant_text(at: datetime) -> str:
    """Return an instant as the plan writes it: UTC with microseconds and Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
