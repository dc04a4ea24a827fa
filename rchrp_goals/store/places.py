"""Where everything lies: the one registry of every path that may hold what a person wrote.

Loaded on the way to ``due``, so it needs ``os`` and ``sys`` alone.
"""

from __future__ import annotations

import os
import sys

from rchrp_goals.errors import ProblemError, UsageProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

APP = "rchrp-goals"
VARIABLE = "RCHRP_GOALS_DATA"
PRIVATE_FOLDER = 0o700
TEMPORARY = ".new"
"""How the name of a file ends that is being written; see ``Places.leftovers``."""


def data_folder(argument: str | None, environ: Mapping[str, str], platform: str = sys.platform) -> str:
    """Return the data folder: ``--data``, else ``$RCHRP_GOALS_DATA``, else the platform's own; always absolute.

    The last is what ``platformdirs.user_data_dir("rchrp-goals", appauthor=False)`` gives; it is worked out here
    because importing that costs more than all of ``due``. Raises UsageProblem ``data_empty`` for ``--data ""``:
    an unset variable in somebody's script must not reach for the person's own plan.
    """
    if argument is not None:
        if not argument:
            raise UsageProblem("data_empty")
        return os.path.abspath(os.path.expanduser(argument))
    if environ.get(VARIABLE):
        return os.path.abspath(os.path.expanduser(environ[VARIABLE]))
    if platform == "win32":
        base = environ.get("LOCALAPPDATA") or _home(environ, "USERPROFILE") + r"\AppData\Local"
        return f"{base}\\{APP}"
    shared = environ.get("XDG_DATA_HOME", "")
    if not shared.startswith("/"):  # a relative one is to be ignored, says the standard
        home = _home(environ, "HOME")
        shared = f"{home}/Library/Application Support" if platform == "darwin" else f"{home}/.local/share"
    return os.path.join(shared, APP)


def _home(environ: Mapping[str, str], variable: str) -> str:
    home = environ.get(variable, "")
    if variable == "HOME" and not home.startswith("/"):
        try:
            import pwd

            home = pwd.getpwuid(os.getuid()).pw_dir
        except (ImportError, KeyError):
            home = ""
    if not home:
        raise ProblemError("no_home")
    return home.rstrip("/")


class Places:
    """Every path of one data folder, as plain strings. Making one touches nothing."""

    __slots__ = (
        "backup",
        "backups",
        "data",
        "digest",
        "drafts",
        "due",
        "editing",
        "evidence",
        "plan",
        "plan_lock",
        "prompts",
        "settings",
        "window_lock",
    )

    def __init__(self, data: str) -> None:
        self.data = data
        self.plan = os.path.join(data, "plan.json")
        self.backup = os.path.join(data, "plan.json.bak")
        self.plan_lock = os.path.join(data, "plan.lock")
        self.window_lock = os.path.join(data, "window.lock")
        self.due = os.path.join(data, "due.tsv")
        self.digest = os.path.join(data, "digest.txt")
        self.settings = os.path.join(data, "settings.toml")
        self.prompts = os.path.join(data, "prompts")
        self.drafts = os.path.join(data, "drafts")
        self.backups = os.path.join(data, "backups")
        self.evidence = os.path.join(data, "evidence")
        self.editing = os.path.join(data, "editing")

    def draft(self, name: str) -> str:
        """Return the path of one draft."""
        return os.path.join(self.drafts, f"{name}.json")

    def proof(self, name: str) -> str:
        """Return the path of one copy of a proof."""
        return os.path.join(self.evidence, name)

    def every(self) -> tuple[tuple[str, str, bool], ...]:
        """Return ``(name, path, may hold words)`` of every place, in the order in which ``where`` tells them."""
        return (
            ("data", self.data, True),
            ("plan", self.plan, True),
            ("backup", self.backup, True),
            ("drafts", self.drafts, True),
            ("backups", self.backups, True),
            ("evidence", self.evidence, True),
            ("editing", self.editing, True),
            ("due", self.due, True),
            ("prompts", self.prompts, True),
            ("settings", self.settings, False),
            ("digest", self.digest, False),
            ("plan_lock", self.plan_lock, False),
            ("window_lock", self.window_lock, False),
        )

    def is_own(self, path: str) -> bool:
        """Tell whether a path is one of a file of ours, or lies in a folder that is ours alone; links are followed."""
        real = os.path.realpath(path)
        if any(real == os.path.realpath(one) for _, one, _ in self.every()):
            return True
        ours = (self.drafts, self.backups, self.evidence, self.editing)
        return any(real.startswith(os.path.join(os.path.realpath(one), "")) for one in ours)

    def leftovers(self) -> list[str]:
        """Return the half-written files of a killed program that stand there now; the next save sweeps them."""
        found: list[str] = []
        folders = {self.data, self.drafts, self.evidence, os.path.dirname(os.path.realpath(self.plan))}
        for folder in sorted(folders):
            try:
                names = os.listdir(folder)
            except OSError:  # not there, no folder, not for us, or no name that can be
                continue
            found += [os.path.join(folder, name) for name in sorted(names) if is_temporary(name)]
        return found

    def make_folders(self) -> None:
        """Make the data folder and those in it that the store fills; one that is there keeps its mode.

        Raises ProblemError ``folder_not_made`` (path).
        """
        for path in (self.data, self.drafts, self.backups):
            make_folder(path)


def make_folder(path: str) -> None:
    """Make one folder and those above it, each 0700. Raises ProblemError ``folder_not_made`` (path)."""
    if os.path.isdir(path):
        return
    above = os.path.dirname(path)
    if above and above != path:
        make_folder(above)
    try:
        os.mkdir(path, PRIVATE_FOLDER)
    except OSError as error:
        if not (isinstance(error, FileExistsError) and os.path.isdir(path)):  # another window was quicker
            raise ProblemError("folder_not_made", path=path) from None


def is_temporary(name: str) -> bool:
    """Whether a file's name is one that a save gives to what it is still writing."""
    return name.startswith(".") and name.endswith(TEMPORARY)
