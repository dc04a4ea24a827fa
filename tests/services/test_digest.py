"""Today's digest: what waits, at most five lines, each something that can be done."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from rchrp_goals.services.capture import add_step
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.digest import MOST_LINES, Digest, todays
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in


def digest(desk: Desk) -> Digest | None:
    clock = desk.clock
    return todays(desk.store.read().tables, desk.words, clock.today(), clock.now())


def put(desk: Desk, table: str, **fields: object) -> None:
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put(table, {"id": f"{table}-0001", **fields})


@pytest.fixture(params=["en", "es"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data", request.param)


def test_nothing_waits(desk: Desk) -> None:
    assert digest(desk) is None
    add_step(desk.store, "Some day", None, None, desk.clock.now())
    add_step(desk.store, "Later", None, desk.clock.today() + timedelta(days=1), desk.clock.now())
    assert digest(desk) is None


def test_the_sentence_holds_none_of_the_persons_words_and_counts_no_further_than_one(desk: Desk) -> None:
    said = {"en": ("1 thing waits", "A few things wait"), "es": ("1 cosa espera", "Algunas cosas esperan")}
    for expected in said[desk.words.language]:
        add_step(desk.store, "Call Rosa", None, desk.clock.today(), desk.clock.now())
        found = digest(desk)
        assert found is not None and found.sentence == expected


def test_a_line_each_with_what_can_be_done(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "data")
    today = desk.clock.today().isoformat()
    put(desk, "steps", text="Call Rosa", state="planned", due=today, moment="after lunch")
    put(desk, "goals", title="Shadow three shifts", state="active", review_on=today)
    put(desk, "learning", title="Naloxone evening", state="planned", planned_for=today)
    put(desk, "check_ins", **{"with": "self", "at": "2026-10-05T10:00:00.000000Z", "next_on": today})
    found = digest(desk)
    assert found is not None and sorted(found.lines) == [
        "A check-in: ten minutes, or another day",
        "Call Rosa · after lunch",
        "Do it, or give it another day: Naloxone evening",
        "Look at this goal again: Shadow three shifts",
    ]


def test_never_more_than_a_handful(desk: Desk) -> None:
    for number in range(40):
        add_step(desk.store, f"Step {number}\u2028 of many", None, desk.clock.today(), desk.clock.now())
    found = digest(desk)
    assert found is not None and len(found.lines) == MOST_LINES + 1
    assert found.lines[-1] == desk.words.ui("commands.remind.more")
    assert not any("\n" in line or "\u2028" in line for line in found.lines)


def test_a_pause_and_quiet_hours_are_kept(desk: Desk) -> None:
    add_step(desk.store, "Call Rosa", None, desk.clock.today(), desk.clock.now())
    put(desk, "reminder_settings", quiet_from=20, quiet_to=7)
    assert digest(desk) is None  # it is 20:00
    put(desk, "reminder_settings", quiet_from=21, quiet_to=7)
    assert digest(desk) is not None
    put(desk, "reminder_settings", pause_until=date(2026, 11, 6).isoformat())
    assert digest(desk) is None


def test_what_came_while_the_computer_was_off_is_named_once(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "data")
    today = desk.clock.today()
    for number, days in enumerate((30, 9, 5)):
        put_on = (today - timedelta(days=days)).isoformat()
        with desk.store.change(What("test"), desk.clock.now()) as change:
            step = {"id": f"step-{number}", "text": f"Came {days} days ago", "state": "planned", "due": put_on}
            change.put("steps", step)
    tables, now = desk.store.read().tables, desk.clock.now()
    last = today - timedelta(days=12)
    found = todays(tables, desk.words, today, now, last)
    assert found is not None and found.lines == ["Came 9 days ago · still useful?", "Came 5 days ago · still useful?"]
    assert todays(tables, desk.words, today, now, today - timedelta(days=1)) is None
    assert todays(tables, desk.words, today, now) is None, "a timer that is new names nothing old"
