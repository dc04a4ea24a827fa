"""A room: what ``services.rooms`` reads, drawn, and everything that can be done in it by key, by Enter and by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.foot_line import FootItem
from rchrp_goals.screens.participant.home_lines import TopLine
from rchrp_goals.screens.participant.line_list import NARROW, LineList
from rchrp_goals.screens.participant.looking import LOW
from rchrp_goals.screens.participant.room_doing import RoomDoing
from rchrp_goals.screens.participant.room_lines import MORE, RoomLines
from rchrp_goals.screens.safe import safe
from rchrp_goals.screens.shared.rooms_line import RoomsLine
from rchrp_goals.services.room import Action, Place, RoomView, Row
from rchrp_goals.services.rooms.reading import read_room, room_of
from widgets.flow import Flow
from widgets.plate import Plate

_AT_MOST = 4
"""Plates of the row under the cursor; Enter on the row shows all that can be done with it."""
_NO_PLATE = frozenset({"", "enter"})
"""Keys of what has no plate."""
_HIGH = 30
"""Rows from which the plates may take as many as they need; below, a plate that opens the finder stands for the rest."""


class RoomScreen(RoomDoing):
    """Shows one room, or one thing's page."""

    CSS_PATH = "room.tcss"
    AUTO_FOCUS = ""
    HELP_TOPIC = "room"

    def __init__(self, place: Place, at: str = "", said: str = "") -> None:
        """``at`` is the key of a row where the cursor begins, ``said`` a sentence to begin with."""
        super().__init__(place)
        self._at = at
        self._said = said
        self._shown_actions: tuple[str, ...] = ()
        self._left: RoomLines | None = None
        """The list from which the person went to the plates."""

    # ------------------------------------------------------------------ what it is made of

    def compose(self) -> ComposeResult:
        """Make the page with what stands now, so that the first picture is the right one."""
        problem = self._read_first()
        is_ascii = self.app.is_ascii
        self.set_size_classes()
        self._rooms = RoomsLine(self.words, room_of(self.place), ascii_glyphs=is_ascii)
        self._top = TopLine(id="top")
        self._about = Static(id="about")
        self._card = Static(id="card-text")
        self._end = Static(id="closing")
        self._main, self._aside = (RoomLines(ascii_glyphs=is_ascii, id=id) for id in ("main", "aside"))
        self.card_plates = Flow(*self._plates_for(self.card_actions), id="card-plates", gap=4, is_aligned=True)
        self._card_box = Vertical(self._card, self.card_plates, id="card")
        left = Vertical(self._about, self._card_box, self._main, self._end, id="left")
        self.body = VerticalScroll(left, self._aside, id="body", can_focus=False)
        self.plates = Flow(id="plates", gap=4)
        self._show_words()
        with Vertical(id="page"):
            yield self._rooms
            yield self._top
            yield self.body
            yield self.plates
        yield self.foot_line()
        if problem is not None:
            self.call_after_refresh(self.tell_unreadable, problem)

    def foot_items(self) -> list[FootItem]:
        """Add the ways that every room has."""
        ui = self.ui
        return [
            FootItem("tab", ui("app.move"), rank=6),
            FootItem("enter", ui("rooms.foot.open"), rank=5),
            self.foot_item("screen.back", "rooms.foot.back", 2),
            self.foot_item("screen.find", "rooms.foot.find", 4),
            self.foot_item("screen.go_to", "rooms.foot.go_to", 1),
            self.foot_item("screen.undo", "rooms.foot.undo", 3),
            self.foot_item("app.help", "app.help", 0),
        ]

    async def on_mount(self) -> None:
        """Begin to look whether the file changes; put the cursor where one begins."""
        self.begin_to_look()
        await self._show_plates()
        self._go_to_start()

    def _go_to_start(self) -> None:
        if self._at and self.put_cursor(self._at):
            return
        if self.view.card is not None and self.card_actions:
            self._focus_card()
        elif self._main.can_focus:
            self._main.focus(scroll_visible=False)
        elif self._aside.can_focus:
            self._aside.focus(scroll_visible=False)

    # ------------------------------------------------------------------ showing

    def _show_words(self) -> None:
        """Put the view's words where they belong; nothing is made or taken away."""
        view = self.view
        self._rooms.day = view.day
        self._top.show(self._said or view.title, "")
        self._top.set_class(bool(self._said), "-said")
        # the row of rooms says a room's name already, where there is one; a page has a name of its own
        is_name = view.title == self.ui(f"rooms.name.{room_of(self.place)}")
        self._top.set_class(not self._said and is_name, "-name")
        self._about.update(safe(view.about).stylize("$quiet"))
        self._about.display = bool(view.about)
        self._card.update(self._card_content())
        self._card_box.display = view.card is not None
        self.card_plates.display = bool(self.card_actions)
        self._end.update(safe(view.closing).stylize("$quiet"))
        self._end.display = bool(view.closing)
        self.body.set_class(any(section.is_aside for section in view.sections), "-two")
        self.body.set_class(view.card is not None and not view.about, "-card")
        more = self.ui("rooms.more")
        self._main.show([one for one in view.sections if not one.is_aside], more)
        self._aside.show([one for one in view.sections if one.is_aside], more)
        self._aside.set_class(not self._main.display, "-first")

    def _card_content(self) -> Content:
        card = self.view.card
        if card is None:
            return Content("")
        when = safe(card.when).stylize("$accent" if card.is_due else "$quiet")
        heading = safe(self.view.card_heading).stylize("$quiet")
        if heading.plain and when.plain:
            heading = Content.assemble(heading, safe(self.ui("home.between")).stylize("$quiet"), when)
        elif when.plain:
            heading = when
        lines = [heading, *([] if self.app.size.height < 20 else [Content("")]), safe(card.text).stylize("bold")]
        if card.note and not (self._is_tiny and card.actions):  # there what can be done matters more
            lines.append(safe(card.note).stylize("$quiet"))
        return Content("\n").join(lines)

    def _plates_for(self, actions: Sequence[Action], *, accent: bool = True) -> list[Plate]:
        return [
            Plate(
                self.app.keys.cap(action.id),
                action.said(self.words),
                key=f"do:{action.id}",
                accent=accent and number == 0,
            )
            for number, action in enumerate(actions)
        ]

    @property
    def _is_tiny(self) -> bool:
        return self.app.size.width < NARROW and self.app.size.height < LOW

    def _more_plates(self, *, is_cut: bool) -> list[Plate]:
        """Return the plates that stand behind what can be done: the way to take it back, and the way to all of it."""
        cap, found = self.app.keys.cap, list[Plate]()
        if self.was_changed:
            found.append(Plate(cap("screen.undo"), self.ui("home.undo"), key="undo"))
        if is_cut:
            found.append(Plate(cap("screen.find"), self.ui("rooms.all_of_it"), key="find"))
        return found

    def _fitted(
        self, here: tuple[Action, ...], always: tuple[Action, ...]
    ) -> tuple[tuple[Action, ...], tuple[Action, ...], bool]:
        """Return of the row's and of the room's actions those whose plates have room, and whether that is not all.

        A low window is for what one reads: one row of plates, two where it is narrow. The finder has all of them, and
        Enter on the row has the row's.
        """
        if self.app.size.height >= _HIGH:
            return here, always, False
        most, is_cut = 2 if self.app.size.width < NARROW else 1, False
        if self._is_tiny and len(here) + len(always) > most:
            here, always, is_cut = here[:1], always[:1], True
        while len(here) + len(always) > 1:
            plates = self._plates_for((*here, *always)) + self._more_plates(is_cut=is_cut)
            if self.plates.rows_of(plates, self._room_for_plates) <= most:
                break
            is_cut = True
            if len(always) > 1 or (always and len(here) == 1):
                always = always[:-1]
            else:
                here = here[:-1]
        return here, always, is_cut

    @property
    def _room_for_plates(self) -> int:
        """The cells of a row of plates: by the rules of the page, since they are made before it was ever laid out."""
        page = self.query_one("#page").styles
        widest = page.max_width.value if page.max_width is not None else self.app.size.width
        return int(min(self.app.size.width, widest)) - page.padding.width - self.plates.styles.margin.width

    async def _show_plates(self) -> None:
        """Show what can be done with the row under the cursor, and in the room, where that is other than before."""
        async with self.turn:  # a look may come in between: what is made anew is made once
            row = self.row
            taken = {self.app.keys.key(action.id) for action in row.actions} if row else set()
            for plate, one in zip(self.card_plates.query(Plate), self.card_actions, strict=False):
                plate.show_key = (
                    self.app.keys.key(one.id) not in taken
                )  # a key that means the row now is not the card's
            here = tuple(action for action in (row.actions if row else ()) if action.key not in _NO_PLATE)[:_AT_MOST]
            with_row = {action.id for action in here}
            always = tuple(action for action in self.view.actions if action.id not in with_row)
            here, always, is_cut = self._fitted(here, always)
            shown = (*(f"{one.id}:{one.said(self.words)}" for one in here), "|", *(one.id for one in always))
            shown += (self.view.language, f"{self.was_changed}{is_cut}")
            if shown == self._shown_actions:
                return
            self._shown_actions = shown
            had = self.focused.key if isinstance(self.focused, Plate) and self.focused.parent is self.plates else ""
            if had:
                self.set_focus(None)  # else it would go to whatever stands next, and come back from there too late
            async with self.app.settling():
                with self.app.batch_update():
                    await self.plates.remove_children()
                    await self.plates.mount(
                        *self._plates_for(here, accent=False),
                        *self._plates_for(always, accent=False),
                        *self._more_plates(is_cut=is_cut),
                    )
            self.plates.display = bool(here or self.view.actions or self.was_changed)
            again = next((plate for plate in self.plates.query(Plate) if had and plate.key == had), None)
            if again is not None and self.focused is None:
                again.focus()
            if isinstance(self.focused, RoomLines):  # more plates take rows away from what was in sight
                self.call_after_refresh(self.focused.show_cursor)

    async def show(self, view: RoomView, at: str = "") -> None:
        """Show another view; what has the focus keeps it where it can."""
        had, self.view = self.view, view
        self._show_words()
        before = [(one.id, one.said(self.words)) for one in (had.card.actions if had.card else ())]
        if before != [(one.id, one.said(self.words)) for one in self.card_actions] or had.language != view.language:
            had_focus = isinstance(self.focused, Plate) and self.focused.parent is self.card_plates
            async with self.turn:
                await self.card_plates.remove_children()
                await self.card_plates.mount(*self._plates_for(self.card_actions))
            if had_focus:
                self._go_to_start()
        if at:
            self.put_cursor(at)
        await self._show_plates()
        if self.focused is None:
            self._go_to_start()

    def put_cursor(self, key: str) -> bool:
        """Go to a row, or to the card where it stands there; False where it is not shown."""
        if self.view.card is not None and key == self.view.card.key and self.card_actions:
            self._focus_card()
            return True
        for lines in (self._main, self._aside):
            lines.reveal(key)
            if key in lines.keys:
                self.set_focus(lines)
                self.call_after_refresh(lines.show_cursor)
                return True
        return False

    def _focus_card(self) -> None:
        first = next(iter(self.card_plates.query(Plate)), None)
        if first is not None:
            self.set_focus(first, scroll_visible=False)  # at once: what is shown next asks who has it
            self.call_after_refresh(self.body.scroll_home, animate=False)

    async def tell(self, sentence: str, at: str = "") -> None:
        """Say what was kept, and show what stands now; the cursor goes to the row ``at`` where there is one."""
        self._said = sentence
        await self.refresh_view(at, sentence)

    async def tell_taken_back(self, sentence: str) -> None:
        """Say what was taken back; a card that stands again, or as it stood, is shown from its beginning."""
        had = self.view.card
        await self.tell(sentence)
        card = self.view.card
        if card is not None and self.card_actions and _face_of(card) != _face_of(had):
            self._focus_card()

    def on_resize(self) -> None:
        """Set the card anew, a low screen has no blank row in it; and the plates, a tiny one has room for few."""
        self._card.update(self._card_content())
        self.call_later(self._show_plates)

    def forget_said(self) -> None:
        """Say no longer what was kept here; the next look shows it."""
        super().forget_said()
        self._said, self._seen = "", (None, "")

    async def retell(self) -> None:
        """Say everything again in the language that is spoken now."""
        self._said = ""
        self._rooms.words = self.words
        await self.refresh_view()
        self.retell_foot()

    # ------------------------------------------------------------------ looking

    @property
    def is_busy(self) -> bool:
        """Tell whether a change is being asked for, or saved."""
        return self.is_saving or self.is_changing

    def _read_first(self) -> ProblemError | None:
        try:
            self.take_note()
            self.view = read_room(self.app.desk, self.place)
        except ProblemError as problem:
            return problem
        return None

    async def refresh_view(self, at: str = "", said: str = "") -> None:
        """Read the plan anew and show it; one that cannot be read has its own page.

        ``said`` is what is being told: where this page is gone with it, it is told on the one before.
        """
        desk, place = self.app.desk, self.place
        async with self.app.settling():  # a key that comes now is meant for what stands then
            try:
                self.take_note()
                view = await self.app.writer.run(lambda: read_room(desk, place))
            except ProblemError as problem:
                self.tell_unreadable(problem, said)
                return
            await self.show(view, at)

    def tell_unreadable(self, problem: ProblemError, said: str = "") -> None:
        """Leave a page whose thing is gone; else as every screen does."""
        if problem.key == "not_there":
            self.app.call_later(self._leave_what_is_gone, said)
        else:
            super().tell_unreadable(problem)

    async def _leave_what_is_gone(self, said: str) -> None:
        """Go back and say why; while something lies over this page, only once that is closed."""
        if not self.is_current or self.is_changing:
            self._seen = (None, "")
            return
        await self.app.go_back(said or self.words.problem("not_there", {}))

    # ------------------------------------------------------------------ what can be done

    @property
    def row(self) -> Row | None:
        """The row under the cursor of the list that has the focus, or had it before the plates under it."""
        lines: Widget | None = self.focused
        if isinstance(lines, Plate) and lines.parent is self.plates:
            lines = self._left
        return self.view.row(lines.cursor) if isinstance(lines, RoomLines) else None

    async def on_key(self, event: events.Key) -> None:
        """Do what a key means here, move from thing to thing, and scroll."""
        if not self.moves(event):
            pressed, keys = {event.key, event.character}, self.app.keys
            found = next((one for one in self.actions_here() if keys.key(one[0].id) in pressed), None)
            if found is not None:
                event.stop()
                self.do(*found)

    @on(LineList.Moved)
    async def follow_cursor(self, event: LineList.Moved) -> None:
        """Show what can be done with the row under the cursor."""
        event.stop()
        await self._show_plates()

    async def on_descendant_focus(self) -> None:
        """Show what can be done where the focus is now."""
        if isinstance(self.focused, RoomLines):
            self._left = self.focused
        elif isinstance(self.focused, Plate) and self.focused.parent is self.card_plates:
            self._left = None
        await self._show_plates()

    @on(LineList.Opened)
    async def open_line(self, event: LineList.Opened) -> None:
        """Do the one thing that can be done with a row, or ask which; a row's own page opens at once."""
        event.stop()
        if event.key.startswith(MORE) and isinstance(event.line_list, RoomLines):
            event.line_list.show_more(event.key)
            return
        row = self.view.row(event.key)
        if row is None:
            return
        first = row.actions[0]
        if len(row.actions) == 1 or first.key == "enter":
            self.do(first, row.key)
        else:
            self.choose(row)

    @on(Plate.Pressed)
    def press_plate(self, event: Plate.Pressed) -> None:
        """Do what a plate says."""
        event.stop()
        if event.plate.key == "undo":
            self.action_undo()
            return
        if event.plate.key == "find":
            self.action_find()
            return
        found = list(self.actions_here())
        if event.plate.parent is self.card_plates:
            found.reverse()  # the card's come last
        action = next((one for one in found if f"do:{one[0].id}" == event.plate.key), None)
        if action is not None:
            self.do(*action)


def _face_of(card: Row | None) -> tuple[str, ...]:
    """Return what a card shows, without what can be done with it."""
    return (card.key, card.text, card.when, card.note) if card is not None else ()
