"""Answers in words, as plain mode says them back: one line that makes sense when it is heard alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.guide.conversation import Stop
from rchrp_goals.guide.structure import Field
from rchrp_goals.plan.values import position_name
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.offers import Offer, offers, option_words
from rchrp_goals.services.progress import minutes_left, part_title
from rchrp_goals.services.saying import STOPS, begun, ended

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.asked import Asked

SAID_WHOLE = 240
"""Characters up to which a text is said back whole; of a longer one the beginning is."""
BEGINNING = 100


def joined(pieces: Sequence[str]) -> str:
    """Return pieces as one line that a voice parts: a semicolon between them, none behind a piece that has ended."""
    line = ""
    for piece in pieces:
        between = "" if not line else " " if ended(line) == line else "; "
        line = f"{line}{between}{piece}"
    return line


def heading(label: str) -> str:
    """Return a field's label as a line of its own: a capital first, a colon last where nothing ends it."""
    line = begun(label)
    return line if line.endswith(STOPS) else f"{line}:"


def shortened(text: str, words: Words) -> str:
    """Return a text as it is said back: whole where it is short, else its beginning and how long it is."""
    line = " ".join(text.split())
    if len(line) <= SAID_WHOLE:
        return line
    beginning = line[:BEGINNING]
    if " " in beginning:
        beginning = beginning.rpartition(" ")[0]
    return words.ui("plain.in_short", beginning=beginning.rstrip(".,;:"), length=len(text))


def field_beside(stop: Stop, id: str) -> Field | None:
    """Return the field of a stop with this id (``own``, ``reason``); None where the question has none."""
    return next((one for one in stop.question.fields if one.id == id), None)


def value_in_words(asked: Asked, stop: Stop, field: Field, value: Any) -> str:
    """Return the value of a field in words, without its last stop; only a stop that waits has the words of its options."""
    words = asked.desk.words
    if field.kind == "position":
        if stop.statement is not None:
            return f"{value}, {words.ui(f'position.{position_name(value)}')}"
        return str(value)
    if field.kind == "positions" and not isinstance(value, Mapping):
        return value if isinstance(value, str) else " ".join("p" if one is None else str(one) for one in value)
    if field.kind == "lines":
        said = [one for one in offers(asked, field) if one.id in value]
        return joined([line_in_words(asked, field, one, value[one.id]) for one in said])
    if field.kind == "date":
        return full_date(date.fromisoformat(value), words)
    if isinstance(value, Mapping):
        return saying.phrase(str(value["text"])) if "text" in value else _option(asked, field, str(value["option"]))
    if isinstance(value, list):
        pieces = [_option(asked, field, one) if isinstance(one, str) else saying.phrase(one["text"]) for one in value]
        return joined(pieces)
    return (
        _option(asked, field, str(value))
        if field.options or field.offers
        else shortened(saying.phrase(str(value)), words)
    )


def answer_in_words(asked: Asked, stop: Stop, values: Mapping[str, Any]) -> str:
    """Return an answer as one line: its fields in order, a place with its reason, the if-then as its sentence."""
    words = asked.desk.words
    if stop.question.shows == "summary":
        return words.ui("check_in_room.said.summary")
    if stop.question.id == "if_then":
        return saying.if_then(values, words)
    kept = [one for one in stop.question.fields if values.get(one.id) not in (None, "", [])]
    reason = values.get("reason") if stop.statement is not None else None
    pieces = [value_in_words(asked, stop, one, values[one.id]) for one in kept if reason is None or one.id != "reason"]
    line = ended(joined(pieces))
    return f"{line} {words.ui('plain.your_reason', reason=ended(shortened(reason, words)))}" if reason else line


def line_in_words(asked: Asked, field: Field, offer: Offer, option: str | None) -> str:
    """Return one line of an overview: the thing, and what was said of it, if anything was."""
    if option is None:
        return saying.phrase(offer.text)
    said = option_words(asked, field).get(option, option)
    return asked.desk.words.ui("sentences.colon", first=saying.phrase(offer.text), second=said)


def place_in_words(asked: Asked) -> str:
    """Return where we are as a sentence: part, question, what comes after, the minutes left."""
    from rchrp_goals.services.one_question import OneQuestion

    words, here = asked.desk.words, part_title(asked.desk, asked.part)
    if isinstance(asked, OneQuestion):
        return words.ui("plain.where_one_question", part=here)
    if asked.part == "practice":  # nobody knows beforehand how many there will be
        return words.ui("plain.where_open", part=here)
    after = ", ".join(part_title(asked.desk, part) for part in asked.parts[asked.parts.index(asked.part) + 1 :])
    at, total = asked.conversation.place_heard
    key = "where" if after else "where_one_part"
    left = minutes_left(asked, "plain")
    return words.ui(f"plain.{key}", part=here, at=min(at + 1, total), total=total, parts=after, n=left)


def _option(asked: Asked, field: Field, id: str) -> str:
    found = next((one.text for one in offers(asked, field) if id in (one.id, one.value)), id)
    return saying.phrase(found)
