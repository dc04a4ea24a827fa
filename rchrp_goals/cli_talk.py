"""How commands read and speak: a text, a day, a number, a yes; sentences go to stderr, and only who sits there is asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals.errors import BusyProblem, ProblemError, UsageProblem
from rchrp_goals.plan.text import shown

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.plan.dates import Reading
    from rchrp_goals.services.context import Context

MOST_CHARACTERS = 4_000_000
"""What is read from stdin at most: far more than any text that is kept."""


# Talking


def say(context: Context, key: str, **values: object) -> None:
    """Say a sentence of the wording on stderr."""
    streams.talk(shown(context.words.ui(key, **values)))


def somebody_is_there() -> bool:
    """Tell whether a question would reach somebody."""
    return sys.stdin is not None and sys.stdin.isatty()


def need_terminal(key: str) -> None:
    """Raise UsageProblem ``key`` where nobody could be asked."""
    if not somebody_is_there():
        raise UsageProblem(key)


def text(context: Context, words: list[str], question: str, missing: str) -> str | None:
    """Return the text of the call, of stdin (``-``), or of whoever sits there; None where that says nothing.

    Raises UsageProblem ``missing`` where there is neither a text nor anybody to ask.
    """
    if words == ["-"]:
        return stdin_text()
    if words:
        return " ".join(words)
    need_terminal(missing)
    return ask(context, context.words.ui(question))


def stdin_text() -> str:
    """Return what comes in on stdin; what is no UTF-8 is left for ``clean`` to take out."""
    if sys.stdin is None:
        return ""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")
    return sys.stdin.read(MOST_CHARACTERS)


def ask(context: Context, question: str) -> str | None:
    """Ask on stderr and return the line that was typed, None for an empty one or the end of input."""
    is_seen = sys.stdout is not None and sys.stdout.isatty()
    if is_seen:
        _read_long_lines()
    streams.talk(shown(question))
    try:
        if is_seen:
            from rchrp_goals.plain_terminal import typed_line

            line = typed_line(context.words.ui("cli.prompt"))
        else:
            streams.talk(context.words.ui("cli.prompt"), end="")
            line = sys.stdin.readline()
    except EOFError:
        return None
    return line.strip() or None


def _read_long_lines() -> None:
    """Let ``input`` read through readline, without a history: a bare terminal line is cut at 4,095 bytes."""
    try:
        import readline
    except ImportError:  # Windows, where lines are not cut
        return
    readline.set_auto_history(False)


def number(answer: str, most: int) -> int:
    """Return the number that was typed. Raises ProblemError where it is none of those offered."""
    if not (answer.isascii() and answer.isdigit()) or len(answer) > 6 or not 1 <= int(answer) <= most:
        raise ProblemError("no_such_line", most=most)
    return int(answer)


def choose(context: Context, lines: Sequence[str], question: str) -> int | None:
    """Show numbered lines, ask for one, and return its place in ``lines``; None for an empty answer.

    Raises ProblemError ``no_such_line``.
    """
    numbered = [context.words.ui("cli.numbered", n=n, text=line) for n, line in enumerate(lines, 1)]
    answer = ask(context, "\n".join([*numbered, context.words.ui(question)]))
    return number(answer, len(lines)) - 1 if answer else None


def agrees(context: Context, question: str) -> bool:
    """Ask for a yes; anything else is none."""
    answer = ask(context, question)
    return (answer or "").casefold() in context.words.ui("cli.yes_words").split()


def may_replace(context: Context, call: Call, path: str) -> bool:
    """Tell whether a file may be written over: with ``--yes``, or after a yes. Raises ProblemError ``export_own_file``."""
    if path and context.places.is_own(path) and not os.path.isdir(path):
        raise ProblemError("export_own_file", path=path)
    if "--yes" in call.flags:
        return True
    return (
        os.path.lexists(path)
        and somebody_is_there()
        and agrees(context, context.words.ui("cli.ask_replace", path=path))
    )


def need_no_window(context: Context) -> None:
    """Raise BusyProblem ``window_open`` where a window is open; nothing is made."""
    from rchrp_goals.store.locks import WindowLock

    if WindowLock(context.places).is_held_elsewhere():
        raise BusyProblem("window_open")


@contextmanager
def no_other_window(context: Context) -> Iterator[None]:
    """Hold the window's lock for a command that waits for the window. Raises BusyProblem ``window_open``."""
    from rchrp_goals.store.locks import WindowLock

    window = WindowLock(context.places)
    if not window.acquire():
        raise BusyProblem("window_open")
    try:
        yield
    finally:
        window.release()


# Dates


def day_behind(context: Context, option: str, said: str) -> date:
    """Return the day that stands after an option and lies behind: without a year it is the last one. Raises as ``day``."""
    return day(context, option, said, is_behind=True)


def day(context: Context, option: str, said: str, *, is_behind: bool = False) -> date:
    """Return the day that stands after an option; asks where it reads two ways.

    Raises UsageProblem ``day_not_read``, or ``day_two_ways`` where nobody can be asked.
    """
    from rchrp_goals.services.day_words import read_day

    reading = read_day(said, context.clock.today(), context.settings.date_order, is_behind=is_behind)
    if reading.day is not None:
        return reading.day
    if not reading.is_ambiguous:
        raise UsageProblem("day_not_read", option=option)
    first, second = (full(context, day) for day in reading.dates[:2])
    if not somebody_is_there():
        raise UsageProblem("day_two_ways", first=first, second=second)
    lines = [context.words.ui("cli.numbered", n=n, text=text) for n, text in enumerate((first, second), 1)]
    answer = ask(context, "\n".join([*lines, context.words.ui("cli.ask_which_day")]))
    return _chosen(context, reading, number(answer or "", 2) - 1)


def _chosen(context: Context, reading: Reading, at: int) -> date:
    """Return the day that was chosen, and remember whether day or month came first."""
    if reading.kinds[at] in {"day_month", "month_day"}:
        from rchrp_goals.store.settings import write_settings

        write_settings(context.places, date_order=reading.kinds[at])
    return reading.dates[at]


def full(context: Context, day: date) -> str:
    """Return a day in full, as what was understood is echoed."""
    from rchrp_goals.services.day_words import full_date

    return full_date(day, context.words)
