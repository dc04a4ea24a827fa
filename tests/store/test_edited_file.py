"""The file of a text that is open in an editor: private, alone in its folder, and gone with all that lies beside it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.edited_file import LARGEST, EditedFile, remove_edited
from rchrp_goals.store.places import Places

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of that form")


def mode(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def test_nobody_else_can_look_into_it(places: Places) -> None:
    file = EditedFile(places)
    file.write("año".encode())
    assert (mode(file.path), mode(places.editing)) == (0o600, 0o700)
    assert file.read() == "año".encode()


def test_swap_and_backup_files_go_with_it(places: Places) -> None:
    file = EditedFile(places)
    file.write(b"words")
    for name in (".text.txt.swp", "text.txt~", "#text.txt#"):
        Path(places.editing, name).write_text("words")
    Path(places.editing, "more").mkdir()
    assert file.remove()
    assert os.listdir(places.data) == []
    assert file.remove(), "there is nothing left to remove"


def test_a_killed_programs_file_makes_room(places: Places) -> None:
    os.makedirs(places.editing, 0o755)
    Path(EditedFile(places).path).write_text("old")
    file = EditedFile(places)
    file.write(b"new")
    assert (file.read(), mode(places.editing)) == (b"new", 0o700)


def test_a_link_in_its_place_leads_nowhere(places: Places, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "text.txt").write_text("mine")
    os.makedirs(places.data)
    os.symlink(mine, places.editing)
    file = EditedFile(places)
    file.write(b"words")
    assert not os.path.islink(places.editing) and (mine / "text.txt").read_text() == "mine"
    os.unlink(file.path)
    os.symlink(mine / "text.txt", file.path)
    assert file.read() is None, "what an editor may have put there is no file of ours"
    assert remove_edited(places) and (mine / "text.txt").read_text() == "mine"


def test_no_pipe_and_nothing_endless_is_read(places: Places) -> None:
    file = EditedFile(places)
    file.write(b"x" * (LARGEST + 10))
    content = file.read()
    assert content is not None and len(content) == LARGEST + 1
    os.unlink(file.path)
    os.mkfifo(file.path)
    assert file.read() is None


def test_where_it_cannot_be_written_is_said(places: Places) -> None:
    Path(places.data).write_text("a file in the way")
    with pytest.raises(ProblemError) as problem:
        EditedFile(places).write(b"words")
    assert problem.value.key == "folder_not_made"
