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

    ``answers`` maps a stop's key to ``{"values": {...}}`` or ``{"passed": true}``; ``at`` is the key of the stop that is
    asked; ``typing`` holds the fields of that stop as they stand; ``ids`` are record ids given in advance, so that
    applying twice changes nothing; ``only`` names the one question that is being edited.
    """

    module: str
    started_at: str
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    at: str = ""
    typing: Values = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    only: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the draft as a JSON document."""
        return dict(vars(self))

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Draft:
        """Read a draft back. Raises FileProblem ``draft_wrong`` where it is none."""
        try:
            draft = cls(**{key: value for key, value in document.items() if key in cls.__dataclass_fields__})
        except TypeError:
            raise FileProblem("draft_wrong") from None
        shapes: tuple[tuple[Any, type], ...] = (
            (draft.module, str),
            (draft.at, str),
            (draft.answers, dict),
            (draft.typing, dict),
            (draft.ids, dict),
        )
        if not all(isinstance(value, kind) for value, kind in shapes) or not all(
            _is_answer(answer) for answer in draft.answers.values()
        ):
            raise FileProblem("draft_wrong")
        return draft


def _is_answer(answer: Any) -> bool:
    if not isinstance(answer, dict):
        return False
    return answer.get("passed") is True or isinstance(answer.get("values"), dict)
