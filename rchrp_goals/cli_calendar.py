"""The command that writes the dates ahead as a calendar file: ``calendar``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.services.context import Context


def _calendar(context: Context, call: Call) -> int:
    from rchrp_goals.services.calendar_file import calendar_file
    from rchrp_goals.services.exporting import write_export

    with_titles = "--titles" in call.flags
    content = calendar_file(context.desk(), with_titles=with_titles)
    if not content:
        talk.say(context, "calendar.nothing")
        return 0
    path = os.path.expanduser(call.values.get("--output", "-"))
    if path == "-":
        streams.bytes_of_data(content)
    else:
        write_export(path, content, may_replace=talk.may_replace(context, call, path))
        talk.say(context, "cli.written", path=os.path.abspath(path))
    talk.say(context, "calendar.titles" if with_titles else "calendar.neutral")
    talk.say(context, "calendar.alarms")
    talk.say(context, "calendar.anew")
    return 0


COMMANDS = {"calendar": _calendar}
