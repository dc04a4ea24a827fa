"""A long text through the person's own editor: a script that does what editors do, and what they do not."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rchrp_goals.plan.text import LONG_CAP
from rchrp_goals.services.editing import Edited, Editing, editor_of, is_offered
from rchrp_goals.services.opening import take_window
from rchrp_goals.store.edited_file import EditedFile
from rchrp_goals.store.locks import WindowLock
from rchrp_goals.store.places import Places
from tests.services.desk import desk_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")

Edit = Callable[..., Edited]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Open a text in an editor that is a few lines of shell; ``$1`` is the file, and afterwards nothing is left."""

    def run(script: str, text: str = "as it was", cap: int = 0) -> Edited:
        editing = Editing(Places(str(tmp_path / "data")), ("/bin/sh", "-c", script, "editor"), text, cap)
        editing.prepare()
        try:
            return editing.open()
        finally:
            assert editing.close()
            assert os.listdir(tmp_path / "data") == []

    return run


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({}, ()),
        ({"EDITOR": "nano"}, ("nano",)),
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ("code", "--wait")),
        ({"VISUAL": "", "EDITOR": "nano"}, ("nano",)),
        ({"VISUAL": "'/opt/my editor/ed' -f"}, ("/opt/my editor/ed", "-f")),
        ({"EDITOR": "nano 'never closed"}, ()),
        ({"EDITOR": "   "}, ()),
    ],
)
def test_the_editor_is_the_one_that_is_named_and_none_is_guessed(
    environ: dict[str, str], command: tuple[str, ...]
) -> None:
    assert editor_of(environ) == command
    assert is_offered(environ) == bool(command)


def test_on_windows_it_is_not_offered() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.name", "nt")
        assert not is_offered({"EDITOR": "notepad"})


def test_what_was_written_comes_back(edit: Edit) -> None:
    assert edit('printf "and more\\r\\nin lines\\n" >> "$1"') == Edited("changed", "as it was\nand more\nin lines")


def test_a_byte_mark_codes_and_blanks_at_the_end_are_left_out(edit: Edit) -> None:
    assert edit('printf "\\357\\273\\277a\\033[31mred  \\n\\n\\n" > "$1"').text == "ared"


def test_an_empty_field_opens_an_empty_file(edit: Edit) -> None:
    assert edit('test ! -s "$1" && echo mine > "$1"', "") == Edited("changed", "mine")


def test_who_changes_nothing_is_told_so_and_who_was_too_quick_is_told_why(
    edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert edit("true").kind == "at_once"
    monkeypatch.setattr("rchrp_goals.services.editing.AT_ONCE", 0)
    assert edit("true").kind == "unchanged"
    assert edit('printf "as it was   " > "$1"').kind == "unchanged"


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ('echo more >> "$1"; exit 1', "stopped"),
        ('rm "$1"', "gone"),
        (': > "$1"', "empty"),
        ('printf " \\n\\n" > "$1"', "empty"),
    ],
)
def test_a_text_stays_where_its_editor_failed(edit: Edit, script: str, kind: str) -> None:
    assert edit(script) == Edited(kind)


def test_what_is_no_program_cannot_be_started(tmp_path: Path) -> None:
    editing = Editing(Places(str(tmp_path)), ("no-such-editor-here",), "mine")
    editing.prepare()
    assert editing.open() == Edited("not_started")
    assert editing.close()


@pytest.mark.parametrize(
    ("script", "cap", "key"),
    [
        ('printf "\\377\\376" > "$1"', 0, "edited_not_read"),
        ('head -c 20001 /dev/zero | tr "\\0" x > "$1"', 0, "text_too_long"),
        ('printf "1234567" > "$1"', 6, "text_too_long"),
    ],
)
def test_what_cannot_stand_there_waits_until_the_person_decides(
    tmp_path: Path, script: str, cap: int, key: str
) -> None:
    assert LONG_CAP == 20_000
    second = tmp_path / "second"
    command = f'if test -e {second}; then printf short > "$1"; else {script}; fi; touch {second}'
    editing = Editing(Places(str(tmp_path / "data")), ("/bin/sh", "-c", command, "editor"), "as it was", cap)
    editing.prepare()
    refused = editing.open()
    assert refused.problem is not None and refused.problem.key == key
    assert os.path.exists(editing.path)
    assert editing.open() == Edited("changed", "short")
    assert editing.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_the_program_keeps_what_was_saved_and_removes_the_file(edit: Edit, number: signal.Signals) -> None:
    handler = signal.getsignal(number)
    edited = edit(f'echo more >> "$1"; kill -{number.value} $PPID; sleep 20')
    assert edited == Edited("ended", "as it was\nmore", number=number)
    assert signal.getsignal(number) is handler


def test_a_ctrl_c_is_the_editors(edit: Edit) -> None:
    handler = signal.getsignal(signal.SIGINT)
    assert edit('kill -INT $PPID; echo more >> "$1"').text == "as it was\nmore"
    assert signal.getsignal(signal.SIGINT) is handler
    # what is ignored by us would be ignored by the editor too
    assert edit("kill -INT $$; sleep 5").kind == "stopped"


@pytest.mark.parametrize("end", ["kill -9 $$", "exit 137"])
def test_what_an_editor_had_saved_before_a_signal_ended_it_waits_for_a_choice(edit: Edit, end: str) -> None:
    found = edit(f'echo "an hour of work" > "$1"; {end}')
    assert (found.kind, found.problem.key if found.problem else "") == ("refused", "edited_broken_off")
    assert edit(end).kind == "stopped"
    assert edit('echo "given up" > "$1"; exit 1').kind == "stopped"


def test_a_folder_in_the_place_of_the_file_is_no_text(edit: Edit) -> None:
    assert edit('rm "$1"; mkdir "$1"').kind == "gone"


def test_what_a_killed_program_left_is_gone_with_the_next_window(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    EditedFile(desk.places).write(b"words")
    lock = WindowLock(desk.places)
    assert take_window(desk, lock)
    lock.release()
    assert not os.path.lexists(desk.places.editing) and not os.listdir(desk.places.backups)


def test_what_an_editor_saved_after_the_program_was_killed_is_kept_and_said(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    edited = EditedFile(desk.places)
    edited.write(b"words\n")
    Path(edited.path).write_bytes(b"an hour of work\n")
    lock, told = WindowLock(desk.places), list[str]()
    assert take_window(desk, lock, told.append)
    lock.release()
    (path,) = told
    assert Path(path).read_bytes() == b"an hour of work\n" and os.path.dirname(path) == desk.places.backups
    assert not os.path.lexists(desk.places.editing)
