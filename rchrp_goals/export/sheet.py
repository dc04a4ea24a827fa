"""A sheet: the plan as lines, before any format. The plan page, paper and text are made from the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Opening:
    """The question that a line came from, and the records that it is about, by slot."""

    module: str
    question_key: str
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def arguments(self) -> tuple[str, str, Mapping[str, str]]:
        """What ``OneQuestion(desk, *opening.arguments)`` takes."""
        return self.module, self.question_key, self.ids


@dataclass(frozen=True)
class Line:
    """One line of a sheet; its text is clean already (``plan.text.shown``) and is never markup.

    An empty ``label`` hangs under the one above. ``note`` is the quiet text below, or beside where ``note_beside``.
    ``key`` names the line for who leaves it off. ``joins`` keeps it with the line above, without space between.
    ``is_passed``: nothing stands here, and the text (of a statement the note) says so. ``is_item``: one of several
    alike, as agreements are.
    """

    label: str
    text: str
    note: str = ""
    is_strong: bool = False
    key: str = ""
    opening: Opening | None = None
    joins: bool = False
    note_beside: bool = False
    is_passed: bool = False
    is_item: bool = False


@dataclass(frozen=True)
class Section:
    """Lines that belong together; ``heading`` may be empty."""

    name: str
    heading: str
    lines: tuple[Line, ...]
    starts_page: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``kind`` is ``mine`` or ``wall``, ``language`` that of its own words.

    ``closing`` is the sentence of a sheet on which nothing stands. ``page_words`` counts printed pages, with
    ``{page}`` and ``{pages}``.
    """

    kind: str
    language: str
    title: str
    person: str
    day: str
    sections: tuple[Section, ...]
    closing: str = ""
    page_words: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for section in self.sections for line in section.lines)


def is_parted(before: Section, section: Section) -> bool:
    """Tell whether a line is drawn between two sections: the inbox goes on from goals, dates from learning."""
    return (before.name, section.name) not in {("goal", "inbox"), ("learning", "ahead")}


def gathered(section: Section, left_out: Iterable[str] = ()) -> Section:
    """Return a section whose first line has its label and no line above it to join, after some were left off.

    A label that goes with its line is given to the next one that hung under it.
    """
    gone = frozenset(left_out)
    lines: list[Line] = []
    waiting = ""
    for line in section.lines:
        if line.key in gone:
            waiting = line.label or waiting
            continue
        if line.label:
            waiting = ""
        elif waiting:
            line = _labelled(line, waiting)
            waiting = ""
        lines.append(line)
    return Section(section.name, section.heading, tuple(lines), section.starts_page)


def _labelled(line: Line, label: str) -> Line:
    from dataclasses import replace

    return replace(line, label=label, joins=False)
