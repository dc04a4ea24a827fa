"""The values line: positions, their words, and then and now.

No score and no good direction: staying where one was is a result, and so is passing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rchrp_goals.errors import AnswerRefused

LOWEST, HIGHEST = 0, 10
CORE_STATEMENTS = 6
ROOM = "room-"
"""How the name of a room's own statement begins (``text.room_id``)."""
PASSED_MARKS = frozenset({"p", "-", "x", "pass", "/pass", "pasar", "/pasar", "paso"})

_POSITION_NAMES = (
    (0, "strongly_disagree"),
    (2, "disagree"),
    (4, "leaning_disagree"),
    (5, "middle"),
    (7, "leaning_agree"),
    (9, "agree"),
    (10, "strongly_agree"),
)

Placement = Mapping[str, Any]
"""A placement as a record holds it: statement, meaning, text, position (0 to 10; absent where it was passed), reason."""


def position_name(position: int) -> str:
    """Return the name of a position's words (``ui.toml``, ``[position]``): 0, 1-2, 3-4, 5, 6-7, 8-9, 10.

    Raises AnswerRefused ``position_range`` outside 0 to 10.
    """
    if position < LOWEST:
        raise AnswerRefused("position_range")
    for limit, name in _POSITION_NAMES:
        if position <= limit:
            return name
    raise AnswerRefused("position_range")


def read_position(text: str) -> int:
    """Read one position as people type it. Raises AnswerRefused ``position_range`` for anything but 0 to 10."""
    stripped = text.strip()
    if not stripped.isascii() or not stripped.isdigit() or len(stripped) > 3 or int(stripped) > HIGHEST:
        raise AnswerRefused("position_range")
    return int(stripped)


def read_positions(text: str, count: int) -> list[int | None]:
    """Read a Day One line such as ``3 7 p 5 0 10``, parted by blanks; ``p`` is a statement that was passed.

    Raises AnswerRefused ``positions_count`` (given, count) or ``position_range``.
    """
    parts = text.split()
    found = [None if part.casefold() in PASSED_MARKS else read_position(part) for part in parts]
    if len(found) != count:
        raise AnswerRefused("positions_count", n=count, given=len(found))
    return found


class Compared(NamedTuple):
    """One statement then and now. ``then`` and ``now`` are positions, or None for passed; a missing side is ``absent``."""

    statement: str
    then_text: str
    now_text: str
    then: int | None
    now: int | None
    then_given: bool
    now_given: bool
    meaning: int = 1


def compare(then: Sequence[Placement], now: Sequence[Placement]) -> list[Compared]:
    """Set two sessions side by side by statement and meaning, in the order of ``now``; what only ``then`` has is last.

    A statement whose meaning number changed between them is a different statement: it is not compared.
    """
    earlier = {(one["statement"], one.get("meaning", 1)): one for one in then}
    rows = []
    for one in now:
        before = earlier.pop((one["statement"], one.get("meaning", 1)), None)
        rows.append(
            Compared(
                one["statement"],
                before["text"] if before else "",
                one["text"],
                before.get("position") if before else None,
                one.get("position"),
                before is not None,
                True,
                one.get("meaning", 1),
            )
        )
    rows += [
        Compared(one["statement"], one["text"], "", one.get("position"), None, True, False, one.get("meaning", 1))
        for one in earlier.values()
    ]
    return rows
