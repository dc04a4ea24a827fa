"""Coming back, line by line: each door, the line to oneself, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.services import demo
from rchrp_goals.services.desk import Desk
from tests.cli.speaking import speak
from tests.services.desk import desk_in

Back = Callable[..., str]


@pytest.fixture
def away(tmp_path: Path) -> Desk:
    """A desk over a plan that nobody touched for forty days."""
    desk = desk_in(tmp_path)
    demo.write(desk.store, demo.away(desk.words, desk.clock), desk.clock)
    return desk


@pytest.fixture
def back(tmp_path: Path, away: Desk) -> Back:
    """Plain mode without a command: type lines, get back all that it wrote."""

    def come(*lines: str, language: str = "en") -> str:
        return speak(tmp_path, *lines, language=language)

    return come


def ui(desk: Desk, key: str, language: str = "en") -> str:
    return desk.words.to(language).ui(key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_line_just_looks(away: Desk, back: Back, language: str) -> None:
    before = away.store.read()
    said = back("x", "", language=language)
    first, _, home = said.partition(ui(away, "home.greeting_name", language).format(name="Ana"))
    assert first.count(ui(away, "welcome.plain", language)) == 2 and home
    for door in ("small", "change", "values", "look", "read"):
        assert ui(away, f"welcome.door.{door}", language).rstrip(".") in first
    assert "2026" not in first and away.store.read() == before


def test_it_is_said_once(away: Desk, back: Back) -> None:
    back("4")
    assert ui(away, "welcome.about") not in back()


def test_a_small_thing_is_kept(away: Desk, back: Back) -> None:
    said = back("1", "", "1", "Call Rosa", "+2 weeks", "friday", "2")
    assert ui(away, "errors.day_not_within").format(n=7) in said and ui(away, "welcome.said_small") in said
    (step,) = [one for one in away.store.read().records("steps") if one.get("text") == "Call Rosa"]
    assert step["due"] == "2026-11-06" and step["goal"] == demo.sample_id("goals", "shifts")


def test_goals_are_looked_at_one_after_another(away: Desk, back: Back) -> None:
    said = back("2", "", "2", "3", "5")
    assert said.count(ui(away, "welcome.fits_title")) == 3 and ui(away, "welcome.said_fits") in said
    states = {one["id"]: one["state"] for one in away.store.read().records("goals")}
    assert states[demo.sample_id("goals", "shifts")] == "paused"


def test_the_line_to_oneself_is_said_once(away: Desk, back: Back) -> None:
    (letter,) = away.store.read().records("letters")
    said = back("r", "")
    assert letter["text"].split(".")[0] in said and ui(away, "welcome.plain_no_letter") in said
    assert away.store.read().records("letters")[0]["read_at"]


def test_a_paused_values_line_closes_home_too(away: Desk, back: Back) -> None:
    said = back("3", "/pause")
    assert ui(away, "plain.paused").format(name="values") in said
    assert ui(away, "home.greeting_name").format(name="Ana") not in said


@pytest.mark.parametrize(("line", "key"), [("/pause", "plain_home.closed"), ("/leave", "plain.left")])
def test_the_ways_out(away: Desk, back: Back, line: str, key: str) -> None:
    said = back("/where", line)
    assert ui(away, "welcome.plain_where") in said and said.rstrip().endswith(ui(away, key))


def test_a_window_that_is_open_elsewhere_is_said(away: Desk, back: Back) -> None:
    from rchrp_goals.errors import BusyProblem
    from rchrp_goals.store.locks import WindowLock

    lock = WindowLock(away.places)
    assert lock.acquire()
    try:
        with pytest.raises(BusyProblem):
            back("4")
    finally:
        lock.release()
