"""Saying where a goal stands as a whole: exploring, active, paused, done, let go; with a reason if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.services import saying
from rchrp_goals.services.goal_changes import STATES, set_ended_on, set_state
from rchrp_goals.services.room import Action, Ask, Option, Said

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk


def state_action(words: Words, goal: Record) -> Action:
    """Return the action that says anew how it is with a goal."""
    options = tuple(
        Option(name, words.enum("goal_state", name), words.ui(f"goal_rooms.state.{name}")) for name in STATES
    )
    asks = (
        Ask("state", "choice", words.ui("goal_rooms.state.label"), text(goal, "state"), options),
        Ask("why", "long", words.ui("goal_rooms.state.why"), text(goal, "state_why") or None, is_optional=True),
    )
    about = saying.plain_text(text(goal, "title"))
    title = words.ui("goal_rooms.state.title")
    return Action("goal.state", partial(_set_state, goal["id"]), asks, title=title, about=about)


def _set_state(id: str, desk: Desk, answers: Mapping[str, Any]) -> Said:
    state = answers["state"]
    set_state(desk.store, id, state, answers.get("why"), desk.clock)
    return Said(desk.words.ui(f"goal_rooms.said.state_{state}"), f"goal:{id}")


def ended_action(words: Words, goal: Record) -> Action:
    """Return the action that says on which day a goal was done or let go."""
    on = day(goal, "ended_on")
    ask = Ask("on", "date", words.ui("goal_rooms.state.on"), on.isoformat() if on else None, is_behind=True)

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        set_ended_on(desk.store, goal["id"], answers["on"], desk.clock.now())
        return Said(desk.words.ui("home.said_changed"), "about:ended")

    about = saying.plain_text(text(goal, "title"))
    return Action("thing.change", change, (ask,), title=words.ui("goal_rooms.state.on_title"), about=about)
