"""Home: the one thing first, doable right there; goals, inbox, what is soon, and one question that can wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from rchrp_goals.errors import FileProblem, ProblemError
from rchrp_goals.screens.base import CalmScreen
from rchrp_goals.screens.foot_line import FootItem, FootLine
from rchrp_goals.screens.participant.home_lines import MORE, HomeLine, HomeLines, SoonLines
from rchrp_goals.screens.participant.line_list import LineList
from rchrp_goals.screens.safe import safe
from rchrp_goals.services import capture
from rchrp_goals.services.home import HomeView, load_models, nothing_to_show, opening_of, read_home
from rchrp_goals.services.later import LaterQuestion
from widgets.flow import Flow
from widgets.plate import Plate

T = TypeVar("T")

LOOK_EVERY = 2.0
"""Seconds after which the file's stamp is looked at."""
IDLE_AFTER = 2.0
"""Seconds without a key after which what saving needs is loaded, so that the first save is quick."""
ANOTHER_DAY = timedelta(days=3)
"""For how long a question that can wait is put away."""
CAPS = {
    "go_on": "enter", "done": "d", "later": "l", "not_now": "n", "change": "c", "values": "v",
    "begin_last_day": "enter", "begin_day_one": "1",
}  # fmt: skip
"""The keys of what can be done in the card."""
HEADINGS = {"draft": "home.where", "invitation": "home.begin_here", "nothing": "home.quiet"}
SCROLL_KEYS = {"pageup": -8, "pagedown": 8}


class HomeScreen(CalmScreen[None]):
    """Shows what ``services.home`` says, and asks the services to change it."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = ""
    HELP_TOPIC = "home"
    BINDINGS = [
        *(Binding(cap, f"card('{name}')", show=False) for name, cap in CAPS.items() if cap != "enter"),
        Binding("enter", "first", show=False),
        Binding("o", "open_question", show=False),
        Binding("x", "another_day", show=False),
        Binding("p", "plan", show=False),
        Binding("a", "add", show=False),
        Binding("b", "begin", show=False),
        Binding("u", "undo", show=False),
        Binding("q", "leave", show=False),
    ]

    body = getters.query_one("#body", VerticalScroll)
    goals = getters.query_one("#goals", HomeLines)
    inbox = getters.query_one("#inbox", HomeLines)
    soon = getters.query_one("#soon", SoonLines)

    def __init__(self, said: str = "") -> None:
        """``said`` names a sentence of ``ui.toml`` that greets instead of the usual one."""
        super().__init__()
        self.view: HomeView = nothing_to_show()
        self._said = said
        self._said_text = ""
        self._stamp: object = None
        self._looked_at = ""
        self._undo_at: int | None = None
        self._is_busy = False
        self._is_draft_first = True
        self._idle: Timer | None = None

    # ------------------------------------------------------------------ what it is made of

    def compose(self) -> ComposeResult:
        """Make the page with what stands now."""
        problem = self._read_first()
        is_ascii = self.app.is_ascii
        with Vertical(id="page"):
            with Horizontal(id="top"):
                yield Static(id="said")
                yield Plate("u", "", key="undo", id="undo")
                yield Static(id="day")
            with VerticalScroll(id="body", can_focus=False), Container(id="columns"):
                with Vertical(id="left"):
                    with Vertical(id="card"):
                        yield Static(id="first")
                        yield Flow(*self._card_plates(), id="card-plates", gap=4)
                    yield HomeLines(id="goals", ascii_glyphs=is_ascii)
                    yield HomeLines(id="inbox", ascii_glyphs=is_ascii)
                    with Vertical(id="question"):
                        yield Static(id="asked")
                        yield Flow(Plate("o", "", key="open_question"), Plate("x", "", key="another_day"), gap=4)
                yield SoonLines(id="soon", ascii_glyphs=is_ascii)
            with Flow(id="plates", gap=4):
                yield Plate("p", "", key="plan")
                yield Plate("a", "", key="add")
                yield Plate("b", "", key="begin")
        yield self.foot_line()
        if problem is not None:
            self.call_after_refresh(self._tell_unreadable, problem)

    def _read_first(self) -> ProblemError | None:
        try:
            self._take_stamp()
            self.view = read_home(self.app.desk, is_draft_first=self._is_draft_first)
        except ProblemError as problem:
            return problem
        return None

    def _card_plates(self) -> list[Plate]:
        actions = self.view.card.actions
        return [
            Plate(CAPS[name], self.ui(f"home.{name}"), key=f"card('{name}')", accent=number == 0)
            for number, name in enumerate(actions)
        ]

    def on_mount(self) -> None:
        """Show it, and begin to look whether the file changes."""
        self._show_words()
        self.set_interval(LOOK_EVERY, self.look)
        self._idle = self.set_timer(IDLE_AFTER, self._load_models)
        self.watch(self.app, "app_focus", self.look, init=False)

    def _load_models(self) -> None:
        """Load what saving needs, and close what its day has ended, while nothing else happens."""
        self._idle = None
        desk = self.app.desk
        self.app.writer.submit(lambda: load_models(desk))

    # ------------------------------------------------------------------ showing

    def _show_words(self) -> None:
        """Put the view's words where they belong."""
        view, ui = self.view, self.ui
        greeting = ui(self._said) if self._said else view.greeting
        self.query_one("#said", Static).update(safe(self._said_text or greeting))
        self.query_one("#said", Static).set_class(bool(self._said_text or self._said), "-said")
        self.query_one("#day", Static).update(safe(view.day))
        undo = self.query_one("#undo", Plate)
        undo.words = ui("home.undo")
        undo.display = self._undo_at is not None
        self.query_one("#first", Static).update(self._first_content())
        self.query_one("#card-plates", Flow).display = bool(view.card.actions)
        more = ui("home.more")
        self.goals.show(
            ui("home.goals"),
            [
                HomeLine(f"goal:{one.id}", one.step or ui("home.no_step"), one.title, one.when, is_due=one.is_due)
                for one in view.goals
            ],
            more if view.has_more_goals else "",
        )
        self.inbox.show(
            ui("home.inbox"),
            [HomeLine(one.id, one.text, when=one.when, is_due=one.is_due) for one in view.inbox],
            more if view.has_more_inbox else "",
        )
        self.soon.show(ui("home.soon"), view.soon, more if view.has_more_soon else "")
        self._show_question(view.question)
        for plate in self.query(Plate):
            if plate.key in {"open_question", "plan", "add", "begin", "another_day"}:
                plate.words = ui(f"home.{_WORDS_OF_PLATES.get(plate.key, plate.key)}")

    def _first_content(self) -> Content:
        """Return what stands in the card: a heading, the thing, and quiet lines about it."""
        card = self.view.card
        heading = safe(self.ui(HEADINGS.get(card.kind, "home.next"))).stylize("$quiet")
        is_low = self.has_class("-low")
        lines = [heading, *([] if is_low else [Content("")]), safe(card.text).stylize("bold")]
        is_tiny = is_low and self.has_class("-narrow") and bool(card.when)
        if card.moment and not is_tiny:
            lines.append(safe(card.moment))
        about = safe("" if is_tiny else card.about).stylize("$quiet")
        when = safe(card.when).stylize("$accent" if card.is_due else "$quiet")
        if about.plain and when.plain:
            between = safe(self.ui("home.between")).stylize("$quiet")
            lines.append(Content.assemble(about, between, when))
        elif about.plain or when.plain:
            lines.append(Content.assemble(about, when))
        return Content("\n").join(lines)

    def _show_question(self, question: LaterQuestion | None) -> None:
        box = self.query_one("#question", Vertical)
        box.display = question is not None
        if question is None:
            return
        about = self.ui("home.about", about=question.about) if question.about else question.hint
        waits = " ".join(part for part in ("" if question.about else about, self.ui("home.question_waits")) if part)
        lines = [
            safe(self.ui("home.question")).stylize("$quiet"),
            Content(""),
            safe(question.text),
            *([safe(about).stylize("$quiet")] if question.about else []),
            safe(waits).stylize("$quiet"),
        ]
        self.query_one("#asked", Static).update(Content("\n").join(lines))

    async def show(self, view: HomeView) -> None:
        """Show another view; what has the focus keeps it where it can."""
        had = self.view.card
        self.view = view
        async with self.app.settling():
            with self.app.batch_update():
                if (had.actions, had.id, had.kind) != (view.card.actions, view.card.id, view.card.kind):
                    flow = self.query_one("#card-plates", Flow)
                    await flow.remove_children()
                    await flow.mount(*self._card_plates())
                self._show_words()

    def on_resize(self) -> None:
        """Set the card anew: a low screen has no blank row in it."""
        narrow = self.has_class("-narrow")
        for lines in self.query(LineList):
            lines.overhang = 2 if narrow else 3
        self.query_one("#first", Static).update(self._first_content())

    async def retell(self) -> None:
        """Say everything again in the language that is spoken now."""
        self._said_text = ""
        await self.refresh_view()
        flow = self.query_one("#card-plates", Flow)
        for plate, name in zip(flow.query(Plate), self.view.card.actions, strict=True):
            plate.words = self.ui(f"home.{name}")
        foot = self.query_one(FootLine)
        foot.items, foot.corner = tuple(self.foot_items()), self.foot_corner()

    # ------------------------------------------------------------------ looking whether something changed

    def _take_stamp(self) -> bool:
        """Take note of the file and the minute; whether either is another than before."""
        desk = self.app.desk
        before = (self._stamp, self._looked_at)
        self._stamp = desk.store.stamp()
        self._looked_at = desk.clock.now().isoformat()[:16]
        return before != (self._stamp, self._looked_at)

    async def look(self) -> None:
        """Look whether the file or the minute is another one; then show what stands now."""
        if self.is_current and not self._is_busy and self._take_stamp():
            await self.refresh_view()

    async def on_screen_resume(self) -> None:
        """Come back from another screen: look."""
        if self.query("#card"):
            await self.look()

    async def refresh_view(self) -> None:
        """Read the plan anew and show it; one that cannot be read has its own page."""
        desk = self.app.desk
        try:
            self._take_stamp()
            is_draft_first = self._is_draft_first
            view = await self.app.writer.run(lambda: read_home(desk, is_draft_first=is_draft_first))
        except ProblemError as problem:
            await self._tell_unreadable(problem)
            return
        if view != self.view or self._said_text:
            await self.show(view)

    async def _tell_unreadable(self, problem: ProblemError) -> None:
        if isinstance(problem, FileProblem):
            await self.app.reopen()
        elif await self.app.tell_problem(problem):
            await self.refresh_view()

    # ------------------------------------------------------------------ changing something

    async def save(self, change: Callable[[], T]) -> T | None:
        """Let the writer make one change, and take note of how to take it back. None where it could not be made."""
        store = self.app.desk.store

        def job() -> tuple[T, int]:
            result = change()
            return result, store.read().generation

        self._is_busy = True
        try:
            while True:
                try:
                    result, self._undo_at = await self.app.writer.run(job)
                except ProblemError as problem:
                    if not await self.app.tell_problem(problem):
                        return None
                else:
                    return result
        finally:
            self._is_busy = False

    async def tell(self, sentence: str) -> None:
        """Say what was kept, and show what stands now."""
        self._said, self._said_text = "", sentence
        await self.refresh_view()
        self.body.scroll_home(animate=False)

    @work(exclusive=True, group="home")
    async def action_card(self, name: str) -> None:
        """Do what a plate of the card says, where the card has it."""
        card, desk = self.view.card, self.app.desk
        if name not in card.actions or self._is_busy:
            return
        kind, id = card.kind, card.id
        if name == "done":
            await self._mark_done(kind, id)
        elif name == "later":
            await self._put_off(kind, id, card.text)
        elif name == "not_now" and kind == "draft":
            self._is_draft_first = False
            await self.tell(self.ui("home.said_not_now"))
        elif name == "not_now":
            clock = desk.clock
            if await self.save(lambda: capture.not_now(desk.store, kind, id, clock.today(), clock.now()) or True):
                await self.tell(self.ui("home.said_not_now"))
        elif name == "change":
            await self._change(kind, id)
        else:
            names = {"go_on": card.name, "values": "values", "begin_last_day": "last-day", "begin_day_one": "day-one"}
            self.app.call_later(self.app.begin, names[name])

    async def action_first(self) -> None:
        """Enter with nothing under it: go on or begin, never more."""
        actions = self.view.card.actions
        if actions and CAPS[actions[0]] == "enter":
            await self.run_action(f"card('{actions[0]}')")

    async def _mark_done(self, kind: str, id: str) -> None:
        desk = self.app.desk
        clock = desk.clock
        was_new = await self.save(lambda: capture.mark_done(desk.store, kind, id, clock.today(), clock.now()))
        if was_new is None:
            return
        self.set_focus(None)
        if not was_new:
            self._undo_at = None
        await self.tell(self.ui("home.said_done" if was_new else "home.said_done_before"))

    async def _put_off(self, kind: str, id: str, text: str) -> None:
        from rchrp_goals.screens.participant.small_modal import DayModal
        from rchrp_goals.services.day_words import full_date

        day = await self.app.push_screen_wait(DayModal(text))
        if not isinstance(day, date):
            return
        desk = self.app.desk
        if await self.save(lambda: capture.later(desk.store, kind, id, day, desk.clock) or True):
            await self.tell(self.ui("home.said_later", day=full_date(day, self.words)))

    async def _change(self, kind: str, id: str) -> None:
        """Open the thing's own question, or the plan where it has none."""
        desk = self.app.desk
        tables = (await self.app.writer.run(desk.store.read)).tables
        opening = opening_of(tables, self.words, desk.clock.today(), kind, id)
        if opening is None:
            self._open_plan("")
        else:
            await self._ask(*opening.arguments)

    async def _ask(self, module: str, key: str, ids: object, *, is_later: bool = False) -> None:
        from rchrp_goals.services.one_question import OneQuestion

        desk = self.app.desk
        question = await self.app.writer.run(lambda: OneQuestion(desk, module, key, ids, is_later=is_later))  # type: ignore[arg-type]
        if await self.app.ask_one(question):
            self._undo_at = None
            await self.tell(self.ui("home.said_changed"))

    # ------------------------------------------------------------------ the rest of Home

    @work(exclusive=True, group="home")
    async def action_open_question(self) -> None:
        """Ask the question that waits."""
        question = self.view.question
        if question is not None:
            module, key, ids = question.arguments
            await self._ask(module, key, ids, is_later=question.is_later)

    @work(exclusive=True, group="home")
    async def action_another_day(self) -> None:
        """Put the question away for some days."""
        from rchrp_goals.services.later import put_off

        question, desk = self.view.question, self.app.desk
        if question is None or self._is_busy:
            return
        until = desk.clock.today() + ANOTHER_DAY
        if await self.save(lambda: put_off(desk.store, question, until, desk.clock.now()) or True):
            await self.tell(self.ui("home.said_question"))

    def action_plan(self) -> None:
        """Open the plan page."""
        self._open_plan("")

    def _open_plan(self, key: str) -> None:
        from rchrp_goals.screens.participant.plan_page import PlanPageScreen

        self.app.push_screen(PlanPageScreen(at=key))

    @on(LineList.Opened)
    async def open_line(self, event: LineList.Opened) -> None:
        """A goal opens the plan page at its line, an item of the inbox what can be done with it."""
        event.stop()
        if event.line_list is self.goals or event.key == MORE:
            self._open_plan("" if event.key == MORE else event.key)
        else:
            self._open_item(event.key)

    @work(exclusive=True, group="home")
    async def _open_item(self, id: str) -> None:
        from rchrp_goals.screens.participant.small_modal import PickModal

        item = next((one for one in self.view.inbox if one.id == id), None)
        if item is None:
            return

        def options() -> list[tuple[str, str, str]]:
            return [(name, self.ui(f"home.item_{name}"), "") for name in ("done", "later", "change")]

        picked = await self.app.push_screen_wait(PickModal("home.item_title", options, item.text))
        if picked == "done":
            await self._mark_done("step", id)
        elif picked == "later":
            await self._put_off("step", id, item.text)
        elif picked == "change":
            await self._change("step", id)

    @work(exclusive=True, group="home")
    async def action_add(self) -> None:
        """Take one line into the inbox."""
        from rchrp_goals.screens.participant.small_modal import LineModal

        desk = self.app.desk
        text = ""
        while True:
            text = await self.app.push_screen_wait(LineModal("home.add_title", "home.add_label", "home.note_it", text)) or ""
            if not text:
                return
            line = text
            added = await self.save(lambda: capture.add_step(desk.store, line, None, None, desk.clock.now()))  # noqa: B023
            if added is not None:
                break
        said = self.ui("home.said_added", text=added.text)
        await self.tell(f"{said} {self.ui('text.left_out')}" if added.was_changed else said)

    @work(exclusive=True, group="home")
    async def action_begin(self) -> None:
        """Choose a conversation, and begin it."""
        from rchrp_goals.screens.participant.small_modal import PickModal


        def options() -> list[tuple[str, str, str]]:
            waiting, ui = self.view.waiting, self.ui
            found = [(waiting.name, ui("home.paused"), "")] if waiting is not None else []
            names = [name for name in self.view.conversations if waiting is None or name != waiting.name]
            return found + [(name, *map(ui, _begin_keys(name, self.view))) for name in names]

        name = await self.app.push_screen_wait(PickModal("home.begin_title", options))
        if name:
            self.app.call_later(self.app.begin, name)

    @work(exclusive=True, group="home")
    async def action_undo(self) -> None:
        """Take back what was just done here, if nothing else was changed since."""
        at, desk = self._undo_at, self.app.desk
        if at is None or self._is_busy:
            return

        def take_back() -> str:
            if desk.store.read().generation != at:
                return ""
            what = desk.store.undo(desk.clock.now())
            return what.key if what is not None else ""

        key = await self.save(take_back)
        if key is None:
            return
        self._undo_at = None
        self.set_focus(None)
        what = self.ui(f"history.{key}") if key else ""
        await self.tell(self.ui("home.said_undone", what=what) if key else self.ui("home.said_nothing_to_undo"))

    def foot_items(self) -> list[FootItem]:
        """Add the way to close the app."""
        return [*super().foot_items(), FootItem("q", self.ui("home.leave"), "screen.leave", 1)]

    async def action_leave(self) -> None:
        """Keep everything and end."""
        await self.app.leave()

    @on(Plate.Pressed)
    async def press_plate(self, event: Plate.Pressed) -> None:
        """Do what a plate says."""
        event.stop()
        await self.run_action(event.plate.key)

    def on_key(self, event: events.Key) -> None:
        """Move from thing to thing with the arrows too, and scroll by pages."""
        if self._idle is not None:
            self._idle.reset()
        if event.key in {"up", "down"}:
            event.stop()
            if event.key == "down":
                self.focus_next()
            else:
                self.focus_previous()
        elif event.key in SCROLL_KEYS:
            event.stop()
            self.body.scroll_relative(y=SCROLL_KEYS[event.key], animate=False)


_WORDS_OF_PLATES = {"plan": "my_plan", "open_question": "open"}


def _begin_keys(name: str, view: HomeView) -> tuple[str, str]:
    """Return the keys of a conversation's words and of the note under them."""
    stem = name.replace("-", "_")
    if name in {"last-day", "day-one"}:
        return f"home.begin_{stem}_name", f"home.begin_{stem}_note"
    again = "_again" if name in view.had else ""
    return f"home.begin_{stem}{again}", f"home.begin_{stem}_note"
