"""How a step went, in the person's own words: asked by the reminder "how did the step go?", kept with the step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying
from rchrp_goals.services.capture import say_how_it_went
from rchrp_goals.services.room import Action, Ask, Said
from rchrp_goals.services.spoken_of import step_asked_about

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk


def went_action(words: Words, step: Record, *, reminder_id: str = "") -> Action:
    """Return the way to say how a step went; ``reminder_id`` is the reminder that asks, which is answered with it."""
    at = f"reminder:{reminder_id}" if reminder_id else f"step:{step['id']}"

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        went = answers["went"]
        say_how_it_went(desk.store, step["id"], went, desk.clock, reminder_id=reminder_id)
        return Said(desk.words.ui(f"goal_rooms.said.{'went' if went else 'removed'}"), at)

    stands = text(step, "went") or None  # what was said can be taken out again
    ask = Ask("went", "long", words.ui("goal_rooms.step.went_label"), stands, is_optional=stands is not None)
    about = saying.plain_text(text(step, "text"))
    title = words.ui("goal_rooms.step.went_title")
    return Action("reminder.went" if reminder_id else "step.went", change, (ask,), title=title, about=about)


def answer_action(desk: Desk, reminder_id: str) -> Action:
    """Return the way to answer a reminder that asks how a step went. Raises ProblemError ``not_there``."""
    step = step_asked_about(desk.store.read().tables, reminder_id)
    if step is None:
        raise ProblemError("not_there")
    return went_action(desk.words, step, reminder_id=reminder_id)
