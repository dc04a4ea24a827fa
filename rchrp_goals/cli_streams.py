"""stdout, which is data, and stderr, which is talk: what may happen to them is no mistake of the program."""

from __future__ import annotations

import os
import sys

from rchrp_goals.errors import ProblemError


def data(text: str, end: str = "\n") -> None:
    """Write to stdout. Raises BrokenPipeError, or ProblemError ``output_not_written`` (a full disk)."""
    if sys.stdout is None:  # it was closed before we began
        return
    try:
        sys.stdout.write(text + end)
    except BrokenPipeError:
        raise
    except OSError:
        raise _not_written() from None


def json_document(document: object) -> None:
    """Write one JSON document. Raises as ``data`` does.

    Where a text holds codes, half characters or invisible signs, all that is not ASCII is written as JSON's
    escapes.
    """
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    is_plain = all(line.isprintable() for line in text.split("\n"))
    data(text if is_plain else json.dumps(document, indent=2))


def bytes_of_data(content: bytes) -> None:
    """Write bytes to stdout as they are, whatever the locale's encoding. Raises as ``data`` does."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    except BrokenPipeError:
        raise
    except OSError:
        raise _not_written() from None


def talk(sentence: str, end: str = "\n") -> None:
    """Write to stderr; where nobody can hear it there is nothing to be done."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(sentence + end)
        sys.stderr.flush()
    except OSError:
        return


def prepare() -> None:
    """Let a stream that cannot write a letter write a question mark, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def flush() -> None:
    """Write out what was given to ``data``. Raises as that does."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        raise _not_written() from None


def let_go_of_stdout() -> None:
    """Give stdout another end, so that Python does not complain about the lost one on its way out."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _not_written() -> ProblemError:
    let_go_of_stdout()
    return ProblemError("output_not_written")
