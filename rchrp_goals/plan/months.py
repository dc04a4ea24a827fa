"""A month on: the one way to reckon it, for dates that are typed, cycles and check-ins."""

from __future__ import annotations

from datetime import date


def months_after(start: date, months: int) -> date | None:
    """Return the same day some months on, or the last of its month where it has none; None beyond the calendar."""
    from calendar import monthrange  # Home's first picture reads dates, and reckons no month

    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
