"""The daily call that a system's scheduler makes: what is called, at which hour, and that it really starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.asking import HOURS
from rchrp_goals.remind import timers
from rchrp_goals.remind.scheduling import Order
from rchrp_goals.services.reminders import usual

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.remind.machine import Machine
    from rchrp_goals.services.desk import Desk

PROGRAM = "rchrp-goals"


def order(desk: Desk, program: tuple[str, ...], hour: int | None, language: str | None, *, with_titles: bool) -> Order:
    """Return what is to be called each day.

    The command says the folder, and the language unless it is None (then the settings say it): a scheduler knows
    neither. ``hour`` None: the usual one of the reminders, else nine.

    Raises ProblemError ``commands.remind.hour_quiet`` for an hour in which nothing ever comes, and
    ``commands.remind.path_odd`` where a path cannot stand in a timer.
    """
    tables = desk.store.read().tables
    at = usual(tables).hour if hour is None else hour
    quiet = glance.rest_on(tables).hours
    if at in quiet:
        raise ProblemError("commands.remind.hour_quiet", hour=at, free=_free_hour(at, quiet))
    spoken = ("--lang", language) if language else ()
    titles = ("--titles",) if with_titles else ()
    command = (*program, "--data", desk.places.data, *spoken, *timers.CALLED, *titles)
    if not timers.is_carried(command):
        raise ProblemError("commands.remind.path_odd")
    return Order(command, at, about(desk.words))


def silence(desk: Desk, environ: Mapping[str, str]) -> str:
    """Return a sentence where the timer for this plan calls in quiet hours, so that it says nothing; else no words.

    Where there are no quiet hours nothing of the system is looked at. Raises as reading the plan does.
    """
    quiet = glance.rest_on(desk.store.read().tables).hours
    if not quiet:
        return ""
    from rchrp_goals.remind.machine import Machine
    from rchrp_goals.remind.scheduling import schedulers

    for scheduler in schedulers(Machine(environ)):
        try:
            text = "\n".join(piece.text for piece in scheduler.installed())
        except ProblemError:  # a table that cannot be read now: nothing is known of it
            continue
        hour = timers.hour_in(text)
        if hour is not None and hour in quiet and timers.holds(text, desk.places.data):
            return desk.words.ui("commands.remind.silent", hour=hour, free=_free_hour(hour, quiet))
    return ""


def _free_hour(hour: int, quiet: frozenset[int]) -> int:
    """Return the next hour that is not quiet."""
    return next(one % HOURS for one in range(hour, hour + HOURS) if one % HOURS not in quiet)


def about(words: Words) -> str:
    """Return what a system may show about the timer: nothing of what it is."""
    return words.ui("commands.remind.about")


def program_of(machine: Machine, called: str, python: str) -> tuple[str, ...]:
    """Return how this program is called from anywhere: as it was now, else through its Python.

    ``called`` is the first word of this call, ``python`` the interpreter. On Windows that without a window is taken.
    """
    name = os.path.basename(called)
    path = os.path.abspath(called)
    if machine.platform == "win32":
        quiet = os.path.join(os.path.dirname(python), "pythonw.exe")
        python = quiet if os.path.isfile(quiet) else python
    elif name == PROGRAM and os.access(path, os.X_OK):
        return (path,)
    if name.endswith(".pyz") and os.path.isfile(path):
        return (python, path)
    return (python, "-P", "-m", "rchrp_goals")


def must_show(machine: Machine) -> None:
    """Look whether a notice could be shown here at all: a timer that fails each day would fail unheard.

    Raises ProblemError ``commands.remind.nothing_to_show_with`` (tool).
    """
    from rchrp_goals.remind.notify import tool_of

    if not machine.has(tool_of(machine)):
        raise ProblemError("commands.remind.nothing_to_show_with", tool=tool_of(machine))


def must_start(machine: Machine, program: tuple[str, ...]) -> None:
    """Call the program as a scheduler would, with nothing of this terminal's environment, and let it do nothing.

    Raises ProblemError ``commands.remind.does_not_start`` (program).
    """
    if not machine.run([*program, timers.CALLED[0], "--help"], bare=True).is_fine:
        raise ProblemError("commands.remind.does_not_start", program=" ".join(program))
