"""The one thread that writes: in order, off the loop, its failures heard, and never in the way of the end."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.writer import Writer


def _ignore(problem: Exception) -> None:
    raise AssertionError(problem)


async def test_jobs_run_in_order_in_a_thread_of_their_own() -> None:
    writer, done = Writer(_ignore), list[tuple[int, bool]]()

    def job(number: int) -> None:
        time.sleep(0.001 * (10 - number))
        done.append((number, threading.current_thread() is threading.main_thread()))

    for number in range(10):
        writer.submit(lambda number=number: job(number))  # type: ignore[misc]
    assert await writer.run(lambda: "last") == "last"
    assert done == [(number, False) for number in range(10)]


async def test_what_is_awaited_raises_where_it_is_awaited() -> None:
    writer = Writer(_ignore)

    def fail() -> None:
        raise ProblemError("disk_full", path="x")

    with pytest.raises(ProblemError):
        await writer.run(fail)
    assert await writer.run(lambda: 1) == 1


async def test_what_nobody_waits_for_is_told_in_the_loop_and_the_next_job_runs() -> None:
    told: list[tuple[str, bool]] = []
    writer = Writer(lambda problem: told.append((str(problem), asyncio.get_running_loop() is loop)))
    loop = asyncio.get_running_loop()

    def fail() -> None:
        raise ProblemError("disk_full")

    writer.submit(fail)
    assert await writer.run(lambda: 1) == 1
    await asyncio.sleep(0)
    assert told == [("disk_full", True)]


async def test_draining_waits_for_what_is_queued_but_not_for_ever() -> None:
    writer, go = Writer(_ignore), threading.Event()
    assert writer.drain(0)
    assert await writer.drained(0)
    writer.submit(go.wait)
    assert not writer.drain(0.01)
    assert not await writer.drained(0.01)
    go.set()
    assert writer.drain(5)
    assert await writer.drained(5)


async def test_a_closed_writer_does_what_was_queued_and_can_begin_again() -> None:
    writer, done = Writer(_ignore), list[int]()
    writer.submit(lambda: done.append(1))
    writer.close()
    writer.submit(lambda: done.append(2))
    assert await writer.drained(5)
    assert sorted(done) == [1, 2]
