"""What the versions of a record say that do not stand: kept beside it, and shown quietly where the record stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.plan.versions import KEPT
from rchrp_goals.services import saying
from rchrp_goals.services.room import Detail

if TYPE_CHECKING:
    from rchrp_goals.content import Words

Tables = glance.Tables


def versions_beside(tables: Tables, table: str, id: str) -> list[Record]:
    """Return the versions of a record that do not stand, the newest first (``versions.py`` says which one stands)."""
    kept = [one for one in glance.standing(tables, KEPT) if (one.get("table"), one.get("of")) == (table, id)]
    found = [one["record"] for one in kept if isinstance(one.get("record"), Mapping)]
    return sorted(found, key=lambda one: text(one, "updated_at"), reverse=True)


def text_of(name: str) -> Callable[[Record], str]:
    """Return what says a record's own words, on one line."""
    return lambda record: saying.plain_text(text(record, name))


def before_this(
    tables: Tables, table: str, record: Record, words: Words, said: Callable[[Record], str], *, side: str = ""
) -> tuple[Detail, ...]:
    """Return what was said before this, each once; nothing where it is what stands, or nothing.

    ``said`` gives what is compared and shown of a version; ``side`` is how a sentence calls the record, where two stand
    beside each other.
    """
    versions = versions_beside(tables, table, text(record, "id"))
    if not versions:
        return ()
    stands = said(record)
    found = dict.fromkeys(other for one in versions if (other := said(one)) and other != stands)
    label = words.ui("rooms.before_of", side=side) if side else words.ui("rooms.before")
    return tuple(Detail(label, other) for other in found)
