"""The page of sheets: each can be looked at, every word of it, and kept as a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rchrp_goals.content import Words
from rchrp_goals.errors import ProblemError
from rchrp_goals.export.paper import Block, Boxes, Facts, Group, Paper, Part, Room, Say, Scale, Table
from rchrp_goals.export.paper import Row as Rooms
from rchrp_goals.export.registry import BLANK_PAPERS, FILLED_PAPERS, OWN_PAPERS, PLAN_SHEETS, RECORD_PAPERS
from rchrp_goals.services import saying
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.exporting import keep_sheet, likely_folders
from rchrp_goals.services.paper_hours import Wanted
from rchrp_goals.services.paper_sheets import blank_paper, filled_paper, record_paper
from rchrp_goals.services.room import Action, Ask, Option, Place, RoomView, Row, Said, Section
from rchrp_goals.services.rooms.reading import PLAN

if TYPE_CHECKING:
    from rchrp_goals.services.year import Span

_PEN, _BOX, _TICKED = "______", "[ ]", "[x]"
_FORMS = {"html": ("html", 80, False), "drawn": ("txt", 80, False), "plain": ("txt", 40, True)}
"""What a sheet can be kept as: a format, cells of a line, and whether it is for the ear."""
_EXTENTS = ("as_asked", "for_me")
"""How much a record holds: what a board asks for, or also what is there for oneself only."""


def read(desk: Desk, place: Place) -> RoomView:
    """Read the page of all sheets, or one of them, word by word. Raises ProblemError ``no_plan``, FileProblem."""
    return _one(desk, place) if place.id else _all(desk, place)


def _all(desk: Desk, place: Place) -> RoomView:
    words = desk.words
    has_plan = desk.store.read().exists
    sections = [
        Section(words.ui(f"sheets.room.{heading}"), tuple(_row(desk, kind) for kind in kinds))
        for heading, kinds in (
            ("of_plan", (*PLAN_SHEETS, *OWN_PAPERS)),
            ("for_board", RECORD_PAPERS),
            ("with_others", FILLED_PAPERS),
            ("by_hand", BLANK_PAPERS),
        )
        if has_plan or kinds == BLANK_PAPERS
    ]
    if not has_plan:
        sections.insert(0, Section(about=words.ui("sheets.room.no_plan")))
    else:
        sections.append(Section(words.ui("calendar.room.heading"), (_dates(desk),)))
    return RoomView(
        place,
        words.ui("rooms.name.sheets"),
        about=words.ui("sheets.room.about"),
        sections=tuple(sections),
        language=words.language,
    )


def _row(desk: Desk, kind: str) -> Row:
    words = desk.words
    look = Place(PLAN.name, kind) if kind in PLAN_SHEETS else Place("sheets.one", kind)
    if kind in OWN_PAPERS:
        look = Place(kind)
    actions = (Action("sheets.look", place=look), keep_action(desk, kind))
    return Row(_name(kind, words), f"sheet:{kind}", note=_name(kind, words, "_note"), is_strong=True, actions=actions)


def _name(kind: str, words: Words, more: str = "") -> str:
    return words.ui(f"sheets.room.{kind.replace('-', '_')}{more}")


def keep_action(desk: Desk, kind: str, span: Span | None = None) -> Action:
    """Return what keeps a sheet as a file; ``span`` is from which day to which the year goes."""
    words = desk.words
    options = tuple(
        Option(name, words.ui(f"sheets.room.{name}"), words.ui(f"sheets.room.{name}_note")) for name in _FORMS
    )
    asks = [Ask("form", "choice", words.ui("sheets.room.form"), "html", options), _folder(words)]
    if kind in RECORD_PAPERS:
        extents = tuple(
            Option(name, words.ui(f"sheets.room.{name}"), words.ui(f"sheets.room.{name}_note")) for name in _EXTENTS
        )
        asks.insert(1, Ask("extent", "choice", words.ui("sheets.room.extent"), _EXTENTS[0], extents))
    return Action("sheets.keep", change=partial(_keep, kind, span), asks=tuple(asks), title=_name(kind, words))


def _folder(words: Words) -> Ask:
    folder = next(iter(likely_folders(Path(os.path.expanduser("~")))), Path())
    return Ask("folder", "line", words.ui("sheets.room.folder"), str(folder), is_path=True)


def _path(said: Any) -> Path:
    return Path(os.path.expanduser(str(said).strip()))


def _keep(kind: str, span: Span | None, desk: Desk, answers: Mapping[str, Any]) -> Said:
    format, width, is_spoken = _FORMS[answers["form"]]
    folder, wanted = _path(answers["folder"]), Wanted(is_mine=answers.get("extent") == _EXTENTS[1])
    path = keep_sheet(desk, folder, kind, format, width=width, is_spoken=is_spoken, span=span, wanted=wanted)
    return Said(desk.words.ui("sheets.room.kept", path=str(path)), f"sheet:{kind}")


def _dates(desk: Desk) -> Row:
    """Return the row of the calendar file, which is no sheet: it can only be kept."""
    words = desk.words
    options = tuple(
        Option(name, words.ui(f"calendar.room.{name}"), words.ui(f"calendar.room.{name}_note"))
        for name in ("in_neutral", "in_own")
    )
    asks = (Ask("words", "choice", words.ui("calendar.room.words"), "in_neutral", options), _folder(words))
    name = words.ui("calendar.room.name")
    keep = Action("sheets.keep", change=_keep_dates, asks=asks, title=name)
    return Row(name, "sheet:dates", note=words.ui("calendar.room.note"), is_strong=True, actions=(keep,))


def _keep_dates(desk: Desk, answers: Mapping[str, Any]) -> Said:
    from rchrp_goals.services.calendar_file import keep_calendar

    words = desk.words
    path = keep_calendar(desk, _path(answers["folder"]), with_titles=answers["words"] == "in_own")
    if path is None:
        return Said(words.ui("calendar.nothing"), "sheet:dates")
    return Said(f"{words.ui('calendar.room.kept', path=str(path))} {words.ui('calendar.alarms')}", "sheet:dates")


# One sheet, word by word


def _one(desk: Desk, place: Place) -> RoomView:
    words, kind = desk.words, place.id
    if kind in BLANK_PAPERS:
        paper = blank_paper(kind, words)
    else:
        plan = desk.store.read()
        if not plan.exists:
            raise ProblemError("no_plan")
        read_paper = record_paper if kind in RECORD_PAPERS else filled_paper
        paper = read_paper(kind, plan.tables, words, desk.clock.today())
    return RoomView(
        place,
        _name(kind, words),
        sections=tuple(_sections(paper, words)),
        actions=(keep_action(desk, kind),),
        closing=" ".join(paper.closing),
        language=words.language,
    )


def _sections(paper: Paper, words: Words) -> Iterator[Section]:
    for part in (Part("", paper.opening), *paper.parts):
        heading = part.heading
        if part.kicker:
            heading = words.ui("sentences.colon", first=part.kicker, second=heading)
        yield Section(heading, tuple(row for block in part.blocks for row in _rows(block, words)))


def _rows(block: Block, words: Words) -> Iterator[Row]:
    match block:
        case Say():
            yield Row(block.text)
        case Room():
            yield _room(block, words)
        case Rooms():
            rooms = (Room(block.label),) if block.label else block.rooms
            yield from (_room(room, words) for room in rooms)
        case Group():
            yield Row(block.text, is_strong=True)
            yield from (_room(room, words) for room in block.rooms)
        case Scale():
            ends = words.ui("plain.ends", low=block.low, high=block.high)
            more = words.ui("sentences.semicolon").join(one for one in (block.passing, block.reason) if one)
            yield Row(block.text, note=f"{ends} {more}".strip(), is_strong=True)
        case Boxes():
            if block.label:
                yield Row(block.label)
            for box in block.boxes:
                said = words.ui("sentences.comma").join(one for one in (box.text, box.room) if one)
                text = words.ui("sentences.colon", first=box.label, second=said) if box.label else said
                parts = [text, box.note] if box.note else [text]
                drawn = f"{_TICKED if box.is_ticked else _BOX} {text}"
                yield Row(drawn, note=box.note, spoken=" ".join(saying.ended(saying.begun(part)) for part in parts))
        case Table():
            yield from (_table_row(block, row, words) for row in block.rows)
        case Facts():
            for fact in block.facts:
                text = words.ui("sentences.colon", first=fact.label, second=fact.text) if fact.label else fact.text
                yield Row(text, note=fact.note)


def _table_row(table: Table, row: tuple[str, ...], words: Words) -> Row:
    main, rest = table.apart(row)
    said = (words.ui("sentences.colon", first=heading, second=cell) for heading, cell in rest)
    return Row(main, note=words.ui("home.between").join(said), is_strong=True)


def _room(room: Room, words: Words) -> Row:
    if room.text:
        return Row(words.ui("sentences.colon", first=room.label, second=room.text))
    return Row(f"{room.label} {_PEN}", is_strong=room.asks, spoken=saying.ended(saying.begun(room.label)))
