"""How a rule is read from what people type, and said in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.hours import read_hours as read_hours  # noqa: PLC0414 - every figure of a rule is read here
from rchrp_goals.services.learning_hours import hours_said
from rchrp_goals.services.renewal import MOST_MONTHS, rule_of

if TYPE_CHECKING:
    from rchrp_goals.content import Words

AHEAD = timedelta(366)
"""So far ahead may the first day of a cycle lie."""
_MONTHS = re.compile(r"([0-9]{1,4})\s*(?:(?P<years>y|yrs?|years?|a|años?|anos?)|m|months?|mes|meses)?\.?")


def read_months(said: str) -> int:
    """Return the months that were said: "24", "24 months", "2 years", "2 años". Raises AnswerRefused ``months_not_read``."""
    found = _MONTHS.fullmatch(" ".join(said.casefold().split()))
    months = int(found[1]) * (12 if found["years"] else 1) if found else 0
    if not 1 <= months <= MOST_MONTHS:
        raise AnswerRefused("months_not_read", most=MOST_MONTHS)
    return months


def read_start(said: str, today: date) -> date:
    """Return the first day of a cycle. Raises AnswerRefused ``cycle_start_far`` where it is more than a year ahead."""
    on = date.fromisoformat(said)
    if on > today + AHEAD:
        raise AnswerRefused("cycle_start_far")
    return on


def read_category(said: str, words: Words) -> str:
    """Return a category as it is kept. Raises AnswerRefused ``category_is_supervision``: that is kept apart."""
    from rchrp_goals.plan.text import clean, identity

    name = clean(said).text
    if identity(name) in {identity(one) for one in words.lines("renewal_room.supervision_words")}:
        raise AnswerRefused("category_is_supervision")
    return name


def rule_said(rule: Mapping[str, Any], words: Words) -> str:
    """Return a rule in one line: "2 years; 20 hours in all; 6 hours of ethics; 14 hours of any kind"."""

    def ui(key: str, **values: object) -> str:
        return words.ui(f"renewal_room.template.{key}", **values)

    asked = rule_of(rule)
    months = rule.get("cycle_months") or 0
    years, rest = divmod(months, 12)
    parts = [ui("months", n=months) if rest else ui("years", n=years) if months else ui("no_cycle")]
    if asked.total:
        parts.append(ui("total", hours=hours_said(asked.total, words)))
    parts += [ui("of", hours=hours_said(minutes, words), name=name) for name, minutes in asked.minima.items()]
    if asked.any_kind and asked.minima:
        parts.append(ui("any", hours=hours_said(asked.any_kind, words)))
    if asked.supervision:
        parts.append(ui("supervision", hours=hours_said(asked.supervision, words)))
    if rule.get("approval") is True:
        parts.append(ui("approval"))
    return words.ui("sentences.semicolon").join(parts)
