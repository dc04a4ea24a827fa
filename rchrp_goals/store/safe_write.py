"""Files that are either the old or the new: written aside, flushed to the disk, then moved into place."""

from __future__ import annotations

import errno
import os
import sys
import time

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.places import TEMPORARY, is_temporary

PRIVATE_FILE = 0o600
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_CANNOT_FLUSH_A_FOLDER = {errno.EINVAL, errno.EBADF, errno.EACCES, getattr(errno, "ENOTSUP", errno.EINVAL)}
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_MAY_BE_HELD = os.name == "nt"
_REPLACE_TRIES = 10
_REPLACE_PAUSE = 0.02

_count = 0


def save_problem(error: OSError, path: str) -> ProblemError:
    """Return what a failed write tells a person: ``disk_full``, ``plan_read_only`` or ``not_saved`` (path)."""
    if error.errno in _FULL:
        return ProblemError("disk_full", path=path)
    if error.errno in _NOT_ALLOWED:
        return ProblemError("plan_read_only", path=path)
    return ProblemError("not_saved", path=path)


def followed(path: str) -> str:
    """Return where a link leads; any other path as it is."""
    return os.path.realpath(path) if os.path.islink(path) else path


def temporary_name(path: str) -> str:
    """Return a name beside ``path`` that nobody else writes to."""
    global _count  # noqa: PLW0603 (one counter a process, so that two threads never meet)
    _count += 1
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{os.getpid()}-{_count}-{time.monotonic_ns():x}{TEMPORARY}")


def write_new(path: str, data: bytes) -> None:
    """Write a file that is not there yet, 0600, and flush it to the disk. Raises OSError; then nothing is left."""
    descriptor = os.open(path, _NEW, PRIVATE_FILE)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            flush_to_disk(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        remove_if_there(path)
        raise


def flush_to_disk(descriptor: int) -> None:
    """Flush a file through the drive's own cache."""
    if sys.platform == "darwin":
        import fcntl

        try:  # fsync on macOS stops at the drive
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:  # not every file system there knows it
            os.fsync(descriptor)
    else:
        os.fsync(descriptor)


def replace(source: str, target: str) -> None:
    """Move a file over another. On Windows a scanner or a cloud folder may hold the target for a moment: try again."""
    for pause in range(1, _REPLACE_TRIES):
        try:
            os.replace(source, target)
        except PermissionError:
            if not _MAY_BE_HELD:
                raise
            time.sleep(_REPLACE_PAUSE * pause)
        else:
            return
    os.replace(source, target)


def flush_folder(folder: str) -> None:
    """Flush the names in a folder to the disk, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH_A_FOLDER:
            raise
    finally:
        os.close(descriptor)


def replace_file(path: str, data: bytes) -> None:
    """Replace a file's content as a whole; what it was stands until then. Raises OSError; then nothing is left over.

    A link is followed first, so that it stays one.
    """
    path = followed(path)
    temporary = temporary_name(path)
    write_new(temporary, data)
    try:
        replace(temporary, path)
    except BaseException:
        remove_if_there(temporary)
        raise
    flush_folder(os.path.dirname(path))


def keep_as(path: str, kept: str) -> None:
    """Let ``kept`` hold what ``path`` holds now, by a hard link where the disk knows them, else by a copy.

    ``kept`` is replaced as a whole. Raises OSError; then nothing is left over.
    """
    temporary = temporary_name(kept)
    try:
        try:
            os.link(path, temporary)
        except OSError as error:
            if error.errno in _FULL:
                raise
            copy_new(path, temporary)
        replace(temporary, kept)
    finally:
        # where both names were links to one file already, the system moves nothing and leaves this one
        remove_if_there(temporary)


def copy_new(path: str, copy: str) -> None:
    """Copy a file to a name that is not there yet, 0600, flushed. Raises OSError; then nothing is left."""
    with open(path, "rb") as source:
        write_new(copy, source.read())


def remove_if_there(path: str) -> None:
    """Remove a file; none there is fine."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def sweep(folder: str, *paths: str) -> None:
    """Remove from a folder what killed programs left half written of the files ``paths``.

    Only for who holds the lock of these files: then nobody else is writing them.
    """
    beginnings = tuple(f".{os.path.basename(path)}." for path in paths)
    for name in os.listdir(folder):
        if is_temporary(name) and name.startswith(beginnings):
            remove_if_there(os.path.join(folder, name))
