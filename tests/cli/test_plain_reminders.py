"""The room of reminders line by line, in Spanish: what is heard makes sense, and what is typed is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.services.demo import make
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.cli.speaking import speak, speak_in
from tests.services.desk import desk_in, sample_desk

Say = Callable[..., str]


@pytest.fixture
def room(tmp_path: Path) -> Say:
    """Plain mode on the sample, gone to the room: type lines, get back what it said from there on."""
    sample_desk(tmp_path, "es")

    def open_room(*lines: str) -> str:
        return speak_in(tmp_path, "Recordatorios", *lines, language="es").partition("Recordatorios.")[2]

    return open_room


def reminder(folder: Path, text: str) -> dict[str, Any]:
    records = PlanStore(Places(str(folder))).read().records("reminders")
    return dict(next(one for one in records if one.get("text") == text))


def test_every_line_says_what_it_is(room: Say) -> None:
    said = room("/más", "")
    for line in (
        "Una aplicación cerrada no puede avisarte. Lo que ya llegó está en Inicio cuando la abres.",
        "1 ¿Qué noté esta semana que quiero guardar? Martes 10 de noviembre, 17:00. Cada semana.",
        "2 Mirar otra vez tu plan. Martes 17 de noviembre, 9:00. Una vez.",
        "Horas de silencio: de 21:00 a 8:00.",
        "Hora habitual: cualquier día, 9:00.",
        "En una terminal, rchrp-goals due dice si algo espera.",
        "p: Que descansen todos",
    ):
        assert line in said, (line, said)


def test_what_was_typed_before_the_input_ended_is_heard_as_it_was_typed(room: Say, tmp_path: Path) -> None:
    room("a", "Llamar a Rosa", "cada lunes y jueves")
    said = room("a", "", "", "10 nov", "6 pm", "")
    assert all(f"Ahora dice: {typed}. " in said for typed in ("Llamar a Rosa", "cada lunes y jueves"))
    assert "FREQ" not in said
    made = reminder(tmp_path, "Llamar a Rosa")
    assert (made["rule"], made["hour"]) == ("FREQ=WEEKLY;BYDAY=MO,TH", 18)


def test_one_is_added_in_plain_words_and_a_wrong_answer_is_asked_again(room: Say, tmp_path: Path) -> None:
    said = room("a", "Llamar a Rosa", "cada minuto", "cada lunes y jueves", "10 nov", "-3", "6 pm", "")
    assert "Un recordatorio llega como mucho una vez al día." in said
    assert "Esto todavía no se entiende como hora." in said
    assert "Queda previsto. Llega: jueves 12 de noviembre, 18:00." in said
    made = reminder(tmp_path, "Llamar a Rosa")
    assert (made["rule"], made["hour"], made["next_at"]) == (
        "FREQ=WEEKLY;BYDAY=MO,TH", 18, "2026-11-12T18:00:00.000000Z",
    )  # fmt: skip


def test_all_rest_until_a_day_and_home_says_so(room: Say) -> None:
    said = room("p", "20 nov", "", "")
    assert "Todos los recordatorios descansan hasta el viernes 20 de noviembre." in said
    assert "Los recordatorios descansan hasta el viernes 20 de noviembre. Ese día vuelven." in said
    home = said.rpartition("Inicio.")[2]
    assert home.count("Los recordatorios descansan hasta el viernes 20 de noviembre.") == 1


def test_its_page_changes_one_thing_at_a_time(room: Say, tmp_path: Path) -> None:
    said = room("1", "1", "4", "9", "", "")
    assert "Llega: martes 10 de noviembre, 17:00. Después: martes 17 de noviembre, 17:00; martes 24" in said
    assert "Cambiado. Llega: martes 10 de noviembre, 9:00." in said
    assert reminder(tmp_path, "¿Qué noté esta semana que quiero guardar?")["hour"] == 9


def test_the_days_of_the_week_are_said_with_their_numbers_and_asked_again(room: Say, tmp_path: Path) -> None:
    said = room("1", "1", "5", "9", "martes y jueves", "5", "", "")
    for line in ("1 Lunes", "7 Domingo", "Responde con uno o más números, como 1 3.", "Eso no está en la lista."):
        assert f"\n{line}" in said
    assert "Ahora dice: martes, jueves. Enter sin nada lo deja así." in said
    assert reminder(tmp_path, "¿Qué noté esta semana que quiero guardar?")["weekdays"] == ["TU", "TH"]


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5"])
def test_what_is_left_as_it_is_changes_nothing(room: Say, tmp_path: Path, number: str) -> None:
    before = reminder(tmp_path, "¿Qué noté esta semana que quiero guardar?")
    assert "Se queda como estaba." in room("1", "1", number, "", "")
    assert reminder(tmp_path, "¿Qué noté esta semana que quiero guardar?") == before


def test_a_folder_that_is_not_there_is_asked_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "plan", "es")
    make(desk.places, desk.words, desk.clock)
    (tmp_path / "here").mkdir()
    said = speak(
        tmp_path / "plan",
        "hojas",
        "/más",
        "fechas para mi",
        "1",
        str(tmp_path / "none"),
        "1",
        str(tmp_path / "here"),
        "",
        language="es",
    )
    assert "Escribe 1 para intentarlo otra vez." in said
    assert [one.suffix for one in (tmp_path / "here").iterdir()] == [".ics"]


def test_what_stands_ends_once(room: Say) -> None:
    said = room("1", "1", "1", "", "2", "", "")
    assert "Ahora dice: ¿Qué noté esta semana que quiero guardar? Enter sin nada lo deja así." in said
    assert "Ahora dice: cada semana. Enter sin nada lo deja así." in said
