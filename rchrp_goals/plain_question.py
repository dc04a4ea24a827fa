"""One question of a conversation by itself, line by line, saved when it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError
from rchrp_goals.plain_asking import Asking, Back
from rchrp_goals.plain_language import keep_language

if TYPE_CHECKING:
    from rchrp_goals.plain_menu import PlainMenu
    from rchrp_goals.services.one_question import OneQuestion


def ask_question(menu: PlainMenu, question: OneQuestion) -> bool:
    """Ask a question and save what was answered; False where the person went back, and nothing changed."""
    explained: set[str] = set()
    while not question.is_part_over:
        try:
            asking = Asking(question, menu.terminal, explained)
            asking.on_language = lambda: keep_language(menu.context, menu.terminal)
            asking.ask()
        except Back:
            if not question.back():
                menu.terminal.say(menu.words("plain.unchanged"))
                return False
    while True:
        try:
            question.finish_part()
        except ProblemError as problem:
            menu.say_problem(problem)
            menu.terminal.say(menu.words("plain.not_kept"))
            if menu.listen() is None:
                continue
            menu.give_up(problem)
            return False
        return True
