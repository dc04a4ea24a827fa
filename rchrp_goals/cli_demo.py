"""``demo``: the app, or plain mode, on a sample plan in a folder of its own that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from rchrp_goals import cli_talk as talk
from rchrp_goals.cli_commands import open_face
from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.services.context import Context
from rchrp_goals.services.demo import make
from rchrp_goals.store.places import Places, make_folder
from rchrp_goals.writer import end_process

if TYPE_CHECKING:
    from types import FrameType

    from rchrp_goals.arguments import Call

WHO = ("participant",)
WHO_LATER = ("coach", "supervisor")
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Signals that would end the process on the spot; Ctrl+C is an exception already."""
TRIES = 3
"""How often a folder is taken away into which somebody may still be writing."""


def _demo(context: Context, call: Call) -> int:
    who = call.words[0] if call.words else WHO[0]
    if who not in WHO:
        raise UsageProblem("demo_later" if who in WHO_LATER else "demo_unknown")
    if not (context.is_plain or context.is_terminal):
        raise ProblemError("no_terminal")
    kept = _folder_to_keep(call.values["--keep"]) if "--keep" in call.values else None
    with _sample_folder(kept) as folder:
        sample = Context(
            Places(folder),
            context.environ,
            context.clock,
            language=context.language,
            plain=context.is_plain,
            prompts=call.values.get("--prompts"),
        )
        if kept is None:
            sample.on_abrupt_end = partial(_remove, folder)
        make(sample.places, sample.words, sample.clock)
        _take_settings(context.places, sample.places)
        talk.say(context, "demo.command.begins")
        code = open_face(sample)
    if kept is None:
        gone = "gone" if not os.path.lexists(folder) else "not_gone"
        talk.say(context, f"demo.command.{gone}", path=folder)
    else:
        talk.say(context, "demo.command.kept", path=kept, quoted=shlex.quote(kept))
    if not context.is_plain:
        end_process(code)
    return code


def _folder_to_keep(said: str) -> str:
    """Return the folder of ``--keep``. Raises UsageProblem where it names none, ProblemError where something is in it."""
    if not said:
        raise UsageProblem("option_wants_value", option="--keep")
    folder = os.path.abspath(os.path.expanduser(said))
    make_folder(folder)
    try:
        found = os.listdir(folder)
    except OSError:
        raise ProblemError("folder_not_made", path=folder) from None
    if found:
        raise ProblemError("demo_folder_not_empty", path=folder)
    return folder


@contextmanager
def _sample_folder(kept: str | None) -> Iterator[str]:
    """Give the folder that is kept, or one for this person's eyes that goes away however the block ends."""
    if kept is not None:
        yield kept
        return
    before = {number: signal.getsignal(number) for number in (*ENDING, signal.SIGINT)}
    for number in ENDING:
        signal.signal(number, _end)
    folder = ""
    try:
        folder = _temporary_folder()
        yield folder
    finally:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        _remove(folder)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    """End as the system asks, but by way of whatever is still to be done."""
    raise SystemExit(128 + number)


def _temporary_folder() -> str:
    """Make a folder of its own, 0700. Raises ProblemError where there is no place for it."""
    try:
        return tempfile.mkdtemp(prefix="sample-")
    except OSError:
        raise ProblemError("demo_no_folder") from None


def _remove(folder: str) -> None:
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return


def _take_settings(own: Places, sample: Places) -> None:
    """Let the sample look as the person's own plan does: colours, signs, face. Their settings stay as they are."""
    try:
        shutil.copyfile(own.settings, sample.settings)
    except OSError:  # there are none yet
        return


COMMANDS = {"demo": _demo}
