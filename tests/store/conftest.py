"""A data folder of the test's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(str(tmp_path / "data"))


@pytest.fixture
def store(places: Places) -> PlanStore:
    return PlanStore(places)


@pytest.fixture(scope="module")
def no_flushing() -> Iterator[None]:
    """Let nothing wait for the disk: for tests of rules that save some thousand times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield
