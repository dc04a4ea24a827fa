"""What a part writes: what was taken away goes whole, what was left alone stays, and the right day counts."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.guide.conversation import Stop
from rchrp_goals.plan import glance
from rchrp_goals.services.asking import field_words
from rchrp_goals.services.context import SystemClock
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.later import waiting_question
from rchrp_goals.services.offers import offers
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.sessions import is_closed
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.waiting import LAST_DAY, waiting_conversation
from tests.services.desk import desk_in, sat_desk, sit, sit_until

Record = dict[str, Any]


def one(desk: Desk, table: str, **wanted: Any) -> Record:
    found = [record for record in desk.store.read().records(table) if wanted.items() <= record.items()]
    assert len(found) == 1, (table, len(found))
    return found[0]


def tables(desk: Desk) -> Any:
    return {name: table for name, table in desk.store.read().tables.items() if name != "history"}


def later_on(desk: Desk, **time: float) -> Desk:
    """The same folder, opened again after some time."""
    again = desk_in(Path(desk.places.data))
    again.clock.at = desk.clock.now() + timedelta(**time)  # type: ignore[attr-defined]
    return again


def walk_on(sitting: Sitting) -> None:
    """Go to the end of the part over what stands, pass what does not, and finish it."""
    while (stop := sitting.current) is not None:
        sitting.forward() if stop.key in sitting.draft.answers else sitting.pass_()
    sitting.finish_part()


# What is taken away


def back_to(sitting: Sitting, key: str) -> Stop:
    """Go back until a stop, or a part, waits; returns the stop that waits then."""
    for _ in range(80):
        stop = sitting.current
        if stop is not None and key in (stop.key, sitting.part):
            return stop
        assert sitting.back()
    raise AssertionError(key)


def test_a_goal_that_is_passed_after_all_leaves_nothing_behind_but_the_one_step(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "ahead")
    back_to(sitting, "what")
    sitting.pass_()
    sitting.answer({"step": "Call Dee"})
    sitting.finish_part()
    plan = desk.store.read()
    for table in ("goals", "rulers", "if_thens"):
        assert plan.records(table) == []
    assert [step["text"] for step in glance.inbox(plan.tables)] == ["Call Dee"]
    assert "goal" not in one(desk, "steps")
    stop = back_to(sitting, "inbox_step")
    assert sitting.conversation.standing(stop) == {"step": "Call Dee"}
    assert desk.store.undo(desk.clock.now())
    assert one(desk, "goals")["title"] == "Shadow three syringe service shifts"
    assert one(desk, "steps")["goal"] == one(desk, "goals")["id"]
    assert one(desk, "rulers")["confidence"] == 7


def test_a_goal_that_is_passed_on_the_plan_page_leaves_its_steps_in_the_inbox(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "goals")
    before = tables(desk)
    ids = {slot: one(desk, table)["id"] for slot, table in (("goal", "goals"), ("ruler", "rulers"), ("step", "steps"))}
    question = OneQuestion(desk, "goals", "what", ids)
    while question.current is not None:
        question.pass_()
    question.finish_part()
    plan = desk.store.read()
    assert [step["text"] for step in glance.inbox(plan.tables)] == ["Write to the service"]
    assert not any(plan.records(table) for table in ("goals", "rulers", "if_thens"))
    assert desk.store.undo(desk.clock.now())
    for table in ("goals", "rulers", "if_thens", "steps"):
        for id, record in before[table].items():
            found = tables(desk)[table][id]
            assert {**found, "revision": 1, "updated_at": record["updated_at"]} == record


def test_a_step_that_is_taken_away_takes_along_how_sure_of_it_somebody_was(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "goals")
    ids = {slot: one(desk, table)["id"] for slot, table in (("goal", "goals"), ("ruler", "rulers"), ("step", "steps"))}
    question = OneQuestion(desk, "goals", "first_step", ids)
    question.pass_()
    assert question.current is not None
    assert question.current.key == "what_makes_it"
    question.answer({"words": "I lost someone"})
    question.finish_part()
    ruler = one(desk, "rulers")
    assert (ruler["importance"], ruler["what_makes_it"], ruler["what_makes_it_about"]) == (
        8,
        "I lost someone",
        "importance",
    )
    assert not {"confidence", "step"} & ruler.keys()
    assert desk.store.read().records("steps") == []


def test_a_focus_that_is_taken_away_leaves_its_activity(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "learning")
    ids = {"focus": one(desk, "focus")["id"], "learning": one(desk, "learning")["id"]}
    question = OneQuestion(desk, "learning", "focus", ids)
    question.pass_()
    question.finish_part()
    assert desk.store.read().records("focus") == []
    assert "focus" not in one(desk, "learning")
    question = OneQuestion(desk, "learning", "occasion", {"learning": ids["learning"]})
    question.pass_()
    question.finish_part()
    assert desk.store.read().records("learning") == []


def test_an_activity_is_planned_once_it_has_a_day(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    states = []
    ids: dict[str, str] = {}
    for values in ({"title": "Naloxone"}, {"title": "Naloxone", "planned_for": "2026-12-02"}, {"title": "Naloxone"}):
        question = OneQuestion(desk, "learning", "occasion", ids)
        question.answer(values)
        question.finish_part()
        ids = {"learning": one(desk, "learning")["id"]}
        states.append(one(desk, "learning")["state"])
    assert states == ["idea", "planned", "idea"]


def test_agreements_of_before_stand_when_the_last_day_is_begun_again(tmp_path: Path) -> None:
    desk = sat_desk(tmp_path)
    before = desk.store.read().records("agreements")
    sitting = Sitting(desk, LAST_DAY)
    assert sitting.current is not None
    assert sitting.conversation.standing(sitting.current)["picked"][0]["text"] == before[0]["text"]
    sitting.forward()
    sitting.finish_part()
    assert desk.store.read().records("agreements") == before


def test_what_makes_it_about_is_forgotten_with_its_words(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "goals")
    ids = {"goal": one(desk, "goals")["id"], "ruler": one(desk, "rulers")["id"], "step": one(desk, "steps")["id"]}
    question = OneQuestion(desk, "goals", "importance", ids)
    question.answer({"position": 5})
    question.finish_part()
    assert one(desk, "rulers")["what_makes_it_about"] == "confidence"
    question = OneQuestion(desk, "goals", "confidence", ids)
    question.answer({"position": 9, "what_makes_it": "Five is a lot"})
    question.finish_part()
    assert one(desk, "rulers")["what_makes_it_about"] == "importance"
    question = OneQuestion(desk, "goals", "confidence", ids)
    question.answer({"position": 9})
    question.finish_part()
    assert not {"what_makes_it", "what_makes_it_about"} & one(desk, "rulers").keys()


# Statements


def test_skipping_all_after_all_takes_the_places_away(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "learning")
    back_to(sitting, "note")
    sitting.answer({"choice": "skip_all"})
    walk_on(sitting)
    session = one(desk, "values")
    assert [placement["passed"] for placement in session["placements"]] == [True] * 6
    assert not any("position" in placement for placement in session["placements"])


def test_the_rooms_statements_take_the_place_of_those_that_were_placed_before(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "learning")
    back_to(sitting, "note")
    sitting.answer({"choice": "room"})
    sitting.answer({"statements": ["Rest is work", "People know"]})
    sitting.answer({"position": 2})
    sitting.answer({"position": 10})
    sitting.pass_()
    walk_on(sitting)
    session = one(desk, "values", occasion="last_day")
    assert [placement["text"] for placement in session["placements"]] == ["Rest is work", "People know"]


def test_pasted_sentences_beyond_the_sixth_wait_on_home(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "room"})
    sitting.answer({"statements": [f"- Sentence {n}" for n in range(1, 9)]})
    while not sitting.is_part_over:
        if sitting.current is not None and sitting.current.statement:
            sitting.answer({"position": 7})
        else:
            sitting.pass_()
    sitting.finish_part()
    for name in ("start.someone", "start.name", "learning.places", "goals.letter"):
        module, _, key = name.partition(".")
        question = OneQuestion(desk, module, key, is_later=True)
        question.pass_()
        question.finish_part()
    asked = []
    while (waiting := waiting_question(desk.store.read().tables, desk.words, desk.clock.today())) is not None:
        question = OneQuestion(desk, *waiting.arguments, is_later=waiting.is_later)
        assert question.current is not None
        assert question.current.statement is not None
        asked.append(question.current.statement.text)
        question.answer({"position": 1})
        question.finish_part()
    assert asked == ["Sentence 7", "Sentence 8"]
    assert [placement["position"] for placement in one(desk, "values")["placements"]] == [7] * 6 + [1, 1]


def test_a_draft_keeps_places_on_statements_that_are_in_the_file_no_more(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    file = room / "statements.txt"
    file.write_text("Rest is work\nPeople know\n", encoding="utf-8")
    desk = desk_in(tmp_path / "data", own_folder=room)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "room"})
    sitting.answer({"position": 9})
    sitting.keep()
    file.write_text("Something else\n", encoding="utf-8")
    sitting = Sitting(desk_in(tmp_path / "data", own_folder=room), "values")
    assert sitting.current is not None
    assert sitting.current.statement is not None
    assert sitting.current.statement.text == "People know"
    while not sitting.is_part_over:
        sitting.pass_()
    sitting.finish_part()
    assert [(found["text"], found.get("position")) for found in one(desk, "values")["placements"]] == [
        ("Rest is work", 9),
        ("People know", None),
    ]


def test_a_file_of_statements_that_cannot_be_read_is_in_nobodys_way_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "statements.txt").write_bytes(b"\xff\xfe\xff")
    desk = desk_in(tmp_path / "data", own_folder=tmp_path)
    assert Sitting(desk, "goals").current is not None
    with pytest.raises(ProblemError, match="room_file_unreadable"):
        Sitting(desk, "values")


def test_a_values_look_beside_the_sitting_is_no_second_last_day(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "learning")
    sitting.keep()
    sit(desk, "values")
    occasions = sorted(record["occasion"] for record in desk.store.read().records("values"))
    assert occasions == ["day_one_part_1", "last_day", "revisit"]


# Days


@pytest.fixture
def phoenix(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/Phoenix")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class EveningInPhoenix(SystemClock):
    """5 November 2026, 20:00 in Phoenix, when it is the sixth in UTC."""

    at = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment."""
        return self.at


@pytest.mark.usefixtures("phoenix")
def test_the_local_day_counts_in_the_evening(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.clock = clock = EveningInPhoenix()
    sitting = sit_until(Sitting(desk, LAST_DAY), "ahead")
    sitting.answer({"choice": "fewer"})
    stop = sitting.current
    assert stop is not None
    assert "Thursday 12 November 2026" in offers(sitting, stop.question.fields[0])[0].text
    assert field_words(sitting, stop, stop.question.fields[0]).label == ""
    sitting.answer({"which": ["day_7"]})
    sitting.finish_part()
    assert one(desk, "reminders")["next_at"] == "2026-11-12T16:00:00.000000Z"
    assert one(desk, "agreements")["since"] == "2026-11-05"
    session = one(desk, "values", occasion="last_day")
    assert not is_closed(session, clock.today())
    assert is_closed(session, date(2026, 11, 6))


def test_the_dates_ahead_run_from_the_day_on_which_they_are_asked(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit_until(Sitting(desk, LAST_DAY), "ahead").keep()
    desk = later_on(desk, days=10)
    sitting = Sitting(desk, LAST_DAY)
    assert sitting.part == "ahead"
    sitting.answer({"choice": "yes"})
    sitting.finish_part()
    first = one(desk, "reminders", words="first_step")
    assert first["next_at"][:10] == "2026-11-22"
    assert first["what"] == {"kind": "step", "id": one(desk, "steps")["id"]}
    desk = later_on(desk, days=3)
    question = OneQuestion(desk, "ahead", "dates", {"base": first["base"]})
    question.answer({"choice": "fewer"})
    assert question.current is not None
    assert "22 November" in offers(question, question.current.question.fields[0])[0].text
    question.answer({"which": ["day_7", "day_30"]})
    question.finish_part()
    assert [found["next_at"][:10] for found in desk.store.read().records("reminders")] == ["2026-11-22", "2026-12-15"]


def test_dates_that_stand_are_ticked_where_they_are_gone_back_to(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "dates")
    sitting.answer({"choice": "fewer"})
    sitting.answer({"which": ["day_30"]})
    sitting.finish_part()
    assert sitting.back()
    assert sitting.current is not None
    assert sitting.conversation.standing(sitting.current) == {"which": ["day_30"]}


# Kills


def test_what_a_kill_leaves_over_is_not_gone_on_with(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "data")
    sitting = Sitting(desk, LAST_DAY)
    sit_until(sitting, "supporters")
    sitting.pass_()
    sitting.keep()
    left = tmp_path / "goals.json"
    shutil.copy(desk.places.draft("goals"), left)
    sitting.finish_part()
    shutil.copy(left, desk.places.draft("goals"))
    alone = Sitting(desk, "goals")
    assert not alone.resumed
    assert alone.further == "goals"
    sit_until(sitting, "plan")
    shutil.copy(left, desk.places.draft("goals"))
    sitting.finish_plan()
    assert waiting_conversation(desk) is None


@pytest.mark.parametrize("name", ["goals", LAST_DAY])
def test_a_part_that_was_over_is_looked_at_once_more_after_a_kill(tmp_path: Path, name: str) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, name), "supporters")
    sitting.pass_()
    sitting.keep()
    again = Sitting(desk, name)
    assert again.current is not None
    assert again.current.key == "supporters"
    again.forward()
    again.finish_part()
    assert len(desk.store.read().records("goals")) == 1


def test_a_part_of_one_answer_is_applied_once_by_whoever_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "ahead")
    sitting.answer({"choice": "yes"})
    with monkeypatch.context() as patched:
        patched.setattr(desk.drafts, "delete", _killed)
        with pytest.raises(KeyboardInterrupt):
            sitting.finish_part()
    assert len(desk.store.read().records("reminders")) == 4
    place = desk.drafts.read(LAST_DAY)
    assert place is not None
    desk.drafts.write(LAST_DAY, {"part": "ahead", "ids": {}})  # killed a moment earlier: the place was not yet written
    again = Sitting(desk, LAST_DAY)
    again.forward()
    again.finish_part()
    assert len(desk.store.read().records("reminders")) == 4


def _killed(name: str) -> None:
    raise KeyboardInterrupt


# A part alone, a part again


def test_a_part_that_was_begun_alone_meanwhile_is_not_asked_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit_until(Sitting(desk, LAST_DAY), "note").keep()
    sit(desk, "goals")
    sitting = Sitting(desk, LAST_DAY)
    parts = []
    while not sitting.is_at_plan:
        parts.append(sitting.part)
        walk_on(sitting)
    assert parts == ["values", "learning", "ahead"]
    assert len(desk.store.read().records("goals")) == 1
    sitting.back()
    sitting.back()
    assert sitting.part == "goals"
    assert sitting.conversation.value("what", "title") == "Shadow three syringe service shifts"


def test_a_line_that_was_changed_meanwhile_is_not_changed_back(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "plan")
    back_to(sitting, "if_then")
    sitting.answer({"obstacle": "the bus", "then": "I walk"})
    sitting.keep()
    question = OneQuestion(desk, "goals", "why", {"goal": one(desk, "goals")["id"]})
    question.answer({"because": "I promised"})
    question.finish_part()
    sitting = Sitting(desk, LAST_DAY)
    walk_on(sitting)
    assert one(desk, "goals")["why"] == "I promised"
    assert one(desk, "if_thens")["then"] == "I walk"


def test_what_the_plan_page_added_is_found_by_going_back(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, LAST_DAY)
    sit_until(sitting, "importance")
    sitting.pass_()
    sit_until(sitting, "first_step")
    sitting.pass_()
    sit_until(sitting, "plan")
    goal = one(desk, "goals")["id"]
    question = OneQuestion(desk, "goals", "importance", {"goal": goal})
    question.answer({"position": 6})
    question.finish_part()
    back_to(sitting, "goals")
    assert sitting.conversation.value("importance", "position") == 6
    sitting.conversation.go_to("importance")
    sitting.answer({"position": 5})
    walk_on(sitting)
    assert one(desk, "rulers")["importance"] == 5


def test_values_gone_back_to_after_their_day_are_another_look_and_only_where_something_moved(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit_until(Sitting(desk, LAST_DAY), "learning").keep()
    before = one(desk, "values", occasion="last_day")
    desk = later_on(desk, days=1)
    sitting = Sitting(desk, LAST_DAY)
    assert sitting.back()
    sitting.keep()
    sitting = Sitting(desk, LAST_DAY)
    walk_on(sitting)
    assert [record["occasion"] for record in desk.store.read().records("values")] == ["last_day", "day_one_part_1"]
    for _ in range(3):
        assert sitting.back()
    assert sitting.current is not None
    assert sitting.current.statement is not None
    sitting.answer({"position": 0})
    sitting.keep()
    sitting = Sitting(desk, LAST_DAY)
    walk_on(sitting)
    assert one(desk, "values", occasion="last_day") == before
    look = one(desk, "values", occasion="revisit")
    assert [placement["position"] for placement in look["placements"]] == [3, 6, 9, 1, 4, 0]


def test_values_gone_on_with_alone_after_their_day_are_another_look(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit_until(Sitting(desk, LAST_DAY), "learning")
    back_to(sitting, "note")
    before = one(desk, "values", occasion="last_day")
    sitting.forward()
    sitting.answer({"position": 10})
    sitting.keep()
    desk = later_on(desk, days=1)
    walk_on(Sitting(desk, "values"))
    assert one(desk, "values", occasion="last_day") == before
    assert one(desk, "values", occasion="revisit")["placements"][0]["position"] == 10


def test_after_a_part_alone_the_sitting_goes_on_with_what_was_not_asked_yet(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit_until(Sitting(desk, LAST_DAY), "focus").keep()
    sit(desk, "goals")
    sit(desk, "learning")
    assert Sitting(desk, LAST_DAY).part == "ahead"


# Settings and drafts from elsewhere


def test_settings_that_cannot_be_changed_do_not_keep_a_part_from_being_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rchrp_goals.store import settings

    def refuse(*args: Any, **changes: Any) -> None:
        raise ProblemError("settings_not_changed", path="settings.toml")

    monkeypatch.setattr(settings, "write_settings", refuse)
    desk = desk_in(tmp_path)
    sitting = Sitting(desk, "values")
    sitting.answer({"choice": "skip_all"})
    sitting.answer({"choice": "not_again"})
    sitting.finish_part()
    assert sitting.part == ""
    assert desk.settings.breath is False


@pytest.mark.parametrize("ids", [None, 5, {"start": 5}, {"start": {"base": 5}}, {"start": {}}])
def test_a_place_with_other_ids_is_gone_on_from(tmp_path: Path, ids: Any) -> None:
    desk = desk_in(tmp_path)
    desk.drafts.write(LAST_DAY, {"part": "values", "ids": ids, "started_at": 5})
    sitting = Sitting(desk, LAST_DAY)
    assert sitting.part == "values"
    assert sitting.back()
    assert sitting.part == "start"
    sit_until(sitting, "plan")


def test_a_hostile_draft_is_asked_from_its_first_hole(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    answers = {"what": {"values": {"title": "A"}}, "why": {"values": {"because": 5}}, "content": {"passed": True}}
    desk.drafts.write("goals", {"module": "goals", "answers": answers, "at": "supporters", "ids": {"goal": "abcd"}})
    sitting = Sitting(desk, "goals")
    assert sitting.current is not None
    assert sitting.current.key == "why"
    sit_until(sitting, "")
    assert one(desk, "goals")["title"] == "A"


def test_a_conversation_that_is_done_stays_done(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sitting = sit(desk, "learning")
    assert not sitting.back()
    sitting.switch_language()
    assert sitting.current is None


def test_day_one_alone_makes_no_further_look(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "day-one")
    assert Sitting(desk, "values").further == ""
    sit(desk, "values")
    assert Sitting(desk, "values").further == "values"
