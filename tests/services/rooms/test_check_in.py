"""The room of check-ins: the next one, those that were held, one beside the one before, and what is asked of others."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services import demo, saying
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Place, RoomView
from rchrp_goals.services.rooms.reading import DOORS, read_room
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in, sample_desk
from tests.services.rooms.rooms import action, assert_sound, do, section
from tests.services.sessions import write

ROOM = Place("check_in")
FIRST, SECOND = (demo.sample_id("check_ins", name) for name in ("first_look", "second_look"))
ASKED = demo.sample_id("asks", "marcus")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sample_desk(tmp_path)


def records(desk: Desk, table: str) -> list[dict[str, Any]]:
    return desk.store.read().records(table)


def texts(view: RoomView) -> list[str]:
    rows = [row for part in view.sections for row in part.rows]
    return [piece for row in rows for piece in (row.title, row.text, row.note, row.when)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_room_shows_what_is_next_what_was_held_and_what_is_asked(desk: Desk, language: str) -> None:
    if language != desk.words.language:
        desk.switch_language()
    view = read_room(desk, ROOM)
    assert_sound(view)
    assert view.card is not None
    assert {"en": "Sunday 29 November 2026", "es": "domingo 29 de noviembre de 2026"}[language] == view.card.text
    held = section(view, desk.words.ui("check_in_room.room.held"))
    assert [row.key for row in held] == [f"check_in:{SECOND}", f"check_in:{FIRST}"]
    (asked,) = section(view, desk.words.ui("check_in_room.room.asks"))
    assert "Marcus" in asked.note
    assert action(view, "check_in.begin").conversation == "check-in"
    assert [one.id for one in view.actions] == ["asks.add"]  # the card begins one: it is not said twice


@pytest.mark.parametrize(("days", "heading", "said"), [
    (-1, "The next one", "Sunday 29 November 2026"),
    (0, "A check-in", "Its day is today, Sunday 29 November."),
    (3, "A check-in", "It was to be on Sunday 29 November. Any day is a good day."),
])  # fmt: skip
def test_a_day_that_has_come_is_not_called_the_next_one(desk: Desk, days: int, heading: str, said: str) -> None:
    on = date(2026, 11, 29)
    desk.clock.at = desk.clock.instant(on + timedelta(days=days), 20)  # type: ignore[attr-defined]
    view = read_room(desk, ROOM)
    assert view.card is not None
    assert (view.card_heading, view.card.text, view.card.is_due) == (heading, said, days >= 0)
    assert [one.id for one in view.card.actions] == ["check_in.begin", "check_in.day"]
    to = on + timedelta(days=days + 2)
    do(desk, ROOM, "check_in.day", day=to.isoformat())
    view = read_room(desk, ROOM)
    assert view.card is not None and view.card_heading == "The next one" and str(to.year) in view.card.text


def test_it_has_a_door_that_no_other_room_has() -> None:
    keys = [door.key for door in DOORS]
    assert next(door.key for door in DOORS if door.name == "check_in") == "c"
    assert len(set(keys)) == len(keys)


def test_an_empty_room_says_so_and_has_no_card(tmp_path: Path) -> None:
    view = read_room(desk_in(tmp_path), ROOM)
    assert view.card is None
    assert [one.id for one in view.actions] == ["check_in.begin", "asks.add"]
    assert all(not part.rows and part.empty for part in view.sections)


def test_a_check_in_stands_beside_the_one_before_and_nothing_is_reckoned(desk: Desk) -> None:
    view = read_room(desk, Place("check_in.one", SECOND))
    assert_sound(view)
    now, before = view.sections[:2]
    assert [(row.title, row.text) for row in now.rows] == [
        ("Shadow three syringe service shifts", "less: one shift shadowed"),
        ("Know enough about methadone and buprenorphine to listen", "to change"),
    ]
    assert before.is_aside
    assert [row.text for row in before.rows] == ["not there yet", "to change"]
    said = " ".join(texts(view)).casefold()
    assert not any(word in said for word in ("better", "worse", "→", "↑", "↓", "progress", "%"))
    alone = read_room(desk, Place("check_in.one", FIRST))
    assert not any(part.is_aside for part in alone.sections)


def test_what_was_written_stands_there_and_the_goals_open(desk: Desk) -> None:
    view = read_room(desk, Place("check_in.one", SECOND))
    assert "Twice I stopped and asked. Patience, I think." in texts(view)
    opened = action(view, "thing.open", "goal:0").place
    assert opened == Place("goals.one", demo.sample_id("goals", "shifts"))
    with desk.store.change(_what(), desk.clock.now()) as change:
        change.remove("goals", demo.sample_id("goals", "shifts"))
    gone = read_room(desk, Place("check_in.one", SECOND)).sections[0].rows[0]
    assert (gone.title, gone.actions) == ("A goal that is not in the plan any more", ())


def test_the_short_text_is_copied_whole(desk: Desk) -> None:
    said = do(desk, Place("check_in.one", SECOND), "check_in.copy")
    assert said.copied == next(one["summary"] for one in records(desk, "check_ins") if one["id"] == SECOND)
    assert len(said.copied.splitlines()) == 3


def test_what_is_put_right_stands_beside_it_and_changes_nothing(desk: Desk) -> None:
    before = records(desk, "check_ins")
    place = Place("check_in.one", FIRST)
    do(desk, place, "check_in.put_right", text="It was two shifts.")
    assert records(desk, "check_ins") == before
    (kept,) = records(desk, "corrections")
    assert kept["what"] == {"kind": "check_in", "id": FIRST}
    assert "It was two shifts." in texts(read_room(desk, place))
    assert "It was two shifts." not in texts(read_room(desk, Place("check_in.one", SECOND)))
    with pytest.raises(AnswerRefused):
        do(desk, place, "check_in.put_right", text="  ")


def test_a_check_in_is_taken_out_with_what_was_put_right_of_it(desk: Desk) -> None:
    place = Place("check_in.one", FIRST)
    do(desk, place, "check_in.put_right", text="It was two shifts.")
    assert do(desk, place, "check_in.remove").place == ROOM
    assert [one["id"] for one in records(desk, "check_ins")] == [SECOND]
    assert records(desk, "corrections") == []
    with pytest.raises(ProblemError):
        read_room(desk, place)


def test_the_day_of_a_short_text_is_not_said_twice(desk: Desk) -> None:
    one = next(one for one in records(desk, "check_ins") if one["id"] == SECOND)
    on = saying.local_day(one, "at")
    assert on is not None
    head = desk.words.ui("check_in_room.summary.head", day=saying.day_words(on, on, desk.words, with_weekday=False))
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put("check_ins", {**one, "summary": f"{head}\nOne shift."})
    row = next(row for row in section(read_room(desk, ROOM), desk.words.ui("check_in_room.room.held")))
    assert row.text == "One shift."


def test_the_days_of_the_conversation_are_offered_for_the_next_one(desk: Desk) -> None:
    (asked,) = action(read_room(desk, ROOM), "check_in.day").asks
    assert [one.words for one in asked.options] == ["in a month", "1 December", "in two weeks"]


def test_the_next_day_is_moved_or_taken_away(desk: Desk) -> None:
    day = desk.clock.today() + timedelta(days=3)
    do(desk, ROOM, "check_in.day", day=day.isoformat())
    assert next(one for one in records(desk, "check_ins") if one["id"] == SECOND)["next_on"] == day.isoformat()
    with pytest.raises(AnswerRefused):
        do(desk, ROOM, "check_in.day", day="2020-01-01")
    do(desk, ROOM, "check_in.day", day=None)
    assert read_room(desk, ROOM).card is None


def test_an_ask_is_added_changed_answered_and_taken_out(desk: Desk) -> None:
    do(desk, ROOM, "asks.add", text="Lend me the naloxone poster", to=None)
    new = next(one for one in records(desk, "asks") if one["id"] != ASKED)
    assert (new["text"], "to" in new, new["asked_at"]) == ("Lend me the naloxone poster", False, new["created_at"])
    do(desk, ROOM, "thing.change", f"ask:{new['id']}", text="Lend me the poster", to="Dee")
    changed = next(one for one in records(desk, "asks") if one["id"] == new["id"])
    assert (changed["text"], changed["to"]) == ("Lend me the poster", "Dee")
    do(desk, ROOM, "asks.answered", f"ask:{new['id']}")
    row = read_room(desk, ROOM).row(f"ask:{new['id']}")
    assert row is not None
    assert (row.mark, "answered" in row.note) == ("done", True)
    do(desk, ROOM, "asks.answered", f"ask:{new['id']}")
    assert "answered_at" not in next(one for one in records(desk, "asks") if one["id"] == new["id"])
    do(desk, ROOM, "asks.remove", f"ask:{new['id']}")
    assert [one["id"] for one in records(desk, "asks")] == [ASKED]


def test_a_plan_from_elsewhere_with_odd_records_is_still_read(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    write(desk, "check_ins", {"id": "odd-1", "goals": [{"goal": "nowhere"}], "answers": {"else": "x"}})
    assert [row.key for row in section(read_room(desk, ROOM), "Check-ins")] == ["check_in:odd-1"]
    page = read_room(desk, Place("check_in.one", "odd-1"))
    assert page.sections[0].rows[0].title == "A goal that is not in the plan any more"


def _what() -> Any:
    from rchrp_goals.store.plan_store import What

    return What("goal_removed")
