"""A room for tests of the faces: rows of every kind over the steps of the inbox, in words that are nobody's."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest

from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import text
from rchrp_goals.services import actions, capture
from rchrp_goals.services.actions import ActionSpec
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.room import (
    Action,
    Ask,
    Bar,
    Dots,
    Option,
    Place,
    RoomView,
    Row,
    Said,
    Section,
    Standing,
)
from rchrp_goals.services.rooms import reading
from rchrp_goals.services.rooms.reading import Door

SPECS = (
    ActionSpec("sample.add", "a", "home.add", "sample"),
    ActionSpec("sample.form", "w", "home.change", "sample"),
    ActionSpec("sample.wipe", "x", "home.another_day", "sample"),
    ActionSpec("sample.page", "enter", "home.open", "sample"),
)
HOSTILE = "[red]x[/] {0} \x1b[31m"


def read(desk: Desk, place: Place) -> RoomView:
    """Read the sample room, or a step's page in it."""
    tables = desk.store.read().tables
    steps = glance.inbox(tables)
    if place.id:
        step = next(one for one in steps if one["id"] == place.id)
        done = Action("thing.done", change=_done(step["id"]))
        page = (Row("only text"), Row("what can be done", "page", actions=(done,)))
        return RoomView(place, text(step, "text"), sections=(Section("Page", page),))
    rows = tuple(
        Row(
            text(one, "text"),
            f"step:{one['id']}",
            when=str(one.get("due") or ""),
            mark="done" if one["state"] == "done" else "next",
            actions=(
                Action("sample.page", place=Place("sample.one", one["id"])),
                Action("thing.done", change=_done(one["id"])),
            ),
        )
        for one in steps
    )
    pictures = (
        Row("all hours", picture=Bar(22.5, 40), said="22.5 of 40"),
        Row("ethics", picture=Bar(0, 6), said="0 of 6"),
    )
    where = Row(
        "A statement that is long enough to wrap in a narrow window, twice",
        picture=Dots(2, 7, "no", "yes"),
        said="2, now 7",
    )
    levels = tuple(
        Row(words, cells=(Standing.NONE, Standing.THEN if at else Standing.NOW), note="a note" if at else "")
        for at, words in enumerate(("more than hoped", "as hoped"))
    )
    return RoomView(
        place,
        "The sample room",
        about="What stands here belongs to nobody.",
        card_heading="First",
        card=Row("One thing", key="card", actions=(Action("sample.form", change=_form, asks=_asks(desk)),)),
        sections=(
            Section("Steps", rows, empty="Nothing was noted yet."),
            Section("Levels", levels, columns=("5 Nov", "today")),
            Section("Where", (where,)),
            Section("Hours", pictures, is_aside=True),
        ),
        actions=(
            Action("sample.add", change=_add, asks=(Ask("text", "line", "What is it?"),)),
            Action("sample.wipe", change=_wipe, confirm="Everything that was noted goes."),
        ),
        closing="There is no good direction.",
        language=desk.words.language,
    )


def _asks(desk: Desk) -> tuple[Ask, ...]:
    return (
        Ask("text", "line", "One line", value="as it stood"),
        Ask("day", "date", "A day", is_ahead=True),
        Ask("kind", "choice", "Which one", options=(Option("one", "The first"), Option("two", "The second", "a note"))),
        Ask("long", "long", "More of it", is_optional=True),
    )


def _done(id: str) -> Any:
    def change(desk: Desk, answers: Mapping[str, Any]) -> Said:
        capture.mark_done(desk.store, "step", id, desk.clock.today(), desk.clock.now())
        return Said("Done, then.", f"step:{id}")

    return change


def _add(desk: Desk, answers: Mapping[str, Any]) -> Said:
    added = capture.add_step(desk.store, answers["text"], None, None, desk.clock.now())
    return Said("It is noted.", f"step:{added.id}")


def _form(desk: Desk, answers: Mapping[str, Any]) -> Said:
    added = capture.add_step(
        desk.store, f"{answers['text']} {answers['kind']} {answers['long']}", None, answers["day"], desk.clock.now()
    )
    return Said("Kept.", f"step:{added.id}")


def _wipe(desk: Desk, answers: Mapping[str, Any]) -> Said:
    for step in glance.inbox(desk.store.read().tables):
        capture.mark_done(desk.store, "step", step["id"], desk.clock.today(), desk.clock.now())
    return Said("All done.")


def open_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sample room be one of the rooms."""
    import rchrp_goals.plain_home
    import rchrp_goals.screens.participant.doing
    import rchrp_goals.screens.participant.going
    import rchrp_goals.screens.shared.rooms_line

    module = ModuleType("rchrp_goals.services.rooms.sample")
    module.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for spec in SPECS:
        monkeypatch.setitem(actions.ACTIONS, spec.id, spec)
    doors = (*reading.DOORS, Door("plan", "t", "sample"))
    doors = tuple(door._replace(name="sample") if door.module == "sample" else door for door in doors)
    for where in (
        reading, rchrp_goals.screens.shared.rooms_line, rchrp_goals.screens.participant.going,
        rchrp_goals.screens.participant.doing, rchrp_goals.plain_home,
    ):  # fmt: skip
        monkeypatch.setattr(where, "DOORS", doors)
    monkeypatch.setitem(reading.PAGES, "sample.one", "sample")
    from rchrp_goals import content

    for language in content.LANGUAGES:
        rooms = content.table(language, "rooms")
        monkeypatch.setitem(rooms["name"], "sample", "Sample")
        monkeypatch.setitem(rooms["about"], "sample", "for tests")
