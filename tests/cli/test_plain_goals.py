"""Goals line by line, in Spanish as in English: a fortnight by number, each line a sentence of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.services import capture
from rchrp_goals.services.desk import Desk
from tests.cli.speaking import speak
from tests.services.desk import sat_desk

Talk = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sat_desk(tmp_path)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Plain mode: type lines, get back all that it wrote."""

    def hold(*lines: str, language: str = "es") -> str:
        return speak(tmp_path, *lines, language=language)

    return hold


def number_of(said: str, words: str) -> str:
    """Return the number of the last line that begins with these words."""
    lines = [line.partition(" ") for line in said.splitlines()]
    return next(number for number, _, rest in reversed(lines) if number.isdigit() and rest.startswith(words))


def records(desk: Desk, table: str) -> list[dict[str, Any]]:
    return desk.store.read().records(table)


def test_a_fortnight_in_spanish(desk: Desk, talk: Talk) -> None:
    room = number_of(talk(), "Metas")
    goal = (room, "1")
    said = talk(*goal)
    assert "1 Siguiente paso: Write to the service." in said
    assert "Como esperaba: three shifts shadowed." in said
    said = talk(*goal, "a", "Preguntarle a Rosa", "después de comer", "20 de noviembre")
    assert "Paso agregado." in said
    assert records(desk, "steps")[-1]["due"] == "2026-11-20"
    said = talk(*goal, "1", "1")
    assert "Hecho. Quedó guardado." in said and records(desk, "steps")[0]["state"] == "done"
    said = talk(*goal, "w", "1", "Fue bien")
    assert "Anotado, con tus palabras." in said
    assert (records(desk, "progress")[0]["level"], records(desk, "progress")[0]["note"]) == (0, "Fue bien")
    said = talk(*goal)
    assert "Como esperaba: three shifts shadowed. Anotado: hoy." in said
    said = talk(*goal, "/más", "/más", "/más")
    assert "Si: my own shift runs long." in said
    state = number_of(said, "Cómo está: activa")
    said = talk(*goal, "/más", "/más", "/más", state, "5", "Ya no es mía")
    assert "Soltada. También es una respuesta." in said
    assert records(desk, "goals")[0]["state_why"] == "Ya no es mía"
    said = talk(number_of(talk(), "Metas"))
    assert "1 Shadow three syringe service shifts. Ya no es mía." in said


def test_something_noted_is_moved_to_a_goal(desk: Desk, talk: Talk) -> None:
    room = number_of(talk(), "Metas")
    said = talk(room, "a", "Comprar timbres", "", "")
    number = number_of(said, "Comprar timbres")
    said = talk(number_of(talk(), "Metas"), number, "4", "1")
    assert "Ahora pertenece a esta meta: Shadow three syringe service shifts." in said
    assert records(desk, "steps")[-1]["goal"] == records(desk, "goals")[0]["id"]


def test_a_line_to_oneself_is_read_by_its_number(desk: Desk, talk: Talk) -> None:
    room = number_of(talk(), "Metas")
    talk(room, "w", "Descansa primero.")
    said = talk(room, number_of(talk(room), "Te dejaste unas palabras"))
    assert "Descansa primero." in said and records(desk, "letters")[0]["read_at"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_of_a_goal_makes_sense_alone(desk: Desk, talk: Talk, language: str) -> None:
    room = number_of(talk(language=language), "Metas" if language == "es" else "Goals")
    said = talk(room, "1", *["/more"] * 4, language=language)
    page = said.split("> ")[2:-2]
    lines = [line for part in page for line in part.splitlines() if line]
    assert len(lines) > 15
    assert [line for line in lines if not line.endswith((".", "?", ":", "”"))] == [
        f"{'Por qué' if language == 'es' else 'Why'}: I want to know the place before I send anyone there",
        *[line for line in lines if line.startswith(("a: ", "w: ", "s: "))],
    ]


def test_no_sign_of_the_screen_is_heard_in_a_day(desk: Desk, talk: Talk) -> None:
    goal = next(iter(desk.store.read().records("goals")))["id"]
    capture.add_step(desk.store, "Llamar", goal, date(2026, 11, 2), desk.clock.now())
    capture.add_step(desk.store, "Comprar", None, date(2026, 11, 2), desk.clock.now())
    said = talk(number_of(talk(language="es"), "Metas"), "1", "", "", language="es")
    assert "·" not in said and said.count("lunes 2 de noviembre; ¿sigue en pie?") >= 3


def test_enter_at_everything_is_a_way_out_of_a_form(desk: Desk, talk: Talk) -> None:
    said = talk(number_of(talk(language="es"), "Metas"), "1", "w", "", "", "/dónde", language="es")
    assert "No se guardó nada." in said and said.count("¿Cuáles de tus palabras") == 1
    assert records(desk, "progress") == []
