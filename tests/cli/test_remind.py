"""``remind``: the digest once a day, as text or as a notice, and the timer that asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from rchrp_goals.remind import timers
from rchrp_goals.services.room import Place
from tests.cli.calling import Called, Caller
from tests.remind.tools import Tools, tools
from tests.services.desk import desk_in
from tests.services.rooms.rooms import do

__all__ = ["tools"]
ONE = {"en": "1 thing waits\n", "es": "1 cosa espera\n"}
FEW = {"en": "A few things wait\n", "es": "Algunas cosas esperan\n"}


class Timer:
    """The command among small programs of the test's own: nothing else can be called."""

    def __init__(self, call: Caller, tools: Tools, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.call, self.tools = call, tools
        self.environ = {**tools.environ(home), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
        self.launcher = tools.add("rchrp-goals")
        monkeypatch.setattr(sys, "argv", [str(self.launcher)])

    def __call__(self, *argv: str, stdin: str = "", is_typed: bool = False) -> Called:
        return self.call("remind", *argv, stdin=stdin, is_typed=is_typed, environ=self.environ)


@pytest.fixture
def timer(spoken: Caller, tools: Tools, clean_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Timer:
    return Timer(spoken, tools, clean_environment, monkeypatch)


# The digest


def test_without_a_plan_it_says_nothing_and_makes_nothing(timer: Timer) -> None:
    for line in ([], ["--notify"], ["--titles"]):
        assert timer(*line) == (0, "", "")
    assert not timer.call.data.exists()


def test_where_nothing_waits_it_says_and_keeps_nothing(timer: Timer) -> None:
    timer.call.add("Some day")
    assert timer() == (0, "", "")
    assert not os.path.exists(timer.call.places.digest)


def test_once_a_day_and_the_plan_stays_as_it_is(timer: Timer) -> None:
    timer.call.add("Call Rosa", "--by", "today")
    plan = Path(timer.call.places.plan).read_bytes()
    assert timer() == (0, ONE[timer.call.language], "")
    assert [timer(*line) for line in ([], ["--titles"], ["--notify"])] == [(0, "", "")] * 3
    timer.call.clock.at += timedelta(days=1)
    assert timer().out == ONE[timer.call.language]
    assert Path(timer.call.places.plan).read_bytes() == plan
    assert Path(timer.call.places.digest).read_text(encoding="ascii") == "2026-11-05\n2026-11-06\n"


def test_after_the_digest_the_plan_is_not_read_again_that_day(timer: Timer) -> None:
    timer.call.add("Call Rosa", "--by", "today")
    timer()
    Path(timer.call.places.plan).write_bytes(b"{")
    assert timer() == (0, "", "")
    timer.call.clock.at += timedelta(days=1)
    assert timer().code == 3


def test_words_come_only_when_they_are_asked_for(timer: Timer) -> None:
    timer.call.add("Call \x1b[31mRosa", "--by", "today")
    timer.call.add("Write to Marcus", "--by", "today")
    assert timer().out == FEW[timer.call.language]
    timer.call.clock.at += timedelta(days=1)
    assert sorted(timer("--titles").out.splitlines()) == ["Call Rosa", "Write to Marcus"]


def test_a_notice_says_nothing_of_what_it_is(timer: Timer) -> None:
    timer.tools.add("notify-send")
    timer.call.add("Call Rosa", "--by", "today")
    assert timer("--notify") == (0, "", "")
    (called,) = timer.tools.calls("notify-send")
    assert called[-2] == ONE[timer.call.language].strip()
    assert not any(word in " ".join(called).casefold() for word in ("rosa", "rchrp", "goal", "recover", "meta"))
    assert timer("--notify") == timer() == (0, "", "")


def test_a_notice_with_titles_holds_the_lines(timer: Timer) -> None:
    timer.tools.add("notify-send")
    timer.call.add("Call Rosa & Ana", "--by", "today")
    timer("--notify", "--titles")
    assert timer.tools.calls("notify-send")[0][-1] == "Call Rosa &amp; Ana"


def test_what_was_not_shown_does_not_count_as_given(timer: Timer) -> None:
    timer.call.add("Call Rosa", "--by", "today")
    for prepare in (lambda: None, lambda: timer.tools.add("notify-send", 'no "no bus"')):
        prepare()
        code, out, err = timer("--notify")
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1 and "notify-send" in err and "Rosa" not in err
    assert timer().out == ONE[timer.call.language]


def test_a_clock_set_back_a_year_makes_no_storm(timer: Timer) -> None:
    timer.call.add("Call Rosa", "--by", "2024-11-05")
    given = []
    for at in (datetime(2026, 11, 5, 9, tzinfo=UTC), datetime(2025, 11, 5, 9, tzinfo=UTC)):
        timer.call.clock.at = at
        given += [timer().out for _ in range(10)]
    assert len([out for out in given if out]) <= 2


def test_where_the_day_cannot_be_kept_nothing_is_given(timer: Timer) -> None:
    timer.call.add("Call Rosa", "--by", "today")
    os.mkdir(timer.call.places.digest)
    code, out, err = timer()
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"{"])
def test_a_damaged_plan_is_exit_3(timer: Timer, content: bytes) -> None:
    timer.call.add("Call Rosa", "--by", "today")
    Path(timer.call.places.plan).write_bytes(content)
    assert timer("--notify").code == 3


# The timer


def ready(timer: Timer, *tools: str) -> None:
    """Let these be there, and something that shows notices."""
    for name in (*tools, "notify-send"):
        timer.tools.add_crontab("# mine\n") if name == "crontab" else timer.tools.add(name)


def test_it_asks_before_it_writes_and_shows_all_of_it(timer: Timer) -> None:
    ready(timer, "crontab")
    for answer in ("n\n", "\n", ""):
        code, out, err = timer("--install", stdin=answer, is_typed=True)
        assert (code, out) == (1, "")
        assert timer.tools.crontab == "# mine\n"
    code, out, err = timer("--install", stdin="y\n" if timer.call.language == "en" else "s\n", is_typed=True)
    assert (code, out) == (0, "")
    line = timers.our_line(timer.tools.crontab or "")
    assert line is not None and line in err
    assert timer.tools.crontab == f"# mine\n{line}\n"


def test_without_a_terminal_it_needs_a_yes(timer: Timer) -> None:
    ready(timer, "systemctl", "crontab")
    code, out, err = timer("--install")
    assert (code, out) == (1, "")
    assert "--yes" in err and "OnCalendar" in err
    assert not Path(timer.environ["HOME"], ".config").exists()
    assert timer("--install", "--yes").code == 0
    assert Path(timer.environ["HOME"], ".config/systemd/user", timers.TIMER).exists()
    assert timer.tools.crontab == "# mine\n"


def test_the_command_says_folder_and_language(timer: Timer) -> None:
    ready(timer, "crontab")
    timer("--install", "--yes", "--titles", "--at", "18:00")
    assert timers.our_line(timer.tools.crontab or "") == timers.cron_line(
        (
            str(timer.launcher),
            "--data",
            str(timer.call.data),
            "--lang",
            timer.call.language,
            "remind",
            "--notify",
            "--titles",
        ),
        18,
    )
    assert not timer.call.data.exists()


def test_a_language_of_the_settings_is_left_to_them(timer: Timer) -> None:
    ready(timer, "crontab")
    timer.call("settings", "language", timer.call.language)
    timer("--install", "--yes")
    assert "--lang" not in (timer.tools.crontab or "")
    timer("--install", "--yes", "--lang", "es")
    assert "--lang es" in (timer.tools.crontab or "")


def test_the_usual_hour_is_that_of_the_reminders(timer: Timer) -> None:
    ready(timer, "crontab")
    timer("--install", "--yes")
    assert (timer.tools.crontab or "").splitlines()[1].startswith("0 9 ")
    timer.call.put("reminder_settings", {"id": "settings-1", "hour": 7, "quiet_from": 22, "quiet_to": 6})
    timer("--install", "--yes")
    assert (timer.tools.crontab or "").splitlines()[1].startswith("0 7 ")
    before = timer.tools.crontab
    code, out, err = timer("--install", "--yes", "--at", "23")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert timer.tools.crontab == before


SILENT = {
    "en": "The timer of this computer comes at 9:00, in your quiet hours, so it says nothing. "
    "To give it another hour: rchrp-goals remind --install --at 11.",
    "es": "El temporizador de esta computadora llega cada día (9:00), en tus horas de silencio, así que no dice nada. "
    "Para darle otra hora: rchrp-goals remind --install --at 11.",
}


@pytest.mark.parametrize("scheduler", ["crontab", "systemctl"])
def test_quiet_hours_that_came_later_are_said_where_the_timer_is_shown_and_where_they_are_set(
    timer: Timer, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(timer, scheduler)
    timer("--install", "--yes", "--at", "9")
    assert timer("--show").err.count("\n") == 1 + (scheduler == "systemctl")
    for name, value in timer.environ.items():
        monkeypatch.setenv(name, value)
    desk = desk_in(timer.call.data, timer.call.language)
    sentence = SILENT[timer.call.language]
    for hours, is_silent in (("10 to 12", False), ("8 to 11", True)):
        said = do(desk, Place("reminders"), "thing.change", "quiet", hours=hours).sentence
        assert said.endswith(sentence) is is_silent, said
        assert timer("--show").err.endswith(f"{sentence}\n") is is_silent
    elsewhere = desk_in(timer.call.data.with_name("elsewhere"))  # the timer is of another plan
    assert "9:00" not in do(elsewhere, Place("reminders"), "thing.change", "quiet", hours="8 to 11").sentence
    assert "--at 11" in timer("--install", "--yes", "--at", "9").err
    timer("--install", "--yes", "--at", "11")
    assert sentence not in timer("--show").err


def test_show_and_uninstall_tell_what_is_there(timer: Timer) -> None:
    ready(timer, "crontab")
    for flag in ("--show", "--uninstall"):
        code, out, err = timer(flag)
        assert (code, out, len(err.splitlines())) == (0, "", 1)
    timer("--install", "--yes")
    line = timers.our_line(timer.tools.crontab or "")
    assert timer("--show").out == f"{line}\n"
    assert str(line) in timer("--uninstall").err
    assert timer.tools.crontab == "# mine\n"
    assert timer("--show").out == ""


def test_one_of_cron_makes_room_for_one_of_systemd(timer: Timer) -> None:
    ready(timer, "crontab")
    timer("--install", "--yes")
    ready(timer, "systemctl")
    assert timer("--install", "--yes").code == 0
    assert timer.tools.crontab == "# mine\n"
    assert "OnCalendar" in timer("--show").out


def test_a_program_that_does_not_start_from_elsewhere_is_refused(timer: Timer) -> None:
    ready(timer, "crontab")
    timer.tools.add("rchrp-goals", "exit 2")
    code, _, err = timer("--install", "--yes")
    assert code == 1 and str(timer.launcher) in err
    assert timer.tools.crontab == "# mine\n"


def test_where_nothing_can_call_it_says_what_can_be_done_instead(timer: Timer) -> None:
    code, out, err = timer("--install", "--yes")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "rchrp-goals remind" in err


def test_where_no_notice_can_be_shown_a_timer_would_fail_unheard(timer: Timer) -> None:
    timer.tools.add_crontab("# mine\n")
    code, out, err = timer("--install", "--yes")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "notify-send" in err
    assert timer.tools.crontab == "# mine\n"


def test_a_folder_that_no_timer_can_hold_is_refused(timer: Timer) -> None:
    ready(timer, "crontab")
    code, _, err = timer.call("--data", f"{timer.call.data}\nx", "remind", "--install", "--yes", environ=timer.environ)
    assert (code, len(err.splitlines())) == (1, 1)
    assert timer.tools.crontab == "# mine\n"


@pytest.mark.parametrize(
    "line",
    [
        ["--install", "--show"],
        ["--show", "--uninstall"],
        ["--at", "9"],
        ["--uninstall", "--at", "9"],
        ["now"],
        *(["--install", "--yes", "--at", hour] for hour in ("24", "-3", "10000", "x", "", "9:30", "9:", "٩")),
    ],
)
def test_wrong_use_is_exit_2(timer: Timer, line: list[str]) -> None:
    ready(timer, "crontab")
    code, out, err = timer(*line)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert timer.tools.crontab == "# mine\n"


# What it costs

PROGRAM = """
import sys
from rchrp_goals.cli import run
sys.argv[0] = "rchrp-goals"
code = run()
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(("is_given", "more"), [(False, set()), (True, {"filelock", "asyncio"})])
def test_a_timer_loads_little(call: Caller, is_given: bool, more: set[str]) -> None:
    if is_given:
        call.add("Call Rosa", "--by", date.today().isoformat())
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "remind"],
        env={**os.environ, "RCHRP_GOALS_DATA": str(call.data), "LANG": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (ONE["en"] if is_given else "")
    loaded = set(done.stderr.split())
    heavy = {"textual", "pydantic", "tinydb", "filelock", "asyncio", "dateutil", "jinja2", "shtab", "subprocess"}
    assert loaded & heavy <= more, "only to keep that it was given is anything locked"
