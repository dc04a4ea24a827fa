"""``export --sheet``: sheets for a pen with and without a plan, and what is said of them."""

from __future__ import annotations

import pytest

from rchrp_goals.export.registry import SHEETS
from tests.cli.calling import Caller

PAPERS = ("year", "day-one", "blank", "check-in", "review", "hours")


def fill(call: Caller) -> None:
    call.put("goals", {"id": "goal-0001", "title": "Shadow a shift", "why": "My secret reason", "state": "active"})
    call.add("Write to the service", "--goal", "goal-0001", "--by", "2026-11-09")


@pytest.mark.parametrize("format", ["txt", "md", "html"])
@pytest.mark.parametrize("sheet", ["day-one", "blank"])
def test_a_trainer_prints_without_a_plan(spoken: Caller, sheet: str, format: str) -> None:
    code, out, err = spoken("export", format, "--sheet", sheet)
    assert (code, err) == (0, "")
    assert len(out) > 500
    assert not spoken.data.exists()


@pytest.mark.parametrize("sheet", ["check-in", "review"])
def test_a_filled_sheet_needs_a_plan_and_holds_no_reason(spoken: Caller, sheet: str) -> None:
    assert spoken("export", "txt", "--sheet", sheet).code == 1
    fill(spoken)
    code, out, err = spoken("export", "txt", "--sheet", sheet)
    assert (code, err) == (0, "")
    assert "Write to the service" in out
    assert "secret" not in out


@pytest.mark.parametrize("sheet", ["record", "years", "door", ""])
def test_a_sheet_that_is_not_there_is_answered_with_those_that_are(spoken: Caller, sheet: str) -> None:
    fill(spoken)
    code, out, err = spoken("export", "txt", "--sheet", sheet)
    assert (code, out) == (2, "")
    assert ", ".join(SHEETS) in err
    assert spoken("export", "json", "--sheet", "blank").code == 2


@pytest.mark.parametrize("sheet", PAPERS)
@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_lines_are_no_longer_than_asked(spoken: Caller, sheet: str, width: int) -> None:
    fill(spoken)
    out = spoken("export", "txt", "--sheet", sheet, "--width", str(width)).out
    assert max(map(len, out.splitlines())) <= width


def test_a_year_goes_from_a_day_to_a_day(call: Caller) -> None:
    fill(call)
    call.put("steps", {"id": "step-0001", "text": "Bring the kits", "state": "done", "done_on": "2026-03-09"})
    call.put("steps", {"id": "step-0002", "text": "Thank Lena", "state": "done", "done_on": "2025-03-09"})
    code, out, err = call("export", "txt", "--sheet", "year")
    assert (code, err) == (0, "") and "Bring the kits" in out and "Thank Lena" not in out
    for format in ("html", "md"):
        assert "Bring the kits" in call("export", format, "--sheet", "year", "--mine").out
    out = call("export", "txt", "--sheet", "year", "--from", "1 Jan 2025", "--to", "2025-12-31").out
    assert "Thank Lena" in out and "Bring the kits" not in out and "1 January 2025 to 31 December 2025" in out
    assert "Thank Lena" in call("export", "txt", "--sheet", "year", "--to", "2025-12-31").out
    assert "Bring the kits" in call("export", "txt", "--sheet", "year", "--from", "9 March").out, "the last one"


def test_a_span_that_is_none_is_said_and_nothing_is_written(call: Caller) -> None:
    fill(call)
    wrong = call("export", "txt", "--sheet", "year", "--from", "2026-03-02", "--to", "2026-03-01")
    assert (wrong.code, wrong.out) == (2, "") and "Monday 2 March 2026" in wrong.err
    assert call("export", "txt", "--sheet", "mine", "--from", "2026-03-02").code == 2
    assert call("export", "txt", "--from", "2026-03-02").code == 2
    assert call("export", "txt", "--sheet", "year", "--from", "someday").code == 2


def test_a_voice_is_spared_the_drawing(spoken: Caller) -> None:
    for sheet in ("day-one", "blank"):
        assert "──" in spoken("export", "txt", "--sheet", sheet).out
        assert "──" not in spoken("--plain", "export", "txt", "--sheet", sheet).out
        assert "_" * 7 not in spoken("export", "txt", "--sheet", sheet, environ={"RCHRP_GOALS_PLAIN": "1"}).out


def test_what_a_written_file_holds_is_said_truly(call: Caller) -> None:
    fill(call)
    said = {}
    for sheet in SHEETS:
        code, _, err = call("export", "html", "--sheet", sheet, "-o", str(call.data.parent / f"{sheet}.html"))
        assert code == 0
        said[sheet] = err.splitlines()[1:]
    assert said["wall"] == said["day-one"] == said["blank"] == []
    assert "reasons" in said["mine"][0]
    assert "by default" in said["check-in"][0]
    assert "by default" in said["review"][0]
    assert "supervision" in said["hours"][0]


def test_help_names_every_sheet(spoken: Caller) -> None:
    out = spoken("export", "--help").out
    for sheet in SHEETS:
        assert f"--sheet {sheet}" in out


def test_the_days_of_a_record_are_those_behind(spoken: Caller) -> None:
    for on in ("2025-12-30", "2026-02-01", "2026-11-01"):
        assert spoken("log", f"On {on}", "--hours", "2", "--on", on).code == 0
    said = {
        days: spoken("export", "txt", "--sheet", "hours", *days)
        for days in ((), ("--from", "1 Jan"), ("--from=2025-01-01", "--to=1 March"), ("--to", "31 dic 2025"))
    }
    found = [
        [on for on in ("2025-12-30", "2026-02-01", "2026-11-01") if f"On {on}" in one.out] for one in said.values()
    ]
    assert [len(one) for one in found] == [3, 2, 2, 1] and all(one.code == 0 for one in said.values())
    assert spoken("export", "txt", "--sheet", "hours", "--from", "1 Mar", "--to", "1 Jan").code == 2
    code, out, err = spoken("export", "txt", "--sheet", "wall", "--from", "1 Jan")
    assert (code, out) == (2, "") and "--sheet hours" in err
    assert spoken("export", "txt", "--sheet", "hours", "--from", "whenever").code == 2
