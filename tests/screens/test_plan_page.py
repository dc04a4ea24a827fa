"""The plan on one page: every line opens its own question, lines are left off the wall, sheets are kept, it is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.plan_page import PlanPageScreen
from rchrp_goals.screens.shared.pause import PausedScreen
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.plan_store import What
from tests.screens.driver import SIZES, Driver, driven, plate_of, press
from tests.services.desk import desk_in, sit

AT_EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
SHEET = (100, 40)


@pytest.fixture
def at_plan(tmp_path: Path) -> Desk:
    """A desk whose sitting waits at its plan page."""
    desk = desk_in(tmp_path)
    sit(desk)
    return desk


@pytest.fixture
def sat(at_plan: Desk) -> Desk:
    """A desk after a whole sitting."""
    Sitting(at_plan, "last-day").finish_plan()
    return at_plan


@pytest.fixture
def home_folder(clean_environment: Path) -> Path:
    """The person's own folder, with the usual folders in it."""
    for name in ("Documents", "Desktop"):
        (clean_environment / name).mkdir()
    return clean_environment


def page_of(driver: Driver) -> PlanPageScreen:
    assert isinstance(driver.app.screen, PlanPageScreen), driver.text
    return driver.app.screen


async def to_line(driver: Driver, key: str) -> None:
    """Put the cursor on a line by the keyboard alone."""
    page = page_of(driver)
    if not page.sheet.has_focus:
        await driver.press("down")
    await driver.press("home")
    while page.sheet.cursor != key:
        before = page.sheet.cursor
        await driver.press("down")
        assert page.sheet.cursor != before, f"{key} is not among {page.sheet.keys}"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def modal(driver: Driver) -> str:
    box = driver.app.screen.query_one("#box").region
    return " ".join(" ".join(row[box.x : box.right] for row in driver.rows[box.y : box.bottom]).split())


# As it prints


@pytest.mark.parametrize("language", LANGUAGES)
@AT_EVERY_SIZE
async def test_the_whole_sheet_can_be_read(tmp_path: Path, at_plan: Desk, size: tuple[int, int], language: str) -> None:
    async with driven(tmp_path, "last-day", language=language, size=size) as driver:
        page = page_of(driver)
        assert driver.ui("plan_page.title_mine") in driver.words
        seen = ""
        for _ in range(60):
            seen += "\n" + driver.text
            if page.body.scroll_offset.y >= page.body.max_scroll_y:
                break
            await driver.press("pagedown")
        shown = " ".join(seen.split())
        sheet = plan_sheet(at_plan.store.read().tables, driver.app.desk.words, at_plan.clock.today(), with_passed=True)
        for line in sheet.lines:
            for word in [*line.text.split()[:2], *line.label.split()[:1]]:
                assert word in shown, line


async def test_it_stands_as_paper_with_labels_beside(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        goal = next(row for row in driver.rows if row.split()[:1] == ["Goal"] and "Shadow" in row)
        edge = goal.index("Goal")
        rule = next(row for row in driver.rows if "────" in row)
        assert rule.strip() == "─" * 72 and rule.index("─") == edge == 13
        assert "Plan ◆" in driver.text


async def test_plain_signs_where_they_are_wanted(tmp_path: Path, at_plan: Desk) -> None:
    (tmp_path / "settings.toml").write_text('glyphs = "ascii"\n', encoding="utf-8")
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        await press(driver, "down")
        assert "-" * 72 in driver.text and "> Goal" in driver.text
        assert not {sign for sign in driver.text if not sign.isascii()} - set("ñ·█▇▆▅▄▃▂▁")


async def test_everything_passed_is_a_kind_page_where_all_can_be_opened(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), passing=True)
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        assert driver.ui("plan_page.passed") in driver.words
        assert driver.ui("plan_page.nothing") in driver.words
        await press(driver, "down", "enter")
        assert driver.at == "what"


# Lines


@AT_EVERY_SIZE
async def test_a_line_opens_its_question_and_comes_back_to_the_line(
    tmp_path: Path, at_plan: Desk, size: tuple[int, int]
) -> None:
    goal = at_plan.store.read().records("goals")[0]["id"]
    async with driven(tmp_path, "last-day", size=size) as driver:
        await to_line(driver, f"why:{goal}")
        await press(driver, "enter")
        assert driver.at == "why" and driver.ask.values["because"].startswith("I want to know")
        await driver.type(", gladly")
        await press(driver, "enter")
        page = page_of(driver)
        assert page.sheet.has_focus and page.sheet.cursor == f"why:{goal}"
        assert "gladly" in driver.words
        assert driver.records("goals")[0]["why"].endswith("send anyone there, gladly")


async def test_every_line_opens_and_closes_again_with_nothing_changed(tmp_path: Path, at_plan: Desk) -> None:
    before = at_plan.store.read()
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        keys = list(page_of(driver).sheet.keys)
        assert len(keys) > 15
        for key in keys:
            page_of(driver).sheet.go_to(key)
            await press(driver, "c") if page_of(driver).sheet.has_focus else await press(driver, "c", "c")
            assert isinstance(driver.app.screen, AskScreen), key
            await press(driver, "escape")
            assert page_of(driver).sheet.cursor == key
    assert at_plan.store.read() == before


async def test_a_click_on_a_line_opens_it(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        await driver.click_text("I text Rosa before three")
        await driver.drain()
        assert driver.at == "if_then"
        await driver.click_text(driver.ui("ask.close"))
        await driver.drain()
        assert page_of(driver).sheet.has_focus


async def test_a_line_that_is_passed_leaves_the_cursor_beside_it(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        goal = at_plan.store.read().records("goals")[0]["id"]
        await to_line(driver, f"supporters:{goal}:0")
        await press(driver, "enter")
        assert driver.at == "supporters"
        await press(driver, "escape", "enter")
        driver.ask.sitting.pass_()
        await driver.ask._settle()
        await driver.drain()
        await driver.drain()
        page = page_of(driver)
        assert page.sheet.cursor in page.sheet.keys and page.sheet.has_focus
        assert driver.ui("plan_page.passed") in driver.words


async def test_enter_belongs_to_the_line_while_it_is_chosen(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        assert plate_of(driver, "done").show_key
        await press(driver, "down")
        assert not plate_of(driver, "done").show_key
        assert plate_of(driver, "done").ground != "on $panel"  # the color of the page: the plate would not be seen
        assert driver.ui("plan_page_screen.how_mine") in driver.words
        await press(driver, "escape")
        assert plate_of(driver, "done").show_key and driver.ui("plan_page_screen.about_mine") in driver.words


# For the wall


@AT_EVERY_SIZE
async def test_lines_are_left_off_the_wall_and_put_back(tmp_path: Path, at_plan: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "last-day", size=size) as driver:
        await press(driver, "w")
        page = page_of(driver)
        assert driver.ui("plan_page.title_wall") in driver.words
        goal = at_plan.store.read().records("goals")[0]["id"]
        await to_line(driver, f"goal:{goal}")
        await press(driver, "space")
        assert page.left_out == {f"goal:{goal}"}
        assert "left off the wall" in driver.words
        await press(driver, "enter")
        assert page.left_out == frozenset() and "left off the wall" not in driver.words
        await press(driver, "m")
        assert driver.ui("plan_page.title_mine") in driver.words


async def test_lines_are_left_off_by_mouse(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        await driver.click(plate_of(driver, "turn"))
        assert "I want to know the place" not in driver.words
        await driver.click_text("An evening on naloxone")
        assert [key.partition(":")[0] for key in page_of(driver).left_out] == ["learning"]
        await driver.click(plate_of(driver, "turn"))
        assert "left off" not in driver.words


# Keeping


@AT_EVERY_SIZE
async def test_the_page_for_the_wall_is_kept_without_what_was_left_off(
    tmp_path: Path, at_plan: Desk, home_folder: Path, size: tuple[int, int]
) -> None:
    async with driven(tmp_path, "last-day", size=size) as driver:
        await press(driver, "w")
        learning = at_plan.store.read().records("learning")[0]["id"]
        await to_line(driver, f"learning:{learning}")
        await press(driver, "space", "k", "1", "1")
        (kept,) = (home_folder / "Documents").iterdir()
        assert kept.name.startswith("next-") and kept.name in modal(driver).replace(" ", "")
        page = kept.read_text(encoding="utf-8")
        assert "Shadow three syringe service shifts" in page
        assert "An evening on naloxone" not in page and "I want to know" not in page
        await press(driver, "enter")
        page_of(driver)


async def test_both_pages_go_into_a_folder_by_its_path(tmp_path: Path, at_plan: Desk, home_folder: Path) -> None:
    stick = home_folder / "a stick"
    stick.mkdir()
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        await press(driver, "k", "2", "4")
        await driver.type("~/nowhere")
        await press(driver, "enter")
        assert driver.ui("problem.title") in driver.words and "nowhere" in driver.words
        await press(driver, "enter", "4")
        await driver.type("~/a stick")
        await press(driver, "enter")
        assert sorted(path.name[:5] for path in stick.iterdir()) == ["next-", "plan-"]
        assert driver.ui("plan_page_screen.kept_title") in modal(driver)
        await driver.click_text(driver.ui("app.go_back"))
        page_of(driver)


async def test_keeping_can_be_left_at_every_step(tmp_path: Path, at_plan: Desk, home_folder: Path) -> None:
    async with driven(tmp_path, "last-day") as driver:
        for keys in (["k"], ["k", "1"], ["k", "1", "4"]):
            await press(driver, *keys, "escape")
            if keys[-1] == "4":
                page_of(driver)
            assert isinstance(driver.app.screen, PlanPageScreen), keys
    assert files_in(home_folder) == []


# Back and done


@AT_EVERY_SIZE
async def test_done_closes_the_sitting_and_goes_home(tmp_path: Path, at_plan: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "last-day", size=size) as driver:
        await press(driver, "enter")
        assert isinstance(driver.app.screen, HomeScreen)
        assert driver.ui("home.said_plan_done") in driver.words
        assert {one["state"] for one in driver.records("values")} == {"closed"}
        assert not (tmp_path / "drafts" / "last-day.json").exists()


async def test_done_by_mouse(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day") as driver:
        await driver.click(plate_of(driver, "done"))
        await driver.drain()
        await driver.drain()
        assert isinstance(driver.app.screen, HomeScreen)


async def test_done_that_cannot_be_saved_can_be_tried_again(
    tmp_path: Path, at_plan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Sitting) -> None:
        raise ProblemError("disk_full", path="x")

    async with driven(tmp_path, "last-day") as driver:
        with monkeypatch.context() as patch:
            patch.setattr(Sitting, "finish_plan", full)
            await press(driver, "enter")
            assert driver.ui("problem.title") in driver.words
            await press(driver, "l")
            page_of(driver)
        await press(driver, "enter")
        assert isinstance(driver.app.screen, HomeScreen)


@pytest.mark.parametrize("way", ["key", "mouse"])
async def test_back_goes_into_the_last_part(tmp_path: Path, at_plan: Desk, way: str) -> None:
    async with driven(tmp_path, "last-day") as driver:
        if way == "key":
            await press(driver, "b")
        else:
            await driver.click(plate_of(driver, "back"))
            await driver.drain()
            await driver.drain()
        assert driver.at == "dates" and driver.ask.sitting.part == "ahead"


async def test_escape_pauses_in_a_sitting(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day") as driver:
        await press(driver, "escape")
        assert isinstance(driver.app.screen, PausedScreen)
        await press(driver, "enter")
        page_of(driver)


@pytest.mark.parametrize("way", ["b", "escape", "mouse"])
async def test_from_home_it_goes_back_home(tmp_path: Path, sat: Desk, way: str) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "p")
        assert not driver.app.screen.query("#done") and not driver.app.screen.query("#path")
        if way == "mouse":
            await driver.click(plate_of(driver, "back"))
            await driver.drain()
        else:
            await press(driver, way)
        assert isinstance(driver.app.screen, HomeScreen)


async def test_the_other_language_keeps_the_place(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        await press(driver, "down", "down", "down")
        cursor = page_of(driver).sheet.cursor
        await press(driver, "f3")
        assert driver.ui("plan_page.title_mine") == "Mi plan" and "Mi plan" in driver.words
        assert page_of(driver).sheet.cursor == cursor and page_of(driver).sheet.has_focus
        assert "Mi paso" in driver.words or "Primer paso" in driver.words


async def test_what_another_window_adds_is_shown(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(100, 60)) as driver:
        await press(driver, "p")
        with sat.store.change(What("test"), sat.clock.now()) as change:
            change.put("steps", {"text": "[b]From the shell[/]", "state": "planned", "order": 1})
        await page_of(driver).look()
        await driver.drain()
        assert "[b]From the shell[/]" in driver.words


async def test_a_thousand_goals_open_as_a_few_do(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for number in range(1000):
            change.put("goals", {"title": f"Goal number {number}", "state": "active"})
    async with driven(tmp_path, size=SHEET) as driver:
        await press(driver, "p", "down", "end")
        page = page_of(driver)
        assert len(page.sheet.keys) > 1000
        assert page.body.scroll_offset.y > 1000


async def test_the_line_under_the_cursor_stays_in_sight_in_a_smaller_window(tmp_path: Path, at_plan: Desk) -> None:
    async with driven(tmp_path, "last-day", size=SHEET) as driver:
        await press(driver, *["down"] * 8)
        assert "›" in driver.text
        await driver.pilot.resize_terminal(40, 12)
        await press(driver)
        await driver.drain()
        assert "›" in driver.text


async def test_old_answers_are_covered_as_soon_as_a_new_look_waits(tmp_path: Path, sat: Desk) -> None:
    look = {"id": "look-1", "what": {"kind": "values"}, "words": "values", "next_at": "2026-11-06T09:00:00.000000Z"}
    with sat.store.change(What("other"), sat.clock.now()) as change:
        change.put("reminders", {**look, "on": True})
    async with driven(tmp_path, size=SHEET) as driver:
        await press(driver, "p")
        covered = driver.ui("values_room.cover.plan").split()[:3]
        assert " ".join(covered) not in said(page_of(driver))
        driver.app.desk.clock.at = sat.clock.now().replace(day=6)  # type: ignore[attr-defined]
        await page_of(driver).look()
        assert " ".join(covered) in said(page_of(driver))


def said(page: PlanPageScreen) -> str:
    return " ".join(" ".join(row.content.plain for row in page.sheet.rows).split())
