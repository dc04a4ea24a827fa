"""The key of each action: the registry's, or the one that the person gave it in ``[keys]`` of the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rchrp_goals.errors import UsageProblem
from rchrp_goals.services.actions import ACTIONS, CONVERSATION_SCOPES, EVERYWHERE, FIELD, ROOM, ActionSpec, cap
from rchrp_goals.store.settings import Complaint, Settings

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.store.places import Places

Pairs = tuple[tuple[str, str], ...]
"""Action ids and keys, as the file has them."""

FIXED = frozenset({"enter", "escape"})
"""An action with one of these keeps it: fields and lists give them the same meaning."""
TAKEN = frozenset(
    {
        "enter", "escape", "tab", "shift+tab", "space", "up", "down", "left", "right", "home", "end", "pageup",
        "pagedown", "insert", "delete", "backspace", "+", "ctrl+c", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+z",
        *"0123456789",
    }
)  # fmt: skip
"""Keys with a meaning of their own everywhere, or that a terminal cannot tell from another."""
TOGETHER: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            ("home", "thing", "reminder"),
            ("reminders", "reminder", "thing"),
            ("reminders", "reminder.rest", "thing"),
            ("goals", "goal", "thing"),
            ("goals", "step", "thing"),
            ("goals", "letter"),
            ("goals.one", "goal", "step", "thing"),
            ("goals.one", "goal", "if_then"),
            ("check_in", "ask_of", "thing"),
            ("check_in.one", "thing"),
            ("values", "thing"),
            ("learning", "activity", "thing"),
            ("learning", "learning.area", "thing"),
            ("learning", "place", "thing"),
            ("learning.practice", "practised"),
            ("learning.practice", "if_then"),
            ("learning.reflections", "thing"),
        ),
    )
)
"""Scopes of which a key can mean either at one moment: a room's own, and those of one row in it."""
_WHILE_TYPING = frozenset({EVERYWHERE, FIELD})
"""Scopes of what works while somebody types, so that nothing else can have its key."""
_KEY = re.compile(r"(?:(?:ctrl|alt|shift)\+)*(?:f[1-9]|f1\d|f20|[a-z])|\S")


class Keys:
    """The keys that hold now; ``own`` are those that the person gave, checked."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = own

    def key(self, id: str) -> str:
        """Return an action's key as Textual names it, empty where it has none."""
        return self.own.get(id, ACTIONS[id].key)

    def cap(self, id: str) -> str:
        """Return an action's key as it is written on a cap."""
        return cap(self.key(id))


class Checked(NamedTuple):
    """The keys of a file that hold, and what is to be said about the others."""

    keys: Keys
    complaints: tuple[Complaint, ...]


@lru_cache(maxsize=8)
def check_keys(pairs: Pairs, path: str = "") -> Checked:
    """Check keys that a person gave: a known action, a key that can be one, no other action's where both work.

    What is refused leaves its action as it was, and is said with the ``path`` of the file.
    """
    own: dict[str, str] = {}
    complaints: list[Complaint] = []
    for id, said in pairs:
        key = read_key(said)
        refused = _refused(id, key)
        if refused:
            complaints.append(Complaint(f"settings_room.keys.{refused}", {"path": path, "id": id[:60]}))
        else:
            own[id] = key
    while clash := _clash(own):
        id, other = clash
        del own[id]
        complaints.append(Complaint("settings_room.keys.clash", {"path": path, "id": id, "other": other}))
    return Checked(Keys(own), tuple(complaints))


def complaints_of(settings: Settings, places: Places) -> tuple[Complaint, ...]:
    """Return everything of the settings that was not taken, keys too."""
    if not settings.keys:
        return settings.complaints
    return (*settings.complaints, *check_keys(settings.keys, places.settings).complaints)


def choose_key(id: str, said: str, settings: Settings, path: str) -> str:
    """Return the key that somebody wants to give an action, as the file takes it.

    Raises UsageProblem with the sentence that says why it cannot be.
    """
    pairs = (*((one, key) for one, key in settings.keys if one != id), (id, said))
    checked = check_keys(pairs, path)
    for complaint in checked.complaints:
        if complaint.args["id"] == id[:60]:
            raise UsageProblem(complaint.key, **complaint.args)
    return checked.keys.key(id)


def read_key(said: str) -> str:
    """Return a key as it is compared: ``F8``, ``Ctrl+X`` and ``f8`` are read, a letter stays as it is."""
    stripped = said.strip()
    return stripped if len(stripped) == 1 else stripped.lower().replace(" ", "")


def _refused(id: str, key: str) -> str:
    """Return why an action cannot have a key (``settings_room.keys``), empty where it can."""
    spec = ACTIONS.get(id)
    if spec is None:
        return "unknown"
    if spec.key in FIXED:
        return "fixed"
    if key in TAKEN:
        return "taken"
    if not key or key == "," or not _KEY.fullmatch(key):
        return "unreadable"
    return "typed" if len(key) == 1 and is_for_typing(spec) else ""


def is_for_typing(spec: ActionSpec) -> bool:
    """Tell whether an action must work while somebody types, so that no letter can be its key."""
    return spec.scope in _WHILE_TYPING


def _clash(own: Mapping[str, str]) -> tuple[str, str] | None:
    """Return an action whose own key is another one's where both work, and that one; the last that was given."""
    keys = Keys(own)
    for id in reversed(list(own)):
        for other, spec in ACTIONS.items():
            if other != id and keys.key(other) == own[id] and meet(ACTIONS[id], spec):
                return id, other
    return None


def meet(one: ActionSpec, other: ActionSpec) -> bool:
    """Tell whether two actions work at one place, so that they need two keys."""
    scopes = {one.scope, other.scope}
    if scopes & _WHILE_TYPING or len(scopes) == 1:
        return True
    if ROOM in scopes:
        return not scopes & CONVERSATION_SCOPES
    return any(scopes <= together for together in TOGETHER)


def help_of(ids: Iterable[str], keys: Keys, words: Words) -> list[tuple[str, str]]:
    """Return a row for each action that has a key: its cap, and what help says of it."""
    return [(keys.cap(id), help_words(id, words)) for id in ids if keys.key(id)]


def help_words(id: str, words: Words) -> str:
    """Return what help says of an action: more than its short words where there is more to say."""
    return words.ui(f"keys.{id}" if words.has_ui(f"keys.{id}") else ACTIONS[id].words)


def also_of(topic: str, words: Words) -> list[tuple[str, str]]:
    """Return the rows for what moves and marks on a screen."""
    rows: Mapping[str, list[list[str]]] = words.module("keys")["also"]
    return [(key, said) for key, said in rows.get(topic, ())]
