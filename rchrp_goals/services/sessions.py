"""Values sessions: what a part writes into them, until when they may be changed, and Day One beside them.

A session is changed until its sitting's plan page is done, at most until its local day is over. From then on it is
closed: what was placed in it stays, and only a statement that it does not hold yet can be added.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan.lenient import instant
from rchrp_goals.plan.text import room_id
from rchrp_goals.plan.values import CORE_STATEMENTS, ROOM

if TYPE_CHECKING:
    from rchrp_goals.guide.conversation import Conversation
    from rchrp_goals.services.desk import Desk

Record = dict[str, Any]
Sessions = Mapping[str, Record]

AT_THE_TIME = "at_the_time"
_WHERE = frozenset({"position", "passed", "reason"})
"""What a placement says of where somebody stands; the rest says of what."""


def is_closed(session: Mapping[str, Any], today: date) -> bool:
    """Tell whether a session may not be changed any more: it was closed, or its local day is over.

    One that was entered later is open for the day on which it was entered.
    """
    times = (
        ("taken_at", "created_at") if session.get("entered", AT_THE_TIME) == AT_THE_TIME else ("created_at", "taken_at")
    )
    taken = instant(session, times[0]) or instant(session, times[1])
    return session.get("state") == "closed" or (taken is not None and taken.astimezone().date() < today)


def day_one_session(sessions: Sessions, except_id: str = "") -> Record | None:
    """Return the newest session of Day One, or None."""
    found = [one for id, one in sessions.items() if one.get("occasion") == "day_one_part_1" and id != except_id]
    return max(found, key=lambda one: str(one.get("taken_at", "")), default=None)


def close_sessions(desk: Desk) -> None:
    """Close every values session that is open."""
    _close(desk, is_all=True)


def close_sessions_of_other_days(desk: Desk) -> bool:
    """Write down that the sessions of days that are over are closed; True where there was one."""
    today = desk.clock.today()
    is_stale = any(one.get("state") == "open" and is_closed(one, today) for one in desk.store.read().records("values"))
    if is_stale:
        _close(desk, is_all=False)
    return is_stale


def _close(desk: Desk, *, is_all: bool) -> None:
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("values_closed" if is_all else "day_over"), desk.clock.now()) as change:
        for session in change.all("values"):
            if session.get("state") == "open" and (is_all or is_closed(session, desk.clock.today())):
                change.put("values", {**session, "state": "closed"})


def placements_of(session: Mapping[str, Any]) -> list[Record]:
    """Return the placements of a session that can be read, as they stand."""
    found = session.get("placements")
    return [
        one
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, dict) and isinstance(one.get("statement"), str) and isinstance(one.get("text"), str)
    ]


def waiting_texts(session: Mapping[str, Any]) -> list[str]:
    """Return the room's sentences that were not asked yet."""
    found = session.get("further")
    placed = {one["statement"] for one in placements_of(session)}
    texts = [text for text in found if isinstance(text, str)] if isinstance(found, list) else []
    return [text for text in texts if room_id(text) not in placed]


# What a part writes


def session_of(conversation: Conversation, sessions: Sessions, occasion: str, taken_at: str, today: date) -> Record:
    """Return the session that a part's answers make of the one that stands; passed placements where nothing was placed."""
    id = conversation.draft.ids["session"]
    standing = sessions.get(id, {})
    stood = {one["statement"]: one for one in placements_of(standing)}
    core, beside = conversation.statements[:CORE_STATEMENTS], conversation.statements[CORE_STATEMENTS:]
    said = {one["statement"]: one for one in _said(conversation)}
    is_whole = not (conversation.only and standing)
    if is_whole and not said:
        said = {one.id: _placement(one.id, one.meaning, one.text, None) for one in core}
    record = {
        "occasion": occasion,
        "taken_at": taken_at,
        "entered": "at_the_time",
        "state": "open",
        **standing,
        "id": id,
    }
    if standing and is_closed(standing, today):
        said = {name: one for name, one in said.items() if name not in stood}
    elif is_whole:
        # a whole part says all of the first six anew; what was placed beside them later stays
        names = {one.id for one in beside}
        stood = {name: one for name, one in stood.items() if name in said or name in names}
        record["further"] = [one.text for one in beside if one.id.startswith(ROOM)]
    placements = [_moved(one, said.pop(name, one)) for name, one in stood.items()]
    return {**record, "placements": [*placements, *said.values()]}


def day_one_of(
    conversation: Conversation, sessions: Sessions, now: list[Record], taken_at: str, today: date
) -> Record | None:
    """Return the Day One session that a line of positions makes, an empty one where the line was taken back.

    None where nothing of it changes. A line opened alone moves the placements that stand; else it says where somebody
    stood on the statements of the placements of ``now``.
    """
    ids, answers = conversation.draft.ids, conversation.draft.answers
    standing = sessions.get(ids["day_one"], {})
    if standing and is_closed(standing, today):
        return None
    line = conversation.value("day_one", "positions") or conversation.value("day_one_later", "positions")
    if not isinstance(line, list):
        is_taken_back = standing and ("day_one" in answers or "day_one_later" in answers)
        return {} if is_taken_back else None
    is_moved = bool(standing and conversation.only)
    placements = [
        one
        if is_moved and one.get("position") == position
        else _placement(one["statement"], one.get("meaning", 1), one["text"], position)
        for one, position in zip(placements_of(standing) if is_moved else now, line, strict=False)
    ]
    return {
        "occasion": "day_one_part_1",
        "taken_at": taken_at,
        "entered": "from_paper",
        "state": "open",
        **standing,
        "id": ids["day_one"],
        "placements": placements,
    }


def _said(conversation: Conversation) -> list[Record]:
    """Return the placements of the statements on the road; one that was not answered counts as passed."""
    placements = []
    for stop in conversation.road:
        if stop.statement is None:
            continue
        answer = conversation.draft.answers.get(stop.key, {})
        values = answer.get("values", {})
        one = _placement(
            stop.statement.id,
            answer.get("meaning", stop.statement.meaning),
            answer.get("shown", stop.statement.text),
            values.get("position"),
        )
        placements.append({**one, "reason": values["reason"]} if values.get("reason") else one)
    return placements


def _placement(statement: str, meaning: int, text: str, position: int | None) -> Record:
    where = {"passed": True} if position is None else {"position": position}
    return {"statement": statement, "meaning": meaning, "text": text, **where}


def _moved(standing: Record, said: Record) -> Record:
    """Return a placement as it is said now; where nobody moved it stays as it was shown then, whatever is spoken now."""
    if all(standing.get(key) == said.get(key) for key in ("position", "reason", "meaning")):
        return standing
    return {**{key: value for key, value in standing.items() if key not in _WHERE}, **said}
