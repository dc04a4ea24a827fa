"""The commands about steps and goals: ``add``, ``done``, ``goals``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk
from rchrp_goals.plan.text import shown

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.services.context import Context


def _add(context: Context, call: Call) -> int:
    from rchrp_goals.services.capture import add_step
    from rchrp_goals.services.goals import find, short_ids

    day = talk.day(context, "--by", call.values["--by"]) if "--by" in call.values else None
    goal_id = None
    if "--goal" in call.values:
        goal_id = find(context.store.read().records("goals"), call.values["--goal"])["id"]
    raw = talk.text(context, call.words, "cli.ask_step", "missing_add")
    if raw is None:
        talk.say(context, "cli.nothing_added")
        return 1
    added = add_step(context.store, raw, goal_id, day, context.clock.now())
    if day is None:
        talk.say(context, "cli.added", text=added.text)
    else:
        talk.say(context, "cli.added_by", text=added.text, day=talk.full(context, day))
        if day < context.clock.today():
            talk.say(context, "cli.day_is_past")
    if goal_id is None:
        talk.say(context, "cli.in_inbox")
    if added.was_changed:
        talk.say(context, "text.left_out")
    # after the sentences: where the id cannot be written, it is known all the same that the step is kept
    streams.data(short_ids(context.store.read().tables)[added.id])
    return 0


def _done(context: Context, call: Call) -> int:
    from rchrp_goals.services.capture import mark_done
    from rchrp_goals.services.goals import find, open_steps

    snapshot = context.store.read()
    if call.words:
        word = talk.stdin_text().strip() if call.words == ["-"] else call.words[0]
        step = find([one for one in snapshot.records("steps") if one.get("text")], word)
    else:
        steps = open_steps(snapshot.tables)
        if not steps:
            talk.say(context, "cli.no_open_steps")
            return 0
        talk.need_terminal("missing_done")
        chosen = talk.choose(context, [str(one["text"]) for one in steps], "cli.ask_done")
        if chosen is None:
            talk.say(context, "cli.nothing_changed")
            return 0
        step = steps[chosen]
    is_new = mark_done(context.store, "step", step["id"], context.clock.today(), context.clock.now())
    talk.say(context, "cli.done" if is_new else "cli.done_before", text=step["text"])
    return 0


def _goals(context: Context, call: Call) -> int:
    from rchrp_goals.plan import glance
    from rchrp_goals.services.goals import as_document, short_ids

    snapshot = context.store.read()
    if "--json" in call.flags:
        streams.json_document(as_document(snapshot.tables))
    if not snapshot.exists:
        talk.say(context, "cli.no_plan_yet")
        return 0
    if "--json" in call.flags:
        return 0
    ids = short_ids(snapshot.tables)
    lines = []
    by_goal = glance.steps_by_goal(snapshot.tables)
    for goal in glance.goals_in_order(snapshot.tables):
        state = "" if goal["state"] == "active" else context.words.enum("goal_state", goal["state"])
        lines.append(_line(context, "goal", ids[goal["id"]], goal["title"], state))
        lines += [_step_line(context, ids, step) for step in by_goal.get(goal["id"], ())]
    inbox = glance.inbox(snapshot.tables)
    if inbox:
        lines.append(context.words.ui("cli.inbox"))
        lines += [_step_line(context, ids, step) for step in inbox]
    if lines:
        streams.data(shown("\n".join(lines)))
    else:
        talk.say(context, "cli.no_goals_yet")
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


COMMANDS = {"add": _add, "done": _done, "goals": _goals}
