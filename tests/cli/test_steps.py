"""``add``, ``done`` and ``goals``: contract, both languages, hostile text, damaged and busy folders."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.store.locks import PlanLock, WindowLock
from rchrp_goals.store.plan_store import PlanStore, What
from tests.cli.calling import Caller

ADDED = {"en": "Added: ", "es": "Agregado: "}
DONE = {"en": "Done: ", "es": "Hecho: "}
HOSTILE = ["[/]", "[red]x", "[@click=app.quit]x[/]", "a\x1b[31mb", "a\x1b]52;c;aGk=\x07b", "a\u202eb", "a\udcffb"]


def steps(call: Caller) -> list[dict[str, Any]]:
    return [{key: one.get(key) for key in ("text", "state", "due", "goal")} for one in call.tables["steps"].values()]


def goal(call: Caller, id: str = "aaaa1111-0000", **more: Any) -> str:
    call.put("goals", {"id": id, "title": f"Goal {id[:8]}", "state": "active", **more})
    return id


# add


def test_add_makes_the_plan_and_prints_the_id_and_a_sentence(spoken: Caller) -> None:
    code, out, err = spoken("add", "Write to the service")
    assert code == 0
    (id,) = spoken.tables["steps"]
    assert out == id[:4] + "\n"
    assert err.startswith(ADDED[spoken.language] + "Write to the service\n")
    assert steps(spoken) == [{"text": "Write to the service", "state": "planned", "due": None, "goal": None}]
    assert stat.S_IMODE(spoken.data.stat().st_mode) == 0o700


def test_a_text_may_stand_without_quotes_and_be_read_from_stdin(call: Caller) -> None:
    call("add", "ask", "Rosa", "first")
    call("add", "-", stdin="from a file\nof two lines\n")
    assert [one["text"] for one in steps(call)] == ["ask Rosa first", "from a file of two lines"]


def test_without_a_text_nobody_is_asked_where_nobody_sits(spoken: Caller) -> None:
    code, out, err = spoken("add", stdin="Write to the service\n")
    assert (code, out) == (2, "")
    assert err
    assert not spoken.data.exists()


def test_on_a_terminal_it_asks(spoken: Caller) -> None:
    code, out, err = spoken("add", stdin="Write to the service\n", is_typed=True)
    assert code == 0
    assert len(out.strip()) == 4
    assert err.index("?") < err.index(ADDED[spoken.language])
    assert steps(spoken)[0]["text"] == "Write to the service"


@pytest.mark.parametrize("typed", ["\n", "", "   \n"])
def test_on_a_terminal_an_empty_line_adds_nothing(call: Caller, typed: str) -> None:
    assert call("add", stdin=typed, is_typed=True)[:2] == (1, "")
    assert not call.data.exists()


def test_a_day_is_echoed_in_full(call: Caller) -> None:
    assert "Tuesday 1 December 2026" in call("add", "x y", "--by", "1 dic").err
    call.language = "es"
    assert "martes 1 de diciembre de 2026" in call("add", "x y", "--by=1 Dec").err
    assert [one["due"] for one in steps(call)] == ["2026-12-01", "2026-12-01"]


def test_a_day_that_is_past_is_kept_and_said(spoken: Caller) -> None:
    code, _, err = spoken("add", "x y", "--by", "2026-11-01")
    assert code == 0
    assert len(err.splitlines()) == 3
    assert steps(spoken)[0]["due"] == "2026-11-01"


def test_a_day_that_reads_two_ways_is_never_guessed(spoken: Caller) -> None:
    code, out, err = spoken("add", "x y", "--by", "12/1")
    assert (code, out) == (2, "")
    both = {
        "en": ("Tuesday 1 December 2026", "Tuesday 12 January 2027"),
        "es": ("martes 1 de diciembre de 2026", "martes 12 de enero de 2027"),
    }
    assert all(day in err for day in both[spoken.language])
    assert not spoken.data.exists()


def test_on_a_terminal_it_asks_which_day_and_remembers_the_order(call: Caller) -> None:
    assert call("add", "x y", "--by", "12/1", stdin="2\n", is_typed=True).code == 0
    assert call("add", "x z", "--by", "10/2").code == 0
    assert [one["due"] for one in steps(call)] == ["2027-01-12", "2027-02-10"]


@pytest.mark.parametrize("typed", ["3\n", "0\n", "x\n", "\n", "", "12\n"])
def test_on_a_terminal_another_answer_changes_nothing(call: Caller, typed: str) -> None:
    code, out, err = call("add", "x y", "--by", "12/1", stdin=typed, is_typed=True)
    assert (code, out) == (1, "")
    assert err
    assert not Path(call.places.plan).exists()


@pytest.mark.parametrize("said", ["someday", "", "13/13", "x" * 5_000])
def test_what_is_no_day_is_exit_2(spoken: Caller, said: str) -> None:
    code, out, err = spoken("add", "x y", f"--by={said}")
    assert (code, out) == (2, "")
    assert len(err) < 300
    assert not spoken.data.exists()


def test_a_step_goes_to_the_goal_that_an_id_begins(call: Caller) -> None:
    goal(call, "aaaa1111-0000")
    goal(call, "aaaa2222-0000")
    assert call("add", "x y", "--goal", "aaaa2").code == 0
    assert steps(call)[0]["goal"] == "aaaa2222-0000"
    assert call("add", "x y", "--goal", "aaaa").code == 2
    assert call("add", "x y", "--goal", "bbbb").code == 1
    assert call("add", "x y", "--goal", "").code == 1
    assert len(steps(call)) == 1


def test_a_new_step_stands_after_the_others(call: Caller) -> None:
    id = goal(call)
    call.put("steps", {"id": "step-0001", "text": "first", "state": "planned", "goal": id, "order": 3})
    call("add", "second", "--goal", id)
    assert [one.get("order") for one in call.tables["steps"].values()] == [3, 3]
    assert json.loads(call("goals", "--json").out)["goals"][0]["steps"][1]["text"] == "second"


def test_ids_are_as_long_as_they_must_be(call: Caller) -> None:
    for number in range(40):
        call.put("steps", {"id": f"abcde{number:03}", "text": "x", "state": "planned"})
    shown = [line.split()[0] for line in call("goals").out.splitlines()[1:]]
    assert len(set(shown)) == 40
    assert {len(id) for id in shown} == {8}
    assert all(call("done", id).code == 0 for id in shown[:3])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_without_its_codes_and_shown_as_text(call: Caller, text: str) -> None:
    for argv, stdin in ((["add", text], ""), (["add", "-"], text)):
        code, _, err = call(*argv, stdin=stdin)
        assert code == 0
        assert not set(err) & {"\x1b", "\x07", "\u202e"}
    assert call("goals").out.count("\n") == 3
    for one in steps(call):
        assert one["text"] in {"[/]", "[red]x", "[@click=app.quit]x[/]", "ab"}


def test_codes_that_were_left_out_are_said(call: Caller) -> None:
    assert len(call("add", "a\x1b[31mb").err.splitlines()) == len(call("add", "a b").err.splitlines()) + 1


@pytest.mark.parametrize("text", ["", "   ", "\x1b[31m", "\u200b"])
def test_a_text_of_which_nothing_is_left_is_refused(spoken: Caller, text: str) -> None:
    code, out, err = spoken("add", text)
    assert (code, out) == (1, "")
    assert err
    assert not Path(spoken.places.plan).exists()


def test_a_text_over_its_cap_is_refused_and_kept_out_of_every_file(spoken: Caller) -> None:
    spoken("add", "before")
    code, out, err = spoken("add", "-", stdin="secret" * 20_000)
    assert (code, out) == (1, "")
    assert "120000" in err
    assert "secret" not in err
    assert len(err) < 300
    for path in spoken.data.rglob("*"):
        assert path.is_dir() or b"secret" not in path.read_bytes()


def test_bytes_that_are_no_utf8_are_left_out(call: Caller) -> None:
    assert call("add", "-", stdin=b"caf\xe9 at nine").code == 0
    assert steps(call)[0]["text"] == "caf at nine"


# done


def test_done_marks_a_step_by_any_beginning_of_its_id(spoken: Caller) -> None:
    id = spoken.add("Write to the service")
    code, out, err = spoken("done", id[:5].upper())
    assert (code, out) == (0, "")
    assert err == f"{DONE[spoken.language]}Write to the service\n"
    record = spoken.tables["steps"][id]
    assert (record["state"], record["done_on"]) == ("done", "2026-11-05")


def test_done_twice_changes_nothing_more(call: Caller) -> None:
    id = call.add("Write to the service")
    call("done", id)
    before = Path(call.places.plan).read_bytes()
    assert call("done", id).code == 0
    assert Path(call.places.plan).read_bytes() == before


def test_an_id_of_two_steps_or_none_changes_nothing(spoken: Caller) -> None:
    for id in ("abcd-0001", "abcd-0002"):
        spoken.put("steps", {"id": id, "text": "x", "state": "planned"})
    before = Path(spoken.places.plan).read_bytes()
    assert spoken("done", "abcd").code == 2
    assert spoken("done", "zzzz").code == 1
    assert spoken("done", "").code == 1
    assert spoken("done", "-", stdin="abcd-0002\n").code == 0
    assert before != Path(spoken.places.plan).read_bytes()
    assert spoken.tables["steps"]["abcd-0001"]["state"] == "planned"


def test_a_removed_step_cannot_be_done(call: Caller) -> None:
    id = call.add("Write to the service")
    with PlanStore(call.places).change(What("test"), call.clock.now()) as change:
        change.remove("steps", id)
    assert call("done", id).code == 1


def test_done_without_an_id_asks_only_where_somebody_sits(spoken: Caller) -> None:
    first = spoken.add("First", "--by", "today")
    second = spoken.add("Second", "--by", "tomorrow")
    assert spoken("done", stdin="1\n").code == 2
    assert spoken("done", stdin="\n", is_typed=True).code == 0
    assert spoken("done", stdin="3\n", is_typed=True).code == 1
    assert {one["state"] for one in steps(spoken)} == {"planned"}
    code, out, err = spoken("done", stdin="2\n", is_typed=True)
    assert (code, out) == (0, "")
    assert "1  First" in err
    assert spoken.tables["steps"][second]["state"] == "done"
    assert spoken.tables["steps"][first]["state"] == "planned"


def test_done_without_any_step_says_so(spoken: Caller) -> None:
    code, out, err = spoken("done", is_typed=True)
    assert (code, out) == (0, "")
    assert err
    assert not spoken.data.exists()


# goals


def test_goals_without_a_plan_says_so_and_makes_nothing(spoken: Caller) -> None:
    code, out, err = spoken("goals")
    assert (code, out) == (0, "")
    assert "rchrp-goals begin" in err
    code, out, err = spoken("goals", "--json")
    assert (code, json.loads(out)) == (0, {"goals": [], "inbox": []})
    assert "rchrp-goals begin" in err
    assert not spoken.data.exists()


def test_goals_shows_goals_with_their_steps_then_the_inbox(call: Caller) -> None:
    goal(call, "aaaa1111-0000", state="paused")
    goal(call, "bbbb1111-0000")
    for id, more in {
        "1111-0001": {"goal": "bbbb1111-0000", "due": "2026-11-05"},
        "2222-0002": {"goal": "bbbb1111-0000", "due": "2026-12-01"},
        "3333-0003": {"goal": "aaaa1111-0000", "state": "done", "done_on": "2026-11-01"},
        "4444-0004": {},
    }.items():
        call.put("steps", {"id": id, "text": f"Step {id[0]}", "state": "planned", **more})
    assert call("goals").out == (
        "bbbb  Goal bbbb1111\n"
        "    1111  Step 1 · today\n"
        "    2222  Step 2 · Tue 1 Dec\n"
        "aaaa  Goal aaaa1111 · paused\n"
        "    3333  Step 3 · done\n"
        "Steps without a goal\n"
        "    4444  Step 4\n"
    )
    assert call("--lang", "es", "goals").out == (
        "bbbb  Goal bbbb1111\n"
        "    1111  Step 1 · hoy\n"
        "    2222  Step 2 · mar 1 dic\n"
        "aaaa  Goal aaaa1111 · en pausa\n"
        "    3333  Step 3 · hecho\n"
        "Pasos sin meta\n"
        "    4444  Step 4\n"
    )


def test_goals_json_has_the_keys_that_help_documents(call: Caller) -> None:
    id = goal(call, review_on="2026-12-21", why="a reason that stays here")
    call.add("Write to the service", "--goal", id, "--by", "2026-12-01")
    call.add("Inbox")
    document = json.loads(call("goals", "--json").out)
    assert sorted(document) == ["goals", "inbox"]
    assert sorted(document["goals"][0]) == ["id", "review_on", "state", "steps", "title"]
    assert sorted(document["inbox"][0]) == ["done_on", "due", "id", "moment", "state", "text"]
    told = call("goals", "--help").out
    assert all(key in told for part in (document, document["goals"][0], document["inbox"][0]) for key in part)
    assert "a reason" not in json.dumps(document)


def test_hostile_records_are_shown_as_text(call: Caller) -> None:
    goal(call, title="a\x1b[2Jb\nc\u202ed")
    call.put("steps", {"id": "step-0001", "text": "x\x9b31my\x07", "state": "planned"})
    shown = call("goals").out
    assert shown == "aaaa  ab cd\nSteps without a goal\n    step  xy\n"
    document = call("goals", "--json").out
    assert document.isascii()
    json.loads(document)


# Files that do not play along


@pytest.mark.parametrize("argv", [["goals"], ["goals", "--json"], ["add", "x y"], ["done", "abcd"], ["done"]])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"_file": {"1": {"format": "x"}}}'])
def test_a_damaged_plan_is_exit_3_and_is_left_as_it_is(call: Caller, argv: list[str], content: bytes) -> None:
    call.add("A private sentence")
    Path(call.places.plan).write_bytes(content)
    code, out, err = call(*argv)
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1
    assert "private" not in err
    assert Path(call.places.plan).read_bytes() == content


def test_add_works_while_the_window_is_open(call: Caller) -> None:
    window = WindowLock(call.places)
    assert window.acquire()
    try:
        id = call.add("Write to the service")
        assert call("done", id).code == 0
    finally:
        window.release()


def test_a_plan_that_is_being_written_is_exit_4(spoken: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken.add("Before")
    patience = PlanStore.__init__.__kwdefaults__
    assert patience is not None
    monkeypatch.setitem(patience, "patience", 0.05)
    before = Path(spoken.places.plan).read_bytes()
    with PlanLock(spoken.places):
        code, out, err = spoken("add", "Another")
    assert (code, out) == (4, "")
    assert err
    assert Path(spoken.places.plan).read_bytes() == before


def test_a_folder_that_cannot_be_made_is_exit_1(spoken: Caller, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, out, err = spoken("--data", str(tmp_path / "file" / "data"), "add", "x y")
    assert (code, out) == (1, "")
    assert err


def test_an_empty_data_folder_name_never_reaches_for_the_own_plan(spoken: Caller) -> None:
    assert spoken("--data", "", "add", "x y").code == 2
    assert spoken("--data=", "due").code == 2


def test_a_bad_setting_is_said_and_the_command_works(call: Caller) -> None:
    call.add("Write to the service")
    Path(call.places.settings).write_text('face = "hologram"\nlanguage = "es"\n', encoding="utf-8")
    code, out, err = call("goals")
    assert code == 0
    assert out.startswith("Pasos sin meta\n")
    assert err


def test_settings_speak_the_language_unless_the_call_does(call: Caller) -> None:
    call.data.mkdir()
    Path(call.places.settings).write_text('language = "es"\n', encoding="utf-8")
    assert call("add", "x y").err.startswith(ADDED["es"])
    assert call("--lang", "en", "add", "x z").err.startswith(ADDED["en"])
    assert call("jump").err.startswith("Ese comando")
    assert call("--help").out.startswith("rchrp-goals: un lugar")


def test_each_is_one_change(call: Caller) -> None:
    id = call.add("Write to the service")
    call("done", id)
    store = PlanStore(call.places)
    now = datetime(2026, 11, 5, 21, 0, tzinfo=UTC)
    store.undo(now)
    assert store.read().tables["steps"][id]["state"] == "planned"
    store.undo(now)
    assert store.read().records("steps") == []
