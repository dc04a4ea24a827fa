"""Check-ins, and what is asked of others, on the sheet that is only for me."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rchrp_goals.export.sheet import Line, Section
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.plan.text import shown
from rchrp_goals.services import saying
from rchrp_goals.services.check_in_view import WRITTEN, goal_lines, held, held_on
from rchrp_goals.services.plan_lines import Page


def check_in_sections(page: Page) -> Iterator[Section]:
    """Give the check-ins that were held, the newest first, and what is asked of others."""
    words = page.words
    yield Section("check_ins", words.ui("check_in_room.room.held"), tuple(_check_ins(page)))
    yield Section("asks", words.ui("check_in_room.room.asks"), tuple(_asks(page)))


def _check_ins(page: Page) -> Iterator[Line]:
    words = page.words
    for one in held(page.tables):
        id = one["id"]
        yield Line("", held_on(one, words, page.today), is_strong=True, key=f"check_in:{id}")
        for at, (_, title, said) in enumerate(goal_lines(page.tables, one, words)):
            line = words.ui("sentences.colon", first=title, second=said)
            yield Line("", line, key=f"check_in_goal:{id}:{at}", joins=True)
        answers = one.get("answers")
        for name in WRITTEN:
            if isinstance(answers, Mapping) and text(answers, name):
                label = words.ui(f"check_in_room.one.{name}")
                said = words.ui("sentences.colon", first=label, second=_clean(text(answers, name)))
                yield Line("", said, key=f"check_in_{name}:{id}", joins=True)
        if text(one, "summary"):
            label = words.ui("check_in_room.one.summary")
            said = words.ui("sentences.colon", first=label, second=saying.plain_text(text(one, "summary")))
            yield Line("", said, key=f"check_in_summary:{id}", joins=True)


def _asks(page: Page) -> Iterator[Line]:
    for one in glance.standing(page.tables, "asks"):
        if not text(one, "text"):
            continue
        words, to, on = page.words, saying.plain_text(text(one, "to")), saying.local_day(one, "answered_at")
        notes = [words.ui("check_in_room.room.asked_of", name=to) if to else ""]
        notes.append(words.ui("check_in_room.room.answered", day=page.day(on)) if on is not None else "")
        note = words.ui("sentences.comma").join(said for said in notes if said)
        yield Line("", _clean(text(one, "text")), note, key=f"ask:{one['id']}", is_item=True)


def _clean(said: str) -> str:
    return "\n".join(line.rstrip() for line in shown(said).strip().split("\n"))
