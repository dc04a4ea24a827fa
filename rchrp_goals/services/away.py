"""Whether somebody comes back after a long while: read from what stands, and nothing is written for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import instant

AWAY = timedelta(days=30)


def is_away(tables: glance.Tables, last_opened: float | None, now: datetime) -> bool:
    """Tell whether nothing was changed and no window opened for 30 days.

    ``last_opened`` is when a window was opened before this one, in seconds since 1970. A time that lies ahead (a clock
    was set back) counts as just now.
    """
    changed = [at for records in tables.values() for one in records.values() if (at := instant(one, "updated_at"))]
    opened = [] if last_opened is None else [datetime.fromtimestamp(last_opened, UTC)]
    return bool(changed) and now - max(changed + opened) >= AWAY
