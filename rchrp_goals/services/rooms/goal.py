"""One goal's page: the next step, where it stands in the person's own words, steps, if-then, rulers, who stands by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, parts, text
from rchrp_goals.services import goal_changes, saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.kept_words import before_this, text_of
from rchrp_goals.services.room import Action, Ask, Detail, Dots, Place, Question, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.goal_levels import GoalLevels
from rchrp_goals.services.rooms.goal_state import ended_action, state_action
from rchrp_goals.services.rooms.reminder_rows import remind_action
from rchrp_goals.services.rooms.step_rows import StepRows, add_action, hidden_steps, next_step
from rchrp_goals.services.values_roads import roads_of
from rchrp_goals.services.values_rows import id_of

if TYPE_CHECKING:
    from rchrp_goals.content import Words
    from rchrp_goals.services.desk import Desk

Answers = Mapping[str, Any]
_SHORT = 200
"""Characters of the reason that stand under the title; the whole of it stands further down."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read a goal's page. Raises ProblemError ``not_there`` where the goal is gone."""
    tables = desk.store.read().tables
    goal = next((one for one in glance.goals_in_order(tables) if one["id"] == place.id), None)
    if goal is None:
        raise ProblemError("not_there")
    return _GoalPage(tables, goal, desk.words, desk.clock.today()).view(place)


class _GoalPage:
    """A goal in words, made from the tables of a plan."""

    def __init__(self, tables: glance.Tables, goal: Record, words: Words, today: date) -> None:
        self.tables, self.goal, self.words, self.today = tables, goal, words, today
        self.id: str = goal["id"]
        self.steps = glance.steps_of(tables, self.id)
        self.step_rows = StepRows(tables, words, today, glance.goals_in_view(tables), self.id)
        rulers = [one for one in glance.standing(tables, "rulers") if one.get("goal") == self.id]
        self.rulers = sorted(rulers, key=lambda one: (text(one, "at"), text(one, "created_at")))
        self.if_thens = [
            one
            for one in glance.standing(tables, "if_thens")
            if one.get("goal") == self.id and (text(one, "obstacle") or text(one, "then"))
        ]
        self.state = state_action(words, goal)
        self.levels = GoalLevels(tables, goal, words, today)
        self.ids = {"goal": self.id}
        if self.rulers:
            self.ids["ruler"] = self.rulers[-1]["id"]

    def view(self, place: Place) -> RoomView:
        """Return the whole page."""
        levels = self.levels
        rows = self.step_rows.rows(self.steps)
        is_at_it = self.goal["state"] in glance.IN_VIEW
        hidden = hidden_steps(self.tables, self.today)
        following = next_step(self.steps, self.today, hidden) if is_at_it else None
        return RoomView(
            place,
            saying.plain_text(self.goal["title"]),
            about=self._about(),
            card_heading=self._ui("goal.next"),
            card=self.step_rows.card(following) if following is not None else None,
            sections=(
                *levels.sections(),
                Section(self._ui("goal.steps"), rows, empty=self._ui("goal.no_steps")),
                levels.notes(),
                Section(self._ui("goal.if_then"), tuple(self._if_then_rows()), is_aside=True, when_first=True),
                Section(self._ui("goal.rulers"), tuple(self._ruler_rows()), is_aside=True),
                Section(self._ui("goal.supporters"), tuple(self._supporter_rows()), is_aside=True, when_first=True),
                Section(self._ui("goal.itself"), tuple(self._itself()), is_aside=True, when_first=True),
            ),
            actions=(
                add_action(self.words, "goal.add_step", self.id),
                levels.note_action(),
                *(() if levels.has_words else (levels.words_action(),)),
                self.state,
            ),
            day=short_date(self.today, self.today, self.words),
            language=self.words.language,
        )

    def _about(self) -> str:
        """Return what stands under the title: how it is with the goal where nobody is at it, and why it matters."""
        state, why = self.goal["state"], saying.plain_text(text(self.goal, "why"))
        said = []
        if state != "active":
            said.append(self._ui(f"goal.is_{state}"))
        if why:
            short = saying.beginning(why, _SHORT)
            said.append(self.words.ui("sentences.colon", first=self.words.ui("plan_page.why"), second=short))
        return " ".join(said)

    # ------------------------------------------------------------------ if and then

    def _if_then_rows(self) -> Iterator[Row]:
        words = "" if self.if_thens else self._ui("action.write_if_then")
        add = Action("if_then.add", question=Question("goals", "if_then", {"goal": self.id}), words=words)
        if not self.if_thens:
            yield Row(self._ui("goal.no_if_then"), "if_then", actions=(add,))
        for one in self.if_thens:
            obstacle, then = (saying.plain_text(text(one, name)) for name in ("obstacle", "then"))
            actions = (
                self._say(one),
                self._question("if_then", if_then=one["id"]),
                add,
                Action("if_then.remove", partial(_remove_if_then, one["id"])),
            )
            note = self._said_on(one)
            before = before_this(self.tables, "if_thens", one, self.words, partial(saying.if_then, words=self.words))
            label = self._ui("goal.if")
            if obstacle and then:
                yield Row(obstacle, when=label)
            elif obstacle:
                yield Row(obstacle, f"if_then:{one['id']}", when=label, note=note, actions=actions, detail=before)
            if then:
                label = self._ui("goal.then")
                yield Row(then, f"if_then:{one['id']}", when=label, note=note, actions=actions, detail=before)

    def _said_on(self, one: Record) -> str:
        on = day(one, "said_on")
        return self._ui("goal.said_on", day=short_date(on, self.today, self.words)) if on else ""

    def _say(self, one: Record) -> Action:
        key = f"if_then:{one['id']}"

        def change(desk: Desk, answers: Answers) -> Said:
            goal_changes.said_if_then(desk.store, one["id"], desk.clock.today(), desk.clock.now())
            return Said(desk.words.ui("goal_rooms.said.said"), key)

        sentence = saying.if_then(one, self.words)
        return Action("if_then.say", change, confirm=sentence, title=self._ui("goal.say_title"))

    # ------------------------------------------------------------------ rulers

    def _ruler_rows(self) -> Iterator[Row]:
        place = self._place_rulers()
        has_any = False
        for name in ("importance", "confidence"):
            placed = [(one, value) for one in self.rulers if type(value := one.get(name)) is int]
            if not placed:
                continue
            (first, then), (last, now) = placed[0], placed[-1]
            is_once = first is last
            has_any = True
            makes = saying.what_makes_it(last, self.words) if text(last, "what_makes_it_about") == name else ""
            yield Row(
                self._ui(f"goal.{name}"),
                f"ruler:{name}",
                picture=Dots(None if is_once else then, now, "0", "10"),
                said=self._then_and_now(then, now, is_once=is_once),
                note=makes,
                actions=(place,),
            )
        if not has_any:
            yield Row(self._ui("goal.no_rulers"), "ruler", actions=(place,))

    def _then_and_now(self, then: int, now: int, *, is_once: bool) -> str:
        key = "at" if is_once else "still_at" if then == now else "then_now"
        return self._ui(f"goal.{key}", then=then, now=now)

    def _place_rulers(self) -> Action:
        step = next_step(self.steps, self.today)
        step_id = step["id"] if step is not None else None
        asked = self.words.module("goals")

        def change(desk: Desk, answers: Answers) -> Said:
            today, now = desk.clock.today(), desk.clock.now()
            goal_changes.place_rulers(desk.store, self.id, {**answers, "step": step_id}, today, now)
            return Said(desk.words.ui("goal_rooms.said.rulers"), "ruler:importance")

        def ruler(name: str, label: str) -> Ask:
            ends = asked[name]["position"]
            return Ask(name, "position", label, is_optional=True, low=ends["low"], high=ends["high"])

        asks = [ruler("importance", asked["importance"]["text"])]
        if step is not None:
            said = self._ui("goal.how_sure", step=saying.phrase(text(step, "text")))
            asks.append(ruler("confidence", said))
        asks.append(Ask("what_makes_it", "long", self._ui("goal.what_makes_it"), is_optional=True))
        title = saying.plain_text(self.goal["title"])
        return Action("goal.rulers", change, tuple(asks), title=self._ui("goal.rulers_title"), about=title)

    # ------------------------------------------------------------------ who stands by, and the goal itself

    def _supporter_rows(self) -> Iterator[Row]:
        change = self._question("supporters")
        found = [(saying.plain_text(text(one, "name")), one) for one in parts(self.goal, "supporters")]
        found = [(name, one) for name, one in found if name]
        for number, (name, one) in enumerate(found):
            how = saying.plain_text(text(one, "how"))
            yield Row(how, f"supporter:{number}", when=name, actions=(change,))
        if not found:
            yield Row(self._ui("goal.no_supporters"), "supporter", actions=(change,))

    def _itself(self) -> Iterator[Row]:
        """Give what the goal is: its words, why, by when, and how it is with it; each can be changed."""
        ui = self.words.ui
        title = saying.plain_text(self.goal["title"])
        remove = Action(
            "goal.remove", partial(_remove_goal, self.id), confirm=self._ui("goal.remove_sure"), about=title
        )
        yield Row(
            title,
            "about:what",
            when=self._ui("goal.what"),
            actions=(self._question("what"), remove),
            detail=self._before(text_of("title")),
        )
        why = saying.plain_text(text(self.goal, "why")) or self._ui("goal.nothing_yet")
        yield Row(
            why,
            "about:why",
            when=self._ui("goal.why"),
            actions=(self._question("why"),),
            detail=self._before(text_of("why")),
        )
        look = self._look_again(self.goal) or self._ui("goal.no_day")
        spoken = self.words.ui("sentences.colon", first=self._ui("goal.look_again"), second=f"{look}.")
        looking = (self._question("content"), remind_action(self.words, "goal", self.id, title, self.today))
        yield Row(
            look,
            "about:content",
            when=self._ui("goal.again"),
            actions=looking,
            spoken=spoken,
            detail=self._before(self._look_again),
        )
        yield from self._values_rows()
        own = self._ui("levels.own")
        yield Row(
            own,
            "about:levels",
            when=self._ui("levels.own_label"),
            actions=(self.levels.words_action(),),
            detail=self._before(self.levels.words_said),
        )
        state = ui(f"enum.goal_state.{self.goal['state']}")
        note = saying.plain_text(text(self.goal, "state_why"))
        actions = (self.state,)
        yield Row(state, f"goal:{self.id}", when=self._ui("goal.state"), note=note, actions=actions)
        if self.goal["state"] in goal_changes.OVER:
            on = day(self.goal, "ended_on")
            since = saying.day_words(on, self.today, self.words) if on else self._ui("goal.no_day")
            action = ended_action(self.words, self.goal)
            yield Row(since, "about:ended", when=self._ui("goal.since"), actions=(action,))

    def _look_again(self, goal: Record) -> str:
        on = day(goal, "review_on")
        return saying.day_words(on, self.today, self.words) if on else ""

    def _before(self, said: Callable[[Record], str]) -> tuple[Detail, ...]:
        return before_this(self.tables, "goals", self.goal, self.words, said)

    def _values_rows(self) -> Iterator[Row]:
        """Give the values statements that the goal follows from, without a word of where somebody stands on them."""
        label = self.words.ui("over_time.follows_from")
        for one in roads_of(self.tables, self.goal):
            opening = Action("thing.open", place=Place("values.statement", id_of(one.name)))
            yield Row(one.text, f"about:{id_of(one.name)}", when=label, actions=(opening,))

    def _question(self, key: str, **ids: str) -> Action:
        return Action("thing.change", question=Question("goals", key, {**self.ids, **ids}))

    def _ui(self, key: str, **values: object) -> str:
        return self.words.ui(f"goal_rooms.{key}", **values)


def _remove_if_then(id: str, desk: Desk, answers: Answers) -> Said:
    goal_changes.remove_if_then(desk.store, id, desk.clock.now())
    return Said(desk.words.ui("goal_rooms.said.if_then_removed"))


def _remove_goal(id: str, desk: Desk, answers: Answers) -> Said:
    goal_changes.remove_goal(desk.store, id, desk.clock.now())
    return Said(desk.words.ui("goal_rooms.said.goal_removed"), place=Place("goals"))
