"""Does one command: finds the module in which it stands, and loads that one alone. The doors of the two faces.

What a command prints on stdout is data; sentences go to stderr. Nothing is asked unless somebody sits there.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.plan.text import shown
from rchrp_goals.services.context import Context
from rchrp_goals.services.keys import complaints_of
from rchrp_goals.store.places import Places, data_folder

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.content import Words
    from rchrp_goals.services.clock import Clock

MODULES = {
    "add": "rchrp_goals.cli_steps",
    "done": "rchrp_goals.cli_steps",
    "goals": "rchrp_goals.cli_steps",
    "show": "rchrp_goals.cli_notes",
    "level": "rchrp_goals.cli_notes",
    "log": "rchrp_goals.cli_notes",
    "export": "rchrp_goals.cli_files",
    "import": "rchrp_goals.cli_files",
    "calendar": "rchrp_goals.cli_calendar",
    "schema": "rchrp_goals.cli_files",
    "where": "rchrp_goals.cli_files",
    "undo": "rchrp_goals.cli_undo",
    "completion": "rchrp_goals.cli_completion",
    "remind": "rchrp_goals.cli_remind",
    "settings": "rchrp_goals.cli_settings",
    "demo": "rchrp_goals.cli_demo",
}
"""Where each command stands. Its module is loaded when it is called; its ``COMMANDS`` names a function for each: it
takes the context and the call, and gives the exit code."""
_OPENS = frozenset({"begin", "check-in", "reflect"})
"""Commands that open a conversation in the face that was chosen."""


def do(call: Call, environ: Mapping[str, str], clock: Clock | None) -> int:
    """Do one command and return its exit code. Raises ProblemError."""
    context = Context(
        Places(data_folder(call.values.get("--data"), environ)),
        environ,
        clock,
        language=call.values.get("--lang"),
        plain="--plain" in call.flags,
        prompts=call.values.get("--prompts"),
        begins=_conversation(call) if call.command in _OPENS else None,
    )
    if "--help" in call.flags:
        streams.data(help_of(context.words, call.command), end="")
        return 0
    if call.command in {"", *_OPENS}:
        return _open(context)
    for complaint in complaints_of(context.settings, context.places):
        streams.talk(shown(context.words.problem(complaint.key, complaint.args)))
    if context.plain_is_given:
        context.words = context.words.heard()
    code: int = import_module(MODULES[call.command]).COMMANDS[call.command](context, call)
    return code


def help_of(words: Words, command: str) -> str:
    """Return a command's help: from ``ui.toml`` (``[help]``), else from ``commands.toml``."""
    key = f"help.{command}"
    return words.ui(key if words.has_ui(key) else f"commands.{key}")


# The faces


def _open(context: Context) -> int:
    code = open_face(context)
    if not context.is_plain:
        from rchrp_goals.writer import end_process

        end_process(code)
    return code


def open_face(context: Context) -> int:
    """Run plain mode or the app, and return the exit code. Raises ProblemError ``no_terminal``, and as they do."""
    if context.is_plain:
        from rchrp_goals.plain import run

        return run(context)
    if not context.is_terminal:
        raise ProblemError("no_terminal")
    import gc

    gc.disable()  # until the first picture: what is loaded up to then stays anyway
    from rchrp_goals.app import run as run_app

    return run_app(context)


def _conversation(call: Call) -> str:
    if call.command != "begin":
        return call.command
    from rchrp_goals.services.waiting import CONVERSATIONS

    name = call.words[0] if call.words else ""
    if name and name not in CONVERSATIONS:
        raise UsageProblem("begin_unknown", names=", ".join(CONVERSATIONS))
    return name
