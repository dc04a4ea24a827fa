"""Which of two versions of one record stands, and how the other is kept.

Higher revision, then later ``updated_at``, then the greater sha256 of the record: the same answer in any order, on any
machine, so that two copies of a plan become equal whichever is brought into which.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from rchrp_goals.plan.lenient import number, text

KEPT = "kept_versions"
"""The table of versions that do not stand."""

Record = Mapping[str, Any]


def is_same(one: Record, other: Record) -> bool:
    """Tell whether two versions say the same; ``1``, ``1.0`` and ``true`` are three things."""
    return one == other and _written(one) == _written(other)


def stands(one: Record, other: Record) -> bool:
    """Tell whether ``one`` stands before ``other``."""
    return _rank(one) >= _rank(other)


def kept_version(table: str, record: Record) -> dict[str, Any]:
    """Return the record that keeps a version that does not stand. The same version has the same id each time."""
    id = uuid5(NAMESPACE_OID, f"kept:{table}:{record.get('id')}:{_sha256(record)}")
    return {"id": str(id), "table": table, "of": record.get("id"), "record": dict(record)}


def _rank(record: Record) -> tuple[int, str, str]:
    return (max(number(record, "revision"), 0), text(record, "updated_at"), _sha256(record))


def _sha256(record: Record) -> str:
    return hashlib.sha256(_written(record)).hexdigest()


def _written(record: Record) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
