"""Where a sitting stands: the parts' titles, the minutes that are left, and what the wording's placeholders stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from rchrp_goals import content
from rchrp_goals.guide.budget import RULES_ON_THE_ROAD, Face, Item, minutes, part_items
from rchrp_goals.guide.structure import parts_of_last_day
from rchrp_goals.services.changes import derived_id
from rchrp_goals.services.check_in import words_for
from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.days_ahead import DAYS_AHEAD
from rchrp_goals.services.saying import local_day

if TYPE_CHECKING:
    from rchrp_goals.services.asked import Asked
    from rchrp_goals.services.desk import Desk

_BANKS = ("statements", "agreements", "focus_areas", "commitments", "occasions")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def part_title(desk: Desk, part: str) -> str:
    """Return the one word for a part."""
    words = desk.words
    return words.ui("parts.plan") if part == "plan" else str(content.table(words.language, part)["title"])


def part_titles(sitting: Asked) -> list[str]:
    """Return one word for each part, in order."""
    return [part_title(sitting.desk, part) for part in sitting.parts]


def minutes_left(sitting: Asked, face: Face) -> int:
    """Return the minutes that the rest takes by the model of ``guide/budget.py``: whole, at least 1."""
    language = sitting.desk.words.language
    rules = RULES_ON_THE_ROAD | sitting.conversation.rules
    parts = [part for part in sitting.parts if part != "plan"]
    wording = {name: content.table(language, name) for name in {*parts_of_last_day(), *parts, *_BANKS, "day_one"}}
    rest: list[Item] = []
    whole: list[Item] = []
    for part in parts:
        items = part_items(part, content.table("structure", part), wording, face, rules=rules)
        whole += items
        if part == sitting.part:
            rest += _ahead(items, sitting)
        elif sitting.part not in parts or parts.index(part) > parts.index(sitting.part):
            rest += items
    return max(1, ceil(minutes(rest, whole))) if whole else 1


def _ahead(items: list[Item], sitting: Asked) -> list[Item]:
    """The items of the part that are not behind yet, found by how far along the road is."""
    at, total = sitting.conversation.place
    return items[round(len(items) * at / total) :] if total else []


def placeholders(sitting: Asked) -> dict[str, str]:
    """Return what ``{goal}``, ``{step}`` and the dates ahead stand for now; a person's words come as they are."""
    conversation = sitting.conversation
    values: dict[str, str] = {}
    if sitting.part == "goals":
        values["goal"] = _text(conversation.value("what_instead", "title") or conversation.value("what", "title"))
        values["step"] = _text(conversation.value("smaller", "step") or conversation.value("first_step", "step"))
    if sitting.part == "check_in":
        values.update(words_for(sitting))
    if sitting.part == "ahead":
        today, plan = sitting.desk.clock.today(), sitting.desk.store.read()
        for name, (days, _) in DAYS_AHEAD.items():
            standing = plan.get("reminders", derived_id(sitting.draft.ids["base"], name)) or {}
            on = local_day(standing, "next_at") or today + timedelta(days=days)
            values[name] = full_date(on, sitting.desk.words)
    return values


def filled(text: str, values: Mapping[str, object]) -> str:
    """Fill the ``{name}`` placeholders that ``values`` knows, once: what is filled in is not read again."""
    return _PLACEHOLDER.sub(lambda found: str(values.get(found.group(1), found.group())), text)


def _text(value: Any) -> str:
    return str(value["text"]) if isinstance(value, Mapping) else str(value or "")
