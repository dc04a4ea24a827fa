"""Records read, put and removed; one change is one save."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from rchrp_goals.errors import AnswerRefused, FileProblem, ProblemError
from rchrp_goals.plan.records import checked
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, Snapshot
from tests.store.helpers import DONE, LATER, NOW, add, edit, standing, texts


class TestReading:
    def test_nothing_yet(self, store: PlanStore, places: Places) -> None:
        assert store.read() == Snapshot({}, "", 0, None, exists=False)
        assert (store.stamp(), store.next_undo()) == (None, None)
        assert not os.path.exists(places.data)

    def test_what_was_saved(self, store: PlanStore, places: Places) -> None:
        step = add(store)
        snapshot = store.read()
        assert snapshot.tables["steps"] == {step["id"]: step}
        assert (snapshot.generation, snapshot.exists, snapshot.stamp) == (1, True, store.stamp())
        found = os.stat(places.plan)
        assert snapshot.stamp == (found.st_ino, found.st_mtime_ns, found.st_size)
        assert PlanStore(places).read() == snapshot

    def test_copies_are_the_callers_own(self, store: PlanStore) -> None:
        id = add(store, supporters=[{"name": "Kim"}])["id"]
        record = store.read().get("steps", id)
        assert record is not None
        record["supporters"][0]["name"] = "changed"
        with store.change(DONE, NOW) as change:
            for found in (*change.all("steps"), change.get("steps", id) or {}):
                found["supporters"].append("changed")
                found["text"] = "changed"
            kept = change.put("goals", {"levels": {"0": "so"}})
            kept["levels"]["0"] = "changed"
        assert store.read().get("steps", id) == record | {"supporters": [{"name": "Kim"}]}
        assert store.read().records("goals")[0]["levels"] == {"0": "so"}

    def test_the_callers_record_stays_the_callers(self, store: PlanStore) -> None:
        mine: dict[str, Any] = {"text": "Ask", "supporters": [{"name": "Kim"}]}
        with store.change(DONE, NOW) as change:
            change.put("steps", mine)
            mine["supporters"].append("later")
        assert mine == {"text": "Ask", "supporters": [{"name": "Kim"}, "later"]}
        assert store.read().records("steps")[0]["supporters"] == [{"name": "Kim"}]

    def test_what_another_wrote_is_seen(self, store: PlanStore, places: Places) -> None:
        other = PlanStore(places)
        add(store, "one")
        assert texts(other) == ["one"]
        add(other, "two")
        assert texts(store) == ["one", "two"]

    def test_a_record_without_an_id_or_with_one_twice_is_kept_and_seen(self, store: PlanStore, places: Places) -> None:
        id = add(store)["id"]
        with TinyDB(places.plan, encoding="utf-8") as theirs:
            theirs.table("steps").insert_multiple([{"text": "no id"}, {"id": id, "text": "twice"}, {"id": 5}])
        store.keep_as_it_is(NOW)
        assert list(store.read().tables["steps"]) == [id, "#2", "#3", "#4"]
        edit(store, id, text="edited")
        assert texts(store) == ["edited"]
        assert [record.get("text") for record in store.read().tables["steps"].values()] == [
            "edited",
            "no id",
            "twice",
            None,
        ]


class TestPut:
    def test_fills_what_every_record_has(self, store: PlanStore) -> None:
        zone = timezone(timedelta(hours=-5))
        with store.change(DONE, datetime(2026, 11, 5, 15, 0, 0, 7, tzinfo=zone)) as change:
            record = change.put("steps", {"text": "Ask"})
            assert change.instant == "2026-11-05T20:00:00.000007Z"
        assert len(record["id"]) == 36
        assert record == {
            "id": record["id"],
            "created_at": "2026-11-05T20:00:00.000007Z",
            "updated_at": "2026-11-05T20:00:00.000007Z",
            "revision": 1,
            "author": "me",
            "text": "Ask",
        }
        assert list(record)[:5] == ["id", "created_at", "updated_at", "revision", "author"]

    def test_a_moment_needs_a_zone(self, store: PlanStore, places: Places) -> None:
        with pytest.raises(ValueError, match="time zone"), store.change(DONE, datetime(2026, 11, 5)):
            pass
        assert not os.path.exists(places.plan)

    def test_a_change_is_a_new_revision(self, store: PlanStore) -> None:
        first = add(store)
        second = edit(store, first["id"], text="Ask Kim")
        assert second == first | {
            "text": "Ask Kim",
            "revision": 2,
            "updated_at": "2026-11-06T09:30:01.000250Z",
        }

    def test_a_field_left_out_is_gone(self, store: PlanStore) -> None:
        record = add(store, due="2026-12-01")
        with store.change(DONE, NOW) as change:
            change.put("steps", {"id": record["id"], "text": "Ask"})
        assert "due" not in store.read().records("steps")[0]

    def test_the_same_again_is_nothing(self, store: PlanStore, places: Places) -> None:
        record = add(store, n=1)
        before = standing(places.data)
        with store.change(DONE, LATER) as change:
            again = {key: value for key, value in reversed(record.items()) if key not in {"revision", "created_at"}}
            assert change.put("steps", again) == record
        assert standing(places.data) == before

    def test_changed_and_changed_back_is_nothing(self, store: PlanStore, places: Places) -> None:
        record = add(store)
        before = standing(places.data)
        with store.change(DONE, LATER) as change:
            change.put("steps", record | {"text": "other"})
            assert change.put("steps", record) == record
            assert change.get("steps", record["id"]) == record
        assert standing(places.data) == before

    def test_true_is_not_one(self, store: PlanStore) -> None:
        record = add(store, on=1)
        edit(store, record["id"], on=True)
        assert store.read().records("steps")[0]["on"] is True

    def test_twice_in_one_change_is_one_revision(self, store: PlanStore) -> None:
        record = add(store)
        with store.change(DONE, LATER) as change:
            change.put("steps", record | {"text": "two"})
            change.put("steps", record | {"text": "three"})
        assert [(r["text"], r["revision"]) for r in store.read().records("steps")] == [("three", 2)]

    def test_an_id_given_in_advance_makes_applying_twice_nothing(self, store: PlanStore) -> None:
        for _ in range(2):
            with store.change(DONE, LATER) as change:
                change.put("goals", {"id": "given-before", "title": "Listen first"})
        assert [record["revision"] for record in store.read().records("goals")] == [1]
        assert store.read().generation == 1

    def test_another_author_stays(self, store: PlanStore) -> None:
        record = add(store, author="key-8f3a")
        assert edit(store, record["id"], text="x")["author"] == "key-8f3a"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": "secret \ud800"},
            {"secret": float("nan")},
            {"secret": NOW},
            {"secret": {1}},
            {"id": 7, "text": "secret"},
            {"id": "", "text": "secret"},
            {"secret": 10**5000},
        ],
        ids=["half a character", "nan", "a moment", "a set", "an id", "no id", "too many digits"],
    )
    def test_what_json_cannot_hold_is_refused_without_the_text(
        self, store: PlanStore, places: Places, wrong: dict[str, Any]
    ) -> None:
        add(store)
        before = standing(places.data)

        def put_both() -> None:
            with store.change(DONE, LATER) as change:
                change.put("steps", {"text": "also"})
                change.put("steps", wrong)

        with pytest.raises(AnswerRefused) as problem:
            put_both()
        assert (str(problem.value), problem.value.values) == ("value_not_kept", {})
        assert standing(places.data) == before
        assert texts(store) == ["Call the clinic"]

    def test_endless_depth_is_refused(self, store: PlanStore) -> None:
        deep: list[Any] = []
        for _ in range(50):
            deep = [deep]
        endless: list[Any] = []
        endless.append(endless)
        for wrong in (deep, endless):
            with pytest.raises(AnswerRefused), store.change(DONE, NOW) as change:
                change.put("steps", {"n": wrong})

    @pytest.mark.parametrize("table", ["history", "_file", ""])
    def test_the_stores_own_tables_are_its_own(self, store: PlanStore, table: str) -> None:
        with pytest.raises(ValueError, match="the store keeps"), store.change(DONE, NOW) as change:
            change.put(table, {"text": "x"})

    def test_as_it_is_keeps_times_and_author(self, store: PlanStore) -> None:
        record = {"id": "a1", "created_at": "2025-01-01T00:00:00.000000Z", "revision": 12, "author": "k", "text": "x"}
        with store.change(DONE, NOW) as change:
            assert change.put_as_it_is("steps", record) == record
        assert store.read().tables["steps"] == {"a1": record}
        with store.change(DONE, NOW) as change:
            change.put_as_it_is("steps", record)
        assert store.read().generation == 1

    def test_what_the_models_give_goes_in_and_comes_back(self, store: PlanStore) -> None:
        goal = checked("goals", {"id": "g-1234", "title": "Escuchar más", "levels": {"0": "una vez"}})
        with store.change(DONE, NOW) as change:
            change.put("goals", goal)
        found = store.read().records("goals")[0]
        assert checked("goals", found) == found


class TestAllAndGet:
    def test_order_is_the_files(self, store: PlanStore) -> None:
        ids = [add(store, text)["id"] for text in ("a", "b", "c")]
        edit(store, ids[0], text="a2")
        with store.change(DONE, NOW) as change:
            change.put("steps", {"text": "d"})
            change.put("steps", {**(change.get("steps", ids[1]) or {}), "text": "b2"})
            assert [record["text"] for record in change.all("steps")] == ["a2", "b2", "c", "d"]
        assert texts(store) == ["a2", "b2", "c", "d"]

    def test_nothing_is_nothing(self, store: PlanStore) -> None:
        with store.change(DONE, NOW) as change:
            assert (change.all("nowhere"), change.get("nowhere", "x")) == ([], None)
        assert not store.read().exists


class TestRemove:
    def test_only_id_and_times_stay(self, store: PlanStore) -> None:
        record = add(store, due="2026-12-01")
        with store.change(DONE, LATER) as change:
            assert change.remove("steps", record["id"])
            assert change.get("steps", record["id"]) is None
            assert change.all("steps") == []
            assert not change.remove("steps", record["id"])
        snapshot = store.read()
        assert snapshot.tables["steps"][record["id"]] == {
            "id": record["id"],
            "created_at": record["created_at"],
            "updated_at": "2026-11-06T09:30:01.000250Z",
            "revision": 2,
            "author": "me",
            "removed_at": "2026-11-06T09:30:01.000250Z",
        }
        assert (snapshot.records("steps"), snapshot.get("steps", record["id"])) == ([], None)

    def test_what_is_not_there(self, store: PlanStore) -> None:
        with store.change(DONE, NOW) as change:
            assert not change.remove("steps", "nobody")
        assert not store.read().exists

    def test_what_this_change_made(self, store: PlanStore) -> None:
        with store.change(DONE, NOW) as change:
            id = change.put("steps", {"text": "x"})["id"]
            assert change.remove("steps", id)
            assert change.get("steps", id) is None
        assert not store.read().exists

    def test_put_again_it_is_back(self, store: PlanStore) -> None:
        record = add(store)
        with store.change(DONE, LATER) as change:
            change.remove("steps", record["id"])
        with store.change(DONE, LATER) as change:
            change.put("steps", record)
        assert store.read().records("steps") == [record | {"revision": 3, "updated_at": "2026-11-06T09:30:01.000250Z"}]


class TestOneChange:
    def test_is_one_save(self, store: PlanStore) -> None:
        with store.change(DONE, NOW) as change:
            for number in range(20):
                change.put("steps", {"text": str(number)})
                change.put("goals", {"title": str(number)})
        assert store.read().generation == 1
        assert len(store.read().tables["history"]) == 1

    def test_nothing_changed_is_no_save(self, store: PlanStore, places: Places) -> None:
        with store.change(DONE, NOW) as change:
            change.all("steps")
        assert not os.path.exists(places.plan)

    def test_an_exception_leaves_file_and_memory_as_they_were(self, store: PlanStore, places: Places) -> None:
        id = add(store)["id"]
        before, snapshot = standing(places.data), store.read()

        def fail() -> None:
            with store.change(DONE, NOW) as change:
                change.put("steps", {"text": "new"})
                change.remove("steps", id)
                raise KeyError("mine")

        with pytest.raises(KeyError, match="mine"):
            fail()
        assert standing(places.data) == before
        assert store.read() == snapshot
        add(store, "next")
        assert texts(store) == ["Call the clinic", "next"]

    def test_within_another_is_a_mistake(self, store: PlanStore, places: Places) -> None:
        with store.change(DONE, NOW) as change:
            change.put("steps", {"text": "x"})
            with pytest.raises(RuntimeError, match="a change inside a change"):
                add(store)
            with pytest.raises(RuntimeError, match="a change inside a change"):
                store.undo(NOW)
        assert texts(store) == ["x"]

    def test_knows_the_plan_it_changes(self, store: PlanStore) -> None:
        with store.change(DONE, NOW) as change:
            assert (change.plan_id, change.generation, change.now) == ("", 0, NOW)
            change.put("steps", {"text": "x"})
        with store.change(DONE, NOW) as change:
            assert (change.plan_id, change.generation) == (store.read().plan_id, 1)

    def test_the_plan_keeps_its_id(self, store: PlanStore) -> None:
        add(store)
        id = store.read().plan_id
        add(store)
        assert (store.read().plan_id, len(id)) == (id, 36)

    def test_a_plan_from_elsewhere_is_taken_over_where_there_is_none(self, store: PlanStore) -> None:
        with store.change(DONE, NOW) as change:
            change.take_over("f00d", 41)
            change.put_as_it_is("steps", {"id": "a1b2", "text": "x"})
        assert (store.read().plan_id, store.read().generation) == ("f00d", 42)
        assert store.next_undo() is None
        before = store.read()
        with pytest.raises(ProblemError, match="plan_already_there"), store.change(DONE, NOW) as change:
            change.take_over("beef", 1)
        assert store.read() == before


def test_a_damaged_plan_stops_a_change_before_anything_is_made(store: PlanStore, places: Places) -> None:
    os.mkdir(places.data)
    Path(places.plan).write_bytes(b"{")
    with pytest.raises(FileProblem, match="plan_cut"):
        add(store)
    assert os.listdir(places.data) == ["plan.json"]
