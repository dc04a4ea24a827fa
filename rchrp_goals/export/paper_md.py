"""A sheet for a pen as Markdown (CommonMark): what a person wrote is never markup."""

from __future__ import annotations

from collections.abc import Iterator

from rchrp_goals.export.ink import FULL, Ink
from rchrp_goals.export.md import escaped, joined
from rchrp_goals.export.paper import Block, Box, Boxes, Facts, Group, Paper, Room, Row, Say, Scale, Strip, Table

_PEN = "\\_" * 12
_BOX, _TICKED = "\\[ \\]", "\\[x\\]"


def write(paper: Paper, width: int, ink: Ink = FULL) -> str:
    """Return the sheet as CommonMark, ending in a line end; ``width`` and ``ink`` change nothing."""
    blocks = [f"# {escaped(paper.title)}"]
    if paper.day:
        blocks.append(escaped(paper.day))
    blocks += [part for block in paper.opening for part in _block(block)]
    for part in paper.parts:
        heading = f"{part.kicker}: {part.heading}" if part.kicker else part.heading
        blocks.append(f"## {escaped(heading)}")
        blocks += [text for block in part.blocks for text in _block(block)]
    if paper.closing:
        blocks += ["---", *(escaped(closing) for closing in paper.closing)]
    return "\n\n".join(blocks) + "\n"


def _block(block: Block) -> Iterator[str]:
    """Give the paragraphs of one block."""
    match block:
        case Say():
            yield escaped(block.text)
        case Room():
            yield _room(block)
        case Row():
            yield joined([_room(Room(block.label))] if block.label else [_room(room) for room in block.rooms])
        case Group():
            yield joined([f"**{escaped(block.text)}**", *(_room(room) for room in block.rooms)])
        case Scale():
            lead = f"{block.number}\\. " if block.number else ""
            yield f"{lead}**{escaped(block.text)}**"
            line = " · ".join(str(number) for number in range(11))
            parts = [f"{escaped(block.low)}: {line} :{escaped(block.high)}"]
            if block.passing:
                parts.append(f"{_BOX} {escaped(block.passing)}")
            if block.reason:
                parts.append(_room(Room(block.reason)))
            yield joined(parts)
        case Boxes():
            if block.label:
                yield escaped(block.label)
            yield "\n".join(f"- {_box(box)}" for box in block.boxes)
        case Strip():
            yield escaped(block.said)
        case Table():
            yield "\n".join(f"- {_table_row(block, row)}" for row in block.rows)
        case Facts():
            said = []
            for fact in block.facts:
                text = escaped(fact.text) + (f", {escaped(fact.note)}" if fact.note else "")
                said.append(f"{escaped(fact.label)}: {text}" if fact.label else text)
            yield joined(said)


def _room(room: Room) -> str:
    after, label = escaped(room.text) or _PEN, escaped(room.label)
    return f"{label} {after}" if label.endswith(("?", ".")) else f"{label}: {after}"


def _box(box: Box) -> str:
    text = f"{escaped(box.label)}: {escaped(box.text)}" if box.label else escaped(box.text)
    said = " ".join(part for part in (text, _room(Room(box.room)) if box.room else "") if part)
    return f"{_TICKED if box.is_ticked else _BOX} {said}" + (f", {escaped(box.note)}" if box.note else "")


def _table_row(table: Table, row: tuple[str, ...]) -> str:
    main, rest = table.apart(row)
    return "; ".join([f"**{escaped(main)}**", *(f"{escaped(heading)}: {escaped(cell)}" for heading, cell in rest)])
