"""Build the wheel, install it into a clean environment from the lock, and start it there, elsewhere.

The last line says how many of the things looked at held.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.pseudo_terminal import PseudoTerminal
from tools import dev

PACKAGES = ("rchrp_goals", "widgets", "prompts")


@dataclass
class Installed:
    """A wheel, the environment that it was installed into, and an empty folder to stand in."""

    wheel: Path
    environment: Path
    folder: Path

    @property
    def program(self) -> str:
        """The command as a person calls it."""
        return dev.program("rchrp-goals", self.environment)

    def ask(self, *command: str) -> str:
        """Run a command in the empty folder and give its stdout; AssertionError where it fails."""
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}"
        return done.stdout


def every_file_is_in_the_wheel(installed: Installed) -> None:
    """Whatever stands in the three packages, wording and styles too, and nothing else of this folder."""
    here = {
        path.relative_to(dev.ROOT).as_posix()
        for package in PACKAGES
        for path in (dev.ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(installed.wheel) as archive:
        there = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert here == there, f"only here: {sorted(here - there)}; only in the wheel: {sorted(there - here)}"


def the_lock_is_complete(installed: Installed) -> None:
    """Every requirement of the wheel and of what it brought is met, in a version that fits."""
    installed.ask(dev.program("python", installed.environment), "-m", "pip", "check")


def the_version_is_told(installed: Installed) -> None:
    """`--version` tells the version in the wheel's name."""
    told = installed.ask(installed.program, "--version")
    assert installed.wheel.name.split("-")[1] in told, f"--version said {told!r}"


def help_is_told(installed: Installed) -> None:
    """`--help` finds its wording."""
    assert "begin" in installed.ask(installed.program, "--help")


def the_app_paints_and_leaves(installed: Installed) -> None:
    """A first run: the language as plain text, then the app; ctrl+q leaves all as it was."""
    changes = {"HOME": str(installed.folder.parent / "home"), "RCHRP_GOALS_DATA": None, "LANG": "C.UTF-8"}
    with PseudoTerminal([installed.program], environment=changes, folder=installed.folder) as terminal:
        terminal.wait_for("English")
        terminal.settle()
        terminal.press("1", "enter")
        terminal.wait_for_mode(1049)
        terminal.wait_for(r"\w+ \w+")
        terminal.settle()
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.left_behind() == []
    assert not list(installed.folder.iterdir()), "the app left files where it was started"


CHECKS: tuple[Callable[[Installed], None], ...] = (
    every_file_is_in_the_wheel,
    the_lock_is_complete,
    the_version_is_told,
    help_is_told,
    the_app_paints_and_leaves,
)


def install_cleanly(folder: Path) -> Installed:
    """Build the wheel and install it beside nothing but what the lock for running names."""
    output = folder / "wheel"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(output)]
    dev.call(build, "building the wheel")
    (wheel,) = output.glob("*.whl")
    environment = folder / "environment"
    dev.make_environment(environment)
    dev.install_lock(dev.LOCKS["run"], environment)
    dev.call(dev.pip_install(str(wheel), environment=environment), "installing the wheel")
    for name in ("home", "elsewhere"):
        (folder / name).mkdir()
    return Installed(wheel, environment, folder / "elsewhere")


def main() -> int:
    """Build, install, look. Exit status 1 where anything did not hold."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rchrp-goals-wheel-") as name:
        try:
            installed = install_cleanly(Path(name))
        except dev.SetupError as problem:
            dev.say(str(problem))
            return 1
        for check in CHECKS:
            try:
                check(installed)
                outcome = "holds"
            except AssertionError as problem:
                failed += 1
                outcome = f"DOES NOT HOLD: {problem}"
            print(f"{check.__name__.replace('_', ' ')}: {outcome}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
