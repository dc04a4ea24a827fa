"""Another language in the middle of plain mode: it is kept, as F3 keeps it in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError

if TYPE_CHECKING:
    from rchrp_goals.plain_terminal import Terminal
    from rchrp_goals.services.context import Context


def keep_language(context: Context, terminal: Terminal) -> None:
    """Keep the language that is spoken now, also for what ``due`` says; where it cannot be kept, say so and go on."""
    from rchrp_goals.store.settings import write_settings

    desk = context.desk()
    language = desk.words.language
    try:
        desk.settings = write_settings(desk.places, language=language)
        context.due_in(language)
        context.store.refresh_due()
    except ProblemError as problem:
        terminal.say(desk.words.problem(problem.key, problem.values))
