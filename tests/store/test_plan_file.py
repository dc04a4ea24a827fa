"""The text of ``plan.json``: how it is written, and that nothing wrong is ever read from it."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where

from rchrp_goals.errors import AnswerRefused, FileProblem
from rchrp_goals.store import plan_file
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_file import Meta, block_of, lines_of, parse, record_line, render
from rchrp_goals.store.plan_store import PlanStore
from tests.store.helpers import DONE, NOW, add, edit, head, plan_bytes, put_plan, sealed, texts

META = Meta("b6c1", (1, 0), 3)
TABLES: dict[str, dict[str, dict[str, Any]]] = {
    "goals": {"1": {"id": "a", "title": 'Ñandú\n\u2028 "x" \\ 👩‍👩‍👧'}, "12": {"id": "b", "n": [1, 2.5, None, True]}},
    "empty": {},
    "of a later version": {"3": {"anything": {"deep": [{"er": []}]}}},
}


def blocks(tables: dict[str, dict[str, dict[str, Any]]]) -> list[bytes]:
    return [block_of(name, lines) for name, lines in lines_of(tables).items()]


def written(tables: dict[str, dict[str, dict[str, Any]]] = TABLES, meta: Meta = META) -> bytes:
    return render(meta, blocks(tables))[0]


def key_of(data: bytes) -> str:
    with pytest.raises(FileProblem) as problem:
        parse(data, "plan.json")
    assert problem.value.values == {"path": "plan.json"}
    assert problem.value.exit_code == 3
    return problem.value.key


class TestLayout:
    def test_a_line_a_table_and_a_line_a_record(self) -> None:
        lines = written({"goals": {"1": {"id": "a"}, "2": {"id": "b"}}, "steps": {}}).decode().split("\n")
        assert lines[1:] == ['"goals": {', '"1": {"id": "a"},', '"2": {"id": "b"}', "},", '"steps": {', "}}", ""]
        assert json.loads(lines[0].removesuffix(",") + "}")["_file"]["1"] | {"sha256": ""} == {
            "format": "rchrp-goals-plan",
            "plan": "b6c1",
            "schema": [1, 0],
            "generation": 3,
            "sha256": "",
        }

    def test_the_checksum_is_over_all_of_it_with_its_own_digits_as_zeros(self) -> None:
        data = written()
        digits = json.loads(data)["_file"]["1"]["sha256"].encode()
        assert hashlib.sha256(data.replace(digits, b"0" * 64)).hexdigest().encode() == digits

    def test_people_read_their_letters(self) -> None:
        assert "Ñandú".encode() in written()

    @pytest.mark.parametrize("tables", [TABLES, {}, {"empty": {}}, {"a": {"1": {}}}])
    def test_it_is_read_as_it_was_written(self, tables: dict[str, dict[str, dict[str, Any]]]) -> None:
        data, header = render(META, blocks(tables))
        content = parse(data, "")
        assert content == plan_file.Content(META, tables, lines_of(tables), header, is_sealed=True)
        assert list(content.tables) == list(tables)

    @given(
        st.dictionaries(
            st.text(st.characters(codec="utf-8")).filter(lambda name: name != "_file"),
            st.dictionaries(
                st.integers(0, 10**9).map(str),
                st.dictionaries(
                    st.text(st.characters(codec="utf-8")),
                    st.recursive(
                        st.none()
                        | st.booleans()
                        | st.integers()
                        | st.text(st.characters(codec="utf-8"))
                        | st.floats(allow_nan=False, allow_infinity=False),
                        lambda inner: (
                            st.lists(inner, max_size=3)
                            | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), inner, max_size=3)
                        ),
                        max_leaves=8,
                    ),
                    max_size=4,
                ),
                max_size=4,
            ),
            max_size=4,
        )
    )
    def test_anything_that_json_holds_comes_back(self, tables: dict[str, dict[str, dict[str, Any]]]) -> None:
        data, _ = render(META, blocks(tables))
        content = parse(data, "")
        assert (content.tables, content.lines, content.is_sealed) == (tables, lines_of(tables), True)
        assert json.loads(data).keys() - {"_file"} == tables.keys()


class TestAnyTinyDB:
    def test_reads_every_table(self, store: PlanStore, places: Places) -> None:
        step = add(store, "Ask Sam")
        add(store, table="goals", text="Listen first")
        with TinyDB(places.plan, encoding="utf-8", access_mode="r") as theirs:
            assert theirs.tables() == {"_file", "steps", "goals", "history"}
            assert theirs.table("steps").all() == [step]
            assert theirs.table("_file").get(doc_id=1)["generation"] == 2

    def test_and_what_it_writes_is_read_as_changed_outside(self, store: PlanStore, places: Places) -> None:
        add(store, "Ask Sam")
        with TinyDB(places.plan, encoding="utf-8", ensure_ascii=False) as theirs:
            theirs.table("steps").update({"text": "Ask Kim"}, where("text") == "Ask Sam")
        with pytest.raises(FileProblem, match="plan_changed_outside"):
            store.read()
        assert store.keep_as_it_is(NOW)
        assert texts(store) == ["Ask Kim"]


class TestWriting:
    @pytest.mark.parametrize(
        ("key", "document"),
        [
            ("1", {"n": float("nan")}),
            ("1", {"n": float("inf")}),
            ("1", {"text": "\ud800"}),
            ("1", {"text": NOW}),
            ("1", {"text": {1, 2}}),
            ("1", ["no", "document"]),
            ("1", "no document"),
            ("one", {}),
            ("-1", {}),
            ("01", {}),
            ("²", {}),
            ("", {}),
        ],
    )
    def test_what_no_plan_can_hold_is_refused(self, key: str, document: Any) -> None:
        with pytest.raises(AnswerRefused) as problem:
            record_line(key, document)
        assert (str(problem.value), problem.value.values) == ("value_not_kept", {})
        assert problem.value.__context__ is None or problem.value.__suppress_context__


CUT_TABLES = {"goals": {"1": {"id": "a", "title": "¿Qué?"}}, "steps": {"1": {"id": "b"}, "2": {"id": "c"}}}


class TestDamage:
    def test_every_cut_is_refused_or_right(self) -> None:
        data = written(CUT_TABLES)
        seen: set[object] = set()
        for length in range(len(data)):
            try:
                content = parse(data[:length], "plan.json")
            except FileProblem as problem:
                seen.add(problem.key)
            else:  # only the last line end is gone
                assert content.tables == CUT_TABLES
                assert not content.is_sealed
                seen.add(length - len(data))
        assert seen == {"plan_empty", "plan_cut", -1}

    def test_a_cut_file_with_zeros_for_the_rest_is_refused(self) -> None:
        data = written(CUT_TABLES)
        for length in range(len(data)):
            assert key_of(data[:length] + bytes(len(data) - length)) in {"plan_empty", "plan_cut", "plan_not_ours"}

    @pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n", bytes(4096)])
    def test_an_empty_file_is_never_new(self, data: bytes) -> None:
        assert key_of(data) == "plan_empty"

    def test_no_damage_shows_anything_wrong(self) -> None:
        data = written(CUT_TABLES)
        chance = random.Random(7)
        refused = 0
        for _ in range(4000):
            broken = damage(data, chance)
            try:
                content = parse(broken, "plan.json")
            except FileProblem:
                refused += 1
                continue
            # it may be read, but then it is either what was written, or known to be another file
            assert not content.is_sealed or content.tables == CUT_TABLES
            assert content.is_sealed == (broken == data)
        assert refused > 2000

    @pytest.mark.parametrize(
        "data",
        [
            b"hello",
            b"[]",
            b"null",
            b"{}",
            b'{"goals": {"1": {"title": "x"}}}',
            b'{"_file": {"1": {"format": "something else"}}}',
            b'{"_file": []}',
            b"\x89PNG\r\n\x1a\n\0\0",
            "cañón".encode("latin-1"),
            b"rchrp: yaml",
        ],
    )
    def test_what_is_not_ours(self, data: bytes) -> None:
        assert key_of(data) == "plan_not_ours"

    def test_what_is_far_too_large_is_not_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(plan_file, "LARGEST", 100)
        assert key_of(written()) == "plan_not_ours"


def damage(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.choice([1, 1, 2, 7, 40]))
    bit = bytes([data[start] ^ 1 << chance.randrange(8)])
    piece = data[chance.randrange(len(data)) :][: end - start]
    return chance.choice(
        [
            data[:start] + bit + data[start + 1 :],
            data[:start] + data[end:],
            data[:start] + bytes(end - start) + data[end:],
            data[:start] + data[start:end] + data[start:],
            data[:start] + piece + data[end:],
            data[:start],
        ]
    )


def with_body(body: str) -> bytes:
    return sealed(f"{head()},\n{body}")


HOSTILE = {
    "not a number": '"goals": {\n"1": {"n": NaN}\n}}\n',
    "infinity": '"goals": {\n"1": {"n": -Infinity}\n}}\n',
    "too large a number": '"goals": {\n"1": {"n": 1e400}\n}}\n',
    "too many digits": '"goals": {\n"1": {"n": ' + "9" * 6000 + "}\n}}\n",
    "half a character": '"goals": {\n"1": {"title": "\\ud800"}\n}}\n',
    "half a character as a key": '"goals": {\n"1": {"\\udfff": 1}\n}}\n',
    "half a character as a table": '"\\ud8ff": {\n}}\n',
    "half a character in bytes": '"goals": {\n"1": {"title": "\ud800"}\n}}\n',
    "the same key twice": '"goals": {\n"1": {"title": "a", "title": "b"}\n}}\n',
    "the same record twice": '"goals": {\n"1": {"title": "a"},\n"1": {"title": "b"}\n}}\n',
    "the same table twice": '"goals": {\n"1": {}\n},\n"goals": {\n"2": {}\n}}\n',
    "deep lists": '"goals": {\n"1": {"n": ' + "[" * 100 + "]" * 100 + "}\n}}\n",
    "endless lists": '"goals": {\n"1": {"n": ' + "[" * 200_000 + "]" * 200_000 + "}\n}}\n",
    "endless lists, never closed": '"goals": {\n"1": {"n": ' + '{"a":[' * 200_000,
    "a table that is a list": '"goals": []}\n',
    "a table that is text": '"goals": "1"}\n',
    "a record that is a list": '"goals": {\n"1": []\n}}\n',
    "a record that is null": '"goals": {\n"1": null\n}}\n',
    "a key that is no number": '"goals": {\n"one": {}\n}}\n',
    "a key with zeros before it": '"goals": {\n"01": {}\n}}\n',
    "a second _file": '"_file": {\n"1": {}\n}}\n',
    "more after the end": '"goals": {\n"1": {}\n}}\n{}\n',
    "no end": '"goals": {\n"1": {}\n',
    "a comma too many": '"goals": {\n"1": {},\n}}\n',
    "a comma too few": '"goals": {\n"1": {}\n"2": {}\n}}\n',
}


class TestHostile:
    @pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
    def test_even_with_a_checksum_that_fits_it_is_refused(self, body: str) -> None:
        assert key_of(with_body(body)) == "plan_cut"

    @pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
    def test_and_without(self, body: str) -> None:
        assert key_of(f"{head()},\n{body}".encode("utf-8", "surrogatepass")) == "plan_cut"

    @pytest.mark.parametrize(
        "line",
        [
            head(generation=-1),
            head(schema="[1]"),
            head(schema='"1.0"'),
            head(schema="[true, false]"),
            head(schema="[1.0, 0]"),
            head(plan=""),
            head(plan="x" * 65),
            head(plan="\u00f1"),
            head().replace('"generation": 3', '"generation": "3"'),
            head().replace('"generation": 3', '"generation": 3, "generation": 4'),
            head().replace('"generation": 3, ', ""),
        ],
    )
    def test_a_first_line_that_is_none(self, line: str) -> None:
        assert key_of(sealed(f"{line}}}\n")) in {"plan_not_ours", "plan_cut"}

    def test_another_form_with_a_checksum_that_fits_is_read_whole(self) -> None:
        data = with_body('"goals": {"1": {"id": "a"},\n"2": {"id": "b"}}}\n')
        content = parse(data, "")
        assert content.tables == {"goals": {"1": {"id": "a"}, "2": {"id": "b"}}}
        assert content.lines == lines_of(content.tables)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
    def test_saved_anew_by_an_editor_it_is_changed_outside(self, encoding: str) -> None:
        content = parse(written().decode().replace("\n", "\r\n").encode(encoding), "")
        assert content.tables == TABLES
        assert not content.is_sealed


class TestSchema:
    def test_a_newer_major_is_refused_untouched(self, store: PlanStore, places: Places) -> None:
        data = sealed(f"{head(schema='[2, 0]')},\nwhatever comes then")
        put_plan(places, data)
        for call in (store.read, lambda: add(store), lambda: store.undo(NOW), lambda: store.keep_as_it_is(NOW)):
            with pytest.raises(FileProblem, match="plan_newer_schema"):
                call()
        for mend in (store.set_aside_and_use_backup, store.set_aside_and_start_new):
            with pytest.raises(FileProblem, match="plan_newer_schema"):
                mend(NOW)
        assert plan_bytes(places) == data
        assert [path.name for path in Path(places.data).iterdir() if path.suffix != ".lock"] == ["plan.json"]

    def test_a_newer_minor_is_opened_and_kept(self, store: PlanStore, places: Places) -> None:
        body = (
            '"dreams": {\n"4": {"id": "d", "colour": {"deep": [1, 2]}},\n"7": {"no": "id"}\n},\n'
            '"steps": {\n"2": {"id": "s", "revision": 4, "text": "Ask", "mood": "calm"}\n}}\n'
        )
        put_plan(places, sealed(f"{head(schema='[1, 7]', generation=9)},\n{body}"))
        edit(store, "s", text="Ask again")
        after = json.loads(plan_bytes(places))
        about = after.pop("_file")["1"]
        assert (about["schema"], about["generation"], about["plan"]) == ([1, 7], 10, "b6c1")
        assert after["dreams"] == {"4": {"id": "d", "colour": {"deep": [1, 2]}}, "7": {"no": "id"}}
        step = after["steps"]["2"]
        assert (step["mood"], step["text"], step["revision"]) == ("calm", "Ask again", 5)
        assert store.read().tables["dreams"] == {"d": {"id": "d", "colour": {"deep": [1, 2]}}, "#7": {"no": "id"}}

    def test_an_older_minor_is_raised(self, monkeypatch: pytest.MonkeyPatch, store: PlanStore, places: Places) -> None:
        add(store)
        monkeypatch.setattr("rchrp_goals.store.storage.SCHEMA", (1, 3))
        with store.change(DONE, NOW) as change:
            change.put("goals", {"title": "x"})
        assert json.loads(plan_bytes(places))["_file"]["1"]["schema"] == [1, 3]
