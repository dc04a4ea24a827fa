"""What a typed line says, before anything is kept: a place on the line with its reason, numbers of a list, an option."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.text import bare
from rchrp_goals.plan.values import HIGHEST
from rchrp_goals.services.offers import Offer

FEWEST_WORDS = 3
"""Words from which a line without a number is a reason; one or two may be a slip, or a number in letters."""

FEWEST_LETTERS = 2
"""Letters with which the beginning of an option may be typed instead of its number."""

# "7", "7 of 10", "at 7, because ...", "en el 7: ..."; never "7.5".
_PLACE = re.compile(
    r"\s*(?:(?:en\s+)?(?:el|un)\s+|at\s+(?:an?\s+)?)?(?P<position>\d{1,3})(?:\s*(?:/|de|of|out\s+of)\s*10(?!\d))?"
    r"(?:\s*[-–—:.,;](?!\d)\s*|\s+|\Z)[-–—]?\s*(?P<reason>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_BECAUSE = re.compile(r"(?:because|porque)\b[\s:,]*", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[\s,;&+]+(?:(?:y|e|and)\b[\s,]*)?")
_NUMBER = re.compile(r"#?(\d{1,3})[.)]?")
_ALL = frozenset({"all", "todo", "todos", "todas"})


class Place(NamedTuple):
    """A place on a line, and the reason that followed it on the same line; empty where none did."""

    position: int
    reason: str


def read_place(line: str) -> Place:
    """Read "7", "7 because I saw it", "en el 7, porque lo vi". Raises AnswerRefused ``position_range``.

    More numbers behind the first ("3 7 p 5") are no reason: the line was meant for another question.
    """
    found = _PLACE.match(line)
    if found is None or int(found["position"]) > HIGHEST:
        raise AnswerRefused("position_range")
    reason = _BECAUSE.sub("", found["reason"].strip(), count=1)
    words = re.findall(r"\w+", reason)
    if words and all(word.isdigit() or word.casefold() == "p" for word in words):
        raise AnswerRefused("position_range")
    return Place(int(found["position"]), reason)


def is_reason_alone(line: str) -> bool:
    """Tell whether a line where a place is wanted is a reason without one: several words, and no figure among them."""
    words = re.findall(r"\w+", line)
    return len(words) >= FEWEST_WORDS and not any(sign.isdigit() for sign in line)


def read_numbers(line: str) -> list[int]:
    """Read the numbers of a line that holds nothing else: "1 3 4", "1, 3 y 4", "2."; empty where it says more."""
    parts = [part for part in _BETWEEN_NUMBERS.split(line.strip()) if part]
    found = [_NUMBER.fullmatch(part) for part in parts]
    return [int(one[1]) for one in found if one is not None] if all(found) else []


def says_all(line: str) -> bool:
    """Tell whether a line takes everything in a list: "all", "todos"."""
    return bare(line.strip().rstrip(".")) in _ALL


def numbered(line: str, offered: Sequence[Offer]) -> Offer | None:
    """Return the offer whose number the line is; None for a line of text, and where nothing is offered.

    Raises AnswerRefused ``no_such_number``, and ``one_number`` where several were typed.
    """
    numbers = read_numbers(line) if offered else []
    if not numbers:
        return None
    if len(numbers) > 1:
        raise AnswerRefused("one_number")
    return offered[_index(numbers[0], offered)]


def all_numbered(line: str, offered: Sequence[Offer]) -> list[Offer]:
    """Return the offers whose numbers a line holds, or every one ("all"); empty for a line of text.

    Raises AnswerRefused ``no_such_number``: nothing is taken then.
    """
    if says_all(line):
        return list(offered)
    return [offered[_index(number, offered)] for number in read_numbers(line)]


def named(line: str, offered: Sequence[Offer], *, by_beginning: bool) -> Offer | None:
    """Return the offer that a line names by its words, or (``by_beginning``) the only one that begins so; else None."""
    typed = bare(line.strip().rstrip("."))
    texts = [bare(offer.text.rstrip(".")) for offer in offered]
    if typed in texts:
        return offered[texts.index(typed)]
    if not by_beginning or len(typed) < FEWEST_LETTERS:
        return None
    beginning = [offer for offer, text in zip(offered, texts, strict=True) if text.startswith(typed)]
    return beginning[0] if len(beginning) == 1 else None


def _index(number: int, offered: Sequence[Offer]) -> int:
    if not 1 <= number <= len(offered):
        raise AnswerRefused("no_such_number", number=number)
    return number - 1
