"""Any of several things in plain mode, asked in a room: each with its number, and what they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plain_menu import PlainMenu, begins_as
from rchrp_goals.services.saying import begun

if TYPE_CHECKING:
    from rchrp_goals.services.room import Ask


def say_choices(menu: PlainMenu, ask: Ask) -> None:
    """Say what can be picked, numbered, and how one answers."""
    for number, one in enumerate(ask.options, 1):
        menu.terminal.say(f"{number} {begun(one.words)}")
    menu.terminal.say(menu.words("plain.accepts_choices"))


def names_of(ask: Ask) -> str:
    """Return the words of what stands."""
    return ", ".join(one.words for one in ask.options if one.id in ask.value)


def read_choices(menu: PlainMenu, ask: Ask, line: str) -> list[str]:
    """Return the ids that a line of numbers or names means, in their order. Raises AnswerRefused where one is none."""
    names = [one.words for one in ask.options]
    found: set[int] = set()
    for piece in line.replace(",", " ").split():
        if piece.casefold() in {"y", "e", "and"}:
            continue
        at = int(piece[:6]) - 1 if piece.isascii() and piece.isdigit() else begins_as(piece, names)
        if at is None or not 0 <= at < len(names):
            raise AnswerRefused("not_an_option")
        found.add(at)
    return [one.id for at, one in enumerate(ask.options) if at in found]
