"""Several windows and threads at once: nobody's change is lost."""

from __future__ import annotations

import os
import threading

import pytest

from rchrp_goals.errors import BusyProblem
from rchrp_goals.store.locks import PlanLock
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, What
from tests.store.helpers import DONE, LATER, NOW, add, edit, head, put_plan, sealed, standing, texts


class TestTogether:
    def test_a_stale_window_loses_nothing(self, store: PlanStore, places: Places) -> None:
        window = PlanStore(places)
        id = add(store, "shown in the window")["id"]
        seen = window.read()
        edit(store, id, due="2026-12-01")
        add(store, "from the shell")
        assert seen.stamp != window.stamp()
        with window.change(What("step_changed"), LATER) as change:
            record = change.get("steps", id)
            assert record is not None
            change.put("steps", record | {"text": "edited in the window"})
        steps = store.read().records("steps")
        assert [(r["text"], r.get("due"), r["revision"]) for r in steps] == [
            ("edited in the window", "2026-12-01", 3),
            ("from the shell", None, 1),
        ]

    def test_the_same_stamp_does_not_deceive(self, store: PlanStore, places: Places) -> None:
        """As where a disk's clock is coarse: same number, same time, same size, other content."""
        body = '"steps": {{\n"1": {{"id": "s1", "text": "{}"}}\n}}}}\n'
        put_plan(places, sealed(f"{head(generation=3)},\n{body.format('aaa')}"))
        stamp = store.read().stamp
        put_plan(places, sealed(f"{head(generation=4)},\n{body.format('bbb')}"))
        assert stamp is not None
        os.utime(places.plan, ns=(stamp[1], stamp[1]))
        assert store.stamp() == stamp
        add(store, "mine")
        assert texts(store) == ["bbb", "mine"]
        assert store.read().generation == 5

    def test_two_windows_in_turn(self, store: PlanStore, places: Places) -> None:
        other = PlanStore(places)
        for number in range(10):
            add(store, f"a{number}")
            add(other, f"b{number}")
        assert len(texts(store)) == len(set(texts(other))) == 20

    def test_threads_share_a_store(self, store: PlanStore) -> None:
        seen: list[int] = []

        def write(name: str) -> None:
            for number in range(8):
                add(store, f"{name}{number}")
                seen.append(len(texts(store)))

        threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(texts(store)) == sorted(f"{name}{number}" for name in "abc" for number in range(8))
        assert max(seen) == 24

    def test_somebody_else_saving_for_too_long_is_said(self, store: PlanStore, places: Places) -> None:
        add(store)
        before = standing(places.data)
        with PlanLock(places):
            impatient = PlanStore(places, patience=0.05)
            with pytest.raises(BusyProblem) as problem:
                add(impatient)
            assert texts(impatient) == ["Call the clinic"]
        assert (problem.value.key, problem.value.exit_code) == ("plan_locked", 4)
        assert standing(places.data) == before
        add(impatient)

    def test_another_thread_saving_for_too_long_is_said(self, places: Places) -> None:
        store = PlanStore(places, patience=0.05)
        inside, done = threading.Event(), threading.Event()

        def hold() -> None:
            with store.change(DONE, NOW):
                inside.set()
                done.wait(5)

        thread = threading.Thread(target=hold)
        thread.start()
        assert inside.wait(5)
        with pytest.raises(BusyProblem, match="plan_locked"):
            add(store)
        done.set()
        thread.join()
        add(store)
