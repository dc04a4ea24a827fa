"""What a person changes about check-ins and about what they ask of others: each call is one change of the plan.

A check-in that was held stays as it is; what is put right stands beside it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rchrp_goals.services.keeping import need, put, take_out

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import PlanStore

Record = dict[str, Any]


def set_next_day(store: PlanStore, id: str, on: date | None, now: datetime) -> Record:
    """Keep when one wants to look again, as the check-in ``id`` has it; None: on no day. Raises ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("check_in_day"), now) as change:
        held = {key: value for key, value in need(change, "check_ins", id).items() if key != "next_on"}
        return put(change, "check_ins", {**held, **({"next_on": on.isoformat()} if on is not None else {})})


def put_right(store: PlanStore, id: str, said: str, now: datetime) -> Record:
    """Keep a word beside a check-in that was held. Raises ProblemError ``not_there``, AnswerRefused."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("put_right"), now) as change:
        need(change, "check_ins", id)
        what = {"kind": "check_in", "id": id}
        return put(change, "corrections", {"id": str(uuid4()), "what": what, "text": said, "at": change.instant})


def remove_check_in(store: PlanStore, id: str, now: datetime) -> None:
    """Take a check-in out, with what was put right of it; what it said of goals stays with them. Raises ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("check_in_removed"), now) as change:
        take_out(change, "check_ins", id)
        for one in change.all("corrections"):
            if one.get("what") == {"kind": "check_in", "id": id}:
                change.remove("corrections", one["id"])


def add_ask(store: PlanStore, said: str, to: str | None, now: datetime) -> Record:
    """Keep what one asks of somebody, in one's own words. Raises AnswerRefused."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("ask_added"), now) as change:
        named = {"to": to} if to else {}
        return put(change, "asks", {"id": str(uuid4()), "text": said, "asked_at": change.instant, **named})


def change_ask(store: PlanStore, id: str, said: str, to: str | None, now: datetime) -> Record:
    """Say an ask in other words, or of somebody else. Raises ProblemError ``not_there``, AnswerRefused."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("ask_changed"), now) as change:
        asked = {key: value for key, value in need(change, "asks", id).items() if key != "to"}
        return put(change, "asks", {**asked, "text": said, **({"to": to} if to else {})})


def answer_ask(store: PlanStore, id: str, now: datetime, *, is_answered: bool = True) -> Record:
    """Keep that an ask was answered, or that it is open again. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("ask_answered" if is_answered else "ask_open"), now) as change:
        asked = {key: value for key, value in need(change, "asks", id).items() if key != "answered_at"}
        return put(change, "asks", {**asked, **({"answered_at": change.instant} if is_answered else {})})


def remove_ask(store: PlanStore, id: str, now: datetime) -> None:
    """Take an ask out. Raises ProblemError ``not_there``."""
    from rchrp_goals.store.plan_store import What

    with store.change(What("ask_removed"), now) as change:
        take_out(change, "asks", id)
