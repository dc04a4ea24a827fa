"""How a call ends: interrupted, unheard, on a full disk, or by a mistake of ours that must not show anybody's text."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals import cli, cli_commands, cli_steps
from rchrp_goals.languages import language_in_settings
from tests.cli.calling import Caller

COMMAND = [sys.executable, "-m", "rchrp_goals"]


def around(call: Caller) -> dict[str, str]:
    return {**os.environ, "RCHRP_GOALS_DATA": str(call.data), "LANG": "en_US.UTF-8"}


@pytest.mark.parametrize("line", ["goals", "goals --json", "due --titles", "--help", "export html"])
def test_a_reader_that_went_away_is_no_complaint(call: Caller, line: str) -> None:
    for number in range(30):
        call.put("steps", {"id": f"step-{number:04}", "text": "x" * 400, "state": "planned", "due": "2026-11-01"})
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *line.split()], env=around(call), stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("line", ["goals", "--version", "export json", "--lang en --plain begin goals"])
def test_a_full_disk_behind_stdout_is_exit_1_with_a_sentence(call: Caller, line: str) -> None:
    call.add("Write to the service")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, *line.split()], env=around(call), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_step_is_said_to_be_kept_where_its_id_cannot_be_written(call: Caller) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "add", "Call Rosa"], env=around(call), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert b"Added: Call Rosa" in done.stderr
    assert [step["text"] for step in call.tables["steps"].values()] == ["Call Rosa"]


def test_closed_streams_are_no_mistake(call: Caller) -> None:
    call.add("Write to the service", "--by", "2026-11-01")
    for closing in (">&-", "<&-", ">&- 2>&- <&-"):
        for line in ("due", "goals", "add -", "jump", "--lang en --plain begin goals", "--plain"):
            script = f"{sys.executable} -m rchrp_goals {line} {closing}"
            done = subprocess.run(["sh", "-c", script], env=around(call), capture_output=True, check=False)
            assert done.returncode in {0, 1, 2}, (line, closing, done.stderr)
            assert b"Traceback" not in done.stderr, (line, closing, done.stderr)
            assert b".py:" not in done.stderr, (line, closing, done.stderr)


def test_ctrl_c_is_quiet(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_commands, "do", interrupt)
    assert call("goals") == (130, "", "")


def test_a_mistake_of_ours_says_its_kind_and_place_and_no_text(spoken: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "what the person wrote"

    def fail(*_: object) -> int:
        raise ValueError(secret)

    spoken.add("before")
    monkeypatch.setitem(cli_steps.COMMANDS, "goals", fail)
    code, out, err = spoken("goals")
    assert (code, out) == (1, "")
    assert "ValueError" in err
    assert "cli_commands.py:" in err
    assert secret not in err
    assert len(err.splitlines()) == 1


def test_even_without_wording_a_mistake_says_its_kind(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("what the person wrote")

    monkeypatch.setattr(cli, "read_call", fail)
    monkeypatch.setattr("rchrp_goals.content.Words.problem", fail)
    code, out, err = call("goals")
    assert (code, out) == (1, "")
    assert err.startswith("RuntimeError ")
    assert "person" not in err


def test_a_terminal_of_few_letters_gets_question_marks(call: Caller) -> None:
    call.add("mañana → café")
    environ = {**around(call), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run([*COMMAND, "goals"], env=environ, capture_output=True, check=True)
    assert b"ma?ana ? caf?" in done.stdout
    exported = subprocess.run([*COMMAND, "export", "json"], env=environ, capture_output=True, check=True)
    assert "mañana → café" in exported.stdout.decode()


def test_undecodable_bytes_in_the_call_are_left_out(call: Caller) -> None:
    line = [*COMMAND, "add", os.fsdecode(b"caf\xe9 at nine")]
    done = subprocess.run(line, env=around(call), capture_output=True, check=True)
    assert [one["text"] for one in call.tables["steps"].values()] == ["caf at nine"]
    assert b"caf at nine" in done.stderr


@pytest.mark.parametrize("word", ["\udcff", "\x1b[31m", "a\u202eb", "x" * 100_000, ""])
@pytest.mark.parametrize(
    "before",
    [["add"], ["done"], ["goals"], ["begin"], ["schema"], ["export"], ["import"], ["add", "x", "--by"], ["--lang"],
     ["add", "x", "--goal"], ["export", "txt", "-o"], ["export", "txt", "--sheet"], ["--data"], []],
)  # fmt: skip
def test_no_word_of_a_call_brings_it_down_or_reaches_the_terminal(call: Caller, before: list[str], word: str) -> None:
    code, out, err = call(*before, word, "--plain") if before != ["--data"] else call("--data", word, "where")
    assert code in {0, 1, 2, 3}
    assert "cli" not in err.replace("rchrp-goals", "")
    assert len(err) < 500 or before == ["--data"]
    for sign in ("\x1b", "\u202e", "\udcff"):
        assert sign not in out
        assert sign not in err


LINES = [
    'language = "es"', "language='en'", '  language = "es"  # mine', "# language = 'es'", 'language = "fr"', "language = 1",
    "language = true", 'language = ""', "[more]", " [more]", "face = 'plain'", 'other = "language = 1"', "", "a.language = 'es'",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=4))
def test_the_language_is_read_from_settings_as_toml_reads_it(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    text = "\n".join(lines)
    path = tmp_path_factory.getbasetemp() / "settings.toml"
    path.write_text(text, encoding="utf-8")
    try:
        said = tomllib.loads(text).get("language")
    except tomllib.TOMLDecodeError:
        return
    assert language_in_settings(str(path)) == (said if said in ("en", "es") else None)


def test_settings_that_cannot_be_read_name_no_language(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfelanguage")
    assert language_in_settings(str(tmp_path / "settings.toml")) is None
    assert language_in_settings(str(tmp_path)) is None
    assert language_in_settings(str(tmp_path / "nowhere")) is None
