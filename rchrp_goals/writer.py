"""The one thread that writes: everything that touches the disk while the app runs goes through its queue, in order."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TextIO, TypeVar

T = TypeVar("T")

Job = Callable[[], object]


class Writer:
    """Runs jobs one after another in a thread of its own, which begins with the first job.

    ``on_problem`` is called in the event loop's thread with whatever a submitted job raised; a job that is awaited
    raises where it is awaited. The thread never holds the program back from ending: see ``drain``.
    """

    def __init__(self, on_problem: Callable[[Exception], None]) -> None:
        self._on_problem = on_problem
        self._queue: SimpleQueue[tuple[Job, Callable[[object, Exception | None], None]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Queue a job; nobody waits for it, a problem goes to ``on_problem``."""
        loop = asyncio.get_running_loop()

        def tell(result: object, problem: Exception | None) -> None:
            if problem is not None:
                _call(loop, self._on_problem, problem)

        self._put(job, tell)

    async def run(self, job: Callable[[], T]) -> T:
        """Queue a job, wait for it, and return what it returned; raises what it raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def tell(result: object, problem: Exception | None) -> None:
            def settle() -> None:
                if future.done():
                    return
                if problem is not None:
                    future.set_exception(problem)
                else:
                    future.set_result(result)  # type: ignore[arg-type]

            _call(loop, settle)

        self._put(job, tell)
        return await future

    def drain(self, seconds: float) -> bool:
        """Wait until everything queued so far is done; False where that takes longer. Blocks: for the way out."""
        if self._thread is None:
            return True
        done = threading.Event()
        self._queue.put((done.set, lambda result, problem: None))
        return done.wait(seconds)

    async def drained(self, seconds: float) -> bool:
        """Wait like ``drain``, and let the app go on meanwhile."""
        if self._thread is None:
            return True
        try:
            await asyncio.wait_for(self.run(lambda: None), seconds)
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Let the thread end after what is queued."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread = None

    def _put(self, job: Job, tell: Callable[[object, Exception | None], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
            self._thread.start()
        self._queue.put((job, tell))

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            job, tell = item
            try:
                result = job()
            except Exception as problem:  # noqa: BLE001 - the handler on the loop tells it
                tell(None, problem)
            else:
                tell(result, None)


def end_process(code: int) -> None:
    """End the process without taking everything apart first, where nothing is left to be written.

    Only from the program's own terminal (else this returns), and where no other thread could still be at work.
    """
    others = [one for one in threading.enumerate() if one is not threading.main_thread() and not one.daemon]
    streams: list[TextIO] = [stream for stream in (sys.stdout, sys.stderr) if stream is not None]
    own = (sys.__stdout__, sys.__stderr__)
    is_own = all(any(stream is one for one in own) and stream.isatty() for stream in streams)
    if others or not is_own:
        return
    for stream in streams:
        stream.flush()
    os._exit(code)


def _call(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *args: object) -> None:
    """Call in the loop's thread; a loop that has ended needs no word any more."""
    try:
        loop.call_soon_threadsafe(function, *args)
    except RuntimeError:
        return
