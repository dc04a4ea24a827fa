"""A process that saves until it is killed: ``python -m tests.store.saver FOLDER``.

It loads everything once and then forks: each line that it reads begins a child, and it says the child's id and how the
child ended. The lines:

``loop N`` saves numbers from N on and says each one after it is kept.
``die before CALL N`` saves N and ends without a trace just before the CALL-th call that it makes to the system;
``die after CALL N`` just after it.
``insert NAME N`` inserts N records.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore, What
from tests.store.helpers import NOW, add

COUNTER = "counter"
LENGTHS = (10, 4_000, 300, 9_000, 70, 2_000)
"""Characters; a note that grows and shrinks, so that a file that was written over would show."""


def note(number: int) -> str:
    """Return the note that goes with a number."""
    return f"{number} " + "ñ" * LENGTHS[number % len(LENGTHS)]


def due_rows(_: object) -> bytes:
    """Return what ``due.tsv`` would hold."""
    return b"en\t1 thing waits\ta few things wait\t\n"


def count_from(store: PlanStore, first: int) -> None:
    """Save one number after the other, and say each when it is kept."""
    number = first
    while True:
        save(store, number)
        os.write(1, b"%d\n" % number)
        number += 1


def save(store: PlanStore, number: int) -> None:
    """Save a number and its note in two tables, as one change."""
    with store.change(What("counted"), NOW) as change:
        change.put("steps", {"id": COUNTER, "number": number, "text": note(number)})
        change.put("goals", {"id": COUNTER, "number": number})


def die_at(store: PlanStore, when: str, call: int, number: int) -> None:
    """Save a number, and end in the middle of it as a killed process would; say so where it was over before that."""
    left = [call]

    def ending(real: Callable[..., Any]) -> Callable[..., Any]:
        def one_call(*args: Any, **more: Any) -> Any:
            left[0] -= 1
            if not left[0] and when == "before":
                os._exit(9)
            try:
                return real(*args, **more)
            finally:
                if not left[0]:
                    os._exit(9)

        return one_call

    for name in ("open", "write", "fsync", "close", "link", "replace", "unlink"):
        setattr(os, name, ending(getattr(os, name)))
    save(store, number)
    os._exit(0)


def begin(store: PlanStore, words: list[str]) -> None:
    """Do what one line asks for, in the child."""
    if words[0] == "loop":
        count_from(store, int(words[1]))
    elif words[0] == "die":
        die_at(store, words[1], int(words[2]), int(words[3]))
    else:
        for number in range(int(words[2])):
            add(store, f"{words[1]}{number}")


def main() -> None:
    """Fork a child for each line that comes in."""
    places = Places(sys.argv[1])
    add(PlanStore(Places(os.path.join(sys.argv[1], "warm"))))  # loads all that a save needs
    store = PlanStore(places, due_rows=due_rows)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.write(1, b"ready\n")
    for line in iter(sys.stdin.readline, ""):
        child = os.fork()
        if not child:
            begin(store, line.split())
            os._exit(0)
        os.write(1, b"child %d\n" % child)
        _, status = os.waitpid(child, 0)
        os.write(1, b"ended %d\n" % os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
