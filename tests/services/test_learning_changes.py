"""Learning from idea to learned: one save each, one entry to undo, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rchrp_goals.errors import AnswerRefused, FileProblem, ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.services import capture
from rchrp_goals.services import learning_changes as changes
from rchrp_goals.services.desk import Desk
from tests.services.desk import put

DAY = date(2026, 11, 12)
LEFT_OUT = {"id", "created_at", "updated_at", "revision", "author"}


def one(desk: Desk, id: str, table: str = "learning") -> dict[str, Any]:
    record = desk.store.read().get(table, id)
    assert record is not None
    return {key: value for key, value in record.items() if key not in LEFT_OUT}


def test_an_idea_becomes_planned_with_a_day_and_an_idea_again_without(desk: Desk) -> None:
    id = changes.add_activity(desk.store, "  A visit\nto the clinic ", desk.clock.now()).id
    assert one(desk, id) == {"title": "A visit to the clinic", "state": "idea"}
    changes.plan_for(desk.store, id, DAY, desk.clock.now())
    assert one(desk, id) == {"title": "A visit to the clinic", "state": "planned", "planned_for": "2026-11-12"}
    changes.change_activity(desk.store, id, {"planned_for": None}, desk.clock.now())
    assert one(desk, id) == {"title": "A visit to the clinic", "state": "idea"}


def test_the_whole_way_and_back_again(desk: Desk) -> None:
    id = changes.add_activity(desk.store, "A shift", desk.clock.now(), planned_for=DAY).id
    changes.begin(desk.store, id, desk.clock.now())
    assert one(desk, id)["state"] == "under_way"
    changes.plan_for(desk.store, id, date(2026, 11, 19), desk.clock.now())
    assert one(desk, id)["state"] == "under_way"
    changes.finish(desk.store, id, DAY, desk.clock.now(), hours=1.5, learned="To listen.")
    done = {"title": "A shift", "state": "done", "done_on": "2026-11-12", "hours": 1.5, "learned": "To listen."}
    assert one(desk, id) == {**done, "planned_for": "2026-11-19"}
    changes.take_up(desk.store, id, desk.clock.now())
    assert one(desk, id)["state"] == "planned" and "done_on" not in one(desk, id) and one(desk, id)["hours"] == 1.5
    changes.let_go(desk.store, id, desk.clock.now())
    assert one(desk, id)["state"] == "let_go" and one(desk, id)["learned"] == "To listen."
    for state in ("planned", "done", "under_way", "under_way", "planned"):
        desk.store.undo(desk.clock.now())
        assert one(desk, id)["state"] == state


def test_done_without_hours_takes_away_those_that_were_planned(desk: Desk) -> None:
    id = put(desk, "learning", title="An evening", state="planned", hours=2)
    changes.finish(desk.store, id, DAY, desk.clock.now())
    assert "hours" not in one(desk, id)


def test_fields_are_set_and_taken_away_and_what_a_newer_version_wrote_stays(desk: Desk) -> None:
    area = put(desk, "focus", area="Words")
    id = put(desk, "learning", title="A talk", bank="o04_takes_medication", state="done", mood={"newer": 1})
    said = {"focus": area, "category": "ethics", "participatory": False, "hours": 0.75, "provider": "", "kind": None}
    changes.change_activity(desk.store, id, said, desk.clock.now())
    kept = {"focus": area, "category": "ethics", "participatory": False, "hours": 0.75, "mood": {"newer": 1}}
    assert one(desk, id) == {"title": "A talk", "bank": "o04_takes_medication", "state": "done", **kept}
    changes.change_activity(desk.store, id, {"title": "A long talk"}, desk.clock.now())
    assert "bank" not in one(desk, id)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"focus": "area-gone"}, "area_not_there"),
        ({"goal": "goal-gone"}, "goal_not_there"),
        ({"title": "x" * 501}, "text_too_long"),
        ({"hours": 10_000}, "record_wrong"),
        ({"hours": -3}, "record_wrong"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(desk: Desk, said: dict[str, Any], problem: str) -> None:
    id = put(desk, "learning", title="A talk", state="idea")
    before = desk.store.read().get("learning", id)
    with pytest.raises((ProblemError, AnswerRefused, FileProblem), match=problem):
        changes.change_activity(desk.store, id, said, desk.clock.now())
    assert desk.store.read().get("learning", id) == before


def test_a_state_that_is_none_is_refused_in_a_sentence(desk: Desk) -> None:
    id = put(desk, "learning", title="A talk", state={"kind": 5})
    with pytest.raises(FileProblem, match="record_wrong"):
        changes.change_activity(desk.store, id, {"title": "A long talk"}, desk.clock.now())


@pytest.mark.parametrize(
    "change",
    [
        lambda desk, id: changes.plan_for(desk.store, id, DAY, desk.clock.now()),
        lambda desk, id: changes.begin(desk.store, id, desk.clock.now()),
        lambda desk, id: changes.finish(desk.store, id, DAY, desk.clock.now()),
        lambda desk, id: changes.let_go(desk.store, id, desk.clock.now()),
        lambda desk, id: changes.take_up(desk.store, id, desk.clock.now()),
        lambda desk, id: changes.change_activity(desk.store, id, {"title": "x"}, desk.clock.now()),
        lambda desk, id: changes.remove_activity(desk.store, id, desk.clock.now()),
        lambda desk, id: changes.change_area(desk.store, id, {"area": "x"}, desk.clock.now()),
        lambda desk, id: changes.remove_area(desk.store, id, desk.clock.now()),
    ],
)
def test_what_is_gone_is_said_to_be_gone(desk: Desk, change: Callable[[Desk, str], None]) -> None:
    with pytest.raises(ProblemError, match="not_there"):
        change(desk, "nowhere-1")
    assert not desk.store.read().exists


def test_a_removed_activity_keeps_none_of_its_words_and_undo_brings_all_of_it_back(desk: Desk) -> None:
    id = put(desk, "learning", title="A talk", state="done", hours=2, learned="Much.")
    before = one(desk, id)
    changes.remove_activity(desk.store, id, desk.clock.now())
    assert set(desk.store.read().tables["learning"][id]) == LEFT_OUT | {"removed_at"}
    desk.store.undo(desk.clock.now())
    assert one(desk, id) == before


def test_what_was_learned_in_an_area_stays_when_the_area_goes(desk: Desk) -> None:
    area = put(desk, "focus", area="Words", knowledge="doing_it")
    id = put(desk, "learning", title="A talk", state="done", hours=2, focus=area)
    goal = put(desk, "goals", title="A goal", state="active", focus=area)
    changes.remove_area(desk.store, area, desk.clock.now())
    assert one(desk, id) == {"title": "A talk", "state": "done", "hours": 2}
    assert "focus" not in one(desk, goal, "goals")
    desk.store.undo(desk.clock.now())
    assert one(desk, id)["focus"] == area == one(desk, goal, "goals")["focus"]
    assert one(desk, area, "focus")["knowledge"] == "doing_it"


def test_a_side_is_looked_at_and_put_back_to_not_looked_at(desk: Desk) -> None:
    area = put(desk, "focus", area="Words", bank="f07_words")
    changes.change_area(desk.store, area, {"skills": "finding_my_feet"}, desk.clock.now())
    assert one(desk, area, "focus") == {"area": "Words", "bank": "f07_words", "skills": "finding_my_feet"}
    changes.change_area(desk.store, area, {"skills": None}, desk.clock.now())
    assert one(desk, area, "focus") == {"area": "Words", "bank": "f07_words"}


def test_an_earlier_day_counts_for_what_was_put_to_a_later_one(desk: Desk) -> None:
    id = put(desk, "learning", title="A talk", state="planned", planned_for="2026-11-04")
    capture.later(desk.store, "learning", id, date(2026, 12, 1), desk.clock)
    changes.plan_for(desk.store, id, desk.clock.today(), desk.clock.now())
    due = glance.due_today(desk.store.read().tables, desk.clock.today(), desk.clock.now())
    assert [row.id for row in due] == [id]
