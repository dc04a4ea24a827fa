"""The project's own source as syntax trees, for the tests that read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Source(NamedTuple):
    """A Python file: where it lies in the checkout, what it is called when imported, and its tree."""

    path: str
    module: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    """Every node of the tree, as ``ast.walk`` gives them."""


class Import(NamedTuple):
    """A module that a file imports, at its top or in a function, and the line."""

    module: str
    line: int


def read(text: str, path: str = "rchrp_goals/sample.py") -> Source:
    """Parse a text as if it stood in a file at this path; tests plant their offences with it."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    tree = ast.parse(text, path)
    return Source(path, ".".join(parts), tree, tuple(ast.walk(tree)))


@cache
def read_file(path: Path) -> Source:
    """Parse a file of the checkout, once."""
    return read(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Parse every Python file under these folders of the checkout, or these files themselves."""
    found: list[Path] = []
    for folder in folders:
        place = ROOT / folder
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return tuple(read_file(path) for path in found)


def imports(source: Source) -> Iterator[Import]:
    """Give each module that the file imports, at its top or deep in a function.

    ``from a import b`` counts as ``a.b``: where ``b`` is no module, the room is the same.
    """
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = source.module.split(".")
            if not source.path.endswith("__init__.py"):
                package = package[:-1]
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            yield from (Import(f"{base}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call):
            yield from _dynamic_import(node)


def _dynamic_import(node: ast.Call) -> Iterator[Import]:
    called = name_of(node.func).rpartition(".")[2]
    if called in {"import_module", "__import__"} and node.args and isinstance(node.args[0], ast.Constant):
        yield Import(str(node.args[0].value), node.lineno)


def name_of(node: ast.expr) -> str:
    """Give the dotted name of a name or an attribute (``self.query_one``); nothing for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return ""
