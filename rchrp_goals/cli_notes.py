"""The commands that keep and show one thing: ``log``, ``level`` and ``show``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk
from rchrp_goals.errors import AnswerRefused, UsageProblem
from rchrp_goals.plan.text import shown

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.levels import Level, LevelChoice
    from rchrp_goals.store.plan_store import Tables


# log


def _log(context: Context, call: Call) -> int:
    from rchrp_goals.plan.hours import as_minutes
    from rchrp_goals.services.goals import short_ids
    from rchrp_goals.services.learning_hours import time_said
    from rchrp_goals.services.learning_log import log_activity

    on = _day_gone_by(context, call.values["--on"]) if "--on" in call.values else context.clock.today()
    hours = _hours(call.values["--hours"]) if "--hours" in call.values else None
    category, not_named = _category(context, call.values.get("--category"))
    raw = talk.text(context, call.words, "commands.log.ask", "missing_log")
    if raw is None:
        talk.say(context, "cli.nothing_added")
        return 1
    logged = log_activity(context.store, raw, on, context.clock.now(), hours=hours, category=category)
    facts = [talk.full(context, on), time_said(as_minutes(hours or 0), context.words)]
    talk.say(context, "commands.log.kept", text=logged.title, facts=", ".join(one for one in facts if one))
    if logged.was_changed:
        talk.say(context, "text.left_out")
    if not_named:
        talk.say(context, "commands.log.not_named", names=not_named)
    streams.data(short_ids(context.store.read().tables)[logged.id])
    return 0


def _category(context: Context, said: str | None) -> tuple[str | None, str]:
    """Return a category as the renewal rule writes it, and the names of those that it has where this is none of them.

    Raises UsageProblem ``category_is_supervision``: supervision is kept apart.
    """
    from rchrp_goals.plan.renewal import category_in
    from rchrp_goals.services.renewal import renewal_of
    from rchrp_goals.services.renewal_asks import read_category
    from rchrp_goals.services.saying import listed

    if said is None or not said.strip():
        return said, ""
    try:
        own = read_category(said, context.words)
    except AnswerRefused as refused:
        raise UsageProblem(refused.key, **refused.values) from None
    renewal = renewal_of(context.store.read().tables, context.clock.today())
    names = list(renewal.rule.minima) if renewal is not None else []
    found = category_in(own, names)
    return found or own, "" if found else listed(names, context.words)


def _hours(said: str) -> float:
    from rchrp_goals.plan.hours import read_hours

    try:
        return read_hours(said)
    except AnswerRefused as refused:
        raise UsageProblem(refused.key, **refused.values) from None


def _day_gone_by(context: Context, said: str) -> date:
    """Return the day on which something was done.

    Everywhere a day without a year is the next to come; what is done lies behind, so a day that is still to come is not
    guessed: the sentence says how to write the one before it, where there is one. Raises UsageProblem ``day_not_yet``,
    or ``day_not_behind``.
    """
    from rchrp_goals.services.day_words import read_day

    on = talk.day(context, "--on", said)
    today = context.clock.today()
    if on <= today:
        return on
    found = read_day(said, today, context.settings.date_order, is_behind=True).dates
    gone_by = [day for day in found if day <= today and (len(found) == 1 or (day.month, day.day) == (on.month, on.day))]
    if not gone_by:
        raise UsageProblem("day_not_behind")
    earlier = gone_by[0]
    raise UsageProblem(
        "day_not_yet", day=talk.full(context, on), earlier=talk.full(context, earlier), iso=earlier.isoformat()
    )


# level


def _level(context: Context, call: Call) -> int:
    from rchrp_goals.services.goals import find
    from rchrp_goals.services.levels import level_choices, note_level

    plan = context.store.read()
    goal = find([one for one in plan.records("goals") if one.get("title")], call.words[0])
    choices = level_choices(goal, context.words)
    if "--json" in call.flags:
        streams.json_document(_document(plan.tables, goal, choices))
        return 0
    note = call.values.get("--note")
    note = talk.stdin_text() if note == "-" else note
    level = _chosen(context, plan.tables, goal, choices, call)
    if note is None and level is not None and len(call.words) < 2:
        note = talk.ask(context, context.words.ui("commands.level.ask_note"))
    if level is None and not note:
        talk.say(context, "cli.nothing_changed")
        return 0
    with talk.no_other_window(context):
        note_level(context.store, goal["id"], level, note, context.clock.now())
    said = next((_line(context, one) for one in choices if one.level == level), "")
    key = "kept" if said else "kept_note"
    talk.say(context, f"commands.level.{key}", goal=goal["title"], level=said)
    return 0


def _chosen(
    context: Context, tables: Tables, goal: Mapping[str, Any], choices: list[LevelChoice], call: Call
) -> Level | None:
    """Return the level that was said, or chosen from the list; None for none. Raises UsageProblem."""
    from rchrp_goals.services.levels import read_level
    from rchrp_goals.services.saying import listed
    from rchrp_goals.services.showing import standing_words

    names = listed([one.name for one in choices], context.words, "or")
    if len(call.words) > 1:
        found = read_level(" ".join(call.words[1:]), choices)
        if found is None:
            raise UsageProblem("level_unknown", names=names)
        return found
    if "--note" in call.values:
        return None
    if not talk.somebody_is_there():
        raise UsageProblem("level_which", names=names)
    stands = standing_words(tables, goal, context.words, context.clock.today())
    talk.say(context, "commands.level.stands", goal=goal["title"], stands=stands)
    at = talk.choose(context, [_line(context, one) for one in choices], "commands.level.ask")
    return None if at is None else choices[at].level


def _line(context: Context, choice: LevelChoice) -> str:
    if not choice.words:
        return choice.name
    return context.words.ui("sentences.colon", first=choice.name, second=choice.words)


def _document(tables: Tables, goal: Mapping[str, Any], choices: list[LevelChoice]) -> dict[str, Any]:
    from rchrp_goals.services.levels import notes_of
    from rchrp_goals.services.showing import note_document

    return {
        "goal": goal["id"],
        "title": goal["title"],
        "choices": [{"level": one.level, "name": one.name, "words": one.words} for one in choices],
        "notes": [note_document(one) for one in notes_of(tables, goal["id"])],
    }


# show


def _show(context: Context, call: Call) -> int:
    from rchrp_goals.services.showing import as_document, as_lines, find_thing

    tables = context.store.read().tables
    thing = find_thing(tables, call.words[0])
    if "--json" in call.flags:
        streams.json_document(as_document(tables, thing))
    else:
        streams.data(shown("\n".join(as_lines(tables, thing, context.words, context.clock.today()))))
    return 0


COMMANDS = {"log": _log, "level": _level, "show": _show}
