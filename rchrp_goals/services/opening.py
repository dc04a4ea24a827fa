"""What the app opens with: a conversation, Home, or a page that says why neither is possible."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.waiting import LAST_DAY, waiting_conversation
from rchrp_goals.store.locks import WindowLock

if TYPE_CHECKING:
    from rchrp_goals.services.sitting import Sitting


class Opening(NamedTuple):
    """``kind`` is ``ask`` (with the sitting, maybe at its plan page), ``home``, ``second_window`` or ``trouble``.

    ``is_back``: somebody comes back after a long while, and is welcomed before Home.
    """

    kind: str
    sitting: Sitting | None = None
    problem: ProblemError | None = None
    is_back: bool = False


def open_desk(
    desk: Desk, begins: str | None, lock: WindowLock, tell_kept: Callable[[str], object] | None = None
) -> Opening:
    """Take the window's lock and find out what is shown first; nothing is changed.

    ``begins`` is None without a command, "" for ``begin`` alone, else a conversation's name. A waiting draft is offered
    on Home; where there is no plan yet it goes on at once, and a first run goes straight into the last day. In a folder
    that may only be read Home is shown all the same. ``tell_kept``: as ``take_window`` takes it.
    Raises ProblemError where nothing can be opened.
    """
    try:
        if not take_window(desk, lock, tell_kept):
            return Opening("second_window")
        plan = desk.store.read()  # a file that cannot be read has its own page, whatever was to be shown
        if begins is None:
            if plan.exists:
                from rchrp_goals.services.away import is_away

                return Opening("home", is_back=is_away(plan.tables, lock.last_opened(), desk.clock.now()))
            begins = ""
        from rchrp_goals.services.sitting import Sitting

        return Opening("ask", Sitting(desk, begins or waiting_conversation(desk) or LAST_DAY))
    except FileProblem as problem:
        return Opening("trouble", problem=problem)


def take_window(desk: Desk, lock: WindowLock, tell_kept: Callable[[str], object] | None = None) -> bool:
    """Take the window's lock; False where another window has it. A plan that may only be read is read without it.

    What a killed program left of a text that was open in an editor is removed then: as it was handed over it stands in the
    draft. What the editor saved since is kept in ``backups/``, and ``tell_kept`` is called with the path.

    Raises ProblemError where no lock can be made, and there is no plan to look at.
    """
    try:
        is_ours = lock.acquire()
    except ProblemError as problem:
        if problem.key != "plan_read_only" or not desk.store.read().exists:
            raise
        return True
    if is_ours and os.path.lexists(desk.places.editing):
        from rchrp_goals.store.edited_file import keep_left_behind

        kept = keep_left_behind(desk.places, desk.clock.now())
        if kept and tell_kept is not None:
            tell_kept(kept)
    return is_ours
