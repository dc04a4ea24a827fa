"""The command ``remind``: today's digest, once; and the timer that asks for it each day."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk
from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.plan.text import shown

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.remind.machine import Machine
    from rchrp_goals.remind.scheduling import Order, Scheduler
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.digest import Digest

TIMER = ("--install", "--uninstall", "--show")


def _remind(context: Context, call: Call) -> int:
    asked = [name for name in TIMER if name in call.flags]
    if len(asked) > 1:
        raise UsageProblem("commands.remind.one_of")
    if "--at" in call.values and asked != ["--install"]:
        raise UsageProblem("commands.remind.at_alone")
    if not asked:
        return _give(context, call)
    if asked == ["--install"]:
        return _install(context, call)
    return _show(context) if asked == ["--show"] else _uninstall(context)


# The digest


def _give(context: Context, call: Call) -> int:
    from rchrp_goals.store.digest_file import give_once, last_given

    today = context.clock.today()
    last = last_given(context.places, today)
    if last == today:  # most calls of a day end here: the plan is not even read
        return 0
    from rchrp_goals.services.digest import todays

    tables = context.store.read().tables
    digest = todays(tables, context.words, today, context.clock.now(), last)
    if digest is None:
        return 0
    give_once(context.places, today, lambda: _tell(context, call, digest))
    return 0


def _tell(context: Context, call: Call, digest: Digest) -> None:
    """Give the digest. Raises ProblemError, or BrokenPipeError, where it did not arrive."""
    with_titles = "--titles" in call.flags
    if "--notify" in call.flags:
        from rchrp_goals.remind.notify import notify

        body = "\n".join(digest.lines) if with_titles else context.words.ui("commands.remind.when")
        notify(_machine(context), digest.sentence, shown(body), context.words.ui("commands.remind.about"))
        return
    streams.data(shown("\n".join(digest.lines) if with_titles else digest.sentence))
    streams.flush()


# The timer


def _install(context: Context, call: Call) -> int:
    from rchrp_goals.remind.scheduling import chosen, schedulers
    from rchrp_goals.services import timer

    hour = _hour(call.values["--at"]) if "--at" in call.values else None
    machine = _machine(context)
    program = timer.program_of(machine, sys.argv[0], sys.executable)
    # a language of the settings may change later, and the timer is to follow it
    language = context.language if context.language_is_given or context.settings.language is None else None
    order = timer.order(context.desk(), program, hour, language, with_titles="--titles" in call.flags)
    scheduler = chosen(machine)
    timer.must_show(machine)
    _say_what(context, scheduler, order)
    others = [one for one in schedulers(machine) if one.name != scheduler.name]
    if any(one.installed() for one in (scheduler, *others)):
        talk.say(context, "commands.remind.replaces")
    if "--yes" not in call.flags:
        if not talk.somebody_is_there():
            raise ProblemError("commands.remind.needs_yes")
        if not talk.agrees(context, context.words.ui("commands.remind.ask")):
            talk.say(context, "cli.nothing_changed")
            return 1
    timer.must_start(machine, program)
    scheduler.put(order)
    _say_removed(context, others)
    talk.say(context, "commands.remind.installed", hour=order.hour)
    talk.say(context, f"commands.remind.depends_{scheduler.name}")
    return 0


def _say_what(context: Context, scheduler: Scheduler, order: Order) -> None:
    """Say exactly what would be written and called, and what of it others could see."""
    talk.say(context, "commands.remind.would_write")
    for piece in scheduler.pieces(order):
        streams.talk("")
        talk.say(context, "commands.remind.where", where=piece.where)
        streams.talk(shown(piece.text), end="")
    if scheduler.name == "cron":
        talk.say(context, "commands.remind.others_stay")
    streams.talk("")
    talk.say(context, "commands.remind.would_call")
    for one in scheduler.calls():
        streams.talk(shown(" ".join(one)))
    streams.talk("")
    talk.say(context, "commands.remind.seen", hour=order.hour)
    talk.say(context, "commands.remind.seen_titles" if "--titles" in order.command else "commands.remind.seen_neutral")


def _show(context: Context) -> int:
    from rchrp_goals.remind.scheduling import schedulers

    found = [piece for one in schedulers(_machine(context)) for piece in one.installed()]
    if not found:
        talk.say(context, "commands.remind.none_there")
        return 0
    for piece in found:
        talk.say(context, "commands.remind.where", where=piece.where)
        streams.data(shown(piece.text), end="")
    _say_silence(context)
    return 0


def _say_silence(context: Context) -> None:
    """Say so where a timer comes in quiet hours; where the plan cannot be read, that is for other commands to say."""
    from rchrp_goals.services.timer import silence

    with suppress(ProblemError):
        said = silence(context.desk(), context.environ)
        if said:
            streams.talk(said)


def _uninstall(context: Context) -> int:
    from rchrp_goals.remind.scheduling import schedulers

    if not _say_removed(context, schedulers(_machine(context))):
        talk.say(context, "commands.remind.none_there")
    return 0


def _say_removed(context: Context, schedulers: Sequence[Scheduler]) -> bool:
    """Take out what these have of ours, say what it was, and return whether there was anything."""
    removed = [where for one in schedulers for where in one.take_out()]
    for where in removed:
        talk.say(context, "commands.remind.removed", where=where)
    return bool(removed)


def _hour(said: str) -> int:
    """Return the hour that was said: ``9``, ``09`` or ``9:00``. Raises UsageProblem ``commands.remind.at_wrong``."""
    number, colon, minutes = said.strip().partition(":")
    if (
        number.isascii()
        and number.isdigit()
        and len(number) <= 2
        and int(number) <= 23
        and minutes == "00" * bool(colon)
    ):
        return int(number)
    raise UsageProblem("commands.remind.at_wrong")


def _machine(context: Context) -> Machine:
    from rchrp_goals.remind.machine import Machine

    return Machine(context.environ)


COMMANDS = {"remind": _remind}
