"""``completion``: what a shell offers is what the table of commands knows, and a shell really completes with it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rchrp_goals.arguments import COMMANDS
from rchrp_goals.cli_completion import SHELLS
from tests.cli.calling import Caller
from tests.source import ROOT

BASH = shutil.which("bash")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_offered(spoken: Caller, shell: str) -> None:
    code, out, err = spoken("completion", shell)
    assert (code, err) == (0, "")
    for name, shape in COMMANDS.items():
        assert name in out
        assert all(option.lstrip("-") in out for option in shape.options), name
    assert not spoken.data.exists()


def test_zsh_says_what_a_command_does_in_the_language_spoken(spoken: Caller) -> None:
    told = {"en": "Marks a step done", "es": "Marca un paso como hecho"}
    assert told[spoken.language] in spoken("completion", "zsh").out
    assert "show this help message" not in spoken("completion", "zsh").out


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_reads_it(call: Caller, tmp_path: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    script = tmp_path / "completion"
    script.write_text(call("completion", shell).out, encoding="utf-8")
    read = [program, "-f", "-c", f"source {script}"] if shell == "tcsh" else [program, "-n", str(script)]
    found = subprocess.run(read, capture_output=True, text=True, timeout=60, check=False)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def completed(call: Caller, folder: Path, line: str) -> set[str]:
    """Let bash complete a line, with this checkout as the ``rchrp-goals`` that it calls."""
    folder.mkdir(exist_ok=True)
    program = folder / "rchrp-goals"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m rchrp_goals "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = folder / "completion"
    script.write_text(call("completion", "bash").out, encoding="utf-8")
    words = line.split(" ")
    steps = [
        f"source {shlex.quote(str(script))}",
        f"COMP_WORDS=({shlex.join(words)})",
        f"COMP_CWORD={len(words) - 1}",
        "_shtab_rchrp_goals",
        'printf "%s\\n" "${COMPREPLY[@]}"',
    ]
    around = {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "RCHRP_GOALS_DATA": str(call.data),
    }
    assert BASH is not None
    found = subprocess.run(
        [BASH, "--norc", "-c", "\n".join(steps)], capture_output=True, text=True, env=around, timeout=60, check=True
    )
    return set(found.stdout.split())


@pytest.mark.skipif(BASH is None, reason="no bash here")
def test_bash_completes_commands_options_choices_files_and_ids(call: Caller, tmp_path: Path) -> None:
    call.put("goals", {"id": "aaaa1111-0000", "title": "A goal", "state": "active"})
    open_step, done_step = call.add("Call Rosa"), call.add("Write to Marcus")
    call("done", done_step)
    (tmp_path / "plan-of-mine.json").touch()
    expected = {
        "rchrp-goals un": {"undo"},
        "rchrp-goals --lang ": {"en", "es"},
        "rchrp-goals --lang es export ": {"txt", "md", "html", "json"},
        "rchrp-goals undo --l": {"--list", "--lang"},
        "rchrp-goals export html --sheet wa": {"wall"},
        f"rchrp-goals import {tmp_path}/plan-of": {f"{tmp_path}/plan-of-mine.json"},
        "rchrp-goals done ": {open_step[:4]},
        "rchrp-goals level ": {"aaaa"},
        "rchrp-goals level aaaa as": {"as_hoped"},
        "rchrp-goals add --goal ": {"aaaa"},
        "rchrp-goals show ": {"aaaa", open_step[:4], done_step[:4]},
    }
    for line, offered in expected.items():
        assert completed(call, tmp_path / "bin", line) == offered, line


def test_ids_of_an_empty_folder_are_none_and_make_nothing(call: Caller) -> None:
    for what in ("goals", "steps", "all"):
        assert call("completion", what) == (0, "", "")
    assert not call.data.exists()


def test_another_shell_is_exit_2(spoken: Caller) -> None:
    for argv in (["completion"], ["completion", "fish"]):
        code, out, err = spoken(*argv)
        assert (code, out) == (2, "")
        assert "tcsh" in err
