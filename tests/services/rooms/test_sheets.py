"""The page of sheets: each one word by word as it is kept, kept as a file in three forms, and no plan needed for two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import ProblemError
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.paper_sheets import blank_paper, filled_paper
from rchrp_goals.services.room import Action, Place, RoomView, Said
from rchrp_goals.services.rooms.reading import read_room
from tests.services.desk import desk_in, sat_desk

ALL = ["wall", "mine", "year", "hours", "check-in", "review", "day-one", "blank"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Ana's desk after the sitting."""
    return sat_desk(tmp_path / "data")


def keeping(view: RoomView, kind: str) -> Action:
    row = view.row(f"sheet:{kind}")
    assert row is not None
    return next(action for action in row.actions if action.id == "sheets.keep")


def keep(desk: Desk, kind: str, **answers: Any) -> Said:
    change = keeping(read_room(desk, Place("sheets")), kind).change
    assert change is not None
    return change(desk, answers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_plan_two_stand_there_and_a_sentence(tmp_path: Path, language: str) -> None:
    view = read_room(desk_in(tmp_path, language), Place("sheets"))
    assert list(view.keys) == ["sheet:day-one", "sheet:blank"]
    assert view.sections[0].about
    with pytest.raises(ProblemError, match="no_plan"):
        read_room(desk_in(tmp_path, language), Place("sheets.one", "review"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_can_be_looked_at_and_kept(desk: Desk, language: str) -> None:
    desk.words = desk.words.to(language)
    view = read_room(desk, Place("sheets"))
    assert list(view.keys) == [*(f"sheet:{kind}" for kind in ALL), "sheet:dates"]
    for kind in ALL:
        row = view.row(f"sheet:{kind}")
        assert row is not None
        assert row.text
        assert row.note
        assert [action.id for action in row.actions] == ["sheets.look", "sheets.keep"]
        place = row.actions[0].place
        pages = {"wall": Place("plan", "wall"), "mine": Place("plan", "mine"), "year": Place("year")}
        assert place == pages.get(kind, Place("sheets.one", kind))


@pytest.mark.parametrize("kind", ALL[4:])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_looked_at_is_all_that_the_sheet_holds(desk: Desk, kind: str, language: str) -> None:
    words = desk.words = desk.words.to(language)
    if kind in {"check-in", "review"}:
        paper = filled_paper(kind, desk.store.read().tables, words, desk.clock.today())
    else:
        paper = blank_paper(kind, words)
    view = read_room(desk, Place("sheets.one", kind))
    rows = [row for section in view.sections for row in section.rows]
    seen = "\n".join(
        [*(section.heading for section in view.sections), *(f"{r.text}\n{r.note}" for r in rows), view.closing]
    )
    heard = "\n".join(row.spoken or f"{row.text}\n{row.note}" for row in rows)
    for text in [*paper.texts][2:]:
        assert text in seen or text in "123456", text
    assert "__" not in heard
    assert "[ ]" not in heard
    assert "before I send anyone" not in seen
    assert [action.id for action in view.actions] == ["sheets.keep"]


@pytest.mark.parametrize("kind", ALL)
def test_a_sheet_is_kept_under_a_neutral_name_beside_what_is_there(desk: Desk, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    for form in ("html", "drawn", "plain", "plain"):
        said = keep(desk, kind, form=form, folder=str(folder))
        assert said.at == f"sheet:{kind}"
        assert str(folder) in said.sentence
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 4
    assert [Path(name).suffix for name in names].count(".txt") == 3
    assert all(name.startswith(("sheet-", "plan-", "next-")) for name in names)
    widths = sorted(max(map(len, path.read_text(encoding="utf-8").splitlines())) for path in folder.glob("*.txt"))
    assert widths[0] == widths[1] <= 40 < widths[2] <= 80


def test_a_folder_is_there_to_begin_with_and_one_that_is_none_is_said(desk: Desk, tmp_path: Path) -> None:
    form, folder = keeping(read_room(desk, Place("sheets")), "wall").asks
    assert form.value == "html"
    assert Path(str(folder.value)).is_dir()
    with pytest.raises(ProblemError, match="folder_missing"):
        keep(desk, "wall", form="html", folder=str(tmp_path / "gone"))


@pytest.mark.parametrize("words", ["in_neutral", "in_own"])
def test_the_dates_are_kept_for_a_calendar(desk: Desk, tmp_path: Path, words: str) -> None:
    said = keep(desk, "dates", words=words, folder=str(tmp_path))
    (path,) = tmp_path.glob("dates-*.ics")
    assert str(path) in said.sentence
    assert desk.words.ui("calendar.alarms") in said.sentence
    assert ("Write to the service" in path.read_text(encoding="utf-8")) == (words == "in_own")
    assert keep(desk, "dates", words=words, folder=str(tmp_path)).sentence != said.sentence
    with pytest.raises(ProblemError, match="folder_missing"):
        keep(desk, "dates", words=words, folder=str(tmp_path / "nowhere"))
