"""The year: what was finished, let go, learned and done, by month; on the page, on the sheet, and never more than that."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import AnswerRefused
from rchrp_goals.export.paper import Strip as PaperStrip
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.exporting import export
from rchrp_goals.services.paper_year import MOST, year_paper
from rchrp_goals.services.room import Place, RoomView, Strip
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.undoing import undo
from rchrp_goals.services.year import Span, events_of, last_twelve, span_of, year_of, years_of
from tests.services.desk import sit
from tests.services.rooms.rooms import action, assert_sound, do, section
from tests.services.sessions import session, write

TODAY = date(2026, 11, 5)
YEAR = Place("year")
HOSTILE = "[b]x[/]\x1b[31m\u202e<script>"
SHAME = ("streak", "missed", "undone", "overdue", "racha", "falt", "atras", "no hiciste", "better", "mejor", "%")


def kept(id: str, day: str, **more: Any) -> dict[str, Any]:
    at = f"{day}T12:00:00.000000Z"
    return {"id": id, "created_at": at, "updated_at": at, **more}


def write_as_it_is(desk: Desk, table: str, *records: dict[str, Any]) -> None:
    from rchrp_goals.plan.records import checked
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("test"), desk.clock.now()) as change:
        for one in records:
            change.put_as_it_is(table, checked(table, one))


def a_year(desk: Desk) -> None:
    """Write something of every kind, and something of each that belongs to no year."""
    write_as_it_is(
        desk,
        "goals",
        kept("goal-done", "2026-03-04", title="Carry naloxone", state="done"),
        kept("goal-left", "2026-04-05", title="Lead a group", state="let_go", state_why="It was not mine."),
        kept("goal-open", "2026-04-05", title="Still at it", state="active"),
    )
    write(
        desk,
        "learning",
        {"id": "learn-1", "title": "Housing first", "state": "done", "done_on": "2026-03-09", "hours": 1.5},
        {"id": "learn-2", "title": "Of the year before", "state": "done", "done_on": "2025-02-09", "hours": 30},
        {"id": "learn-3", "title": "Still ahead", "state": "done", "done_on": "2026-11-06", "hours": 30},
    )
    write(
        desk,
        "steps",
        {"id": "step-1", "text": "Bring the kits", "state": "done", "done_on": "2026-11-05", "goal": "goal-open"},
        {"id": "step-2", "text": "Not done yet", "state": "planned"},
    )
    write(desk, "values", session("look-one", "revisit", "2026-06-07"))
    write(
        desk,
        "check_ins",
        {"id": "check-1", "at": "2026-07-01T12:00:00.000000Z", "with": "Marcus", "summary": "Not for this page."},
    )
    write(desk, "supervision", {"id": "super-1", "at": "2026-05-01T12:00:00.000000Z", "minutes": 90})


def everything(view: RoomView) -> str:
    return repr((view.title, view.about, view.sections, view.closing))


def test_twelve_months_are_this_one_and_eleven_before() -> None:
    assert last_twelve(TODAY) == Span(date(2025, 12, 1), TODAY)
    assert last_twelve(date(2024, 12, 31)).start == date(2024, 1, 1)
    assert len(last_twelve(date(2024, 2, 29)).months) == 12
    assert span_of("2024", TODAY) == Span(date(2024, 1, 1), date(2024, 12, 31), "2024")
    for id in ("", "0000", "20x4", "²024", "20244", ":"):
        assert span_of(id, TODAY) == last_twelve(TODAY)


def test_a_year_holds_what_happened_in_it_and_no_more(desk: Desk) -> None:
    a_year(desk)
    tables = desk.store.read().tables
    events = events_of(tables, desk.words, TODAY)
    year = year_of(tables, events, TODAY, last_twelve(TODAY))
    assert [(one.kind, one.text) for one in year.events] == [
        ("finished", "Carry naloxone"),
        ("learned", "Housing first"),
        ("let_go", "Lead a group"),
        ("values", "Another look"),
        ("check_in", "with Marcus"),
        ("step", "Bring the kits"),
    ]
    assert year.supervision == 90
    assert "Still ahead" not in repr(year_of(tables, events, TODAY, span_of("2026", TODAY)))
    assert years_of(events) == [2026, 2025]


def test_the_page_says_it_by_month_and_by_kind(desk: Desk) -> None:
    a_year(desk)
    view = read_room(desk, YEAR)
    assert_sound(view)
    assert view.title == "My year: 1 December 2025 to 5 November 2026"
    strip = view.sections[0].rows[0]
    assert strip.text == "Something stands here in March, April, June, July and November."
    assert isinstance(strip.picture, Strip)
    assert next(iter(view.keys)) == "months", "the cursor begins at the strip"
    assert [name for name, is_there in strip.picture.months if is_there] == ["Mar", "Apr", "Jun", "Jul", "Nov"]
    assert strip.picture.months[0] == ("Dec", False)
    assert [(row.when, row.text) for row in view.sections[1].rows] == [
        ("March", "Finished: Carry naloxone; learned: Housing first."),
        ("April", "1 thing let go."),
        ("June", "A look at values."),
        ("July", "A check-in."),
        ("November", "1 step done."),
    ]
    assert [(row.when, row.text, row.note) for row in section(view, "Let go")] == [
        ("Apr", "Lead a group", "why: It was not mine.")
    ]
    (learned,) = (one for one in view.sections if one.heading == "Learned")
    assert learned.about == "In all 1.5 hours of learning. Supervision beside it: 1.5 hours."
    assert section(view, "Steps done")[0].actions[0].place == Place("goals.one", "goal-open")
    assert "Not for this page" not in everything(view)


def test_another_year_is_chosen_among_those_with_anything_in_them(desk: Desk) -> None:
    a_year(desk)
    chosen = do(desk, YEAR, "year.choose", span="2025")
    assert chosen.place == Place("year", "2025")
    view = read_room(desk, Place("year", "2025"))
    assert view.title == "My year: 2025" and "Of the year before" in everything(view)
    assert [one.id for one in action(view, "year.choose").asks[0].options] == ["twelve", "2026"]
    assert do(desk, Place("year", "2025"), "year.choose", span="twelve").place == YEAR


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_year_is_a_calm_sentence(desk: Desk, language: str) -> None:
    desk.words = desk.words.to(language)
    for place in (YEAR, Place("year", "1999")):
        view = read_room(desk, place)
        (only,) = view.sections
        assert only.empty and not only.rows and not view.closing
        assert not any(word in everything(view).casefold() for word in SHAME)
    sit(desk, passing=True)
    assert (
        desk.words.ui("year.empty").split()[0]
        in export(desk, "txt", sheet="year", span=span_of("1999", TODAY)).decode()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_held_against_anybody(desk: Desk, language: str) -> None:
    a_year(desk)
    desk.words = desk.words.to(language)
    sheet = export(desk, "md", sheet="year").decode()
    said = (everything(read_room(desk, YEAR)) + sheet).casefold()
    assert not any(word in said for word in SHAME)
    assert "not done yet" not in said and "still at it" not in said
    assert desk.words.ui("year.for_me").casefold() in sheet.casefold()


def test_what_a_check_in_let_go_stands_in_its_month(desk: Desk) -> None:
    a_year(desk)
    looked = [{"goal": "goal-left", "choice": "let_go"}, {"goal": "goal-done", "choice": "let_go"}]
    write(desk, "check_ins", {"id": "check-1", "at": "2026-07-01T12:00:00.000000Z", "with": "self", "goals": looked})
    view = read_room(desk, YEAR)
    assert [(row.when, row.text) for row in section(view, "Let go")] == [("Jul", "Lead a group")]
    assert [row.when for row in section(view, "Finished")] == ["Mar"], "it was taken up again, and finished"
    (held,) = section(view, "Check-ins")
    assert held.text == "by yourself" and held.actions[0].place == Place("check_in.one", "check-1")


def test_a_goal_stands_in_the_month_in_which_it_was_finished_whatever_was_changed_later(desk: Desk) -> None:
    write(desk, "goals", {"id": "goal-1", "title": "Carry naloxone", "state": "active"})
    write(desk, "goals", {"id": "goal-2", "title": "Lead a group", "state": "active"})
    desk.clock.at = desk.clock.instant(date(2026, 7, 8), 20)  # type: ignore[attr-defined]
    page = Place("goals.one", "goal-1")
    do(desk, page, "goal.state", "goal:goal-1", state="done")
    sitting = Sitting(desk, "check-in")
    while (stop := sitting.current) is not None:
        sitting.answer({"importance": 1, "keep": "let_go"}) if stop.key == "rulers" else sitting.pass_()
    sitting.finish_part()
    goals = {one["id"]: one for one in desk.store.read().records("goals")}
    ended = {id: goal.get("ended_on") for id, goal in goals.items()}
    assert ended == {"goal-1": "2026-07-08", "goal-2": "2026-07-08"}
    desk.clock.at = desk.clock.instant(date(2026, 11, 5), 20)  # type: ignore[attr-defined]
    do(desk, page, "goal.state", "goal:goal-1", state="done", why="It is a habit now")
    assert [row.when for row in section(read_room(desk, YEAR), "Finished")] == ["Jul"]
    assert "since" in [row.when for row in section(read_room(desk, page), "The goal itself")]
    do(desk, page, "thing.change", "about:ended", on="2026-05-30")
    assert [row.when for row in section(read_room(desk, YEAR), "Finished")] == ["May"]
    with pytest.raises(AnswerRefused, match="day_not_behind"):
        do(desk, page, "thing.change", "about:ended", on="2026-11-06")
    undo(desk.store, desk.words, desk.clock.now())
    assert [row.when for row in section(read_room(desk, YEAR), "Finished")] == ["Jul"]
    do(desk, page, "goal.state", "goal:goal-1", state="active")
    assert "ended_on" not in next(one for one in desk.store.read().records("goals") if one["id"] == "goal-1")
    assert "since" not in [row.when for row in section(read_room(desk, page), "The goal itself")]


def test_both_parts_of_day_one_are_one_day(desk: Desk) -> None:
    first = session("day-one-1", "day_one_part_1", "2026-11-03")
    second = session("day-one-2", "day_one_part_2", "2026-11-03")
    write(desk, "values", first, second)
    assert [row.text for row in section(read_room(desk, YEAR), "Values line")] == ["Day One"]
    write(desk, "values", session("day-one-2", "day_one_part_2", "2026-11-04"))
    assert len(section(read_room(desk, YEAR), "Values line")) == 2


# The sheet


def test_the_sheet_draws_its_strip_for_the_eye_alone(desk: Desk) -> None:
    a_year(desk)
    wide = export(desk, "txt", sheet="year").decode()
    assert "Dec  Jan  Feb  Mar" in wide
    assert f"{'─' * 16}●{'─' * 4}●{'─' * 9}●" in wide
    narrow = export(desk, "txt", sheet="year", width=40).decode()
    assert "●" not in narrow and "Something stands here in March, April," in narrow
    spoken = export(desk, "txt", sheet="year", is_spoken=True).decode()
    assert "●" not in spoken and "9 March: Housing first, 1.5 hours" in spoken
    page = export(desk, "html", sheet="year").decode()
    assert page.count('class="month there"') == 5 and 'aria-hidden="true"' in page


def test_ascii_signs_draw_it_too(desk: Desk) -> None:
    a_year(desk)
    desk.settings = desk.settings._replace(glyphs="ascii")
    assert export(desk, "txt", sheet="year").decode().isascii()


def test_a_full_year_stays_one_page_and_says_what_it_left_out(desk: Desk) -> None:
    write(desk, "steps", *({"id": f"step-{n:03}", "text": f"Step {n}", "state": "done",
                            "done_on": str(date(2026, 1, 1) + timedelta(days=n))} for n in range(200)))  # fmt: skip
    paper = year_paper(desk.store.read().tables, desk.words, TODAY, last_twelve(TODAY))
    said = "\n".join(paper.texts)
    assert said.count("Step ") == MOST["step"]
    assert "190 more came before these; they stand in your plan." in said
    assert len(section(read_room(desk, YEAR), "Steps done")) == 200
    longer = year_paper(desk.store.read().tables, desk.words, TODAY, Span(date(2024, 1, 1), TODAY))
    assert not [block for part in longer.parts for block in part.blocks if isinstance(block, PaperStrip)]
    assert "January 2026" in "\n".join(longer.texts)


def test_hostile_words_are_words(desk: Desk) -> None:
    write(desk, "steps", {"id": "step-1", "text": HOSTILE, "state": "done", "done_on": "2026-10-01"})
    write_as_it_is(desk, "goals", kept("goal-1", "2026-10-01", title=HOSTILE, state="let_go", state_why=HOSTILE))
    for format in ("txt", "md", "html"):
        sheet = export(desk, format, sheet="year").decode()
        assert "\x1b" not in sheet and "\u202e" not in sheet
    assert "<script>" not in export(desk, "html", sheet="year").decode()
    assert "\\x1b" not in everything(read_room(desk, YEAR))


def test_it_is_kept_with_the_year_that_was_looked_at(desk: Desk, tmp_path: Path) -> None:
    a_year(desk)
    folder = tmp_path / "out"
    folder.mkdir()
    said = do(desk, Place("year", "2025"), "sheets.keep", form="drawn", folder=str(folder))
    (file,) = folder.iterdir()
    assert str(file) in said.sentence and "year" not in file.name
    assert "Of the year before" in file.read_text(encoding="utf-8")
