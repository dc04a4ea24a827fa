"""Checks one value of an answer, as its field's kind asks: cleaned, capped, in range, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.structure import Field
from rchrp_goals.plan.text import LONG_CAP, ONE_LINE_CAP, clean
from rchrp_goals.plan.values import HIGHEST, LOWEST, read_positions

ITEMS_CAP = 30


def checked_value(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    """Return the value as it is kept (None for nothing), and whether something was left out of its text.

    Shapes kept, by kind: ``line`` and ``long`` a string, or ``{"bank": id, "text": str}`` where the field has ideas;
    ``choice`` an option's id, or ``{"bank": id or None, "text": str}`` where it has a bank; ``choices`` a list of those;
    ``position`` 0 to 10; ``positions`` a list of 0 to 10 or None, or ``{"option": id}``; ``date`` an ISO date; ``items`` a
    list of strings. ``count`` is how many positions a Day One line has. Raises AnswerRefused.
    """
    if raw in (None, "", []):
        return None, False
    return _BY_KIND[field.kind](field, raw, count)


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
    return ({"bank": str(bank), "text": text} if bank and field.ideas else text), was_changed


def _long(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    return _text(raw, LONG_CAP, True)


def _choice(field: Field, raw: Any, count: int) -> tuple[Any, bool]:
    if field.options:
        if raw not in field.options:
            raise AnswerRefused("not_an_option")
        return raw, False
    if isinstance(raw, str):
        raw = {"bank": None, "text": raw}
    if not isinstance(raw, Mapping):
        raise AnswerRefused("answer_wrong")
    text, was_changed = _text(raw.get("text"), ONE_LINE_CAP, False)
    if text is None:
        return None, was_changed
    return {"bank": raw.get("bank"), "text": text}, was_changed


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
    if len(raw) > ITEMS_CAP:
        raise AnswerRefused("too_many_items", n=ITEMS_CAP)
    kept, was_changed = [], False
    for one in raw:
        text, changed = _text(one, ONE_LINE_CAP, False)
        was_changed = was_changed or changed
        if text is not None:
            kept.append(text)
    return kept or None, was_changed


_BY_KIND = {
    "line": _line,
    "long": _long,
    "choice": _choice,
    "choices": _choices,
    "position": _position,
    "positions": _positions,
    "date": _date,
    "items": _items,
}
