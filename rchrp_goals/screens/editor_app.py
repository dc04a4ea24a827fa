"""The part of the app that hands a long text to the person's own editor, and takes it back."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work
from textual.app import SuspendNotSupported

from rchrp_goals.errors import ProblemError
from rchrp_goals.screens.base import bindings
from rchrp_goals.screens.settings_app import SettingsApp

if TYPE_CHECKING:
    from rchrp_goals.screens.participant.ask_fields import LongBox
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.services.editing import Edited, Editing


class EditorApp(SettingsApp):
    """Gives the terminal away for as long as the editor is open; nothing of the app goes on meanwhile."""

    BINDINGS = bindings({"ask.editor": "open_editor"}, is_first=True)

    def __init__(self, desk: Desk, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._knows_of_editor = False
        self._is_editing = False
        super().__init__(desk, environ)

    @property
    def has_editor(self) -> bool:
        """Tell whether a long text can be handed over: an editor is named, and the terminal is ours."""
        if not (self._environ.get("VISUAL") or self._environ.get("EDITOR")) or self.is_web:
            return False
        from rchrp_goals.services.editing import is_offered

        return is_offered(self._environ)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take the key for the editor only where there is a text to open in it."""
        if action == "open_editor" and not (self.has_editor and self._text_here() is not None):
            return False
        return super().check_action(action, parameters)

    def _text_here(self) -> LongBox | None:
        """Return the long text that one is in, or the only one that stands on the screen."""
        from rchrp_goals.screens.participant.ask_fields import LongBox

        boxes = list(self.screen.query(LongBox))
        return next((one for one in boxes if one.has_focus_within or len(boxes) == 1), None)

    def action_open_editor(self) -> None:
        """Open a long text in the person's own editor."""
        box = self._text_here()
        if box is not None:
            box.open_editor()

    def on_long_box_in_editor(self, event: LongBox.InEditor) -> None:
        """Open the text of a field in the editor."""
        event.stop()
        if not self._is_editing:  # a second click of a hand in a hurry
            self._is_editing = True
            self._edit(event.box)

    @work(group="editor")
    async def _edit(self, box: LongBox) -> None:
        try:
            await self._edit_one(box)
        finally:
            self._is_editing = False

    async def _edit_one(self, box: LongBox) -> None:
        from rchrp_goals.screens.participant.ask_fields import LongBox
        from rchrp_goals.services.editing import Editing, editor_of

        screen, field = box.screen, box.field.id
        editing = Editing(self.desk.places, editor_of(self._environ), box.long.text, box.long.cap)
        if not await self._knows(editing.name):
            return
        for one in self.calm_screens():
            one.keep_now()
        try:
            editing.prepare()
            edited = await self._handed_over(editing)
        except ProblemError as problem:
            box.tell_problem(self.desk.words.problem(problem.key, problem.values))
            return
        finally:
            is_removed = editing.close()
        ui, kind = self.desk.words.ui, edited.kind
        said = [] if kind in {"changed", "ended", "refused"} else [ui(f"editor.{kind}", editor=editing.name)]
        if not is_removed:
            said.append(ui("editor.not_removed", path=editing.path))
        # another language may have been chosen meanwhile, and the fields made anew
        box = next((one for one in screen.query(LongBox) if one.field.id == field), box)
        if edited.text:
            box.put(edited.text)
        box.tell_problem(" ".join(said))
        box.long.focus()
        if kind == "ended":
            from rchrp_goals.screens.participant.form_modal import FormModal

            if isinstance(screen, FormModal):  # the word of the change would come too late
                screen.remember(box)
            signal.raise_signal(edited.number)

    async def _knows(self, editor: str) -> bool:
        """Say, before the first time, where the text goes and that nothing can be hidden there; False for a no."""
        if not self._knows_of_editor:
            from rchrp_goals.screens.participant.small_modal import SureModal

            def told() -> tuple[str, str]:
                ui, cap = self.desk.words.ui, self.keys.cap("app.toggle_hidden")
                return ui("editor.title"), ui("editor.first", editor=editor, cap=cap)

            page = SureModal(told)
            self._knows_of_editor = bool(await self.wait_for(page))
        return self._knows_of_editor

    async def _handed_over(self, editing: Editing) -> Edited:
        """Open the editor, and again for as long as what comes back cannot stand there and the person wants to go on."""
        while True:
            edited = self._open(editing)
            if edited.problem is None or not await self._wants_it_again(edited.problem):
                return edited

    def _open(self, editing: Editing) -> Edited:
        from rchrp_goals.services.editing import Edited

        mistake: Exception | None = None
        edited = Edited("no_terminal")
        try:
            with self.suspend():
                try:
                    edited = editing.open()
                except Exception as error:  # noqa: BLE001 - raised again once the terminal is ours
                    mistake = error
        except SuspendNotSupported:
            return edited
        if mistake is not None:
            raise mistake
        return edited

    async def _wants_it_again(self, problem: ProblemError) -> bool:
        """Say why the text cannot stand there, and ask what becomes of it; both are kept until then."""
        from rchrp_goals.screens.participant.small_modal import PickModal

        ui = self.desk.words.ui
        about = f"{self.desk.words.problem(problem.key, problem.values)} {ui('editor.both_kept')}"
        ways = [("again", ui("editor.again"), ""), ("old", ui("editor.old"), ui("editor.old_note"))]
        chosen = await self.wait_for(PickModal("editor.refused", lambda: ways, about, is_needed=True))
        return bool(chosen == "again")
