"""How much a sitting asks of a tired person: words shown, stops, minutes.

The model: words shown are read at 150 a minute, 80 words are typed at 40 a minute, a statement takes 20
seconds, an open question 40 (a pair once, by its dearest field; a ruler's follow-up is one), any other stop
15. Counted is the road of somebody who answers everything and opens nothing that only some answers open.
All of it is computed from parsed TOML (``prompts/structure`` and ``prompts/LANG``); nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from rchrp_goals.guide.conditions import read_condition
from rchrp_goals.plan.values import CORE_STATEMENTS

Face = Literal["app", "plain"]
Table = Mapping[str, Any]

WORDS_READ_A_MINUTE = 150
WORDS_TYPED = 80
WORDS_TYPED_A_MINUTE = 40
SECONDS = {"statement": 20, "open": 40, "other": 15, "none": 0}

OFFERED_AT_ONCE = 6
"""How many ideas a list shows before more are asked for."""
FOCUS_AREAS_AT_ONCE = 9

_OPEN_KINDS = frozenset({"line", "long", "items", "positions"})
RULES_ON_THE_ROAD = frozenset({"no_day_one_session", "breath_wanted", "follow_up_wanted"})
"""What holds for who sits through the last day, and answers everything."""
_OWN_WORDS = re.compile(r"\{(?:step|goal)\}")


class Item(NamedTuple):
    """One question of the road in one face.

    ``words`` are shown, ``seconds`` pass until it is answered, ``open`` answers are typed; it waits ``stops``
    times (0 where the face goes on by itself).
    """

    part: str
    question: str
    words: int
    seconds: int
    open: int
    stops: int


class Around(NamedTuple):
    """Words shown that stand in no part's wording: the language lines, then and now, the plan's labels."""

    language: int = 0
    then_and_now: int = 0
    plan: int = 0


def count_words(text: str) -> int:
    """Count a text's words; a placeholder of the person's own words is none, any other is one."""
    return sum(any(sign.isalnum() for sign in word) for word in _OWN_WORDS.sub("", text).split())


def offered(bank: Table, area: str = "", count: int = OFFERED_AT_ONCE) -> list[str]:
    """Return the ids of the ideas offered for a focus area: its own first, then others, in bank order."""
    fitting = [id for id, entry in bank.items() if area and area in entry.get("areas", ())]
    return [*fitting, *(id for id in bank if id not in fitting)][:count]


def most_offered_words(bank: Table, areas: Sequence[str]) -> int:
    """Return the words of the longest list that ``offered`` makes, over these areas and without one."""
    return max(sum(count_words(bank[id]["text"]) for id in offered(bank, area)) for area in ("", *areas))


def sitting_items(
    parts: Sequence[str],
    structures: Mapping[str, Table],
    wording: Mapping[str, Table],
    face: Face,
    around: Around | None = None,
) -> list[Item]:
    """Return the core road through ``parts`` in one face, from the language lines to the plan page.

    ``structures`` holds the parsed structure of each part, ``wording`` the parsed wording of each part and of
    the banks (statements, agreements, focus_areas, commitments, occasions) in one language.
    """
    beside = around or Around()
    items = [Item("", "language", beside.language, SECONDS["other"], 0, 1)]
    for part in parts:
        items += part_items(part, structures[part], wording, face, beside)
    items.append(Item("plan", "plan", beside.plan, SECONDS["other"], 0, 1))
    return items


def part_items(
    part: str,
    structure: Table,
    wording: Mapping[str, Table],
    face: Face,
    around: Around | None = None,
    *,
    rules: Collection[str] = RULES_ON_THE_ROAD,
) -> list[Item]:
    """Return the core road through one part where ``rules`` hold; see ``sitting_items``."""
    items: list[Item] = []
    for question in structure["question"]:
        if question.get("level", "core") != "core" or not _is_on_the_road(question, rules):
            continue
        words = question_words(question, wording[part][question["id"]], wording, rules)
        if question.get("shows") == "then_and_now" and around:
            words += around.then_and_now
        fields = [one for one in question.get("field", ()) if _is_on_the_road(one, rules) and not one.get("optional")]
        items += _items_of(part, {**question, "field": fields}, words, wording, face)
    return items


def question_words(
    question: Table, said: Table, wording: Mapping[str, Table], rules: Collection[str] = RULES_ON_THE_ROAD
) -> int:
    """Return how many words a question shows at once: text, hint, labels, ends, options, the longest list.

    The statements of a repeated question are not counted here: each is an item of its own.
    """
    words = count_words(said["text"]) + count_words(said.get("hint", ""))
    for field in question.get("field", ()):
        if not _is_on_the_road(field, rules):
            continue
        about: Table = said.get(field["id"], {})
        words += sum(count_words(about.get(key, "")) for key in ("label", "note", "low", "high", "ideas"))
        words += sum(count_words(option) for option in about.get("options", {}).values())
        words += _bank_words(field, wording)
    return words


def minutes(items: Sequence[Item], whole: Sequence[Item] | None = None) -> float:
    """Return the minutes that ``items`` take by the model.

    Where they are the rest of a longer road, ``whole`` is that road: they take a share of the words typed.
    """
    opens = sum(item.open for item in (items if whole is None else whole))
    share = sum(item.open for item in items) / opens if opens else 0.0
    reading = sum(item.words for item in items) / WORDS_READ_A_MINUTE
    typing = WORDS_TYPED / WORDS_TYPED_A_MINUTE * share
    return reading + typing + sum(item.seconds for item in items) / 60


def _is_on_the_road(asked: Table, rules: Collection[str]) -> bool:
    conditions = [read_condition(text) for text in asked.get("when", ())]
    return not any(one.opens_by_answer or (one.kind == "rule" and one.value not in rules) for one in conditions)


def _bank_words(field: Table, wording: Mapping[str, Table]) -> int:
    areas = list(wording.get("focus_areas", {}))
    if "ideas" in field:
        return most_offered_words(wording[field["ideas"]], areas)
    if "bank" in field:
        entries = list(wording.get(field["bank"], {}).values())
        shown = entries[:FOCUS_AREAS_AT_ONCE] if field["kind"] == "choice" else entries
        return sum(count_words(entry["text"]) for entry in shown)
    return 0


def _items_of(part: str, question: Table, words: int, wording: Mapping[str, Table], face: Face) -> list[Item]:
    fields = question["field"]
    if question.get("repeat"):
        # The question and the ends of the line are shown again with each statement: they count once.
        statements = list(wording["statements"].items())[:CORE_STATEMENTS]
        return [
            Item(
                part,
                f"{question['id']}:{id}",
                count_words(entry["text"]) + (0 if number else words),
                SECONDS["statement"],
                0,
                1,
            )
            for number, (id, entry) in enumerate(statements)
        ]
    if question["kind"] == "ruler":
        lines = sum(one["kind"] == "position" for one in fields)
        follow_ups = len(fields) - lines
        seconds = lines * SECONDS["other"] + follow_ups * SECONDS["open"]
        stops = len(fields) if face == "plain" else 1
        return [Item(part, question["id"], words, seconds, follow_ups, stops)]
    waits = face == "app" or question.get("waits_in_plain", True)
    is_open = any(one["kind"] in _OPEN_KINDS for one in fields)
    asks = "none" if not waits else "open" if is_open else "other"
    stops = len(fields) if face == "plain" and question["kind"] == "pair" else int(waits)
    return [Item(part, question["id"], words, SECONDS[asks], int(is_open), stops)]
