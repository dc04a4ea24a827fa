"""Putting a timer in and taking it out, with small programs in the place of a system's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.remind import timers
from rchrp_goals.remind.machine import Machine
from rchrp_goals.remind.scheduling import Order, Scheduler, chosen, schedulers
from tests.remind.tools import Tools, tools

__all__ = ["tools"]
ORDER = Order(("/opt/a b/rchrp-goals", "--data", "/home/ana/50%", *timers.CALLED), 9, "A note once a day")
LATER = ORDER._replace(hour=18)
MINE = "# mine\n5 4 * * * backup\n"
FILES = {"linux": ".config/systemd/user", "darwin": "Library/LaunchAgents"}

LAUNCHCTL = """
case "$1" in
bootstrap) [ ! -f "$here/loaded" ] || no "Bootstrap failed: 5: Input/output error"; touch "$here/loaded" ;;
bootout) rm "$here/loaded" ;;
*) [ -f "$here/loaded" ] || exit 113 ;;
esac
"""

SCHTASKS = """
case "$1 $4" in
"/Create /XML") cp "$5" "$here/task" ;;
*) [ -f "$here/task" ] || no "ERROR: The system cannot find the file specified." ;;
esac
case "$1 $4" in
"/Delete "*) rm "$here/task" ;;
"/Query /XML") cat "$here/task" ;;
esac
"""


def fill(tools: Tools, name: str) -> None:
    """Put what a system has into the folder."""
    if name == "systemd":
        tools.add("systemctl")
        tools.add("systemd-analyze")
    elif name == "launchd":
        tools.add("launchctl", LAUNCHCTL)
        tools.add("plutil")
    elif name == "tasks":
        tools.add("schtasks", SCHTASKS)
    else:
        tools.add_crontab(MINE)


PLATFORM = {"systemd": "linux", "launchd": "darwin", "tasks": "win32", "cron": "linux"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "ana"
    path.mkdir()
    return path


def machine(tools: Tools, home: Path, name: str) -> Machine:
    return Machine({**tools.environ(home), "TEMP": str(home)}, PLATFORM[name])


def files_in(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*")}


@pytest.fixture(params=["systemd", "launchd", "tasks", "cron"])
def scheduler(request: pytest.FixtureRequest, tools: Tools, home: Path) -> Scheduler:
    fill(tools, request.param)
    found = chosen(machine(tools, home, request.param))
    assert found.name == request.param
    return found


def test_what_is_shown_is_what_is_written_and_called(scheduler: Scheduler, tools: Tools) -> None:
    shown, calls = scheduler.pieces(ORDER), scheduler.calls()
    before = len(tools.calls())
    scheduler.put(ORDER)
    assert scheduler.installed() == shown
    called = iter([tuple(call) for call in tools.calls()[before:]])
    assert all(call in called for call in calls)  # each, in this order


def test_it_goes_as_it_came(scheduler: Scheduler, tools: Tools, home: Path) -> None:
    assert scheduler.take_out() == []
    scheduler.put(ORDER)
    removed = scheduler.take_out()
    assert removed and scheduler.installed() == []
    assert not {path for path in files_in(home) if timers.NAME in path}
    assert tools.crontab in {None, MINE}
    assert scheduler.take_out() == []


def test_a_second_one_takes_the_place_of_the_first(scheduler: Scheduler, tools: Tools) -> None:
    scheduler.put(ORDER)
    scheduler.put(LATER)
    assert scheduler.installed() == scheduler.pieces(LATER)
    assert tools.crontab is None or (tools.crontab.startswith(MINE) and tools.crontab.count("rchrp") == 1)


DENIES_ONCE = """
if [ "$1" = /Create ] && [ ! -f "$here/failed" ]; then touch "$here/failed"; no "ERROR: Access is denied."; fi
"""
FAILS = {
    "systemd": ("systemctl", '[ "$2" != is-active ] || no inactive'),
    "launchd": ("plutil", 'no "not a property list"'),
    "tasks": ("schtasks", DENIES_ONCE + SCHTASKS),
}


@pytest.mark.parametrize("name", FAILS)
@pytest.mark.parametrize("is_there", [False, True], ids=["anew", "in place of another"])
def test_a_failure_leaves_everything_as_it_was(tools: Tools, home: Path, name: str, is_there: bool) -> None:
    fill(tools, name)
    scheduler = chosen(machine(tools, home, name))
    if is_there:
        scheduler.put(ORDER)
    before, files = scheduler.installed(), files_in(home)
    tool, body = FAILS[name]
    tools.add(tool, body)
    with pytest.raises(ProblemError) as problem:
        scheduler.put(LATER)
    assert problem.value.key == "commands.remind.call_failed"
    assert tool in str(problem.value.values["call"])
    assert (scheduler.installed(), files_in(home)) == (before, files)


def test_a_crontab_that_is_refused_stays(tools: Tools, home: Path) -> None:
    fill(tools, "cron")
    scheduler = chosen(machine(tools, home, "cron"))
    tools.add(
        "crontab",
        '[ "$1" != - ] || no "errors in crontab file"\ncat "$here/crontab.table"',
    )
    with pytest.raises(ProblemError, match="call_failed"):
        scheduler.put(ORDER)
    assert tools.crontab == MINE


def test_a_crontab_that_takes_nothing_in_is_a_failure(tools: Tools, home: Path) -> None:
    tools.add("crontab", '[ "$1" != -l ] || no "no crontab for ana"')
    with pytest.raises(ProblemError, match="call_failed"):
        chosen(machine(tools, home, "cron")).put(ORDER)


def test_a_crontab_that_cannot_be_read_is_never_written_over(tools: Tools, home: Path) -> None:
    fill(tools, "cron")
    tools.add(
        "crontab",
        '[ "$1" != -l ] || no "cannot open your crontab: I/O error"\ncat > "$here/crontab.table"',
    )
    with pytest.raises(ProblemError, match="call_failed"):
        chosen(machine(tools, home, "cron")).put(ORDER)
    assert tools.crontab == MINE


def test_a_crontab_that_was_not_there_is_gone_again(tools: Tools, home: Path) -> None:
    tools.add_crontab()
    scheduler = chosen(machine(tools, home, "cron"))
    scheduler.put(ORDER)
    assert tools.crontab == timers.cron_line(ORDER.command, 9) + "\n"
    scheduler.take_out()
    assert tools.crontab is None


def test_a_path_too_long_for_cron_is_refused_before_anything(tools: Tools, home: Path) -> None:
    fill(tools, "cron")
    with pytest.raises(ProblemError, match="path_odd"):
        chosen(machine(tools, home, "cron")).put(ORDER._replace(command=(*ORDER.command, "x" * 990)))
    assert tools.crontab == MINE


@pytest.mark.parametrize("name", ["systemd", "launchd"])
def test_a_file_of_anothers_is_left_alone(tools: Tools, home: Path, name: str) -> None:
    fill(tools, name)
    scheduler = chosen(machine(tools, home, name))
    path = Path(scheduler.pieces(ORDER)[-1].where)
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ProblemError, match="name_taken"):
        scheduler.put(ORDER)
    assert (scheduler.installed(), scheduler.take_out()) == ([], [])
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["systemd", "launchd"])
def test_a_folder_that_cannot_be_made_is_said(tools: Tools, home: Path, name: str) -> None:
    fill(tools, name)
    top = home / FILES[PLATFORM[name]].partition("/")[0]
    top.write_text("a file", encoding="utf-8")
    with pytest.raises(ProblemError, match="not_written"):
        chosen(machine(tools, home, name)).put(ORDER)
    assert files_in(home) == {top.name}


def test_what_systemd_made_beside_goes_too(tools: Tools, home: Path) -> None:
    fill(tools, "systemd")
    scheduler = chosen(machine(tools, home, "systemd"))
    scheduler.put(ORDER)
    wants = home / ".config/systemd/user/timers.target.wants" / timers.TIMER
    stamp = home / ".local/share/systemd/timers" / f"stamp-{timers.TIMER}"
    for path in (wants, stamp):
        path.parent.mkdir(parents=True)
        path.touch()
    scheduler.take_out()
    assert not wants.exists() and not stamp.exists()


def test_without_a_session_of_systemd_it_is_cron(tools: Tools, home: Path) -> None:
    tools.add("systemctl", 'no "Failed to connect to bus"')
    fill(tools, "cron")
    assert chosen(machine(tools, home, "cron")).name == "cron"


@pytest.mark.parametrize("name", PLATFORM)
def test_where_nothing_is_there_it_is_said(tools: Tools, home: Path, name: str) -> None:
    here = machine(tools, home, name)
    with pytest.raises(ProblemError, match="no_scheduler"):
        chosen(here)
    assert [one.take_out() for one in schedulers(here)] == [[] for _ in schedulers(here)]
    assert files_in(home) == set()


def test_the_files_are_the_persons_own(tools: Tools, home: Path) -> None:
    fill(tools, "systemd")
    scheduler = chosen(machine(tools, home, "systemd"))
    scheduler.put(ORDER)
    assert {os.stat(piece.where).st_mode & 0o777 for piece in scheduler.installed()} == {0o600}
