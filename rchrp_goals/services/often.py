"""How often, at what hour, in how many days: as people write it, in the words of both languages, and as we write it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from rchrp_goals import content
from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.dates import WEEKDAYS as DAY_NAMES
from rchrp_goals.plan.dates import parts_of
from rchrp_goals.plan.zones import WEEKDAYS as CODES
from rchrp_goals.services.day_words import date_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rchrp_goals.content import Words

WORKDAYS = CODES[:5]
MOST_DAYS = 3650
_FREQUENCIES = {1: "DAILY", 7: "WEEKLY", -1: "MONTHLY", -12: "YEARLY"}
_HOUR = re.compile(r"(?:a las? |at )?(\d{1,2})(?:[:.h]00|h)? ?([ap])?\.?(?: ?m\.?)?(?: ?h(?:rs?|oras?)?\.?)?")

Phrase = tuple[str, ...]


def read_often(said: str) -> str:
    """Return the rule that somebody means, empty for once: "each week", "cada 10 días", "on Mondays", or an RRULE itself.

    Raises AnswerRefused (``rule_not_read``, ``rule_too_often``, ``rule_never``).
    """
    from datetime import date

    from rchrp_goals.plan.recurrence import read_rule

    if "=" in said:
        return read_rule(said, date(2024, 1, 1))  # its day is said beside it: one on which every rule may begin
    parts = parts_of(said)[:20]
    if parts in _phrases("once"):
        return ""
    if parts in _phrases("too_often") or any((part,) in _phrases("too_often") for part in parts):
        raise AnswerRefused("rule_too_often")
    rule = next(_readings(parts), "")
    if not rule:
        raise AnswerRefused("rule_not_read")
    return rule


def said_often(rule: str, words: Words) -> str:
    """Return how often a rule comes, in words: "once", "each week", "every 10 days", "on weekdays", "Mon and Thu"."""
    from rchrp_goals.plan.recurrence import rule_parts, simple

    if not rule:
        return words.ui("reminders_room.often.once")
    if (found := simple(rule)) is not None:
        unit, count = found
        return words.ui(f"reminders_room.often.{unit}" if count == 1 else f"reminders_room.often.{unit}s", n=count)
    parts = rule_parts(rule) or {}
    days = parts.get("BYDAY", "").split(",")
    if parts.keys() <= {"FREQ", "BYDAY", "WKST"} and parts.get("FREQ") == "WEEKLY" and set(days) <= set(CODES):
        return weekdays_said(days, words)
    return words.ui("reminders_room.often.own", rule=rule)


def weekdays_said(codes: list[str], words: Words) -> str:
    """Return days of the week in words; "on weekdays" for Monday to Friday, "any day" for none."""
    if not codes or set(codes) == set(CODES):
        return words.ui("reminders_room.often.any_day")
    if tuple(sorted(codes, key=CODES.index)) == WORKDAYS:
        return words.ui("reminders_room.often.workdays")
    names = [weekday_name(code, words) for code in CODES if code in codes]
    return words.ui("reminders_room.often.on_days", days=_listed(names, words))


def weekday_name(code: str, words: Words) -> str:
    """Return a day of the week by its name."""
    return str(words.module("dates")["weekdays"][DAY_NAMES[CODES.index(code)]][0])


def read_hour(said: str) -> int:
    """Return the hour that was said: "9", "18:00", "6 pm", "6 p. m.", "las 18"; full hours only.

    Raises AnswerRefused ``hour_not_read``.
    """
    line = " ".join(said.casefold().split())
    for names, hour in ((_phrases("noon"), 12), (_phrases("midnight"), 0)):
        if parts_of(line) in names:
            return hour
    found = _HOUR.fullmatch(line.removeprefix("las ").removeprefix("la "))
    if found is None:
        raise AnswerRefused("hour_not_read")
    hour, half = int(found[1]), found[2]
    if half and not 1 <= hour <= 12:
        raise AnswerRefused("hour_not_read")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if hour == 24:
        return 0
    if hour > 23:
        raise AnswerRefused("hour_not_read")
    return hour


def hour_said(hour: int) -> str:
    """Return an hour as it is shown in both languages: "9:00"."""
    return f"{hour}:00"


def read_quiet(said: str) -> tuple[int, int]:
    """Return the hours in which nothing comes: "22 to 7", "de 10 pm a 7 am", "22-7". Raises AnswerRefused ``quiet_not_read``."""
    line = " ".join(said.casefold().split())
    for first in ("from ", "de ", "desde "):
        line = line.removeprefix(first)
    for between in (" to ", " a ", " until ", " hasta ", "-", "–"):
        begin, found, end = line.partition(between)
        if found:
            try:
                hours = read_hour(begin.strip()), read_hour(end.strip())
            except AnswerRefused:
                continue
            if hours[0] != hours[1]:
                return hours
    raise AnswerRefused("quiet_not_read")


def read_days(said: str) -> int:
    """Return a number of days: "90", "90 days", "3 months", "un año". Raises AnswerRefused ``days_not_read``."""
    parts = parts_of(said)
    words = date_words()
    amount = _amount(parts[:1])
    unit = words.units.get(parts[1:], 1 if len(parts) == 1 else 0)
    days = (amount or 0) * {-1: 30, -12: 365}.get(unit, unit)
    if not 1 <= days <= MOST_DAYS:
        raise AnswerRefused("days_not_read")
    return days


def _readings(parts: Phrase) -> Iterator[str]:
    """Give the rule that the parts say, if they say one."""
    if parts in _phrases("workdays"):
        yield f"FREQ=WEEKLY;BYDAY={','.join(WORKDAYS)}"
    for name, frequency in (("daily", "DAILY"), ("weekly", "WEEKLY"), ("monthly", "MONTHLY"), ("yearly", "YEARLY")):
        if parts in _phrases(name):
            yield f"FREQ={frequency}"
    bare = _without_first(parts, _phrases("each"))
    if bare in _phrases("workdays"):
        yield f"FREQ=WEEKLY;BYDAY={','.join(WORKDAYS)}"
    days = list(_weekdays(bare))
    if days:
        yield f"FREQ=WEEKLY;BYDAY={','.join(code for code in CODES if code in days)}"
    units = date_words().units
    if bare != parts and bare in units:
        yield f"FREQ={_FREQUENCIES[units[bare]]}"
    amount = 2 if bare[:1] in _phrases("other") else _amount(bare[:1])
    if bare != parts and amount and bare[1:] in units:
        interval = f";INTERVAL={amount}" if amount > 1 else ""
        yield f"FREQ={_FREQUENCIES[units[bare[1:]]]}{interval}"


def _weekdays(parts: Phrase) -> Iterator[str]:
    """Give the days of the week that the parts name, none where something else stands among them."""
    found = []
    for part in parts:
        singular = part.removesuffix("s") if (part,) not in date_words().weekdays else part
        at = date_words().weekdays.get((singular,))
        if at is not None:
            found.append(CODES[at])
        elif (part,) not in _phrases("and") | _phrases("each"):
            return
    yield from found


def _amount(part: Phrase) -> int | None:
    if part and part[0].isascii() and part[0].isdigit() and len(part[0]) <= 4:
        return int(part[0])
    return date_words().numbers.get(part)


def _without_first(parts: Phrase, phrases: frozenset[Phrase]) -> Phrase:
    return next((parts[size:] for size in range(len(parts), 0, -1) if parts[:size] in phrases), parts)


@cache
def _phrases(name: str) -> frozenset[Phrase]:
    tables: list[Mapping[str, Any]] = [content.table(language, "often") for language in content.LANGUAGES]
    return frozenset(parts_of(phrase) for table in tables for phrase in table["read"][name])


def _listed(names: list[str], words: Words) -> str:
    from rchrp_goals.services.saying import listed

    return listed(names, words)
