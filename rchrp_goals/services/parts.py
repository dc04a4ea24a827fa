"""Turns the answers of a part into records of the plan.

Ids are given in advance (``Draft.ids``), so that applying a part twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from rchrp_goals.guide.conversation import SITUATIONS, Conversation, Stop
from rchrp_goals.guide.structure import Field, Module
from rchrp_goals.plan.due_rows import rest_on
from rchrp_goals.plan.goals import read_supporter
from rchrp_goals.plan.lenient import instant_text, text
from rchrp_goals.plan.text import room_id
from rchrp_goals.plan.values import ROOM
from rchrp_goals.services.changes import Put, Record, Remove, Tables, derived_id, loosened, says_something
from rchrp_goals.services.check_in_parts import check_in_changes
from rchrp_goals.services.clock import Clock
from rchrp_goals.services.days_ahead import reminders_ahead
from rchrp_goals.services.practice import practised_id
from rchrp_goals.services.reminder_times import answered
from rchrp_goals.services.sessions import day_one_of, placements_of, session_of

OCCASIONS: Mapping[str, str] = {"values": "last_day", "day_one": "day_one_part_1"}

_STAMPED = frozenset({"rulers", "letters", "reflections"})

ABOUT = "reflection.about"
"""Where it goes what a reflection is about."""
_WITHOUT_NOTES = frozenset({"reflect"})
"""Conversations that nobody asks for again, so that a pass in them needs no note."""


def new_ids(module: Module) -> dict[str, str]:
    """Return fresh ids for every record that a part of this module may write."""
    names = [*module.slots, "base"]
    if module.name in OCCASIONS:
        names += ["session", "day_one"]
    return {name: str(uuid4()) for name in names}


def changes_of(conversation: Conversation, tables: Tables, clock: Clock, occasion: str = "") -> list[Put | Remove]:
    """Return what a part's answers write, set against the plan as it stands (``tables``: without removed records).

    Only what was said becomes a record; a values part writes its session also when everything was passed. A record
    from which its words were taken away is removed, and what belongs to it with it.
    """
    module = conversation.module
    if module.name == "check_in":
        return [*check_in_changes(conversation, tables, clock)]
    changes = _slots(conversation, tables, clock)
    if module.name in OCCASIONS:
        changes += _sessions(conversation, tables, clock, occasion or OCCASIONS[module.name])
    if module.name == "start":
        changes += _agreements(conversation, tables, clock) + _person(conversation, tables)
    if module.name == "ahead":
        changes += reminders_ahead(conversation, tables, clock)
    changes += _further_steps(conversation, tables) + _places(conversation, tables)
    changes += _practised(conversation, tables, clock)
    if module.name not in _WITHOUT_NOTES:
        changes += _asked(conversation, tables, clock)
    return [*changes, *loosened(changes, tables)]


def _answer(conversation: Conversation, stop: Stop) -> dict[str, Any] | None:
    return conversation.draft.answers.get(stop.key)


def _slots(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    ids, slots = conversation.draft.ids, conversation.module.slots
    said = _said(conversation)
    changes: list[Put | Remove] = []
    records: dict[str, Record] = {}
    gone: set[str] = set()
    for name, slot in slots.items():
        standing = tables.get(slot.table, {}).get(ids[name], {})
        record = {**slot.values, **standing, "id": ids[name]}
        for path, value in said[name].items():
            _merge(record, path, value)
        # a whole part says everything anew: of a goal that is passed its step was not said either
        hangs = not conversation.only and slot.links.get("goal") in gone
        if says_something(slot.table, record) and not hangs:
            records[name] = record
        elif standing:
            gone.add(name)
            changes.append(Remove(slot.table, ids[name]))
    for name, record in records.items():
        slot = slots[name]
        for link, target in slot.links.items():
            if target in records:
                record.setdefault(link, ids[target])
        if slot.table in _STAMPED:
            record.setdefault("at", instant_text(clock.now()))
        if slot.table == "learning" and said[name] and record.get("state") in {"idea", "planned"}:
            record["state"] = "planned" if record.get("planned_for") else "idea"
        if record != tables.get(slot.table, {}).get(ids[name]):
            changes.append(Put(slot.table, record))
    return changes


def _said(conversation: Conversation) -> dict[str, Record]:
    """Return what was said for each slot, by the path of its field; a pass takes away what stood."""
    said: dict[str, Record] = {name: {} for name in conversation.module.slots}
    for stop in conversation.road:
        answer = _answer(conversation, stop)
        if answer is None:
            continue
        is_opened = stop.question.id == conversation.only
        overrides = not is_opened and any(condition.opens_by_answer for condition in stop.question.when)
        for one in stop.question.fields:
            slot, _, path = one.bind.partition(".")
            value = answer.get("values", {}).get(one.id)
            if slot in said and not (value is None and overrides):
                _set(said[slot], path, _kept(one, value))
    ruler = said.get("ruler", {})
    if "what_makes_it" in ruler:
        asked = conversation.follow_up() if ruler["what_makes_it"] else None
        ruler["what_makes_it_about"] = asked.about if asked else None
    return said


def _set(record: Record, path: str, value: Any) -> None:
    """Set a bound value; a pick brings its bank's id along."""
    if isinstance(value, Mapping) and set(value) == {"bank", "text"}:
        record[path] = value["text"]
        record["bank"] = value["bank"]
    else:
        record[path] = value
        if path in {"title", "area"}:
            record["bank"] = None


def _merge(record: Record, path: str, value: Any) -> None:
    if "." in path:
        name, _, key = path.partition(".")
        standing = record.get(name)
        inner = dict(standing) if isinstance(standing, Mapping) else {}
        if value is None:
            inner.pop(key, None)
        else:
            inner[key] = value
        record[name] = inner
    elif value is None:
        record.pop(path, None)
    else:
        record[path] = value


def _kept(field: Field, value: Any) -> Any:
    if field.bind == "goal.supporters":
        return [read_supporter(line)._asdict() for line in value or []]
    if field.bind == ABOUT and value is not None:
        return _thing(value)
    return value


def _thing(picked: Mapping[str, Any]) -> Record:
    """Return what a reflection is about: an activity or a goal by its id, or the person's own words for it."""
    kind, _, id = str(picked.get("bank") or "").partition(":")
    return {"kind": kind, "id": id} if id else {"kind": "own", "text": picked["text"]}


def _sessions(conversation: Conversation, tables: Tables, clock: Clock, occasion: str) -> list[Put | Remove]:
    sessions, now, today = tables.get("values", {}), instant_text(clock.now()), clock.today()
    session = session_of(conversation, sessions, occasion, now, today)
    day_one = day_one_of(conversation, sessions, placements_of(session), now, today)
    changes: list[Put | Remove] = [Put("values", session)]
    if day_one:
        changes.append(Put("values", day_one))
    elif day_one is not None:
        changes.append(Remove("values", conversation.draft.ids["day_one"]))
    return [*changes, *_answered(tables, session, occasion, clock)]


def _answered(tables: Tables, session: Record, occasion: str, clock: Clock) -> list[Put | Remove]:
    """Return the reminders that asked for nothing but this look, and are answered with it."""
    if occasion != "revisit" or session["id"] in tables.get("values", {}):
        return []
    now, today = clock.now(), clock.today()
    rest = rest_on(tables)
    return [
        Put("reminders", answered({**one}, rest, now, today, clock.instant))
        for one in tables.get("reminders", {}).values()
        if one.get("words") == "values" and one.get("on") is True and text(one, "next_at") <= instant_text(now)
    ]


def _agreements(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    answer = conversation.draft.answers.get("agreements")
    if answer is None or all(stop.key != "agreements" for stop in conversation.road):
        return []
    standing = tables.get("agreements", {})
    known = {room_id(said): id for id, one in standing.items() if (said := text(one, "text"))}
    values = answer.get("values", {})
    wanted: dict[str, Record] = {}
    for pick in values.get("picked", []):
        bank = pick.get("bank")
        source = "own" if not bank else "room" if bank.startswith(ROOM) else "bank"
        wanted[room_id(pick["text"])] = {"text": pick["text"], "from": source, **({"bank": bank} if bank else {})}
    for line in values.get("own", []):
        wanted.setdefault(room_id(line), {"text": line, "from": "own"})
    changes: list[Put | Remove] = []
    for name, record in wanted.items():
        id = known.get(name) or derived_id("agreement", name)
        since = {"since": clock.today().isoformat()}
        changes.append(Put("agreements", {**since, **standing.get(id, {}), **record, "id": id}))
    return changes + [Remove("agreements", id) for name, id in known.items() if name not in wanted]


def _person(conversation: Conversation, tables: Tables) -> list[Put | Remove]:
    said: Record = {}
    for stop in conversation.road:
        answer = _answer(conversation, stop)
        for one in stop.question.fields:
            if answer and one.bind.startswith("person."):
                said[one.bind.partition(".")[2]] = answer.get("values", {}).get(one.id)
    if not said:
        return []
    standing = next(iter(tables.get("person", {}).values()), {"id": derived_id("person", "me")})
    record = {**standing}
    for name, value in said.items():
        _merge(record, name, value)
    return [Put("person", record)] if len(record) > 1 else []


def _further_steps(conversation: Conversation, tables: Tables) -> list[Put | Remove]:
    ids, steps = conversation.draft.ids, tables.get("steps", {})
    goal = {"goal": ids["goal"]} if ids.get("goal") in tables.get("goals", {}) else {}
    changes: list[Put | Remove] = []
    for line in conversation.value("further_steps", "steps") or []:
        id = derived_id(ids["base"], f"step:{line}")
        changes.append(Put("steps", {"state": "planned", **goal, **steps.get(id, {}), "id": id, "text": line}))
    return changes


def _places(conversation: Conversation, tables: Tables) -> list[Put | Remove]:
    """The list of places is said whole: what is no longer on it goes, what stays keeps what else is known of it."""
    answer = conversation.draft.answers.get("places")
    if answer is None or all(stop.key != "places" for stop in conversation.road):
        return []
    names = dict.fromkeys(answer.get("values", {}).get("places", []))
    known = {one["name"]: id for id, one in tables.get("resources", {}).items() if one.get("name")}
    changes: list[Put | Remove] = [Remove("resources", id) for name, id in known.items() if name not in names]
    for name in names:
        if name not in known:
            id = derived_id(conversation.draft.ids["base"], f"place:{name}")
            changes.append(Put("resources", {"id": id, "name": name}))
    return changes


def _practised(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    """Return what was said in situations: a record each, beside those of other days."""
    standing = tables.get("practice", {})
    changes: list[Put | Remove] = []
    for stop in conversation.road:
        if stop.question.repeat != SITUATIONS or stop.statement is None:
            continue
        answer = _answer(conversation, stop) or {}
        id, said = practised_id(conversation.draft.ids["base"], stop.statement.id), answer.get("values", {}).get("say")
        if said:
            record = {
                "card": stop.statement.id,
                "meaning": answer["meaning"],
                "situation": answer["shown"],
                "say": said,
            }
            at = standing.get(id, {}).get("at") or instant_text(clock.now())
            changes.append(Put("practice", {**standing.get(id, {}), **record, "id": id, "at": at}))
        elif id in standing:
            changes.append(Remove("practice", id))
    return changes


def _asked(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    """What was passed or put off is kept, so that it is not asked again; an answer takes the note away.

    A sitting has notes of its own, from which it knows its passes again. Of a question that is asked alone there is one
    note (``later.put_off`` writes the same), and only where somebody would ask again.
    """
    module, is_alone, asked = conversation.module, bool(conversation.only), tables.get("asked", {})
    changes: list[Put | Remove] = []
    for stop in conversation.road:
        answer = _answer(conversation, stop)
        is_passed = answer is not None and answer.get("passed") is True
        is_noted = stop.question.kind != "page" and stop.question.shows != "said_before"
        if answer is None or not is_noted or (is_passed and is_alone and not stop.question.is_later):
            continue
        name = f"{module.name}.{stop.key}"
        id = derived_id("later", name) if is_alone else derived_id(conversation.draft.ids["base"], f"asked:{stop.key}")
        value = answer.get("values", {}).get("positions")
        option = value.get("option") if isinstance(value, Mapping) else None
        outcome = "later" if option == "later" else "passed" if option == "no" or is_passed else ""
        for other, one in asked.items():
            if one.get("question") == name and (other == id or is_alone) and not (outcome and other == id):
                changes.append(Remove("asked", other))
        if outcome:
            record = {"id": id, "question": name, "outcome": outcome}
            record["shown_at"] = asked.get(id, {}).get("shown_at") or instant_text(clock.now())
            changes.append(Put("asked", record))
    return changes
