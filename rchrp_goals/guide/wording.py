"""The words of a module, checked against its structure: what is missing or unknown names file, key and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from rchrp_goals import content
from rchrp_goals.errors import FileProblem
from rchrp_goals.guide.structure import Field, Module, Question, load

_QUESTION_WORDS = frozenset({"text", "hint", "why", "example"})
_FIELD_WORDS = frozenset({"label", "label_importance", "ideas", "low", "high", "options", "note"})
_MODULE_WORDS = frozenset({"title"})


@cache
def module_words(language: str, name: str) -> Mapping[str, Any]:
    """Return the words of a module in a language. Raises FileProblem ``wording_wrong`` with file, key and line."""
    tables = content.table(language, name)
    check_words(load(name), tables, f"{language}/{name}.toml", content.read_text(language, f"{name}.toml"))
    return tables


Wrong = Callable[..., None]


def check_words(module: Module, tables: Mapping[str, Any], file: str, text: str) -> None:
    """Check that every question and field has its words, and that nothing else stands there. Raises FileProblem."""

    def wrong(*keys: str) -> None:
        raise FileProblem("wording_wrong", file=file, key=".".join(keys), line=content.line_of(text, *keys))

    known = {question.id for question in module.questions} | _MODULE_WORDS
    for key in tables:
        if key not in known:
            wrong(key)
    if not tables.get("title"):
        wrong("title")
    for question in module.questions:
        words = tables.get(question.id)
        if isinstance(words, Mapping):
            _check_question(question, words, wrong)
        else:
            wrong(question.id)


def _check_question(question: Question, words: Mapping[str, Any], wrong: Wrong) -> None:
    needed = {"text"} if question.kind == "page" else {"text", "why", "example"}
    for key in needed:
        if not words.get(key):
            wrong(question.id, key)
    fields = {one.id for one in question.fields}
    for key, value in words.items():
        if not isinstance(value, Mapping):
            if key not in _QUESTION_WORDS:
                wrong(question.id, key)
            continue
        if key not in fields:
            wrong(question.id, key)
        for inner in value:
            if inner not in _FIELD_WORDS:
                wrong(question.id, key, inner)
    for one in question.fields:
        _check_field(question.id, one, words.get(one.id, {}), wrong)


def _check_field(question: str, field: Field, words: Mapping[str, Any], wrong: Wrong) -> None:
    options = words.get("options", {})
    for option in field.options:
        if not options.get(option):
            wrong(question, field.id, "options", option)
    for option in options:
        if option not in field.options:
            wrong(question, field.id, "options", option)
    if field.ideas and not words.get("ideas"):
        wrong(question, field.id, "ideas")
    if field.kind == "position" and not (words.get("low") and words.get("high")):
        wrong(question, field.id, "low")
