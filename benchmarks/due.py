"""What the quick commands cost: CPU of the installed command against ``python -c pass``, in pairs.

    python benchmarks/due.py [--command PATH] [--rounds N]

A shell prompt may ask ``due`` each time, so it has a budget in ratios (see BUDGETS). Rounds are interleaved (pass,
one command, pass, the next), CPU is user and system time of the child alone, and each figure is the median of the
pairs' ratios: figures taken one after another on a busy machine say nothing. Linux and macOS.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BUDGETS = {
    "due": (["due"], 2.2),
    "due --titles": (["due", "--titles"], 2.2),
    "--version": (["--version"], 1.3),
    "--help": (["--help"], 2.0),
}
"""What is measured, and the ratio that it may reach; an old pip's launcher costs ``--version`` up to 1.8."""

STEPS = 30


def installed_command() -> str:
    """Return the command beside this Python, else the first on the path."""
    beside = Path(sys.executable).with_name("rchrp-goals")
    found = str(beside) if beside.exists() else shutil.which("rchrp-goals")
    if found is None:
        raise SystemExit("rchrp-goals is not installed here: name it with --command")
    return found


def python_of(command: str) -> str:
    """Return the interpreter that the command's first line names."""
    first = Path(command).read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("#!").strip().strip('"') if first.startswith("#!/") else sys.executable


def cpu_seconds(command: list[str], environ: dict[str, str]) -> float:
    """Run a command and return the CPU time that it took, in seconds; its output goes nowhere."""
    null = os.open(os.devnull, os.O_RDWR)
    places = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
    child = os.posix_spawn(command[0], command, environ, file_actions=places)
    _, status, used = os.wait4(child, 0)
    os.close(null)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime


def make_plan(command: str, environ: dict[str, str]) -> None:
    """Fill the data folder with steps, a few of them due today."""
    for number in range(STEPS):
        day = "today" if number < 3 else f"+{number} days"
        subprocess.run(
            [command, "add", f"Step {number}: ask whether the room is free", "--by", day],
            env=environ,
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Measure, and print one line for each command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--command", default=None, help="the installed rchrp-goals (default: beside this Python)")
    parser.add_argument("--rounds", type=int, default=41, help="pairs of each command (default: 41)")
    wanted = parser.parse_args()
    command = wanted.command or installed_command()
    python = python_of(command)
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "RCHRP_GOALS_DATA": folder, "LC_ALL": "C.UTF-8"}
        make_plan(command, environ)
        ratios: dict[str, list[float]] = {name: [] for name in BUDGETS}
        bare: list[float] = []
        for _ in range(3):
            for arguments, _ in BUDGETS.values():
                cpu_seconds([command, *arguments], environ)
        for _ in range(wanted.rounds):
            for name, (arguments, _) in BUDGETS.items():
                before = cpu_seconds([python, "-c", "pass"], environ)
                spent = cpu_seconds([command, *arguments], environ)
                bare.append(before)
                ratios[name].append(spent / before)
    print(f"python -c pass: {statistics.median(bare) * 1000:.1f} ms of CPU, {wanted.rounds} pairs each")
    for name, (_, budget) in BUDGETS.items():
        low, middle, high = statistics.quantiles(ratios[name], n=4)
        print(f"{name:14} {middle:5.2f} x pass  (quarters {low:.2f} to {high:.2f}, budget {budget})")


if __name__ == "__main__":
    main()
