"""Coming back after a long while, line by line: four doors, and the line that one left for oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rchrp_goals.errors import ProblemError
from rchrp_goals.plain import PlainConversation
from rchrp_goals.plain_answers import GoneBackError
from rchrp_goals.plain_menu import AgainError
from rchrp_goals.plain_question import ask_question
from rchrp_goals.plain_room import PlainRoom
from rchrp_goals.plain_terminal import LeftError, PausedError, Terminal
from rchrp_goals.services import saying
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.room import Place
from rchrp_goals.services.saying import begun, ended
from rchrp_goals.services.welcome import (
    READ,
    STATE_OF,
    Tables,
    fits_words,
    goals_to_look_at,
    small_thing,
    unread,
    welcome,
)

if TYPE_CHECKING:
    from rchrp_goals.services.context import Context


class PlainWelcome(PlainRoom):
    """Says the ways on, and goes one of them; Home comes after it."""

    def __init__(self, context: Context, terminal: Terminal) -> None:
        super().__init__(context, terminal, Place("welcome"))

    def welcome(self) -> bool:
        """Run until one door was gone through; False where the person closed or left. Raises FileProblem."""
        try:
            while True:
                try:
                    return self._go_through(self._choose_door())
                except (AgainError, GoneBackError):
                    continue
        except LeftError:
            self.terminal.clear()
            self.terminal.say(self.words("plain.left"))
        except (PausedError, KeyboardInterrupt):
            self.say_closed()
        return False

    def act(self, action: str, line: str) -> None:
        """Do what a slash word asks anywhere; /where says that these are the ways on."""
        if action == "where":
            self.terminal.say(self.words("welcome.plain_where"))
        else:
            super().act(action, line)

    def _tables(self) -> Tables:
        return self.desk.store.read().tables

    def _choose_door(self) -> str:
        """Say the doors and read which; an empty line just looks."""
        said = welcome(self._tables(), self.desk.words)
        terminal = self.terminal
        terminal.space()
        terminal.say(said.title, said.about)
        for door in said.doors:
            note = f" {ended(begun(door.note))}" if door.note else ""
            terminal.say(f"{door.key} {ended(door.words)}{note}")
        has_line = any(door.name == READ for door in said.doors)
        how = self.words("welcome.plain" if has_line else "welcome.plain_no_letter")
        terminal.say(how)
        while (line := self.listen()) is not None:
            found = next((door.name for door in said.doors if door.key == line.strip().casefold()), "")
            if found:
                return found
            terminal.say(how)
        return "look"

    def _go_through(self, name: str) -> bool:
        """Go through a door; False where the person paused behind it. Raises AgainError to say the doors again."""
        if name == READ:
            self._read_line()
            raise AgainError
        if name == "small":
            self._change(small_thing(self._tables(), self.desk.words))
        elif name == "change":
            self._look_at_goals()
        elif name == "values":
            conversation = PlainConversation(self.context, self.terminal, "values")
            conversation.is_from_home = True
            conversation.run()
            return not conversation.sitting.part
        return True

    def _look_at_goals(self) -> None:
        """Look at one goal after another, until the person has enough."""
        goals = goals_to_look_at(self._tables())
        if not goals:
            self.terminal.say(self.words("welcome.no_goals"))
            return
        options = fits_words(self.desk.words)
        lines = [ended(words) + (f" {ended(begun(note))}" if note else "") for _, words, note in options]
        for number, goal in enumerate(goals):
            title = f"{ended(saying.plain_text(goal['title']))} {self.words('welcome.fits_title')}"
            at = self.pick(title, lines)
            picked = options[at][0] if at is not None else "stop"
            if picked == "stop":
                if number == 0:
                    raise GoneBackError
                break
            if picked == "words":
                ask_question(self, OneQuestion(self.desk, "goals", "what", {"goal": goal["id"]}))
            elif picked in STATE_OF:
                self._say_state(goal["id"], STATE_OF[picked])
        self.terminal.say(self.words("welcome.said_fits"))

    def _say_state(self, id: str, state: str) -> None:
        from rchrp_goals.services.goal_changes import set_state

        try:
            set_state(self.desk.store, id, state, None, self.desk.clock)
        except ProblemError as problem:
            self.say_or_raise(problem)

    def _read_line(self) -> None:
        """Say the line to oneself, and keep that it was read."""
        from rchrp_goals.services.letters import read_letter

        letter = unread(self._tables())
        if letter is None:
            return
        self.terminal.say(ended(self.words("welcome.letter_title")))
        for line in str(letter["text"]).splitlines():
            self.terminal.say(saying.plain_text(line), indent="  ")
        try:
            read_letter(self.desk.store, letter["id"], self.desk.clock.now())
        except ProblemError as problem:
            self.say_or_raise(problem)
