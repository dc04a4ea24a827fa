"""What versions say that do not stand: shown where the record stands, each once, and nothing where there are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.plan.versions import KEPT, kept_version
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import Detail, Place, Row
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.store.plan_store import What
from tests.services.desk import desk_in, sit
from tests.services.sessions import DAY_ONE, LAST_DAY, two_looks


def keep(desk: Desk, table: str, id: str, **other: Any) -> None:
    """Keep another version beside a record, as undo and an import do."""
    with desk.store.change(What("test"), desk.clock.now()) as change:
        record = change.get(table, id)
        assert record is not None
        change.put(KEPT, kept_version(table, {**record, **other}))


def rows(desk: Desk, room: str, id: str = "") -> dict[str, Row]:
    view = read_room(desk, Place(room, id))
    return {row.key: row for section in view.sections for row in section.rows if row.key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_goal_and_what_goes_with_it_say_what_they_said_before(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    sit(desk, "goals")
    (goal,) = desk.store.read().records("goals")
    step = desk.store.read().records("steps")[0]
    (if_then,) = desk.store.read().records("if_thens")
    assert not any(row.detail for row in rows(desk, "goals.one", goal["id"]).values())
    for title in ("Greet people", "Greet people", goal["title"], "Greet people by name"):
        keep(desk, "goals", goal["id"], title=title, updated_at=f"2026-11-0{len(title) % 9 + 1}T12:00:00.000000Z")
    keep(desk, "goals", goal["id"], why="Because", review_on="2027-01-15", levels={"0": "ten people"})
    keep(desk, "steps", step["id"], text="Call first", went="She said yes.")
    keep(desk, "if_thens", if_then["id"], obstacle="I am late")
    found = rows(desk, "goals.one", goal["id"])
    label = desk.words.ui("rooms.before")
    assert {detail.text for detail in found["about:what"].detail} == {"Greet people", "Greet people by name"}
    assert found["about:why"].detail == (Detail(label, "Because"),)
    assert "2027" in found["about:content"].detail[0].text
    assert found["about:levels"].detail[0].text.endswith("ten people")
    went = Detail(desk.words.ui("rooms.before_of", side=desk.words.ui("goal_rooms.action.went")), "She said yes.")
    assert found[f"step:{step['id']}"].detail == (Detail(label, "Call first"), went)
    assert "I am late" in found[f"if_then:{if_then['id']}"].detail[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_says_where_it_was_before(tmp_path: Path, language: str) -> None:
    desk = desk_in(tmp_path, language)
    two_looks(desk)
    for id, place in ((DAY_ONE, {"position": 5, "reason": "I was tired."}), (LAST_DAY, {"passed": True})):
        (session,) = [one for one in desk.store.read().records("values") if one["id"] == id]
        first, *rest = session["placements"]
        other = {key: first[key] for key in ("statement", "meaning", "text")} | place
        keep(desk, "values", id, placements=[other, *rest])
    key = next(iter(rows(desk, "values")))
    ui = desk.words.ui
    for room, id in (("values", ""), ("values.session", DAY_ONE)):
        said = [detail for detail in rows(desk, room, id)[key].detail if detail.text.endswith("I was tired.")]
        assert len(said) == 1, room
    both = rows(desk, "values")[key].detail
    assert Detail(ui("rooms.before"), ui("values_room.passed")) in both
    assert ui("rooms.before_of", side=ui("values_room.occasion.day_one")) in {detail.label for detail in both}
    assert "I was tired." in rows(desk, "values.statement", "1:s01_one")[f"values:{DAY_ONE}"].note
    others = [row for name, row in rows(desk, "values.session", DAY_ONE).items() if name != key]
    assert not any(row.detail for row in others)


@pytest.mark.parametrize(
    "record", [5, {}, {"title": 5, "placements": 5}, {"placements": [5, {"statement": "s01_one"}]}]
)
def test_what_nobody_can_read_is_not_shown(tmp_path: Path, record: Any) -> None:
    desk = desk_in(tmp_path)
    two_looks(desk)
    sit(desk, "goals")
    (goal,) = desk.store.read().records("goals")
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for table, id in (("values", DAY_ONE), ("goals", goal["id"])):
            change.put(KEPT, {"table": table, "of": id, "record": record})
    for room, id in (("values", ""), ("values.session", DAY_ONE), ("goals.one", goal["id"])):
        assert not any(ui.label.startswith("Before") for row in rows(desk, room, id).values() for ui in row.detail)
