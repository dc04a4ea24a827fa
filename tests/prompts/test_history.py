"""Every change that a service writes has its words, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from rchrp_goals.content import LANGUAGES, Words, table
from rchrp_goals.services.waiting import CONVERSATIONS
from tests.source import Source, name_of, read, sources


def keys_of(source: Source) -> Iterator[str]:
    """Give each history key that a file writes; a place that cannot be read is an offence of its own."""
    for node, around in _calls(source.tree, "What"):
        for value in _values(node.args[0], around, source.tree):
            yield value or f"{source.path}:{node.lineno}: give What a key that stands here"


def _calls(tree: ast.AST, name: str) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    """Give each call of a function, with the function around it."""
    inside = {
        node: function
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] == name:
            yield node, inside.get(node)


def _values(node: ast.expr, around: ast.FunctionDef | None, tree: ast.AST) -> Iterator[str | None]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from _values(node.body, around, tree)
        yield from _values(node.orelse, around, tree)
    elif isinstance(node, ast.Name) and around is not None and node.id in (names := _parameters(around)):
        for call, further in _calls(tree, around.name):
            given = {one.arg: one.value for one in call.keywords} | dict(zip(names, call.args, strict=False))
            yield from _values(given[node.id], further, tree) if node.id in given else iter((None,))
    elif ast.unparse(node) == "f'part_{module}'":
        modules = {*CONVERSATIONS, "start", "ahead"} - {"last-day"}
        yield from (f"part_{name.replace('-', '_')}" for name in sorted(modules))
    else:
        yield None


def _parameters(function: ast.FunctionDef) -> list[str]:
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] == ["self"] else names


def test_every_change_that_is_written_has_words_in_both_languages() -> None:
    keys = {key for source in sources("rchrp_goals") if "/store/" not in source.path for key in keys_of(source)}
    assert {
        "step_added",
        "done_step",
        "answered",
        "part_goals",
        "level_noted",
        "activity_logged",
        "learning_begun",
    } <= keys
    for language in LANGUAGES:
        words = Words(language)
        assert not [key for key in sorted(keys) if not words.has_ui(f"history.{key}")], language


def test_a_key_that_is_handed_on_is_found() -> None:
    text = "def a(key, now):\n    What(key)\ndef b(x, key):\n    a(key, x)\nb(1, 'one')\na('two', 3)"
    assert set(keys_of(read(text))) == {"one", "two"}


def test_a_change_without_readable_words_is_seen() -> None:
    text = "store.change(What(key), now)\nstore.change(What('a' if x else 'b'), now)"
    assert [len(key) for key in keys_of(read(text))] == [
        len("rchrp_goals/sample.py:1: give What a key that stands here"),
        1,
        1,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_with_a_name_belong_to_a_change(language: str) -> None:
    words = Words(language)
    for key, sentence in table(language, "commands")["named"].items():
        assert words.has_ui(f"history.{key}"), key
        assert "{text}" in sentence
