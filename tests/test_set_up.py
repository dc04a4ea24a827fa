"""What a fresh machine stands on: the locks, the commands, and the ground under every test."""

from __future__ import annotations

import json
import os
import re
import socket
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ReachedOutsideError, is_local
from tests.source import ROOT
from tools import dev

LOCKS = (dev.BUILD_LOCK, *dev.LOCKS.values())
_PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    """Give name and version of everything in a lock."""
    return dict(_PINNED.findall((ROOT / lock).read_text(encoding="utf-8")))


def wanted(*requirements: str) -> set[str]:
    """Give the names in requirements as pyproject.toml writes them."""
    return {re.split(r"[<>=\[; ]", requirement, maxsplit=1)[0] for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|file:| @ |^-|--index|--find-links", text, re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    for entry in entries:
        assert _PINNED.match(entry), f"not pinned: {entry}"
        assert "--hash=sha256:" in entry, f"no hash: {entry}"


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    assert wanted(*project["project"]["dependencies"]) <= pinned(dev.LOCKS["run"]).keys()
    assert wanted(*groups["build"]) <= pinned(dev.BUILD_LOCK).keys()
    assert wanted(*(each for each in groups["dev"] if isinstance(each, str))) <= pinned(dev.LOCKS["dev"]).keys()


def test_the_lock_for_development_holds_the_two_others() -> None:
    assert {**pinned(dev.LOCKS["run"]), **pinned(dev.BUILD_LOCK)}.items() <= pinned(dev.LOCKS["dev"]).items()


def test_make_and_the_help_know_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"^COMMANDS = (.*)$", makefile, re.MULTILINE)
    assert found
    assert found[1].split() == list(dev.COMMANDS)
    assert set(re.findall(r"^    (\w+) ", str(dev.__doc__), re.MULTILINE)) == set(dev.COMMANDS)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kinds": ["run"]}', '{"fingerprint": "other", "kinds": ["run"]}'])
def test_a_stamp_that_does_not_fit_means_a_new_environment(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(dev, "program", lambda name: os.devnull)
    dev.STAMP.write_text(text, encoding="utf-8")
    assert dev.read_stamp("wanted") == []


def test_a_stamp_that_fits_saves_the_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(dev, "program", lambda name: os.devnull)
    dev.STAMP.write_text(json.dumps({"fingerprint": "wanted", "kinds": ["dev", "run"]}), encoding="utf-8")
    assert dev.read_stamp("wanted") == ["dev", "run"]


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(ReachedOutsideError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(ReachedOutsideError):
        socket.getaddrinfo("example.org", 443)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram, pytest.raises(ReachedOutsideError):
        datagram.sendto(b"x", ("192.0.2.1", 9))


@pytest.mark.parametrize(
    ("address", "local"),
    [(("127.0.0.1", 1), True), (("::1", 1, 0, 0), True), ("/run/bus", True), ("localhost", True), (None, True),
     (("10.0.0.1", 1), False), ("example.org", False), (("2001:db8::1", 1, 0, 0), False)],
)  # fmt: skip
def test_what_counts_as_this_machine(address: object, local: bool) -> None:
    assert is_local(address) is local


def test_a_test_has_a_home_of_its_own(tmp_path: Path, clean_environment: Path) -> None:
    assert os.environ["HOME"] == str(clean_environment)
    assert Path.home() == clean_environment
    assert not list(tmp_path.iterdir())
    assert not [name for name in os.environ if name.startswith(("RCHRP_", "TEXTUAL_", "LC_")) or name == "LANG"]
