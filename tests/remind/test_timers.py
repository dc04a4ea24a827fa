"""The texts that schedulers are given: read back by the readers of each format."""

from __future__ import annotations

import configparser
import plistlib
import shlex
import subprocess
from xml.etree import ElementTree as ET

import pytest

from rchrp_goals.remind import timers

COMMAND = ("/opt/a b/rchrp-goals", "--data", '/home/ana/50% $HOME "q" it\'s \\ñ', *timers.CALLED)
ABOUT = "A note once a day"
FOREIGN = '# mine 50%\nMAILTO=""\n5 4 * * * echo "hi" # daily-note\n0 9 * * * other remind --notify'
"""A crontab of somebody's own, with what looks a little like ours in it, and no line end at its end."""


def unit(text: str) -> configparser.ConfigParser:
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read_string(text)
    return reader


def test_a_systemd_unit_holds_the_command_as_systemd_reads_it() -> None:
    line = unit(timers.systemd_service(COMMAND, ABOUT))["Service"]["ExecStart"]
    assert line == (
        '"/opt/a b/rchrp-goals" --data "/home/ana/50%% $$HOME \\"q\\" it\'s \\\\ñ" remind --notify'
    )  # systemd.service(5): %% and $$ stand for one each, within quotes a backslash escapes
    assert shlex.split(line.replace("%%", "%").replace("$$", "$")) == list(COMMAND)


def test_a_systemd_timer_says_when_and_catches_up() -> None:
    found = unit(timers.systemd_timer(7, ABOUT))
    assert dict(found["Timer"]) == {"OnCalendar": "*-*-* 07:00:00", "Persistent": "true"}
    assert found["Install"]["WantedBy"] == "timers.target"


def test_a_program_of_systemd_keeps_its_dollar() -> None:
    # the path of the program itself is not searched for variables
    service = timers.systemd_service(("/opt/$X/rchrp-goals", "remind"), ABOUT)
    assert unit(service)["Service"]["ExecStart"] == '"/opt/$X/rchrp-goals" remind'


def test_a_property_list_holds_the_command_word_by_word() -> None:
    found = plistlib.loads(timers.launchd_plist(COMMAND, 18))
    assert found["ProgramArguments"] == list(COMMAND)
    assert found["StartCalendarInterval"] == {"Hour": 18, "Minute": 0}
    assert found["Label"] == "local.daily-note"


def test_a_task_is_utf_16_with_its_mark_and_comes_when_it_was_missed() -> None:
    content = timers.task_xml(COMMAND, 9, ABOUT)
    assert content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = content.decode("utf-16")
    assert text.startswith('<?xml version="1.0" encoding="UTF-16"?>')
    task = ET.fromstring(content)
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}

    def value(path: str) -> str | None:
        return task.findtext("/".join(f"t:{name}" for name in path.split("/")), namespaces=space)

    assert value("Actions/Exec/Command") == COMMAND[0]
    assert value("Actions/Exec/Arguments") == subprocess.list2cmdline(COMMAND[1:])
    assert value("Settings/StartWhenAvailable") == "true"
    assert value("Triggers/CalendarTrigger/StartBoundary") == "2026-01-01T09:00:00"


def test_a_line_of_cron_is_what_a_shell_reads_after_cron_took_its_backslashes() -> None:
    line = timers.cron_line(COMMAND, 9)
    when, _, rest = line.partition(" /opt") if " /opt" in line else line.partition(" '/opt")
    assert when == "0 9 * * *"
    assert "%" not in line.replace("\\%", "")
    words = shlex.split(line[len("0 9 * * * ") :].replace("\\%", "%"), comments=True)
    assert words == [*COMMAND, ">/dev/null", "2>&1"]
    assert rest.endswith(" # daily-note")


def test_a_crontab_keeps_every_foreign_line_and_ours_stands_once() -> None:
    once = timers.crontab_with(FOREIGN, timers.cron_line(COMMAND, 9))
    assert once.startswith(FOREIGN + "\n")
    assert timers.crontab_with(once, timers.cron_line(COMMAND, 9)) == once
    moved = timers.crontab_with(once, timers.cron_line(COMMAND, 18))
    assert timers.our_line(moved) == timers.cron_line(COMMAND, 18)
    assert moved.count("rchrp-goals") == 1
    assert timers.crontab_without(moved) == FOREIGN + "\n"
    assert timers.our_line(FOREIGN) is None


@pytest.mark.parametrize(
    "crontab", ["", "\n", "\n\n# x\r\n", "a\x0cb\u2028c\x85d\n", "# 0 9 * * * x remind --notify # daily-note\n"]
)
def test_a_crontab_without_our_line_comes_back_as_it_was(crontab: str) -> None:
    assert timers.crontab_without(crontab) == crontab
    added = timers.crontab_with(crontab, timers.cron_line(COMMAND, 9))
    assert timers.crontab_without(added) == crontab


def test_nothing_that_shows_says_what_it_is() -> None:
    shows = [timers.NAME, timers.LABEL, timers.SERVICE, timers.TIMER, timers.PLIST, timers.TASK]
    for word in ("rchrp", "recover", "goal", "harm", "plan", "remind"):
        assert not any(word in name for name in shows)
    beside = timers.systemd_timer(9, ABOUT)
    assert "rchrp" not in beside


@pytest.mark.parametrize("word", ["/home/a\nb", "/home/a\tb", "/home/\udce9", "/home/a\x07"])
def test_a_path_that_no_timer_can_hold_is_known(word: str) -> None:
    assert timers.is_carried(COMMAND)
    assert not timers.is_carried((*COMMAND, word))


@pytest.mark.parametrize(
    "text",
    [
        timers.systemd_service(COMMAND, ABOUT),
        timers.launchd_plist(COMMAND, 9).decode(),
        timers.task_xml(COMMAND, 9, ABOUT).decode("utf-16"),
        timers.cron_line((*COMMAND, "--titles"), 9),
    ],
)
def test_ours_is_known_again_in_every_format(text: str) -> None:
    assert timers.is_ours(text)
    assert not timers.is_ours(text.replace("--notify", ""))


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_the_hour_and_the_folder_are_read_back_from_each_kind_of_text(hour: int) -> None:
    folder = COMMAND[2]
    texts = (
        timers.systemd_service(COMMAND, ABOUT) + timers.systemd_timer(hour, ABOUT),
        timers.launchd_plist(COMMAND, hour).decode(),
        timers.task_xml(COMMAND, hour, ABOUT).decode("utf-16"),
        timers.cron_line(COMMAND, hour),
    )
    for text in texts:
        assert timers.hour_in(text) == hour
        assert timers.holds(text, folder) and not timers.holds(text, folder[:-1]) and not timers.holds(text, "/home")
    assert timers.hour_in("*/5 * * * * remind --notify") is None
