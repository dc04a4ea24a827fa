"""Reflections: what was written, about what, and when; the conversation itself is ``reflect``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.services import saying

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.store.plan_store import PlanStore

Record = Mapping[str, Any]

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "three": ("what_happened", "what_meant", "what_now"),
    "four": ("what_it_was", "what_learned", "what_changes", "my_role"),
}
"""The questions of each form in their order; ``FEELINGS`` comes after them in both."""
FEELINGS = "feelings"
_TABLE_OF = {"learning": "learning", "goal": "goals"}


def reflections(tables: glance.Tables, about: str = "") -> list[Record]:
    """Return the reflections that say something (about the thing with the id ``about``), the newest first."""
    found = [one for one in glance.standing(tables, "reflections") if answers_of(one)]
    found = [one for one in found if not about or text(_about(one), "id") == about]
    return sorted(found, key=lambda one: (text(one, "at"), text(one, "id")), reverse=True)


def answers_of(reflection: Record) -> dict[str, str]:
    """Return what was written, by question, in the order in which it is asked; what no form asks comes last."""
    said = reflection.get("answers")
    answers: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
    order = [*questions_of(reflection), *(name for name in answers if name not in questions_of(reflection))]
    return {name: answer for name in order if (answer := text(answers, name).strip())}


def questions_of(reflection: Record) -> tuple[str, ...]:
    """Return the questions that its form asks, feelings last."""
    form = text(reflection, "form")
    return (*QUESTIONS.get(form, QUESTIONS["three"]), FEELINGS)


def subject_of(reflection: Record, tables: glance.Tables) -> str:
    """Return what a reflection is about in the person's words; empty for nothing in particular, or what is gone."""
    about = _about(reflection)
    if text(about, "kind") == "own":
        return saying.plain_text(text(about, "text"))
    found = tables.get(_TABLE_OF.get(text(about, "kind"), ""), {}).get(text(about, "id"), {})
    return "" if found.get("removed_at") else saying.plain_text(text(found, "title"))


def written_on(reflection: Record) -> date | None:
    """Return the local day on which it was written."""
    return saying.local_day(reflection, "at") or saying.local_day(reflection, "created_at")


def question_text(name: str, words: Words) -> str:
    """Return a question's words; an answer to one that is not known has the words it is kept under."""
    said = words.module("reflect").get(name)
    return str(said["text"]) if isinstance(said, Mapping) else saying.plain_text(name)


def remove_reflection(store: PlanStore, id: str, now: datetime) -> None:
    """Remove a reflection. Raises ProblemError ``not_there``."""
    from rchrp_goals.services.keeping import take_out
    from rchrp_goals.store.plan_store import What

    with store.change(What("reflection_removed"), now) as change:
        take_out(change, "reflections", id)


def _about(reflection: Record) -> Record:
    said = reflection.get("about")
    return said if isinstance(said, Mapping) else {}
