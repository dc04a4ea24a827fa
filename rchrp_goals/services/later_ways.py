"""Questions that can wait and are no question of a conversation: each leads somewhere, or is done where it stands.

They stand between the others (``later.py``). Opened once, or put to another day twice, one does not come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying
from rchrp_goals.services.if_thens import to_say
from rchrp_goals.services.place import Place
from rchrp_goals.services.reflections import reflections

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.later import LaterQuestion

Tables = glance.Tables

CHECK_IN = "check_in"
A_MONTH = timedelta(days=30)
"""How long after a goal was set a check-in is offered, where there was none yet."""
MODULE = "home"
"""What stands for a conversation in the name of such a question."""
BEFORE: Mapping[str, tuple[str, ...]] = {
    "someone": (CHECK_IN,),
    "name": ("moved",),
    "levels": ("if_then_said",),
    "letter": ("look_back", "reflect", "learn_more"),
    "more_statements": ("further_goal",),
}
"""The question of a conversation before which each stands."""


def waiting_ways(name: str, tables: Tables, words: Words, today: date) -> Iterator[LaterQuestion]:
    """Give what waits of this kind, in order."""
    if name == CHECK_IN:
        return _check_in(tables, words, today)
    return _WAITS[name](tables, words)


def _question(words: Words, name: str, key: str = "", hint: str = "") -> LaterQuestion:
    from rchrp_goals.services.later import LaterQuestion

    said = f"home_later.{name}"
    hint = hint or words.ui(f"{said}.hint")
    made = LaterQuestion(MODULE, f"{name}:{key}" if key else name, {}, words.ui(f"{said}.text"), hint)
    return made._replace(open_words=words.ui(f"{said}.open"))


def _check_in(tables: Tables, words: Words, today: date) -> Iterator[LaterQuestion]:
    """Offer a first check-in, a month after a goal was set."""
    if glance.standing(tables, "check_ins"):
        return
    days = [saying.local_day(goal, "created_at") for goal in glance.goals_in_view(tables)]
    if any(on is not None and today - on >= A_MONTH for on in days):
        yield _question(words, CHECK_IN)._replace(conversation="check-in")


def _if_then_said(tables: Tables, words: Words) -> Iterator[LaterQuestion]:
    """Ask to say an if-then plan once, where it is whole and was not said yet."""
    for one in to_say(tables):
        hint = saying.if_then(one, words)
        yield _question(words, "if_then_said", one["id"], hint)._replace(if_then=one["id"])


def _look_back(tables: Tables, words: Words) -> Iterator[LaterQuestion]:
    """Ask where one really stood on Day One, once a later look stands beside it."""
    sessions = glance.standing(tables, "values")
    day_one = [one for one in sessions if text(one, "occasion").startswith("day_one")]
    if not any(_is_placed(one) for one in day_one) or not any(
        _is_placed(one) for one in sessions if one not in day_one
    ):
        return
    if not any("looking_back" in placed for one in sessions for placed in _placements(one)):
        yield _question(words, "look_back")._replace(place=Place("values"))


def _reflect(tables: Tables, words: Words) -> Iterator[LaterQuestion]:
    """Offer a few lines about what was learned last, where nothing was written about it."""
    learned = [one for one in glance.standing(tables, "learning") if text(one, "title") and text(one, "done_on")]
    done = [one for one in learned if text(one, "state") == "done"]
    last = max(done, key=lambda one: (text(one, "done_on"), text(one, "created_at")), default=None)
    if last is not None and not reflections(tables, last["id"]):
        title = saying.plain_text(text(last, "title"))
        yield _question(words, "reflect", last["id"], title)._replace(conversation=f"reflect:{last['id']}")


def _learn_more(tables: Tables, words: Words) -> Iterator[LaterQuestion]:
    """Ask what else one wants to learn, when something was learned and nothing more is planned."""
    states = [text(one, "state") for one in glance.standing(tables, "learning") if text(one, "title")]
    if "done" in states and not {"idea", "planned", "under_way"} & set(states):
        yield _question(words, "learn_more")._replace(conversation="learning")


def _further_goal(tables: Tables, words: Words) -> Iterator[LaterQuestion]:
    """Ask for a second or third goal, once the first has a step that is done."""
    goals = glance.goals_in_view(tables)
    done = [step for goal in goals for step in glance.steps_of(tables, goal["id"]) if step.get("state") == "done"]
    if done and len(goals) < 3:
        yield _question(words, "further_goal")._replace(conversation="goals")


def _moved(tables: Tables, words: Words) -> Iterator[LaterQuestion]:
    """Ask once after another look whether a goal wants to follow from what moved; which it was is not said here."""
    from rchrp_goals.services.rooms.values_over_time import way_of
    from rchrp_goals.services.values_roads import moved

    found = moved(tables)
    if found:
        key = found[0].asked_of_look.partition(":")[2]
        said = "moved" if len(found) == 1 else "moved_several"
        yield _question(words, said, key)._replace(key=f"moved:{key}", place=way_of(found))


_WAITS: Mapping[str, Callable[[Tables, Words], Iterator[LaterQuestion]]] = {
    "moved": _moved,
    "if_then_said": _if_then_said,
    "look_back": _look_back,
    "reflect": _reflect,
    "learn_more": _learn_more,
    "further_goal": _further_goal,
}
WAYS = (CHECK_IN, *_WAITS)
"""Every one by its name."""


def _placements(session: Record) -> list[Record]:
    found = session.get("placements")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _is_placed(session: Record) -> bool:
    return any(type(one.get("position")) is int for one in _placements(session))
