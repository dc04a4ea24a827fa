"""The pages between the questions: then and now with a short rest, and what stands alone on its screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rchrp_goals.guide.conversation import Stop
from rchrp_goals.screens.safe import safe, safe_line
from rchrp_goals.services import saying
from rchrp_goals.services.asked import Asked
from rchrp_goals.services.check_in import shown_lines
from rchrp_goals.services.offers import offers
from rchrp_goals.services.sitting import Sitting
from widgets.flow import Flow
from widgets.plate import Plate
from widgets.then_and_now import Legend, Row, ThenAndNow


def make_page(sitting: Asked, stop: Stop, *, is_ascii: bool) -> Sequence[Widget]:
    """Return what stands on a page under its words."""
    made: list[Widget] = make_lines(sitting)
    not_again = sitting.desk.keys.cap("ask.not_again")
    if stop.question.shows == "then_and_now" and isinstance(sitting, Sitting):
        made += _then_and_now(sitting, is_ascii)
    for field in stop.question.fields:
        made += [
            Flow(Plate(not_again, safe_line(offer.text), id="not-again"), classes="not-again")
            for offer in offers(sitting, field)
        ]
    return made


def make_lines(sitting: Asked) -> list[Widget]:
    """Return the lines that stand beside a question's words, each with its quieter one under it."""
    made: list[Widget] = []
    for one in shown_lines(sitting):
        note = Content.assemble("\n", safe(one.note).stylize("$quiet")) if one.note else Content("")
        made.append(Static(Content.assemble(safe(one.text), note), classes="shown"))
    return made


def _then_and_now(sitting: Sitting, is_ascii: bool) -> list[Widget]:
    words = sitting.desk.words
    compared = sitting.then_and_now()
    if not compared:
        return []
    rows = [
        Row(safe_line(row.now_text or row.then_text), row.then, row.now, saying.then_and_now(row, words))
        for row in compared
    ]
    ui = words.ui
    return [
        ThenAndNow(
            rows,
            ui("ask.disagree"),
            ui("ask.agree"),
            title=ui("ask.then_and_now"),
            legend=Legend(ui("ask.then"), ui("ask.now"), ui("ask.both")),
            ascii_glyphs=is_ascii,
        )
    ]
