"""A row of plates that goes on in the next row where the width ends."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget


class FlowLayout(Layout):
    """Sets children of automatic width, one row high, side by side; where a row is full the next begins.

    ``gap`` cells stand between neighbours and ``row_gap`` blank rows between rows. With ``is_last_right``
    the last child goes to the right edge of the last row, where it fits there. With ``is_aligned``
    children in several rows stand in columns.
    """

    name = "flow"

    def __init__(self, gap: int = 5, row_gap: int = 0, is_last_right: bool = False, is_aligned: bool = False) -> None:
        self.gap = gap
        self.row_gap = row_gap
        self.is_last_right = is_last_right
        self.is_aligned = is_aligned

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place the children; one wider than the row stands alone in it, cut at its end."""
        parent.pre_layout(self)
        viewport = parent.app.viewport_size
        placements: list[WidgetPlacement] = []
        widths = [child.get_content_width(size, viewport) + child.styles.gutter.width for child in children]
        columns = self._columns(widths, size.width) if self.is_aligned and size.width else []
        x = y = 0
        for at, (child, width) in enumerate(zip(children, widths, strict=True)):
            if len(columns) > 1:
                column = at % len(columns)
                x, y = columns[column], at // len(columns) * (1 + self.row_gap)
            elif size.width:
                width = min(width, size.width)
                if x and x + width > size.width:
                    x, y = 0, y + 1 + self.row_gap
            if self.is_last_right and child is children[-1] and greedy:
                x = max(x, size.width - width)
            region = Region(x, y, width, 1)
            placements.append(WidgetPlacement(region, NULL_OFFSET, Spacing(), child))
            x += width + self.gap
        return placements

    def _columns(self, widths: list[int], room: int) -> list[int]:
        """Return where the columns begin, none where all fit into one row or no two fit side by side."""
        for count in range(len(widths), 1, -1):
            broad = [max(widths[column::count]) for column in range(count)]
            if sum(broad) + self.gap * (count - 1) <= room:
                return [] if count == len(widths) else [sum(broad[:at]) + self.gap * at for at in range(count)]
        return []


class Flow(Widget):
    """A container that holds plates in as many rows as they need."""

    DEFAULT_CSS = """
    Flow { width: 1fr; height: auto; }
    """

    def __init__(
        self,
        *children: Widget,
        gap: int = 5,
        row_gap: int = 0,
        is_last_right: bool = False,
        is_aligned: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(*children, name=name, id=id, classes=classes)
        self._flow = FlowLayout(gap, row_gap, is_last_right, is_aligned)

    @property
    def layout(self) -> Layout:
        """Let the children flow."""
        return self._flow

    def rows_of(self, plates: Sequence[Widget], width: int) -> int:
        """Return how many rows plates would take at a width, before they stand here."""
        arranged = self._flow.arrange(self, list(plates), Size(width, 1))
        return arranged[-1].region.y + 1 if arranged else 0

    @property
    def gap(self) -> int:
        """Cells between neighbours."""
        return self._flow.gap

    @gap.setter
    def gap(self, gap: int) -> None:
        if gap != self._flow.gap:
            self._flow.gap = gap
            self.refresh(layout=True)


if __name__ == "__main__":
    from widgets.demo import DemoApp
    from widgets.plate import Plate

    DemoApp(
        lambda: [
            Flow(
                Plate("b", "Back"),
                Plate("p", "Pass"),
                Plate("esc", "Pause"),
                Plate("enter", "Next", accent=True),
                row_gap=1,
                is_last_right=True,
            )
        ]
    ).run()
