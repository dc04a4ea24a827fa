"""TinyDB's seam to the file, and the rows of ``due.tsv`` that follow a save."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.store.keeper import Keeper
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from rchrp_goals.store.storage import PlanStorage
from tests.store.helpers import add, plan_bytes, standing, texts


class TestPlanStorage:
    def test_reads_private_copies(self, store: PlanStore, places: Places) -> None:
        add(store, supporters=[{"name": "Kim"}])
        db = TinyDB(Keeper(places), storage=PlanStorage)
        first = db.table("steps").search(where("text") == "Call the clinic")[0]
        first["supporters"][0]["name"] = "changed"
        db.table("steps").all()[0]["supporters"].append("changed")
        assert db.table("steps").all()[0]["supporters"] == [{"name": "Kim"}]
        assert db.tables() == {"steps", "history"}

    def test_a_write_belongs_in_a_transaction(self, store: PlanStore, places: Places) -> None:
        add(store)
        before = standing(places.data)
        db = TinyDB(Keeper(places), storage=PlanStorage)
        with pytest.raises(RuntimeError, match="transaction"):
            db.table("steps").insert({"text": "x"})
        with pytest.raises(RuntimeError, match="transaction"):
            db.drop_tables()
        storage = db.storage
        assert isinstance(storage, PlanStorage)
        with pytest.raises(RuntimeError, match="transaction"):
            storage.commit()
        with storage.transaction():
            with pytest.raises(RuntimeError, match="never dropped"):
                db.drop_table("steps")
            with pytest.raises(RuntimeError, match="transaction"), storage.transaction():
                pass
        assert standing(places.data) == before

    def test_gathers_many_writes_into_one_file(self, store: PlanStore, places: Places) -> None:
        add(store)
        db = TinyDB(Keeper(places), storage=PlanStorage)
        storage = db.storage
        assert isinstance(storage, PlanStorage)
        with storage.transaction():
            db.table("steps").insert({"id": "x", "text": "two"})
            db.table("new").insert_multiple([{"id": "y"}, {"id": "z"}])
            db.table("steps").update({"text": "one"}, where("text") == "Call the clinic")
            assert len(db.table("steps")) == 2
            assert db.tables() == {"steps", "history", "new"}
            assert store.read().generation == 1
            storage.commit()
        assert (texts(store), store.read().generation) == (["one", "two"], 2)

    def test_an_update_that_fails_half_way_keeps_nothing(self, store: PlanStore, places: Places) -> None:
        add(store, "one")
        add(store, "two")
        db = TinyDB(Keeper(places), storage=PlanStorage)
        storage = db.storage
        assert isinstance(storage, PlanStorage)

        def fail_at_two(document: Any) -> None:
            if document["text"] == "two":
                raise KeyError("half way")
            document["text"] = "changed"

        with pytest.raises(KeyError), storage.transaction():
            db.table("steps").update(fail_at_two)
        assert [document["text"] for document in db.table("steps").all()] == ["one", "two"]
        assert texts(store) == ["one", "two"]

    @pytest.mark.parametrize("document", [{"n": float("nan")}, {"text": "\ud800"}])
    def test_refuses_what_no_file_can_hold(self, store: PlanStore, places: Places, document: dict[str, Any]) -> None:
        add(store)
        before = standing(places.data)
        db = TinyDB(Keeper(places), storage=PlanStorage)
        storage = db.storage
        assert isinstance(storage, PlanStorage)
        with storage.transaction():
            db.table("steps").insert(document)
            with pytest.raises(AnswerRefused):
                storage.commit()
        assert standing(places.data) == before


class TestDueRows:
    def test_are_made_from_what_will_stand_and_written_after(self, places: Places) -> None:
        store = PlanStore(places, due_rows=lambda tables: "\t".join(tables.get("steps", {})).encode())
        id = add(store)["id"]
        found = os.stat(places.plan)
        expected = f"due2\t{found.st_ino}\t{found.st_mtime_ns}\t{found.st_size}\t{id}.\n"
        assert Path(places.due).read_text() == expected

    def test_that_cannot_be_made_stop_the_change(self, store: PlanStore, places: Places) -> None:
        add(store)
        before = standing(places.data)

        def fail(_: object) -> bytes:
            raise KeyError("rows")

        with pytest.raises(KeyError, match="rows"):
            add(PlanStore(places, due_rows=fail), "two")
        assert standing(places.data) == before

    def test_that_cannot_be_written_do_not(self, places: Places) -> None:
        os.makedirs(os.path.join(places.due, "a folder in the way"))
        store = PlanStore(places, due_rows=lambda _: b"")
        add(store)
        assert texts(store) == ["Call the clinic"]
        with pytest.raises(ProblemError, match="not_saved"):
            store.refresh_due()

    def test_are_written_anew_on_demand(self, places: Places) -> None:
        language = ["en"]
        store = PlanStore(places, due_rows=lambda tables: f"{language[0]} {len(tables['steps'])}".encode())
        store.refresh_due()
        assert not os.path.exists(places.due)
        add(store)
        language[0] = "es"
        store.refresh_due()
        assert Path(places.due).read_text().endswith("\tes 1.\n")

    def test_get_copies(self, places: Places) -> None:
        def spoil(tables: Any) -> bytes:
            for record in tables["steps"].values():
                record["text"] = "spoilt"
            return json.dumps(dict(tables)).encode()

        store = PlanStore(places, due_rows=spoil)
        add(store)
        assert texts(store) == ["Call the clinic"]
        assert b"spoilt" not in plan_bytes(places)


def test_reading_loads_neither_tinydb_nor_filelock(store: PlanStore, places: Places) -> None:
    add(store)
    code = (
        "import sys; from rchrp_goals.store.places import Places; from rchrp_goals.store.plan_store import PlanStore;"
        "print(len(PlanStore(Places(sys.argv[1])).read().records('steps')));"
        "print(sorted({'tinydb', 'filelock', 'asyncio', 'pydantic', 'textual'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, places.data]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert out.stdout.splitlines() == ["1", "[]"]
