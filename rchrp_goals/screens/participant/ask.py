"""The one screen that asks every kind of question of a conversation, one at a time."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.guide.conversation import Stop
from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.participant.ask_fields import FieldBox, FieldSetting
from rchrp_goals.screens.participant.ask_lines import DateBox, make_box
from rchrp_goals.screens.participant.ask_page import make_page
from rchrp_goals.screens.safe import safe, safe_line
from rchrp_goals.services.asking import QuestionWords, beside_ruler, field_words, question_words
from rchrp_goals.services.day_words import remember_date_order
from rchrp_goals.services.offers import offers
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.progress import minutes_left, part_titles
from rchrp_goals.services.sitting import Sitting
from widgets.flow import Flow
from widgets.line_field import LineField, LongField
from widgets.plate import Plate
from widgets.progress_path import Part, ProgressPath

AUTOSAVE_AFTER = 1.0
"""Seconds without a change after which what is being typed is written."""
NARROW = 60
"""Columns under which the plates stand close together."""
MANY = 2
"""Fields above which they stand close together, where rows are few."""
SCROLL_KEYS = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}


class AskScreen(CalmScreen[bool]):
    """Asks a sitting's questions, or one question by itself; dismissed (a single one) with True when it was settled."""

    CSS_PATH = "ask.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("b", "back", show=False),
        Binding("p", "pass", show=False),
        Binding("e", "show_example", show=False),
        Binding("w", "show_why", show=False),
        Binding("m", "letter('m')", show=False),
        Binding("n", "letter('n')", show=False),
        Binding("enter", "next", show=False),
        Binding("escape", "close_or_pause", show=False),
    ]

    def __init__(self, sitting: Sitting | OneQuestion) -> None:
        super().__init__()
        self.sitting = sitting
        self.question = QuestionWords("")
        self._shown_key = ""
        self._boxes: dict[str, FieldBox] = {}
        self._aside = ""
        self._asks_to_pass = False
        self.is_saying = False
        self._left: dict[str, dict[str, Any]] = {}
        self._timer: Timer | None = None

    # ------------------------------------------------------------------ what it is made of

    def compose(self) -> ComposeResult:
        """Make the frame; the fields change with the question."""
        glyphs = {"ascii_glyphs": self.app.is_ascii}
        with Vertical(id="page"):
            yield ProgressPath(id="path", **glyphs)
            yield Static(id="minutes", markup=False)
            with VerticalScroll(id="body", can_focus=False):
                with Horizontal(id="head"):
                    yield Static(id="question", markup=False)
                    yield Plate("e", "", classes="example")
                    yield Plate("w", "", classes="why")
                yield Static(id="statement", markup=False)
                yield Static(id="hint", markup=False)
                yield Static(id="aside", markup=False)
                yield Vertical(id="fields")
                with Horizontal(id="foot"):
                    yield Plate("e", "", classes="example")
                    yield Plate("w", "", classes="why")
            yield Static(id="said", markup=False)
            with Flow(id="plates", gap=1 if self.app.size.width < NARROW else 4, is_last_right=True):
                yield Plate("b", "", id="back")
                yield Plate("p", "", id="pass")
                yield Plate("esc", "", key="escape", id="pause")
                yield Plate("", "", key="enter", id="next")
        yield self.foot_line()

    async def on_mount(self) -> None:
        """Show the question that waits."""
        await self.show_stop()

    @property
    def stop(self) -> Stop | None:
        """The stop that waits."""
        return self.sitting.current

    @property
    def is_one_question(self) -> bool:
        """Tell whether this is a question by itself, opened over another screen."""
        return isinstance(self.sitting, OneQuestion)

    @property
    def is_page(self) -> bool:
        """Tell whether the stop is a page, which any key turns."""
        return self.stop is not None and self.stop.question.kind == "page"

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the fields that are open, by field id."""
        found = {id: box.value for id, box in self._boxes.items()}
        return {id: value for id, value in found.items() if value is not None}

    # ------------------------------------------------------------------ showing a stop

    async def show_stop(self, said: str = "") -> None:
        """Show the stop that waits, with what stands in it; ``said`` is a sentence about what was done before."""
        stop = self.stop
        if stop is None:
            return
        values = self._left.pop(stop.key, None) or self.sitting.conversation.standing(stop)
        self._shown_key = stop.key
        self._asks_to_pass = False
        self._aside = ""
        async with self.app.settling():
            with self.app.batch_update():
                await self._build(stop, values, said)
        if self.desk_shows_why:
            self._open_aside("why")

    async def _build(self, stop: Stop, values: dict[str, Any], said: str) -> None:
        self.question = question_words(self.sitting, stop)
        self._show_words(stop, said)
        fields = self.query_one("#fields", Vertical)
        self.set_focus(None)
        await fields.remove_children()
        self._boxes = {}
        if self.is_page:
            for widget in make_page(self.sitting, stop, is_ascii=self.app.is_ascii):
                await fields.mount(widget)
        else:
            await self._open_fields(stop, values)
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
        self._focus_start()
        self._show_plates()

    @property
    def desk_shows_why(self) -> bool:
        """Tell whether the person wants to see every time why we ask."""
        return self.app.desk.settings.always_show_why and bool(self.question.why)

    def _show_words(self, stop: Stop, said: str) -> None:
        """Show what does not depend on the fields."""
        is_stated = stop.statement is not None
        text = self.query_one("#question", Static)
        text.update(safe(self.question.text))
        text.set_class(is_stated, "-quiet")
        self._show_text("#statement", stop.statement.text if stop.statement else "")
        self._show_text("#hint", self.question.hint)
        self._show_text("#aside", "")
        self.say(said)
        for name in ("example", "why"):
            for plate in self.query(f"Plate.{name}").results(Plate):
                plate.words = self.ui(f"ask.{name}")
                plate.display = bool(getattr(self.question, name))
        self._show_progress()

    def _show_text(self, selector: str, text: str) -> None:
        static = self.query_one(selector, Static)
        static.update(safe(text))
        static.display = bool(text)

    def _show_progress(self) -> None:
        path, minutes = self.query_one("#path", ProgressPath), self.query_one("#minutes", Static)
        self.set_class(self.is_one_question, "-alone")
        if self.is_one_question:
            return
        at, total = self.sitting.conversation.place
        titles = zip(self.sitting.parts, part_titles(self.sitting), strict=True)
        path.parts = tuple(
            Part(safe_line(title), total, at, is_current=part == self.sitting.part)
            for part, title in titles
            if part != "start" or self.sitting.part == "start"
        )
        n = minutes_left(self.sitting, "app")
        is_first = self.sitting.is_first_stop
        minutes.update(
            safe(
                self.ui("ask.minutes_in_all" if is_first else "ask.minutes_left", n=n)
                + self.ui("ask.between")
                + self.ui("ask.stop_whenever" if is_first or len(self.sitting.parts) == 1 else "ask.stop_after_part")
            )
        )

    async def _open_fields(self, stop: Stop, values: dict[str, Any]) -> None:
        """Make the boxes of the fields that are open, and take away those that no longer are."""
        container = self.query_one("#fields", Vertical)
        open_fields = self.sitting.conversation.fields(stop, values)
        wanted = [field.id for field in open_fields]
        for id in [id for id in self._boxes if id not in wanted]:
            await self._boxes.pop(id).remove()
        for field in open_fields:
            words = field_words(self.sitting, stop, field, values)
            if field.id in self._boxes:
                self._boxes[field.id].tell(words)
                continue
            box = make_box(
                FieldSetting(
                    field,
                    words,
                    offers(self.sitting, field),
                    self.app.desk,
                    values.get(field.id),
                    is_alone=len(open_fields) == 1,
                    is_statement=stop.statement is not None,
                    beside=beside_ruler(self.sitting, stop),
                    overhang=2 if self.has_class("-narrow") else 3,
                )
            )
            box.set_class(stop.question.kind == "ruler" and field.kind != "position", "-follow-up")
            self._boxes[field.id] = box
            await container.mount(box)
        container.set_class(len(self._boxes) > MANY, "-many")

    def _focus_start(self) -> None:
        """Go to the first field; on a page nothing has the focus, so that any key turns it."""
        first = next(iter(self._boxes.values()), None)
        if first is None:
            self.set_focus(None)
        else:
            first.focus_first()

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """Say a sentence under the fields."""
        self.is_saying = bool(text)
        said = self.query_one("#said", Static)
        said.set_class(is_problem, "-problem")
        said.update(safe(text))

    def _show_plates(self) -> None:
        """Show each plate with its key, or plain while letters are text; the likeliest stands out."""
        is_typing = isinstance(self.focused, Input | TextArea)
        for plate in self.query(Plate):
            plate.show_key = not is_typing or plate.key in {"enter", "escape"}
        back, following = self.query_one("#back", Plate), self.query_one("#next", Plate)
        back.words, self.query_one("#pass", Plate).words = self.ui("ask.back"), self.ui("ask.pass")
        self.query_one("#pause", Plate).words = self.ui("ask.close" if self.is_one_question else "ask.pause")
        following.words = self.ui("ask.go_on" if self.is_page else "ask.next")
        is_short = self.has_class("-narrow") and not self.app.is_ascii
        following.key_label = self.ui("ask.enter_short" if is_short else "ask.enter")
        following.accent = self.is_page or self._has_answer()
        back.display = self.is_one_question or not self.sitting.is_first_stop
        self.query_one("#pass", Plate).display = not self.is_page

    def _has_answer(self) -> bool:
        stop = self.stop
        if stop is None:
            return False
        return any(box.value is not None for box in self._boxes.values() if not box.field.is_optional)

    @on(events.DescendantFocus)
    def follow_focus(self) -> None:
        """Show or hide the keys of the plates, and bring the whole field into sight, its buttons too."""
        self._show_plates()
        box = self._focused_box()
        if isinstance(box, DateBox) and box.size.height <= self.query_one("#body").size.height:
            self.call_after_refresh(box.scroll_visible, animate=False)

    @on(events.DescendantBlur)
    def follow_blur(self) -> None:
        """Show or hide the keys of the plates."""
        self._show_plates()

    # ------------------------------------------------------------------ what the person does in the fields

    @on(FieldBox.Changed)
    async def take_change(self, event: FieldBox.Changed) -> None:
        """Remember what is being typed, open what it opens, and write it a moment later."""
        event.stop()
        stop = self.stop
        if stop is None or stop.key != self._shown_key or event.box.field.id not in self._boxes:
            return
        self._asks_to_pass = False
        if self.is_saying:
            self.say("")
        event.box.tell_problem("")
        values = self.values
        self.sitting.type(values)
        if any(field.when for field in stop.question.fields):
            await self._open_fields(stop, values)
        self._show_plates()
        self._keep_soon()
        kind = event.box.chosen_kind if isinstance(event.box, DateBox) else None
        if kind is not None:
            self.app.writer.submit(partial(remember_date_order, self.app.desk, kind))

    @on(FieldBox.Done)
    async def take_done(self, event: FieldBox.Done) -> None:
        """Go to the next field that waits, else to the next question."""
        event.stop()
        await self._go_from(event.box)

    @on(LineField.TooLong)
    @on(LongField.TooLong)
    def tell_too_long(self, event: LineField.TooLong | LongField.TooLong) -> None:
        """Say at once that a text is too long; it stays where it is."""
        event.stop()
        key = "errors.text_too_long" if event.is_kept else "ask.paste_too_long"
        self.say(self.ui(key, cap=event.cap, length=event.length), is_problem=True)

    async def _go_from(self, box: FieldBox) -> None:
        boxes = list(self._boxes.values())
        if box not in boxes:
            return
        at = boxes.index(box)
        for following in boxes[at + 1 :]:
            is_waiting = following.value is None if box.field.kind == "position" else True
            if not following.field.is_optional and is_waiting:
                following.focus_first()
                return
        await self.go_on()

    # ------------------------------------------------------------------ going on, back, away

    async def action_next(self) -> None:
        """Enter outside a text field: done in this field."""
        box = self._focused_box()
        if box is not None:
            await self._go_from(box)
        else:
            await self.go_on()

    def _focused_box(self) -> FieldBox | None:
        widget: Any = self.focused
        while isinstance(widget, Widget):
            if isinstance(widget, FieldBox):
                return widget
            widget = widget.parent
        return None

    async def go_on(self) -> None:
        """Keep the answer and go on; without an answer ask "pass?" once, then pass."""
        stop = self.stop
        if stop is None or stop.key != self._shown_key:
            return
        try:
            was_changed = self.sitting.answer(self.values)
        except AnswerRefused as refused:
            if refused.key != "nothing_answered":
                self._tell_refused(stop, refused)
            elif self._asks_to_pass:
                await self.action_pass()
            else:
                self._asks_to_pass = True
                self.say(self.ui("ask.pass_question"))
            return
        await self._settle(self.ui("text.left_out") if was_changed else "")

    def _tell_refused(self, stop: Stop, refused: AnswerRefused) -> None:
        """Say what cannot be kept, under its field; the field keeps it."""
        from rchrp_goals.guide.answers import checked_value

        sentence = self.words.problem(refused.key, refused.values)
        count = len(self.sitting.conversation.statements)
        for box in self._boxes.values():
            try:
                checked_value(box.field, box.value, count)
            except AnswerRefused as found:
                if found.key == refused.key:
                    box.tell_problem(sentence)
                    box.focus_first()
                    return
        self.say(sentence, is_problem=True)

    async def action_pass(self) -> None:
        """Pass the question."""
        if self.stop is not None and not self.is_page:
            self.sitting.pass_()
            await self._settle()

    async def action_back(self) -> None:
        """Go to the question before; what was typed here is still there when one comes back."""
        stop = self.stop
        if stop is not None and self.values != self.sitting.conversation.draft.answers.get(stop.key, {}).get("values"):
            self._left[stop.key] = self.values
        self._stop_timer()
        if await self.app.writer.run(self.sitting.back):
            self._keep()
            await self.show_stop()
        elif self.is_one_question:
            self.dismiss(False)

    async def _settle(self, said: str = "") -> None:
        """Write what was answered, finish the part where it is over, and show what comes next."""
        self._stop_timer()
        if not self.sitting.is_part_over:
            self._keep()
            await self.show_stop(said)
            return
        if not await self._finish_part():
            await self.show_stop()
            return
        if isinstance(self.sitting, OneQuestion):
            self.dismiss(True)
        elif self.sitting.is_at_plan:
            await self.app.show_plan(self.sitting)
        elif self.sitting.part == "":
            await self.app.show_end(self.sitting)
        else:
            await self.show_stop(said)

    async def _finish_part(self) -> bool:
        """Save the part; where that fails, say so and offer to try again. False: go back to its last question."""
        while True:
            try:
                async with self.app.settling():
                    await self.app.writer.run(self.sitting.finish_part)
            except ProblemError as problem:
                if await self.app.tell_problem(problem):
                    continue
                if not self.is_one_question:
                    self.sitting.back()
                return False
            return True

    def _keep(self) -> None:
        self.app.writer.submit(self.sitting.keeper())

    def _keep_soon(self) -> None:
        self._stop_timer()
        self._timer = self.set_timer(AUTOSAVE_AFTER, self._keep)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def keep_now(self) -> None:
        """Write what stands in the fields, without waiting for the person to stop typing."""
        self._stop_timer()
        if self.stop is not None and self.stop.key == self._shown_key:
            self.sitting.type(self.values)
        self._keep()

    # ------------------------------------------------------------------ on demand

    def action_show_example(self) -> None:
        """Open or close the example."""
        self._open_aside("example")

    def action_show_why(self) -> None:
        """Open or close why we ask."""
        self._open_aside("why")

    def _open_aside(self, name: str) -> None:
        text = getattr(self.question, name)
        self._aside = "" if self._aside == name or not text else name
        aside = self.query_one("#aside", Static)
        aside.display = bool(self._aside)
        if self._aside:
            label = safe(self.ui(f"ask.{name}")).stylize("$quiet")
            aside.update(Content.assemble(label, "\n", safe(text)))
            self.call_after_refresh(aside.scroll_visible, animate=False)

    async def action_letter(self, key: str) -> None:
        """Hand a letter to the field that has a meaning for it."""
        if self.is_page:
            if key == "n" and self.query("#not-again"):
                await self._leave_out_page()
            else:
                await self.go_on()
            return
        box = self._focused_box()
        for one in [box] if box is not None else list(self._boxes.values()):
            if one.press_letter(key):
                return

    async def action_close_or_pause(self) -> None:
        """Close what is open, else pause."""
        if self._aside:
            self._open_aside(self._aside)
        elif self._asks_to_pass:
            self._asks_to_pass = False
            self.say("")
        elif self.is_one_question:
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
            "pause": self.action_close_or_pause,
            "not-again": self._leave_out_page,
        }
        if event.plate.id in actions:
            await actions[event.plate.id]()
        else:
            self._open_aside("why" if event.plate.has_class("why") else "example")

    async def _leave_out_page(self) -> None:
        """Go on from a page, and leave it out from now on."""
        self.sitting.answer({"choice": "not_again"})
        await self._settle()

    async def on_key(self, event: events.Key) -> None:
        """Turn a page by any key; in a question, up and down go from field to field."""
        if event.key in SCROLL_KEYS and self.is_page:
            event.stop()
            self.query_one("#body", VerticalScroll).scroll_relative(y=SCROLL_KEYS[event.key], animate=False)
        elif self.is_page and event.is_printable and event.key not in {"b", "n"}:
            event.stop()
            await self.go_on()
        elif event.key in {"up", "down"} and self._focused_box() is not None:
            event.stop()
            move = self.focus_next if event.key == "down" else self.focus_previous
            move("#fields *")

    async def on_click(self, event: events.Click) -> None:
        """Turn a page by a click."""
        if self.is_page:
            event.stop()
            await self.go_on()

    # ------------------------------------------------------------------ another language

    def switch_language(self) -> None:
        """Ask on in the other language; what stands in the fields stays as it is."""
        if self.stop is not None and not self.is_page:
            self.sitting.type(self.values)
        self.sitting.switch_language()

    async def retell(self) -> None:
        """Say the question again; the fields keep their text, the focus and the cursor."""
        stop = self.stop
        if stop is None:
            return
        at = self._place_in_fields()
        if not self.is_page:
            self._left[stop.key] = self.values
        aside = self._aside
        await self.show_stop()
        self.query_one("FootLine").remove()
        await self.mount(self.foot_line())
        if aside:
            self._open_aside(aside)
        self._go_to_place(at)

    def _place_in_fields(self) -> tuple[int, Any] | None:
        focusable = [widget for widget in self.query("#fields *") if widget.focusable]
        if self.focused not in focusable:
            return None
        at = focusable.index(self.focused)
        if isinstance(self.focused, Input):
            return at, self.focused.cursor_position
        return at, self.focused.cursor_location if isinstance(self.focused, TextArea) else None

    def _go_to_place(self, place: tuple[int, Any] | None) -> None:
        focusable = [widget for widget in self.query("#fields *") if widget.focusable]
        if place is None or place[0] >= len(focusable):
            return
        widget = focusable[place[0]]
        widget.focus()
        if isinstance(widget, Input):
            widget.cursor_position = place[1]
        elif isinstance(widget, TextArea):
            widget.move_cursor(place[1])
