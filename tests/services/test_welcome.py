"""Coming back: when somebody was away, what is offered then, and what the small thing keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.services import demo
from rchrp_goals.services.away import is_away
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.letters import read_letter, write_letter
from rchrp_goals.services.opening import open_desk
from rchrp_goals.services.room import read_answers
from rchrp_goals.services.welcome import small_thing, unread, welcome
from rchrp_goals.store.locks import WindowLock
from tests.services.desk import StillClock, desk_in, sat_desk

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)


def changed(*days_ago: float) -> dict[str, Any]:
    """Return tables with a record that was changed so many days ago, one each."""
    moments = [(NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ") for days in days_ago]
    return {"goals": {str(at): {"id": str(at), "updated_at": moment} for at, moment in enumerate(moments)}}


@pytest.mark.parametrize(
    ("days_ago", "opened", "is_so"),
    [
        ((30,), None, True),
        ((29.9,), None, False),
        ((90, 2), None, False),
        ((90,), 29, False),
        ((90,), 31, True),
        ((20,), 90, False),
        ((-3,), None, False),  # the clock was set back
        ((90,), -3, False),
        ((), 90, False),
    ],
)
def test_away_is_the_later_of_the_last_change_and_the_last_opening(
    days_ago: tuple[float, ...], opened: float | None, is_so: bool
) -> None:
    last = None if opened is None else (NOW - timedelta(days=opened)).timestamp()
    assert is_away(changed(*days_ago), last, NOW) is is_so


def test_instants_that_cannot_be_read_count_for_nothing() -> None:
    strange: Any = {"goals": {"a": {"id": "a", "updated_at": 7}, "b": {"id": "b", "updated_at": "long ago"}}}
    assert not is_away(strange, None, NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_day_no_number_and_no_old_step_is_said(language: str) -> None:
    words = Words(language)
    tables = demo.away(words, StillClock())
    said = welcome(tables, words)
    assert "Ana" in said.title and [door.key for door in said.doors] == ["1", "2", "3", "4", "r"]
    text = " ".join([said.title, said.about, *(f"{door.words} {door.note}" for door in said.doors)])
    assert not any(sign.isdigit() for sign in text)
    assert not any(step["text"] in text for step in tables["steps"].values())


def test_the_newest_line_that_was_not_read_waits(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    now = desk.clock.now()
    for hours, line in enumerate(("First", "Second")):
        write_letter(desk.store, line, now + timedelta(hours=hours))
    for line in ("Second", "First"):
        found = unread(desk.store.read().tables)
        assert found is not None and found["text"] == line
        read_letter(desk.store, found["id"], now)
    assert unread(desk.store.read().tables) is None
    assert [door.key for door in welcome(desk.store.read().tables, desk.words).doors] == ["1", "2", "3", "4"]


def answers(desk: Desk, **raw: Any) -> Any:
    action = small_thing(desk.store.read().tables, desk.words)
    assert action.change is not None
    return action.change(desk, read_answers(action.asks, raw, desk.clock.today()))


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ({"goal": "none"}, {"due": "2026-11-12"}),
        ({"day": "2026-11-05", "goal": "none"}, {"due": "2026-11-05"}),
        ({"day": "2026-11-12", "goal": "none"}, {"due": "2026-11-12"}),
    ],
)
def test_a_small_thing_has_a_day_within_the_week(tmp_path: Path, raw: dict[str, Any], kept: dict[str, Any]) -> None:
    desk = sat_desk(tmp_path)
    answers(desk, what="Call Rosa", **raw)
    step = desk.store.read().records("steps")[-1]
    assert step["text"] == "Call Rosa" and "goal" not in step and kept.items() <= step.items()


def test_a_small_thing_may_belong_to_a_goal(tmp_path: Path) -> None:
    desk = sat_desk(tmp_path)
    goal = desk.store.read().records("goals")[0]["id"]
    said = answers(desk, what="Call\u202e Rosa", goal=goal)
    assert desk.store.read().records("steps")[-1]["goal"] == goal
    assert desk.words.ui("text.left_out") in said.sentence


@pytest.mark.parametrize(("day", "key"), [("2026-11-04", "day_is_over"), ("2026-11-13", "day_not_within")])
def test_a_small_thing_of_another_week_is_asked_again(tmp_path: Path, day: str, key: str) -> None:
    with pytest.raises(AnswerRefused, match=key):
        answers(desk_in(tmp_path), what="Call Rosa", day=day)


# What is opened


def aged(folder: Path) -> Desk:
    """Return a desk over a plan that nobody touched for forty days."""
    desk = desk_in(folder)
    demo.write(desk.store, demo.away(desk.words, desk.clock), desk.clock)
    return desk


def test_who_comes_back_is_welcomed_once(tmp_path: Path) -> None:
    desk = aged(tmp_path)
    lock = WindowLock(desk.places)
    assert open_desk(desk, None, lock).is_back
    lock.release()
    assert not open_desk(desk, None, WindowLock(desk.places)).is_back, "the window that was opened counts"


@pytest.mark.parametrize("begins", ["", "goals"])
def test_who_asks_for_a_conversation_gets_it(tmp_path: Path, begins: str) -> None:
    opening = open_desk(aged(tmp_path), begins, WindowLock(desk_in(tmp_path).places))
    assert opening.kind == "ask" and not opening.is_back


def shut(*_: object) -> bool:
    raise ProblemError("plan_read_only", path="x")


def test_a_folder_that_may_only_be_read_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = aged(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    monkeypatch.setattr(WindowLock, "acquire", shut)
    opening = open_desk(desk, None, WindowLock(desk.places))
    assert opening.kind == "home" and opening.is_back
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_folder_that_may_only_be_read_and_holds_no_plan_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    monkeypatch.setattr(WindowLock, "acquire", shut)
    with pytest.raises(ProblemError, match="plan_read_only"):
        open_desk(desk, None, WindowLock(desk.places))
