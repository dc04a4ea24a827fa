"""Every screen in every state, once: what stands in the folder, what opens, and the keys that lead there.

Snapshots, the pseudo-language, the walk of the focus and the contact sheets all go through this one table. A room that
``services/rooms/reading.py`` has a door for gets its scenes by itself; what is particular in a room stands in ``ROOMS``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.services import demo
from rchrp_goals.services.clock import Clock
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.rooms.reading import DOORS
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.drafts import Drafts
from rchrp_goals.store.locks import WindowLock
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from rchrp_goals.store.settings import read_settings
from tests.services.desk import sit, sit_until

FULL, WEEK, AWAY, EMPTY, PASSED, BIG = "full", "first_week", "away", "empty", "passed", "big"
FRESH = ""
"""Nothing was ever opened here."""
SAT, UNTIL = "sat", "until:"
"""A sitting that waits at its plan page; one that waits at a question (its key follows)."""
DRAFT, OLDER, ELSEWHERE = "draft", "older", "elsewhere"
"""The full plan with a conversation that was paused; with a change of yesterday; while another window holds it."""
CUT, NOT_OURS, CHANGED, NEWER = "cut", "not_ours", "changed", "newer"
"""The full plan's file as it should not be: half of it, none of ours, changed by another program, of a newer one."""

TYPED: dict[str, tuple[str, str]] = {
    "goal": ("Know by name whoever comes to the drop-in", "Saber el nombre de quien viene al centro de día"),
    "why": ("Nobody was ever glad to be a number", "A nadie le gusta ser un número"),
    "content": ("ten people greet me first", "diez personas me saludan primero"),
    "obstacle": ("I forget a name", "olvido un nombre"),
    "then": ("I ask for it again, kindly", "lo pregunto otra vez, con cariño"),
    "step": ("Ask two people how they like to be called", "Preguntar a dos personas cómo les gusta que las llamen"),
    "moment": ("after the morning coffee", "después del café de la mañana"),
    "reason": ("I saw it work", "Lo vi funcionar"),
    "evening": ("An evening on naloxone", "Una noche sobre la naloxona"),
    "one": ("Marcus, asks me on Mondays", "Marcos, me pregunta los lunes"),
    "other": ("Rosa", "Rosa"),
    "two_ways": ("12/1", "12/1"),
    "no_day": ("31 Feb", "31 feb"),
    "weeks": ("in 6 weeks", "en 6 semanas"),
    "monday": ("monday", "lunes"),
    "six": ("3 7 p 5 0 10", "3 7 p 5 0 10"),
    "three": ("3 7 p", "3 7 p"),
    "find": ("ros", "ros"),
    "nothing": ("zzz", "zzz"),
}
"""What the person types, in each language; a step ``say:goal`` types it."""
NO_PROSE = frozenset({"two_ways", "no_day", "weeks", "monday", "six", "three", "find", "nothing"})
"""What is typed in any language as it stands: it is to be understood."""


class Scene(NamedTuple):
    """One screen in one state.

    A step is a key as both faces name it (``tab``, ``f1``, ``/``), ``say:NAME`` (of ``TYPED``), or either with
    ``*3`` after it. ``begins`` is what follows ``begin`` on the command line.
    """

    name: str
    plan: str = FRESH
    steps: tuple[str, ...] = ()
    begins: str | None = None

    @property
    def keys(self) -> Iterator[str]:
        """Give each step as often as it is to be done."""
        for step in self.steps:
            name, _, times = step.partition("*") if re.search(r".\*\d+$", step) else (step, "", "1")
            yield from [name] * int(times)


def _asking(name: str, begins: str, *steps: str) -> Scene:
    return Scene(f"ask-{name}", FRESH, steps, begins)


WHAT = ("say:goal", "enter")
WHY = (*WHAT, "say:why", "enter")
IMPORTANT = (*WHY, "2", "8", "enter")
CONTENT = (*IMPORTANT, "say:weeks", "enter", "say:content", "enter")
IF_THEN = (*CONTENT, "say:obstacle", "enter", "say:then", "enter")
STEP = (*IF_THEN, "say:step", "enter", "say:moment", "enter", "say:monday", "enter")

ASKING = (
    _asking("agreements", "last-day"),
    _asking("agreements-picked", "last-day", "1", "3", "tab", "say:other", "enter"),
    _asking("note", "values"),
    _asking("continuum-untouched", "values", "enter"),
    _asking("continuum-marked", "values", "enter", "7"),
    _asking("continuum-reason", "values", "enter", "7", "tab", "say:reason"),
    _asking("continuum-pass", "values", "enter", "enter"),
    _asking("continuum-why", "values", "enter", "w"),
    _asking("continuum-help", "values", "enter", "f1"),
    _asking("day-one", "values", "enter", "p*6"),
    _asking("day-one-refused", "values", "enter", "p*6", "say:three", "enter"),
    _asking("breath", "values", "enter", "7", "enter", "2", "enter", "p*4", "say:six", "enter"),
    _asking("end", "values", "3", "enter", "x"),
    _asking("day-one-itself", "day-one"),
    _asking("goal", "goals"),
    _asking("goal-example", "goals", "tab*2", "e"),
    _asking("goal-typed", "goals", "say:goal"),
    _asking("why", "goals", *WHAT, "say:why"),
    _asking("ruler", "goals", *WHY),
    _asking("ruler-low", "goals", *WHY, "2"),
    _asking("date-two-ways", "goals", *IMPORTANT, "say:two_ways"),
    _asking("date-refused", "goals", *IMPORTANT, "say:no_day", "enter"),
    _asking("date", "goals", *IMPORTANT, "say:weeks", "enter", "say:content"),
    _asking("if-then", "goals", *CONTENT, "say:obstacle", "enter", "say:then"),
    _asking("first-step", "goals", *IF_THEN, "say:step", "enter", "say:moment", "enter", "say:monday"),
    _asking("confidence-low", "goals", *STEP, "4"),
    _asking("confidence-follow-up", "goals", *STEP, "4", "7"),
    _asking("supporters", "goals", *STEP, "4", "7", "enter*2", "say:one", "enter", "say:other", "enter"),
    _asking("focus", "learning"),
    _asking("occasion", "learning", "1", "enter*2"),
    _asking("say-it", "learning", "1", "enter*2", "say:evening", "enter", "say:monday", "enter"),
    Scene("ask-dates", f"{UNTIL}dates"),
    Scene("ask-dates-fewer", f"{UNTIL}dates", ("2", "enter")),
    _asking("paused", "goals", "say:goal", "escape"),
    Scene("ask-hidden", FRESH, ("f9",), "goals"),
)


def _checking(name: str, *steps: str) -> Scene:
    return Scene(name, FULL, steps, "check-in")


WELL = ("space", "say:why", "enter")
LEVEL = (*WELL, "enter", "1", "enter")
RULERS = (*LEVEL, "8", "enter", "9", "enter", "say:why", "enter")
SAID = (*RULERS, "1", "enter")
ALSO = (*SAID, "space", "enter", "say:other", "enter")
AGAIN = (*ALSO, "enter*2", "say:weeks", "enter")
CHECK_IN = (
    _checking("check-in"),
    _checking("check-in-which", *WELL),
    _checking("check-in-level", *WELL, "enter"),
    _checking("check-in-rulers", *LEVEL),
    _checking("check-in-rulers-low", *LEVEL, "2", "enter", "4"),
    _checking("check-in-follow-up", *LEVEL, "8", "enter", "9", "enter", "say:why"),
    _checking("check-in-say", *RULERS),
    _checking("check-in-others", *SAID, "space", "down", "left"),
    _checking("check-in-also", *ALSO),
    _checking("check-in-day", *ALSO, "enter*2"),
    _checking("check-in-summary", *AGAIN),
    _checking("check-in-end", *AGAIN, "enter"),
)
PLAN = (
    Scene("plan-mine", SAT),
    Scene("plan-line", SAT, ("down*3",)),
    Scene("plan-wall", SAT, ("w",)),
    Scene("plan-wall-off", SAT, ("w", "down*2", "space")),
    Scene("plan-keep", SAT, ("k",)),
    Scene("plan-done", SAT, ("enter",)),
    Scene("plan-full", FULL, ("p",)),
    Scene("plan-change", FULL, ("p", "down", "c")),
    Scene("plan-empty", EMPTY, ("p",)),
    Scene("plan-passed", PASSED, ("p",)),
    Scene("plan-help", FULL, ("p", "f1")),
)
HOME = (
    Scene("home-full", FULL),
    Scene("home-first-week", WEEK),
    Scene("home-away", AWAY),
    Scene("home-empty", EMPTY),
    Scene("home-passed", PASSED),
    Scene("home-big", BIG),
    Scene("home-draft", DRAFT),
    Scene("home-done", FULL, ("d",)),
    Scene("home-undone", FULL, ("d", "u")),
    Scene("home-later", FULL, ("l",)),
    Scene("home-later-refused", FULL, ("l", "say:no_day", "enter")),
    Scene("home-not-now", FULL, ("n",)),
    Scene("home-change", FULL, ("c",)),
    Scene("home-add", FULL, ("a",)),
    Scene("home-begin", FULL, ("s",)),
    Scene("home-goals", FULL, ("tab*4",)),
    Scene("home-question", FULL, ("o",)),
    Scene("home-nothing-to-undo", FULL, ("u",)),
    Scene("home-undo-older", OLDER, ("u",)),
    Scene("home-help", FULL, ("f1",)),
)
EVERYWHERE = (
    Scene("agreements", FULL, ("f2",)),
    Scene("agreements-none", FRESH, ("f2",), "goals"),
    Scene("support", FULL, ("f1", "s")),
    Scene("go", FULL, ("g",)),
    Scene("find", FULL, ("/",)),
    Scene("find-some", FULL, ("/", "say:find")),
    Scene("find-none", FULL, ("/", "say:nothing")),
    Scene("hidden", FULL, ("f9",)),
    Scene("second-window", ELSEWHERE),
    Scene("trouble-cut", CUT),
    Scene("trouble-cut-sure", CUT, ("b",)),
    Scene("trouble-not-ours", NOT_OURS),
    Scene("trouble-changed", CHANGED),
    Scene("trouble-newer", NEWER),
)
GOAL = ("g", "g", "enter")
ROOMS = (
    Scene("room-goals-big", BIG, ("g", "g")),
    Scene("room-goals-note", FULL, ("g", "g", "a")),
    Scene("room-goals-line", FULL, ("g", "g", "w")),
    Scene("room-goals-state", FULL, ("g", "g", "s")),
    Scene("room-goals-one", FULL, GOAL),
    Scene("room-goals-one-step", FULL, (*GOAL, "a")),
    Scene("room-goals-one-step-refused", FULL, (*GOAL, "a", "enter*3")),
    Scene("room-goals-one-level", FULL, (*GOAL, "w")),
    Scene("room-goals-one-state", FULL, (*GOAL, "s")),
    Scene("room-goals-one-help", FULL, (*GOAL, "f1")),
    Scene("room-check-in-one", FULL, ("g", "c", "tab*2", "enter")),
    Scene("room-check-in-day", FULL, ("g", "c", "m")),
    Scene("room-check-in-ask", FULL, ("g", "c", "a")),
    Scene("room-values-passed", PASSED, ("g", "v")),
    Scene("room-values-reasons", FULL, ("g", "v", "r")),
    Scene("room-values-sessions", FULL, ("g", "v", "s")),
    Scene("room-values-session", FULL, ("g", "v", "s", "enter")),
    Scene("room-values-over-time", FULL, ("g", "v", "e")),
    Scene("room-values-statement", FULL, ("g", "v", "e", "down*3", "enter")),
    Scene("room-values-look-back", FULL, ("g", "v", "b")),
    Scene("room-values-put-right", FULL, ("g", "v", "p")),
    Scene("room-values-day-one", EMPTY, ("g", "v", "d")),
    Scene("room-learning-log", FULL, ("g", "l", "h")),
    Scene("room-learning-place", FULL, ("g", "l", "p")),
    Scene("room-learning-done", FULL, ("g", "l", "d")),
    Scene("room-learning-one", FULL, ("g", "l", "c")),
    Scene("room-learning-many", BIG, ("g", "l")),
    Scene("room-learning-add", FULL, ("g", "l", "a")),
    Scene("room-practice", FULL, ("g", "l", "y")),
    Scene("room-practice-empty", EMPTY, ("g", "l", "y")),
    Scene("ask-situation", FULL, ("g", "l", "y", "b")),
    Scene("room-reflections", FULL, ("g", "l", "e")),
    Scene("room-reflections-empty", EMPTY, ("g", "l", "e")),
    Scene("room-reflections-one", FULL, ("g", "l", "e", "enter")),
    Scene("ask-reflection-about", FULL, ("g", "l", "e", "b")),
    Scene("room-renewal", FULL, ("g", "l", "v")),
    Scene("room-renewal-held", FULL, ("g", "l", "v", "s")),
    Scene("room-reminders-add", FULL, ("g", "r", "a")),
    Scene("room-reminders-pause", FULL, ("g", "r", "p")),
    Scene("room-reminders-one", FULL, ("g", "r", "enter")),
    Scene("room-settings-change", FULL, ("g", "s", "c")),
    Scene("year", FULL, ("g", "y")),
    Scene("year-empty", EMPTY, ("g", "y")),
    Scene("sheets", FULL, ("g", "e")),
    Scene("sheets-one", FULL, ("g", "e", "enter")),
    Scene("sheets-hours", FULL, ("g", "l", "v", "k")),
)
"""What is particular in a room, beside its first picture on each plan."""


def _every_room() -> Iterator[Scene]:
    for door in DOORS:
        if door.module:
            yield from (
                Scene(f"room-{door.name}-{plan.replace('_', '-')}", plan, ("g", door.key))
                for plan in (FULL, WEEK, EMPTY)
            )
            yield Scene(f"room-{door.name}-help", FULL, ("g", door.key, "f1"))


SCENES: tuple[Scene, ...] = (*ASKING, *CHECK_IN, *PLAN, *HOME, *EVERYWHERE, *_every_room(), *ROOMS)
"""Every scene; a name is a file's."""


def desk_of(folder: Path, language: str, clock: Clock) -> Desk:
    """Return a desk over a folder on a clock's day."""
    places = Places(str(folder))
    places.make_folders()
    return Desk(places, PlanStore(places), Drafts(places), Words(language), read_settings(places), clock)


def _cut(text: str) -> str:
    return text[: len(text) // 2]


def _changed(text: str) -> str:
    return text.replace('"Rosa', '"Rosa M', 1) if '"Rosa' in text else text.replace("Rosa", "Rosa M", 1)


_SPOILT: dict[str, Callable[[str], str]] = {
    CUT: _cut,
    NOT_OURS: lambda text: "{ nothing of ours",
    CHANGED: _changed,
    NEWER: lambda text: re.sub(r'"schema": \[\d+, \d+\]', '"schema": [9, 0]', text),
}


@contextmanager
def standing(plan: str, folder: Path, language: str, clock: Clock) -> Iterator[None]:
    """Let a folder hold what a scene begins with, for as long as it is looked at."""
    if plan == FRESH:
        yield
        return
    if plan == SAT:
        sit(desk_of(folder, language, clock))
    elif plan.startswith(UNTIL):
        sit_until(Sitting(desk_of(folder, language, clock), "last-day"), plan.removeprefix(UNTIL))
    else:
        variant = plan if plan in demo.VARIANTS else FULL
        demo.make(Places(str(folder)), Words(language), clock, variant)
    if plan == DRAFT:
        sit_until(Sitting(desk_of(folder, language, clock), "goals"), "importance")
    if plan == OLDER:
        _add_step(desk_of(folder, language, clock), clock.now() - timedelta(days=1))
    if plan in _SPOILT:
        _spoil(folder, plan, desk_of(folder, language, clock))
    if plan == ELSEWHERE:
        lock = WindowLock(Places(str(folder)))
        assert lock.acquire()
        try:
            yield
        finally:
            lock.release()
        return
    yield


def _spoil(folder: Path, plan: str, desk: Desk) -> None:
    if plan != NOT_OURS:  # a second save, so that there is a copy of the one before
        _add_step(desk, desk.clock.now())
    stood_at = desk.clock.now().timestamp()
    for copy in folder.glob("*.bak"):
        os.utime(copy, (stood_at, stood_at))  # the page says of which day it is
    file = folder / "plan.json"
    file.write_text(_SPOILT[plan](file.read_text(encoding="utf-8")), encoding="utf-8")


def _add_step(desk: Desk, now: datetime) -> None:
    from rchrp_goals.services import capture

    capture.add_step(desk.store, typed("step", desk.words.language), None, None, now)


def typed(name: str, language: str) -> str:
    """Return what is typed at a step ``say:NAME``."""
    return TYPED[name][LANGUAGES.index(language)]


def begins_of(scene: Scene) -> str | None:
    """Return the conversation that a scene opens with."""
    if scene.begins is None and (scene.plan == SAT or scene.plan.startswith(UNTIL)):
        return "last-day"
    return scene.begins


def walks(scenes: Sequence[Scene]) -> list[list[Scene]]:
    """Put scenes together that lie on one way: each begins where the one before it ends."""
    found: list[list[Scene]] = []
    for scene in sorted(scenes, key=lambda one: -len(list(one.keys))):
        ways = [walk for walk in found if _leads_to(scene, walk[0])]
        if ways:
            max(ways, key=len).insert(0, scene)
        else:
            found.append([scene])
    return found


def _leads_to(scene: Scene, other: Scene) -> bool:
    keys = list(scene.keys)
    return (scene.plan, scene.begins) == (other.plan, other.begins) and list(other.keys)[: len(keys)] == keys


def named(names: Sequence[str]) -> list[Scene]:
    """Return the scenes with these names or beginnings of names, all where none is given."""
    return [scene for scene in SCENES if not names or any(scene.name.startswith(name) for name in names)]
