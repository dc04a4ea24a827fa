"""Set up, run, test and check this project, for `make`; on Windows: `py tools\\dev.py COMMAND`.

The first call makes `.venv` and installs the locks with their hashes into it; later calls see by a stamp that
nothing has changed and start at once. Needs Python 3.11 or newer, its pip, and nothing else.

    run       open the app (what follows is passed on: `run --plain`)
    test      the tests, without the slow ones (what follows goes to pytest)
    slow      the slow tests
    check     lint, types and test, all three, and say which of them failed
    lint      ruff: rules and layout
    types     mypy --strict
    format    lay the files out as `lint` wants them
    pictures  draw docs/pictures/ from the running app
    snapshots write tests/snapshots/, every screen as text (`snapshots home` for those that begin so)
    docs      write docs/settings.md from the list of settings
    bench     what is measured, as ratios against something plain (`bench paint` for one)
    wheel     build the wheel, install it into a clean environment and start it there
    lock      write the requirements files anew (`lock --upgrade` takes newer versions)
    setup     only make the environment
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# An old Python gets a sentence, no traceback: nothing that runs before `main` has looked is newer than 3.7.
OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
BUILD_LOCK, RUN_LOCK, DEV_LOCK = "requirements-build.txt", "requirements.txt", "requirements-dev.txt"
LOCKS = {"run": RUN_LOCK, "dev": DEV_LOCK}
WINDOWS = os.name == "nt"


class SetupError(Exception):
    """Something is missing on this machine or went wrong; the message says what, and what to do."""


def say(sentence: str) -> None:
    """Tell the person what happens, on stderr: stdout belongs to the program that is started."""
    print(sentence, file=sys.stderr, flush=True)


def call(command: list[str], doing: str, folder: Path = ROOT) -> None:
    """Run one step of a set-up; a failure ends it with the step's name, under the step's own words."""
    if subprocess.call(command, cwd=str(folder)):
        raise SetupError(f"Stopped while {doing}. What went wrong stands above; the same command begins anew.")


# --- the environment


def program(name: str, environment: Path = VENV) -> str:
    """Give the path of a program of the environment."""
    return str(environment / "Scripts" / f"{name}.exe" if WINDOWS else environment / "bin" / name)


def pip_install(*arguments: str, environment: Path = VENV) -> list[str]:
    """Give the command that installs exactly what is named, and nothing that this asks for."""
    return [*pip(environment), "install", "--no-deps", *arguments]


def pip(environment: Path) -> list[str]:
    """Give the environment's own pip, which says and asks nothing that nobody needs."""
    return [program("python", environment), "-m", "pip", "-q", "--disable-pip-version-check", "--no-input"]


def base_python() -> str:
    """Give the interpreter under this one, where this one is itself a virtual environment's."""
    if sys.prefix == sys.base_prefix:
        return sys.executable
    base = Path(sys.base_prefix)
    major, minor = sys.version_info[:2]
    found = base / "python.exe" if WINDOWS else base / "bin" / f"python{major}.{minor}"
    return str(found) if found.exists() else sys.executable


def make_environment(folder: Path) -> None:
    """Make an empty virtual environment with pip in it, also where the system keeps ensurepip apart."""
    command = [base_python(), "-m", "venv", "--clear", str(folder)]
    if importlib.util.find_spec("ensurepip"):
        call(command, "making the environment")
    elif importlib.util.find_spec("venv") and importlib.util.find_spec("pip"):
        call([*command, "--without-pip"], "making the environment")
        reach = ["--python", program("python", folder)]
        call([sys.executable, "-m", "pip", *reach, "install", "--quiet", "pip"], "bringing pip into it")
    else:
        raise SetupError(
            "This Python cannot make a virtual environment: its ensurepip is missing, and so is pip.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv. Then give the same command again."
        )


def install_lock(lock: str, environment: Path = VENV) -> None:
    """Install what a lock names, each file checked by its hash."""
    command = pip_install("--require-hashes", "-r", str(ROOT / lock), environment=environment)
    call(command, f"installing {lock}")


def fingerprint() -> str:
    """Give one hash of what the environment depends on: Python, folder, locks, and how we install."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = {
        "python": [sys.version, sys.base_prefix],
        "root": str(ROOT),
        "project": [project["build-system"], project["project"], project["tool"]["hatch"]],
        "locks": [(ROOT / lock).read_text(encoding="utf-8") for lock in (BUILD_LOCK, *LOCKS.values())],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read_stamp(wanted: str) -> list[str]:
    """Give the kinds of work that `.venv` is ready for; none where it is missing or out of date."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(stamp, dict) or stamp.get("fingerprint") != wanted or not Path(program("python")).exists():
        return []
    return list(stamp["kinds"])


def set_up(kind: str) -> None:
    """Bring `.venv` to what this kind of work needs (`run` or `dev`); at once when it is there already."""
    wanted = fingerprint()
    ready = read_stamp(wanted)
    if kind in ready:
        return
    if ready:
        say("Adding to .venv what the tests and checks need.")
    else:
        say("Setting up .venv, once; this takes about a minute.")
        STAMP.unlink(missing_ok=True)
        make_environment(VENV)
        install_lock(BUILD_LOCK)
    install_lock(LOCKS[kind])
    if not ready:
        call(pip_install("--no-build-isolation", "--editable", str(ROOT)), "installing the project")
    # the lock for development holds everything that running needs
    STAMP.write_text(json.dumps({"fingerprint": wanted, "kinds": sorted({kind, "run"})}), encoding="utf-8")


# --- the commands


def run(arguments: list[str]) -> int:
    """Open the app in the folder where the person stands."""
    set_up("run")
    command = [program("rchrp-goals"), *arguments]
    if WINDOWS:
        return subprocess.call(command)
    return os.execv(command[0], command)  # signals reach the app itself


def tool(*command: str) -> int:
    """Run a module of the development environment in the project's folder."""
    set_up("dev")
    return subprocess.call([program("python"), "-m", *command], cwd=str(ROOT))


def test(arguments: list[str]) -> int:
    """Run the tests on two cores; the slow ones are left out."""
    return tool("pytest", "-n", "2", "-q", *arguments)


def slow(arguments: list[str]) -> int:
    """Run the slow tests only."""
    return test(["-m", "slow or terminal", *arguments])


def lint(arguments: list[str]) -> int:
    """Look at rules and layout."""
    return tool("ruff", "check", *arguments) | tool("ruff", "format", "--check")


def types(arguments: list[str]) -> int:
    """Look at the types of everything, tests and tools included."""
    return tool("mypy", *arguments)


def lay_out(arguments: list[str]) -> int:
    """Mend what can be mended by itself, then lay the files out."""
    return tool("ruff", "check", "--fix", *arguments) | tool("ruff", "format", *arguments)


def check(arguments: list[str]) -> int:
    """Run lint, types and test, whatever the first ones say."""
    outcome = {"lint": lint([]), "types": types([]), "test": test(arguments)}
    failed = [name for name, status in outcome.items() if status]
    say(f"check: {' and '.join(failed)} failed" if failed else "check: lint, types and tests passed")
    return 1 if failed else 0


def pictures(arguments: list[str]) -> int:
    """Draw the pictures of the app."""
    return tool("tools.pictures", *arguments)


def snapshots(arguments: list[str]) -> int:
    """Write every screen as text, to be read and kept."""
    return tool("tests.screens.snapshots", *arguments)


def docs(arguments: list[str]) -> int:
    """Write the pages of docs/ that are made from the source."""
    return tool("tools.settings_page", *arguments)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks that were named, or all, one after another."""
    known = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py"))
    unknown = [name for name in arguments if name not in known]
    if unknown:
        raise SetupError(f"There is no benchmark {', '.join(unknown)}. These are there: {', '.join(known)}.")
    return max(tool(f"benchmarks.{name}") for name in arguments or known)


def wheel(arguments: list[str]) -> int:
    """Build the wheel and start it in an environment that knows nothing of this folder."""
    return tool("tools.try_wheel", *arguments)


def lock(arguments: list[str]) -> int:
    """Write the three locks: versions and hashes only, for every system and Python from 3.11 on.

    uv does the work, in an environment of its own that is thrown away. It asks the public index, or the one
    that UV_DEFAULT_INDEX names; pip's own settings do not reach it.
    """
    with tempfile.TemporaryDirectory(prefix="rchrp-goals-lock-") as name:
        make_environment(Path(name))
        call([*pip(Path(name)), "install", "uv"], "installing uv")
        write = [program("uv", Path(name)), "pip", "compile", "--quiet", "--python", base_python()]
        write += ["--universal", "--generate-hashes", "--no-header", *arguments]
        for output, sources in (
            (RUN_LOCK, ["pyproject.toml"]),
            (BUILD_LOCK, ["--group", "build", "-c", RUN_LOCK]),
            (DEV_LOCK, ["pyproject.toml", "--group", "dev", "-c", RUN_LOCK, "-c", BUILD_LOCK]),
        ):
            call([*write, *sources, "-o", output], f"locking {output}")
            text = (ROOT / output).read_text(encoding="utf-8")
            if "://" in text or str(ROOT) in text:
                raise SetupError(f"{output} names a host or a folder of this machine; it must hold neither.")
    return 0


def setup(arguments: list[str]) -> int:
    """Only make the environment."""
    set_up("dev")
    return 0


COMMANDS = {
    "run": run,
    "test": test,
    "slow": slow,
    "check": check,
    "lint": lint,
    "types": types,
    "format": lay_out,
    "pictures": pictures,
    "snapshots": snapshots,
    "docs": docs,
    "bench": bench,
    "wheel": wheel,
    "lock": lock,
    "setup": setup,
}


def move_to_newer_python() -> int:
    """Start again under a newer Python where there is one on the PATH; else say what to do. Exit status."""
    have, need = sys.version_info, OLDEST
    for name in NEWER_NAMES:
        found = shutil.which(name)
        look = f"import sys; sys.exit(sys.version_info < {need})"
        silent = subprocess.DEVNULL
        if found and not subprocess.call([found, "-c", look], stdout=silent, stderr=silent):
            return subprocess.call([found, *sys.argv])
    say(
        f"This is Python {have[0]}.{have[1]}; rchrp-goals needs Python {need[0]}.{need[1]} or newer.\n"
        "Install a newer one (from python.org or your system's packages), then give the same command again."
    )
    return 1


def main() -> int:
    """Run the command that was named.

    Exit status: the command's own; 1 with a sentence where the set-up stopped; 2 for usage.
    """
    if sys.version_info < OLDEST:
        return move_to_newer_python()
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        say(str(__doc__))
        return 2
    try:
        return COMMANDS[sys.argv[1]](sys.argv[2:])
    except SetupError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
