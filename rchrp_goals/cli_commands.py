"""The commands that read or write a plan, and the doors of the two faces.

What a command prints on stdout is data; sentences go to stderr. Nothing is asked unless somebody sits there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals.errors import BusyProblem, ProblemError, UsageProblem
from rchrp_goals.plan.text import shown
from rchrp_goals.services.context import Context
from rchrp_goals.store.places import Places, data_folder

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.plan.dates import Reading
    from rchrp_goals.services.parts import Clock

MOST_CHARACTERS = 4_000_000
"""What is read from stdin at most: far more than any text that is kept."""


def do(call: Call, environ: Mapping[str, str], clock: Clock | None) -> int:
    """Do one command and return its exit code. Raises ProblemError."""
    context = Context(
        Places(data_folder(call.values.get("--data"), environ)),
        environ,
        clock,
        language=call.values.get("--lang"),
        plain="--plain" in call.flags,
        prompts=call.values.get("--prompts"),
        begins=_conversation(call) if call.command == "begin" else None,
    )
    if "--help" in call.flags:
        streams.data(context.words.ui(f"help.{call.command}"), end="")
        return 0
    if call.command in {"", "begin"}:
        return _open(context)
    for complaint in context.settings.complaints:
        _say(context, f"errors.{complaint.key}", **complaint.args)
    return COMMANDS[call.command](context, call)


# The faces


def _open(context: Context) -> int:
    if context.is_plain:
        from rchrp_goals.plain import run

        return run(context)
    if not context.is_terminal:
        raise ProblemError("no_terminal")
    from rchrp_goals.app import run as run_app

    return run_app(context)


def _conversation(call: Call) -> str:
    from rchrp_goals.services.waiting import CONVERSATIONS

    name = call.words[0] if call.words else ""
    if name and name not in CONVERSATIONS:
        raise UsageProblem("begin_unknown", names=", ".join(CONVERSATIONS))
    return name


# Steps


def _add(context: Context, call: Call) -> int:
    from rchrp_goals.services.capture import add_step
    from rchrp_goals.services.goals import find, short_ids

    day = _day(context, call.values["--by"]) if "--by" in call.values else None
    goal_id = None
    if "--goal" in call.values:
        goal_id = find(context.store.read().records("goals"), call.values["--goal"])["id"]
    raw = _text(context, call.words, "cli.ask_step")
    if raw is None:
        _say(context, "cli.nothing_added")
        return 1
    added = add_step(context.store, raw, goal_id, day, context.clock.now())
    if day is None:
        _say(context, "cli.added", text=added.text)
    else:
        _say(context, "cli.added_by", text=added.text, day=_full(context, day))
        if day < context.clock.today():
            _say(context, "cli.day_is_past")
    if goal_id is None:
        _say(context, "cli.in_inbox")
    if added.was_changed:
        _say(context, "text.left_out")
    # after the sentences: where the id cannot be written, it is known all the same that the step is kept
    streams.data(short_ids(context.store.read().tables)[added.id])
    return 0


def _done(context: Context, call: Call) -> int:
    from rchrp_goals.services.capture import mark_done
    from rchrp_goals.services.goals import find, open_steps

    snapshot = context.store.read()
    if call.words:
        word = _stdin_text().strip() if call.words == ["-"] else call.words[0]
        step = find([one for one in snapshot.records("steps") if one.get("text")], word)
    else:
        steps = open_steps(snapshot.tables)
        if not steps:
            _say(context, "cli.no_open_steps")
            return 0
        _need_terminal("missing_done")
        lines = [context.words.ui("cli.numbered", n=n, text=one["text"]) for n, one in enumerate(steps, 1)]
        answer = _ask(context, "\n".join([*lines, context.words.ui("cli.ask_done")]))
        if not answer:
            _say(context, "cli.nothing_changed")
            return 0
        step = steps[_number(answer, len(steps)) - 1]
    is_new = mark_done(context.store, "step", step["id"], context.clock.today(), context.clock.now())
    _say(context, "cli.done" if is_new else "cli.done_before", text=step["text"])
    return 0


def _goals(context: Context, call: Call) -> int:
    from rchrp_goals.plan import glance
    from rchrp_goals.services.goals import as_document, short_ids

    snapshot = context.store.read()
    if "--json" in call.flags:
        streams.json_document(as_document(snapshot.tables))
    if not snapshot.exists:
        _say(context, "cli.no_plan_yet")
        return 0
    if "--json" in call.flags:
        return 0
    ids = short_ids(snapshot.tables)
    lines = []
    for goal in glance.goals_in_order(snapshot.tables):
        state = "" if goal["state"] == "active" else context.words.enum("goal_state", goal["state"])
        lines.append(_line(context, "goal", ids[goal["id"]], goal["title"], state))
        lines += [_step_line(context, ids, step) for step in glance.steps_of(snapshot.tables, goal["id"])]
    inbox = glance.inbox(snapshot.tables)
    if inbox:
        lines.append(context.words.ui("cli.inbox"))
        lines += [_step_line(context, ids, step) for step in inbox]
    if lines:
        streams.data(shown("\n".join(lines)))
    else:
        _say(context, "cli.no_goals_yet")
    return 0


def _step_line(context: Context, ids: Mapping[str, str], step: Mapping[str, object]) -> str:
    from rchrp_goals.plan import lenient
    from rchrp_goals.services.day_words import near_date

    due = lenient.day(step, "due")
    if step["state"] != "planned":
        note = context.words.enum("step_state", str(step["state"]))
    elif due is not None:
        note = near_date(due, context.clock.today(), context.words)
    else:
        note = ""
    return _line(context, "step", ids[str(step["id"])], str(step["text"]), note)


def _line(context: Context, kind: str, id: str, text: str, note: str) -> str:
    one_line = " ".join(text.split())
    if note:
        return context.words.ui(f"cli.{kind}_line_with", id=id, text=one_line, note=note)
    return context.words.ui(f"cli.{kind}_line", id=id, text=one_line)


# Files


def _export(context: Context, call: Call) -> int:
    from rchrp_goals.services.exporting import export, write_export

    said = call.values.get("--width", "80")
    width = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    content = export(context.desk(), call.words[0], sheet=call.values.get("--sheet"), width=width)
    path = call.values.get("--output", "-")
    if path == "-":
        streams.bytes_of_data(content)
        return 0
    path = os.path.expanduser(path)
    may_replace = "--yes" in call.flags
    if not may_replace and os.path.lexists(path) and _somebody_is_there():
        may_replace = _agrees(context, context.words.ui("cli.ask_replace", path=path))
    write_export(path, content, may_replace=may_replace)
    _say(context, "cli.written", path=os.path.abspath(path))
    if call.values.get("--sheet") != "wall":
        _say(context, "cli.written_for_you")
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
        _say(context, "cli.imported", what=listed(parts, context.words))
    else:
        _say(context, "cli.imported_empty")
    if not came.is_as_written:
        _say(context, "cli.imported_changed")
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


COMMANDS = {
    "add": _add,
    "done": _done,
    "goals": _goals,
    "export": _export,
    "import": _import,
    "schema": _schema,
    "where": _where,
}


# Dates


def _day(context: Context, said: str) -> date:
    """Return the day that was said; asks where it reads two ways. Raises UsageProblem where nobody can be asked."""
    from rchrp_goals.services.day_words import read_day

    reading = read_day(said, context.clock.today(), context.settings.date_order)
    if reading.day is not None:
        return reading.day
    if not reading.is_ambiguous:
        raise UsageProblem("day_not_read")
    first, second = (_full(context, day) for day in reading.dates[:2])
    if not _somebody_is_there():
        raise UsageProblem("day_two_ways", first=first, second=second)
    lines = [context.words.ui("cli.numbered", n=n, text=text) for n, text in enumerate((first, second), 1)]
    answer = _ask(context, "\n".join([*lines, context.words.ui("cli.ask_which_day")]))
    return _chosen(context, reading, _number(answer or "", 2) - 1)


def _chosen(context: Context, reading: Reading, at: int) -> date:
    """Return the day that was chosen, and remember whether day or month came first."""
    if reading.kinds[at] in {"day_month", "month_day"}:
        from rchrp_goals.store.settings import write_settings

        write_settings(context.places, date_order=reading.kinds[at])
    return reading.dates[at]


def _full(context: Context, day: date) -> str:
    from rchrp_goals.services.day_words import full_date

    return full_date(day, context.words)


# Talking


def _say(context: Context, key: str, **values: object) -> None:
    streams.talk(shown(context.words.ui(key, **values)))


def _somebody_is_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _need_terminal(key: str) -> None:
    if not _somebody_is_there():
        raise UsageProblem(key)


def _text(context: Context, words: list[str], question: str) -> str | None:
    """Return the text of the call, of stdin (``-``), or of whoever sits there; None where that says nothing."""
    if words == ["-"]:
        return _stdin_text()
    if words:
        return " ".join(words)
    _need_terminal("missing_add")
    return _ask(context, context.words.ui(question))


def _stdin_text() -> str:
    if sys.stdin is None:
        return ""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")
    return sys.stdin.read(MOST_CHARACTERS)


def _ask(context: Context, question: str) -> str | None:
    """Ask on stderr and return the line that was typed, None for an empty one or the end of input."""
    is_seen = sys.stdout is not None and sys.stdout.isatty()
    if is_seen:
        _read_long_lines()
    streams.talk(shown(question))
    try:
        if is_seen:
            line = input(context.words.ui("cli.prompt"))
        else:
            streams.talk(context.words.ui("cli.prompt"), end="")
            line = sys.stdin.readline()
    except EOFError:
        return None
    return line.strip() or None


def _read_long_lines() -> None:
    """Let ``input`` read through readline, without a history: a bare terminal line is cut at 4,095 bytes."""
    try:
        import readline
    except ImportError:  # Windows, where lines are not cut
        return
    readline.set_auto_history(False)


def _number(answer: str, most: int) -> int:
    """Return the number that was typed. Raises ProblemError where it is none of those offered."""
    if not (answer.isascii() and answer.isdigit()) or len(answer) > 6 or not 1 <= int(answer) <= most:
        raise ProblemError("no_such_line", most=most)
    return int(answer)


def _agrees(context: Context, question: str) -> bool:
    answer = _ask(context, question)
    return (answer or "").casefold() in context.words.ui("cli.yes_words").split()
