"""Where somebody stands, as lines of the plan page: each statement with then and now, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.export.sheet import Line, Opening, Section
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.plan.text import shown
from rchrp_goals.plan.values import Compared, compare
from rchrp_goals.services import saying
from rchrp_goals.services.sessions import is_closed

Tables = Mapping[str, Mapping[str, Record]]


def values_section(tables: Tables, words: Words, today: date, *, with_passed: bool) -> Section:
    """Return the newest session beside Day One; a statement that was passed both times stands only ``with_passed``.

    What belongs to a session that is closed stands as it was said: it opens nothing.
    """
    lines = tuple(_lines(tables, words, today, with_passed))
    return Section("values", words.ui("plan_page.values"), lines, starts_page=True)


def covered_section(words: Words) -> Section:
    """Return the section while another look is under way or waits: nothing of the past stands in it."""
    line = Line(words.ui("plan_page.values_label"), words.ui("values_room.cover.plan"), key="values_covered")
    return Section("values", words.ui("plan_page.values"), (line,), starts_page=True)


def _lines(tables: Tables, words: Words, today: date, with_passed: bool) -> Iterator[Line]:
    sessions = glance.standing(tables, "values")
    day_one = saying.newest([one for one in sessions if one.get("occasion") == "day_one_part_1"], "taken_at")
    now = saying.newest([one for one in sessions if not text(one, "occasion").startswith("day_one")], "taken_at")
    ids = {slot: one["id"] for slot, one in (("session", now), ("day_one", day_one)) if one}
    is_open_now, is_open_then = (bool(one) and not is_closed(one, today) for one in (now, day_one))
    reasons_then, reasons_now = _reasons(day_one), _reasons(now)
    for row in compare(placements(day_one), placements(now)):
        name = row.statement
        opening = Opening("values", f"statement:{name}", ids) if is_open_now else None
        opening_then = Opening("day_one", f"statement:{name}", {"session": ids["day_one"]}) if is_open_then else None
        if row.then is not None or row.now is not None or with_passed:
            yield _statement(row, words, opening if row.now_given else opening_then)
            if name in reasons_now and row.now_given:
                yield _reason(reasons_now.pop(name), f"reason:{name}", words, opening)
            if name in reasons_then and row.then_given:
                yield _reason(reasons_then.pop(name), f"reason_then:{name}", words, opening_then, is_then=True)
            yield from _beside_places(tables, [now, day_one], row, words, today)
    if with_passed:
        yield from _beside(words, now, day_one, ids, is_open=not day_one or is_open_then)


def _statement(row: Compared, words: Words, opening: Opening | None) -> Line:
    is_passed = row.then is None and row.now is None
    note = words.ui("plan_page.passed") if is_passed else saying.then_and_now(row, words)
    said = saying.plain_text(row.now_text or row.then_text)
    key = f"{'value' if row.now_given else 'value_then'}:{row.statement}"
    return Line("", said, note, not is_passed, key, opening, is_passed=is_passed)


def _reason(reason: str, key: str, words: Words, opening: Opening | None, *, is_then: bool = False) -> Line:
    said = words.ui("plan_page.reason", reason=reason)
    if is_then:
        said = words.ui("sentences.colon", first=words.ui("plan_page.day_one"), second=said)
    return Line("", said, key=key, opening=opening, joins=True)


def _beside_places(
    tables: Tables, sessions: Sequence[Record], row: Compared, words: Words, today: date
) -> Iterator[Line]:
    """Give what stands beside the places of a statement: looking back at Day One, and what was put right."""
    from rchrp_goals.services.values_view import correction_details, corrections_of, looking_back_of

    for session in sessions:
        for number, one in enumerate(placements(session)):
            if (one["statement"], one["meaning"]) != (row.statement, row.meaning):
                continue
            details = correction_details(corrections_of(tables, session, row.statement), words, today)
            said = [f"{detail.label} {detail.text}" for detail in details]
            back = looking_back_of(one)
            if back is not None:
                said.insert(0, f"{words.ui('values_room.looked_back')} {saying.at(back, words)}")
            for at, line in enumerate(said):
                yield Line("", line, key=f"beside:{text(session, 'id')}:{number}:{at}", joins=True)


def _reasons(session: Record) -> dict[str, str]:
    found = {one["statement"]: shown(text(one, "reason")).strip() for one in placements(session)}
    return {name: reason for name, reason in found.items() if reason}


def placements(session: Record) -> list[dict[str, Any]]:
    """Return the placements of a session that can be read: a statement's name and text, a position of 0 to 10 or none."""
    found = session.get("placements")
    return [
        {
            **one,
            "meaning": meaning if type(meaning := one.get("meaning", 1)) is int else 1,
            "position": position if type(position := one.get("position")) is int and 0 <= position <= 10 else None,
        }
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, Mapping) and text(one, "statement") and text(one, "text")
    ]


def _beside(words: Words, now: Record, day_one: Record, ids: Mapping[str, str], *, is_open: bool) -> Iterator[Line]:
    """What can be opened beside the statements: all of them where nothing was asked, and the Day One line."""
    passed = words.ui("plan_page.passed")
    if not now and not day_one:
        label = words.ui("plan_page.values_label")
        yield Line(label, passed, key="values", opening=Opening("values", "note", ids), is_passed=True)
    if not now:
        return
    label = words.ui("plan_page.day_one")
    opening = Opening("values", "day_one", ids) if is_open else None
    line = " ".join(
        words.ui("plan_page.day_one_passed") if one["position"] is None else str(one["position"])
        for one in placements(day_one)
    )
    yield Line(label, line or passed, key="day_one", opening=opening, is_passed=not line)
