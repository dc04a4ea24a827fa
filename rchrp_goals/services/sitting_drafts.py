"""The drafts of a sitting: what stands in them is read, and what does not read as one is set aside."""

from __future__ import annotations

import json
from typing import Any

from rchrp_goals.errors import FileProblem
from rchrp_goals.guide.answers import make_readable
from rchrp_goals.guide.draft import Draft, Values
from rchrp_goals.guide.structure import Module, parts_of_last_day
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.parts import new_ids
from rchrp_goals.services.waiting import LAST_DAY, PLAN


def draft_name(part: str) -> str:
    """Return the name of the file in which a part's draft waits."""
    return part.replace("_", "-")


def read_draft(desk: Desk, module: Module) -> Draft | None:
    """Return a module's draft; what does not read as one is set aside, like a file that cannot be understood."""
    name = draft_name(module.name)
    document = desk.drafts.read(name)
    if document is None:
        return None
    try:
        draft = Draft.from_json(document)
    except FileProblem:
        draft = None
    if draft is None or draft.module != module.name:
        desk.drafts.set_aside(name)
        return None
    make_readable(draft, module)
    draft.ids = {**new_ids(module), **draft.ids}
    return draft


def read_place(desk: Desk) -> dict[str, Any] | None:
    """Return where the last day stands (``part``, and the ``ids`` of parts that were finished).

    What names no part of it is set aside.
    """
    place = desk.drafts.read(LAST_DAY)
    if place is None:
        return None
    if place.get("part") not in (*parts_of_last_day(), PLAN):
        desk.drafts.set_aside(LAST_DAY)
        return None
    found = place.get("ids")
    ids = found if isinstance(found, dict) else {}
    return {"part": place["part"], "ids": {part: one for part, one in ids.items() if _are_ids(one)}}


def _are_ids(found: Any) -> bool:
    return isinstance(found, dict) and all(isinstance(id, str) for id in found.values())


def copied(document: dict[str, Any]) -> Values:
    """Return a draft as it stands now, for a writer that comes to it later."""
    copy: Values = json.loads(json.dumps(document))
    return copy
