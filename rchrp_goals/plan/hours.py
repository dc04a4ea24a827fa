"""Hours as people write them: ``1.5``, ``1,5``, ``1h30``, ``1:30``, ``90 min``, ``1 ½``, in English and Spanish."""

from __future__ import annotations

import re

from rchrp_goals.errors import AnswerRefused

MOST_HOURS = 1_000
"""More than a whole year of study in one activity is a slip of the hand."""

_MOST_CHARACTERS = 40
_FRACTIONS = {"½": 30, "¼": 15, "¾": 45}
_HOUR_WORDS = r"(?:(?:h|hs|hr|hrs|hours?|horas?)\.?)"
_MINUTE_WORDS = r"(?:(?:m|min|mins|minutes?|minutos?|['’′])\.?)"
# Compiled when hours are read: Home's first picture adds hours up and reads none.
# Two digits at most after the comma: 10,000 is ten thousand to one reader and ten to another.
_DECIMAL = rf"([0-9]{{0,6}})[.,]([0-9]{{1,2}})\s*{_HOUR_WORDS}?|([0-9]{{1,6}})\s*{_HOUR_WORDS}?"
_FRACTION = rf"([0-9]{{0,6}})\s*([½¼¾])\s*{_HOUR_WORDS}?"
_BOTH = rf"([0-9]{{1,6}})\s*(?::|{_HOUR_WORDS}(?:\s*(?:and|y|,))?)\s*([0-9]{{1,2}})\s*{_MINUTE_WORDS}?"
_HALF_AN_HOUR = r"(?:media|half(?:\s+an)?)\s+(?:hora|hour)"
_MINUTES = rf"([0-9]{{1,6}})\s*{_MINUTE_WORDS}"


def read_hours(said: str) -> int | float:
    """Return the hours that were said, exact to the minute: a whole number, else with four places.

    Raises AnswerRefused ``hours_not_read``, or ``hours_out_of_range`` (``most``) for none at all, less than none, and
    more than ``MOST_HOURS``.
    """
    line = " ".join(said.casefold().split())
    if len(line) > _MOST_CHARACTERS:
        raise AnswerRefused("hours_not_read")
    is_negative = line[:1] in {"-", "−", "–"}
    minutes = _minutes(line[1:].lstrip() if is_negative else line)
    if minutes is None:
        raise AnswerRefused("hours_not_read")
    if is_negative or not 1 <= minutes <= MOST_HOURS * 60:
        raise AnswerRefused("hours_out_of_range", most=MOST_HOURS)
    return as_hours(minutes)


def as_hours(minutes: int) -> int | float:
    """Return minutes as the hours that a plan keeps; ``as_minutes`` gives the same minutes back."""
    whole, rest = divmod(minutes, 60)
    return round(minutes / 60, 4) if rest else whole


def as_minutes(hours: float) -> int:
    """Return hours as minutes, so that three times 20 minutes are an hour."""
    return round(hours * 60)


def _minutes(line: str) -> int | None:
    if found := re.fullmatch(_MINUTES, line):
        return int(found[1])
    if found := re.fullmatch(_BOTH, line):
        minutes = int(found[2])
        return int(found[1]) * 60 + minutes if minutes < 60 else None
    if found := re.fullmatch(_FRACTION, line):
        return int(found[1] or 0) * 60 + _FRACTIONS[found[2]]
    if found := re.fullmatch(_DECIMAL, line):
        if found[3]:
            return int(found[3]) * 60
        return int(found[1] or 0) * 60 + round(int(found[2].ljust(2, "0")) * 0.6)
    return _minutes_in_words(line)


def _minutes_in_words(line: str) -> int | None:
    if re.fullmatch(_HALF_AN_HOUR, line):
        return 30
    # as it is said: "una hora y media", "2 horas y media", "media hora", "an hour and a half"
    in_words = re.compile(
        rf"(?:(?P<whole>una?|an?|one|[0-9]{{1,6}})\s*)?(?P<unit>{_HOUR_WORDS})?\s*(?P<half>y media|and a half)?"
        rf"(?:\s+{_HOUR_WORDS})?"
    )
    found = in_words.fullmatch(line)
    if found is None or not (found["half"] or (found["whole"] and found["unit"])):
        return None
    if not (found["whole"] or found["unit"]):
        return None
    whole = found["whole"] or "1"
    return (int(whole) if whole.isdigit() else 1) * 60 + (30 if found["half"] else 0)
