"""One check-in, and the one before it beside it in words: whoever reads them makes of it what they want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import check_in_changes, saying
from rchrp_goals.services.check_in_view import WRITTEN, goal_lines, held, held_on
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.room import Action, Ask, Place, RoomView, Row, Said, Section

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page of one check-in. Raises ProblemError ``not_there`` where it is gone."""
    tables = desk.store.read().tables
    found = held(tables)
    at = next((at for at, one in enumerate(found) if one["id"] == place.id), None)
    if at is None:
        raise ProblemError("not_there")
    # the one before with the same person: two months of one's own stand side by side, not mine and somebody else's
    before = next((one for one in found[at + 1 :] if text(one, "with") == text(found[at], "with")), None)
    return _Page(tables, found[at], before, desk.words, desk.clock.today()).view(place)


class _Page:
    """A check-in in words."""

    def __init__(self, tables: glance.Tables, one: Record, before: Record | None, words: Words, today: date) -> None:
        self.tables, self.one, self.before, self.words, self.today = tables, one, before, words, today

    def view(self, place: Place) -> RoomView:
        """Return the whole page."""
        ui, on = self._ui, held_on(self.one, self.words, self.today)
        sections = [Section(on, tuple(self._goals(self.one, "goal")), empty=ui("one.no_goals"))]
        if self.before is not None:
            heading = ui("one.before", day=held_on(self.before, self.words, self.today))
            rows = tuple(self._goals(self.before, "before"))
            sections.append(Section(heading, rows, is_aside=True, empty=ui("one.no_goals")))
        summary = tuple(Row(line) for line in self._summary())
        if summary:
            sections.append(Section(ui("one.summary"), summary))
        written = tuple(self._written())
        if written:
            sections.append(Section(ui("one.written"), written))
        put_right = tuple(self._corrections())
        if put_right:
            sections.append(Section(ui("one.put_right"), put_right, when_first=True))
        return RoomView(
            place,
            ui("one.title"),
            about=ui("one.about"),
            sections=tuple(sections),
            actions=tuple(self._actions()),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _goals(self, one: Record, name: str) -> Iterator[Row]:
        for at, (id, title, said) in enumerate(goal_lines(self.tables, one, self.words)):
            actions = (Action("thing.open", place=Place("goals.one", id)),) if id else ()
            yield Row(said, f"{name}:{at}", title=title, actions=actions)

    def _summary(self) -> list[str]:
        return [line for one in text(self.one, "summary").splitlines() if (line := saying.plain_text(one))]

    def _written(self) -> Iterator[Row]:
        """Give what was written for oneself."""
        answers = self.one.get("answers")
        for name in WRITTEN:
            said = saying.plain_text(text(answers, name)) if isinstance(answers, Mapping) else ""
            if said:
                yield Row(said, title=self._ui(f"one.{name}"))

    def _corrections(self) -> Iterator[Row]:
        about = ("check_in", text(self.one, "id"))
        found = [
            one
            for one in glance.standing(self.tables, "corrections")
            if isinstance(what := one.get("what"), Mapping) and (text(what, "kind"), text(what, "id")) == about
        ]
        for one in sorted(found, key=lambda one: (text(one, "at"), text(one, "created_at"))):
            on = saying.local_day(one, "at")
            yield Row(saying.plain_text(text(one, "text")), when=short_date(on, self.today, self.words) if on else "")

    def _actions(self) -> Iterator[Action]:
        id = text(self.one, "id")
        if self._summary():
            yield Action("check_in.copy", partial(_copy, text(self.one, "summary")))
        ask = Ask("text", "long", self._ui("one.put_right_label"))
        yield Action("check_in.put_right", partial(_put_right, id), (ask,), title=self._ui("action.put_right"))
        yield Action("check_in.remove", partial(_remove, id), confirm=self._ui("one.remove_sure"))

    def _ui(self, key: str, **values: object) -> str:
        return self.words.ui(f"check_in_room.{key}", **values)


def _copy(summary: str, desk: Desk, answers: Answers) -> Said:
    return Said(desk.words.ui("check_in_room.said.copied"), copied=summary)


def _put_right(id: str, desk: Desk, answers: Answers) -> Said:
    check_in_changes.put_right(desk.store, id, answers["text"], desk.clock.now())
    return Said(desk.words.ui("check_in_room.said.put_right"))


def _remove(id: str, desk: Desk, answers: Answers) -> Said:
    check_in_changes.remove_check_in(desk.store, id, desk.clock.now())
    return Said(desk.words.ui("check_in_room.said.removed"), place=Place("check_in"))
