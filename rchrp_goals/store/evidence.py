"""Proof of learning as files of the plan's own: copies in ``evidence/`` under neutral names, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.store import safe_write
from rchrp_goals.store.places import Places, is_temporary, make_folder

MOST_MEGABYTES = 25
"""More than any certificate or photo of one; a film of an evening is kept elsewhere."""
_MOST = MOST_MEGABYTES * 1_000_000
_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_AFTER_ID = re.compile(r"(\.[0-9]{1,3})?(\.[a-z0-9]{1,8})?")
_MOST_COPIES = 999
_QUOTES = ("'", '"')
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def read_source(said: str) -> str:
    """Return the path of the file that somebody named: ``~``, quotes and the backslashes of a file that was dragged in.

    Raises AnswerRefused ``evidence_not_there evidence_folder evidence_no_file evidence_unreadable evidence_empty
    evidence_too_large`` (``most``).
    """
    path = _meant(said)
    try:
        found = os.stat(path)
    except PermissionError:
        raise AnswerRefused("evidence_unreadable") from None
    except (OSError, ValueError):  # not there, too long a name, a zero byte in it
        raise AnswerRefused("evidence_not_there") from None
    if stat.S_ISDIR(found.st_mode):
        raise AnswerRefused("evidence_folder")
    if not stat.S_ISREG(found.st_mode):
        raise AnswerRefused("evidence_no_file")
    if not os.access(path, os.R_OK):
        raise AnswerRefused("evidence_unreadable")
    if not found.st_size:
        raise AnswerRefused("evidence_empty")
    if found.st_size > _MOST:
        raise AnswerRefused("evidence_too_large", most=MOST_MEGABYTES)
    return os.path.abspath(path)


def keep_copy(places: Places, id: str, source: str) -> str:
    """Copy a file into ``evidence/`` for the record ``id``, read it back, and return the copy's name: id and suffix.

    One that is there stays beside it, and the name has a number then, until ``forget_copies``. Raises as ``read_source``
    does for what changed since, and ProblemError ``evidence_not_kept`` or ``evidence_disk_full`` (path),
    ``folder_not_made``; then no new file is left.
    """
    if not _ID.fullmatch(id):
        raise ProblemError("not_there")
    path = read_source(source)
    content = _content(path)
    make_folder(places.evidence)
    _sweep(places)
    name = _free_name(places, id, _suffix(path))
    path = places.proof(name)
    try:
        safe_write.replace_file(path, content)
        with open(path, "rb") as file:
            is_whole = file.read() == content
    except OSError as error:
        key = "evidence_disk_full" if error.errno in _FULL else "evidence_not_kept"
        raise ProblemError(key, path=path) from None
    if not is_whole:
        safe_write.remove_if_there(path)
        raise ProblemError("evidence_not_kept", path=path)
    return name


def forget_copies(places: Places, id: str, but: str = "") -> list[str]:
    """Delete the copies for a record, except the one that is named ``but``; return the paths of those that stayed.

    For who holds the window's lock, as ``keep_copy`` is: what a killed program left half written goes, too.
    """
    stayed: list[str] = _sweep(places)
    for name in _names(places):
        if name != but and is_copy_of(id, name):
            try:
                safe_write.remove_if_there(places.proof(name))
            except OSError:  # said by whoever called: it has to be deleted by hand
                stayed.append(places.proof(name))
    return stayed


def is_copy_of(id: str, name: str) -> bool:
    """Tell whether a name is one that a copy for this record has: nothing else in the folder, or out of it, is touched."""
    return bool(_ID.fullmatch(id)) and name.startswith(id) and bool(_AFTER_ID.fullmatch(name.removeprefix(id)))


def _free_name(places: Places, id: str, suffix: str) -> str:
    """Return a name that no copy has yet; past all numbers the last one is written over."""
    names = [f"{id}{suffix}", *(f"{id}.{number}{suffix}" for number in range(2, _MOST_COPIES + 1))]
    return next((name for name in names if not os.path.lexists(places.proof(name))), names[-1])


def _sweep(places: Places) -> list[str]:
    """Remove what killed programs left half written of any copy; return the paths of what stayed."""
    stayed = []
    for name in _names(places):
        if is_temporary(name):
            try:
                safe_write.remove_if_there(places.proof(name))
            except OSError:  # said by whoever called
                stayed.append(places.proof(name))
    return stayed


def _names(places: Places) -> list[str]:
    try:
        return sorted(os.listdir(places.evidence))
    except OSError:  # no folder yet, or one that is not for us
        return []


def _content(path: str) -> bytes:
    try:
        with open(path, "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise AnswerRefused("evidence_no_file")
            content = file.read(_MOST + 1)
    except OSError:
        raise AnswerRefused("evidence_unreadable") from None
    if len(content) > _MOST:
        raise AnswerRefused("evidence_too_large", most=MOST_MEGABYTES)
    return content


def _at_once(path: str, flags: int) -> int:
    """Open a file, and never wait for a pipe that took its place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _meant(said: str) -> str:
    path = said.strip()
    if len(path) > 1 and path[0] in _QUOTES and path[-1] == path[0]:
        path = path[1:-1]
    path = os.path.expanduser(path)
    if "\\ " in path and not os.path.lexists(path):
        path = path.replace("\\ ", " ")
    return path


def _suffix(path: str) -> str:
    found = os.path.splitext(path)[1].lower()
    return found if _SUFFIX.fullmatch(found) else ""
