"""Home line by line: the same things as in the app, by number, in both languages, and every way out of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.plain import run
from rchrp_goals.services import capture
from rchrp_goals.services.context import Context
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.later import ORDER
from rchrp_goals.store.places import Places
from rchrp_goals.store.plan_store import What
from rchrp_goals.store.settings import read_settings
from tests.cli.speaking import number_of, speak
from tests.services.desk import StillClock, desk_in, sat_desk, sit

Home = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk after a whole sitting."""
    return sat_desk(tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Plain mode without a command: type lines, get back all that it wrote."""

    def open_home(*lines: str, language: str = "en") -> str:
        return speak(tmp_path, *lines, language=language)

    return open_home


def steps(desk: Desk) -> list[dict[str, Any]]:
    return desk.store.read().records("steps")


def ui(desk: Desk, key: str, language: str = "en", **values: object) -> str:
    return desk.words.to(language).ui(key, **values)


# What is said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_one_thing_comes_first_and_each_line_is_a_sentence(desk: Desk, home: Home, language: str) -> None:
    said = home(language=language).splitlines()
    assert (
        said[1]
        == f"{ui(desk, 'home.greeting', language)} {'Thursday 5 November' if language == 'en' else 'Jueves 5 de noviembre'}."
    )
    assert said[2].endswith(": Write to the service.")
    assert [line for line in said[3:8] if line and not line.endswith((".", "?"))] == []
    assert ui(desk, "plain_home.closed", language) in said[-1]
    names = [ui(desk, f"home.{name}", language) for name in ("done", "later", "not_now", "change")]
    assert [f"{number} {name}" for number, name in enumerate(names, 1)] == [
        line for line in said if line[:1] in "1234" and line[1:2] == " "
    ][:4]


def test_a_plan_without_anything_is_calm(tmp_path: Path, home: Home) -> None:
    found = desk_in(tmp_path)
    sit(found, passing=True).finish_plan()
    said = home()
    assert ui(found, "home.nothing_decided") in said and ui(found, "home.my_plan") in said


@pytest.mark.parametrize(("day", "heard"), [("2026-11-10", "martes 10 de noviembre"), ("2026-11-06", "mañana")])
def test_a_day_is_heard_in_full(tmp_path: Path, home: Home, day: str, heard: str) -> None:
    found = desk_in(tmp_path)
    capture.add_step(found.store, "Comprar sellos", None, date.fromisoformat(day), found.clock.now())
    capture.add_step(found.store, "Llamar", None, date(2026, 11, 2), found.clock.now())
    said = home(language="es")
    assert "Para el lunes 2 de noviembre; ¿sigue en pie?" in said and "·" not in said
    said = home(number_of(said, found.words.to("es").ui("home.soon")), language="es")
    assert f"1 {heard.capitalize()}: Comprar sellos" in said


def test_a_note_that_is_a_question_begins_with_a_capital(desk: Desk, home: Home) -> None:
    begin = number_of(home(language="es"), desk.words.to("es").ui("plain_home.begin"))
    assert "La línea de valores otra vez. ¿Dónde estás hoy?" in home(begin, language="es")


# What is done


def test_done_is_kept_and_taken_back(desk: Desk, home: Home) -> None:
    said = home("1")
    assert steps(desk)[0]["state"] == "done" and ui(desk, "home.said_done") in said
    what = "step “Write to the service” marked done"
    said = home(number_of(said, ui(desk, "rooms.plain.undo", what=what)))
    assert steps(desk)[0]["state"] == "planned"
    assert f"Taken back: {what}." in said
    assert what not in said.rpartition("Next:")[2], "it is taken back once"


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        (["+2 weeks"], "2026-11-19"),
        (["mañana"], "2026-11-06"),
        (["12/1", "2"], "2027-01-12"),
        (["xyz", "yesterday", "today", "friday"], "2026-11-06"),
        ([""], "2026-11-09"),
        (["/back"], "2026-11-09"),
    ],
)
def test_later_takes_a_day(desk: Desk, home: Home, lines: list[str], due: str) -> None:
    said = home("2", *lines)
    assert steps(desk)[0]["due"] == due
    assert (ui(desk, "errors.date_not_understood") in said) == ("xyz" in lines)
    assert (ui(desk, "home.later_not_ahead") in said) == ("today" in lines)


def test_not_now_hides_for_today(desk: Desk, home: Home) -> None:
    capture.add_step(desk.store, "Something else", None, None, desk.clock.now())
    said = home("3")
    assert said.count("Next: Something else.") == 1 and steps(desk)[0]["state"] == "planned"


def test_change_asks_the_steps_own_question(desk: Desk, home: Home) -> None:
    home("4", "Write to the service today", "", "friday")
    (step,) = steps(desk)
    assert (step["text"], step["moment"], step["due"]) == (
        "Write to the service today",
        "right after the team meeting",
        "2026-11-06",
    )


def test_change_gone_back_from_changes_nothing(desk: Desk, home: Home) -> None:
    before = desk.store.read()
    assert ui(desk, "plain.unchanged") in home("4", "/back")
    assert desk.store.read() == before


def test_a_question_is_opened_and_put_to_another_day(desk: Desk, home: Home) -> None:
    first = home()
    said = home(number_of(first, ui(desk, "plain_home.open_question")), "My sister Lena")
    assert desk.store.read().records("person")[0]["someone_to_call"] == "My sister Lena"
    assert "What is your name" in said.splitlines()[-18:][0] or "What is your name" in said
    said = home(number_of(first, ui(desk, "plain_home.question_another_day")))
    assert ui(desk, "home.said_question") in said
    assert "What is your name" not in said.partition(ui(desk, "home.said_question"))[2]


def test_a_goal_opens_its_page_and_a_number_changes_a_line(desk: Desk, home: Home) -> None:
    goals = number_of(home(), ui(desk, "home.goals"))
    said = home(goals, "1")
    assert "Shadow three syringe service shifts.\nWhy: I want to know the place before I send anyone there" in said
    said = home(goals, "1", "/more", "/more")
    why = number_of(said, "Why: I want to know the place before I send anyone there.")
    home(goals, "1", "/more", "/more", why, "I want to know it", "")
    assert desk.store.read().records("goals")[0]["why"] == "I want to know it"


@pytest.mark.parametrize(("pick", "state", "due"), [("1", "done", None), ("2", "planned", "2026-11-06")])
def test_the_inbox_in_fives_is_done_or_put_off(desk: Desk, home: Home, pick: str, state: str, due: str | None) -> None:
    for number in range(1, 8):
        capture.add_step(desk.store, f"Thing {number}", None, None, desk.clock.now())
    inbox = number_of(home(), ui(desk, "home.inbox"))
    said = home(inbox, "/more", "/more", "7", pick, "tomorrow")
    assert said.index("5 Thing 5.") < said.index(ui(desk, "plain.more")) < said.index("6 Thing 6.")
    assert ui(desk, "plain.no_more") in said
    thing = next(one for one in steps(desk) if one["text"] == "Thing 7")
    assert (thing["state"], thing.get("due")) == (state, due)


def test_an_if_then_is_said_from_home(desk: Desk, home: Home) -> None:
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for module, id in ORDER:
            change.put("asked", {"question": f"{module}.{id}", "outcome": "passed"})
    first = home()
    assert "I text Rosa before three" in first
    home(number_of(first, ui(desk, "home_later.if_then_said.open")))
    assert desk.store.read().records("if_thens")[0]["said_on"] == "2026-11-05"


def test_the_words_of_an_item_are_changed(desk: Desk, home: Home) -> None:
    capture.add_step(desk.store, "Buy stamps", None, None, desk.clock.now())
    home(number_of(home(), ui(desk, "home.inbox")), "1", "3", "Buy many stamps", "tomorrow")
    assert steps(desk)[-1]["text"] == "Buy many stamps" and steps(desk)[-1]["due"] == "2026-11-06"


def test_a_date_ahead_opens_its_own_question(desk: Desk, home: Home) -> None:
    soon = number_of(home(), ui(desk, "home.soon"))
    said = home(soon, "2", "An evening on checking", "3 December")
    assert "2 Wednesday 2 December: An evening on naloxone" in said
    (activity,) = desk.store.read().records("learning")
    assert (activity["title"], activity["planned_for"]) == ("An evening on checking", "2026-12-03")


def test_hours_are_said(desk: Desk, home: Home) -> None:
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put("learning", {"title": "An evening", "state": "done", "hours": 1.5})
    heading = ui(desk, "learning_room.hours.heading")
    said = home(number_of(home(), heading))
    assert "In no focus area: 1.5 hours." in said


def test_the_plan_is_read_and_comes_back(desk: Desk, home: Home) -> None:
    said = home(number_of(home(), ui(desk, "home.my_plan")), "")
    assert "My plan, " in said and said.partition("My plan, ")[2].count("\nHome.\n") == 1


def test_what_was_heard_is_not_said_again_until_it_is_asked_for(desk: Desk, home: Home) -> None:
    goals = number_of(home(), ui(desk, "home.goals"))
    back = home(goals, "").rpartition("Enter alone goes back.")[2]
    again = ui(desk, "plain_home.menu_again")
    assert back.split("\n")[1:-2] == ["> ", "", "Home.", again, "> "]
    whole = home(goals, "", "/again").rpartition(again)[2]
    assert "Next: Write to the service." in whole and "1 Done" in whole
    for text in ("Buy stamps", "Call Rosa"):
        capture.add_step(desk.store, text, None, date(2026, 11, 10), desk.clock.now())
    done = home("1").partition(ui(desk, "home.said_done"))[2]
    assert "Home." in done and "\nNext: " in done and again in done
    assert "1 Done" not in done and " Take back: " in done


def test_words_do_what_their_number_does(desk: Desk, home: Home) -> None:
    assert "Metas.\n" in home("metas", language="es") and "Ajustes.\n" in home("AJUSTES", language="es")
    assert "Mi plan, 5 de noviembre" in home("mi pl", language="es")
    assert ui(desk, "plain_home.number_wanted") in home("m")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Buy stamps", "Buy stamps"), ("//home is a path", "/home is a path"), ("a\x1b[31mb\u202e [red]x", "ab [red]x")],
)
def test_a_line_goes_into_the_inbox(desk: Desk, home: Home, typed: str, kept: str) -> None:
    said = home(number_of(home(), ui(desk, "plain_home.add")), typed)
    assert steps(desk)[-1]["text"] == kept and "goal" not in steps(desk)[-1]
    assert (ui(desk, "text.left_out") in said) == ("\x1b" in typed)
    assert "\x1b" not in said and "\u202e" not in said


def test_a_line_that_is_too_long_is_said_and_asked_again(desk: Desk, home: Home) -> None:
    said = home(number_of(home(), ui(desk, "plain_home.add")), "x" * 501, "Buy stamps")
    assert ui(desk, "errors.text_too_long", cap=500, length=501) in said
    assert steps(desk)[-1]["text"] == "Buy stamps"


def test_a_further_part_is_begun_and_home_comes_back(desk: Desk, home: Home) -> None:
    said = home(number_of(home(), ui(desk, "plain_home.begin")), "3", "3", "2", "3 December")
    assert len(desk.store.read().records("learning")) == 2
    assert said.rindex("Next: Write to the service.") > said.index(ui(desk, "plain.done_part"))


def test_a_part_that_is_paused_closes_home_too_and_waits_there_next_time(desk: Desk, home: Home) -> None:
    said = home(number_of(home(), ui(desk, "plain_home.begin")), "1", "Another goal", "/pause", "1")
    assert ui(desk, "plain.paused", name="goals") in said and said.count("Next:") == 1
    assert ui(desk, "home.paused_in", part="Goal") in home() and ui(desk, "home.paused") not in home()
    assert ui(desk, "plain.resumed") in home("1", "/pause")


# Slash words, and the ways out


@pytest.mark.parametrize("language", LANGUAGES)
def test_slash_words_work_at_home(desk: Desk, home: Home, language: str) -> None:
    words = {
        "en": ["/help", "/where", "/support", "/why", "/nothing"],
        "es": ["/ayuda", "/dónde", "/apoyo", "/porqué", "/nada"],
    }
    said = home(*words[language], language=language)
    assert ui(desk, "plain_home.where", language) in said and ui(desk, "plain_home.not_here", language) in said
    assert "988" in said and words[language][-1] in said
    assert desk.words.to(language).lines("plain_home.help")[0] in said


def test_slash_words_work_in_a_list_and_at_a_day(desk: Desk, home: Home) -> None:
    goals = number_of(home(), ui(desk, "home.goals"))
    said = home(goals, "/support", "9", "words", "/back", "2", "/help", "/back")
    assert "988" in said and ui(desk, "errors.no_such_number", number="9") in said
    assert ui(desk, "plain_home.number_wanted") in said and said.count("\nHome.\n") == 2


def test_the_other_language_is_kept(desk: Desk, home: Home, tmp_path: Path) -> None:
    said = home("/language")
    assert "Lo siguiente: Write to the service." in said
    assert read_settings(Places(str(tmp_path))).language == "es"


@pytest.mark.parametrize("line", ["", "/back", "/pause", "/pausa"])
def test_home_closes(desk: Desk, home: Home, line: str) -> None:
    before = desk.store.read()
    said = home(line, "1")
    assert said.rstrip().endswith(ui(desk, "plain_home.closed")) and desk.store.read() == before


def test_leave_says_what_may_remain(desk: Desk, home: Home) -> None:
    said = home("/leave", "1")
    assert said.rstrip().endswith(ui(desk, "plain.left")) and steps(desk)[0]["state"] == "planned"
    goals = number_of(home(), ui(desk, "home.goals"))
    assert home(goals, "1", "/leave", "1").rstrip().endswith(ui(desk, "plain.left"))


def test_a_number_that_is_none_changes_nothing(desk: Desk, home: Home) -> None:
    before = desk.store.read()
    said = home("99", "0", "one", "\u0661", "999999999999999999999")
    assert ui(desk, "errors.no_such_number", number="99") in said
    assert desk.store.read() == before


def test_a_plan_that_was_damaged_meanwhile_is_not_touched(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = Context(Places(str(tmp_path)), {}, StillClock(), language="en", plain=True)

    def cut() -> Iterator[str]:
        (tmp_path / "plan.json").write_text("{", encoding="utf-8")
        yield "1\n"

    context.stdin, context.stdout = io.StringIO(), io.StringIO()
    lines = cut()
    monkeypatch.setattr(context.stdin, "readline", lambda: next(lines, ""))
    with pytest.raises(FileProblem):
        run(context)
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == "{"


def test_hostile_text_is_said_as_text(tmp_path: Path, home: Home) -> None:
    found = desk_in(tmp_path)
    with found.store.change(What("test"), found.clock.now()) as change:
        goal = change.put("goals", {"title": "[red]goal \x1b[2J\u202e {x} %s", "state": "active"})
        change.put(
            "steps", {"text": "\x1b]52;c;eA==\x07[/] {0} step", "state": "planned", "goal": goal["id"], "order": 1}
        )
    said = home(number_of(home(), ui(found, "home.goals")), "1", "")
    assert "[/] {0} step" in said and "[red]goal {x} %s" in said
    assert not any(sign in said for sign in "\x1b\x07\u202e")


# What could not be saved


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", ["home", "room"])
def test_nothing_says_that_everything_is_kept_after_a_step_could_not_be_saved(
    desk: Desk, home: Home, monkeypatch: pytest.MonkeyPatch, where: str, language: str
) -> None:
    said = home(language=language)
    assert ui(desk, "plain_home.closed", language) in said and ui(desk, "plain_home.menu", language) in said
    goals = number_of(said, ui(desk, "rooms.name.goals", language))
    keys = {"home": [number_of(said, ui(desk, "plain_home.add", language)), "Ask Rosa", ""]}
    keys["room"] = [goals, "a", "Ask Rosa", "", "", "", ""]

    def full(*args: object, **values: object) -> None:
        raise ProblemError("disk_full", path="x")

    with monkeypatch.context() as no_room:
        no_room.setattr(capture, "add_step", full)
        said = home(*keys[where], "/again", "", language=language)
    assert ui(desk, "errors.disk_full", language).format(path="x") in said
    assert ui(desk, "plain_home.closed_unsaved", language) in said
    after = said.partition(ui(desk, "errors.disk_full", language).format(path="x"))[2]
    assert ui(desk, "plain_home.menu_unsaved", language) in after
    assert ui(desk, "plain_home.closed", language) not in said and ui(desk, "plain_home.menu", language) not in after
    assert len(steps(desk)) == 1


@pytest.mark.parametrize("key", ["evidence_disk_full", "evidence_not_kept", "export_disk_full", "export_not_written"])
def test_nor_after_a_copy_of_proof_or_a_sheet_could_not_be_written(
    desk: Desk, home: Home, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    number = number_of(home(), ui(desk, "plain_home.add"))

    def full(*args: object, **values: object) -> None:
        raise ProblemError(key, path="x")

    monkeypatch.setattr(capture, "add_step", full)
    said = home(number, "Ask Rosa", "", "")
    assert ui(desk, "plain_home.closed_unsaved") in said and ui(desk, "plain_home.closed") not in said


def test_what_is_saved_at_the_second_try_is_kept(desk: Desk, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    add, calls = capture.add_step, []

    def full_once(*args: Any, **values: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise ProblemError("disk_full", path="x")
        return add(*args, **values)

    monkeypatch.setattr(capture, "add_step", full_once)
    goals = number_of(home(), "Goals")
    said = home(goals, "a", "Ask Rosa", "", "", "1", "", "")
    assert ui(desk, "plain_home.closed") in said and len(steps(desk)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_step_went_is_said_in_a_line(desk: Desk, home: Home, language: str) -> None:
    step = steps(desk)[0]
    capture.mark_done(desk.store, "step", step["id"], desk.clock.today(), desk.clock.now())
    with desk.store.change(What("test"), desk.clock.now()) as change:
        for one in change.all("reminders"):
            is_asking = one["words"] == "first_step"
            change.put("reminders", {**one, "on": is_asking, "next_at": "2026-11-05T09:00:00.000000Z"})
    number = number_of(home(language=language), ui(desk, "home.went", language))
    said = home(number, "", number, "Rosa wrote back at once.", "", language=language)
    assert ui(desk, "goal_rooms.step.went_title", language) in said
    assert ui(desk, "goal_rooms.said.went", language) in said
    assert steps(desk)[0]["went"] == "Rosa wrote back at once."
    assert not any(one["on"] for one in desk.store.read().records("reminders"))


def test_what_was_said_of_a_step_is_told_before_it_is_said_otherwise_and_can_be_taken_out(
    desk: Desk, home: Home
) -> None:
    step = steps(desk)[0]
    with desk.store.change(What("test"), desk.clock.now()) as change:
        change.put("steps", {**step, "went": "Rosa wrote back at once."})
        for one in change.all("reminders"):
            is_asking = one["words"] == "first_step"
            change.put("reminders", {**one, "on": is_asking, "next_at": "2026-11-05T09:00:00.000000Z"})
    number = number_of(home(), ui(desk, "home.went"))
    said = home(number, "/pass", "")
    assert f"{step['text']}." in said
    assert ui(desk, "rooms.plain.empty_is_kept_or_passed", value="Rosa wrote back at once.") in said
    assert ui(desk, "goal_rooms.said.removed") in said
    assert "went" not in steps(desk)[0]
