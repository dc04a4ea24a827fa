"""Home: the one thing first, doable right there; goals, inbox, what is soon, and one question that can wait."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.foot_line import FootItem
from rchrp_goals.screens.participant.doing import AGAIN_AFTER
from rchrp_goals.screens.participant.home_doing import CARD, HomeDoing
from rchrp_goals.screens.participant.home_lines import MORE, AsideLines, CardLines, HomeLine, HomeLines, TopLine
from rchrp_goals.screens.participant.line_list import NARROW, LineList
from rchrp_goals.screens.participant.looking import LOW, LookingScreen
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.rooms_line import RoomsLine
from rchrp_goals.services.home import HomeView, heading_of, read_home
from rchrp_goals.services.place import Place
from rchrp_goals.services.rooms.reading import HOME
from widgets.flow import Flow
from widgets.plate import Plate

if TYPE_CHECKING:
    from rchrp_goals.services.later import LaterQuestion

IDLE_AFTER = 2.0
"""Seconds without a key after which what saving needs is loaded, so that the first save is quick."""
_PLATES = (("plan", "my_plan"), ("add", "add"), ("start", "begin"))
"""The plates under everything: what they do, and their words."""


class HomeScreen(LookingScreen, HomeDoing):
    """Shows what ``services.home`` says."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = ""
    HELP_TOPIC = "home"
    WHERE = "home"

    body = getters.query_one("#body", VerticalScroll)
    card = getters.query_one("#card-plates", Flow)
    plates = getters.query_one("#plates", Flow)

    def __init__(self, said: str = "") -> None:
        """``said`` is a sentence that greets instead of the usual one."""
        super().__init__()
        self._said = said
        self._was = (False, False)
        self._until_idle: Timer | None = None
        self._put_on: Widget | None = None
        self._put_at = 0.0
        """What Home gave the focus to by itself, and when; None as soon as the person goes elsewhere."""

    # ------------------------------------------------------------------ what it is made of

    def compose(self) -> ComposeResult:
        """Make the page with what stands now, so that the first picture is the right one."""
        problem = self._read_first()
        is_ascii = self.app.is_ascii
        self.set_size_classes()
        self._was = (self.is_tiny, self.is_low)
        self._first = CardLines(id="first")
        self._goals, self._inbox = (HomeLines(id=id, ascii_glyphs=is_ascii) for id in ("goals", "inbox"))
        self._soon = AsideLines(id="soon", ascii_glyphs=is_ascii)
        self._top = TopLine(id="top")
        self._show_lines()
        with Vertical(id="page"):
            yield RoomsLine(self.words, HOME, ascii_glyphs=is_ascii)
            yield self._top
            with VerticalScroll(id="body", can_focus=False):
                with Vertical(id="left"):
                    with Vertical(id="card"):
                        yield self._first
                        ways = Flow(
                            *self._card_plates(), id="card-plates", gap=4, row_gap=int(self.is_tiny), is_aligned=True
                        )
                        ways.display = bool(self.view.card.actions)
                        yield ways
                    yield self._goals
                    yield self._inbox
                    if self.view.question is not None and self.shows_question:
                        yield self._question_box(self.view.question)
                yield self._soon
                if self.is_tiny:
                    yield self._bottom_plates()
            if not self.is_tiny:
                yield self._bottom_plates()
        yield self.foot_line()
        if problem is not None:
            self.call_after_refresh(self.tell_unreadable, problem)

    def foot_items(self) -> list[FootItem]:
        """Add the ways that every room has.

        The way to another room stays also where the way back from a change needs its room: help comes back with the next.
        """
        ui = self.ui
        go_to, help_ = (0, 1) if self.was_changed else (1, 0)
        return [
            FootItem("tab", ui("app.move"), rank=6),
            FootItem("enter", ui("rooms.foot.open"), rank=5),
            self.foot_item("screen.find", "rooms.foot.find", 4),
            self.foot_item("screen.go_to", "rooms.foot.go_to", go_to),
            self.foot_item("screen.undo", "rooms.foot.undo", 0 if self.was_changed else 3),
            self.foot_item("app.help", "app.help", help_),
            self.foot_item("screen.close_app", "home.leave", 2),
        ]

    @property
    def is_low(self) -> bool:
        """Tell whether the screen has so few rows that the card stands close."""
        return self.app.size.height < LOW

    @property
    def is_tiny(self) -> bool:
        """Tell whether the screen is so small that only what is next stands on it."""
        return self.app.size.width < NARROW and self.is_low

    @property
    def shows_question(self) -> bool:
        """Tell whether the question that can wait stands on the screen."""
        return not self.is_tiny or not self.view.card.actions

    def _bottom_plates(self) -> Flow:
        cap = self.app.keys.cap
        plates = [Plate(cap(f"home.{name}"), self.ui(f"home.{words}"), key=name) for name, words in _PLATES]
        return Flow(*plates, id="plates", gap=4, is_aligned=True)

    def _read_first(self) -> ProblemError | None:
        try:
            self.take_note()
            self.view = read_home(self.app.desk)
        except ProblemError as problem:
            return problem
        return None

    def _card_plates(self) -> list[Plate]:
        return [
            Plate(self.app.keys.cap(CARD[name]), self.ui(f"home.{name}"), key=f"card('{name}')", accent=number == 0)
            for number, name in enumerate(self.view.card.actions)
        ]

    def on_mount(self) -> None:
        """Begin to look whether the file changes."""
        self._until_idle = self.set_timer(IDLE_AFTER, self._load_models)
        self.begin_to_look()
        self._go_to_start()

    def _go_to_start(self) -> None:
        """Give the focus to the first thing that can be done, so that it is always seen where it is."""
        first = next((one for one in self.query("*") if one.focusable and _is_displayed(one)), None)
        if first is not None and first is not self.focused:
            self._put(first)

    def _put(self, widget: Widget) -> None:
        """Give the focus to what the person did not go to: a key that comes at once was not meant for it."""
        self._put_on, self._put_at = widget, monotonic()
        self.set_focus(widget, scroll_visible=False)
        self.call_after_refresh(widget.scroll_visible, animate=False)

    async def on_screen_resume(self) -> None:
        """Come back from another screen: the last key there was not meant for what has the focus here."""
        self._put_on, self._put_at = self.focused, monotonic()

    def on_descendant_focus(self) -> None:
        """Let every key mean what has the focus, once the person went there."""
        if self.focused is not self._put_on:
            self._put_on = None

    def is_too_soon(self, press: Plate.Pressed) -> bool:
        """Tell whether a key came sooner than what it would do could be read, and would change something."""
        now, plain = monotonic(), {f"card('{name}')" for name, id in CARD.items() if id == "home.first"}
        if not press.is_key or press.plate is not self._put_on or press.key in plain:
            return False
        before, self._put_at = self._put_at, now
        return now - before < AGAIN_AFTER

    def _load_models(self) -> None:
        """Load what saving needs, and close what its day has ended, while nothing else happens."""
        from rchrp_goals.services.home_chores import close_days_that_are_over, follow_the_zone, load_models

        self._until_idle = None
        desk = self.app.desk
        self.app.writer.submit(load_models)
        self.app.writer.submit(lambda: close_days_that_are_over(desk))
        self.app.writer.submit(lambda: follow_the_zone(desk))

    # ------------------------------------------------------------------ showing

    def _show_lines(self) -> None:
        """Put the view's words where they belong; nothing is made or taken away."""
        view, ui = self.view, self.ui
        heading = heading_of(view.card, self.app.desk.words)
        self._first.show(heading, view.card, ui("home.between"), is_low=self.is_low, is_tiny=self.is_tiny)
        self._top.show(self._said or view.greeting, view.day, "" if self.is_tiny else view.rest)
        self._top.set_class(bool(self._said), "-said")
        more = ui("home.more")
        goals = [
            HomeLine(f"goal:{one.id}", one.step or ui("home.no_step"), one.title, one.when, is_due=one.is_due)
            for one in view.goals
        ]
        items = [HomeLine(one.id, one.text, when=one.when, is_due=one.is_due) for one in view.inbox]
        soon = [(one.day, one.text) for one in view.soon]
        if self.is_tiny:
            goals, items, soon = [], [], []
        self._goals.show(ui("home.goals"), goals, more if goals and view.has_more_goals else "")
        self._inbox.show(ui("home.inbox"), items, more if items and view.has_more_inbox else "")
        self._soon.show(ui("home.soon"), soon, more if soon and view.has_more_soon else "")
        hours = () if self.is_tiny else view.hours
        self._soon.show_hours(ui("learning_room.hours.heading") if hours else "", hours)
        self.set_class(not items, "-roomy")

    async def _show_question(self) -> None:
        """Show the question that can wait, or take it away."""
        question = self.view.question
        for box in self.query("#question"):
            await box.remove()
        if question is None or not self.shows_question:
            return
        await self.query_one("#left").mount(self._question_box(question))

    def _question_box(self, question: LaterQuestion) -> Vertical:
        waits = self.ui("home.question_waits")
        lines = [safe(self.ui("home.question")).stylize("$quiet"), Content(""), safe(question.text)]
        if question.about:
            lines.append(safe(self.ui("home.about", about=question.about)).stylize("$quiet"))
        elif question.hint:
            waits = f"{question.hint} {waits}"
        lines.append(safe(waits).stylize("$quiet"))
        ways = Flow(
            Plate(
                self.app.keys.cap("home.open_question"),
                question.open_words or self.ui("home.open"),
                key="open_question",
            ),
            Plate(self.app.keys.cap("home.another_day"), self.ui("home.another_day"), key="another_day"),
            gap=4,
        )
        return Vertical(Static(Content("\n").join(lines)), ways, id="question")

    async def _show_ways(self) -> None:
        """Make the plates of the card and of the bottom row anew."""
        await self.card.remove_children()
        await self.card.mount(*self._card_plates())
        self.card.display = bool(self.view.card.actions)
        for plate, (_, words) in zip(self.plates.query(Plate), _PLATES, strict=False):
            plate.words = self.ui(f"home.{words}")
        self.retell_foot()
        undo = self.plates.query("#undo")
        if not self.was_changed:
            await undo.remove()
        elif not undo:
            await self.plates.mount(
                Plate(self.app.keys.cap("screen.undo"), self.ui("home.undo"), key="undo", id="undo")
            )

    async def show(self, view: HomeView) -> None:
        """Show another view; what has the focus keeps it where it can."""
        async with self.turn:  # a look may come in between: what is made anew is made once
            had, self.view = self.view, view
            focused = self.focused
            key = focused.key if isinstance(focused, Plate) else ""
            async with self.app.settling():
                with self.app.batch_update():
                    self._show_lines()
                    if _ways_of(had) != _ways_of(view) or bool(self.plates.query("#undo")) != self.was_changed:
                        await self._show_ways()
                    had_shown = bool(self.query("#question"))
                    if (had.question, had.language) != (view.question, view.language) or had_shown != (
                        view.question is not None and self.shows_question
                    ):
                        await self._show_question()
            again = next((plate for plate in self.query(Plate) if key and plate.key == key), None)
            if again is not None and again is not focused:
                self._put(again)  # made anew: it may mean another thing now
            elif self.focused is None or self.focused is self._put_on or (key and again is None):
                self._go_to_start()

    async def on_resize(self) -> None:
        """Set the card anew: a low screen has no blank row in it, and a tiny one holds nothing else."""
        was_tiny, was_low = self._was
        if self.is_tiny != was_tiny:
            had = _name_of(self.focused)
            await self.recompose()
            await self.refresh_view()
            again = next((one for one in self.query("*") if had and one.focusable and _name_of(one) == had), None)
            if again is not None:
                again.focus()
        elif self.is_low != was_low:
            self._show_lines()
        self._was = (self.is_tiny, self.is_low)

    def forget_said(self) -> None:
        """Say no longer what was kept here; the next look shows it."""
        super().forget_said()
        self._said, self._seen = "", (None, "")

    async def retell(self) -> None:
        """Say everything again in the language that is spoken now."""
        self._said = ""
        self.query_one(RoomsLine).words = self.words
        await self.refresh_view()
        self.retell_foot()

    async def tell(self, sentence: str, at: str = "") -> None:
        """Say what was kept, and show what stands now."""
        self._said = sentence
        await self.refresh_view()
        self.body.scroll_home(animate=False)

    # ------------------------------------------------------------------ looking whether something changed

    @property
    def is_busy(self) -> bool:
        """Tell whether a change is being saved."""
        return self.is_saving

    async def refresh_view(self) -> None:
        """Read the plan anew and show it; one that cannot be read has its own page."""
        desk, is_draft_first = self.app.desk, self.is_draft_first
        async with self.app.settling():  # a key that comes now is meant for what stands then
            try:
                self.take_note()
                view = await self.app.writer.run(lambda: read_home(desk, is_draft_first=is_draft_first))
            except ProblemError as problem:
                self.tell_unreadable(problem)
                return
            await self.show(view)

    # ------------------------------------------------------------------ keys and lines

    @on(LineList.Opened)
    def open_line(self, event: LineList.Opened) -> None:
        """A goal opens its page, an item of the inbox what can be done with it."""
        event.stop()
        if event.key == MORE:
            self.open_plan("")
        elif event.line_list is self._goals:
            self.app.call_later(self.app.show_place, Place("goals.one", event.key.removeprefix("goal:")))
        else:
            self.open_item(event.key)

    def on_key(self, event: events.Key) -> None:
        """Move from thing to thing with the arrows too, and scroll by pages."""
        if self._until_idle is not None:
            self._until_idle.reset()
        self.moves(event)


def _ways_of(view: HomeView) -> tuple[object, ...]:
    """Return what the plates of the card depend on."""
    return view.card.kind, view.card.id, view.card.actions, view.language


def _is_displayed(widget: Widget) -> bool:
    """Tell whether a thing has a place on the screen; asked before the first layout gave it one."""
    return all(node.display for node in widget.ancestors_with_self)


def _name_of(widget: Widget | None) -> str | None:
    """Return what a thing is called, that may be made anew and stay the same to the person."""
    return widget.key if isinstance(widget, Plate) else widget.id if widget is not None else None
