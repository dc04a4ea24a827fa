"""Keeping the sheets: which pages, in which folder, and what was written, said by name."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.participant.small_modal import LineModal, PickModal, TellModal
from rchrp_goals.services.exporting import SHEETS, keep_sheets, likely_folders

OTHER = "other"


async def ask_and_keep(screen: CalmScreen[None], left_out: Collection[str]) -> None:
    """Ask which pages and where, write them, and say their names; called in a worker of ``screen``.

    The page for the wall is offered first. A folder that cannot be written to is said, and another can be chosen.
    """
    app = screen.app
    which = await app.push_screen_wait(PickModal("plan_page_screen.which_title", lambda: _which(screen)))
    if not which:
        return
    sheets = ("wall",) if which == "wall" else SHEETS
    desk = app.desk
    while (folder := await _folder(screen)) is not None:
        place = folder
        try:
            paths = await app.writer.run(lambda: keep_sheets(desk, place, leave_out=left_out, sheets=sheets))  # noqa: B023
        except ProblemError as problem:
            if await app.tell_problem(problem):
                continue
            return
        await app.push_screen_wait(TellModal("plan_page_screen.kept_title", lambda: _kept(screen, place, paths)))  # noqa: B023
        return


def _which(screen: CalmScreen[None]) -> Sequence[tuple[str, str, str]]:
    return [
        (name, screen.ui(f"plan_page_screen.which_{name}"), screen.ui(f"plan_page_screen.which_{name}_note"))
        for name in ("wall", "both")
    ]


async def _folder(screen: CalmScreen[None]) -> Path | None:
    """Ask for a folder: one where people keep files, or a path; None where the person goes back."""
    app = screen.app
    folders = await app.writer.run(lambda: likely_folders(Path.home()))

    def options() -> Sequence[tuple[str, str, str]]:
        ui = screen.ui
        other = (OTHER, ui("plan_page_screen.where_other"), ui("plan_page_screen.where_other_note"))
        return [*((str(number), str(folder), "") for number, folder in enumerate(folders)), other]

    picked = await app.push_screen_wait(PickModal("plan_page_screen.where_title", options))
    if not picked:
        return None
    if picked != OTHER:
        return folders[int(picked)]
    title, label, keep = (f"plan_page_screen.path_{name}" for name in ("title", "label", "keep"))
    path = await app.push_screen_wait(LineModal(title, label, keep))
    return _typed(path) if path else None


def _typed(path: str) -> Path:
    return Path(os.path.expanduser(path.strip()))


def _kept(screen: CalmScreen[None], folder: Path, paths: Sequence[Path]) -> Sequence[str]:
    ui = screen.ui
    names = "\n".join(path.name for path in paths)
    return [
        f"{ui('plan_page_screen.kept_in', folder=str(folder))}\n{names}",
        ui("plan_page_screen.kept_stays"),
        ui("plan_page_screen.kept_print"),
    ]
