"""The sitting fits a tired person: words, stops and minutes, counted from files that a trainer may change."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

import prompts
from rchrp_goals.guide.budget import (
    RULES_ON_THE_ROAD,
    Around,
    Face,
    Item,
    count_words,
    minutes,
    most_offered_words,
    part_items,
    question_words,
    sitting_items,
)

FOLDER = Path(prompts.__file__).parent
LANGUAGES = ("en", "es")
FACES: tuple[Face, ...] = ("app", "plain")
MODULES = ("start", "values", "day_one", "learning", "goals", "ahead", "check_in")
BANKS = ("statements", "agreements", "commitments", "occasions", "focus_areas")

MOST_WORDS = 950
MOST_MINUTES = 20
MOST_STOPS = {"app": 28, "plain": 32}
LANGUAGE_LINES = 40
"""What the first run's language lines may take; they stand before any part."""


def read(folder: str, name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / folder / f"{name}.toml").read_text(encoding="utf-8"))


PARTS = tuple(read("structure", "last_day")["parts"])
STRUCTURES = {name: read("structure", name) for name in MODULES}
WORDING = {language: {name: read(language, name) for name in (*MODULES, *BANKS)} for language in LANGUAGES}


def limit(spanish: int, language: str) -> int:
    """The budget is given for Spanish; English has five sixths of it."""
    return spanish if language == "es" else spanish * 5 // 6


def asked(module: str, id: str) -> dict[str, Any]:
    return next(one for one in STRUCTURES[module]["question"] if one["id"] == id)


def shown(language: str, module: str, id: str) -> int:
    return question_words(asked(module, id), WORDING[language][module][id], WORDING[language])


def around(language: str) -> Around:
    """What stands around the parts, at its full allowance."""
    breath = shown(language, "values", "breath")
    return Around(LANGUAGE_LINES, limit(50, language) - breath, limit(40, language))


def road(language: str, face: Face) -> list[Item]:
    return sitting_items(PARTS, STRUCTURES, WORDING[language], face, around(language))


# The whole sitting


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sitting_keeps_its_limits(language: str, face: Face) -> None:
    items = road(language, face)
    assert sum(item.words for item in items) <= MOST_WORDS
    assert sum(item.stops for item in items) <= MOST_STOPS[face]
    assert minutes(items) <= MOST_MINUTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_road_is_the_one_that_was_meant(language: str) -> None:
    names = [item.question.partition(":")[0] for item in road(language, "app")]
    assert names == [
        "language", "agreements", "note", *["statement"] * 6, "day_one", "breath", "focus", "occasion",
        "say_it", "what", "why", "importance", "content", "if_then", "first_step", "confidence", "supporters",
        "dates", "plan",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_saying_it_aloud_does_not_wait_in_plain(language: str) -> None:
    app, plain = road(language, "app"), road(language, "plain")
    assert [item.question for item in app if not item.stops] == []
    assert [item.question for item in plain if not item.stops] == ["say_it"]
    assert {item.question: item.stops for item in plain if item.stops > 1} == {
        "occasion": 2,
        "content": 2,
        "if_then": 2,
        "first_step": 3,
        "confidence": 2,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_day_one_takes_about_three_minutes(language: str) -> None:
    items = part_items("day_one", STRUCTURES["day_one"], WORDING[language], "app")
    assert round(minutes(items)) <= 3


# The check-in, alone

CHECK_IN_STOPS = {"app": 12, "plain": 14}
CHECK_IN_MINUTES = 10
_PLANS = [
    ("has_agreements", "several_goals", "goal_in_depth", levels, step, if_then)
    for levels in ("levels_in_words", "no_levels")
    for step in ("next_step_there", "no_next_step")
    for if_then in ("if_then_there", "if_then_wanted")
]
"""What may hold at once for who has several goals: the longest roads."""


def check_in(language: str, face: Face, rules: tuple[str, ...]) -> list[Item]:
    structure, wording = STRUCTURES["check_in"], WORDING[language]
    items = part_items("check_in", structure, wording, face, rules={*RULES_ON_THE_ROAD, *rules})
    lines = [
        count_words(text) + count_words(thoughts[f"{name}_why"])
        for thoughts in (read(language, "check_in_room")["thought"],)
        for name, text in thoughts.items()
        if not name.endswith("_why")
    ]
    beside = sum(sorted(lines)[-3:])  # three lines stand there at once
    return [one._replace(words=one.words + beside) if one.question == "also" else one for one in items]


@pytest.mark.parametrize("rules", _PLANS)
@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_check_in_keeps_its_limits(language: str, face: Face, rules: tuple[str, ...]) -> None:
    items = check_in(language, face, rules)
    assert sum(item.stops for item in items) <= CHECK_IN_STOPS[face]
    assert minutes(items) <= CHECK_IN_MINUTES


def test_the_longest_road_of_a_check_in_is_the_one_that_was_meant() -> None:
    roads = [[item.question for item in check_in("en", "app", rules)] for rules in _PLANS]
    assert roads[-1] == [
        "agreements", "well", "which", "level", "next_step", "rulers", "if_then", "others", "support", "also",
        "next_on", "summary",
    ]  # fmt: skip
    assert [sum(item.stops for item in check_in("en", "plain", rules)) for rules in _PLANS] == [12, 14, 12, 14] * 2


# One question


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", MODULES)
def test_a_question_with_its_hint_is_short(module: str, language: str) -> None:
    for question in STRUCTURES[module]["question"]:
        if (module, question["id"]) == ("ahead", "dates"):
            continue  # has a limit of its own, with all its options
        said = WORDING[language][module][question["id"]]
        words = count_words(said["text"]) + count_words(said.get("hint", ""))
        assert words <= limit(20, language), question["id"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", [module for module in MODULES if module != "ahead"])
def test_an_option_is_short(module: str, language: str) -> None:
    for question in STRUCTURES[module]["question"]:
        for field in question.get("field", ()):
            said = WORDING[language][module][question["id"]].get(field["id"], {})
            for id, text in said.get("options", {}).items():
                assert count_words(text) <= limit(7, language), f"{question['id']}.{field['id']}.{id}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("bank", "spanish"), [("statements", 18), ("focus_areas", 7)])
def test_an_entry_is_short(bank: str, spanish: int, language: str) -> None:
    for id, entry in WORDING[language][bank].items():
        assert count_words(entry["text"]) <= limit(spanish, language), id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("module", "id", "spanish"), [("start", "agreements", 75), ("values", "note", 45), ("ahead", "dates", 55)]
)
def test_a_question_with_all_it_shows_is_short(module: str, id: str, spanish: int, language: str) -> None:
    assert shown(language, module, id) <= limit(spanish, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bank", ["commitments", "occasions"])
def test_six_ideas_are_short_for_every_focus_area(bank: str, language: str) -> None:
    areas = list(WORDING[language]["focus_areas"])
    assert most_offered_words(WORDING[language][bank], areas) <= limit(55, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_breath_leaves_room_for_then_and_now(language: str) -> None:
    assert shown(language, "values", "breath") <= limit(50, language) - 15


# The arithmetic, on a sitting small enough to count by hand

SMALL: dict[str, Any] = {
    "question": [
        {
            "id": "note",
            "kind": "choice",
            "field": [{"id": "choice", "kind": "choice", "options": ["a", "b"]}],
        },
        {
            "id": "line",
            "kind": "continuum",
            "repeat": "core_statements",
            "field": [
                {"id": "position", "kind": "position"},
                {"id": "reason", "kind": "long", "optional": True},
            ],
        },
        {
            "id": "pair",
            "kind": "pair",
            "when": ["answered:note", "not:note.choice=b"],
            "field": [{"id": "one", "kind": "line", "ideas": "commitments"}, {"id": "day", "kind": "date"}],
        },
        {
            "id": "sure",
            "kind": "ruler",
            "field": [
                {"id": "position", "kind": "position"},
                {"id": "adjust", "kind": "choice", "options": ["x"], "when": ["below:sure.position=7"]},
                {"id": "more", "kind": "long", "when": ["rule:follow_up_wanted"]},
            ],
        },
        {"id": "aloud", "kind": "page", "waits_in_plain": False},
        {
            "id": "only_some",
            "kind": "text",
            "when": ["is:note.choice=b"],
            "field": [{"id": "one", "kind": "line"}],
        },
        {"id": "another_day", "kind": "text", "level": "later", "field": [{"id": "one", "kind": "line"}]},
    ]
}
SMALL_WORDING: dict[str, Any] = {
    "small": {
        "note": {"text": "Two words.", "hint": "One", "choice": {"options": {"a": "yes", "b": "not yet"}}},
        "line": {
            "text": "Where?",
            "position": {"low": "not so", "high": "so"},
            "reason": {"label": "a reason"},
        },
        "pair": {"text": "What?", "one": {"label": "this", "ideas": "or these"}, "day": {"label": "when"}},
        "sure": {
            "text": "How sure of “{step}”?",
            "position": {"low": "no", "high": "yes"},
            "adjust": {"label": "never shown here", "options": {"x": "nor this"}},
            "more": {"label": "What makes it {n}?"},
        },
        "aloud": {"text": "Say it aloud."},
        "only_some": {"text": "For a few.", "one": {"label": "few"}},
        "another_day": {"text": "Later.", "one": {"label": "later"}},
    },
    "statements": {f"s{n:02}": {"text": "Three words here."} for n in range(1, 9)},
    "focus_areas": {"f01": {"text": "That"}},
    "commitments": {
        **{f"c{n:02}": {"text": "short", "areas": []} for n in range(1, 8)},
        "c08": {"text": "a long one indeed", "areas": ["f01"]},
    },
}


def small(face: Face) -> list[Item]:
    return part_items("small", SMALL, SMALL_WORDING, face)


@pytest.mark.parametrize(("face", "stops"), [("app", 1 + 6 + 1 + 1 + 1), ("plain", 1 + 6 + 2 + 2 + 0)])
def test_stops_are_counted(face: Face, stops: int) -> None:
    assert sum(item.stops for item in small(face)) == stops


def test_words_are_counted_as_they_are_shown() -> None:
    counted = {item.question: item.words for item in small("app")}
    assert counted == {
        "note": 3 + 3,
        "line:s01": 3 + 1 + 3 + 2,
        **{f"line:s{n:02}": 3 for n in range(2, 7)},
        "pair": 1 + 4 + (5 * 1 + 4),
        "sure": 3 + 2 + 4,
        "aloud": 3,
    }


def test_minutes_follow_the_model() -> None:
    whole = small("app")
    words = sum(item.words for item in whole)
    seconds = 15 + 6 * 20 + 40 + (15 + 40) + 15
    assert minutes(whole) == pytest.approx(words / 150 + 80 / 40 + seconds / 60)
    plain = small("plain")
    assert minutes(plain) == pytest.approx(words / 150 + 80 / 40 + (seconds - 15) / 60)


def test_the_rest_of_a_road_takes_its_share_of_what_is_typed() -> None:
    whole = small("app")
    parts = [minutes(whole[:7], whole), minutes(whole[7:], whole)]
    assert sum(parts) == pytest.approx(minutes(whole))
    assert minutes(whole[-1:], whole) == pytest.approx(3 / 150 + 15 / 60)
    assert minutes([]) == 0


def test_a_longer_text_is_noticed() -> None:
    wordy = copy.deepcopy(WORDING["en"])
    wordy["goals"]["why"]["hint"] += " word" * 300
    items = sitting_items(PARTS, STRUCTURES, wordy, "app")
    assert sum(item.words for item in items) == 300 + sum(
        item.words for item in sitting_items(PARTS, STRUCTURES, WORDING["en"], "app")
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("—", 0), ("one two", 2), ("¿Cuánto, eh?", 2), ("of “{step}”?", 1), ("at {n}.", 2), ("3 p", 2)],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count
