"""Home line by line: the one thing first, what can be done with it, then the rest as a numbered menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rchrp_goals.errors import ProblemError
from rchrp_goals.plain import PlainConversation
from rchrp_goals.plain_again import Line, new_lines
from rchrp_goals.plain_answers import GoneBackError, PlainAnswers
from rchrp_goals.plain_menu import AgainError, begins_as
from rchrp_goals.plain_plan import PlainPlan
from rchrp_goals.plain_question import ask_question
from rchrp_goals.plain_room import PlainRoom
from rchrp_goals.plain_terminal import LeftError, PausedError, Terminal, without_slash
from rchrp_goals.services import capture
from rchrp_goals.services.day_words import full_date
from rchrp_goals.services.home import HomeView, begin_words, heading_of, opening_of, place_of, read_home
from rchrp_goals.services.home_chores import close_days_that_are_over, follow_the_zone
from rchrp_goals.services.later import ANOTHER_DAY, LaterQuestion, open_way, put_off
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.place import Place
from rchrp_goals.services.rooms.reading import DOORS, HOME, PLAN, SHEETS, YEAR
from rchrp_goals.services.saying import begun, ended
from rchrp_goals.services.spoken_of import place_spoken_of
from rchrp_goals.services.undoing import next_undo, undo

if TYPE_CHECKING:
    from rchrp_goals.services.context import Context

T = TypeVar("T")
EVERYTHING = 1_000_000


class Doing(NamedTuple):
    """One numbered thing: its words, and what it does."""

    words: str
    do: Callable[[], object]


class PlainHome(PlainAnswers):
    """Says what stands, asks for a number, does it, and says again what stands, until the person closes it."""

    def __init__(self, context: Context, terminal: Terminal) -> None:
        super().__init__(context, terminal)
        self.is_draft_first = True
        self._is_over = False
        self._said_card: list[str] = []
        self._said_list: list[Line] | None = None

    def run(self) -> int:
        """Run until it is closed, left, or the input ends; returns the exit code, which is 0 for each of them.

        Raises FileProblem where the plan cannot be read.
        """
        try:
            close_days_that_are_over(self.desk)
            follow_the_zone(self.desk)
            while not self._is_over:
                self._turn()
        except LeftError:
            self.terminal.clear()
            self.terminal.say(self.words("plain.left"))
        except (PausedError, KeyboardInterrupt):
            self.say_closed()
        return 0

    def _turn(self) -> None:
        """Say Home and do one thing."""
        view = read_home(self.desk, is_draft_first=self.is_draft_first, at_once=EVERYTHING)
        doings = self._doings(view)
        self._say_all(view, doings)
        try:
            number_typed = self._number_or_name([doing.words for doing in doings])
            if number_typed is None:
                self._is_over = True
                self.say_closed()
            else:
                doings[number_typed - 1].do()
        except AgainError:
            self._said_card, self._said_list = [], None
        except GoneBackError:
            if self.has_typed:
                self.terminal.say(self.ui("not_kept"))
        except ProblemError as problem:  # a thing is gone, or may not be changed any more, since it was said
            self.say_or_raise(problem)

    # ------------------------------------------------------------------ what is said

    def _say_all(self, view: HomeView, doings: list[Doing]) -> None:
        """Say what stands and what can be done; of what was heard before, only what is new."""
        card = self._card(view)
        lines = [Line(doing.words, str(number)) for number, doing in enumerate(doings, 1)]
        new = new_lines(self._said_list, lines)
        self.terminal.space()
        if new is None:
            self.terminal.say(f"{view.greeting} {begun(view.day)}.", *card)
            self.terminal.space()
        else:
            self.terminal.say(ended(self.words("rooms.name.home")), *(card if card != self._said_card else []))
        for line in lines if new is None else new:
            self.terminal.say(f"{line.key} {line.said}")
        menu = "menu_unsaved" if self.terminal.could_not_save else "menu"
        self.say(menu if new is None else "menu_again")
        self._said_card, self._said_list = card, lines

    def _card(self, view: HomeView) -> list[str]:
        """Return the one thing first, and the question that can wait, as lines."""
        card, words = view.card, self.words
        heading = heading_of(card, self.desk.words)
        is_said_by_about = card.kind == "draft" and card.about  # "You paused in: ..." says it all
        said = [] if is_said_by_about else [ended(words("sentences.colon", first=heading, second=card.text))]
        parts = (card.moment, card.about, card.when, card.hint)
        said += [ended(begun(self._heard(part))) for part in parts if part]
        said += [view.rest] if view.rest else []
        if view.question is not None:
            said.append(words("sentences.colon", first=words("home.question"), second=view.question.text))
            if view.question.about:
                said.append(ended(words("home.about", about=view.question.about)))
            elif view.question.is_way:
                said.append(ended(view.question.hint))
        return said

    def _number_or_name(self, lines: list[str]) -> int | None:
        """Read the number of a line, or the words with which it begins; None where the person closes Home."""
        while (line := self.listen()) is not None:
            named = begins_as(line, lines)
            number = self._numbered(line, len(lines)) if named is None else named + 1
            if number is not None:
                return number
        return None

    def _doings(self, view: HomeView) -> list[Doing]:
        """Return what can be done: first with the one thing, then the rest."""
        words, question = self.words, view.question
        found = [Doing(words(f"home.{name}"), self._with_card(view, name)) for name in view.card.actions]
        if question is not None:
            opens = question.open_words or self.words("plain_home.open_question")
            found.append(Doing(opens, lambda: self._ask_later(question)))
            found.append(Doing(self.words("plain_home.question_another_day"), lambda: self._put_question_off(question)))
        if view.goals:
            found.append(Doing(words("home.goals"), lambda: self._goals(view)))
        if view.inbox:
            found.append(Doing(words("home.inbox"), lambda: self._inbox(view)))
        if view.soon:
            found.append(Doing(words("home.soon"), lambda: self._soon(view)))
        if view.hours:
            found.append(Doing(words("learning_room.hours.heading"), lambda: self._hours(view)))
        if view.has_plan:
            found.append(Doing(words("home.my_plan"), lambda: PlainPlan(self.context, self.terminal, "").run()))
        found.append(Doing(self.words("plain_home.add"), self._add))
        found.append(Doing(self.words("plain_home.begin"), lambda: self._begin(view)))
        for door in (*DOORS, SHEETS, YEAR):
            if door.module:
                found.append(Doing(words(f"rooms.name.{door.name}"), partial(self._room, Place(door.name))))
        taken = next_undo(self.desk.store, self.desk.words)
        if taken is not None:
            found.append(Doing(words("rooms.plain.undo", what=taken.words), partial(self._undo, taken.id)))
        return found

    # ------------------------------------------------------------------ the one thing

    def _with_card(self, view: HomeView, name: str) -> Callable[[], None]:
        """Return what an action of the card does."""
        card = view.card
        names = {"go_on": card.name, "values": "values", "begin_last_day": "last-day", "begin_day_one": "day-one"}
        names["begin_check_in"] = "check-in"
        if name in names:
            return lambda: self._converse(names[name])
        return {
            "done": lambda: self._mark_done(card.kind, card.id),
            "later": lambda: self._put_off(card.kind, card.id),
            "not_now": lambda: self._hide_for_today(card.kind, card.id),
            "change": lambda: self._change(card.kind, card.id),
            "open": lambda: self._see(card.kind, card.id),
            "went": lambda: self._say_how_it_went(card.id),
            "useful": lambda: self._answer_reminder("useful", card.id),
            "stop": lambda: self._answer_reminder("stop", card.id),
        }[name]

    def _mark_done(self, kind: str, id: str) -> None:
        desk, clock = self.desk, self.desk.clock
        was_new = self._save(
            lambda: capture.mark_done(desk.store, kind, id, clock.today(), clock.now(), hour_at=clock.instant)
        )
        if was_new is not None:
            self.terminal.say(self.words("home.said_done" if was_new else "home.said_done_before"))

    def _put_off(self, kind: str, id: str) -> None:
        desk = self.desk
        day = self.day_ahead()
        if day is not None and self._keep(lambda: capture.later(desk.store, kind, id, day, desk.clock)):
            self.terminal.say(self.words("home.said_later", day=full_date(day, desk.words)))

    def _hide_for_today(self, kind: str, id: str) -> None:
        desk = self.desk
        if kind == "draft":
            self.is_draft_first = False
        elif not self._keep(lambda: capture.not_now(desk.store, kind, id, desk.clock.today(), desk.clock.now())):
            return
        self.terminal.say(self.words("home.said_not_now"))

    def _answer_reminder(self, name: str, id: str) -> None:
        """Keep a reminder that has asked three times, or stop it."""
        from rchrp_goals.services.rooms.reminder_rows import answer_still

        said = self._save(lambda: answer_still(self.desk, name, id))
        if said is not None:
            self.terminal.say(said)

    def _change(self, kind: str, id: str) -> None:
        """Ask a thing's own question, or go to its page; where it has none, say the plan."""
        place = place_of(kind, id)
        if place is not None:
            self._room(place)
            return
        desk = self.desk
        opening = opening_of(desk.store.read().tables, desk.words, desk.clock.today(), kind, id)
        if opening is None:
            PlainPlan(self.context, self.terminal, "").run()
        else:
            self._ask(OneQuestion(desk, *opening.arguments))

    def _say_how_it_went(self, id: str) -> None:
        """Take words about how the step went that a reminder asks about."""
        from rchrp_goals.services.rooms.step_went import answer_action

        action = self._save(lambda: answer_action(self.desk, id))
        said = self.ask_and_make("plain:home", action) if action is not None else None
        if said is not None:
            self.terminal.say(said.sentence)

    def _see(self, kind: str, id: str) -> None:
        """Go to the thing that the card speaks of."""
        place = place_spoken_of(self.desk.store.read().tables, kind, id)
        if place is not None:
            self._room(place)

    # ------------------------------------------------------------------ questions

    def _ask(self, question: OneQuestion) -> None:
        """Ask one question by itself and save it at once."""
        ask_question(self, question)

    def _ask_later(self, question: LaterQuestion) -> None:
        if question.is_way:
            self._open_way(question)
            return
        self._ask(OneQuestion(self.desk, *question.arguments, is_later=question.is_later))

    def _open_way(self, question: LaterQuestion) -> None:
        """Go where a question leads, or do it where it stands."""
        desk = self.desk
        if not self._keep(lambda: open_way(desk.store, question, desk.clock.today(), desk.clock.now())):
            return
        if question.conversation:
            self._converse(question.conversation)
        elif question.place is not None:
            self._room(question.place)
        else:
            self.terminal.say(self.words("home.said_done"))

    def _put_question_off(self, question: LaterQuestion) -> None:
        desk = self.desk
        until = desk.clock.today() + ANOTHER_DAY
        if self._keep(lambda: put_off(desk.store, question, until, desk.clock.now())):
            self.terminal.say(self.words("home.said_question"))

    # ------------------------------------------------------------------ the rooms

    def _goals(self, view: HomeView) -> None:
        words = self.words
        lines = []
        for goal in view.goals:
            said = ended(goal.title)
            step = words("sentences.colon", first=self.words("plain_home.step"), second=goal.step) if goal.step else ""
            parts = [ended(begun(part)) for part in (step or words("home.no_step"), self._heard(goal.when)) if part]
            lines.append(" ".join([said, *parts]))
        at = self.pick(words("home.goals"), lines)
        if at is not None:
            self._room(Place("goals.one", view.goals[at].id))

    def _room(self, place: Place) -> None:
        """Go to a room, and from there wherever the person goes; then Home is said again."""
        goes: Place | str | None = place
        while goes is not None and goes != Place(HOME):
            if isinstance(goes, str):
                self._converse(goes)
                return
            if goes.room == PLAN.name:
                PlainPlan(self.context, self.terminal, "").run()
                return
            room = PlainRoom(self.context, self.terminal, goes)
            room.run()
            goes = room.goes

    def _inbox(self, view: HomeView) -> None:
        words = self.words
        lines = [
            " ".join(ended(begun(part)) for part in (item.text, self._heard(item.when)) if part) for item in view.inbox
        ]
        at = self.pick(words("home.inbox"), lines)
        if at is None:
            return
        item = view.inbox[at]
        done = self.pick(item.text, [words(f"home.item_{name}") for name in ("done", "later", "change")])
        if done is not None:
            (self._mark_done, self._put_off, self._change)[done]("step", item.id)

    def _soon(self, view: HomeView) -> None:
        lines = [self.words("sentences.colon", first=begun(one.day), second=one.text) for one in view.soon]
        at = self.pick(self.words("home.soon"), lines)
        if at is not None:
            self._change(view.soon[at].kind, view.soon[at].id)

    def _hours(self, view: HomeView) -> None:
        """Say what was learned in hours, a line for each focus area."""
        self.terminal.space()
        for one in view.hours:
            self.terminal.say(ended(self.words("sentences.colon", first=begun(one.area), second=one.heard)))

    def _add(self) -> None:
        """Take one line into the inbox."""
        desk = self.desk
        self.terminal.say(self.words("home.add_title"))
        self.say("add_how")
        while (line := self.listen()) is not None:
            text = without_slash(line)
            added = self._save(lambda: capture.add_step(desk.store, text, None, None, desk.clock.now()))  # noqa: B023
            if added is not None:
                self.terminal.say(self.words("home.said_added"))
                if added.was_changed:
                    self.terminal.say(self.words("text.left_out"))
                return

    def _begin(self, view: HomeView) -> None:
        found = begin_words(view, self.desk.words)
        lines = [ended(words) + (f" {ended(begun(note))}" if note else "") for _, words, note in found]
        at = self.pick(self.words("home.begin_title"), lines)
        if at is not None:
            self._converse(found[at][0])

    def _converse(self, name: str) -> None:
        """Hold a conversation; one that was paused or left closes Home too."""
        conversation = PlainConversation(self.context, self.terminal, name)
        conversation.is_from_home = True
        conversation.run()
        self._is_over = bool(conversation.sitting.part)
        self._said_card, self._said_list = [], None  # it was long; what stands at Home is heard anew

    def _undo(self, id: str) -> None:
        """Take back the last change, whose words stood beside the number; where a command made another since, nothing."""
        desk = self.desk
        sentence = self._save(
            lambda: undo(desk.store, desk.words, desk.clock.now(), only=id) or self.words("rooms.changed_since")
        )
        if sentence is not None:
            self.terminal.say(sentence)

    def _heard(self, text: str) -> str:
        """Return a text without the point that parts two things on a screen."""
        return text.replace(self.words("home.between"), self.words("sentences.semicolon"))

    # ------------------------------------------------------------------ saving

    def _keep(self, change: Callable[[], object]) -> bool:
        """Make one change; False where it could not be made, which was said then. Raises as ``_save`` does."""
        return self._save(lambda: (change(),)) is not None

    def _save(self, change: Callable[[], T]) -> T | None:
        """Make one change; a problem is said, and then this is None.

        Raises FileProblem where the plan cannot be read.
        """
        try:
            return change()
        except ProblemError as problem:
            self.say_or_raise(problem)
            self.give_up(problem)
            return None
