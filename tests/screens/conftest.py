"""Pilots that wait for the app and not for the clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rest import quick_pilots


@pytest.fixture(scope="session", autouse=True)
def quick() -> Iterator[None]:
    """Wait until the app has come to rest, and no longer."""
    yield from quick_pilots()
