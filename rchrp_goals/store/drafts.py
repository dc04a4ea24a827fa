"""Conversations that are not finished: one small file a part, written whole every time."""

from __future__ import annotations

import json
import os
from typing import Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.places import Places, make_folder
from rchrp_goals.store.safe_write import flush_folder, remove_if_there, replace, replace_file, save_problem, sweep

NAMES = ("last-day", "start", "values", "learning", "goals", "ahead", "day-one", "practice", "reflect", "check-in")
"""Whose drafts there are; where two are equally new, the earlier one here is the newest."""

ONE_QUESTION = "one-question"
"""The draft of a question that is asked by itself; no conversation goes on with it."""

SMALL_PAGES = "small-pages"
"""What stands in small pages that were not saved; no conversation either."""

_LARGEST = 16 * 1024 * 1024


class Drafts:
    """The drafts of one data folder. Who writes them holds the window's lock."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._damaged: set[str] = set()

    def read(self, name: str) -> dict[str, Any] | None:
        """Return a draft; None where there is none.

        One that cannot be understood is set aside as ``drafts/NAME.damaged-N``; then this is None and
        ``was_damaged`` True. Raises ProblemError ``draft_unreadable`` where the system does not let us read it.
        """
        path = self._path(name)
        self._damaged.discard(name)
        try:
            with open(path, "rb") as file:
                data = file.read(_LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            raise ProblemError("draft_unreadable", path=path) from None
        draft = _document(data)
        if draft is None:
            self.set_aside(name)
        return draft

    def set_aside(self, name: str) -> None:
        """Keep a draft that does not read as one as ``drafts/NAME.damaged-N``; ``was_damaged`` is True from now on."""
        self._damaged.add(name)
        _set_aside(self._path(name))

    def was_damaged(self, name: str) -> bool:
        """Whether the last ``read`` of this draft found one that could not be understood."""
        return name in self._damaged

    def write(self, name: str, draft: dict[str, Any]) -> None:
        """Keep a draft, flushed to the disk; the one before stands until then.

        Raises ProblemError ``disk_full``, ``plan_read_only``, ``not_saved``, ``folder_not_made``.
        """
        path = self._path(name)
        # ASCII: what is being typed may hold half a character, and must come back as it was
        data = json.dumps(draft, ensure_ascii=True, allow_nan=False).encode("ascii")
        make_folder(self._places.drafts)
        try:
            sweep(self._places.drafts, path)
            replace_file(path, data)
        except OSError as error:
            raise save_problem(error, path) from None

    def delete(self, name: str) -> None:
        """Remove a draft that was applied; none there is fine. Raises ProblemError ``plan_read_only``, ``not_saved``."""
        path = self._path(name)
        if not os.path.lexists(path):
            return
        try:
            remove_if_there(path)
            flush_folder(self._places.drafts)
        except OSError as error:
            raise save_problem(error, path) from None

    def newest(self) -> str | None:
        """Return the name of the draft that was written last; None where there is none."""
        found: list[tuple[int, int, str]] = []
        for place, name in enumerate(NAMES):
            try:
                found.append((os.stat(self._path(name)).st_mtime_ns, -place, name))
            except OSError:  # not there, or not for us to see: then none waits, and the plan opens all the same
                continue
        return max(found)[2] if found else None

    def _path(self, name: str) -> str:
        if name not in (*NAMES, ONE_QUESTION, SMALL_PAGES):
            raise ValueError(f"no conversation is called {name!r}")
        return self._places.draft(name)


def _document(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _set_aside(path: str) -> None:
    number, stem = 1, path.removesuffix(".json")
    while os.path.lexists(f"{stem}.damaged-{number}"):
        number += 1
    try:
        replace(path, f"{stem}.damaged-{number}")
    except OSError:
        pass  # a folder that cannot be written to: it stays where it is, and is as unreadable the next time
