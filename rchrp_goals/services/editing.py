"""A long text in the person's own editor: handed over through a private file, taken back, and the file removed.

The editor is the one that ``$VISUAL`` names, else ``$EDITOR``; where neither is set there is none, and none is guessed.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import NamedTuple

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.text import LONG_CAP, clean
from rchrp_goals.store.edited_file import LARGEST, EditedFile
from rchrp_goals.store.places import Places

AT_ONCE = 1.5
"""Seconds within which nobody has read a text, let alone changed it."""
_ENDED_BY_SIGNAL = 128
"""A shell adds the signal's number to it, for a command that it waited for."""
LAST_WORDS = 3.0
"""Seconds that an editor gets to end when the system ends us."""
CLEAN = b"\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b>\x1b[0m"
"""What a terminal is told after an editor that could not clean up: one screen, a cursor, no mouse, keys as usual."""


def editor_of(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of the command that ``$VISUAL``, else ``$EDITOR`` names; empty where none is named."""
    for name in ("VISUAL", "EDITOR"):
        if environ.get(name, "").strip():
            try:
                return tuple(shlex.split(environ[name]))
            except ValueError:  # a quotation mark that never closes names nothing
                return ()
    return ()


def is_offered(environ: Mapping[str, str]) -> bool:
    """Tell whether a text can be handed over here: an editor is named, and the system knows terminals as we do."""
    return os.name == "posix" and bool(editor_of(environ))


class Edited(NamedTuple):
    """What came back. ``kind``:

    ``changed`` (``text``, as a plan keeps it), ``unchanged``, ``at_once`` (nobody can have seen it), ``stopped`` (the
    editor failed), ``not_started``, ``gone`` (no file any more), ``empty``; ``refused`` (``problem`` says why it cannot
    stand there; the file waits until ``close``); ``ended``: ``number`` is the signal that ends us, ``text`` what was
    saved by then, or empty.
    """

    kind: str
    text: str = ""
    problem: AnswerRefused | None = None
    number: int = 0


class _EndedError(Exception):
    """A signal came that ends the program."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Editing:
    """One text on its way through an editor. ``cap``: characters that may come back."""

    def __init__(self, places: Places, command: tuple[str, ...], text: str, cap: int = 0) -> None:
        self.command = command
        self._cap = cap or LONG_CAP
        self._file = EditedFile(places)
        # editors end a text with a line's end, and nobody wrote that
        self._before = (text if not text or text.endswith("\n") else f"{text}\n").encode()
        self._cleaned = text

    @property
    def name(self) -> str:
        """The command as the person wrote it, or nearly."""
        return shlex.join(self.command)

    @property
    def path(self) -> str:
        """Where the text stands meanwhile."""
        return self._file.path

    def prepare(self) -> None:
        """Write the file. Raises ProblemError ``edited_not_written`` or ``folder_not_made``."""
        self._file.write(self._before)

    def open(self) -> Edited:
        """Let the editor have the terminal, wait for it, and read what it left; may be called again after ``refused``."""
        began = monotonic()
        try:
            with _signals_wait(), _terminal_as_it_was() as tidy:
                code = -1
                try:
                    code = _run([*self.command, self._file.path])
                except OSError:
                    return Edited("not_started")
                finally:
                    tidy(code == 0)
        except _EndedError as ended:
            found = self._read()
            return Edited("ended", found.text if found.kind == "changed" else "", number=ended.number)
        found = self._read()
        if code:
            # one that gives up says so by its code (``:cq``); one that a signal ended may have saved a long text before
            is_kept = (code < 0 or code > _ENDED_BY_SIGNAL) and found.kind in {"changed", "refused"}
            problem = found.problem or AnswerRefused("edited_broken_off")
            return Edited("refused", problem=problem) if is_kept else Edited("stopped")
        is_too_soon = found.kind == "unchanged" and monotonic() - began < AT_ONCE
        return Edited("at_once") if is_too_soon else found

    def close(self) -> bool:
        """Remove the file and all that was put beside it; False where something of it stands there still."""
        return self._file.remove()

    def _read(self) -> Edited:
        content = self._file.read()
        if content is None:
            return Edited("gone")
        if content == self._before:
            return Edited("unchanged")
        if len(content) > LARGEST:
            return Edited("refused", problem=AnswerRefused("text_too_long", cap=self._cap, length=len(content)))
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            return Edited("refused", problem=AnswerRefused("edited_not_read"))
        if not text.strip():
            return Edited("empty")
        try:
            cleaned = clean(text, cap=self._cap, is_long=True).text
        except AnswerRefused as refused:
            return Edited("refused", problem=refused)
        return Edited("unchanged") if cleaned == self._cleaned else Edited("changed", cleaned)


def _run(command: list[str]) -> int:
    """Run a command on our own terminal and return its code. Raises OSError, and _EndedError once the child is gone."""
    with subprocess.Popen(command) as child:
        try:
            return child.wait()
        except _EndedError as ended:
            child.send_signal(ended.number)
            try:
                child.wait(LAST_WORDS)
            except subprocess.TimeoutExpired:
                child.kill()
            raise


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Let Ctrl+C be the editor's, and the first signal that ends us end the waiting; each has its own meaning afterwards."""
    first: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        first.append(number)
        if len(first) == 1:
            raise _EndedError(number)

    # a function and not SIG_IGN: what is ignored would be ignored in the editor too
    does: dict[str, Callable[[int, FrameType | None], None]] = {"SIGINT": lambda _, __: None}
    does |= dict.fromkeys(("SIGTERM", "SIGHUP"), end)
    before = {
        getattr(signal, name): signal.signal(getattr(signal, name), do)
        for name, do in does.items()
        if hasattr(signal, name)
    }
    woken = signal.set_wakeup_fd(-1)  # an event loop would take a Ctrl+C for its own
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _terminal_as_it_was() -> Iterator[Callable[[bool], None]]:
    """Give what sets the terminal back as it was, told whether the editor ended well; nothing where there is none."""
    try:
        import termios
    except ImportError:
        yield lambda _: None
        return
    try:
        terminal = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        attributes = termios.tcgetattr(terminal)
    except (OSError, ValueError, termios.error):
        yield lambda _: None
        return

    def tidy(is_well: bool) -> None:
        try:
            if not is_well:
                os.write(terminal, CLEAN)
            termios.tcsetattr(terminal, termios.TCSADRAIN, attributes)
        except (OSError, termios.error):  # the window is gone, and with it what was to be set
            return

    yield tidy
