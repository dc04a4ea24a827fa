"""Finds strings that a person would read and that stand in Python instead of ``prompts/``.

Read as words: two words next to each other, one word with a placeholder beside it, or a word that ends a
sentence. Handed to a place that shows it (``print``, ``notify``, ``Button``, ``help=``), one word is enough,
unless it is a key such as ``home.title``. What is never shown is named below, kind by kind.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from tests.source import Source, name_of

PLACEHOLDER = "\ufffc"
_WORD = r"[^\W\d_]{2,}"
_WORDS = re.compile(rf"[^\W\d_]+[^\w\s]*\s+(?:{_WORD}|{PLACEHOLDER})|{PLACEHOLDER}[^\w\s]*\s+{_WORD}")
_SENTENCE_END = re.compile(rf"{_WORD}(?:[.!?…]|:\s)\s*\Z")
_PREFIX = re.compile(r"[a-z0-9_.]+\.\Z")  # of a dotted name
_KEY = re.compile(r"[a-z][a-z_]*(?:\.[a-z][a-z0-9_]*)+\Z")
_JSON_KEY = re.compile(r'"[\w-]+":')
_STYLE = re.compile(r"(?:(?:not|on|bold|dim|italic|underline|reverse|strike|\$[\w-]+)(?:\s+|\Z))+\Z")

CSS_NAMES = {"CSS", "DEFAULT_CSS"}
PATTERN_CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
SELECTOR_CALLS = {"query", "query_one", "query_one_optional", "query_exactly_one", "query_children", "on"}
FORMAT_CALLS = {"strftime", "strptime"}
TYPE_CALLS = {"cast", "TypeVar", "NewType"}
CLASS_CALLS = {"add_class", "remove_class", "has_class", "set_class", "toggle_class"}
NEVER_SHOWN_KEYWORDS = {"classes", "id", "name", "pattern", "group"}

SHOWN_FIRST = {
    "print", "input", "stdout.write", "stderr.write", "write_line", "notify",
    "Static", "Label", "Button", "Option", "Checkbox", "RadioButton", "Link", "Collapsible",
}  # fmt: skip
SHOWN_KEYWORDS = {
    "help", "description", "epilog", "label", "placeholder", "tooltip", "title", "sub_title", "prompt",
    "message", "border_title", "border_subtitle",
}  # fmt: skip
SHOWN_NAMES = {"TITLE", "SUB_TITLE", "border_title", "border_subtitle", "tooltip", "placeholder", "sub_title"}
BUILTIN_ERRORS = {
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
}


def reads_as_words(text: str) -> bool:
    """Whether a text stands as words for a person, whatever it is used for."""
    if _STYLE.match(text) or _PREFIX.match(text):
        return False
    text = _JSON_KEY.sub("", text)
    return bool(_WORDS.search(text) or _SENTENCE_END.search(text))


def is_shown_word(text: str) -> bool:
    """Whether a text that goes to a place where it shows has a word in it and is no key of a wording."""
    return bool(re.search(_WORD, text)) and not _KEY.match(text)


def text_of(node: ast.AST) -> str | None:
    """Give the text of a string or an f-string, each hole a placeholder; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else PLACEHOLDER
            for part in node.values
        )
    return None


def readable_strings(source: Source) -> Iterator[tuple[int, str]]:
    """Give line and text of each string that a person would read."""
    yield from _below(source.tree)


def _below(node: ast.AST) -> Iterator[tuple[int, str]]:
    for child in _looked_at(node):
        text = text_of(child)
        if text is None:
            yield from _below(child)
            continue
        if reads_as_words(text) or (_is_shown_by(node, child) and is_shown_word(text)):
            yield getattr(child, "lineno", 0), text
        if isinstance(child, ast.JoinedStr):
            for part in child.values:
                if isinstance(part, ast.FormattedValue):
                    yield from _below(part.value)


def _looked_at(node: ast.AST) -> list[ast.AST]:
    """Give the children of a node without what no person ever sees."""
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return []  # a docstring, of a module, a class, a function or an attribute
    if isinstance(node, ast.arg | ast.FunctionDef | ast.AsyncFunctionDef | ast.AnnAssign):
        hidden = {getattr(node, "annotation", None), getattr(node, "returns", None)}
        children = [child for child in children if child not in hidden]
    if isinstance(node, ast.Assign | ast.AnnAssign) and _assigned(node) & CSS_NAMES:
        return []
    if isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
        return list(node.orelse)  # the demo of a widget
    if isinstance(node, ast.Assert):
        return [node.test]
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and name_of(node.exc.func) in BUILTIN_ERRORS:
        return []  # a mistake of the program, for the person who mends it
    if isinstance(node, ast.Call):
        called = name_of(node.func).rpartition(".")[2]
        if called in PATTERN_CALLS | SELECTOR_CALLS | FORMAT_CALLS | TYPE_CALLS | CLASS_CALLS:
            children = [child for child in children if child not in node.args or text_of(child) is None]
    if isinstance(node, ast.keyword) and node.arg in NEVER_SHOWN_KEYWORDS:
        return []
    return children


def _assigned(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {name_of(target).rpartition(".")[2] for target in targets}


def _is_shown_by(parent: ast.AST, child: ast.AST) -> bool:
    """Whether the place where a string stands shows it."""
    if isinstance(parent, ast.keyword):
        return parent.arg in SHOWN_KEYWORDS
    if isinstance(parent, ast.Assign | ast.AnnAssign):
        return bool(_assigned(parent) & SHOWN_NAMES)
    if isinstance(parent, ast.Call) and parent.args:
        name = name_of(parent.func)
        last, last_two = name.rpartition(".")[2], ".".join(name.split(".")[-2:])
        if last == "Binding":
            return len(parent.args) > 2 and child is parent.args[2]
        return child is parent.args[0] and bool({last, last_two} & SHOWN_FIRST)
    return False
