"""Small pictures of a row each, drawn as content: two places on a line as connected dots, and a bar.

None of them says anything that does not stand in words beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import clamp

from widgets.glyphs import choose_glyphs

LAST = 10
"""The highest place of a line; the lowest is 0."""


def dots(
    then: int | None, now: int | None, step: int, between: Sequence[int] = (), *, ascii_glyphs: bool = False
) -> Content:
    """Draw a line from 0 to 10, ``step`` cells from one place to the next, with where it stood and stands on it.

    ``between`` are places where it stood in between.
    """
    glyphs = choose_glyphs(ascii_glyphs)
    cells: list[tuple[str, str]] = [(glyphs.line, "$line")] * (LAST * step + 1)
    if then is not None and now is not None:
        first, last = sorted((then * step, now * step))
        cells[first : last + 1] = [(glyphs.heavy_line, "$foreground")] * (last - first + 1)
    for place in between:
        cells[place * step] = (glyphs.on_the_way, "$secondary")
    if then is not None:
        cells[then * step] = (glyphs.then, "$secondary")
    if now is not None:
        cells[now * step] = (glyphs.both if now == then else glyphs.now, "$primary")
    return Content.assemble(*cells).simplify()


def strip(months: Sequence[tuple[str, bool]], *, ascii_glyphs: bool = False) -> tuple[Content, Content]:
    """Draw months in a row: their short names, and under them a line with a mark in each that something happened in."""
    glyphs = choose_glyphs(ascii_glyphs)
    names = [Content(name) for name, _ in months]
    longest = max((name.cell_length for name in names), default=0)
    before, after = longest // 2, longest - longest // 2
    line = [
        piece
        for _, is_there in months
        for piece in (
            (glyphs.line * before, "$line"),
            (glyphs.now, "$primary") if is_there else (glyphs.line, "$line"),
            (glyphs.line * after, "$line"),
        )
    ]
    heads = [name.pad_right(longest + 1 - name.cell_length) for name in names]
    return Content("").join(heads).rstrip(), Content.assemble(*line).simplify()


def bar(part: float, whole: float, cells: int, *, ascii_glyphs: bool = False) -> Content:
    """Draw ``part`` of ``whole`` as a bar of some cells: anything at all fills one, and only the whole fills all."""
    glyphs = choose_glyphs(ascii_glyphs)
    share = clamp(part / whole, 0.0, 1.0) if whole > 0 else 0.0
    filled = clamp(int(share * cells), 1, cells) if share > 0 else 0
    return Content.assemble((glyphs.full * filled, "$primary"), (glyphs.empty * (cells - filled), "$line")).simplify()
