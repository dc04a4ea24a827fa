"""Where somebody stands, as lines of the plan page: each statement with then and now, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.export.sheet import Line, Opening, Section
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.plan.text import shown
from rchrp_goals.plan.values import Compared, compare
from rchrp_goals.services import saying

Tables = Mapping[str, Mapping[str, Record]]


def values_section(tables: Tables, words: Words, *, with_passed: bool) -> Section:
    """Return the newest session beside Day One; a statement that was passed both times stands only ``with_passed``."""
    lines = tuple(_lines(tables, words, with_passed))
    return Section("values", words.ui("plan_page.values"), lines, starts_page=True)


def _lines(tables: Tables, words: Words, with_passed: bool) -> Iterator[Line]:
    sessions = glance.standing(tables, "values")
    day_one = saying.newest([one for one in sessions if one.get("occasion") == "day_one_part_1"], "taken_at")
    now = saying.newest([one for one in sessions if not text(one, "occasion").startswith("day_one")], "taken_at")
    ids = {"session": text(now, "id"), "day_one": text(day_one, "id")}
    ids = {slot: id for slot, id in ids.items() if id}
    module = "values" if now or not day_one else "day_one"
    if module == "day_one":
        ids = {"session": text(day_one, "id")}
    reasons = {text(one, "statement"): text(one, "reason") for one in placements(now or day_one)}
    for row in compare(placements(day_one), placements(now)):
        opening = Opening(module, f"statement:{row.statement}", ids) if _can_open(row, module) else None
        is_passed = row.then is None and row.now is None
        if is_passed and not with_passed:
            continue
        note = words.ui("plan_page.passed") if is_passed else saying.then_and_now(row, words)
        said = saying.plain_text(row.now_text or row.then_text)
        key = f"value:{row.statement}"
        yield Line("", said, note, not is_passed, key, opening, is_passed=is_passed)
        reason = shown(reasons.get(row.statement, "")).strip()
        if reason:
            yield Line(
                "",
                words.ui("plan_page.reason", reason=reason),
                "",
                False,
                f"reason:{row.statement}",
                opening,
                True,
            )
    if with_passed:
        yield from _beside(words, now, day_one, ids)


def placements(session: Record) -> list[dict[str, Any]]:
    """Return the placements of a session that can be read: a statement's name and text, a position of 0 to 10 or none."""
    found = session.get("placements")
    return [
        {
            **one,
            "position": position if type(position := one.get("position")) is int and 0 <= position <= 10 else None,
        }
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, Mapping) and text(one, "statement") and text(one, "text")
    ]


def _can_open(row: Compared, module: str) -> bool:
    """Tell whether the question asks about this statement: one that only Day One had has no place to be asked in."""
    return row.now_given or module == "day_one"


def _beside(words: Words, now: Record, day_one: Record, ids: Mapping[str, str]) -> Iterator[Line]:
    """What can be opened beside the statements: all of them where nothing was asked, and the Day One line."""
    passed = words.ui("plan_page.passed")
    if not now and not day_one:
        label = words.ui("plan_page.values_label")
        yield Line(label, passed, key="values", opening=Opening("values", "note", ids), is_passed=True)
    if not now:
        return
    label = words.ui("plan_page.day_one")
    opening = Opening("values", "day_one", ids)
    line = " ".join(
        words.ui("plan_page.day_one_passed") if one["position"] is None else str(one["position"])
        for one in placements(day_one)
    )
    yield Line(label, line or passed, key="day_one", opening=opening, is_passed=not line)
