"""The command on an empty data folder, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Caller


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """The command, called on a folder that does not exist yet."""
    return Caller(tmp_path / "data", monkeypatch)


@pytest.fixture(params=["en", "es"])
def spoken(request: pytest.FixtureRequest, call: Caller) -> Caller:
    """The same, once in each language."""
    call.language = request.param
    return call
