"""The commands that write and read files: ``export`` and ``import``, and the two that tell about files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk
from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.plan.text import shown

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.importing import Imported
    from rchrp_goals.services.paper_hours import Wanted
    from rchrp_goals.services.year import Span


def _export(context: Context, call: Call) -> int:
    from rchrp_goals.export import registry
    from rchrp_goals.services.exporting import export, write_export, written_key

    said = call.values.get("--width", "80")
    width = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    sheet = call.values.get("--sheet")
    desk, days = context.desk(), _days(context, call, sheet)
    span = _span(context, days) if sheet in registry.OWN_PAPERS else None
    wanted = _wanted(call, days) if sheet in registry.RECORD_PAPERS else None
    is_spoken = context.is_plain
    content = export(desk, call.words[0], sheet=sheet, width=width, is_spoken=is_spoken, span=span, wanted=wanted)
    path = call.values.get("--output", "-")
    if path == "-":
        streams.bytes_of_data(content)
        return 0
    path = os.path.expanduser(path)
    write_export(path, content, may_replace=talk.may_replace(context, call, path))
    talk.say(context, "cli.written", path=os.path.abspath(path))
    said = written_key(sheet)
    if said:
        talk.say(context, said)
    return 0


def _days(context: Context, call: Call, sheet: str | None) -> tuple[date | None, date | None]:
    """Return the first and the last day that were said, None where none was. A day without a year is the last such day.

    Raises UsageProblem ``export_span_of`` for a sheet that goes from nowhere to nowhere, ``export_span`` for days in the
    wrong order, and as reading a day does.
    """
    from rchrp_goals.export.registry import OWN_PAPERS, RECORD_PAPERS

    if {"--from", "--to"} & set(call.values) and sheet not in (*OWN_PAPERS, *RECORD_PAPERS):
        raise UsageProblem("export_span_of")
    start, end = (
        talk.day_behind(context, option, call.values[option]) if option in call.values else None
        for option in ("--from", "--to")
    )
    if start is not None and end is not None and start > end:
        raise UsageProblem("export_span", start=talk.full(context, start), end=talk.full(context, end))
    return start, end


def _span(context: Context, days: tuple[date | None, date | None]) -> Span | None:
    """Return from which day to which a year goes; None where nothing was said. Raises UsageProblem ``export_span``."""
    from rchrp_goals.services.year import Span, last_twelve

    if days == (None, None):
        return None
    end = days[1] or last_twelve(context.clock.today()).end
    start = days[0] or last_twelve(end).start
    if start > end:
        raise UsageProblem("export_span", start=talk.full(context, start), end=talk.full(context, end))
    return Span(start, end)


def _wanted(call: Call, days: tuple[date | None, date | None]) -> Wanted:
    """Return the days and the extent of a record."""
    from rchrp_goals.services.paper_hours import Wanted

    return Wanted(*days, is_mine="--mine" in call.flags)


def _import(context: Context, call: Call) -> int:
    from rchrp_goals.services.importing import import_plan, preview, read_import_file, read_plan

    if not call.words[0]:
        raise UsageProblem("missing_import")
    content = read_import_file(os.path.expanduser(call.words[0]))
    talk.need_no_window(context)  # before a lock is made: a refused import leaves nothing behind
    brought = read_plan(content)
    coming = preview(context.desk(), brought)
    if coming.is_nothing:
        talk.say(context, "commands.import.nothing_new")
        return 0
    if not coming.is_new:
        _tell(context, coming)
        if not _is_agreed(context, coming, is_said="--yes" in call.flags):
            talk.say(context, "cli.nothing_changed")
            return 1
    with talk.no_other_window(context):
        came = import_plan(context.desk(), brought, may_remove_much=coming.removes_much)
    if came.is_new:
        what = _counted(context, {name: n for name, n in came.new.items() if name != "others"})
        talk.say(context, "cli.imported" if what else "cli.imported_empty", **({"what": what} if what else {}))
    else:
        talk.say(context, "commands.import.done", path=os.path.join(context.places.backups, came.backup))
        talk.say(context, "commands.import.way_back")
    if not came.is_as_written:
        talk.say(context, "cli.imported_changed")
    return 0


def _tell(context: Context, coming: Imported) -> None:
    """Say what would change."""
    for key, counts in (("new", coming.new), ("newer", coming.newer), ("removed", coming.removed)):
        if counts:
            talk.say(context, f"commands.import.{key}", what=_counted(context, counts))
    if coming.newer or coming.removed:
        talk.say(context, "commands.import.replaced")
    if coming.beside:
        talk.say(context, "commands.import.beside", n=coming.beside)


def _is_agreed(context: Context, coming: Imported, *, is_said: bool) -> bool:
    """Tell whether the person wants it. Raises ProblemError where a yes is needed and nobody can be asked."""
    from rchrp_goals.services.importing import removes_much

    is_somebody = talk.somebody_is_there()
    if coming.removes_much and not is_somebody:  # said once for all imports, a yes does not mean this
        raise removes_much(coming)
    if is_said and not coming.removes_much:
        return True
    if not is_somebody:
        raise ProblemError("import_needs_yes")
    key = "ask_removed" if coming.removes_much else "ask"
    return talk.agrees(context, context.words.ui(f"commands.import.{key}"))


def _counted(context: Context, counts: Mapping[str, int]) -> str:
    """Return counts as one list: "1 goal and 2 steps"."""
    from rchrp_goals.services.importing import COUNTED, OTHERS
    from rchrp_goals.services.saying import listed

    names = [name for name in (*COUNTED, OTHERS) if counts.get(name)]
    return listed([context.words.ui(f"commands.import.{name}", n=counts[name]) for name in names], context.words)


def _schema(context: Context, call: Call) -> int:
    from rchrp_goals.plan.schema import plan_schema

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
