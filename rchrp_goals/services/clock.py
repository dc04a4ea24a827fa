"""The clock as a service is given it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time to whom it is given; nothing else asks the system."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""

    def today(self) -> date:
        """Return the local date."""

    def instant(self, day: date, hour: int) -> datetime:
        """Return the moment of a full hour on a local day, aware, in UTC."""
