"""Any journey through a sitting over the real store ends, and leaves a plan that holds together.

Answers, passes, backs, pauses, kills, other languages, nights in between, lines changed on the plan page, a part begun
alone, an undo, the room's file written anew: in any order.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rchrp_goals.errors import ProblemError
from rchrp_goals.guide.structure import Field, parts_of_last_day
from rchrp_goals.plan.records import TABLES, checked
from rchrp_goals.services.applying import apply
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.home import home_of
from rchrp_goals.services.offers import offers
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.sessions import is_closed
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.waiting import LAST_DAY
from tests.services.desk import desk_in

LINKS = {
    "rulers": {"goal": "goals", "step": "steps"},
    "if_thens": {"goal": "goals"},
    "steps": {"goal": "goals"},
    "learning": {"focus": "focus"},
}
WORDS = {
    "goals": "title",
    "steps": "text",
    "learning": "title",
    "focus": "area",
    "letters": "text",
    "practice": "say",
    "reflections": "answers",
}
ROOMS = ("", "Rest is work\nPeople know\n", "- Rest is work\n" + "\n".join(f"Sentence {n}" for n in range(9)))
NUMBERS = st.integers(0, 60)


def value_of(asked: Sitting | OneQuestion, field: Field, number: int) -> Any:
    """Return some value that the field takes, others for other numbers."""
    offered = offers(asked, field)
    if offered and (field.kind == "choice" or (field.kind == "positions" and number % 3)):
        return offered[number % len(offered)].value
    if field.kind == "choices":
        return [one.value for at, one in enumerate(offered) if number >> at & 1] or [offered[0].value]
    some: dict[str, Any] = {
        "line": f"words {number}",
        "long": f"long words\n{number}",
        "position": number % 11,
        "positions": " ".join(["3", "p", "10", "0", "7", "5"][: asked.conversation._count()]),
        "choice": f"own words {number}",
        "date": f"2026-12-{number % 28 + 1:02}",
        "items": [f"- Sentence {number % 9}", "People know", "people  know", f"Rosa (518) 555-01{number:02}"],
    }
    return some[field.kind]


def say(asked: Sitting | OneQuestion, number: int) -> None:
    """Answer the stop that waits, leaving a field out now and then; whoever says too little passes."""
    stop = asked.current
    assert stop is not None
    values: dict[str, Any] = {}
    for _ in range(3):
        for at, field in enumerate(asked.conversation.fields(stop, values)):
            if (number + at) % 5 or field.id == stop.question.needs:
                values.setdefault(field.id, value_of(asked, field, number))
    try:
        asked.answer(values)
    except ProblemError as refused:
        if refused.key not in {"nothing_answered", "words_missing"}:
            raise
        asked.pass_()


def finish(asked: Sitting) -> None:
    """Apply a part, once more: nothing changes by it."""
    conversation, desk = asked.conversation, asked.desk
    is_written = bool(asked.draft.given)
    asked.finish_part()
    before = desk.store.read().tables
    if is_written:
        apply(desk, conversation)
    assert desk.store.read().tables == before


def check_plan(desk: Desk) -> None:
    """Check that every record is as its model keeps it, says something, and refers to what is there."""
    plan = desk.store.read()
    for table in TABLES:
        for record in plan.records(table):
            assert checked(table, record) == record, table
            assert table not in WORDS or record[WORDS[table]], table
            for link, target in LINKS.get(table, {}).items():
                assert record.get(link) is None or plan.get(target, record[link]), (table, link)
    for session in plan.records("values"):
        names = [one["statement"] for one in session["placements"]]
        assert len(set(names)) == len(names) > 0
        assert all(("position" in one) != one["passed"] for one in session["placements"])
    for reminder in plan.records("reminders"):
        assert reminder["what"]["kind"] != "step" or reminder["what"]["id"] in plan.tables["steps"]
    home_of(plan.tables, desk.words, desk.clock.today(), desk.clock.now())


class Journey(RuleBasedStateMachine):
    """A sitting, and everything that may happen to it."""

    @initialize(
        name=st.sampled_from([LAST_DAY, LAST_DAY, LAST_DAY, "values", "goals", "day-one"]),
        behind=st.lists(NUMBERS, max_size=5),
    )
    def begin(self, name: str, behind: list[int]) -> None:
        """Begin somewhere: with so many parts behind."""
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "room").mkdir()
        self.name = name
        self.nights = 0
        self.closed: dict[str, dict[str, Any]] = {}
        self.desk = self.sit_down()
        self.sitting = Sitting(self.desk, name)
        for number in behind if name == LAST_DAY else ():
            self.hurry(number)

    def hurry(self, number: int) -> None:
        for further in range(30):
            if self.sitting.current is not None:
                say(self.sitting, number + further)
        finish(self.sitting)

    def sit_down(self) -> Desk:
        desk = desk_in(self.folder / "data", own_folder=self.folder / "room")
        desk.clock.at += timedelta(days=self.nights)  # type: ignore[attr-defined]
        return desk

    def come_back(self) -> None:
        self.desk = self.sit_down()
        self.sitting = Sitting(self.desk, self.name)

    def is_asked(self) -> bool:
        return self.sitting.current is not None

    # In the sitting

    @precondition(is_asked)
    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=12), keeps=st.booleans())
    def answer(self, numbers: list[int], keeps: bool) -> None:
        for number in numbers:
            if self.sitting.current is not None:
                say(self.sitting, number)
            elif self.sitting.is_part_over:
                finish(self.sitting)
            if keeps:
                self.sitting.keep()

    @precondition(is_asked)
    @rule(number=NUMBERS)
    def hurries(self, number: int) -> None:
        """Say the rest of a part."""
        self.hurry(number)

    @precondition(is_asked)
    @rule()
    def passes(self) -> None:
        self.sitting.pass_()

    @rule(times=st.integers(1, 8))
    def back(self, times: int) -> None:
        for _ in range(times):
            self.sitting.back()

    @precondition(is_asked)
    @rule(times=st.integers(1, 8))
    def forward(self, times: int) -> None:
        for _ in range(times):
            if self.sitting.current is not None:
                self.sitting.forward()

    @precondition(is_asked)
    @rule()
    def types(self) -> None:
        stop = self.sitting.current
        assert stop is not None
        self.sitting.type({stop.question.fields[0].id: "half a sen"} if stop.question.fields else {})

    @rule()
    def changes_language(self) -> None:
        self.sitting.switch_language()

    @precondition(lambda self: self.sitting.is_part_over)
    @rule()
    def finishes(self) -> None:
        finish(self.sitting)

    @precondition(lambda self: self.sitting.is_at_plan)
    @rule(times=st.integers(1, 25))
    def looks_back_from_the_plan(self, times: int) -> None:
        """Going back and on again, over whatever was never answered, changes nothing."""
        if any(self.desk.drafts.read(part) for part in parts_of_last_day()):
            return  # a further goal that was begun alone would be gone on with
        before = self.desk.store.read().tables
        for _ in range(times):
            self.sitting.back()
        for _ in range(120):
            if self.sitting.is_at_plan:
                break
            if self.sitting.is_part_over:
                self.sitting.finish_part()
                continue
            conversation = self.sitting.conversation
            after = [stop.key for stop in conversation.road][conversation.place[0] + 1 :]
            self.sitting.forward()
            if after and self.sitting.current is not None:
                conversation.go_to(after[0])
            else:
                conversation.draft.at = ""
        assert self.sitting.is_at_plan
        assert self.desk.store.read().tables == before

    # Around it

    @rule(is_kept=st.booleans())
    def pause_or_kill(self, is_kept: bool) -> None:
        if is_kept:
            stop = self.sitting.current
            self.sitting.keep()
            self.come_back()
            if stop is not None and self.sitting.current is not None:
                assert self.sitting.current.key == stop.key
        else:
            self.come_back()

    @rule()
    def killed_between_save_and_delete(self) -> None:
        if not self.sitting.is_part_over:
            return
        drafts, keep = self.folder / "data" / "drafts", self.folder / "drafts"
        self.sitting.keep()
        shutil.rmtree(keep, ignore_errors=True)
        shutil.copytree(drafts, keep)
        self.sitting.finish_part()
        before = self.desk.store.read().tables
        shutil.copytree(keep, drafts, dirs_exist_ok=True)
        self.come_back()
        part = self.sitting.part
        while self.sitting.part == part and (stop := self.sitting.current) is not None:
            assert stop.key in self.sitting.draft.answers or stop.question.kind == "page"
            self.sitting.forward()
        self.sitting.finish_part()
        assert self.desk.store.read().tables == before

    @rule()
    def sleeps(self) -> None:
        self.sitting.keep()
        self.nights += 1
        self.come_back()

    @rule(room=st.sampled_from(ROOMS))
    def room_writes_its_file_anew(self, room: str) -> None:
        self.sitting.keep()
        (self.folder / "room" / "statements.txt").write_text(room, encoding="utf-8")
        self.come_back()

    @rule(pick=NUMBERS, part=st.sampled_from([*parts_of_last_day(), "goals", ""]), passes=st.booleans())
    def changes_a_line(self, pick: int, part: str, passes: bool) -> None:
        """Open a line of the plan page, or, without a part, the question that waits on Home."""
        self.sitting.keep()
        desk = self.desk
        tables, today = desk.store.read().tables, desk.clock.today()
        sheet = plan_sheet(tables, desk.words, today, with_passed=True)
        openings = [line.opening.arguments for line in sheet.lines if line.opening and line.opening.module == part]
        later = home_of(tables, desk.words, today, desk.clock.now()).question
        if later is not None and not later.is_way and not part:
            question = OneQuestion(desk, *later.arguments, is_later=later.is_later)
        elif openings:
            question = OneQuestion(desk, *openings[pick % len(openings)])
        else:
            return
        assert question.current is not None
        while question.current is not None:
            if passes:
                question.pass_()
            else:
                say(question, pick)
        question.finish_part()
        before = desk.store.read().tables
        if question.draft.given:
            apply(desk, question.conversation)
        assert desk.store.read().tables == before
        self.come_back()

    @rule(
        part=st.sampled_from(["goals", "values", "learning", "day-one", "practice", "reflect"]),
        numbers=st.lists(NUMBERS, max_size=25),
    )
    def begins_a_part_alone(self, part: str, numbers: list[int]) -> None:
        self.sitting.keep()
        alone = Sitting(self.desk, part)
        for number in numbers:
            if alone.current is None:
                break
            say(alone, number)
            alone.keep()
        if alone.is_part_over:
            finish(alone)
            assert not alone.back()
        self.come_back()

    @rule()
    def undoes(self) -> None:
        self.sitting.keep()
        self.desk.store.undo(self.desk.clock.now())
        self.closed.clear()
        self.come_back()

    @invariant()
    def the_plan_holds_together(self) -> None:
        if not hasattr(self, "desk"):
            return
        check_plan(self.desk)
        today = self.desk.clock.today()
        for session in self.desk.store.read().records("values"):
            if not is_closed(session, today):
                continue
            before = self.closed.setdefault(session["id"], session)
            count = len(before["placements"])
            assert session["placements"][:count] == before["placements"]
            self.closed[session["id"]] = session

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        for _ in range(150):
            if self.sitting.part == "":
                break
            if self.sitting.is_at_plan:
                self.sitting.finish_plan()
            elif self.sitting.is_part_over:
                finish(self.sitting)
            else:
                self.sitting.pass_()
        assert self.sitting.part == ""
        check_plan(self.desk)
        if self.name == LAST_DAY:
            left = {name for name in (LAST_DAY, "start", "ahead") if self.desk.drafts.read(name)}
            assert not left
            assert {one["state"] for one in self.desk.store.read().records("values")} <= {"closed"}
        shutil.rmtree(self.folder)


TestJourney = Journey.TestCase
TestJourney.settings = settings(
    max_examples=35, stateful_step_count=30, deadline=None, phases=[Phase.explicit, Phase.generate], database=None
)
