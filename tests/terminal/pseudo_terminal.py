"""A program in a real pseudo-terminal: type, click, paste, wait for a text, see what stands on the screen.

    with PseudoTerminal(["rchrp-goals"], columns=80, rows=24) as terminal:
        terminal.wait_for("English")
        terminal.press("1", "enter")

Linux and macOS. A wait ends as soon as its text shows; one that runs out fails with the screen as it stood.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
from wcwidth import wcswidth

PATIENCE = 30.0
"""Seconds that a wait lasts at most; long, for a machine that has other work."""

KEYS = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "insert": "\x1b[2~", "delete": "\x1b[3~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~",
    "f12": "\x1b[24~",
    "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D",
    "ctrl+up": "\x1b[1;5A", "ctrl+down": "\x1b[1;5B", "ctrl+right": "\x1b[1;5C", "ctrl+left": "\x1b[1;5D",
}  # fmt: skip

# Takes the terminal as its controlling one (opening it without O_NOCTTY does), then becomes the program: the
# signals that a terminal sends reach it as they would in a window.
_LAUNCH = "import os,sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execvp(sys.argv[1], sys.argv[1:])"
_AT_FIRST = frozenset({7, 25})  # line wrap and cursor: the private modes that stand in a fresh terminal
_LINE_TAKEN = b"\x1b[?2004l"
"""readline asks for bracketed paste with each prompt, and takes that back when the line was read."""
_PRIVATE_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_ALTERNATE = re.compile(rb"\x1b\[\?(?:1049|1047|47)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])\d*u")
_MODE_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_ANSWERS = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[?u": b"\x1b[?0u"}
# What pyte would draw as text or take for something else: private sequences, mode queries, device strings.
_UNKNOWN = re.compile(rb"\x1b\[[<>=][\d;]*[@-~]|\x1b\[\?[\d;]*(?:\$p|u)|\x1b[P_^X][^\x1b]*\x1b\\")
_UNFINISHED = re.compile(rb"\x1b(?:\[[\x20-\x3f]*|[P_^X\]][^\x07\x1b]*\x1b?)?\Z")


ROOT = Path(__file__).resolve().parents[2]


class ScreenError(AssertionError):
    """What was waited for did not come; the message holds the screen."""


class PseudoTerminal:
    """One program in a terminal of its own; leave the ``with`` block and both are gone."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str | None] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Start a command in a folder; the environment is laid over our own, None takes a variable away."""
        self.raw = bytearray()
        """Every byte that the program wrote."""
        self.modes = set(_AT_FIRST)
        """The private modes that stand now: 1049 alternate screen, 2004 bracketed paste, 25 cursor ..."""
        self.keyboard_level = 0
        self._screens = [pyte.Screen(columns, rows)]
        self._stream = pyte.ByteStream(self._screens[0])
        self._kept = b""
        self._ended = False
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)
        self._line_settings = termios.tcgetattr(slave)
        self._process = subprocess.Popen(
            [sys.executable, "-IS", "-c", _LAUNCH, *command],
            stdin=slave, stdout=slave, stderr=slave, close_fds=True, start_new_session=True, cwd=folder,
            env=_terminal_environment(environment or {}),
        )  # fmt: skip
        os.close(slave)
        os.set_blocking(self._master, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    # What stands there

    @property
    def screen(self) -> pyte.Screen:
        """The screen that shows, cell by cell: the alternate one while the program uses it."""
        return self._screens[-1]

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    def text(self) -> str:
        """What stands on the screen, a line a row, without the blanks at their ends."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def left_behind(self) -> list[str]:
        """What a program that has ended did not put back, in words; empty where the terminal is clean."""
        found = [f"mode {mode} on" for mode in sorted(self.modes - _AT_FIRST)]
        found += [f"mode {mode} off" for mode in sorted(_AT_FIRST - self.modes)]
        found += ["keyboard protocol on"] if self.keyboard_level else []
        if self._master >= 0 and termios.tcgetattr(self._master)[:4] != self._line_settings[:4]:
            found.append("line settings changed")
        return found

    # What a person does

    def press(self, *keys: str) -> None:
        """Press keys one after the other: a name of KEYS, ``ctrl+x``, ``alt+x``, or one character."""
        for key in keys:
            self._write(_key_bytes(key))
            # an escape with something right behind it would be read as Alt
            self.pump(0.2 if key == "escape" else 0.02)

    def type(self, text: str) -> None:
        """Type a text as it is; lone surrogates stand for bytes that are no UTF-8."""
        self._write(text.encode("utf-8", "surrogateescape"))

    def enter_line(self, text: str = "") -> None:
        """Type a line where readline asks for one, and wait until it was read."""
        self.wait_for_mode(2004)
        before = len(self.raw)
        self.type(f"{text}\r")
        self.wait_until(lambda: _LINE_TAKEN in self.raw[before:], "the line was not read")

    def paste(self, text: str) -> None:
        """Paste a text, between the marks of a bracketed paste where the program asked for them."""
        data = text.replace("\n", "\r").encode("utf-8", "surrogateescape")
        self._write(b"\x1b[200~" + data + b"\x1b[201~" if 2004 in self.modes else data)

    def click(self, column: int, row: int) -> None:
        """Click with the left button; the upper left cell is 0, 0."""
        self._write(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m".encode())

    def click_text(self, pattern: str, timeout: float = PATIENCE) -> None:
        """Wait for a text within one row and click on its middle."""
        self.wait_for(pattern, timeout)
        for row, line in enumerate(self.text().split("\n")):
            if found := re.search(pattern, line):
                self.click(wcswidth(line[: (found.start() + found.end()) // 2]), row)
                return
        raise self._failure(f"{pattern!r} stands in no single row")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        for screen in self._screens:
            screen.resize(rows, columns)
        self._set_size(columns, rows)

    def send_signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Close the window under the program; from here on only ``wait_exit`` makes sense."""
        os.close(self._master)
        self._master, self._ended = -1, True

    # Waiting

    def wait_until(self, is_so: Callable[[], bool], failing: str, timeout: float = PATIENCE) -> None:
        """Wait until something is so, and take in meanwhile what the program writes; ``failing`` says what is not."""
        end = time.monotonic() + timeout
        while not is_so():
            if self._ended or time.monotonic() > end:
                raise self._failure(failing)
            self._read(0.05)

    def wait_for(self, pattern: str, timeout: float = PATIENCE) -> re.Match[str]:
        """Wait until a regular expression stands on the screen; ``^`` and ``$`` mean a row's ends."""
        compiled = re.compile(pattern, re.MULTILINE)
        found: list[re.Match[str]] = []

        def stands() -> bool:
            found.extend(compiled.finditer(self.text()))
            return bool(found)

        self.wait_until(stands, f"{pattern!r} did not show", timeout)
        return found[0]

    def wait_gone(self, pattern: str, timeout: float = PATIENCE) -> None:
        """Wait until a regular expression no longer stands on the screen."""
        compiled = re.compile(pattern, re.MULTILINE)
        self.wait_until(lambda: not compiled.search(self.text()), f"{pattern!r} did not go away", timeout)

    def wait_for_mode(self, mode: int, timeout: float = PATIENCE) -> None:
        """Wait until the program has asked for a private mode, such as 1049, the alternate screen."""
        self.wait_until(lambda: mode in self.modes, f"mode {mode} was not asked for", timeout)

    def wait_stopped(self) -> None:
        """Wait until a signal has stopped the program."""
        self.wait_until(
            lambda: os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG)[0] == self.pid, "the program did not stop"
        )

    def settle(self, quiet: float = 0.3, timeout: float = PATIENCE) -> None:
        """Wait until the program has written nothing for ``quiet`` seconds, and had nothing to do."""
        end = last = time.monotonic()
        end += timeout
        while not self._ended and (now := time.monotonic()) - last < quiet:
            if now > end:
                raise self._failure("the screen did not come to rest")
            if self._read(0.02) or self._is_at_work():
                last = time.monotonic()

    def pump(self, seconds: float) -> None:
        """Take in what the program writes for this long."""
        end = time.monotonic() + seconds
        while not self._ended and (rest := end - time.monotonic()) > 0:
            self._read(rest)

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Wait until the program has ended and give its exit status (-N for signal N)."""
        end = time.monotonic() + timeout
        while self._process.poll() is None:
            if time.monotonic() > end:
                raise self._failure("the program did not end")
            if self._ended:
                time.sleep(0.01)
            else:
                self._read(0.05)
        while not self._ended and self._read(0.05):
            pass
        return self._process.returncode

    def _is_at_work(self) -> bool:
        """Tell whether the program works or waits for the processor; where that is not told (macOS), it does not."""
        for path in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            with contextlib.suppress(OSError):  # a thread that ends meanwhile
                if path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] not in "SIZX":
                    return True
        return False

    # The wire

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _write(self, data: bytes) -> None:
        """Send bytes, reading meanwhile, so that a long paste cannot lock both sides."""
        end = time.monotonic() + PATIENCE
        while data and not self._ended:
            _, writable, _ = select.select([], [self._master], [], 0.05)
            if writable:
                data = data[os.write(self._master, data[:1024]) :]
            self._read(0)
            if time.monotonic() > end:
                raise self._failure("the program does not read what is typed")

    def _read(self, seconds: float) -> bool:
        """Take in what is there, or comes within ``seconds``; False where nothing came."""
        if not select.select([self._master], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except BlockingIOError:
            return False
        except OSError:  # Linux says so when the last program on the terminal is gone
            data = b""
        if not data:
            self._ended = True
            return False
        self.raw += data
        data = self._kept + data
        tail = _UNFINISHED.search(data)
        self._kept = data[tail.start() :] if tail else b""
        self._take(data[: tail.start()] if tail else data)
        return True

    def _take(self, data: bytes) -> None:
        """Note modes, draw on the screen that shows, and answer what was asked."""
        for numbers, switch in _PRIVATE_MODE.findall(data):
            modes = {int(number) for number in numbers.split(b";") if number}
            self.modes = self.modes | modes if switch == b"h" else self.modes - modes
        for arrow in _KEYBOARD.findall(data):
            self.keyboard_level = max(0, self.keyboard_level + (1 if arrow == b">" else -1))
        start = 0
        for found in _ALTERNATE.finditer(data):
            self._stream.feed(_UNKNOWN.sub(b"", data[start : found.start()]))
            self._switch(to_alternate=found[1] == b"h")
            start = found.end()
        self._stream.feed(_UNKNOWN.sub(b"", data[start:]))
        for question, answer in _ANSWERS.items():
            self._write(answer * data.count(question))
        for number in _MODE_QUERY.findall(data):
            # 2026, synchronised output, is known and off; no other mode is known
            self._write(b"\x1b[?" + number + (b";2$y" if number == b"2026" else b";0$y"))

    def _switch(self, *, to_alternate: bool) -> None:
        if to_alternate and len(self._screens) == 1:
            self._screens.append(pyte.Screen(self.screen.columns, self.screen.lines))
        elif not to_alternate and len(self._screens) == 2:
            self._screens.pop()
        self._stream = pyte.ByteStream(self.screen)

    def _failure(self, what: str) -> ScreenError:
        status = self._process.poll()
        if self._ended and status is None:  # its terminal is closed, its status comes a moment later
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = self._process.wait(1.0)
        state = "is running" if status is None else f"ended with {status}"
        frame = "-" * self.screen.columns
        return ScreenError(f"{what}; the program {state}; the screen:\n{frame}\n{self.text()}\n{frame}")


def open_app(
    *arguments: str,
    columns: int = 80,
    rows: int = 24,
    environment: Mapping[str, str | None] | None = None,
    folder: Path | None = None,
) -> PseudoTerminal:
    """Start rchrp-goals itself, as it stands in this checkout, with these arguments."""
    command = [sys.executable, "-P", "-m", "rchrp_goals", *arguments]
    changes = {"PYTHONPATH": str(ROOT), **(environment or {})}
    return PseudoTerminal(command, columns=columns, rows=rows, environment=changes, folder=folder)


def _key_bytes(key: str) -> bytes:
    if key in KEYS:
        return KEYS[key].encode()
    if key.startswith("ctrl+") and len(key) == 6:
        return bytes([ord(key[5].upper()) & 0x1F])
    if key.startswith("alt+"):
        return b"\x1b" + _key_bytes(key[4:])
    if len(key) == 1:
        return key.encode()
    raise ValueError(f"no key is called {key!r}")


def _terminal_environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """Our own environment as a terminal window would hand it on, with the changes laid over it."""
    ours = {name: value for name, value in os.environ.items() if name not in {"CI", "COLUMNS", "LINES"}}
    ours |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": os.environ.get("LANG") or "C.UTF-8"}
    ours |= {name: value for name, value in changes.items() if value is not None}
    return {name: value for name, value in ours.items() if changes.get(name, value) is not None}
