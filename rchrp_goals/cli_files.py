"""The commands that write and read files: ``export`` and ``import``, and the two that tell about files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk
from rchrp_goals.errors import BusyProblem, UsageProblem
from rchrp_goals.plan.text import shown

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.services.context import Context


def _export(context: Context, call: Call) -> int:
    from rchrp_goals.services.exporting import export, write_export, written_key

    said = call.values.get("--width", "80")
    width = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    sheet = call.values.get("--sheet")
    content = export(context.desk(), call.words[0], sheet=sheet, width=width, is_spoken=context.is_plain)
    path = call.values.get("--output", "-")
    if path == "-":
        streams.bytes_of_data(content)
        return 0
    path = os.path.expanduser(path)
    may_replace = "--yes" in call.flags
    if not may_replace and os.path.lexists(path) and talk.somebody_is_there():
        may_replace = talk.agrees(context, context.words.ui("cli.ask_replace", path=path))
    write_export(path, content, may_replace=may_replace)
    talk.say(context, "cli.written", path=os.path.abspath(path))
    said = written_key(sheet)
    if said:
        talk.say(context, said)
    return 0


def _import(context: Context, call: Call) -> int:
    from rchrp_goals.services.importing import import_plan, read_import_file
    from rchrp_goals.services.saying import listed
    from rchrp_goals.store.locks import WindowLock

    content = read_import_file(os.path.expanduser(call.words[0]))
    window = WindowLock(context.places)
    if not window.acquire():
        raise BusyProblem("window_open")
    try:
        came = import_plan(context.desk(), content)
    finally:
        window.release()
    counts = {"goals": came.goals, "steps": came.steps, "values": came.values}
    parts = [context.words.ui(f"cli.imported_{name}", n=n) for name, n in counts.items() if n]
    if parts:
        talk.say(context, "cli.imported", what=listed(parts, context.words))
    else:
        talk.say(context, "cli.imported_empty")
    if not came.is_as_written:
        talk.say(context, "cli.imported_changed")
    return 0


def _schema(context: Context, call: Call) -> int:
    from rchrp_goals.plan.records import plan_schema

    if call.words not in ([], ["plan"]):
        raise UsageProblem("schema_unknown")
    streams.json_document(plan_schema())
    return 0


def _where(context: Context, call: Call) -> int:
    for name, path, _ in context.places.every():
        streams.data(shown(context.words.ui("cli.where_line", name=context.words.ui(f"where.{name}"), path=path)))
    for path in context.places.leftovers():
        streams.data(shown(context.words.ui("cli.where_line", name=context.words.ui("where.leftover"), path=path)))
    return 0


COMMANDS = {"export": _export, "import": _import, "schema": _schema, "where": _where}
