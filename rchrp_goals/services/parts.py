"""Turns the answers of a part into records of the plan.

Ids are given in advance (``Draft.ids``), so that applying a part twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import NAMESPACE_OID, uuid4, uuid5

from rchrp_goals.guide.conversation import Conversation, Stop
from rchrp_goals.guide.draft import Draft
from rchrp_goals.guide.structure import Field, Module
from rchrp_goals.plan.goals import read_supporter
from rchrp_goals.plan.text import room_id

Record = dict[str, Any]
Tables = Mapping[str, Mapping[str, Record]]

DAYS_AHEAD: Mapping[str, tuple[int, str]] = {
    "day_7": (7, "first_step"),
    "day_30": (30, "look_again"),
    "day_90": (90, "look_again_and_values"),
    "day_365": (365, "values"),
}
"""The dates ahead: days after the sitting, and the name of the reminder's sentence."""

OCCASIONS: Mapping[str, str] = {"values": "last_day", "day_one": "day_one_part_1"}


class Clock(Protocol):
    """Tells the time to whom it is given; nothing else asks the system."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""

    def today(self) -> date:
        """Return the local date."""

    def instant(self, day: date, hour: int) -> datetime:
        """Return the moment of a full hour on a local day, aware, in UTC."""


class Put(NamedTuple):
    """One record to write."""

    table: str
    record: Record


class Remove(NamedTuple):
    """One record to remove."""

    table: str
    id: str


def new_ids(module: Module) -> dict[str, str]:
    """Return fresh ids for every record that a part of this module may write."""
    names = [*module.slots, "base"]
    if module.name in OCCASIONS:
        names += ["session", "day_one"]
    return {name: str(uuid4()) for name in names}


def stamp(moment: datetime) -> str:
    """Return an instant as the plan keeps it: UTC with microseconds and Z."""
    from datetime import UTC

    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def local_day(instant: str) -> date:
    """Return the day of this machine's zone on which an instant of the plan lies. Raises ValueError for no instant."""
    return datetime.fromisoformat(instant).astimezone().date()


def changes_of(conversation: Conversation, tables: Tables, clock: Clock, occasion: str = "") -> list[Put | Remove]:
    """Return what a part's answers write, set against the plan as it stands.

    Only what was said becomes a record; a values part writes its session also when everything was passed.
    """
    draft, module = conversation.draft, conversation.module
    changes: list[Put | Remove] = []
    changes += _slots(conversation, tables, clock)
    if module.name in OCCASIONS:
        changes += _sessions(conversation, tables, occasion or OCCASIONS[module.name])
    if module.name == "start":
        changes += _agreements(conversation, tables, clock) + _person(conversation, tables)
    if module.name == "ahead":
        changes += _reminders(conversation, tables, clock)
    changes += _lists(conversation, draft)
    changes += _letters(conversation, tables, clock)
    changes += _asked(conversation, tables, clock)
    return changes


def derived_id(base: str, name: str) -> str:
    """Return the id that belongs to ``name`` under ``base``: the same each time."""
    return str(uuid5(NAMESPACE_OID, f"{base}:{name}"))


def _answer(conversation: Conversation, stop: Stop) -> dict[str, Any] | None:
    return conversation.draft.answers.get(stop.key)


def _slots(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    draft, module = conversation.draft, conversation.module
    said = _said(conversation)
    standing = {name: tables.get(slot.table, {}).get(draft.ids[name], {}) for name, slot in module.slots.items()}
    written = {
        name
        for name, record in said.items()
        if standing[name] or any(value not in (None, {}, []) for value in record.values())
    }
    puts: list[Put | Remove] = []
    for name in module.slots:
        if name not in written:
            continue
        slot = module.slots[name]
        record = {**slot.values, **standing[name]}
        for path, value in said[name].items():
            _merge(record, path, value)
        record["id"] = draft.ids[name]
        for link, target in slot.links.items():
            if target in written:
                record[link] = draft.ids[target]
        if name == "ruler":
            record.setdefault("at", stamp(clock.now()))
        if name == "learning" and not record.get("planned_for") and record.get("state") == "planned":
            record["state"] = "idea"
        puts.append(Put(slot.table, record))
    return puts


def _said(conversation: Conversation) -> dict[str, Record]:
    """Return what was said for each slot, by the path of its field; a pass takes away what stood."""
    said: dict[str, Record] = {name: {} for name in conversation.module.slots}
    for stop in conversation.road:
        answer = _answer(conversation, stop)
        if answer is None:
            continue
        is_opened = stop.question.id == conversation.draft.only
        overrides = not is_opened and any(condition.opens_by_answer for condition in stop.question.when)
        for one in stop.question.fields:
            slot, _, path = one.bind.partition(".")
            value = answer.get("values", {}).get(one.id)
            if slot in said and not (value is None and overrides):
                _set(said[slot], path, _kept(one, value))
    if said.get("ruler", {}).get("what_makes_it"):
        asked = conversation.follow_up()
        said["ruler"]["what_makes_it_about"] = asked.about if asked else None
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
        inner = dict(record.get(name) or {})
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
    return value


def _placements(conversation: Conversation, question: str) -> list[Record]:
    placements = []
    for stop in conversation.road:
        if stop.statement is None or stop.question.id != question:
            continue
        answer = _answer(conversation, stop) or {"passed": True}
        one: Record = {
            "statement": stop.statement.id,
            "meaning": answer.get("meaning", stop.statement.meaning),
            "text": answer.get("shown", stop.statement.text),
        }
        values = answer.get("values", {})
        if "position" in values:
            one["position"] = values["position"]
            if values.get("reason"):
                one["reason"] = values["reason"]
        else:
            one["passed"] = True
        placements.append(one)
    return placements


def _sessions(conversation: Conversation, tables: Tables, occasion: str) -> list[Put | Remove]:
    draft = conversation.draft
    sessions = tables.get("values", {})
    standing = dict(sessions.get(draft.ids["session"], {}))
    # An edit knows only the answer that it changed, and a later question adds to what stands: both keep the rest.
    question = "more_statements" if any(key.startswith("more_statements") for key in draft.answers) else "statement"
    placements = _placements(conversation, question)
    if not placements and not standing:
        core = conversation.statements[:6]
        placements = [{"statement": one.id, "meaning": one.meaning, "text": one.text, "passed": True} for one in core]
    if standing:
        changed = {one["statement"]: one for one in placements}
        kept = [_over(one, changed.pop(one["statement"], None)) for one in standing.get("placements", [])]
        placements = kept + list(changed.values())
    record = {
        "occasion": occasion,
        "taken_at": draft.started_at,
        "entered": "at_the_time",
        "state": "open",
        **standing,
        "id": draft.ids["session"],
        "placements": placements,
    }
    changes: list[Put | Remove] = [Put("values", record)]
    line = conversation.value("day_one", "positions") or conversation.value("day_one_later", "positions")
    if isinstance(line, list):
        before = [
            {
                "statement": one["statement"],
                "meaning": one.get("meaning", 1),
                "text": one["text"],
                **({"passed": True} if position is None else {"position": position}),
            }
            for one, position in zip(placements, line, strict=False)
        ]
        day_one = {
            "occasion": "day_one_part_1",
            "taken_at": draft.started_at,
            "entered": "from_paper",
            "state": "open",
            **dict(sessions.get(draft.ids["day_one"], {})),
            "id": draft.ids["day_one"],
            "placements": before,
        }
        changes.append(Put("values", day_one))
    elif draft.ids["day_one"] in sessions and ("day_one" in draft.answers or "day_one_later" in draft.answers):
        changes.append(Remove("values", draft.ids["day_one"]))
    return changes


def _over(standing: Record, changed: Record | None) -> Record:
    if changed is None:
        return standing
    kept = {key: value for key, value in standing.items() if key not in {"position", "passed", "reason"}}
    return {**kept, **changed}


def _agreements(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    answer = conversation.draft.answers.get("agreements")
    if answer is None:
        return []
    standing = {id: one for id, one in tables.get("agreements", {}).items() if not one.get("removed_at")}
    values = answer.get("values", {})
    wanted: dict[str, Record] = {}
    for pick in values.get("picked", []):
        bank = pick.get("bank")
        source = "bank" if bank and not bank.startswith("room-") else "room"
        wanted[derived_id("agreement", room_id(pick["text"]))] = {
            "text": pick["text"],
            "from": source,
            **({"bank": bank} if bank else {}),
        }
    for text in values.get("own", []):
        wanted.setdefault(derived_id("agreement", room_id(text)), {"text": text, "from": "own"})
    changes: list[Put | Remove] = []
    for id, record in wanted.items():
        changes.append(
            Put("agreements", {"since": clock.today().isoformat(), **standing.get(id, {}), **record, "id": id})
        )
    changes += [Remove("agreements", id) for id in standing if id not in wanted]
    return changes


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


def _reminders(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    draft = conversation.draft
    if "dates" not in draft.answers:
        return []
    choice = conversation.value("dates", "choice")
    names: list[str] = []
    if choice == "yes":
        names = list(DAYS_AHEAD)
    elif choice == "fewer":
        names = list(conversation.value("which", "which") or [])
    reminders = tables.get("reminders", {})
    started = local_day(draft.started_at)
    changes: list[Put | Remove] = []
    for name, (days, words) in DAYS_AHEAD.items():
        id = derived_id(draft.ids["base"], name)
        if name in names:
            record = {
                "what": _about(name, tables),
                "words": words,
                "on": True,
                "next_at": stamp(clock.instant(started + timedelta(days=days), 9)),
                **({} if reminders.get(id, {}).get("removed_at") else reminders.get(id, {})),
                "id": id,
                "base": draft.ids["base"],
            }
            changes.append(Put("reminders", record))
        elif id in reminders and not reminders[id].get("removed_at"):
            changes.append(Remove("reminders", id))
    return changes


def _about(name: str, tables: Tables) -> Record:
    if name == "day_7":
        steps = [one for one in tables.get("steps", {}).values() if one.get("state") == "planned"]
        newest = max(steps, key=lambda one: str(one.get("created_at", "")), default=None)
        return {"kind": "step", "id": newest["id"]} if newest else {"kind": "plan"}
    return {"kind": "values" if name == "day_365" else "plan"}


def _lists(conversation: Conversation, draft: Draft) -> list[Put | Remove]:
    changes: list[Put | Remove] = []
    for text in conversation.value("further_steps", "steps") or []:
        record: Record = {"id": derived_id(draft.ids["base"], f"step:{text}"), "text": text, "state": "planned"}
        if draft.ids.get("goal"):
            record["goal"] = draft.ids["goal"]
        changes.append(Put("steps", record))
    for text in conversation.value("places", "places") or []:
        changes.append(Put("resources", {"id": derived_id(draft.ids["base"], f"place:{text}"), "name": text}))
    return changes


def _letters(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    text = conversation.value("letter", "line")
    if not text:
        return []
    id = derived_id(conversation.draft.ids["base"], "letter")
    standing = tables.get("letters", {}).get(id, {})
    return [Put("letters", {"at": stamp(clock.now()), **standing, "id": id, "text": text})]


def _asked(conversation: Conversation, tables: Tables, clock: Clock) -> list[Put | Remove]:
    """What was passed or put off is kept, so that it is not asked again; an answer takes the note away."""
    draft, module = conversation.draft, conversation.module
    asked = tables.get("asked", {})
    changes: list[Put | Remove] = []
    for stop in conversation.road:
        answer = _answer(conversation, stop)
        if answer is None or stop.question.kind == "page":
            continue
        id = derived_id(draft.ids["base"], f"asked:{stop.key}")
        value = answer.get("values", {}).get("positions")
        option = value.get("option") if isinstance(value, Mapping) else None
        outcome = "later" if option == "later" else "passed" if option == "no" or answer.get("passed") else ""
        if outcome:
            record = {"id": id, "question": f"{module.name}.{stop.key}", "outcome": outcome}
            record["shown_at"] = asked.get(id, {}).get("shown_at") or stamp(clock.now())
            changes.append(Put("asked", record))
        elif id in asked and not asked[id].get("removed_at"):
            changes.append(Remove("asked", id))
    return changes
