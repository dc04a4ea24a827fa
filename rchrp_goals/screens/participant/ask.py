"""The one screen that asks every kind of question of a conversation, one at a time."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual import events, on
from textual.timer import Timer
from textual.widgets import TextArea

from rchrp_goals.errors import AnswerRefused, FileProblem, ProblemError
from rchrp_goals.guide.conversation import Stop
from rchrp_goals.screens.base import bindings
from rchrp_goals.screens.participant.ask_fields import FieldBox
from rchrp_goals.screens.participant.ask_frame import AskFrame
from rchrp_goals.screens.participant.ask_lines import DateBox
from rchrp_goals.screens.participant.cursor_place import CursorPlace
from rchrp_goals.services.day_words import remember_date_order
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.drafts import NAMES, ONE_QUESTION
from widgets.choice_list import ChoiceList
from widgets.line_field import LineField, LongField
from widgets.plate import Plate

AUTOSAVE_AFTER = 1.0
"""Seconds after a change at which what is being typed is written."""
WRITTEN = {"line", "long", "items"}
"""The kinds of fields that hold own words."""
PAGE_KEYS = {"pageup": -8, "pagedown": 8}
SCROLL_KEYS = {"up": -1, "down": 1, **PAGE_KEYS}


class AskScreen(AskFrame):
    """Asks a sitting's questions, or one question by itself; dismissed (a single one) with True when it was settled."""

    CSS_PATH = "ask.tcss"
    AUTO_FOCUS = ""
    HELP_TOPIC = "ask"
    DOES = {
        "ask.next": "next",
        "ask.pass": "pass",
        "ask.back": "back",
        "ask.close": "close_or_pause",
        "ask.example": "aside('example')",
        "ask.why": "aside('why')",
        "ask.more": "letter('m')",
        "ask.copy": "letter('c')",
        "ask.not_again": "letter('n')",
    }
    BINDINGS = bindings(DOES)

    def __init__(self, sitting: Sitting | OneQuestion) -> None:
        super().__init__(sitting)
        self._shown_key = ""
        self._asks_to_pass = False
        self._is_kept = True
        self._has_just_pasted = False
        self._left: dict[str, dict[str, Any]] = {}
        self._timer: Timer | None = None

    async def on_mount(self) -> None:
        """Show the question that waits, and say what there is to say about the beginning."""
        said = self._beginning()
        await self.show_stop(said)
        if not said and not self.is_one_question and self.sitting.is_first_stop:
            self.say(self.ui("ask.how_to_hide", cap=self.app.keys.cap("app.toggle_hidden")), is_quiet=True)

    def _beginning(self) -> str:
        desk, sitting = self.app.desk, self.sitting
        said = [one for one in (self.app.take_complaints(),) if one]
        names = NAMES if isinstance(sitting, Sitting) else (ONE_QUESTION,)
        if any(desk.drafts.was_damaged(name) for name in names):
            said.append(self.ui("ask.draft_was_damaged"))
        elif sitting.resumed:
            said.append(self.ui("ask.resumed"))
        elif isinstance(sitting, Sitting) and (further := sitting.further):
            said.append(self.ui(f"further.{further}"))
        if isinstance(sitting, Sitting) and sitting.about:  # one that waited is gone on with, whatever was picked now
            said.append(self.ui("home.about", about=sitting.about))
        return " ".join(said)

    async def show_stop(self, said: str = "") -> None:
        """Show the stop that waits, with what stands in it; ``said`` is a sentence about what was done before."""
        stop = self.stop
        if stop is None:
            return
        values = self._left.pop(stop.key, None) or self.sitting.conversation.standing(stop)
        self._shown_key = stop.key
        self._asks_to_pass = self._has_just_pasted = False
        async with self.app.settling():
            with self.app.batch_update():
                await self.build(stop, values, said)
        self.show_first_minutes()

    def _is_shown(self, stop: Stop | None) -> bool:
        """Tell whether the stop that waits is the one on the screen: what comes late from another means nothing."""
        return stop is not None and stop.key == self._shown_key

    # ------------------------------------------------------------------ what the person does in the fields

    @on(FieldBox.Changed)
    async def take_change(self, event: FieldBox.Changed) -> None:
        """Remember what is being typed, open what it opens, and write it a moment later."""
        event.stop()
        stop = self.stop
        if stop is None or not self._is_shown(stop) or event.box not in self.boxes.values():
            return
        self._asks_to_pass = False
        if self._has_just_pasted:
            self._has_just_pasted = False
        elif self.is_saying and not event.box.is_too_long:
            self.say("")
        event.box.tell_problem("")
        self.sitting.type(self.values)
        await self._open_what_follows(stop)
        self.show_plates()
        self._keep_soon()
        self.look_at_field()
        kind = event.box.chosen_kind if isinstance(event.box, DateBox) else None
        if kind is not None:
            self.app.writer.submit(partial(remember_date_order, self.app.desk, kind))

    async def _open_what_follows(self, stop: Stop) -> None:
        if any(field.when for field in stop.question.fields):
            await self.open_fields(stop, self.values)

    @on(FieldBox.Done)
    async def take_done(self, event: FieldBox.Done) -> None:
        """Go to the next field that waits, else to the next question."""
        event.stop()
        await self._go_from(event.box)

    @on(FieldBox.Copied)
    def tell_copied(self, event: FieldBox.Copied) -> None:
        """Say that the text is on the clipboard."""
        event.stop()
        self.say(self.ui("check_in_room.said.copied"))

    @on(LineField.TooLong)
    @on(LongField.TooLong)
    def tell_too_long(self, event: LineField.TooLong | LongField.TooLong) -> None:
        """Say at once that a text is too long; it stays where it is."""
        event.stop()
        key = "errors.text_too_long" if event.is_kept else "ask.paste_too_long"
        self.say(self.ui(key, cap=event.cap, length=event.length), is_problem=True)

    @on(events.DescendantFocus)
    def take_focus(self) -> None:
        """Show or hide the keys of the plates, and bring the field that the person went to into sight."""
        self.show_plates()
        self.follow_focus()

    @on(ChoiceList.Moved)
    def follow_choice(self) -> None:
        """Keep the option in sight that the person went to."""
        self.look_at_field()

    @on(TextArea.SelectionChanged)
    def follow_line(self) -> None:
        """Keep the line in sight that the person went to."""
        self.follow_text()

    @on(events.DescendantBlur)
    def follow_blur(self) -> None:
        """Show or hide the keys of the plates."""
        self.show_plates()

    async def _go_from(self, box: FieldBox) -> None:
        stop = self.stop
        if stop is None or not self._is_shown(stop) or box not in self.boxes.values():
            return
        await self._open_what_follows(stop)
        boxes = list(self.boxes.values())
        for following in boxes[boxes.index(box) + 1 :]:
            is_waiting = box.field.kind != "position" or following.value is None
            if not following.field.is_optional and is_waiting:
                following.focus_first()
                return
        await self.go_on()

    # ------------------------------------------------------------------ going on, back, away

    async def action_next(self) -> None:
        """Enter outside a text field: done in this field."""
        box = self.focused_box
        await (self.go_on() if box is None else self._go_from(box))

    async def go_on(self) -> None:
        """Keep the answer and go on; without an answer ask "pass?" once, then pass."""
        stop = self.stop
        if stop is None or not self._is_shown(stop) or any(box.take_number() for box in self.boxes.values()):
            return
        try:
            was_changed = self.sitting.answer(self.values)
        except AnswerRefused as refused:
            if refused.key != "nothing_answered":
                self._tell_refused(refused)
            elif self._asks_to_pass:
                await self.action_pass()
            else:
                self._asks_to_pass = True
                self._ask_to_pass()
            return
        await self._settle(self.ui("text.left_out") if was_changed else "")

    def _ask_to_pass(self) -> None:
        """Ask "pass?"; where a reason stands but no answer, say that it would go too, and go to what is open."""
        needed = next((box for box in self.boxes.values() if not box.field.is_optional), None)
        is_written = any(box.value not in (None, "", [], {}) for box in self.boxes.values())
        self.say(self.ui("ask.pass_reason_question" if is_written and needed is not None else "ask.pass_question"))
        if is_written and needed is not None:
            needed.focus_first()

    def _tell_refused(self, refused: AnswerRefused) -> None:
        """Say what cannot be kept, under its field, and nowhere twice; the field keeps it."""
        self.say("")
        sentence = self.words.problem(refused.key, refused.values)
        for box in self.boxes.values():
            try:
                self.sitting.conversation.check(box.field, box.value)
            except AnswerRefused as found:
                if found.key == refused.key:
                    box.tell_problem(sentence)
                    box.focus_first()
                    self.look_at_field()
                    return
        self.say(sentence, is_problem=True)

    async def action_pass(self) -> None:
        """Pass the question; where own words would go with it, ask once first: a letter is soon pressed by mistake."""
        stop = self.stop
        if stop is None or not self._is_shown(stop) or self.is_page:
            return
        if not self._asks_to_pass and self._has_words(stop):
            self._asks_to_pass = True
            self.say(self.ui("ask.pass_words_question"))
            return
        self.sitting.pass_()
        await self._settle()

    def _has_words(self, stop: Stop) -> bool:
        """Tell whether somebody wrote something here that was not only proposed; a mark is soon made again."""
        proposed = self.sitting.conversation.proposed(stop)
        written = (box for box in self.boxes.values() if box.value and _is_written(box))
        return any(box.value != proposed.get(box.field.id) for box in written)

    async def action_back(self) -> None:
        """Go to the question before; what was typed here is still there when one comes back."""
        stop = self.stop
        if stop is None or not self._is_shown(stop):
            return
        answer = self.sitting.conversation.draft.answers.get(stop.key, {})
        if not self.is_page and self.values != answer.get("values", {}):
            self._left[stop.key] = self.values
        self._stop_timer()
        async with self.app.settling():
            has_moved = await self.app.writer.run(self.sitting.back)
        if has_moved:
            self._keep()
            await self.show_stop()
        elif self.is_one_question:
            self.keep_now()
            self.dismiss(False)

    async def _settle(self, said: str = "") -> None:
        """Write what was answered, finish the part where it is over, and show what comes next."""
        self._stop_timer()
        if not self.sitting.is_part_over:
            self._keep()
            await self.show_stop(said)
        elif not await self._finish_part():
            return
        elif isinstance(self.sitting, OneQuestion):
            self.dismiss(True)
        elif self.sitting.is_at_plan:
            await self.app.show_plan(self.sitting)
        elif self.sitting.part == "":
            await self.app.show_end(self.sitting)
        else:
            await self.show_stop(said)

    async def _finish_part(self) -> bool:
        """Save the part; False where that failed: it is told then, beside what goes on here."""
        self._keep()
        try:
            async with self.app.settling():
                await self.app.writer.run(self.sitting.finish_part)
        except ProblemError as problem:
            # a worker of the app: a screen that waits in its own handler for another screen would answer nothing
            self.app.run_worker(self._tell_and_go_on(problem), group="finish")
            return False
        return True

    async def _tell_and_go_on(self, problem: ProblemError) -> None:
        """Say that the part could not be saved, and try again, or go back to its last question.

        A plan's file that is not as it should be has its own page with the ways back; this part's draft waits meanwhile.
        """
        if problem.key.startswith("plan_") and isinstance(problem, FileProblem) and isinstance(self.sitting, Sitting):
            await self.app.reopen()
        elif await self.app.tell_problem(problem):
            await self._settle()
        else:
            self.sitting.back()
            await self.show_stop()

    # ------------------------------------------------------------------ keeping

    def _keep(self) -> None:
        self._timer = None
        self._is_kept = True
        self.app.writer.submit(self.sitting.keeper())

    def _keep_soon(self) -> None:
        """Write a moment after the first change, not after the last: whoever types on without a rest is kept too."""
        self._is_kept = False
        if self._timer is None:
            self._timer = self.set_timer(AUTOSAVE_AFTER, self._keep)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def keep_now(self, *, is_tried_again: bool = False) -> None:
        """Write what stands in the fields, without waiting for the person to stop typing."""
        self._stop_timer()
        stop, values = self.stop, self.values
        is_asked = stop is not None and self._is_shown(stop) and not self.is_page
        # the word of the last letter may still be on its way
        is_new = stop is not None and is_asked and values != self.sitting.conversation.standing(stop)
        if self._is_kept and not is_tried_again and not is_new:
            return
        if is_asked:
            self.sitting.type(values)
        self._keep()

    def say_left_out(self) -> None:
        """Say that codes were left out; what the paste itself changes does not take that away again."""
        self._has_just_pasted = True
        super().say_left_out()

    # ------------------------------------------------------------------ keys, plates, clicks

    def action_aside(self, name: str) -> None:
        """Open or close the example, or why we ask."""
        self.show_aside(name)

    async def action_letter(self, letter: str) -> None:
        """Hand a letter to the field that has a meaning for it; on a page it turns it like any key."""
        if self.is_page:
            await (self._leave_page_out() if letter == "n" and self.query("#not-again") else self.go_on())
            return
        for box in [self.focused_box] if self.focused_box is not None else list(self.boxes.values()):
            if box.press_letter(letter):
                return

    async def action_close_or_pause(self) -> None:
        """Close what is open, else pause."""
        if self.open_aside:
            self.show_aside(self.open_aside)
        elif self._asks_to_pass:
            self._asks_to_pass = False
            self.say("")
        else:
            await self._pause()

    async def _pause(self) -> None:
        """Pause, or close a question that is asked by itself."""
        if self.is_one_question:
            self.keep_now()
            self.dismiss(False)
        else:
            await self.app.run_action("pause")

    @on(Plate.Pressed)
    async def press_plate(self, event: Plate.Pressed) -> None:
        """Do what a plate says."""
        event.stop()
        actions = {
            "back": self.action_back,
            "pass": self.action_pass,
            "next": self.go_on,
            "pause": self.action_close_or_pause if self.open_aside else self._pause,
            "not-again": self._leave_page_out,
        }
        if event.plate.id in actions:
            await actions[event.plate.id]()
        else:
            self.show_aside("why" if event.plate.has_class("why") else "example")

    async def _leave_page_out(self) -> None:
        """Go on from a page, and leave it out from now on."""
        if self._is_shown(self.stop):
            self.sitting.answer({"choice": "not_again"})
            await self._settle()

    async def on_key(self, event: events.Key) -> None:
        """Turn a page by any key; in a question, up and down go from field to field, and whole windows of it are scrolled."""
        if event.key in SCROLL_KEYS and (self.is_page or (event.key in PAGE_KEYS and not self._has_own_pages)):
            event.stop()
            event.prevent_default()
            self.body.scroll_relative(y=SCROLL_KEYS[event.key], animate=False)
        elif self.is_page and event.is_printable and not {event.key, event.character} & self._page_keys:
            event.stop()
            event.prevent_default()
            await self.go_on()
        elif event.key in {"up", "down"} and self.focused_box is not None:
            event.stop()
            move = self.focus_next if event.key == "down" else self.focus_previous
            move("#fields *")

    @property
    def _has_own_pages(self) -> bool:
        """Tell whether the text that the person is in is scrolled within its field."""
        return isinstance(self.focused, TextArea) and self.focused.max_scroll_y > 0

    @property
    def _page_keys(self) -> set[str]:
        """The letters that do something else on a page than turn it."""
        return {self.app.keys.key("ask.back"), self.app.keys.key("ask.not_again")}

    async def on_click(self, event: events.Click) -> None:
        """Turn a page by a click."""
        if self.is_page:
            event.stop()
            await self.go_on()

    # ------------------------------------------------------------------ another language

    def switch_language(self) -> bool:
        """Ask on in the other language; what stands in the fields stays as it is."""
        if self._is_shown(self.stop) and not self.is_page:
            self.sitting.type(self.values)
        self.sitting.switch_language()
        return True

    async def retell(self) -> None:
        """Say the question again; the fields keep their text, the focus and the cursor."""
        stop = self.stop
        self.retell_foot()
        if stop is None:
            return
        place, aside = CursorPlace.of(self.fields.query("*"), self.focused), self.open_aside
        if not self.is_page:
            self._left[stop.key] = self.values
        await self.show_stop()
        if aside:
            self.show_aside(aside)
        if place is not None:
            place.go_to(self.fields.query("*"))


def _is_written(box: FieldBox) -> bool:
    """Tell whether own words stand in a field: in a choice those are a pick that no bank has."""
    is_own_pick = isinstance(box.value, dict) and "bank" in box.value and not box.value["bank"]
    return box.field.kind in WRITTEN or is_own_pick
