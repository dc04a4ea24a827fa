"""Practice: situations, what somebody would say in them, and when one is offered. None of it ever leaves the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.plan.text import room_id
from rchrp_goals.services import saying
from rchrp_goals.services.changes import derived_id

if TYPE_CHECKING:
    from rchrp_goals.content import Entry, Words
    from rchrp_goals.guide.conversation import Statement
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.store.plan_store import PlanStore

Record = Mapping[str, Any]

LONGEST_NAME = 47
"""Characters of a room's own situation that stand for its name."""
QUIET = timedelta(days=14)
"""After somebody said something in a situation, or left one, Home offers none for so long; nor in the first weeks."""


def situations(words: Words) -> list[Statement]:
    """Return every situation: the room's own first (``situations.txt``), then the shipped ones, in their order.

    Raises FileProblem where the room's file cannot be read.
    """
    from rchrp_goals.guide.conversation import Statement

    own = [Statement(room_id(line), 1, line) for line in words.room_lines("situations")]
    return [*own, *shipped(words)]


def shipped(words: Words) -> list[Statement]:
    """Return the shipped situations in their order."""
    from rchrp_goals.guide.conversation import Statement

    return [Statement(one.id, int(one.more.get("meaning", 1)), one.text) for one in _bank(words)]


def in_turn(words: Words, practised: Iterable[Record]) -> list[Statement]:
    """Return the situations as they come: those not met yet, then the one met longest ago first.

    Raises FileProblem where the room's file cannot be read.
    """
    last: dict[str, str] = {}
    for one in practised:
        last[text(one, "card")] = max(last.get(text(one, "card"), ""), text(one, "at"))
    return sorted(situations(words), key=lambda one: last.get(one.id, ""))


def name_of(words: Words, card: str, situation: str) -> str:
    """Return a situation's name for a list; one that has none (a room's own) is named by its beginning."""
    name = next((str(one.more.get("name", "")) for one in _bank(words) if one.id == card), "")
    return name or saying.beginning(saying.plain_text(situation), LONGEST_NAME)


def help_of(words: Words, card: str) -> str:
    """Return the line that may help in a situation, empty for one of the room's own."""
    return next((str(one.more.get("help", "")) for one in _bank(words) if one.id == card), "")


def practised(tables: glance.Tables) -> list[Record]:
    """Return what was said in situations, the newest first."""
    found = [one for one in glance.standing(tables, "practice") if text(one, "say").strip()]
    return sorted(found, key=lambda one: (text(one, "at"), text(one, "id")), reverse=True)


def practised_id(base: str, card: str) -> str:
    """Return the id of what is said in a situation in one sitting."""
    return derived_id(base, f"practice:{card}")


def said_before(desk: Desk, base: str, card: str) -> str:
    """Return what was said last in a situation before this sitting (``base``), with its day; empty for nothing."""
    before = [one for one in practised(desk.store.read().tables) if text(one, "card") == card]
    newest = next((one for one in before if one["id"] != practised_id(base, card)), None)
    if newest is None:
        return ""
    on = saying.local_day(newest, "at")
    said = saying.plain_text(text(newest, "say"))
    if on is None:
        return desk.words.ui("practice_room.before_once", said=said)
    day = saying.day_words(on, desk.clock.today(), desk.words, with_weekday=False)
    return desk.words.ui("practice_room.before", day=day, said=said)


def is_time_to_practise(tables: glance.Tables, today: date) -> bool:
    """Tell whether Home may offer a situation: two weeks after the last one, and after the plan began."""
    days = [saying.local_day(one, "at") for one in glance.standing(tables, "practice")]
    days += [
        saying.local_day(one, "shown_at")
        for one in glance.standing(tables, "asked")
        if text(one, "question").startswith("practice.")
    ]
    started = [saying.local_day(one, "created_at") for name in _BEGINNINGS for one in glance.standing(tables, name)]
    days.append(min((on for on in started if on is not None), default=None))
    return all(on is None or today - on >= QUIET for on in days)


_BEGINNINGS = ("agreements", "values", "goals", "learning", "steps")


def remove_practised(store: PlanStore, id: str, now: datetime) -> None:
    """Remove what was said once in a situation. Raises ProblemError ``not_there``."""
    from rchrp_goals.services.keeping import take_out
    from rchrp_goals.store.plan_store import What

    with store.change(What("practice_removed"), now) as change:
        take_out(change, "practice", id)


def _bank(words: Words) -> list[Entry]:
    return words.bank("situations")
