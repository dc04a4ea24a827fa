"""The one family of problems that a person is told about.

A problem carries the key of a sentence in ``ui.toml`` (section ``errors``) and the values that the sentence
needs; it becomes words at the edge (command line, plain mode, app). It never holds what the person wrote.
"""

from __future__ import annotations


class ProblemError(Exception):
    """Something was refused or failed; what stood before still stands.

    Exit code 1. ``key`` names the sentence, ``args`` fill its placeholders; neither may hold the person's
    text.
    """

    exit_code = 1

    def __init__(self, key: str, /, **args: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = args


class UsageProblem(ProblemError):
    """The call itself was wrong. Exit code 2."""

    exit_code = 2


class FileProblem(ProblemError):
    """A file cannot be read as what it should be; nothing was changed. Exit code 3."""

    exit_code = 3


class BusyProblem(ProblemError):
    """Another window or program is writing; nothing was changed. Exit code 4."""

    exit_code = 4


class AnswerRefused(ProblemError):
    """An answer cannot be kept as it stands; the field keeps it. Exit code 1."""
