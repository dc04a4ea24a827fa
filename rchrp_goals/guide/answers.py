"""Checks one value of an answer, as its field's kind asks: cleaned, capped, in range, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.draft import Draft
from rchrp_goals.guide.structure import Field, Module, Question
from rchrp_goals.plan.text import LONG_CAP, ONE_LINE_CAP, clean, pasted_lines
from rchrp_goals.plan.values import HIGHEST, LOWEST, read_positions

ITEMS_CAP = 30
HALF_SAID = frozenset({"date", "positions"})
"""Kinds of which the text that is being typed is read: half of it is no answer yet."""
_STATEMENTS = "session.statements"
"""What the field is bound to that takes the room's own sentences."""
_TYPED = frozenset({"line", "long", "items", *HALF_SAID})
"""Kinds in which any text may stand while it is being typed."""


def checked_value(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    """Return the value as it is kept (None for nothing), and whether something was left out of its text.

    Shapes kept, by kind: ``line`` and ``long`` a string, or ``{"bank": id, "text": str}`` where the field has ideas;
    ``choice`` an option's id, or ``{"bank": id or None, "text": str}`` where it has a bank; ``choices`` a list of those;
    ``position`` 0 to 10; ``positions`` a list of 0 to 10 or None, or ``{"option": id}``; ``date`` an ISO date; ``items`` a
    list of strings; ``lines`` an option's id by the id of what it is said of. A ``choice`` out of the plan (``offers``) is
    the id of what was chosen. ``count`` is how many positions a Day One line has. Raises AnswerRefused.
    """
    if raw in (None, "", [], {}):
        return None, False
    return _BY_KIND[field.kind](field, raw, count)


def make_readable(draft: Draft, module: Module) -> None:
    """Leave out of a draft what cannot be kept, as another version or another hand may have written it.

    Such a question is asked again. Answers to questions that this version does not know stay where they are.
    """
    questions = {question.id: question for question in module.questions}
    wrong = []
    for key, answer in draft.answers.items():
        question = questions.get(key.partition(":")[0])
        if question is not None and not _is_readable(question, answer):
            wrong.append(key)
    for key in wrong:
        del draft.answers[key]
    at = questions.get(draft.at.partition(":")[0])
    draft.typing = {
        one.id: draft.typing[one.id]
        for one in (at.fields if at else ())
        if _may_be_typed(one, draft.typing.get(one.id))
    }
    if wrong and draft.at not in wrong:
        draft.at, draft.typing = "", {}


def what_is_missing(question: Question, values: Mapping[str, Any]) -> str:
    """Return why values that can be kept are no answer yet: the key of a sentence, empty where they are one."""
    # A reason alone is no place on the line; beside choices, own words alone are an answer.
    is_enough = question.kind == "page" or (question.kind in {"choice", "choices"} and bool(values))
    if not is_enough and not any(one.id in values for one in question.fields if not one.is_optional):
        return "nothing_answered"
    return "words_missing" if question.needs and question.needs not in values else ""


def _is_readable(question: Question, answer: Any) -> bool:
    if not isinstance(answer, dict) or type(answer.get("meaning", 1)) is not int:
        return False
    if "shown" in answer and not is_kept(Field("shown", "line"), answer["shown"]):
        return False
    values = answer.get("values")
    if not isinstance(values, dict):
        return answer.get("passed") is True
    kept = {one.id: values[one.id] for one in question.fields if one.id in values}
    return not what_is_missing(question, kept) and all(is_kept(question.field(id), kept[id]) for id in kept)


def is_kept(field: Field, value: Any) -> bool:
    """Tell whether a value stands as an answer keeps it."""
    try:
        return checked_value(field, value, len(value) if isinstance(value, list) else 0) == (value, False)
    except AnswerRefused:
        return False


def _may_be_typed(field: Field, value: Any) -> bool:
    """Tell whether a value may stand in a field before it is answered: text that is not finished, or an answer."""
    if field.kind in _TYPED and isinstance(value, str):
        return True
    if field.kind == "items" and isinstance(value, list):
        return all(isinstance(line, str) for line in value)
    if field.kind == "choice" and field.bank and isinstance(value, dict):
        return isinstance(value.get("text"), str)
    return value is not None and is_kept(field, value)


def _text(raw: Any, cap: int, is_long: bool) -> tuple[str | None, bool]:
    if not isinstance(raw, str):
        raise AnswerRefused("answer_wrong")
    if not raw.strip():
        return None, False
    cleaned = clean(raw, cap=cap, is_long=is_long)
    return cleaned.text, cleaned.was_changed


def _line(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    bank = None
    if isinstance(raw, Mapping):
        bank, raw = raw.get("bank"), raw.get("text")
    text, was_changed = _text(raw, ONE_LINE_CAP, False)
    if text is None:
        return None, was_changed
    return ({"bank": bank, "text": text} if field.ideas and _is_bank_id(bank) else text), was_changed


def _long(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    return _text(raw, field.most or LONG_CAP, True)


def _choice(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    if field.options:
        if raw not in field.options:
            raise AnswerRefused("not_an_option")
        return raw, False
    if field.offers:
        if not _is_bank_id(raw):
            raise AnswerRefused("not_an_option")
        return raw, False
    if isinstance(raw, str):
        raw = {"bank": None, "text": raw}
    if not isinstance(raw, Mapping):
        raise AnswerRefused("answer_wrong")
    text, was_changed = _text(raw.get("text"), ONE_LINE_CAP, False)
    if text is None:
        return None, was_changed
    bank = raw.get("bank")
    return {"bank": bank if _is_bank_id(bank) else None, "text": text}, was_changed


def _is_bank_id(bank: Any) -> bool:
    return isinstance(bank, str) and 0 < len(bank) <= 80 and bank.isascii() and bank.isprintable()


def _choices(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    if not isinstance(raw, list):
        raise AnswerRefused("answer_wrong")
    kept, was_changed = [], False
    for one in raw:
        value, changed = _choice(field, one, count)
        was_changed = was_changed or changed
        if value is not None and value not in kept:
            kept.append(value)
    return kept or None, was_changed


def _position(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    if isinstance(raw, bool) or not isinstance(raw, int) or not LOWEST <= raw <= HIGHEST:
        raise AnswerRefused("position_range")
    return raw, False


def _positions(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    if isinstance(raw, Mapping):
        if raw.get("option") not in field.options:
            raise AnswerRefused("not_an_option")
        return {"option": raw["option"]}, False
    if isinstance(raw, str):
        return read_positions(raw, count), False
    if not isinstance(raw, list):
        raise AnswerRefused("answer_wrong")
    if len(raw) != count:
        raise AnswerRefused("positions_count", n=count, given=len(raw))
    return [None if one is None else _position(field, one, count)[0] for one in raw], False


def _date(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    try:
        return date.fromisoformat(raw).isoformat(), False
    except (TypeError, ValueError):
        raise AnswerRefused("date_not_understood") from None


def _items(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    if isinstance(raw, str):
        raw = raw.splitlines()
    if not isinstance(raw, list):
        raise AnswerRefused("answer_wrong")
    kept, was_changed = [], False
    for one in raw:
        text, changed = _text(one, ONE_LINE_CAP, False)
        was_changed = was_changed or changed
        if text is not None:
            kept.append(text)
    if len(kept) > ITEMS_CAP:
        raise AnswerRefused("too_many_items", n=ITEMS_CAP)
    if field.bind == _STATEMENTS:
        # the same sentence twice would be asked without end: it is one statement
        kept = pasted_lines("\n".join(kept))
    return kept or None, was_changed


def _lines(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    if not isinstance(raw, Mapping) or not all(_is_bank_id(id) for id in raw):
        raise AnswerRefused("answer_wrong")
    if any(option not in field.options for option in raw.values()):
        raise AnswerRefused("not_an_option")
    return dict(raw) or None, False


_BY_KIND = {
    "line": _line,
    "long": _long,
    "choice": _choice,
    "choices": _choices,
    "position": _position,
    "positions": _positions,
    "date": _date,
    "items": _items,
    "lines": _lines,
}
