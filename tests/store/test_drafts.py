"""Conversations that are not finished."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.drafts import NAMES, Drafts
from rchrp_goals.store.places import Places
from tests.store.helpers import standing, temporary_files

DRAFT: dict[str, Any] = {"module": "goals", "answers": {"what": {"values": {"title": "Ñandú"}}}, "at": "why"}


@pytest.fixture
def drafts(places: Places) -> Drafts:
    return Drafts(places)


class TestDrafts:
    def test_none_at_first(self, drafts: Drafts, places: Places) -> None:
        assert drafts.read("goals") is None
        assert drafts.newest() is None
        drafts.delete("goals")
        assert not drafts.was_damaged("goals")
        assert not os.path.exists(places.data)

    @pytest.mark.parametrize("name", NAMES)
    def test_each_comes_back(self, drafts: Drafts, places: Places, name: str) -> None:
        drafts.write(name, DRAFT)
        assert Drafts(places).read(name) == DRAFT
        assert os.listdir(places.drafts) == [f"{name}.json"]
        assert stat.S_IMODE(os.stat(places.draft(name)).st_mode) == 0o600
        assert stat.S_IMODE(os.stat(places.drafts).st_mode) == 0o700
        drafts.delete(name)
        assert drafts.read(name) is None
        assert os.listdir(places.drafts) == []

    def test_the_newer_stands(self, drafts: Drafts) -> None:
        drafts.write("goals", DRAFT)
        drafts.write("goals", {"at": "later"})
        assert drafts.read("goals") == {"at": "later"}

    def test_a_folder_that_nobody_may_look_into_hides_them(
        self, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drafts.write("goals", DRAFT)

        def refuse(path: str) -> None:
            raise PermissionError(path)

        monkeypatch.setattr(os, "stat", refuse)
        assert drafts.newest() is None

    def test_is_flushed_to_the_disk(self, drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
        flushed: list[str] = []
        real = os.fsync

        def fsync(descriptor: int) -> None:
            flushed.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)
        drafts.write("goals", DRAFT)
        assert flushed == ["file", "folder"]

    def test_a_name_that_is_none_is_a_mistake(self, drafts: Drafts) -> None:
        for call in (drafts.read, drafts.delete, lambda name: drafts.write(name, {})):
            with pytest.raises(ValueError, match="no conversation"):
                call("../plan")

    @given(
        st.dictionaries(
            st.text(),
            st.recursive(
                st.text() | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner), max_leaves=5
            ),
        )
    )
    def test_half_a_character_comes_back_too(self, draft: dict[str, Any]) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            drafts = Drafts(Places(folder))
            drafts.write("goals", draft)
            assert drafts.read("goals") == draft


class TestNewest:
    def test_is_the_one_written_last(self, drafts: Drafts, places: Places) -> None:
        for number, name in enumerate(("values", "goals", "learning")):
            drafts.write(name, {})
            os.utime(places.draft(name), ns=(number, number))
        assert drafts.newest() == "learning"
        os.utime(places.draft("values"), ns=(9, 9))
        assert drafts.newest() == "values"
        drafts.delete("values")
        assert drafts.newest() == "learning"

    def test_of_two_at_once_the_whole_sitting_comes_first(self, drafts: Drafts, places: Places) -> None:
        for name in NAMES:
            drafts.write(name, {})
            os.utime(places.draft(name), ns=(5, 5))
        assert drafts.newest() == "last-day"


class TestDamage:
    @pytest.mark.parametrize(
        "data",
        [b"", b"{", b"[]", b'"text"', b"\xff\xfe\x00", bytes(20), b"[" * 100_000, b'{"n": ' + b"9" * 5000 + b"}"],
    )
    def test_is_set_aside_and_told(self, drafts: Drafts, places: Places, data: bytes) -> None:
        drafts.write("goals", DRAFT)
        drafts.write("values", DRAFT)
        for number in (1, 2):
            Path(places.draft("goals")).write_bytes(data)
            assert drafts.read("goals") is None
            assert drafts.was_damaged("goals")
            assert not drafts.was_damaged("values")
            assert Path(places.drafts, f"goals.damaged-{number}").read_bytes() == data
        assert drafts.read("goals") is None
        assert not drafts.was_damaged("goals")
        assert drafts.newest() == "values"

    def test_every_cut_is_told(self, drafts: Drafts, places: Places) -> None:
        drafts.write("goals", DRAFT)
        data = Path(places.draft("goals")).read_bytes()
        for length in range(len(data)):
            Path(places.draft("goals")).write_bytes(data[:length])
            assert drafts.read("goals") is None
            assert drafts.was_damaged("goals")

    def test_where_nothing_can_be_moved_it_stays(
        self, drafts: Drafts, places: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drafts.write("goals", DRAFT)
        Path(places.draft("goals")).write_bytes(b"{")
        monkeypatch.setattr(os, "replace", refuse)
        for _ in range(2):
            assert drafts.read("goals") is None
            assert drafts.was_damaged("goals")

    def test_what_is_far_too_large_is_none(
        self, drafts: Drafts, places: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("rchrp_goals.store.drafts._LARGEST", 50)
        drafts.write("goals", {"text": "x" * 60})
        assert drafts.read("goals") is None
        assert drafts.was_damaged("goals")

    def test_a_folder_in_its_place_is_said(self, drafts: Drafts, places: Places) -> None:
        os.makedirs(places.draft("goals"))
        with pytest.raises(ProblemError, match="draft_unreadable"):
            drafts.read("goals")


class TestDiskSaysNo:
    def test_the_draft_before_stands(self, drafts: Drafts, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        drafts.write("goals", DRAFT)
        before = standing(places.data)
        for name in ("open", "write", "fsync", "replace"):
            with monkeypatch.context() as patch:
                patch.setattr(os, name, refuse)
                with pytest.raises(ProblemError) as problem:
                    drafts.write("goals", {"at": "later"})
            assert (problem.value.key, problem.value.values) == ("disk_full", {"path": places.draft("goals")})
            assert standing(places.data) == before
            assert temporary_files(places.data) == []

    def test_one_that_cannot_be_removed_is_said(self, drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
        drafts.write("goals", DRAFT)
        with monkeypatch.context() as patch:
            patch.setattr(os, "unlink", refuse)
            with pytest.raises(ProblemError, match="disk_full"):
                drafts.delete("goals")
        assert drafts.read("goals") == DRAFT

    def test_what_a_killed_program_left_is_swept(self, drafts: Drafts, places: Places) -> None:
        drafts.write("goals", DRAFT)
        left = Path(places.drafts, ".goals.json.1-2-3.new")
        left.write_text("half")
        drafts.write("values", DRAFT)
        assert left.exists()
        drafts.write("goals", DRAFT)
        assert not left.exists()


def refuse(*_: object, **__: object) -> None:
    raise OSError(28, "no room")


def test_json_that_is_no_draft_of_ours_is_given_as_it_is(drafts: Drafts, places: Places) -> None:
    drafts.write("goals", {})
    Path(places.draft("goals")).write_text(json.dumps({"ñ": 1}, ensure_ascii=False), encoding="utf-8")
    assert drafts.read("goals") == {"ñ": 1}
