"""``due.tsv``: what waits, ready to print."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.store.due_file import due_payload, read_due, stamp_at, write_due
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.store.helpers import add

ROWS = [
    ("2026-12-01", "step", "b2", "Llamar a la clínica"),
    ("2026-11-05T20:00:00.000000Z", "reminder", "a1", ""),
    ("2026-11-05", "goal", "c3", "Listen first"),
]


@pytest.fixture
def stood(places: Places) -> Places:
    """Return places with a plan and its ``due.tsv``."""
    add(PlanStore(places, due_rows=lambda _: due_payload("es", "1 cosa espera", "unas cosas esperan", ROWS, "22 23 0")))
    return places


class TestFile:
    def test_is_the_agreed_format(self, stood: Places) -> None:
        found = os.stat(stood.plan)
        assert Path(stood.due).read_text(encoding="utf-8") == (
            f"due2\t{found.st_ino}\t{found.st_mtime_ns}\t{found.st_size}\tes\t1 cosa espera\tunas cosas esperan\t22 23 0\n"
            "2026-11-05\tgoal\tc3\tListen first\n"
            "2026-11-05T20:00:00.000000Z\treminder\ta1\t\n"
            "2026-12-01\tstep\tb2\tLlamar a la clínica\n"
            ".\n"
        )

    def test_comes_back(self, stood: Places) -> None:
        due = read_due(stood)
        assert due is not None
        assert (due.language, due.one, due.few, due.quiet) == ("es", "1 cosa espera", "unas cosas esperan", "22 23 0")
        assert due.rows == sorted(ROWS)

    def test_without_rows(self, places: Places) -> None:
        add(PlanStore(places, due_rows=lambda _: due_payload("en", "one", "few", [])))
        due = read_due(places)
        assert due is not None
        assert due.rows == []


class TestStale:
    def test_another_plan(self, stood: Places) -> None:
        os.utime(stood.plan, ns=(1, 1))
        assert read_due(stood) is None

    def test_no_plan(self, stood: Places) -> None:
        os.unlink(stood.plan)
        assert read_due(stood) is None

    def test_no_file(self, places: Places) -> None:
        assert read_due(places) is None

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: "",
            lambda text: text.replace("due2", "due1"),
            lambda text: text.rstrip("\n"),
            lambda text: text.replace("\tes\t", "\t"),
            lambda text: text.replace("\tstep\t", "\t"),
            lambda text: text + "\n",
            lambda text: text.split("\n")[0],
        ],
    )
    def test_another_format(self, stood: Places, change: object) -> None:
        assert callable(change)
        path = Path(stood.due)
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        assert read_due(stood) is None

    def test_no_text(self, stood: Places) -> None:
        Path(stood.due).write_bytes(b"\xff\xfe")
        assert read_due(stood) is None

    def test_every_cut_is_refused(self, stood: Places) -> None:
        data = Path(stood.due).read_bytes()
        for length in range(len(data)):
            for rest in (b"", bytes(len(data) - length)):
                Path(stood.due).write_bytes(data[:length] + rest)
                assert read_due(stood) is None


class TestClean:
    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("a\tb\nc\r\nd", "a b c  d"),
            ("\x1b]52;c;x\x07y", "]52;c;xy"),
            ("\u202egnihton\u2066", "gnihton"),
            ("half \ud800 a letter", "half  a letter"),
            ("👩‍👩‍👧 \u200e", "👩‍👩‍👧 \u200e"),
            ("\u2028\u2029\x85", "   "),
            ("\u00a0x", " x"),
        ],
    )
    def test_a_wording_keeps_its_letters_only(self, text: str, kept: str) -> None:
        line = due_payload("en", "one", "few", [("2026-11-05", "step", "a", text)]).decode().split("\n")[1]
        assert line == f"2026-11-05\tstep\ta\t{kept}"

    @given(st.lists(st.tuples(st.text(), st.text(), st.text(), st.text()), max_size=4))
    def test_nothing_breaks_a_line(self, rows: list[tuple[str, str, str, str]]) -> None:
        lines = due_payload("en", "one", "few", rows).decode().split("\n")
        assert len(lines) == len(rows) + 2
        assert all(line.count("\t") == 3 for line in lines[1:-1])
        assert not any(letter < " " and letter != "\t" for line in lines for letter in line)


def test_a_longer_one_is_written_over_as_a_whole(stood: Places) -> None:
    stamp = stamp_at(stood.plan)
    assert stamp is not None
    write_due(stood, stamp, b"en\tone\tfew\t\n")
    due = read_due(stood)
    assert due is not None
    assert due.language == "en"
    assert sorted(os.listdir(stood.data)) == ["due.tsv", "plan.json", "plan.lock"]


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system cannot be asked not to follow a link")
def test_nothing_outside_is_written_over(stood: Places, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("my words")
    os.unlink(stood.due)
    os.symlink(mine, stood.due)
    add(PlanStore(stood, due_rows=lambda _: due_payload("en", "one", "few", [])))
    assert mine.read_text() == "my words"
    assert read_due(stood) is None


def test_no_room_in_the_middle_leaves_none_that_could_be_taken(stood: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = stamp_at(stood.plan)
    assert stamp is not None
    real = os.write
    sizes = [10, 30]

    def write(descriptor: int, data: bytes) -> int:
        if not sizes:
            raise OSError(28, "no room")
        return real(descriptor, data[: sizes.pop(0)])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="no room"):
        write_due(stood, stamp, due_payload("en", "one", "few", ROWS))
    assert read_due(stood) is None
