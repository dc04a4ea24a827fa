"""What the finder knows: each thing by its words, and where it opens."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rchrp_goals.services import capture, reminders
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.finding import Found, things
from rchrp_goals.services.reminders import Wanted
from rchrp_goals.services.room import Place
from tests.services.desk import desk_in

ROOMS = frozenset({"goals", "learning", "reminders"})
NOTE = {"en": "reminder", "es": "recordatorio"}


def found(desk: Desk, rooms: frozenset[str] = ROOMS) -> dict[Place, Found]:
    return {one.place: one for one in things(desk.store.read().tables, desk.words, rooms)}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_reminder_is_found_by_its_words_and_by_what_it_speaks_of(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    step = capture.add_step(desk.store, "Call Rosa.", None, None, desk.clock.now()).id
    on = desk.clock.today() + timedelta(days=9)
    own = reminders.add(desk.store, Wanted("own", on, text="Water  the plants"), desk.clock)
    about = reminders.add(desk.store, Wanted("step", on, about=step), desk.clock)
    reminders.stop(desk.store, own, desk.clock)  # one that rests is found, too
    known = found(desk)
    assert known[Place("reminders.one", own)][:2] == ("Water the plants", NOTE[language])
    assert known[Place("reminders.one", about)][:2] == (
        desk.words.ui("reminders.step", text="Call Rosa."),
        NOTE[language],
    )
    assert not any(place.room == "reminders.one" for place in found(desk, frozenset({"goals"})))
    reminders.remove(desk.store, own, desk.clock)
    assert Place("reminders.one", own) not in found(desk)
