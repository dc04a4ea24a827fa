"""The first lines of a first run, as plain text before any full screen: which language, and which face."""

from __future__ import annotations

import os
import shutil
import textwrap
from typing import TYPE_CHECKING, Protocol

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import ProblemError

if TYPE_CHECKING:
    from rchrp_goals.services.context import Context


PASSES = frozenset({"", "/pass", "/pasar", "/paso", "/saltar"})


class Lines(Protocol):
    """What writes paragraphs and reads one line."""

    def say(self, *paragraphs: str) -> None:
        """Write each paragraph on lines of its own."""

    def ask(self, prompt: str) -> str:
        """Read one line."""


class TerminalLines:
    """Writes and reads lines on the terminal before the app takes it over."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def say(self, *paragraphs: str) -> None:
        """Write each paragraph on lines of its own, as wide as the window."""
        width = shutil.get_terminal_size().columns - 1
        for paragraph in paragraphs:
            self._context.stdout.write(f"{textwrap.fill(paragraph, max(width, 20), break_long_words=False)}\n")

    def ask(self, prompt: str) -> str:
        """Read one line. Raises EOFError at the end of the input."""
        self._context.stdout.write(prompt)
        self._context.stdout.flush()
        line = self._context.stdin.readline()
        if not line:
            raise EOFError
        return line


def ask_language(context: Context, lines: Lines, *, is_over: tuple[type[Exception], ...] = ()) -> None:
    """Ask for the language and the face, and keep what was chosen.

    An empty line, ``/pass`` or the end of the input (an exception of ``is_over``) takes the locale's language, else
    English; under ``--plain`` the face then stays the app. Where there is a plan to open, a choice that cannot be kept
    is said and holds for this run; else ProblemError is raised.
    """
    spoken = [Words(language) for language in LANGUAGES]
    choices = [(words, face) for face in ("app", "plain") for words in spoken]
    for number, (words, face) in enumerate(choices, 1):
        lines.say(f"{number} {words.ui(f'first_run.{face}')}")
    lines.say("", *(words.ui(f"first_run.{key}") for key in ("how", "letters") for words in spoken))
    while True:
        try:
            answer = lines.ask(spoken[0].ui("first_run.prompt")).strip().casefold()
        except is_over:
            answer = ""
        if answer in PASSES:
            _keep(context, lines, context.language, "app")
            return
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(choices):
            words, face = choices[int(answer) - 1]
            _keep(context, lines, words.language, face)
            return
        for words in spoken:
            if answer in {words.language, words.ui("first_run.app").casefold()}:
                _keep(context, lines, words.language, "app")
                return
        lines.say(*(words.ui("first_run.again") for words in spoken))


def _keep(context: Context, lines: Lines, language: str, face: str) -> None:
    from rchrp_goals.store.settings import write_settings

    try:
        settings = write_settings(context.places, language=language, face=face)
    except ProblemError as problem:
        if not os.path.lexists(context.places.plan):
            raise
        lines.say(Words(language).problem(problem.key, problem.values))
        settings = context.settings._replace(language=language, face=face)
    context.keep_settings(settings)
