"""Where a goal stands: its levels in the person's own words against the days on which one was noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import near_date
from rchrp_goals.services.goal_changes import LEVELS, change_levels, remove_note
from rchrp_goals.services.levels import (
    NOT_THERE_YET,
    Level,
    has_words,
    level_choices,
    level_name,
    note_level,
    notes_of,
    words_of_level,
)
from rchrp_goals.services.room import Action, Ask, Option, Row, Said, Section, Standing
from rchrp_goals.services.rooms.step_rows import spoken_line

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

COLUMNS = 3
"""Days that stand side by side, the newest last; every note stands in words further down."""

_ROWS: tuple[Level, ...] = (2, 1, 0, -1, -2, NOT_THERE_YET)


class GoalLevels:
    """The levels of one goal in words."""

    def __init__(self, tables: glance.Tables, goal: Record, words: Words, today: date) -> None:
        self.goal, self.words, self.today = goal, words, today
        self.id: str = goal["id"]
        self.all_notes = notes_of(tables, self.id)
        levelled = [(on, one) for one in self.all_notes if _is_level(one.get("level")) and (on := _day(one))]
        by_day = dict(levelled)  # of two on one day the later one stands
        self.days = list(by_day.items())[-COLUMNS:]
        self.has_words = has_words(goal)

    def sections(self) -> list[Section]:
        """Return the grid of levels and days."""
        rows = tuple(row for level in _ROWS if (row := self._row(level)) is not None)
        columns = tuple(self._short(on) for on, _ in self.days)
        baseline = saying.plain_text(text(self.goal, "baseline"))
        label = self._ui("levels.at_first")
        first = saying.begun(label)
        about = self.words.ui("sentences.colon", first=first, second=baseline) if baseline else ""
        if not self.days:
            about = " ".join(part for part in (self._ui("levels.not_looked"), about) if part)
        if not self.has_words:
            none = Row(self._ui("levels.none"), "levels", actions=(self.words_action(),))
            rows = (*rows, none) if self.days else (none,)
        return [Section(self._ui("levels.heading"), rows, columns=columns, about=about, when_first=True)]

    def notes(self) -> Section:
        """Return every note in words, the newest first."""
        rows = []
        for one in reversed(self.all_notes):
            on, level = _day(one), one.get("level")
            said = ""
            if _is_level(level):
                said = level_name(level, self.words)  # type: ignore[arg-type]
                if stood := saying.plain_text(text(one, "words")):
                    said = self.words.ui("sentences.colon", first=said, second=stood)
            note = saying.plain_text(text(one, "note"))
            when = self._short(on) if on else ""
            spoken = spoken_line(when, said, note)
            row = Row(said or note, f"note:{one['id']}", when=when, note=note if said else "", spoken=spoken)
            rows.append(replace(row, actions=(self._remove(one["id"]),)))
        return Section(self._ui("levels.notes") if rows else "", tuple(rows), when_first=True)

    def note_action(self) -> Action:
        """Return the action that notes where the goal stands now; no level is chosen beforehand.

        Where no level has words there is none to choose: one key too many would say "not there yet" of a goal.
        """

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            chosen = answers.get("level")
            found: Level | None = None if chosen is None else NOT_THERE_YET if chosen == NOT_THERE_YET else int(chosen)
            note = note_level(desk.store, self.id, found, answers.get("note"), desk.clock.now())
            return Said(desk.words.ui("goal_rooms.said.level"), f"note:{note['id']}")

        options = tuple(Option(str(one.level), one.name, one.words) for one in level_choices(self.goal, self.words))
        which = Ask("level", "choice", self._ui("levels.which"), None, options, is_optional=True)
        note = Ask("note", "long", self._ui("levels.note"), is_optional=self.has_words)
        asks = (which, note) if self.has_words else (note,)
        about = saying.plain_text(self.goal["title"])
        return Action("goal.note_level", change, asks, title=self._ui("levels.note_title"), about=about)

    def words_said(self, goal: Record) -> str:
        """Return a goal's own words for its levels on one line, each with its level."""
        ui, found = self.words.ui, [(name, words_of_level(goal, int(name))) for name in LEVELS]
        said = [
            ui("sentences.colon", first=level_name(int(name), self.words), second=own) for name, own in found if own
        ]
        return ui("sentences.semicolon").join(said)

    def words_action(self) -> Action:
        """Return the action that says the levels in the person's own words."""

        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            said = {name.removeprefix("level"): value for name, value in answers.items()}
            change_levels(desk.store, self.id, said, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), "about:levels")

        levels = [
            Ask(f"level{name}", "line", level_name(int(name), self.words),
                words_of_level(self.goal, int(name)) or None, is_optional=True)
            for name in LEVELS
        ]  # fmt: skip
        first = Ask(
            "baseline", "line", self._ui("levels.at_first"), text(self.goal, "baseline") or None, is_optional=True
        )
        about = self._ui("levels.words_about")
        return Action("goal.levels", change, (*levels, first), title=self._ui("levels.words_title"), about=about)

    def _remove(self, id: str) -> Action:
        def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
            remove_note(desk.store, id, desk.clock.now())
            return Said(desk.words.ui("goal_rooms.said.removed"))

        return Action("note.remove", change, confirm=self._ui("levels.remove_sure"))

    # ------------------------------------------------------------------ parts

    def _row(self, level: Level) -> Row | None:
        """Return one level: its words, and a mark for each day on which it was noted; None where it has neither."""
        words = words_of_level(self.goal, level)
        marks = [self._mark(level, at) for at in range(len(self.days))]
        noted = [self._short(on) for on, one in self.days if one.get("level") == level]
        if not words and noted:
            words = next(text(one, "words") for _, one in reversed(self.days) if one.get("level") == level)
        if not words and not noted and level != NOT_THERE_YET:
            return None
        name = level_name(level, self.words)
        said = self._ui("levels.noted", days=saying.listed(noted, self.words)) if noted else ""
        heard = self.words.ui("sentences.colon", first=name, second=saying.phrase(words)) if words else name
        return Row(
            saying.plain_text(words),
            when=name,
            is_strong=bool(marks) and marks[-1] is Standing.NOW,
            said=said,
            cells=tuple(marks),
            spoken=spoken_line(heard, said),
        )

    def _mark(self, level: Level, at: int) -> Standing:
        if self.days[at][1].get("level") != level:
            return Standing.NONE
        return Standing.NOW if at == len(self.days) - 1 else Standing.THEN

    def _short(self, on: date) -> str:
        if on == self.today:
            return near_date(on, self.today, self.words)
        return saying.day_words(on, self.today, self.words, with_weekday=False, is_short=not self.words.is_heard)

    def _ui(self, key: str, **values: object) -> str:
        return self.words.ui(f"goal_rooms.{key}", **values)


def _is_level(level: object) -> bool:
    return level == NOT_THERE_YET or (type(level) is int and -2 <= level <= 2)


def _day(note: Record) -> date | None:
    return saying.local_day(note, "at")
