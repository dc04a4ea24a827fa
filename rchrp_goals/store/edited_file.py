"""The one private file through which a text goes to the person's own editor, in a folder that is removed afterwards."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime
from hashlib import sha256

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.places import PRIVATE_FOLDER, Places, make_folder
from rchrp_goals.store.safe_write import write_new

NAME = "text.txt"
"""Says nothing of what it is: editors keep lists of what they opened."""
_MARK, _MARK_LENGTH = "mark", 64
"""A checksum of the text as it was handed over."""
PRIVATE_FILE = 0o600
LARGEST = 4_000_000
"""Bytes that are read back; what is longer is no text that anybody wrote."""


class EditedFile:
    """A text in a file of its own; what editors put beside it (swap, backup) lies in the same folder and goes with it.

    Whoever uses it holds the window's lock: there is one such file at a time.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self.path = os.path.join(places.editing, NAME)
        self._mark = os.path.join(places.editing, _MARK)

    def write(self, content: bytes) -> None:
        """Make the folder and the file, for nobody else's eyes. Raises ProblemError ``edited_not_written`` (path)."""
        remove_edited(self._places)
        make_folder(self._places.data)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            os.mkdir(self._places.editing, PRIVATE_FOLDER)
            with os.fdopen(os.open(self.path, flags, PRIVATE_FILE), "wb") as file:
                file.write(content)
            with os.fdopen(os.open(self._mark, flags, PRIVATE_FILE), "wb") as file:
                file.write(_mark_of(content))
        except OSError:
            remove_edited(self._places)
            raise ProblemError("edited_not_written", path=self.path) from None

    def read(self) -> bytes | None:
        """Return what stands in the file, up to a byte more than ``LARGEST``; None where there is no file any more."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        except OSError:
            return None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # a folder is not even opened as a file
            os.close(descriptor)
            return None
        with os.fdopen(descriptor, "rb") as file:
            return file.read(LARGEST + 1)

    def left_behind(self) -> bytes:
        """Return the text that stands there though the program ended, if it is another than was handed over; else none."""
        content = self.read() or b""
        try:
            with open(self._mark, "rb") as file:
                is_changed = file.read(_MARK_LENGTH + 1) != _mark_of(content)
        except OSError:
            return b""
        return content if is_changed and content.strip() else b""

    def remove(self) -> bool:
        """Remove the folder with all that is in it; False where something of it stands there still."""
        return remove_edited(self._places)


def keep_left_behind(places: Places, now: datetime) -> str:
    """Keep in ``backups/`` what an editor saved after a program of ours was killed, and remove the rest.

    Returns where it is kept, empty where there is nothing to keep. Where it cannot be kept all stays, for the next time.
    """
    content, kept = EditedFile(places).left_behind(), ""
    if content:
        kept = os.path.join(places.backups, f"text-{now.astimezone(UTC):%Y%m%d-%H%M%S}.txt")
        try:
            make_folder(places.backups)
            write_new(kept, content)
        except (OSError, ProblemError):
            return ""
    remove_edited(places)
    return kept


def _mark_of(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


def remove_edited(places: Places) -> bool:
    """Remove what a text that was open in an editor left, a killed program's too; False where that cannot be done."""
    if os.path.islink(places.editing):
        try:
            os.unlink(places.editing)
        except OSError:
            return False
    shutil.rmtree(places.editing, ignore_errors=True)
    return not os.path.lexists(places.editing)
