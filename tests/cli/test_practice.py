"""Practice and reflections line by line and by command, in Spanish: what is heard, what is kept, what a pause leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rchrp_goals.content import Words
from tests.cli.calling import Caller

ES = Words("es")
SITUATIONS = ES.bank("situations")


@pytest.fixture
def spanish(call: Caller) -> Caller:
    call.language = "es"
    return call


def plain(call: Caller, *argv: str, lines: tuple[str, ...]) -> str:
    code, out, err = call("--plain", "--lang", "es", *argv, stdin="".join(f"{line}\n" for line in lines))
    assert (code, err) == (0, "")
    return out


def test_one_situation_is_heard_and_then_whether_another_one_is_wanted(spanish: Caller) -> None:
    out = plain(
        spanish, "begin", "practice", lines=("/dónde", "/ejemplo", "Qué bueno que viniste.", "1", "/pasar", "2")
    )
    assert "Práctica. Queda cerca de 1 minuto." in out and "pregunta 1" not in out
    for said in (SITUATIONS[0].text, SITUATIONS[0].more["help"], "Guardado: Qué bueno que viniste.", "¿Quieres otra?"):
        assert said in out
    assert out.count("No hay una respuesta correcta") == 1
    assert SITUATIONS[1].text in out and SITUATIONS[2].text not in out
    (record,) = spanish.tables["practice"].values()
    assert (record["card"], record["say"]) == ("p01_supplies", "Qué bueno que viniste.")


def test_several_lines_are_kept_and_what_was_said_before_is_heard_afterwards(spanish: Caller) -> None:
    spanish.put("practice", {"id": "old-0001", "card": "p01_supplies", "say": "Aquí están.", "at": _at("2026-10-01")})
    for one in SITUATIONS[1:]:  # the others were met later
        spanish.put("practice", {"id": f"old-{one.id}", "card": one.id, "say": "x", "at": _at("2026-10-02")})
    out = plain(spanish, "begin", "practice", lines=(".", "Hola.", "¿Cuántas?", ".", "2"))
    assert out.index("Hola.") < out.index("El 1 de octubre dijiste: “Aquí están.”")
    said = [one["say"] for one in spanish.tables["practice"].values() if one["card"] == "p01_supplies"]
    assert sorted(said) == ["Aquí están.", "Hola.\n¿Cuántas?"]


def _at(day: str) -> str:
    return f"{day}T12:00:00.000000Z"


def test_the_end_of_input_pauses_and_reflect_goes_on(spanish: Caller) -> None:
    out = plain(spanish, "reflect", lines=("/pasar", "1", "Miré una hora."))
    assert "begin reflect" in out and not spanish.tables.get("reflections")
    out = plain(spanish, "reflect", lines=("/pasar", "Saludar primero.", "/pasar"))
    assert out.startswith("Aquí hiciste la pausa.") and "¿Qué significó para ti?" in out
    (record,) = spanish.tables["reflections"].values()
    assert record["answers"] == {"what_happened": "Miré una hora.", "what_now": "Saludar primero."}


def test_what_a_reflection_is_about_is_heard_when_it_goes_on(spanish: Caller) -> None:
    spanish("log", "Una charla", "--on", "2026-11-01")
    plain(spanish, "reflect", lines=("1", "1"))
    out = plain(spanish, "reflect", lines=())
    assert out.startswith("Aquí hiciste la pausa.\nSobre: Una charla.\n")


def test_reflect_warns_of_names_once_and_offers_what_was_learned(spanish: Caller) -> None:
    spanish("log", "Una charla", "--on", "2026-11-01")
    out = plain(
        spanish, "reflect", lines=("1", "2", "Una charla de dos horas.", "/pasar", "/pasar", "/pasar", "/pasar")
    )
    assert "1 Una charla" in out and out.count("Las iniciales también son nombres.") == 1
    (record,) = spanish.tables["reflections"].values()
    (learned,) = spanish.tables["learning"].values()
    assert (record["form"], record["about"]) == ("four", {"kind": "learning", "id": learned["id"]})


def test_show_tells_a_reflection_and_an_activity_names_it(spanish: Caller) -> None:
    spanish("log", "Una charla", "--on", "2026-11-01")
    plain(spanish, "reflect", lines=("1", "1", "Miré una hora.", "/pasar", "/pasar", "Con alivio."))
    (id,), (learned,) = spanish.tables["reflections"], spanish.tables["learning"]
    head = f"{id[:4]}  Reflexión: Una charla (jueves 5 de noviembre)"
    assert head in spanish("show", learned).out.splitlines()
    assert spanish("show", id).out.splitlines() == [
        head,
        "¿Qué pasó?",
        "Miré una hora.",
        "¿Y cómo se sintió, si quieres decirlo?",
        "Con alivio.",
    ]
    document = json.loads(spanish("show", id, "--json").out)
    told = spanish("show", "--help").out
    assert document["kind"] == "reflection" and all(key in told for key in document)
    assert document["answers"] == {"what_happened": "Miré una hora.", "feelings": "Con alivio."}


def test_the_sheet_for_oneself_holds_both_and_the_wall_neither(spanish: Caller, tmp_path: Path) -> None:
    plain(spanish, "begin", "practice", lines=("Aquí están.", "2"))
    plain(spanish, "reflect", lines=("/pasar", "1", "Miré una hora.", "/pasar", "/pasar", "/pasar"))
    mine = spanish("export", "txt", "--sheet", "mine").out
    assert "Miré una hora." in mine and "Aquí están." in mine
    wall = spanish("export", "txt", "--sheet", "wall").out
    assert "Miré" not in wall and "Aquí" not in wall


def test_a_command_that_is_heard_draws_no_sign_between_its_words(spanish: Caller) -> None:
    code, _, err = spanish("--plain", "--lang", "es", "log", "Una noche", "--hours", "1h30")
    assert code == 0 and "·" not in err and "Guardado: Una noche; " in err
