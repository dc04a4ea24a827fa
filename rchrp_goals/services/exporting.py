"""Writes the plan into files that a person's own tools open: a sheet of it, or the plan itself."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError, UsageProblem
from rchrp_goals.export import registry
from rchrp_goals.export.ink import ASCII, FULL, SPOKEN, Ink
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.plan_page import plan_sheet

if TYPE_CHECKING:
    from rchrp_goals.services.paper_hours import Wanted
    from rchrp_goals.services.year import Span
    from rchrp_goals.store.plan_store import Snapshot

FORMATS = tuple(registry.FORMATS)
SHEETS = registry.SHEETS
_NAMES = {"wall": "next", "mine": "plan", None: "plan"}

_MOST_NAMES = 1000
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_KEPT_IN = ("Documents", "Documentos", "Desktop", "Escritorio", "Downloads", "Descargas")


def export(
    desk: Desk,
    format: str,
    *,
    sheet: str | None = None,
    language: str | None = None,
    width: int = registry.WIDTH,
    leave_out: Collection[str] = frozenset(),
    is_spoken: bool = False,
    span: Span | None = None,
    wanted: Wanted | None = None,
) -> bytes:
    """Return the plan in a format, as UTF-8: one of its sheets, or (None) the whole plan.

    ``span`` is from which day to which the sheet ``year`` goes, where it is not of the last twelve months.

    ``width`` is the cells of a line of plain text; ``is_spoken`` draws nothing there that a voice would read sign by
    sign. ``wanted``: the days of a record, and whether it is for oneself. ``day-one`` and ``blank`` need no plan.

    Raises UsageProblem ``export_format``, ``export_sheet``, ``export_sheet_of_data`` or ``export_width``; ProblemError
    ``no_plan``; what reading the plan raises.
    """
    found = registry.FORMATS.get(format)
    if found is None:
        raise UsageProblem("export_format", formats=", ".join(FORMATS))
    if sheet is not None and sheet not in SHEETS:
        raise UsageProblem("export_sheet", sheets=", ".join(SHEETS))
    if sheet is not None and found.is_data:
        raise UsageProblem("export_sheet_of_data", format=format)
    if not registry.NARROWEST <= width <= registry.WIDEST:
        raise UsageProblem("export_width", least=registry.NARROWEST, most=registry.WIDEST)
    words = desk.words if language is None else desk.words.to(language)
    ink = _ink(desk, is_spoken=is_spoken)
    if sheet in registry.BLANK_PAPERS:
        from rchrp_goals.services.paper_sheets import blank_paper

        return found.paper_writer().write(blank_paper(sheet, words), width, ink).encode()
    plan = desk.store.read()
    if not plan.exists:
        raise ProblemError("no_plan")
    if found.is_data:
        return _data(plan)
    today = desk.clock.today()
    if sheet in registry.FILLED_PAPERS:
        from rchrp_goals.services.paper_sheets import filled_paper

        return found.paper_writer().write(filled_paper(sheet, plan.tables, words, today), width, ink).encode()
    if sheet in (*registry.OWN_PAPERS, *registry.RECORD_PAPERS):
        from rchrp_goals.services.paper_sheets import own_paper, record_paper

        said = words.heard() if ink.is_spoken else words
        if sheet in registry.OWN_PAPERS:
            paper = own_paper(sheet, plan.tables, said, today, span)
        else:
            paper = record_paper(sheet, plan.tables, said, today, wanted)
        return found.paper_writer().write(paper, width, ink).encode()
    lines = plan_sheet(plan.tables, words, today, sheet or "mine", leave_out)
    return found.writer().write(lines, width, ink).encode()


def _ink(desk: Desk, *, is_spoken: bool) -> Ink:
    if is_spoken or desk.settings.face == "plain":
        return SPOKEN
    return ASCII if desk.settings.glyphs == "ascii" else FULL


def _data(plan: Snapshot) -> bytes:
    from rchrp_goals.export.json_file import documents
    from rchrp_goals.plan.tables import SCHEMA
    from rchrp_goals.store.plan_file import Meta, block_of, lines_of, render

    blocks = [block_of(name, lines) for name, lines in lines_of(documents(plan.tables)).items()]
    content, _ = render(Meta(plan.plan_id, SCHEMA, plan.generation), blocks)
    return content


def suggested_name(plan_id: str, format: str, sheet: str | None = None) -> str:
    """Return a file name that says nothing of what it is: ``plan-8f3a.html``, for the wall ``next-8f3a.html``.

    A sheet for a pen is ``sheet-8f3a.html``.
    """
    short = "".join(sign for sign in plan_id if sign.isascii() and sign.isalnum())[:4].lower() or "0"
    return f"{_NAMES.get(sheet, 'sheet')}-{short}.{registry.FORMATS[format].extension}"


def written_key(sheet: str | None) -> str:
    """Return the key of what is said of a file that was written, of what it holds; or nothing."""
    if sheet in (*registry.FILLED_PAPERS, *registry.RECORD_PAPERS):
        return f"sheets.saying.{sheet.replace('-', '_')}"
    return "cli.written_for_you" if sheet in (None, "mine", *registry.OWN_PAPERS) else ""


def likely_folders(home: Path) -> list[Path]:
    """Return the folders in which people look for their files: those of the home folder that are there, and itself."""
    return [folder for folder in (*(home / name for name in _KEPT_IN), home) if folder.is_dir()]


def keep_sheets(
    desk: Desk,
    folder: Path,
    *,
    leave_out: Collection[str] = frozenset(),
    sheets: Collection[str] = registry.PLAN_SHEETS,
) -> list[Path]:
    """Write sheets of the plan as pages to print into a folder, and return their paths: first the one for the wall.

    ``leave_out`` is what the person left off the wall. A file that is there stays; the new one gets a number then.
    Raises as ``export`` and ``write_export`` do; what was written until then stays.
    """
    plan_id = desk.store.read().plan_id
    paths = []
    for sheet in (one for one in registry.PLAN_SHEETS if one in sheets):
        left_out = leave_out if sheet == "wall" else ()
        content = export(desk, "html", sheet=sheet, leave_out=left_out)
        paths.append(write_beside(folder, suggested_name(plan_id, "html", sheet), content))
    return paths


def keep_sheet(
    desk: Desk,
    folder: Path,
    sheet: str,
    format: str,
    *,
    width: int,
    is_spoken: bool = False,
    span: Span | None = None,
    wanted: Wanted | None = None,
) -> Path:
    """Write one sheet into a folder under a neutral name, beside what is there, and return its path.

    ``wanted`` is for a record. Raises as ``export`` and ``write_export`` do.
    """
    content = export(desk, format, sheet=sheet, width=width, is_spoken=is_spoken, span=span, wanted=wanted)
    plan_id = "" if sheet in registry.BLANK_PAPERS else desk.store.read().plan_id
    return write_beside(folder, suggested_name(plan_id, format, sheet), content)


def write_beside(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into a folder, under a name with a number where it is taken, and return its path.

    Raises as ``write_export`` does.
    """
    stem, _, extension = name.rpartition(".")
    for number in range(1, _MOST_NAMES):
        path = folder / (name if number == 1 else f"{stem}-{number}.{extension}")
        try:
            write_export(path, content)
        except ProblemError as problem:
            if problem.key != "file_exists":
                raise
        else:
            return path
    raise ProblemError("file_exists", path=str(folder / name))


def write_export(path: str | os.PathLike[str], content: bytes, *, may_replace: bool = False) -> None:
    """Write a file whole or not at all, readable by nobody else (0600).

    Raises ProblemError ``file_exists`` (without ``may_replace``), ``path_is_folder``, ``folder_missing``,
    ``export_disk_full``, ``export_not_allowed`` or ``export_not_written``, each with ``path``, or UsageProblem
    ``output_empty``; nothing is left then.
    """
    from rchrp_goals.store import safe_write

    target = os.fspath(path)
    if not target:
        raise UsageProblem("output_empty")
    try:
        found = _kind_of(target)
        if found == "folder":
            raise ProblemError("path_is_folder", path=target)
        if found == "other":
            _write_through(target, content)
        elif found == "file" and may_replace:
            safe_write.replace_file(target, content)
        else:
            _write_where_none_is(target, content)
    except FileExistsError:
        raise ProblemError("file_exists", path=target) from None
    except (FileNotFoundError, NotADirectoryError):
        folder = os.path.dirname(os.path.abspath(target))
        if os.path.isdir(folder):  # one in which no file can be made, as in /proc
            raise ProblemError("export_not_written", path=target) from None
        raise ProblemError("folder_missing", path=folder) from None
    except ValueError:  # a zero byte in the name
        raise ProblemError("export_not_written", path="") from None
    except OSError as error:
        if error.errno in _FULL:
            raise ProblemError("export_disk_full", path=target) from None
        key = "export_not_allowed" if error.errno in _NOT_ALLOWED else "export_not_written"
        raise ProblemError(key, path=target) from None


def _kind_of(path: str) -> str:
    """Return ``none``, ``folder``, ``file``, or ``other`` for a device or a pipe; a link is followed."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return "file" if os.path.islink(path) else "none"
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


def _write_through(path: str, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)


def _write_where_none_is(path: str, content: bytes) -> None:
    """Write aside and give the name only at the end, and only where nobody took it meanwhile. Raises FileExistsError."""
    from rchrp_goals.store import safe_write

    if os.path.lexists(path):
        raise FileExistsError
    temporary = safe_write.temporary_name(path)
    safe_write.write_new(temporary, content)
    try:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # sticks and network folders know no links
            if os.path.lexists(path):
                raise FileExistsError from None
            safe_write.replace(temporary, path)
    finally:
        safe_write.remove_if_there(temporary)
    safe_write.flush_folder(os.path.dirname(os.path.abspath(path)))
