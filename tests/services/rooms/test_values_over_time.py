"""Values over time: each statement's own road, one statement's page, and the one question whether a goal follows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.later import open_way, put_off, waiting_question
from rchrp_goals.services.room import Dots, Place, RoomView, Row
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.undoing import next_undo
from rchrp_goals.services.values_changes import Name, look_back, put_right
from rchrp_goals.services.values_roads import goals_of, moved
from tests.services.desk import desk_in, say
from tests.services.rooms.rooms import action, assert_sound, do
from tests.services.sessions import DAY_ONE, LAST_DAY, REVISIT, placed, session, two_looks, write

ALL = Place("values.over_time")
ONE = Place("values.statement", "1:s01_one")
LOOKED = "2027-02-03"
HOSTILE = "[bold]x[/]\x1b[31m\u202e" + "ñ" * 150


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = desk_in(tmp_path)
    two_looks(found)
    found.clock.at += timedelta(days=92)  # type: ignore[attr-defined]
    return found


def look(desk: Desk, *placements: dict[str, Any], day: str = LOOKED, id: str = REVISIT) -> None:
    write(desk, "values", session(id, "revisit", day, *placements))


def goal(desk: Desk, id: str = "goal-one-1", **more: Any) -> None:
    write(desk, "goals", {"id": id, "title": "Sit in on a shift", "state": "active", **more})


def rows(view: RoomView) -> list[Row]:
    return [row for section in view.sections for row in section.rows]


def everything(view: RoomView) -> str:
    return repr((view.title, view.about, view.card, view.sections, view.closing))


def home(desk: Desk) -> Any:
    question = waiting_question(desk.store.read().tables, desk.words, desk.clock.today())
    while question is not None and not question.key.startswith("moved"):
        put_off(desk.store, question, desk.clock.today() + timedelta(days=3), desk.clock.now())
        desk.clock.at += timedelta(days=1)  # type: ignore[attr-defined]
        if desk.clock.today().isoformat() > "2027-03-30":
            return None
        question = waiting_question(desk.store.read().tables, desk.words, desk.clock.today())
    return question


# All roads


def test_a_road_goes_through_every_session_in_words_and_dots(desk: Desk) -> None:
    look(desk, placed("s01_one", 7), placed("s02_two", 4))
    look(desk, placed("s02_two", None), placed("s01_one", 5), day="2027-02-04", id="revisit-2")
    view = read_room(desk, ALL)
    assert_sound(view)
    second, first = rows(view)
    assert first.said == "Day One: at 3. 4 Nov 2026: at 7. 3 Feb: at 7. 4 Feb: at 5, right in the middle."
    assert first.picture == Dots(3, 5, "disagree", "agree", (7, 7))
    assert second.said == "Day One: at 9. 4 Nov 2026: passed. 3 Feb: at 4. 4 Feb: passed."
    assert second.picture == Dots(9, None, "disagree", "agree", (4,))
    assert "no good direction" in view.closing
    assert view.sections[0].legend is not None and "4 sessions: Day One, 3 Nov 2026;" in view.sections[0].legend.said


def test_nothing_is_counted_judged_or_pointed_at(desk: Desk) -> None:
    look(desk, placed("s01_one", 10), placed("s02_two", 9))
    for language in ("en", "es"):
        desk.words = desk.words.to(language)
        said = everything(read_room(desk, ALL)) + everything(read_room(desk, ONE))
        assert not any(
            word in said.casefold() for word in ("improve", "mejor", "better", "progress", "score", "→", "%")
        )


def test_staying_put_is_said_as_a_result(desk: Desk) -> None:
    write(desk, "values", session(LAST_DAY, "last_day", "2026-11-04", placed("s02_two", 9)))
    look(desk, placed("s02_two", 9))
    assert rows(read_room(desk, ALL))[0].said.endswith("3 Feb: at 9, agree. It stayed.")


def test_a_changed_meaning_begins_another_road(desk: Desk) -> None:
    look(desk, {**placed("s01_one", 8), "meaning": 2, "text": "Quite another sentence."})
    view = read_room(desk, ALL)
    going, ended = view.sections
    assert going.rows[0].said == "3 Feb: at 8, agree."
    assert ended.rows[0].said.startswith("Day One: at 3.") and len(ended.rows) == 1
    page = read_room(desk, ONE)
    assert "something else since" in page.about
    assert page.sections[1].rows[0].actions[0].place == Place("values.statement", "2:s01_one")
    assert page.card is None and moved(desk.store.read().tables) == []


def test_ten_sessions_and_thirty_statements_are_all_there(desk: Desk) -> None:
    for number in range(10):
        many = [placed(f"room-{at:012x}", (at + number) % 11, reason="x " * 90) for at in range(30)]
        look(desk, *many, day=f"2027-01-{number + 10}", id=f"revisit-{number}")
    view = read_room(desk, ALL)
    assert len(rows(view)) == 32
    assert rows(view)[0].said.count(": at ") == 10
    assert_sound(view)


def test_hostile_texts_are_text(desk: Desk) -> None:
    look(desk, {**placed("s01_one", 9, reason=HOSTILE), "text": HOSTILE})
    view, page = read_room(desk, ALL), read_room(desk, ONE)
    assert rows(view)[0].text.startswith("[bold]x[/]")
    for said in (everything(view), everything(page)):
        assert "\\x1b" not in said and "\\u202e" not in said
    assert "In these words: Somebody may choose" in rows(page)[0].note
    for id in ("", ":", "x:s01_one", "1:", "1:nowhere", "²:s01_one"):
        with pytest.raises(ProblemError, match="not_there"):
            read_room(desk, Place("values.statement", id))


# One statement


def test_one_statement_has_its_reasons_the_look_back_and_what_was_put_right(desk: Desk) -> None:
    look(desk, placed("s01_one", None, reason="I do not know today."))
    look_back(desk, LAST_DAY, Name("s01_one", 1), 5)
    put_right(desk, DAY_ONE, Name("s01_one", 1), "I read it wrong.", 4)
    page = read_room(desk, ONE)
    assert_sound(page)
    first, second, third = page.sections[0].rows
    assert page.title == "Somebody may choose a goal that I would not."
    assert (first.text, first.when) == ("Day One, 3 Nov 2026", "answered at the time")
    assert first.said == "At 3, leaning toward disagree. Put right later: at 4."
    assert "Why, in my words: I would talk them out of it." in first.note
    assert "At 4, leaning toward disagree. I read it wrong." in first.note
    assert "Looking back at Day One: At 5, right in the middle." in second.note
    assert third.said == "Passed." and third.picture == Dots(None, None, "disagree", "agree")
    assert "I do not know today." in third.spoken and "\n" not in third.spoken


def test_how_a_session_was_entered_is_said(desk: Desk) -> None:
    taken = {"taken_at": "2027-02-05T12:00:00.000000Z", "created_at": "2027-02-05T12:00:00.000000Z"}
    write(desk, "values", session("memory-1", "day_one_part_2", "2027-02-05", placed("s01_one", 6),
                                  entered="from_memory", **taken))  # fmt: skip
    found = read_room(desk, ONE).sections[0].rows
    assert found[0].when == "day not noted; entered from memory on Fri 5 Feb"


@pytest.mark.parametrize("place", [ALL, ONE])
def test_everything_is_covered_while_a_look_is_under_way_or_waits(desk: Desk, place: Place) -> None:
    look(desk, placed("s01_one", 2))
    goal(desk)
    write(desk, "reminders", {"id": "remind-1", "words": "values", "on": True,
                              "next_at": "2027-02-04T09:00:00.000000Z"})  # fmt: skip
    said = everything(read_room(desk, place))
    assert "Somebody may" not in said and "at 2" not in said and "3, now" not in said
    assert home(desk) is None
    write(desk, "reminders", {"id": "remind-1", "words": "values", "on": False})
    assert "Somebody may" in everything(read_room(desk, place))
    begun = Sitting(desk, "values")
    say(begun)
    begun.keep()
    assert "Somebody may" not in everything(read_room(desk, place))


# Whether a goal wants to follow


@pytest.mark.parametrize(
    ("now", "is_asked"), [(7, False), (8, False), (6, False), (5, True), (9, True), (4, True), (None, False)]
)
def test_it_is_asked_from_two_places_on(desk: Desk, now: int | None, is_asked: bool) -> None:
    look(desk, placed("s01_one", now))
    assert (read_room(desk, ONE).card is not None) is is_asked


def test_it_is_asked_where_the_middle_was_crossed(desk: Desk) -> None:
    look(desk, placed("s01_one", 6))
    look(desk, placed("s01_one", 4), day="2027-02-04", id="revisit-2")
    card = read_room(desk, ONE).card
    assert card is not None
    assert card.text == "You stood at 6, now at 4. Does a goal want to follow from it?"
    assert "It need not" in card.note


def test_a_pass_between_two_places_is_passed_over_and_so_is_the_training(desk: Desk) -> None:
    assert moved(desk.store.read().tables) == [], "Day One and the last day are no look of their own"
    look(desk, placed("s02_two", 2))
    (found,) = moved(desk.store.read().tables)
    assert (found.then, found.now) == (9, 2)
    at = "2026-11-03T15:00:00.000000Z"
    write(desk, "values", session(LAST_DAY, "last_day", "2026-11-02", placed("s02_two", None)))
    write(desk, "values", session(REVISIT, "revisit", "2026-11-03", placed("s02_two", 2), taken_at=at))
    assert moved(desk.store.read().tables) == [], "two looks on one day are one"


def test_a_place_that_was_put_right_counts(desk: Desk) -> None:
    look(desk, placed("s01_one", 2))
    put_right(desk, REVISIT, Name("s01_one", 1), "I took the wrong end.", 8)
    assert moved(desk.store.read().tables) == []


def test_home_asks_once_and_says_no_statement(desk: Desk) -> None:
    look(desk, placed("s01_one", 2))
    question = home(desk)
    assert question.text == "One of your values statements moved. Does a goal want to follow from it?"
    assert "Somebody" not in repr(question) and question.place == ONE
    open_way(desk.store, question, desk.clock.today(), desk.clock.now())
    assert home(desk) is None
    assert read_room(desk, ONE).card is not None, "who goes there finds it still to be answered"


def test_several_that_moved_are_one_question_on_home(desk: Desk) -> None:
    look(desk, placed("s01_one", 2), placed("s02_two", 2))
    question = home(desk)
    assert question.text.startswith("Some of your values statements moved.") and question.place == ALL
    assert [bool(row.note) for row in rows(read_room(desk, ALL))] == [True, True]
    do(desk, ONE, "values.no_follow")
    assert [bool(row.note) for row in rows(read_room(desk, ALL))] == [False, True]
    for _ in range(2):
        put_off(desk.store, home(desk), desk.clock.today() + timedelta(days=3), desk.clock.now())
        desk.clock.at += timedelta(days=4)  # type: ignore[attr-defined]
    assert moved(desk.store.read().tables) == [], "put off twice is a pass, and a pass is an answer for all of the look"


def test_a_no_is_kept_for_this_pair_alone(desk: Desk) -> None:
    look(desk, placed("s01_one", 2))
    said = do(desk, ONE, "values.no_follow")
    assert "not asked again" in said.sentence
    assert read_room(desk, ONE).card is None
    taken = next_undo(desk.store, desk.words)
    assert taken is not None and taken.words == "something answered"
    desk.store.undo(desk.clock.now())
    assert read_room(desk, ONE).card is not None
    do(desk, ONE, "values.no_follow")
    assert home(desk) is None
    look(desk, placed("s01_one", 8), day="2027-02-04", id="revisit-2")
    assert read_room(desk, ONE).card is not None


def test_yes_begins_a_goal_and_is_kept(desk: Desk) -> None:
    look(desk, placed("s01_one", 2))
    assert do(desk, ONE, "values.follow_goal").conversation == "goals"
    assert read_room(desk, ONE).card is None


def test_a_goal_is_linked_and_the_link_taken_away(desk: Desk) -> None:
    look(desk, placed("s01_one", 2))
    assert "values.link" not in {one.id for one in read_room(desk, ONE).card.actions}  # type: ignore[union-attr]
    goal(desk)
    goal(desk, "goal-two-2", state="let_go")
    goal(desk, "goal-six-6", values_served=["s09_else:1"])
    offered = action(read_room(desk, ONE), "values.link")
    assert [one.id for one in offered.asks[0].options] == ["goal-one-1", "goal-six-6"]
    do(desk, ONE, "values.link", goal="goal-six-6")
    stored = desk.store.read().records("goals")
    assert next(one for one in stored if one["id"] == "goal-six-6")["values_served"] == ["s09_else:1", "s01_one:1"]
    page = read_room(desk, ONE)
    assert page.card is None and page.row("goal:goal-six-6") is not None
    assert [one.id for one in action(page, "values.link").asks[0].options] == ["goal-one-1"]
    assert "Somebody may choose a goal that I would not." in repr(read_room(desk, Place("goals.one", "goal-six-6")))
    do(desk, ONE, "values.unlink", "goal:goal-six-6")
    assert goals_of(desk.store.read().tables, Name("s01_one", 1)) == []
    (entry,) = [one for one in glance.standing(desk.store.read().tables, "goals") if one["id"] == "goal-six-6"]
    assert entry["values_served"] == ["s09_else:1"]
