"""The plan on one page, as it prints: change any line, keep the sheets, and close the sitting."""

from __future__ import annotations

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import bindings
from rchrp_goals.screens.foot_line import FootLine
from rchrp_goals.screens.participant.line_list import LineList
from rchrp_goals.screens.participant.looking import LookingScreen
from rchrp_goals.screens.participant.plan_keeping import ask_and_keep
from rchrp_goals.screens.participant.sheet_lines import SheetLines
from rchrp_goals.screens.safe import safe, safe_line
from rchrp_goals.services.one_question import OneQuestion
from rchrp_goals.services.plan_page import plan_sheet
from rchrp_goals.services.progress import part_titles
from rchrp_goals.services.revisit import cover_of
from rchrp_goals.services.sitting import Sitting
from rchrp_goals.store.plan_store import Tables
from widgets.flow import Flow
from widgets.plate import Plate
from widgets.progress_path import Part, ProgressPath

_PLATES = {name: f"plan.{name}" for name in ("back", "change", "keep")} | {"turn": "plan.wall", "done": "plan.done"}


class PlanPageScreen(LookingScreen):
    """The sheet that is only for me, or the one for the wall; at the end of a sitting, or opened from Home."""

    CSS_PATH = "plan_page.tcss"
    AUTO_FOCUS = ""
    HELP_TOPIC = "plan"
    WHERE = "plan"
    DOES = {
        "plan.done": "done",
        "plan.change": "change",
        "plan.wall": "turn_to('wall')",
        "plan.mine": "turn_to('mine')",
        "plan.keep": "keep",
        "plan.back": "back",
        "plan.close": "leave_sheet",
    }
    BINDINGS = bindings(DOES)

    sheet = getters.query_one(SheetLines)
    body = getters.query_one("#body", VerticalScroll)

    def __init__(self, sitting: Sitting | None = None, at: str = "", kind: str = "mine") -> None:
        """``sitting`` is the one that is closed here, None from elsewhere; ``at`` is the key of the line to begin at."""
        super().__init__()
        self.sitting = sitting
        self.kind = kind
        self.left_out: frozenset[str] = frozenset()
        self._at = at
        self._tables: Tables = {}
        self._is_covered = False

    # ------------------------------------------------------------------ what it is made of

    def compose(self) -> ComposeResult:
        """Make the page."""
        is_ascii = self.app.is_ascii
        problem = self._read_first()
        with Vertical(id="page"):
            if self.sitting is not None:
                yield ProgressPath(ascii_glyphs=is_ascii, id="path")
            yield Static(id="about")
            with VerticalScroll(id="body", can_focus=False):
                yield SheetLines(ascii_glyphs=is_ascii, id="sheet")
            with Flow(id="plates", gap=4, is_last_right=self.sitting is not None):
                for name, id in _PLATES.items():
                    if name != "done" or self.sitting is not None:
                        plate = Plate(self.app.keys.cap(id), "", key=name, accent=name == "done", id=name)
                        plate.ground = "on $background"  # the page is of the color of a plate
                        yield plate
        yield self.foot_line()
        if problem is not None:
            self.call_after_refresh(self.tell_unreadable, problem)

    def _read_first(self) -> ProblemError | None:
        try:
            self.take_note()
            self._tables, self._is_covered = self._read()
        except ProblemError as problem:
            return problem
        return None

    def _read(self) -> tuple[Tables, bool]:
        """Return the plan, and whether where somebody stood before may not be seen just now."""
        desk = self.app.desk
        tables = desk.store.read().tables
        return tables, cover_of(desk, tables) is not None

    def on_mount(self) -> None:
        """Show the sheet, and begin to look whether the file changes."""
        self.show()
        if self._at and self.sheet.go_to(self._at):
            self.sheet.focus()
        self.begin_to_look()

    # ------------------------------------------------------------------ showing

    def show(self) -> None:
        """Show the sheet as the plan stands."""
        ui, today = self._ui, self.app.desk.clock.today()
        sheet = plan_sheet(self._tables, self.words, today, self.kind, with_passed=True, is_covered=self._is_covered)
        self.sheet.show(sheet, self.left_out if self.kind == "wall" else frozenset(), ui("left_off"))
        if self.sitting is not None:
            titles = zip(self.sitting.parts, part_titles(self.sitting), strict=True)
            self.query_one(ProgressPath).parts = tuple(
                Part(safe_line(words), 1, 0, is_current=part == self.sitting.part)
                for part, words in titles
                if part != "start"
            )
        self._show_ways()

    def _show_ways(self) -> None:
        """Say what can be done here: while a line is under the cursor, Enter belongs to it."""
        ui, is_mine, is_in_sheet = self._ui, self.kind == "mine", self.sheet.has_focus
        key = f"{'how' if is_in_sheet else 'about'}_{self.kind}"
        self.query_one("#about", Static).update(safe(ui(key)))
        for plate in self.query(Plate):
            if plate.key == "turn":
                other = "wall" if is_mine else "mine"
                plate.key_label, plate.words = self.app.keys.cap(f"plan.{other}"), ui(other)
            elif plate.key == "back":
                plate.words = ui("back")
            elif plate.key == "change":
                plate.words = ui("change" if is_mine else "leave_off")
            else:
                plate.words = ui(plate.key)
            plate.show_key = plate.key != "done" or not is_in_sheet

    def _ui(self, key: str, **values: object) -> str:
        return self.ui(f"plan_page_screen.{key}", **values)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def follow_focus(self) -> None:
        """Say what Enter does now."""
        self.call_after_refresh(self._show_ways)

    async def retell(self) -> None:
        """Say everything again in the language that is spoken now; the cursor stays."""
        self.show()
        foot = self.query_one(FootLine)
        foot.items, foot.corner = tuple(self.foot_items()), self.foot_corner()

    # ------------------------------------------------------------------ looking whether something changed

    async def refresh_view(self) -> None:
        """Read the plan anew and show it; one that cannot be read has its own page."""
        try:
            self.take_note()
            self._tables, self._is_covered = await self.app.writer.run(self._read)
        except ProblemError as problem:
            self.tell_unreadable(problem)
            return
        self.show()

    # ------------------------------------------------------------------ what the person does

    @on(LineList.Opened)
    def open_line(self, event: LineList.Opened) -> None:
        """Ask the question that a line came from."""
        event.stop()
        self._change(event.key)

    @work(exclusive=True, group="plan")
    async def _change(self, key: str) -> None:
        """Ask a line's own question, filled with what stands, and come back to the line."""
        opening, desk = self.sheet.opening_at(key), self.app.desk
        if opening is None:
            return
        try:
            question = await self.app.writer.run(lambda: OneQuestion(desk, *opening.arguments))
        except ProblemError as problem:
            self.tell_unreadable(problem)
            return
        if await self.app.ask_one(question):
            await self.refresh_view()
        self.sheet.go_to(key)
        self.sheet.focus()
        self.call_after_refresh(self.sheet.show_cursor)

    @on(SheetLines.LeftOff)
    def leave_off(self, event: SheetLines.LeftOff) -> None:
        """Take a line off the wall, or put it back."""
        event.stop()
        self.left_out ^= {event.key}
        self.show()

    def action_change(self) -> None:
        """Go to the lines; on a line, open it, or leave it off the wall."""
        if self.sheet.has_focus:
            self.sheet.choose(self.sheet.cursor)
        else:
            self.sheet.focus()

    def action_turn_to(self, kind: str) -> None:
        """Show the sheet for the wall, or the one that is only for me."""
        if kind != self.kind:
            self.kind = kind
            self.set_focus(None)
            self.show()
            self.body.scroll_home(animate=False)

    def action_turn(self) -> None:
        """Turn to the other sheet."""
        self.action_turn_to("wall" if self.kind == "mine" else "mine")

    @work(exclusive=True, group="plan")
    async def action_keep(self) -> None:
        """Write the sheets into a folder that the person chooses."""
        await ask_and_keep(self, self.left_out)

    def action_leave_sheet(self) -> None:
        """Esc: leave the lines, else the page."""
        if self.sheet.has_focus:
            self.set_focus(None)
        elif self.sitting is None:
            self.dismiss(None)
        else:
            self.run_worker(self.app.run_action("pause"), exclusive=True, group="plan")

    @work(exclusive=True, group="plan")
    async def action_back(self) -> None:
        """Go back to where one came from, or into the last part of the sitting."""
        if self.sitting is None:
            self.dismiss(None)
            return
        try:
            await self.app.writer.run(self.sitting.back)
        except ProblemError as problem:
            self.tell_unreadable(problem)
            return
        self.app.call_later(self.app.begin, self.sitting.name)

    @work(exclusive=True, group="plan")
    async def action_done(self) -> None:
        """Close the sitting, and go Home."""
        sitting = self.sitting
        if sitting is None or self.sheet.has_focus:
            return
        while True:
            try:
                await self.app.writer.run(sitting.finish_plan)
            except ProblemError as problem:
                if await self.app.tell_problem(problem):
                    continue
                return
            break
        self.app.call_later(self.app.show_home, "home.said_plan_done")

    @on(Plate.Pressed)
    async def press_plate(self, event: Plate.Pressed) -> None:
        """Do what a plate says."""
        event.stop()
        await self.run_action(event.plate.key)

    def on_key(self, event: events.Key) -> None:
        """The arrows go to the lines and from there to the plates; pages scroll."""
        if event.key in {"up", "down"} and self.focused is None:
            event.stop()
            self.sheet.focus()
        else:
            self.moves(event)
