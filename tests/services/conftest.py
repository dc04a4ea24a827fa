"""A desk over a data folder of the test's own, without a plan or with the sample person's."""

from __future__ import annotations

from pathlib import Path

import pytest

from rchrp_goals.services.desk import Desk
from tests.services.desk import desk_in, sample_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


@pytest.fixture
def sample(tmp_path: Path) -> Desk:
    """The sample person's desk."""
    return sample_desk(tmp_path)
