"""A desk for tests: a folder of the test's own, a clock that stands still, and ways through a sitting."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rchrp_goals.content import Words
from rchrp_goals.guide.structure import Field
from rchrp_goals.services.demo import make
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.offers import offers
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.drafts import Drafts
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, What
from rchrp_goals.store.settings import read_settings


class StillClock:
    """A clock that stands at 5 November 2026, 20:00 UTC, until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment."""
        return self.at

    def today(self) -> date:
        """Return its day."""
        return self.at.date()

    def instant(self, day: date, hour: int) -> datetime:
        """Return an hour of a day."""
        return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class ZonedClock(StillClock):
    """A clock on a machine that is in a zone."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.zone = ZoneInfo(name)

    def today(self) -> date:
        """Return the day in the zone."""
        return self.at.astimezone(self.zone).date()

    def instant(self, day: date, hour: int) -> datetime:
        """Return an hour of a day in the zone."""
        return datetime(day.year, day.month, day.day, hour, tzinfo=self.zone).astimezone(UTC)


def desk_in(folder: Path, language: str = "en", own_folder: Path | None = None) -> Desk:
    """Return a desk over ``folder``."""
    places = Places(str(folder))
    places.make_folders()
    words = Words(language, str(own_folder) if own_folder else None)
    return Desk(places, PlanStore(places), Drafts(places), words, read_settings(places), StillClock())


def sample_desk(folder: Path, language: str = "en") -> Desk:
    """Return a desk over ``folder``, in which the sample person's plan stands."""
    desk = desk_in(folder, language)
    make(desk.places, desk.words, desk.clock)
    return desk


def put(desk: Desk, table: str, **fields: Any) -> str:
    """Write a record, as a part of a sitting would, and return its id."""
    with desk.store.change(What("part_learning"), desk.clock.now()) as change:
        return str(change.put(table, fields)["id"])


SAID: dict[str, dict[str, Any]] = {
    "what": {"title": "Shadow three syringe service shifts"},
    "why": {"because": "I want to know the place before I send anyone there"},
    "importance": {"position": 8},
    "content": {"review_on": "2026-12-21", "as_expected": "three shifts shadowed"},
    "if_then": {"obstacle": "my own shift runs long", "then": "I text Rosa before three"},
    "first_step": {"step": "Write to the service", "moment": "right after the team meeting", "due": "2026-11-09"},
    "confidence": {"position": 7, "what_makes_it": "Rosa has said yes to others"},
    "supporters": {"supporters": ["Marcus, asks me on Mondays", "Rosa"]},
    "day_one": {"positions": [3, 7, None, 5, 0, 10]},
    "dates": {"choice": "yes"},
    "note": {"choice": "start"},
    "breath": {},
    "say_it": {},
    "occasion": {"title": "An evening on naloxone", "planned_for": "2026-12-02"},
}


def say(sitting: Sitting | OneQuestion) -> None:
    """Answer the stop that waits as Ana would."""
    stop = sitting.current
    assert stop is not None
    if stop.statement is not None:
        number = int(sitting.conversation.place[0])
        sitting.answer({"position": (number * 3) % 11, "reason": "I saw it"})
    elif stop.key in SAID:
        sitting.answer(SAID[stop.key])
    else:
        sitting.answer({field.id: _first(sitting, field) for field in stop.question.fields if not field.is_optional})


def _first(sitting: Sitting | OneQuestion, field: Field) -> Any:
    first = offers(sitting, field)[0].value
    return [first] if field.kind == "choices" else first


def sit(desk: Desk, name: str = "last-day", *, passing: bool = False) -> Sitting:
    """Go through a whole conversation; every part is applied."""
    sitting = Sitting(desk, name)
    for _ in range(80):
        if sitting.is_at_plan or not sitting.part:
            break
        if sitting.is_part_over:
            sitting.finish_part()
        elif passing:
            sitting.pass_()
            sitting.keep()
        else:
            say(sitting)
            sitting.keep()
    return sitting


def sit_until(sitting: Sitting, key: str) -> Sitting:
    """Go through a conversation as Ana would until a stop (or a part, or the plan) is reached."""
    for _ in range(80):
        if sitting.part == key or (sitting.current is not None and sitting.current.key == key):
            return sitting
        if sitting.is_part_over:
            sitting.finish_part()
        else:
            say(sitting)
            sitting.keep()
    raise AssertionError(key)


def sat_desk(folder: Path) -> Desk:
    """Return a desk over ``folder`` after a whole sitting as Ana had it."""
    desk = desk_in(folder)
    sit(desk).finish_plan()
    return desk
