"""Today's digest: one sentence without words of the person's, or a line for each thing that waits; once a day at most."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.plan import glance

MOST_LINES = 5
"""Lines at most, so that a digest never becomes a pile; the rest is one sentence."""


class Digest(NamedTuple):
    """``sentence`` says that something waits, and nothing of what; ``lines`` hold the person's words."""

    sentence: str
    lines: list[str]


def todays(tables: glance.Tables, words: Words, today: date, now: datetime, since: date | None = None) -> Digest | None:
    """Return the digest of a local day; None where nothing waits. Whether it was given already is not asked here.

    ``since``: the last day before it that had one (``digest_file.last_given``).
    """
    rows = glance.digest_rows(tables, today, now, since=since)
    if not rows:
        return None
    lines = [_line(row, words) for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        lines.append(words.ui("commands.remind.more"))
    return Digest(words.ui("commands.remind.one" if len(rows) == 1 else "commands.remind.few"), lines)


def _line(row: glance.DueRow, words: Words) -> str:
    """Return what one can do next about a row, on one line."""
    key = f"commands.remind.line.{row.kind}"
    if row.is_still:
        said = glance.wording_of(row, words)
    elif row.kind == "step" and row.moment:
        said = words.ui("commands.remind.line.step_with", text=row.text, moment=row.moment)
    elif words.has_ui(key):
        said = words.ui(key, text=row.text)
    else:
        said = glance.wording_of(row, words)
    return " ".join(said.split())
