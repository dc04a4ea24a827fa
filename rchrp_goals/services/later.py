"""The questions that a sitting leaves for later: they wait on Home, one at a time, and never nag.

One waits when its condition holds, its field is empty, and nothing says that it was passed or put to a day that is still
to come. After one was put to another day, no other is shown until the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.guide.structure import load
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.plan.text import room_id
from rchrp_goals.plan.values import CORE_STATEMENTS, ROOM
from rchrp_goals.services import saying
from rchrp_goals.services.later_ways import BEFORE, MODULE, WAYS, waiting_ways
from rchrp_goals.services.place import Place
from rchrp_goals.services.practice import is_time_to_practise

if TYPE_CHECKING:
    from rchrp_goals.store.plan_store import PlanStore

Tables = glance.Tables

ORDER = (
    ("start", "someone"),
    ("values", "day_one_later"),
    ("start", "name"),
    ("practice", "situation"),
    ("goals", "levels"),
    ("learning", "where_i_am"),
    ("goals", "further_steps"),
    ("learning", "places"),
    ("goals", "letter"),
    ("values", "more_statements"),
)
"""Every `later` question of the conversations, by module and id, in the order in which they wait."""

ANOTHER_DAY = timedelta(days=3)
"""For how long a question is put away that was put to another day."""
_SIDES = ("knowledge", "attitudes", "practice", "resources", "skills")
_LEVELS = ("-2", "-1", "1", "2")


class LaterQuestion(NamedTuple):
    """One question that waits.

    One of a conversation is asked: ``arguments`` are what ``OneQuestion(desk, *arguments, is_later=...)`` takes; ``about``
    is what it is about, in the person's words; ``name`` is how ``asked`` names it. For the others see ``later_ways.py``.
    """

    module: str
    key: str
    ids: Mapping[str, str]
    text: str
    hint: str = ""
    about: str = ""
    open_words: str = ""
    conversation: str = ""
    place: Place | None = None
    if_then: str = ""

    @property
    def is_way(self) -> bool:
        """Whether it leads somewhere (``conversation``, ``place``) or is done where it stands (``if_then``)."""
        return self.module == MODULE

    @property
    def name(self) -> str:
        """How the table ``asked`` names it."""
        return f"{self.module}.{self.key}"

    @property
    def is_later(self) -> bool:
        """Whether the question is opened as one that waited; a statement is opened alone, by its own key."""
        return ":" not in self.key

    @property
    def arguments(self) -> tuple[str, str, Mapping[str, str]]:
        """Module, key and ids."""
        return self.module, self.key, self.ids


class _Empty(NamedTuple):
    """A question whose field is empty: for which records, about what, and under which key it is asked."""

    ids: Mapping[str, str]
    about: str = ""
    key: str = ""


def waiting_question(tables: Tables, words: Words, today: date) -> LaterQuestion | None:
    """Return the question that waits, or None. ``tables`` are the plan's."""
    asked = glance.standing(tables, "asked")
    if _was_put_off_today(asked, today):
        return None
    facts = _Facts(tables)
    for module, id in ORDER:
        question = load(module).question(id)
        if not all(condition.holds(facts) for condition in question.when):
            continue
        for name in BEFORE.get(id, ()):
            if name == "moved" and _look_waits(tables, today):
                continue
            for way in waiting_ways(name, tables, words, today):
                if _may_be_asked(asked, way.name, today):
                    return way
        if id == "situation" and not is_time_to_practise(tables, today):
            continue
        for empty in _EMPTY[id](tables, words):
            key = empty.key or id
            if _may_be_asked(asked, f"{module}.{key}", today):
                said = words.module(module)[id]
                hint = "" if question.repeat else str(said.get("hint", ""))
                return LaterQuestion(module, key, empty.ids, str(said["text"]), hint, empty.about)
    return None


def put_off(store: PlanStore, question: LaterQuestion, until: date, now: datetime) -> None:
    """Put a question to another day: one change. Raises ProblemError as a save does.

    One that leads somewhere cannot be passed there, so that putting it off a second time is a pass.
    """
    from rchrp_goals.services.keeping import answer_id, put_answer
    from rchrp_goals.store.plan_store import What

    with store.change(What("put_off"), now) as change:
        is_passed = question.is_way and change.get("asked", answer_id(question.name)) is not None
        put_answer(change, question.name, "passed" if is_passed else "later", until)


def open_way(store: PlanStore, question: LaterQuestion, today: date, now: datetime) -> None:
    """Keep that a question which leads somewhere was opened; an if-then was said. One change; raises as a save does."""
    from rchrp_goals.services.keeping import put_answer
    from rchrp_goals.store.plan_store import What

    if question.if_then:
        from rchrp_goals.services.goal_changes import said_if_then

        said_if_then(store, question.if_then, today, now)
        return
    with store.change(What("answered"), now) as change:
        put_answer(change, question.name, "done")


def _may_be_asked(asked: list[Record], name: str, today: date) -> bool:
    for one in asked:
        if text(one, "question") != name:
            continue
        until = day(one, "until")
        if text(one, "outcome") in {"passed", "done"} or (until is not None and until > today):
            return False
    return True


def _look_waits(tables: Tables, today: date) -> bool:
    """Tell whether another look at values has come up: until it is answered, nothing says that something moved."""
    from rchrp_goals.services.revisit import LOOKS

    ahead = (one for one in glance.standing(tables, "reminders") if one.get("on") is True)
    return any(
        text(one, "words") in LOOKS and (on := saying.local_day(one, "next_at")) is not None and on <= today
        for one in ahead
    )


def _was_put_off_today(asked: list[Record], today: date) -> bool:
    names = {f"{module}.{id}" for module, id in ORDER} | {f"{MODULE}.{name}" for name in WAYS}
    return any(
        text(one, "outcome") in {"later", "passed"}
        and text(one, "question").partition(":")[0] in names
        and (until := day(one, "until")) is not None
        and until > today
        and saying.local_day(one, "shown_at") == today
        for one in asked
    )


class _Facts:
    """What the conditions of these questions may ask of a plan; there are no answers of a conversation yet."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def is_answered(self, question: str) -> bool:
        return False

    def is_passed(self, question: str) -> bool:
        return False

    def value(self, question: str, field: str) -> Any:
        return None

    def rule(self, name: str) -> bool:
        if name == "has_goal":
            return bool(glance.goals_in_view(self._tables))
        if name == "has_focus":
            return bool(_areas(self._tables))
        asked = glance.standing(self._tables, "asked")
        return name == "day_one_put_off" and any(
            text(one, "question") == "values.day_one" and text(one, "outcome") == "later" for one in asked
        )


# Whose field is empty


def _someone(tables: Tables, words: Words) -> Iterator[_Empty]:
    if not text(_person(tables), "someone_to_call"):
        yield _Empty({})


def _name(tables: Tables, words: Words) -> Iterator[_Empty]:
    person = _person(tables)
    if not text(person, "name") and not text(person, "training"):
        yield _Empty({})


def _day_one(tables: Tables, words: Words) -> Iterator[_Empty]:
    sessions = glance.standing(tables, "values")
    session = _newest_session(tables)
    if session and not any(text(one, "occasion") == "day_one_part_1" for one in sessions):
        yield _Empty({"session": text(session, "id")})


def _levels(tables: Tables, words: Words) -> Iterator[_Empty]:
    for goal in glance.goals_in_view(tables):
        levels = goal.get("levels")
        said = levels if isinstance(levels, Mapping) else {}
        if not text(goal, "baseline") and not any(text(said, name) for name in _LEVELS):
            yield _Empty({"goal": goal["id"]}, saying.plain_text(goal["title"]))


def _where_i_am(tables: Tables, words: Words) -> Iterator[_Empty]:
    for area in _areas(tables):
        if not any(text(area, side) for side in _SIDES):
            yield _Empty({"focus": text(area, "id")}, saying.plain_text(text(area, "area")))


def _further_steps(tables: Tables, words: Words) -> Iterator[_Empty]:
    by_goal = glance.steps_by_goal(tables)
    for goal in glance.goals_in_view(tables):
        if len(by_goal.get(goal["id"], ())) < 2:
            yield _Empty({"goal": goal["id"]}, saying.plain_text(goal["title"]))


def _places(tables: Tables, words: Words) -> Iterator[_Empty]:
    if not any(text(one, "name") for one in glance.standing(tables, "resources")):
        yield _Empty({})


def _letter(tables: Tables, words: Words) -> Iterator[_Empty]:
    if not any(text(one, "text") for one in glance.standing(tables, "letters")):
        yield _Empty({})


def _more_statements(tables: Tables, words: Words) -> Iterator[_Empty]:
    """Give the further statements one by one, for who placed at least one of the first six."""
    session = _newest_session(tables)
    found = session.get("placements")
    placed = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
    if not any(type(one.get("position")) is int for one in placed):
        return
    names = {text(one, "statement") for one in placed}
    if any(name.startswith(ROOM) for name in names):
        further = session.get("further")
        statements = [room_id(line) for line in further if isinstance(line, str)] if isinstance(further, list) else []
    else:
        statements = [entry.id for entry in words.bank("statements")[CORE_STATEMENTS:]]
    ids = {"session": text(session, "id")}
    for statement in statements:
        if statement not in names:
            yield _Empty(ids, key=f"more_statements:{statement}")


def _situations(tables: Tables, words: Words) -> Iterator[_Empty]:
    """Give the shipped situations in which nothing was said yet, one by one."""
    said = {text(one, "card") for one in glance.standing(tables, "practice")}
    for one in words.bank("situations"):
        if one.id not in said:
            yield _Empty({}, key=f"situation:{one.id}")


_EMPTY: Mapping[str, Callable[[Tables, Words], Iterator[_Empty]]] = {
    "someone": _someone,
    "day_one_later": _day_one,
    "name": _name,
    "levels": _levels,
    "where_i_am": _where_i_am,
    "further_steps": _further_steps,
    "places": _places,
    "letter": _letter,
    "situation": _situations,
    "more_statements": _more_statements,
}


def _person(tables: Tables) -> Record:
    return next(iter(glance.standing(tables, "person")), {})


def _areas(tables: Tables) -> list[Record]:
    return [one for one in glance.standing(tables, "focus") if text(one, "area")]


def _newest_session(tables: Tables) -> Record:
    """Return the newest session that is not Day One's, an empty one where there is none."""
    sessions = glance.standing(tables, "values")
    return saying.newest([one for one in sessions if not text(one, "occasion").startswith("day_one")], "taken_at")
