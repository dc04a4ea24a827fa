"""The values room line by line, in Spanish: what is heard makes sense without any picture, and what is old stays covered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rchrp_goals.services.desk import Desk
from tests.cli.speaking import number_of, speak
from tests.services.desk import desk_in
from tests.services.sessions import DAY_ONE, LAST_DAY, two_looks, write

LATER = datetime(2027, 2, 3, 20, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = desk_in(tmp_path, "es")
    two_looks(found)
    return found


def values(folder: Path, *lines: str, at: datetime | None = None) -> str:
    """Go to the room of values and type lines there."""
    return opened(folder, "Valores", *lines, at=at).partition("\nValores.")[2]


def opened(folder: Path, name: str, *lines: str, at: datetime | None = None) -> str:
    """Open what the menu calls ``name``; after a while away the doors are left by looking around first."""
    look = [""] if at else []
    number = number_of(speak(folder, *look, "", language="es", at=at), name)
    return speak(folder, *look, number, *lines, language="es", at=at)


def test_every_line_makes_sense_alone(tmp_path: Path, desk: Desk) -> None:
    said = values(tmp_path, "")
    assert "Antes: Primer día, 3 de noviembre. Ahora: Último día, 4 de noviembre." in said
    assert (
        "1 Somebody may choose a goal that I would not. Primer día: en el 3. Ahora: en el 7, más bien de acuerdo."
        in said
    )
    assert "2 Every plan should aim for one thing. Primer día: en el 9. Ahora: sin responder." in said
    assert "Their goal" not in said, "a reason is said to who picks its line"
    assert "No hay una dirección buena." in said


def test_what_belongs_to_a_line_is_said_when_it_is_picked(tmp_path: Path, desk: Desk) -> None:
    said = values(tmp_path, "1", "", "")
    assert "Por qué, en mis palabras: Their goal brought them in." in said
    assert "Primer día, por qué: I would talk them out of it." in said


def test_a_closed_answer_is_put_right_and_looked_back_on(tmp_path: Path, desk: Desk) -> None:
    said = values(tmp_path, "1", "2", "2", "Quise decir 6.", "6", "1", "1", "4", "")
    assert "Queda al lado. Lo de antes sigue ahí." in said
    assert "Ahora: en el 7, más bien de acuerdo. Ahora, corregido después: en el 6." in said
    assert "Del 0, totalmente en desacuerdo, al 10, totalmente de acuerdo." in said
    assert "Queda guardado. Lo que respondiste el primer día no cambia." in said
    plan = desk.store.read()
    session = plan.get("values", LAST_DAY)
    assert session is not None
    assert (session["placements"][0]["position"], session["placements"][0]["looking_back"]) == (7, 4)
    assert [one["position"] for one in plan.records("corrections")] == [6]


def test_day_one_part_two_is_entered_from_memory(tmp_path: Path, desk: Desk) -> None:
    said = values(tmp_path, "d", "2", "5", "5 p", "2", "3 nov", "")
    assert "Primer día: Parte 2, las mismas frases otra vez." in said
    assert "Respuestas en esa línea: 1. Frases: 2." in said
    assert "martes 3 de noviembre de 2026." in said, "what was understood is said in full"
    assert "El primer día queda guardado: anotado después, de memoria." in said
    (entered,) = [one for one in desk.store.read().records("values") if one["occasion"] == "day_one_part_2"]
    assert (entered["entered"], entered["taken_at"][:10], entered["state"]) == ("from_memory", "2026-11-03", "open")


def test_a_look_that_has_come_up_covers_what_was(tmp_path: Path, desk: Desk) -> None:
    reminder = {"id": "look-1", "what": {"kind": "plan"}, "words": "look_again_and_values"}
    write(desk, "reminders", {**reminder, "next_at": "2027-02-03T09:00:00.000000Z"})
    said = values(tmp_path, "", at=LATER)
    assert "Lo de antes queda cubierto" in said and "en el 3" not in said
    page = opened(tmp_path, "Mi plan", "", "", at=LATER)
    assert "cubierto" in page and "en el 3" not in page
    assert "Primer día: en el 3." in values(tmp_path, "n", "", at=LATER)


def test_where_one_is_and_a_session(tmp_path: Path, desk: Desk) -> None:
    said = values(tmp_path, "/dónde", "s", "2", "1", "", "", "")
    assert "Estás aquí: Valores." in said
    assert "1 Último día. Respondido en el momento. 4 de noviembre." in said
    assert "Valores: Primer día." in said and "Lo que respondiste queda como está." in said
    assert desk.store.read().get("values", DAY_ONE)
