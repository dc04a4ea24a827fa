"""Taking changes back, one after the other."""

from __future__ import annotations

import copy
import json
import tempfile
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from rchrp_goals.store.history import LONGEST
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, Snapshot, What
from tests.store.helpers import DONE, LATER, NOW, add, edit, plan_bytes, standing, texts

pytestmark = pytest.mark.usefixtures("no_flushing")


def content(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    """Return what a person would see: the content of every record that is not removed."""
    own = ("created_at", "updated_at", "revision", "author")
    return {
        table: {
            record["id"]: {key: value for key, value in record.items() if key not in own}
            for record in snapshot.records(table)
        }
        for table in snapshot.tables
        if table != "history" and snapshot.records(table)
    }


class TestUndo:
    def test_nothing_to_take_back(self, store: PlanStore, places: Places) -> None:
        assert store.undo(NOW) is None
        add(store)
        store.undo(NOW)
        before = standing(places.data)
        assert (store.undo(NOW), store.next_undo()) == (None, None)
        assert standing(places.data) == before

    def test_an_edit_comes_back_as_a_new_revision(self, store: PlanStore) -> None:
        first = add(store, "Call", due="2026-12-01")
        edit(store, first["id"], text="Write", due="2027-01-01")
        assert store.next_undo() == What("step_changed", {})
        assert store.undo(LATER) == What("step_changed", {})
        back = store.read().records("steps")
        assert back == [first | {"revision": 3, "updated_at": "2026-11-06T09:30:01.000250Z"}]

    def test_a_creation_is_removed(self, store: PlanStore) -> None:
        id = add(store)["id"]
        store.undo(LATER)
        assert store.read().records("steps") == []
        assert store.read().tables["steps"][id]["removed_at"] == "2026-11-06T09:30:01.000250Z"

    def test_a_removal_comes_back(self, store: PlanStore) -> None:
        record = add(store)
        with store.change(What("step_removed"), NOW) as change:
            change.remove("steps", record["id"])
        store.undo(LATER)
        assert store.read().records("steps") == [record | {"revision": 3, "updated_at": "2026-11-06T09:30:01.000250Z"}]

    def test_all_of_a_change_at_once(self, store: PlanStore) -> None:
        id = add(store, "old")["id"]
        with store.change(What("part_goals", {"goal": "g"}), NOW) as change:
            change.put("goals", {"title": "new"})
            change.put("steps", {"text": "new"})
            change.remove("steps", id)
        assert store.undo(LATER) == What("part_goals", {"goal": "g"})
        assert content(store.read()) == {"steps": {id: {"id": id, "text": "old"}}}

    def test_again_and_again_walks_back(self, store: PlanStore) -> None:
        id = add(store, "one")["id"]
        edit(store, id, text="two")
        edit(store, id, text="three")
        seen = []
        while store.undo(LATER):
            seen.append(texts(store))
        assert seen == [["two"], ["one"], []]
        assert store.read().generation == 6

    def test_a_new_change_after_it_is_taken_back_first(self, store: PlanStore) -> None:
        id = add(store, "one")["id"]
        edit(store, id, text="two")
        store.undo(LATER)
        edit(store, id, text="three")
        seen = []
        while store.undo(LATER):
            seen.append(texts(store))
        assert seen == [["one"], []]

    def test_is_an_entry_itself(self, store: PlanStore) -> None:
        add(store)
        store.undo(LATER)
        first, second = store.read().tables["history"].values()
        assert second["undid"] == first["id"]
        assert (second["at"], second["what"]) == ("2026-11-06T09:30:01.000250Z", {"key": "step_added", "args": {}})

    def test_reaches_over_a_restart_and_another_window(self, store: PlanStore, places: Places) -> None:
        id = add(store, "one")["id"]
        edit(PlanStore(places), id, text="two")
        assert PlanStore(places).undo(LATER)
        assert texts(store) == ["one"]

    def test_the_last_hundred_are_kept(self, store: PlanStore) -> None:
        id = add(store, "0")["id"]
        for number in range(1, LONGEST + 6):
            edit(store, id, text=str(number))
        assert len(store.read().tables["history"]) == LONGEST
        walked = 0
        while store.undo(LATER):
            walked += 1
        # every step back is an entry too, and takes the place of the one that it took back
        assert walked == LONGEST
        assert texts(store) == [str(LONGEST + 5 - walked)]
        assert len(store.read().tables["history"]) == LONGEST

    def test_what_another_program_left_there_does_no_harm(self, store: PlanStore, places: Places) -> None:
        add(store, "one")
        strange: list[dict[str, Any]] = [
            {},
            {"id": "x", "what": {"key": "k", "args": {}}, "before": "nothing"},
            {"id": "x", "what": {"key": "k", "args": {}}, "before": [7]},
            {"id": "x", "what": {"key": "k", "args": {}}, "before": [{"table": "history", "id": "a", "record": None}]},
            {"id": "x", "what": {"key": "k", "args": {}}, "before": [{"table": "steps", "id": 3, "record": None}]},
            {"id": "x", "what": {"key": "k", "args": {}}, "before": [{"table": "steps", "id": "a", "record": []}]},
            {"id": "x", "what": {"key": 1, "args": {}}, "before": []},
            {"id": 7, "what": {"key": "k", "args": {}}, "before": []},
            {"id": "x", "what": None, "before": []},
            {"id": "x", "what": {"key": "k", "args": {}}, "before": [], "undid": 4},
        ]
        with TinyDB(places.plan, encoding="utf-8") as theirs:
            theirs.table("history").insert_multiple(strange)
        store.keep_as_it_is(NOW)
        assert store.undo(LATER) == What("k", {})
        assert store.undo(LATER) == What("step_added", {})
        assert texts(store) == []

    def test_holds_only_what_its_sentence_needs(self, store: PlanStore, places: Places) -> None:
        add(store, "a sensitive story")
        entry = json.loads(plan_bytes(places))["history"]["1"]
        assert set(entry) == {"id", "at", "what", "before"}
        assert "story" not in json.dumps(entry)


words = st.text(st.characters(codec="utf-8"), max_size=12)
tables = st.sampled_from(["steps", "goals", "a later table"])
ids = st.sampled_from(["a1", "b2", "c3"])
put = st.tuples(st.just("put"), tables, ids, st.dictionaries(st.sampled_from(["text", "n", "due"]), words))
remove = st.tuples(st.just("remove"), tables, ids, st.none())
change_of_some = st.lists(put | remove, max_size=4)


class TestAnySequence:
    @given(st.lists(change_of_some | st.just("undo"), max_size=12))
    def test_holds_what_a_simple_model_holds(self, actions: list[Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = PlanStore(Places(folder))
            model: dict[str, dict[str, Any]] = {}
            past: list[dict[str, dict[str, Any]]] = []
            for number, action in enumerate(actions):
                now = NOW + timedelta(minutes=number)
                if action == "undo":
                    undone = store.undo(now)
                    assert bool(undone) == bool(past)
                    model = past.pop() if past else model
                else:
                    before = copy.deepcopy(model)
                    with store.change(DONE, now) as change:
                        for kind, table, id, fields in action:
                            apply(model, kind, table, id, fields)
                            if kind == "put":
                                change.put(table, {"id": id, **fields})
                            else:
                                change.remove(table, id)
                    if model != before:
                        past.append(before)
                assert content(store.read()) == model
                assert content(PlanStore(Places(folder)).read()) == model
            check_revisions(store.read())
            while past:
                assert store.undo(LATER)
                assert content(store.read()) == past.pop()
            assert store.undo(LATER) is None


def apply(model: dict[str, dict[str, Any]], kind: str, table: str, id: str, fields: Any) -> None:
    if kind == "put":
        model.setdefault(table, {})[id] = {"id": id, **fields}
    elif id in model.get(table, {}):
        del model[table][id]
        if not model[table]:
            del model[table]


def check_revisions(snapshot: Snapshot) -> None:
    for table, records in snapshot.tables.items():
        if table != "history":
            assert all(record["revision"] >= 1 and record["created_at"] for record in records.values())


@pytest.mark.parametrize("size", [0, 1, 40])
def test_a_whole_import_is_one_entry(store: PlanStore, size: int) -> None:
    with store.change(What("imported"), NOW) as change:
        for number in range(size):
            change.put_as_it_is("steps", {"id": f"s{number}", "text": "x", "revision": 9})
    assert len(store.read().tables.get("history", {})) == min(size, 1)
    assert bool(store.undo(LATER)) == bool(size)
    assert texts(store) == []
