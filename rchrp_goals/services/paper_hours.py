"""The record of hours as boards ask for it: what was done in the cycle, its sums, supervision apart, a line to sign.

It holds what a board needs to see and nothing else of the plan: title, day, who offers it, category, whether one took part,
hours, and that there is a proof. What the proof is, with whom supervision was and about what, is there for oneself only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.export.paper import Block, Column, Fact, Facts, Paper, Part, Room, Row, Say, Table
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, number, text
from rchrp_goals.plan.renewal import Ledger, Rule, Window
from rchrp_goals.services import saying
from rchrp_goals.services.evidence import copy_of
from rchrp_goals.services.learning_hours import figures, hours_said, minutes_of
from rchrp_goals.services.renewal import ledger_of, renewal_of, supervision_in


class Wanted(NamedTuple):
    """What is wanted of the record: the first and the last day (None: the cycle's own), and whether it is for oneself."""

    since: date | None = None
    until: date | None = None
    is_mine: bool = False


def hours(tables: glance.Tables, words: Words, today: date, wanted: Wanted | None = None) -> Paper:
    """Return the sheet; without a rule it holds everything that was done."""
    return _Hours(tables, words, today, wanted or Wanted()).paper()


class _Hours:
    def __init__(self, tables: glance.Tables, words: Words, today: date, wanted: Wanted) -> None:
        self.tables, self.words, self.today, self.wanted = tables, words, today, wanted
        self.renewal = renewal_of(tables, today)
        cycle = self.renewal.window if self.renewal is not None else None
        self.is_whole = wanted.since is None and wanted.until is None
        first = wanted.since or (cycle.first if cycle is not None else date.min)
        last = wanted.until or (cycle.last if cycle is not None else date.max)
        self.window = Window(first, last)

    def ui(self, key: str, **values: object) -> str:
        """Return a string of this sheet."""
        return self.words.ui(f"sheets.hours.{key}", **values)

    def day(self, on: date) -> str:
        """Return a day in short, with its year."""
        return saying.day_words(
            on, self.today, self.words, with_weekday=False, is_short=not self.words.is_heard, with_year=True
        )

    def paper(self) -> Paper:
        """Return the whole sheet."""
        found = ledger_of(self.tables, self.renewal.rule if self.renewal is not None else Rule(), self.window)
        person = next(iter(glance.standing(self.tables, "person")), {})
        name = Room(self.words.ui("sheets.words.name"), text=saying.plain_text(text(person, "name")), share=2)
        written = Room(self.words.ui("sheets.words.date"), text=self.day(self.today))
        parts = [Part(self.ui("learning"), tuple(self._learning())), Part(self.ui("sums"), (self._sums(found),))]
        if found.supervision or found.rule.supervision:
            parts.append(Part(self.ui("supervision"), tuple(self._supervision(found))))
        if self.renewal is not None and self.renewal.said.get("approval") is True:
            parts.append(Part(self.ui("approval"), tuple(self._approval())))
        return Paper(
            "hours",
            self.words.language,
            self.ui("title"),
            "",
            (Row((name, written)), Facts(tuple(self._about()))),
            tuple(parts),
            (self.ui("board"), self.words.ui("sheets.words.paper")) if self.renewal is not None else (),
            self.words.ui("plan_page.page"),
        )

    def _about(self) -> Iterator[Fact]:
        """Give the rule, the days, the source of the rule and when it was checked."""
        rule: Record = self.renewal.said if self.renewal is not None else {}
        if said := saying.plain_text(text(rule, "name")):
            yield Fact(self.ui("rule"), said)
        yield Fact(self.ui("days"), self._days())
        if said := saying.plain_text(text(rule, "source")):
            yield Fact(self.ui("source"), said)
        if (on := day(rule, "checked_on")) is not None:
            yield Fact(self.ui("checked"), self.day(on))

    def _days(self) -> str:
        first, last = self.window.first, self.window.last
        key = "from_to" if first > date.min and last < date.max else "from" if first > date.min else "to"
        return self.ui(
            f"days_{key}", first=self.day(first), last=self.day(min(last, self.today) if key == "to" else last)
        )

    # ------------------------------------------------------------------ learning

    def _done(self) -> list[tuple[date, Record]]:
        found = []
        for one in glance.standing(self.tables, "learning"):
            on = day(one, "done_on")
            if text(one, "state") == "done" and text(one, "title") and on is not None and on in self.window:
                found.append((on, one))
        return sorted(found, key=lambda pair: (pair[0], text(pair[1], "created_at")))

    def _learning(self) -> Iterator[Block]:
        done = self._done()
        if not done:
            yield Say(self.ui("nothing"))
            return
        columns = [
            (Column(self.ui("day"), is_short=True), [self.day(on) for on, _ in done]),
            (Column(self.ui("what"), is_main=True), [saying.plain_text(one["title"]) for _, one in done]),
            (Column(self.ui("provider")), [saying.plain_text(text(one, "provider")) for _, one in done]),
            (Column(self.ui("category")), [saying.plain_text(text(one, "category")) for _, one in done]),
            (Column(self.ui("took_part"), is_short=True), [self._took_part(one) for _, one in done]),
            (Column(self.ui("proof"), is_short=not self.wanted.is_mine), [self._proof(one) for _, one in done]),
            (
                Column(self.ui("hours"), is_short=True, is_figures=True),
                [figures(minutes) if (minutes := minutes_of(one)) else "" for _, one in done],
            ),
        ]
        kept = [(column, cells) for column, cells in columns if any(cells)]
        yield Table(tuple(column for column, _ in kept), tuple(zip(*(cells for _, cells in kept), strict=True)))

    def _took_part(self, one: Record) -> str:
        said = one.get("participatory")
        return self.ui("yes" if said else "no") if isinstance(said, bool) else ""

    def _proof(self, one: Record) -> str:
        said, has_copy = saying.plain_text(text(one, "evidence")), bool(copy_of(one))
        if not self.wanted.is_mine:
            return self.ui("yes") if said or has_copy else ""
        return self.words.ui("sentences.comma").join(
            part for part in (said, self.ui("copy") if has_copy else "") if part
        )

    def _sums(self, found: Ledger) -> Facts:
        facts = [self._sum(saying.plain_text(one.name), one.done, one.wanted) for one in found.categories]
        facts += [self._sum(saying.plain_text(name), minutes, 0) for name, minutes in found.others.items()]
        if found.loose and facts:
            facts.append(self._sum(self.ui("no_category"), found.loose, 0))
        return Facts((*facts, self._sum(self.ui("in_all"), found.done, found.rule.total)))

    def _sum(self, label: str, minutes: int, wanted: int) -> Fact:
        note = self.ui("asked", hours=hours_said(wanted, self.words)) if wanted and self.is_whole else ""
        return Fact(label, hours_said(minutes, self.words), note, note_beside=True)

    # ------------------------------------------------------------------ supervision, and what is signed

    def _supervision(self, found: Ledger) -> Iterator[Block]:
        yield Say(self.ui("apart"), is_quiet=True)
        held = supervision_in(self.tables, self.window)[::-1]
        if held:
            columns = [
                (Column(self.ui("day"), is_short=True, is_main=True), [self.day(on) for on, _ in held]),
                (
                    Column(self.ui("hours"), is_short=True, is_figures=True),
                    [figures(number(one, "minutes")) for _, one in held],
                ),
            ]
            if self.wanted.is_mine:
                columns[1:1] = [
                    (Column(self.ui(key)), [saying.plain_text(text(one, field)) for _, one in held])
                    for key, field in (("with", "with"), ("topics", "topics"))
                ]
            kept = [(column, cells) for column, cells in columns if any(cells)]
            yield Table(tuple(column for column, _ in kept), tuple(zip(*(cells for _, cells in kept), strict=True)))
        yield Facts((self._sum(self.ui("in_all"), found.supervision, found.rule.supervision),))

    def _approval(self) -> Iterator[Block]:
        yield Say(self.ui("approval_said"))
        date_room = Room(self.words.ui("sheets.words.date"))
        yield Room(self.ui("approver"))
        yield Row((Room(self.ui("signature"), share=3), date_room))
