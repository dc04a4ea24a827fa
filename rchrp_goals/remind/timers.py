"""What a system is given so that it calls this program once a day: texts alone; nothing is read or written here.

The name that shows (in lists of timers, in logs) says nothing of what this is. The path of the program stands inside and
cannot be left out. ``command`` everywhere: the program's absolute path and its arguments; ``hour`` 0 to 23, the machine's.
Sources: systemd.service(5), systemd.timer(5), systemd.syntax(7); launchd.plist(5); Task Scheduler schema 1.2
(learn.microsoft.com); crontab(5).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "daily-note"
LABEL = f"local.{NAME}"
"""The name under which launchd knows it."""
SERVICE = f"{NAME}.service"
TIMER = f"{NAME}.timer"
PLIST = f"{LABEL}.plist"
TASK = f"{NAME}.xml"

CALLED = ("remind", "--notify")
"""What every command ends with that we give to a system; ``--titles`` may follow."""

LONGEST_CRON_LINE = 990
"""Letters of a crontab's line: Vixie cron takes 1,000 for a command."""

_PLAIN_WORD = re.compile(r"[A-Za-z0-9_./:=@,+-]+")
_MARK = f" # {NAME}"
_HOUR = re.compile(
    r"^OnCalendar=\*-\*-\* (\d\d):00:00$|<key>Hour</key>\s*<integer>(\d+)</integer>"
    r"|<StartBoundary>[^<]*T(\d\d):00:00|^0 (\d+) \* \* \* ",
    re.MULTILINE,
)
"""The hour in a text of each kind."""


def is_carried(command: Sequence[str]) -> bool:
    """Tell whether a timer can hold these words: no line breaks or controls, no half characters."""
    return all(word.isprintable() for word in command)


def is_ours(text: str) -> bool:
    """Tell whether a text is one that was made here."""
    words = " ".join(re.sub(r'</?string>|"|\\|\s', " ", text).split())
    return " ".join(CALLED) in words


def hour_in(text: str) -> int | None:
    """Return the hour at which a timer's text lets us be called; None where it says none, or another program wrote it."""
    found = _HOUR.search(text)
    return int(next(filter(None, found.groups()))) if found else None


def holds(text: str, word: str) -> bool:
    """Tell whether a timer's text calls us with this word, a path for instance, as each kind of text writes it."""
    from html import escape
    from subprocess import list2cmdline

    written = (
        _systemd_word(word).replace("$", "$$"),
        shlex.quote(word).replace("%", "\\%"),
        escape(word, quote=False),
        escape(list2cmdline([word]), quote=False),
    )
    return any(re.search(rf"{re.escape(one)}(?=[\s\"'<]|$)", text) for one in written)


# systemd


def systemd_service(command: Sequence[str], about: str) -> str:
    """Return the unit that calls the command. It comes again when it fails: at login the desktop may not be ready yet."""
    program, *arguments = command
    words = [_systemd_word(program), *(_systemd_word(word).replace("$", "$$") for word in arguments)]
    return _unit(
        {
            "Unit": {"Description": about.replace("%", "%%"), "StartLimitIntervalSec": "12h", "StartLimitBurst": "4"},
            "Service": {
                "Type": "simple",  # older ones refuse Restart with oneshot
                "ExecStart": " ".join(words),
                "StandardOutput": "null",
                "Restart": "on-failure",
                "RestartSec": "10min",
                "RestartPreventExitStatus": "2 3 5",
            },
        }
    )


def systemd_timer(hour: int, about: str) -> str:
    """Return the unit that says when; what was slept through comes on waking (``Persistent``)."""
    return _unit(
        {
            "Unit": {"Description": about.replace("%", "%%")},
            "Timer": {"OnCalendar": f"*-*-* {hour:02}:00:00", "Persistent": "true"},
            "Install": {"WantedBy": "timers.target"},
        }
    )


def _unit(sections: Mapping[str, Mapping[str, str]]) -> str:
    parts = [
        "\n".join([f"[{name}]", *(f"{key}={value}" for key, value in values.items()), ""])
        for name, values in sections.items()
    ]
    return "\n".join(parts)


def _systemd_word(word: str) -> str:
    escaped = word.replace("%", "%%")
    if _PLAIN_WORD.fullmatch(word):
        return escaped
    escaped = escaped.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# launchd


def launchd_plist(command: Sequence[str], hour: int) -> bytes:
    """Return the property list of an agent; what was slept through comes on waking."""
    import plistlib

    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "StartCalendarInterval": {"Hour": hour, "Minute": 0},
            "StandardOutPath": "/dev/null",
            "StandardErrorPath": "/dev/null",
            "ProcessType": "Background",
        },
        sort_keys=False,
    )


# Task Scheduler


def task_xml(command: Sequence[str], hour: int, about: str) -> bytes:
    """Return the task in UTF-16 with its mark, as ``schtasks`` wants it; one that was missed comes as soon as it can."""
    from subprocess import list2cmdline
    from xml.etree import ElementTree as ET

    program, *arguments = command
    space = "http://schemas.microsoft.com/windows/2004/02/mit/task"
    task = ET.Element("Task", {"version": "1.2", "xmlns": space})
    _fill(
        task,
        {
            "RegistrationInfo": {"Description": about},
            "Triggers": {
                "CalendarTrigger": {
                    "StartBoundary": f"2026-01-01T{hour:02}:00:00",
                    "Enabled": "true",
                    "ScheduleByDay": {"DaysInterval": "1"},
                }
            },
            "Principals": {"Principal": {"LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"}},
            "Settings": {
                "MultipleInstancesPolicy": "IgnoreNew",
                "DisallowStartIfOnBatteries": "false",
                "StopIfGoingOnBatteries": "false",
                "StartWhenAvailable": "true",
                "ExecutionTimeLimit": "PT5M",
            },
            "Actions": {"Exec": {"Command": program, "Arguments": list2cmdline(arguments)}},
        },
    )
    ET.indent(task)
    # the declaration that ElementTree itself writes is not the one that schtasks reads
    head = '<?xml version="1.0" encoding="UTF-16"?>\n'
    return (head + ET.tostring(task, encoding="unicode") + "\n").encode("utf-16")


def _fill(above: Element, parts: Mapping[str, object]) -> None:
    from xml.etree import ElementTree as ET

    for name, value in parts.items():
        one = ET.SubElement(above, name)
        if isinstance(value, Mapping):
            _fill(one, value)
        else:
            one.text = str(value)


# cron


def cron_line(command: Sequence[str], hour: int) -> str:
    """Return the line of a crontab, with ``%`` escaped (there it is a line break) and nothing sent by mail."""
    words = shlex.join(command).replace("%", "\\%")
    return f"0 {hour} * * * {words} >/dev/null 2>&1{_MARK}"


def crontab_with(crontab: str, line: str) -> str:
    """Return a crontab with our line in it once; every other line stays as it is."""
    others = crontab_without(crontab)
    if others and not others.endswith("\n"):
        others += "\n"
    return f"{others}{line}\n"


def crontab_without(crontab: str) -> str:
    """Return a crontab without our line; every other line stays as it is."""
    return "".join(line for line in re.findall(r"[^\n]*\n|[^\n]+", crontab) if not _is_our_line(line))


def our_line(crontab: str) -> str | None:
    """Return our line of a crontab; None where it has none."""
    return next((line for line in crontab.split("\n") if _is_our_line(line)), None)


def _is_our_line(line: str) -> bool:
    line = line.rstrip("\n")
    return line.endswith(_MARK) and is_ours(line) and not line.lstrip().startswith("#")
