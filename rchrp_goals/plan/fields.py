"""What the fields of a record may hold: cleaned text, places on a line, days and instants; and what every record has."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rchrp_goals.plan.hours import MOST_HOURS
from rchrp_goals.plan.text import LONG_CAP, ONE_LINE_CAP, clean


def _clean_line(value: Any) -> Any:
    return clean(value).text if isinstance(value, str) and value.strip() else value


def _clean_long(value: Any) -> Any:
    return clean(value, cap=LONG_CAP, is_long=True).text if isinstance(value, str) and value.strip() else value


Line = Annotated[str, BeforeValidator(_clean_line), Field(max_length=ONE_LINE_CAP)]
Long = Annotated[str, BeforeValidator(_clean_long), Field(max_length=LONG_CAP)]
Position = Annotated[int, Field(ge=0, le=10, strict=True)]
Level = Annotated[int, Field(ge=-2, le=2, strict=True)]
_IN_HOURS = Field(gt=0, le=MOST_HOURS, strict=True)
Hours = Annotated[int, _IN_HOURS] | Annotated[float, _IN_HOURS]
Instant = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
Id = Annotated[str, Field(min_length=4, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
HourOfDay = Annotated[int, Field(ge=0, le=23, strict=True)]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
"""A day of the week as RFC 5545 writes it."""


class Kept(BaseModel):
    """Whatever stands in a plan: what a newer version wrote beside the known fields survives, and no error shows words."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True, defer_build=True)


class Record(Kept):
    """What every record has: an id, when it was made and changed, how often, and by whom."""

    id: Id
    created_at: Instant | None = None
    updated_at: Instant | None = None
    revision: int = Field(default=1, ge=1)
    author: str = "me"
    removed_at: Instant | None = None
