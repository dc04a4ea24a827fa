"""The house, read from the ground up: every import points down, and what is heavy has its one place."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.source import ROOT, Source, imports, name_of, read, sources

FLOORS = {
    "rchrp_goals.__main__": 7,
    "rchrp_goals.cli": 6,
    "rchrp_goals.app": 5,
    "rchrp_goals.plain": 5,
    "rchrp_goals.arguments": 5,
    "rchrp_goals.first_run": 4,
    "rchrp_goals.screens": 4,
    "rchrp_goals.services": 3,
    "rchrp_goals.guide": 2,
    "rchrp_goals.store": 2,
    "rchrp_goals.export": 2,
    "rchrp_goals.remind": 2,
    "rchrp_goals.content": 1,
    "rchrp_goals.plan": 1,
    "widgets": 1,
    "rchrp_goals.errors": 0,
    "rchrp_goals.languages": 0,
    "rchrp_goals.writer": 0,
    "rchrp_goals": 0,
    "prompts": 0,
}
"""What stands in a package stands in its room; ``plain_asking.py`` stands in that of ``plain.py``."""

NEIGHBOURS = {
    ("rchrp_goals.app", "rchrp_goals.plain"): "the first answer of all may choose the other face",
    ("rchrp_goals.content", "rchrp_goals.plan"): "a room's own sentences are cleaned like any text that enters",
}
"""Doors between rooms of one floor, each with its reason."""

SEES_TEXTUAL = {"rchrp_goals.app", "rchrp_goals.screens", "widgets"}
ONLY_IN = {
    "textual": SEES_TEXTUAL,
    "rich": SEES_TEXTUAL,
    "tinydb": {"rchrp_goals.store"},
    "filelock": {"rchrp_goals.store"},
    "jinja2": {"rchrp_goals.export"},
    "icalendar": {"rchrp_goals.export"},
    "shtab": {"rchrp_goals.cli"},
    "argparse": {"rchrp_goals.cli"},
    "widgets": SEES_TEXTUAL,
}
"""What may be imported in these rooms only."""

STANDARD_LIBRARY_ONLY = {
    "rchrp_goals.plan.glance",
    "rchrp_goals.plan.tables",
    "rchrp_goals.plan.due_rows",
    "rchrp_goals.plan.asking",
    "rchrp_goals.errors",
}
NO_WORLD = {
    "os",
    "io",
    "pathlib",
    "shutil",
    "tempfile",
    "subprocess",
    "socket",
    "time",
    "asyncio",
    "threading",
}
"""What a rule about a plan has no business with: files, processes, the network, the clock."""
CLOCKS = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
ASKS_THE_TIME = {"rchrp_goals.cli", "rchrp_goals.app", "rchrp_goals.plain"}
SYSTEM_CLOCK = "SystemClock"
"""The composition roots, and the one class that they hand on; everywhere else time is an argument."""

Look = Callable[[Source], Iterator[str]]
PRODUCT = ("rchrp_goals", "widgets", "prompts")


def room(module: str) -> str | None:
    """Give the room that a module of ours stands in; None for a module from elsewhere."""
    top, *below = module.split(".")
    if top not in FLOORS:
        return None
    for name in (below[0], below[0].split("_")[0]) if below else ():
        if f"{top}.{name}" in FLOORS:
            return f"{top}.{name}"
    return top


def upward(source: Source) -> Iterator[str]:
    """Give each import that does not point down."""
    own = room(source.module)
    assert own is not None
    if own == "rchrp_goals" != source.module:
        yield f"{source.path} stands in no room: give it a floor in FLOORS"
        return
    for module, line in imports(source):
        other = room(module)
        if other is None or other == own or (own, other) in NEIGHBOURS or module == "rchrp_goals.__version__":
            continue
        if other == "rchrp_goals":
            yield f"{source.path}:{line}: {module} stands in no room: give it a floor in FLOORS"
        elif own == "widgets" or FLOORS[other] >= FLOORS[own]:
            yield f"{source.path}:{line}: {own} may not import {other}"


def out_of_place(source: Source) -> Iterator[str]:
    """Give each import of something that has its one place elsewhere."""
    own = room(source.module)
    for module, line in imports(source):
        top = module.split(".")[0]
        if top in ONLY_IN and own not in ONLY_IN[top] and own != top:
            yield f"{source.path}:{line}: {top} is for {', '.join(sorted(ONLY_IN[top]))} only"
        if source.module in STANDARD_LIBRARY_ONLY and top not in sys.stdlib_module_names | {"rchrp_goals"}:
            yield f"{source.path}:{line}: {source.module} lives on the standard library alone, not on {top}"
        if own == "rchrp_goals.plan" and top in NO_WORLD:
            yield f"{source.path}:{line}: a rule of the plan does not need {top}"
        if module.startswith("textual.") and any(part.startswith("_") for part in module.split(".")):
            yield f"{source.path}:{line}: {module} is private to Textual"


def clocks(source: Source) -> Iterator[str]:
    """Give each look at the clock outside the composition roots, and in ``plan`` each opened file."""
    own = room(source.module)
    may_ask = {
        node
        for kind in source.nodes
        if isinstance(kind, ast.ClassDef) and kind.name == SYSTEM_CLOCK
        for node in ast.walk(kind)
    }
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node.func)
        asks = ".".join(name.split(".")[-2:]) in CLOCKS and own not in ASKS_THE_TIME
        if asks and node not in may_ask:
            yield f"{source.path}:{node.lineno}: {name}() here; time is an argument"
        if own == "rchrp_goals.plan" and name in {"open", "print", "input"}:
            yield f"{source.path}:{node.lineno}: {name}() in a rule of the plan"


PUBLIC_ALL_THE_SAME = {"os._exit"}
"""Names that begin with an underscore and are documented for everybody."""


def private_reaches(source: Source) -> Iterator[str]:
    """Give each private attribute taken from something that is not the class itself."""
    classes = {node.name for node in source.nodes if isinstance(node, ast.ClassDef)}
    for node in source.nodes:
        if not isinstance(node, ast.Attribute) or not node.attr.startswith("_") or node.attr.endswith("__"):
            continue
        if ast.unparse(node) in PUBLIC_ALL_THE_SAME:
            continue
        if name_of(node.value) not in {"self", "cls", "super", *classes}:
            yield f"{source.path}:{node.lineno}: {ast.unparse(node)} is private"


@cache
def classes_of(module: str) -> dict[str, ast.ClassDef]:
    """Parse an imported module and give its classes by their qualified names."""
    found: dict[str, ast.ClassDef] = {}

    def look(node: ast.AST, above: str) -> None:
        for below in ast.iter_child_nodes(node):
            if isinstance(below, ast.ClassDef):
                found.setdefault(above + below.name, below)
                look(below, f"{above}{below.name}.")
            elif isinstance(below, ast.FunctionDef | ast.AsyncFunctionDef):
                look(below, f"{above}{below.name}.<locals>.")
            else:
                look(below, above)

    look(ast.parse(inspect.getsource(sys.modules[module])), "")
    return found


@cache
def own_private_names(kind: type) -> set[str]:
    """Give the private names that a class defines or uses on itself."""
    tree = classes_of(kind.__module__)[kind.__qualname__]
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and name_of(node.value) in {"self", "cls"}:
            names.add(node.attr)
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            names |= {name_of(target) for target in statement.targets}
        elif isinstance(statement, ast.AnnAssign):
            names.add(name_of(statement.target))
    return {name for name in names if name.startswith("_") and not name.endswith("__")}


def taken_from_textual(kind: type) -> set[str]:
    """Give the private names that a class of ours shares with the Textual classes that it inherits from."""
    ours = own_private_names(kind)
    theirs: set[str] = set()
    for above in kind.__mro__:
        if above.__module__.split(".")[0] == "textual":
            theirs |= own_private_names(above)
    return ours & theirs


def our_textual_classes() -> list[type]:
    """Import everything that sees Textual and give its classes."""
    found: list[type] = []
    for source in sources("rchrp_goals", "widgets"):
        if room(source.module) in SEES_TEXTUAL:
            things = vars(importlib.import_module(source.module)).values()
            found += [kind for kind in things if isinstance(kind, type) and kind.__module__ == source.module]
    return [kind for kind in found if any("textual" in above.__module__ for above in kind.__mro__)]


@pytest.mark.parametrize("look", [upward, out_of_place, clocks])
def test_the_house_stands(look: Look) -> None:
    found = [offence for source in sources(*PRODUCT) for offence in look(source)]
    assert not found, "\n".join(found)


def test_nothing_private_of_textual_is_used() -> None:
    found = [
        offence
        for source in sources("rchrp_goals", "widgets")
        if room(source.module) in SEES_TEXTUAL
        for offence in private_reaches(source)
    ]
    for kind in our_textual_classes():
        found += [f"{kind.__module__}.{kind.__name__}.{name} is Textual's own" for name in taken_from_textual(kind)]
    assert not found, "\n".join(found)


def test_the_tests_reach_into_textual_in_one_helper_at_most() -> None:
    private = {"_compositor", "_bindings", "_nodes", "_workers"}
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    reaching = {
        path
        for path, text in texts.items()
        if any(name in text for name in private)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in private
    }
    assert len(reaching) <= 1, f"more than one helper uses what is private to Textual: {sorted(reaching)}"


def test_the_three_packages_come_from_one_place() -> None:
    places = set()
    for name in PRODUCT:
        file = importlib.import_module(name).__file__
        assert file is not None
        places.add(Path(file).parent.parent)
    assert len(places) == 1, f"the packages come from several places: {places}"


def test_prompts_holds_data_only() -> None:
    (only,) = sources("prompts")
    assert only.path == "prompts/__init__.py"
    assert all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in only.tree.body)


OFFENCES = [
    (upward, "rchrp_goals/store/x.py", "from rchrp_goals.services.goals import add"),
    (upward, "rchrp_goals/store/x.py", "from rchrp_goals.guide import draft"),
    (upward, "rchrp_goals/store/x.py", "def f():\n    import rchrp_goals.app"),
    (upward, "rchrp_goals/plan/x.py", "from rchrp_goals import content"),
    (upward, "rchrp_goals/plan/x.py", "from ..cli import run"),
    (upward, "rchrp_goals/errors.py", "from rchrp_goals.plan import text"),
    (upward, "rchrp_goals/plain.py", "from rchrp_goals.app import GoalsApp"),
    (upward, "rchrp_goals/screens/x.py", "import importlib\nimportlib.import_module('rchrp_goals.cli')"),
    (upward, "rchrp_goals/screens/x.py", "from rchrp_goals import nowhere"),
    (upward, "rchrp_goals/plain_asking.py", "import rchrp_goals.app"),
    (upward, "rchrp_goals/somewhere.py", "import os"),
    (upward, "widgets/x.py", "from rchrp_goals.errors import ProblemError"),
    (out_of_place, "rchrp_goals/plain.py", "from textual.content import Content"),
    (out_of_place, "rchrp_goals/services/x.py", "def f():\n    from rich.text import Text"),
    (out_of_place, "rchrp_goals/services/x.py", "import tinydb"),
    (out_of_place, "rchrp_goals/plain.py", "from widgets import ruler"),
    (out_of_place, "rchrp_goals/plan/glance.py", "from pydantic import BaseModel"),
    (out_of_place, "rchrp_goals/plan/x.py", "import pathlib"),
    (out_of_place, "rchrp_goals/app.py", "from textual._context import active_app"),
    (clocks, "rchrp_goals/services/x.py", "import datetime\ndatetime.datetime.now(tz)"),
    (clocks, "rchrp_goals/plan/x.py", "date.today()"),
    (clocks, "rchrp_goals/plan/x.py", "open('plan.json')"),
    (private_reaches, "rchrp_goals/app.py", "self.screen._compositor.render_strips()"),
    (private_reaches, "widgets/x.py", "app._exit = True"),
]


@pytest.mark.parametrize(("look", "path", "text"), OFFENCES, ids=[text[-40:] for _, _, text in OFFENCES])
def test_an_offence_is_seen(look: Look, path: str, text: str) -> None:
    assert len(list(look(read(text, path)))) == 1


HARMLESS = [
    (
        "rchrp_goals/screens/x.py",
        "from rchrp_goals.services.goals import add\nfrom textual.widget import Widget",
    ),
    (
        "rchrp_goals/store/x.py",
        "from rchrp_goals.store import places\nfrom rchrp_goals.errors import FileProblem",
    ),
    (
        "rchrp_goals/cli.py",
        "from rchrp_goals import __version__\nfrom datetime import datetime\ndatetime.now(tz)",
    ),
    ("rchrp_goals/services/x.py", "class SystemClock:\n    def now(self): return datetime.now(UTC)"),
    ("widgets/x.py", "from widgets.glyphs import choose\nclass A:\n    def f(self): return self._a, A._b"),
]


@pytest.mark.parametrize(("path", "text"), HARMLESS, ids=[path for path, _ in HARMLESS])
def test_what_is_allowed_is_left_alone(path: str, text: str) -> None:
    source = read(text, path)
    assert [offence for look in (upward, out_of_place, clocks, private_reaches) for offence in look(source)] == []


def test_a_name_that_textual_uses_itself_is_seen() -> None:
    from textual.widget import Widget

    class Sample(Widget):
        def _render_content(self) -> None:
            self._own_name = 1

        def _own_way(self) -> None:
            self._size = None  # type: ignore[assignment]

    assert taken_from_textual(Sample) == {"_render_content", "_size"}
