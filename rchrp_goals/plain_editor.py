"""A long text in the person's own editor, from plain mode: said before, taken back, and said what came of it."""

from __future__ import annotations

import signal
from collections.abc import Callable

from rchrp_goals.errors import ProblemError
from rchrp_goals.plain_terminal import Terminal, slash_action
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.editing import Edited, Editing, editor_of, is_offered


def help_line(terminal: Terminal, desk: Desk) -> list[str]:
    """Return the line of help for it; nothing where there is no editor to open."""
    return [desk.words.ui("editor.plain.help")] if terminal.is_terminal and is_offered(terminal.environ) else []


def edit(terminal: Terminal, desk: Desk, text: str, cap: int, keep: Callable[[str], object]) -> str | None:
    """Open a text in the editor and return what came back; None where it stands as it was, which is said.

    ``keep`` takes what was saved by then when the system ends us. Raises PausedError.
    """
    ui = desk.words.ui
    if not terminal.is_terminal or not is_offered(terminal.environ):
        terminal.say(ui("editor.plain.none" if terminal.is_terminal else "editor.plain.no_terminal"))
        return None
    editing = Editing(desk.places, editor_of(terminal.environ), text, cap)
    if not terminal.knows_of_editor:
        terminal.say(ui("editor.plain.first", editor=editing.name), ui("editor.plain.opens"))
        if terminal.ask(ui("plain.prompt")).strip():
            return None
        terminal.knows_of_editor = True
    try:
        editing.prepare()
        edited = _handed_over(terminal, desk, editing)
    except ProblemError as problem:
        terminal.say(desk.words.problem(problem.key, problem.values))
        return None
    finally:
        if not editing.close():
            terminal.say(ui("editor.not_removed", path=editing.path))
    if edited.kind == "ended":
        if edited.text:
            keep(edited.text)
        signal.raise_signal(edited.number)
    if edited.kind not in {"changed", "refused", "ended"}:
        terminal.say(ui(f"editor.{edited.kind}", editor=editing.name))
    return edited.text or None


def _handed_over(terminal: Terminal, desk: Desk, editing: Editing) -> Edited:
    """Open the editor, and again for as long as what comes back cannot stand there and the person wants to go on."""
    ui = desk.words.ui
    while True:
        edited = editing.open()
        if edited.problem is None:
            return edited
        terminal.say(desk.words.problem(edited.problem.key, edited.problem.values), ui("editor.both_kept"))
        ways = (ui("editor.again"), f"{ui('editor.old')}, {ui('editor.old_note')}")
        while True:
            terminal.say(*(f"{number} {way}" for number, way in enumerate(ways, 1)))
            answer = terminal.ask(ui("plain.prompt")).strip()
            if answer == "1":
                break
            if answer == "2" or slash_action(answer) == "back":
                return edited
