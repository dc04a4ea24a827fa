"""The app around its screens: what it opens with, the keys that work everywhere, problems, and leaving."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.tables import SCHEMA
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.plan_page import PlanPageScreen
from rchrp_goals.screens.shared.agreements import AgreementsScreen
from rchrp_goals.screens.shared.help import HelpScreen
from rchrp_goals.screens.shared.pause import EndScreen, PausedScreen, ProblemScreen, UnkeptScreen
from rchrp_goals.screens.shared.second_window import SecondWindowScreen
from rchrp_goals.screens.shared.support import SupportScreen
from rchrp_goals.screens.shared.trouble import SureScreen, TroubleScreen
from rchrp_goals.screens.themes import HIGH_CONTRAST_LIGHT, theme_of
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.locks import WindowLock
from rchrp_goals.store.places import Places
from tests.screens.driver import SIZES, Driver, driven
from tests.services.desk import desk_in, sit
from widgets.themes import DARK, LIGHT

AT_EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


# What it opens with


async def test_the_first_run_goes_straight_into_the_last_day(tmp_path: Path) -> None:
    async with driven(tmp_path) as driver:
        assert driver.at == "agreements"
        assert isinstance(driver.ask.sitting, Sitting)
        assert driver.ask.sitting.name == "last-day"
        assert driver.ui("ask.stop_whenever") in driver.words
        assert driver.ui("ask.how_to_hide", cap="F9") in driver.words


async def test_with_a_plan_it_opens_home_and_begin_alone_goes_on(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "learning")
    sitting = Sitting(desk_in(tmp_path), "goals")
    sitting.type({"title": "Shadow"})
    sitting.keep()
    async with driven(tmp_path) as driver:
        assert isinstance(driver.app.screen, HomeScreen)
    async with driven(tmp_path, "") as driver:
        assert driver.at == "what"
        assert driver.ask.values == {"title": "Shadow"}


async def test_a_sitting_that_waits_at_its_plan_opens_there(tmp_path: Path) -> None:
    sit(desk_in(tmp_path))
    async with driven(tmp_path, "") as driver:
        assert isinstance(driver.app.screen, PlanPageScreen)


async def test_after_the_last_part_comes_the_plan(tmp_path: Path) -> None:
    sitting = sit(desk_in(tmp_path))
    sitting.back()
    async with driven(tmp_path, "") as driver:
        assert driver.at == "dates"
        await driver.press("enter")
        await driver.drain()
        assert isinstance(driver.app.screen, PlanPageScreen)


async def test_a_conversation_of_its_own_ends_kindly_and_goes_home(tmp_path: Path) -> None:
    async with driven(tmp_path, "day-one") as driver:
        await driver.press("3", "enter")
        await driver.drain()
        assert isinstance(driver.app.screen, EndScreen)
        assert driver.ui("end.day_one") in driver.words
        await driver.press("enter")
        assert isinstance(driver.app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("setting", "colours", "theme"),
    [
        ("auto", "", DARK),
        ("auto", "0;15", LIGHT),
        ("auto", "15;0", DARK),
        ("light", "15;0", LIGHT),
        ("dark", "0;15", DARK),
        ("high_contrast_light", "15;0", HIGH_CONTRAST_LIGHT),
    ],
)
def test_the_theme_follows_the_setting_then_the_terminal(setting: str, colours: str, theme: object) -> None:
    assert theme_of(setting, colours) is theme


# Another window, and a file that is not as it should be


@AT_EVERY_SIZE
async def test_a_second_window_shows_the_plan_and_changes_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    sit(desk_in(tmp_path), "goals")
    before = _contents(tmp_path)
    other = WindowLock(Places(str(tmp_path)))
    assert other.acquire()
    async with driven(tmp_path, size=size) as driver:
        assert isinstance(driver.app.screen, SecondWindowScreen)
        assert driver.ui("second_window.title") in driver.words
        await driver.press("pagedown", "pagedown", "pagedown", "f3", "f3")
        if size != (40, 12):
            assert "Shadow three syringe service shifts" in driver.words
        await driver.press("enter")
        assert isinstance(driver.app.screen, SecondWindowScreen)
        assert _contents(tmp_path) == before
        other.release()
        await driver.press("enter")
        assert isinstance(driver.app.screen, HomeScreen)


@AT_EVERY_SIZE
async def test_a_cut_file_is_only_set_aside_on_a_yes(tmp_path: Path, size: tuple[int, int]) -> None:
    sit(desk_in(tmp_path), "learning")
    sit(desk_in(tmp_path), "goals")
    plan = tmp_path / "plan.json"
    cut = plan.read_bytes()[:200]
    plan.write_bytes(cut)
    before = _contents(tmp_path)
    async with driven(tmp_path, size=size) as driver:
        assert isinstance(driver.app.screen, TroubleScreen)
        assert driver.ui("trouble.title") in driver.words
        await driver.press("b")
        assert isinstance(driver.app.screen, SureScreen)
        await driver.press("enter")
        assert isinstance(driver.app.screen, TroubleScreen)
        assert _contents(tmp_path) == before
        await driver.press("b", "y")
        await driver.drain()
        assert isinstance(driver.app.screen, HomeScreen)
        assert [one["title"] for one in driver.records("learning")] == ["An evening on naloxone"]
        assert cut in [path.read_bytes() for path in (tmp_path / "backups").iterdir()]


@pytest.mark.parametrize("is_whole_folder", [True, False])
async def test_a_plan_that_goes_away_under_the_app_comes_back_from_it(tmp_path: Path, is_whole_folder: bool) -> None:
    folder = tmp_path / "data"
    sit(desk_in(folder), "goals")
    async with driven(folder) as driver:
        assert isinstance(driver.app.screen, HomeScreen)
        if is_whole_folder:
            shutil.rmtree(folder)
        else:
            (folder / "plan.json").write_bytes(b"")
        await driver.app.screen.look()
        await driver.pilot.pause()
        await driver.drain()
        assert isinstance(driver.app.screen, TroubleScreen)
        await driver.press("w")
        assert driver.ui("trouble.sure_write_again") in driver.words
        await driver.press("y")
        await driver.drain()
        assert isinstance(driver.app.screen, HomeScreen)
        assert [one["title"] for one in driver.records("goals")] == ["Shadow three syringe service shifts"]


async def test_a_part_is_finished_after_the_plan_came_back(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "learning")
    plan = tmp_path / "plan.json"
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow three")
        plan.write_bytes(b"")
        for _ in range(12):
            if isinstance(driver.app.screen, AskScreen):
                await driver.click("#next" if driver.at == "what" else "#pass")
                await driver.drain()
        assert isinstance(driver.app.screen, TroubleScreen)
        await driver.press("w", "y")
        await driver.drain()
        assert driver.at == "supporters"
        await driver.click("#pass")
        await driver.drain()
        assert isinstance(driver.app.screen, EndScreen)
        assert [one["title"] for one in driver.records("goals")] == ["Shadow three"]
        assert [one["title"] for one in driver.records("learning")] == ["An evening on naloxone"]


async def test_a_damaged_file_without_a_copy_begins_anew_on_a_yes(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(b"{ nothing of ours")
    async with driven(tmp_path) as driver:
        assert driver.ui("trouble.use_backup") not in driver.words
        await driver.click_text(driver.ui("trouble.start_new"))
        await driver.press("y") if isinstance(driver.app.screen, SureScreen) else await driver.press("n", "y")
        await driver.drain()
        assert isinstance(driver.app.screen, AskScreen)
        assert len(list((tmp_path / "backups").iterdir())) == 1


async def test_a_file_changed_outside_is_kept_on_a_yes(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    plan = tmp_path / "plan.json"
    plan.write_text(plan.read_text(encoding="utf-8").replace("syringe service shifts", "shifts"), encoding="utf-8")
    async with driven(tmp_path) as driver:
        assert isinstance(driver.app.screen, TroubleScreen)
        await driver.press("k", "y")
        await driver.drain()
        assert isinstance(driver.app.screen, HomeScreen)
        assert driver.records("goals")[0]["title"] == "Shadow three shifts"


async def test_a_newer_plan_can_only_be_left(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    plan = tmp_path / "plan.json"
    ours = f'"schema": {list(SCHEMA)}'
    assert ours in plan.read_text(encoding="utf-8")
    plan.write_text(plan.read_text(encoding="utf-8").replace(ours, '"schema": [9, 0]'), encoding="utf-8")
    before = _contents(tmp_path)
    async with driven(tmp_path) as driver:
        assert isinstance(driver.app.screen, TroubleScreen)
        await driver.press("b", "n", "k")
        assert isinstance(driver.app.screen, TroubleScreen)
        assert _contents(tmp_path) == before


# Keys that work everywhere


@AT_EVERY_SIZE
async def test_help_names_support_first_and_leads_there(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "goals", size=size) as driver:
        await driver.type("Shadow")
        await driver.press("f1", "f1")
        assert isinstance(driver.app.screen, HelpScreen)
        assert driver.ui("help_page.support_first", cap="s") in driver.words
        await driver.press("s")
        assert isinstance(driver.app.screen, SupportScreen)
        await driver.press("escape")
        assert driver.at == "what"
        assert driver.ask.values == {"title": "Shadow"}


async def test_somebody_to_call_stands_first_on_the_support_page(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "learning")
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("x"), desk.clock.now()) as change:
        change.put("person", {"id": "person-1", "someone_to_call": "Lena [b]even late[/b]"})
    async with driven(tmp_path) as driver:
        await driver.press("f1", "s")
        lines = [row.strip() for row in driver.rows if row.strip()]
        assert "Lena [b]even late[/b]" in lines[1]


async def test_my_agreements_are_one_key_away(tmp_path: Path) -> None:
    async with driven(tmp_path) as driver:
        await driver.press("2", "enter")
        await driver.press("f2")
        assert isinstance(driver.app.screen, AgreementsScreen)
        assert "I speak for myself" in driver.words
        assert "One voice at a time" not in driver.words
        await driver.press("enter")
        assert driver.ask.sitting.part == "values"


async def test_the_other_language_is_kept_and_told_everywhere(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.press("f1", "f3")
        assert driver.ui("help_page.title") == "Ayuda"
        assert "Ayuda" in driver.words
        await driver.press("escape")
        assert driver.app.desk.words.module("goals")["what"]["text"] in driver.words
        await driver.drain()
        assert 'language = "es"' in (tmp_path / "settings.toml").read_text(encoding="utf-8")


async def test_every_key_of_the_last_row_can_be_clicked(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals", size=(120, 40)) as driver:
        for key, page in (("app.help", HelpScreen), ("app.my_agreements", AgreementsScreen)):
            await driver.click_text(driver.ui(key))
            assert isinstance(driver.app.screen, page)
            await driver.press("escape")
        await driver.click_text(driver.ui("app.other_language"))
        assert driver.app.desk.words.language == "es"


# Pausing and leaving


async def test_a_pause_goes_on_or_home(tmp_path: Path) -> None:
    async with driven(tmp_path) as driver:
        await driver.press("escape")
        assert isinstance(driver.app.screen, PausedScreen)
        assert driver.ui("pause.home") not in driver.words
        await driver.press("enter")
        assert driver.at == "agreements"
        await driver.press("1", "enter", "escape", "h")
        assert isinstance(driver.app.screen, HomeScreen)


async def test_ctrl_c_copies_what_is_selected_else_pauses_and_twice_leaves(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow")
        await driver.press("shift+home", "ctrl+c")
        assert driver.app.clipboard == "Shadow"
        assert driver.at == "what"
        await driver.press("end", "ctrl+c")
        assert isinstance(driver.app.screen, PausedScreen)
        await driver.press("ctrl+c")
        await driver.pilot.pause()
        assert driver.app.return_value == 0
    assert json.loads((tmp_path / "drafts" / "goals.json").read_text(encoding="utf-8"))["typing"] == {"title": "Shadow"}


async def test_leaving_keeps_what_is_being_typed(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow thr")
        await driver.press("ctrl+q")
    assert json.loads((tmp_path / "drafts" / "goals.json").read_text(encoding="utf-8"))["typing"] == {
        "title": "Shadow thr"
    }


async def test_the_system_ends_it_and_what_is_being_typed_is_kept(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow thr")
        driver.app.end_at_once()
        await driver.pilot.pause()
        assert driver.app.return_value == 0
        assert driver.draft("goals")["typing"] == {"title": "Shadow thr"}


async def test_the_system_ends_it_and_what_cannot_be_kept_is_told_to_whoever_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow thr")
        assert driver.app.not_kept is None
        _fail_to_write(monkeypatch, driver)
        driver.app.end_at_once()
        await driver.pilot.pause()
        assert isinstance(driver.app.not_kept, ProblemError)


async def test_leaving_says_what_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow")
        _fail_to_write(monkeypatch, driver)
        await driver.press("ctrl+q")
        assert isinstance(driver.app.screen, ProblemScreen)
        assert driver.ui("problem.not_yet") in driver.words
        monkeypatch.undo()
        await driver.press("enter")
        await driver.pilot.pause()
        assert driver.app.return_value == 0
    assert json.loads((tmp_path / "drafts" / "goals.json").read_text(encoding="utf-8"))["typing"] == {"title": "Shadow"}


@pytest.mark.parametrize("way", ["ctrl+c", "ctrl+q", "signal", "escape"])
async def test_what_is_typed_in_a_line_of_the_plan_is_not_lost(tmp_path: Path, way: str) -> None:
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path) as driver:
        await driver.press("p", "c", "enter")
        assert driver.at == "what"
        await driver.type("!")
        if way == "signal":
            driver.app.end_at_once()
        else:
            await driver.press(way)
        await driver.drain()
        if way == "ctrl+c":
            assert driver.ui("pause.where_one") in driver.words
    async with driven(tmp_path) as driver:
        await driver.press("p", "c", "enter")
        assert driver.ask.values == {"title": "Shadow three syringe service shifts!"}
        assert driver.ui("ask.resumed") in driver.words


@pytest.mark.parametrize("way", ["ctrl+c", "ctrl+q"])
async def test_a_line_that_is_being_added_is_not_left_without_a_word(tmp_path: Path, way: str) -> None:
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path) as driver:
        await driver.press("a")
        await driver.type("Call Rosa")
        await driver.press(way)
        assert isinstance(driver.app.screen, UnkeptScreen)
        await driver.press("enter")
        await driver.press("enter")
        await driver.drain()
        assert "Call Rosa" in [one["text"] for one in driver.records("steps")]
        await driver.press("a")
        await driver.type("Call")
        await driver.press(way, "l")
        await driver.drain()
        assert driver.app.return_value == 0


# Problems


async def test_a_part_that_cannot_be_saved_is_said_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(tmp_path, "day-one") as driver:
        sitting = driver.ask.sitting
        finish = sitting.finish_part
        calls: list[int] = []

        def fail_once() -> None:
            calls.append(1)
            if len(calls) < 3:
                raise ProblemError("disk_full", path="plan.json")
            finish()

        monkeypatch.setattr(sitting, "finish_part", fail_once)
        await driver.press("3", "enter")
        assert isinstance(driver.app.screen, ProblemScreen)
        await driver.press("enter")
        assert isinstance(driver.app.screen, ProblemScreen)
        await driver.press("l")
        assert driver.at == "note"
        assert driver.ask.values == {"choice": "skip_all"}
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, EndScreen))
        await driver.drain()
        assert len(driver.records("values")) == 1


async def test_a_draft_that_cannot_be_written_is_told_once_then_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rchrp_goals.screens.participant.ask.AUTOSAVE_AFTER", 0.01)
    async with driven(tmp_path, "goals") as driver:
        _fail_to_write(monkeypatch, driver)
        await driver.type("Sha")
        await driver.until(lambda: isinstance(driver.app.screen, ProblemScreen))
        await driver.press("l")
        await driver.type("dow")
        told = driver.app.desk.words.problem("disk_full", {"path": "x"}).split(".")[0].split("x")[0].strip()
        await driver.until(lambda: told in driver.words)
        assert driver.ask.values == {"title": "Shadow"}


@pytest.mark.parametrize("way", ["escape", "ctrl+c"])
async def test_a_pause_never_says_that_all_is_kept_where_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr("rchrp_goals.screens.participant.ask.AUTOSAVE_AFTER", 0.01)
    async with driven(tmp_path, "goals") as driver:
        with monkeypatch.context() as full:
            _fail_to_write(full, driver)
            await driver.type("Sha")
            await driver.until(lambda: isinstance(driver.app.screen, ProblemScreen))
            await driver.press("l")
            await driver.press(way)
            await driver.drain()
            assert isinstance(driver.app.screen, ProblemScreen)
            await driver.press("l")
            assert driver.ask.values == {"title": "Sha"}
        await driver.press("escape")
        await driver.drain()
        assert isinstance(driver.app.screen, PausedScreen)
        assert driver.draft("goals")["typing"] == {"title": "Sha"}


async def test_leaving_after_a_failure_writes_once_more_and_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rchrp_goals.screens.participant.ask.AUTOSAVE_AFTER", 0.01)
    async with driven(tmp_path, "goals") as driver:
        with monkeypatch.context() as full:
            _fail_to_write(full, driver)
            await driver.type("Sha")
            await driver.until(lambda: isinstance(driver.app.screen, ProblemScreen))
            await driver.press("l")
            await driver.press("ctrl+q")
            await driver.drain()
            assert driver.ui("problem.not_yet") in driver.words
        await driver.press("enter")
        await driver.drain()
        assert driver.app.return_value == 0
    assert json.loads((tmp_path / "drafts" / "goals.json").read_text(encoding="utf-8"))["typing"] == {"title": "Sha"}


async def test_a_mistake_of_ours_shows_nothing_of_what_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def make_a_mistake() -> None:
        async with driven(tmp_path, "goals") as driver:
            await driver.type("Shadow three")
            driver.app.call_later(lambda: 1 / 0)
            await driver.pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await make_a_mistake()
    told = capsys.readouterr()
    assert "Shadow" not in told.out + told.err
    assert "Traceback" not in told.out + told.err


async def test_a_mistake_while_writing_ends_the_app(tmp_path: Path) -> None:
    async def make_a_mistake() -> None:
        async with driven(tmp_path, "goals") as driver:
            driver.app.writer.submit(lambda: 1 / 0)
            await driver.drain()

    with pytest.raises(ZeroDivisionError):
        await make_a_mistake()


def _contents(folder: Path) -> dict[str, bytes]:
    """Return every file but the locks."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock") and os.access(path, os.R_OK)
    }


def _fail_to_write(monkeypatch: pytest.MonkeyPatch, driver: Driver) -> None:
    def fail(name: str, draft: object) -> None:
        raise ProblemError("disk_full", path="x")

    monkeypatch.setattr(driver.app.desk.drafts, "write", fail)


async def test_a_page_that_nobody_waits_for_any_more_only_closes(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path) as driver:
        waiting = driver.app.run_worker(driver.app.wait_for(PausedScreen(has_home=True, is_one_question=False)))
        await driver.pilot.pause()
        assert isinstance(driver.app.screen, PausedScreen)
        waiting.cancel()
        await driver.pilot.pause()
        await driver.press("enter")
        assert not isinstance(driver.app.screen, PausedScreen)


async def test_a_page_about_a_damaged_file_names_no_way_to_itself(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(b"{ nothing of ours")
    async with driven(tmp_path) as driver:
        assert isinstance(driver.app.screen, TroubleScreen)
        assert "Open rchrp-goals" not in driver.words and "not a plan that this program wrote" in driver.words


async def test_a_mistake_while_it_ends_is_none_to_tell(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path) as driver:
        driver.app.end_at_once()
        try:
            raise ValueError("a picture was not finished")
        except ValueError:
            driver.app.bell()
        assert driver.app.mistake is None
        assert driver.app.return_value == 0


async def test_a_page_that_opens_brings_its_own_styles_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    sit(desk_in(tmp_path))
    monkeypatch.setattr(Stylesheet, "reparse", lambda self: read.append(self))
    async with driven(tmp_path) as driver:
        await driver.press("a")
        assert driver.app.screen.query_one("#box").region.width == 64, "dressed all the same"
    assert not read
