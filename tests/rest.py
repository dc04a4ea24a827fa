"""When an app has come to rest: its event loop has nothing to do, said by the loop itself and not by the clock.

Textual's own pilot looks at the processor's time, twenty milliseconds at a look and three looks a key. Here the loop
tells: it goes to sleep only when nothing is left to be done, and says until when. So a test waits as long as the app
works and no longer, on a busy machine too.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from selectors import SelectorKey

import pytest
from textual._context import active_app

QUIET = 1 / 20
"""Seconds: a loop that would sleep for less is at work. Textual paints and moves sixty times a second at least, and one
that comes late leaves a beat out."""
MOST_BEATS = 30
"""Short sleeps in a row after which what still beats is taken for a clock and no work: half a second of painting, and longer
where the machine is busy, as all that is counted is the beats."""
BEATS_AT_THE_END = 2
"""The same once the app has been left: its screen goes on asking to be painted, and nothing paints it any more."""
LONGEST = 10.0
"""Seconds after which a test goes on although something still moves."""


class Resting(selectors.DefaultSelector):
    """What an event loop sleeps in; it wakes those who wait for that sleep."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[asyncio.Future[None]] = []
        self.beats = 0
        self.most_beats = MOST_BEATS

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Wait for something to happen, as any selector; before a sleep, those who wait for it go on instead."""
        if not self.waiting:
            return super().select(timeout)
        if timeout is not None and timeout < QUIET and self.beats < self.most_beats:
            self.beats += timeout > 0
            return super().select(timeout)
        happened = super().select(0)
        if not happened:
            waiting, self.waiting = self.waiting, []
            for one in waiting:
                if not one.done():
                    one.set_result(None)
        return happened


class RestingLoop(asyncio.SelectorEventLoop):
    """An event loop that can be waited for."""

    def __init__(self) -> None:
        self.resting = Resting()
        super().__init__(self.resting)


def loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]] | None:
    """Return the loop of the tests for pytest-asyncio; on Windows the platform's own."""
    return None if sys.platform == "win32" else {"resting": RestingLoop}


async def idle(longest: float = LONGEST) -> None:
    """Wait until the running loop has nothing to do."""
    loop = asyncio.get_running_loop()
    if not isinstance(loop, RestingLoop):
        await asyncio.sleep(QUIET)
        return
    future: asyncio.Future[None] = loop.create_future()
    loop.resting.waiting.append(future)
    loop.resting.beats = 0
    app = active_app.get(None)
    loop.resting.most_beats = MOST_BEATS if app is None or app.return_code is None else BEATS_AT_THE_END
    await asyncio.wait([future], timeout=longest)


THREADS: list[Callable[[], Awaitable[object]]] = []
"""What waits for the work of threads, of which a loop does not know."""


async def rest(min_sleep: float = 0, max_sleep: float = LONGEST) -> None:
    """Wait until the running loop has nothing to do and no thread has either: a pilot's way to wait."""
    await idle(max_sleep)
    for thread in THREADS * 2:
        await thread()
        await idle(max_sleep)


@contextmanager
def waiting_for(thread: Callable[[], Awaitable[object]]) -> Iterator[None]:
    """Wait for a thread's work too, inside."""
    THREADS.append(thread)
    try:
        yield
    finally:
        THREADS.remove(thread)


def quick_pilots() -> Iterator[None]:
    """Let every pilot wait by ``rest``, until this goes on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.pilot.wait_for_idle", rest)
        patch.setattr("textual.app.wait_for_idle", rest)
        yield
