"""The sheets for a pen that begin with a plan: a check-in for a coach's month, and a review for a supervisor.

Both are built from nothing but what leaves by default (``plan.sharing``); neither says what, or whether anything, stayed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from rchrp_goals.content import Words
from rchrp_goals.export.paper import Block, Box, Boxes, Fact, Facts, Group, Paper, Part, Room, Row, Say, Scale
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.plan.sharing import what_leaves
from rchrp_goals.services import saying
from rchrp_goals.services.learning_hours import hours_said, minutes_of

Tables = Mapping[str, Mapping[str, Record]]

MONTH, QUARTER = timedelta(31), timedelta(92)
"""How far back a sheet looks: what was done before is not on it."""
_LEVELS = {"-2": "much_less", "-1": "less", "0": "", "1": "better", "2": "best"}
_OPEN_LEARNING = frozenset({"idea", "planned", "under_way"})
_REVIEWED = frozenset({*glance.IN_VIEW, "paused", "done"})


def check_in(tables: Tables, words: Words, today: date) -> Paper:
    """Return the sheet for a coach's month."""
    return _CheckIn(tables, words, today, MONTH).paper()


def review(tables: Tables, words: Words, today: date) -> Paper:
    """Return the sheet for a supervisor's review."""
    return _Review(tables, words, today, QUARTER).paper()


class _Filled:
    """One sheet in the making: what leaves of a plan, the words and the day. ``role`` is whose hands it goes to."""

    kind = ""
    section = ""
    role = ""

    def __init__(self, tables: Tables, words: Words, today: date, back: timedelta) -> None:
        self.tables = what_leaves(tables)
        self.words = words
        self.today = today
        self.since = today - back
        self._steps = glance.steps_by_goal(self.tables)
        # What the plan knows and does not give decides with it: a step of a removed goal, and whom something is asked of.
        self._of_none = {step["id"] for step in glance.inbox(tables)}
        self._asks = {one["id"] for one in glance.standing(tables, "asks") if _is_asked_of(one, self.role)}

    def ui(self, key: str, **values: object) -> str:
        """Return a string of this sheet."""
        return self.words.ui(f"sheets.{self.section}.{key}", **values)

    def day(self, on: date) -> str:
        """Return a day in words."""
        return saying.day_words(on, self.today, self.words)

    def paper(self) -> Paper:
        """Return the whole sheet."""
        today = saying.day_words(self.today, self.today, self.words, with_weekday=False, with_year=True)
        person = next(iter(glance.standing(self.tables, "person")), {})
        name = saying.plain_text(text(person, "name"))
        rooms = Row((
            Room(self.words.ui("sheets.words.name"), text=name, share=2),
            Room(self.ui("with"), share=2),
            Room(self.words.ui("sheets.words.date")),
        ))  # fmt: skip
        return Paper(
            self.kind,
            self.words.language,
            self.ui("title"),
            today,
            (Say(self.ui("intro")), Say(self.ui("holds", day=today), is_quiet=True), rooms),
            tuple(self.parts()),
            (self.words.ui("sheets.words.paper"),),
            self.words.ui("plan_page.page"),
        )

    def parts(self) -> Iterator[Part]:
        """Give the parts in order."""
        raise NotImplementedError

    # What a plan gives

    def goals(self, states: frozenset[str]) -> list[Record]:
        """Return the goals in these states, in order."""
        return [goal for goal in glance.goals_in_order(self.tables) if goal["state"] in states]

    def steps(self, goal_id: str) -> list[Record]:
        """Return the steps of a goal that are planned, and those done lately."""
        return [step for step in self._steps.get(goal_id, []) if self._is_shown(step)]

    def loose_steps(self) -> list[Record]:
        """Return such steps that belong to no goal."""
        return [step for step in glance.inbox(self.tables) if step["id"] in self._of_none and self._is_shown(step)]

    def _is_shown(self, step: Record) -> bool:
        done_on = day(step, "done_on")
        is_done_lately = done_on is not None and self.since <= done_on <= self.today
        return step.get("state") == "planned" or (step.get("state") == "done" and is_done_lately)

    def step_box(self, step: Record) -> Box:
        """Return a step to tick; one that is done is ticked."""
        is_done = step.get("state") == "done"
        on = day(step, "done_on")
        note = saying.step_when(step, self.words, self.today, day_first=True)
        if is_done and on:
            note = self.words.ui("plan_page.done_on", day=self.day(on))
        return Box(saying.plain_text(step["text"]), note, is_ticked=is_done)

    def levels(self, goal: Record) -> list[tuple[str, str]]:
        """Return the words for each level that has some, under what the level is called."""
        levels = goal.get("levels")
        found = []
        for name, label in _LEVELS.items():
            said = saying.plain_text(text(levels, name)) if isinstance(levels, Mapping) else ""
            if said:
                found.append((self._level_label(goal, name, label), said))
        return found

    def _level_label(self, goal: Record, name: str, label: str) -> str:
        by = day(goal, "review_on")
        if name == "0" and by:
            on = saying.day_words(by, self.today, self.words, with_weekday=False, is_short=True)
            return self.words.ui("plan_page.by", day=on)
        if name == "0":
            return str(self.words.module("goals")["content"]["as_expected"]["label"])
        return self.words.ui(f"plan_page.{label}")

    def look_again(self, goal: Record) -> list[Fact]:
        """Return the day of a goal whose words for it are not there to stand beside it."""
        levels = goal.get("levels")
        by = day(goal, "review_on")
        has_words = isinstance(levels, Mapping) and bool(text(levels, "0").strip())
        if not by or has_words:
            return []
        return [Fact(self._level_label(goal, "0", ""), self.words.ui("plan_page.content_day"))]

    def learning(self) -> list[Fact]:
        """Return what is being learned, and what was learned lately, each with its day and hours."""
        found = []
        for one in glance.standing(self.tables, "learning"):
            done_on, planned = day(one, "done_on"), day(one, "planned_for")
            is_lately = one.get("state") == "done" and done_on is not None and self.since <= done_on <= self.today
            if text(one, "title") and (is_lately or text(one, "state") in _OPEN_LEARNING):
                when = self.words.ui("plan_page.done_on", day=self.day(done_on)) if is_lately and done_on else ""
                when = when or (self.day(planned) if planned else "")
                notes = [when, self._hours_words(minutes_of(one))]
                note = self.words.ui("sentences.comma").join(note for note in notes if note)
                found.append(Fact("", saying.plain_text(one["title"]), note))
        return _labelled(self.words.ui("plan_page.learning"), found)

    def minutes_in_all(self) -> int:
        """Return the minutes of what was learned lately."""
        return sum(
            minutes_of(one)
            for one in glance.standing(self.tables, "learning")
            if one.get("state") == "done" and (on := day(one, "done_on")) is not None and self.since <= on <= self.today
        )

    def _hours_words(self, minutes: int) -> str:
        return hours_said(minutes, self.words) if minutes else ""

    def dates(self) -> list[Fact]:
        """Return the dates ahead, without a word of what is looked at then."""
        found = [
            Fact("", self.day(on), saying.reminder(record, self.words, is_for_all_eyes=True), note_beside=True)
            for on, record in saying.dates_ahead(self.tables, self.today)
        ]
        return _labelled(self.words.ui("plan_page.dates"), found)

    def asks(self) -> list[str]:
        """Return what is asked of whoever holds the sheet, or of nobody by name."""
        found = [one for one in glance.standing(self.tables, "asks") if one["id"] in self._asks]
        return [said for one in found if (said := saying.plain_text(text(one, "text")))]


class _CheckIn(_Filled):
    """For a coach's month."""

    kind = "check-in"
    section = "check_in"
    role = "coach"

    def parts(self) -> Iterator[Part]:
        """Give what went well, each goal, one of them closer up, support, what is ahead, and the end."""
        yield Part(self.ui("well"), (Room(self.ui("well_ask"), 2, asks=True),))
        goals = self.goals(frozenset(glance.IN_VIEW))
        for goal in goals:
            yield Part(saying.plain_text(goal["title"]), tuple(self._goal(goal)), kicker=self.ui("goal"))
        if not goals:
            yield Part(self.ui("goal"), (Room(self.ui("own_goal"), 2), *self._choices([])))
        loose = self.loose_steps()
        if loose:
            boxes = tuple(self.step_box(step) for step in loose)
            yield Part(self.words.ui("cli.inbox"), (Boxes("", boxes),))
        yield Part(self.ui("depth"), tuple(self._depth()))
        yield Part(self.ui("support"), tuple(self._support()))
        known = (*self.learning(), *self.dates())
        if known:
            yield Part(self.ui("learning"), (Facts(known),))
        next_time = Row((Room(self.ui("next")), Room(self.ui("next_how"))))
        yield Part(self.ui("end"), (Room(self.ui("end_said"), 3, asks=True), next_time))

    def _goal(self, goal: Record) -> Iterator[Block]:
        facts = self.look_again(goal)
        if facts:
            yield Facts(tuple(facts))
        boxes = [self.step_box(step) for step in self.steps(goal["id"])]
        yield Boxes(self.ui("steps"), (*boxes, Box("", room=self.ui("step_more"))))
        yield from self._choices(self.levels(goal))

    def _choices(self, levels: list[tuple[str, str]]) -> Iterator[Block]:
        if levels:
            boxes = (Box(self.ui("not_there_yet")), *(Box(said, label=label) for label, said in levels))
            yield Boxes(self.ui("level"), boxes)
        else:
            yield Room(self.ui("level_own"))
        yield Boxes(
            self.ui("choice"),
            tuple(Box(self.ui(name)) for name in ("keep", "change", "pause", "let_go")),
            are_short=True,
        )

    def _depth(self) -> Iterator[Block]:
        position = self.words.module("goals")["confidence"]["position"]
        yield Room(self.ui("depth_which"))
        yield Room(self.ui("depth_what"), 2, asks=True)
        yield Group(self.ui("depth_way"), (Room(self.ui("depth_if")), Room(self.ui("depth_then"))))
        yield Room(self.ui("depth_step"))
        yield Row((Room(self.ui("depth_moment"), share=2), Room(self.words.ui("sheets.words.day"))))
        yield Scale(self.ui("depth_sure"), position["low"], position["high"], self.words.ui("sheets.words.pass"))

    def _support(self) -> Iterator[Block]:
        asks = self.asks()
        if asks:
            yield Boxes(self.ui("support_asked"), tuple(Box(said) for said in asks))
        yield Room(self.ui("support_more"), 2, asks=True)


class _Review(_Filled):
    """For a supervisor's review."""

    kind = "review"
    section = "review"
    role = "supervisor"

    def parts(self) -> Iterator[Part]:
        """Give each goal with room for comments, learning, dates, what was asked, supports, the decision, signatures."""
        goals = [goal for goal in self.goals(_REVIEWED) if self._is_of_now(goal)]
        for goal in goals:
            yield Part(saying.plain_text(goal["title"]), tuple(self._goal(goal)), kicker=self._kicker(goal))
        loose = self.loose_steps()
        if loose:
            boxes = tuple(self.step_box(step) for step in loose)
            yield Part(self.words.ui("cli.inbox"), (Boxes("", boxes),))
        if not goals:
            yield Part(self.ui("no_goal"), tuple(self._comments()))
        yield from self._known()
        asks = self.asks()
        if asks:
            yield Part(self.ui("asked"), (Boxes("", tuple(Box(said) for said in asks)), Room(self.ui("asked_answer"))))
        owed = Row((
            Room(self.ui("support_who"), share=2), Room(self.ui("support_what"), share=3), Room(self.ui("support_when"), share=2),
        ))  # fmt: skip
        yield Part(self.ui("support"), (owed, owed, owed))
        yield Part(self.ui("decision"), tuple(self._decision()))
        yield Part("", tuple(self._signatures()))

    def _kicker(self, goal: Record) -> str:
        if goal["state"] not in {"paused", "done"}:
            return self.ui("goal")
        state = self.words.enum("goal_state", goal["state"])
        return self.words.ui("sentences.comma").join((self.ui("goal"), state))

    def _is_of_now(self, goal: Record) -> bool:
        """Tell whether a goal is not done, or was worked on lately."""
        return goal["state"] != "done" or bool(self.steps(goal["id"]))

    def _goal(self, goal: Record) -> Iterator[Block]:
        facts = self.look_again(goal)
        levels = [Fact(label, said) for label, said in self.levels(goal)]
        if facts or levels:
            yield Facts((*facts, *levels))
        boxes = tuple(self.step_box(step) for step in self.steps(goal["id"]))
        if boxes:
            yield Boxes(self.words.ui("sheets.check_in.steps"), boxes)
        yield from self._comments()

    def _comments(self) -> Iterator[Block]:
        for name in ("strength", "question", "offer"):
            yield Room(self.ui(name), 2)

    def _known(self) -> Iterator[Part]:
        learning, dates = self.learning(), self.dates()
        minutes = self.minutes_in_all()
        if minutes:
            learning.append(Fact(self.ui("learning_all"), self._hours_words(minutes)))
        if learning or dates:
            yield Part(self.words.ui("sheets.check_in.learning"), (Facts((*learning, *dates)),))

    def _decision(self) -> Iterator[Block]:
        names = ("discussed", "agreed", "questions")
        yield Boxes("", tuple(Box(self.ui(name)) for name in names), are_short=True)
        yield Room(self.ui("suits"))
        yield Room(self.ui("answer"), 2, asks=True)
        yield Room(self.ui("next"))

    def _signatures(self) -> Iterator[Block]:
        yield Say(self.ui("signatures"), is_quiet=True)
        for name in ("sign_person", "sign_reader"):
            yield Row((Room(self.ui(name), share=3), Room(self.words.ui("sheets.words.date"))))


def _is_asked_of(record: Record, role: str) -> bool:
    """Tell whether something open is asked of this role, or of nobody by name: what is asked of another stays."""
    to = record.get("to")
    return not record.get("answered_at") and (to in (None, "") or (isinstance(to, str) and to.casefold() == role))


def _labelled(label: str, facts: list[Fact]) -> list[Fact]:
    return [replace(fact, label="" if number else label) for number, fact in enumerate(facts)]
