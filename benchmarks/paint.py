"""How soon Home stands, what it holds in memory, how soon it is gone: ``python -m benchmarks.paint``.

Against the smallest Textual app, in a real pseudo-terminal of 120 by 40, the two taking turns; each figure is the
median of the pairs' ratios. Home shows the plan of a whole sitting. Painted means that its first step stands among what
the terminal was sent. Memory is the peak of the resident set (Linux); it is taken shortly after the first picture, before
the models are loaded, and again once they are. Gone is the time from Ctrl+Q to the end of the process. Linux and macOS.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rchrp_goals.screens.participant.home import IDLE_AFTER
from tests.services.desk import SAID, desk_in, sit

BUDGETS = {"painted": 1.5, "memory": 1.4, "memory later": 1.6, "gone": 0.85}
"""What is measured, and the ratio that it may reach."""

SMALLEST = """
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    def compose(self):
        yield Static("HELLO-PAINTED")
Smallest().run()
"""
# What the console script does; the installed one is not needed.
OURS = "from rchrp_goals.cli import run; raise SystemExit(run())"
ROOT = Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 120, 40
REST = 0.4
"""Seconds from the first picture to the look at the memory: all that the picture set off is done."""
LATER = IDLE_AFTER + 1.5
"""The same for the second look, after the models were loaded."""
PATIENCE = 30.0
_ANSWERS = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[?u": b"\x1b[?0u"}
_MODE_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_CODES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")


class Run(NamedTuple):
    """What one start took: seconds to the first picture and from Ctrl+Q to the end, memory in kB (0: not measured)."""

    painted: float
    gone: float
    memory: int
    memory_later: int


class Terminal:
    """One program in a pseudo-terminal; it answers what a program asks a terminal, at once."""

    def __init__(self, code: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self.sent = b""
        self.began = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(sys.executable, [sys.executable, "-P", "-c", code, *arguments], dict(environment))

    def read(self, seconds: float) -> float:
        """Take in what comes next; the moment at which it came, or, where nothing came in time, now."""
        ready = select.select([self._master], [], [], max(0.0, seconds))[0]
        now = time.perf_counter()
        if ready:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # Linux says so when the program is gone
                return now
            self.sent += data
            for question, answer in _ANSWERS.items():
                os.write(self._master, answer * data.count(question))
            for mode in _MODE_QUERY.findall(data):
                os.write(self._master, b"\x1b[?" + mode + (b";2$y" if mode == b"2026" else b";0$y"))
        return now

    def wait_for(self, text: bytes) -> float:
        """Wait until a text was sent; seconds since the start."""
        while time.perf_counter() - self.began < PATIENCE:
            now = self.read(0.05)
            if text in _CODES.sub(b"", self.sent):
                return now - self.began
        os.kill(self.pid, signal.SIGKILL)
        raise SystemExit(f"{text!r} was never painted")

    def pump(self, seconds: float) -> None:
        """Take in what comes for a while."""
        end = time.perf_counter() + seconds
        while (rest := end - time.perf_counter()) > 0:
            self.read(rest)

    def peak(self) -> int:
        """Return the peak of the resident set so far, in kB; 0 where the system does not say."""
        try:
            found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text(encoding="ascii"))
        except OSError:
            found = None
        return int(found[1]) if found else 0

    def end(self) -> float:
        """Press Ctrl+Q and return how many seconds it takes until the process is gone."""
        began = time.perf_counter()
        os.write(self._master, b"\x11")
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            self.read(0.001)
            if time.perf_counter() - began > PATIENCE:
                os.kill(self.pid, signal.SIGKILL)
                raise SystemExit("Ctrl+Q did not end it")
        gone = time.perf_counter() - began
        os.close(self._master)
        return gone


def measure(begin: Callable[[], Terminal], text: str, *, is_long: bool) -> Run:
    """Start a program and take every figure; a long run also looks at the memory later."""
    terminal = begin()
    painted = terminal.wait_for(text.encode())
    terminal.pump(REST)
    memory = later = terminal.peak()
    if is_long:
        terminal.pump(LATER - REST)
        later = terminal.peak()
    return Run(painted, terminal.end(), memory, later if is_long else 0)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a terminal window, with a home of its own."""
    names = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    fresh = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "HOME": str(home)}
    return {**kept, **fresh, "PYTHONPATH": str(ROOT)}


def report(name: str, ours: Sequence[float], others: Sequence[float], unit: str, scale: float) -> None:
    """Print one figure: both medians, the median of the ratios, and what it may be."""
    ratios = [one / other for one, other in zip(ours, others, strict=True) if one and other]
    if not ratios:
        print(f"{name:13} not measured on this system")
        return
    low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else (ratios[0],) * 3
    both = f"{statistics.median(ours) * scale:7.1f} against {statistics.median(others) * scale:6.1f} {unit}"
    print(f"{name:13} {both}   {middle:5.2f}  (quarters {low:.2f} to {high:.2f}, budget {BUDGETS[name]})")


def main() -> None:
    """Measure in turns, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=15, help="pairs (default: 15)")
    parser.add_argument("--long", type=int, default=5, help="pairs of them that wait for the models (default: 5)")
    wanted = parser.parse_args()
    step = SAID["first_step"]["step"]
    ours: list[Run] = []
    others: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="rchrp-goals-paint-") as name:
        data = Path(name) / "plan"
        sit(desk_in(data)).finish_plan()
        around = environment(Path(name))
        arguments = ["--lang", "en", "--data", str(data)]
        for number in range(-1, wanted.rounds):  # the first pair only warms up
            is_long = 0 <= number < wanted.long
            other = measure(lambda: Terminal(SMALLEST, (), around), "HELLO-PAINTED", is_long=is_long)
            one = measure(lambda: Terminal(OURS, arguments, around), step, is_long=is_long)
            if number >= 0:
                others.append(other)
                ours.append(one)
    print(f"Home against the smallest Textual app, {wanted.rounds} pairs")
    report("painted", [one.painted for one in ours], [one.painted for one in others], "ms", 1000)
    report("memory", [one.memory for one in ours], [one.memory for one in others], "MB", 1 / 1024)
    long_ones = [(one.memory_later, other.memory_later) for one, other in zip(ours, others, strict=True)][: wanted.long]
    report("memory later", [one for one, _ in long_ones], [other for _, other in long_ones], "MB", 1 / 1024)
    report("gone", [one.gone for one in ours], [one.gone for one in others], "ms", 1000)


if __name__ == "__main__":
    main()
