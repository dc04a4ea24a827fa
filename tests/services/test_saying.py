"""The plan read aloud: whole sentences in both languages, whatever a person wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.plan.text import shown
from rchrp_goals.plan.values import Compared
from rchrp_goals.services import saying

EN, ES = Words("en"), Words("es")
TODAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("obstacle", "then", "english", "spanish"),
    [
        (
            "my own shift runs long.",
            "I text Rosa before three.",
            "If this happens: my own shift runs long. Then: I text Rosa before three.",
            "Si pasa esto: my own shift runs long. Entonces: I text Rosa before three.",
        ),
        ("el tráfico", "salir antes", "If this happens: el tráfico. Then: salir antes.",
         "Si pasa esto: el tráfico. Entonces: salir antes."),
        ("What if nobody comes?", "Wait…", "If this happens: What if nobody comes? Then: Wait…",
         "Si pasa esto: What if nobody comes? Entonces: Wait…"),
        ("it rains...", "“I stay.”", "If this happens: it rains... Then: “I stay.”",
         "Si pasa esto: it rains... Entonces: “I stay.”"),
        ("{then} {0}", "50 % {x!r}", "If this happens: {then} {0}. Then: 50 % {x!r}.",
         "Si pasa esto: {then} {0}. Entonces: 50 % {x!r}."),
        ("it rains", "", "If this happens: it rains.", "Si pasa esto: it rains."),
        ("", "I rest", "What I do then: I rest.", "Lo que hago entonces: I rest."),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_if_then_fits_noun_infinitive_and_sentence(obstacle: str, then: str, english: str, spanish: str) -> None:
    record = {"obstacle": obstacle, "then": then}
    assert saying.if_then(record, EN) == english
    assert saying.if_then(record, ES) == spanish


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_was_written_a_sentence_has_one_end_and_no_code(obstacle: str, then: str) -> None:
    said = saying.if_then({"obstacle": obstacle, "then": then}, EN)
    assert said == shown(said)
    assert "\0" not in said
    assert not said.endswith(("?.", "!.", "….", " ."))


@pytest.mark.parametrize(
    ("goal", "english", "spanish"),
    [
        ({"levels": {"0": "three shifts shadowed."}, "review_on": "2026-12-21"},
         "By 21 December I would be content to see: three shifts shadowed.",
         "Para el 21 de diciembre me alegraría ver esto: three shifts shadowed."),
        ({"levels": {"0": "three shifts"}, "review_on": "2027-01-21"},
         "By 21 January 2027 I would be content to see: three shifts.",
         "Para el 21 de enero de 2027 me alegraría ver esto: three shifts."),
        ({"levels": {"0": "three shifts"}}, "I would be content to see: three shifts.",
         "Me alegraría ver esto: three shifts."),
        ({"review_on": "2026-12-21"}, "On Monday 21 December I look at this again.",
         "El lunes 21 de diciembre vuelvo a mirar esta meta."),
        ({}, "", ""),
        ({"levels": "broken", "review_on": 7}, "", ""),
    ],
)  # fmt: skip
def test_content(goal: dict[str, Any], english: str, spanish: str) -> None:
    assert saying.content(goal, EN, TODAY) == english
    assert saying.content(goal, ES, TODAY) == spanish


def test_a_moment_is_said_as_it_was_written_and_not_doubled() -> None:
    step = {"text": "Write to them.", "moment": "right after the team meeting", "due": "2026-11-09"}
    assert saying.step_when(step, EN, TODAY) == "right after the team meeting, Monday 9 November"
    assert saying.step_when(step, EN, TODAY, day_first=True) == "Monday 9 November, right after the team meeting"
    assert saying.first_step(step, EN, TODAY) == (
        "My first step: Write to them. When: right after the team meeting, Monday 9 November."
    )
    step["moment"] = "justo después de comer."
    assert saying.first_step(step, ES, TODAY) == (
        "Mi primer paso: Write to them. Cuándo: justo después de comer, lunes 9 de noviembre."
    )
    assert saying.step_when({"due": "2026-11-09"}, EN, TODAY) == "Monday 9 November"
    assert saying.step_when({}, EN, TODAY) == ""
    assert saying.first_step({"text": "Call", "with_whom": "Dee"}, EN, TODAY) == "My first step: Call. With: Dee."


@pytest.mark.parametrize(
    ("ruler", "english"),
    [
        ({"confidence": 7, "importance": 8}, "How sure: at 7; how much it matters, at 8."),
        ({"confidence": 0}, "How sure: at 0."),
        ({"importance": 10}, "How much it matters: at 10."),
        ({}, ""),
        (
            {"confidence": 7, "what_makes_it": "Rosa said yes", "what_makes_it_about": "confidence"},
            "How sure: at 7. What makes it 7, and not less: Rosa said yes.",
        ),
    ],
)
def test_rulers(ruler: dict[str, Any], english: str) -> None:
    assert saying.rulers(ruler, EN) == english


def test_rulers_in_spanish() -> None:
    said = saying.rulers({"confidence": 7, "importance": 8}, ES)
    assert said == "Mi confianza: 7 de 10; cuánto me importa: 8 de 10."


def test_nothing_of_ours_stands_inside_a_persons_words() -> None:
    assert saying.supporter({"name": "Marcus", "how": "asks me on Mondays."}, EN) == "Marcus: asks me on Mondays"
    assert saying.supporter({"name": "Rosa", "how": ""}, ES) == "Rosa"
    assert saying.supporter({}, EN) == ""


def compared(then: int | None, now: int | None, then_given: bool = True, now_given: bool = True) -> Compared:
    return Compared("s01", "text", "text", then, now, then_given, now_given)


@pytest.mark.parametrize(
    ("row", "english", "spanish"),
    [
        (compared(2, 7), "Day One: at 2. Now: at 7, leaning toward agree.",
         "El primer día: en el 2. Ahora: en el 7, más bien de acuerdo."),
        (compared(5, 5), "Day One: at 5. Now: at 5, right in the middle. It stayed.",
         "El primer día: en el 5. Ahora: en el 5, justo en medio. Sigue en el mismo lugar."),
        (compared(None, 0), "Day One: passed. Now: at 0, strongly disagree.",
         "El primer día: sin responder. Ahora: en el 0, totalmente en desacuerdo."),
        (compared(3, None), "Day One: at 3. Now: passed.", "El primer día: en el 3. Ahora: sin responder."),
        (compared(None, None), "Day One: passed. Now: passed.", "El primer día: sin responder. Ahora: sin responder."),
        (compared(None, 10, then_given=False), "Now: at 10, strongly agree.", "Ahora: en el 10, totalmente de acuerdo."),
        (compared(4, None, now_given=False), "Day One: at 4.", "El primer día: en el 4."),
    ],
)  # fmt: skip
def test_then_and_now(row: Compared, english: str, spanish: str) -> None:
    assert saying.then_and_now(row, EN) == english
    assert saying.then_and_now(row, ES) == spanish


@pytest.mark.parametrize(
    ("position", "english", "spanish"),
    [
        (7, "At 7, leaning toward agree.", "En el 7, más bien de acuerdo."),
        (10, "At 10, strongly agree.", "En el 10, totalmente de acuerdo."),
    ],
)
def test_a_position_in_words(position: int, english: str, spanish: str) -> None:
    assert saying.at(position, EN) == english
    assert saying.at(position, ES) == spanish


@pytest.mark.parametrize(
    ("names", "kind", "spanish"),
    [
        ([], "and", ""),
        (["Ana"], "and", "Ana"),
        (["Ana", "Rosa"], "and", "Ana y Rosa"),
        (["Ana", "Rosa", "Luis"], "and", "Ana, Rosa y Luis"),
        (["Ana", "Iris"], "and", "Ana e Iris"),
        (["Ana", "Íñigo"], "and", "Ana e Íñigo"),
        (["padres", "hijos"], "and", "padres e hijos"),
        (["agua", "hielo"], "and", "agua y hielo"),
        (["Ana", "Yolanda"], "and", "Ana y Yolanda"),
        (["uno", "otro"], "or", "uno u otro"),
        (["mujer", "hombre"], "or", "mujer u hombre"),
        (["7", "8"], "or", "7 u 8"),
        (["10", "11"], "or", "10 u 11"),
        (["10", "110"], "or", "10 o 110"),
        (["Ana", "Rosa"], "or", "Ana o Rosa"),
    ],
)
def test_lists_of_names_in_spanish(names: list[str], kind: str, spanish: str) -> None:
    assert saying.listed(names, ES, kind) == spanish


def test_lists_of_names_in_english() -> None:
    assert saying.listed(["Ana", "Iris"], EN) == "Ana and Iris"
    assert saying.listed(["a", "b", "other"], EN, "or") == "a, b or other"


PLAN: dict[str, dict[str, dict[str, Any]]] = {
    "goals": {
        "g001": {
            "id": "g001", "state": "active", "title": "Shadow three shifts.", "why": "I want\nto know the place",
            "levels": {"0": "three shifts"}, "review_on": "2026-12-21",
            "supporters": [{"name": "Marcus", "how": "asks me"}, {"name": "Rosa"}],
        },
        "g002": {"id": "g002", "state": "let_go", "title": "Gone", "why": "no more"},
    },
    "if_thens": {"i001": {"id": "i001", "goal": "g001", "obstacle": "it rains", "then": "I go anyway"}},
    "steps": {
        "s001": {"id": "s001", "goal": "g001", "state": "planned", "text": "Write", "due": "2026-11-09"},
        "s002": {"id": "s002", "goal": "g001", "state": "planned", "text": "Visit", "order": 1},
        "s003": {"id": "s003", "goal": "g001", "state": "done", "text": "Ask"},
        "s004": {"id": "s004", "state": "planned", "text": "Call Dee"},
    },
    "rulers": {
        "r001": {"id": "r001", "goal": "g001", "at": "2026-11-05T20:00:00.000000Z", "confidence": 7},
        "r002": {"id": "r002", "goal": "g001", "at": "2026-11-04T20:00:00.000000Z", "confidence": 1},
    },
    "focus": {"f001": {"id": "f001", "area": "Naloxone"}},
    "learning": {"l001": {"id": "l001", "title": "An evening", "state": "planned", "planned_for": "2026-12-02"}},
    "reminders": {
        "d001": {"id": "d001", "on": True, "next_at": "2026-12-05T14:00:00.000000Z", "words": "look_again"},
        "d002": {"id": "d002", "on": True, "next_at": "2026-11-12T14:00:00.000000Z", "words": "first_step"},
        "d003": {"id": "d003", "on": True, "next_at": "2026-11-01T14:00:00.000000Z", "words": "first_step"},
        "d004": {"id": "d004", "on": False, "next_at": "2026-11-20T14:00:00.000000Z", "words": "first_step"},
    },
}  # fmt: skip


def test_the_whole_plan_read_aloud() -> None:
    assert saying.plan_aloud(PLAN, EN, TODAY) == [
        "My goal: Shadow three shifts.",
        "Why it matters to me: I want to know the place.",
        "By 21 December I would be content to see: three shifts.",
        "If this happens: it rains. Then: I go anyway.",
        "My first step: Write. When: Monday 9 November.",
        "A step after that: Visit.",
        "How sure: at 7.",
        "By my side: Marcus: asks me; Rosa.",
        "One small thing: Call Dee.",
        "What I want to learn about: Naloxone.",
        "Where I learn: An evening. When: Wednesday 2 December.",
        "Dates ahead: 12 November and 5 December.",
    ]


def test_the_whole_plan_read_aloud_in_spanish() -> None:
    said = saying.plan_aloud(PLAN, ES, TODAY)
    assert said[0] == "Mi meta: Shadow three shifts."
    assert said[2] == "Para el 21 de diciembre me alegraría ver esto: three shifts."
    assert said[-1] == "Las fechas que vienen: 12 de noviembre y 5 de diciembre."


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_plan_says_nothing(language: str) -> None:
    assert saying.plan_aloud({}, Words(language), TODAY) == []


@pytest.mark.parametrize(
    ("said", "most", "shown"),
    [("Call Rosa", 9, "Call Rosa"), ("Call Rosa", 8, "Call…"), ("Llamarlas", 4, "Llam…"), ("ab  cd", 4, "ab…")],
)
def test_a_beginning_ends_with_a_word_or_where_there_is_room(said: str, most: int, shown: str) -> None:
    assert saying.beginning(said, most) == shown
