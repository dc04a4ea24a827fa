"""One question in plain mode: its block of lines, the answer read field by field, and what was kept in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.conversation import Stop
from rchrp_goals.guide.structure import Field
from rchrp_goals.plain_terminal import LeftError, PausedError, Terminal, slash_action, without_slash
from rchrp_goals.plan.text import ONE_LINE_CAP
from rchrp_goals.plan.values import position_name
from rchrp_goals.services.asking import field_words, question_words
from rchrp_goals.services.day_words import full_date, read_day, remember_date_order
from rchrp_goals.services.offers import Offer, offers
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.progress import minutes_left, part_title, part_titles
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.services.support import support_lines

FIVES = 5
_PLACE_AND_REASON = re.compile(r"\s*(?P<position>\d{1,3})[:.,;]?(?:\s+[-–—]?\s*(?P<reason>.*))?$", re.DOTALL)
_LEADING_BECAUSE = re.compile(r"(?:because|porque)\b[\s:,]*", re.IGNORECASE)


class Back(Exception):
    """The person goes back."""


class Passed(Exception):
    """The person passes the field."""


class Asking:
    """Asks one stop of a conversation; ``said`` is what the terminal has already explained."""

    def __init__(self, sitting: Sitting | OneQuestion, terminal: Terminal, explained: set[str]) -> None:
        self.sitting = sitting
        self.terminal = terminal
        self._explained = explained
        self._lists: list[Offer] = []
        self._listed = 0
        self.on_where: Callable[[], None] = lambda: None

    @property
    def _words(self) -> Any:
        return self.sitting.desk.words

    def _ui(self, key: str, **values: object) -> str:
        return str(self._words.ui(f"plain.{key}", **values))

    @property
    def stop(self) -> Stop:
        """The stop that is asked."""
        stop = self.sitting.current
        if stop is None:
            raise RuntimeError("nothing is asked")
        return stop

    def ask(self) -> None:
        """Ask the stop until it is answered, passed or gone back from. Raises PausedError, LeftError, Back."""
        self.show()
        if self.stop.question.kind == "page":
            self._ask_page()
            return
        stop = self.stop
        values = self.sitting.conversation.standing(stop)
        asked: list[str] = []
        while True:
            field = next(
                (
                    one
                    for one in self.sitting.conversation.fields(stop, values)
                    if not one.is_optional and one.id not in asked
                ),
                None,
            )
            if field is None:
                break
            try:
                self._take(field, values, is_first=not asked)
            except Passed:
                values.pop(field.id, None)
                if not asked and field.kind in {"line", "items", "long"}:
                    break
            except Back:
                if not asked:
                    raise
                asked.pop()
                continue
            asked.append(field.id)
            if len(stop.question.fields) > 1:
                self.sitting.type(values)
                self.sitting.keep()
        self._finish(stop, values)

    def show(self) -> None:
        """Write the question's block: where we are, the question, its statement, what stands."""
        stop = self.stop
        said = question_words(self.sitting, stop)
        self.terminal.space()
        self.on_where()
        self.terminal.say(said.text)
        if said.hint:
            self.terminal.say(said.hint)
        if stop.statement is not None:
            self.terminal.say(stop.statement.text)
        if self.sitting.desk.settings.always_show_why and said.why:
            self.terminal.say(said.why)

    # One field

    def _take(self, field: Field, values: dict[str, Any], is_first: bool) -> None:
        """Read one field into ``values``; an empty line keeps what stands, else asks "pass?" once."""
        self._introduce(field, values)
        has_asked_to_pass = False
        while True:
            line = self.terminal.ask(self._ui("prompt"))
            action = slash_action(line)
            if action == "more":
                self._list(field)
                continue
            if action is not None:
                self._act(action, line, field, values)
                continue
            if not line.strip():
                if values.get(field.id) is not None:
                    return
                if has_asked_to_pass:
                    raise Passed
                has_asked_to_pass = True
                self.terminal.say(self._ui("pass_ask"))
                continue
            try:
                self._read(field, without_slash(line), values)
            except AnswerRefused as refused:
                self.terminal.say(self._words.problem(refused.key, refused.values))
                continue
            return

    def _introduce(self, field: Field, values: dict[str, Any]) -> None:
        said = field_words(self.sitting, self.stop, field, values)
        if said.label:
            self.terminal.say(said.label)
        if field.kind == "position":
            self.terminal.say(f"0 = {said.low} · 10 = {said.high}")
        standing = values.get(field.id)
        if standing is not None:
            self.terminal.say(self._ui("now_stands", what=self.said(field, standing)))
        self._lists = offers(self.sitting, field)
        self._listed = 0
        if self._lists:
            if said.ideas:
                self.terminal.say(said.ideas)
            self._list(field)
        kind = _accepts(field)
        if kind not in self._explained:
            self._explained.add(kind)
            self.terminal.say(self._ui(f"accepts_{kind}"))

    def _list(self, field: Field) -> None:
        """Write the next five of the list, numbers going on."""
        if self._listed >= len(self._lists):
            self.terminal.say(self._ui("no_more"))
            return
        upto = len(self._lists) if field.options else self._listed + FIVES
        for number, offer in enumerate(self._lists[self._listed : upto], self._listed + 1):
            self.terminal.say(f"{number} {offer.text}")
        self._listed = min(upto, len(self._lists))
        if self._listed < len(self._lists):
            self.terminal.say(self._ui("more"))

    def _read(self, field: Field, line: str, values: dict[str, Any]) -> None:
        if field.kind == "position":
            self._read_position(field, line, values)
        elif field.kind == "date":
            values[field.id] = self._read_date(line).isoformat()
            self.terminal.say(self.said(field, values[field.id]))
        elif field.kind == "items":
            values[field.id] = self._read_lines(line)
        elif field.kind == "long" and line.strip() == ".":
            values[field.id] = "\n".join(self._read_lines(None))
        elif field.kind == "choices":
            self._read_choices(field, line, values)
        elif field.kind == "positions":
            picked = self._numbered(line) if len(line.split()) == 1 else None
            values[field.id] = picked.value if picked else line
        elif field.kind == "choice":
            values[field.id] = self._read_choice(field, line)
        else:
            picked = self._numbered(line)
            values[field.id] = picked.value if picked else line
        # What cannot be kept is refused now, while the question still stands.
        self.sitting.conversation.check(field, values.get(field.id))

    def _read_position(self, field: Field, line: str, values: dict[str, Any]) -> None:
        found = _PLACE_AND_REASON.match(line)
        if found is None or int(found["position"]) > 10:
            raise AnswerRefused("position_range")
        values[field.id] = int(found["position"])
        reason = _LEADING_BECAUSE.sub("", found["reason"] or "", count=1).strip()
        if reason and any(one.id == "reason" for one in self.stop.question.fields):
            values["reason"] = reason

    def _read_date(self, line: str) -> date:
        desk = self.sitting.desk
        reading = read_day(line, desk.clock.today(), desk.settings.date_order)
        if not reading.dates:
            raise AnswerRefused("date_not_understood")
        if len(reading.dates) == 1:
            return reading.dates[0]
        for number, day in enumerate(reading.dates, 1):
            self.terminal.say(f"{number} {self._full(day)}")
        self.terminal.say(self._ui("which_date"))
        answer = self.terminal.ask(self._ui("prompt")).strip()
        if answer in ("1", "2"):
            remember_date_order(desk, reading.kinds[int(answer) - 1])
            return reading.dates[int(answer) - 1]
        if slash_action(answer) in {"pause", "leave"}:
            raise LeftError if slash_action(answer) == "leave" else PausedError
        return self._read_date(answer)

    def _full(self, day: date) -> str:
        return full_date(day, self._words)

    def _read_lines(self, first: str | None) -> list[str]:
        lines = [] if first is None else [first]
        while True:
            line = self.terminal.ask(self._ui("prompt"))
            if line.strip() == "." or (first is not None and not line.strip()):
                return lines
            lines.append(without_slash(line))

    def _numbered(self, line: str) -> Offer | None:
        """Return the offer that a line of digits names; None for a line of text. Raises AnswerRefused for no such number."""
        text = line.strip()
        if not self._lists or not (text.isascii() and text.isdigit() and len(text) <= 3):
            return None
        if not 1 <= int(text) <= len(self._lists):
            raise AnswerRefused("no_such_number", number=int(text))
        return self._lists[int(text) - 1]

    def _read_choice(self, field: Field, line: str) -> Any:
        picked = self._numbered(line)
        if picked is not None:
            return picked.value
        for offer in self._lists:
            if offer.text.casefold().rstrip(".") == line.strip().casefold().rstrip("."):
                return offer.value
        if field.takes_own_words:
            return {"bank": None, "text": line}
        raise AnswerRefused("not_an_option")

    def _read_choices(self, field: Field, line: str, values: dict[str, Any]) -> None:
        parts = [part for part in re.split(r"[\s,]+", line.strip()) if part]
        if all(part.isascii() and part.isdigit() for part in parts):
            values[field.id] = [picked.value for part in parts if (picked := self._numbered(part)) is not None]
            return
        own = next((one for one in self.stop.question.fields if one.id == "own"), None)
        if own is None:
            raise AnswerRefused("not_an_option")
        if len(line) > ONE_LINE_CAP:
            raise AnswerRefused("text_too_long", cap=ONE_LINE_CAP, length=len(line))
        values[own.id] = [*values.get(own.id, []), line]

    def _act(self, action: str, line: str, field: Field | None, values: dict[str, Any]) -> None:
        """Do what a slash word asks. Raises PausedError, LeftError, Back, Passed."""
        if action == "pause":
            raise PausedError
        if action == "leave":
            raise LeftError
        if action == "back":
            raise Back
        if action == "pass":
            raise Passed
        if action in {"why", "example"}:
            said = question_words(self.sitting, self.stop)
            self.terminal.say((said.why if action == "why" else said.example) or self._ui("no_why"))
        elif action == "again":
            self.show()
            if field is not None:
                self._introduce(field, values)
        elif action == "language":
            self.sitting.switch_language()
            self.show()
            if field is not None:
                self._introduce(field, values)
        elif action == "reason":
            self._read_reason(values)
        elif action == "more":
            self.terminal.say(self._ui("no_more"))
        else:
            self.say_general(action, line)

    def say_general(self, action: str, line: str) -> None:
        """Write what a slash word says anywhere: help, support, where, or that it is none."""
        if action == "help":
            self.terminal.say(*self._words.lines("plain.help"))
        elif action == "support":
            self.terminal.say(*support_lines(self.sitting.desk))
        elif action == "where":
            self.terminal.say(self.place_in_words())
        else:
            self.terminal.say(self._ui("unknown", word=line.strip().split()[0][:40]))

    def place_in_words(self) -> str:
        """Return where we are as a sentence, with the minutes left."""
        at, total = self.sitting.conversation.place
        titles = part_titles(self.sitting)
        here = part_title(self.sitting.desk, self.sitting.part)
        minutes = minutes_left(self.sitting, "plain")
        return self._ui("where", part=here, at=at + 1, total=total, parts=", ".join(titles), n=minutes)

    def _read_reason(self, values: dict[str, Any]) -> None:
        reason = next((one for one in self.stop.question.fields if one.id == "reason"), None)
        if reason is None:
            self.terminal.say(self._ui("no_reason_here"))
            return
        self.terminal.say(self._ui("reason"))
        line = self.terminal.ask(self._ui("prompt"))
        if line.strip() and slash_action(line) is None:
            try:
                self.sitting.conversation.check(reason, without_slash(line))
            except AnswerRefused as refused:
                self.terminal.say(self._words.problem(refused.key, refused.values))
                return
            values["reason"] = without_slash(line)

    def _ask_page(self) -> None:
        option = next(iter(self.stop.question.fields), None)
        self._lists = offers(self.sitting, option) if option else []
        self._listed = len(self._lists)
        for number, offer in enumerate(self._lists, 1):
            self.terminal.say(f"{number} {offer.text}")
        if not self.stop.question.waits_in_plain:
            self.sitting.answer({})
            return
        self.terminal.say(self._ui("accepts_page"))
        while True:
            line = self.terminal.ask(self._ui("prompt"))
            action = slash_action(line)
            if action == "pass":
                break
            if action is not None:
                self._act(action, line, None, {})
                continue
            if option is not None and line.strip() in {str(n) for n in range(1, len(self._lists) + 1)}:
                self.sitting.answer({option.id: self._lists[int(line) - 1].value})
                return
            break
        self.sitting.answer({})

    # What was kept

    def _finish(self, stop: Stop, values: dict[str, Any]) -> None:
        kept = [(one, values[one.id]) for one in stop.question.fields if values.get(one.id) not in (None, "", [])]
        is_said = any(not one.is_optional or one.id == "own" for one, _ in kept)
        if not is_said or (stop.question.needs and not values.get(stop.question.needs)):
            self.sitting.pass_()
            self.terminal.say(self._ui("passed"))
            return
        said = [self.said(one, value) for one, value in kept]
        was_cleaned = self.sitting.answer(values)
        self.terminal.say(self._ui("saved", what=" · ".join(part.rstrip(".") for part in said if part) + "."))
        if was_cleaned:
            self.terminal.say(self._words.ui("text.left_out"))

    def said(self, field: Field, value: Any) -> str:
        """Return a value in words, as it is echoed."""
        if field.kind == "position":
            if self.stop.statement is not None:
                return f"{value}, {self._words.ui(f'position.{position_name(value)}')}"
            return str(value)
        if field.kind == "positions":
            if isinstance(value, Mapping):
                return self._option(field, str(value["option"]))
            return value if isinstance(value, str) else " ".join("p" if one is None else str(one) for one in value)
        if field.kind == "date":
            return self._full(date.fromisoformat(value))
        if isinstance(value, Mapping):
            return str(value["text"])
        if isinstance(value, list):
            return " · ".join(self._option(field, one) if isinstance(one, str) else one["text"] for one in value)
        return self._option(field, str(value)) if field.options else str(value)

    def _option(self, field: Field, id: str) -> str:
        """Return the words of an option; only a stop that waits has them."""
        found = next((one.text for one in offers(self.sitting, field) if id in (one.id, one.value)), id)
        return found.rstrip(".")


def _accepts(field: Field) -> str:
    if field.kind == "line":
        return "ideas" if field.ideas else "text"
    if field.kind == "choice" and field.takes_own_words:
        return "own_choice"
    return field.kind

