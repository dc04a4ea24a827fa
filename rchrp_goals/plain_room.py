"""A room line by line: its rows in fives, numbered; a number opens one, a letter does what can be done in the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError
from rchrp_goals.plain_again import Line, new_lines
from rchrp_goals.plain_answers import GoneBackError, PlainAnswers
from rchrp_goals.plain_block import FIVES
from rchrp_goals.plain_menu import AgainError, begins_as
from rchrp_goals.plain_question import ask_question
from rchrp_goals.plain_saying import heading
from rchrp_goals.plain_terminal import slash_action
from rchrp_goals.plan.text import bare
from rchrp_goals.services.actions import cap
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.room import Action, Place, RoomView, Row, Section, Standing
from rchrp_goals.services.rooms.reading import read_room
from rchrp_goals.services.saying import begun, ended

if TYPE_CHECKING:
    from rchrp_goals.plain_terminal import Terminal
    from rchrp_goals.services.context import Context

Entry = Row | Action


class PlainRoom(PlainAnswers):
    """Says a room, does what is asked, and says it again, until the person goes back.

    ``goes`` is where they went instead, by an action that leads to a room or a conversation.
    """

    def __init__(self, context: Context, terminal: Terminal, place: Place) -> None:
        super().__init__(context, terminal)
        self.place = place
        self.goes: Place | str | None = None
        self._view = RoomView(place, "")
        self._rows: list[Row] = []
        self._said: tuple[list[Line] | None, int] = (None, 0)

    def run(self) -> None:
        """Run until the person goes back or elsewhere. Raises PausedError, LeftError, FileProblem."""
        while self.goes is None:
            try:
                self._view = read_room(self.desk, self.place)
            except ProblemError as problem:  # the thing of this page is gone, or the plan cannot be read just now
                self.say_or_raise(problem)
                return
            try:
                chosen = self._turn()
                if chosen is None:
                    return
                self._do(chosen) if isinstance(chosen, Action) else self._open(chosen)
            except AgainError:
                self._said = (None, 0)
            except GoneBackError:
                if self.has_typed:
                    self.terminal.say(self.ui("not_kept"))
            except ProblemError as problem:  # a thing is gone, or may not be changed any more, since it was said
                self.say_or_raise(problem)

    # ------------------------------------------------------------------ what is said

    def _turn(self) -> Entry | None:
        """Say the room and return what was chosen; None for going back."""
        lines = list(self._lines())
        letters = self._letters()
        said = self._say_all(lines, letters)
        while True:
            line = self.terminal.ask(self.words("plain.prompt"))
            asked, typed = slash_action(line), line.strip()
            if asked in {"back", "pass"} or not typed:
                return None
            if asked == "more" and said < len(lines):
                said = self._say_lines(lines, said)
                self._said = (self._said[0], said)  # what was heard can be chosen also after something else was done
            elif asked == "more":
                self.terminal.say(self.words("plain.no_more"))
            elif asked is not None:
                self.act(asked, line)
            elif (found := self._found(line, lines, letters)) is not None:
                return found

    def _found(self, line: str, lines: list[tuple[str, Row | None]], letters: dict[str, Action]) -> Entry | None:
        """Return what a letter, a number or the first words of a line name; None where they name nothing, which is said."""
        typed = line.strip()
        if typed.casefold() in letters:
            return letters[typed.casefold()]
        said = [one for one, row in lines if row is not None][: len(self._rows)]
        entries: list[Entry] = [*self._rows, *letters.values()]
        named = begins_as(line, [*said, *(one.said(self.desk.words) for one in letters.values())])
        if named is not None:
            return entries[named]
        if self._rows and ((typed.isascii() and typed.isdigit()) or not letters):
            if typed.isdigit() and len(self._rows) < int(typed[:6]) <= sum(row is not None for _, row in lines):
                self.terminal.say(self.words("plain.more"))  # it is there, and was not said yet
                return None
            number = self._numbered(line, len(self._rows))
            return None if number is None else self._rows[number - 1]
        key = "wanted_letter" if letters and not self._rows else "wanted_either" if letters else "wanted_nothing"
        self.terminal.say(self.ui(key))
        return None

    def _say_all(self, lines: list[tuple[str, Row | None]], letters: dict[str, Action]) -> int:
        """Say the room, or only what is new since it was said; return up to which line it has been said."""
        view, words = self._view, self.desk.words
        before, upto = self._said
        self._rows = []
        self.terminal.space()
        self.terminal.say(ended(view.title))
        lettered = [
            Line(self.ui("action", cap=cap(letter), words=one.said(words)), letter) for letter, one in letters.items()
        ]
        stands = [Line(said, "" if row is None else "row") for said, row in lines] + lettered
        stands.append(Line(f"{view.about}{view.closing}"))
        new = new_lines(before, stands) if before is not None and len(before) == len(stands) else None
        if new is not None:
            self._rows = [row for _, row in lines[:upto] if row is not None]
            numbers = {id(row): number for number, row in enumerate(self._rows, 1)}
            for said, row in lines[:upto]:
                if any(one.said == said for one in new):
                    self.terminal.say(f"{numbers[id(row)]} {said}" if row is not None else said)
            self.terminal.say(self.ui("ask_again"))
        else:
            if view.about:
                self.terminal.say(view.about)
            upto = self._say_lines(lines, 0)
            if letters:
                self.terminal.say(self.ui("actions"), *(one.said for one in lettered))
            if view.closing:
                self.terminal.say(view.closing)
            self._say_how(bool(letters))
        self._said = (stands, upto)
        return upto

    def _say_how(self, has_letters: bool) -> None:
        key = "ask" if not has_letters else "ask_letters" if self._rows else "ask_letters_only"
        self.terminal.say(self.ui(key))

    def _lines(self) -> list[tuple[str, Row | None]]:
        """Return every line in order: headings and rows that only stand there (None), and rows that can be opened."""
        view, lines = self._view, []
        if view.card is not None:
            card = self._row_said(view.card, Section())
            said = self.words("sentences.colon", first=view.card_heading, second=card) if view.card_heading else card
            lines.append((said, view.card if view.card.actions else None))
        for section in view.sections:
            if section.heading:
                lines.append((heading(section.heading), None))
            if section.legend is not None and section.rows:
                lines.append((section.legend.said, None))
            if section.about:
                lines.append((section.about, None))
            if not section.rows and section.empty:
                lines.append((section.empty, None))
            lines += [(self._row_said(row, section), row if row.actions else None) for row in section.rows]
        return lines

    def _say_lines(self, lines: Sequence[tuple[str, Row | None]], start: int) -> int:
        """Say lines until five of them are numbered, and a sixth that is the last; return how far it got."""
        numbered = 0
        left = sum(1 for _, row in lines[start:] if row is not None)
        for at in range(start, len(lines)):
            said, row = lines[at]
            if numbered == FIVES and left - numbered > 1:  # a heading goes with what stands under it
                self.terminal.say(self.words("plain.more"))
                return at
            if row is None:
                self.terminal.say(said)
                continue
            numbered += 1
            self._rows.append(row)
            self.terminal.say(f"{len(self._rows)} {said}")
        return len(lines)

    def _row_said(self, row: Row, section: Section) -> str:
        """Return a row as one line that makes sense when it is heard."""
        between, parted = self.words("home.between"), self.words("sentences.semicolon")
        if row.spoken:
            return row.spoken.replace(between, parted)
        is_first = section.when_first and row.when and row.text
        said = self.words("sentences.colon", first=row.when, second=row.text) if is_first else row.text
        parts = [row.title, said]
        if row.mark in {"done", "let_go"} and not row.when:
            parts.append(self.ui(row.mark))
        for at, cell in enumerate(row.cells):
            if isinstance(cell, Standing) or not cell:
                continue
            head = section.columns[at] if at < len(section.columns) else ""
            parts.append(self.ui("column", column=head, cell=cell) if head else cell)
        parts += [row.said, "" if is_first else row.when, row.note]
        return " ".join(ended(begun(part.replace(between, parted))) for part in parts if part)

    def _letters(self) -> dict[str, Action]:
        """Return what can be done in the room by its letter; without a key of one sign, by the first free one of its words."""
        taken = {action.key for action in self._view.actions}
        letters: dict[str, Action] = {}
        for action in self._view.actions:
            words = (*bare(action.said(self.desk.words)), *ascii_lowercase)
            free = (sign for sign in words if sign in ascii_lowercase and sign not in taken)
            letter = action.key if len(action.key) == 1 else next(free)
            taken.add(letter)
            letters[letter] = action
        return letters

    # ------------------------------------------------------------------ what is done

    def _open(self, row: Row) -> None:
        """Do the one thing that can be done with a row, or ask which; what belongs to it is said first."""
        for label, text in row.detail:
            self.terminal.say(f"{label} {ended(text)}")
        named = " ".join(ended(begun(part)) for part in (row.title, row.text) if part) or self._row_said(row, Section())
        if len(row.actions) == 1:
            only = row.actions[0]
            # nobody says yes to what was not named
            self._do(replace(only, about=only.about or named) if only.confirm else only)
            return
        at = self.pick(named, [ended(action.said(self.desk.words)) for action in row.actions], key="pick_action")
        if at is not None:
            self._do(row.actions[at])

    def _do(self, action: Action) -> None:
        if action.place is not None:
            self._go(action.place)
        elif action.conversation:
            self.goes = action.conversation
        elif action.question is not None:
            asked = action.question
            question = OneQuestion(self.desk, asked.module, asked.key, asked.ids, is_later=asked.is_later)
            ask_question(self, question)
        elif action.change is not None:
            self._change(action)

    def _go(self, place: Place) -> None:
        """Open a page and come back from it; another room takes the place of this one."""
        from rchrp_goals.services.rooms.reading import PAGES

        if place.room not in PAGES:
            self.goes = place
            return
        page = PlainRoom(self.context, self.terminal, place)
        page.run()
        self.goes = page.goes

    def _change(self, action: Action) -> None:
        """Ask what the change needs, make it, and say what it says."""
        said = self.ask_and_make(f"plain:{self.place}", action)
        if said is not None:
            if said.copied:  # there is no clipboard here: who hears it can mark it, or write it down
                self.terminal.space()
                self.terminal.say(said.copied)
                self.terminal.space()
            elif said.sentence:
                self.terminal.say(said.sentence)
            if said.conversation:
                self.goes = said.conversation
            elif said.place is not None:
                self._go(said.place)

    def act(self, action: str, line: str) -> None:
        """Do what a slash word asks anywhere; /where names the room."""
        if action == "where":
            self.terminal.say(self.ui("where", room=self._view.title))
        else:
            super().act(action, line)
