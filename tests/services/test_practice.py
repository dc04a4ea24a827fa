"""Practice: one situation at a time, each kept beside what was said on other days, never nagging, never leaving."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.guide.structure import load
from rchrp_goals.plan.sharing import DEFAULT, TICKED, what_leaves
from rchrp_goals.services import practice
from rchrp_goals.services.applying import apply
from rchrp_goals.services.asking import question_words
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.later import ANOTHER_DAY, LaterQuestion, put_off, waiting_question
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.undoing import undo
from rchrp_goals.services.waiting import waiting_conversation
from tests.services.desk import StillClock, desk_in, sit

FIRST, SECOND, THIRD = "p01_supplies", "p02_lose_everything", "p03_family"


def key(sitting: Sitting | OneQuestion) -> str:
    assert sitting.current is not None
    return sitting.current.key


def say(desk: Desk, *words: str) -> Sitting:
    """Say something in one situation after another, and stop after the last; "" passes."""
    sitting = Sitting(desk, "practice")
    for at, said in enumerate(words, 1):
        sitting.answer({"say": said}) if said else sitting.pass_()
        sitting.answer({"choice": "enough" if at == len(words) else "another"})
    sitting.finish_part()
    return sitting


def kept(desk: Desk) -> list[tuple[str, str]]:
    return [(one["card"], one["say"]) for one in desk.store.read().records("practice")]


def move(desk: Desk, days: int) -> None:
    assert isinstance(desk.clock, StillClock)
    desk.clock.at += timedelta(days=days)


# The situations


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_twelve_each_short_with_a_name_and_one_line_that_may_help(language: str) -> None:
    found = Words(language).bank("situations")
    assert len(found) == 12
    for one in found:
        assert 2 <= one.text.count(".") + one.text.count("?") <= 4, one.id
        assert len(one.text) <= 200 and one.more["name"] and one.more["meaning"] == 1
        assert one.more["help"].startswith(("It may help to", "Puede ayudar"))
    assert all(one.is_later for one in load("practice").questions)


# One at a time


def test_one_may_stop_after_any_and_it_is_one_change(desk: Desk) -> None:
    sitting = Sitting(desk, "practice")
    assert key(sitting) == f"situation:{FIRST}"
    sitting.answer({"say": "Here they are."})
    assert key(sitting) == f"go_on:{FIRST}" and not sitting.is_part_over
    sitting.answer({"choice": "enough"})
    assert sitting.is_part_over
    sitting.finish_part()
    (record,) = desk.store.read().records("practice")
    first = desk.words.bank("situations")[0]
    assert (record["card"], record["meaning"], record["situation"]) == (FIRST, 1, first.text)
    assert (record["say"], record["at"][:10]) == ("Here they are.", "2026-11-05")
    assert [entry.what.key for entry in desk.store.to_undo()[0]] == ["part_practice"]
    undo(desk.store, desk.words, desk.clock.now())
    assert kept(desk) == []


def test_what_was_met_comes_last_and_a_pass_is_no_record(desk: Desk) -> None:
    say(desk, "Here they are.", "", "I hear that you are afraid.")
    assert kept(desk) == [(FIRST, "Here they are."), (THIRD, "I hear that you are afraid.")]
    order = [one.id for one in practice.in_turn(desk.words, desk.store.read().records("practice"))]
    assert order[0] == SECOND and set(order[-2:]) == {FIRST, THIRD}


def test_passing_the_question_for_another_one_is_an_end_too(desk: Desk) -> None:
    sitting = Sitting(desk, "practice")
    sitting.answer({"say": "Here they are."})
    sitting.pass_()
    assert sitting.is_part_over
    sitting.finish_part()
    assert not [one for one in desk.store.read().records("asked") if "go_on" in one["question"]]


def test_after_the_last_there_is_no_other(desk: Desk) -> None:
    sitting = Sitting(desk, "practice")
    for _ in range(11):
        sitting.answer({"say": "Words."})
        sitting.answer({"choice": "another"})
    sitting.answer({"say": "Words."})
    assert sitting.is_part_over
    sitting.finish_part()
    assert len(kept(desk)) == 12


def test_what_was_said_before_stands_there_only_afterwards_and_both_are_kept(desk: Desk) -> None:
    said = [f"First {number}" for number in range(12)]
    sitting = Sitting(desk, "practice")
    for at, words in enumerate(said):
        sitting.answer({"say": words})
        if at < 11:
            sitting.answer({"choice": "another"})
    sitting.finish_part()
    move(desk, 30)
    again = Sitting(desk, "practice")
    assert key(again) == f"situation:{FIRST}"
    assert "First 0" not in str(question_words(again, need(again))) and again.conversation.standing(need(again)) == {}
    again.answer({"say": "Otherwise now."})
    assert question_words(again, need(again)).hint == "On 5 November you said: “First 0”"
    again.answer({"choice": "enough"})
    again.finish_part()
    assert [words for card, words in kept(desk) if card == FIRST] == ["First 0", "Otherwise now."]


def need(sitting: Sitting) -> Any:
    assert sitting.current is not None
    return sitting.current


def test_the_line_that_may_help_is_the_situations_own(desk: Desk) -> None:
    sitting = Sitting(desk, "practice")
    assert question_words(sitting, need(sitting)).example == desk.words.bank("situations")[0].more["help"]
    assert question_words(sitting, need(sitting)).hint
    sitting.answer({"say": "Here."})
    sitting.answer({"choice": "another"})
    assert question_words(sitting, need(sitting)).example == desk.words.bank("situations")[1].more["help"]
    assert not question_words(sitting, need(sitting)).hint, "it was said with the first"


# Put down and picked up


def test_a_kill_loses_nothing_and_saving_twice_changes_nothing(desk: Desk) -> None:
    sitting = Sitting(desk, "practice")
    sitting.answer({"say": "Here they are."})
    sitting.answer({"choice": "another"})
    sitting.type({"say": "I am still wri"})
    sitting.keep()
    assert waiting_conversation(desk) == "practice"
    say_alone(desk, SECOND, "From Home, meanwhile.")
    back = Sitting(desk, "practice")
    assert back.resumed and key(back) == f"situation:{SECOND}"
    assert back.conversation.standing(need(back)) == {"say": "I am still wri"}
    back.answer({"say": "Done."})
    back.answer({"choice": "enough"})
    back.finish_part()
    tables = desk.store.read().tables
    apply(desk, back.conversation)
    assert desk.store.read().tables == tables
    assert sorted(kept(desk)) == sorted(
        [(SECOND, "From Home, meanwhile."), (FIRST, "Here they are."), (SECOND, "Done.")]
    )


def say_alone(desk: Desk, card: str, said: str) -> None:
    question = OneQuestion(desk, "practice", f"situation:{card}", {})
    question.answer({"say": said})
    assert question.is_part_over
    question.finish_part()


def test_the_language_may_change_in_between(desk: Desk) -> None:
    sitting = Sitting(desk, "practice")
    sitting.answer({"say": "Here they are."})
    sitting.switch_language()
    assert key(sitting) == f"go_on:{FIRST}"
    sitting.answer({"choice": "another"})
    assert need(sitting).statement.text == Words("es").bank("situations")[1].text
    sitting.answer({"say": "Te escucho."})
    sitting.pass_()
    sitting.finish_part()
    shown = [one["situation"] for one in desk.store.read().records("practice")]
    assert shown == [Words("en").bank("situations")[0].text, Words("es").bank("situations")[1].text]


# The room's own


def test_a_rooms_own_situations_come_first_and_stay_readable_without_their_file(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "situations.txt").write_text("- Somebody asks for you by name.\n", encoding="utf-8")
    desk = desk_in(tmp_path / "data", own_folder=room)
    sitting = Sitting(desk, "practice")
    assert need(sitting).statement.text == "Somebody asks for you by name."
    assert question_words(sitting, need(sitting)).example == "It may help to ask first, and to say less."
    sitting.answer({"say": "I am here."})
    (room / "situations.txt").unlink()
    sitting.answer({"choice": "enough"})
    sitting.finish_part()
    (record,) = desk.store.read().records("practice")
    assert record["situation"] == "Somebody asks for you by name." and record["card"].startswith("room-")


# On Home, now and then


def waits(desk: Desk) -> LaterQuestion | None:
    return waiting_question(desk.store.read().tables, desk.words, desk.clock.today())


def waits_to_practise(desk: Desk) -> str:
    """Answer what else waits until a situation comes; empty where none does."""
    for _ in range(40):
        question = waits(desk)
        if question is None or question.module == "practice":
            return question.key if question is not None else ""
        put_off(desk.store, question, desk.clock.today() + timedelta(days=400), desk.clock.now())
        for one in desk.store.read().records("asked"):  # as if it had been on another day
            if one["question"].startswith("practice."):
                continue
            with desk.store.change(_what(), desk.clock.now()) as change:
                change.put("asked", {**one, "shown_at": "2026-01-01T10:00:00.000000Z"})
    raise AssertionError("no end")


def _what() -> Any:
    from rchrp_goals.store.plan_store import What

    return What("put_off")


def test_home_offers_one_two_weeks_after_the_last_and_never_the_same_pass_again(desk: Desk) -> None:
    sit(desk).finish_plan()
    assert not practice.is_time_to_practise(desk.store.read().tables, desk.clock.today()), "not in the first weeks"
    move(desk, 14)
    assert waits_to_practise(desk) == f"situation:{FIRST}"
    question = OneQuestion(desk, "practice", f"situation:{FIRST}", {})
    question.pass_()
    question.finish_part()
    move(desk, 13)
    assert waits_to_practise(desk) == ""
    move(desk, 1)
    assert waits_to_practise(desk) == f"situation:{SECOND}"
    say_alone(desk, SECOND, "I hear you.")
    move(desk, 14)
    assert waits_to_practise(desk) == f"situation:{THIRD}"


def test_one_put_to_another_day_comes_back_no_sooner_than_the_next_would(desk: Desk) -> None:
    sit(desk).finish_plan()
    move(desk, 14)
    waits_to_practise(desk)
    question = waits(desk)
    assert question is not None and question.hint == "" and question.about == ""
    put_off(desk.store, question, desk.clock.today() + ANOTHER_DAY, desk.clock.now())
    move(desk, 13)
    assert waits_to_practise(desk) == ""


# It stays


def test_it_never_leaves_and_can_be_removed(desk: Desk) -> None:
    say(desk, "Here they are.")
    (record,) = desk.store.read().records("practice")
    assert "practice" not in what_leaves(desk.store.read().tables, (DEFAULT, TICKED))
    practice.remove_practised(desk.store, record["id"], desk.clock.now())
    assert kept(desk) == []
    assert undo(desk.store, desk.words, desk.clock.now()) is not None
    assert kept(desk) == [(FIRST, "Here they are.")]
