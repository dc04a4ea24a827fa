"""Every problem of the store has its sentence, in each language, with what it needs."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from rchrp_goals import store
from rchrp_goals.content import LANGUAGES, Words

KINDS = ("cut", "empty", "not_ours", "gone", "missing_backup_there", "link_broken", "newer_schema", "changed_outside")
RAISED = {"ProblemError", "FileProblem", "BusyProblem", "UsageProblem", "AnswerRefused"}


def problems() -> dict[str, set[str]]:
    """Return every key that the store raises or complains with, and what its sentence is given."""
    found: dict[str, set[str]] = {f"plan_{kind}": {"path"} for kind in KINDS}
    for path in Path(store.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            key = node.args[0]
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                continue
            if node.func.id in RAISED:
                found[key.value] = {str(word.arg) for word in node.keywords}
            elif node.func.id == "Complaint":
                given = node.args[1]
                assert isinstance(given, ast.Dict)
                found[key.value] = {str(name.value) for name in given.keys if isinstance(name, ast.Constant)}
    return found


PROBLEMS = problems()


def test_they_are_found() -> None:
    assert {"disk_full", "plan_locked", "folder_not_made", "settings_unreadable", "plan_cut"} <= PROBLEMS.keys()


@pytest.mark.parametrize("key", sorted(PROBLEMS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_its_sentence(language: str, key: str) -> None:
    sentence = Words(language).problem(key, {})
    needed = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    assert needed <= PROBLEMS[key]
    shown = Words(language).problem(key, dict.fromkeys(PROBLEMS[key], "/home/ana/{plan}"))
    assert len(shown) > 40


def test_refusals_name_every_kind() -> None:
    """``refuse`` makes a key of a kind; each kind that is used is one that has a sentence."""
    used = set()
    for path in Path(store.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"refuse", "plan_file.refuse"}:
                used |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    assert used == set(KINDS)
