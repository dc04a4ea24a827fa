"""The command ``undo``: takes back the last change, and says in words what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk
from rchrp_goals.errors import UsageProblem
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.plan.text import shown
from rchrp_goals.services import undoing

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.services.context import Context


def _undo(context: Context, call: Call) -> int:
    if "--list" in call.flags:
        return _list(context, is_json="--json" in call.flags)
    if "--json" in call.flags:
        raise UsageProblem("undo_json_lists")
    said = None
    if context.store.to_undo()[0]:  # else not even the window's lock is made
        with talk.no_other_window(context):
            said = undoing.undo(context.store, context.words, context.clock.now())
    streams.talk(shown(said or context.words.ui("rooms.nothing_to_undo")))
    return 0


def _list(context: Context, *, is_json: bool) -> int:
    found = undoing.undoable(context.store, context.words)
    if is_json:
        changes = [{"what": one.words, "at": instant_text(one.at)} for one in found]
        streams.json_document({"changes": changes})
    elif found:
        streams.data(shown("\n".join(undoing.with_day(one, context.words) for one in found)))
    else:
        talk.say(context, "rooms.nothing_to_undo")
    return 0


COMMANDS = {"undo": _undo}
