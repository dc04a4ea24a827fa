"""What a conversation has to know of the plan and the settings before it is asked."""

from __future__ import annotations

from collections.abc import Mapping

from rchrp_goals.content import Words
from rchrp_goals.guide.conversation import Facts, Statement
from rchrp_goals.guide.structure import Module
from rchrp_goals.plan.text import room_id
from rchrp_goals.services.changes import Tables
from rchrp_goals.services.check_in import MODULE as CHECK_IN
from rchrp_goals.services.check_in import facts as check_in_facts
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.parts import OCCASIONS
from rchrp_goals.services.practice import in_turn
from rchrp_goals.services.sessions import day_one_session, placements_of


def facts_of(desk: Desk, module: Module, tables: Tables, ids: Mapping[str, str]) -> Facts:
    """Return the facts of a conversation from the plan, the room's files and the settings."""
    if module.name == CHECK_IN:
        return check_in_facts(desk, tables)
    words, sessions = desk.words, tables.get("values", {})
    has_statements = module.name in OCCASIONS
    practised = in_turn(words, tables.get("practice", {}).values()) if module.name == "practice" else ()
    return Facts(
        statements=_statements(words) if has_statements else practised,
        room_statements=[Statement(room_id(text), 1, text) for text in words.room_lines("statements")]
        if has_statements
        else (),
        day_one_count=len(placements_of(sessions.get(ids.get("day_one", ""), {}))),
        has_day_one_session=day_one_session(sessions, ids.get("day_one", "")) is not None,
        is_day_one_put_off=any(
            one.get("question") == "values.day_one" and one.get("outcome") == "later"
            for one in tables.get("asked", {}).values()
        ),
        is_breath_wanted=desk.settings.breath,
        has_focus=bool(tables.get("focus")),
        has_goal=bool(tables.get("goals")),
    )


def _statements(words: Words) -> list[Statement]:
    return [Statement(entry.id, int(entry.more.get("meaning", 1)), entry.text) for entry in words.bank("statements")]
