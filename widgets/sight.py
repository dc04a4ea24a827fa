"""Keeping a few rows of a tall widget in sight, whatever scrolls around it."""

from __future__ import annotations

from textual.geometry import Offset, Region
from textual.widget import Widget


def bring_into_sight(widget: Widget, top: int, height: int) -> None:
    """Scroll what holds ``widget`` just far enough to show ``height`` of its rows from ``top`` on."""
    region = Region(0, top, widget.size.width, height)
    region = region.translate(widget.virtual_region.offset + widget.gutter.top_left)
    child = widget
    while isinstance(child.parent, Widget):
        container = child.parent
        scrolled = container.scroll_offset
        moved = container.scroll_to_region(region, spacing=child.dock_gutter, animate=False, x_axis=False)
        region = region.translate(container.virtual_region.offset + container.gutter.top_left)
        region = region.translate(-Offset(scrolled.x, scrolled.y + moved.y))
        child = container


def top_within(widget: Widget, holder: Widget) -> int:
    """Return the row of what ``holder`` scrolls at which the content of ``widget`` begins (0 is the first)."""
    top = widget.virtual_region.y + widget.gutter.top
    for container in widget.ancestors:
        if container is holder:
            break
        if isinstance(container, Widget):
            top += container.virtual_region.y + container.gutter.top - container.scroll_offset.y
    return top
