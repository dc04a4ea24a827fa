"""What every test stands on: an environment of its own, a day that never moves, no way out to the network."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from tests.rest import loop_factories

TODAY = date(2026, 11, 5)
NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)

# Variables of the developer's own shell that change what the program does or how it looks.
_OWN_PREFIXES = ("RCHRP_", "TEXTUAL_", "XDG_", "LC_")
_OWN_NAMES = (
    "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM",
    "COLUMNS", "LINES", "VISUAL", "EDITOR", "PYTHONPATH", "PYTHONSTARTUP", "TEXTUAL", "APPDATA", "LOCALAPPDATA",
)  # fmt: skip
_OUTWARD_EVENTS = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
)
_LOCAL_NAMES = frozenset({"localhost", ""})

# A green run means the same tomorrow: the examples follow from the test itself. To search for new ones:
# `--hypothesis-profile=wide`.
settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=40)
settings.register_profile("wide", deadline=None, database=None, max_examples=1000, print_blob=True)
settings.load_profile("steady")


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]] | None:
    """Run every test on a loop that can be waited for."""
    return loop_factories()


def pytest_collection_finish() -> None:
    """Look for rubbish seldom, and not in what stays to the end: a test's app leaves a lot, and all of it is small."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class ReachedOutsideError(AssertionError):
    """A test, or the program under it, tried to reach another machine."""


def is_local(address: object) -> bool:
    """Whether a socket address stays on this machine: a path, ``localhost`` or a loopback address."""
    if address is None or (isinstance(address, bytes | str) and os.sep in os.fsdecode(address)):
        return True
    host = address[0] if isinstance(address, tuple) and address else address
    text = os.fsdecode(host) if isinstance(host, bytes | str) else ""
    if text in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def _refuse_outside(event: str, args: tuple[object, ...]) -> None:
    if event not in _OUTWARD_EVENTS:
        return
    # connect, sendto and sendmsg carry the socket first, the look-ups by name carry the host first
    address = args[1] if event in {"socket.connect", "socket.sendto", "socket.sendmsg"} else args[0]
    if not is_local(address):
        raise ReachedOutsideError(f"{event} to {address!r}: nothing here may leave this machine")


@pytest.fixture(scope="session", autouse=True)
def stay_inside() -> None:
    """Refuse every connection and every look-up that leaves this machine, for the whole run."""
    sys.addaudithook(_refuse_outside)


@pytest.fixture(autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own, English by default, UTC, and nothing of the developer's own settings.

    Returns the home folder; it lies beside ``tmp_path``, so a test may ask that its own folder stays empty.
    """
    for name in list(os.environ):
        if name.startswith(_OWN_PREFIXES) or name in _OWN_NAMES:
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name, value in {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_STATE_HOME": home / ".local" / "state",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1",
    }.items():
        monkeypatch.setenv(name, str(value))
    if hasattr(time, "tzset"):
        time.tzset()
    return home


@pytest.fixture
def today() -> date:
    """Thursday 5 November 2026, the last day of a training."""
    return TODAY


@pytest.fixture
def now() -> datetime:
    """The same day at 20:00 UTC."""
    return NOW
