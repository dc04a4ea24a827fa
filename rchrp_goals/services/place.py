"""Where one can be: light, for what stands before the first picture."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A room, or one thing's own page in it (``id``)."""

    room: str
    id: str = ""
