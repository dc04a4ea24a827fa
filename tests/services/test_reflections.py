"""Reflections: three questions or four, about something or nothing named, every part to be passed, one change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.services import reflections
from rchrp_goals.services.applying import apply
from rchrp_goals.services.capture import mark_done
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.later import open_way
from rchrp_goals.services.later_ways import waiting_ways
from rchrp_goals.services.offers import offers
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.undoing import undo
from rchrp_goals.services.waiting import waiting_conversation
from tests.services.desk import sat_desk

SAID = {
    "what_happened": "I watched for an hour.",
    "what_meant": "People wanted a greeting.",
    "what_now": "Greet first.",
    "what_it_was": "An evening course.",
    "what_learned": "A strip says whether, not how much.",
    "what_changes": "I say so beforehand.",
    "my_role": "I inform, the person decides.",
    "feelings": "Lighter.",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The plan after the last day: a goal, and something to learn that was done."""
    found = sat_desk(tmp_path)
    mark_done(found.store, "learning", learned(found), found.clock.today(), found.clock.now())
    return found


def learned(desk: Desk) -> str:
    (one,) = desk.store.read().records("learning")
    return str(one["id"])


def reflect(sitting: Sitting, form: str, *passes: str) -> list[str]:
    """Answer what is asked, in the form that was chosen; return the keys in order."""
    asked = []
    while sitting.current is not None:
        name = sitting.current.key
        asked.append(name)
        if name in passes:
            sitting.pass_()
        elif name == "form":
            sitting.answer({"choice": form})
        elif name == "about":
            sitting.answer({"thing": offers(sitting, sitting.current.question.fields[0])[0].value})
        else:
            sitting.answer({"words": SAID[name]})
        sitting.keep()
    sitting.finish_part()
    return asked


def written(desk: Desk) -> dict[str, Any]:
    (one,) = desk.store.read().records("reflections")
    return one


def test_three_questions_and_feelings_last(desk: Desk) -> None:
    before = len(desk.store.to_undo()[0])
    asked = reflect(Sitting(desk, "reflect"), "three", "feelings")
    assert asked == ["about", "form", "what_happened", "what_meant", "what_now", "feelings"]
    one = written(desk)
    assert (one["form"], one["about"]) == ("three", {"kind": "learning", "id": learned(desk)})
    assert one["answers"] == {name: SAID[name] for name in ("what_happened", "what_meant", "what_now")}
    assert one["at"].startswith("2026-11-05")
    assert len(desk.store.to_undo()[0]) == before + 1
    assert not [one for one in desk.store.read().records("asked") if one["question"].startswith("reflect")]
    undo(desk.store, desk.words, desk.clock.now())
    assert desk.store.read().records("reflections") == []


def test_four_questions_about_nothing_named(desk: Desk) -> None:
    asked = reflect(Sitting(desk, "reflect"), "four", "about")
    assert asked == ["about", "form", "what_it_was", "what_learned", "what_changes", "my_role", "feelings"]
    one = written(desk)
    assert one["form"] == "four" and reflections.subject_of(one, desk.store.read().tables) == ""
    assert list(reflections.answers_of(one)) == ["what_it_was", "what_learned", "what_changes", "my_role", "feelings"]


def test_everything_passed_writes_nothing(desk: Desk) -> None:
    before = desk.store.read().tables
    questions = (*reflections.QUESTIONS["three"], "feelings", "about", "form")
    reflect(Sitting(desk, "reflect"), "three", *questions)
    assert desk.store.read().tables == before


def test_begun_from_an_activity_it_says_what_it_is_about(desk: Desk) -> None:
    sitting = Sitting(desk, f"reflect:{learned(desk)}")
    assert (sitting.name, sitting.part) == ("reflect", "reflect")
    assert reflect(sitting, "three")[0] == "form"
    assert reflections.subject_of(written(desk), desk.store.read().tables) == "An evening on naloxone"
    assert [one["id"] for one in reflections.reflections(desk.store.read().tables, learned(desk))] == [
        written(desk)["id"]
    ]


def test_a_goal_or_own_words_are_a_subject_too(desk: Desk) -> None:
    (goal,) = desk.store.read().records("goals")
    reflect(Sitting(desk, f"reflect:{goal['id']}"), "three")
    assert written(desk)["about"] == {"kind": "goal", "id": goal["id"]}
    sitting = Sitting(desk, "reflect")
    sitting.answer({"thing": {"bank": None, "text": "A hard Tuesday"}})
    reflect(sitting, "three")
    tables = desk.store.read().tables
    subjects = {reflections.subject_of(one, tables) for one in reflections.reflections(tables)}
    assert subjects == {"Shadow three syringe service shifts", "A hard Tuesday"}


def test_a_pause_keeps_it_and_another_way_in_goes_on_with_it(desk: Desk) -> None:
    sitting = Sitting(desk, f"reflect:{learned(desk)}")
    sitting.answer({"choice": "four"})
    sitting.type({"words": "An evening cou"})
    sitting.keep()
    assert waiting_conversation(desk) == "reflect"
    (goal,) = desk.store.read().records("goals")
    back = Sitting(desk, f"reflect:{goal['id']}")
    assert back.resumed and back.current is not None
    assert back.conversation.standing(back.current) == {"words": "An evening cou"}
    assert back.about == "An evening on naloxone", "a face says so: the goal was picked now"
    reflect(back, "four")
    assert written(desk)["about"] == {"kind": "learning", "id": learned(desk)}
    tables = desk.store.read().tables
    apply(desk, back.conversation)
    assert desk.store.read().tables == tables


def test_an_answer_is_changed_alone_and_the_last_that_goes_takes_it_along(desk: Desk) -> None:
    reflect(Sitting(desk, "reflect"), "three", "what_meant", "what_now", "feelings")
    ids = {"reflection": written(desk)["id"]}
    later = OneQuestion(desk, "reflect", "what_now", ids)
    later.answer({"words": "Wait for the question."})
    later.finish_part()
    assert set(written(desk)["answers"]) == {"what_happened", "what_now"}
    about = OneQuestion(desk, "reflect", "about", ids)
    assert about.current is not None and about.conversation.standing(about.current)["thing"]["text"]
    about.pass_()
    about.finish_part()
    assert reflections.subject_of(written(desk), desk.store.read().tables) == ""
    for name in ("what_happened", "what_now"):
        question = OneQuestion(desk, "reflect", name, ids)
        question.pass_()
        question.finish_part()
    assert desk.store.read().records("reflections") == []


def test_what_it_was_about_may_be_gone(desk: Desk) -> None:
    from rchrp_goals.services.learning_changes import remove_activity

    reflect(Sitting(desk, f"reflect:{learned(desk)}"), "three")
    remove_activity(desk.store, learned(desk), desk.clock.now())
    assert reflections.subject_of(written(desk), desk.store.read().tables) == ""
    assert reflections.answers_of(written(desk))


def test_home_offers_it_once_for_what_was_learned_last(desk: Desk) -> None:
    (way,) = waiting_ways("reflect", desk.store.read().tables, desk.words, desk.clock.today())
    assert (way.hint, way.conversation) == ("An evening on naloxone", f"reflect:{learned(desk)}")
    open_way(desk.store, way, desk.clock.today(), desk.clock.now())
    assert any(one["question"] == way.name for one in desk.store.read().records("asked"))
    reflect(Sitting(desk, way.conversation), "three")
    assert list(waiting_ways("reflect", desk.store.read().tables, desk.words, desk.clock.today())) == []
