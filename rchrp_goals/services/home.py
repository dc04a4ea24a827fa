"""What stands on Home: one thing first, the goals in view, the inbox, what is soon, and one question that can wait.

Both faces show the same. Nothing here says how many things wait or for how long, and no statement of values stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.plan import glance
from rchrp_goals.plan.dates import WEEKDAYS
from rchrp_goals.plan.lenient import Record, day, text
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import near_date, short_date
from rchrp_goals.services.place import Place
from rchrp_goals.services.waiting import CHECK_IN, LAST_DAY, PLAN, waiting_conversation, waiting_part

if TYPE_CHECKING:
    from rchrp_goals.export.sheet import Opening
    from rchrp_goals.plan.glance import DueRow
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.services.home_hours import HoursLine
    from rchrp_goals.services.later import LaterQuestion

Tables = glance.Tables

FIRST_WEEK = 7
"""Days after the last day in which a sentence helps with the first step."""
AT_ONCE = 6
"""Goals, inbox items and dates that stand on Home; the plan page has them all."""
THING_ACTIONS = ("done", "later", "not_now", "change")
CHECK_IN_ACTIONS = ("begin_check_in", "later", "not_now")
GOAL_ACTIONS = ("done", "later", "not_now", "open", "change")
REMINDER_ACTIONS = ("done", "later", "not_now", "open", "stop")
STILL_ACTIONS = ("useful", "change", "open", "stop")
"""What a reminder is answered that has asked three times."""
VALUES_REMINDERS = frozenset({"values", "look_again_and_values"})
_HEADINGS = {"draft": "home.where", "invitation": "home.begin_here", "nothing": "home.quiet"}
_STILL_WANTED = frozenset({"step", "learning"})
_TABLE_OF = {"goals": "goals", "values": "values", "learning": "learning", "check-in": "check_ins"}


class Waiting(NamedTuple):
    """A conversation that was paused: its name (see ``waiting.CONVERSATIONS``) and the part in which."""

    name: str
    part: str


class Card(NamedTuple):
    """The one thing first.

    ``kind`` is ``draft``, ``step goal learning reminder check_in``, ``invitation`` (to the last day), or ``nothing``.
    ``moment`` and ``about`` are quiet lines under the text, ``when`` its day; ``is_due`` says that it has come. ``hint``
    is a sentence that helps in the first week.
    ``actions``, the likeliest first: ``go_on not_now``; ``done later not_now change``, of a goal with ``open``; of a
    reminder ``done went later not_now open stop values`` (``went`` where it asks how a step went, ``open`` where what it
    speaks of can be opened), or, once it has asked three times, ``useful went change open stop values``; ``begin_check_in
    later not_now``; ``begin_last_day begin_day_one``.
    """

    kind: str
    text: str
    id: str = ""
    moment: str = ""
    about: str = ""
    when: str = ""
    is_due: bool = False
    actions: tuple[str, ...] = ()
    name: str = ""
    hint: str = ""


class GoalLine(NamedTuple):
    """A goal in view with its next step, empty where none is planned."""

    id: str
    title: str
    step: str = ""
    when: str = ""
    is_due: bool = False


class ItemLine(NamedTuple):
    """A step that waits in the inbox."""

    id: str
    text: str
    when: str = ""
    is_due: bool = False


class SoonLine(NamedTuple):
    """A date ahead, and the thing that it belongs to."""

    day: str
    text: str
    kind: str
    id: str


class HomeView(NamedTuple):
    """Everything on Home, in words.

    ``has_more_*``: the plan page has more of it. ``conversations`` can be begun; of ``had`` there is something already.
    ``rest`` says until when all reminders rest, empty where they do not.
    """

    greeting: str
    day: str
    card: Card
    goals: tuple[GoalLine, ...] = ()
    has_more_goals: bool = False
    inbox: tuple[ItemLine, ...] = ()
    has_more_inbox: bool = False
    soon: tuple[SoonLine, ...] = ()
    has_more_soon: bool = False
    question: LaterQuestion | None = None
    conversations: tuple[str, ...] = ()
    had: frozenset[str] = frozenset()
    waiting: Waiting | None = None
    has_plan: bool = False
    language: str = ""
    hours: tuple[HoursLine, ...] = ()
    rest: str = ""


def nothing_to_show() -> HomeView:
    """Return a view without words, for a plan that cannot be read."""
    return HomeView("", "", Card("nothing", ""))


def read_home(desk: Desk, *, is_draft_first: bool = True, at_once: int = AT_ONCE) -> HomeView:
    """Read plan and drafts and return what stands on Home; a waiting draft comes first unless it was put aside.

    Raises ProblemError where plan or drafts cannot be read.
    """
    snapshot = desk.store.read()
    name = waiting_conversation(desk)
    waiting = Waiting(name, waiting_part(desk, name)) if name is not None else None
    now = desk.clock.now()
    return home_of(
        snapshot.tables,
        desk.words,
        desk.clock.today(),
        now,
        waiting,
        is_draft_first=is_draft_first,
        has_plan=snapshot.exists,
        at_once=at_once,
    )


def home_of(
    tables: Tables,
    words: Words,
    today: date,
    now: datetime,
    waiting: Waiting | None = None,
    *,
    is_draft_first: bool = True,
    has_plan: bool = True,
    at_once: int = AT_ONCE,
) -> HomeView:
    """Return what stands on Home; ``waiting`` is the conversation that was paused, ``has_plan`` whether a plan exists.

    ``at_once`` is how many goals, inbox items and dates stand there at most.
    """
    following = glance.next_thing(tables, today, now)
    is_paused = waiting is not None and is_draft_first
    in_view = glance.goals_in_view(tables)
    by_goal = glance.steps_by_goal(tables)
    goals = [_goal_line(goal, by_goal.get(goal["id"], ()), words, today) for goal in in_view[:at_once]]
    first = following.row if following is not None and not is_paused else None
    inbox = [
        ItemLine(step["id"], saying.plain_text(step["text"]), *_when("step", day(step, "due"), words, today))
        for step in glance.inbox(tables)
        if step.get("state") == "planned" and (first is None or first.id != step["id"])
    ]
    ahead = [
        (on, row)
        for row in glance.coming(tables, today, now)
        if (on := row.day()) is not None and (first is None or (first.kind, first.id) != (row.kind, row.id))
    ]
    soon = [
        SoonLine(_soon_day(on, today, words), _soon_words(row, words), row.kind, row.id) for on, row in ahead[:at_once]
    ]
    question = None
    if has_plan and not is_paused:
        from rchrp_goals.services.later import waiting_question

        question = waiting_question(tables, words, today)
    hours: tuple[HoursLine, ...] = ()
    if glance.standing(tables, "learning"):
        from rchrp_goals.services.home_hours import hours_lines

        hours = hours_lines(tables, words)
    name = saying.plain_text(text(next(iter(glance.standing(tables, "person")), {}), "name"))
    return HomeView(
        words.ui("home.greeting_name", name=name) if name else words.ui("home.greeting"),
        short_date(today, today, words),
        _card(tables, words, today, following, waiting if is_paused else None),
        tuple(goals),
        len(in_view) > at_once,
        tuple(inbox[:at_once]),
        len(inbox) > at_once,
        tuple(soon),
        len(ahead) > at_once,
        question,
        conversations(tables),
        frozenset(name for name, table in _TABLE_OF.items() if glance.standing(tables, table)),
        waiting,
        has_plan,
        words.language,
        hours,
        _rest(tables, words, today),
    )


def _rest(tables: Tables, words: Words, today: date) -> str:
    until = glance.rest_on(tables).until
    if until is None or until <= today:
        return ""
    return words.ui("home.rest", day=short_date(until, today, words))


def conversations(tables: Tables) -> tuple[str, ...]:
    """Return what can be begun from Home, by its name in ``waiting.CONVERSATIONS``.

    The last day until it was sat through; Day One only before it, for later it would no longer be Day One.
    """
    occasions = {text(one, "occasion") for one in glance.standing(tables, "values")}
    names = [] if "last_day" in occasions else [LAST_DAY]
    names += ["goals", "values", "learning"]
    if any(glance.standing(tables, name) for name in ("goals", "learning")):
        names += ["practice", "reflect"]
    if glance.standing(tables, "goals") or glance.standing(tables, "check_ins"):
        names.append(CHECK_IN)
    if not occasions & {"last_day", "day_one_part_1"}:
        names.append("day-one")
    return tuple(names)


def heading_of(card: Card, words: Words) -> str:
    """Return what stands over the one thing first."""
    return words.ui(_HEADINGS.get(card.kind, "home.next"))


def begin_words(view: HomeView, words: Words) -> list[tuple[str, str, str]]:
    """Return what can be begun: its name, its words, and a note; what was paused comes first."""
    found = []
    if view.waiting is not None:
        found.append((view.waiting.name, words.ui("home.paused"), ""))
    for name in view.conversations:
        if view.waiting is not None and name == view.waiting.name:
            continue
        stem = name.replace("-", "_")
        again = "_again" if name in view.had else ""
        key = f"begin_{stem}_name" if name in {LAST_DAY, "day-one", CHECK_IN} else f"begin_{stem}{again}"
        found.append((name, words.ui(f"home.{key}"), words.ui(f"home.begin_{stem}_note")))
    return found


def place_of(kind: str, id: str) -> Place | None:
    """Return where a thing that is no line of the plan is changed: a reminder's page, the room of check-ins; else None."""
    return {"reminder": Place("reminders.one", id), "check_in": Place("check_in")}.get(kind)


def opening_of(tables: Tables, words: Words, today: date, kind: str, id: str) -> Opening | None:
    """Return the question that a thing came from, so that it can be changed; None where it has none of its own."""
    from rchrp_goals.services.plan_page import plan_sheet

    key = {"step": "step", "goal": "content", "learning": "learning"}.get(kind)
    if key is None:
        return None
    sheet = plan_sheet(tables, words, today, with_passed=True)
    return next((line.opening for line in sheet.lines if line.key == f"{key}:{id}"), None)


def _card(tables: Tables, words: Words, today: date, following: glance.Next | None, waiting: Waiting | None) -> Card:
    if waiting is not None:
        about = words.ui("home.paused_in", part=_part_title(waiting.part, words)) if waiting.part else ""
        return Card("draft", words.ui("home.paused"), about=about, actions=("go_on", "not_now"), name=waiting.name)
    if following is not None:
        thing = _thing(tables, following.row, words, today, is_due=following.is_due)
        return thing._replace(hint=_first_week(tables, following.row, words, today))
    names = conversations(tables)
    if LAST_DAY in names:
        actions = ("begin_last_day", *(("begin_day_one",) if "day-one" in names else ()))
        return Card("invitation", words.ui("home.invitation"), about=words.ui("home.invitation_about"), actions=actions)
    is_bare = not any(glance.standing(tables, name) for name in ("goals", "steps", "learning", "reminders"))
    key = "nothing_decided" if is_bare else "nothing_waits"
    return Card("nothing", words.ui(f"home.{key}"), about=words.ui(f"home.{key}_about"))


def _part_title(part: str, words: Words) -> str:
    return words.ui("parts.plan") if part == PLAN else str(words.module(part)["title"])


def _thing(tables: Tables, row: DueRow, words: Words, today: date, *, is_due: bool) -> Card:
    when, _ = _when(row.kind, row.day(), words, today)
    if row.is_still and (on := row.day()) is not None:
        when = words.ui("home.still_useful", day=short_date(on, today, words))
    is_about_goal = row.kind == "step" and row.goal_title
    about = words.ui("home.for_goal", goal=saying.phrase(row.goal_title)) if is_about_goal else ""
    actions: tuple[str, ...] = {"check_in": CHECK_IN_ACTIONS, "goal": GOAL_ACTIONS}.get(row.kind, THING_ACTIONS)
    if row.kind == "reminder":
        from rchrp_goals.services.spoken_of import place_spoken_of, step_asked_about

        actions = STILL_ACTIONS if row.is_still else REMINDER_ACTIONS
        if row.words == "values" or place_spoken_of(tables, row.kind, row.id) is None:
            actions = tuple(name for name in actions if name != "open")
        if step_asked_about(tables, row.id) is not None:
            actions = (actions[0], "went", *actions[1:])
        if row.words in VALUES_REMINDERS:
            actions = (*actions, "values")
    return Card(
        row.kind,
        saying.plain_text(glance.wording_of(row._replace(is_still=False), words)),
        row.id,
        saying.phrase(row.moment),
        about,
        when,
        is_due,
        actions,
    )


def _first_week(tables: Tables, row: DueRow, words: Words, today: date) -> str:
    """Return a sentence for the week after the last day, while the first step is still ahead; else nothing."""
    days = [saying.local_day(one, "taken_at") for one in glance.standing(tables, "values") if _is_last_day(one)]
    since = [(today - on).days for on in days if on is not None]
    if row.kind != "step" or not any(0 <= one <= FIRST_WEEK for one in since):
        return ""
    if any(step.get("state") == "done" for step in glance.standing(tables, "steps")):
        return ""
    ahead = (row.on - today).days if row.on is not None else None
    if ahead is None:
        return words.ui("home.first_week_no_day")
    if not 0 <= ahead < FIRST_WEEK:
        return ""
    key = {0: "today", 1: "tomorrow"}.get(ahead, "day")
    name = words.module("dates")["weekdays"][WEEKDAYS[(today + timedelta(days=ahead)).weekday()]][0]
    return words.ui(f"home.first_week_{key}", weekday=name)


def _is_last_day(session: Record) -> bool:
    return text(session, "occasion") == "last_day"


def _soon_day(on: date, today: date, words: Words) -> str:
    """Return a day ahead in short; one of another year needs no weekday."""
    if on.year == today.year or words.is_heard:
        return near_date(on, today, words)
    return saying.day_words(on, today, words, with_weekday=False, is_short=True)


def _soon_words(row: DueRow, words: Words) -> str:
    """Return what a date ahead is for, shorter than where it stands alone."""
    if row.kind == "goal":
        return words.ui("home.soon_goal", goal=saying.phrase(row.text))
    if row.kind == "reminder" and row.words == "first_step":
        return words.ui("home.soon_first_step")
    return saying.plain_text(row.text if row.kind == "learning" else glance.wording_of(row, words))


def _goal_line(goal: Record, steps: Sequence[Record], words: Words, today: date) -> GoalLine:
    title = saying.plain_text(goal["title"])
    step: Mapping[str, object] | None = next((one for one in steps if one.get("state") == "planned"), None)
    if step is None:
        return GoalLine(goal["id"], title)
    return GoalLine(
        goal["id"], title, saying.plain_text(text(step, "text")), *_when("step", day(step, "due"), words, today)
    )


def _when(kind: str, on: date | None, words: Words, today: date) -> tuple[str, bool]:
    """Return a day as Home says it, and whether it has come; what lies behind is asked about, never counted."""
    if on is None:
        return "", False
    if on < today:
        key = "still_wanted" if kind in _STILL_WANTED else "since"
        return words.ui(f"home.{key}", day=short_date(on, today, words)), True
    return near_date(on, today, words), on == today
