"""Reads the command line. Written by hand, not with argparse: ``--version`` and ``due`` may not pay for it,
and what is wrong with a call is said in the person's language.

A call is ``[options] COMMAND [options and words]``. Options that hold everywhere may stand before or after
the command. ``--name value`` and ``--name=value`` are the same; after ``--`` everything is a word; ``-``
alone is one.
"""

from __future__ import annotations

from rchrp_goals.errors import UsageProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TAKES_VALUE = True
IS_FLAG = False

EVERYWHERE: Mapping[str, bool] = {
    "--data": TAKES_VALUE,
    "--prompts": TAKES_VALUE,
    "--lang": TAKES_VALUE,
    "--plain": IS_FLAG,
    "--help": IS_FLAG,
    "--version": IS_FLAG,
}
SHORT: Mapping[str, str] = {"-h": "--help", "-o": "--output"}
MANY = 10_000
"""Words that a command takes which joins them: a text need not stand in quotes."""


class Shape:
    """What one command takes: its options, and how many words at least and at most."""

    __slots__ = ("least", "most", "options")

    def __init__(self, least: int = 0, most: int = 0, **options: bool) -> None:
        self.least = least
        self.most = most
        self.options = {f"--{name.replace('_', '-')}": takes_value for name, takes_value in options.items()}


COMMANDS: Mapping[str, Shape] = {
    "": Shape(),
    "begin": Shape(0, 1),
    "reflect": Shape(),
    "check-in": Shape(),
    "due": Shape(json=IS_FLAG, titles=IS_FLAG, exit_code=IS_FLAG),
    "remind": Shape(
        notify=IS_FLAG,
        titles=IS_FLAG,
        install=IS_FLAG,
        uninstall=IS_FLAG,
        show=IS_FLAG,
        at=TAKES_VALUE,
        yes=IS_FLAG,
    ),
    "add": Shape(0, MANY, goal=TAKES_VALUE, by=TAKES_VALUE, yes=IS_FLAG),
    "done": Shape(0, 1, yes=IS_FLAG),
    "goals": Shape(json=IS_FLAG),
    "show": Shape(1, 1, json=IS_FLAG),
    "level": Shape(1, MANY, note=TAKES_VALUE, json=IS_FLAG, yes=IS_FLAG),
    "log": Shape(0, MANY, hours=TAKES_VALUE, on=TAKES_VALUE, category=TAKES_VALUE, yes=IS_FLAG),
    "export": Shape(
        1,
        1,
        output=TAKES_VALUE,
        sheet=TAKES_VALUE,
        width=TAKES_VALUE,
        to=TAKES_VALUE,
        mine=IS_FLAG,
        yes=IS_FLAG,
        **{"from": TAKES_VALUE},
    ),
    "import": Shape(1, 1, yes=IS_FLAG),
    "calendar": Shape(output=TAKES_VALUE, titles=IS_FLAG, yes=IS_FLAG),
    "schema": Shape(0, 1),
    "settings": Shape(0, MANY, json=IS_FLAG, yes=IS_FLAG),
    "undo": Shape(list=IS_FLAG, json=IS_FLAG, yes=IS_FLAG),
    "where": Shape(),
    "completion": Shape(1, 1),
    "demo": Shape(0, 1, keep=TAKES_VALUE),
}


class Call:
    """One call, read: the command ("" is none), its words, and its options as they were given.

    ``values`` holds what options took (``--by friday`` under ``--by``), ``flags`` the options without a
    value.
    """

    __slots__ = ("command", "flags", "values", "words")

    def __init__(self, command: str, words: list[str], values: dict[str, str], flags: set[str]) -> None:
        self.command = command
        self.words = words
        self.values = values
        self.flags = flags


def read_call(argv: Sequence[str]) -> Call:
    """Read the words after the program's name. Raises UsageProblem, which never holds the person's text."""
    words: list[str] = []
    values: dict[str, str] = {}
    flags: set[str] = set()
    command = ""
    options = EVERYWHERE
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        if word == "--":
            command, words = _with_words(command, words, rest)
            break
        if word == "-" or not word.startswith("-"):
            if command:
                words.append(word)
            else:
                command = word
                options = {**EVERYWHERE, **_shape(command).options}
            continue
        name, value = _option(word)
        if _takes_value(name, value, options):
            values[name] = _next_value(name, rest) if value is None else value
        else:
            flags.add(name)
    if not flags & {"--help", "--version"}:
        shape = _shape(command)
        if len(words) < shape.least:
            raise UsageProblem(f"missing_{command}")
        if len(words) > shape.most:
            raise UsageProblem("words_too_many", command=command)
    return Call(command, words, values, flags)


def _takes_value(name: str, value: str | None, options: Mapping[str, bool]) -> bool:
    """Tell whether an option takes a value. Raises UsageProblem for an unknown one, or one that has too much."""
    if name not in options:
        raise UsageProblem("option_unknown", option=_printable(name))
    if options[name] == IS_FLAG and value is not None:
        raise UsageProblem("option_takes_nothing", option=name)
    return options[name]


def _next_value(name: str, rest: list[str]) -> str:
    if not rest or rest[0].startswith("--"):
        raise UsageProblem("option_wants_value", option=name)
    return rest.pop(0)


def option_asked_for(name: str, argv: Sequence[str]) -> str | None:
    """Return what an option takes in a call that cannot be read, so that this is said in the right language."""
    for number, word in enumerate(argv):
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
        if word == name and number + 1 < len(argv):
            return argv[number + 1]
    return None


def _with_words(command: str, words: list[str], rest: list[str]) -> tuple[str, list[str]]:
    if command or not rest:
        return command, words + rest
    _shape(rest[0])
    return rest[0], words + rest[1:]


def _shape(command: str) -> Shape:
    shape = COMMANDS.get(command)
    if shape is not None:
        return shape
    # difflib is dear, and this is the way out
    from difflib import get_close_matches

    close = get_close_matches(command.casefold(), [name for name in COMMANDS if name], 1)
    if close:
        raise UsageProblem("command_unknown_close", close=close[0])
    raise UsageProblem("command_unknown")


def _option(word: str) -> tuple[str, str | None]:
    """Return an option's long name, and what stands with it as one word (``--by=friday``, ``-oFILE``)."""
    if word.startswith("--"):
        name, has_value, value = word.partition("=")
        return name, value if has_value else None
    name = SHORT.get(word[:2], word[:2])
    return name, word[2:].removeprefix("=") or None


def _printable(name: str) -> str:
    """Return an option's name as far as it can be one: never a text that somebody began with a hyphen."""
    kept = ""
    for sign in name[:20]:
        if not (sign == "-" or (sign.isascii() and sign.isalnum())):
            break
        kept += sign
    return kept
