"""The sheet that is only for me: everything, each line with the question that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rchrp_goals.content import Words
from rchrp_goals.export.sheet import Line, Opening, Section
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, day, parts, text
from rchrp_goals.plan.text import shown
from rchrp_goals.services import practice, reflections, saying
from rchrp_goals.services.plan_check_ins import check_in_sections
from rchrp_goals.services.plan_lines import Page, Tables
from rchrp_goals.services.plan_values import covered_section, values_section

_LEVELS = {"baseline": "baseline", "-2": "much_less", "-1": "less", "1": "better", "2": "best"}


class MyPage(Page):
    """Everything, each line with the question that it came from."""

    def __init__(
        self, tables: Tables, words: Words, today: date, *, with_passed: bool, is_covered: bool = False
    ) -> None:
        super().__init__(tables, words, today)
        self.with_passed = with_passed
        self.is_covered = is_covered

    def sections(self) -> Iterator[Section]:
        """Give goals, the inbox, learning, dates, values, agreements and what else there is."""
        if not self.goals and self.with_passed:
            yield Section("goal", "", (self._passed("goal", "goal", Opening("goals", "what")),))
        for goal in self.goals:
            yield Section("goal", "", tuple(self._goal(goal)))
        yield Section("inbox", "", tuple(self._inbox()))
        yield Section("learning", "", tuple(self._learning()))
        yield Section("ahead", "", tuple(self._dates()))
        if self.is_covered:
            yield covered_section(self.words)
        else:
            yield values_section(self.tables, self.words, self.today, with_passed=self.with_passed)
        yield Section("agreements", self.ui("agreements"), tuple(self._agreements()))
        yield Section("more", "", tuple(self._more()))
        yield from check_in_sections(self)
        yield Section("reflections", self.words.ui("reflect_room.title"), tuple(self._reflections()))
        yield Section("practice", self.words.ui("practice_room.title"), tuple(self._practice()))

    def _passed(self, label: str, key: str, opening: Opening) -> Line:
        return Line(self.ui(label), self.ui("passed"), key=key, opening=opening, is_passed=True)

    # A goal and its parts

    def _goal(self, goal: Record) -> Iterator[Line]:
        id = goal["id"]
        ruler = saying.newest(self.own("rulers", goal), "at")
        promises = self.own("if_thens", goal)
        steps = self.steps_of(goal)
        ids = _ids(goal=goal, ruler=ruler, if_then=promises[0] if promises else {}, step=steps[0] if steps else {})

        def opened(question: str) -> Opening:
            return Opening("goals", question, ids)

        state = self.words.enum("goal_state", goal["state"]) if goal["state"] != "active" else ""
        yield Line(self.ui("goal"), saying.plain_text(goal["title"]), state, True, f"goal:{id}", opened("what"))
        yield from self._said("why", text(goal, "why"), f"why:{id}", opened("why"), joins=True)
        yield from self._content(goal, opened("content"))
        yield from self._levels(goal, opened("levels"))
        yield from self._if_thens(goal, promises, ids)
        yield from self._steps(goal, steps, ids)
        yield from self._rulers(goal, ruler, ids)
        yield from self._supporters(goal, opened("supporters"))

    def _said(self, label: str, said: str, key: str, opening: Opening, *, joins: bool = False) -> Iterator[Line]:
        if said:
            yield Line(self.ui(label), _lines(said), key=key, opening=opening, joins=joins)
        elif self.with_passed:
            yield self._passed(label, key, opening)

    def _content(self, goal: Record, opening: Opening) -> Iterator[Line]:
        levels = goal.get("levels")
        expected = text(levels, "0") if isinstance(levels, Mapping) else ""
        by = day(goal, "review_on")
        key = f"content:{goal['id']}"
        if expected or by:
            day_by = self.day(by, with_weekday=False, is_short=True) if by else ""
            label = self.ui("by", day=day_by) if by else self.ui("content")
            said = self.ui("content_text", expected=saying.plain_text(expected)) if expected else self.ui("content_day")
            yield Line(label, said, key=key, opening=opening)
        elif self.with_passed:
            yield self._passed("content", key, opening)

    def _levels(self, goal: Record, opening: Opening) -> Iterator[Line]:
        levels = goal.get("levels")
        words = {**(levels if isinstance(levels, Mapping) else {}), "baseline": text(goal, "baseline")}
        joins = False
        for name, label in _LEVELS.items():
            said = text(words, name)
            if said:
                key = f"level:{goal['id']}:{name}"
                yield Line(self.ui(label), saying.plain_text(said), key=key, opening=opening, joins=joins)
                joins = True

    def _if_thens(self, goal: Record, promises: list[Record], ids: Mapping[str, str]) -> Iterator[Line]:
        said = False
        for one in promises:
            opening = Opening("goals", "if_then", {**ids, "if_then": one["id"]})
            obstacle, then = text(one, "obstacle"), text(one, "then")
            if obstacle:
                key = f"if:{one['id']}"
                yield Line(self.ui("if"), saying.plain_text(obstacle), key=key, opening=opening)
            if then:
                key = f"then:{one['id']}"
                yield Line(self.ui("then"), saying.plain_text(then), key=key, opening=opening, joins=bool(obstacle))
            said = said or bool(obstacle or then)
        if not said and self.with_passed:
            yield self._passed("if", f"if:{goal['id']}", Opening("goals", "if_then", ids))

    def _steps(self, goal: Record, steps: list[Record], ids: Mapping[str, str]) -> Iterator[Line]:
        if not steps and self.with_passed:
            yield self._passed("first_step", f"step:{goal['id']}", Opening("goals", "first_step", ids))
        for number, step in enumerate(steps):
            label = "further_step" if number else "first_step"
            yield self._step(step, label, Opening("goals", "first_step", {**ids, "step": step["id"]}))

    def _step(self, step: Record, label: str, opening: Opening) -> Line:
        notes = [saying.step_when(step, self.words, self.today)]
        if text(step, "with_whom"):
            notes.append(self.ui("with_whom", name=saying.plain_text(text(step, "with_whom"))))
        if step.get("state") == "done":
            on = day(step, "done_on")
            notes = [self.ui("done_on", day=self.day(on)) if on else self.ui("done")]
        elif step.get("state") == "let_go":
            notes = [self.words.enum("step_state", "let_go")]
        notes.append(saying.plain_text(text(step, "went")))
        is_strong = label != "further_step" and step.get("state") == "planned"
        note = "\n".join(one for one in notes if one)
        return Line(self.ui(label), saying.plain_text(step["text"]), note, is_strong, f"step:{step['id']}", opening)

    def _rulers(self, goal: Record, ruler: Record, ids: Mapping[str, str]) -> Iterator[Line]:
        joins = False
        for name in ("importance", "confidence"):
            opening = Opening("goals", name, ids)
            position = ruler.get(name)
            if isinstance(position, int):
                key = f"{name}:{goal['id']}"
                yield Line(self.ui(name), self.ui("at", n=position), key=key, opening=opening, joins=joins)
                joins = True
                if text(ruler, "what_makes_it_about") == name:
                    yield from self._makes_it(goal, ruler, ids, joins=True)
            elif self.with_passed and (name == "importance" or ids.get("step")):
                yield self._passed(name, f"{name}:{goal['id']}", opening)
        if not isinstance(ruler.get(text(ruler, "what_makes_it_about")), int):
            yield from self._makes_it(goal, ruler, ids, joins=joins)

    def _makes_it(self, goal: Record, ruler: Record, ids: Mapping[str, str], *, joins: bool) -> Iterator[Line]:
        said = text(ruler, "what_makes_it")
        if said:
            asked = "confidence" if isinstance(ruler.get("confidence"), int) else "what_makes_it"
            key = f"makes_it:{goal['id']}"
            yield Line(self.ui("makes_it"), _lines(said), key=key, opening=Opening("goals", asked, ids), joins=joins)

    def _supporters(self, goal: Record, opening: Opening) -> Iterator[Line]:
        label, key = self.ui("supporters"), f"supporters:{goal['id']}"
        found = [saying.supporter(one, self.words) for one in parts(goal, "supporters")]
        for number, said in enumerate(one for one in found if one):
            yield Line(label, said, key=f"{key}:{number}", opening=opening, joins=number > 0, is_item=True)
            label = ""
        if label and self.with_passed:
            yield self._passed("supporters", key, opening)

    # Beside the goals

    def _inbox(self) -> Iterator[Line]:
        for step in self.inbox:
            yield self._step(step, "inbox_step", Opening("goals", "inbox_step", {"inbox": step["id"]}))

    def _learning(self) -> Iterator[Line]:
        areas = [one for one in glance.standing(self.tables, "focus") if text(one, "area")]
        activities = [one for one in glance.standing(self.tables, "learning") if text(one, "title")]
        known = {one["id"] for one in areas}
        for area in areas:
            own = [one for one in activities if one.get("focus") == area["id"]]
            yield from self._focus(area, own)
        label = self.ui("learning")
        for one in activities:
            if text(one, "focus") not in known:
                yield self._occasion(one, label, {"learning": one["id"]}, is_strong=True)
                label = ""
        if self.with_passed:
            loose = [one for one in activities if text(one, "focus") not in known]
            if not areas:
                ids = _ids(learning=loose[0] if loose else {})
                yield self._passed("focus", "focus", Opening("learning", "focus", ids))
            if not activities:
                ids = _ids(focus=areas[0] if areas else {})
                yield self._passed("learning", "learning", Opening("learning", "occasion", ids))

    def _focus(self, area: Record, activities: list[Record]) -> Iterator[Line]:
        ids = _ids(focus=area, learning=activities[0] if activities else {})
        opening = Opening("learning", "focus", ids)
        yield Line(self.ui("learning"), saying.plain_text(area["area"]), "", True, f"focus:{area['id']}", opening)
        for one in activities:
            yield self._occasion(one, "", {**ids, "learning": one["id"]}, is_strong=False)
        asked = self.words.module("learning")["where_i_am"]
        for name in ("knowledge", "attitudes", "practice", "resources", "skills"):
            if text(area, name) in asked[name]["options"]:
                where = asked[name]["options"][area[name]]
                said = self.words.ui("sentences.colon", first=asked[name]["label"], second=where)
                opening = Opening("learning", "where_i_am", ids)
                yield Line("", said, key=f"{name}:{area['id']}", opening=opening, joins=True)

    def _occasion(self, one: Record, label: str, ids: Mapping[str, str], *, is_strong: bool) -> Line:
        on = day(one, "done_on") or day(one, "planned_for")
        note = self.day(on) if on else ""
        if one.get("state") == "done":
            note = self.ui("done_on", day=self.day(on)) if on else self.ui("done")
        elif one.get("state") == "let_go":
            note = self.words.enum("learning_state", "let_go")
        opening = Opening("learning", "occasion", ids)
        title = saying.plain_text(one["title"])
        return Line(label, title, note, is_strong, f"learning:{one['id']}", opening, joins=not label)

    def _dates(self) -> Iterator[Line]:
        ahead = saying.dates_ahead(self.tables, self.today)
        base = next((text(record, "base") for _, record in ahead if text(record, "base")), "")
        opening = Opening("ahead", "dates", {"base": base} if base else {})
        if ahead:
            days = [self.day(on, with_weekday=False) for on, _ in ahead]
            # a date is not broken at a line's end
            said = self.words.ui("sentences.comma").join(one.replace(" ", "\u00a0") for one in days)
            yield Line(self.ui("dates"), said, key="dates", opening=opening)
        elif self.with_passed:
            yield self._passed("dates", "dates", opening)

    def _agreements(self) -> Iterator[Line]:
        opening = Opening("start", "agreements")
        found = [one for one in glance.standing(self.tables, "agreements") if text(one, "text")]
        for number, one in enumerate(found):
            said = saying.plain_text(one["text"])
            yield Line("", said, key=f"agreement:{one['id']}", opening=opening, joins=number > 0, is_item=True)
        if not found and self.with_passed:
            yield self._passed("agreements_label", "agreements", opening)

    def _more(self) -> Iterator[Line]:
        for name, label, question in (
            ("training", "training", "name"),
            ("someone_to_call", "someone", "someone"),
        ):
            if text(self.person, name):
                said = saying.plain_text(text(self.person, name))
                yield Line(self.ui(label), said, key=label, opening=Opening("start", question))
        label = self.ui("places")
        for one in glance.standing(self.tables, "resources"):
            if text(one, "name"):
                opening = Opening("learning", "places")
                yield Line(
                    label,
                    saying.plain_text(one["name"]),
                    key=f"place:{one['id']}",
                    opening=opening,
                    joins=not label,
                    is_item=True,
                )
                label = ""
        for one in glance.standing(self.tables, "letters"):
            if text(one, "text"):
                opening = Opening("goals", "letter", {"letter": one["id"]})
                yield Line(self.ui("letter"), _lines(one["text"]), key=f"letter:{one['id']}", opening=opening)

    def _reflections(self) -> Iterator[Line]:
        for one in reflections.reflections(self.tables):
            id, on = one["id"], reflections.written_on(one)
            subject = reflections.subject_of(one, self.tables) or self.words.ui("reflect_room.one")
            opening = Opening("reflect", "about", {"reflection": id})
            yield Line("", subject, self.day(on) if on else "", True, f"reflection:{id}", opening)
            for name, answer in reflections.answers_of(one).items():
                said = f"{reflections.question_text(name, self.words)} {_lines(answer)}"
                is_asked = name in reflections.questions_of(one)
                opened = Opening("reflect", name, {"reflection": id}) if is_asked else None
                yield Line("", said, key=f"{name}:{id}", opening=opened, joins=True)

    def _practice(self) -> Iterator[Line]:
        for one in practice.practised(self.tables):
            on = saying.local_day(one, "at")
            name = practice.name_of(self.words, text(one, "card"), text(one, "situation"))
            yield Line("", name, self.day(on) if on else "", True, f"situation:{one['id']}")
            yield Line("", _lines(text(one, "say")), key=f"practised:{one['id']}", joins=True)


def _ids(**records: Record) -> dict[str, str]:
    """Return the ids of the records that are there, by slot."""
    return {slot: record["id"] for slot, record in records.items() if record}


def _lines(said: str) -> str:
    """Return long text, clean, its lines kept and its empty ends gone."""
    return "\n".join(line.rstrip() for line in shown(said).strip().split("\n"))
