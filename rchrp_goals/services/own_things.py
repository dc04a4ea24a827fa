"""What somebody has in their plan that a reflection can be about: what they learned or learn, and their goals."""

from __future__ import annotations

from typing import NamedTuple

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.services import saying

_STATES = ("done", "under_way")
"""Activities of which there is something to say: what was done, and what goes on."""


class OwnThing(NamedTuple):
    """One thing: ``learning`` or ``goal``, its id, its title in the person's words."""

    kind: str
    id: str
    title: str

    @property
    def name(self) -> str:
        """How a pick names it."""
        return f"{self.kind}:{self.id}"


def own_things(tables: glance.Tables) -> list[OwnThing]:
    """Return what a reflection can be about: what was learned last first, what goes on, then the goals in view."""
    learned = [one for one in glance.standing(tables, "learning") if text(one, "title")]
    found = []
    for state in _STATES:
        own = [one for one in learned if text(one, "state") == state]
        own.sort(key=lambda one: (text(one, "done_on"), text(one, "created_at")), reverse=True)
        found += [OwnThing("learning", one["id"], saying.plain_text(text(one, "title"))) for one in own]
    goals = (OwnThing("goal", one["id"], saying.plain_text(one["title"])) for one in glance.goals_in_view(tables))
    return [*found, *goals]
