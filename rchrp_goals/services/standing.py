"""Turns records of the plan back into the answers that they came from, so that a line can be opened as its question."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from rchrp_goals.guide.conditions import Condition
from rchrp_goals.guide.structure import Field, Module, Question
from rchrp_goals.plan.lenient import parts, text
from rchrp_goals.plan.values import ROOM
from rchrp_goals.services.changes import Tables, derived_id
from rchrp_goals.services.days_ahead import DAYS_AHEAD
from rchrp_goals.services.parts import ABOUT
from rchrp_goals.services.sessions import placements_of, waiting_texts

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import Snapshot

Said = dict[str, dict[str, Any]]
_TABLE_OF = {"learning": "learning", "goal": "goals"}
"""The table of what a reflection can be about, by its kind."""


def standing_tables(plan: Snapshot) -> Tables:
    """Return the records of a plan by table and id, without the removed ones."""
    return {name: {one["id"]: one for one in plan.records(name)} for name in plan.tables}


def answers_of(module: Module, ids: Mapping[str, str], tables: Tables, opened: str = "") -> Said:
    """Return the answers that stand in the plan for the records ``ids``: what a line is opened with.

    A question that only some answers open has none where its field is another question's too, except the one that is
    ``opened``, and one whose opening answer stands. ``tables`` hold no removed records.
    """
    answers: Said = {}
    passed = _passed(module, ids, tables)
    plain = {field.bind for question in module.questions if not _is_guarded(question) for field in question.fields}
    for question in module.questions:
        is_shared = _is_guarded(question) and any(field.bind in plain for field in question.fields)
        if question.repeat or (is_shared and question.id != opened and not _is_opened(question, answers, passed)):
            continue
        values: dict[str, Any] = {}
        for field in question.fields:
            value = _value(field, module, ids, tables)
            if value not in (None, "", [], {}):
                values[field.id] = value
        # what makes a ruler this says nothing of where it stands
        if values and (question.kind != "ruler" or "position" in values):
            answers[question.id] = {"values": values}
    session = tables.get("values", {}).get(ids.get("session", ""))
    if session is not None:
        answers.update(_placed(session))
        _say_beginning(answers, session, passed)
    day_one = tables.get("values", {}).get(ids.get("day_one", ""))
    if day_one is not None:
        answers["day_one"] = {"values": {"positions": [one.get("position") for one in placements_of(day_one)]}}
    for key in passed:
        answers.setdefault(key, {"passed": True})
    return answers


def _is_guarded(question: Question) -> bool:
    return any(condition.opens_by_answer for condition in question.when)


def _is_opened(question: Question, answers: Said, passed: Collection[str]) -> bool:
    """Tell whether the answer or the pass that opens a question stands."""
    return all(_holds(condition, answers, passed) for condition in question.when if condition.opens_by_answer)


def _holds(condition: Condition, answers: Said, passed: Collection[str]) -> bool:
    if condition.kind in {"passed", "passed_one"}:
        return any(question in passed and question not in answers for question in condition.questions)
    return condition.kind == "is" and any(
        answers.get(question, {}).get("values", {}).get(field) == condition.value
        for question, field in condition.references
    )


def _placed(session: Mapping[str, Any]) -> Said:
    """Return the placements of a session as answers."""
    answers: Said = {}
    for placement in placements_of(session):
        values = {name: placement[name] for name in ("position", "reason") if placement.get(name) is not None}
        said: dict[str, Any] = {"values": values} if "position" in values else {"passed": True}
        about = {"shown": placement["text"], "meaning": placement.get("meaning", 1)}
        answers[f"statement:{placement['statement']}"] = {**said, **about}
    return answers


def _passed(module: Module, ids: Mapping[str, str], tables: Tables) -> list[str]:
    """Return the keys of the stops of this module that were passed under these ids."""
    found = []
    for one in tables.get("asked", {}).values():
        prefix, _, key = str(one.get("question", "")).partition(".")
        is_ours = one.get("id") == derived_id(ids.get("base", ""), f"asked:{key}")
        if prefix == module.name and one.get("outcome") == "passed" and is_ours:
            found.append(key)
    return found


def _say_beginning(answers: Said, session: Mapping[str, Any], passed: Collection[str]) -> None:
    """Say how a session began: with the room's own statements, with the shipped ones, or with none."""
    if "note" in passed:
        return
    placements = placements_of(session)
    room = [one["text"] for one in placements if one["statement"].startswith(ROOM)]
    if room:
        answers["note"] = {"values": {"choice": "room"}}
        answers["room"] = {"values": {"statements": [*room, *waiting_texts(session)]}}
    elif all(one.get("position") is None and f"statement:{one['statement']}" not in passed for one in placements):
        answers["note"] = {"values": {"choice": "skip_all"}}
    else:
        answers["note"] = {"values": {"choice": "start"}}


def _value(field: Field, module: Module, ids: Mapping[str, str], tables: Tables) -> Any:
    slot, _, path = field.bind.partition(".")
    if slot == "person":
        return next(iter(tables.get("person", {}).values()), {}).get(path)
    if field.bind == "agreements":
        return _standing_agreements(field, tables)
    if field.bind == "reminders":
        return _standing_dates(field, ids, tables)
    if field.bind == "resources":
        return [one["name"] for one in tables.get("resources", {}).values() if one.get("name")]
    if slot not in module.slots:
        return None
    record = tables.get(module.slots[slot].table, {}).get(ids.get(slot, ""), {})
    if field.bind == ABOUT:
        return _standing_thing(record, tables)
    name, _, key = path.partition(".")
    value = record.get(name)
    if key:
        return value.get(key) if isinstance(value, Mapping) else None
    if field.bind == "goal.supporters":
        said = [(text(one, "name"), text(one, "how")) for one in parts(record, "supporters")]
        return [f"{who}, {how}" if how else who for who, how in said if who]
    if field.bank and value:
        return {"bank": record.get("bank"), "text": value}
    if field.ideas and value and record.get("bank"):
        return {"bank": record["bank"], "text": value}
    return value


def _standing_thing(record: Mapping[str, Any], tables: Tables) -> Any:
    """Return what a reflection is about as it was picked, or in own words; None for nothing in particular."""
    said = record.get("about")
    about: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
    if text(about, "kind") == "own" and text(about, "text"):
        return {"bank": None, "text": text(about, "text")}
    name = _TABLE_OF.get(text(about, "kind"), "")
    title = text(tables.get(name, {}).get(text(about, "id"), {}), "title")
    return {"bank": f"{about['kind']}:{about['id']}", "text": title} if title else None


def _standing_agreements(field: Field, tables: Tables) -> Any:
    found = [one for one in tables.get("agreements", {}).values() if one.get("text")]
    if field.kind == "items":
        return [one["text"] for one in found if one.get("from") == "own"]
    return [{"bank": one.get("bank"), "text": one["text"]} for one in found if one.get("from") != "own"]


def _standing_dates(field: Field, ids: Mapping[str, str], tables: Tables) -> Any:
    reminders = tables.get("reminders", {})
    standing = [name for name in DAYS_AHEAD if derived_id(ids.get("base", ""), name) in reminders]
    if field.id == "which" or not standing:
        return standing
    return "yes" if len(standing) == len(DAYS_AHEAD) else "fewer"
