"""The order of a conversation: questions, their fields, when each is asked, and what it is bound to.

Read from ``prompts/structure/MODULE.toml`` and checked on load: a wrong key, kind or reference names file, key and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from rchrp_goals import content
from rchrp_goals.errors import FileProblem
from rchrp_goals.guide.conditions import Condition, ConditionWrong, read_condition

QUESTION_KINDS = frozenset(
    {"text", "long_text", "choice", "choices", "ruler", "continuum", "date", "items", "pair", "overview", "page"}
)
FIELD_KINDS = frozenset({"line", "long", "choice", "choices", "position", "positions", "date", "items", "lines"})
LEVELS = frozenset({"core", "later"})
REPEATS = frozenset({"core_statements", "further_statements", "situations"})
BANKS = frozenset({"agreements", "commitments", "occasions", "focus_areas", "things"})
"""What a field may offer: banks of the wording, and ``things``, the person's own activities and goals."""
OFFERS = frozenset({"goals", "other_goals", "levels", "days"})
"""What a field may offer out of the plan and the calendar, by id."""

_QUESTION_KEYS = frozenset({"id", "kind", "level", "when", "field", "repeat", "shows", "waits_in_plain", "needs"})
_FIELD_KEYS = frozenset(
    {"id", "kind", "bind", "bank", "ideas", "options", "offers", "most", "optional", "own_words", "when"}
)
_SLOT_KEYS = frozenset({"table", "links", "set"})


class Field(NamedTuple):
    """One thing that a question takes: a line, a long text, a choice, a position, a date, a list of items.

    ``lines`` takes one of the options for each of several things (``offers``). ``most`` caps a long text, in characters.
    """

    id: str
    kind: str
    bind: str = ""
    bank: str = ""
    ideas: str = ""
    options: tuple[str, ...] = ()
    is_optional: bool = False
    takes_own_words: bool = False
    when: tuple[Condition, ...] = ()
    offers: str = ""
    most: int = 0


class Question(NamedTuple):
    """One question: what kind it is, its fields, and when it is asked."""

    id: str
    kind: str
    fields: tuple[Field, ...] = ()
    is_later: bool = False
    when: tuple[Condition, ...] = ()
    repeat: str = ""
    shows: str = ""
    waits_in_plain: bool = True
    needs: str = ""
    """The field without which the others say nothing: a day alone is no step."""

    def field(self, id: str) -> Field:
        """Return the field with this id; KeyError where there is none."""
        for one in self.fields:
            if one.id == id:
                return one
        raise KeyError(id)


class Slot(NamedTuple):
    """One record that a module writes: its table, links to other slots' records, and values that are always set."""

    name: str
    table: str
    links: Mapping[str, str] = MappingProxyType({})
    values: Mapping[str, Any] = MappingProxyType({})


class Module(NamedTuple):
    """A conversation: its questions in order and the records that they fill."""

    name: str
    questions: tuple[Question, ...]
    slots: Mapping[str, Slot]

    def question(self, id: str) -> Question:
        """Return the question with this id; KeyError where there is none."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)

    @property
    def core(self) -> tuple[Question, ...]:
        """The questions that a sitting asks."""
        return tuple(question for question in self.questions if not question.is_later)

    @property
    def later(self) -> tuple[Question, ...]:
        """The questions that wait on Home, one at a time."""
        return tuple(question for question in self.questions if question.is_later)


@cache
def load(name: str) -> Module:
    """Return the module ``name``, checked. Raises FileProblem ``structure_wrong`` with file, key and line."""
    text = content.read_text("structure", f"{name}.toml")
    return read_module(name, content.table("structure", name), text)


@cache
def parts_of_last_day() -> tuple[str, ...]:
    """Return the parts of the sitting in order, without the plan page."""
    return tuple(content.table("structure", "last_day")["parts"])


def read_module(name: str, tables: Mapping[str, Any], text: str) -> Module:
    """Build a module from parsed TOML; ``text`` is the same file as text, to name lines. Raises FileProblem."""
    check = _Check(f"structure/{name}.toml", text)
    check.keys(tables, frozenset({"slot", "question"}), 0, "")
    slots = {}
    for slot_name, slot in tables.get("slot", {}).items():
        check.keys(slot, _SLOT_KEYS, 0, slot_name)
        if "table" not in slot:
            check.wrong(0, f"slot.{slot_name}.table")
        slots[slot_name] = Slot(slot_name, slot["table"], dict(slot.get("links", {})), dict(slot.get("set", {})))
    for slot in slots.values():
        for target in slot.links.values():
            if target not in slots:
                check.wrong(0, f"slot.{slot.name}.links.{target}")
    questions: list[Question] = []
    for number, one in enumerate(tables.get("question", []), 1):
        questions.append(_read_question(one, number, questions, slots, check))
    if not questions:
        check.wrong(0, "question")
    return Module(name, tuple(questions), slots)


def _read_question(
    one: Mapping[str, Any], number: int, before: list[Question], slots: Mapping[str, Slot], check: _Check
) -> Question:
    check.keys(one, _QUESTION_KEYS, number, "")
    id = str(one.get("id", ""))
    if not id or any(question.id == id for question in before):
        check.wrong(number, "id")
    if one.get("kind") not in QUESTION_KINDS:
        check.wrong(number, "kind")
    if one.get("level", "core") not in LEVELS:
        check.wrong(number, "level")
    if one.get("repeat", "core_statements") not in REPEATS:
        check.wrong(number, "repeat")
    known = [*before, Question(id, one["kind"], tuple(Field(str(f.get("id")), "") for f in one.get("field", [])))]
    fields: list[Field] = []
    for table in one.get("field", []):
        check.keys(table, _FIELD_KEYS, number, str(table.get("id", "")))
        if not table.get("id") or any(f.id == table["id"] for f in fields):
            check.wrong(number, "field.id")
        if table.get("kind") not in FIELD_KINDS:
            check.wrong(number, f"{table['id']}.kind")
        for key in ("bank", "ideas"):
            if key in table and table[key] not in BANKS:
                check.wrong(number, f"{table['id']}.{key}")
        if table.get("offers", "goals") not in OFFERS:
            check.wrong(number, f"{table['id']}.offers")
        bind = str(table.get("bind", ""))
        if slots and "." in bind and bind.split(".", maxsplit=1)[0] not in slots:
            check.wrong(number, f"{table['id']}.bind")
        fields.append(
            Field(
                table["id"],
                table["kind"],
                bind,
                table.get("bank", ""),
                table.get("ideas", ""),
                tuple(table.get("options", ())),
                bool(table.get("optional", False)),
                bool(table.get("own_words", False)),
                check.conditions(table.get("when", ()), known, number),
                table.get("offers", ""),
                int(table.get("most", 0)),
            )
        )
    if not fields and one["kind"] not in {"page", "overview"}:
        check.wrong(number, "field")
    if "needs" in one and all(field.id != one["needs"] for field in fields):
        check.wrong(number, "needs")
    return Question(
        id,
        one["kind"],
        tuple(fields),
        one.get("level", "core") == "later",
        check.conditions(one.get("when", ()), before, number),
        one.get("repeat", ""),
        one.get("shows", ""),
        bool(one.get("waits_in_plain", True)),
        str(one.get("needs", "")),
    )


class _Check:
    """Says where a structure file is wrong: file, key and line."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    def wrong(self, question: int, key: str) -> None:
        raise FileProblem("structure_wrong", file=self.file, key=key, line=self._line(question, key))

    def keys(self, table: Mapping[str, Any], known: frozenset[str], question: int, where: str) -> None:
        for key in table:
            if key not in known:
                self.wrong(question, f"{where}.{key}" if where else key)

    def conditions(self, texts: Any, before: list[Question], question: int) -> tuple[Condition, ...]:
        found = []
        for text in texts:
            try:
                condition = read_condition(text)
            except ConditionWrong:
                self.wrong(question, "when")
                raise
            for id, field_id in condition.references:
                target = next((one for one in before if one.id == id), None)
                if target is None or (field_id and all(f.id != field_id for f in target.fields)):
                    self.wrong(question, "when")
            found.append(condition)
        return tuple(found)

    def _line(self, question: int, key: str) -> int:
        lines = self.text.splitlines()
        start = 0
        if question:
            heads = [number for number, line in enumerate(lines) if line.strip() == "[[question]]"]
            start = heads[question - 1] if question <= len(heads) else 0
        inside, _, last = key.rpartition(".")
        if inside:
            field = f'id = "{inside}"'
            start = next((number for number in range(start, len(lines)) if lines[number].strip() == field), start)
        for number in range(start, len(lines)):
            if lines[number].split("=")[0].strip().strip("[]").split(".")[-1] == last:
                return number + 1
        return start + 1
