"""The sheets for a pen, by the name that the command gives them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rchrp_goals.content import Words
from rchrp_goals.export.paper import Paper
from rchrp_goals.services import paper_blank, paper_filled, paper_hours
from rchrp_goals.services.paper_filled import Tables
from rchrp_goals.services.paper_hours import Wanted

if TYPE_CHECKING:
    from rchrp_goals.services.year import Span

_BLANK = {"day-one": paper_blank.day_one, "blank": paper_blank.blank}
_FILLED = {"check-in": paper_filled.check_in, "review": paper_filled.review}
_RECORDS = {"hours": paper_hours.hours}


def blank_paper(kind: str, words: Words) -> Paper:
    """Return ``day-one`` or ``blank``; no plan is needed, or read. Raises FileProblem for the room's own file."""
    return _BLANK[kind](words)


def own_paper(kind: str, tables: Tables, words: Words, today: date, span: Span | None = None) -> Paper:
    """Return ``year``, of a span, else of the last twelve months."""
    from rchrp_goals.services.paper_year import year_paper
    from rchrp_goals.services.year import last_twelve

    return {"year": year_paper}[kind](tables, words, today, span or last_twelve(today))


def filled_paper(kind: str, tables: Tables, words: Words, today: date) -> Paper:
    """Return ``check-in`` or ``review``, filled by what leaves of a plan by default."""
    return _FILLED[kind](tables, words, today)


def record_paper(kind: str, tables: Tables, words: Words, today: date, wanted: Wanted | None = None) -> Paper:
    """Return ``hours``: what was done, as far as it is ``wanted``."""
    return _RECORDS[kind](tables, words, today, wanted)
