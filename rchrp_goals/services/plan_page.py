"""The plan on one page, as a sheet of lines: only for me (everything), or for the wall (what all eyes may see).

The plan page, paper and text are made from it. Each line knows the question that it came from, so that it can be opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from rchrp_goals.content import Words
from rchrp_goals.export.sheet import Line, Section, Sheet, gathered
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.plan.sharing import what_leaves
from rchrp_goals.services import saying
from rchrp_goals.services.plan_lines import Page, Tables
from rchrp_goals.services.plan_mine import MyPage

KINDS = ("mine", "wall")
_OPEN_LEARNING = frozenset({"idea", "planned", "under_way"})


def plan_sheet(
    tables: Tables,
    words: Words,
    today: date,
    kind: str = "mine",
    leave_out: Collection[str] = frozenset(),
    *,
    with_passed: bool = False,
    is_covered: bool = False,
) -> Sheet:
    """Return the sheet ``kind`` of a plan in the language of ``words``, without the lines whose keys are in ``leave_out``.

    ``with_passed`` shows core questions that were passed as quiet lines that can be opened; on paper they are no holes.
    ``is_covered``: where somebody stood before may not be seen (``revisit``).
    """
    page = (
        _WallPage(tables, words, today)
        if kind == "wall"
        else MyPage(tables, words, today, with_passed=with_passed, is_covered=is_covered)
    )
    sections = [gathered(section, leave_out) for section in page.sections()]
    sections = [section for section in sections if section.lines]
    stands = any(not line.is_passed for section in sections for line in section.lines)
    person = saying.plain_text(text(page.person, "name")) if kind == "mine" else ""
    return Sheet(
        "wall" if kind == "wall" else "mine",
        words.language,
        words.ui(f"plan_page.title_{'wall' if kind == 'wall' else 'mine'}"),
        person,
        saying.day_words(today, today, words, with_weekday=False, with_year=True),
        tuple(sections),
        "" if stands else words.ui("plan_page.nothing"),
        words.ui("plan_page.page"),
    )


class _WallPage(Page):
    """Goal, first step and day, learning, dates: built from nothing but what leaves by default."""

    def __init__(self, tables: Tables, words: Words, today: date) -> None:
        super().__init__(what_leaves(tables), words, today)
        # A step of a goal that was removed is not in the inbox, though its goal does not leave.
        of_none = {step["id"] for step in glance.inbox(tables)}
        self.inbox = [step for step in self.inbox if step["id"] in of_none]

    def sections(self) -> Iterator[Section]:
        for goal in self.goals:
            if goal["state"] in glance.IN_VIEW:
                yield Section("goal", "", tuple(self._goal(goal)))
        yield Section("inbox", "", tuple(self._step(step, "inbox_step") for step in _planned(self.inbox)))
        yield Section("learning", "", tuple(self._learning()))
        yield Section("ahead", "", tuple(self._dates()))

    def _goal(self, goal: Record) -> Iterator[Line]:
        yield Line(self.ui("goal"), saying.plain_text(goal["title"]), is_strong=True, key=f"goal:{goal['id']}")
        steps = self.steps_of(goal)
        planned = _planned(steps)
        if planned:
            yield self._step(planned[0], "first_step" if planned[0] is steps[0] else "next_step")

    def _step(self, step: Record, label: str) -> Line:
        when = saying.step_when(step, self.words, self.today, day_first=True)
        return Line(self.ui(label), saying.plain_text(step["text"]), when, is_strong=True, key=f"step:{step['id']}")

    def _learning(self) -> Iterator[Line]:
        label = self.ui("learning")
        for one in glance.standing(self.tables, "learning"):
            if text(one, "title") and text(one, "state") in _OPEN_LEARNING:
                on = day(one, "planned_for")
                note = self.day(on) if on else ""
                yield Line(label, saying.plain_text(one["title"]), note, is_strong=True, key=f"learning:{one['id']}")
                label = ""

    def _dates(self) -> Iterator[Line]:
        label = self.ui("dates")
        for on, record in saying.dates_ahead(self.tables, self.today):
            note = saying.reminder(record, self.words, is_for_all_eyes=True)
            key = f"date:{record['id']}"
            yield Line(label, self.day(on), note, key=key, joins=not label, note_beside=True, is_item=True)
            label = ""


def _planned(steps: list[Record]) -> list[Record]:
    return [step for step in steps if step.get("state") == "planned"]
