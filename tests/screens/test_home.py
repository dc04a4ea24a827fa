"""Home: the one thing done, put off, hidden and changed where it stands; by keyboard and by mouse, at three sizes."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events

from rchrp_goals.content import LANGUAGES
from rchrp_goals.screens.participant import doing, home
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.doing import AGAIN_AFTER
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.home_lines import HomeLines, TopLine
from rchrp_goals.screens.participant.plan_page import PlanPageScreen
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.screens.participant.small_modal import LineModal
from rchrp_goals.services import capture
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.home import HomeView, read_home
from rchrp_goals.services.later import ORDER
from rchrp_goals.services.later_ways import WAYS, waiting_ways
from rchrp_goals.services.room import Place
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.plan_store import What
from rchrp_goals.store.settings import read_settings
from tests.rest import idle
from tests.screens.driver import SIZES, Driver, driven, plate_of, press, settle
from tests.services.desk import StillClock, desk_in, sat_desk, say, sit
from widgets.plate import Plate

AT_EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
WIDE = (120, 40)
HOSTILE = ["[/]", "[red]x", "[@click=app.quit]x[/]", "\x1b]52;c;eA==\x07osc", "a\u202eb", "{} %s $x"]


@pytest.fixture
def sat(tmp_path: Path) -> Desk:
    """A desk after a whole sitting."""
    return sat_desk(tmp_path)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let time stand still on Home: a key is as soon as a test says, on a slow machine too."""
    passed = [0.0]
    monkeypatch.setattr("rchrp_goals.screens.participant.home.monotonic", lambda: passed[0])
    return passed


def home_of(driver: Driver) -> HomeScreen:
    assert isinstance(driver.app.screen, HomeScreen), driver.text
    return driver.app.screen


def modal(driver: Driver) -> str:
    """Return the words in the small page that stands over the others."""
    box = driver.app.screen.query_one("#box").region
    return " ".join(" ".join(row[box.x : box.right] for row in driver.rows[box.y : box.bottom]).split())


def steps(driver: Driver) -> list[dict[str, Any]]:
    return [one for one in driver.records("steps") if not one.get("removed_at")]


# What stands there


@AT_EVERY_SIZE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_one_thing_stands_with_its_ways(
    tmp_path: Path, sat: Desk, size: tuple[int, int], language: str
) -> None:
    async with driven(tmp_path, language=language, size=size) as driver:
        assert "Write to the service" in driver.words
        for name in ("done", "later", "not_now", "change"):
            assert driver.ui(f"home.{name}") in driver.words
        is_tiny = size == (40, 12)
        assert (driver.ui("home.goals") in driver.words) != is_tiny, "where it is tiny only what is next stands there"
        assert driver.ui("app.leave_now") in driver.words
        assert plate_of(driver, "card('done')").has_focus


async def test_the_wide_screen_has_two_columns(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=WIDE) as driver:
        assert next(row for row in driver.rows if "Next" in row).endswith("Soon"), "both columns begin in one row"
        assert driver.ui("home.question") in driver.words


@pytest.mark.parametrize("is_ascii", [False, True])
async def test_hours_stand_under_what_is_soon_with_a_bar(tmp_path: Path, sat: Desk, is_ascii: bool) -> None:
    if is_ascii:
        (tmp_path / "settings.toml").write_text('glyphs = "ascii"\n', encoding="utf-8")
    focus = sat.store.read().records("focus")[0]["id"]
    with sat.store.change(What("test"), sat.clock.now()) as change:
        for number, hours in enumerate((6, 2)):
            more = {"focus": focus} if number else {}
            change.put("learning", {"title": "An evening", "state": "done", "hours": hours, **more})
    async with driven(tmp_path, size=WIDE) as driver:
        await settle(driver)
        row = next(row for row in driver.rows if "6 of 8" in row)
        full, empty = ("#", ".") if is_ascii else ("█", "·")
        assert full * 5 in row
        assert empty * 5 in row
        assert driver.text.index("Soon") < driver.text.index("Hours")
    async with driven(tmp_path, size=(40, 12)) as driver:
        await settle(driver)
        assert "6 of 8" not in driver.words


async def test_everything_passed_is_calm(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), passing=True).finish_plan()
    async with driven(tmp_path) as driver:
        assert driver.ui("home.nothing_decided") in driver.words
        assert not home_of(driver).card.display
        await press(driver, "d", "l", "n", "c", "v", "1", "enter")
        home_of(driver)


async def test_an_empty_home_begins_the_last_day(tmp_path: Path) -> None:
    capture.add_step(desk_in(tmp_path).store, "Buy stamps", None, None, StillClock().now())
    async with driven(tmp_path) as driver:
        assert "Buy stamps" in driver.words
        await press(driver, "d")
        assert driver.ui("home.invitation") in driver.words
        await press(driver, "enter")
        assert isinstance(driver.app.screen, AskScreen)
        assert driver.ask.sitting.name == "last-day"  # type: ignore[union-attr]


async def test_hostile_text_is_text(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for number, text in enumerate(HOSTILE):
            goal = change.put("goals", {"title": f"{text} goal", "state": "active"})
            step = {"text": f"{text} step", "state": "planned", "order": 1, "due": f"2026-11-{10 + number}"}
            change.put("steps", {**step, "goal": goal["id"]})
            change.put("steps", {"text": f"{text} item", "state": "planned", "order": 1})
        change.put("learning", {"title": "".join(HOSTILE), "state": "planned", "planned_for": "2026-11-07"})
        change.put("person", {"name": "".join(HOSTILE)})
    async with driven(tmp_path, size=(120, 60)) as driver:
        for text in ("[/]", "[red]x", "[@click=app.quit]x[/]", "osc", "ab", "{} %s $x"):
            assert f"    {text} step" in driver.text and f"    {text} item" in driver.text
        assert "\x1b" not in driver.text and "\u202e" not in driver.text
        await press(driver, "l")
        assert "[/] step" in modal(driver)
        await press(driver, "escape", *["tab"] * 5, "enter")
        assert "[/] item" in modal(driver)
        await press(driver, "escape")
        await driver.click_text("[@click=app.quit]x[/] goal")
        await settle(driver)
        assert isinstance(driver.app.screen, RoomScreen) and driver.app.is_running


# The one thing


@AT_EVERY_SIZE
async def test_done_by_key_and_taken_back(tmp_path: Path, sat: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await press(driver, "d")
        assert steps(driver)[0]["state"] == "done" and steps(driver)[0]["done_on"] == "2026-11-05"
        undo = "rooms.foot.undo" if size == (40, 12) else "home.undo"
        assert driver.ui("home.said_done") in driver.words and driver.ui(undo) in driver.words
        await press(driver, "u")
        assert steps(driver)[0]["state"] == "planned"
        assert driver.ui("home.undo") not in driver.words


@AT_EVERY_SIZE
async def test_done_by_mouse_and_taken_back(tmp_path: Path, sat: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await driver.click(plate_of(driver, "card('done')"))
        await settle(driver)
        assert steps(driver)[0]["state"] == "done"
        await driver.click(plate_of(driver, "undo"))
        await settle(driver)
        assert steps(driver)[0]["state"] == "planned"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_room_is_one_click_away_also_after_a_change(tmp_path: Path, sat: Desk, language: str) -> None:
    async with driven(tmp_path, size=(40, 12), language=language) as driver:
        await press(driver, "n")
        assert driver.ui("rooms.foot.undo") in driver.rows[-1]
        await driver.click_text(driver.ui("rooms.foot.go_to"))
        await settle(driver)
        assert "   g   " in driver.text


async def test_a_second_enter_marks_nothing_else(tmp_path: Path, sat: Desk, seconds: list[float]) -> None:
    capture.add_step(sat.store, "Something else", None, None, sat.clock.now())
    async with driven(tmp_path) as driver:
        await press(driver, "tab", "shift+tab", "enter", "enter", "enter")
        assert [one["state"] for one in steps(driver)] == ["done", "planned"]
        assert plate_of(driver, "card('done')").has_focus


async def test_an_enter_that_was_meant_for_what_stood_there_before_marks_nothing(
    tmp_path: Path, sat: Desk, seconds: list[float]
) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "enter", "enter", "space")
        assert steps(driver)[0]["state"] == "planned"
        await press(driver, "p", "escape", "enter")
        assert steps(driver)[0]["state"] == "planned"
        seconds[0] += AGAIN_AFTER
        await press(driver, "enter")
        assert steps(driver)[0]["state"] == "done"


async def test_an_enter_that_was_meant_for_what_another_window_just_did_marks_nothing(
    tmp_path: Path, sat: Desk, seconds: list[float]
) -> None:
    capture.add_step(sat.store, "Something else", None, None, sat.clock.now())
    first = sat.store.read().records("steps")[0]["id"]
    async with driven(tmp_path) as driver:
        seconds[0] += AGAIN_AFTER
        capture.mark_done(sat.store, "step", first, sat.clock.today(), sat.clock.now())
        await home_of(driver).look()
        await settle(driver)
        assert plate_of(driver, "card('done')").has_focus and "Something else" in driver.words
        await press(driver, "enter")
        assert [one["state"] for one in steps(driver)] == ["done", "planned"]
        seconds[0] += AGAIN_AFTER
        await press(driver, "enter")
        assert [one["state"] for one in steps(driver)] == ["done", "done"]


@AT_EVERY_SIZE
@pytest.mark.parametrize("kind", ["passed", "inbox"])
async def test_the_first_thing_that_can_be_done_has_the_focus(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    desk = desk_in(tmp_path)
    if kind == "passed":
        sit(desk, passing=True).finish_plan()
    else:
        capture.add_step(desk.store, "Buy stamps", None, None, desk.clock.now())
    async with driven(tmp_path, size=size) as driver:
        await settle(driver)
        screen, focused = home_of(driver), driver.app.focused
        assert focused is not None and focused is screen.focus_chain[0]
        assert screen.region.contains_region(focused.region), driver.text


async def test_the_same_key_twice_in_a_hurry_marks_one_thing(
    tmp_path: Path, sat: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(doing, "monotonic", lambda: now[0])
    capture.add_step(sat.store, "Something else", None, None, sat.clock.now())
    async with driven(tmp_path) as driver:
        await press(driver, "d", "d", "d")
        assert [one["state"] for one in steps(driver)] == ["done", "planned"]
        now[0] += AGAIN_AFTER
        await press(driver, "d")
        assert [one["state"] for one in steps(driver)] == ["done", "done"]


async def test_a_key_pressed_while_a_slow_computer_still_reads_the_plan_marks_nothing_else(
    tmp_path: Path, sat: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture.add_step(sat.store, "Something else", None, None, sat.clock.now())
    reads, may_go_on = threading.Event(), threading.Event()

    def slowly(desk: Desk, **more: bool) -> HomeView:
        reads.set()
        assert may_go_on.wait(10)
        return read_home(desk, **more)

    async with driven(tmp_path) as driver:
        monkeypatch.setattr(home, "read_home", slowly)
        driver.app.post_message(events.Key("d", "d"))
        assert await asyncio.to_thread(reads.wait, 10)
        driver.app.post_message(events.Key("d", "d"))
        await idle()
        may_go_on.set()
        await settle(driver)
        assert [one["state"] for one in steps(driver)] == ["done", "planned"]
        assert driver.ui("home.said_done") in driver.words


async def test_a_line_that_was_left_stands_there_again(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "a")
        await driver.type("Buy stamps")
        await press(driver, "escape", "a", "enter")
        assert steps(driver)[-1]["text"] == "Buy stamps"
        await press(driver, "a", "enter")
        assert driver.ui("errors.text_empty") in modal(driver), "once it is kept the line is empty"


async def test_a_day_too_long_for_its_row_has_one_of_its_own(tmp_path: Path, sat: Desk) -> None:
    goal = sat.store.read().records("goals")[0]
    with sat.store.change(What("test"), sat.clock.now()) as change:
        change.put("goals", {**goal, "title": "Shadow three shifts at the syringe service on the north side"})
    async with driven(tmp_path) as driver:
        assert "    Mon 9 Nov" in driver.rows


async def test_a_small_screen_grows_and_shows_the_rest(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(40, 12)) as driver:
        await driver.pilot.resize_terminal(120, 40)
        await settle(driver)
        for key in ("home.goals", "home.soon", "home.question", "home.my_plan"):
            assert driver.ui(key) in driver.words
        await driver.pilot.resize_terminal(40, 12)
        await settle(driver)
        assert driver.ui("home.goals") not in driver.words and not driver.app.screen.query("#question")
        before = driver.records("asked")
        await press(driver, "x")
        assert driver.records("asked") == before, "what is not seen is not put off"


async def test_what_can_be_done_is_found_by_its_words(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "slash")
        await driver.type("remember")
        await press(driver, "enter")
        assert driver.ui("home.add_title") in modal(driver)


async def test_the_newest_change_is_taken_back_first_and_named(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "d")
        capture.add_step(sat.store, "From the shell", None, None, sat.clock.now())
        await press(driver, "u")
        assert "Taken back: step “From the shell” added." in driver.words
        assert [one["state"] for one in steps(driver)] == ["done"]
        await press(driver, "u")
        assert [one["state"] for one in steps(driver)] == ["planned"]


@AT_EVERY_SIZE
async def test_later_takes_a_day_as_it_is_typed(tmp_path: Path, sat: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await press(driver, "l")
        assert driver.ui("home.later_title") in driver.words
        await driver.type("+2 weeks")
        await press(driver, "enter")
        assert steps(driver)[0]["due"] == "2026-11-19"
        assert driver.ui("home.said_later", day="Thursday 19 November 2026") in driver.words


async def test_later_by_mouse_alone(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await driver.click(plate_of(driver, "card('later')"))
        await driver.click_text(driver.ui("ask.in_three_days"))
        await driver.click_text(driver.ui("home.keep"))
        await settle(driver)
        assert steps(driver)[0]["due"] == "2026-11-08"


@pytest.mark.parametrize(
    ("typed", "key"), [("", "later_no_day"), ("today", "later_not_ahead"), ("xyz", "later_no_day")]
)
async def test_later_wants_a_day_ahead(tmp_path: Path, sat: Desk, typed: str, key: str) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "l")
        await driver.type(typed)
        await press(driver, "enter")
        assert driver.ui(f"home.{key}") in driver.words
        await press(driver, "escape")
        home_of(driver)
        assert steps(driver)[0]["due"] == "2026-11-09"


async def test_another_language_keeps_what_is_typed(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "l")
        await driver.type("friday")
        await press(driver, "f3")
        assert "¿Qué día sería mejor?" in driver.words and "viernes 6 de noviembre de 2026" in driver.words
        await press(driver, "enter")
        assert steps(driver)[0]["due"] == "2026-11-06"
        assert driver.ui("home.said_later", day="viernes 6 de noviembre de 2026") in driver.words


async def test_not_now_hides_for_today(tmp_path: Path, sat: Desk) -> None:
    capture.add_step(sat.store, "Something else", None, None, sat.clock.now())
    async with driven(tmp_path) as driver:
        await press(driver, "n")
        assert home_of(driver).view.card.text == "Something else"
        assert steps(driver)[0]["state"] == "planned"


@AT_EVERY_SIZE
async def test_change_opens_the_steps_own_question(
    tmp_path: Path, sat: Desk, size: tuple[int, int], seconds: list[float]
) -> None:
    async with driven(tmp_path, size=size) as driver:
        await press(driver, "c")
        assert driver.at == "first_step" and driver.ask.values["step"] == "Write to the service"
        await driver.type(" today")
        await press(driver, "enter", "enter", "enter", "enter")
        assert home_of(driver).view.card.text == "Write to the service today"
        assert len(steps(driver)) == 1


async def test_how_the_step_went_is_answered_in_words(tmp_path: Path, sat: Desk) -> None:
    step = sat.store.read().records("steps")[0]["id"]
    capture.mark_done(sat.store, "step", step, sat.clock.today(), sat.clock.now())
    with sat.store.change(What("test"), sat.clock.now()) as change:
        for one in change.all("reminders"):
            is_asking = one["words"] == "first_step"
            change.put("reminders", {**one, "on": is_asking, "next_at": "2026-11-05T09:00:00.000000Z"})
    async with driven(tmp_path) as driver:
        assert home_of(driver).view.card.actions[:2] == ("done", "went")
        await press(driver, "tab", "w", "escape")
        assert plate_of(driver, "card('went')").has_focus
        await press(driver, "w")
        await driver.type("Rosa wrote back.")
        await press(driver, "enter")
        assert driver.ui("goal_rooms.said.went") in driver.words
        assert driver.records("steps")[0]["went"] == "Rosa wrote back."
        assert home_of(driver).view.card.kind != "reminder"
        assert driver.app.focused is home_of(driver).focus_chain[0]


async def test_a_date_ahead_that_has_asked_three_times_is_kept_changed_or_stopped(tmp_path: Path, sat: Desk) -> None:
    capture.mark_done(sat.store, "step", sat.store.read().records("steps")[0]["id"], sat.clock.today(), sat.clock.now())
    for one in sat.store.read().records("learning"):
        capture.mark_done(sat.store, "learning", one["id"], sat.clock.today(), sat.clock.now())
    async with driven(tmp_path) as driver:
        clock = driver.app.desk.clock
        assert isinstance(clock, StillClock)
        clock.at += timedelta(days=31)
        await home_of(driver).look()
        card = home_of(driver).view.card
        assert (card.kind, card.actions) == ("reminder", ("useful", "went", "change", "open", "stop"))
        assert "still useful?" in driver.words
        await press(driver, "c")
        assert isinstance(driver.app.screen, RoomScreen)
        assert driver.app.screen.place == Place("reminders.one", card.id)
        await press(driver, "escape", "e")
        assert driver.app.screen.place.room == "goals.one"  # it asks how the goal's step went
        await press(driver, "escape", "k")
        kept = next(one for one in driver.records("reminders") if one["id"] == card.id)
        assert (kept["next_at"], kept["on"]) == ("2026-12-13T09:00:00.000000Z", True)
        following = home_of(driver).view.card
        assert following.actions == ("done", "later", "not_now", "open", "stop") and following.id != card.id
        await press(driver, "t")
        stopped = next(one for one in driver.records("reminders") if one["id"] == following.id)
        assert stopped["on"] is False and driver.ui("reminders_room.said.stopped_home") in driver.words


async def test_a_paused_conversation_goes_on_by_enter_or_steps_aside(tmp_path: Path, sat: Desk) -> None:
    sitting = Sitting(sat, "goals")
    say(sitting)
    sitting.keep()
    async with driven(tmp_path) as driver:
        assert driver.ui("home.paused") in driver.words
        await press(driver, "n")
        assert "Write to the service" in driver.words
        await press(driver, "s")
        assert driver.ui("home.paused") in driver.words
        await press(driver, "1")
        assert driver.at == "why"
    async with driven(tmp_path) as driver:
        await press(driver, "enter")
        assert driver.at == "why"


# The rest


@AT_EVERY_SIZE
async def test_a_line_goes_into_the_inbox(tmp_path: Path, sat: Desk, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await press(driver, "a")
        await press(driver, "enter")
        assert driver.ui("errors.text_empty") in modal(driver)
        await driver.type("Buy stamps")
        await press(driver, "enter")
        assert [one["text"] for one in steps(driver) if "goal" not in one] == ["Buy stamps"]
        assert driver.ui("home.said_added") in driver.words
        assert [item.text for item in home_of(driver).view.inbox] == ["Buy stamps"]


async def test_tab_and_enter_after_a_line_keep_it(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(80, 24)) as driver:
        await press(driver, "a")
        await driver.type("Buy stamps")
        await press(driver, "tab", "enter")
        assert [one["text"] for one in steps(driver) if "goal" not in one] == ["Buy stamps"]


async def test_codes_in_a_line_are_left_out_and_that_is_said(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=(40, 12)) as driver:
        await press(driver, "a")
        driver.app.screen.query_one("LineField").value = "Buy \u202estamps"  # type: ignore[attr-defined]
        await press(driver, "enter")
        said = f"{driver.ui('home.said_added')} {driver.ui('text.left_out')}"
        assert said.split() == home_of(driver).query_one(TopLine).render().plain.split()
        assert steps(driver)[-1]["text"] == "Buy stamps"


async def test_a_line_that_cannot_be_saved_comes_back(
    tmp_path: Path, sat: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rchrp_goals.errors import ProblemError

    def full(*_: object) -> None:
        raise ProblemError("disk_full", path="x")

    async with driven(tmp_path) as driver:
        await press(driver, "a")
        await driver.type("Buy stamps")
        with monkeypatch.context() as patch:
            patch.setattr(capture, "add_step", full)
            await press(driver, "enter")
            assert driver.ui("errors.disk_full", path="x") in driver.words
            await press(driver, "enter")
            assert driver.ui("errors.disk_full", path="x") in driver.words
            await press(driver, "l")
        assert "Buy stamps" in driver.words
        await press(driver, "enter")
        assert steps(driver)[-1]["text"] == "Buy stamps"


@pytest.mark.parametrize(("pick", "state"), [("1", "done"), ("2", "planned"), ("3", "planned")])
async def test_an_item_of_the_inbox_is_done_put_off_or_changed(
    tmp_path: Path, sat: Desk, pick: str, state: str
) -> None:
    capture.add_step(sat.store, "Buy stamps", None, None, sat.clock.now())
    async with driven(tmp_path, size=WIDE) as driver:
        await driver.click_text("Buy stamps")
        assert driver.ui("home.item_title") in driver.words
        await press(driver, pick)
        if pick == "2":
            await driver.type("tomorrow")
            await press(driver, "enter")
        elif pick == "3":
            assert driver.at == "inbox_step"
            await driver.type(" at the post office")
            await press(driver, "enter")
            await driver.type("tomorrow")
            await press(driver, "enter")
        item = next(one for one in steps(driver) if "goal" not in one)
        assert item["state"] == state
        assert item.get("due") == (None if pick == "1" else "2026-11-06")
        assert item["text"] == ("Buy stamps at the post office" if pick == "3" else "Buy stamps")


async def test_a_goal_opens_its_page_and_escape_comes_back(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=WIDE) as driver:
        await press(driver, "tab", "tab", "tab", "tab")
        goals = driver.app.focused
        assert isinstance(goals, HomeLines) and goals.id == "goals"
        await press(driver, "enter")
        page = driver.app.screen
        assert isinstance(page, RoomScreen)
        assert page.place == Place("goals.one", goals.cursor.removeprefix("goal:"))
        await press(driver, "escape")
        home_of(driver)


async def test_a_question_waits_is_opened_and_another_day_puts_it_away(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=WIDE) as driver:
        assert "Who could you call on a hard day?" in driver.words
        await press(driver, "o")
        await driver.type("My sister Lena")
        await press(driver, "enter")
        assert driver.records("person")[0]["someone_to_call"] == "My sister Lena"
        question = home_of(driver).view.question
        assert question is not None and question.text in driver.words
        await press(driver, "x")
        assert home_of(driver).view.question is None and question.text not in driver.words
        asked = [one for one in driver.records("asked") if one["question"] == question.name]
        assert [(one["outcome"], one["until"]) for one in asked] == [("later", "2026-11-08")]
        await press(driver, "u")
        assert question.text in driver.words


async def test_two_looks_at_once_show_one_question(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=WIDE) as driver:
        home = home_of(driver)
        with_question = home.view
        assert with_question.question is not None
        views = [
            with_question._replace(question=with_question.question._replace(text=text))
            for text in ("A question?", "Another question?")
        ]
        await asyncio.gather(*(home.show(view) for view in views))
        assert len(home.query("#question")) == 1
        await settle(driver)
        assert "Another question?" in driver.words


def only(desk: Desk, name: str) -> None:
    """Let one question that leads somewhere wait, and pass every other."""
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for module, id in ORDER:
            change.put("asked", {"question": f"{module}.{id}", "outcome": "passed"})
        for way in set(WAYS) - {name}:
            for question in waiting_ways(way, desk.store.read().tables, desk.words, desk.clock.today()):
                change.put("asked", {"question": question.name, "outcome": "passed"})


async def test_an_if_then_is_said_from_home(tmp_path: Path, sat: Desk) -> None:
    only(sat, "if_then_said")
    async with driven(tmp_path, size=WIDE) as driver:
        await settle(driver)
        assert "I text Rosa before three" in driver.words
        await driver.click_text(driver.ui("home_later.if_then_said.open"))
        await settle(driver)
        assert driver.records("if_thens")[0]["said_on"] == "2026-11-05"
        assert driver.ui("home_later.if_then_said.text") not in driver.words


async def test_a_question_leads_to_its_room(tmp_path: Path, sat: Desk) -> None:
    only(sat, "look_back")
    async with driven(tmp_path, size=WIDE) as driver:
        await settle(driver)
        assert driver.ui("home_later.look_back.text") in driver.words
        await press(driver, "o")
        await settle(driver)
        assert isinstance(driver.app.screen, RoomScreen) and driver.app.screen.place.room == "values"
        await driver.app.show_home()
        await settle(driver)
        assert driver.ui("home_later.look_back.text") not in driver.words


async def test_a_question_by_mouse(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await driver.click(plate_of(driver, "open_question"))
        await settle(driver)
        assert driver.at == "someone"
        await driver.click_text(driver.ui("ask.close"))
        await driver.click(plate_of(driver, "another_day"))
        await settle(driver)
        assert home_of(driver).view.question is None


@pytest.mark.parametrize(("number", "name"), [("1", "goals"), ("2", "values"), ("3", "learning")])
async def test_a_further_part_begins(tmp_path: Path, sat: Desk, number: str, name: str) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "s", number)
        assert driver.ask.sitting.name == name  # type: ignore[union-attr]


async def test_home_speaks_the_other_language_and_keeps_that(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=WIDE) as driver:
        await press(driver, "f3")
        for key in ("home.next", "home.goals", "home.done", "home.my_plan", "home.soon", "app.leave_now"):
            assert driver.ui(key) in driver.words
        assert driver.app.desk.words.language == "es" and "Your goals" not in driver.words
        assert read_settings(driver.app.desk.places).language == "es"


async def test_another_window_adds_and_home_shows_it(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=WIDE) as driver:
        await press(driver, "tab")
        capture.add_step(sat.store, "From the shell", None, None, sat.clock.now())
        await home_of(driver).look()
        await settle(driver)
        assert "From the shell" in driver.words
        focused = driver.app.focused
        assert isinstance(focused, Plate) and focused.key == "card('later')"


async def test_home_looks_by_itself_every_two_seconds(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path, size=WIDE) as driver:
        capture.add_step(sat.store, "From the shell", None, None, sat.clock.now())
        await driver.until(lambda: "From the shell" in driver.words)


async def test_a_new_day_is_shown(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        clock = driver.app.desk.clock
        assert isinstance(clock, StillClock)
        clock.at += timedelta(days=4)
        await home_of(driver).look()
        assert home_of(driver).view.card.when == "today" and "Mon 9 Nov" in driver.words


async def test_a_plan_that_was_damaged_has_its_own_page(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        (tmp_path / "plan.json").write_text("{", encoding="utf-8")
        await home_of(driver).look()
        await settle(driver)
        assert driver.ui("trouble.title") in driver.words


async def test_a_plan_that_cannot_be_read_just_now_is_said_and_tried_again(
    tmp_path: Path, sat: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rchrp_goals.errors import ProblemError
    from rchrp_goals.screens.participant import home

    def shut(*_: object, **__: object) -> None:
        raise ProblemError("plan_unreadable", path="x")

    async with driven(tmp_path) as driver:
        with monkeypatch.context() as patch:
            patch.setattr(home, "read_home", shut)
            capture.add_step(sat.store, "From the shell", None, None, sat.clock.now())
            await home_of(driver).look()
            await settle(driver)
            assert driver.ui("errors.plan_unreadable", path="x") in driver.words
        await press(driver, "enter")
        assert [item.text for item in home_of(driver).view.inbox] == ["From the shell"]


async def test_hidden_at_once_and_back_as_it_was(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "f9")
        assert "Write" not in driver.text
        await press(driver, "d", "f9")
        assert "Write to the service" in driver.words
        assert steps(driver)[0]["state"] == "planned"


async def test_many_things_scroll_and_lead_to_the_plan(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for number in range(300):
            change.put("goals", {"title": f"Goal {number}", "state": "active"})
            change.put("steps", {"text": f"Thing {number}", "state": "planned", "order": number})
    async with driven(tmp_path, size=(40, 24)) as driver:
        assert "Thing 0" in driver.words
        await press(driver, "tab", "tab", "tab", "tab", "end")
        assert driver.ui("home.more") in driver.words
        await press(driver, "enter")
        assert isinstance(driver.app.screen, PlanPageScreen)


async def test_the_arrows_reach_everything(tmp_path: Path, sat: Desk) -> None:
    capture.add_step(sat.store, "Buy stamps", None, None, sat.clock.now())
    async with driven(tmp_path) as driver:
        seen: list[str | None] = []
        down: list[str | None] = []

        def stands_at() -> str | None:
            focused = driver.app.focused
            assert focused is not None
            return focused.key if isinstance(focused, Plate) else focused.id

        for _ in range(20):
            await driver.press("down")
            if down and stands_at() == down[0]:
                break
            down.append(stands_at())
            for _ in range(6):
                if stands_at() not in seen:
                    seen.append(stands_at())
                await driver.press("right")
            for _ in range(6):
                await driver.press("left")
            assert stands_at() == down[-1]
        assert down == ["goals", "inbox", "open_question", "plan", "card('done')"]
        assert seen == [
            "goals", "inbox", "open_question", "another_day", "plan", "add", "start",
            "card('done')", "card('later')", "card('not_now')", "card('change')",
        ]  # fmt: skip
        await driver.press("up", "up", "up")
        assert stands_at() == "open_question"
        await driver.press("up", "up", "up")
        assert stands_at() == "card('done')"


async def test_close_by_key_and_by_mouse(tmp_path: Path, sat: Desk) -> None:
    async with driven(tmp_path) as driver:
        await driver.click_text(driver.ui("home.leave"))
        assert driver.app.return_code == 0 and not driver.app.is_running
    async with driven(tmp_path) as driver:
        await driver.press("q")
        assert driver.app.return_code == 0 and not driver.app.is_running


async def test_keys_wait_while_a_slow_disk_saves(tmp_path: Path, sat: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add_step = capture.add_step
    may_go_on = threading.Event()

    def slowly(*args: Any) -> capture.Added:
        assert may_go_on.wait(10)
        return add_step(*args)

    monkeypatch.setattr(capture, "add_step", slowly)
    async with driven(tmp_path) as driver:
        await press(driver, "a")
        await driver.type("Buy stamps")
        for key in ("enter", "p"):
            driver.app.post_message(events.Key(key, None if key == "enter" else key))
        for _ in range(10):
            await driver.pilot.pause(0.02)
            assert isinstance(driver.app.screen, HomeScreen | LineModal)
        may_go_on.set()
        await driver.until(lambda: isinstance(driver.app.screen, PlanPageScreen))
        await settle(driver)
        assert steps(driver)[-1]["text"] == "Buy stamps"


async def test_what_has_the_focus_keeps_it_where_the_window_becomes_tiny_and_great_again(
    tmp_path: Path, sat: Desk
) -> None:
    async with driven(tmp_path) as driver:
        await press(driver, "tab")
        assert plate_of(driver, "card('later')").has_focus
        for size in ((40, 12), (80, 24)):
            await driver.pilot.resize_terminal(*size)
            await settle(driver)
            assert plate_of(driver, "card('later')").has_focus
