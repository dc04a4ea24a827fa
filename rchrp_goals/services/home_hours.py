"""The hours of learning that stand on Home."""

from __future__ import annotations

from typing import NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.plan.glance import Tables
from rchrp_goals.services import saying
from rchrp_goals.services.learning_hours import figures, hours_by_area, hours_said

HOURS_AT_ONCE = 3


class HoursLine(NamedTuple):
    """Hours of one focus area: ``minutes`` of ``whole``, and both in words as they are shown and as they are heard."""

    area: str
    minutes: int
    whole: int
    said: str
    heard: str


def hours_lines(tables: Tables, words: Words) -> tuple[HoursLine, ...]:
    """Return the focus areas with the most hours done, three at most; the room of learning has them all."""
    found = hours_by_area(tables)
    whole = sum(one.minutes for one in found)
    lines = []
    for one in sorted(found, key=lambda one: (not one.area, -one.minutes))[:HOURS_AT_ONCE]:
        area = saying.plain_text(one.area) or words.ui("learning_room.no_area_yet")
        part, of = figures(one.minutes), figures(whole)
        heard = hours_said(one.minutes, words)
        if one.minutes < whole:
            heard = words.ui("learning_room.hours.part_spoken", part=heard, whole=of)
        said = words.ui("learning_room.hours.part", part=part, whole=of) if one.minutes < whole else heard
        lines.append(HoursLine(area, one.minutes, whole, said, heard))
    return tuple(lines)
