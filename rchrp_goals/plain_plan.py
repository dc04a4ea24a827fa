"""The plan on one page in plain mode: a numbered list that is heard, a number opens that line, and the two sheets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.plain_asking import Asking, Back
from rchrp_goals.plain_language import keep_language
from rchrp_goals.plain_saying import heading, joined
from rchrp_goals.plain_terminal import LeftError, PausedError, Terminal, slash_action, without_slash
from rchrp_goals.services import saying
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.saying import begun, ended

if TYPE_CHECKING:
    from rchrp_goals.export.sheet import Line, Opening, Sheet
    from rchrp_goals.services.context import Context
    from rchrp_goals.services.desk import Desk


class PlainPlan:
    """The plan on one page as a numbered list; a number changes that line."""

    def __init__(self, context: Context, terminal: Terminal, name: str) -> None:
        self.context = context
        self.desk: Desk = context.desk()
        self.terminal = terminal
        self.name = name
        self._openings: list[Opening] = []
        self._tables: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}

    def run(self) -> bool:
        """Show the page until it is done (True) or gone back from (False). Raises PausedError, LeftError."""
        self._show()
        while True:
            line = self._listen()
            action = slash_action(line)
            text = line.strip()
            if not text or action == "pass":
                return True
            if action == "back":
                return False
            if action == "keep":
                self._keep_sheets()
            elif action == "language":
                self.desk.switch_language()
                keep_language(self.context, self.terminal)
                self._show()
            elif action == "again":
                self._show()
            elif action is not None:
                self._act(action, line)
            else:
                number = _number(text, len(self._openings))
                if number is not None:
                    self._open(number)
                else:
                    self._refuse(text)

    def _show(self) -> None:
        sheet = self._sheet()
        self.terminal.space()
        self.terminal.say(", ".join(part for part in (sheet.title, sheet.person, sheet.day) if part))
        self._openings = []
        for section in sheet.sections:
            if section.heading:
                self.terminal.space()
                self.terminal.say(heading(section.heading))
            for opening, said in self._entries(section.lines):
                if opening is not None:
                    self._openings.append(opening)
                    said = f"{len(self._openings)} {said}"
                self.terminal.say(said)
        if sheet.closing:
            self.terminal.say(sheet.closing)
        self._say("plan_ask")

    def _sheet(self) -> Sheet:
        desk = self.desk
        self._tables = desk.store.read().tables
        is_covered = cover_of(desk, self._tables) is not None
        return plan_sheet(self._tables, desk.words, desk.clock.today(), with_passed=True, is_covered=is_covered)

    def _entries(self, lines: Iterable[Line]) -> Iterator[tuple[Opening | None, str]]:
        """Give each line as it is said; neighbours that open the same question are one entry, under one number."""
        opening: Opening | None = None
        pieces: list[str] = []
        label = ""
        for line in lines:
            # what makes a ruler this and not less belongs to that ruler, whichever question it was said in
            is_reason = bool(pieces) and line.key.startswith("makes_it:")
            if pieces and not is_reason and (line.opening is None or line.opening != opening):
                yield opening, joined(pieces)
                pieces = []
            opening, label = opening if is_reason else line.opening, line.label or label
            # what hangs under a label on paper says it too, where it is an entry of its own
            said = self._said(line if pieces else replace(line, label=label))
            if not said:
                continue
            # a labelled line is a sentence of its own, one without a label goes on with the one above
            pieces = [f"{ended(joined(pieces))} {said}"] if pieces and line.label else [*pieces, said]
        if pieces:
            yield opening, joined(pieces)

    def _said(self, line: Line) -> str:
        passed = self.desk.words.ui("plain.line_passed")
        text, notes = line.text, line.note.split("\n") if line.note else []
        if line.is_passed:
            text, notes = (passed, []) if line.label else (text, [passed])
        said = f"{heading(line.label)} {text}" if line.label else text
        kind, _, id = line.key.partition(":")
        if kind == "content" and not line.is_passed:
            said = saying.content(self._tables["goals"][id], self.desk.words, self.desk.clock.today())
        elif kind in {"if", "then"} and not line.is_passed:
            # one sentence, said with its first half
            said = "" if line.joins else saying.if_then(self._tables["if_thens"][id], self.desk.words)
        if notes and any(ended(one) == one for one in (said, *notes)):  # beside a sentence each note is one
            said = " ".join([*map(ended, (said, *map(begun, notes[:-1]))), begun(notes[-1])])
        elif notes:
            said = joined([said, ", ".join(notes)])
        return " ".join(said.split())

    def _open(self, number: int) -> None:
        """Ask a line's own question; where the numbers stay as they were, the page is not read again."""
        before = self._openings
        self._change(number)
        entries = [entry for section in self._sheet().sections for entry in self._entries(section.lines)]
        if [opening for opening, _ in entries if opening is not None] == before:
            self._say("plan_again")
        else:
            self._show()

    def _change(self, number: int) -> None:
        """Ask the line's own question, filled with what stands, and save it at once."""
        question = OneQuestion(self.desk, *self._openings[number - 1].arguments)
        explained: set[str] = set()
        while not question.is_part_over:
            try:
                asking = Asking(question, self.terminal, explained)
                asking.on_language = partial(keep_language, self.context, self.terminal)
                asking.ask()
            except Back:
                if not question.back():
                    self._say("unchanged")
                    return
            except (PausedError, LeftError):
                self._say("unchanged")
                raise
        while True:
            try:
                question.finish_part()
                return
            except ProblemError as problem:
                self._say_problem(problem)
                self._say("not_kept")
                action = slash_action(self._listen())
                if action == "back":
                    return
                if action is not None:
                    self._act(action, "")

    # The sheets

    def _keep_sheets(self) -> None:
        """Say what stands on the wall, let lines be left off, ask where, and write both sheets."""
        from rchrp_goals.services.exporting import keep_sheets, likely_folders

        leave_out = self._preview()
        if leave_out is None:
            self._say("no_sheets")
            return
        folders = likely_folders(Path.home())
        for place, likely in enumerate(folders, 1):
            self.terminal.say(f"{place} {likely}")
        while True:
            self._say("folder_ask")
            line = self._listen()
            action = slash_action(line)
            text = line.strip()
            if not text or action in {"pass", "back"}:
                self._say("no_sheets")
                return
            # a path begins with a slash too: only a word that is a command is one
            if action is not None and action != "unknown":
                self._act(action, line)
                continue
            number = _number(text, len(folders))
            if number is None and text.isdigit():
                self._refuse(text)
                continue
            folder = folders[number - 1] if number else Path(os.path.expanduser(without_slash(text)))
            try:
                wall, mine = keep_sheets(self.desk, folder, leave_out=leave_out)
            except ProblemError as problem:
                self._say_problem(problem)
                continue
            self._say("plan_where", wall=wall, mine=mine)
            return

    def _preview(self) -> set[str] | None:
        """Say the lines of the wall sheet; return the keys of those that were taken off, None where it was gone back from."""
        leave_out: set[str] = set()
        while True:
            lines = self._say_wall(leave_out)
            line = self._listen()
            action = slash_action(line)
            text = line.strip()
            if action in {"back", "pass"}:
                return None
            if action is not None:
                self._act(action, line)
            elif not text:
                return leave_out
            elif (number := _number(text, len(lines))) is not None:
                leave_out.add(lines[number - 1].key)
                self._say("wall_off", what=self._said(lines[number - 1]))
            else:
                self._refuse(text)

    def _say_wall(self, leave_out: set[str]) -> list[Line]:
        tables, today = self.desk.store.read().tables, self.desk.clock.today()
        sheet = plan_sheet(tables, self.desk.words, today, "wall", leave_out)
        lines = [line for section in sheet.sections for line in section.lines]
        self._say("wall_says" if lines else "wall_empty")
        for number, line in enumerate(lines, 1):
            self.terminal.say(f"{number} {self._said(line)}")
        self._say("wall_ask")
        return lines

    # What every line may ask

    def _act(self, action: str, line: str) -> None:
        """Do what a slash word asks anywhere on the page. Raises PausedError, LeftError."""
        from rchrp_goals.services.support import support_lines

        if action == "pause":
            raise PausedError
        if action == "leave":
            raise LeftError
        if action == "help":
            self.terminal.say(*self.desk.words.lines("plain.help"))
            self._say("plan_ask")
        elif action == "support":
            self.terminal.say(*support_lines(self.desk))
        elif action == "where":
            self._say("where_plan")
        elif action == "unknown":
            self._say("unknown", word=line.strip().split()[0][:40])
        else:
            self._say("plan_ask")

    def _refuse(self, text: str) -> None:
        if text.isdigit():
            self._say("no_number", number=text[:40])
        else:
            self._say("no_line")

    def _listen(self) -> str:
        return self.terminal.ask(self.desk.words.ui("plain.prompt"))

    def _say(self, key: str, **values: object) -> None:
        self.terminal.say(self.desk.words.ui(f"plain.{key}", **values))

    def _say_problem(self, problem: ProblemError) -> None:
        self.terminal.say(self.desk.words.problem(problem.key, problem.values))


def _number(text: str, most: int) -> int | None:
    """Return the number that a line is, where there is one such line."""
    if not (text.isascii() and text.isdigit()):
        return None
    number = int(text[:6])
    return number if 1 <= number <= most else None
