"""Answer before you look back: whether old answers are covered, because a new one is under way or waits to be given.

Both faces ask this before they show where somebody stood before. It says nothing where there is nothing old.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, instant, text
from rchrp_goals.services.waiting import LAST_DAY

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Tables = Mapping[str, Mapping[str, Record]]
CONVERSATION = "values"
LOOKS = frozenset({"values", "look_again_and_values"})
"""The dates ahead that ask for another look at the values line."""
_DRAFTS = (("values", CONVERSATION), ("day-one", "day-one"))


class Cover(NamedTuple):
    """Why old answers are covered: a look is ``under_way``, or one ``waits`` (``reminders``: which dates ask for it).

    ``conversation`` is what goes on, or begins.
    """

    why: Literal["under_way", "waits"]
    conversation: str
    reminders: tuple[str, ...] = ()


def cover_of(desk: Desk, tables: Tables) -> Cover | None:
    """Return why old answers are covered, None where they may be seen. Raises as reading drafts does."""
    sessions = glance.standing(tables, "values")
    if not sessions:
        return None
    under_way = conversation_under_way(desk, tables)
    if under_way:
        return Cover("under_way", under_way)
    looks = [one for one in sessions if not text(one, "occasion").startswith("day_one")]
    newest = max((at for one in looks if (at := instant(one, "taken_at"))), default=None)
    waiting = tuple(
        row.id
        for row in glance.due_today(tables, desk.clock.today(), desk.clock.now())
        if row.kind == "reminder" and row.words in LOOKS and (newest is None or row.at is None or newest < row.at)
    )
    return Cover("waits", CONVERSATION, waiting) if waiting else None


def conversation_under_way(desk: Desk, tables: Tables) -> str:
    """Return the conversation in which a new answer was begun and is not given yet; empty where there is none."""
    for draft, conversation in _drafts_under_way(desk, tables):
        place = desk.drafts.read(LAST_DAY) if draft == CONVERSATION else None
        return LAST_DAY if place is not None and place.get("part") == draft else conversation
    return ""


def put_aside(desk: Desk) -> None:
    """Drop a look that is under way; what stands in the plan is not touched. Raises as a change of drafts does."""
    for draft, _ in [*_drafts_under_way(desk, desk.store.read().tables)]:
        desk.drafts.delete(draft)


def _drafts_under_way(desk: Desk, tables: Tables) -> Iterator[tuple[str, str]]:
    """Give each draft of a new answer, and its conversation.

    A draft whose session stands in the plan already is an answer that is only looked at again.
    """
    standing = {text(one, "id") for one in glance.standing(tables, "values")}
    for draft, conversation in _DRAFTS:
        document = desk.drafts.read(draft)
        ids = document.get("ids") if document is not None else None
        session = text(ids, "session") if isinstance(ids, dict) else ""
        if document is not None and not (session and session in standing):
            yield draft, conversation
