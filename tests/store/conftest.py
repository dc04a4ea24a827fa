"""A data folder of the test's own."""

from __future__ import annotations

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
