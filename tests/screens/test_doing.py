"""What every room does with what a person began: nothing of one thing reaches another, and hidden stays hidden."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Static

from rchrp_goals.screens.participant import doing, room
from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.screens.participant.ask_lines import LineBox
from rchrp_goals.screens.participant.doing import AGAIN_AFTER
from rchrp_goals.screens.participant.finding import FindModal
from rchrp_goals.screens.participant.form_modal import FormModal
from rchrp_goals.screens.participant.home import HomeScreen
from rchrp_goals.screens.participant.room import RoomScreen
from rchrp_goals.screens.participant.room_lines import RoomLines
from rchrp_goals.services import capture, finding
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.learning_log import log_activity
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.room import Place, RoomView
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.store.plan_store import What
from tests.screens.driver import Driver, driven, press, settle
from tests.services.desk import desk_in, sit


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A plan with two steps in its inbox."""
    found = desk_in(tmp_path)
    sit(found, passing=True).finish_plan()
    for text in ("Call Rosa", "Write to the service"):
        capture.add_step(found.store, text, None, None, found.clock.now())
    return found


def steps(driver: Driver) -> list[tuple[str, str]]:
    return [(one["text"], one["state"]) for one in driver.records("steps") if "text" in one]


async def at_step(driver: Driver, number: int) -> None:
    """Stand on a step of the inbox, in the room of goals."""
    lines = next(lines for lines in driver.app.screen.query(RoomLines) if f"step:{_id(driver, number)}" in lines.keys)
    lines.focus()
    lines.cursor = f"step:{_id(driver, number)}"
    await settle(driver)


def _id(driver: Driver, number: int) -> str:
    return str(driver.records("steps")[number]["id"])


async def test_what_was_typed_about_one_thing_does_not_stand_in_the_form_of_another(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await press(driver, "g", "g")
        await at_step(driver, 0)
        await press(driver, "c")
        await driver.type(" today")
        await press(driver, "escape")
        await at_step(driver, 1)
        await press(driver, "c")
        form = driver.app.screen
        assert isinstance(form, FormModal) and not form.has_unkept
        await press(driver, "enter", "enter", "enter")
        await at_step(driver, 0)
        await press(driver, "c", "enter", "enter", "enter")
        assert [text for text, _ in steps(driver)] == ["Call Rosa today", "Write to the service"]


async def test_a_form_is_told_anew_in_the_other_language_and_what_is_typed_stays(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        await press(driver, "g", "l", "h")
        form = driver.app.screen
        assert isinstance(form, FormModal)
        labels = [ask.label for ask in form.asks]
        await driver.type("An evening on naloxone")
        await press(driver, "tab")
        await driver.type("15")
        await press(driver, "left", "f3")
        for label, ask in zip(labels, form.asks, strict=True):
            assert label != ask.label and label not in driver.words and ask.label in driver.words
        assert driver.ui("learning_room.action.log") in driver.words and "Log hours" not in driver.words
        await driver.type(".")
        assert (form.typed["title"], form.typed["hours"]) == ("An evening on naloxone", "1.5")
        await press(driver, "f3")
        assert [ask.label for ask in form.asks] == labels
        assert [box.value for box in form.query(LineBox)][:2] == ["An evening on naloxone", "1.5"]


async def test_a_question_before_something_goes_is_told_anew_too(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        with desk.store.change(What("test"), desk.clock.now()) as change:
            goal = change.put("goals", {"title": "Know the drop-in", "state": "active"})
        await driver.app.show_place(Place("goals.one", goal["id"]))
        await settle(driver)
        room = driver.app.screen
        assert isinstance(room, RoomScreen)
        rows = (row for section in room.view.sections for row in section.rows)
        room.put_cursor(next(row.key for row in rows if any(one.id == "goal.remove" for one in row.actions)))
        await press(driver, "enter")
        await driver.click_text(driver.ui("goal_rooms.action.remove_goal"))
        await settle(driver)
        for language in ("en", "es"):
            said = str(driver.app.screen.query_one(".paragraph", Static).render())
            assert driver.app.desk.words.language == language and said == driver.ui("goal_rooms.goal.remove_sure")
            await press(driver, "f3")


async def test_a_key_held_down_does_one_thing(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(doing, "monotonic", lambda: now[0])
    async with driven(tmp_path, size=(120, 40)) as driver:
        await press(driver, "g", "g")
        await at_step(driver, 0)

        def slowly(desk: Desk, place: Place) -> RoomView:
            now[0] += AGAIN_AFTER
            return read_room(desk, place)

        monkeypatch.setattr(room, "read_room", slowly)
        await press(driver, "d", "d", "d")
        assert [state for _, state in steps(driver)] == ["done", "planned"]
        now[0] += AGAIN_AFTER
        await press(driver, "d")
        assert [state for _, state in steps(driver)] == ["done", "done"]


async def test_a_page_that_goes_with_what_is_taken_back_says_so_where_one_is_then(tmp_path: Path, desk: Desk) -> None:
    logged = log_activity(desk.store, "An evening on naloxone", desk.clock.today(), desk.clock.now())
    async with driven(tmp_path) as driver:
        await driver.app.show_place(Place("learning.one", logged.id))
        await settle(driver)
        assert isinstance(driver.app.screen, RoomScreen)
        await press(driver, "u")
        await settle(driver)
        assert isinstance(driver.app.screen, HomeScreen)
        assert "Taken back: " in driver.words and "An evening on naloxone" in driver.words


async def test_a_page_of_a_thing_that_is_gone_is_not_left_without_a_word(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await driver.app.show_place(Place("learning.one", "gone-long-ago"))
        await settle(driver)
        await settle(driver)
        assert isinstance(driver.app.screen, HomeScreen) and driver.ui("errors.not_there") in driver.words


async def test_a_yes_takes_back_only_what_it_was_asked_about(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path, size=(120, 40)) as driver:
        driver.app.opened_at = driver.app.desk.clock.now().replace(year=2027)
        await press(driver, "u")
        assert "Write to the service" in driver.words
        capture.add_step(desk.store, "From a shell", None, None, desk.clock.now())
        await press(driver, "enter")
        assert "From a shell" in driver.words and len(steps(driver)) == 3
        await press(driver, "enter")
        assert [text for text, _ in steps(driver)] == ["Call Rosa", "Write to the service"]


# While it is hidden


class _Held:
    """A call that waits until it may go on."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call, self.has_begun, self.may_go_on = call, threading.Event(), threading.Event()

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.has_begun.set()
        assert self.may_go_on.wait(10)
        return self._call(*given, **named)


async def hide(driver: Driver, *, while_held: _Held) -> None:
    """Hide everything while something is being done: a pilot's own key would wait until that is over."""
    assert await asyncio.to_thread(while_held.has_begun.wait, 10)
    await driver.app.action_toggle_hidden()
    while_held.may_go_on.set()
    await settle(driver)


async def test_a_question_that_is_saved_while_hidden_shows_nothing(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _Held(OneQuestion.finish_part)
    monkeypatch.setattr(OneQuestion, "finish_part", lambda self: held(self))
    async with driven(tmp_path) as driver:
        await press(driver, "c")
        assert isinstance(driver.app.screen, AskScreen)
        await driver.type(" today")
        for _ in range(3):
            driver.app.post_message(events.Key("enter", None))
        await hide(driver, while_held=held)
        assert driver.words == "$"
        await press(driver, "f9")
        assert isinstance(driver.app.screen, HomeScreen) and driver.ui("home.said_changed") in driver.words


async def test_a_page_that_was_asked_for_waits_until_all_is_shown(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _Held(finding.things)
    monkeypatch.setattr(finding, "things", held)
    async with driven(tmp_path) as driver:
        driver.app.post_message(events.Key("slash", "/"))
        await hide(driver, while_held=held)
        assert driver.words == "$"
        await press(driver, "f9")
        assert isinstance(driver.app.screen, FindModal)


async def test_a_page_that_is_gone_closes_once_all_is_shown(tmp_path: Path, desk: Desk) -> None:
    async with driven(tmp_path) as driver:
        await driver.press("f9")
        await driver.app.show_place(Place("learning.one", "gone-long-ago"))
        await settle(driver)
        assert driver.words == "$"
        await press(driver, "f9")
        await settle(driver)
        assert isinstance(driver.app.screen, HomeScreen)
