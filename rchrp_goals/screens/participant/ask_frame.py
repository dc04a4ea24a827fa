"""How the ask screen looks: progress, the question and its words on demand, the fields, one line said, the plates."""

from __future__ import annotations

from itertools import takewhile
from typing import Any, Literal

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from rchrp_goals.guide.conversation import Stop
from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.participant.ask_body import AskBody, Rows, rows_at_cursor, rows_of
from rchrp_goals.screens.participant.ask_fields import FieldBox, FieldSetting
from rchrp_goals.screens.participant.ask_lines import make_box
from rchrp_goals.screens.participant.ask_page import make_lines, make_page
from rchrp_goals.screens.safe import safe, safe_line
from rchrp_goals.services.asking import QuestionWords, beside_ruler, field_words, question_words
from rchrp_goals.services.offers import offers, option_words
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.progress import minutes_left, part_titles
from rchrp_goals.services.sitting import Sitting
from widgets.choice_list import ChoiceList
from widgets.flow import Flow
from widgets.plate import Plate
from widgets.progress_path import Part, ProgressPath
from widgets.then_and_now import ThenAndNow

NARROW = 60
"""Columns under which the plates stand close together."""
MANY = 2
"""Fields above which they stand close together, where rows are few."""
ASIDES = ("example", "why")


class AskFrame(CalmScreen[bool]):
    """Shows the stop that waits in a sitting; what the person does with it is the ask screen's."""

    path = getters.query_one("#path", ProgressPath)
    minutes = getters.query_one("#minutes", Static)
    body = getters.query_one("#body", AskBody)
    question_text = getters.query_one("#question", Static)
    statement = getters.query_one("#statement", Static)
    hint = getters.query_one("#hint", Static)
    aside = getters.query_one("#aside", Static)
    fields = getters.query_one("#fields", Vertical)
    said = getters.query_one("#said", Static)
    plates = getters.query_one("#plates", Flow)

    def __init__(self, sitting: Sitting | OneQuestion) -> None:
        super().__init__()
        self.sitting = sitting
        self.question = QuestionWords("")
        self.boxes: dict[str, FieldBox] = {}
        self.open_aside = ""
        self.is_saying = False
        self._begins_at: Widget | None = None
        self._began_at: object = None
        self._looks_at: Literal["start", "aside", "writing", "field"] = "start"
        self._has_told_minutes = False

    def compose(self) -> ComposeResult:
        """Make the frame; the fields change with the question."""
        self.set_size_classes()
        cap = self.app.keys.cap
        with Vertical(id="page"):
            yield ProgressPath(id="path", ascii_glyphs=self.app.is_ascii)
            yield Static(id="minutes")
            with AskBody(self._in_sight, id="body"):
                with Horizontal(id="head"):
                    yield Static(id="question")
                    with Horizontal(id="asides"):
                        yield from (Plate(cap(f"ask.{name}"), "", classes=name) for name in ASIDES)
                yield Static(id="statement")
                yield Static(id="hint")
                yield Static(id="aside")
                yield Vertical(id="fields")
                with Horizontal(id="foot"):
                    yield from (Plate(cap(f"ask.{name}"), "", classes=name) for name in ASIDES)
            yield Static(id="said")
            with Flow(id="plates", gap=self._gap, is_last_right=True):
                yield Plate(cap("ask.back"), "", id="back")
                yield Plate(cap("ask.pass"), "", id="pass")
                yield Plate(cap("ask.close"), "", key="escape", id="pause")
                yield Plate("", "", key="enter", id="next")
        yield self.foot_line()

    def on_resize(self) -> None:
        """Set close together in a narrow window what stands apart in a wide one."""
        if not self.question.text:
            return
        self.plates.gap = self._gap
        for choices in self.query(ChoiceList):
            choices.overhang = self._overhang
        self._set_pictures()
        self.show_plates()
        if self._has_told_minutes:
            self.call_after_refresh(self._show_minutes)

    def _set_pictures(self) -> None:
        for picture in self.query(ThenAndNow):
            picture.overhang = self._overhang

    @property
    def _gap(self) -> int:
        return 1 if self.app.size.width < NARROW else 4

    @property
    def _overhang(self) -> int:
        return 2 if self.app.size.width < NARROW else 3

    # ------------------------------------------------------------------ what stands there

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
        found = {id: box.value for id, box in self.boxes.items()}
        return {id: value for id, value in found.items() if value is not None}

    @property
    def focused_box(self) -> FieldBox | None:
        """The field that the person is in."""
        widget: Any = self.focused
        while isinstance(widget, Widget):
            if isinstance(widget, FieldBox):
                return widget
            widget = widget.parent
        return None

    @property
    def cursor(self) -> object:
        """Where the cursor is in a text of several lines; None elsewhere."""
        return self.focused.cursor_location if isinstance(self.focused, TextArea) else None

    @property
    def is_typing(self) -> bool:
        """Tell whether letters are text now."""
        return isinstance(self.focused, Input | TextArea)

    # ------------------------------------------------------------------ showing a stop

    async def build(self, stop: Stop, values: dict[str, Any], said: str) -> None:
        """Show a stop with what stands in it, and go to its first field."""
        self.question = question_words(self.sitting, stop)
        self.open_aside = ""
        self._show_words(stop)
        self._show_progress()
        self.say(said)
        self.set_focus(None)
        await self.fields.remove_children()
        self.boxes = {}
        if self.is_page:
            for widget in make_page(self.sitting, stop, is_ascii=self.app.is_ascii):
                await self.fields.mount(widget)
            self._set_pictures()
        else:
            await self.fields.mount(*make_lines(self.sitting))
            await self.open_fields(stop, values)
        if self.app.desk.settings.always_show_why:
            self.show_aside("why")
        self._focus_start()
        self.show_plates()

    def _show_words(self, stop: Stop) -> None:
        """Show what does not depend on the fields."""
        self.question_text.update(safe(self.question.text))
        self.question_text.set_class(stop.statement is not None, "-quiet")
        _show(self.statement, safe(stop.statement.text) if stop.statement else None)
        _show(self.hint, safe(self.question.hint) if self.question.hint else None)
        _show(self.aside, None)
        for name in ASIDES:
            for plate in self.query(f"Plate.{name}").results(Plate):
                plate.words = self.ui(f"ask.{name}")
                plate.display = bool(getattr(self.question, name))

    def help_where(self) -> str:
        """Say the part, and which question of it this is."""
        at, total = self.sitting.conversation.place
        if self.is_one_question or self.sitting.part not in self.sitting.parts:
            return ""
        part = part_titles(self.sitting)[self.sitting.parts.index(self.sitting.part)]
        return self.ui("plain.place_alone", part=part, at=at + 1, total=total)

    def _show_progress(self) -> None:
        self.set_class(self.is_one_question, "-alone")
        if self.is_one_question:
            return
        at, total = self.sitting.conversation.place
        titles = zip(self.sitting.parts, part_titles(self.sitting), strict=True)
        self.path.parts = tuple(
            Part(safe_line(title), total, at, is_current=part == self.sitting.part)
            for part, title in titles
            if part != "start" or self.sitting.part == "start"
        )
        if self._has_told_minutes:
            self._show_minutes()

    def show_first_minutes(self) -> None:
        """Say how long it takes once the first picture stands: the model reads every word of the sitting."""
        if not self._has_told_minutes and not self.is_one_question:
            self._has_told_minutes = True
            self.call_after_refresh(self._show_minutes)

    def _show_minutes(self) -> None:
        is_first = self.sitting.is_first_stop
        key = "ask.minutes_in_all" if is_first else "ask.minutes_left"
        is_whole = is_first or len(self.sitting.parts) == 1
        said = (
            self.ui(key, n=minutes_left(self.sitting, "app")),
            self.ui("ask.stop_whenever" if is_whole else "ask.stop_after_part"),
        )
        content = safe(self.ui("ask.between").join(said))
        self.minutes.update(content)
        # said outright: beside a first picture, a layout takes the empty line's height for it (Textual 8.2)
        self.minutes.styles.height = len(content.wrap(max(1, self.minutes.content_size.width)))

    async def open_fields(self, stop: Stop, values: dict[str, Any]) -> None:
        """Make the boxes of the fields that are open now, and take away those that no longer are."""
        open_fields = self.sitting.conversation.fields(stop, values)
        wanted = {field.id for field in open_fields}
        for id in [id for id in self.boxes if id not in wanted]:
            await self.boxes.pop(id).remove()
        for field in open_fields:
            words = field_words(self.sitting, stop, field, values)
            if field.id in self.boxes:
                self.boxes[field.id].tell(words)
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
                    overhang=self._overhang,
                    options=option_words(self.sitting, field) if field.kind == "lines" else None,
                )
            )
            box.set_class(stop.question.kind == "ruler" and field.kind != "position", "-follow-up")
            self.boxes[field.id] = box
            await self.fields.mount(box)
        self.fields.set_class(len(self.boxes) > MANY, "-many")

    def _focus_start(self) -> None:
        """Go to the first field; on a page nothing has the focus, so that any key turns it."""
        first = next(iter(self.boxes.values()), None)
        self._begins_at, self._looks_at = first.first if first else None, "start"
        self.set_focus(self._begins_at)
        self._began_at = self.cursor
        self.body.begin()

    # ------------------------------------------------------------------ what is in sight

    def look_at_field(self) -> None:
        """Keep in sight where the person is: in the first field, while they write, no more of it than that."""
        is_first = self.is_typing and self.focused is self._begins_at
        self._looks_at = "writing" if is_first else "field"
        self.body.look()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Hold still while the mouse gives the focus, which Textual says by not scrolling to it.

        No longer than until a key gives it: the button may go up where nobody here hears of it.
        """
        self.body.hold(is_held=not scroll_visible)
        super().set_focus(widget, scroll_visible, from_app_focus)

    def on_mouse_up(self) -> None:
        """Go on looking with what the click does, or with the next layout."""
        self.body.hold(is_held=False)

    def follow_focus(self) -> None:
        """Go with the focus, once it has left where the question began."""
        if self._looks_at != "start" or self.focused is not self._begins_at:
            self.look_at_field()

    def _in_sight(self) -> list[Rows]:
        """Return the rows that are to be in sight, the most important first.

        Where the person is comes first: the focus is always seen. A question is shown from its beginning beside it, as
        far as there is room; later the field is, with what belongs to it.
        """
        focused, box, body = self.focused, self.focused_box, self.body
        if self._looks_at == "aside":  # it is read from its beginning, also where it is higher than the window
            return [(top, min(bottom, top + body.size.height)) for top, bottom in rows_of(self.aside, body)]
        if focused is None or box is None:
            return []
        wanted = rows_at_cursor(focused, body) + rows_of(box.problem, body)
        if self._looks_at == "start" and self.is_typing:
            wanted += rows_of(focused, body)
        if self._looks_at == "field":
            for part in (*box.beside_focus, *self._follow_ups(box), focused, box):
                wanted += rows_of(part, body)
        return wanted

    def follow_text(self) -> None:
        """Go with the cursor of a text of several lines, once it has left where the question began."""
        if self._looks_at != "start" or self.cursor != self._began_at:
            self.look_at_field()

    def _follow_ups(self, box: FieldBox) -> list[FieldBox]:
        """Return what a ruler opened under itself."""
        boxes = list(self.boxes.values())
        after = boxes[boxes.index(box) + 1 :] if box in boxes else []
        return list(takewhile(lambda one: one.has_class("-follow-up"), after))

    # ------------------------------------------------------------------ what changes while a stop is shown

    def say(self, text: str, *, is_problem: bool = False, is_quiet: bool = False) -> None:
        """Say a sentence above the plates, or take it away."""
        self.is_saying = bool(text)
        self.said.set_class(is_problem, "-problem")
        self.said.set_class(is_quiet, "-quiet")
        self.said.update(safe(text))

    def show_aside(self, name: str) -> None:
        """Open the example or why we ask, or close it where it is open."""
        text = getattr(self.question, name)
        self.open_aside = "" if self.open_aside == name or not text else name
        self._show_close()
        label = safe(self.ui(f"ask.{name}")).stylize("$quiet")
        _show(self.aside, Content.assemble(label, "\n", safe(text)) if self.open_aside else None)
        self._looks_at = "aside" if self.open_aside else "start"
        self.body.look()

    def show_plates(self) -> None:
        """Show each plate with its key, or plain while letters are text; the likeliest stands out."""
        is_typing = self.is_typing
        for plate in self.query(Plate):
            plate.show_key = not is_typing or plate.key in {"enter", "escape"}
        is_short = self.app.size.width < NARROW and not self.app.is_ascii
        back, pass_, _, following = self.plates.query(Plate)
        back.words, pass_.words = self.ui("ask.back"), self.ui("ask.pass")
        self._show_close()
        following.words = self.ui("ask.go_on" if self.is_page else "ask.next")
        following.key_label = self.ui("ask.enter_short" if is_short else "ask.enter")
        following.accent = self.is_page or any(
            box.value is not None for box in self.boxes.values() if not box.field.is_optional
        )
        back.display = self.is_one_question or not self.sitting.is_first_stop
        pass_.display = not self.is_page

    def _show_close(self) -> None:
        """Say on its plate whether Esc pauses, or closes what is open."""
        closes = self.is_one_question or bool(self.open_aside)
        self.query_one("#pause", Plate).words = self.ui("ask.close" if closes else "ask.pause")


def _show(static: Static, content: Content | None) -> None:
    """Show content, or nothing at all in no room."""
    static.update(content or Content(""))
    static.display = content is not None
