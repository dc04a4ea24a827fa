"""The command ``undo``."""

from __future__ import annotations

import json

from rchrp_goals.store.locks import WindowLock
from tests.cli.calling import Caller

BACK = {"en": "Taken back: step “Call Rosa” ", "es": "Deshecho: paso “Call Rosa” "}


def test_undo_takes_back_the_last_change_and_says_what_it_was(spoken: Caller) -> None:
    id = spoken.add("Call Rosa")
    spoken("done", id)
    for state in ("planned", None):
        code, out, err = spoken("undo", "--yes")
        assert (code, out) == (0, "")
        assert err.startswith(BACK[spoken.language])
        assert spoken.tables["steps"][id].get("state") == state
    code, out, err = spoken("undo")
    assert (code, out) == (0, "")
    assert len(err.splitlines()) == 1


def test_without_a_plan_nothing_is_made(spoken: Caller) -> None:
    for argv in (["undo"], ["undo", "--list"]):
        code, out, err = spoken(*argv)
        assert (code, out) == (0, "")
        assert err
    assert not spoken.data.exists()


def test_list_says_what_would_be_taken_back_and_changes_nothing(call: Caller) -> None:
    id = call.add("Call Rosa")
    call("done", id)
    before = call.tables
    assert call("undo", "--list").out == (
        "step “Call Rosa” marked done (Thursday 5 November 2026)\nstep “Call Rosa” added (Thursday 5 November 2026)\n"
    )
    document = json.loads(call("undo", "--list", "--json").out)
    assert [sorted(one) for one in document["changes"]] == [["at", "what"]] * 2
    assert document["changes"][0]["at"] == "2026-11-05T20:00:00.000000Z"
    assert call.tables == before
    assert call("undo", "--json").code == 2
    assert call.tables == before


def test_it_waits_for_the_window(call: Caller) -> None:
    id = call.add("Call Rosa")
    window = WindowLock(call.places)
    assert window.acquire()
    try:
        assert call("undo").code == 4
        assert call("undo", "--list").code == 0
    finally:
        window.release()
    assert call.tables["steps"][id]["state"] == "planned"
