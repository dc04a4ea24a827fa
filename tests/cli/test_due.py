"""``due``: what it says, what it costs, and that it leaves everything as it was."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rchrp_goals import cli
from rchrp_goals.remind.due import sentence, waiting
from tests.cli.calling import Caller

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
ONE = {"en": "1 thing waits\n", "es": "1 cosa espera\n"}
FEW = {"en": "a few things wait\n", "es": "algunas cosas esperan\n"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# What it says


def test_without_a_plan_it_says_nothing_and_makes_nothing(spoken: Caller) -> None:
    for line in (["due"], ["due", "--titles"], ["due", "--exit-code"], ["--lang", "es", "due"]):
        assert spoken(*line) == (0, "", "")
    assert not spoken.data.exists()


def test_nothing_due_says_nothing(call: Caller) -> None:
    call.add("Write to the service", "--by", "tomorrow")
    call.add("Some day")
    assert call("due") == (0, "", "")
    assert call("due", "--titles") == (0, "", "")
    assert call("due", "--exit-code") == (0, "", "")


def test_one_thing_waits_and_from_two_on_a_few(spoken: Caller) -> None:
    spoken.add("Write to the service", "--by", "2026-11-05")
    assert spoken("due") == (0, ONE[spoken.language], "")
    for number in range(4):
        spoken.add(f"Another {number}", "--by", "2026-11-04")
    assert spoken("due") == (0, FEW[spoken.language], "")


def test_titles_come_only_when_they_are_asked_for(call: Caller) -> None:
    call.add("Write to the service", "--by", "today")
    call.add("Ask Rosa", "--by", "2026-11-03")
    assert "Rosa" not in call("due").out
    assert call("due", "--titles").out == "Ask Rosa\nWrite to the service\n"


def test_an_exit_code_tells_when_something_is_due(call: Caller) -> None:
    call.add("Write to the service", "--by", "today")
    assert call("due", "--exit-code") == (10, ONE["en"], "")
    assert call("due", "--exit-code", "--titles").code == 10
    assert call("due", "--exit-code", "--json").code == 10


def test_json_is_one_document_without_words_unless_titles_are_asked_for(call: Caller) -> None:
    assert json.loads(call("due", "--json").out) == {"count": 0, "things": []}
    id = call.add("Write to the service", "--by", "today")
    thing = {"kind": "step", "id": id, "when": "2026-11-05"}
    assert json.loads(call("due", "--json").out) == {"count": 1, "things": [thing]}
    with_title = {**thing, "title": "Write to the service"}
    assert json.loads(call("due", "--json", "--titles").out)["things"] == [with_title]


def test_it_stays_right_as_days_pass_without_a_save(call: Caller) -> None:
    call.add("Write to the service", "--by", "2026-11-20")
    written = call.places.due, os.stat(call.places.due).st_mtime_ns
    assert call("due").out == ""
    call.clock.at = datetime(2026, 11, 19, 23, 59, tzinfo=UTC)
    assert call("due").out == ""
    call.clock.at = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    assert call("due").out == ONE["en"]
    assert written == (call.places.due, os.stat(call.places.due).st_mtime_ns)


def test_a_reminder_waits_for_its_instant(spoken: Caller) -> None:
    reminder = {"id": "reminder-1", "words": "values", "on": True, "next_at": "2026-11-05T20:00:01.000000Z"}
    spoken.put("reminders", {**reminder, "what": {"kind": "values"}})
    for language in ("en", "es"):  # from due.tsv, or from the plan
        spoken.clock.at = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
        assert spoken("--lang", language, "due").out == ""
        spoken.clock.at = datetime(2026, 11, 5, 20, 1, tzinfo=UTC)
        assert spoken("--lang", language, "due").out == ONE[language]


def test_what_was_put_off_stays_away_and_comes_back(call: Caller) -> None:
    from rchrp_goals.services.capture import not_now
    from rchrp_goals.services.context import Context

    id = call.add("Write to the service", "--by", "today")
    context = Context(call.places, {}, call.clock)
    not_now(context.store, "step", id, call.clock.today(), call.clock.now())
    assert call("due").out == ""
    call.clock.at = datetime(2026, 11, 6, 0, 0, tzinfo=UTC)
    assert call("due").out == ONE["en"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a zone is set for one process on Unix only")
@pytest.mark.parametrize(
    ("zone", "today"),
    [("UTC", "2026-11-05"), ("UTC-14", "2026-11-06"), ("UTC+12", "2026-11-05"), ("UTC+21", "2026-11-04")],
)
def test_a_day_begins_where_the_person_is(monkeypatch: pytest.MonkeyPatch, zone: str, today: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    monkeypatch.setattr(time, "time", lambda: NOW.timestamp())
    try:
        assert cli._time(None) == (today, "2026-11-05T20:00:00.999999Z")
    finally:
        monkeypatch.undo()
        time.tzset()


WEEKLY = {
    "id": "reminder-1", "what": {"kind": "plan"}, "words": "own", "text": "Look up", "on": True, "rule": "FREQ=WEEKLY",
    "next_at": "2026-11-05T19:00:00.000000Z", "then_at": ["2026-11-12T19:00:00.000000Z", "2026-11-19T19:00:00.000000Z"],
}  # fmt: skip


def test_a_reminder_asks_three_times_then_once_whether_it_is_useful_then_it_is_silent(call: Caller) -> None:
    call.put("reminders", WEEKLY)
    for is_from_file in (True, False):
        said = {}
        for day in (5, 12, 19, 20, 21, 30):
            call.clock.at = datetime(2026, 11, day, 20, tzinfo=UTC)
            if is_from_file:
                refresh(call)
            said[day] = call("due", "--titles").out
        assert said == {
            5: "Look up\n", 12: "Look up\n", 19: "Look up\n", 20: "Look up · still useful?\n", 21: "", 30: "",
        }  # fmt: skip
        Path(call.places.due).unlink(missing_ok=True)


def test_a_pause_and_quiet_hours_silence_it(call: Caller) -> None:
    call.add("Write to the service", "--by", "today")
    call.put("reminders", WEEKLY)
    call.put("reminder_settings", {"id": "settings-1", "quiet_from": 20, "quiet_to": 7, "pause_until": "2026-11-07"})
    for is_from_file in (True, False):
        if is_from_file:
            refresh(call)
        for day, hour, is_said in [(5, 19, False), (6, 12, False), (7, 6, False), (7, 7, True), (7, 20, False)]:
            call.clock.at = datetime(2026, 11, day, hour, 30, tzinfo=UTC)
            assert bool(call("due").out) is is_said, (day, hour)
            assert call("due", "--exit-code").code == (10 if is_said else 0)
        call.clock.at = datetime(2026, 11, 7, 8, tzinfo=UTC)
        things = json.loads(call("due", "--json").out)["things"]
        assert [one["when"] for one in things] == ["2026-11-07", "2026-11-07"]
        Path(call.places.due).unlink(missing_ok=True)
        call.clock.at = NOW


def refresh(call: Caller) -> None:
    """Write ``due.tsv`` as the program would at its next save."""
    from rchrp_goals.services.context import Context

    Context(call.places, {"LANG": "en"}).store.refresh_due()


# The file and the plan say the same


def test_another_language_is_read_from_the_plan(call: Caller) -> None:
    call.add("Write to the service", "--by", "today")
    assert call("due").out == ONE["en"]
    assert call("--lang", "es", "due").out == ONE["es"]
    assert call("due", "--lang=en").out == ONE["en"]


@pytest.mark.parametrize("spoil", ["remove", "cut", "stale", "other"])
def test_a_due_file_that_does_not_fit_is_not_believed(call: Caller, spoil: str) -> None:
    call.add("Write to the service", "--by", "today")
    path = Path(call.places.due)
    text = path.read_text(encoding="utf-8")
    if spoil == "remove":
        path.unlink()
    elif spoil == "cut":
        path.write_text(text[:-9], encoding="utf-8")
    elif spoil == "stale":
        os.utime(call.places.plan, (1, 1))
    else:
        path.write_text("due9\t" + text, encoding="utf-8")
    assert call("due").out == ONE["en"]
    assert call("due", "--titles").out == "Write to the service\n"


def test_the_file_and_the_plan_agree_about_everything(call: Caller) -> None:
    goal = {"id": "goal-0001", "title": "Goal", "state": "active", "review_on": "2026-11-05"}
    call.put("goals", goal)
    call.put("learning", {"id": "learn-001", "title": "Evening", "state": "planned", "planned_for": "2026-11-04"})
    call.put("check_ins", {"id": "check-001", "with": "self", "at": "2026-10-05", "next_on": "2026-11-05"})
    reminder = {"id": "reminder-1", "words": "look_again", "on": True, "next_at": "2026-11-05T09:00:00.000000Z"}
    call.put("reminders", {**reminder, "what": {"kind": "plan"}})
    call.add("Ask Rosa", "--by", "2026-11-01")
    from rchrp_goals.services.context import Context

    Context(call.places, {"LANG": "en"}).store.refresh_due()
    from_file = call("due", "--titles")
    os.unlink(call.places.due)
    assert call("due", "--titles") == from_file
    assert from_file.out.splitlines() == [
        "Ask Rosa",
        "Learning: Evening",
        "A check-in",
        "Look at this goal again: Goal",
        "Look at your plan again",
    ]


# What it leaves alone


def test_it_works_in_a_read_only_folder_and_touches_nothing(call: Caller) -> None:
    call.add("Write to the service", "--by", "today")
    before = {path.name: path.stat().st_mtime_ns for path in call.data.iterdir()}
    call.data.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert call("due").out == ONE["en"]
        assert call("--lang", "es", "due", "--titles").out == "Write to the service\n"
    finally:
        call.data.chmod(0o700)
    assert {path.name: path.stat().st_mtime_ns for path in call.data.iterdir()} == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1, 2]", b"not ours", b"\x00" * 50, b'{"_file": {"1": {"format": "other"}}}'],
)
def test_a_damaged_plan_is_exit_3_with_a_sentence_and_is_left_as_it_is(spoken: Caller, content: bytes) -> None:
    spoken.add("A private sentence", "--by", "today")
    plan = Path(spoken.places.plan)
    plan.write_bytes(content)
    before = names(spoken.data)
    code, out, err = spoken("due")
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1
    assert "private" not in err
    assert plan.read_bytes() == content
    assert names(spoken.data) == before


def test_a_plan_that_was_changed_outside_is_exit_3(call: Caller) -> None:
    call.add("A private sentence", "--by", "today")
    plan = Path(call.places.plan)
    plan.write_bytes(plan.read_bytes().replace(b"private", b"publish"))
    code, out, err = call("due", "--titles")
    assert (code, out) == (3, "")
    assert "sentence" not in err.replace("A sentence", "")


def test_hostile_text_reaches_no_terminal(call: Caller) -> None:
    call.put("steps", {"id": "step-0001", "text": "a\x1b]52;c;eA==\x07b\u202ec [red]x[/]", "state": "planned",
                       "due": "2026-11-01"})  # fmt: skip
    for line in (["due", "--titles"], ["--lang", "es", "due", "--titles"]):
        out = call(*line).out
        assert out == "abc [red]x[/]\n"
    document = call("due", "--json", "--titles").out
    assert "\x1b" not in document
    assert "\u202e" not in document
    json.loads(document)


def test_wrong_use_is_exit_2(spoken: Caller) -> None:
    assert spoken("due", "--coach").code == 2
    assert spoken("due", "now").code == 2
    assert spoken("--lang", "fr", "due").code == 2


# What has come


def test_a_line_waits_when_every_part_of_its_when_has_come() -> None:
    lines = [
        ("2026-11-05", "step", "1", ""),
        ("2026-11-06", "step", "2", ""),
        ("2026-11-05T19:59:59.000000Z", "reminder", "3", ""),
        ("2026-11-05T20:00:01.000000Z", "reminder", "4", ""),
        ("2026-11-06 2026-11-05T10:00:00.000000Z", "reminder", "5", ""),
        ("2026-11-05 2026-11-05T10:00:00.000000Z", "reminder", "6", ""),
    ]
    found = waiting(lines, "2026-11-05", "2026-11-05T20:00:00.000000Z")
    assert [id for _, _, id, _ in found] == ["1", "3", "6"]


def test_nothing_counts_up() -> None:
    assert [sentence(n, "one", "few") for n in (1, 2, 3, 50)] == ["one", "few", "few", "few"]


# What it costs

LIGHT = {
    "__future__", "rchrp_goals", "rchrp_goals.arguments", "rchrp_goals.cli", "rchrp_goals.cli_streams",
    "rchrp_goals.errors", "rchrp_goals.languages",
}  # fmt: skip
WITH_PLACES = LIGHT | {"rchrp_goals.store", "rchrp_goals.store.places"}
ALLOWED = {
    "--version": LIGHT,
    "--help": WITH_PLACES | {"prompts"},
    "due": WITH_PLACES
    | {"rchrp_goals.store.due_file", "rchrp_goals.remind", "rchrp_goals.remind.due", "rchrp_goals.plan"}
    | {"rchrp_goals.plan.text"},
}
"""All that these three may load beyond what Python itself has loaded; ``os``, ``sys`` and ``time`` are there."""

PROGRAM = """
import sys
before = set(sys.modules)
from rchrp_goals.cli import run
sys.argv[0] = "rchrp-goals"
code = run()
print(*sorted(set(sys.modules) - before), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize("line", ["--version", "--help", "--lang es --help", "due", "due --titles"])
def test_the_quick_ones_load_next_to_nothing(call: Caller, line: str) -> None:
    call.add("Escribir al servicio, mañana", "--by", "today")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *line.split()],
        env={**os.environ, "RCHRP_GOALS_DATA": str(call.data), "LANG": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    loaded = set(done.stderr.split())
    command = next(word for word in line.split() if word in ALLOWED)
    assert loaded <= ALLOWED[command], sorted(loaded - ALLOWED[command])
