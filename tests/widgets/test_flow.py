"""A row of plates that goes on in the next row: where each stands."""

from __future__ import annotations

import pytest

from tests.widgets.host import Host
from widgets.flow import Flow
from widgets.plate import Plate

WORDS = ("Done", "Put it to later", "Not now", "Change")


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (80, [(0, 0), (12, 0), (35, 0), (50, 0)]),  # all in one row, side by side as they come
        (44, [(0, 0), (15, 0), (0, 2), (15, 2)]),  # two columns
        (24, [(0, 0), (0, 2), (0, 4), (0, 6)]),  # no two fit side by side
    ],
)
async def test_aligned_plates_stand_in_columns_where_one_row_is_too_short(
    width: int, places: list[tuple[int, int]]
) -> None:
    plates = [Plate("x", words) for words in WORDS]
    flow = Flow(*plates, gap=4, row_gap=1, is_aligned=True)
    async with Host(flow).run_at(width):
        at = flow.content_region
        assert [(plate.region.x - at.x, plate.region.y - at.y) for plate in plates] == places
        assert all(plate.region.right <= at.right for plate in plates)
        assert flow.size.height == places[-1][1] + 1
