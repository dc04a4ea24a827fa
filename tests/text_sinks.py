"""Finds texts that reach a Textual widget without having been made safe.

A widget reads a bare string as markup: a goal called ``[@click=app.quit]x[/]`` would be a button. Each text
that is handed to one of the places below must be one of these:

- a call of ``safe(...)``, the one helper of ``rchrp_goals/screens/safe.py``
- ``Content(...)`` and what is made of it: ``Content.styled``, ``Content.assemble``, ``Content(", ").join``;
  ``Content.from_markup`` too, where its first argument stands there as a string
- a call of a function of ours that says ``-> Content``, an attribute that is annotated so
- a parameter or name annotated ``Content``, or assigned one of these in the same function
- one of several of these, in a loop
- None, or a string without a letter
- ``a if x else b``, ``a or b``, ``a + b`` and ``*[...]`` of these

What a ``Content`` is made of in ``rchrp_goals`` must be safe itself, a string without a letter, or a constant: it
is not read as markup there, but nothing has cleaned it of control codes.

``notify`` takes a plain string only: there it must be ``safe_line(...)`` or ``safe(...).plain``, and ``markup=False``
must stand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.source import Source, name_of

FIRST = {
    "Static", "Label", "Button", "Option", "Checkbox", "RadioButton", "Link", "Collapsible", "Tab", "TabPane",
    "Selection", "Digits", "update", "add_option", "add_column",
}  # fmt: skip
"""Calls whose first argument is shown."""
EVERY = {"add_row", "add_columns"}
"""Calls that show each of their arguments."""
KEYWORDS = {
    "content", "renderable", "label", "prompt", "placeholder", "tooltip", "title",
    "border_title", "border_subtitle",
}  # fmt: skip
"""Arguments that are shown, in a call of FIRST or of a Textual widget."""
PLACEHOLDER_OWNERS = {"Input", "TextArea", "Select", "MaskedInput"}
_CONTENTS = re.compile(
    r"Content|(?:[lL]ist|[tT]uple|Sequence|Iterable|Iterator|Collection)\[Content(?:, (?:Content|\.\.\.))*\]"
)
"""What an annotation says of one safe text, or of several; each of several is safe too."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "placeholder"}
"""Attributes that are shown when something is assigned to them."""


def content_names(sources: tuple[Source, ...]) -> set[str]:
    """Give the names of functions that say ``-> Content`` and of attributes annotated so, everywhere they are said."""
    yes: set[str] = set()
    no: set[str] = set()
    for source in sources:
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                (yes if _is_content(node.returns) else no).add(node.name)
            elif isinstance(node, ast.AnnAssign):
                (yes if _is_content(node.annotation) else no).add(name_of(node.target).rpartition(".")[2])
    return yes - no


def bare_texts(source: Source, names: set[str]) -> Iterator[tuple[int, str]]:
    """Give line and place of each text that reaches a widget and is not seen to be safe."""
    yield from _Walk(source, names).offences()


def _is_content(annotation: ast.expr | None) -> bool:
    """Whether an annotation says Content, or Content or None, or several of them."""
    if annotation is None:
        return False
    names = {part.strip() for part in ast.unparse(annotation).replace('"', "").split("|")}
    return bool(names - {"None"}) and all(name == "None" or _CONTENTS.fullmatch(name) for name in names)


class _Walk:
    def __init__(self, source: Source, names: set[str]) -> None:
        self.source = source
        own = {node.name for node in source.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        self.names = (names - own) | content_names((source,))
        self.must_clean = source.path.startswith("rchrp_goals/") and not source.path.endswith("/safe.py")

    def offences(self) -> Iterator[tuple[int, str]]:
        yield from self._in_scope(self.source.tree, set())

    def _in_scope(self, scope: ast.AST, outer: set[str]) -> Iterator[tuple[int, str]]:
        """Look at one function (or the module), with the names that are known to be safe in it."""
        given = _parameters(scope)
        known = outer - {argument.arg for argument in given}
        known |= {argument.arg for argument in given if _is_content(argument.annotation)}
        inside = list(_own_nodes(scope))
        while found := {name for node in inside for name in self._assigned_safely(node, known, inside)} - known:
            known |= found
        for node in inside:
            yield from self._look(node, known)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                yield from self._in_scope(node, known)

    def _assigned_safely(self, node: ast.AST, known: set[str], inside: list[ast.AST]) -> Iterator[str]:
        """Give a name that is bound to something safe here and everywhere else in the scope."""
        if isinstance(node, ast.AnnAssign) and _is_content(node.annotation):
            yield name_of(node.target)
        elif isinstance(node, ast.Assign | ast.For | ast.comprehension):
            for name, _ in _bindings(node):
                values = [value for other in inside for bound, value in _bindings(other) if bound == name]
                if name and all(self.is_safe(value, known) for value in values):
                    yield name

    def _look(self, node: ast.AST, known: set[str]) -> Iterator[tuple[int, str]]:
        texts: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            called = name.rpartition(".")[2] or getattr(node.func, "attr", "")
            if name in {"Content", "Content.styled", "Content.assemble"} and self.must_clean:
                parts = node.args if called == "assemble" else node.args[:1]
                yield from ((part.lineno, ast.unparse(node)) for part in parts if not self._is_part(part, known))
            if called == "notify":
                yield from self._look_at_notice(node, known)
            elif called == "from_markup":
                if not (node.args and isinstance(node.args[0], ast.Constant)):
                    yield node.lineno, ast.unparse(node)
            elif called in EVERY:
                texts = list(node.args)
            elif called in FIRST and not (called == "update" and _is_mapping_update(node)):
                texts = node.args[:1] + [word.value for word in node.keywords if word.arg in KEYWORDS]
            elif called in PLACEHOLDER_OWNERS:
                texts = [word.value for word in node.keywords if word.arg in {"placeholder", "tooltip", "prompt"}]
        elif isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES for target in node.targets
        ):
            texts = [] if _makes_a_widget(node.value) else [node.value]
        for text in texts:
            if not self.is_safe(text, known):
                yield text.lineno, ast.unparse(node)

    def _look_at_notice(self, node: ast.Call, known: set[str]) -> Iterator[tuple[int, str]]:
        words = {word.arg: word.value for word in node.keywords}
        markup = words.get("markup")
        texts = node.args[:1] + [words[name] for name in ("message", "title") if name in words]
        plain = all(self._is_plain(text, known) for text in texts)
        if not plain or not (isinstance(markup, ast.Constant) and markup.value is False):
            yield node.lineno, ast.unparse(node)

    def _is_part(self, node: ast.expr, known: set[str]) -> bool:
        """Whether a part of a Content holds nothing of a person's that was not cleaned."""
        match node:
            case ast.Tuple(elts=[text, *_]):
                return self._is_part(text, known)
            case ast.IfExp():
                return self._is_part(node.body, known) and self._is_part(node.orelse, known)
            case ast.Name() if node.id.isupper():
                return True
        return self.is_safe(node, known)

    def _is_plain(self, node: ast.expr, known: set[str]) -> bool:
        """Whether a plain string has been made safe."""
        if isinstance(node, ast.Call):
            return name_of(node.func).rpartition(".")[2] in {"safe_line", "safe_text"}
        return isinstance(node, ast.Attribute) and node.attr == "plain" and self.is_safe(node.value, known)

    def is_safe(self, node: ast.expr, known: set[str]) -> bool:
        """Whether an expression is seen to give text that no widget reads as markup."""
        match node:
            case ast.Constant():
                return not (isinstance(node.value, str) and any(sign.isalpha() or sign == "[" for sign in node.value))
            case ast.Name():
                return node.id in known
            case ast.Attribute(value=ast.Call(func=ast.Name("choose_glyphs"))):
                return True  # the kit's own marks
            case ast.Attribute():
                return node.attr in self.names
            case ast.Subscript():
                return self.is_safe(node.value, known)
            case ast.BinOp(op=ast.Mult()):
                return self.is_safe(node.left, known)
            case ast.IfExp():
                return self.is_safe(node.body, known) and self.is_safe(node.orelse, known)
            case ast.BoolOp():
                return all(self.is_safe(value, known) for value in node.values)
            case ast.BinOp(op=ast.Add()):
                return self.is_safe(node.left, known) and self.is_safe(node.right, known)
            case ast.Starred():
                return self.is_safe(node.value, known)
            case ast.ListComp() | ast.GeneratorExp():
                return self.is_safe(node.elt, known)
            case ast.List() | ast.Tuple():
                return all(self.is_safe(element, known) for element in node.elts)
            case ast.NamedExpr() | ast.Await():
                return self.is_safe(node.value, known)
            case ast.Call():
                return self._is_safe_call(node, known)
        return False

    def _is_safe_call(self, node: ast.Call, known: set[str]) -> bool:
        name = name_of(node.func)
        last = name.rpartition(".")[2]
        if name == "Content" or name.startswith("Content.") or last == "safe" or last in self.names:
            return True
        # a method of something safe (`line.stylize("bold")`, `Content("\n").join(...)`) gives something safe
        return isinstance(node.func, ast.Attribute) and self.is_safe_owner(node.func.value, known)

    def is_safe_owner(self, node: ast.expr, known: set[str]) -> bool:
        """Whether a method is called on a Content; a bare constant such as ``" ".join`` is none."""
        return not isinstance(node, ast.Constant) and self.is_safe(node, known)


def _parameters(scope: ast.AST) -> list[ast.arg]:
    """Give the parameters of a function; none for a module."""
    if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    return [*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs]


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Give every node of a scope, a function inside it as one node only."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give each name that a node binds, with what it is bound to; in a loop, with what the loop goes through."""
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
            yield from ((name_of(name), value) for name, value in zip(names, values, strict=True))
        case ast.Assign(targets=targets, value=value):
            yield from ((name_of(target), value) for target in targets)
        case ast.AugAssign(target=target, value=value):
            yield name_of(target), value
        case ast.For(target=ast.Tuple(elts=[_, target]), iter=ast.Call(func=ast.Name("enumerate"), args=[several, *_])):
            yield name_of(target), several
        case ast.For(target=target, iter=several) | ast.comprehension(target=target, iter=several):
            yield name_of(target), several


def _makes_a_widget(node: ast.expr) -> bool:
    """Whether an expression makes an object that is no text: a call of a class."""
    return isinstance(node, ast.Call) and name_of(node.func).rpartition(".")[2][:1].isupper()


def _is_mapping_update(node: ast.Call) -> bool:
    """Whether ``update`` is called as a dictionary or a set has it: with a display, a mapping or keywords."""
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Dict | ast.DictComp | ast.Set | ast.SetComp):
        return True
    return first is None
