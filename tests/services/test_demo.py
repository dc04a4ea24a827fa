"""The sample plans: the same on the same day, alike in both languages, nobody's own, and good to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals import content
from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.plan import glance, lenient
from rchrp_goals.plan.records import TABLES, checked
from rchrp_goals.services import demo
from rchrp_goals.services.home import HomeView, home_of
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import PlanStore
from tests.services.desk import StillClock

SMALL = sorted(set(demo.VARIANTS) - {"big"})
MADE_UP = ("Ana", "Marcus", "Rosa", "Dee", "Lena")


def sample(variant: str, language: str = "en", clock: StillClock | None = None) -> demo.Tables:
    return demo.VARIANTS[variant](Words(language), clock or StillClock())


def home(variant: str, language: str) -> HomeView:
    clock = StillClock()
    return home_of(sample(variant, language), Words(language), clock.today(), clock.now())


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def shape(value: Any) -> Any:
    """Return a value without its words: keys, kinds, lengths of lists, and all that is no text."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return str if isinstance(value, str) else value


# The same each time, and each day alive


@pytest.mark.parametrize("variant", SMALL)
def test_the_same_day_gives_the_same_file(variant: str, tmp_path: Path) -> None:
    plans = []
    for name in ("one", "other"):
        places = Places(str(tmp_path / name))
        demo.make(places, Words("es"), StillClock(), variant)
        plans.append(Path(places.plan).read_bytes())
    assert plans[0] == plans[1]


@given(st.dates(date(2025, 1, 1), date(2032, 12, 31)))
def test_on_any_day_the_next_step_is_of_that_day_and_nothing_was_written_ahead(day: date) -> None:
    clock = StillClock()
    clock.at = clock.at.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0)
    tables = sample("full", clock=clock)
    following = glance.next_thing(tables, day, clock.now())
    assert following is not None
    assert (following.row.kind, following.row.on) == ("step", day)
    written = [one[key] for table in tables.values() for one in table.values() for key in ("created_at", "updated_at")]
    assert max(written) <= lenient.instant_text(clock.now())
    (rule,) = tables["renewal"].values()
    assert date.fromisoformat(rule["cycle_start"]).day == 1


def test_one_save_writes_it_and_undo_leaves_it(tmp_path: Path) -> None:
    places, clock = Places(str(tmp_path)), StillClock()
    demo.make(places, Words("en"), clock)
    store = PlanStore(places)
    before = store.read()
    assert before.generation == 1
    assert store.undo(clock.now()) is None
    assert store.read().tables == before.tables
    assert Path(places.due).read_text(encoding="utf-8").count("Ask Rosa") == 1


# Both languages


@pytest.mark.parametrize("variant", SMALL)
def test_both_languages_hold_the_same_lives(variant: str) -> None:
    en, es = (sample(variant, language) for language in LANGUAGES)
    assert list(en) == list(es)
    for table in en:
        assert list(en[table]) == list(es[table]), table
        for id, record in en[table].items():
            other = {**es[table][id]}
            if table == "renewal":  # the names of its categories are words
                record, other = ({**one, "rule": {**one["rule"], "minima": 0}} for one in (record, other))
            assert shape(record) == shape(other), (table, id)


def test_spanish_was_written_in_spanish() -> None:
    en, es = (dict(leaves(content.table(language, "demo"))) for language in LANGUAGES)
    alike = {path for path, said in en.items() if said == es[path]}
    assert all(en[path] in MADE_UP for path in alike), alike
    assert abs(sum(map(len, en.values())) - sum(map(len, es.values()))) < 0.25 * sum(map(len, en.values()))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    else:
        yield path, value


# Records, and nobody's own life


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", sorted(demo.VARIANTS))
def test_every_record_is_as_its_model_keeps_it(variant: str, language: str) -> None:
    tables = sample(variant, language)
    for name, records in tables.items():
        for id, record in records.items():
            assert record["id"] == id
            assert covers(checked(name, record), record), (name, record)


def covers(kept: Any, said: Any) -> bool:
    """Tell whether a model kept all that was said; defaults may stand beside it."""
    if isinstance(said, dict):
        return all(key in kept and covers(kept[key], value) for key, value in said.items())
    if isinstance(said, list):
        return len(kept) == len(said) and all(map(covers, kept, said))
    return bool(kept == said)


def test_the_whole_life_has_something_of_every_kind() -> None:
    tables = sample("full")
    states = [goal["state"] for goal in tables["goals"].values()]
    assert sorted(states) == ["active", "active", "done", "exploring", "let_go", "paused"]
    assert {one["state"] for one in tables["learning"].values()} == {"idea", "planned", "under_way", "done", "let_go"}
    assert {one["state"] for one in tables["steps"].values()} == {"planned", "done", "let_go"}
    assert sum(one.get("hours", 0) for one in tables["learning"].values() if one["state"] == "done") == 22.5
    assert sum(one["minutes"] for one in tables["supervision"].values()) == 6 * 60
    missing = {"corrections", "reminder_settings"}
    assert set(TABLES) - missing <= set(tables), "a correction is shown where one is made, not in the sample"
    assert [one["occasion"] for one in tables["values"].values()] == [
        "day_one_part_1", "day_one_part_2", "last_day", "revisit",
    ]  # fmt: skip
    placed = [one for session in tables["values"].values() for one in session["placements"]]
    assert any(one.get("passed") for one in placed)
    assert any(one.get("reason") for one in placed)
    assert any("looking_back" in one for one in placed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_named_in_a_record_is_there(language: str) -> None:
    tables = sample("full", language)
    ids = {id: table for table, records in tables.items() for id in records}
    for records in tables.values():
        for id, record in records.items():
            for link, table in (("goal", "goals"), ("focus", "focus"), ("step", "steps")):
                assert link not in record or ids[record[link]] == table
            about = record.get("about", id)
            assert (about["id"] if isinstance(about, dict) else about) in ids
    for note in tables["progress"].values():
        levels = tables["goals"][note["goal"]]["levels"]
        assert note["level"] == "not_there_yet" or note["words"] == levels[str(note["level"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_can_be_reached_or_recognised_by_it(language: str) -> None:
    for said in texts(content.table(language, "demo")):
        assert not re.search(r"\d{3,}|@|www\.|https?:", said.replace("988", "")), said
        assert not re.search(r"\b20\d\d\b|\b(?:19|20)-\d\d", said), said


# Home on each of them


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_shows_each_sample_as_what_it_is(language: str) -> None:
    said = content.table(language, "demo")
    whole = home("full", language)
    assert whole.card.text == said["steps"]["ask_rosa"]["text"]
    assert whole.card.is_due
    assert [line.title for line in whole.goals] == [
        said["goals"][name]["title"] for name in ("shifts", "ask_first", "medication")
    ]
    assert [line.text for line in whole.inbox] == [said["steps"][name]["text"] for name in ("bus", "thank_lena")]
    assert whole.soon[0].text == said["steps"]["questions"]["text"]
    assert whole.question is not None and whole.question.key == "someone"

    week = home("first_week", language)
    assert week.card.text == said["steps"]["write"]["text"]
    assert not week.card.is_due
    assert len(week.goals) == 1
    assert not week.inbox

    assert home("empty", language).card.kind == "invitation"
    assert home("passed", language).card.kind == "nothing"
    assert home("passed", language).greeting == Words(language).ui("home.greeting")


def test_who_was_away_touched_nothing_for_forty_days_and_left_a_line() -> None:
    tables, clock = sample("away"), StillClock()
    newest = max(one["updated_at"] for table in tables.values() for one in table.values())
    assert newest[:10] == (clock.today() - timedelta(days=40)).isoformat()
    assert [one["text"] for one in tables["letters"].values()]
    assert home("away", "en").card.is_due


def test_the_first_week_holds_what_the_last_day_left_and_no_more() -> None:
    tables = sample("first_week")
    assert {"progress", "renewal", "resources", "asked", "supervision"}.isdisjoint(tables)
    (goal,) = tables["goals"].values()
    assert list(goal["levels"]) == ["0"]
    (step,) = tables["steps"].values()
    assert "done_on" not in step
    assert all(one["on"] for one in tables["reminders"].values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", SMALL)
def test_the_plan_page_can_be_read(variant: str, language: str) -> None:
    sheet = plan_sheet(sample(variant, language), Words(language), StillClock().today())
    lines = [line.text for section in sheet.sections for line in section.lines]
    assert not any("{" in line or line.startswith("_") for line in lines)
    assert bool(lines) is (variant not in {"empty", "passed"})


def test_the_big_one_is_as_big_as_was_asked() -> None:
    tables = demo.big(Words("en"), StillClock(), goals=1000, activities=5000)
    assert (len(tables["goals"]), len(tables["steps"]), len(tables["learning"])) == (1000, 1000, 5000)
    assert len({one["title"] for one in tables["learning"].values()}) == 5000
