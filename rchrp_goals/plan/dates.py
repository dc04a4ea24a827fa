"""Dates as people write them, in the words of every language, and as we write them back.

A date that reads two ways is never guessed: both readings come back. Nothing here asks the clock: ``today``
is given. The words stand in ``prompts/LANGUAGE/dates.toml``, and the caller has read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from rchrp_goals.plan.months import months_after

LONGEST = 60
"""Characters that a written date may have."""
FIRST_YEAR = 1900
LAST_YEAR = 2199

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = {"day_before_yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "day_after_tomorrow": 2}
UNITS = {"day": 1, "week": 7, "month": -1, "year": -12}
"""Days in a unit; a negative number counts months."""

# What the parts of a date with a month's name are: d day, m month, y year. The key is how they look: a number
# of two digits looks like a day, and at the end it is a year.
_ORDERS = {
    "dm": "dm", "md": "md", "dmy": "dmy", "mdy": "mdy", "ymd": "ymd", "dmd": "dmy", "m": "m", "my": "my",
}  # fmt: skip

Phrase = tuple[str, ...]


class Reading(NamedTuple):
    """What a text says as a date: no date, one, or two where it reads two ways; the earlier first.

    ``kinds`` has one name for each date: ``iso``, ``day_month`` (``1/12``, the day first), ``month_day``,
    ``named`` (with a month's name), ``month`` (a month alone: its first day), ``weekday``, ``day`` (a day of
    the month alone), ``relative``.
    """

    dates: tuple[date, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The date, where there is exactly one."""
        return self.dates[0] if len(self.dates) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether the text reads two ways, so that the person chooses."""
        return len(self.dates) > 1


class DateWords(NamedTuple):
    """The words of all languages, as ``read_date`` looks them up: without accents, in lower case."""

    months: Mapping[Phrase, int]
    weekdays: Mapping[Phrase, int]
    days: Mapping[Phrase, int]
    units: Mapping[Phrase, int]
    numbers: Mapping[Phrase, int]
    ahead: frozenset[Phrase]
    from_now: frozenset[Phrase]
    ago: frozenset[Phrase]
    next: frozenset[Phrase]
    this: frozenset[Phrase]
    by: frozenset[Phrase]
    after_number: frozenset[Phrase]
    ignored: frozenset[Phrase]

    @classmethod
    def from_tables(cls, tables: Mapping[str, Mapping[str, Any]]) -> DateWords:
        """Return the words of ``{language: its parsed dates.toml}``.

        Raises KeyError where a table or key is missing; ValueError, with language and dotted key, where a
        word means two months, two weekdays and the like, or where a month or weekday has no short name.
        """
        months = {str(number): number for number in range(1, 13)}
        weekdays = {name: number for number, name in enumerate(WEEKDAYS)}
        for language, table in tables.items():
            for section, keys in (("months", months), ("weekdays", weekdays)):
                for key in keys:
                    if len(table[section][key]) < 2:
                        raise ValueError(f"{language}.{section}.{key}")
        return cls(
            months=_meanings(tables, "months", months),
            weekdays=_meanings(tables, "weekdays", weekdays),
            days=_meanings(tables, "days", DAYS),
            units=_meanings(tables, "units", UNITS),
            numbers=_meanings(tables, "numbers", months),
            ahead=_phrases(tables, "ahead"),
            from_now=_phrases(tables, "from_now"),
            ago=_phrases(tables, "ago"),
            next=_phrases(tables, "next"),
            this=_phrases(tables, "this"),
            by=_phrases(tables, "by"),
            after_number=_phrases(tables, "after_number"),
            ignored=_phrases(tables, "ignored"),
        )


def read_date(text: str, today: date, words: DateWords, *, preferred: str | Sequence[str] | None = None) -> Reading:
    """Return what a text says as a date, seen from ``today``; an empty reading where it says none.

    A date without a year is the next to come, today included; a weekday is the next one after today; a date
    of the past is kept. ``preferred`` names the kinds that the person chose before (``day_month`` or
    ``month_day``, ``weekday`` or ``month``): where a text reads two ways, that one stands. Never raises.
    """
    if len(text) > LONGEST:
        return Reading()
    parts = parts_of(text)
    found: dict[date, str] = {}
    for day, kind in _readings(parts, today, words):
        if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
            found.setdefault(day, kind)
    chosen = (preferred,) if isinstance(preferred, str) else preferred or ()
    if len(found) > 1 and any(kind in chosen for kind in found.values()):
        found = {day: kind for day, kind in found.items() if kind in chosen}
    days = sorted(found)
    return Reading(tuple(days), tuple(found[day] for day in days))


def behind(reading: Reading, text: str, today: date) -> Reading:
    """Return a reading as a day that lies behind is meant: without a year the last one, not the next to come.

    What says its year, or cannot lie behind ("tomorrow"), stays as it was read.
    """
    found: dict[date, str] = {}
    for day, kind in zip(reading.dates, reading.kinds, strict=True):
        found.setdefault(_last(day, kind, text, today), kind)
    return Reading(tuple(found), tuple(found.values()))


def _last(day: date, kind: str, text: str, today: date) -> date:
    """Return the last day that a reading can mean; the day itself where that does not lie behind either."""
    if day <= today or str(day.year) in text:
        return day
    if kind == "weekday":
        return day - timedelta(days=7)
    if kind == "day":
        before = (_date(day.year - (day.month <= back), (day.month - back - 1) % 12 + 1, day.day) for back in range(12))
    elif kind in {"named", "day_month", "month_day", "month"}:
        before = (_date(day.year - back, day.month, day.day) for back in range(1, 9))
    else:
        return day
    return next((one for one in before if one is not None and one <= today), day)


def is_past(day: date, today: date) -> bool:
    """Tell whether a day lies before today; such a date is kept, and it is said."""
    return day < today


def full(day: date, table: Mapping[str, Any]) -> str:
    """Return the day in full in one language (its parsed dates.toml): "Tuesday 1 December 2026"."""
    return _written(day, table, "full", 0)


def short(day: date, today: date, table: Mapping[str, Any]) -> str:
    """Return the day in short: "Thu 26 Nov", with its year where that is not this year."""
    return _written(day, table, "short" if day.year == today.year else "short_with_year", 1)


def near(day: date, today: date, table: Mapping[str, Any]) -> str:
    """Return "today", "tomorrow", or the day in short."""
    name = {0: "today", 1: "tomorrow"}.get((day - today).days)
    return str(table["show"][name]) if name else short(day, today, table)


def first_weekday(table: Mapping[str, Any]) -> int:
    """Return the weekday with which a week begins on a calendar page of that language, 0 for Monday."""
    return WEEKDAYS.index(table["show"]["first_weekday"])


def parts_of(text: str) -> Phrase:
    """Return numbers, words and single signs of a text in order; words without accents and in lower case."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return tuple(re.findall(r"[0-9]+|[^\W\d_]+|\S", plain.casefold()))


def _written(day: date, table: Mapping[str, Any], form: str, length: int) -> str:
    weekday = table["weekdays"][WEEKDAYS[day.weekday()]][length]
    month = table["months"][str(day.month)][length]
    return str(table["show"][form]).format(weekday=weekday, day=day.day, month=month, year=day.year)


def _meanings(tables: Mapping[str, Mapping[str, Any]], section: str, values: Mapping[str, int]) -> dict[Phrase, int]:
    found: dict[Phrase, int] = {}
    for language, table in tables.items():
        for key, value in values.items():
            for phrase in table[section][key]:
                if found.setdefault(parts_of(phrase), value) != value:
                    raise ValueError(f"{language}.{section}.{key}")
    return found


def _phrases(tables: Mapping[str, Mapping[str, Any]], key: str) -> frozenset[Phrase]:
    return frozenset(parts_of(phrase) for table in tables.values() for phrase in table["around"][key])


def _readings(parts: Phrase, today: date, words: DateWords) -> Iterator[tuple[date | None, str]]:
    """Give every way in which the parts read as a date, with its kind; None where there is no such day."""
    parts = _without_first(parts, words.by)
    while parts and parts[-1] in {".", ","}:
        parts = parts[:-1]
    if parts in words.days:
        yield _moved(today, words.days[parts], 1), "relative"
        return
    yield _in_relation(parts, today, words), "relative"
    while (rest := _without_first(parts, words.ignored)) != parts:
        parts = rest
    parts, is_next = _without_next(parts, words)
    if is_next and parts in words.units:
        yield _moved(today, 1, words.units[parts]), "relative"
    if parts in words.weekdays:
        yield _moved(today, (words.weekdays[parts] - today.weekday() - 1) % 7 + 1, 1), "weekday"
    yield from _in_the_calendar(parts, None, today, words)
    if parts[:1] in words.weekdays:
        rest = _without_first(parts[1:], {(",",), (".",)})
        # "mar 3" is 3 March; Tuesday the third is written out
        if parts[:1] not in words.months or len(_significant(rest, words)) > 1:
            yield from _in_the_calendar(rest, words.weekdays[parts[:1]], today, words)
    in_a_month = _without_first(parts, words.ahead)
    if in_a_month != parts and _look(_significant(in_a_month, words), words) in {"m", "my"}:
        yield from _in_the_calendar(in_a_month, None, today, words)


def _in_relation(parts: Phrase, today: date, words: DateWords) -> date | None:
    """Read a distance: "+2 weeks", "in 3 days", "3 days ago", "2w"."""
    direction = 1
    if parts[:1] in {("+",), ("-",)}:
        direction = 1 if parts[0] == "+" else -1
        rest = parts[1:]
    else:
        rest = _without_first(parts, words.ahead)
        if rest == parts:
            rest = _without_last(parts, words.from_now)
        if rest == parts:
            rest = _without_last(_without_first(parts, words.ago), words.ago)
            direction = 1 if rest == parts else -1
    if len(rest) != 2 or rest[1:] not in words.units:
        return None
    amount = _number(rest[:1], words, digits=5)
    return None if amount is None else _moved(today, direction * amount, words.units[rest[1:]])


def _in_the_calendar(
    parts: Phrase, weekday: int | None, today: date, words: DateWords
) -> Iterator[tuple[date | None, str]]:
    """Read a day and a month, in numbers or words, or one of them alone; ``weekday`` stood before it."""
    for year, month, day, kind in _in_numbers(parts):
        yield _on(year, month, day, weekday, today), kind
    names = _significant(parts, words)
    look = _look(names, words)
    if look == "d" and names[0].isdigit():
        yield _matching(_next_day_of_month(int(names[0]), today), weekday), "day"
    if look not in _ORDERS or (weekday is not None and look in {"m", "my"}):
        return
    part = dict(zip(_ORDERS[look], names, strict=True))
    year_of = _year(part["y"]) if "y" in part else None
    if "y" in part and year_of is None:
        return
    day_of = _number((part["d"],), words, digits=2) if "d" in part else 1
    yield (
        _on(year_of, words.months[part["m"],], day_of or 0, weekday, today),
        "named" if "d" in part else "month",
    )


def _in_numbers(parts: Phrase) -> Iterator[tuple[int | None, int, int, str]]:
    """Read ``2026-12-01``, ``1/12/2027``, ``1/12``: year, month, day and kind, in both orders."""
    numbers, signs = parts[::2], set(parts[1::2])
    if len(parts) not in {3, 5} or len(signs) != 1 or not signs <= {"/", ".", "-"}:
        return
    if not all(number.isascii() and number.isdigit() and len(number) in {1, 2, 4} for number in numbers):
        return
    lengths = [len(number) for number in numbers]
    if lengths[0] == 4 and len(numbers) == 3 and max(lengths[1:]) <= 2:
        yield int(numbers[0]), int(numbers[1]), int(numbers[2]), "iso"
    elif max(lengths[:2]) <= 2:
        year = _year(numbers[2]) if len(numbers) == 3 else None
        # 26-12-01 may begin with its year: with hyphens a year has four digits
        if len(numbers) == 3 and (year is None or (signs == {"-"} and lengths[2] == 2)):
            return
        yield year, int(numbers[1]), int(numbers[0]), "day_month"
        yield year, int(numbers[0]), int(numbers[1]), "month_day"


def _significant(parts: Phrase, words: DateWords) -> Phrase:
    """Return the parts that say something: without signs between them, ordinal endings, "the", "de"."""
    if not parts or parts[0] in ".,-/" or parts[-1:] in words.ignored:
        return ()
    kept: list[str] = []
    is_after_number = False
    for part in parts:
        is_ending = is_after_number and (part,) in words.after_number
        is_after_number = part.isdigit() or (is_after_number and part == ".")
        if not is_ending and part not in {".", ",", "-", "/"} and (part,) not in words.ignored:
            kept.append(part)
    return tuple(kept)


def _look(names: Phrase, words: DateWords) -> str:
    """Return a letter a part: m a month's name, d one or two digits or a number word, y four digits."""
    return "".join(
        "m" if (name,) in words.months
        else "d" if _number((name,), words, digits=2) is not None
        else "y" if re.fullmatch(r"[0-9]{4}", name)
        else "?"
        for name in names
    )  # fmt: skip


def _number(part: Phrase, words: DateWords, *, digits: int) -> int | None:
    if re.fullmatch(rf"[0-9]{{1,{digits}}}", part[0]):
        return int(part[0])
    return words.numbers.get(part)


def _year(digits: str) -> int | None:
    """Return the year of four digits, or of two, which belong to this century."""
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", digits):
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _without_first(parts: Phrase, phrases: Collection[Phrase]) -> Phrase:
    return next((parts[size:] for size in range(len(parts), 0, -1) if parts[:size] in phrases), parts)


def _without_last(parts: Phrase, phrases: Collection[Phrase]) -> Phrase:
    return next((parts[:-size] for size in range(len(parts), 0, -1) if parts[-size:] in phrases), parts)


def _without_next(parts: Phrase, words: DateWords) -> tuple[Phrase, bool]:
    """Return the parts without "next" and "this", and whether a "next" was among them."""
    bare = _without_first(_without_first(parts, words.this), words.next)
    bare = _without_last(bare, words.next)
    return bare, bare != _without_first(parts, words.this)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moved(day: date, amount: int, unit: int) -> date | None:
    """Return the day moved by units (see UNITS), at a month's last day at most; None past the calendar."""
    try:
        if unit > 0:
            return day + timedelta(days=amount * unit)
        return months_after(day, -amount * unit)
    except OverflowError:
        return None


def _matching(day: date | None, weekday: int | None) -> date | None:
    return day if day is not None and weekday in {None, day.weekday()} else None


def _on(year: int | None, month: int, day: int, weekday: int | None, today: date) -> date | None:
    """Return that day; without a year the next to come. A weekday that stands before it has to be right."""
    if year is not None:
        return _matching(_date(year, month, day), weekday)
    # eight years at most lie between two 29 February
    years = range(today.year, today.year + 9)
    ahead = next((found for year in years if (found := _date(year, month, day)) and found >= today), None)
    if weekday is None or _matching(ahead, weekday):
        return ahead
    # the next one falls on another weekday, so the last one may be meant
    years = range(today.year, today.year - 9, -1)
    behind = next((found for year in years if (found := _date(year, month, day)) and found < today), None)
    return _matching(behind, weekday)


def _next_day_of_month(day: int, today: date) -> date | None:
    """Return the next day of a month with that number, today included."""
    months = (divmod(today.year * 12 + today.month - 1 + ahead, 12) for ahead in range(3))
    days = (_date(year, month + 1, day) for year, month in months)
    return next((found for found in days if found and found >= today), None)
