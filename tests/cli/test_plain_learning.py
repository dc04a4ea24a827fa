"""The room of learning line by line, in Spanish: what is heard makes sense without any picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rchrp_goals.services.desk import Desk
from rchrp_goals.services.sitting import Sitting
from tests.cli.speaking import speak, speak_in
from tests.services.desk import desk_in, sample_desk, sit_until

Say = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The sample person's plan, in Spanish."""
    return sample_desk(tmp_path, "es")


@pytest.fixture
def room(tmp_path: Path, desk: Desk) -> Say:
    """Plain mode, gone to the room: type lines, get back what it said from there on."""

    def open_room(*lines: str) -> str:
        return speak_in(tmp_path, "Aprendizaje", *lines, language="es").partition("Mi aprendizaje.")[2]

    return open_room


def test_every_line_says_what_it_is(room: Say) -> None:
    said = room("/más", "/más", "")
    for line in (
        "1 Lo próximo: Naloxona y análisis de sustancias",
        "Límites y dobles roles. Horas: 3. Tema: Qué decir en el momento.",
        "Primero la vivienda, un seminario en línea. Horas: 1.5.",
        "Qué decir en el momento: 3 horas de 22.5 en total.",
        "Sin tema: 19.5 horas de 22.5 en total.",
        "Habilidad: aún sin anotar.",
        "h: Anotar horas",
    ):
        assert line in said, said
    assert not set(said) & set("█·━●○") - {"·"}


def test_what_was_answered_before_the_input_ended_stands_there_again(room: Say, desk: Desk) -> None:
    room("h", "Un seminario en el parque")
    said = room("h", "", "1,5", "ayer", "2", "")
    assert "Un seminario en el parque" in said
    found = [record for record in desk.store.read().records("learning") if "parque" in str(record.get("title"))]
    assert [(one["title"], one["hours"]) for one in found] == [("Un seminario en el parque", 1.5)]
    assert "Un seminario en el parque" not in room("h", "/atrás").partition("¿Qué aprendiste")[2]


def test_hours_are_logged_after_those_that_cannot_be(room: Say, desk: Desk) -> None:
    said = room("h", "Un seminario", "-3", "10,000", "1,5", "ayer", "2", "")
    (one,) = [record for record in desk.store.read().records("learning") if record["title"] == "Un seminario"]
    assert (one["hours"], one["done_on"]) == (1.5, "2026-11-04")
    assert one["focus"] in {record["id"] for record in desk.store.read().records("focus")}
    assert "Las horas van de un minuto a 1000 horas" in said and "No se entienden esas horas" in said
    assert desk.words.ui("learning_room.said.logged") in said


def test_a_day_is_taken_back_to_none_and_an_area_looked_at(room: Say, desk: Desk) -> None:
    said = room("1", "4", "4", "/pasar", "")
    assert "/pasar lo quita" in said
    (one,) = [record for record in desk.store.read().records("learning") if record["title"].startswith("Naloxona")]
    assert one["state"] == "planned"


def test_a_place_is_added_and_seen_to_be_right(room: Say, desk: Desk) -> None:
    said = room("p", "La biblioteca", "", "calle Tres", "")
    (one,) = [record for record in desk.store.read().records("resources") if record["name"] == "La biblioteca"]
    assert (one["how_to_reach"], one["checked_on"]) == ("calle Tres", "2026-11-05") and "what_for" not in one
    assert desk.words.ui("learning_room.said.place_added") in said


def test_a_proof_is_copied_from_a_path_that_begins_with_a_slash(tmp_path: Path, room: Say, desk: Desk) -> None:
    proof = tmp_path / "mi certificado.pdf"
    proof.write_bytes(b"%PDF")
    lines = room("3", "1", "/más", "/más", "/más").splitlines()
    number = next(line.split()[0] for line in lines if line.endswith("Copiar el comprobante a la carpeta de mi plan."))
    said = room(
        "3", "1", "/más", "/más", "/más", number, "/nada/x.pdf", str(tmp_path), "/ayuda", str(proof), *["/más"] * 3
    )
    for key in ("evidence_not_there", "evidence_folder"):
        assert desk.words.problem(key, {}) in said
    (one,) = [record for record in desk.store.read().records("learning") if "evidence_file" in record]
    assert Path(desk.places.proof(one["evidence_file"])).read_bytes() == b"%PDF"
    assert "una copia en la carpeta de mi plan" in said


def test_half_a_day_that_was_typed_in_the_app_is_asked_anew(tmp_path: Path) -> None:
    sitting = sit_until(Sitting(desk_in(tmp_path, "es"), "learning"), "occasion")
    sitting.type({"title": "Una noche", "planned_for": "el vier"})
    sitting.keep()
    assert "Una noche" in speak(tmp_path, "", "", "", language="es", begins="learning")
