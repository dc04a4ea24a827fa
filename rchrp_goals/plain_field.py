"""One typed line, read as the field of a question takes it: kept in the values, or refused while the question stands."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import AnswerRefused
from rchrp_goals.guide.structure import Field
from rchrp_goals.plain_reading import FEWEST_WORDS, all_numbered, named, numbered, read_numbers, read_place
from rchrp_goals.plain_saying import field_beside, line_in_words
from rchrp_goals.plain_terminal import LeftError, PausedError, slash_action, without_slash
from rchrp_goals.plan.dates import is_past
from rchrp_goals.services.day_words import full_date, read_day, remember_date_order
from rchrp_goals.services.offers import Offer, option_words
from rchrp_goals.services.saying import ended

if TYPE_CHECKING:
    from rchrp_goals.plain_asking import Asking


_NUMBER_AND_NOTE = re.compile(r"\s*#?(?P<number>\d{1,2})(?:\s*[-–—:.,;)]\s*|\s+)(?P<note>(?=.*[^\W\d]).+)", re.DOTALL)
"""The number of an option, and a note behind it: "2, I went there twice"."""


class FieldReader:
    """Reads lines for one field into ``values``; what a slash word asks for is done by who asks the question."""

    def __init__(self, asking: Asking, field: Field, values: dict[str, Any]) -> None:
        self.asking = asking
        self.desk = asking.sitting.desk
        self.field = field
        self.values = values

    def read(self, line: str) -> None:
        """Read a line into the values. Raises AnswerRefused, and nothing has changed then; what slash words raise."""
        before = dict(self.values)
        try:
            self._read(line)
            # What cannot be kept is refused now, while the question still stands.
            self._check(self.field, self.values.get(self.field.id))
        except AnswerRefused:
            self.values.clear()
            self.values.update(before)
            raise

    def _read(self, line: str) -> None:
        field, values, offered = self.field, self.values, self.asking.offered
        if field.kind == "position":
            self._read_position(line)
        elif field.kind == "date":
            self._read_date(line)
        elif field.kind == "items":
            values[field.id] = self._read_lines([*(values.get(field.id) or [])], line)
        elif field.kind == "long" and line.strip() == ".":
            values[field.id] = "\n".join(self._read_lines([]))
        elif field.kind == "lines":
            self._read_change(line)
        elif field.kind == "choices":
            self._read_choices(line)
        elif field.kind == "choice":
            values[field.id] = self._read_choice(line)
        elif field.kind == "positions":
            picked = named(line, offered, by_beginning=True)
            if picked is None and len(read_numbers(line)) == 1:
                picked = numbered(line, offered)
            values[field.id] = picked.value if picked else line.replace(",", " ")
        else:
            picked = numbered(line, offered)
            if picked is None and field.kind == "line" and line.strip() == ".":
                raise AnswerRefused("text_empty")
            values[field.id] = picked.value if picked else line

    def _check(self, field: Field, value: Any) -> None:
        self.asking.sitting.conversation.check(field, value)

    def _read_position(self, line: str) -> None:
        place = read_place(line)
        reason = field_beside(self.asking.stop, "reason")
        self.values[self.field.id] = place.position
        if place.reason and reason is None:
            raise AnswerRefused("position_alone")
        if place.reason and reason is not None:
            self._check(reason, place.reason)
            self.values[reason.id] = place.reason

    def _read_choice(self, line: str) -> Any:
        offered, takes_own_words = self.asking.offered, self.field.takes_own_words
        note = field_beside(self.asking.stop, "note")
        if note is not None:
            line = self._take_note(note, line)
            if not line:
                return self.values.get(self.field.id)
        picked = numbered(line, offered) or named(line, offered, by_beginning=not takes_own_words)
        if picked is not None:
            return picked.value
        if not takes_own_words:
            raise AnswerRefused("not_an_option")
        return {"bank": None, "text": line}

    def _take_note(self, note: Field, line: str) -> str:
        """Keep the note that follows a number on the same line, or stands alone; return what is left: the choice."""
        found = _NUMBER_AND_NOTE.match(line)
        if found is not None:
            self._check(note, found["note"])
            self.values[note.id] = found["note"]
            return found["number"]
        is_choice = bool(read_numbers(line)) or named(line, self.asking.offered, by_beginning=True) is not None
        if is_choice or len(line.split()) < FEWEST_WORDS:
            return line
        self._check(note, line)
        self.values[note.id] = line
        return ""

    def _read_change(self, line: str) -> None:
        """Ask what becomes of the line whose number was typed, and say it as it stands then."""
        asking, field = self.asking, self.field
        offer = numbered(line, asking.offered)
        if offer is None:
            raise AnswerRefused("not_an_option")
        words = option_words(asking.sitting, field)
        options = [Offer(id, said, id) for id, said in words.items()]
        asking.terminal.say(ended(offer.text))
        for number, one in enumerate(options, 1):
            asking.terminal.say(f"{number} {one.text}")
        while True:
            answer = asking.listen()
            action = slash_action(answer)
            if action in {"back", "pass"} or not answer.strip():
                asking.say("line_unchanged")
                return
            if action is not None:
                asking.act(action, answer, None, self.values)
                continue
            try:
                picked = numbered(answer, options) or named(answer, options, by_beginning=True)
            except AnswerRefused as refused:
                asking.say_problem(refused)
                continue
            if picked is not None:
                break
            asking.say_problem(AnswerRefused("not_an_option"))
        self.values[field.id] = {**(self.values.get(field.id) or {}), offer.id: picked.id}
        asking.terminal.say(ended(line_in_words(asking.sitting, field, offer, picked.id)))
        asking.say("accepts_lines")

    def _read_choices(self, line: str) -> None:
        offered = self.asking.offered
        picked = all_numbered(line, offered)
        if not picked and (one := named(line, offered, by_beginning=False)) is not None:
            picked = [one]
        if picked:
            self.values[self.field.id] = [one.value for one in picked]
            return
        own = field_beside(self.asking.stop, "own")
        if own is None or not any(sign.isalpha() for sign in line):
            raise AnswerRefused("not_an_option")
        words = [*self.values.get(own.id, []), line]
        self._check(own, words)
        self.values[own.id] = words

    # A day

    def _read_date(self, line: str) -> None:
        today = self.desk.clock.today()
        picked = numbered(line, self.asking.offered)
        day = date.fromisoformat(picked.value) if picked is not None else self._read_day(line, today)
        self.values[self.field.id] = day.isoformat()
        if not self.asking.is_last(self.field, self.values):
            self.asking.terminal.say(full_date(day, self.desk.words))
        if is_past(day, today):
            self.asking.say("day_is_past")

    def _read_day(self, line: str, today: date) -> date:
        """Return the day that a line says; where it reads two ways, ask which one."""
        asking, order = self.asking, self.desk.settings.date_order
        reading = read_day(line, today, order)
        while len(reading.dates) > 1:
            for number, day in enumerate(reading.dates, 1):
                asking.terminal.say(f"{number} {full_date(day, self.desk.words)}")
            asking.say("which_date")
            answer = asking.listen().strip()
            action = slash_action(answer)
            if action is not None:
                asking.act(action, answer, self.field, self.values)
            elif answer in ("1", "2"):
                remember_date_order(self.desk, reading.kinds[int(answer) - 1])
                return reading.dates[int(answer) - 1]
            elif answer and not answer.isdigit():
                # another day than either may be typed as well
                again = read_day(answer, today, order)
                reading = again if again.dates else reading
        if not reading.dates:
            raise AnswerRefused("date_not_understood")
        return reading.dates[0]

    # Several lines

    def _read_lines(self, stood: list[str], first: str | None = None) -> list[str]:
        """Read lines until a single full stop; a list also ends with an empty line, and a number takes off one that stood.

        What was typed is kept before a pause, and before going back.
        """
        is_list = self.field.kind == "items"
        standing = dict(enumerate(stood, 1))
        added: list[str] = []
        line = first
        while True:
            if line is None:
                line = self._next_line([*standing.values(), *added])
            text = line.strip()
            if text == "." or (is_list and not text):
                return [*standing.values(), *added]
            number = int(text) if is_list and text.isascii() and text.isdigit() and len(text) < 4 else 0
            if number in standing:
                self.asking.say("taken_off", what=standing.pop(number))
            else:
                # what was pasted may be several lines at once
                for piece in line.split("\n") if is_list else [line]:
                    if (piece.strip() or not is_list) and self._can_be_added([*standing.values(), *added, piece]):
                        added.append(piece)
            line = None

    def _next_line(self, lines: list[str]) -> str:
        asking, so_far = self.asking, {**self.values, self.field.id: self._as_value(lines)}
        while True:
            try:
                line = asking.listen()
                action = slash_action(line)
                if action is None:
                    return without_slash(line)
                if action == "back" and lines:
                    # what was typed becomes the answer, so that nothing is lost: this question comes again, filled
                    asking.finish(so_far, {})
                asking.act(action, line, self.field, self.values)
            except (PausedError, LeftError):
                asking.keep_typed(so_far)
                raise

    def _can_be_added(self, lines: list[str]) -> bool:
        """Tell whether the lines can be kept; where they cannot, say why: the lines before the last stay."""
        try:
            self._check(self.field, self._as_value(lines))
        except AnswerRefused as refused:
            self.asking.say_problem(refused)
            return False
        return True

    def _as_value(self, lines: list[str]) -> Any:
        return list(lines) if self.field.kind == "items" else "\n".join(lines)
