"""What a field offers to pick from: its options, its bank, the ideas that fit the chosen focus area first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.guide.budget import offered
from rchrp_goals.guide.structure import Field
from rchrp_goals.guide.wording import module_words
from rchrp_goals.plan.text import room_id
from rchrp_goals.services.check_in import offered as offered_here
from rchrp_goals.services.progress import filled, placeholders

if TYPE_CHECKING:
    from rchrp_goals.services.asked import Asked


class Offer(NamedTuple):
    """One thing to pick: its id, its words, and the value that an answer keeps for it; ``short`` words for a button."""

    id: str
    text: str
    value: Any
    short: str = ""


def offers(sitting: Asked, field: Field) -> list[Offer]:
    """Return what the field of the question that waits offers, in order; empty where it takes own words only."""
    stop = sitting.current
    if stop is None:
        return []
    words = sitting.desk.words
    if field.offers:
        return offered_here(sitting, field)
    if field.options:
        said = module_words(words.language, sitting.part)[stop.question.id].get(field.id, {}).get("options", {})
        values = placeholders(sitting)
        return [
            Offer(id, filled(str(said[id]), values), {"option": id} if field.kind == "positions" else id)
            for id in field.options
        ]
    found: list[Offer] = []
    if field.bank == "agreements":
        found = [_picked(room_id(text), text) for text in words.room_lines("agreements")]
    if field.bank == "things":
        from rchrp_goals.services.own_things import own_things

        return [_picked(one.name, one.title) for one in own_things(sitting.desk.store.read().tables)]
    name = field.bank or field.ideas
    if not name:
        return found
    entries = {entry.id: entry for entry in words.bank(name)}
    ids = list(entries)
    if field.ideas:
        ids = offered({id: entry.more for id, entry in entries.items()}, focus_area(sitting), len(entries))
    return [*found, *(_picked(id, entries[id].text) for id in ids)]


def option_words(sitting: Asked, field: Field) -> dict[str, str]:
    """Return the words of a field's options by their ids, where its question waits."""
    stop = sitting.current
    if stop is None:
        return {}
    said = module_words(sitting.desk.words.language, sitting.part)[stop.question.id].get(field.id, {})
    return {id: str(said["options"][id]) for id in field.options}


def focus_area(sitting: Asked) -> str:
    """Return the bank's id of the focus area that was chosen, in this part or before; empty where there is none."""
    chosen = sitting.conversation.value("focus", "area") if sitting.part == "learning" else None
    if isinstance(chosen, Mapping):
        return str(chosen.get("bank") or "")
    newest = max(sitting.desk.store.read().records("focus"), key=lambda one: str(one.get("created_at", "")), default={})
    return str(newest.get("bank") or "")


def _picked(id: str, text: str) -> Offer:
    return Offer(id, text, {"bank": id, "text": text})
