"""Rules of a goal: which follow-up a pair of rulers asks for, and who stands by."""

from __future__ import annotations

import re
from typing import NamedTuple

LOW_CONFIDENCE = 7
"""Under this, the first step is offered smaller, with someone, or on another day."""


class FollowUp(NamedTuple):
    """The one thing that is asked after the rulers: about ``confidence`` or ``importance``, and the number given."""

    about: str
    position: int


def follow_up(importance: int | None, confidence: int | None) -> FollowUp | None:
    """Return which ruler "what makes it a 7 and not less?" is asked about: the lower one, at a tie confidence.

    Under 7, confidence is answered by a change of the step instead. A 0 or a pass (None) is not asked about, then the
    other is; where neither can be asked about, nothing is. The question goes down, never up: asking "why not 10?" calls
    forth reasons against (motivational interviewing, as our research reads it).
    """
    if confidence is not None and 0 < confidence < LOW_CONFIDENCE:
        return None
    candidates = [
        FollowUp(about, position)
        for about, position in (("confidence", confidence), ("importance", importance))
        if position
    ]
    return min(candidates, key=lambda one: one.position) if candidates else None


class Supporter(NamedTuple):
    """Somebody who stands by: a name, and how (may be empty)."""

    name: str
    how: str


_BETWEEN = re.compile(r"\s*(?:[:;,](?!\d)|\s[-–—]\s|\s(?P<bracket>\()(?=[^()]*\)$))\s*")


def read_supporter(line: str) -> Supporter:
    """Split a line such as ``Marcus, asks me on Mondays`` at its first comma, colon, dash, or into name and bracket.

    A number is not taken apart: neither ``10:30`` nor a telephone number with its brackets.
    """
    line = line.strip()
    found = _BETWEEN.search(line)
    name, how = (line[: found.start()], line[found.end() :]) if found else (line, "")
    if found and found["bracket"]:
        how = how.removesuffix(")").rstrip()
    return Supporter(name, how) if name and how else Supporter(line, "")
