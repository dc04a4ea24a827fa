"""The sheets for a pen that need no plan: Day One, and a whole plan for who wants no computer.

What the app asks too is asked here in the same words; the order is that of the sitting.
"""

from __future__ import annotations

from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.export.paper import Block, Box, Boxes, Group, Paper, Part, Room, Row, Say, Scale
from rchrp_goals.plan.values import CORE_STATEMENTS
from rchrp_goals.services import saying


def day_one(words: Words) -> Paper:
    """Return the Day One sheet: the statements that the app asks on Day One, each a line to put a mark on."""

    def ui(key: str) -> str:
        return words.ui(f"sheets.day_one.{key}")

    asked = words.module("day_one")
    return Paper(
        "day-one",
        words.language,
        ui("title"),
        "",
        (Say(ui("intro")), Say(ui("stays")), Say(asked["note"]["text"], is_quiet=True)),
        (
            Part("", tuple(_lines(words, asked["statement"]))),
            Part("", (_numbers(words, ui("numbers")), Say(f"{ui('later')} {ui('app')}"))),
        ),
    )


def blank(words: Words) -> Paper:
    """Return a whole plan to be written by hand, in the parts of the sitting."""

    def ui(key: str) -> str:
        return words.ui(f"sheets.blank.{key}")

    return Paper(
        "blank",
        words.language,
        ui("title"),
        "",
        (Say(ui("intro")), Say(ui("empty")), _name_and_date(words)),
        (
            Part(ui("carry"), (_agreements(words),)),
            Part(ui("values"), _values(words)),
            Part(ui("learning"), _learning(words)),
            Part(ui("goal"), _goal(words)),
            Part(ui("ahead"), (_ahead(words),)),
            Part(ui("app"), (Say(ui("app_how")), Say(ui("app_need")))),
        ),
        page_words=words.ui("plan_page.page"),
    )


def _name_and_date(words: Words) -> Row:
    return Row((Room(words.ui("sheets.words.name"), share=2), Room(words.ui("sheets.words.date"))))


def statements(words: Words) -> list[str]:
    """Return the statements that are asked first: the room's own where it has some, else the shipped ones.

    Raises FileProblem where the room's file cannot be read.
    """
    own = words.room_lines("statements")
    found = own or [entry.text for entry in words.bank("statements")]
    return [saying.plain_text(text) for text in found[:CORE_STATEMENTS]]


def _lines(words: Words, asked: Any) -> list[Scale]:
    low, high = asked["position"]["low"], asked["position"]["high"]
    passing, reason = words.ui("sheets.words.pass"), asked["reason"]["label"]
    return [
        Scale(text, low, high, passing, reason, number=str(number))
        for number, text in enumerate(statements(words), start=1)
    ]


def _numbers(words: Words, label: str) -> Row:
    return Row(tuple(Room(str(number)) for number in range(1, len(statements(words)) + 1)), label)


def _agreements(words: Words) -> Boxes:
    own = [saying.plain_text(text) for text in words.room_lines("agreements")]
    found = [*own, *(entry.text for entry in words.bank("agreements"))]
    boxes = (*(Box(text) for text in found), Box("", room=words.ui("sheets.blank.carry_own")))
    return Boxes(words.module("start")["agreements"]["text"], boxes)


def _values(words: Words) -> tuple[Block, ...]:
    asked = words.module("values")
    rest = saying.plain_text(f"{asked['breath']['text']} {asked['breath']['hint']}")
    return (
        Say(asked["note"]["text"], is_quiet=True),
        Say(f"{asked['statement']['text']} {words.ui('sheets.words.scale')}"),
        *_lines(words, asked["statement"]),
        _numbers(words, words.ui("sheets.blank.day_one")),
        Say(rest, is_quiet=True),
    )


def _learning(words: Words) -> tuple[Block, ...]:
    asked = words.module("learning")
    return (
        Room(asked["focus"]["text"], 1, asks=True),
        Group(
            asked["occasion"]["text"],
            (Room(words.ui("sheets.blank.learning_where")), Room(words.ui("sheets.blank.learning_day"))),
        ),
        Say(asked["say_it"]["text"], is_quiet=True),
    )


def _goal(words: Words) -> tuple[Block, ...]:
    asked = words.module("goals")

    def scale(text: str, question: str) -> Scale:
        position = asked[question]["position"]
        return Scale(text, position["low"], position["high"], words.ui("sheets.words.pass"))

    content, if_then, step = asked["content"], asked["if_then"], asked["first_step"]
    return (
        Room(asked["what"]["text"], 2, asks=True),
        Room(asked["why"]["text"], 2, asks=True),
        scale(asked["importance"]["text"], "importance"),
        Group(content["text"], (Room(content["review_on"]["label"]), Room(content["as_expected"]["label"], 2))),
        Group(if_then["text"], tuple(Room(if_then[name]["label"]) for name in ("obstacle", "then"))),
        Group(step["text"], tuple(Room(step[name]["label"]) for name in ("step", "moment", "due"))),
        scale(words.ui("sheets.blank.where_now"), "confidence"),
        Room(words.ui("sheets.blank.makes_it"), 1, asks=True),
        Room(asked["supporters"]["text"], 2, asks=True),
    )


def _ahead(words: Words) -> Boxes:
    day = words.ui("sheets.words.day")
    names = ("in_7", "in_30", "in_90", "in_365")
    boxes = tuple(Box(words.ui(f"sheets.blank.{name}"), room=day) for name in names)
    return Boxes(words.module("ahead")["dates"]["text"], boxes)
