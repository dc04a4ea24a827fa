"""Which scheduler of this system calls us each day: Task Scheduler, launchd, a systemd user timer where the person's
session has one, else cron.
"""

from __future__ import annotations

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind.machine import Machine
from rchrp_goals.remind.own_tables import Cron, TaskScheduler
from rchrp_goals.remind.scheduler import Order, Piece, Scheduler
from rchrp_goals.remind.unit_files import Launchd, Systemd

__all__ = ["Order", "Piece", "Scheduler", "chosen", "schedulers"]


def schedulers(machine: Machine) -> list[Scheduler]:
    """Return the ways that this kind of system may have, the better first, whether or not they are there now."""
    if machine.platform == "win32":
        return [TaskScheduler(machine)]
    if machine.platform == "darwin":
        return [Launchd(machine)]
    return [Systemd(machine), Cron(machine)]


def chosen(machine: Machine) -> Scheduler:
    """Return the way that is there. Raises ProblemError ``commands.remind.no_scheduler``."""
    for one in schedulers(machine):
        if one.is_there():
            return one
    raise ProblemError("commands.remind.no_scheduler")
