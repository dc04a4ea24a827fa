"""The plan as data: every table but history and kept versions, in the layout of the plan file itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LEFT_OUT = frozenset({"history", "kept_versions"})
"""What stays with the app: versions of records that were taken back or lost."""

Record = Mapping[str, Any]


def documents(tables: Mapping[str, Mapping[str, Record]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return tables of records, each under TinyDB's own key (1, 2, ...), as any TinyDB reads them; none is empty."""
    return {
        name: {str(number): dict(record) for number, record in enumerate(records.values(), start=1)}
        for name, records in tables.items()
        if name not in LEFT_OUT and records
    }
