"""The file that knows on which days a digest was given: one a day, whatever the clock and other timers do."""

from __future__ import annotations

import errno
import os
import stat
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from rchrp_goals.errors import ProblemError
from rchrp_goals.store import digest_file
from rchrp_goals.store.digest_file import DAYS_KEPT, give_once, last_given
from rchrp_goals.store.places import Places

TODAY = date(2026, 11, 5)


@pytest.fixture
def there(places: Places) -> Places:
    places.make_folders()
    return places


def gives(places: Places, day: date) -> bool:
    told: list[date] = []
    given = give_once(places, day, lambda: told.append(day))
    assert bool(told) == given
    return given


def test_once_a_day_and_again_the_next(there: Places) -> None:
    assert [gives(there, TODAY) for _ in range(3)] == [True, False, False]
    assert gives(there, TODAY + timedelta(days=1))


def test_it_holds_days_and_nothing_else(there: Places) -> None:
    for passed in range(12):
        assert gives(there, TODAY + timedelta(days=passed))
    lines = Path(there.digest).read_text(encoding="ascii").splitlines()
    assert lines == [(TODAY + timedelta(days=passed)).isoformat() for passed in range(12 - DAYS_KEPT, 12)]
    assert stat.S_IMODE(os.stat(there.digest).st_mode) == 0o600


def test_a_clock_set_back_a_year_gives_one_a_day_still(there: Places) -> None:
    assert gives(there, TODAY)
    back = TODAY - timedelta(days=365)
    assert [gives(there, back) for _ in range(5)] == [True, False, False, False, False]
    assert not gives(there, TODAY)  # set right again: today had its digest


def test_a_clock_that_goes_back_and_forth_gives_no_storm(there: Places) -> None:
    days = [TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=365)]
    assert sum(gives(there, day) for day in days * 4) == 3


def test_where_it_did_not_arrive_the_day_does_not_count(there: Places) -> None:
    def fails() -> None:
        raise ProblemError("commands.remind.not_shown")

    gives(there, TODAY - timedelta(days=1))
    before = Path(there.digest).read_bytes()
    with pytest.raises(ProblemError):
        give_once(there, TODAY, fails)
    assert Path(there.digest).read_bytes() == before
    assert gives(there, TODAY)


def test_two_at_once_give_one(there: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    read = digest_file._read

    def slowly(path: str) -> list[date]:
        found = read(path)
        time.sleep(0.01)
        return found

    monkeypatch.setattr(digest_file, "_read", slowly)
    begins = threading.Barrier(6)

    def one(number: int) -> None:
        begins.wait()
        give_once(there, TODAY, lambda: told.append(number))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1


@pytest.mark.parametrize("content", [b"", b"\x00\xff\n", b"2026-11-31\nx\n2026-13-01", b"\n" * 9000])
def test_what_is_no_day_is_passed_over(there: Places, content: bytes) -> None:
    Path(there.digest).write_bytes(content)
    assert gives(there, TODAY)
    assert Path(there.digest).read_text(encoding="ascii") == "2026-11-05\n"


def test_where_the_day_cannot_be_kept_nothing_is_told(there: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("rchrp_goals.store.digest_file.replace_file", full)
    with pytest.raises(ProblemError, match="disk_full"):
        gives(there, TODAY)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name")
def test_nobody_waits_for_a_pipe_in_its_place(there: Places) -> None:
    os.mkfifo(there.digest)
    assert last_given(there, TODAY) is None
    assert gives(there, TODAY)
    assert last_given(there, TODAY) == TODAY


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links of that kind")
def test_a_link_is_not_followed(there: Places, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    os.symlink(other, there.digest)
    with pytest.raises(ProblemError):
        gives(there, TODAY)
    assert other.read_text(encoding="utf-8") == "mine"


def test_the_last_day_is_none_that_lies_ahead(there: Places) -> None:
    assert last_given(there, TODAY) is None
    for day in (TODAY - timedelta(days=9), TODAY - timedelta(days=2), TODAY + timedelta(days=300)):
        assert gives(there, day)
    assert last_given(there, TODAY) == TODAY - timedelta(days=2)
    assert last_given(there, TODAY - timedelta(days=20)) is None
