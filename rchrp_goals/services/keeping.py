"""What all that changes a plan shares: a record that must be there, is kept as it is judged, or is taken out; an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.services.changes import derived_id

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import Change

Record = dict[str, Any]


def need(change: Change, table: str, id: str, problem: str = "not_there") -> Record:
    """Return a record. Raises ProblemError ``problem`` where it is gone."""
    record: Record | None = change.get(table, id)
    if record is None:
        raise ProblemError(problem)
    return record


def put(change: Change, table: str, record: Record) -> Record:
    """Keep a record once its model has judged it. Raises AnswerRefused, FileProblem ``record_wrong`` (table, field)."""
    from rchrp_goals.plan.records import checked

    kept: Record = change.put(table, checked(table, record))
    return kept


def take_out(change: Change, table: str, id: str) -> None:
    """Take a record out. Raises ProblemError ``not_there`` where it is gone already."""
    if not change.remove(table, id):
        raise ProblemError("not_there")


def put_answer(change: Change, question: str, outcome: str, until: date | None = None) -> None:
    """Keep what was answered to a question that can wait: one record a question, so that its last answer counts."""
    record = {"id": answer_id(question), "question": question, "outcome": outcome, "shown_at": change.instant}
    put(change, "asked", {**record, "until": until.isoformat()} if until is not None else record)


def answer_id(question: str) -> str:
    """Return the id under which the answer to a question that can wait is kept."""
    return derived_id("later", question)
