"""Lines in and lines out for plain mode: read through readline on a terminal, written clean of codes."""

from __future__ import annotations

import io
import signal
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from types import FrameType
from typing import TextIO

from rchrp_goals import content
from rchrp_goals.errors import ProblemError
from rchrp_goals.plan.text import bare, shown

WIDEST = 72
CLEAR = "\x1b[H\x1b[2J\x1b[3J"
BEAT = 0.5
"""Seconds within which a signal is heard while a line is waited for, whenever it came."""


class PausedError(Exception):
    """The person pauses: by a word, by Ctrl+C, by a signal, or because the input ended."""


class LeftError(Exception):
    """The person leaves and wants nothing left on the screen."""


class Terminal:
    """Reads one line at a time and writes prose, wrapped only where it is a terminal."""

    def __init__(self, stdin: TextIO | None, stdout: TextIO | None, environ: Mapping[str, str]) -> None:
        """``stdin`` or ``stdout`` is None where whoever started the program closed it: it has ended, or nobody hears it."""
        self.stdin = stdin if stdin is not None else io.StringIO()
        self.stdout = stdout if stdout is not None else io.StringIO()
        self.environ = environ
        self.knows_of_editor = False
        """It was said where a text goes that is opened in an editor."""
        self.could_not_save = False
        """Something that the person wanted kept was not, and was said so: nothing says then that everything is kept."""
        self.is_terminal = self.stdin.isatty() and self.stdout.isatty()
        self.has_ended = False
        """Nothing is read any more: the system ends the program."""
        self._reads_by_readline = False
        self._width = 0
        if self.is_terminal:
            self._prepare(environ)

    def say(self, *paragraphs: str, indent: str = "") -> None:
        """Write each paragraph on lines of its own."""
        for paragraph in paragraphs:
            for line in shown(paragraph).split("\n"):
                self._write(self._wrapped(line, indent))
        self._put("", is_last=True)

    def space(self) -> None:
        """Write an empty line."""
        self._write("")

    def ask(self, prompt: str) -> str:
        """Read one line, without its end. Raises PausedError where the input has ended or Ctrl+C was pressed."""
        if self.has_ended:
            raise PausedError
        try:
            if self._reads_by_readline:
                self._put("", is_last=True)
                return typed_line(prompt)
            self._put(prompt, is_last=True)
            line = self.stdin.readline()
            if not self.is_terminal:
                self._write("")  # nobody's Enter moved to the next line
        except (EOFError, KeyboardInterrupt, UnicodeDecodeError, PausedError):
            self._write("")
            raise PausedError from None
        if not line:
            raise PausedError
        return line.rstrip("\r\n")

    def clear(self) -> None:
        """Clear the screen and what can be scrolled back to, where it is a terminal."""
        if self.is_terminal:
            self._put(CLEAR, is_last=True)

    def _prepare(self, environ: Mapping[str, str]) -> None:
        import os
        import shutil
        import sys

        self._width = min(shutil.get_terminal_size().columns, WIDEST) if "COLUMNS" not in environ else WIDEST
        if self.stdin is not sys.stdin or not os.isatty(self.stdin.fileno()):
            return
        # A bare terminal line is cut at 4,095 bytes; readline takes a long paste whole. Nothing goes into a history.
        with suppress(ImportError):
            import readline

            readline.set_auto_history(False)
            # Several lines that are pasted are one answer, not the answers to the questions that follow.
            for setting in (("enable-bracketed-paste", "on"), ("enable-active-region", "off")):
                readline.parse_and_bind(" ".join(("set", *setting)))
            self._reads_by_readline = True

    def _wrapped(self, line: str, indent: str) -> str:
        if not self._width:
            return indent + line
        return (
            textwrap.fill(
                line,
                max(self._width, 20),
                initial_indent=indent,
                subsequent_indent=indent,
                break_on_hyphens=False,
                break_long_words=False,
            )
            or indent
        )

    def _write(self, line: str) -> None:
        self._put(line + "\n")

    def _put(self, text: str, *, is_last: bool = False) -> None:
        """Write a text, and let out all that was written where it is the last.

        Raises BrokenPipeError, or ProblemError ``output_not_written`` (a full disk, a window that is gone).
        """
        try:
            self.stdout.write(text)
            if is_last:
                self.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError:
            raise ProblemError("output_not_written") from None


def typed_line(prompt: str) -> str:
    """Read a line that is typed on a terminal. Raises EOFError, and whatever the handler of a signal raises.

    Python's readline looks at signals only when one interrupts its waiting: a Ctrl+C or a SIGTERM in the instant between
    the prompt and the waiting would lie there until the next key. An alarm that does nothing interrupts it again.
    """
    if not hasattr(signal, "setitimer"):  # Windows
        return input(prompt)
    # The handler stays: an alarm without one would end the program.
    signal.signal(signal.SIGALRM, _do_nothing)
    try:
        signal.setitimer(signal.ITIMER_REAL, BEAT, BEAT)
        return input(prompt)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _do_nothing(number: int, frame: FrameType | None) -> None:
    """Take a signal whose coming is all that it is for."""


@contextmanager
def pausing_signals(terminal: Terminal) -> Iterator[None]:
    """Let SIGTERM, SIGHUP and Ctrl+C pause, as an end of input does.

    Only the first: a window that closes sends several, a hand in a hurry too, and the next would fall into the writing
    of what was typed.
    """

    def pause(number: int, frame: FrameType | None) -> None:
        for one in numbers:
            signal.signal(one, signal.SIG_IGN)
        terminal.has_ended = True
        raise PausedError

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in numbers}
    for one in numbers:
        signal.signal(one, pause)
    try:
        yield
    finally:
        for one, handler in before.items() if not terminal.has_ended else ():
            signal.signal(one, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let what is typed be written to its end: the second of two Ctrl+C comes too late."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@cache
def _slash_words() -> dict[str, str]:
    return {bare(word): action for action, words in content.table("structure", "slash").items() for word in words}


def slash_action(line: str) -> str | None:
    """Return what a line with one slash asks for, ``unknown`` for a word that is none, None for a line of text."""
    stripped = line.lstrip()
    if not stripped.startswith("/") or stripped.startswith("//"):
        return None
    action = _slash_words().get(bare(stripped[1:]))
    if action is None and _slash_words().get(bare(stripped[1:].partition(" ")[0])) == "reason":
        return "reason"
    return action or "unknown"


def behind_slash(line: str) -> str:
    """Return what stands behind a slash word on its line ("/reason I saw it"); empty where nothing does."""
    return line.strip().partition(" ")[2].strip()


def without_slash(line: str) -> str:
    """Return the line's text: ``//`` at the start stands for one slash."""
    stripped = line.lstrip()
    return stripped[1:] if stripped.startswith("//") else line
