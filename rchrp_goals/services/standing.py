"""Turns records of the plan back into the answers that they came from, so that a line can be opened as its question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rchrp_goals.guide.conditions import Condition
from rchrp_goals.guide.structure import Field, Module
from rchrp_goals.services.parts import DAYS_AHEAD, Tables, derived_id


def answers_of(module: Module, ids: Mapping[str, str], tables: Tables, opened: str = "") -> dict[str, dict[str, Any]]:
    """Return the answers that stand in the plan for the records ``ids``: what a line is opened with.

    A question that only some answers open has none, except the one that is ``opened``, and one whose opening answer stands.
    """
    answers: dict[str, dict[str, Any]] = {}
    for question in module.questions:
        is_closed = question.id != opened and any(
            one.opens_by_answer and not _is_opened(one, answers) for one in question.when
        )
        if question.repeat or is_closed:
            continue
        values: dict[str, Any] = {}
        for field in question.fields:
            value = _value(field, module, ids, tables)
            if value not in (None, "", [], {}):
                values[field.id] = value
        if values:
            answers[question.id] = {"values": values}
    answers.update(_placed(ids, tables))
    for key in _passed(module, ids, tables):
        answers.setdefault(key, {"passed": True})
    if "note" in {question.id for question in module.questions} and tables.get("values", {}).get(ids["session"]):
        _say_beginning(answers)
    return answers


def _is_opened(condition: Condition, answers: Mapping[str, dict[str, Any]]) -> bool:
    """Tell whether the answer that opens a question is among those that stand."""
    return condition.kind == "is" and any(
        answers.get(question, {}).get("values", {}).get(field) == condition.value
        for question, field in condition.references
    )


def _placed(ids: Mapping[str, str], tables: Tables) -> dict[str, dict[str, Any]]:
    """Return the placements of the session, and the Day One line, as answers."""
    sessions = tables.get("values", {})
    answers: dict[str, dict[str, Any]] = {}
    for placement in sessions.get(ids.get("session", ""), {}).get("placements", []):
        extra = {"shown": placement["text"], "meaning": placement.get("meaning", 1)}
        values = {name: placement[name] for name in ("position", "reason") if placement.get(name) is not None}
        said = {"values": values} if "position" in values else {"passed": True}
        answers[f"statement:{placement['statement']}"] = {**said, **extra}
    day_one = sessions.get(ids.get("day_one", ""), {}).get("placements", [])
    if day_one:
        answers["day_one"] = {"values": {"positions": [one.get("position") for one in day_one]}}
    return answers


def _passed(module: Module, ids: Mapping[str, str], tables: Tables) -> list[str]:
    """Return the keys of the stops of this module that were passed under these ids."""
    found = []
    for one in tables.get("asked", {}).values():
        prefix, _, key = str(one.get("question", "")).partition(".")
        is_ours = one.get("id") == derived_id(ids.get("base", ""), f"asked:{key}")
        if prefix == module.name and one.get("outcome") == "passed" and is_ours and not one.get("removed_at"):
            found.append(key)
    return found


def _say_beginning(answers: dict[str, dict[str, Any]]) -> None:
    """Say how the session began: with the room's own statements, or with the shipped ones."""
    texts = {key: answer["shown"] for key, answer in answers.items() if key.startswith("statement:")}
    is_room = any(key.startswith("statement:room-") for key in texts)
    answers.setdefault("note", {"values": {"choice": "room" if is_room else "start"}})
    if is_room:
        answers.setdefault("room", {"values": {"statements": list(texts.values())}})


def _value(field: Field, module: Module, ids: Mapping[str, str], tables: Tables) -> Any:
    slot, _, path = field.bind.partition(".")
    if slot == "person":
        return next(iter(tables.get("person", {}).values()), {}).get(path)
    if field.bind == "agreements":
        return _standing_agreements(field, tables)
    if field.bind == "reminders":
        return _standing_dates(field, ids, tables)
    if slot not in module.slots:
        return None
    record = tables.get(module.slots[slot].table, {}).get(ids.get(slot, ""), {})
    if record.get("removed_at"):
        return None
    name, _, key = path.partition(".")
    value = record.get(name)
    if key:
        return (value or {}).get(key)
    if field.bind == "goal.supporters":
        return [f"{one['name']}, {one['how']}" if one.get("how") else one["name"] for one in value or []]
    if field.bank and value:
        return {"bank": record.get("bank"), "text": value}
    if field.ideas and value and record.get("bank"):
        return {"bank": record["bank"], "text": value}
    return value


def _standing_agreements(field: Field, tables: Tables) -> Any:
    found = [one for one in tables.get("agreements", {}).values() if not one.get("removed_at")]
    if field.kind == "items":
        return [one["text"] for one in found if one.get("from") == "own"]
    return [{"bank": one.get("bank"), "text": one["text"]} for one in found if one.get("from") != "own"]


def _standing_dates(field: Field, ids: Mapping[str, str], tables: Tables) -> Any:
    reminders = tables.get("reminders", {})
    standing = [
        name
        for name in DAYS_AHEAD
        if reminders.get(derived_id(ids.get("base", ""), name), {"removed_at": "-"}).get("removed_at") is None
    ]
    if field.id == "which":
        return standing
    if not standing:
        return None
    return "yes" if len(standing) == len(DAYS_AHEAD) else "fewer"
