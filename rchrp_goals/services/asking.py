"""How a question is said on a screen: its words, and those of its fields, with the person's own in their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from rchrp_goals.guide.conversation import SITUATIONS, Stop
from rchrp_goals.guide.structure import Field
from rchrp_goals.guide.wording import module_words
from rchrp_goals.services.progress import filled, placeholders

if TYPE_CHECKING:
    from rchrp_goals.services.asked import Asked


class QuestionWords(NamedTuple):
    """The words of a question; what it does not have is empty."""

    text: str
    hint: str = ""
    why: str = ""
    example: str = ""


class FieldWords(NamedTuple):
    """The words of a field: its label, the line above its ideas, the ends of its line."""

    label: str = ""
    ideas: str = ""
    low: str = ""
    high: str = ""


def question_words(asked: Asked, stop: Stop) -> QuestionWords:
    """Return the words of the question at a stop, in the desk's language."""
    said = module_words(asked.desk.words.language, asked.part)[stop.question.id]
    values = placeholders(asked)
    found = QuestionWords(*(filled(said.get(key, ""), values) for key in QuestionWords._fields))
    if stop.question.repeat != SITUATIONS:
        return found
    from rchrp_goals.services.practice import help_of, said_before

    card = stop.key.partition(":")[2]
    if stop.statement is not None:
        hint = found.hint if asked.conversation.road[0].key == stop.key else ""  # said once is enough
        return found._replace(hint=hint, example=help_of(asked.desk.words, card) or found.example)
    return found._replace(hint=said_before(asked.desk, asked.draft.ids["base"], card))


def field_words(asked: Asked, stop: Stop, field: Field, values: Mapping[str, Any] | None = None) -> FieldWords:
    """Return the words of a field; ``values`` is what stands in the stop so far.

    What the rulers' follow-up asks about, and the number, go into its label.
    """
    said = module_words(asked.desk.words.language, asked.part)[stop.question.id].get(field.id, {})
    put: dict[str, object] = dict(placeholders(asked))
    label = said.get("label", "")
    about = asked.conversation.follow_up(stop, values) if "label_importance" in said else None
    if about is not None:
        put["n"] = about.position
        label = said["label_importance"] if about.about == "importance" else label
    return FieldWords(
        *(filled(text, put) for text in (label, said.get("ideas", ""), said.get("low", ""), said.get("high", "")))
    )


def beside_ruler(asked: Asked, stop: Stop) -> str:
    """Return where the other ruler of a goal stands, said under the confidence ruler; empty elsewhere."""
    importance = asked.conversation.value("importance", "position") if stop.question.id == "confidence" else None
    return asked.desk.words.ui("ask.other_ruler", n=importance) if isinstance(importance, int) else ""
