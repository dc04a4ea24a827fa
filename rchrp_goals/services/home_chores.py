"""What Home sees to once it is painted: days that are over, the zone of this machine, and what the first save needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError

if TYPE_CHECKING:
    from rchrp_goals.services.desk import Desk


def load_models() -> None:
    """Load what saving needs, so that the first save is quick."""
    import importlib

    for name in ("rchrp_goals.plan.records", "rchrp_goals.store.storage"):
        importlib.import_module(name)


def close_days_that_are_over(desk: Desk) -> None:
    """Close the values sessions of days that are over; where that cannot be saved just now, it is done another time."""
    from rchrp_goals.services.sessions import close_sessions_of_other_days

    try:
        close_sessions_of_other_days(desk)
    except ProblemError:
        return  # nothing that the person wrote depends on it, and whoever saves next says what is wrong


def follow_the_zone(desk: Desk) -> None:
    """Let reminders come at their hour where this machine is now; what cannot be saved just now, another time."""
    from rchrp_goals.services.reminders import follow_zone

    try:
        follow_zone(desk.store, desk.clock)
    except ProblemError:
        return  # they come all the same, at the hour of where one was
