"""What both sheets of the plan are built with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.export.sheet import Section
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying

Tables = Mapping[str, Mapping[str, Record]]


class Page:
    """One sheet in the making: the plan, the words and the day."""

    def __init__(self, tables: Tables, words: Words, today: date) -> None:
        self.tables = tables
        self.words = words
        self.today = today
        self.goals = glance.goals_in_order(tables)
        self.inbox = glance.inbox(tables)
        self._steps_by_goal = glance.steps_by_goal(tables)
        self._own_by_goal: dict[str, dict[str, list[Record]]] = {}

    @property
    def person(self) -> Record:
        """The one record of the person, or an empty one."""
        return next(iter(glance.standing(self.tables, "person")), {})

    def sections(self) -> Iterator[Section]:
        """Give the sections in order; one may have no lines."""
        raise NotImplementedError

    def ui(self, key: str, **values: Any) -> str:
        """Return a string of the plan page."""
        return self.words.ui(f"plan_page.{key}", **values)

    def day(self, on: date, **form: bool) -> str:
        """Return a day in words, seen from the sheet's own (``saying.day_words``)."""
        return saying.day_words(on, self.today, self.words, **form)

    def own(self, table: str, goal: Record) -> list[Record]:
        """Return the records of a table that belong to a goal."""
        if table not in self._own_by_goal:
            found: dict[str, list[Record]] = {}
            for one in glance.standing(self.tables, table):
                found.setdefault(text(one, "goal"), []).append(one)
            self._own_by_goal[table] = found
        return self._own_by_goal[table].get(goal["id"], [])

    def steps_of(self, goal: Record) -> list[Record]:
        """Return the steps of a goal, in order."""
        return self._steps_by_goal.get(goal["id"], [])
