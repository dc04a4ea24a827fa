"""A plan for pictures: the whole last day as somebody might have answered it, made today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.services.context import SystemClock, due_rows
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.offers import offers
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.waiting import LAST_DAY
from rchrp_goals.store.drafts import Drafts
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from rchrp_goals.store.settings import read_settings

DAY_ONE = [3, 7, None, 5, 0, 10]
TODAY = [7, 4, 9, 5, 8, 6]

SAID: dict[str, dict[str, dict[str, Any]]] = {
    "en": {
        "what": {"title": "Shadow three shifts at the syringe service"},
        "why": {"because": "I want to know the place before I send anyone there."},
        "content": {"as_expected": "three shifts shadowed, and each one talked over with Marcus"},
        "if_then": {"obstacle": "my own shift runs long", "then": "I text Rosa before three"},
        "first_step": {"step": "Write to Rosa at the syringe service", "moment": "right after the team meeting"},
        "confidence": {"position": 7, "what_makes_it": "Rosa has said yes to others who asked."},
        "supporters": {"supporters": ["Marcus, asks me on Mondays"]},
        "occasion": {"title": "An evening on naloxone at the library"},
    },
    "es": {
        "what": {"title": "Acompañar tres turnos en el servicio de jeringas"},
        "why": {"because": "Quiero conocer el lugar antes de mandar a alguien."},
        "content": {"as_expected": "tres turnos acompañados, y cada uno conversado con Marcus"},
        "if_then": {"obstacle": "mi propio turno se alarga", "then": "le escribo a Rosa antes de las tres"},
        "first_step": {"step": "Escribirle a Rosa, del servicio", "moment": "al salir de la reunión"},
        "confidence": {"position": 7, "what_makes_it": "Rosa ya le dijo que sí a otra gente."},
        "supporters": {"supporters": ["Marcus, me pregunta los lunes"]},
        "occasion": {"title": "Una tarde sobre naloxona en la biblioteca"},
    },
}
ALIKE: dict[str, dict[str, Any]] = {
    "note": {"choice": "start"},
    "day_one": {"positions": DAY_ONE},
    "breath": {},
    "say_it": {},
    "importance": {"position": 8},
    "dates": {"choice": "yes"},
}


def days(today: date) -> dict[str, dict[str, Any]]:
    """Return the answers that are days."""
    ahead = {"content": ("review_on", 26), "first_step": ("due", 3), "occasion": ("planned_for", 9)}
    return {question: {field: (today + timedelta(count)).isoformat()} for question, (field, count) in ahead.items()}


def make_plan(folder: Path, language: str) -> None:
    """Make the plan in a data folder, as a sitting that was closed."""
    places = Places(str(folder))
    places.make_folders()
    words = Words(language)
    store = PlanStore(places, due_rows=lambda tables: due_rows(tables, words))
    desk = Desk(places, store, Drafts(places), words, read_settings(places), SystemClock())
    sitting = Sitting(desk, LAST_DAY)
    while not sitting.is_at_plan:
        if sitting.is_part_over:
            sitting.finish_part()
        else:
            answer(sitting)
    sitting.finish_plan()


def answer(sitting: Sitting) -> None:
    """Answer the question that waits."""
    stop, desk = sitting.current, sitting.desk
    assert stop is not None
    if stop.statement is not None:
        at = [one.id for one in sitting.conversation.statements].index(stop.statement.id)
        sitting.answer({"position": TODAY[at]})
        return
    said = {**SAID[desk.words.language], **ALIKE}.get(stop.key)
    if said is None:  # agreements and the focus area: the first two, the first
        field = stop.question.fields[0]
        found = [offer.value for offer in offers(sitting, field)]
        said = {field.id: found[:2] if field.kind == "choices" else found[0]}
    sitting.answer({**said, **days(desk.clock.today()).get(stop.key, {})})
