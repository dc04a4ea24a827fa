"""Where one is in a sitting: dots for the part at hand, one word for each of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from widgets.glyphs import choose_glyphs


@dataclass(frozen=True)
class Part:
    """One part of a sitting: its title, how many stops it has and how many lie behind."""

    title: str
    total: int
    done: int
    is_current: bool = False


class ProgressPath(Widget):
    """One line: ``Values ● ● ◆ ○ ○ ○ · Learning · Goal``.

    Too narrow for that, it leaves the other titles out; still too narrow, it says ``3/6`` for the dots;
    then it shortens the title. It is always one row high.
    """

    DEFAULT_CSS = """
    ProgressPath { width: 1fr; height: 1; text-wrap: nowrap; }
    """

    parts: reactive[tuple[Part, ...]] = reactive(())
    ascii_glyphs: reactive[bool] = reactive(False)

    def __init__(
        self,
        parts: Sequence[Part] = (),
        *,
        ascii_glyphs: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.set_reactive(ProgressPath.parts, tuple(parts))
        self.set_reactive(ProgressPath.ascii_glyphs, ascii_glyphs)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The width of the whole path, as far as the container reaches."""
        return min(container.width, self._whole().cell_length)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row, always."""
        return 1

    def render(self) -> Content:
        """Draw as much of the path as the row holds."""
        width = self.content_size.width
        whole = self._whole()
        if whole.cell_length <= width:
            return whole
        current = next((part for part in self.parts if part.is_current), None)
        if current is None:
            return whole.truncate(width, ellipsis=True)
        with_dots = self._titled_dots(current)
        if with_dots.cell_length <= width:
            return with_dots
        here = min(current.done + 1, current.total)
        count = Content.styled(f" {here}/{current.total}", "$foreground")
        title = Content.styled(current.title, "bold $foreground")
        return title.truncate(max(0, width - count.cell_length), ellipsis=True).append(count)

    def _whole(self) -> Content:
        glyphs = choose_glyphs(self.ascii_glyphs)
        pieces: list[Content] = []
        is_behind = any(part.is_current for part in self.parts)
        for part in self.parts:
            if part.is_current:
                is_behind = False
                pieces.append(self._titled_dots(part))
            else:
                pieces.append(Content.styled(part.title, "$foreground" if is_behind else "$quiet"))
        return Content.styled(f" {glyphs.between} ", "$quiet").join(pieces)

    def _titled_dots(self, part: Part) -> Content:
        glyphs = choose_glyphs(self.ascii_glyphs)
        dots = [Content.styled(part.title, "bold $foreground")]
        for stop in range(part.total):
            if stop < part.done:
                dots.append(Content.styled(glyphs.done, "$primary"))
            elif stop == part.done:
                dots.append(Content.styled(glyphs.marker, "bold $foreground"))
            else:
                dots.append(Content.styled(glyphs.to_come, "$quiet"))
        return Content(" ").join(dots)


if __name__ == "__main__":
    from widgets.demo import DemoApp

    def build_paths(here: int) -> ProgressPath:
        """A path in which the given part is the one at hand."""
        titles = ("Values", "Learning", "Goal", "Ahead", "Plan")
        return ProgressPath([Part(title, 6 + 3 * at, 2, at == here) for at, title in enumerate(titles)])

    DemoApp(lambda: [build_paths(here) for here in range(5)]).run()
