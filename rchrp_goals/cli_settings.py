"""``settings``: lists what can be set, shows one setting, sets it. It asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals import cli_streams as streams
from rchrp_goals import cli_talk as talk
from rchrp_goals.errors import BusyProblem, UsageProblem
from rchrp_goals.plan.text import shown
from rchrp_goals.services.keys import help_words
from rchrp_goals.services.settings import SettingLine, find_setting, read_value, setting_line, setting_lines

if TYPE_CHECKING:
    from rchrp_goals.arguments import Call
    from rchrp_goals.services.context import Context


def settings(context: Context, call: Call) -> int:
    """List every setting, show the one that is named, or set it. Raises UsageProblem, BusyProblem, ProblemError."""
    words = context.words
    if call.words and call.words[0].casefold() in words.ui("settings_room.command.keys_words").split():
        return _keys(context, call)
    if not call.words:
        lines = setting_lines(context.settings, words)
        if "--json" in call.flags:
            streams.json_document({"settings": [_document(line) for line in lines]})
        else:
            streams.data(shown("\n".join([*(_told(context, line) for line in lines), _told_keys(context)])))
        return 0
    setting = find_setting(call.words[0], words)
    if len(call.words) > 1:
        _set(context, setting.name, read_value(setting, " ".join(call.words[1:]), words))
        if "--json" not in call.flags:
            line = setting_line(setting, context.settings, context.words)
            talk.say(context, "settings_room.command.kept", title=line.title, value=line.words)
            return 0
    line = setting_line(setting, context.settings, context.words)
    if "--json" in call.flags:
        streams.json_document(_document(line))
    else:
        streams.data(shown(_told_in_full(context, line)))
    return 0


def _set(context: Context, name: str, value: str | bool | None) -> None:
    """Keep a setting, and go on in it: a language that was just chosen speaks already."""
    from rchrp_goals.store.settings import write_settings

    _need_no_window(context)
    context.keep_settings(write_settings(context.places, **{name: value}))


def _need_no_window(context: Context) -> None:
    """Raise BusyProblem while a window is open: it would go on with what it read before."""
    from rchrp_goals.store.locks import WindowLock

    if WindowLock(context.places).is_held_elsewhere():
        raise BusyProblem("window_open")


def _keys(context: Context, call: Call) -> int:
    """List the key of every action, show one, or give it another. Raises UsageProblem, BusyProblem, ProblemError."""
    from rchrp_goals.services.actions import ACTIONS

    if len(call.words) == 1:
        ids = list(ACTIONS)
        if "--json" in call.flags:
            streams.json_document({"keys": [_key_document(context, id) for id in ids]})
        else:
            streams.data(shown("\n".join(_told_key(context, id) for id in ids)))
        return 0
    id = call.words[1]
    if id not in ACTIONS:
        raise UsageProblem("settings_room.keys.unknown_here")
    if len(call.words) > 2:
        _give_key(context, id, "".join(call.words[2:]))
    if "--json" in call.flags:
        streams.json_document(_key_document(context, id))
    elif len(call.words) > 2:
        talk.say(context, "settings_room.command.kept", title=id, value=_key(context, id))
    else:
        streams.data(shown(_told_key(context, id)))
    return 0


def _give_key(context: Context, id: str, said: str) -> None:
    """Give an action a key, or its usual one back, and go on with that."""
    from rchrp_goals.services.keys import choose_key
    from rchrp_goals.store.settings import write_key

    is_usual = said.casefold() in context.words.ui("settings_room.typed.usual").split()
    key = None if is_usual else choose_key(id, said, context.settings, context.places.settings)
    _need_no_window(context)
    context.keep_settings(write_key(context.places, id, key))


def _key(context: Context, id: str) -> str:
    return context.desk().keys.cap(id) or context.words.ui("settings_room.command.no_key")


def _told_key(context: Context, id: str) -> str:
    """Return an action in two lines: its key, and what it does."""
    ui = context.words.ui
    return "\n".join(
        [
            ui("settings_room.command.line", name=id, value=_key(context, id)),
            ui("settings_room.command.about", about=help_words(id, context.words)),
        ]
    )


def _told_keys(context: Context) -> str:
    """Return the keys in two lines, as a setting: those that the person gave, and how to see all."""
    ui, keys = context.words.ui, context.desk().keys
    own = ", ".join(f"{id} {keys.cap(id)}" for id in keys.own) or ui("settings_room.command.usual_keys")
    return "\n".join([ui("settings_room.command.line", name="keys", value=own), ui("settings_room.command.about_keys")])


def _key_document(context: Context, id: str) -> dict[str, object]:
    from rchrp_goals.services.actions import ACTIONS

    return {
        "id": id,
        "key": context.desk().keys.key(id),
        "default": ACTIONS[id].key,
        "words": help_words(id, context.words),
    }


def _told(context: Context, line: SettingLine) -> str:
    """Return a setting in two lines: what holds, and what may be chosen."""
    choices = ", ".join(choice.typed for choice in line.choices)
    return "\n".join(
        [
            context.words.ui("settings_room.command.line", name=line.setting.name, value=_value(context, line)),
            context.words.ui("settings_room.command.choices", choices=choices),
        ]
    )


def _told_in_full(context: Context, line: SettingLine) -> str:
    """Return a setting with what it does and what each choice means, a line each."""
    ui = context.words.ui
    rows = [
        ui("settings_room.command.line", name=line.setting.name, value=_value(context, line)),
        ui("settings_room.command.about", about=line.about),
    ]
    rows += [
        ui("settings_room.command.choice", value=choice.typed, words=choice.words)
        if choice.words.casefold() != choice.typed
        else ui("settings_room.command.choice_alone", value=choice.typed)
        for choice in line.choices
    ]
    return "\n".join(rows)


def _value(context: Context, line: SettingLine) -> str:
    """Return what holds: as one types it and in words, once where both are the same."""
    chosen = next((choice.typed for choice in line.choices if choice.value == line.value), None)
    if chosen is None or chosen == line.words.casefold():
        return line.words
    return context.words.ui("settings_room.command.value", value=chosen, words=line.words)


def _document(line: SettingLine) -> dict[str, object]:
    return {
        "name": line.setting.name,
        "value": line.value,
        "default": line.setting.default,
        "choices": list(line.setting.choices),
        "title": line.title,
        "about": line.about,
        "words": line.words,
    }


COMMANDS = {"settings": settings}
