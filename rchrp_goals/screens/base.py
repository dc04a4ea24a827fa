"""What every screen stands on: the app as screens know it, its words, and the row of keys at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import getters, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from rchrp_goals.content import Words
from rchrp_goals.screens.foot_line import FootItem, FootLine
from rchrp_goals.services.actions import ACTIONS
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.keys import Keys
from rchrp_goals.writer import Writer

if TYPE_CHECKING:
    from rchrp_goals.errors import ProblemError
    from rchrp_goals.services.mending import Way
    from rchrp_goals.services.one_question import OneQuestion
    from rchrp_goals.services.place import Place
    from rchrp_goals.services.sitting import Sitting
    from rchrp_goals.store.settings_spec import Value

Result = TypeVar("Result")


def bindings(does: Mapping[str, str], *, is_first: bool = False) -> list[BindingType]:
    """Return the bindings of what a screen does: ids of the registry, and what each runs.

    ``is_first``: before any field sees the key. The keymap of the settings knows a binding by the same id.
    """
    return [Binding(ACTIONS[id].key, action, show=False, priority=is_first, id=id) for id, action in does.items()]


class DeskApp(App[int]):
    """What screens may ask of the app; ``app.py`` does it."""

    desk: Desk
    writer: Writer
    opened_at: datetime
    """When the app was opened: what was changed before is taken back only after a yes."""

    @property
    def keys(self) -> Keys:
        """The key of each action, as it holds now."""
        return self.desk.keys

    @property
    def is_ascii(self) -> bool:
        """Tell whether everything is drawn with plain signs."""
        return self.desk.settings.glyphs == "ascii"

    @property
    def has_editor(self) -> bool:
        """Tell whether a long text can be handed to the person's own editor."""
        return False

    async def reopen(self) -> None:
        """Look again at what can be opened, and show that."""
        raise NotImplementedError

    async def mend(self, way: Way) -> None:
        """Take a way back for a damaged file, after a yes, and open what there is then."""
        raise NotImplementedError

    async def show_home(self, said: str = "") -> None:
        """Go to Home, whatever stands above it; ``said`` names a sentence of ``ui.toml`` that greets there."""
        raise NotImplementedError

    async def show_place(self, place: Place, said: str = "", at: str = "") -> None:
        """Go to a room, or open one thing's page over it; ``said`` is said there, the cursor goes to the row ``at``."""
        raise NotImplementedError

    async def go_back(self, said: str = "") -> None:
        """Close the page on top; from a room go Home. ``said`` is said there."""
        raise NotImplementedError

    async def show_plan(self, sitting: Sitting) -> None:
        """Show the plan on one page, from which the sitting is closed."""
        raise NotImplementedError

    async def begin(self, name: str) -> None:
        """Begin or resume a conversation in place of what is shown."""
        raise NotImplementedError

    async def ask_one(self, question: OneQuestion) -> bool:
        """Ask one question over the screen that stands; True where it was answered or passed."""
        raise NotImplementedError

    async def tell_problem(self, problem: ProblemError) -> bool:
        """Say what happened and what was kept; True to try again."""
        raise NotImplementedError

    async def follow_settings(self) -> None:
        """Look and speak as the settings say, at once."""
        raise NotImplementedError

    def keep_setting(self, **changes: Value | None) -> None:
        """Keep a setting that the person chose, None for the usual, and follow it as soon as it is kept."""
        raise NotImplementedError

    def take_complaints(self) -> str:
        """Return one short sentence about what was not taken from the settings, once: whoever takes it says it."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Keep everything and end."""
        raise NotImplementedError

    def typed_in(self, page: str) -> dict[str, Any]:
        """Return what stands in the fields of a small page, closed without keeping it or killed with the window."""
        raise NotImplementedError

    def keep_typed_soon(self) -> None:
        """Write what is typed into small pages a moment from now."""
        raise NotImplementedError

    def keep_typed(self) -> None:
        """Write what stands in small pages; one that was saved stands there no more."""
        raise NotImplementedError

    async def show_end(self, sitting: Sitting) -> None:
        """Say that a conversation of its own is done and kept, and go Home."""
        raise NotImplementedError

    def settling(self) -> AbstractAsyncContextManager[None]:
        """Hold keys and clicks back while a screen is being changed; they arrive in order afterwards."""
        raise NotImplementedError

    def when_shown(self, show: Callable[[], object]) -> None:
        """Call ``show`` now, or, while everything is hidden, as soon as it is shown again."""
        raise NotImplementedError


class CalmScreen(Screen[Result]):
    """A screen with the row of keys at its bottom; its words can be said again in another language."""

    app = getters.app(DeskApp)
    DOES: ClassVar[Mapping[str, str]] = {}
    """What can be done on this screen by a key: ids of the registry, and the action that each runs."""
    WHERE = ""
    """The room that this is (``rooms.name``), for help; empty where it is none."""
    HELP_TOPIC = ""
    """Names what else moves and marks here (``keys.toml``, ``also``); empty where nothing does."""

    @property
    def words(self) -> Words:
        """The words of the language that is spoken now."""
        return self.app.desk.words

    def set_size_classes(self) -> None:
        """Set the classes of the breakpoints before the first layout, so that it is done once."""
        size = self.app.size
        for breakpoints, room in (
            (self.app.HORIZONTAL_BREAKPOINTS, size.width),
            (self.app.VERTICAL_BREAKPOINTS, size.height),
        ):
            fits = [name for least, name in sorted(breakpoints or []) if room >= least]
            for _, name in breakpoints or []:
                # a screen that is not there yet is given its styles with all else on it
                self.set_class(name == fits[-1], name, update=self.is_mounted)

    def ui(self, key: str, /, **values: object) -> str:
        """Return a string of ``ui.toml``."""
        return self.words.ui(key, **values)

    def foot_items(self) -> list[FootItem]:
        """Return the keys of the bottom row."""
        return [
            FootItem("tab", self.ui("app.move"), rank=5),
            self.foot_item("app.help", "app.help", 1),
            self.foot_item("app.agreements", "app.my_agreements", 3),
            self.foot_item("app.switch_language", "app.other_language", 2),
        ]

    def foot_item(self, id: str, words: str, rank: int) -> FootItem:
        """Return one action of the registry for the bottom row, under its short words."""
        return FootItem(self.app.keys.cap(id), self.ui(words), id, rank)

    def foot_line(self) -> FootLine:
        """Return the bottom row."""
        return FootLine(self.foot_items(), self.foot_corner())

    def foot_corner(self) -> FootItem:
        """Return what stands in the corner of every screen."""
        return self.foot_item("app.toggle_hidden", "app.leave_now", 0)

    @classmethod
    def does(cls) -> dict[str, str]:
        """Return everything that can be done here by a key: ids of the registry, and the action that each runs."""
        found: dict[str, str] = {}
        for kind in cls.__mro__:
            found |= {id: action for id, action in vars(kind).get("DOES", {}).items() if id not in found}
        return found

    def help_rows(self) -> list[tuple[str, str]]:
        """Return the keys of this screen and their words, for help."""
        from rchrp_goals.services.keys import also_of, help_of

        in_fields = ["ask.editor"] if self.HELP_TOPIC == "ask" and self.app.has_editor else []
        found = help_of([*self.does(), *in_fields], self.app.keys, self.words)
        return [*found, *also_of(self.HELP_TOPIC, self.words)]

    @on(FootLine.Pressed)
    async def run_foot_action(self, event: FootLine.Pressed) -> None:
        """Run the action of a key that was clicked."""
        event.stop()
        await self.run_action(event.action)

    def help_where(self) -> str:
        """Return where one is, for help; empty where the keys say it."""
        return self.room_words(self.WHERE) if self.WHERE else ""

    def room_words(self, room: str) -> str:
        """Return where one is in a room: its name, and what is there."""
        name, about = (self.ui(f"rooms.{key}.{room}") for key in ("name", "about"))
        return self.ui("rooms.you_are_here", room=name, about=about)

    def help_pictures(self) -> list[str]:
        """Return what the pictures on this screen show, a sentence each."""
        return []

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """Say a sentence to the person; a screen without a line for it keeps silent."""

    def say_left_out(self) -> None:
        """Say that codes were left out of what is being pasted."""
        self.say(self.ui("text.left_out"))

    def keep_now(self, *, is_tried_again: bool = False) -> None:
        """Write what is being typed, where this screen holds any; once more where that failed before."""

    @property
    def has_unkept(self) -> bool:
        """Tell whether something was typed here that would be gone with the screen."""
        return False

    def switch_language(self) -> bool:
        """Go on in the other language; False where the screen leaves that to the desk alone."""
        return False

    def retell_foot(self) -> None:
        """Say the bottom row again, for a screen that does not make itself anew."""
        for line in self.query(FootLine):
            line.items, line.corner = tuple(self.foot_items()), self.foot_corner()

    async def retell(self) -> None:
        """Say everything again, in the language that is spoken now."""
        await self.recompose()


class CalmModal(ModalScreen[Result], CalmScreen[Result]):
    """A page over another: it collects and gives back, it never saves."""
