"""What the app opens with: a conversation, Home, or a page that says why neither is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.waiting import LAST_DAY, waiting_conversation
from rchrp_goals.store.locks import WindowLock

if TYPE_CHECKING:
    from rchrp_goals.services.sitting import Sitting


class Opening(NamedTuple):
    """``kind`` is ``ask`` (with the sitting, maybe at its plan page), ``home``, ``second_window`` or ``trouble``."""

    kind: str
    sitting: Sitting | None = None
    problem: ProblemError | None = None


def open_desk(desk: Desk, begins: str | None, lock: WindowLock) -> Opening:
    """Take the window's lock and find out what is shown first; nothing is changed.

    ``begins`` is None without a command, "" for ``begin`` alone, else a conversation's name. A waiting draft is offered
    on Home; where there is no plan yet it goes on at once, and a first run goes straight into the last day.
    """
    try:
        if not lock.acquire():
            return Opening("second_window")
        has_plan = desk.store.read().exists  # a file that cannot be read has its own page, whatever was to be shown
        if begins is None:
            if has_plan:
                return Opening("home")
            begins = ""
        from rchrp_goals.services.sitting import Sitting

        return Opening("ask", Sitting(desk, begins or waiting_conversation(desk) or LAST_DAY))
    except FileProblem as problem:
        return Opening("trouble", problem=problem)
