"""A step as a row, with everything that can be done with it: in a goal's page, and in what was noted without a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.services import capture, goal_changes, saying
from rchrp_goals.services.day_words import full_date, near_date, short_date
from rchrp_goals.services.kept_words import before_this, text_of
from rchrp_goals.services.room import Action, Ask, Detail, Option, Row, Said
from rchrp_goals.services.rooms.reminder_rows import remind_action
from rchrp_goals.services.rooms.step_went import went_action

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]

INBOX = "inbox"
"""How the inbox is named among the goals that a step can be moved to."""


class StepRows:
    """Rows for steps that stand together: those of one goal, or (``goal_id`` None) the inbox."""

    def __init__(
        self, tables: glance.Tables, words: Words, today: date, goals: Sequence[Record], goal_id: str | None = None
    ) -> None:
        """``goals`` are those that a step can be moved to, in their order."""
        self.tables, self.words, self.today, self.goal_id = tables, words, today, goal_id
        options = [Option(goal["id"], saying.plain_text(goal["title"])) for goal in goals if goal["id"] != goal_id]
        if goal_id is not None:
            options.append(Option(INBOX, words.ui("goal_rooms.inbox.none")))
        self.options = tuple(options)
        self._planned_ids: list[str] = []

    def rows(self, steps: Sequence[Record]) -> tuple[Row, ...]:
        """Return the planned steps in their order, then those that were done and let go."""
        planned = [step for step in steps if step.get("state") == "planned"]
        self._planned_ids = [step["id"] for step in planned]
        rest = [step for state in ("done", "let_go") for step in steps if step.get("state") == state]
        rows = [
            self._planned(step, planned[at - 1] if at else None, next(iter(planned[at + 1 :]), None))
            for at, step in enumerate(planned)
        ]
        return (*rows, *(self._over(step) for step in rest))

    def when(self, step: Record) -> tuple[str, bool]:
        """Return a planned step's day in words, and whether it has come; one that lies behind is asked about."""
        on = day(step, "due")
        if on is None:
            return "", False
        if on < self.today:
            return self.words.ui("home.still_wanted", day=short_date(on, self.today, self.words)), True
        return near_date(on, self.today, self.words), on == self.today

    def note(self, step: Record) -> str:
        """Return when in the day, and with whom."""
        who = saying.plain_text(text(step, "with_whom"))
        parts = [
            saying.phrase(text(step, "moment")),
            self._ui("step.with_whom", name=who) if who else "",
            saying.plain_text(text(step, "went")),
        ]
        return self.words.ui("home.between").join(part for part in parts if part)

    def card(self, step: Record) -> Row:
        """Return the step that comes first, with what is likeliest to be done with it; ``rows`` were made before."""
        when, is_due = self.when(step)
        actions = (self._done(step), self._later(step), self._not_now(step), self._change(step))
        key = f"card:{step['id']}"  # its own: the row of the same step stands further down
        return Row(_words_of(step), key, when=when, is_due=is_due, note=self.note(step), actions=actions)

    # ------------------------------------------------------------------ rows

    def _planned(self, step: Record, before: Record | None, after: Record | None) -> Row:
        when, is_due = self.when(step)
        actions = [self._done(step), self._later(step), self._change(step)]
        if self.goal_id is None:
            actions += [self._to_goal(step)] if self.options else []
        actions.append(self._let_go(step))
        actions += [self._move(step, "step.up", -1)] if before is not None else []
        actions += [self._move(step, "step.down", 1)] if after is not None else []
        if self.goal_id is not None:
            actions.append(self._to_goal(step))
        actions.append(remind_action(self.words, "step", step["id"], _words_of(step), self.today))
        actions.append(self._remove(step))
        return Row(
            _words_of(step),
            _key(step),
            when=when,
            is_due=is_due,
            note=self.note(step),
            mark="next",
            actions=tuple(actions),
            detail=self._before(step),
        )

    def _over(self, step: Record) -> Row:
        is_done = step.get("state") == "done"
        on = day(step, "done_on")
        when = self.words.enum("step_state", "let_go")
        if is_done:
            when = self._ui("step.done_on", day=short_date(on, self.today, self.words)) if on else self._ui("step.done")
        went = (went_action(self.words, step),) if is_done else ()
        take_up = Action("step.take_up", self._change_of("taken_up", step, goal_changes.take_up_step))
        return Row(
            _words_of(step),
            _key(step),
            when=when,
            note=saying.plain_text(text(step, "went")),
            mark="done" if is_done else "let_go",
            actions=(*went, take_up, self._remove(step)),
            detail=self._before(step),
        )

    def _before(self, step: Record) -> tuple[Detail, ...]:
        side = self._ui("action.went")
        return (
            *before_this(self.tables, "steps", step, self.words, text_of("text")),
            *before_this(self.tables, "steps", step, self.words, text_of("went"), side=side),
        )

    # ------------------------------------------------------------------ actions

    def _done(self, step: Record) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            was_new = capture.mark_done(desk.store, "step", step["id"], desk.clock.today(), desk.clock.now())
            return Said(desk.words.ui("home.said_done" if was_new else "home.said_done_before"), at)

        at = self._after(step)
        return Action("thing.done", change)

    def _later(self, step: Record) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            capture.later(desk.store, "step", step["id"], answers["day"], desk.clock)
            said = desk.words.ui("home.said_later", day=full_date(answers["day"], desk.words))
            return Said(said, _key(step))

        ask = Ask("day", "date", self.words.ui("home.later_label"), is_ahead=True)
        title = self.words.ui("home.later_title")
        return Action("thing.later", change, (ask,), title=title, about=_words_of(step))

    def _not_now(self, step: Record) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            capture.not_now(desk.store, "step", step["id"], desk.clock.today(), desk.clock.now())
            return Said(desk.words.ui("home.said_not_now"), at)

        at = self._after(step)
        return Action("thing.not_now", change)

    def _change(self, step: Record) -> Action:
        seen = goal_changes.Seen(step)

        def change(desk: Desk, answers: Answers) -> Said:
            goal_changes.change_step(desk.store, step["id"], answers, seen, desk.clock.now())
            return Said(desk.words.ui("home.said_changed"), _key(step))

        asks = step_asks(self.words, step)
        return Action("thing.change", change, asks, title=self._ui("step.change_title"))

    def _let_go(self, step: Record) -> Action:
        return Action("step.let_go", self._change_of("let_go", step, goal_changes.let_go_step, at=self._after(step)))

    def _remove(self, step: Record) -> Action:
        return Action("step.remove", self._change_of("removed", step, goal_changes.remove_step, at=self._after(step)))

    def _move(self, step: Record, id: str, by: int) -> Action:
        def change(desk: Desk, answers: Answers) -> Said:
            has_moved = goal_changes.move_step(desk.store, step["id"], by, desk.clock.now())
            return Said(desk.words.ui(f"goal_rooms.said.{'moved' if has_moved else 'not_moved'}"), _key(step))

        return Action(id, change)

    def _to_goal(self, step: Record) -> Action:
        titles = {option.id: option.words for option in self.options}

        def change(desk: Desk, answers: Answers) -> Said:
            goal = answers["goal"]
            goal_changes.move_to_goal(desk.store, step["id"], None if goal == INBOX else goal, desk.clock.now())
            return Said(desk.words.ui("goal_rooms.said.to_goal", goal=saying.phrase(titles.get(goal, ""))), at)

        at = self._after(step)
        ask = Ask("goal", "choice", self._ui("step.which_goal"), options=self.options)
        title = self.words.ui("goal_rooms.action.to_goal")
        return Action("step.to_goal", change, (ask,), title=title, about=_words_of(step))

    def _change_of(self, said: str, step: Record, change: Any, at: str | None = None) -> Any:
        def make(desk: Desk, answers: Answers) -> Said:
            change(desk.store, step["id"], desk.clock.now())
            return Said(desk.words.ui(f"goal_rooms.said.{said}"), _key(step) if at is None else at)

        return make

    def _after(self, step: Record) -> str:
        """Return the row where a person looks once a step is no longer among the planned ones: the next, or the last."""
        ids = self._planned_ids
        if step["id"] not in ids:
            return ""
        at = ids.index(step["id"])
        rest = [*ids[at + 1 :], *reversed(ids[:at])]
        return f"step:{rest[0]}" if rest else _key(step)

    def _ui(self, key: str, **values: object) -> str:
        return self.words.ui(f"goal_rooms.{key}", **values)


def step_asks(words: Words, step: Record | None = None) -> tuple[Ask, ...]:
    """Return what a step is made of, to be asked: its text, its moment, its day."""
    stands = step or {}
    due = day(stands, "due")

    def label(name: str) -> str:
        return words.ui(f"goal_rooms.step.{name}")

    return (
        Ask("text", "line", label("text"), text(stands, "text") or None),
        Ask("moment", "line", label("moment"), text(stands, "moment") or None, is_optional=True),
        Ask("due", "date", label("due"), due.isoformat() if due else None, is_optional=True),
    )


def add_action(words: Words, id: str, goal_id: str | None = None) -> Action:
    """Return the action that adds a step to a goal, or to what was noted."""
    return Action(id, partial(_add, goal_id), step_asks(words), title=words.ui(f"goal_rooms.step.{_title(goal_id)}"))


def _title(goal_id: str | None) -> str:
    return "note_title" if goal_id is None else "add_title"


def _add(goal_id: str | None, desk: Desk, answers: Answers) -> Said:
    moment = answers.get("moment")
    added = capture.add_step(desk.store, answers["text"], goal_id, answers.get("due"), desk.clock.now(), moment=moment)
    said = desk.words.ui(f"goal_rooms.said.{'noted' if goal_id is None else 'added'}")
    return Said(said, f"step:{added.id}")


def next_step(steps: Sequence[Record], today: date, hidden: frozenset[str] = frozenset()) -> Record | None:
    """Return the step that comes first: one whose day has come, else the first in order; none that is ``hidden``."""
    planned = [step for step in steps if step.get("state") == "planned" and step["id"] not in hidden]
    due = [step for step in planned if (on := day(step, "due")) is not None and on <= today]
    return next(iter(due or planned), None)


def hidden_steps(tables: glance.Tables, today: date) -> frozenset[str]:
    """Return the ids of the steps that were put off for today."""
    return frozenset(
        text(one, "about")
        for one in glance.standing(tables, "asked")
        if text(one, "question") == "due:step"
        and text(one, "outcome") == "not_now"
        and (until := day(one, "until")) is not None
        and today < until
    )


def spoken_line(*parts: str) -> str:
    """Return parts as sentences, each with a capital and a stop."""
    return " ".join(saying.ended(saying.begun(part)) for part in parts if part)


def _key(step: Record) -> str:
    return f"step:{step['id']}"


def _words_of(step: Record) -> str:
    return saying.plain_text(text(step, "text"))
