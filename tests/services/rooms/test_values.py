"""The room of values: two sessions side by side in words and dots, every session, reasons, and what stays covered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.room import Action, Place, RoomView, Row
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.values_changes import Name, look_back, put_right
from tests.services.desk import desk_in, say, sit
from tests.services.sessions import DAY_ONE, LAST_DAY, REVISIT, placed, session, two_looks, write

VALUES = Place("values")
PAGES = [VALUES, Place("values.sessions"), Place("values.reasons"), Place("values.session", DAY_ONE)]


def rows(view: RoomView) -> list[Row]:
    return [row for section in view.sections for row in section.rows]


def everything(view: RoomView) -> str:
    """Return every word and every place that a face could show of a view."""
    return repr((view.title, view.about, view.card, view.sections, view.closing))


def action(actions: tuple[Action, ...], id: str) -> Action:
    return next(one for one in actions if one.id == id)


def do(desk: Desk, found: Action, **answers: Any) -> str:
    assert found.change is not None
    return found.change(desk, answers).sentence


# Then and now


def test_two_sessions_stand_side_by_side_as_dots_and_in_words(desk: Desk) -> None:
    two_looks(desk)
    view = read_room(desk, VALUES)
    moved, passed = rows(view)
    assert moved.picture is not None
    assert moved.picture[:2] == (3, 7)
    assert moved.said == "Day One: at 3. Now: at 7, leaning toward agree."
    assert passed.said == "Day One: at 9. Now: passed."
    legend = view.sections[0].legend
    assert legend is not None
    assert legend[:2] == ("Day One, 3 Nov", "now, 4 Nov")
    assert "Last day, 4 Nov" in legend.said
    assert "There is no good direction" in view.closing


def test_reasons_stand_only_where_one_looks(desk: Desk) -> None:
    two_looks(desk)
    row = rows(read_room(desk, VALUES))[0]
    assert [one.text for one in row.detail] == ["Their goal brought them in.", "I would talk them out of it."]
    assert "brought" not in repr((row.text, row.title, row.said, row.note, row.when))


def test_both_texts_stand_there_where_they_differ(desk: Desk) -> None:
    two_looks(desk)
    again = {**placed("s01_one", 8), "text": "Alguien puede elegir una meta que yo no elegiría."}
    write(desk, "values", session(REVISIT, "revisit", "2026-11-04", again, created_at="2026-11-04T15:00:00.000000Z",
                                  taken_at="2026-11-04T15:00:00.000000Z"))  # fmt: skip
    row = rows(read_room(desk, VALUES))[0]
    assert row.text == again["text"]
    assert "Somebody may choose a goal that I would not." in row.note


def test_a_statement_whose_meaning_changed_is_another_one(desk: Desk) -> None:
    write(
        desk,
        "values",
        session(DAY_ONE, "day_one_part_1", "2026-11-03", placed("s01_one", 3)),
        session(LAST_DAY, "last_day", "2026-11-04", {**placed("s01_one", 8), "meaning": 2}),
    )
    found = rows(read_room(desk, VALUES))
    assert [row.said for row in found] == [
        "Day One: not asked. Now: at 8, agree.",
        "Day One: at 3, leaning toward disagree. Now: not asked.",
    ]
    assert len({row.key for row in found}) == 2


def test_day_one_is_both_of_its_parts(desk: Desk) -> None:
    two_looks(desk)
    write(desk, "values", session("part-two-1", "day_one_part_2", "2026-11-03", placed("s03_three", 4)))
    said = {row.text: row.said for row in rows(read_room(desk, VALUES))}
    assert said["The text of s03_three."].startswith("Day One: at 4")


def test_two_other_sessions_can_be_chosen(desk: Desk) -> None:
    two_looks(desk)
    write(desk, "values", session(REVISIT, "revisit", "2026-11-04", placed("s01_one", 5),
                                  taken_at="2026-11-04T15:00:00.000000Z"))  # fmt: skip
    newest = rows(read_room(desk, Place("values.sessions")))[0]
    compare = action(newest.actions, "values.compare")
    assert [option.id for option in compare.asks[0].options] == [LAST_DAY, DAY_ONE]
    assert compare.change is not None
    said = compare.change(desk, {"other": LAST_DAY})
    assert said.place is not None
    view = read_room(desk, said.place)
    assert rows(view)[0].said == "Last day, 4 Nov: at 7. Now: at 5, right in the middle."
    assert action(view.actions, "values.usual_pair").place == VALUES
    other = read_room(desk, Place("values", f"{REVISIT}:{LAST_DAY}"))
    assert rows(view)[0].said == rows(other)[0].said, "the earlier one is then, in whatever order they were chosen"


def test_sessions_stand_with_their_day_their_occasion_and_how_they_were_entered(desk: Desk) -> None:
    two_looks(desk)
    write(desk, "values", session("memory-1", "day_one_part_2", "2026-11-05", placed("s03_three", 4),
                                  entered="from_memory", state="open"))  # fmt: skip
    found = [(row.title, row.when, row.text) for row in rows(read_room(desk, Place("values.sessions")))]
    assert found == [
        ("Last day", "4 Nov", "answered at the time"),
        ("Day One, part 1", "3 Nov", "answered at the time"),
        ("Day One, part 2", "day not noted", "entered from memory on Thu 5 Nov; can be changed today"),
    ]


def test_a_session_that_is_gone_says_so(desk: Desk) -> None:
    two_looks(desk)
    with pytest.raises(ProblemError, match="not_there"):
        read_room(desk, Place("values.session", "nowhere"))


def test_reasons_stand_by_statement(desk: Desk) -> None:
    two_looks(desk)
    (section,) = read_room(desk, Place("values.reasons")).sections
    assert section.heading == "Somebody may choose a goal that I would not."
    assert [(row.text, row.when) for row in section.rows] == [
        ("Their goal brought them in.", "Last day, 4 Nov"),
        ("I would talk them out of it.", "Day One, 3 Nov"),
    ]


@pytest.mark.parametrize("place", PAGES[:3])
def test_without_a_session_every_page_is_calm(desk: Desk, place: Place) -> None:
    view = read_room(desk, place)
    assert view.sections[0].empty


# What can be done


def test_an_open_session_is_changed_and_a_closed_one_put_right(desk: Desk) -> None:
    write(desk, "values", session(LAST_DAY, "last_day", "2026-11-05", placed("s01_one", 7), state="open"))
    (row,) = rows(read_room(desk, VALUES))
    assert [one.id for one in row.actions] == ["values.change", "values.look_back"]
    asked = row.actions[0].question
    assert asked is not None
    question = OneQuestion(desk, asked.module, asked.key, asked.ids)
    question.answer({"position": 2})
    question.finish_part()
    assert rows(read_room(desk, VALUES))[0].said == "Now: at 2, disagree."

    desk.clock.at = desk.clock.at.replace(day=6)  # type: ignore[attr-defined]
    (row,) = rows(read_room(desk, VALUES))
    assert [one.id for one in row.actions] == ["values.look_back", "values.put_right"]
    said = do(desk, row.actions[1], text="A slip of the finger.", position=8)
    assert said == "Kept beside it. What stood before still stands."
    (row,) = rows(read_room(desk, VALUES))
    assert row.said == "Now: at 2, disagree. Now, put right later: at 8."
    assert row.detail[0].label == "Put right on Fri 6 Nov:"
    assert row.detail[0].text == "At 8, agree. A slip of the finger."


def test_where_both_are_closed_it_is_asked_which_is_put_right(desk: Desk) -> None:
    two_looks(desk)
    put_right = action(rows(read_room(desk, VALUES))[0].actions, "values.put_right")
    assert [option.id for option in put_right.asks[0].options] == [DAY_ONE, LAST_DAY]
    do(desk, put_right, which=DAY_ONE, text="I was tired.", position=None)
    details = rows(read_room(desk, VALUES))[0].detail
    assert [one.text for one in details][-1] == "I was tired."
    own = rows(read_room(desk, Place("values.session", DAY_ONE)))[0]
    assert [one.text for one in own.detail] == ["I would talk them out of it.", "I was tired."]


def test_looking_back_stands_beside_and_can_be_taken_away(desk: Desk) -> None:
    two_looks(desk)
    look_back = action(rows(read_room(desk, VALUES))[0].actions, "values.look_back")
    do(desk, look_back, position=1)
    row = rows(read_room(desk, VALUES))[0]
    assert ("Looking back at Day One:", "At 1, disagree.") in row.detail
    assert row.said == "Day One: at 3. Now: at 7, leaning toward agree."
    again = action(row.actions, "values.look_back")
    assert again.asks[0].value == 1
    do(desk, again, position=None)
    assert "Looking back" not in repr(rows(read_room(desk, VALUES))[0].detail)


def test_day_one_is_entered_later_with_the_statements_of_the_newest_session(desk: Desk) -> None:
    sit(desk, "values")
    desk.store.undo(desk.clock.now())
    write(desk, "values", session(LAST_DAY, "last_day", "2026-11-05", placed("s01_one", 7), placed("s02_two", 1)))
    view = read_room(desk, Place("values.day_one"))
    enter = rows(view)[0].actions[0]
    assert enter.about.splitlines() == [
        "1 Somebody may choose a goal that I would not.",
        "2 Every plan should aim for one thing.",
    ]
    line = enter.asks[0].read
    assert line is not None
    do(desk, enter, line=line("4 p"), how="from_paper", day=None)
    assert [row.said for row in rows(read_room(desk, VALUES))] == [
        "Day One: at 4. Now: at 7, leaning toward agree.",
        "Day One: passed. Now: at 1, disagree.",
    ]
    left = [row.text for row in rows(read_room(desk, Place("values.day_one")))]
    assert left == ["Part 2, the statements that follow", "Part 2, the same statements again"]


# Answer before you look back


def secrets(view: RoomView) -> list[str]:
    """Return what of the past a view tells."""
    told = everything(view)
    return [one for one in ("at 3", "at 7", "at 9", "Dots(", "brought", "talk them", "position") if one in told]


@pytest.mark.parametrize("place", PAGES)
def test_nothing_of_the_past_can_be_seen_while_a_look_is_under_way(desk: Desk, place: Place) -> None:
    two_looks(desk)
    assert secrets(read_room(desk, PAGES[0]))
    sitting = Sitting(desk, "values")
    say(sitting)
    sitting.keep()
    view = read_room(desk, place)
    assert not secrets(view)
    assert [one.id for one in view.actions] == ["values.look", "values.put_aside"]
    assert view.actions[0].conversation == "values"
    assert view.actions[1].confirm
    do(desk, view.actions[1])
    assert secrets(read_room(desk, PAGES[0])), "what was dropped covers nothing"


def test_only_the_look_that_is_under_way_is_dropped(desk: Desk) -> None:
    two_looks(desk)
    desk.drafts.write("values", {"ids": {"session": LAST_DAY}, "answers": {}})
    desk.drafts.write("day-one", {"ids": {"session": "new-one"}, "answers": {}})
    do(desk, action(read_room(desk, VALUES).actions, "values.put_aside"))
    assert desk.drafts.read("values") is not None and desk.drafts.read("day-one") is None


def test_once_the_new_answer_is_given_all_can_be_seen(desk: Desk) -> None:
    two_looks(desk)
    sit(desk, "values")
    said = [row.said for row in rows(read_room(desk, VALUES))]
    assert any("Day One: at 3" in one for one in said)


@pytest.mark.parametrize("place", PAGES)
def test_nothing_of_the_past_can_be_seen_while_a_look_waits(desk: Desk, place: Place) -> None:
    two_looks(desk)
    reminder = {"id": "look-1", "what": {"kind": "values"}, "words": "values", "next_at": "2026-11-05T09:00:00.000000Z"}
    write(desk, "reminders", reminder)
    view = read_room(desk, place)
    assert not secrets(view)
    assert [one.id for one in view.actions] == ["values.look", "thing.later", "thing.not_now"]
    do(desk, view.actions[2])
    assert secrets(read_room(desk, PAGES[0]))


def test_a_look_that_was_given_waits_no_longer(desk: Desk) -> None:
    two_looks(desk)
    reminder = {"id": "look-1", "what": {"kind": "values"}, "words": "values", "next_at": "2026-11-05T09:00:00.000000Z"}
    write(desk, "reminders", reminder)
    sit(desk, "values")
    assert rows(read_room(desk, VALUES))


def test_every_word_is_there_in_spanish(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, "es")
    two_looks(desk)
    row = rows(read_room(desk, VALUES))[0]
    assert row.said == "Primer día: en el 3. Ahora: en el 7, más bien de acuerdo."
    for place in (*PAGES, Place("values.day_one")):
        assert read_room(desk, place).title.startswith("Valores")


def test_who_skips_the_line_sees_none_of_the_old(desk: Desk) -> None:
    two_looks(desk)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "skip_all"})
    assert sitting.current is not None and sitting.current.key == "breath"
    assert sitting.then_and_now() == []


def test_a_date_that_asked_for_this_look_alone_is_answered_by_it(desk: Desk) -> None:
    two_looks(desk)
    for words, day in (("values", "05"), ("look_again_and_values", "05"), ("values", "06")):
        reminder = {"id": f"{words}-{day}", "what": {"kind": "values"}, "words": words}
        write(desk, "reminders", {**reminder, "next_at": f"2026-11-{day}T09:00:00.000000Z"})
    sit(desk, "values")
    still = {one["id"]: one["on"] for one in desk.store.read().records("reminders")}
    assert still == {"values-05": False, "look_again_and_values-05": True, "values-06": True}
    desk.store.undo(desk.clock.now())
    assert all(one["on"] for one in desk.store.read().records("reminders"))


def test_the_page_only_for_me_holds_what_stands_beside_a_place(desk: Desk) -> None:
    two_looks(desk)
    put_right(desk, DAY_ONE, Name("s01_one", 1), "I was tired.", 5)
    look_back(desk, LAST_DAY, Name("s01_one", 1), 2)
    lines = [line.text for line in plan_sheet(desk.store.read().tables, desk.words, desk.clock.today()).lines]
    assert "Put right on Thu 5 Nov: At 5, right in the middle. I was tired." in lines
    assert "Looking back at Day One: At 2, disagree." in lines


WRONG: list[Any] = [
    True,
    "9999-12-31",
    [],
    [None],
    {"kind": 5},
    [{"statement": 5, "text": None}],
    10**30,
    "\x1b[31m",
    "",
]


def spoiled(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a record again and again, with one field of it, or of its first placement, another kind of thing."""
    for value in WRONG:
        for field in (*record, "removed_at"):
            if field != "id":
                yield {**record, field: value}
        for field in (*record.get("placements", [{}])[0], "looking_back"):
            for first in record.get("placements", [])[:1]:
                yield {**record, "placements": [{**first, field: value}, *record["placements"][1:]]}


@pytest.mark.parametrize("table", ["values", "corrections", "reminders"])
def test_a_plan_with_wrong_fields_is_shown_as_far_as_it_can_be(desk: Desk, table: str) -> None:
    two_looks(desk)
    put_right(desk, DAY_ONE, Name("s01_one", 1), "I was tired.", 5)
    reminder = {"id": "look-1", "what": {"kind": "values"}, "words": "values", "next_at": "2026-12-05T09:00:00.000000Z"}
    write(desk, "reminders", reminder)
    snapshot = desk.store.read()
    for record in snapshot.records(table)[:1]:
        for other in spoiled(dict(record)):
            tables = {**snapshot.tables, table: {**snapshot.tables[table], other["id"]: other}}
            desk.store.read = lambda: snapshot._replace(tables=tables)  # type: ignore[method-assign]  # noqa: B023
            for place in (*PAGES, Place("values.day_one")):
                with suppress(ProblemError):
                    everything(read_room(desk, place))


def test_part_one_is_not_asked_with_the_statements_of_part_two(desk: Desk) -> None:
    write(
        desk,
        "values",
        session("part-two-1", "day_one_part_2", "2026-11-03", placed("s03_three", 4)),
        session(LAST_DAY, "last_day", "2026-11-04", placed("s01_one", 7)),
    )
    (row,) = rows(read_room(desk, Place("values.day_one")))
    assert row.actions[0].about == "1 Somebody may choose a goal that I would not."
