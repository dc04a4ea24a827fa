"""The command ``completion``: a shell's completion, drawn by shtab from the one table of commands and options."""

from __future__ import annotations

from argparse import Action, ArgumentParser
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rchrp_goals import cli_streams as streams
from rchrp_goals.arguments import COMMANDS as TABLE
from rchrp_goals.arguments import EVERYWHERE, IS_FLAG, SHORT
from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import UsageProblem

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.content import Words
    from rchrp_goals.services.context import Context

PROGRAM = "rchrp-goals"
SHELLS = ("bash", "zsh", "tcsh")
IDS: Mapping[str, tuple[str, ...]] = {"goals": ("goals",), "steps": ("steps",), "all": ("goals", "steps", "learning")}
"""What ``completion`` can list for a shell that asks: the tables whose ids are meant."""

Complete = Sequence[str] | Mapping[str, Any]


def _completion(context: Context, call: Call) -> int:
    asked = call.words[0]
    if asked in IDS:
        return _ids(context, IDS[asked])
    if asked not in SHELLS:
        raise UsageProblem("completion_unknown", shells=", ".join(SHELLS))
    import shtab

    streams.data(shtab.complete(_parser(context.words), asked))
    return 0


def _ids(context: Context, names: Sequence[str]) -> int:
    from rchrp_goals.plan import glance
    from rchrp_goals.services.goals import short_ids

    tables = context.store.read().tables
    ids = short_ids(tables)
    found = [
        ids[one["id"]]
        for name in names
        for one in glance.standing(tables, name)
        if name != "steps" or len(names) > 1 or one.get("state") == "planned"
    ]
    if found:
        streams.data("\n".join(found))
    return 0


# The table as argparse knows it: only to be read by shtab, never to read a call


def _parser(words: Words) -> ArgumentParser:
    from rchrp_goals.cli_commands import help_of

    parser = ArgumentParser(PROGRAM, add_help=False)
    _add_options(parser, EVERYWHERE)
    commands = parser.add_subparsers()
    for name, shape in TABLE.items():
        if not name:
            continue
        told = " ".join(help_of(words, name).split("\n\n")[1].split()).partition(". ")[0].rstrip(".")
        one = commands.add_parser(name, help=told, add_help=False)
        _add_options(one, {**shape.options, **EVERYWHERE})
        wanted = _words_of(name)
        for number in range(min(shape.most, max(len(wanted), 1))):
            is_last = number == max(len(wanted), 1) - 1
            is_open = is_last and shape.most > number + 1
            word = one.add_argument(f"word{number}", nargs="*" if is_open else "?", help=told)
            _let_complete(word, wanted[number] if number < len(wanted) else ())
    return parser


def _add_options(parser: ArgumentParser, options: Mapping[str, bool]) -> None:
    wanted = _values_of_options()
    for name, takes_value in options.items():
        names = [name, *(short for short, long in SHORT.items() if long == name)]
        if takes_value == IS_FLAG:
            parser.add_argument(*names, action="store_true")
        else:
            _let_complete(parser.add_argument(*names), wanted.get(name, ()))


def _let_complete(action: Action, complete: Complete) -> None:
    if isinstance(complete, Mapping):
        action.complete = complete  # type: ignore[attr-defined]
    elif complete:
        action.choices = list(complete)


def _values_of_options() -> Mapping[str, Complete]:
    import shtab

    from rchrp_goals.services.exporting import SHEETS

    return {
        "--data": shtab.DIRECTORY,
        "--prompts": shtab.DIRECTORY,
        "--keep": shtab.DIRECTORY,
        "--output": shtab.FILE,
        "--lang": LANGUAGES,
        "--sheet": SHEETS,
        "--goal": _asking_for("goals"),
    }


def _words_of(command: str) -> Sequence[Complete]:
    """Return what may stand after a command, word by word."""
    import shtab

    from rchrp_goals.services.exporting import FORMATS
    from rchrp_goals.services.levels import LEVEL_KEYS
    from rchrp_goals.services.waiting import CONVERSATIONS
    from rchrp_goals.store.settings_spec import BY_NAME

    found: Mapping[str, Sequence[Complete]] = {
        "begin": [CONVERSATIONS],
        "export": [FORMATS],
        "import": [shtab.FILE],
        "done": [_asking_for("steps")],
        "show": [_asking_for("all")],
        "level": [_asking_for("goals"), LEVEL_KEYS],
        "schema": [("plan",)],
        "settings": [tuple(BY_NAME), ()],
        "demo": [("participant",)],
        "completion": [SHELLS],
    }
    return found.get(command, ())


def _asking_for(what: str) -> Mapping[str, Any]:
    """Return how each shell asks this program for ids, at the moment when somebody presses Tab."""
    command = f"{PROGRAM} completion {what}"
    name = f"_rchrp_goals_{what}"
    return {
        "bash": name,
        "zsh": name,
        "tcsh": f"`{command}`",
        "preamble": {
            "bash": f'{name}() {{ compgen -W "$({command} 2>/dev/null)" -- "$1"; }}',
            "zsh": f'{name}() {{ compadd -- ${{(f)"$({command} 2>/dev/null)"}}; }}',
        },
    }


COMMANDS = {"completion": _completion}
