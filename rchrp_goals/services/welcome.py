"""Coming back after 30 days away: four doors, and the line that somebody left for themselves. No date, no old step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.services import saying
from rchrp_goals.services.letters import letters_of
from rchrp_goals.services.room import Action, Ask, Option, Said

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

Tables = glance.Tables

WEEK = timedelta(days=7)
DOORS = ("small", "change", "values", "look")
READ = "read"
"""The door to the line to oneself."""
FITS = ("keep", "words", "pause", "let_go", "stop")
"""What can be said of a goal when it is looked at again; the last one is for today."""
STATE_OF = {"pause": "paused", "let_go": "let_go"}
_NO_GOAL = "none"
_GOALS_AT_ONCE = 6


class Door(NamedTuple):
    """One way on: its name, the key for it, its words and a quiet note."""

    name: str
    key: str
    words: str
    note: str = ""


class Welcome(NamedTuple):
    """What is said to somebody who comes back, and the ways on."""

    title: str
    about: str
    doors: tuple[Door, ...]


def welcome(tables: Tables, words: Words) -> Welcome:
    """Return what is said and offered; the line to oneself where one was not read yet."""
    name = saying.plain_text(text(next(iter(glance.standing(tables, "person")), {}), "name"))
    ui = words.ui
    doors = [
        Door(name, str(number), ui(f"welcome.door.{name}"), ui(f"welcome.note.{name}"))
        for number, name in enumerate(DOORS, 1)
    ]
    if unread(tables) is not None:
        doors.append(Door(READ, "r", ui("welcome.door.read")))
    title = ui("welcome.title_name", name=name) if name else ui("welcome.title")
    return Welcome(title, ui("welcome.about"), tuple(doors))


def unread(tables: Tables) -> Record | None:
    """Return the newest line to oneself that was not read since it was written; None where there is none."""
    waiting = [one for one in letters_of(tables) if not text(one, "read_at")]
    return waiting[0] if waiting else None


def small_thing(tables: Tables, words: Words) -> Action:
    """Return the action that keeps one small thing for this week: a line, a day, and the goal that it belongs to."""
    goals = glance.goals_in_view(tables)[:_GOALS_AT_ONCE]

    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        from rchrp_goals.services.capture import add_step

        goal, today = answers.get("goal"), desk.clock.today()
        by = answers.get("day") or today + WEEK
        added = add_step(desk.store, answers["what"], None if goal == _NO_GOAL else goal, by, desk.clock.now())
        said = desk.words.ui("welcome.said_small")
        return Said(f"{said} {desk.words.ui('text.left_out')}" if added.was_changed else said)

    options = (
        Option(_NO_GOAL, words.ui("welcome.small_no_goal")),
        *(Option(goal["id"], saying.plain_text(goal["title"])) for goal in goals),
    )
    asks = [
        Ask("what", "line", words.ui("welcome.small_what"), read=_as_typed),
        Ask("day", "date", words.ui("welcome.small_day"), is_optional=True, within=WEEK.days),
    ]
    if goals:
        asks.append(Ask("goal", "choice", words.ui("welcome.small_goal"), _NO_GOAL, options))
    return Action("home.add", change, tuple(asks), title=words.ui("welcome.door.small"))


def goals_to_look_at(tables: Tables) -> Sequence[Record]:
    """Return the goals that somebody is at, in order: each is looked at again."""
    return glance.goals_in_view(tables)


def fits_words(words: Words) -> list[tuple[str, str, str]]:
    """Return what can be said of a goal: its name, its words, and a note."""
    noted = {"pause", "let_go"}
    return [
        (name, words.ui(f"welcome.fits.{name}"), words.ui(f"welcome.fits.{name}_note") if name in noted else "")
        for name in FITS
    ]


def _as_typed(line: str) -> str:
    """Return a line as it was typed, if a plan can keep it: the change itself says what it left out."""
    from rchrp_goals.plan.text import clean

    clean(line)
    return line
