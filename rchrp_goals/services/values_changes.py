"""What can be done to values sessions beside answering: enter Day One later, look back at it, put something right.

Each is one change of the plan. What was placed in a closed session is never touched: a look back stands beside the
placement, and what is put right is a record of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from uuid import uuid4

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.services.keeping import need, put, put_answer
from rchrp_goals.services.sessions import is_closed, placements_of

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk

Part = Literal["day_one_part_1", "day_one_part_2"]
Entered = Literal["from_paper", "from_memory"]
Statement = Mapping[str, Any]
"""A statement as it was shown: ``statement``, ``meaning``, ``text``."""


class Name(NamedTuple):
    """How a statement is told from others: its id and its meaning number."""

    statement: str
    meaning: int


NOON = 12
"""The hour of a day that was only noted as a day."""


def add_day_one(
    desk: Desk,
    part: Part,
    statements: Sequence[Statement],
    positions: Sequence[int | None],
    *,
    entered: Entered,
    on: date | None,
) -> str:
    """Write a session of Day One that is entered later, and return its id. ``on`` is its day where it is known.

    Raises ProblemError ``day_one_there`` where that part stands already, or as a save does.
    """
    from rchrp_goals.store.plan_store import What

    id = str(uuid4())
    placed = [
        {**{key: one[key] for key in ("statement", "meaning", "text")}, **_place(position)}
        for one, position in zip(statements, positions, strict=True)
    ]
    record: dict[str, Any] = {
        "id": id,
        "occasion": part,
        "entered": entered,
        "state": "open",
        "placements": placed,
    }
    with desk.store.change(What("part_day_one"), desk.clock.now()) as change:
        if any(one.get("occasion") == part for one in change.all("values")):
            raise ProblemError("day_one_there")
        if on is not None:
            record["taken_at"] = instant_text(desk.clock.instant(on, NOON))
        put(change, "values", record)
    return id


def look_back(desk: Desk, session_id: str, about: Name, position: int | None) -> None:
    """Keep where somebody thinks now that they stood on Day One, beside what they placed in a later session.

    None takes it away. The place itself stays, and so does that of Day One.

    Raises ProblemError ``not_there``, or as a save does.
    """
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("looked_back"), desk.clock.now()) as change:
        session = need(change, "values", session_id)
        found = [one for one in placements_of(session) if _is_of(one, about)]
        if not found:
            raise ProblemError("not_there")
        changed = {key: value for key, value in found[0].items() if key != "looking_back"}
        if position is not None:
            changed["looking_back"] = position
        stood = session["placements"]
        placed = [changed if one is found[0] else one for one in stood]
        put(change, "values", {**session, "placements": placed})


def put_right(desk: Desk, session_id: str, about: Name, said: str, position: int | None) -> None:
    """Keep a word, and a place where there is one, beside what a closed session holds; both stand from now on.

    Raises ProblemError ``not_there``, ``session_open`` where it may still be changed itself, or as a save does.
    """
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("put_right"), desk.clock.now()) as change:
        session = need(change, "values", session_id)
        if not is_closed(session, desk.clock.today()):
            raise ProblemError("session_open")
        if not any(_is_of(one, about) for one in placements_of(session)):
            raise ProblemError("not_there")
        record = {
            "id": str(uuid4()),
            "what": {"kind": "values", "id": session_id},
            "statement": about.statement,
            "meaning": about.meaning,
            "text": said,
            "at": change.instant,
            **({} if position is None else {"position": position}),
        }
        put(change, "corrections", record)


def answer_follow(desk: Desk, question: str, *, is_passed: bool) -> None:
    """Keep that somebody answered whether a goal wants to follow (``question`` as ``asked`` names it). Raises as a save."""
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("answered"), desk.clock.now()) as change:
        put_answer(change, question, "passed" if is_passed else "done")


def link_goal(desk: Desk, goal_id: str, served: str, question: str = "") -> None:
    """Link a goal with a statement; ``question`` is what that answers, if anything. One change.

    Raises ProblemError ``goal_not_there``, or as a save does.
    """
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("goal_linked"), desk.clock.now()) as change:
        goal = need(change, "goals", goal_id, "goal_not_there")
        put(change, "goals", {**goal, "values_served": [*_served(goal, served), served]})
        if question:
            put_answer(change, question, "done")


def unlink_goal(desk: Desk, goal_id: str, served: str) -> None:
    """Take the link of a goal with a statement away. Raises ProblemError ``goal_not_there``, or as a save does."""
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("goal_unlinked"), desk.clock.now()) as change:
        goal = need(change, "goals", goal_id, "goal_not_there")
        put(change, "goals", {**goal, "values_served": _served(goal, served)})


def _served(goal: Mapping[str, Any], but: str) -> list[str]:
    found = goal.get("values_served")
    return [one for one in found if isinstance(one, str) and one != but] if isinstance(found, list) else []


def _is_of(one: Mapping[str, Any], about: Name) -> bool:
    return (one["statement"], one.get("meaning", 1)) == about


def _place(position: int | None) -> dict[str, Any]:
    return {"passed": True} if position is None else {"position": position}
