"""A draft: the answers of one part while it is being asked, as one JSON document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rchrp_goals.errors import FileProblem

Values = dict[str, Any]
"""The values of one answer, by field id: JSON values only."""


@dataclass
class Draft:
    """Answers, place and what is being typed.

    ``answers`` maps a stop's key to ``{"values": {...}}`` or ``{"passed": true}``; ``given`` are the keys of those that
    were said here, otherwise than they stood: a part that is opened again begins with what stands in the plan. ``at`` is
    the key of the stop that is asked; ``typing`` holds the fields of that stop as they stand; ``ids`` are record ids
    given in advance, so that applying twice changes nothing.
    """

    module: str
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)
    at: str = ""
    typing: Values = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def say(self, key: str, answer: dict[str, Any]) -> None:
        """Take an answer or a pass of a stop."""
        if self.answers.get(key) != answer and key not in self.given:
            self.given.append(key)
        self.answers[key] = answer

    def to_json(self) -> dict[str, Any]:
        """Return the draft as a JSON document."""
        return dict(vars(self))

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Draft:
        """Read a draft back. Raises FileProblem ``draft_wrong`` where it is none; what no field knows is left out.

        Whether its answers can be kept is not looked at here (``answers.readable``).
        """
        try:
            draft = cls(**{key: value for key, value in document.items() if key in cls.__dataclass_fields__})
        except TypeError:
            raise FileProblem("draft_wrong") from None
        shapes: tuple[tuple[Any, type], ...] = (
            (draft.module, str),
            (draft.answers, dict),
            (draft.given, list),
            (draft.at, str),
            (draft.typing, dict),
            (draft.ids, dict),
        )
        if not all(isinstance(value, kind) for value, kind in shapes) or not all(
            isinstance(text, str) for text in (*draft.given, *draft.ids.values())
        ):
            raise FileProblem("draft_wrong")
        if "given" not in document:
            draft.given = list(draft.answers)
        return draft
