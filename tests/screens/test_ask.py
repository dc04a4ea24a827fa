"""The screen that asks: every kind of question by keyboard and by mouse, at three sizes, and what is kept of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events

from rchrp_goals.screens.participant.ask import AskScreen
from rchrp_goals.services.one_question import OneQuestion
from tests.screens.driver import SIZES, Driver, driven
from tests.services.desk import desk_in, sit
from widgets.choice_list import ChoiceList
from widgets.continuum import Continuum
from widgets.date_field import DateField
from widgets.line_field import LineField, LongField
from widgets.plate import Plate

AT_EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@asynccontextmanager
async def at_statements(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    async with driven(folder, "values", size=size) as driver:
        await driver.press("enter")
        assert driver.at == "statement:s01_other_goal"
        yield driver


# Kinds of question, at every size, by keyboard


@AT_EVERY_SIZE
async def test_a_continuum_by_keyboard(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_statements(tmp_path, size) as driver:
        assert driver.ui("ask.nothing_marked") in driver.words
        assert not driver.ask.query_one("#next").accent  # type: ignore[attr-defined]
        await driver.press("7")
        assert driver.ui("position.at", n=7, words=driver.ui("position.leaning_agree")) in driver.words
        assert driver.ask.query_one("#next").accent  # type: ignore[attr-defined]
        await driver.press("tab")
        await driver.type("I saw it work")
        assert "I saw it work" in driver.text
        await driver.press("enter")
        assert driver.at == "statement:s02_new_syringes"
        answer = driver.ask.sitting.draft.answers["statement:s01_other_goal"]["values"]
        assert answer == {"position": 7, "reason": "I saw it work"}


@AT_EVERY_SIZE
async def test_several_choices_and_own_words(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, size=size) as driver:
        await driver.press("1", "3", "tab")
        await driver.type("phones away")
        await driver.press("enter")
        await driver.type("hearts open")
        await driver.press("enter", "enter")
        assert driver.ask.sitting.part == "values"
        await driver.drain()
        assert [one["text"] for one in driver.records("agreements")] == [
            "I may pass, and I owe nobody a reason.",
            "What is told here stays here.",
            "phones away",
            "hearts open",
        ]


@AT_EVERY_SIZE
async def test_a_goal_from_an_idea_with_its_words_changed(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "goals", size=size) as driver:
        field, ideas = driver.ask.query_one(LineField), driver.ask.query_one(ChoiceList)
        assert field.has_focus
        await driver.press("down")
        assert ideas.has_focus
        await driver.press("2")
        assert field.has_focus
        assert driver.ask.values["title"]["bank"] == driver.app.desk.words.bank("commitments")[1].id
        await driver.type(", slowly")
        assert driver.ask.values["title"] == field.value
        await driver.press("enter")
        assert driver.at == "why"
        assert driver.ask.sitting.draft.answers["what"]["values"]["title"].endswith(", slowly")


@AT_EVERY_SIZE
async def test_a_pair_goes_from_field_to_field(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "goals", size=size) as driver:
        await driver.type("Shadow")
        await driver.press("enter", "enter", "enter")
        assert driver.at == "importance"
        await driver.press("8", "enter")
        assert driver.at == "content"
        await driver.type("in 6 weeks")
        assert "Thursday 17 December 2026" in driver.words
        await driver.press("enter")
        await driver.type("three shifts")
        await driver.press("enter")
        assert driver.at == "if_then"
        answer = driver.ask.sitting.draft.answers["content"]["values"]
        assert answer == {"review_on": "2026-12-17", "as_expected": "three shifts"}


@AT_EVERY_SIZE
async def test_a_ruler_opens_its_follow_up_under_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "goals", size=size) as driver:
        await driver.type("Shadow")
        await driver.press("enter", "enter", "enter", "3")
        assert list(driver.ask.boxes) == ["position", "keep"]
        await driver.press("8")
        assert list(driver.ask.boxes) == ["position"]
        await driver.press("2", "enter")
        assert isinstance(driver.app.focused, ChoiceList)
        assert driver.app.desk.words.module("goals")["importance"]["keep"]["options"]["another"] in driver.words
        await driver.press("2", "enter")
        assert driver.at == "what_instead"


@AT_EVERY_SIZE
async def test_a_page_is_turned_by_any_key(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "values", size=size) as driver:
        await driver.press("3", "enter")
        assert driver.at == "breath"
        await driver.press("tab", "down")
        assert driver.at == "breath"
        await driver.press("x")
        assert driver.ui("end.values") in driver.words


@AT_EVERY_SIZE
async def test_day_one_in_one_line(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_statements(tmp_path, size) as driver:
        await driver.press(*["p"] * 6)
        assert driver.at == "day_one"
        await driver.type("3 7 p")
        await driver.press("enter")
        assert driver.at == "day_one"
        assert driver.ui("errors.positions_count", n=6, given=3).split(".")[0] in driver.words
        await driver.type(" 5 0 10")
        await driver.press("enter")
        assert driver.at == "breath"
        if size == (40, 12):
            await driver.press("pagedown")
        assert "Day One: at 3. Now: passed." in driver.words


@AT_EVERY_SIZE
async def test_the_question_and_the_place_to_answer_are_seen_at_once(tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(tmp_path, "goals", size=size) as driver:
        question = driver.app.desk.words.module("goals")["what"]["text"]
        assert question in driver.words
        assert driver.app.focused is not None
        assert driver.app.screen.region.contains_region(driver.app.focused.region)
        assert driver.ui("app.leave_now") in driver.rows[-1]


# Positions as people type them


TYPED = {
    (("0",), ("1",), ("2",), ("3",), ("4",), ("5",)): [0, 1, 2, 3, 4, 5],
    (("6",), ("7",), ("8",), ("9",), ("1", "0"), ("+",)): [6, 7, 8, 9, 10, 10],
    (("end",), ("home",), ("right",), ("left",), ("7", "right"), ("1", "left", "0")): [10, 0, 5, 5, 8, 0],
}


@pytest.mark.parametrize(("keys", "positions"), list(TYPED.items()), ids=["0-5", "6-10", "arrows"])
async def test_positions_as_they_are_typed_stand_in_the_file(
    tmp_path: Path, keys: tuple[tuple[str, ...], ...], positions: list[int]
) -> None:
    async with at_statements(tmp_path) as driver:
        for one in keys:
            await driver.press(*one, "enter")
        assert driver.at == "day_one"
        await driver.click("#pass")
        await driver.press("enter")
        await driver.drain()
        (session,) = driver.records("values")
        assert [one["position"] for one in session["placements"]] == positions


# Passing, going back, asking why


async def test_enter_without_a_marker_asks_before_it_passes(tmp_path: Path) -> None:
    async with at_statements(tmp_path) as driver:
        await driver.press("enter")
        assert driver.at == "statement:s01_other_goal"
        assert driver.ui("ask.pass_question") in driver.words
        await driver.press("4", "backspace")
        assert driver.ui("ask.pass_question") not in driver.words
        await driver.press("enter", "enter")
        assert driver.at == "statement:s02_new_syringes"
        assert driver.ask.sitting.draft.answers["statement:s01_other_goal"]["passed"] is True


async def test_a_reason_without_a_marker_is_not_called_nothing(tmp_path: Path) -> None:
    async with at_statements(tmp_path) as driver:
        await driver.press("tab")
        await driver.type("it was hard")
        await driver.press("enter")
        assert driver.at == "statement:s01_other_goal"
        assert driver.ui("ask.pass_reason_question") in driver.words
        assert isinstance(driver.app.focused, Continuum)
        await driver.press("3", "enter")
        answer = driver.ask.sitting.draft.answers["statement:s01_other_goal"]["values"]
        assert answer == {"position": 3, "reason": "it was hard"}


async def test_the_number_of_an_idea_typed_into_the_line_is_that_idea(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        box = driver.ask.boxes["title"]
        await driver.type("2")
        await driver.press("enter")
        assert driver.at == "what"
        assert box.value == box.setting.offers[1].value
        await driver.press("enter")
        assert driver.at == "why"


async def test_letters_are_keys_only_while_no_text_is_written(tmp_path: Path) -> None:
    async with at_statements(tmp_path) as driver:
        await driver.press("e")
        assert driver.ask.question.example in driver.words
        await driver.press("w")
        assert driver.ask.question.why in driver.words
        await driver.press("escape")
        assert driver.ask.question.why not in driver.words
        await driver.press("5", "tab", "p", "b", "e", "w")
        assert driver.ask.values["reason"] == "pbew"
        assert all(not plate.show_key for plate in driver.ask.query("#back, #pass"))  # type: ignore[attr-defined]
        await driver.press("shift+tab", "p", "p", "b")
        assert driver.at == "statement:s01_other_goal"


async def test_a_pass_asks_for_a_focus_area_in_own_words_and_not_for_one_of_the_list(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        await driver.type("Listening on the night bus")
        await driver.click("#pass")
        assert driver.ui("ask.pass_words_question") in driver.words
        assert driver.ask.values["area"]["text"] == "Listening on the night bus"
    async with driven(tmp_path / "other", "learning") as driver:
        before = driver.at
        await driver.type("1")
        await driver.press("enter")
        await driver.click("#pass")
        assert driver.at != before


@pytest.mark.parametrize("by_mouse", [False, True])
async def test_a_pass_that_would_take_words_away_asks_once(tmp_path: Path, by_mouse: bool) -> None:
    async def pass_(driver: Driver) -> None:
        await (driver.click("#pass") if by_mouse else driver.press("p"))

    async with at_statements(tmp_path) as driver:
        await driver.press("5", "tab")
        await driver.type("it was hard")
        await driver.press("shift+tab")
        await pass_(driver)
        assert driver.at == "statement:s01_other_goal"
        assert driver.ui("ask.pass_words_question") in driver.words
        await driver.press("escape")
        assert driver.ui("ask.pass_words_question") not in driver.words
        assert driver.ask.values == {"position": 5, "reason": "it was hard"}
        await pass_(driver)
        await pass_(driver)
        assert driver.at == "statement:s02_new_syringes"
        assert driver.ask.sitting.draft.answers["statement:s01_other_goal"]["passed"] is True
        await driver.press("5")  # a mark alone is soon made again
        await pass_(driver)
        assert driver.at == "statement:s03_still_using"


async def test_what_was_typed_is_there_after_going_back_and_forth(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow")
        await driver.press("enter")
        await driver.type("because I want to kn")
        await driver.click("#back")
        assert driver.at == "what"
        assert driver.ask.values["title"] == "Shadow"
        await driver.press("enter")
        assert driver.at == "why"
        assert driver.ask.values["because"] == "because I want to kn"


async def test_what_is_typed_right_after_enter_goes_into_the_next_question(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        for key in [*"Shadow", "enter", *"know it", "enter", "8"]:
            driver.app.post_message(events.Key("space" if key == " " else key, key if len(key) == 1 else None))
        for _ in range(5):
            await driver.pilot.pause()
        answers = driver.ask.sitting.draft.answers
        assert answers["what"]["values"] == {"title": "Shadow"}
        assert answers["why"]["values"] == {"because": "know it"}
        assert driver.ask.values == {"position": 8}


@pytest.mark.parametrize("key", ["f3", "escape", "ctrl+q"])
async def test_a_key_after_a_text_finds_the_whole_text(tmp_path: Path, key: str) -> None:
    text = "I want to know the place before I send anyone there"
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow")
        await driver.press("enter")
        for sign in text:
            driver.app.post_message(events.Key("space" if sign == " " else sign, sign))
        driver.app.post_message(events.Key(key, None))
        for _ in range(5):
            await driver.pilot.pause()
        await driver.drain()
        if key == "f3":
            assert driver.ask.values == {"because": text}
        else:
            assert driver.draft("goals")["typing"] == {"because": text}


async def test_ideas_beside_another_field_fold_and_open_again(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        await driver.press("down", "enter", "enter")
        assert driver.at == "occasion"
        await driver.press("down", "1")
        assert not driver.ask.query_one(ChoiceList).display
        await driver.press("enter")
        await driver.type("friday")
        await driver.press("shift+tab")
        assert driver.ui("ask.ideas_again") in driver.words
        assert driver.app.focused is driver.ask.query_one(".more")
        await driver.press("enter")
        assert driver.ask.query_one(ChoiceList).display
        assert driver.ask.query_one(ChoiceList).has_focus


async def test_m_shows_the_rest_of_the_ideas(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        ideas = driver.ask.query_one(ChoiceList)
        assert len(ideas.options) == 6
        await driver.press("down", "m")
        assert len(ideas.options) == len(driver.app.desk.words.bank("commitments"))
        assert ideas.cursor == 6
        assert ideas.has_focus


async def test_a_date_that_reads_two_ways_is_chosen_and_remembered(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        await driver.type("wound care")
        await driver.press("enter")
        await driver.type("an evening")
        await driver.press("enter")
        await driver.type("12/1")
        assert driver.ui("ask.two_ways") in driver.words
        await driver.press("enter", "tab", "enter")
        assert driver.ask.values["planned_for"] == "2027-01-12"
        await driver.press("enter")
        assert driver.at == "say_it"
        await driver.drain()
        assert driver.app.desk.settings.date_order == "day_month"


async def test_a_text_over_its_cap_is_said_and_stays(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.paste("x" * 600)
        assert driver.ui("errors.text_too_long", cap=500, length=600) in driver.words
        await driver.press("enter")
        assert driver.at == "what"
        assert driver.ask.values["title"] == "x" * 600


# The mouse alone


async def test_a_part_with_the_mouse_alone(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        await driver.click_text(driver.app.desk.words.bank("focus_areas")[2].text)
        assert driver.ask.values["area"]["bank"] == driver.app.desk.words.bank("focus_areas")[2].id
        await driver.click("#next")
        assert driver.at == "occasion"
        await driver.click_text("An evening on naloxone")
        await driver.click_text(driver.ui("ask.in_a_week"))
        await driver.click("#next")
        assert driver.at == "say_it"
        await driver.click("#question")
        await driver.drain()
        (learning,) = driver.records("learning")
        assert learning["planned_for"] == "2026-11-12"


async def test_marking_passing_and_pausing_with_the_mouse(tmp_path: Path) -> None:
    async with at_statements(tmp_path) as driver:
        line = driver.ask.query_one(Continuum)
        await driver.click(line, offset=(7 * 7, 1))
        assert driver.ask.values["position"] == 7
        await driver.click("#next")
        assert driver.at == "statement:s02_new_syringes"
        await driver.click("#pass")
        assert driver.at == "statement:s03_still_using"
        await driver.click("#back")
        assert driver.at == "statement:s02_new_syringes"
        pause = driver.ask.query_one("#pause", Plate)
        await driver.click("#asides .why")
        assert driver.ask.question.why in driver.words
        assert pause.words == "Close"
        await driver.click("#pause")
        assert driver.ask.question.why not in driver.words
        assert pause.words == "Pause"
        await driver.click("#next")  # asks whether to pass: who would rather stop here may
        await driver.click("#pause")
        assert driver.ui("pause.title") in driver.words


# Kept all the time


def typed_and_kept(driver: Driver) -> str:
    """Return what the draft holds of the goal that is being typed; empty where nothing is kept yet."""
    is_there = (driver.folder / "drafts" / "goals.json").exists()
    return str((driver.draft("goals").get("typing") or {}).get("title", "")) if is_there else ""


async def test_what_is_being_typed_is_kept_without_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rchrp_goals.screens.participant.ask.AUTOSAVE_AFTER", 0.01)
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow thr")
        await driver.until(lambda: typed_and_kept(driver) == "Shadow thr")
    async with driven(tmp_path) as driver:
        assert driver.at == "what"
        assert driver.ask.values == {"title": "Shadow thr"}
        assert driver.ui("ask.resumed") in driver.words


async def test_typing_without_a_rest_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rchrp_goals.screens.participant.ask.AUTOSAVE_AFTER", 0.2)
    async with driven(tmp_path, "goals") as driver:
        for _ in range(200):  # each letter long before the moment after the one before is over
            await driver.type("x")
            await driver.pilot.pause(0.05)
            if typed_and_kept(driver):
                return
        raise AssertionError("nothing was kept while letters came")


async def test_a_draft_that_cannot_be_read_is_said_and_set_aside(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir(parents=True)
    (tmp_path / "drafts" / "goals.json").write_text("{half", encoding="utf-8")
    async with driven(tmp_path, "goals") as driver:
        assert driver.ui("ask.draft_was_damaged") in driver.words
    assert (tmp_path / "drafts" / "goals.damaged-1").exists()


async def test_the_other_language_in_the_middle_of_a_sentence(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals") as driver:
        await driver.type("Shadow")
        await driver.press("enter")
        await driver.type("so that I know it")
        await driver.press("left", "left", "left", "f3")
        assert driver.app.desk.words.language == "es"
        assert driver.app.desk.words.module("goals")["why"]["text"] in driver.words
        assert isinstance(driver.app.focused, LongField)
        await driver.type("!")
        assert driver.ask.values["because"] == "so that I know! it"
        await driver.press("f3")
        assert driver.ask.values["because"] == "so that I know! it"
        assert driver.ui("app.leave_now") in driver.rows[-1]


async def test_the_other_language_keeps_a_marker_and_a_half_written_date(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        await driver.type("wound care")
        await driver.press("enter")
        await driver.type("an evening")
        await driver.press("enter")
        await driver.type("sometime so")
        await driver.press("f3")
        assert driver.ask.query_one(DateField).text == "sometime so"
        assert driver.ask.values["title"] == "an evening"


@pytest.mark.parametrize(
    ("module", "before", "typed", "id"),
    [
        ("learning", ("wound care", "an evening"), "sometime so", "planned_for"),
        ("learning", (), "wound ", "area"),
    ],
)
async def test_what_is_not_an_answer_yet_stands_again_after_a_killed_window(
    tmp_path: Path, module: str, before: tuple[str, ...], typed: str, id: str
) -> None:
    async with driven(tmp_path, module) as driver:
        for line in before:
            await driver.type(line)
            await driver.press("enter")
        await driver.type(typed)
        driver.ask.keep_now()
        await driver.drain()
        at, standing = driver.at, driver.ask.values
    async with driven(tmp_path, module) as driver:
        assert (driver.at, driver.ask.values.get(id)) == (at, standing[id])
        assert typed.strip() in driver.words


# One question by itself


async def test_one_question_over_another_screen(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    sit(desk, "goals")
    (goal,) = desk.store.read().records("goals")
    async with driven(tmp_path) as driver:
        answers: list[bool | None] = []
        question = OneQuestion(driver.app.desk, "goals", "why", {"goal": goal["id"]})
        driver.app.push_screen(AskScreen(question), answers.append)
        await driver.pilot.pause()
        assert driver.ask.values["because"] == goal["why"]
        await driver.press("end")
        await driver.type(", soon")
        await driver.press("enter")
        await driver.drain()
        assert answers == [True]
        assert driver.records("goals")[0]["why"] == f"{goal['why']}, soon"
        question = OneQuestion(driver.app.desk, "goals", "why", {"goal": goal["id"]})
        driver.app.push_screen(AskScreen(question), answers.append)
        await driver.pilot.pause()
        await driver.press("escape")
        assert answers == [True, False]


@pytest.mark.parametrize("width", [40, 60])
async def test_how_long_it_takes_is_said_in_full_at_once(tmp_path: Path, width: int) -> None:
    async with driven(tmp_path, "goals", size=(width, 24)) as driver:
        await driver.drain()
        assert driver.ui("ask.stop_whenever") in driver.words


async def test_a_goal_has_time_and_a_step_is_near(tmp_path: Path) -> None:
    async with driven(tmp_path, "goals", size=(120, 40)) as driver:
        await driver.type("One thing")
        await driver.press("enter")
        near, far = driver.ui("ask.tomorrow"), driver.ui("ask.in_a_month")
        while driver.at != "content":
            await driver.ask.action_pass()
            await driver.drain()
        assert far in driver.words and near not in driver.words
        await driver.click_text(driver.ui("ask.in_a_month"))
        assert driver.ask.values["review_on"] == "2026-12-05"
        while driver.at != "first_step":
            await driver.ask.action_pass()
            await driver.drain()
        assert near in driver.words and far not in driver.words


async def test_in_another_language_the_next_letter_goes_on_with_a_day_that_is_being_typed(tmp_path: Path) -> None:
    async with driven(tmp_path, "learning") as driver:
        for line in ("wound care", "an evening"):
            await driver.type(line)
            await driver.press("enter")
        await driver.type("someti")
        await driver.press("left", "f3")
        await driver.type("m")
        assert driver.ask.query_one(DateField).text == "sometmi"
