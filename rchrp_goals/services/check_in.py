"""What a check-in knows of the plan, and what stands on its pages beside the questions. Both faces read it here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.guide.conversation import Conversation, Facts, GoalAtHand
from rchrp_goals.plan import glance
from rchrp_goals.plan.asking import days_after
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.plan.months import months_after
from rchrp_goals.services import saying
from rchrp_goals.services.check_in_questions import Thought, thoughts
from rchrp_goals.services.check_in_summary import summary
from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.if_thens import whole_of
from rchrp_goals.services.levels import has_words, level_choices

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.guide.structure import Field
    from rchrp_goals.services.asked import Asked
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.services.offers import Offer

Tables = glance.Tables
MODULE = "check_in"
TWO_WEEKS = timedelta(days=14)


class ShownLine(NamedTuple):
    """A line that stands on a question's page, and a quieter one under it."""

    text: str
    note: str = ""


def facts(desk: Desk, tables: Tables) -> Facts:
    """Return what a check-in asks about: the goals in view, and whether agreements are carried along."""

    def proposes(conversation: Conversation, key: str) -> dict[str, Any]:
        if key != "summary":
            return {}
        said = summary(conversation, tables, desk.words, desk.clock.today())
        return {"words": said} if said else {}

    return Facts(
        has_agreements=bool(_agreements(tables)),
        goals=[_at_hand(tables, goal, desk.words) for goal in glance.goals_in_view(tables)],
        proposes=proposes,
    )


def next_step(tables: Tables, goal_id: str) -> Record | None:
    """Return a goal's next step: the first that is planned; None where there is none."""
    return next((step for step in glance.steps_of(tables, goal_id) if step.get("state") == "planned"), None)


def if_then_of(tables: Tables, goal_id: str) -> Record | None:
    """Return the newest if-then of a goal that is whole; None where there is none."""
    return saying.newest(whole_of(tables, goal_id), "created_at") or None


def days_to_look_again(today: date) -> dict[str, date]:
    """Return the days that are offered for the next check-in: in a month, the first of a month, in two weeks."""
    firsts = [months_after(today.replace(day=1), months) for months in (1, 2)]
    first = next((on for on in firsts if on is not None and on - today >= TWO_WEEKS), None)
    found = {"month": months_after(today, 1), "first": first, "two_weeks": days_after(today, TWO_WEEKS.days)}
    return {name: on for name, on in found.items() if on is not None}


def day_short(name: str, on: date, today: date, words: Words) -> str:
    """Return the words of a button for a day of ``days_to_look_again``."""
    day = saying.day_words(on, today, words, with_weekday=False)
    return words.ui(f"check_in_room.day.{name}_short", day=day)


def words_for(sitting: Asked) -> dict[str, str]:
    """Return what ``{goal}`` and ``{step}`` stand for in a check-in."""
    goal = sitting.conversation.goal
    return {"goal": saying.phrase(goal.title), "step": goal.step} if goal is not None else {}


def offered(sitting: Asked, field: Field) -> list[Offer]:
    """Return what a field offers out of the plan or the calendar, in order."""
    from rchrp_goals.services.offers import Offer

    desk, goal = sitting.desk, sitting.conversation.goal
    words, goals = desk.words, sitting.conversation.facts.goals
    if field.offers == "days":
        today = desk.clock.today()
        found = []
        for name, on in days_to_look_again(today).items():
            said = words.ui(f"check_in_room.day.{name}", day=full_date(on, words))
            found.append(Offer(on.isoformat(), said, on.isoformat(), day_short(name, on, today, words)))
        return found
    if field.offers == "levels":
        tables = desk.store.read().tables
        record = tables.get("goals", {}).get(goal.id, {}) if goal is not None else {}
        return [
            Offer(str(one.level), _level_words(one.name, one.words, words), str(one.level))
            for one in level_choices(record, words)
        ]
    wanted = goals if field.offers == "goals" else [one for one in goals if goal is None or one.id != goal.id]
    return [Offer(one.id, saying.plain_text(one.title), one.id) for one in wanted]


def shown_lines(sitting: Asked) -> list[ShownLine]:
    """Return what stands on the page of the question that waits, beside its words; empty for most."""
    stop = sitting.current
    if stop is None or sitting.part != MODULE:
        return []
    goal, desk = sitting.conversation.goal, sitting.desk
    if stop.question.shows == "if_then" and goal is not None:
        return [ShownLine(goal.if_then)]
    if stop.question.shows == "levels" and goal is not None and not goal.has_levels:
        return [ShownLine(desk.words.ui("check_in_room.levels.none"))]
    if stop.question.shows not in {"agreements", "also"}:
        return []
    tables = desk.store.read().tables
    if stop.question.shows == "agreements":
        return [ShownLine(one) for one in _agreements(tables)]
    about = goal.id if goal is not None else ""
    return [_thought(one, desk.words) for one in thoughts(tables, desk.words, desk.clock.today(), about)]


def _thought(one: Thought, words: Words) -> ShownLine:
    return ShownLine(one.text, words.ui("check_in_room.because", why=one.why))


def _level_words(name: str, own: str, words: Words) -> str:
    return words.ui("sentences.colon", first=name, second=saying.plain_text(own)) if own else name


def _at_hand(tables: Tables, goal: Mapping[str, Any], words: Words) -> GoalAtHand:
    step, if_then = next_step(tables, goal["id"]), if_then_of(tables, goal["id"])
    return GoalAtHand(
        goal["id"],
        saying.plain_text(goal["title"]),
        saying.phrase(text(step, "text")) if step is not None else "",
        saying.if_then(if_then, words) if if_then is not None else "",
        has_words(goal),
    )


def _agreements(tables: Tables) -> Sequence[str]:
    return [said for one in glance.standing(tables, "agreements") if (said := saying.plain_text(text(one, "text")))]
